"""The sites of a study as numbers, by position."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from siting.inputs import Inputs, no_zone, places
from siting.inputs.dictionary import classes_column
from siting.inputs.switched import due_by
from siting.scenario import Scenario


@dataclass(frozen=True)
class SiteFigures:
    """The sites as numbers, by position.

    Attributes
    ----------
    exists
        Whether each site is open today.
    runs
        Sites x kinds: whether a site may run a class kind.
    classes_today, max_classes
        Sites x kinds, and sites: classes today, and most classes in all.
    places_today, most_places, least_places
        Places of each site today, the most its host allows, and the fewest it opens with.
    tier
        Name of the tier.
    zone, community, area
        Township, community and new residential area of each site, ``no_zone`` where none.
    inclusive
        Whether the places of a site are inclusive.
    for_residents
        Whether others than its own staff may use it.
    fixed_cost_cny, place_cost_cny, subsidy_cny, running_cost_cny, close_cost_cny
        Cost of acting at a site, of each place added, what of that is subsidy, of a place in a
        year, of closing it.
    may_open, must_open
        Sites x years: whether a site may have been acted at by a year, and whether it has to.
    may_close
        Whether a facility may close.
    must_close
        Sites x years: whether it has to be closed by a year.
    group
        Name of the group of which the plan may open one site at most; empty for none.
    """

    exists: np.ndarray
    runs: np.ndarray
    classes_today: np.ndarray
    max_classes: np.ndarray
    places_today: np.ndarray
    most_places: np.ndarray
    least_places: np.ndarray
    tier: np.ndarray
    zone: np.ndarray
    community: np.ndarray
    area: np.ndarray
    inclusive: np.ndarray
    for_residents: np.ndarray
    fixed_cost_cny: np.ndarray
    place_cost_cny: np.ndarray
    subsidy_cny: np.ndarray
    running_cost_cny: np.ndarray
    close_cost_cny: np.ndarray
    may_open: np.ndarray
    must_open: np.ndarray
    may_close: np.ndarray
    must_close: np.ndarray
    group: np.ndarray

    @cached_property
    def inside(self) -> np.ndarray:
        """Whether each site lies in the study area, so that its places count."""
        return self.zone != no_zone

    @cached_property
    def has_kinds(self) -> np.ndarray:
        """Whether the tier of each site has places."""
        return np.asarray(self.runs.any(axis=1))

    @cached_property
    def room(self) -> np.ndarray:
        """Classes that can be added at each site, in the last year."""
        return np.where(self.may_open[:, -1], self.max_classes - self.classes_today.sum(axis=1), 0)

    @cached_property
    def candidate(self) -> np.ndarray:
        """Whether each site is closed today and can open."""
        return ~self.exists & self.may_open[:, -1]

    def of_tiers(self, tiers: frozenset[str]) -> np.ndarray:
        """Return whether each site is of one of the tiers."""
        return np.isin(self.tier, sorted(tiers))


def site_figures(scenario: Scenario, inputs: Inputs) -> SiteFigures:
    """Return the sites of a study as numbers."""
    table = inputs.sites
    kinds = tuple(scenario.class_kinds)
    runs = np.array(
        [[kind in scenario.tiers[tier].class_kinds for kind in kinds] for tier in table["tier"]],
        dtype=bool,
    ).reshape(len(table), len(kinds))
    classes_today = table[[classes_column(kind) for kind in kinds]].to_numpy(dtype=np.int64)
    max_classes = table["max_classes"].to_numpy(dtype=np.int64)
    places_today = places(table, scenario)
    most_places = table["most_places"].to_numpy(dtype=float)
    exists = (table["status"] == "existing").to_numpy()
    zone = table["zone"].to_numpy()
    tiers = scenario.tiers
    least = table["tier"].map({n: t.least_places for n, t in tiers.items()}).to_numpy(dtype=float)
    may_open, must_open = _decided(scenario, inputs)
    size = np.array([kind.size for kind in scenario.class_kinds.values()], dtype=float)
    smallest = np.where(runs, size, np.inf).min(axis=1, initial=np.inf)
    smallest = np.maximum(smallest, least - places_today)
    grows = (max_classes > classes_today.sum(axis=1)) & (most_places >= places_today + smallest)
    may_open &= ((grows | ~runs.any(axis=1)) & (zone != no_zone))[:, None]
    may_open &= ~(exists & ~runs.any(axis=1))[:, None]
    return SiteFigures(
        exists=exists,
        runs=runs,
        classes_today=classes_today,
        max_classes=max_classes,
        places_today=places_today,
        most_places=most_places,
        least_places=least,
        tier=table["tier"].to_numpy(dtype=str),
        zone=zone,
        community=table["community"].to_numpy(),
        area=table["area"].to_numpy(),
        inclusive=table["inclusive"].to_numpy(dtype=bool),
        for_residents=table["opens_to_residents"].to_numpy(dtype=bool),
        fixed_cost_cny=table["fixed_cost_cny"].to_numpy(dtype=float),
        place_cost_cny=table["place_cost_cny"].to_numpy(dtype=float),
        subsidy_cny=table["subsidy_cny"].to_numpy(dtype=float),
        running_cost_cny=table["running_cost_cny"].to_numpy(dtype=float),
        close_cost_cny=table["close_cost_cny"].to_numpy(dtype=float),
        may_open=may_open,
        must_open=must_open & may_open,
        may_close=table["may_close"].to_numpy(dtype=bool) & exists,
        must_close=due_by(table, "closes_by", scenario.years) & exists[:, None],
        group=table["exclusive_group"].to_numpy(dtype=str),
    )


def _decided(scenario: Scenario, inputs: Inputs) -> tuple[np.ndarray, np.ndarray]:
    """Return sites x years: what decisions and safety let the plan open, and make it open.

    A committed site opens in the first planned year from its ``from_year`` on, a forced one by
    the last planned year, or by an earlier one where a trial says so.
    """
    table = inputs.sites
    years = np.array(scenario.years)
    from_year = table["from_year"].fillna(0).to_numpy(dtype=float)
    there = from_year[:, None] <= years[None, :]
    free = (table["decision"] != "excluded") & ~table["safety"].eq(False)
    may = free.to_numpy(dtype=bool)[:, None] & there
    must = (table["decision"] == "committed").to_numpy()[:, None] & there
    forced = (table["decision"] == "forced").to_numpy()
    must[:, -1] |= forced
    must |= forced[:, None] & due_by(table, "opens_by", scenario.years)
    return may, must
