"""Decide about sites as if nobody asked who is served, then serve: plan and bound early.

Who is served where makes most of a program and seldom decides about sites. Without these columns
a program is a relaxation, and its bound is one of every plan. Where the sites that it opens and
closes leave room for a plan of the whole program, that plan is measured against this bound.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import takewhile
from time import monotonic

import numpy as np

from siting.model.objectives import Objective
from siting.model.planning_model import PlanningModel, absent
from siting.solver import Answer, Program, Status, claim, root_only, solve

least_hidden = 5_000
"""Columns of service from which on it pays; a smaller program is solved as a whole at once."""
of_gap = 0.5
"""Share of the gap asked for that the relaxation is solved to; the rest is left for service."""
of_time = 0.5
"""Share of the time left that the try may take: the whole program may still be needed."""
of_try = 0.6
"""Share of the time of the try in which the sites are to be found; the rest is left for service."""
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
    settings = model.problem.scenario.solver
    began = monotonic()
    ends = began + of_time * time_limit_s
    kept = ~hidden
    relaxed = program.without(hidden)
    reached: list[tuple[Objective, float, float]] = []

    def nothing(answer: Answer) -> Tried:
        return Tried(seconds=monotonic() - began, interrupted=answer.interrupted)

    for stage in shortfalls:
        report(stage.name)
        stage_began = monotonic()
        alone = replace(stage, weights=stage.weights[kept])
        linear = replace(alone.posed(relaxed), is_integer=np.zeros(relaxed.columns, dtype=bool))
        least = _solved(model, linear, ends)
        if least.interrupted or least.status is not Status.OPTIMAL or least.objective is None:
            return nothing(least)
        relaxed = alone.held(relaxed, least.objective)
        program = stage.held(program, least.objective)
        reached.append((stage, least.objective, monotonic() - stage_began))
    cost = then[0]
    report(cost.name)
    stage_began = monotonic()
    alone = replace(cost, weights=cost.weights[kept])
    sited_by = stage_began + of_try * (ends - stage_began)
    sited = _solved(model, alone.posed(relaxed), sited_by, gap=of_gap * settings.gap)
    if sited.values is None or sited.bound is None:
        return nothing(sited)
    whole = np.zeros(program.columns)
    whole[kept] = sited.values
    enough = sited.bound + settings.gap * max(abs(sited.bound), 1.0)
    served = _solved(
        model,
        _at_sites(model, cost.posed(program), whole),
        min(ends, monotonic() + brief_s) if sited.interrupted else ends,
        options={"objective_target": enough, "mip_heuristic_effort": heuristic_effort},
    )
    interrupted = sited.interrupted or served.interrupted
    if served.values is None:
        return replace(nothing(served), interrupted=interrupted)
    reached.append((cost, sited.bound, monotonic() - stage_began))
    answers = {
        stage.name: (_told(stage, served, bound, settings.gap), seconds)
        for stage, bound, seconds in reached
    }
    return Tried(answers, interrupted=interrupted)


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
    ends = monotonic() + of_time * time_limit_s
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
    return Answer(status, values, value, bound, proven_gap, whole.interrupted, whole.interrupted)


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


def _solved(
    model: PlanningModel,
    program: Program,
    ends: float,
    *,
    gap: float = 0.0,
    start: np.ndarray | None = None,
    options: dict[str, str | float | bool] | None = None,
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
    )


def _told(stage: Objective, plan: Answer, bound: float, asked: float) -> Answer:
    """Tell a plan of the whole program by its value in a stage, and a bound of the relaxation."""
    if plan.values is None:
        return plan
    value = stage.value(plan.values)
    status, gap = claim(value, bound, asked)
    told = None if gap is None else bound
    return replace(
        plan, status=status, objective=value, bound=told, gap=gap, timed_out=plan.interrupted
    )
