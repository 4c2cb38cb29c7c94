"""Decide about sites as if nobody asked who is served, then serve: plan and bound early.

Who is served where makes most of a program and seldom decides about sites. Without these columns
a program is a relaxation, and its bound is one of every plan. Where the sites that it opens and
closes leave room for a plan of the whole program, that plan is measured against this bound.
"""

from collections.abc import Callable
from dataclasses import replace
from time import monotonic

import numpy as np

from siting.model.objectives import Objective
from siting.model.planning_model import PlanningModel, absent
from siting.solver import Answer, Program, Status, claim, solve

least_hidden = 5_000
"""Columns of service from which on it pays; a smaller program is solved as a whole at once."""
of_gap = 0.5
"""Share of the gap asked for that the relaxation is solved to; the rest is left for service."""
of_time = 0.5
"""Share of the time left that the try may take: the whole program may still be needed."""


def sites_first(
    model: PlanningModel,
    program: Program,
    stages: list[Objective],
    time_limit_s: float,
    report: Callable[[str], None],
) -> dict[str, tuple[Answer, float]]:
    """Settle the stages of shortfall and cost, or none.

    It is tried whether every shortfall can be as small as a linear program without service says.
    A plan that does so is proven in these stages; in the stage of cost it has the bound of the
    relaxation, whatever the gap.

    Parameters
    ----------
    program
        The model with the service that no target asks for fixed.

    Returns
    -------
    dict
        Name of a stage -> what it reached and the seconds that took, all with the same values;
        empty where it does not pay, or no such plan was found.
    """
    shortfalls = [stage for stage in stages if stage.name.startswith("shortfall")]
    then = stages[len(shortfalls) : len(shortfalls) + 1]
    hidden = _service(model)
    asked = hidden & (program.column_lower < program.column_upper)
    if [stage.name for stage in then] != ["cost"] or asked.sum() < least_hidden:
        return {}
    settings = model.problem.scenario.solver
    ends = monotonic() + of_time * time_limit_s
    kept = ~hidden
    sites = program.without(hidden)
    reached: list[tuple[Objective, float, float]] = []
    for stage in shortfalls:
        report(stage.name)
        began = monotonic()
        alone = replace(stage, weights=stage.weights[kept])
        linear = replace(alone.posed(sites), is_integer=np.zeros(sites.columns, dtype=bool))
        least = _solved(model, linear, ends)
        if least.status is not Status.OPTIMAL or least.objective is None:
            return {}
        sites = alone.held(sites, least.objective)
        program = stage.held(program, least.objective)
        reached.append((stage, least.objective, monotonic() - began))
    cost = then[0]
    report(cost.name)
    began = monotonic()
    alone = replace(cost, weights=cost.weights[kept])
    sited = _solved(model, alone.posed(sites), ends, gap=of_gap * settings.gap)
    if sited.values is None or sited.bound is None:
        return {}
    whole = np.zeros(program.columns)
    whole[kept] = sited.values
    enough = sited.bound + settings.gap * max(abs(sited.bound), 1.0)
    at_sites = _at_sites(model, cost.posed(program), whole)
    served = _solved(model, at_sites, ends, enough=enough)
    if served.values is None:
        return {}
    reached.append((cost, sited.bound, monotonic() - began))
    return {
        stage.name: (_told(stage, served, bound, settings.gap), seconds)
        for stage, bound, seconds in reached
    }


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
    enough: float = -np.inf,
) -> Answer:
    settings = model.problem.scenario.solver
    return solve(
        program,
        gap=gap,
        time_limit_s=ends - monotonic(),
        threads=settings.threads,
        seed=settings.seed,
        options={"objective_target": enough},
    )


def _told(stage: Objective, plan: Answer, bound: float, asked: float) -> Answer:
    """Tell a plan of the whole program by its value in a stage, and a bound of the relaxation."""
    if plan.values is None:
        return plan
    value = stage.value(plan.values)
    status, gap = claim(value, bound, asked)
    told = None if gap is None else bound
    return replace(plan, status=status, objective=value, bound=told, gap=gap, timed_out=False)
