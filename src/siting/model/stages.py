"""Solve the stages in order, each holding what the earlier ones reached."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np
import pandas as pd
import pulp

from siting.model.constraints import always, at_most, of_target
from siting.model.objectives import Objective, objectives, served
from siting.model.problem import SitingProblem
from siting.model.solver import Answer, Status, claim, solve, worst
from siting.model.variables import PlanningModel, declare

held_within = 1e-7
"""A later stage may give up this share of an earlier value (of one unit if that is more): a tenth
of the solver's tolerance."""
shortfall_gap = 1e-4
"""Gap asked of shortfall stages: a hundredth of a per cent of a target."""

Report = Callable[[str], None]
Values = dict[pulp.LpVariable, float]


@dataclass(frozen=True)
class Stage:
    """What a stage reached.

    ``objective`` and ``bound`` are in ``unit``; the proof of a stage is conditional on the
    values of the stages before it. A stage that the clock ended before it found anything better
    keeps the plan of the stage before, without a bound.
    """

    name: str
    status: Status
    objective: float | None
    bound: float | None
    gap: float | None
    unit: str
    seconds: float
    timed_out: bool


@dataclass(frozen=True)
class Solution:
    """A solved planning model.

    Attributes
    ----------
    status
        The weakest claim of any stage.
    stages
        In the order solved.
    classes
        Sites x kinds: classes in the plan, today's and added; None without a plan.
    served
        ``demand_class, site, band, children`` by position; None without a plan.
    size
        Rows, columns and integer columns of the model.
    """

    status: Status
    stages: tuple[Stage, ...]
    classes: np.ndarray | None
    served: pd.DataFrame | None
    size: dict[str, int]

    @property
    def gap(self) -> float | None:
        """Worst gap of any stage, None if one has no bound."""
        gaps = [stage.gap for stage in self.stages]
        known = [gap for gap in gaps if gap is not None]
        return max(known) if known and len(known) == len(gaps) else None


def build_model(problem: SitingProblem) -> PlanningModel:
    """Write the planning model: variables and every constraint, no objective yet."""
    model = declare(problem)
    for constraint in always:
        constraint(model)
    for target in problem.scenario.targets:
        of_target[target.kind](model, target)
    return model


def solve_stages(problem: SitingProblem, report: Report = lambda _: None) -> Solution:
    """Solve every stage of a problem.

    Parameters
    ----------
    report
        Called with the name of each stage as it begins.
    """
    report("model")
    model = build_model(problem)
    return _solve(model, objectives(model), report)


def serve(problem: SitingProblem, classes: np.ndarray) -> Solution:
    """Serve as many children as possible with the classes of every site given.

    Parameters
    ----------
    classes
        Sites x kinds.
    """
    fixed = replace(
        problem,
        scenario=problem.scenario.model_copy(update={"targets": ()}),
        sites=replace(
            problem.sites,
            classes_today=classes,
            places_today=classes @ problem.size,
            max_classes=classes.sum(axis=1),
        ),
    )
    return _solve(build_model(fixed), [], lambda _: None)


def _solve(model: PlanningModel, stages: list[Objective], report: Report) -> Solution:
    settings = model.problem.scenario.solver
    deadline = monotonic() + settings.time_limit_s
    done: list[tuple[Objective, Answer, float, float]] = []
    values: Values | None = None
    for objective in stages:
        report(objective.name)
        began = monotonic()
        model.lp.setObjective(objective.expression)
        asked = settings.gap
        if objective.name.startswith("shortfall"):
            asked = min(asked, shortfall_gap)
        answer = solve(
            model.lp,
            gap=asked,
            time_limit_s=deadline - began,
            threads=settings.threads,
            seed=settings.seed,
            start=values,
        )
        done.append((objective, answer, asked, monotonic() - began))
        values = values if answer.values is None else answer.values
        if values is None:
            break
        value = _value(objective, values)
        hold = value - objective.constant + held_within * max(1.0, abs(value))
        model.require(f"hold_{objective.name}", objective.terms, at_most, hold)
    if values is not None or not stages:
        values = _service(model, values or {})
    variables = model.lp.variables()
    size = {
        "rows": len(model.lp.constraints()),
        "columns": len(variables),
        "integers": sum(v.cat == "Integer" for v in variables),
    }
    if values is None:
        told = [_stage(*each, None) for each in done]
        return Solution(worst([stage.status for stage in told]), tuple(told), None, None, size)
    told = [_stage(*each, values) for each in done]
    return Solution(
        status=worst([Status.OPTIMAL, *(stage.status for stage in told)]),
        stages=tuple(told),
        classes=_classes(model, values),
        served=_served(model, values),
        size=size,
    )


def _service(model: PlanningModel, values: Values) -> Values:
    """Serve as many children as possible with everything that is decided held.

    A linear program without a time limit. Stages that do not ask for children leave them
    unserved, and a stage that the clock ended leaves some; the figures of a plan must show
    neither.
    """
    for variable in model.lp.variables():
        if variable.cat == pulp.LpInteger:
            variable.lowBound = variable.upBound = values[variable]
    objective = served(model)
    model.lp.setObjective(objective.expression)
    settings = model.problem.scenario.solver
    answer = solve(model.lp, gap=0.0, threads=settings.threads, seed=settings.seed)
    if answer.status is not Status.OPTIMAL or answer.values is None:
        raise RuntimeError(f"the service of a fixed plan could not be computed: {answer.status}")
    return answer.values


def _value(objective: Objective, values: Values) -> float:
    return objective.constant + sum(
        weight * values[variable] for variable, weight in objective.terms
    )


def _stage(
    objective: Objective,
    answer: Answer,
    asked: float,
    seconds: float,
    final: Values | None,
) -> Stage:
    """Tell a stage by the value that the final plan has in it.

    A later stage keeps the value within the hold or improves on it; the bound stays proven.
    """
    sign = -1.0 if objective.maximised else 1.0
    status, value, gap = answer.status, None, None
    if final is not None:
        value = _value(objective, final)
        status, gap = claim(value, answer.bound, asked)

    def as_read(number: float | None) -> float | None:
        return None if number is None else sign * number + 0.0

    return Stage(
        name=objective.name,
        status=status,
        objective=as_read(value),
        bound=as_read(answer.bound),
        gap=gap,
        unit=objective.unit,
        seconds=seconds,
        timed_out=answer.timed_out,
    )


def _classes(model: PlanningModel, values: Values) -> np.ndarray:
    classes = model.problem.sites.classes_today.copy()
    for (site, kind), variable in model.classes.items():
        classes[site, kind] += round(values[variable])
    return classes


def _served(model: PlanningModel, values: Values) -> pd.DataFrame:
    rows = [
        (group, site, band, values[variable])
        for (group, site, band), variable in model.served.items()
        if values[variable] > 0
    ]
    positions = ["demand_class", "site", "band"]
    table = pd.DataFrame(rows, columns=[*positions, "children"], dtype=np.float64)
    return table.astype(dict.fromkeys(positions, np.int64))
