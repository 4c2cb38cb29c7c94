"""Decide about sites as if nobody asked who is served, then serve: plan and bound early.

Who is served where makes most of a program and seldom decides about sites. Without these columns
a program is a relaxation, and the bound of its linear program is one of every plan. The sites
that this linear program uses are nearly all that a good plan needs: sites are chosen among them
while service stands in one row at its prices (Benders 1962, Numerische Mathematik 4:238-252).
Where they leave room for a plan of the whole program, it is measured against the bound, which a
search beside raises in the meantime.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import takewhile
from threading import Event
from time import monotonic

import numpy as np

from siting.model.objectives import Objective
from siting.model.planning_model import PlanningModel, absent
from siting.solver import Answer, Beside, Program, Status, claim, never, root_only, solve

Options = dict[str, str | float | bool]

least_hidden = 5_000
"""Columns of service from which on it pays; a smaller program is solved as a whole at once."""
of_gap = 0.5
"""Share of the gap asked for that sites are chosen to; the rest is left for service."""
of_time = 0.9
"""Share of the time left that the try may take: the whole program is hopeless in much more."""
of_gap_at_sites = 0.2
"""Share of the gap asked for to which the whole program is solved at the sites chosen."""
of_try = 0.7
"""Share of what is left of the time of the try in which the sites are to be chosen, and then the
children to be served."""
of_rest = 0.5
"""Share of the time left in which a plan is improved at its sites."""
used_from = 1e-6
"""Value of a column from which on a linear program uses its site."""
heuristic_effort = 0.3
"""Share of the work at fixed sites that goes into finding plans: the bound is known already."""
brief_s = 10.0
"""How long Ctrl-C waits until the children are given places at the sites found."""


@dataclass(frozen=True)
class Tried:
    """What came of deciding about sites first.

    Attributes
    ----------
    answers
        Name of a stage -> what it reached and the seconds that took, all with the same values;
        empty where it does not pay, or no plan was found.
    seconds
        What the try took where it came to nothing.
    interrupted
        Whether Ctrl-C ended it.
    """

    answers: dict[str, tuple[Answer, float]] = field(default_factory=dict)
    seconds: float = 0.0
    interrupted: bool = False


class _NothingError(Exception):
    """A program without which the try cannot go on was not solved."""

    def __init__(self, *, interrupted: bool) -> None:
        super().__init__()
        self.interrupted = interrupted


def sites_first(
    model: PlanningModel,
    program: Program,
    stages: list[Objective],
    time_limit_s: float,
    report: Callable[[str], None],
) -> Tried:
    """Settle the first stages, of shortfall and then of cost, or none.

    It is tried whether every shortfall can be as small as a linear program without service says.
    A plan that does so is proven in these stages; in the stage of cost it has the bound of the
    relaxation, whatever the gap.

    Parameters
    ----------
    program
        The model with the service that no target asks for fixed.
    """
    shortfalls = list(takewhile(lambda stage: stage.name.startswith("shortfall"), stages))
    then = stages[len(shortfalls) : len(shortfalls) + 1]
    hidden = _service(model)
    asked = hidden & (program.column_lower < program.column_upper)
    if [stage.name for stage in then] != ["cost"] or asked.sum() < least_hidden:
        return Tried()
    began = monotonic()
    ends = began + of_time * time_limit_s
    gap = model.problem.scenario.solver.gap
    reached: list[tuple[Objective, float, float]] = []
    try:
        relaxed = program.without(hidden)
        for stage, least, seconds in _least_shortfalls(
            model, relaxed, shortfalls, hidden, ends, report
        ):
            program = stage.held(program, least)
            relaxed = _alone(stage, hidden).held(relaxed, least)
            reached.append((stage, least, seconds))
        report(then[0].name)
        began_cost = monotonic()
        whole, alone = then[0].posed(program), _alone(then[0], hidden).posed(relaxed)
        served, bound = _planned(model, whole, alone, hidden, ends)
    except _NothingError as nothing:
        return Tried(seconds=monotonic() - began, interrupted=nothing.interrupted)
    if served.values is None:
        return Tried(seconds=monotonic() - began, interrupted=served.interrupted)
    reached.append((then[0], bound, monotonic() - began_cost))
    answers = {
        stage.name: (_told(stage, served, bound, gap), seconds) for stage, bound, seconds in reached
    }
    return Tried(answers, interrupted=served.interrupted)


def _planned(
    model: PlanningModel, whole: Program, relaxed: Program, hidden: np.ndarray, ends: float
) -> tuple[Answer, float]:
    """Return a plan of the whole program, and a bound on every plan.

    Parameters
    ----------
    relaxed
        The whole program without the columns hidden.
    """
    gap = model.problem.scenario.solver.gap
    linear = _bounded(model, relaxed, ends)
    values = np.zeros(whole.columns)
    values[~hidden] = linear.values
    among = _among(model, whole, values)
    weights, least = among.surrogate(hidden, _bounded(model, among, ends).prices)
    priced = relaxed.with_row("service", weights, at_least=least)
    bound = linear.value
    with Beside(partial(_root, model, priced, ends)) as root:
        sited = _sites(model, priced, among.column_upper[~hidden], ends)
        values[~hidden] = sited.values
        enough = bound + gap * max(abs(bound), 1.0)
        at_sites = _at_sites(model, whole, values)
        served = _serving(model, at_sites, enough, ends, interrupted=sited.interrupted)
        interrupted = sited.interrupted or served.interrupted
        by_clock = sited.by_clock or served.by_clock
        if served.objective is not None and served.objective > enough and not interrupted:
            raised = root.answer()
            bound = max(bound, -np.inf if raised.bound is None else raised.bound)
            interrupted, by_clock = raised.interrupted, by_clock or raised.by_clock
    return replace(served, interrupted=interrupted, by_clock=by_clock), bound


def _root(model: PlanningModel, relaxed: Program, ends: float, stop: Event) -> Answer:
    """Raise the bound of a relaxation by the cuts at the root of its search."""
    gap = model.problem.scenario.solver.gap
    return _solved(model, relaxed, ends, gap=gap, options=root_only, stop=stop)


def _least_shortfalls(
    model: PlanningModel,
    relaxed: Program,
    stages: list[Objective],
    hidden: np.ndarray,
    ends: float,
    report: Callable[[str], None],
) -> list[tuple[Objective, float, float]]:
    """Return each stage, the least it can be in the relaxation, and the seconds that took.

    All but the last are first taken to be as small as the bounds of their columns allow: where
    the last can then be solved, that was so, and one linear program did for all.
    """
    parts = [_alone(stage, hidden) for stage in stages]
    if len(stages) > 1:
        began, held, least = monotonic(), relaxed, []
        report(stages[-1].name)
        for part in parts[:-1]:
            least.append(part.posed(held).least())
            held = part.held(held, least[-1])
        last = _solved(model, _linear(parts[-1].posed(held)), ends)
        if last.status is Status.OPTIMAL and last.objective is not None:
            seconds = (monotonic() - began) / len(stages)
            values = [*least, last.objective]
            return [(stage, value, seconds) for stage, value in zip(stages, values, strict=True)]
        if last.status is not Status.INFEASIBLE:
            raise _NothingError(interrupted=last.interrupted)
    found = []
    for stage, part in zip(stages, parts, strict=True):
        report(stage.name)
        began = monotonic()
        answer = _bounded(model, part.posed(relaxed), ends)
        relaxed = part.held(relaxed, answer.value)
        found.append((stage, answer.value, monotonic() - began))
    return found


def _sites(model: PlanningModel, relaxed: Program, upper: np.ndarray, ends: float) -> Answer:
    """Return columns of a relaxation with its sites decided, within its upper bounds if possible.

    Parameters
    ----------
    upper
        Upper bounds of its columns that leave out sites: these may take part only where the
        others give no plan.
    """
    gap = of_gap * model.problem.scenario.solver.gap
    core = replace(relaxed, column_upper=upper)
    sited = _solved(model, core, _until(ends, of_try), gap=gap)
    if sited.values is None and not sited.interrupted:
        sited = _solved(model, relaxed, _until(ends, of_try), gap=gap)
    if sited.values is None:
        raise _NothingError(interrupted=sited.interrupted)
    return sited


def _serving(
    model: PlanningModel, at_sites: Program, enough: float, ends: float, *, interrupted: bool
) -> Answer:
    """Return a plan at the sites chosen, of the classes that a linear program has if there is one.

    Parameters
    ----------
    enough
        Cost at which the search may end.
    interrupted
        Whether Ctrl-C was pressed: then the search is brief.
    """
    gap = of_gap_at_sites * model.problem.scenario.solver.gap
    options: Options = {"objective_target": enough, "mip_heuristic_effort": heuristic_effort}
    if interrupted:
        return _solved(model, at_sites, monotonic() + brief_s, gap=gap, options=options)
    narrow = _with_classes_of(model, at_sites, _bounded(model, at_sites, ends).values)
    found = _solved(model, narrow, _until(ends, of_try), gap=gap, options=options)
    if found.values is None and not found.interrupted:
        found = _solved(model, at_sites, _until(ends, of_try), gap=gap, options=options)
    return found


def _among(model: PlanningModel, program: Program, values: np.ndarray) -> Program:
    """Return a program in which only sites that values use may open, close or take classes."""
    upper = program.column_upper.copy()
    for site_columns in (model.open[:, None], model.closed[:, None], model.classes):
        used = (site_columns != absent) & (values[site_columns] > used_from)
        never = ~used.any(axis=(1, 2), keepdims=True)
        unused = site_columns[np.logical_and(site_columns != absent, never)]
        upper[unused] = program.column_lower[unused]
    return replace(program, column_upper=upper)


def served_at_sites(
    model: PlanningModel, program: Program, gap: float, time_limit_s: float, start: np.ndarray
) -> Answer:
    """Improve a plan at the sites it has, and measure it against the bound of the whole program.

    The bound is that at the root of the search, without the plan: mostly enough where the sites
    are settled by the stages before.

    Parameters
    ----------
    program
        With the objective of children served.
    """
    ends = monotonic() + of_rest * time_limit_s
    plan = _solved(model, _at_sites(model, program, start), ends, gap=of_gap * gap, start=start)
    values = start if plan.values is None else plan.values
    value = program.value(values)
    if plan.interrupted:
        return Answer(Status.FEASIBLE, values, value, None, None, True, True)
    whole = _solved(model, program, ends, gap=gap, options=root_only)
    if whole.objective is not None and whole.values is not None and whole.objective < value:
        values, value = whole.values, whole.objective
    status, proven_gap = claim(value, whole.bound, gap)
    bound = None if proven_gap is None else whole.bound
    told = Answer(status, values, value, bound, proven_gap, whole.interrupted, whole.interrupted)
    if status is not Status.FEASIBLE or whole.interrupted or bound is None:
        return told
    try:
        used = np.maximum(_bounded(model, program, ends).values, values)
    except _NothingError as nothing:
        return replace(told, interrupted=nothing.interrupted, timed_out=nothing.interrupted)
    wider = _among(model, program, used)
    more = _solved(model, wider, ends, gap=of_gap_at_sites * gap, start=values)
    if more.values is None or more.objective is None or more.objective >= value:
        return replace(told, interrupted=more.interrupted, timed_out=more.interrupted)
    status, proven_gap = claim(more.objective, bound, gap)
    return replace(more, status=status, bound=bound, gap=proven_gap)


def _service(model: PlanningModel) -> np.ndarray:
    """Return whether each column tells who is served."""
    hidden = np.zeros(model.columns, dtype=bool)
    for columns in (model.served, model.newcomers, model.returned, model.filled):
        hidden[columns[columns != absent]] = True
    return hidden


def _at_sites(model: PlanningModel, program: Program, values: np.ndarray) -> Program:
    """Return a program with the sites that open and close fixed to those of values."""
    fixed = np.zeros(program.columns, dtype=bool)
    for columns in (model.open, model.closed):
        fixed[columns[columns != absent]] = True
    return replace(
        program,
        column_lower=np.where(fixed, np.rint(values), program.column_lower),
        column_upper=np.where(fixed, np.rint(values), program.column_upper),
    )


def _with_classes_of(model: PlanningModel, program: Program, values: np.ndarray) -> Program:
    """Return a program in which only classes that values have may be added."""
    columns = model.classes[model.classes != absent]
    unused = columns[values[columns] < used_from]
    upper = program.column_upper.copy()
    upper[unused] = program.column_lower[unused]
    return replace(program, column_upper=upper)


def _alone(stage: Objective, hidden: np.ndarray) -> Objective:
    """Return a stage over the columns that are not hidden."""
    return replace(stage, weights=stage.weights[~hidden])


def _linear(program: Program) -> Program:
    return replace(program, is_integer=np.zeros(program.columns, dtype=bool))


@dataclass(frozen=True)
class _Linear:
    """A solved linear relaxation: its optimum, its columns and the prices of its rows."""

    value: float
    values: np.ndarray
    prices: np.ndarray


def _bounded(model: PlanningModel, program: Program, ends: float) -> _Linear:
    """Return the linear relaxation of a program, solved."""
    found = _solved(model, _linear(program), ends)
    if (
        found.status is not Status.OPTIMAL
        or found.objective is None
        or found.values is None
        or found.prices is None
    ):
        raise _NothingError(interrupted=found.interrupted)
    return _Linear(found.objective, found.values, found.prices)


def _until(ends: float, share: float) -> float:
    """Return when a share of the time to the end is over."""
    return monotonic() + share * (ends - monotonic())


def _solved(
    model: PlanningModel,
    program: Program,
    ends: float,
    *,
    gap: float = 0.0,
    start: np.ndarray | None = None,
    options: Options | None = None,
    stop: Event = never,
) -> Answer:
    settings = model.problem.scenario.solver
    return solve(
        program,
        gap=gap,
        time_limit_s=ends - monotonic(),
        threads=settings.threads,
        seed=settings.seed,
        start=start,
        options=options,
        stop=stop,
    )


def _told(stage: Objective, plan: Answer, bound: float, asked: float) -> Answer:
    """Tell a plan of the whole program by its value in a stage, and a bound of the relaxation."""
    if plan.values is None:
        return plan
    value = stage.value(plan.values)
    status, gap = claim(value, bound, asked)
    told = None if gap is None else bound
    return replace(
        plan,
        status=status,
        objective=value,
        bound=told,
        gap=gap,
        timed_out=plan.interrupted or plan.by_clock,
    )
