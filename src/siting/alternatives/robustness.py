"""One plan for several trends of births: what it costs, and how a plan for one trend fares."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from siting.alternatives.clock import Clock, start_clock
from siting.alternatives.rows import choice_of
from siting.alternatives.wording import interval
from siting.errors import Problem, ScenarioError, SolverError
from siting.indicators import TargetResult, target_results
from siting.inputs import Inputs
from siting.model import (
    Choice,
    SitingProblem,
    build_model,
    check_ceilings,
    pose_problem,
    solve_stages,
)
from siting.model.objectives import served, shortfall
from siting.model.serving import fixed_to
from siting.model.spending import cny_in_unit
from siting.model.stages import solve_model
from siting.notes import Note, named
from siting.plan import Plan, check_plan
from siting.plan.choosing import plan_of, sites_in_states
from siting.reach import Reach
from siting.scenario import Scenario
from siting.solver import Status


@dataclass(frozen=True)
class Robustness:
    """What it means to hold under several trends of births.

    Attributes
    ----------
    trends
        The trends beside the one that is planned for.
    planned
        The plan for the trend that is planned for.
    robust
        The plan that holds under all trends.
    planned_cny, robust_cny
        What each costs, as (bound, cost) of the stage ``cost``; None where an end is unknown, or
        the scenario does not settle cost.
    price_cny
        What robustness costs: the interval between the bounds of the two.
    fares
        ``plan`` (planned, robust) ``, trend`` (empty for the one planned for) ``, year, target,
        required, achieved, met``: the sites of each plan when the children of a trend come and
        are served so that the targets are missed as little as possible.
    note
        The same in words.
    """

    trends: tuple[str, ...]
    planned: Plan
    robust: Plan
    planned_cny: tuple[float | None, float | None]
    robust_cny: tuple[float | None, float | None]
    price_cny: tuple[float | None, float | None]
    fares: pd.DataFrame
    note: Note


def robustness(
    scenario: Scenario,
    inputs: Inputs,
    reach: Reach,
    plan: Plan | None = None,
    time_limit_s: float | None = None,
) -> Robustness:
    """Hold the plan for one trend of births against the plan for all of them.

    Parameters
    ----------
    scenario
        ``children.hold_under`` names the trends beside the one planned for; if it names none,
        all of ``children.trends`` are taken.
    plan
        The plan of the scenario where it is at hand, so that it is not sought again.
    time_limit_s
        Of all searches together; none takes that of the scenario.

    Raises
    ------
    ScenarioError
        The scenario has no trend beside the one planned for, or its arithmetic forbids a target.
    """
    children = scenario.children
    trends = tuple(
        trend for trend in children.hold_under or children.trends if trend != children.trend
    )
    if not trends:
        what = "there is no trend of births beside the one that is planned for"
        raise ScenarioError([Problem("children.trends", what, "add one with its factors by year")])
    clock = start_clock(scenario, time_limit_s)
    plans, left = [], 2
    for held in ((), trends):
        asked = _holding_under(scenario, held)
        if plan is not None and plan.scenario == asked:
            plans.append(plan)
        else:
            plans.append(_plan(asked, inputs, reach, clock, left))
        left -= 1
    planned, robust = plans
    tables = [
        _fares(scenario, inputs, reach, one, trends).assign(plan=name)
        for name, one in (("planned", planned), ("robust", robust))
        if one.status.has_plan
    ]
    columns = ["plan", "trend", "year", "target", "required", "achieved", "met"]
    fares = (
        pd.concat(tables, ignore_index=True)[columns] if tables else pd.DataFrame(columns=columns)
    )
    ends = (_ends(planned), _ends(robust))
    every_hard = all(target.hard for target in scenario.targets)
    paid = _difference(*ends, never_less=every_hard)
    return Robustness(
        trends, planned, robust, *ends, paid, fares, _words(trends, (planned, robust), paid, fares)
    )


def _holding_under(scenario: Scenario, trends: tuple[str, ...]) -> Scenario:
    children = scenario.children.model_copy(update={"hold_under": trends})
    return scenario.model_copy(update={"children": children})


def _plan(asked: Scenario, inputs: Inputs, reach: Reach, clock: Clock, solves: int) -> Plan:
    """Choose sites within a share of the time."""
    limited = clock.share(asked, solves)
    problem = pose_problem(asked, inputs, reach)
    check_ceilings(problem)
    solution = solve_stages(replace(problem, scenario=limited))
    plan = plan_of(problem, solution)
    check_plan(plan, inputs, reach)
    return plan


def _ends(plan: Plan) -> tuple[float | None, float | None]:
    """Return bound and value of the cost of a plan, CNY."""
    stage = {stage.name: stage for stage in plan.stages}.get("cost")
    if stage is None:
        return None, None
    return tuple(  # type: ignore[return-value]
        None if end is None else end * cny_in_unit for end in (stage.bound, stage.objective)
    )


def _difference(
    first: tuple[float | None, float | None],
    second: tuple[float | None, float | None],
    *,
    never_less: bool,
) -> tuple[float | None, float | None]:
    """Return between what the second costs more than the first.

    Parameters
    ----------
    never_less
        Whether the second keeps every rule of the first, so that it cannot cost less.
    """
    (low_1, high_1), (low_2, high_2) = first, second
    low = None if low_2 is None or high_1 is None else low_2 - high_1
    high = None if high_2 is None or low_1 is None else high_2 - low_1
    if never_less and high_2 is not None:
        low = 0.0 if low is None else max(low, 0.0)
        high = None if high is None else max(high, 0.0)
    return low, high


def _fares(
    scenario: Scenario, inputs: Inputs, reach: Reach, plan: Plan, trends: tuple[str, ...]
) -> pd.DataFrame:
    results = {"": plan.targets, **_results_under(scenario, inputs, reach, plan, trends)}
    return pd.DataFrame(
        {
            "trend": trend,
            "year": result.target.year,
            "target": result.target.id,
            "required": result.required,
            "achieved": result.achieved,
            "met": result.met,
        }
        for trend, held in results.items()
        for result in held
    )


def _results_under(
    scenario: Scenario, inputs: Inputs, reach: Reach, plan: Plan, trends: tuple[str, ...]
) -> dict[str, tuple[TargetResult, ...]]:
    """Hold the targets against the sites of a plan when the children of other trends come."""
    posed = _serving(_holding_under(scenario, trends))
    problem = pose_problem(posed, inputs, reach)
    choice = choice_of(plan)
    found: dict[str, dict[str, TargetResult]] = {trend: {} for trend in trends}
    for state, sites in sites_in_states(problem, choice, _served(problem, choice)).items():
        if state.trend is not None:
            results = target_results(sites, scenario.targets_of(state.year))
            found[state.trend] |= {result.target.key: result for result in results}
    return {
        trend: tuple(of_key[target.key] for target in scenario.targets)
        for trend, of_key in found.items()
    }


def _serving(scenario: Scenario) -> Scenario:
    """Return a scenario that asks for nothing but service: its targets soft, hard ones first."""
    targets = tuple(
        target.model_copy(update={"hard": False, "priority": 0 if target.hard else target.priority})
        for target in scenario.targets
        if target.kind in ("fill", "enrolment")
    )
    return scenario.model_copy(update={"targets": targets})


def _served(problem: SitingProblem, choice: Choice) -> tuple[pd.DataFrame, ...]:
    """Serve the children of every state at fixed sites, as the targets ask, then as many as can."""
    model = build_model(problem)
    program = fixed_to(model, model.program(np.zeros(model.columns)), choice)
    solution = solve_model(model, program, [*shortfall(model), served(model)])
    if solution.served is None:
        raise SolverError(f"the service of a plan could not be computed: {solution.status}")
    return solution.served


def _words(
    trends: tuple[str, ...],
    plans: tuple[Plan, Plan],
    price_cny: tuple[float | None, float | None],
    fares: pd.DataFrame,
) -> Note:
    planned, robust = plans
    told = named(trends)
    if not planned.status.has_plan:
        return _without(planned.status, Note(zh="所规划的趋势", en="the trend planned for"))
    missed = fares[(fares["plan"] == "planned") & (fares["trend"] != "") & ~fares["met"]]
    if missed.empty:
        fare = Note(
            zh=f"按规划趋势编制的方案在{told.zh}下也达到全部目标。",
            en=f"The plan for the trend planned for meets every target under {told.en} as well.",
        )
    else:
        where = (
            named(f"{row.target}（{row.year}年，{row.trend}）" for row in missed.itertuples()),
            named(f"{row.target} ({row.year}, {row.trend})" for row in missed.itertuples()),
        )
        fare = Note(
            zh=f"按规划趋势编制的方案在其他趋势下未达到：{where[0].zh}。",
            en=f"Under other trends the plan for the trend planned for misses {where[1].en}.",
        )
    if not robust.status.has_plan:
        without = _without(robust.status, Note(zh=f"{told.zh}", en=f"{told.en} as well"))
        return Note(zh=fare.zh + without.zh, en=f"{fare.en} {without.en}")
    costs = interval(*price_cny)
    return Note(
        zh=f"{fare.zh}兼顾{told.zh}的方案，费用增加{costs.zh}。",
        en=f"{fare.en} A plan that holds under {told.en} as well costs {costs.en} more.",
    )


def _without(status: Status, what: Note) -> Note:
    if status is Status.INFEASIBLE:
        return Note(
            zh=f"已证明没有方案能在{what.zh}下达到硬性目标。",
            en=f"It is proven that no plan meets the hard targets under {what.en}.",
        )
    return Note(
        zh=f"时限内未找到在{what.zh}下达到硬性目标的方案。",
        en=f"No plan that meets the hard targets under {what.en} was found in the time given.",
    )
