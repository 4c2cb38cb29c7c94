"""The tables of a study as the numbers a planning model needs."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from siting.demand import Demand
from siting.inputs import Inputs, free_places, no_zone, places
from siting.inputs.dictionary import classes_column
from siting.model.merging import DemandClasses, merge_cells
from siting.model.settling import Settled, no_service, settle
from siting.reach import Reach, site_limits_s
from siting.scenario import Scenario


@dataclass(frozen=True)
class SiteFigures:
    """The sites as numbers, by position.

    Attributes
    ----------
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
    may_act, must_act
        Whether safety and the decisions already taken let the plan act at a site, or the latter
        make it.
    group
        Name of the group of which the plan may open one site at most; empty for none.
    """

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
    may_act: np.ndarray
    must_act: np.ndarray
    group: np.ndarray

    @cached_property
    def is_open_today(self) -> np.ndarray:
        """Whether each site has classes today."""
        return self.classes_today.sum(axis=1) > 0

    @cached_property
    def inside(self) -> np.ndarray:
        """Whether each site lies in the study area, so that its places count."""
        return self.zone != no_zone

    @cached_property
    def room(self) -> np.ndarray:
        """Classes that can be added at each site; none outside the study area."""
        free = self.inside & self.may_act
        return np.where(free, self.max_classes - self.classes_today.sum(axis=1), 0)

    @cached_property
    def candidate(self) -> np.ndarray:
        """Whether each site is closed today and can open."""
        return (self.room > 0) & ~self.is_open_today

    @cached_property
    def spare(self) -> np.ndarray:
        """Places of each site that nobody has today."""
        return self.places_today - self.enrolled.sum(axis=1)


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
    sites
        The sites as numbers.
    kinds, bands
        Names of the class kinds and age bands.
    size
        Places of a class of each kind.
    takes
        Kinds x bands: whether a class kind takes an age band.
    residents
        Residents of the study area.
    townships
        Number of townships.
    """

    scenario: Scenario
    demand: DemandClasses
    settled: pd.DataFrame
    left: np.ndarray
    sites: SiteFigures
    kinds: tuple[str, ...]
    bands: tuple[str, ...]
    size: np.ndarray
    takes: np.ndarray
    residents: float
    townships: int


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
    kinds = tuple(scenario.class_kinds)
    size = np.array([scenario.class_kinds[kind].size for kind in kinds])
    takes = np.array(
        [[b in scenario.class_kinds[kind].bands for b in scenario.bands] for kind in kinds]
    )
    sites = _site_figures(scenario, inputs, demand)
    limit_s = site_limits_s(scenario, inputs.sites)
    within = reach.pairs_within(limit_s)
    cell, site = reach.cell[within], reach.site[within]
    settled = Settled(no_service(), demand.additional)
    if reduce and not any(target.kind == "fill" for target in scenario.targets):
        free = free_places(sites.classes_today, size, takes, sites.enrolled)
        settled = settle(cell, site, demand.additional, free, sites.classes_today @ takes > 0)
    covers_today = sites.is_open_today & sites.counts["population_coverage"]
    covered_today = reach.reached(limit_s, covers_today)
    useful = (sites.spare > 0) | (sites.room > 0)
    serves = (settled.left.sum(axis=1) > 0)[cell] & useful[site]
    seen = serves | (~covered_today[cell] & sites.candidate[site])
    return SitingProblem(
        scenario=scenario,
        demand=merge_cells(
            cell[seen], site[seen], demand.under3, settled.left, covered_today, merge=reduce
        ),
        settled=settled.served,
        left=settled.left,
        sites=sites,
        kinds=kinds,
        bands=scenario.bands,
        size=size,
        takes=takes,
        residents=float(inputs.cells[f"residents_{scenario.year}"].sum()),
        townships=len(inputs.townships),
    )


def _site_figures(scenario: Scenario, inputs: Inputs, demand: Demand) -> SiteFigures:
    table = inputs.sites
    kinds = tuple(scenario.class_kinds)
    counted = ("per_thousand", "inclusive_share", "township_coverage", "population_coverage")
    may_act = (table["decision"] != "excluded") & ~(table["from_year"] > scenario.year)
    may_act &= ~table["safety"].eq(False)
    may_act = may_act.to_numpy(dtype=bool)
    return SiteFigures(
        runs=np.array(
            [[kind in scenario.tiers[tier].class_kinds for kind in kinds] for tier in table["tier"]]
        ),
        classes_today=table[[classes_column(kind) for kind in kinds]].to_numpy(dtype=np.int64),
        max_classes=table["max_classes"].to_numpy(dtype=np.int64),
        places_today=places(table, scenario),
        enrolled=demand.enrolled,
        zone=table["zone"].to_numpy(),
        inclusive=table["inclusive"].to_numpy(dtype=bool),
        counts={
            target_kind: table["tier"].isin(scenario.tiers_counted_in(target_kind)).to_numpy()
            for target_kind in counted
        },
        fixed_cost_cny=table["fixed_cost_cny"].to_numpy(dtype=float),
        place_cost_cny=table["place_cost_cny"].to_numpy(dtype=float),
        may_act=may_act,
        must_act=may_act & table["decision"].isin(("committed", "forced")).to_numpy(),
        group=table["exclusive_group"].to_numpy(dtype=str),
    )
