"""What people look at: the review page, the report, and the page for placing sites by a click.

Reads tables and a plan made from them, gives HTML and a Word document; maps and
charts for notebooks are in :mod:`siting.review.figures`. Does not: compute a figure, load anything
from a network, or trust a text from data.
"""

from siting.review.findings import Findings
from siting.review.page import draw_page
from siting.review.placing import draw_placing_page
from siting.review.report import write_report

__all__ = ["Findings", "draw_page", "draw_placing_page", "write_report"]
