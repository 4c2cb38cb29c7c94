"""Serving everyone at least cost, as a linear program that grows by cuts.

One column a site (open) and one a demand point (what serving it costs). For every toll ``u``, a
demand point costs at least ``u`` less what open sites nearer than ``u`` save::

    served[i] >= u - sum over j with toll[i, j] < u of (u - toll[i, j]) open[j]

and it must be reached by an open site. Among all these rows the violated one is found by going
through the sites nearest first until they add up to one: C. Duran-Mateluna, Z. Ales, S. Elloumi,
An efficient Benders decomposition for the p-median problem, European Journal of Operational
Research 308 (2023) 84-96.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array, csr_array, hstack

from siting.location.limits import Limits
from siting.location.tolls import Tolls
from siting.solver import GrowingProgram, Program, Relaxed, feasibility_tolerance

enough_cuts = 400
"""Rounds after which a relaxation is taken as it stands; its value is a bound in every round."""

least_doubt = 0.05
"""How far from none or one the open sites of a region add up to, at least, to branch on it."""


@dataclass(frozen=True)
class Bounded:
    """What the relaxation says.

    Attributes
    ----------
    bound
        No choice of sites costs less.
    opened
        Share of each site that is open.
    reduced_costs
        What the bound rises by, per unit, when a site is opened (or closed: negative).
    demand, level
        The cuts that hold the bound up: positions of demand points and tolls.
    """

    bound: float
    opened: np.ndarray
    reduced_costs: np.ndarray
    demand: np.ndarray
    level: np.ndarray


class Relaxation:
    """The linear program of some sites and the cuts found so far."""

    def __init__(
        self, tolls: Tolls, charge: np.ndarray, limits: Limits, *, threads: int, seed: int
    ) -> None:
        self.tolls = tolls
        self._regions = 0
        self._cut_row: list[np.ndarray] = []
        self._cut_demand: list[np.ndarray] = []
        self._cut_level: list[np.ndarray] = []
        sites, demands = tolls.sites, tolls.demands
        rows, most = limits.rows()
        least = np.full(len(most), -np.inf)
        if demands:
            any_open = csr_array(np.ones((1, sites)))
            rows = csr_array(np.concatenate([rows.toarray(), any_open.toarray()]))
            least, most = np.append(least, 1.0), np.append(most, np.inf)
        self._rows = len(most)
        self._lp = GrowingProgram(
            Program(
                cost=np.concatenate([charge, np.ones(demands)]),
                column_lower=np.concatenate([limits.fixed.astype(float), np.zeros(demands)]),
                column_upper=np.concatenate([np.ones(sites), np.full(demands, np.inf)]),
                is_integer=np.zeros(sites + demands, dtype=bool),
                rows=csr_array(hstack([rows, csr_array((len(most), demands))])),
                row_lower=least,
                row_upper=most,
            ),
            threads=threads,
            seed=seed,
        )

    def add_region(self, sites: np.ndarray) -> int:
        """Add a column: at zero it demands that one of some sites (positions) is open."""
        column = self.tolls.sites + self.tolls.demands + self._regions
        self._regions += 1
        one = np.ones(1)
        self._lp.add_columns(csc_array((0, 1)), 0.0 * one, 0.0 * one, one)
        row = csr_array(
            (
                np.ones(len(sites) + 1),
                (np.zeros(len(sites) + 1, dtype=np.intp), np.append(sites, column)),
            ),
            shape=(1, column + 1),
        )
        self._add(row, one)
        return self._regions - 1

    @property
    def infeasible(self) -> bool:
        """Whether the last solve proved that no choice is left."""
        return self._lp.infeasible

    def restrict(self, lower: np.ndarray, upper: np.ndarray, regions: Sequence[int]) -> None:
        """Change between which shares each site may be open, and which regions need a site."""
        self._lp.bound_columns(np.arange(self.tolls.sites), lower, upper)
        if self._regions:
            most = np.ones(self._regions)
            most[list(regions)] = 0.0
            first = self.tolls.sites + self.tolls.demands
            columns = first + np.arange(self._regions)
            self._lp.bound_columns(columns, np.zeros(self._regions), most)

    def region(self, opened: np.ndarray) -> np.ndarray | None:
        """Return sites (positions) of which it is open whether one will be open at all.

        The sites nearer to a demand point than some toll; so that it matters most.
        """
        tolls = self.tolls
        kept = np.flatnonzero(opened[tolls.site] > 1e-9)
        if not len(kept):
            return None
        demand, toll, share = tolls.demand[kept], tolls.toll[kept], opened[tolls.site[kept]]
        after = np.cumsum(share)
        begins = np.searchsorted(demand, np.arange(tolls.demands))
        after -= np.append(after - share, 0.0)[begins][demand]
        same = np.append(demand[1:] == demand[:-1], False)
        step = np.append(np.diff(toll), 0.0)
        doubt = np.where(same, np.minimum(after, 1.0 - after), 0.0)
        at = int((doubt * step).argmax())
        if doubt[at] < least_doubt:
            return None
        here = slice(tolls.first[demand[at]], tolls.first[demand[at] + 1])
        return tolls.site[here][tolls.toll[here] <= toll[at]]

    def cut_at_rank(self, rank: int) -> None:
        """Add the row of each demand point for the toll of its site of a rank, nearest 0."""
        has = np.flatnonzero(np.diff(self.tolls.first) > 0)
        self.cut_at(has, self.tolls.of_rank(rank)[has])

    def cut_at(self, demand: np.ndarray, level: np.ndarray) -> None:
        """Add a row for each demand point (position) and toll."""
        tolls = self.tolls
        length = np.diff(tolls.first)[demand]
        row = np.repeat(np.arange(len(demand)), length)
        within = np.arange(len(row)) - np.repeat(np.cumsum(length) - length, length)
        pair = tolls.first[demand][row] + within
        saved = level[row] - tolls.toll[pair]
        near = saved > 0
        rows = csr_array(
            (
                np.concatenate([saved[near], np.ones(len(demand))]),
                (
                    np.concatenate([row[near], np.arange(len(demand))]),
                    np.concatenate([tolls.site[pair[near]], tolls.sites + demand]),
                ),
            ),
            shape=(len(demand), tolls.sites + tolls.demands),
        )
        self._add(rows, level)
        self._cut_row.append(np.arange(self._rows - len(demand), self._rows))
        self._cut_demand.append(demand)
        self._cut_level.append(level)

    def _add(self, rows: csr_array, least: np.ndarray) -> None:
        self._lp.add_rows(rows, least, np.full(len(least), np.inf))
        self._rows += len(least)

    def _reach(self, demand: np.ndarray) -> None:
        """Require an open site within reach of each demand point (position)."""
        tolls = self.tolls
        number = np.full(tolls.demands, -1)
        number[demand] = np.arange(len(demand))
        kept = number[tolls.demand] >= 0
        rows = csr_array(
            (np.ones(kept.sum()), (number[tolls.demand[kept]], tolls.site[kept])),
            shape=(len(demand), tolls.sites + tolls.demands),
        )
        self._add(rows, np.ones(len(demand)))

    def solve(self, seconds_left: Callable[[], float], enough: float) -> Bounded | None:
        """Solve, adding cuts until none is violated or the bound is enough.

        None where it is infeasible or out of time.
        """
        tolls = self.tolls
        for _ in range(enough_cuts):
            solved = self._lp.solve(seconds_left())
            if solved is None:
                return None
            opened = np.clip(solved.values[: tolls.sites], 0.0, 1.0)
            reduced_costs = solved.reduced_costs[: tolls.sites]
            answer = Bounded(solved.objective, opened, reduced_costs, *self._tight(solved))
            if solved.objective >= enough:
                break
            level, cost, reached = self._separate(opened)
            told = solved.values[tolls.sites : tolls.sites + tolls.demands]
            beyond = reached < 1.0 - feasibility_tolerance
            low = ~beyond & (cost - told > feasibility_tolerance * np.maximum(cost, 1.0))
            if not beyond.any() and not low.any():
                break
            if beyond.any():
                self._reach(np.flatnonzero(beyond))
            if low.any():
                self.cut_at(np.flatnonzero(low), level[low])
        return answer

    def _tight(self, solved: Relaxed) -> tuple[np.ndarray, np.ndarray]:
        """Return the cuts that have a price."""
        row = np.concatenate([*self._cut_row, np.empty(0, dtype=np.intp)])
        priced = np.abs(solved.prices[row]) > feasibility_tolerance
        demand = np.concatenate([*self._cut_demand, np.empty(0, dtype=np.intp)])
        level = np.concatenate([*self._cut_level, np.empty(0)])
        return demand[priced], level[priced]

    def _separate(self, opened: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return each demand's most violated toll, what it then costs, and the sites in reach."""
        tolls = self.tolls
        kept = np.flatnonzero(opened[tolls.site] > 1e-9)
        demand, toll, share = tolls.demand[kept], tolls.toll[kept], opened[tolls.site[kept]]
        reached = np.bincount(demand, share, minlength=tolls.demands)
        before = np.cumsum(share) - share
        begins = np.searchsorted(demand, np.arange(tolls.demands))
        start = np.append(before, 0.0)[begins]
        before -= start[demand]
        used = before < 1.0 - 1e-9
        level = np.zeros(tolls.demands)
        level[demand[used]] = toll[used]  # sorted: the farthest that is used stays
        part = np.minimum(share, 1.0 - before)[used]
        cost = np.bincount(demand[used], part * toll[used], minlength=tolls.demands)
        return level, cost, reached
