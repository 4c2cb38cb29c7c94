"""Branch and cut: the best sites for serving everyone, with a bound.

The relaxation of :mod:`siting.location.median_cuts` is solved in every node of a tree, best bound
first; its cuts hold in all nodes. Rounding and interchange give plans, and reduced costs close or
open the sites that no better plan can change.
"""

from dataclasses import dataclass, field
from heapq import heappop, heappush
from math import ceil
from time import perf_counter

import numpy as np

from siting.location.interchange import improve
from siting.location.limits import Limits
from siting.location.median_cuts import Bounded, Relaxation
from siting.location.tolls import Tolls
from siting.solver import proven_tolerance

whole_upto = 1e8
"""Totals up to which a fraction of one is told apart from rounding."""
integral = 1e-6
"""How far from open or closed a site may be."""


@dataclass(frozen=True, order=True)
class Node:
    """Choices of sites between two bounds, none of them below ``bound``."""

    bound: float
    number: int
    lower: np.ndarray = field(compare=False)
    upper: np.ndarray = field(compare=False)
    regions: tuple[int, ...] = field(default=(), compare=False)


@dataclass
class Search:
    """What is known while sites are sought.

    Attributes
    ----------
    is_whole
        Whether every total is a whole number.
    gap
        Relative gap that is asked for.
    until
        Time by :func:`time.perf_counter` at which to stop.
    waiting
        Heap of the nodes that are not searched yet.
    opened, value
        The best sites found (positions) and their total.
    left_out
        No choice that was left out goes below this.
    timed_out
        Whether time or Ctrl-C ended the search.
    """

    is_whole: bool
    gap: float
    until: float
    waiting: list[Node]
    opened: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.intp))
    value: float = np.inf
    left_out: float = np.inf
    timed_out: bool = False

    @property
    def seconds_left(self) -> float:
        """Seconds until the search is to stop."""
        return max(self.until - perf_counter(), 0.0)

    @property
    def bound(self) -> float:
        """What no choice of sites goes below."""
        told = min([self.left_out, *(node.bound for node in self.waiting[:1])])
        if self.is_whole and told < whole_upto:
            told = float(ceil(told - self._rounding / 2))
        return min(told, self.value)

    @property
    def enough(self) -> float:
        """From which total on a choice is not worth looking for."""
        worth = max(self.gap, proven_tolerance / 2) * max(abs(self.value), 1.0)
        if self.is_whole and self.value < whole_upto:
            worth = max(worth, 1.0 - self._rounding)
        return self.value - worth

    @property
    def _rounding(self) -> float:
        return max(1e-6, 1e-9 * min(self.value, whole_upto))

    def take_up(self, opened: np.ndarray, value: float) -> None:
        """Keep sites if they are the best."""
        if value < self.value:
            self.opened, self.value = opened, value

    def leave_out(self, bound: float) -> None:
        """Note that choices were left out that do not go below a bound."""
        self.left_out = min(self.left_out, bound)


def search(
    tolls: Tolls,
    charge: np.ndarray,
    limits: Limits,
    start: np.ndarray,
    *,
    gap: float,
    until: float,
    threads: int,
    seed: int,
) -> Search:
    """Minimise tolls and charges from a start (positions) in which everyone is reached."""
    is_whole = bool((tolls.toll % 1 == 0).all() and (charge % 1 == 0).all())
    root = Node(0.0, 0, limits.fixed.astype(float), np.ones(tolls.sites))
    known = Search(is_whole, gap, until, [root])
    known.take_up(*improve(tolls, charge, limits, start, until))
    try:
        every = np.arange(tolls.sites)
        tree = _Tree(known, every, tolls, charge, limits, threads, seed)
        tree.cut_where_tolls_may_lie()
        tree.search_first(branch=False)
        if known.waiting and not known.timed_out:
            (node,) = known.waiting
            kept = np.flatnonzero(node.upper > 0)
            few = tolls.among(kept), charge[kept], limits.among(kept)
            known.waiting = [Node(node.bound, 0, node.lower[kept], node.upper[kept])]
            first, tree = tree, _Tree(known, kept, *few, threads, seed)
            tree.relaxation.cut_at(*first.tight)
            while known.waiting and not known.timed_out:
                tree.search_first(branch=True)
    except KeyboardInterrupt:
        known.timed_out = True
    return known


