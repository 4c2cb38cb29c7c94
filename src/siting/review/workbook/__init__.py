"""The workbook of a run: every table of the review as sheets for Excel and WPS.

Reads findings, gives one .xlsx. Does not: compute a figure, or write a formula.
"""

from siting.review.workbook.book import write_workbook

__all__ = ["write_workbook"]
