"""The relaxation of maximal covering by Benders cuts, grouped and stabilised.

What the classes of a group are worth together is one column, bounded from above by a row for each
group and point that was looked at: classes not wholly reached there by the sites that reach them,
the others by their weight (Cordeau, Furini and Ljubic 2019, doi 10.1016/j.ejor.2018.12.021).
Points lie between the optimum of the rows so far and a good inner point (Ben-Ameur and Neto 2007,
doi 10.1002/net.20147).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, hstack

from siting.location.instance import Instance
from siting.solver import GrowingProgram, Program

towards_optimum = 0.5
"""Where on the way from the inner point to the optimum of the rows a cut is made."""
parts_of_group = 4
least_violation = 1e-7
"""Share of the weight of a group by which a cut must be violated."""


@dataclass(frozen=True)
class Relaxation:
    """How far the relaxation was solved.

    Attributes
    ----------
    multipliers, prices
        As :mod:`siting.location.multipliers` takes them.
    parts
        Part of each site that is open.
    """

    multipliers: np.ndarray
    prices: np.ndarray
    parts: np.ndarray


def grouped(instance: Instance) -> tuple[np.ndarray, int]:
    """Return the group of each class, and how many there are.

    Classes are near one another in a group: a group is part of what one site reaches, the site
    that reaches most of what is not yet in a group.
    """
    rows, columns = instance.rows, instance.columns
    group = np.full(len(instance.weight), -1)
    worth = columns @ instance.weight
    found = 0
    while (group < 0).any():
        site = int(np.argmax(worth))
        here = columns.indices[columns.indptr[site] : columns.indptr[site + 1]]
        here = here[group[here] < 0]
        group[here] = found + np.arange(len(here)) * parts_of_group // max(len(here), 1)
        gone = rows[here]
        weight = np.repeat(instance.weight[here], np.diff(gone.indptr))
        worth -= np.bincount(gone.indices, weight, instance.sites)
        worth[site] = -np.inf
        found += parts_of_group
    _, group = np.unique(group, return_inverse=True)
    return group, int(group.max(initial=-1)) + 1


class Cuts:
    """The relaxation of an instance in the solver, and the cuts that it has."""

    def __init__(self, instance: Instance, *, threads: int, seed: int) -> None:
        self.instance = instance
        self.group, self.groups = grouped(instance)
        self.group_weight = np.bincount(self.group, instance.weight, self.groups)
        self.patterns: list[np.ndarray] = []
        self.of_pattern: list[np.ndarray] = []
        self.of_group: list[np.ndarray] = []
        columns = instance.sites + self.groups
        self.program = GrowingProgram(
            Program(
                cost=np.r_[-instance.own, np.full(self.groups, -1.0)],
                column_lower=np.zeros(columns),
                column_upper=np.r_[np.ones(instance.sites), self.group_weight],
                is_integer=np.zeros(columns, dtype=bool),
                rows=csr_array(np.c_[instance.spend, np.zeros((len(instance.limit), self.groups))]),
                row_lower=np.full(len(instance.limit), -np.inf),
                row_upper=instance.limit,
                constant=-instance.base,
            ),
            threads=threads,
            seed=seed,
        )

    def add(self, pattern: np.ndarray, parts: np.ndarray, worth: np.ndarray) -> float:
        """Add the cuts of a pattern that a point violates; return by how much it does.

        Parameters
        ----------
        pattern
            Multiplier of each class.
        parts, worth
            The point: part of each site that is open, and what each group is worth.
        """
        instance = self.instance
        weight = instance.weight * pattern
        classes = np.arange(len(weight))
        by_group = csr_array((weight, (self.group, classes)), shape=(self.groups, len(weight)))
        by_group.eliminate_zeros()
        slopes = csr_array(by_group @ instance.rows)
        level = self.group_weight - np.bincount(self.group, weight, self.groups)
        excess = worth - (level + slopes @ parts)
        cut = np.flatnonzero(excess > least_violation * self.group_weight)
        if len(cut):
            one = csr_array(
                (np.ones(len(cut)), (np.arange(len(cut)), cut)), shape=(len(cut), self.groups)
            )
            rows = csr_array(hstack([-slopes[cut], one], format="csr"))
            self.program.add_rows(rows, np.full(len(cut), -np.inf), level[cut])
            self.of_pattern.append(np.full(len(cut), len(self.patterns)))
            self.of_group.append(cut)
            self.patterns.append(pattern)
        return float(excess[cut].sum())

    def multipliers(self, prices: np.ndarray) -> np.ndarray:
        """Return the multipliers that the prices of the cuts add up to."""
        total = np.zeros(len(self.instance.weight))
        of_pattern, of_group = np.concatenate(self.of_pattern), np.concatenate(self.of_group)
        share = np.zeros((len(self.patterns), self.groups))
        share[of_pattern, of_group] = -prices[: len(of_pattern)]
        for pattern, shares in zip(self.patterns, share, strict=True):
            total += shares[self.group] * pattern
        return total


def relax(
    instance: Instance,
    multipliers: np.ndarray,
    inner: np.ndarray,
    stop: Callable[[float, float], bool],
    left_s: Callable[[], float],
    *,
    threads: int,
    seed: int,
) -> Relaxation | None:
    """Solve the relaxation; None where the time is out before anything is known.

    Parameters
    ----------
    multipliers, inner
        Multipliers to start from, and parts of sites within the limits.
    stop
        Called with the bound of the cuts and the value of their optimum; says whether to end.
    left_s
        Returns the seconds left.
    """
    cuts = Cuts(instance, threads=threads, seed=seed)
    rows, sites = instance.rows, instance.sites
    resources = len(instance.limit)
    parts, worth = inner, cuts.group_weight
    cuts.add(multipliers, np.zeros(sites), worth + 1.0)
    found = None
    while left_s() > 0:
        solved = cuts.program.solve(left_s())
        if solved is None:
            break
        parts, worth = solved.values[:sites], solved.values[sites:]
        prices = np.maximum(-solved.prices, 0.0)
        found = Relaxation(cuts.multipliers(-prices[resources:]), prices[:resources], parts)
        if stop(-solved.objective, instance.value(parts)):
            break
        between = towards_optimum * parts + (1.0 - towards_optimum) * inner
        violated = cuts.add((rows @ between < 1.0).astype(float), parts, worth)
        if violated <= 0.1 * (-solved.objective - instance.value(parts)):
            violated += cuts.add((rows @ parts < 1.0).astype(float), parts, worth)
        if violated <= 0:
            break
        inner = between
    return found
