"""HiGHS behind one file: a PuLP problem in, an honest answer out.

PuLP's own words for the outcome are not used: they call a stopped search optimal, and a vector
of zeros a solution. Here the solver's flags, its dual bound and our own recomputation of the
solution must agree before a status is given.
"""

from dataclasses import dataclass
from enum import StrEnum

import highspy
import numpy as np
import pulp
from scipy.sparse import csr_array

feasibility_tolerance = 1e-6
"""How much a row or an integer may be off: HiGHS's default, scaled by the size of the row."""
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


def worst(statuses: list[Status]) -> Status:
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
        Variable -> value, integers whole; None without a plan.
    objective, bound, gap
        Value of the plan, proven bound on any plan, and |value - bound| / max(|value|, 1);
        None where unknown.
    timed_out
        Whether the clock or a limit of the solver ended the search.
    """

    status: Status
    values: dict[pulp.LpVariable, float] | None
    objective: float | None
    bound: float | None
    gap: float | None
    timed_out: bool


def relative_gap(value: float, bound: float) -> float:
    """Return |value - bound| / max(|value|, one unit)."""
    return abs(value - bound) / max(abs(value), 1.0)


def claim(value: float, bound: float | None, asked: float) -> tuple[Status, float | None]:
    """Return what may be said of a plan, and its proven gap.

    A bound above the value of a plan that was recomputed is either rounding or no proof at all.

    Parameters
    ----------
    value, bound
        Value of a plan that is minimised, and the bound proven for every plan.
    asked
        Gap that was asked for.
    """
    if bound is None or bound > value + proven_tolerance * max(abs(value), 1.0):
        return Status.FEASIBLE, None
    gap = relative_gap(value, min(bound, value))
    if gap <= proven_tolerance:
        return Status.OPTIMAL, gap
    return (Status.WITHIN_GAP if gap <= asked else Status.FEASIBLE), gap


@dataclass(frozen=True)
class _Matrix:
    """A PuLP problem as arrays; rows are lower <= row x <= upper."""

    variables: list[pulp.LpVariable]
    cost: np.ndarray
    constant: float
    column_lower: np.ndarray
    column_upper: np.ndarray
    is_integer: np.ndarray
    rows: csr_array
    row_lower: np.ndarray
    row_upper: np.ndarray


def solve(
    lp: pulp.LpProblem,
    *,
    gap: float,
    time_limit_s: float = np.inf,
    threads: int,
    seed: int,
    start: dict[pulp.LpVariable, float] | None = None,
) -> Answer:
    """Minimise a PuLP problem.

    Parameters
    ----------
    lp
        A minimisation; integer variables are bounded.
    gap
        Relative gap at which the search may stop.
    start
        Variable -> value of a known plan to start from.

    Raises
    ------
    ValueError
        The problem maximises.
    """
    if lp.sense != pulp.LpMinimize:
        raise ValueError("the problem must minimise")
    matrix = _as_matrix(lp)
    if not matrix.variables:
        return _without_variables(matrix)
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    # A changed thread count inside one process is ignored unless the scheduler starts anew.
    highspy.Highs.resetGlobalScheduler(True)
    for option, value in (
        ("output_flag", False),
        ("threads", threads),
        ("random_seed", seed),
        ("time_limit", max(time_limit_s, 0.0)),
        ("mip_rel_gap", gap),
        ("mip_abs_gap", feasibility_tolerance),
        ("mip_feasibility_tolerance", feasibility_tolerance),
    ):
        highs.setOptionValue(option, value)
    highs.passModel(_as_highs(matrix))
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = [start.get(v, 0.0) for v in matrix.variables]
        highs.setSolution(solution)
    highs.run()
    return _read_answer(highs, matrix, gap)


def _without_variables(matrix: _Matrix) -> Answer:
    """Answer a problem in which nothing is left to choose."""
    if not _is_feasible(np.empty(0), matrix):
        return Answer(Status.INFEASIBLE, None, None, None, None, timed_out=False)
    value = matrix.constant
    return Answer(Status.OPTIMAL, {}, value, value, 0.0, timed_out=False)


def _read_answer(highs: highspy.Highs, matrix: _Matrix, gap: float) -> Answer:
    model_status = highs.getModelStatus()
    kinds = highspy.HighsModelStatus
    timed_out = model_status not in (
        kinds.kOptimal,
        kinds.kInfeasible,
        kinds.kUnboundedOrInfeasible,
        kinds.kModelEmpty,
    )
    info = highs.getInfo()
    claims_solution = (
        highs.getSolution().value_valid
        and info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    )
    values = np.array(highs.getSolution().col_value) if claims_solution else None
    if values is not None:
        values = np.where(matrix.is_integer, np.rint(values), values)
        values = np.clip(values, matrix.column_lower, matrix.column_upper)
        if not _is_feasible(values, matrix):
            values = None
    if values is None:
        proven = model_status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible)
        status = Status.INFEASIBLE if proven else Status.NO_PLAN
        return Answer(status, None, None, None, None, timed_out)
    objective = float(matrix.cost @ values) + matrix.constant
    bound: float | None
    if matrix.is_integer.any():
        bound = info.mip_dual_bound
    else:
        bound = info.objective_function_value if model_status == kinds.kOptimal else None
    if bound is not None and not np.isfinite(bound):
        bound = None
    status, proven_gap = claim(objective, bound, gap)
    if proven_gap is None:
        bound = None
    found = dict(zip(matrix.variables, values.tolist(), strict=True))
    return Answer(status, found, objective, bound, proven_gap, timed_out)


def _is_feasible(values: np.ndarray, matrix: _Matrix) -> bool:
    """Recompute every row; a row may be off by the tolerance times the size of its terms."""
    activity = matrix.rows @ values
    size = np.maximum(abs(matrix.rows) @ np.abs(values), 1.0)
    slack = 10 * feasibility_tolerance * size
    return bool(
        (activity >= matrix.row_lower - slack).all()
        and (activity <= matrix.row_upper + slack).all()
    )


def _as_matrix(lp: pulp.LpProblem) -> _Matrix:
    variables = lp.variables()
    column = {variable: i for i, variable in enumerate(variables)}
    cost = np.zeros(len(variables))
    for variable, weight in lp.objective.items():
        cost[column[variable]] = weight
    index: list[int] = []
    weight_of: list[float] = []
    length: list[int] = []
    lower, upper = [], []
    for constraint in lp.constraints():
        index += [column[variable] for variable in constraint]
        weight_of += constraint.values()
        length.append(len(constraint))
        bound = -constraint.constant
        lower.append(-np.inf if constraint.sense == pulp.LpConstraintLE else bound)
        upper.append(np.inf if constraint.sense == pulp.LpConstraintGE else bound)
    first = np.concatenate([[0], np.cumsum(length)]).astype(np.int32)
    return _Matrix(
        variables=variables,
        cost=cost,
        constant=float(lp.objective.constant),
        column_lower=np.array([-np.inf if v.lowBound is None else v.lowBound for v in variables]),
        column_upper=np.array([np.inf if v.upBound is None else v.upBound for v in variables]),
        is_integer=np.array([v.cat == pulp.LpInteger for v in variables], dtype=bool),
        rows=csr_array(
            (np.array(weight_of, dtype=float), np.array(index, dtype=np.int32), first),
            shape=(len(length), len(variables)),
        ),
        row_lower=np.array(lower, dtype=float),
        row_upper=np.array(upper, dtype=float),
    )


def _as_highs(matrix: _Matrix) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_ = len(matrix.variables)
    lp.num_row_ = matrix.rows.shape[0]
    lp.col_cost_ = matrix.cost
    lp.offset_ = matrix.constant
    lp.col_lower_ = matrix.column_lower
    lp.col_upper_ = matrix.column_upper
    lp.row_lower_ = matrix.row_lower
    lp.row_upper_ = matrix.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = matrix.rows.indptr
    lp.a_matrix_.index_ = matrix.rows.indices
    lp.a_matrix_.value_ = matrix.rows.data
    if matrix.is_integer.any():
        kinds = highspy.HighsVarType
        lp.integrality_ = [kinds.kInteger if i else kinds.kContinuous for i in matrix.is_integer]
    return lp
