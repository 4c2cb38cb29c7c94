"""What a solver found, and what may be said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

proven_tolerance = 1e-6
"""Relative gap up to which a plan is called optimal."""


class Status(StrEnum):
    """What is known about a plan."""

    OPTIMAL = "optimal"
    WITHIN_GAP = "within_gap"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    NO_PLAN = "no_plan"

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan to read."""
        return self in (Status.OPTIMAL, Status.WITHIN_GAP, Status.FEASIBLE)


worst_first = (
    Status.NO_PLAN,
    Status.INFEASIBLE,
    Status.FEASIBLE,
    Status.WITHIN_GAP,
    Status.OPTIMAL,
)


def worst(statuses: Iterable[Status]) -> Status:
    """Return the weakest claim among statuses."""
    return min(statuses, key=worst_first.index)


@dataclass(frozen=True)
class Answer:
    """What the solver found.

    Attributes
    ----------
    status
        See :class:`Status`.
    values
        Value of each column, integers whole; None without a plan.
    objective, bound, gap
        Value of the plan, proven bound on any plan, and |value - bound| / max(|value|, 1);
        None where unknown. There may be a bound without a plan.
    timed_out
        Whether the clock, a limit of the solver or Ctrl-C ended the search. Without it no plan
        means that what the solver told is not one.
    interrupted
        Whether it was Ctrl-C.
    by_clock
        Whether it was the clock: another run may then give another answer.
    prices
        Of each row of a solved linear program: what the objective rises by when its bound rises
        by one. None where columns are whole numbers.
    """

    status: Status
    values: np.ndarray | None
    objective: float | None
    bound: float | None
    gap: float | None
    timed_out: bool
    interrupted: bool = False
    by_clock: bool = False
    prices: np.ndarray | None = None


def relative_gap(value: float, bound: float) -> float:
    """Return |value - bound| / max(|value|, one unit)."""
    return abs(value - bound) / max(abs(value), 1.0)


def claim(value: float, bound: float | None, asked: float) -> tuple[Status, float | None]:
    """Return what may be said of a plan, and its proven gap.

    A bound above the value of a plan that was recomputed is either rounding or no proof at all,
    and one that is no number proves nothing.

    Parameters
    ----------
    value, bound
        Value of a plan that is minimised, and the bound proven for every plan.
    asked
        Gap that was asked for.
    """
    if bound is None or not np.isfinite(bound):
        return Status.FEASIBLE, None
    if bound > value + proven_tolerance * max(abs(value), 1.0):
        return Status.FEASIBLE, None
    gap = relative_gap(value, min(bound, value))
    if gap <= proven_tolerance:
        return Status.OPTIMAL, gap
    return (Status.WITHIN_GAP if gap <= asked else Status.FEASIBLE), gap
