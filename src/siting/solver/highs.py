"""HiGHS: the program handed over as arrays, its answer believed only where it can be shown.

The solver's flags, its dual bound and our own recomputation of the solution must agree before a
status is given. The optimum of a linear program is proven by its prices, which are held against the
rows here. The bound of a search among whole numbers is the solver's word: that it lies below the
optimum cannot be seen, only that it does not lie above a plan.
"""

from _thread import start_new_thread
from dataclasses import replace
from functools import partial
from threading import Event
from time import monotonic
from weakref import ref

import highspy
import numpy as np

from siting.solver.answer import Answer, Status, claim, proven_tolerance
from siting.solver.program import Program, feasibility_tolerance

root_only: dict[str, str | float | bool] = {"mip_max_nodes": 1, "mip_heuristic_effort": 0.0}
"""Options that give a bound and no tree."""
rounding = 1e-12
"""How far from a whole number binary fractions may lie."""
row_tolerance = 1e-7
"""How much a row or a whole number may be off in the solver: not more than what a later stage may
give up of an earlier one. With its 1e-6, HiGHS 1.15.1 called 11.15 optimal where 7.35 is, in a
program of 63 rows with a coverage of 0.9999999."""
limits = (
    highspy.HighsModelStatus.kTimeLimit,
    highspy.HighsModelStatus.kIterationLimit,
    highspy.HighsModelStatus.kSolutionLimit,
    highspy.HighsModelStatus.kObjectiveBound,
    highspy.HighsModelStatus.kObjectiveTarget,
    highspy.HighsModelStatus.kInterrupt,
    highspy.HighsModelStatus.kMemoryLimit,
)
"""Why a search ends before it is done."""
never = Event()
"""Is not set: nobody stops the search."""
wake_s = 0.1
"""How often Ctrl-C is looked for while the solver runs."""


def solve(
    program: Program,
    *,
    gap: float,
    time_limit_s: float = np.inf,
    threads: int,
    seed: int,
    start: np.ndarray | None = None,
    options: dict[str, str | float | bool] | None = None,
    stop: Event = never,
) -> Answer:
    """Minimise a program.

    A proof that nothing beats the start is not believed: HiGHS 1.15.1 calls a plan that it knows
    before presolve optimal where presolve leaves an objective on a grid (or none at all) and the
    better plans are less than half a step away. Such a program is solved again without the start,
    first for the bound at the root of the tree; where no time is left for it, the start is a plan
    without a bound. A restart presolves with a plan at hand, so there are none. A start that is
    as good as the bounds of the columns allow needs no search. Where the solver finds nothing,
    calls infeasible what the start solves, or calls best what is worse, the start is a plan without
    a bound.

    Parameters
    ----------
    gap
        Relative gap at which the search may stop.
    start
        A known plan to start from.
    options
        Further options of HiGHS, such as ``{"mip_heuristic_effort": 0.2}``.
    stop
        Set by another thread to end the search as Ctrl-C does.

    Raises
    ------
    MemoryError
        The solver needs more memory than there is.
    """
    if not program.columns:
        return _without_columns(program)
    began = monotonic()
    known = np.inf if start is None else program.value(start)
    kept = None if start is None else program.settled(start)
    least = program.least()
    if kept is not None and known <= least + feasibility_tolerance:
        status, proven_gap = claim(known, min(least, known), gap)
        return Answer(status, kept, known, min(least, known), proven_gap, timed_out=False)
    settings = options or {}
    attempt = partial(_attempt, program, gap, threads=threads, seed=seed, stop=stop)
    answer = attempt(time_limit_s, start, options=settings)
    if kept is not None and (answer.objective is None or _improves(known, answer.objective)):
        return replace(
            answer,
            status=Status.FEASIBLE,
            values=kept,
            objective=program.value(kept),
            bound=None,
            gap=None,
        )
    if start is None or answer.objective is None or _improves(answer.objective, known):
        return answer
    if answer.timed_out:
        return replace(answer, status=Status.FEASIBLE, bound=None, gap=None)
    found, found_at, bound = answer, answer.objective, -np.inf
    for further in (root_only, {}):
        left_s = time_limit_s - (monotonic() - began)
        again = attempt(left_s, None, options={**settings, **further})
        if again.objective is not None and again.objective <= found_at:
            answer, found_at = again, again.objective
        bound = max(bound, -np.inf if again.bound is None else again.bound)
        status, proven_gap = claim(found_at, bound if np.isfinite(bound) else None, gap)
        found = replace(
            answer,
            status=status,
            bound=None if proven_gap is None else bound,
            gap=proven_gap,
            timed_out=again.timed_out and not further,
            interrupted=again.interrupted,
        )
        if status is not Status.FEASIBLE or again.interrupted:
            break
    return found


