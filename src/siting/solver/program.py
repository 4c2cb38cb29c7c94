"""A mixed-integer linear program as arrays."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array

feasibility_tolerance = 1e-6
"""How much a row or an integer may be off: HiGHS's default, scaled by the size of the row."""


def numbered(letter: str) -> Callable[[int], list[str]]:
    """Return a function that names n things x0, x1, ..."""
    return lambda count: [f"{letter}{i}" for i in range(count)]


@dataclass(frozen=True)
class Program:
    """Minimise ``cost x + constant`` with ``row_lower <= rows x <= row_upper``.

    Attributes
    ----------
    cost, constant
        The objective.
    column_lower, column_upper
        Bounds of each column; integer columns have finite ones.
    is_integer
        Whether each column is a whole number.
    rows
        Rows x columns.
    row_lower, row_upper
        Bounds of each row: one is infinite, or both are the same.
    column_names, row_names
        Called with the number of columns or rows where names are needed: for people and files.
    """

    cost: np.ndarray
    column_lower: np.ndarray
    column_upper: np.ndarray
    is_integer: np.ndarray
    rows: csr_array
    row_lower: np.ndarray
    row_upper: np.ndarray
    constant: float = 0.0
    column_names: Callable[[int], list[str]] = field(default=numbered("x"))
    row_names: Callable[[int], list[str]] = field(default=numbered("r"))

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.cost)

    def value(self, values: np.ndarray) -> float:
        """Return the objective of a vector."""
        return float(self.cost @ values) + self.constant

    def settled(self, values: np.ndarray) -> np.ndarray | None:
        """Return a solver's vector with whole numbers whole and bounds kept, if it is feasible.

        Every row is recomputed; it may be off by the tolerance times the size of its terms.
        """
        kept = np.where(self.is_integer, np.rint(values), values)
        kept = np.clip(kept, self.column_lower, self.column_upper)
        activity = self.rows @ kept
        size = np.maximum(abs(self.rows) @ np.abs(kept), 1.0)
        slack = 10 * feasibility_tolerance * size
        holds = (activity >= self.row_lower - slack) & (activity <= self.row_upper + slack)
        return kept if holds.all() else None
