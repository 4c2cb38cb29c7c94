"""The report ``review.docx``, to be edited in Word or WPS and handed in.

Reads :class:`~siting.review.findings.Findings`, gives a document with headings, tables, maps and
charts. Does not: compute a figure of the plan, or say what the data do not.
"""

from siting.review.report.report import write_report

__all__ = ["write_report"]
