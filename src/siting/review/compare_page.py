"""The page that compares plans: one HTML file that opens without a network."""

from siting.comparison import Compared
from siting.review.compare_content import compare_content
from siting.review.frame import frame_page
from siting.review.layers import compared_layers

scripts = (
    "writing.js",
    "following.js",
    "packs.js",
    "compare_rows.js",
    "tables.js",
    "streets.js",
    "site_marks.js",
    "ground.js",
    "shading.js",
    "people_layer.js",
    "township_names.js",
    "map.js",
    "legend.js",
    "search.js",
    "controls.js",
    "panel.js",
    "paper.js",
    "tallies.js",
    "heading.js",
    "svg.js",
    "section.js",
    "compare_map.js",
    "compare_panel.js",
    "compare_controls.js",
    "compare_picture.js",
    "compare_tables.js",
    "compare.js",
    "page.js",
)
"""Our scripts, in the order they are read."""


def draw_compare_page(compared: Compared, lang: str = "zh", title: str | None = None) -> str:
    """Return the page as HTML; the same plans give the same bytes.

    Parameters
    ----------
    lang
        ``zh`` or ``en``.
    title
        Its heading; the names of the plans if not given.

    Raises
    ------
    ValueError
        The language is unknown.
    """
    data = {
        **compare_content(compared, lang, title),
        "layers": compared_layers(compared.zones, compared.sites),
    }
    return frame_page(data, ("review.css", "compare.css"), scripts)
