"""The check of what a plan claims: its stages, their values, bounds and gaps, and its status."""

import pandas as pd

from siting.model import Stage
from siting.plan.check.costs import reckon_cost
from siting.plan.check.facts import Facts, PlannedState
from siting.plan.check.results import OfStates, solver_tolerance
from siting.plan.check.targets import cny_in_unit, reached_cells, within
from siting.plan.plan import Plan
from siting.scenario import Scenario

strongest_first = ("optimal", "within_gap", "feasible", "infeasible", "no_plan")
with_plan = strongest_first[:3]
settled_gap = 1e-4
"""Largest gap at which a shortfall is said to be within the gap asked for."""
more_is_better = ("coverage", "served")
"""Stages whose value is something to have more of: their bound lies above it."""


def check_claims(plan: Plan) -> list[str]:
    """Return the claims of a plan and its stages that their values and bounds do not give."""
    if not plan.stages:
        return ["the plan has no stage"]
    told = plan.stages if plan.travel is None else (*plan.stages, plan.travel)
    found = [what for stage in told for what in _check_claim(plan, stage)]
    weakest = max((stage.status for stage in plan.stages), key=strongest_first.index)
    if plan.status != weakest:
        found.append(f"the plan is called '{plan.status}', its weakest stage '{weakest}'")
    gaps = [stage.gap for stage in plan.stages]
    worst = None if None in gaps else max(gap for gap in gaps if gap is not None)
    if plan.gap != worst:
        found.append(f"the plan tells a gap of {plan.gap}, its stages {worst}")
    names = [stage.name for stage in plan.stages]
    if plan.travel is not None and plan.content is None:
        found.append("travel time is told without tables")
    if plan.content is None:
        if plan.status in with_plan:
            found.append(f"the plan is called '{plan.status}' and has no tables")
        return found
    if plan.status not in with_plan:
        found.append(f"the plan is called '{plan.status}' and has tables")
    if names != asked(plan.scenario):
        found.append(f"the stages are {names}, asked for are {asked(plan.scenario)}")
    return found


def asked(scenario: Scenario) -> list[str]:
    """Return the names of the siting stages that a scenario asks for, in order."""
    priorities = sorted({target.priority for target in scenario.targets if not target.hard})
    names: list[str] = []
    for objective in scenario.objectives:
        if objective == "shortfall":
            names += [f"shortfall-{priority}" for priority in priorities]
        else:
            names.append(objective)
    return names or ["cost"]


def _check_claim(plan: Plan, stage: Stage) -> list[str]:
    """Hold the status and gap of a stage against its value and bound."""
    value, bound, gap, called = stage.objective, stage.bound, stage.gap, f"stage {stage.name}"
    if plan.content is None or value is None:
        found = [f"{called} has no value"] if plan.content is not None else []
        if (value, bound, gap) != (None, None, None):
            found.append(f"{called} tells figures without a plan")
        if stage.status in with_plan:
            found.append(f"{called} is called '{stage.status}' without a plan")
        return found
    unit = max(abs(value), 1.0)
    sign = -1.0 if stage.name in more_is_better else 1.0
    checked = stage.checked_bound
    if checked is not None and sign * (value - checked) / unit < -2 * within:
        return [f"{called} tells a value of {value}, which its checked bound {checked} rules out"]
    if bound is None or gap is None:
        found = [] if bound is gap else [f"{called} tells a gap or a bound without the other"]
        if stage.status != "feasible":
            found.append(f"{called} is called '{stage.status}' without a bound")
        return found
    apart = sign * (value - bound) / unit
    found = []
    if apart < -2 * within:
        found.append(f"{called} tells a value of {value}, which its bound {bound} rules out")
    elif abs(max(apart, 0.0) - gap) > within:
        found.append(f"{called} tells a gap of {gap}, its value and bound give {apart}")
    most = plan.scenario.solver.gap
    if stage.name.startswith("shortfall"):
        most = min(most, settled_gap)
    if stage.status == "optimal":
        most = within
    if stage.status not in with_plan:
        found.append(f"{called} is called '{stage.status}' with a plan")
    elif stage.status != "feasible" and gap > most:
        found.append(f"{called} is called '{stage.status}' at a gap of {gap}")
    return found


