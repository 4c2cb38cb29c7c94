"""What a review shows: a plan with everything that was read and computed around it."""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from siting.indicators import Indicators, TargetResult
from siting.inputs import Inputs
from siting.network import Network
from siting.notes import Note
from siting.plan import Plan
from siting.plan.inspections import InspectionList
from siting.plan.rounds import Rounds
from siting.reach import Reach, Walks
from siting.scenario import Scenario


@dataclass(frozen=True)
class Findings:
    """A plan with everything that was read and computed around it, ready to be drawn.

    Attributes
    ----------
    scenario, inputs, network, reach
        What was asked and read.
    today, today_targets
        Figures of the base year, and every target held against them.
    plan
        The answer.
    provisions
        Every provision of the documents; :func:`siting.provisions.provisions_of`.
    ranking
        Townships ranked against every target of every planned year.
    beside
        Tables that stand beside the plan, by name; see :mod:`siting.review.beside`.
    no_action
        Planned year -> its figures with the facilities of today.
    services
        What each open site does in every planned year; :func:`siting.indicators.site_services`.
    nearest
        ``state`` (today, no_action, plan) and how far under-3s live from the nearest open site;
        :func:`siting.indicators.nearest_site_table`.
    children
        State -> year -> children of every cell who want a place;
        :func:`siting.indicators.children_of_cells`.
    isochrones
        ``site_id, minutes, geometry`` of the sites of the plan, in the CRS of the inputs; for
        drawing only.
    rounds, inspections
        Rounds and visits drawn at random of the last planned year; None where nobody is guided.
    notes
        What was left out or repaired on the way.
    walks
        Reach at the walking speeds that a trial on the page offers; None leaves the trial out.
    """

    scenario: Scenario
    inputs: Inputs
    network: Network
    reach: Reach
    today: Indicators
    today_targets: tuple[TargetResult, ...]
    plan: Plan
    provisions: pd.DataFrame
    ranking: pd.DataFrame
    beside: Mapping[str, pd.DataFrame]
    no_action: Mapping[int, Indicators]
    services: pd.DataFrame
    nearest: pd.DataFrame
    children: Mapping[str, Mapping[int, pd.DataFrame]]
    isochrones: gpd.GeoDataFrame
    rounds: Rounds | None
    inspections: InspectionList | None
    notes: tuple[Note, ...]
    walks: Walks | None = None
