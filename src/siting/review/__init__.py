"""What people look at: the review page.

Reads a plan with the tables it was made from, gives HTML. Does not: compute a figure, load
anything from a network, or trust a text from data.
"""

from siting.review.page import draw_page

__all__ = ["draw_page"]
