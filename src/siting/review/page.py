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
    "following.js",
    "moments.js",
    "packs.js",
    "rows.js",
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
    "site_panel.js",
    "township_panel.js",
    "paper.js",
    "tallies.js",
    "heading.js",
    "target_list.js",
    "svg.js",
    "cost_chart.js",
    "story.js",
    "equity.js",
    "sources.js",
    "section.js",
    "sections.js",
    "trial_flow.js",
    "trial_reach.js",
    "trial_targets.js",
    "trial.js",
    "trial_state.js",
    "trial_map.js",
    "trial_tables.js",
    "trial_switched.js",
    "trial_results.js",
    "trial_panel.js",
)
"""Our scripts, in the order they are read; ``page.js`` comes last."""
styles = ("review.css", "trial.css")
tile_hosts = {"tianditu": "t0.tianditu.gov.cn", "amap": "webrd01.is.autonavi.com"}
"""Online map -> the one host that its page may ask."""


def draw_page(
    findings: Findings, lang: str = "zh", title: str | None = None, tiles: str | None = None
) -> str:
    """Return the review page of a plan as HTML; the same input gives the same bytes.

    Parameters
    ----------
    lang
        ``zh`` or ``en``.
    title
        Heading of the page; the name of the scenario where there is none.
    tiles
        ``tianditu`` or ``amap`` draws that online map under the plan and lets the page ask its
        host; without it, nothing can be asked of any host. The key of Tianditu is typed into
        the open page, which forgets it.

    Raises
    ------
    NoPlanError
        There is no plan to show.
    ValueError
        The language or the online map is unknown.
    """
    if tiles is not None and tiles not in tile_hosts:
        raise ValueError(f"tiles is '{tiles}'; the page knows {' and '.join(tile_hosts)}")
    data = {
        **page_content(findings, lang, title),
        "words": words(lang, {**texts, **trial_texts}),
        "beside": beside_content(findings.beside, findings.inputs.medical),
        "trial": trial_content(findings, lang),
        "layers": map_layers(
            findings.inputs, findings.network, findings.isochrones, findings.children
        ),
    }
    if tiles is None:
        return frame_page(data, styles, (*scripts, "page.js"))
    host = tile_hosts[tiles]
    online = {**data, "tiles": tiles, "tile_host": host}
    ours = (*scripts, "gcj02.js", "online_map.js", "page.js")
    return frame_page(online, styles, ours, tile_host=host)
