"""Every plan of a small town along one street, reckoned without the planning model.

A plan is a sequence of states for every site. All targets and the children served depend on the
states of one year only, so these are reckoned once for every combination of states (a
configuration), and plans look them up. Who is served is a maximum flow from children to places;
it is read off its smallest cut (Ford and Fulkerson 1956), over all sets of class kinds of sites.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, product
from math import ceil

import numpy as np

from drawn_town import Town
from random_town import distances, drive_s, strip_of
from siting.demand import Demand
from siting.inputs import Inputs

exact, near_tie = 1e-9, 2e-5
"""Shares up to the first are rounding; up to the second a solver may take them for none or not."""
cny_in_unit = 10_000


@dataclass(frozen=True)
class Option:
    """What is done at a site: for each year whether it is open, and its classes by kind."""

    is_open: tuple[bool, ...]
    classes: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Best:
    """The best plans.

    Attributes
    ----------
    values
        What each stage reaches, as people read it.
    plans
        Numbers of the plans that reach it.
    is_doubtful
        Whether a plan comes so near to being better or feasible that rounding decides.
    """

    values: dict[str, float]
    plans: np.ndarray
    is_doubtful: bool


class Reckoning:
    """All plans of a town.

    Parameters
    ----------
    inputs
        Tables of the town: costs, limits and decisions of the sites, people of the cells.
    demand
        (Year, trend of births) -> the demand arrays, which have a definition of their own.
    """

    def __init__(
        self, town: Town, inputs: Inputs, demand: Mapping[tuple[int, str | None], Demand]
    ) -> None:
        self.asked, self.town, self.demand = town.asked, town, demand
        self.cells, self.townships = inputs.cells, inputs.townships
        self.sites = inputs.sites.to_dict("records")
        self.kinds = list(self.asked.class_kinds)
        self.size = np.array([self.asked.class_kinds[k].size for k in self.kinds], dtype=float)
        self.equivalent = np.array(
            [self.asked.class_kinds[k].full_day_equivalent for k in self.kinds]
        )
        self.years = self.asked.years
        self.trends = (None, *self.asked.children.hold_under)
        self.exists = np.array([site["status"] == "existing" for site in self.sites])
        self.today = np.array([[s[f"{k}_classes"] for k in self.kinds] for s in self.sites])
        self._lay_out()
        self.options = [self._options(number) for number in range(len(self.sites))]
        self.is_possible = all(self.options)
        if self.is_possible:
            self._configure()
            self._prepare_service()

    def _lay_out(self) -> None:
        """Reckon zones, communities, areas and reach from places along the street."""
        at = distances(self.town)
        place = np.array([at[site["name"][0]] for site in self.sites])
        home = np.array([at[cell.removeprefix("area-")[0]] for cell in self.cells["cell_id"]])
        limit_m = [60 * self.asked.tiers[site["tier"]].limit_minutes for site in self.sites]
        self.near = 100 * np.abs(home[:, None] - place[None, :]) <= np.array(limit_m)
        away = [
            not e or s["name"] not in self.town.outside for e, s in zip(self.exists, self.sites)
        ]
        self.inside = np.array(away)
        self.zone = np.array([strip_of(self.town.borders, p) for p in place])
        self.zone_of_cell = np.array([strip_of(self.town.borders, h) for h in home])
        self.zones = len(self.town.borders) + 1
        finer = self.town.community_borders or ()
        self.community = np.array([strip_of(finer, p) for p in place])
        self.community_of_cell = np.array([strip_of(finer, h) for h in home])
        edges = [-1, *finer, len(self.town.picture) + 1]
        middle = [(west + east) / 2 for west, east in zip(edges, edges[1:])]
        self.zone_of_community = np.array([strip_of(self.town.borders, m) for m in middle])
        self.areas = sorted(self.town.areas)
        self.in_area = np.array(
            [[at[name] == p for name in self.areas] for p in place], dtype=bool
        ).reshape(len(place), len(self.areas))
        guidance = self.asked.guidance
        self.guides: list[tuple[int, np.ndarray, str]] = []
        for name, medical in self.town.medical.items():
            kind = medical["kind"]
            if guidance is None or kind not in guidance.kinds:
                continue
            own = guidance.by_kind[kind].model_dump() if kind in guidance.by_kind else {}
            rules = {**guidance.model_dump(), **{k: v for k, v in own.items() if v is not None}}
            reached = drive_s * np.abs(place - at[name]) <= 60 * rules["within_minutes"]
            if rules["jurisdiction"] == "township":
                reached &= self.zone == strip_of(self.town.borders, at[name])
            most = int(medical["child_health_staff"] * rules["institutions_per_staff"])
            self.guides.append((most, reached & self.inside, kind))

    def _options(self, number: int) -> list[Option]:
        """Return every sequence of states of a site that its host and decisions allow."""
        site, tier = self.sites[number], self.asked.tiers[self.sites[number]["tier"]]
        today = tuple(self.today[number].tolist())
        least = 0 if self.exists[number] else tier.least_places
        mixes = [
            mix
            for mix in product(range(int(site["max_classes"]) + 1), repeat=len(self.kinds))
            if sum(mix) <= site["max_classes"]
            and all(n == 0 or k in tier.class_kinds for n, k in zip(mix, self.kinds))
            and max(1, least) <= self.size @ mix <= site["most_places"]
        ]
        acted = [(True, mix) for mix in mixes if mix != today and _grows(today, mix)]
        nothing = (0,) * len(self.kinds)
        if not tier.class_kinds and not self.exists[number]:
            acted = [(True, nothing)]
        idle = (bool(self.exists[number]), today)
        closed = [(False, nothing)] if self.exists[number] and site["may_close"] else []

        def follows(earlier: tuple, later: tuple) -> bool:
            stays_or_begins = earlier in (later, idle)
            return stays_or_begins or (
                earlier in acted and later in acted and _grows(earlier[1], later[1])
            )

        return [
            Option(*zip(*states))
            for states in product([idle, *acted, *closed], repeat=len(self.years))
            if all(follows(earlier, later) for earlier, later in zip(states, states[1:]))
            and self._allowed(number, [state in acted for state in states], states)
        ]

    def _allowed(self, number: int, acts: list[bool], states: tuple) -> bool:
        """Return whether decisions, the first year and the children of the staff allow it."""
        site = self.sites[number]
        first = 0 if np.isnan(site["from_year"]) else site["from_year"]
        may = [
            site["decision"] != "excluded"
            and site["safety"] is not False
            and first <= year
            and bool(self.inside[number])
            for year in self.years
        ]
        must = [site["decision"] == "committed" and first <= year for year in self.years]
        must[-1] |= site["decision"] == "forced"
        could = [m and not self.exists[number] for m in may]
        if any(a and not m for a, m in zip(acts, may)):
            return False
        if any(m and c and not a for m, c, a in zip(must, could, acts)):
            return False
        return all(
            self._holds(number, self.demand[year, trend].staff[number], classes)
            for year, (is_open, classes) in zip(self.years, states)
            for trend in self.trends
            if is_open and not self.exists[number]
        )

    def _holds(self, number: int, children: np.ndarray, classes: tuple[int, ...]) -> bool:
        """Return whether children of all bands fit into classes: no set of bands is too many."""
        bands = range(len(self.asked.bands))
        return all(
            sum(children[b] for b in chosen)
            <= exact
            + sum(
                n * size
                for n, size, kind in zip(classes, self.size, self.kinds)
                if any(self.asked.bands[b] in self.asked.class_kinds[kind].bands for b in chosen)
            )
            for count in range(1, len(bands) + 1)
            for chosen in combinations(bands, count)
        )

    def _configure(self) -> None:
        """Give numbers to the states of sites, their combinations, and the plans."""
        known = [
            sorted({state for option in options for state in zip(option.is_open, option.classes)})
            for options in self.options
        ]
        shape = [len(states) for states in known]
        grid = np.indices(shape).reshape(len(shape), -1)
        self.configurations = grid.shape[1]
        self.is_open, self.classes = (
            np.stack(
                [
                    np.array([state[part] for state in states])[at]
                    for states, at in zip(known, grid)
                ],
                axis=1,
            )
            for part in (0, 1)
        )
        self.places = self.classes @ self.size
        self.counted = self.classes @ (self.size * self.equivalent)
        chosen = np.indices([len(options) for options in self.options])
        self.plan = chosen.reshape(len(shape), -1)
        self.configuration = np.zeros((len(self.years), self.plan.shape[1]), dtype=np.int64)
        for options, states, choice, length in zip(self.options, known, self.plan, shape):
            number = {state: n for n, state in enumerate(states)}
            of_year = np.array(
                [[number[state] for state in zip(o.is_open, o.classes)] for o in options]
            ).reshape(len(options), len(self.years))
            self.configuration = self.configuration * length + of_year[choice].T

    def _prepare_service(self) -> None:
        """List the places that children may take, and every set of them."""
        takes = np.array(
            [[b in self.asked.class_kinds[k].bands for b in self.asked.bands] for k in self.kinds]
        )
        self.node = [
            (j, k)
            for j, site in enumerate(self.sites)
            for k, kind in enumerate(self.kinds)
            if kind in self.asked.tiers[site["tier"]].class_kinds
        ]
        self.sets = np.array(list(product([False, True], repeat=len(self.node))), dtype=bool)
        for_residents = np.array([site["opens_to_residents"] for site in self.sites])
        near = self.near & for_residents
        bands = range(len(self.asked.bands))
        resident = [
            [near[i, j] and takes[k, b] for j, k in self.node]
            for i in range(len(self.cells))
            for b in bands
        ]
        own = [
            [j == there and takes[k, b] for j, k in self.node]
            for there in range(len(self.sites))
            for b in bands
        ]
        everyone = [*resident, *own]
        wanted = np.array(everyone, dtype=bool).reshape(len(everyone), len(self.node))
        # Children are cut off unless all places they may take are in the set.
        self.is_cut = (wanted[:, None, :] & ~self.sets[None, :, :]).any(axis=2)

    def waiting(self, year: int, trend: str | None) -> np.ndarray:
        """Return configurations x cells x bands: takers who have no place."""
        demand = self.demand[year, trend]
        left = np.repeat(demand.takers[None], self.configurations, axis=0)
        for cell, site, drawn in zip(demand.cell, demand.site, demand.drawn):
            left[:, cell] -= self.is_open[:, site, None] * drawn
        enrols = np.where(self.exists, 1.0, 0.0)
        beyond = (self.is_open * enrols) @ demand.beyond
        return np.maximum(left - demand.beyond_share * beyond[:, None, :], 0.0)

    def flow(
        self,
        year: int,
        trend: str | None,
        wanted: np.ndarray,
        most: np.ndarray | None = None,
    ) -> np.ndarray:
        """Return for each configuration the most children who have places at some sites.

        Enrolled, staff and additional children together.

        Parameters
        ----------
        wanted
            Which sites.
        most
            Configurations x sites: children beyond these do not count at a site.
        """
        demand = self.demand[year, trend]
        own = (demand.enrolled + demand.staff) * wanted[:, None]
        own = self.is_open[:, :, None] * own[None]
        children = np.concatenate(
            [
                self.waiting(year, trend).reshape(self.configurations, -1),
                own.reshape(self.configurations, -1),
            ],
            axis=1,
        )
        cut = children @ self.is_cut
        for j in np.flatnonzero(wanted).tolist():
            held = np.zeros((self.configurations, len(self.sets)))
            for n, (site, kind) in enumerate(self.node):
                if site == j:
                    places = self.classes[:, j, kind] * self.size[kind]
                    held += places[:, None] * self.sets[None, :, n]
            if most is not None:
                held = np.minimum(held, most[:, j, None])
            cut += held
        return cut.min(axis=1)

    def additional(self, year: int, trend: str | None, wanted: np.ndarray) -> np.ndarray:
        """Return for each configuration the most additional children served at some sites."""
        demand = self.demand[year, trend]
        own = (demand.enrolled + demand.staff).sum(axis=1) * wanted
        return self.flow(year, trend, wanted) - self.is_open @ own

    def of_tiers(self, names) -> np.ndarray:
        return np.array([site["tier"] in names for site in self.sites])

    def tiers_of(self, target) -> set[str]:
        """Return the tiers that a target means."""
        if target.tiers:
            return set(target.tiers)
        if target.kind in ("fill", "pairing"):
            return {name for name, tier in self.asked.tiers.items() if tier.class_kinds}
        return {n for n, tier in self.asked.tiers.items() if target.kind in tier.counts_in}

    def number_of(self, is_open: np.ndarray, classes: np.ndarray) -> int | None:
        """Return the number of a plan, None if it breaks a rule.

        Parameters
        ----------
        is_open, classes
            Sites x years, and sites x kinds x years.
        """
        number = 0
        for j, options in enumerate(self.options):
            option = Option(
                tuple(is_open[j].tolist()), tuple(map(tuple, classes[j].T.astype(int).tolist()))
            )
            if option not in options:
                return None
            number = number * len(options) + options.index(option)
        return number


def _grows(earlier: tuple[int, ...], later: tuple[int, ...]) -> bool:
    return all(a <= b for a, b in zip(earlier, later))


def whole(number: float) -> int:
    """Return a number rounded up; what binary fractions add does not count."""
    return ceil(number - 1e-6)
