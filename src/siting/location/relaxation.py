"""Serving everyone at least cost, as a linear program that grows by cuts.

One column a site (open) and one a demand point (what serving it costs). For every toll ``u``, a
demand point costs at least ``u`` less what open sites nearer than ``u`` save::

    served[i] >= u - sum over j with toll[i, j] < u of (u - toll[i, j]) open[j]

and it must be reached by an open site. Among all these rows the violated one is found by going
through the sites nearest first until they add up to one: C. Duran-Mateluna, Z. Ales, S. Elloumi,
An efficient Benders decomposition for the p-median problem, European Journal of Operational
Research 308 (2023) 84-96.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, hstack

from siting.location.limits import Limits
from siting.location.tolls import Tolls
from siting.solver import GrowingProgram, Program, feasibility_tolerance

enough_cuts = 400
"""Rounds after which a relaxation is taken as it stands; its value is a bound in every round."""


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
    """

    bound: float
    opened: np.ndarray
    reduced_costs: np.ndarray


class Relaxation:
    """The linear program of some sites and the cuts found so far."""

    def __init__(
        self, tolls: Tolls, charge: np.ndarray, limits: Limits, *, threads: int, seed: int
    ) -> None:
        self.tolls = tolls
        sites, demands = tolls.sites, tolls.demands
        rows, most = limits.rows()
        least = np.full(len(most), -np.inf)
        if demands:
            any_open = csr_array(np.ones((1, sites)))
            rows = csr_array(np.concatenate([rows.toarray(), any_open.toarray()]))
            least, most = np.append(least, 1.0), np.append(most, np.inf)
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

    @property
    def infeasible(self) -> bool:
        """Whether the last solve proved that no choice is left."""
        return self._lp.infeasible

    def bound_sites(self, lower: np.ndarray, upper: np.ndarray) -> None:
        """Change between which shares each site may be open."""
        self._lp.bound_columns(np.arange(self.tolls.sites), lower, upper)

    def cut_at_rank(self, rank: int) -> None:
        """Add the row of each demand point for the toll of its site of a rank, nearest 0."""
        has = np.flatnonzero(np.diff(self.tolls.first) > 0)
        self.cut_at(has, self.tolls.of_rank(rank)[has])

    def cut_at(self, demand: np.ndarray, level: np.ndarray) -> None:
        """Add the row of each demand point (position, at most once) for its toll."""
        tolls = self.tolls
        at = np.full(tolls.demands, -np.inf)
        at[demand] = level
        number = np.zeros(tolls.demands, dtype=np.intp)
        number[demand] = np.arange(len(demand))
        near = tolls.toll < at[tolls.demand]
        row = number[tolls.demand[near]]
        saved = at[tolls.demand[near]] - tolls.toll[near]
        shape = len(demand), tolls.sites + tolls.demands
        rows = csr_array(
            (
                np.concatenate([saved, np.ones(len(demand))]),
                (
                    np.concatenate([row, np.arange(len(demand))]),
                    np.concatenate([tolls.site[near], tolls.sites + demand]),
                ),
            ),
            shape=shape,
        )
        self._lp.add_rows(rows, level, np.full(len(demand), np.inf))

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
        self._lp.add_rows(rows, np.ones(len(demand)), np.full(len(demand), np.inf))

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
            answer = Bounded(solved.objective, opened, solved.reduced_costs[: tolls.sites])
            if solved.objective >= enough:
                break
            level, cost, reached = self._separate(opened)
            told = solved.values[tolls.sites :]
            beyond = reached < 1.0 - feasibility_tolerance
            low = ~beyond & (cost - told > feasibility_tolerance * np.maximum(cost, 1.0))
            if not beyond.any() and not low.any():
                break
            if beyond.any():
                self._reach(np.flatnonzero(beyond))
            if low.any():
                self.cut_at(np.flatnonzero(low), level[low])
        return answer

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
