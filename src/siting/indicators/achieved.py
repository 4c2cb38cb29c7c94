"""Targets held against a state of the sites."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from siting.demand import Demand
from siting.indicators.counting import (
    count_required,
    group_share,
    places_counted,
    sites_required,
    tolerance,
    zone_of_township,
    zones_asked,
)
from siting.indicators.indicators import children_in_new_places
from siting.inputs import Inputs, no_zone, places
from siting.reach import Reach, site_limits_s
from siting.scenario import Scenario, Target


@dataclass(frozen=True)
class TargetResult:
    """What a target asks and what is achieved.

    Attributes
    ----------
    required, achieved
        In the unit of the target; ``achieved`` is None where there is nothing to measure (the
        fill of no new places), which meets the target. Where every zone is asked by itself, the
        lowest figure of any.
    required_count, achieved_count
        For targets that count things, such as townships.
    missing_in
        Names of the zones, areas or sites that fall short.
    """

    target: Target
    required: float
    achieved: float | None
    met: bool
    required_count: int | None = None
    achieved_count: int | None = None
    missing_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class SitesInYear:
    """What is known of a year of a plan, or of today.

    Attributes
    ----------
    scenario, inputs, reach
        What was asked and read.
    year
        Year whose people are counted.
    state
        ``open`` and ``<kind>_classes`` of every site.
    demand
        Demand of the year, with every site open.
    served
        ``cell, site, band, children``: additional children given a place, by position.
    guides
        ``site, medical``: who guides whom, by position.
    spent
        ``year, site, capital_cny, subsidy_cny, running_cny`` up to the year.
    """

    scenario: Scenario
    inputs: Inputs
    reach: Reach
    year: int
    state: pd.DataFrame
    demand: Demand
    served: pd.DataFrame
    guides: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["site", "medical"]))
    spent: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(
            columns=["year", "site", "capital_cny", "subsidy_cny", "running_cny"]
        )
    )

    @property
    def is_open(self) -> np.ndarray:
        """Whether each site is open."""
        return self.state["open"].to_numpy(dtype=bool)

    def counts(self, target: Target) -> np.ndarray:
        """Return whether each site inside the study area is open and counts in a target."""
        sites = self.inputs.sites
        tiers = sites["tier"].isin(self.scenario.tiers_of(target)).to_numpy()
        return self.is_open & tiers & (sites["zone"] != no_zone).to_numpy()


def target_results(sites: SitesInYear, targets: tuple[Target, ...]) -> tuple[TargetResult, ...]:
    """Hold targets against a state of the sites, in their order."""
    return tuple(_held[target.kind](sites, target) for target in targets)


def _at_least(target: Target, achieved: float | None, **more: Any) -> TargetResult:  # noqa: ANN401
    if achieved is None or np.isnan(achieved):
        return TargetResult(target, target.required, None, met=True, **more)
    met = bool(achieved >= target.required * (1 - tolerance))
    return TargetResult(target, target.required, float(achieved), met, **more)


def _ratio(part: float, whole: float) -> float | None:
    return float(part / whole) if whole > 0 else None


def _counted_places(sites: SitesInYear, target: Target, *, own_staff: bool) -> np.ndarray:
    full_day = places_counted(sites.scenario, sites.state)
    if not own_staff and not sites.scenario.own_staff_places_count:
        full_day = full_day - sites.demand.under(sites.is_open).staff.sum(axis=1)
    return full_day * sites.counts(target)


def _per_thousand(sites: SitesInYear, target: Any) -> TargetResult:  # noqa: ANN401
    townships = sites.inputs.townships
    residents = townships[f"residents_{sites.year}"].to_numpy(dtype=float)
    counted = _counted_places(sites, target, own_staff=False)
    if target.within == "area":
        return _at_least(target, _ratio(1000 * counted.sum(), residents.sum()))
    zone = sites.inputs.sites["zone"].to_numpy()
    inside = zone != no_zone
    held = np.bincount(zone[inside], weights=counted[inside], minlength=len(townships))
    density = np.divide(1000 * held, residents, out=np.full(len(held), np.inf), where=residents > 0)
    reached = density >= target.required * (1 - tolerance)
    lowest = float(density.min(initial=np.inf))
    return TargetResult(
        target,
        target.required,
        lowest if np.isfinite(lowest) else None,
        bool(reached.all()),
        required_count=len(townships),
        achieved_count=int(reached.sum()),
        missing_in=tuple(townships["township"][~reached]),
    )


def _inclusive_share(sites: SitesInYear, target: Any) -> TargetResult:  # noqa: ANN401
    counted = _counted_places(sites, target, own_staff=True)
    inclusive = counted * sites.inputs.sites["inclusive"].to_numpy(dtype=float)
    return _at_least(target, _ratio(inclusive.sum(), counted.sum()))


def _covered_zones(inputs: Inputs, target: Target, covered: np.ndarray) -> TargetResult:
    names = zones_asked(inputs, target)
    has_site = covered[names.index]
    number, having = len(names), int(has_site.sum())
    needed = count_required(target.required, number)
    return TargetResult(
        target,
        target.required,
        _ratio(having, number),
        having >= needed,
        required_count=needed,
        achieved_count=having,
        missing_in=tuple(names[~has_site]),
    )


def _township_coverage(sites: SitesInYear, target: Any) -> TargetResult:  # noqa: ANN401
    inputs = sites.inputs
    covered = np.zeros(len(inputs.townships), dtype=bool)
    covered[inputs.sites["zone"].to_numpy()[sites.counts(target)]] = True
    return _covered_zones(inputs, target, covered)


def _community_coverage(sites: SitesInYear, target: Any) -> TargetResult:  # noqa: ANN401
    inputs = sites.inputs
    communities = inputs.communities
    if communities is None:
        raise ValueError("a scenario with this target names communities")
    counts = sites.counts(target)
    within = inputs.sites["community"].to_numpy()[counts]
    covered = np.zeros(len(communities), dtype=bool)
    covered[within[within >= 0]] = True
    if target.sharing == "reach":
        covered |= _shared_communities(sites, target, counts, len(communities))
    return _covered_zones(inputs, target, covered)


def _shared_communities(
    sites: SitesInYear,
    target: Any,  # noqa: ANN401
    counts: np.ndarray,
    number: int,
) -> np.ndarray:
    """Return the communities of which one open site is reached by enough residents."""
    inputs, reach = sites.inputs, sites.reach
    home = inputs.cells["community"].to_numpy()
    people = inputs.cells[f"residents_{sites.scenario.base_year}"].to_numpy(dtype=float)
    known = home >= 0
    total = np.bincount(home[known], weights=people[known], minlength=number)
    usable = counts & inputs.sites["opens_to_residents"].to_numpy(dtype=bool)
    near = reach.pairs_within(site_limits_s(sites.scenario, inputs.sites))
    near &= usable[reach.site] & known[reach.cell]
    table = pd.DataFrame(
        {
            "community": home[reach.cell[near]],
            "site": reach.site[near],
            "people": people[reach.cell[near]],
        }
    )
    reached = table.groupby(["community", "site"])["people"].sum().groupby("community").max()
    most = reached.reindex(range(number)).fillna(0.0).to_numpy()
    enough = (most >= target.shared_by * total * (1 - 1e-9)) & (most > 0)
    if target.shared_below is not None:
        enough &= total < target.shared_below
    return enough


def _population_coverage(sites: SitesInYear, target: Any) -> TargetResult:  # noqa: ANN401
    inputs, reach = sites.inputs, sites.reach
    tiers = inputs.sites["tier"].isin(sites.scenario.tiers_of(target)).to_numpy()
    usable = tiers & inputs.sites["opens_to_residents"].to_numpy(dtype=bool)
    reached = reach.reached(site_limits_s(sites.scenario, inputs.sites), sites.is_open & usable)
    children = sites.demand.under3 * group_share(
        inputs, target.model_copy(update={"year": sites.year})
    )
    return _at_least(target, _ratio((children * reached).sum(), children.sum()))


def _enrolment(sites: SitesInYear, target: Any) -> TargetResult:  # noqa: ANN401
    demand = sites.demand.under(sites.is_open)
    tiers = sites.inputs.sites["tier"].isin(sites.scenario.tiers_of(target)).to_numpy()
    near = np.zeros_like(demand.enrolled)
    exists = (sites.inputs.sites["status"] == "existing").to_numpy()
    draws = exists[demand.site]
    np.add.at(near, demand.site[draws], demand.drawn[draws])
    enrolled = ((near + demand.beyond + demand.staff).sum(axis=1) * tiers).sum()
    additional = sites.served["children"].to_numpy(dtype=float)
    placed = additional[tiers[sites.served["site"].to_numpy(dtype=int)]].sum()
    return _at_least(target, _ratio(enrolled + placed, sites.demand.under3.sum()))


def _fill(sites: SitesInYear, target: Any) -> TargetResult:  # noqa: ANN401
    scenario, table = sites.scenario, sites.inputs.sites
    demand = sites.demand.under(sites.is_open)
    before = places(table, scenario).astype(float)
    new = np.maximum(places(sites.state, scenario) - before, 0.0)
    at_site = np.bincount(
        sites.served["site"].to_numpy(dtype=int),
        weights=sites.served["children"].to_numpy(dtype=float),
        minlength=len(table),
    )
    children = children_in_new_places(
        before, new, demand.enrolled.sum(axis=1), at_site + demand.staff.sum(axis=1)
    )
    counts = sites.counts(target) & (new > 0)
    if target.within == "area":
        return _at_least(target, _ratio(children[counts].sum(), new[counts].sum()))
    spared = np.zeros(len(table), dtype=bool)
    if target.spare_only_site:
        zone = table["zone"].to_numpy()
        opened = sites.counts(target)
        in_zone = np.bincount(zone[opened], minlength=len(sites.inputs.townships))
        candidate = (table["status"] == "candidate").to_numpy()
        spared = candidate & opened & (in_zone[np.maximum(zone, 0)] == 1)
    asked = counts & ~spared
    share = np.divide(children, new, out=np.full(len(new), np.inf), where=new > 0)
    short = asked & (share < target.required * (1 - tolerance))
    lowest = float(share[asked].min()) if asked.any() else None
    return _at_least(target, lowest, missing_in=tuple(table["name"][short]))


def _tier_count(sites: SitesInYear, target: Any) -> TargetResult:  # noqa: ANN401
    number = int(sites.counts(target).sum())
    met = (target.at_least is None or number >= target.at_least) and (
        target.at_most is None or number <= target.at_most
    )
    required = int(target.required)
    return TargetResult(target, target.required, float(number), met, required, number)


def _zone_count(sites: SitesInYear, target: Any) -> TargetResult:  # noqa: ANN401
    inputs = sites.inputs
    zone, codes = zone_of_township(inputs, target)
    needed = sites_required(inputs, target, sites.demand.under3)
    counts = sites.counts(target)
    there = np.bincount(zone[inputs.sites["zone"].to_numpy()[counts]], minlength=len(codes))
    reached = there >= needed
    column = "district" if target.zone == "district" else "township"
    names = inputs.townships.groupby(zone)[column].first()
    return TargetResult(
        target,
        1.0,
        _ratio(reached.sum(), len(codes)),
        bool(reached.all()),
        required_count=len(codes),
        achieved_count=int(reached.sum()),
        missing_in=tuple(names[~reached]),
    )


def _new_area(sites: SitesInYear, target: Any) -> TargetResult:  # noqa: ANN401
    areas = sites.inputs.areas
    if areas is None:
        raise ValueError("a scenario with this target names areas")
    due = (areas["hand_over_year"] <= sites.year).to_numpy() & (areas["people"] > 0).to_numpy()
    area = sites.inputs.sites["area"].to_numpy()
    inside = area >= 0
    counted = _counted_places(sites, target, own_staff=True)
    held = np.bincount(area[inside], weights=counted[inside], minlength=len(areas))
    people = areas["people"].to_numpy(dtype=float)
    density = np.divide(1000 * held, people, out=np.full(len(areas), np.inf), where=people > 0)
    short = due & (density < target.required * (1 - tolerance))
    lowest = float(density[due].min()) if due.any() else None
    return _at_least(
        target,
        lowest,
        required_count=int(due.sum()),
        achieved_count=int((due & ~short).sum()),
        missing_in=tuple(areas["name"][short]),
    )


def _pairing(sites: SitesInYear, target: Any) -> TargetResult:  # noqa: ANN401
    counts = sites.counts(target)
    guided = np.zeros(len(counts), dtype=bool)
    guided[sites.guides["site"].to_numpy(dtype=int)] = True
    return _at_least(
        target,
        _ratio((guided & counts).sum(), counts.sum()),
        required_count=int(np.ceil(target.required * counts.sum() - tolerance)),
        achieved_count=int((guided & counts).sum()),
        missing_in=tuple(sites.inputs.sites["name"][counts & ~guided]),
    )


def _budget(sites: SitesInYear, target: Any) -> TargetResult:  # noqa: ANN401
    spent = sites.spent
    earlier = target.since == "base_year" and target.spent_on != "running"
    years = spent["year"] <= sites.year if earlier else spent["year"] == sites.year
    amount = float(spent.loc[years, f"{target.spent_on}_cny"].sum())
    met = amount <= target.required * (1 + tolerance) + 0.01
    return TargetResult(target, target.required, amount, met)


_held: dict[str, Callable[[SitesInYear, Any], TargetResult]] = {
    "per_thousand": _per_thousand,
    "inclusive_share": _inclusive_share,
    "township_coverage": _township_coverage,
    "community_coverage": _community_coverage,
    "population_coverage": _population_coverage,
    "enrolment": _enrolment,
    "fill": _fill,
    "tier_count": _tier_count,
    "zone_count": _zone_count,
    "new_area": _new_area,
    "pairing": _pairing,
    "budget": _budget,
}
