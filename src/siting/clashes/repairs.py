"""A repair: a change to the scenario or the tables under which a plan was found and checked."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from siting.clashes.leaving_out import Clock
from siting.indicators import discounted_cny
from siting.inputs import Inputs
from siting.model import SitingProblem, build_model, pose_problem
from siting.model.objectives import objectives
from siting.model.stages import solve_model, with_shorter_ways
from siting.notes import Note, money
from siting.plan.check import check_plan
from siting.plan.choosing import plan_of
from siting.plan.plan import Plan
from siting.reach import Reach
from siting.scenario import Scenario, Target
from siting.solver import Status

RepairKind = Literal["target", "targets", "money", "decision", "candidate", "minutes"]


@dataclass(frozen=True)
class Study:
    """A scenario with its tables and reach, as a repair leaves them."""

    scenario: Scenario
    inputs: Inputs
    reach: Reach


@dataclass(frozen=True)
class Repair:
    """A change that makes a plan possible.

    Attributes
    ----------
    kind
        Lower a target, or several together; more money; give up a decision; one more candidate;
        more minutes.
    changed
        Id of the requirement, name of the tier, or site_id of the new candidate.
    note
        What changes, from what to what, in words.
    plan
        The plan found with the change; it has passed the independent check.
    study
        Scenario, tables and reach with the change.
    before, after
        The figure that changes: of a target in its unit (CNY for a budget), minutes of a limit;
        None where the change is no figure, or the target has to be given up.
    nearest
        No figure between this and ``before`` gives a plan: the nearest one lies between ``after``
        and it. None where that was not asked.
    short
        Of a candidate that does not make a plan possible by itself: targets that still fall
        short, as a sum of shares; 0 for a repair.
    """

    kind: RepairKind
    changed: str
    note: Note
    plan: Plan
    study: Study
    before: float | None = None
    after: float | None = None
    nearest: float | None = None
    short: float = 0.0

    @property
    def status(self) -> Status:
        """What is proven of the plan with this repair."""
        return self.plan.status

    @property
    def gap(self) -> float | None:
        """Gap of the plan with this repair."""
        return self.plan.gap

    @property
    def cost_cny(self) -> float:
        """What the plan with this repair costs, CNY, as the scenario counts costs."""
        return plan_cost_cny(self.plan)

    @property
    def complete(self) -> bool:
        """Whether every hard target is met with it."""
        return self.short == 0


def plan_cost_cny(plan: Plan) -> float:
    """Return what a plan costs, as its scenario counts costs."""
    content = plan.content
    return 0.0 if content is None else discounted_cny(plan.scenario, content.spent)


def cheapest_first(repairs: list[Repair]) -> tuple[Repair, ...]:
    """Return repairs that are complete before others, then by the cost of their plan."""
    return tuple(
        sorted(repairs, key=lambda r: (not r.complete, round(r.cost_cny, 2), r.kind, r.changed))
    )


def told_cost(plan: Plan) -> Note:
    """Return the cost of a plan and what is proven of it, for the end of a sentence."""
    amount = money(plan_cost_cny(plan))
    if plan.status is Status.OPTIMAL:
        proof = Note(zh="已证明最少", en="proven least")
    elif plan.gap is None:
        proof = Note(zh="未证明最少", en="not proven least")
    else:
        proof = Note(zh=f"与最少相差不超过{plan.gap:.1%}", en=f"within {plan.gap:.1%} of the least")
    return Note(
        zh=f"方案费用{amount.zh}（{proof.zh}）", en=f"the plan costs {amount.en} ({proof.en})"
    )


def shortfall_proven(plan: Plan, priority: int = 1) -> bool:
    """Return whether no plan misses less of the targets of a priority, the earlier ones held."""
    proven = (Status.OPTIMAL, Status.WITHIN_GAP)
    name = f"shortfall-{priority}"
    return any(stage.name == name and stage.status in proven for stage in plan.stages)


def with_target(scenario: Scenario, target: Target, changed: Target | None) -> Scenario:
    """Return a scenario with a target changed, or without it."""
    targets = [changed if t.key == target.key else t for t in scenario.targets]
    kept = tuple(t for t in targets if t is not None)
    return scenario.model_copy(update={"targets": kept})


def plan_found(
    study: Study,
    clock: Clock,
    problem: SitingProblem | None = None,
    start: np.ndarray | None = None,
) -> Plan | None:
    """Return a checked plan of a study at least cost; None where none is found in the time.

    Parameters
    ----------
    problem
        The study posed, where it is at hand.
    start
        Values of the columns of its model in a known plan.
    """
    if clock.left_s <= 0:
        return None
    scenario = study.scenario
    solver = scenario.solver.model_copy(update={"time_limit_s": clock.left_s})
    stages = tuple(name for name in scenario.objectives if name in ("shortfall", "cost"))
    asked = {"solver": solver, "objectives": stages if "cost" in stages else (*stages, "cost")}
    scenario = scenario.model_copy(update=asked)
    posed = problem or pose_problem(scenario, study.inputs, study.reach)
    posed = replace(posed, scenario=scenario)
    model = build_model(posed)
    program = model.program(np.zeros(model.columns))
    solution = solve_model(model, program, objectives(model), start=start)
    plan = plan_of(posed, with_shorter_ways(posed, solution))
    if not plan.status.has_plan:
        return None
    check_plan(plan, study.inputs, study.reach)
    return plan
