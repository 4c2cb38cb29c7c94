"""PuLP: other solvers by name, and programs as LP and MPS files."""

import warnings
from pathlib import Path

import numpy as np
import pulp

from siting.errors import Problem, ScenarioError
from siting.solver.answer import Answer, Status, claim
from siting.solver.program import Program
from siting.solver.relaxation import checked_bound

no_solution = (pulp.LpSolutionInfeasible, pulp.LpSolutionNoSolutionFound)
"""How PuLP tells an infeasible program, the second where CBC calls it "integer infeasible"."""
program_endings = (".lp", ".mps")


def as_pulp(program: Program, name: str = "siting") -> tuple[pulp.LpProblem, list[pulp.LpVariable]]:
    """Return a program as a PuLP problem, with its variables in the order of the columns."""
    lp = pulp.LpProblem(name, pulp.LpMinimize)
    integer, continuous = pulp.LpInteger, pulp.LpContinuous
    variables = [
        lp.add_variable(
            label,
            None if np.isinf(lower) else lower,
            None if np.isinf(upper) else upper,
            integer if whole else continuous,
        )
        for label, lower, upper, whole in zip(
            program.column_names(program.columns),
            program.column_lower.tolist(),
            program.column_upper.tolist(),
            program.is_integer.tolist(),
            strict=True,
        )
    ]
    cost = [(variables[i], program.cost[i]) for i in np.flatnonzero(program.cost).tolist()]
    lp.setObjective(pulp.LpAffineExpression(cost, constant=program.constant))
    first, column, weight = program.rows.indptr, program.rows.indices, program.rows.data
    for row, label in enumerate(program.row_names(program.rows.shape[0])):
        held = slice(first[row], first[row + 1])
        terms = zip([variables[i] for i in column[held]], weight[held].tolist(), strict=True)
        expression = pulp.LpAffineExpression(list(terms))
        lower, upper = float(program.row_lower[row]), float(program.row_upper[row])
        if lower == upper:
            lp.addConstraint(pulp.LpConstraint(expression, pulp.LpConstraintEQ, label, lower))
        elif np.isfinite(upper):
            lp.addConstraint(pulp.LpConstraint(expression, pulp.LpConstraintLE, label, upper))
        elif np.isfinite(lower):
            lp.addConstraint(pulp.LpConstraint(expression, pulp.LpConstraintGE, label, lower))
    return lp, variables


def check_program_file(path: Path) -> None:
    """Refuse a name of which it is not known how the program is to be written.

    Raises
    ------
    ScenarioError
        The file's name ends otherwise than in one of the program endings.
    """
    if path.suffix.lower() not in program_endings:
        raise ScenarioError(
            [Problem(str(path), "is neither .lp nor .mps", "end the name in .lp or .mps")]
        )


def write_program(program: Program, path: Path) -> None:
    """Write a program as a file that other solvers read: ``.lp`` or ``.mps``.

    Raises
    ------
    ScenarioError
        The file's name ends otherwise.
    """
    check_program_file(path)
    lp, _ = as_pulp(program)
    if path.suffix.lower() == ".lp":
        lp.writeLP(str(path))
    else:
        lp.writeMPS(str(path))


def solve_with(
    solver: str, program: Program, *, gap: float, time_limit_s: float, threads: int
) -> Answer:
    """Minimise a program by another solver, by the name it has in PuLP: CBC, GUROBI, CPLEX_CMD...

    PuLP passes on no bound of most solvers, and a word without a bound proves nothing: the bound
    is the solver's own where it can be read (Gurobi, CPLEX), or else that of the linear relaxation,
    by HiGHS. A plan that is optimal may so be told as one with a gap.

    Raises
    ------
    ScenarioError
        PuLP does not know the solver, or it is not installed here.
    """
    engine = _engine(solver, gap, time_limit_s, threads)
    lp, variables = as_pulp(program)
    lp.solve(engine)
    finished = lp.status == pulp.LpStatusOptimal and lp.sol_status == pulp.LpSolutionOptimal
    if lp.status == pulp.LpStatusInfeasible and lp.sol_status in no_solution:
        return Answer(Status.INFEASIBLE, None, None, None, None, timed_out=False)
    told = np.array([np.nan if v.varValue is None else v.varValue for v in variables])
    # What stands in no row and costs nothing is not handed over.
    free = (np.bincount(program.rows.indices, minlength=program.columns) == 0) & (program.cost == 0)
    told[free] = program.column_lower[free]
    values = None if np.isnan(told).any() else program.settled(told)
    if values is None:
        return Answer(Status.NO_PLAN, None, None, None, None, timed_out=not finished)
    objective = program.value(values)
    bound = _bound(lp)
    if bound is None:
        bound = checked_bound(program)
    status, proven = claim(objective, bound, gap)
    return Answer(status, values, objective, bound, proven, timed_out=not finished)


def _bound(lp: pulp.LpProblem) -> float | None:
    """Return the bound that a solver proved, where its own model tells it; None elsewhere."""
    model = getattr(lp, "solverModel", None)
    told = getattr(model, "ObjBound", None)
    solution = getattr(model, "solution", None)
    if told is None and solution is not None:
        told = solution.MIP.get_best_objective()
    return None if told is None else float(told)


def _engine(solver: str, gap: float, time_limit_s: float, threads: int) -> pulp.LpSolver:
    known = pulp.listSolvers()
    name = {"CBC": "PULP_CBC_CMD"}.get(solver.upper(), solver)
    problem = Problem(
        "solver.name",
        f"'{solver}' is not a solver that can be used here",
        f"install it, or use HiGHS or one of {', '.join(pulp.listSolvers(onlyAvailable=True))}",
    )
    if name not in known:
        raise ScenarioError([problem])
    with warnings.catch_warnings():
        # PuLP tells developers that its version 4 will not bring CBC along.
        warnings.simplefilter("ignore", DeprecationWarning)
        engine = pulp.getSolver(
            name, msg=False, gapRel=gap, timeLimit=max(time_limit_s, 0.0), threads=threads
        )
    if not engine.available():
        raise ScenarioError([problem])
    return engine