def _improves(value: float, known: float) -> bool:
    return value < known - proven_tolerance * max(abs(known), 1.0)


def _attempt(
    program: Program,
    gap: float,
    time_limit_s: float,
    start: np.ndarray | None,
    *,
    threads: int,
    seed: int,
    options: dict[str, str | float | bool],
    stop: Event,
) -> Answer:
    """Run the solver, and again without presolve where it ends with a solution that is none.

    HiGHS 1.15.1 can tell no number for columns that presolve took out.
    """
    began = monotonic()
    search = partial(_search, program, gap, threads=threads, seed=seed, stop=stop)
    answer = search(time_limit_s, start, options=options)
    if answer.status is not Status.NO_PLAN or answer.timed_out:
        return answer
    left_s = time_limit_s - (monotonic() - began)
    plain = {**options, "presolve": "off"}
    return search(left_s, start, options=plain)


def _search(
    program: Program,
    gap: float,
    time_limit_s: float,
    start: np.ndarray | None,
    *,
    threads: int,
    seed: int,
    options: dict[str, str | float | bool],
    stop: Event,
) -> Answer:
    """Run the solver once."""
    highs = new_highs(threads, seed)
    for option, value in {
        "time_limit": max(time_limit_s, 0.0),
        "mip_rel_gap": gap,
        "mip_abs_gap": feasibility_tolerance,
        "mip_feasibility_tolerance": row_tolerance,
        "primal_feasibility_tolerance": row_tolerance,
        "mip_allow_restart": False,
        **options,
    }.items():
        highs.setOptionValue(option, value)
    highs.passModel(as_highs(program))
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = start.tolist()
        highs.setSolution(solution)
    interrupted = _run(highs, stop)
    return _read_answer(highs, program, gap, interrupted=interrupted)


def new_highs(threads: int, seed: int) -> highspy.Highs:
    """Return a silent HiGHS with the given number of threads."""
    # A changed thread count inside one process is ignored unless the scheduler starts anew.
    highspy.Highs.resetGlobalScheduler(True)
    highs = _SilentHighs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("threads", threads)
    highs.setOptionValue("random_seed", seed)
    return highs


class _SilentHighs(highspy.Highs):
    """HiGHS that prints nothing, not even its banner, which 1.16 prints while it is made."""

    def enableCallbacks(self) -> None:  # noqa: N802  (the constructor calls it)
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def _run(highs: highspy.Highs, stop: Event) -> bool:
    """Run the solver so that Ctrl-C stops it and keeps what it has; return whether it did.

    A thread that the memory does not suffice for ends before it begins, and
    :class:`threading.Thread` would wait for it forever: such a one has let go of what it was given
    and told nothing.
    """
    highs.HandleUserInterrupt = True
    ended = Event()
    failed: list[Exception] = [MemoryError("no thread for the solver")]
    given = _Given()
    held = ref(given)
    try:
        start_new_thread(_search_until_ended, (highs, ended, failed, given))
    except RuntimeError as error:
        raise failed[0] from error
    del given
    interrupted = False
    while True:
        try:
            if ended.wait(wake_s) or held() is None:
                if failed:
                    raise failed[0]
                return interrupted
            if stop.is_set() and not interrupted:
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            interrupted = True
            highs.cancelSolve()  # type: ignore[no-untyped-call]


class _Given:
    """What a thread holds while it runs."""


def _search_until_ended(
    highs: highspy.Highs, ended: Event, failed: list[Exception], _: _Given
) -> None:
    """Run the solver in this thread; highspy's own thread lets only one solver of a process run."""
    try:
        highs.run()
        highspy.Highs.resetGlobalScheduler(False)
    except RuntimeError as error:  # HiGHS found no memory for a thread of its own
        failed[:] = [MemoryError(f"no thread for the solver: {error}")]
    except Exception as error:  # noqa: BLE001  (raised in the thread that waits)
        failed[:] = [error]
    else:
        failed.clear()
    finally:
        ended.set()


