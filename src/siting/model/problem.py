"""The numbers that a planning model needs of a study."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from siting.demand import Demand
from siting.guidance import GuidingPairs
from siting.inputs import Inputs
from siting.model.sites import SiteFigures
from siting.reach import Reach
from siting.scenario import Scenario

least_children = 1e-7
"""Fewer children than this are rounding, and are not planned for."""


@dataclass(frozen=True)
class State:
    """A planned year under a trend of births; None is the trend that is planned for."""

    year: int
    trend: str | None = None


def states_of(scenario: Scenario) -> tuple[State, ...]:
    """Return every state that a plan is held against: each year, under each trend."""
    trends = (None, *scenario.children.hold_under)
    return tuple(State(year, trend) for trend in trends for year in scenario.years)


@dataclass(frozen=True)
class Reached:
    """Things that open sites reach or lie in: cells, townships, communities.

    Attributes
    ----------
    always
        Whether each is reached by a facility that stays.
    item, site
        The other pairs, in the order of (item, site).
    """

    always: np.ndarray
    item: np.ndarray
    site: np.ndarray


@dataclass(frozen=True)
class Coverage:
    """Merged demand as the coverage by some tiers sees it.

    Attributes
    ----------
    class_of_cell
        Class of each cell, -1 where no choice changes whether it is covered.
    always
        Whether each cell is covered by a facility that stays.
    classes
        The classes and the sites they reach.
    """

    class_of_cell: np.ndarray
    always: np.ndarray
    classes: Reached


@dataclass(frozen=True)
class Service:
    """Merged demand as places see it; ages that the same class kinds take are one band.

    Attributes
    ----------
    class_of_cell
        Class of each cell, -1 where nobody is left to be served.
    demand_class, site
        The pairs within reach, in the order of (class, site).
    additional
        Classes x bands x states: children who want a place and have none.
    could_come
        The same, with all who could be released.
    released
        Pairs x bands x states: children who look for a place again where the facility closes.
    taken
        Pairs x bands x states: children who do not where the host opens for its own staff.
    beyond, beyond_share
        Sites x age bands x states: children who look for a place again where the facility
        closes, and live beyond its limit; classes x age bands x states: share of these who live
        in a class.
    settled
        For each state ``cell, site, band, children``: served by the facilities of today
        whatever is chosen.
    """

    class_of_cell: np.ndarray
    demand_class: np.ndarray
    site: np.ndarray
    additional: np.ndarray
    could_come: np.ndarray
    released: np.ndarray
    taken: np.ndarray
    beyond: np.ndarray
    beyond_share: np.ndarray
    settled: tuple[pd.DataFrame, ...]

    def at_sites(self, is_open: np.ndarray, states: slice) -> "Service":
        """Return the same in some states, without the ways to sites that are closed.

        Pairs of sites that release children or take them stay.
        """
        released, taken = self.released[:, :, states], self.taken[:, :, states]
        kept = is_open[self.site] | (released > 0).any(axis=(1, 2)) | (taken > 0).any(axis=(1, 2))
        return replace(
            self,
            demand_class=self.demand_class[kept],
            site=self.site[kept],
            additional=self.additional[:, :, states],
            could_come=self.could_come[:, :, states],
            released=released[kept],
            taken=taken[kept],
            beyond=self.beyond[:, :, states],
            beyond_share=self.beyond_share[:, :, states],
            settled=self.settled[states],
        )


@dataclass(frozen=True)
class Teams:
    """Medical institutions merged: those of a role that may guide the same sites are one team.

    Attributes
    ----------
    site, team
        The pairs allowed, in the order of (team, site).
    most_sites
        How many sites each team can guide.
    role
        Role in which each team guides.
    """

    site: np.ndarray
    team: np.ndarray
    most_sites: np.ndarray
    role: np.ndarray


@dataclass(frozen=True)
class SitingProblem:
    """What the planning model reads; sites, class kinds, bands, states by position.

    Attributes
    ----------
    scenario, inputs, reach
        What was asked and read.
    sites
        The sites as numbers.
    states, demand
        The states, and the demand of each.
    service
        Merged demand as places see it.
    coverage
        Tiers -> merged demand as coverage by their sites sees it.
    zones
        Target key -> townships, districts or communities and the sites that count for each.
    guiding, teams
        Which medical institution may guide which site, where the scenario says how; merged.
    kinds, bands
        Names of the class kinds; of the merged age bands, in the order of :attr:`band_of`.
    band_of
        Merged band of each age band of the scenario, -1 where no class takes it.
    size, counted
        Places of a class of each kind, and how many full-day places they count for.
    takes
        Kinds x bands: whether a class kind takes an age band.
    enrolled, staff
        Sites x bands x states.
    """

    scenario: Scenario
    inputs: Inputs
    reach: Reach
    sites: SiteFigures
    states: tuple[State, ...]
    demand: tuple[Demand, ...]
    service: Service
    coverage: Mapping[frozenset[str], Coverage]
    zones: Mapping[str, Reached]
    guiding: GuidingPairs | None
    teams: Teams | None
    kinds: tuple[str, ...]
    bands: tuple[str, ...]
    band_of: np.ndarray
    size: np.ndarray
    counted: np.ndarray
    takes: np.ndarray
    enrolled: np.ndarray
    staff: np.ndarray

    @property
    def years(self) -> tuple[int, ...]:
        """The planned years."""
        return self.scenario.years

    def year_of(self, state: int) -> int:
        """Return the position of the year of a state."""
        return self.years.index(self.states[state].year)

    def states_in(self, year: int) -> list[int]:
        """Return the states of a year, the one that is planned for first."""
        return [i for i, state in enumerate(self.states) if state.year == year]

    def pairs_by(self, kinds: frozenset[str]) -> np.ndarray:
        """Return whether the team of each pair is of some kinds, which are whole roles."""
        if self.teams is None:
            return np.zeros(0, dtype=bool)
        roles = [n for n, role in enumerate(self.scenario.guiding_roles) if role <= kinds]
        return np.isin(self.teams.role, roles)[self.teams.team]

    def at_sites(self, is_open: np.ndarray, state: int) -> "SitingProblem":
        """Return the problem of a single state, with the ways to open sites alone.

        Parameters
        ----------
        is_open
            Whether each site is open in the state.
        """
        only = slice(state, state + 1)
        return replace(
            self,
            states=self.states[only],
            demand=self.demand[only],
            service=self.service.at_sites(is_open, only),
            enrolled=self.enrolled[:, :, only],
            staff=self.staff[:, :, only],
        )

    def banded(self, amount: np.ndarray) -> np.ndarray:
        """Return an amount by age band (last axis) summed over the merged bands."""
        return banded(amount, self.band_of, len(self.bands))


def banded(amount: np.ndarray, band_of: np.ndarray, bands: int) -> np.ndarray:
    """Return an amount by age band (last axis) summed over merged bands."""
    member = np.zeros((len(band_of), bands))
    taken = np.flatnonzero(band_of >= 0)
    member[taken, band_of[taken]] = 1.0
    return amount @ member
