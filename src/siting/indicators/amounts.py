"""What each target measures: parts and wholes of cells, sites, communities, areas, townships.

The figure of the study area, those of its townships and of single sites come from the same amounts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from siting.indicators.counting import (
    group_share,
    places_counted,
    places_per_thousand,
    tolerance,
    zones_asked,
)
from siting.indicators.indicators import children_in_new_places
from siting.indicators.sharing import shared_pairs
from siting.indicators.sites_in_year import SitesInYear
from siting.inputs import no_zone, places
from siting.reach import site_limits_s
from siting.scenario import Target


@dataclass(frozen=True)
class Amounts:
    """What a target measures, thing by thing.

    Attributes
    ----------
    zone
        Position of the township that each counts in; ``no_zone`` where it counts in none.
    part, whole
        Of each; the figure of several things is the sum of their parts / that of their wholes.
        A thing that is not asked has neither.
    """

    zone: np.ndarray
    part: np.ndarray
    whole: np.ndarray

    @property
    def of_all(self) -> float | None:
        """The figure of all things together; None where there is nothing to measure."""
        whole = self.whole.sum()
        return float(self.part.sum() / whole) if whole > 0 else None

    @property
    def of_each(self) -> np.ndarray:
        """The figure of each thing; NaN where there is nothing to measure."""
        nothing = np.full(len(self.part), np.nan)
        return np.divide(self.part, self.whole, out=nothing, where=self.whole > 0)

    @property
    def lowest(self) -> float | None:
        """The lowest figure of any thing; None where there is nothing to measure."""
        told = self.of_each[self.whole > 0]
        return float(told.min()) if len(told) else None

    def short_of(self, required: float) -> np.ndarray:
        """Return whether each thing has a figure, and that is below what is required."""
        return self.of_each < required * (1 - tolerance)

    def by_township(self, townships: int) -> "Amounts":
        """Return the amounts of each of so many townships."""
        inside = self.zone != no_zone
        part, whole = (
            np.bincount(self.zone[inside], weights=amount[inside], minlength=townships)
            for amount in (self.part, self.whole)
        )
        return Amounts(np.arange(townships), part, whole)


def amounts_of(sites: SitesInYear, target: Target) -> Amounts:
    """Return what a target measures; shares and places per thousand only.

    A number of sites is :func:`sites_counted`, and money is of no township.
    """
    return _measured[target.kind](sites, target)


def sites_counted(sites: SitesInYear, target: Target) -> np.ndarray:
    """Return the number of open sites that count in a target, of each township."""
    zone = sites.inputs.sites["zone"].to_numpy()[sites.counts(target)]
    return np.bincount(zone, minlength=len(sites.inputs.townships))


def new_areas(sites: SitesInYear) -> gpd.GeoDataFrame:
    """Return the new areas, which a target asks for."""
    if sites.inputs.areas is None:
        raise ValueError("a scenario with this target names areas")
    return sites.inputs.areas


def _per_thousand(sites: SitesInYear, target: Any) -> Amounts:  # noqa: ANN401
    """Townships: 1000 x places, residents."""
    townships = sites.inputs.townships
    residents = townships[f"residents_{sites.year}"].to_numpy(dtype=float)
    zone = sites.inputs.sites["zone"].to_numpy()
    inside = zone != no_zone
    staff = sites.demand.under(sites.is_open).staff.sum(axis=1)
    counted = places_per_thousand(sites.scenario, sites.inputs, sites.state, staff)
    counted = counted * sites.counts(target)
    held = np.bincount(zone[inside], weights=counted[inside], minlength=len(townships))
    return Amounts(np.arange(len(townships)), 1000 * held, residents)


def _inclusive_share(sites: SitesInYear, target: Any) -> Amounts:  # noqa: ANN401
    """Sites: inclusive places, places."""
    table = sites.inputs.sites
    counted = places_counted(sites.scenario, sites.state) * sites.counts(target)
    inclusive = counted * table["inclusive"].to_numpy(dtype=float)
    return Amounts(table["zone"].to_numpy(), inclusive, counted)


def _township_coverage(sites: SitesInYear, target: Any) -> Amounts:  # noqa: ANN401
    """Townships: whether an open site is inside, 1."""
    covered = (sites_counted(sites, target) > 0).astype(float)
    return Amounts(np.arange(len(covered)), covered, np.ones(len(covered)))


def _community_coverage(sites: SitesInYear, target: Any) -> Amounts:  # noqa: ANN401
    """Communities: whether an open site is inside or near, 1 where the community is asked."""
    inputs = sites.inputs
    communities = inputs.communities
    if communities is None:
        raise ValueError("a scenario with this target names communities")
    counts = sites.counts(target)
    within = inputs.sites["community"].to_numpy()[counts]
    covered = np.zeros(len(communities), dtype=bool)
    covered[within[within >= 0]] = True
    if target.sharing == "reach":
        covered[shared_pairs(sites, target)["community"]] = True
    asked = np.zeros(len(communities))
    asked[zones_asked(inputs, target).index] = 1.0
    townships = pd.Index(inputs.townships["township_code"])
    zone = townships.get_indexer(communities["township_code"])
    return Amounts(zone, covered * asked, asked)


def _population_coverage(sites: SitesInYear, target: Any) -> Amounts:  # noqa: ANN401
    """Cells: under-3s of the group who reach an open site, under-3s of the group."""
    inputs, reach = sites.inputs, sites.reach
    tiers = inputs.sites["tier"].isin(sites.scenario.tiers_of(target)).to_numpy()
    usable = tiers & inputs.sites["opens_to_residents"].to_numpy(dtype=bool)
    reached = reach.reached(site_limits_s(sites.scenario, inputs.sites), sites.is_open & usable)
    children = sites.demand.under3 * group_share(inputs, target.group, sites.year)
    return Amounts(inputs.cells["zone"].to_numpy(), children * reached, children)


def _enrolment(sites: SitesInYear, target: Any) -> Amounts:  # noqa: ANN401
    """Cells: children with a place, under-3s; then sites: staff children who live out of reach.

    These have a place and count in no township, since nobody tells where they live.
    """
    inputs, served = sites.inputs, sites.served
    demand = sites.demand.under(sites.is_open)
    tiers = inputs.sites["tier"].isin(sites.scenario.tiers_of(target)).to_numpy()
    drawn = demand.drawn.sum(axis=1) * tiers[demand.site]
    staff = demand.staff.sum(axis=1) * tiers
    at_work = staff[demand.site] > 0
    near = np.bincount(demand.site[at_work], weights=drawn[at_work], minlength=len(staff))
    beyond = demand.beyond_share * (demand.beyond * tiers[:, None]).sum(axis=0)
    counts = tiers[served["site"].to_numpy(dtype=int)]
    placed = np.bincount(
        served["cell"].to_numpy(dtype=int)[counts],
        weights=served["children"].to_numpy(dtype=float)[counts],
        minlength=len(inputs.cells),
    )
    at_home = np.bincount(demand.cell, weights=drawn, minlength=len(inputs.cells))
    return Amounts(
        np.concatenate([inputs.cells["zone"].to_numpy(), np.full(len(staff), no_zone)]),
        np.concatenate([at_home + beyond.sum(axis=1) + placed, staff - near]),
        np.concatenate([sites.demand.under3, np.zeros(len(staff))]),
    )


def _fill(sites: SitesInYear, target: Any) -> Amounts:  # noqa: ANN401
    """Sites: children in new places, new places; of those that are to be filled."""
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
    asked = sites.counts(target)
    if target.within == "site" and target.spare_only_site:
        asked = asked & ~_only_sites(sites, target)
    return Amounts(table["zone"].to_numpy(), children * asked, new * asked)


def _only_sites(sites: SitesInYear, target: Target) -> np.ndarray:
    """Return whether each site opens as the only one of its township."""
    table = sites.inputs.sites
    candidate = (table["status"] == "candidate").to_numpy()
    alone = sites_counted(sites, target)[table["zone"].to_numpy()] == 1
    return candidate & sites.counts(target) & alone


def _new_area(sites: SitesInYear, target: Any) -> Amounts:  # noqa: ANN401
    """Areas handed over: 1000 x places inside, people."""
    areas = new_areas(sites)
    due = (areas["hand_over_year"] <= sites.year).to_numpy()
    area = sites.inputs.sites["area"].to_numpy()
    inside = area >= 0
    counted = places_counted(sites.scenario, sites.state) * sites.counts(target)
    held = np.bincount(area[inside], weights=counted[inside], minlength=len(areas))
    people = areas["people"].to_numpy(dtype=float) * due
    return Amounts(_township_of_areas(sites, areas), 1000 * held * due, people)


def _township_of_areas(sites: SitesInYear, areas: gpd.GeoDataFrame) -> np.ndarray:
    """Return the position of the township in which the people of each new area are counted."""
    cells = sites.inputs.cells.set_index("cell_id")["zone"]
    names = "area-" + areas["area_id"]
    return cells.reindex(names).fillna(no_zone).to_numpy(dtype=int)


def _pairing(sites: SitesInYear, target: Any) -> Amounts:  # noqa: ANN401
    """Sites: whether one of the target's kinds guides it, 1; of the open ones that count."""
    counts = sites.counts(target)
    guided = np.zeros(len(counts), dtype=bool)
    guides, medical = sites.guides, sites.inputs.medical
    if medical is not None:
        kind = medical["kind"].to_numpy()[guides["medical"].to_numpy(dtype=int)]
        guides = guides[np.isin(kind, sorted(sites.scenario.guides_of(target)))]
    guided[guides["site"].to_numpy(dtype=int)] = True
    zone = sites.inputs.sites["zone"].to_numpy()
    return Amounts(zone, (guided & counts).astype(float), counts.astype(float))


_measured: dict[str, Callable[[SitesInYear, Any], Amounts]] = {
    "per_thousand": _per_thousand,
    "inclusive_share": _inclusive_share,
    "township_coverage": _township_coverage,
    "community_coverage": _community_coverage,
    "population_coverage": _population_coverage,
    "enrolment": _enrolment,
    "fill": _fill,
    "new_area": _new_area,
    "pairing": _pairing,
}