def _without_columns(program: Program) -> Answer:
    """Answer a program in which nothing is left to choose."""
    if program.settled(np.empty(0)) is None:
        return Answer(Status.INFEASIBLE, None, None, None, None, timed_out=False)
    value = program.constant
    return Answer(Status.OPTIMAL, np.empty(0), value, value, 0.0, timed_out=False)


def _read_answer(
    highs: highspy.Highs, program: Program, gap: float, *, interrupted: bool
) -> Answer:
    model_status = highs.getModelStatus()
    kinds = highspy.HighsModelStatus
    timed_out = interrupted or model_status in limits
    told = partial(
        Answer,
        timed_out=timed_out,
        interrupted=interrupted,
        by_clock=model_status == kinds.kTimeLimit,
    )
    info = highs.getInfo()
    solution = highs.getSolution()
    claims_solution = (
        solution.value_valid
        and info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    )
    values = _believed(program, np.array(solution.col_value)) if claims_solution else None
    bound: float | None
    prices = None
    if program.is_integer.any():
        bound = info.mip_dual_bound
    elif model_status == kinds.kOptimal and values is not None:
        prices = np.array(solution.row_dual)
        bound = _proven(program, prices, values, info.objective_function_value)
    else:
        bound = None
    if bound is not None and not np.isfinite(bound):
        bound = None
    if values is None:
        if model_status == kinds.kInfeasible and not claims_solution:
            return told(Status.INFEASIBLE, None, None, None, None)
        return told(Status.NO_PLAN, None, None, bound, None)
    objective = program.value(values)
    status, proven_gap = claim(objective, bound, gap)
    if proven_gap is None:
        bound = None
    return told(status, values, objective, bound, proven_gap, prices=prices)


def _proven(
    program: Program, prices: np.ndarray, values: np.ndarray, objective: float
) -> float | None:
    """Return the bound that the prices of a linear program prove, never more than it is told."""
    if prices.shape != program.row_lower.shape or not np.isfinite(prices).all():
        return None
    bound = program.bound_by(prices, values)
    return min(bound, objective) if np.isfinite(objective) else bound


def _believed(program: Program, values: np.ndarray) -> np.ndarray | None:
    """Return a solver's vector with whole numbers whole, None if the rows do not hold then.

    Where they were whole only to the solver's tolerance, the rest is solved anew: 0.0000005 of a
    site may have served children, or let in a row with a large coefficient what 0 does not.
    """
    if values.shape != (program.columns,) or not np.isfinite(values).all():
        return None
    kept = program.settled(values)
    whole = np.clip(np.rint(values), program.column_lower, program.column_upper)
    if not program.is_integer.any() or is_whole(values[program.is_integer]):
        return kept
    fixed = replace(
        program,
        column_lower=np.where(program.is_integer, whole, program.column_lower),
        column_upper=np.where(program.is_integer, whole, program.column_upper),
        is_integer=np.zeros(program.columns, dtype=bool),
    )
    answer = solve(fixed, gap=0.0, threads=1, seed=0)
    return kept if answer.values is None else program.settled(answer.values)


def is_whole(values: np.ndarray) -> bool:
    """Return whether values are whole numbers, but for binary fractions."""
    return bool((np.abs(values - np.rint(values)) <= rounding).all())


def as_highs(program: Program) -> highspy.HighsLp:
    """Return a program in HiGHS's own form."""
    lp = highspy.HighsLp()
    lp.num_col_ = program.columns
    lp.num_row_ = program.rows.shape[0]
    lp.col_cost_ = program.cost
    lp.offset_ = program.constant
    lp.col_lower_ = program.column_lower
    lp.col_upper_ = program.column_upper
    lp.row_lower_ = program.row_lower
    lp.row_upper_ = program.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = program.rows.indptr
    lp.a_matrix_.index_ = program.rows.indices
    lp.a_matrix_.value_ = program.rows.data
    if program.is_integer.any():
        kinds = highspy.HighsVarType
        integer, continuous = kinds.kInteger, kinds.kContinuous
        lp.integrality_ = [integer if whole else continuous for whole in program.is_integer]
    return lp
