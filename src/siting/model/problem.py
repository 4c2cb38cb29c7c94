"""The tables of a study as the numbers a planning model needs."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from siting.demand import Demand
from siting.inputs import Inputs, no_zone, places
from siting.inputs.dictionary import classes_column
from siting.model.merging import DemandClasses, merge_cells
from siting.model.settling import Settled, free_places, no_service, settle
from siting.reach import Reach, site_limits_s
from siting.scenario import Scenario


@dataclass(frozen=True)
class SitingProblem:
    """What the planning model reads; sites, class kinds, bands, townships by position.

    Attributes
    ----------
    scenario
        Targets, objectives, class kinds.
    demand
        Merged demand, without the children settled.
    settled
        ``cell, site, band, children``: served by the facilities of today whatever is chosen.
    left
        Cells x bands: children of the demand classes.
    kinds, bands
        Names of the class kinds and age bands.
    size
        Places of a class of each kind.
    takes
        Kinds x bands: whether a class kind takes an age band.
    runs
        Sites x kinds: whether a site may run a class kind.
    classes_today, max_classes
        Sites x kinds, and sites: classes today, and most classes in all.
    places_today
        Places of each site today.
    enrolled
        Sites x bands: children enrolled today who stay.
    zone
        Township of each site, ``no_zone`` outside the study area.
    inclusive
        Whether the places of a site are inclusive.
    counts
        Target kind -> whether each site counts in it.
    fixed_cost_cny, place_cost_cny
        Cost of acting at a site, and of each place added there.
    residents
        Residents of the study area.
    townships
        Number of townships.
    """

    scenario: Scenario
    demand: DemandClasses
    settled: pd.DataFrame
    left: np.ndarray
    kinds: tuple[str, ...]
    bands: tuple[str, ...]
    size: np.ndarray
    takes: np.ndarray
    runs: np.ndarray
    classes_today: np.ndarray
    max_classes: np.ndarray
    places_today: np.ndarray
    enrolled: np.ndarray
    zone: np.ndarray
    inclusive: np.ndarray
    counts: dict[str, np.ndarray]
    fixed_cost_cny: np.ndarray
    place_cost_cny: np.ndarray
    residents: float
    townships: int

    @cached_property
    def is_open_today(self) -> np.ndarray:
        """Whether each site has classes today."""
        return self.classes_today.sum(axis=1) > 0

    @cached_property
    def can_grow(self) -> np.ndarray:
        """Whether classes can be added at each site, and its places would count."""
        room = self.max_classes > self.classes_today.sum(axis=1)
        return room & (self.zone != no_zone)


def pose_problem(
    scenario: Scenario, inputs: Inputs, reach: Reach, demand: Demand, *, reduce: bool = True
) -> SitingProblem:
    """Put the tables of a study into the numbers of the planned year.

    Pairs of a facility that is full and cannot grow are left out: it serves nobody more, and
    what it covers is covered today. So are pairs of a cell that is covered today and whose
    children are settled.

    Parameters
    ----------
    reduce
        False leaves out merging and settling, to test that they change nothing.
    """
    sites = inputs.sites
    kinds = tuple(scenario.class_kinds)
    columns = [classes_column(kind) for kind in kinds]
    classes_today = sites[columns].to_numpy(dtype=np.int64)
    counts = {
        kind: sites["tier"].isin(scenario.tiers_counted_in(kind)).to_numpy()
        for kind in ("per_thousand", "inclusive_share", "township_coverage", "population_coverage")
    }
    size = np.array([scenario.class_kinds[kind].size for kind in kinds])
    takes = np.array(
        [[b in scenario.class_kinds[kind].bands for b in scenario.bands] for kind in kinds]
    )
    limit_s = site_limits_s(scenario, sites)
    is_open = classes_today.sum(axis=1) > 0
    room = (sites["max_classes"] > classes_today.sum(axis=1)) & (sites["zone"] != no_zone)
    candidate = room.to_numpy() & ~is_open
    within = reach.pairs_within(limit_s)
    cell, site = reach.cell[within], reach.site[within]
    settled = Settled(no_service(), demand.additional)
    if reduce and not any(target.kind == "fill" for target in scenario.targets):
        free = free_places(classes_today, size, takes, demand.enrolled)
        settled = settle(cell, site, demand.additional, free, classes_today @ takes > 0)
    covered_today = reach.reached(limit_s, is_open & counts["population_coverage"])
    spare = places(sites, scenario) > demand.enrolled.sum(axis=1)
    serves = (settled.left.sum(axis=1) > 0)[cell] & (spare | room.to_numpy())[site]
    seen = serves | (~covered_today[cell] & candidate[site])
    return SitingProblem(
        scenario=scenario,
        demand=merge_cells(
            cell[seen], site[seen], demand.under3, settled.left, covered_today, merge=reduce
        ),
        settled=settled.served,
        left=settled.left,
        kinds=kinds,
        bands=scenario.bands,
        size=size,
        takes=takes,
        runs=np.array(
            [[kind in scenario.tiers[tier].class_kinds for kind in kinds] for tier in sites["tier"]]
        ),
        classes_today=classes_today,
        max_classes=sites["max_classes"].to_numpy(dtype=np.int64),
        places_today=places(sites, scenario),
        enrolled=demand.enrolled,
        zone=sites["zone"].to_numpy(),
        inclusive=sites["inclusive"].to_numpy(dtype=bool),
        counts=counts,
        fixed_cost_cny=sites["fixed_cost_cny"].to_numpy(dtype=float),
        place_cost_cny=sites["place_cost_cny"].to_numpy(dtype=float),
        residents=float(inputs.cells[f"residents_{scenario.year}"].sum()),
        townships=len(inputs.townships),
    )
