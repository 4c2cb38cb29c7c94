"""Solve the stages in order, each holding what the earlier ones reached."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np
import pandas as pd

from siting.model.constraints import always, at_most, of_target
from siting.model.objectives import Objective, objectives, served
from siting.model.problem import SitingProblem
from siting.model.solver import Answer, Status, solve, worst
from siting.model.variables import PlanningModel, declare

held_within = 1e-7
"""A later stage may give up this share of an earlier value: less than the solver's tolerance."""
shortfall_gap = 1e-4
"""Gap asked of shortfall stages: a hundredth of a per cent of a target."""

Report = Callable[[str], None]


@dataclass(frozen=True)
class Stage:
    """What a stage reached.

    ``objective`` and ``bound`` are in ``unit``; the proof of a stage is conditional on the
    values of the stages before it.
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
        classes_today=classes,
        places_today=classes @ problem.size,
        max_classes=classes.sum(axis=1),
    )
    model = build_model(fixed)
    return _solve(model, [served(model)], lambda _: None)


def _solve(model: PlanningModel, stages: list[Objective], report: Report) -> Solution:
    settings = model.problem.scenario.solver
    deadline = monotonic() + settings.time_limit_s
    done: list[Stage] = []
    values: dict[str, float] | None = None
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
        if not answer.status.has_plan and values is not None:
            answer = _earlier_plan(objective, values, answer)
        done.append(_stage(objective, answer, monotonic() - began))
        if answer.values is None or answer.objective is None:
            break
        values = answer.values
        hold = answer.objective + held_within * max(1.0, abs(answer.objective))
        model.require(
            f"hold_{objective.name}", objective.terms, at_most, hold - objective.constant
        )
    variables = model.lp.variables()
    size = {
        "rows": len(model.lp.constraints()),
        "columns": len(variables),
        "integers": sum(v.cat == "Integer" for v in variables),
    }
    status = worst([stage.status for stage in done])
    if values is None:
        return Solution(status, tuple(done), None, None, size)
    return Solution(status, tuple(done), _classes(model, values), _served(model, values), size)


def _earlier_plan(objective: Objective, values: dict[str, float], answer: Answer) -> Answer:
    """Fall back to the plan of the stage before, whose value here has no proof."""
    value = objective.constant
    value += sum(weight * values[variable.name] for variable, weight in objective.terms)
    return Answer(Status.FEASIBLE, values, value, None, None, answer.timed_out)


def _stage(objective: Objective, answer: Answer, seconds: float) -> Stage:
    sign = -1.0 if objective.maximised else 1.0

    def as_read(value: float | None) -> float | None:
        return None if value is None else sign * value + 0.0

    return Stage(
        name=objective.name,
        status=answer.status,
        objective=as_read(answer.objective),
        bound=as_read(answer.bound),
        gap=answer.gap,
        unit=objective.unit,
        seconds=seconds,
        timed_out=answer.timed_out,
    )


def _classes(model: PlanningModel, values: dict[str, float]) -> np.ndarray:
    classes = model.problem.classes_today.copy()
    for (site, kind), variable in model.classes.items():
        classes[site, kind] += round(values[variable.name])
    return classes


def _served(model: PlanningModel, values: dict[str, float]) -> pd.DataFrame:
    rows = [
        (group, site, band, values[variable.name])
        for (group, site, band), variable in model.served.items()
        if values[variable.name] > 0
    ]
    positions = ["demand_class", "site", "band"]
    table = pd.DataFrame(rows, columns=[*positions, "children"], dtype=np.float64)
    return table.astype(dict.fromkeys(positions, np.int64))