class _Tree:
    """The search among some of the sites (positions)."""

    def __init__(
        self,
        known: Search,
        positions: np.ndarray,
        tolls: Tolls,
        charge: np.ndarray,
        limits: Limits,
        threads: int,
        seed: int,
    ) -> None:
        self.known, self.positions = known, positions
        self.tolls, self.charge, self.limits = tolls, charge, limits
        self.nodes = 0
        self.relaxation = Relaxation(tolls, charge, limits, threads=threads, seed=seed)
        self.tight = np.empty(0, dtype=np.intp), np.empty(0)

    def cut_where_tolls_may_lie(self) -> None:
        """Begin with the tolls of the sites that are nearest when so many are open."""
        sites, count = self.tolls.sites, self.limits.count
        expected = self.limits.fixed.sum() + (sites if count is None else count)
        for times in (1, 2):
            self.relaxation.cut_at_rank(times * sites // max(int(expected), 1))

    def search_first(self, *, branch: bool) -> None:
        """Search the waiting node of the lowest bound: drop it, or put what is left of it."""
        known = self.known
        node = known.waiting[0]
        if node.bound >= known.enough:
            known.leave_out(node.bound)
            known.waiting.clear()
            return
        self.relaxation.restrict(node.lower, node.upper, node.regions)
        told = self.relaxation.solve(lambda: known.seconds_left, known.enough)
        if told is None and not self.relaxation.infeasible:
            known.timed_out = True
            return
        if told is not None:
            self.tight = told.demand, told.level
        left = [] if told is None else self._left(node, told, branch=branch)
        heappop(known.waiting)
        for child in left:
            heappush(known.waiting, child)

    def _left(self, node: Node, told: Bounded, *, branch: bool) -> list[Node]:
        """Return what is left of a node when its relaxation is solved."""
        known = self.known
        if told.bound < known.enough:
            self._round(told.opened)
        enough = known.enough
        if told.bound >= enough:
            known.leave_out(told.bound)
            return []
        closed = (told.opened < integral) & (told.bound + told.reduced_costs > enough)
        opened = (told.opened > 1 - integral) & (told.bound - told.reduced_costs > enough)
        lower = np.where(opened, 1.0, node.lower)
        upper = np.where(closed, 0.0, node.upper)
        if (lower != node.lower).any() or (upper != node.upper).any():
            known.leave_out(enough)
        bound = max(told.bound, node.bound)
        if not branch:
            return [Node(bound, 0, lower, upper)]
        undecided = np.flatnonzero(lower < upper)
        if not len(undecided):
            return self._only(bound, lower)
        self.nodes += 2
        without, within = upper.copy(), lower.copy()
        region = self.relaxation.region(told.opened)
        regions = node.regions
        if region is None:
            share = told.opened[undecided]
            site = undecided[np.minimum(share, 1.0 - share).argmax()]
            without[site], within[site] = 0.0, 1.0
        else:
            without[region] = 0.0
            regions = (*regions, self.relaxation.add_region(region))
        return [
            Node(bound, self.nodes - 1, within, upper, regions),
            Node(bound, self.nodes, lower, without, node.regions),
        ]

    def _only(self, bound: float, opened: np.ndarray) -> list[Node]:
        """Look at the only choice of a node."""
        sites = np.flatnonzero(opened > 0)
        if self.limits.allow(sites):
            value = self.tolls.to(sites, np.inf).sum() + self.charge[sites].sum()
            self.known.take_up(self.positions[sites], float(value))
        self.known.leave_out(bound)
        return []

    def _round(self, share: np.ndarray) -> None:
        """Look for a plan near the shares of a relaxation."""
        free = ~self.limits.fixed
        wanted = ceil(share[free].sum() - integral)
        sites = self.limits.taken(np.argsort(-share, kind="stable"), wanted)
        sites, value = improve(self.tolls, self.charge, self.limits, sites, self.known.until)
        self.known.take_up(self.positions[sites], value)
