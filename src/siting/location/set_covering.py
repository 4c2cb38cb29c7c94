"""Everyone within reach of an open site: location set covering.

C. Toregas, R. Swain, C. ReVelle, L. Bergman, The location of emergency service facilities,
Operations Research 19 (1971) 1363-1373.
"""

from time import perf_counter

import numpy as np
from scipy.sparse import csr_array

from siting.location.alike import equal_rows, transposed
from siting.location.limits import Limits
from siting.location.located import Located
from siting.solver import Answer, Program, Status, claim, solve

most_products = 2e8
"""Pairs of pairs up to which sites are compared with each other."""


def min_sites(
    reach: csr_array, limits: Limits, *, gap: float, time_limit_s: float, threads: int, seed: int
) -> Located:
    """Open the fewest sites so that every demand point reaches an open one.

    Parameters
    ----------
    reach
        Demand x sites; a stored entry is within reach.
    """
    begun = perf_counter()
    cover = Cover(reach, limits)
    built = perf_counter()
    answer = cover.solve(
        fewest=True,
        gap=gap,
        time_limit_s=time_limit_s - (built - begun),
        threads=threads,
        seed=seed,
    )
    seconds = built - begun, perf_counter() - built
    if answer.values is None:
        return nowhere(answer.status, *seconds, answer.timed_out)
    opened = cover.opened(answer.values)
    objective = float((~limits.fixed[opened]).sum())
    # The number of sites is whole, so the bound rises to the next whole number.
    bound = None if answer.bound is None else min(float(np.ceil(answer.bound - 1e-6)), objective)
    status, proven = claim(objective, bound, gap)
    return Located(status, objective, bound, proven, opened, *seconds, answer.timed_out)


def nowhere(status: Status, built: float, solved: float, timed_out: bool) -> Located:
    """Return the answer where no sites were found, with the seconds it took."""
    none = np.empty(0, dtype=np.intp)
    return Located(status, None, None, None, none, built, solved, timed_out)


class Cover:
    """Sites that together reach everyone, as a small program.

    Exact reductions: what a fixed site reaches is done; demand with the same sites in reach is
    one; a site that reaches no more than another, and costs no less, is left out.
    """

    def __init__(self, reach: csr_array, limits: Limits) -> None:
        self._fixed = np.flatnonzero(limits.fixed)
        pattern = csr_array(
            (np.ones(len(reach.indices)), reach.indices, reach.indptr), shape=reach.shape
        )
        open_rows = np.flatnonzero(pattern @ limits.fixed.astype(float) < 0.5)
        rows, _ = equal_rows(pattern[open_rows])
        left = csr_array(pattern[open_rows[rows]])
        self._candidates = _best_sites(left, limits)
        self._reach = csr_array(left[:, self._candidates])
        self._limits = limits.among(self._candidates)

    def opened(self, values: np.ndarray) -> np.ndarray:
        """Return the open sites (positions, sorted) of a solution."""
        return np.union1d(self._fixed, self._candidates[values > 0.5])

    def solve(
        self, *, fewest: bool, gap: float, time_limit_s: float, threads: int, seed: int
    ) -> Answer:
        """Open the fewest sites, or any that keep the limits."""
        sites = len(self._candidates)
        if (np.diff(self._reach.indptr) == 0).any():
            return Answer(Status.INFEASIBLE, None, None, None, None, timed_out=False)
        greedy = self._greedy()
        if not fewest and self._limits.allow(np.flatnonzero(greedy)):
            return Answer(Status.OPTIMAL, greedy, 0.0, 0.0, 0.0, timed_out=False)
        rows, most = self._limits.rows()
        everyone = self._reach.shape[0]
        both = csr_array(
            (
                np.concatenate([self._reach.data, rows.data]),
                np.concatenate([self._reach.indices, rows.indices]),
                np.concatenate([self._reach.indptr, rows.indptr[1:] + len(self._reach.data)]),
            ),
            shape=(everyone + len(most), sites),
        )
        return solve(
            Program(
                cost=np.full(sites, float(fewest)),
                column_lower=np.zeros(sites),
                column_upper=np.ones(sites),
                is_integer=np.ones(sites, dtype=bool),
                rows=both,
                row_lower=np.concatenate([np.ones(everyone), np.full(len(most), -np.inf)]),
                row_upper=np.concatenate([np.full(everyone, np.inf), most]),
            ),
            gap=gap,
            time_limit_s=time_limit_s,
            threads=threads,
            seed=seed,
            start=greedy if fewest and self._limits.allow(np.flatnonzero(greedy)) else None,
        )

    def _greedy(self) -> np.ndarray:
        """Return a cover: in turn the site that reaches most of those who are left."""
        opened = np.zeros(len(self._candidates))
        columns = transposed(self._reach)
        left = np.ones(self._reach.shape[0])
        while left.any():
            site = int((columns @ left).argmax())
            opened[site] = 1.0
            left[columns.indices[columns.indptr[site] : columns.indptr[site + 1]]] = 0.0
        return opened


def _best_sites(reach: csr_array, limits: Limits) -> np.ndarray:
    """Return the sites (positions, sorted) that reach what no better site reaches."""
    columns = transposed(reach)
    size = np.diff(columns.indptr)
    useful = np.flatnonzero((size > 0) & ~limits.fixed)
    cost = np.zeros(len(size)) if limits.spent is None else limits.spent
    # The best come first: of two that reach the same, the first is kept.
    useful = useful[np.lexsort((useful, cost[useful], -size[useful]))]
    if (np.diff(reach.indptr).astype(float) ** 2).sum() > most_products:
        firsts, _ = equal_rows(columns[useful])
        return np.sort(useful[firsts])
    ranked = csr_array(columns[useful])
    shared = (ranked @ ranked.T).tocoo()
    within = shared.data == size[useful][shared.row]
    rank = np.arange(len(useful))
    better = (cost[useful][shared.col] <= cost[useful][shared.row]) & (
        rank[shared.col] < rank[shared.row]
    )
    dominated = np.zeros(len(useful), dtype=bool)
    dominated[shared.row[within & better]] = True
    return np.sort(useful[~dominated])
