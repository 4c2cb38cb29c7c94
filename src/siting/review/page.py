"""The review page: one HTML file that opens without a network."""

from siting.review.beside import beside_content
from siting.review.content import page_content
from siting.review.findings import Findings
from siting.review.frame import frame_page
from siting.review.layers import map_layers
from siting.review.trial_pack import trial_content
from siting.review.trial_words import trial_texts
from siting.review.words import texts, words

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
    "trial_flow.js",
    "trial_reach.js",
    "trial_targets.js",
    "trial.js",
    "trial_state.js",
    "trial_map.js",
    "trial_tables.js",
    "trial_panel.js",
    "page.js",
)
"""Our scripts, in the order they are read."""


def draw_page(findings: Findings, lang: str = "zh") -> str:
    """Return the review page of a plan as HTML; the same input gives the same bytes.

    Parameters
    ----------
    lang
        ``zh`` or ``en``.

    Raises
    ------
    NoPlanError
        There is no plan to show.
    ValueError
        The language is unknown.
    """
    data = {
        **page_content(findings, lang),
        "words": words(lang, {**texts, **trial_texts}),
        "beside": beside_content(findings.beside),
        "trial": trial_content(findings),
        "layers": map_layers(findings.inputs, findings.network, findings.isochrones),
    }
    return frame_page(data, ("review.css", "trial.css"), scripts)
