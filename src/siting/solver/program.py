"""A mixed-integer linear program as arrays."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.sparse import csr_array, vstack

rounding = 1e-9
"""What a sum may be off by."""
held_within = 1e-7
"""An objective that is held may give up this share of its value (of one unit if that is more),
as much as a row may be off in the solver."""
feasibility_tolerance = 1e-6
"""How much a row or a whole number may be off in what is believed, by the size of the row."""


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

    def bound_by(self, prices: np.ndarray, values: np.ndarray) -> float:
        """Return a bound on the objective of the linear relaxation that prices of rows prove.

        Any prices prove one (weak duality), those of an optimum its value, so that a solver's
        word is not needed. Minus infinity where they prove nothing.

        Parameters
        ----------
        prices
            Of each row: positive where its lower bound binds, negative where its upper one does.
        values
            Of each column in the optimum: they stand for a bound that a column does not have
            where its reduced cost is rounding.
        """
        price = np.where(np.abs(prices) > rounding, prices, 0.0)
        side = np.where(price > 0, self.row_lower, self.row_upper)
        price = np.where(np.isfinite(side), price, 0.0)
        reduced = self.cost - self.rows.T @ price
        at = np.where(reduced > 0, self.column_lower, self.column_upper)
        is_rounding = np.isinf(at) & (np.abs(reduced) <= held_within)
        at = np.where(is_rounding, values, at)
        held, counts = price != 0, reduced != 0
        rows = price[held] @ side[held]
        return float(rows + reduced[counts] @ at[counts] + self.constant)

    def with_row(
        self,
        name: str,
        weights: np.ndarray,
        *,
        at_least: float = -np.inf,
        at_most: float = np.inf,
    ) -> "Program":
        """Return the program with one more row, of which one bound is given."""
        before = self.row_names
        return replace(
            self,
            rows=csr_array(vstack([self.rows, csr_array(weights[None, :])])),
            row_lower=np.append(self.row_lower, at_least),
            row_upper=np.append(self.row_upper, at_most),
            row_names=lambda count: [*before(count - 1), name],
        )

    def holding(self, name: str, value: float) -> "Program":
        """Return the program with its objective held at a value, or better.

        It is a row ``hold_<name>``; where the value is the least that the bounds of the columns
        allow, these columns are fixed in its place, which says the same and is solved sooner.
        """
        if value <= self.least() + rounding:
            some = self.cost != 0
            at = np.where(self.cost > 0, self.column_lower, self.column_upper)
            return replace(
                self,
                column_lower=np.where(some, at, self.column_lower),
                column_upper=np.where(some, at, self.column_upper),
            )
        most = value - self.constant + held_within * max(1.0, abs(value))
        return self.with_row(f"hold_{name}", self.cost, at_most=most)

    def least(self) -> float:
        """Return the least that the bounds of the columns allow the objective."""
        some = self.cost != 0
        at = np.where(self.cost > 0, self.column_lower, self.column_upper)
        return float(self.cost[some] @ at[some]) + self.constant

    def without(self, left_out: np.ndarray) -> "Program":
        """Return the relaxation over the other columns.

        A row keeps what holds whatever the columns left out are; one that then always holds is
        dropped. Columns keep their order.

        Parameters
        ----------
        left_out
            Whether each column is left out; they have finite bounds and no cost.
        """
        kept = np.flatnonzero(~left_out)
        rows = csr_array(self.rows[:, kept])
        least, most = _activity(
            csr_array(self.rows[:, np.flatnonzero(left_out)]),
            self.column_lower[left_out],
            self.column_upper[left_out],
        )
        lower, upper = self.row_lower - most, self.row_upper - least
        lowest, highest = _activity(rows, self.column_lower[kept], self.column_upper[kept])
        touched = (least != 0) | (most != 0)
        stays = ~touched | ~(lowest >= lower) | ~(highest <= upper)
        return replace(
            self,
            cost=self.cost[kept],
            column_lower=self.column_lower[kept],
            column_upper=self.column_upper[kept],
            is_integer=self.is_integer[kept],
            rows=csr_array(rows[stays]),
            row_lower=lower[stays],
            row_upper=upper[stays],
            column_names=numbered("x"),
            row_names=numbered("r"),
        )

    def surrogate(self, left_out: np.ndarray, prices: np.ndarray) -> tuple[np.ndarray, float]:
        """Return one row over the other columns: weights, and the least they add up to.

        The rows that touch columns left out are added up at their prices, and what columns left
        out can give at most is taken off: whatever they are, the row holds (Benders 1962,
        Numerische Mathematik 4:238-252).

        Parameters
        ----------
        left_out
            Whether each column is left out; they have finite bounds.
        prices
            Of each row in a linear program: positive where its lower bound binds, negative where
            its upper one does. Any others give a row that holds as well.
        """
        apart = csr_array(self.rows[:, np.flatnonzero(left_out)])
        side = np.where(prices > 0, self.row_lower, self.row_upper)
        counted = (np.diff(apart.indptr) > 0) & (np.abs(prices) > rounding) & np.isfinite(side)
        price = np.where(counted, prices, 0.0)
        given = apart.T @ price
        most = np.maximum(given * self.column_lower[left_out], given * self.column_upper[left_out])
        weights = self.rows[:, np.flatnonzero(~left_out)].T @ price
        size = np.abs(price[counted] * side[counted]).sum() + np.abs(most).sum()
        return weights, float(price[counted] @ side[counted] - most.sum() - rounding * size)

    def settled(self, values: np.ndarray) -> np.ndarray | None:
        """Return a solver's vector with whole numbers whole and bounds kept, if it is feasible.

        Every row is recomputed; it may be off by the tolerance times the size of its terms. A
        vector of another length, or with what is no number, is not feasible.
        """
        if values.shape != (self.columns,) or not np.isfinite(values).all():
            return None
        kept = np.where(self.is_integer, np.rint(values), values)
        kept = np.clip(kept, self.column_lower, self.column_upper)
        activity = self.rows @ kept
        size = np.maximum(abs(self.rows) @ np.abs(kept), 1.0)
        slack = 10 * feasibility_tolerance * size
        holds = (activity >= self.row_lower - slack) & (activity <= self.row_upper + slack)
        return kept if holds.all() else None


def _activity(
    rows: csr_array, lower: np.ndarray, upper: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the least and the most that each row can add up to within bounds."""
    weight, column = rows.data, rows.indices
    at_lower, at_upper = weight * lower[column], weight * upper[column]
    row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    return (
        np.bincount(row, weights=np.minimum(at_lower, at_upper), minlength=rows.shape[0]),
        np.bincount(row, weights=np.maximum(at_lower, at_upper), minlength=rows.shape[0]),
    )
