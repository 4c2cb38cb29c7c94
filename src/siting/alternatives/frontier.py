"""Cost against coverage: the least cost of every figure, and the most coverage of every budget."""

from collections.abc import Sequence
from math import floor, log10

import numpy as np
import pandas as pd

from siting.alternatives.best_plan import Best, best_of
from siting.alternatives.clock import Clock, start_clock
from siting.alternatives.figures import (
    at_figure,
    figure_of,
    highest_figure,
    is_limit,
    target_named,
    with_target,
)
from siting.errors import Problem, ScenarioError
from siting.inputs import Inputs
from siting.model import SitingProblem, pose_problem
from siting.model.spending import cny_in_unit
from siting.plan import Plan, today_targets
from siting.reach import Reach
from siting.scenario import Scenario, Target
from siting.scenario.targets import Budget
from siting.solver import Status, claim

digits = 4
"""Digits of the figures of even steps. A figure that lies a millionth below what can be reached
leaves the solver a slack smaller than its tolerance, where its proofs have been seen to fail."""


def frontier(
    scenario: Scenario,
    inputs: Inputs,
    reach: Reach,
    target_id: str | None = None,
    figures: Sequence[float] | None = None,
    steps: int = 6,
    time_limit_s: float | None = None,
) -> pd.DataFrame:
    """Return what each figure of a target costs at least.

    For each figure the cheapest plan is sought in which the target is hard at it and every other
    hard target holds; soft targets may be missed. A plan that reaches a figure reaches those
    below, and a bound of a figure holds for those above.

    Parameters
    ----------
    target_id
        Which target, of the last year that has it; none takes the first population coverage.
    figures
        What is required, in the unit of the target; none takes ``steps`` even steps from today's
        figure to the highest that hard targets and candidates allow.
    time_limit_s
        Of all searches together; none takes that of the scenario.

    Returns
    -------
    pandas.DataFrame
        ``target, year, required, achieved, cost_cny, bound_cny, gap, status``, in the order of
        the figures; costs as the stage ``cost`` counts them, missing where there is no plan.

    Raises
    ------
    ScenarioError
        There is no such target, or it is a limit: see :func:`coverage_frontier` for budgets.
    """
    clock = start_clock(scenario, time_limit_s)
    target = frontier_target(scenario, target_id)
    problem = pose_problem(scenario, inputs, reach)
    told = figures
    if told is None:
        told = _even_figures(problem, target, steps, clock)
    asked = [(figure, at_figure(target, figure)) for figure in sorted(set(map(float, told)))]
    found: list[tuple[float, Best | None]] = []
    start = None
    for left, (figure, raised) in zip(range(len(asked), 0, -1), reversed(asked), strict=True):
        best = None
        if raised is not None:
            posed = with_target(scenario, target.key, raised, "cost")
            best = best_of(problem, posed, clock.share(scenario, left), start=start)
            start = start if best.values is None else best.values
        found.append((figure, best))
    return _least_costs(target, found[::-1], scenario.solver.gap)


def frontier_target(scenario: Scenario, target_id: str | None = None) -> Target:
    """Return the target whose figures a frontier goes through.

    Parameters
    ----------
    target_id
        As in :func:`frontier`.

    Raises
    ------
    ScenarioError
        There is no such target, or it is a limit.
    """
    if target_id is None:
        kind = "population_coverage"
        ids = [t.id for t in scenario.targets if t.kind == kind and t.year == scenario.last_year]
        if not ids:
            what = f"no target is one of {kind} in {scenario.last_year}"
            raise ScenarioError([Problem("target", what, "name another target, or add one")])
        target_id = ids[0]
    target = target_named(scenario, target_id)
    if is_limit(target):
        what = f"'{target_id}' is a limit, which costs nothing to raise"
        remedy = "name a target that asks for at least something, or ask what budgets cover"
        raise ScenarioError([Problem("target", what, remedy)])
    return target


def _even_figures(problem: SitingProblem, target: Target, steps: int, clock: Clock) -> list[float]:
    """Return figures from today's to the highest, which a search for the least shortfall finds."""
    scenario = problem.scenario
    if target.kind in ("tier_count", "zone_count"):
        first = figure_of(target)
        return [first + step for step in range(steps)]
    highest = at_figure(target, highest_figure(target), hard=False)
    if highest is None:
        raise ValueError("the highest figure of a kind can be asked for")
    others = tuple(t for t in scenario.targets if t.hard and t.key != target.key)
    alone = scenario.model_copy(
        update={"targets": (*others, highest), "objectives": ("shortfall",)}
    )
    posed = pose_problem(alone, problem.inputs, problem.reach)
    best = best_of(posed, alone, clock.share(scenario, steps + 1))
    if best.values is None:
        return [figure_of(target)]
    top = _achieved(best.plan, target)
    today = today_targets(scenario, problem.inputs, problem.reach)
    first = {result.target.key: result.achieved for result in today}[target.key] or 0.0
    if top is None or top <= first:
        return [figure_of(target) if top is None else top]
    even = [_rounded_down(figure) for figure in np.linspace(first, top, steps).tolist()]
    return [figure for figure in even if figure > 0]


def _rounded_down(figure: float) -> float:
    if figure <= 0:
        return 0.0
    place = digits - 1 - floor(log10(figure))
    return floor(figure * 10.0**place + 1e-6) / 10.0**place


