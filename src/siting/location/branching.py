"""Branch and bound with multipliers: closes what the relaxation leaves open.

A node opens some sites and closes others; its bound comes from a few steps from the multipliers of
the node above, and every step also makes a choice of sites. The node of the highest bound is
looked at first, and branches where both sides of a site lower it most. One resource is priced, the
others are only kept to.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np

from siting.location.instance import Instance
from siting.location.looking import look

first_steps, node_steps = 300, 60
sites_tried, tried_steps = 12, 8
"""Sites that branching is tried at in a node, and steps for each of their two sides."""
least_share = 1e-3
"""Share of what lies above the best choice that a side counts for at least."""
most_held_bytes = 1 << 30
"""Memory of the nodes that wait, at most."""


@dataclass(frozen=True)
class Branched:
    """What branching found.

    Attributes
    ----------
    chosen
        Whether each site is open in the best choice found; None if none is better than the one
        known before.
    bound
        At least what any choice of sites covers, unless that is not worth being sought.
    ended
        Whether nothing was left to look at.
    """

    chosen: np.ndarray | None
    bound: float
    ended: bool


class Node(NamedTuple):
    """A part of the choices, ordered by bound, the highest first, then by age.

    Attributes
    ----------
    minus_bound, age
        Its order.
    side
        Of each site: 1 open, -1 closed, 0 either.
    multipliers
        Of the node above.
    """

    minus_bound: float
    age: int
    side: np.ndarray
    multipliers: np.ndarray


class Tree:
    """The nodes that wait, and the best choice found."""

    def __init__(self, instance: Instance, value: float, pool: ThreadPoolExecutor) -> None:
        self.instance = instance
        self.value = value
        self.chosen: np.ndarray | None = None
        self.pool = pool
        self.heap: list[Node] = []
        self.made = 0

    @property
    def sought(self) -> float:
        """What a choice must be worth to be better."""
        return self.instance.sought(self.value)

    def push(self, bound: float, side: np.ndarray, multipliers: np.ndarray) -> None:
        """Let a node wait, if it can hold something better."""
        within = self.instance.spend[:, side > 0].sum(axis=1) <= self.instance.limit
        if bound >= self.sought and within.all():
            heappush(self.heap, Node(-bound, self.made, side, multipliers))
            self.made += 1

    def expand(self) -> None:
        """Look at the node of the highest bound, and push what it branches into."""
        node = heappop(self.heap)
        steps = node_steps if node.age else first_steps
        looked = self._look(node.side, node.multipliers, steps)
        bound = min(looked.bound, -node.minus_bound)
        if looked.value > self.value:
            self.value, self.chosen = looked.value, looked.chosen
        side = looked.side
        side[(side == 0) & (looked.rest < 0) & (bound + looked.rest < self.sought)] = -1
        side[(side == 0) & (looked.rest > 0) & (bound - looked.rest < self.sought)] = 1
        multipliers = looked.multipliers.astype(np.float32)
        free = np.flatnonzero(side == 0)
        if not len(free):
            self.push(bound, side, multipliers)
            return
        doubt = looked.mean[free] * (1.0 - looked.mean[free])
        tried = free[np.argsort(-doubt, kind="stable")[:sites_tried]]
        if bound < self.sought:
            return
        bounds = self._try(side, multipliers, tried)
        bounds = np.minimum(bounds, bound)
        cannot = bounds < self.sought
        if cannot.all(axis=1).any():
            return
        side[tried[cannot[:, 0]]] = -1
        side[tried[cannot[:, 1]]] = 1
        drops = np.maximum(bound - bounds, least_share * (bound - self.sought))
        gain = np.where(cannot.any(axis=1), -1.0, drops.prod(axis=1))
        best = int(np.argmax(gain))
        if gain[best] < 0:
            self.push(bound, side, multipliers)
            return
        for way, above in zip((1, -1), bounds[best], strict=True):
            branch_side = side.copy()
            branch_side[tried[best]] = way
            self.push(float(above), branch_side, multipliers)

    def _try(self, side: np.ndarray, multipliers: np.ndarray, tried: np.ndarray) -> np.ndarray:
        """Return the bound of each site tried, opened and closed."""
        sides = np.repeat(side[None], 2 * len(tried), axis=0)
        sides[np.arange(0, len(sides), 2), tried] = 1
        sides[np.arange(1, len(sides), 2), tried] = -1
        looked = self.pool.map(lambda one: self._look(one, multipliers, tried_steps).bound, sides)
        return np.array(list(looked)).reshape(-1, 2)

    def _look(self, side: np.ndarray, multipliers: np.ndarray, steps: int) -> "Looked":
        instance = self.instance
        bound, found_at, chosen_side, rest, mean, chosen, value = look(
            instance.rows.indptr,
            instance.rows.indices,
            instance.weight,
            instance.own,
            instance.spend,
            instance.limit,
            side,
            multipliers.astype(float),
            self.sought - instance.base,
            self.value - instance.base,
            steps,
        )
        return Looked(
            bound + instance.base, found_at, chosen_side, rest, mean, chosen, value + instance.base
        )


class Looked(NamedTuple):
    """What a look at a node found: see :func:`siting.location.looking.look`."""

    bound: float
    multipliers: np.ndarray
    side: np.ndarray
    rest: np.ndarray
    mean: np.ndarray
    chosen: np.ndarray
    value: float


def branch(
    instance: Instance,
    value: float,
    multipliers: np.ndarray,
    ends: Callable[[float, float], bool],
    threads: int,
) -> Branched:
    """Look for a better choice of sites than one of a known value until there can be none.

    The same nodes are looked at with any number of threads.

    Parameters
    ----------
    multipliers
        To start from, such as those of the relaxation.
    ends
        Called with the best value and the bound before each node; says whether to end.
    """
    most_nodes = most_held_bytes // (4 * len(multipliers) + instance.sites + 1)
    with ThreadPoolExecutor(max(threads, 1)) as pool:
        tree = Tree(instance, value, pool)
        tree.push(instance.most, np.zeros(instance.sites, dtype=np.int8), multipliers)
        while tree.heap:
            bound = -tree.heap[0].minus_bound
            if bound < tree.sought:
                break
            if len(tree.heap) > most_nodes or ends(tree.value, bound):
                return Branched(tree.chosen, bound, ended=False)
            tree.expand()
        return Branched(tree.chosen, tree.value, ended=True)
