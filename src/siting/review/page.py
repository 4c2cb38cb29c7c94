"""The review page: one HTML file that opens without a network."""

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from siting.indicators import Indicators, TargetResult
from siting.inputs import Inputs
from siting.network import Network
from siting.plan import Plan
from siting.reach import Reach
from siting.review.beside import beside_content
from siting.review.content import page_content
from siting.review.frame import frame_page
from siting.review.layers import map_layers
from siting.scenario import Scenario

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
    scenario: Scenario,
    inputs: Inputs,
    network: Network,
    reach: Reach,
    today: tuple[Indicators, tuple[TargetResult, ...]],
    plan: Plan,
    ranking: pd.DataFrame,
    beside: Mapping[str, pd.DataFrame],
    isochrones: gpd.GeoDataFrame,
    lang: str = "zh",
) -> str:
    """Return the review page of a plan as HTML; the same input gives the same bytes.

    Parameters
    ----------
    network
        Streets for the background.
    reach
        For its notes.
    today
        Figures of the base year, and every target held against them.
    ranking
        Townships ranked against every target, of every planned year.
    beside
        Tables that stand beside the plan; see :mod:`siting.review.beside`.
    isochrones
        ``site_id, minutes, geometry`` of the sites acted on, in the CRS of the inputs.
    lang
        ``zh`` or ``en``.

    Raises
    ------
    NoPlanError
        There is no plan to show.
    ValueError
        The language is unknown.
    """
    notes = (*inputs.notes, *network.notes, *reach.notes)
    data = {
        **page_content(scenario, inputs, today, plan, ranking, notes, lang),
        "beside": beside_content(beside),
        "layers": map_layers(inputs, network, isochrones),
    }
    return frame_page(data, ("review.css",), scripts)