def _achieved(plan: Plan, target: Target) -> float | None:
    return {result.target.key: result.achieved for result in plan.targets}[target.key]


def _least_costs(
    target: Target, found: list[tuple[float, Best | None]], gap: float
) -> pd.DataFrame:
    """Tell costs in the order of the figures, with bounds that hold for all figures above."""
    rows = []
    bound: float | None = None
    impossible = False
    for figure, best in found:
        row: dict[str, object] = {"required": figure, "status": Status.INFEASIBLE}
        impossible |= best is None or best.status is Status.INFEASIBLE
        if best is not None and not impossible:
            stage = best.stage
            known = [value for value in (bound, stage.bound) if value is not None]
            bound = max(known) if known else None
            row["status"] = best.status
            if stage.objective is not None:
                status, proven = claim(stage.objective, bound, gap)
                row |= {
                    "achieved": _achieved(best.plan, target),
                    "cost_cny": stage.objective * cny_in_unit,
                    "bound_cny": None if bound is None else bound * cny_in_unit,
                    "gap": proven,
                    "status": status,
                }
        rows.append(row)
    columns = ["required", "achieved", "cost_cny", "bound_cny", "gap", "status"]
    table = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[:-1], float))
    table.insert(0, "target", target.id)
    table.insert(1, "year", target.year)
    return table


def coverage_frontier(
    scenario: Scenario,
    inputs: Inputs,
    reach: Reach,
    budgets_cny: Sequence[float] | None = None,
    steps: int = 6,
    time_limit_s: float | None = None,
) -> pd.DataFrame:
    """Return how many under-3s each budget covers at most.

    For each budget the plan is sought that covers the most under-3s of all planned years, with
    capital since the base year, not discounted, within it, at the least cost; every hard target
    holds, and soft targets may be missed.

    Parameters
    ----------
    budgets_cny
        None takes ``steps`` even steps from the capital of the cheapest plan to that of the
        cheapest plan with the most coverage.
    time_limit_s
        Of all searches together; none takes that of the scenario.

    Returns
    -------
    pandas.DataFrame
        ``budget_cny, spent_cny, covered, bound, gap, status``, in the order of the budgets;
        ``covered`` and ``bound`` are children summed over the planned years, missing where there
        is no plan.

    Raises
    ------
    ScenarioError
        No tier counts in population coverage.
    """
    if not scenario.tiers_counted_in("population_coverage"):
        what = "no tier counts in population_coverage"
        raise ScenarioError([Problem("tiers", what, "name it in counts_in of a tier")])
    clock = start_clock(scenario, time_limit_s)
    children = scenario.children.model_copy(update={"weights": {}})
    covering = scenario.model_copy(
        update={"objectives": ("coverage", "cost"), "children": children}
    )
    problem = pose_problem(covering, inputs, reach)
    told = budgets_cny
    if told is None:
        told = _even_budgets(problem, steps, clock)
    budgets = sorted(set(map(float, told)))
    found: list[tuple[float, Best]] = []
    start = None
    for left, budget in zip(range(len(budgets), 0, -1), budgets, strict=True):
        asked = _within_budget(covering, budget)
        best = best_of(problem, asked, clock.share(scenario, left), start=start)
        start = start if best.values is None else best.values
        found.append((budget, best))
    return _coverages(found, scenario.solver.gap)


def _within_budget(scenario: Scenario, budget_cny: float) -> Scenario:
    budget = Budget(
        id="budget_of_frontier",
        kind="budget",
        year=scenario.last_year,
        hard=True,
        required=budget_cny,
        since="base_year",
        clause="frontier",
    )
    return scenario.model_copy(update={"targets": (*scenario.targets, budget)})


def _even_budgets(problem: SitingProblem, steps: int, clock: Clock) -> list[float]:
    """Return budgets from the capital of the cheapest plan to that which buys most coverage."""
    scenario = problem.scenario
    spent = []
    for left, objectives in ((steps + 2, ("cost",)), (steps + 1, scenario.objectives)):
        asked = scenario.model_copy(update={"objectives": objectives})
        best = best_of(problem, asked, clock.share(scenario, left))
        if best.values is None:
            return [0.0]
        spent.append(_capital(best.plan))
    least, most = min(spent), max(spent)
    return [float(budget) for budget in np.linspace(least, most, steps)]


def _capital(plan: Plan) -> float:
    return float(plan.costs["capital_cny"].sum())


def _coverages(found: list[tuple[float, Best]], gap: float) -> pd.DataFrame:
    """Tell coverage in the order of the budgets, with bounds that hold for all budgets below."""
    rows = []
    bound: float | None = None
    for budget, best in reversed(found):
        stage = best.stage
        known = [value for value in (bound, stage.bound) if value is not None]
        bound = min(known) if known else None
        row: dict[str, object] = {"budget_cny": budget, "status": best.status}
        if stage.objective is not None:
            status, proven = claim(-stage.objective, None if bound is None else -bound, gap)
            row |= {
                "spent_cny": _capital(best.plan),
                "covered": stage.objective,
                "bound": bound,
                "gap": proven,
                "status": status,
            }
        rows.append(row)
    columns = ["budget_cny", "spent_cny", "covered", "bound", "gap", "status"]
    table = pd.DataFrame(rows[::-1], columns=columns)
    return table.astype(dict.fromkeys(columns[:-1], float))
