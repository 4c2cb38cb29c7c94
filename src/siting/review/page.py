"""The review page: one HTML file that opens without a network."""

from siting.review.beside import beside_content
from siting.review.content import page_content
from siting.review.findings import Findings
from siting.review.frame import frame_page
from siting.review.layers import map_layers

scripts = (
    "writing.js",
    "rows.js",
    "tables.js",
    "streets.js",
    "site_marks.js",
    "ground.js",
    "search.js",
    "map.js",
    "panel.js",
    "paper.js",
    "page.js",
)
"""Our scripts, in the order they are read."""


def draw_page(
    findings: Findings, lang: str = "zh", title: str | None = None, tiles: str | None = None
) -> str:
    """Return the review page of a plan as HTML; the same input gives the same bytes.

    Parameters
    ----------
    lang
        ``zh`` or ``en``.
    title
        What stands at its head; none takes the name of the scenario.

    Raises
    ------
    NoPlanError
        There is no plan to show.
    ValueError
        The language is unknown.
    """
    data = {
        **page_content(findings, lang),
        "title": title or findings.scenario.name,
        "beside": beside_content(findings.beside),
        "layers": map_layers(findings.inputs, findings.network, findings.isochrones),
    }
    return frame_page(data, ("review.css",), scripts)
