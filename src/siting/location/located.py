"""The answer to a location problem."""

from dataclasses import dataclass

import numpy as np

from siting.solver import Status


@dataclass(frozen=True)
class Located:
    """The sites chosen, and what is proven of them.

    Attributes
    ----------
    status
        See :class:`siting.solver.Status`.
    objective, bound, gap
        Value recomputed from the instance as given, bound proven for every choice of sites, and
        ``|objective - bound| / max(|objective|, 1)``; None where unknown.
    sites
        Positions of the chosen sites, sorted; empty without a plan.
    seconds_build, seconds_solve
        Seconds from the instance to a model, and from the model to the answer.
    timed_out
        Whether the clock, a limit of the solver or Ctrl-C ended the search.
    """

    status: Status
    objective: float | None
    bound: float | None
    gap: float | None
    sites: np.ndarray
    seconds_build: float
    seconds_solve: float
    timed_out: bool
