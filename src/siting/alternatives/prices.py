"""What one more unit of a target costs, as an interval between the bounds of two searches."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from siting.alternatives.best_plan import Best, best_of
from siting.alternatives.clock import Clock, start_clock
from siting.alternatives.figures import (
    at_figure,
    default_step,
    figure_in_plan,
    is_limit,
    target_named,
    with_target,
)
from siting.alternatives.rows import choice_of, content_of
from siting.alternatives.wording import interval
from siting.errors import SolverError
from siting.indicators import TargetResult
from siting.inputs import Inputs
from siting.model import SitingProblem, build_model, pose_problem
from siting.model.objectives import shortfall
from siting.model.serving import fixed_to
from siting.model.spending import cny_in_unit
from siting.model.stages import solve_model
from siting.notes import Note, amount
from siting.plan import Plan
from siting.reach import Reach
from siting.scenario import Scenario, Target
from siting.scenario.targets import TierCount
from siting.solver import Status

least_short = 1e-6
"""Share of a target below which what is missing is rounding."""


@dataclass(frozen=True)
class Price:
    """What it costs to raise a target by a step, everything else as in the plan.

    Attributes
    ----------
    target_id, year, kind, unit
        Of the target.
    figure, raised, step
        What the plan holds the target to (see :func:`price`), and what it is raised to.
    low_cny, high_cny
        The price lies between them; None where an end is unknown. Costs are those of the stage
        ``cost``: of all years, discounted. Of a limit, what one step more of it saves stands with a
        minus sign.
    status
        Of the search with the raised target; infeasible where it is proven that no plan reaches
        it, no_plan where none was found in the time given; None where none was sought.
    plan
        The plan that was found with the raised target; None without one.
    note
        The same in words, or why there is no price.
    """

    target_id: str
    year: int
    kind: str
    unit: str
    figure: float
    raised: float
    step: float
    low_cny: float | None
    high_cny: float | None
    status: Status | None
    plan: Plan | None
    note: Note


@dataclass(frozen=True)
class _Base:
    """The plan that prices start from.

    ``missed`` maps shortfall stages to what each soft target misses of itself: its key -> share.
    """

    problem: SitingProblem
    plan: Plan
    missed: Mapping[str, Mapping[str, float]]


def price(
    scenario: Scenario,
    inputs: Inputs,
    reach: Reach,
    plan: Plan,
    target_id: str,
    step: float | None = None,
    year: int | None = None,
    time_limit_s: float | None = None,
) -> Price:
    """Return what one more unit of a target costs.

    The target is made hard at the figure the plan holds it to: what is required, or what is
    achieved where a soft target is missed. Hard targets stay; the soft ones of each priority
    together miss no more than in the plan. Then
    cost(figure + step) - cost(figure) lies in [bound of the second - cost of the first, cost of
    the second - bound of the first]. What the plan costs is the first, where cost is settled
    first or after shortfall only; otherwise it is sought as well.

    Parameters
    ----------
    plan
        The plan of the scenario.
    step
        In the unit of the target; none takes one more unit, see
        :data:`siting.alternatives.figures.steps`. A limit (money, or a number of sites without a
        least) is loosened by it.
    year
        Of the target; none takes the last year that has it.
    time_limit_s
        Of all searches together; none takes that of the scenario.

    Raises
    ------
    ScenarioError
        There is no such target.
    NoPlanError
        There is no plan to start from.
    """
    target = target_named(scenario, target_id, year)
    clock = start_clock(scenario, time_limit_s)
    base = _base(scenario, inputs, reach, plan, clock, 2)
    return _price(base, target, step, clock, 1)


def prices(
    scenario: Scenario,
    inputs: Inputs,
    reach: Reach,
    plan: Plan,
    time_limit_s: float | None = None,
) -> tuple[Price, ...]:
    """Return the price of one more unit of every target of the last year; see :func:`price`."""
    targets = scenario.targets_of(scenario.last_year)
    clock = start_clock(scenario, time_limit_s)
    base = _base(scenario, inputs, reach, plan, clock, len(targets) + 1)
    left = range(len(targets), 0, -1)
    return tuple(_price(base, t, None, clock, n) for t, n in zip(targets, left, strict=True))


def _base(
    scenario: Scenario, inputs: Inputs, reach: Reach, plan: Plan, clock: Clock, solves: int
) -> _Base:
    content_of(plan)
    problem = pose_problem(scenario, inputs, reach)
    return _Base(problem, plan, _missed(problem, plan, clock.share(scenario, solves)))


def _missed(problem: SitingProblem, plan: Plan, limited: Scenario) -> dict[str, dict[str, float]]:
    """Return what the sites of the plan miss of the soft targets: stage -> key -> share.

    Empty where the scenario settles no shortfall.
    """
    if "shortfall" not in problem.scenario.objectives:
        return {}
    model = build_model(replace(problem, scenario=limited))
    stages = shortfall(model)
    if not stages:
        return {}
    program = fixed_to(model, model.program(np.zeros(model.columns)), choice_of(plan))
    solution = solve_model(model, program, stages)
    if solution.values is None:
        raise SolverError(f"what a plan misses could not be computed: {solution.status}")
    missed = {}
    for stage in stages:
        told = stage.weights * solution.values
        missed[stage.name] = {
            key: float(told[columns].sum())
            for key, columns in model.short.items()
            if (stage.weights[columns] != 0).any()
        }
    return missed


def _price(base: _Base, target: Target, step: float | None, clock: Clock, solves: int) -> Price:
    results = {result.target.key: result for result in base.plan.targets}
    result = results[target.key]
    figure = figure_in_plan(result)
    moved = default_step(base.problem.inputs, result) if step is None else step
    reason = _no_figure(base, result)
    found = first = None
    if reason is None:
        raised = at_figure(target, figure + moved)
        first = _first_cost(base, target, figure, clock, solves)
        if raised is None:
            reason = Note(zh="已是全部，不能再提高", en="it is all there is")
        elif first is None:
            reason = Note(zh="时限内未求得现值费用", en="what it costs now was not found in time")
        else:
            found = _best(base, target, raised, clock, solves)
    return _told(base, target, (figure, moved), (first, found), reason)


def _no_figure(base: _Base, result: TargetResult) -> Note | None:
    """Return why a target has no figure in the plan that could be raised."""
    target = result.target
    if target.hard:
        return None
    short = sum(of_stage.get(target.key, 0.0) for of_stage in base.missed.values())
    if result.met and short > least_short:
        return Note(
            zh="在另一出生趋势下尚未达到", en="it is missed already under another trend of births"
        )
    if not result.met and target.kind == "zone_count":
        return Note(zh="尚未达到现行要求", en="what it asks for now is missed already")
    return None


def _held(base: _Base, target: Target) -> dict[str, float]:
    """Return how much the other soft targets of each priority may miss."""
    return {
        stage: sum(share for key, share in of_key.items() if key != target.key)
        for stage, of_key in base.missed.items()
    }


def _best(base: _Base, target: Target, figure: Target | None, clock: Clock, solves: int) -> Best:
    """Find the cheapest plan with a target at another figure, or without it."""
    problem, scenario = base.problem, base.problem.scenario
    asked = with_target(scenario, target.key, figure, "cost")
    if figure is None:
        problem = pose_problem(asked, problem.inputs, problem.reach)
    return best_of(problem, asked, clock.share(scenario, solves), held=_held(base, target))


def _first_cost(
    base: _Base, target: Target, figure: float, clock: Clock, solves: int
) -> tuple[float, float | None] | None:
    """Return cost and bound of the target at the figure of the plan, None if not found in time."""
    asked = base.problem.scenario.objectives
    before = asked[: asked.index("cost")] if "cost" in asked else asked
    if set(before) <= {"shortfall"} and "cost" in asked:
        stage = next(stage for stage in base.plan.stages if stage.name == "cost")
        return stage.objective or 0.0, stage.bound
    stage = _best(base, target, at_figure(target, figure), clock, 2 * solves).stage
    return None if stage.objective is None else (stage.objective, stage.bound)


def _told(
    base: _Base,
    target: Target,
    figures: tuple[float, float],
    costs: tuple[tuple[float, float | None] | None, Best | None],
    reason: Note | None,
) -> Price:
    (figure, step), (first, found) = figures, costs
    low = high = status = None
    if found is not None and first is not None:
        status = found.status
        low, high = _interval(target, first, found)
        if status is Status.INFEASIBLE:
            low = None
            reason = Note(
                zh="其他目标维持现状时，已证明无法达到",
                en="it is proven that no plan reaches it while the other targets are kept",
            )
        elif found.values is None:
            reason = Note(zh="时限内未找到方案", en="no plan was found in the time given")
    elif at_figure(target, figure + step) is None:
        status = Status.INFEASIBLE
    raised = figure + step
    return Price(
        target_id=target.id,
        year=target.year,
        kind=target.kind,
        unit=target.unit,
        figure=figure,
        raised=raised,
        step=step,
        low_cny=low,
        high_cny=high,
        status=status,
        plan=found.plan if found is not None and found.values is not None else None,
        note=_words(target, (figure, raised), (low, high), reason),
    )


def _interval(
    target: Target, first: tuple[float, float | None], found: Best
) -> tuple[float | None, float | None]:
    """Return the ends of a price; what is asked more costs no less, what is allowed more no more.

    An exact number of sites is asked and allowed at once, so its price may have either sign.
    """
    (cost, bound), stage = first, found.stage
    low = None if stage.bound is None else stage.bound - cost
    high = None if stage.objective is None or bound is None else stage.objective - bound
    is_exact = isinstance(target, TierCount) and target.at_least == target.at_most
    if is_limit(target):
        high = min(0.0, 0.0 if high is None else high)
        low = None if low is None else min(low, 0.0)
    elif not is_exact:
        low = max(0.0, 0.0 if low is None else low)
        high = None if high is None else max(high, 0.0)
    return tuple(None if end is None else end * cny_in_unit + 0.0 for end in (low, high))  # type: ignore[return-value]


def _words(
    target: Target,
    figures: tuple[float, float],
    ends: tuple[float | None, float | None],
    reason: Note | None,
) -> Note:
    unit = "sites" if target.kind == "zone_count" else target.unit
    now, then = (amount(figure, unit) for figure in figures)
    step = Note(
        zh=f"{target.id}（{target.year}年）由{now.zh}改为{then.zh}",
        en=f"{target.id} ({target.year}) from {now.en} to {then.en}",
    )
    if reason is not None:
        zh, en = f"{step.zh}：没有价格，{reason.zh}。", f"{step.en}: no price, {reason.en}."
        return Note(zh=zh, en=en)
    low, high = ends
    if is_limit(target):
        saved = interval(*(None if end is None else -end + 0.0 for end in (high, low)))
        return Note(zh=f"{step.zh}：费用减少{saved.zh}。", en=f"{step.en} saves {saved.en}.")
    costs = interval(low, high)
    return Note(zh=f"{step.zh}：费用增加{costs.zh}。", en=f"{step.en} costs {costs.en} more.")