def check_values(
    plan: Plan,
    facts: Facts,
    states: list[PlannedState],
    steps: pd.DataFrame,
    reckoned: OfStates,
) -> list[str]:
    """Return the values of stages that are not those of the plan."""
    found = []
    for stage in plan.stages:
        if stage.objective is None:
            continue
        value, called = stage.objective, f"stage {stage.name} tells {stage.objective}"
        if stage.name.startswith("shortfall-"):
            missing, rounding = _missing(facts.scenario, reckoned, stage.name)
            if missing > value + rounding:
                found.append(f"{called}, {missing} is missing")
        elif stage.name == "cost":
            cost = reckon_cost(facts, steps) / cny_in_unit
            if abs(cost - value) > within * max(1.0, abs(cost)):
                found.append(f"{called}, the sites cost {cost} 万元")
        elif stage.name == "served":
            children = sum(float(planned.served["children"].sum()) for planned in states)
            if abs(children - value) > 10 * within * max(1.0, children):
                found.append(f"{called}, {children} are served")
        elif stage.name == "coverage":
            covered = _covered(facts, states)
            if value > covered + 10 * within * max(1.0, covered):
                found.append(f"{called}, {covered} are covered")
        elif stage.name == "tie_break":
            order = _order(facts, steps)
            if abs(order - value) > within * max(1.0, order):
                found.append(f"{called}, the places in the order of sites add up to {order}")
        elif stage.name == "travel_time":
            minutes = _travelled(states)
            if minutes > value + 10 * within * max(1.0, value):
                found.append(f"{called}, children travel {minutes} minutes")
    if plan.travel is not None and plan.travel.objective is not None:
        told, minutes = plan.travel.objective, _travelled(states)
        if abs(minutes - told) > 10 * within * max(1.0, minutes):
            found.append(f"the plan tells {told} minutes of travel, children travel {minutes}")
    return found


def _missing(scenario: Scenario, reckoned: OfStates, stage: str) -> tuple[float, float]:
    """Return the shares missing of the soft targets of a stage, and what may be rounding.

    Where a target is held under several trends, that of the worst of them.
    """
    worst = [
        max(reckoned[target.key].values(), key=lambda again: again.missing)
        for target in scenario.targets
        if not target.hard and stage == f"shortfall-{target.priority}"
    ]
    rounding = sum(solver_tolerance * max(1.0, 1.0 / again.asked) for again in worst)
    return sum(again.missing for again in worst), rounding


def _order(facts: Facts, steps: pd.DataFrame) -> float:
    """Add up the places in the order of sites, as shares, of those that open, expand or close.

    A facility counts where its expansion has a fixed cost.
    """
    sites = facts.sites
    counts = ~sites["exists"] | (sites["fixed_cost_cny"] > 0)
    did = steps.groupby("site")[["opened", "grown", "closed"]].any().reindex(sites.index)
    acted = (did["opened"] | did["grown"]) & counts
    place = pd.Series(range(1, len(sites) + 1), sites.index) / len(sites)
    return float(place[acted].sum() + place[did["closed"]].sum())


def _covered(facts: Facts, states: list[PlannedState]) -> float:
    """Return the under-3s who are covered, of every year, by their weights."""
    tiers = facts.scenario.tiers_counted_in("population_coverage")
    total = 0.0
    for planned in states:
        if planned.trend is None:
            reached = reached_cells(planned, tiers)
            total += float(planned.demand.under3[reached].sum())
            for group, weight in facts.scenario.children.weights.items():
                children = facts.inputs.cells[f"{group}_{planned.year}"].to_numpy(dtype=float)
                total += (weight - 1) * float(children[reached].sum())
    return total


def _travelled(states: list[PlannedState]) -> float:
    """Return the minutes from home to the place of the children served, of every year."""
    total = 0.0
    for planned in states:
        if planned.trend is None:
            facts, served = planned.facts, planned.served
            seconds = facts.near["seconds"].reindex(facts.pair_number(served))
            total += float(seconds.to_numpy(dtype=float) @ served["children"].to_numpy()) / 60
    return total
