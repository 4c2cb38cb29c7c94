"""What people look at: pages to review plans, to compare them, and to place sites by a click.

Reads tables and plans made from them, gives HTML. Does not: compute a figure, load anything
from a network, or trust a text from data.
"""

from siting.review.compare_page import draw_compare_page
from siting.review.findings import Findings
from siting.review.page import draw_page
from siting.review.placing import draw_placing_page

__all__ = ["Findings", "draw_compare_page", "draw_page", "draw_placing_page"]
