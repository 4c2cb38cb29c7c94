"""Solvers that lie: HiGHS told to say something else than what it found."""

from dataclasses import dataclass, replace

import highspy
import numpy as np

from siting.solver import highs

optimal = highspy.HighsModelStatus.kOptimal
infeasible = highspy.HighsModelStatus.kInfeasible


@dataclass(frozen=True)
class Told:
    """What a solver says of a program: its status, columns, objective, bound and prices."""

    status: highspy.HighsModelStatus
    values: np.ndarray
    objective: float
    bound: float
    prices: np.ndarray
    lp: highspy.HighsLp

    @property
    def whole(self) -> np.ndarray:
        """Whether each column is a whole number."""
        kinds = list(self.lp.integrality_)
        return np.array([kind == highspy.HighsVarType.kInteger for kind in kinds], dtype=bool)

    def value(self, values):
        return float(np.array(self.lp.col_cost_) @ values) + self.lp.offset_

    def called_optimal(self, values):
        """Return these columns as an optimum, with a bound that fits them."""
        at = self.value(values) if len(values) == len(self.lp.col_cost_) else 0.0
        return replace(self, status=optimal, values=values, objective=at, bound=at)


class Liar:
    """A solver whose answers are changed before they are told."""

    def __init__(self, honest, change):
        object.__setattr__(self, "honest", honest)
        object.__setattr__(self, "change", change)

    def __setattr__(self, name, value):
        setattr(self.honest, name, value)

    def __getattr__(self, name):
        return getattr(self.honest, name)

    def told(self):
        solution, info = self.honest.getSolution(), self.honest.getInfo()
        return self.change(
            Told(
                self.honest.getModelStatus(),
                np.array(solution.col_value),
                info.objective_function_value,
                info.mip_dual_bound,
                np.array(solution.row_dual),
                self.honest.getLp(),
            )
        )

    def getModelStatus(self):  # noqa: N802  (HiGHS's names)
        return self.told().status

    def getInfo(self):  # noqa: N802
        told = self.told()

        class Info:
            objective_function_value = told.objective
            mip_dual_bound = told.bound
            primal_solution_status = highspy.SolutionStatus(2 if told.status == optimal else 0)

        return Info()

    def getSolution(self):  # noqa: N802
        told = self.told()

        class Solution:
            value_valid = told.status == optimal
            col_value = told.values
            row_dual = told.prices

        return Solution()


def lying(monkeypatch, change, *, in_whole_numbers_only=False):
    """Let the solver lie, to every part of the package."""
    honest = highs.new_highs

    def changed(told):
        return change(told) if told.whole.any() or not in_whole_numbers_only else told

    monkeypatch.setattr(highs, "new_highs", lambda *settings: Liar(honest(*settings), changed))


def zeros(told):
    return told.called_optimal(np.zeros(len(told.lp.col_cost_)))


def full(told):
    """Tell every column at its upper bound."""
    return told.called_optimal(np.minimum(np.array(told.lp.col_upper_), 1e6))


def halves(told):
    """Tell whole numbers that are none."""
    values = told.values.copy()
    if told.whole.any() and len(values):
        values[: len(told.whole)][told.whole] += 0.5
    return replace(told, values=values)


def not_numbers(told):
    return replace(told, values=np.full(len(told.values), np.nan))


def too_few(told):
    return replace(told, values=told.values[:-1])


def too_many(told):
    return replace(told, values=np.append(told.values, 0.0))


def nothing(told):
    return replace(told, values=np.array([]))


def bound_above(told):
    return replace(told, bound=told.objective + 0.5 * max(abs(told.objective), 1.0))


def no_number_for_a_bound(told):
    return replace(told, bound=np.nan, objective=np.nan, prices=told.prices * np.nan)


def no_prices(told):
    return replace(told, prices=np.array([]), bound=np.nan)


def never_feasible(told):
    return replace(told, status=infeasible)


def dearest(told):
    """Call the worst of all feasible plans optimal, with a bound that fits: HiGHS 1.14.0 did."""
    if told.status != optimal or not told.whole.any():
        return told
    other = highspy.Highs()
    other.setOptionValue("output_flag", False)
    other.passModel(told.lp)
    other.changeObjectiveSense(highspy.ObjSense.kMaximize)
    other.run()
    if other.getModelStatus() != optimal:
        return told
    return told.called_optimal(np.array(other.getSolution().col_value))


refused = (zeros, full, not_numbers, too_few, too_many, nothing)
"""Lies about columns: what is told is no plan."""
