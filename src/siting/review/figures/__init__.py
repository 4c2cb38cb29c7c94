"""Maps and charts of a study as matplotlib figures, for a report or a notebook.

Reads :class:`~siting.review.findings.Findings`, gives a :class:`matplotlib.figure.Figure` that a
notebook shows when a cell returns it; :func:`png` gives the bytes of a picture. Does not: compute
a figure of the plan, use pyplot, or change a setting of matplotlib.

Chinese is set in the first of Microsoft YaHei, SimHei, Hiragino Sans GB and Noto Sans CJK SC that
the machine has; without any, a figure says so, and every character that cannot be set stands as a
box.
"""

from siting.review.figures.charts import cost_chart, places_chart, years_chart
from siting.review.figures.coverage import coverage_map
from siting.review.figures.picture import png
from siting.review.figures.townships import township_map

__all__ = ["cost_chart", "coverage_map", "places_chart", "png", "township_map", "years_chart"]
