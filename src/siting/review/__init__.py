"""What people look at: pages, workbook, report, layers for QGIS.

Pages review a plan, compare plans, and place sites by a click. Reads tables and plans made from
them, gives HTML, .xlsx, .docx and layers; maps and charts for notebooks are in
:mod:`siting.review.figures`. Does not: compute a figure, load anything from a network, or trust a
text from data.
"""

from siting.review.compare_page import draw_compare_page
from siting.review.findings import Findings
from siting.review.page import draw_page
from siting.review.placing import draw_placing_page
from siting.review.report import write_report
from siting.review.review_files import write_review
from siting.review.workbook import write_workbook

__all__ = [
    "Findings",
    "draw_compare_page",
    "draw_page",
    "draw_placing_page",
    "write_report",
    "write_review",
    "write_workbook",
]
