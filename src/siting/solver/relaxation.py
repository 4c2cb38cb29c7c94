"""The linear relaxation of a program: a bound that needs no word of a search."""

from dataclasses import replace

import numpy as np

from siting.solver.highs import solve
from siting.solver.program import Program


def checked_bound(program: Program, time_limit_s: float = np.inf) -> float | None:
    """Return the bound that the prices of the linear relaxation prove, reckoned row by row here.

    It holds whatever a search among whole numbers says, and is as low as the relaxation is.

    Returns
    -------
    float or None
        None where the clock ended the search for prices, or they prove nothing.

    Raises
    ------
    MemoryError
        The solver needs more memory than there is.
    """
    whole = np.zeros(program.columns, dtype=bool)
    relaxed = replace(program, is_integer=whole)
    return solve(relaxed, gap=0.0, threads=1, seed=0, time_limit_s=time_limit_s).bound
