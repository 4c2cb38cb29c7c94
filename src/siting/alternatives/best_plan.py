"""The best of the plans that keep some rules, by one objective, with its proof."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np

from siting.model import SitingProblem, Solution, Stage, build_model
from siting.model.objectives import objectives, shortfall
from siting.model.stages import solve_model, with_shorter_ways
from siting.plan import Plan, check_plan
from siting.plan.choosing import plan_of
from siting.scenario import Scenario
from siting.solver import Status


@dataclass(frozen=True)
class Best:
    """The best plan that was found, by the first stage of its scenario.

    Attributes
    ----------
    plan
        Checked where it has tables.
    values
        Of each column of the model; None without a plan.
    """

    plan: Plan
    values: np.ndarray | None

    @property
    def stage(self) -> Stage:
        """What the plan was sought for: its value, bound and gap."""
        return self.plan.stages[0]

    @property
    def status(self) -> Status:
        """What is known."""
        return self.plan.status


def best_of(
    problem: SitingProblem,
    asked: Scenario,
    limited: Scenario,
    *,
    held: Mapping[str, float] | None = None,
    start: np.ndarray | None = None,
) -> Best:
    """Find the best plan of a scenario whose objectives do not begin with shortfall.

    Parameters
    ----------
    problem
        The study, posed for a scenario with targets of the same ids and kinds.
    asked
        What the plan is for.
    limited
        The scenario with the time limit of this search.
    held
        Name of a shortfall stage -> how much of its targets the plan may miss.
    start
        Values of the columns in a plan that keeps every rule.
    """
    began = monotonic()
    asked_in_time = asked.model_copy(update={"solver": limited.solver})
    model = build_model(replace(problem, scenario=asked_in_time))
    program = model.program(np.zeros(model.columns))
    for stage in shortfall(model):
        if held and stage.name in held:
            program = stage.held(program, held[stage.name])
    solution: Solution = solve_model(model, program, objectives(model), began=began, start=start)
    plan = plan_of(replace(problem, scenario=asked), with_shorter_ways(model.problem, solution))
    check_plan(plan, problem.inputs, problem.reach)
    return Best(plan, solution.values)
