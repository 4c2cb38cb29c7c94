"""Maximal covering: the sites within a count or a budget that reach the most weight, with proof.

The instance is made smaller without changing its answer; good sites are found by swaps, bounds by
multipliers and cuts; both together tell which sites need not be looked at, and HiGHS proves what
is left. The problem: Church and ReVelle 1974, doi 10.1007/BF01942293. Importing this loads the
compiler.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

import numpy as np
from scipy.sparse import csr_array, eye_array, hstack, vstack

from siting.location.cuts import relax
from siting.location.instance import Instance, reduced, tiny
from siting.location.located import Located
from siting.location.merging import is_reached
from siting.location.multipliers import Bounding, best_boundings, closed_and_open, descend
from siting.location.swapping import draw_kicks, swapped
from siting.solver import Program, claim, proven_tolerance, relative_gap, solve

solver_options: dict[str, str | float | bool] = {"presolve": "off", "mip_heuristic_effort": 0.0}
"""What is left has been reduced, and a good plan is known: both cost HiGHS half of its time."""
limit_slack = 1e-9
"""Share by which a sum of costs may exceed the budget: sums of decimals are not exact."""
few_pairs = 2000
"""Pairs of class and site up to which HiGHS is asked at once."""
steps = 400
"""Steps down for the multipliers."""
swaps_at_once, kicks_at_once, most_kicks = 50, 10, 300
kick_work = 30_000_000
"""Pairs looked at by all kicks together, about: a second."""
relaxed_enough = 0.05
"""The relaxation is solved to this share of what lies between it and the best known plan."""
worth_narrowing = 0.1
"""Share of the sites that must go for the multipliers to be looked for again."""


def max_coverage(
    reach: csr_array,
    weight: np.ndarray,
    count: int | None,
    *,
    fixed: np.ndarray | None = None,
    cost: np.ndarray | None = None,
    budget: float | None = None,
    gap: float,
    time_limit_s: float,
    threads: int,
    seed: int,
) -> Located:
    """Choose the sites that together reach the most weight.

    Parameters
    ----------
    reach
        Demand x sites: what is not zero is within reach.
    weight
        Of each demand point: finite, at least zero.
    count
        Sites opened at most, beside the fixed ones; None for any number.
    fixed
        Whether each site is open already: what it reaches is covered, and it is not chosen again.
    cost, budget
        Cost of each site, at least zero, and what those opened may cost together; within
        ``budget`` to a share of 1e-9.
    gap
        Relative gap at which the search may stop.
    time_limit_s
        Seconds after which the best plan is given with the bound proven so far. Reduction and a
        first plan are made in any case.
    """
    began = monotonic()
    sites = reach.shape[1]
    is_fixed = np.zeros(sites, dtype=bool) if fixed is None else np.asarray(fixed, dtype=bool)
    reach = _canonical(reach)
    spend, limit = [], []
    if count is not None or cost is None or budget is None:
        spend.append(np.ones(sites))
        limit.append(float(sites if count is None else count))
    if cost is not None and budget is not None:
        spend.append(np.asarray(cost, dtype=float))
        limit.append(budget * (1.0 + limit_slack))
    instance = _read(reach, weight, is_fixed, np.array(spend), np.array(limit))
    built = monotonic()
    search = Search(instance, gap, lambda: began + time_limit_s - monotonic(), threads, seed)
    interrupted = False
    try:
        search.run()
    except KeyboardInterrupt:
        interrupted = True
    chosen = np.sort(search.sites)
    is_open = is_fixed.copy()
    is_open[chosen] = True
    value = float(np.asarray(weight)[is_reached(reach.indptr, reach.indices, is_open)].sum())
    status, proven = claim(-value, -search.bound, gap)
    bound = None if proven is None else max(search.bound, value)
    timed_out = interrupted or search.timed_out
    seconds = built - began, monotonic() - built
    return Located(status, value, bound, proven, chosen, *seconds, timed_out)


def _canonical(reach: csr_array) -> csr_array:
    """Return a matrix whose entries are within reach, sorted, each once; itself if it is so."""
    if np.count_nonzero(reach.data) == reach.nnz and reach.has_canonical_format:
        return reach
    kept = csr_array(reach, copy=True)
    kept.eliminate_zeros()
    kept.data = np.ones(kept.nnz, dtype=bool)
    kept.sum_duplicates()
    return kept


def _read(
    reach: csr_array, weight: np.ndarray, is_fixed: np.ndarray, spend: np.ndarray, limit: np.ndarray
) -> Instance:
    """Return the instance in which the fixed sites are open."""
    weight = np.asarray(weight, dtype=float)
    is_whole = bool((weight == np.rint(weight)).all())
    base = 0.0
    if is_fixed.any():
        is_covered = is_reached(reach.indptr, reach.indices, is_fixed)
        base = float(weight[is_covered].sum())
        weight = np.where(is_covered, 0.0, weight)
    site = np.arange(reach.shape[1])
    own, taken = np.zeros(len(site)), np.empty(0, dtype=np.int64)
    return reduced(reach, weight, site, spend, own, limit, taken, base, is_whole=is_whole)


@dataclass
class Search:
    """The search for the best sites of an instance, and what is known so far.

    Attributes
    ----------
    instance
        What is left to decide; it is narrowed as the search goes on.
    gap, left_s, threads, seed
        The gap asked for, seconds left, and how the solver is run.
    sites, value
        The best sites known, and what they cover.
    bound
        At least what any choice of sites covers.
    timed_out
        Whether the clock ended the search.
    """

    instance: Instance
    gap: float
    left_s: Callable[[], float]
    threads: int
    seed: int

    def __post_init__(self) -> None:
        self.sites, self.value = self.instance.taken, self.instance.base
        self.bound = self.instance.most
        self.timed_out = False

    @property
    def is_closed(self) -> bool:
        """Whether the gap asked for is reached."""
        return relative_gap(self.value, max(self.bound, self.value)) <= max(
            self.gap, proven_tolerance
        )

    def ends(self) -> bool:
        """Say whether there is nothing more to do, or no time."""
        if not self.is_closed and self.left_s() <= 0:
            self.timed_out = True
        return self.is_closed or self.timed_out

    def run(self) -> None:
        """Search until the gap is closed or the time is out."""
        self._climb(np.zeros(self.instance.sites, dtype=bool))
        self._tighten(best_boundings(self.instance, np.ones(len(self.instance.weight))))
        if self.ends():
            return
        if self.instance.rows.nnz > few_pairs:
            self._relax()
        if not self.ends():
            self._prove()

    def _offer(self, chosen: np.ndarray) -> None:
        """Keep a choice of sites if it is the best so far."""
        value = self.instance.value(chosen.astype(float))
        if value > self.value:
            self.value = value
            self.sites = np.r_[self.instance.taken, self.instance.site[chosen]]

    def _lower(self, bound: float) -> None:
        """Take a bound on what the instance left can reach."""
        self.bound = min(self.bound, max(self.instance.settled(bound, self.value), self.value))

    def _tighten(self, boundings: list[Bounding]) -> None:
        """Take bounds, and give up or open the sites that every better plan does."""
        self._lower(boundings[0].bound)
        drop, take = closed_and_open(self.instance, boundings, self.value)
        used = self.instance.spend[:, take].sum(axis=1)
        if (take & drop).any() or (used > self.instance.limit).any():
            self._lower(-np.inf)
        elif drop.any() or take.any():
            self.instance = self.instance.narrowed(take, drop)
            self._offer(np.zeros(self.instance.sites, dtype=bool))
            self._lower(self.instance.most)

    def _climb(self, chosen: np.ndarray) -> None:
        """Add and swap sites until nothing is better or the time is out."""
        none = draw_kicks(0, self.seed)
        better = swapped(self.instance, chosen, none, swaps=0)
        while not np.array_equal(better, chosen):
            chosen = better
            self._offer(chosen)
            if self.left_s() <= 0:
                return
            better = swapped(self.instance, chosen, none, swaps=swaps_at_once)

    def _round(self, parts: np.ndarray) -> None:
        """Make a choice of sites of parts of sites, and better it by swaps and kicks."""
        instance = self.instance
        chosen = np.zeros(instance.sites, dtype=bool)
        used = np.zeros(len(instance.limit))
        for site in np.argsort(-parts, kind="stable")[: np.count_nonzero(parts)].tolist():
            if (used + instance.spend[:, site] <= instance.limit).all():
                chosen[site] = True
                used += instance.spend[:, site]
        chosen = swapped(instance, chosen, draw_kicks(0, self.seed))
        self._offer(chosen)
        work = 1 + instance.rows.nnz + instance.sites * int(chosen.sum())
        kicks = draw_kicks(min(most_kicks, kick_work // work), self.seed)
        for begin in range(0, len(kicks), kicks_at_once):
            if self.ends():
                return
            chosen = swapped(instance, chosen, kicks[begin : begin + kicks_at_once])
            self._offer(chosen)

    def _relax(self) -> None:
        """Lower the bound by multipliers, then by cuts, and narrow the instance by them."""
        while True:
            sites = self.instance.sites
            multipliers, mean = descend(self.instance, self.value, steps, self._is_near)
            boundings = best_boundings(self.instance, multipliers)
            self._lower(boundings[0].bound)
            if self.ends():
                return
            self._round(mean)
            self._tighten(boundings)
            if self.ends():
                return
            if self.instance.sites > (1.0 - worth_narrowing) * sites:
                break
        if not self.instance.rows.nnz:
            return
        if self.instance.sites < sites:
            multipliers, mean = descend(self.instance, self.value, steps, self._is_near)
        relaxed = relax(
            self.instance,
            multipliers,
            mean,
            self._is_relaxed,
            self.left_s,
            threads=self.threads,
            seed=self.seed,
        )
        if relaxed is None:
            return
        boundings = best_boundings(self.instance, relaxed.multipliers, relaxed.prices)
        self._lower(boundings[0].bound)
        if not self.ends():
            self._round(relaxed.parts)
            self._tighten(boundings)

    def _is_near(self, bound: float) -> bool:
        return self.left_s() <= 0 or bound < self.instance.sought(self.value)

    def _is_relaxed(self, bound: float, value: float) -> bool:
        near = relaxed_enough * max(bound - self.value, 0.0)
        wanted = self.value + self.gap * max(self.value, 1.0)
        return bound - value <= max(near, proven_tolerance * bound) or bound <= wanted

    def _prove(self) -> None:
        """Let HiGHS choose among the sites that are left.

        Without the plan known: from a start it proves nothing that is believed, see ``solve``.
        """
        instance = self.instance
        answer = solve(
            covering_program(instance),
            gap=max(self.gap, proven_tolerance / 2),
            time_limit_s=self.left_s(),
            threads=self.threads,
            seed=self.seed,
            options=solver_options | ({"mip_abs_gap": 0.5} if instance.is_whole else {}),
        )
        if answer.values is not None:
            chosen = answer.values[: instance.sites] > 0.5
            if (instance.spend[:, chosen].sum(axis=1) <= instance.limit).all():
                self._offer(chosen)
        if answer.bound is not None:
            self._lower(-answer.bound + tiny * max(instance.most, 1.0))
        self.timed_out = answer.timed_out and not self.is_closed


def covering_program(instance: Instance) -> Program:
    """Return an instance as a program: a column for each site, then one for each class.

    A class is covered at most as often as sites that reach it are open, and at most once.
    """
    classes, sites = instance.rows.shape
    resources = len(instance.limit)
    reached = hstack([-instance.rows, eye_array(classes)], format="csr")
    used = csr_array(np.c_[instance.spend, np.zeros((resources, classes))])
    return Program(
        cost=np.r_[-instance.own, -instance.weight],
        column_lower=np.zeros(sites + classes),
        column_upper=np.ones(sites + classes),
        is_integer=np.arange(sites + classes) < sites,
        rows=csr_array(vstack([reached, used], format="csr")),
        row_lower=np.full(classes + resources, -np.inf),
        row_upper=np.r_[np.zeros(classes), instance.limit],
        constant=-instance.base,
    )
