"""The tables of a study as the numbers a planning model needs."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from siting.demand import Demand
from siting.inputs import Inputs, no_zone, places
from siting.inputs.dictionary import classes_column
from siting.model.merging import DemandClasses, merge_cells
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
        Merged demand.
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
    scenario: Scenario, inputs: Inputs, reach: Reach, demand: Demand, *, merge: bool = True
) -> SitingProblem:
    """Put the tables of a study into the numbers of the planned year.

    Pairs of a facility that is full and cannot grow are left out: it serves nobody more, and
    what it covers is covered today.
    """
    sites = inputs.sites
    kinds = tuple(scenario.class_kinds)
    columns = [classes_column(kind) for kind in kinds]
    classes_today = sites[columns].to_numpy(dtype=np.int64)
    counts = {
        kind: sites["tier"].isin(scenario.tiers_counted_in(kind)).to_numpy()
        for kind in ("per_thousand", "inclusive_share", "township_coverage", "population_coverage")
    }
    limit_s = site_limits_s(scenario, sites)
    is_open = classes_today.sum(axis=1) > 0
    spare = places(sites, scenario) > demand.enrolled.sum(axis=1)
    room = (sites["max_classes"] > classes_today.sum(axis=1)) & (sites["zone"] != no_zone)
    within = reach.pairs_within(limit_s) & (spare | room.to_numpy())[reach.site]
    return SitingProblem(
        scenario=scenario,
        demand=merge_cells(
            reach.cell[within],
            reach.site[within],
            demand.under3,
            demand.additional,
            reach.reached(limit_s, is_open & counts["population_coverage"]),
            merge=merge,
        ),
        kinds=kinds,
        bands=scenario.bands,
        size=np.array([scenario.class_kinds[kind].size for kind in kinds]),
        takes=np.array(
            [[b in scenario.class_kinds[kind].bands for b in scenario.bands] for kind in kinds]
        ),
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
