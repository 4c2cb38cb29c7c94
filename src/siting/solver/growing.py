"""A linear program that rows and columns are added to, solved again from where it stood."""

from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csc_array, csr_array

from siting.solver.highs import as_highs, new_highs
from siting.solver.program import Program


@dataclass(frozen=True)
class Relaxed:
    """A solved linear program.

    Attributes
    ----------
    objective
        Its value.
    values
        Value of each column.
    reduced_costs
        Of each column: what the objective rises by when the column rises by one.
    prices
        Of each row: what the objective rises by when its bound rises by one.
    """

    objective: float
    values: np.ndarray
    reduced_costs: np.ndarray
    prices: np.ndarray


class GrowingProgram:
    """A linear program kept in the solver; whole-number columns are taken as continuous."""

    def __init__(self, program: Program, *, threads: int, seed: int) -> None:
        self._highs = new_highs(threads, seed)
        lp = as_highs(program)
        lp.integrality_ = []
        self._highs.passModel(lp)
        self.infeasible = False
        """Whether the last solve proved that nothing satisfies every row."""

    def add_rows(self, rows: csr_array, lower: np.ndarray, upper: np.ndarray) -> None:
        """Add rows over the columns there are."""
        self._highs.addRows(
            rows.shape[0],
            lower,
            upper,
            rows.nnz,
            rows.indptr.astype(np.int32),
            rows.indices.astype(np.int32),
            rows.data,
        )

    def add_columns(
        self, columns: csc_array, cost: np.ndarray, lower: np.ndarray, upper: np.ndarray
    ) -> None:
        """Add columns over the rows there are."""
        self._highs.addCols(
            columns.shape[1],
            cost,
            lower,
            upper,
            columns.nnz,
            columns.indptr.astype(np.int32),
            columns.indices.astype(np.int32),
            columns.data,
        )

    def bound_columns(self, index: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> None:
        """Change the bounds of some columns."""
        self._highs.changeColsBounds(len(index), index.astype(np.int32), lower, upper)

    def cost_columns(self, cost: np.ndarray) -> None:
        """Change the cost of every column."""
        index = np.arange(len(cost), dtype=np.int32)
        self._highs.changeColsCost(len(cost), index, cost)

    def solve(self, time_limit_s: float = np.inf) -> Relaxed | None:
        """Minimise; None where the solver does not reach a proven optimum in the time."""
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + time_limit_s)
        self._highs.run()
        status = self._highs.getModelStatus()
        self.infeasible = status == highspy.HighsModelStatus.kInfeasible
        if status != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._highs.getSolution()
        return Relaxed(
            objective=self._highs.getInfo().objective_function_value,
            values=np.array(solution.col_value),
            reduced_costs=np.array(solution.col_dual),
            prices=np.array(solution.row_dual),
        )
