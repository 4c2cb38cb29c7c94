"""Lower a target, or raise a budget, to the nearest figure at which a plan exists."""

from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Any

import numpy as np
from scipy.sparse import csr_array, hstack

from siting.clashes.leaving_out import Clock, Feasibility, minimise
from siting.clashes.repairs import Repair, Study, plan_found, told_cost, with_target
from siting.indicators import count_required, group_share, zones_asked
from siting.model import SitingProblem
from siting.model.spending import cny_in_unit
from siting.notes import Note, amount
from siting.scenario import Target
from siting.scenario.targets import ZoneCount
from siting.solver import Program

share_step = 0.001
"""Shares of places and institutions are lowered in steps of a tenth of a per cent."""
figure_gap = 1e-4
"""Gap asked for of the nearest figure."""


@dataclass(frozen=True)
class Nearest:
    """The nearest figure at which a plan exists, in the unit of the rows of a target.

    Attributes
    ----------
    change
        By how much the target gives way in a plan that was found.
    bound
        It has to give way by at least so much.
    values
        The columns of the model in that plan.
    """

    change: float
    bound: float
    values: np.ndarray


def lower(feasibility: Feasibility, study: Study, target: Target, clock: Clock) -> Repair | None:
    """Return the repair that changes one target alone, everything else as it is.

    The figure is the nearest to the one required at which a plan exists, rounded to a figure that
    people write (down, a budget up); for shares of places and institutions it is found by halving.
    """
    part = clock.part(0.6)
    start = None
    if target.of_the_plan:
        figures = _by_halving(feasibility, target, part)
    else:
        found = nearest_figure(feasibility, target, part)
        figures = None if found is None else _rounded(feasibility, target, found, clock.part(0.3))
        same = found is not None and feasibility.ground(()).problem is feasibility.problem
        start = found.values if found is not None and same else None
    if figures is None:
        return None
    after, nearest = figures
    changed = None if after is None else with_figure(target, after)
    scenario = with_target(study.scenario, target, changed)
    problem = replace(feasibility.problem, scenario=scenario)
    repaired = replace(study, scenario=scenario)
    plan = plan_found(repaired, clock, problem, start if after is not None else None)
    if plan is None:
        return None
    return Repair(
        kind="money" if target.kind == "budget" else "target",
        changed=target.key,
        note=_note(target, after, nearest, told_cost(plan)),
        plan=plan,
        study=repaired,
        before=required_figure(target, after),
        after=after,
        nearest=nearest,
    )


def required_figure(target: Any, after: float | None) -> float:  # noqa: ANN401
    """Return the figure of a target that another one takes the place of."""
    if target.kind == "tier_count":
        lowered = target.at_least is not None and (after is None or after < target.at_least)
        return float(target.at_least if lowered else target.at_most)
    return float(target.at_least if target.kind == "zone_count" else target.required)


def with_figure(target: Any, after: float) -> Target:  # noqa: ANN401
    """Return a target with another figure."""
    if target.kind == "tier_count":
        number = int(after)
        if target.at_least is not None and number < target.at_least:
            return target.model_copy(update={"at_least": number})
        return target.model_copy(update={"at_most": number})
    if target.kind == "zone_count":
        return target.model_copy(update={"at_least": int(after)})
    return target.model_copy(update={"required": after})


def _note(target: Target, after: float | None, nearest: float | None, cost: Note) -> Note:
    before = figure_words(target, required_figure(target, after))
    told = f"{target.id}（{target.year}年）", f"{target.id} ({target.year})"
    more = _undecided(target, after, nearest)
    if after is None:
        return Note(
            zh=f"取消{told[0]}的要求（{before.zh}）{more.zh}；{cost.zh}",
            en=f"give up {told[1]} ({before.en}){more.en}; {cost.en}",
        )
    to = figure_words(target, after)
    if target.kind == "budget":
        added = amount(after - target.required, target.unit)
        return Note(
            zh=f"增加投入：{told[0]}由{before.zh}提高到{to.zh}（多{added.zh}）{more.zh}；{cost.zh}",
            en=f"more money: {told[1]} from {before.en} to {to.en} ({added.en} more){more.en}; "
            f"{cost.en}",
        )
    verb = "放宽" if after > required_figure(target, after) else "降低"
    return Note(
        zh=f"{verb}目标：{told[0]}由{before.zh}调整为{to.zh}{more.zh}；{cost.zh}",
        en=f"lower the target: {told[1]} from {before.en} to {to.en}{more.en}; {cost.en}",
    )


def _step(target: Target) -> float:
    """Return the step in which people write the figures of a target."""
    if target.kind == "budget":
        return 10_000.0 if target.required >= 1e7 else 1_000.0
    if target.kind in ("tier_count", "zone_count"):
        return 1.0
    return 1e-4 if target.unit == "share" else 0.01


def _undecided(target: Target, after: float | None, nearest: float | None) -> Note:
    """Return which figures have no plan and which are undecided; empty where all are known."""
    if nearest is None:
        return Note(zh="，没有试较低的要求", en=", no lower figure was tried")
    asked, step = required_figure(target, after), _step(target)
    is_raised = after is not None and after > asked
    # Rounded towards the figure asked for: no more is said than is proven.
    if is_raised:
        limit = max(floor(nearest / step + 1e-6) * step, asked)
    else:
        limit = min(ceil(nearest / step - 1e-6) * step, asked)
    counts = target.kind in ("tier_count", "zone_count")
    if abs(limit - (after or 0.0)) <= step * (0.5 if counts else 1 + 1e-6):
        return Note(zh="", en="")
    shown = figure_words(target, limit)
    proven = Note(zh="", en="")
    if limit != asked:
        sides = ("低于", "below") if is_raised else ("高于", "above")
        proven = Note(
            zh=f"，已证明{sides[0]}{shown.zh}没有方案",
            en=f", proven to have no plan {sides[1]} {shown.en}",
        )
    if after is None:
        return Note(
            zh=f"{proven.zh}，{shown.zh}以下未能判定", en=f"{proven.en}, undecided below {shown.en}"
        )
    to = figure_words(target, after)
    return Note(
        zh=f"{proven.zh}，{to.zh}至{shown.zh}之间未能判定",
        en=f"{proven.en}, undecided between {to.en} and {shown.en}",
    )


def figure_words(target: Target, value: float) -> Note:
    """Return a figure that a target asks for; of a zone count, the sites in each zone."""
    if isinstance(target, ZoneCount):
        zone = {"township": "乡镇(街道)", "district": "区县"}[target.zone]
        return Note(zh=f"每个{zone}{value:.0f}处", en=f"{value:.0f} in every {target.zone}")
    return amount(value, target.unit)


def _slopes(problem: SitingProblem, target: Any) -> np.ndarray:  # noqa: ANN401
    """Return what one unit of a target's figure is in each of its rows; counts count as such."""
    inputs = problem.inputs
    states = problem.states_in(target.year)
    if target.kind == "per_thousand":
        residents = inputs.townships[f"residents_{target.year}"].to_numpy(dtype=float)
        return (residents if target.within == "township" else residents.sum(keepdims=True)) / 1000
    if target.kind == "new_area" and inputs.areas is not None:
        due = (inputs.areas["hand_over_year"] <= target.year).to_numpy()
        return inputs.areas["people"].to_numpy(dtype=float)[due] / 1000
    if target.kind == "population_coverage":
        children = problem.demand[states[0]].under3 * group_share(inputs, target.group, target.year)
        return children.sum(keepdims=True)
    if target.kind == "enrolment":
        return np.array([problem.demand[state].under3.sum() for state in states])
    if target.kind == "budget":
        return np.array([1.0 / cny_in_unit])
    return np.ones(1)


def nearest_figure(feasibility: Feasibility, target: Target, clock: Clock) -> Nearest | None:
    """Return by how much a target has to give way, everything else as it is.

    One column is added to the rows of the target, so that all of them give way together. The
    search starts from a plan without the target; there is no figure where there is none.
    """
    ground = feasibility.ground(())
    without = feasibility.plan({target.key}, clock.left_s / 2)
    if without.values is None:
        return None
    program = ground.without(())
    rows = ground.rows[target.key]
    slopes = _slopes(ground.problem, target)
    weight = np.zeros(program.rows.shape[0])
    weight[rows] = slopes if len(slopes) == len(rows) else slopes[0]
    weight = np.where(np.isfinite(program.row_lower), weight, -weight)
    counts = target.kind in ("tier_count", "township_coverage", "community_coverage", "zone_count")
    most = np.inf if target.kind == "budget" else _most_change(ground.problem, target)
    relaxed = Program(
        cost=np.append(np.zeros(program.columns), 1.0),
        column_lower=np.append(program.column_lower, 0.0),
        column_upper=np.append(program.column_upper, most),
        is_integer=np.append(program.is_integer, counts),
        rows=csr_array(hstack([program.rows, csr_array(weight[:, None])])),
        row_lower=program.row_lower,
        row_upper=program.row_upper,
    )
    missing = np.maximum(program.row_lower - program.rows @ without.values, 0.0)
    missing += np.maximum(program.rows @ without.values - program.row_upper, 0.0)
    weighed = weight != 0
    change = float((missing[weighed] / np.abs(weight[weighed])).max(initial=0.0))
    start = np.append(without.values, np.ceil(change - 1e-6) if counts else change)
    answer = minimise(ground, relaxed, figure_gap, clock.left_s, start)
    if answer.values is None:
        return None
    change, bound = float(answer.values[-1]), max(answer.bound or 0.0, 0.0)
    return Nearest(change, bound, answer.values[:-1])


def _most_change(problem: SitingProblem, target: Any) -> float:  # noqa: ANN401
    if target.kind == "tier_count":
        return float(len(problem.inputs.sites) + (target.at_least or 0))
    if target.kind in ("township_coverage", "community_coverage"):
        return float(len(problem.zones[target.key].always))
    if target.kind == "zone_count":
        return float(len(problem.inputs.sites) + target.at_least)
    return float(target.required)


def _rounded(
    feasibility: Feasibility,
    target: Any,  # noqa: ANN401
    found: Nearest,
    clock: Clock,
) -> tuple[float | None, float | None]:
    """Return a figure that people write, at which the plan found holds, and the nearest."""
    sizes = (found.change, found.bound)
    if target.kind == "budget":
        after = ceil((target.required + sizes[0]) / _step(target) - 1e-9) * _step(target)
        return after, target.required + sizes[1]
    if target.kind in ("township_coverage", "community_coverage"):
        return _zone_share(feasibility.problem, target, sizes)
    if target.kind == "tier_count":
        return _count_figure(feasibility, target, sizes, clock)
    if target.kind == "zone_count":
        after, nearest = (float(target.at_least - round(size)) for size in sizes)
        if target.children_per_site is not None:
            return None, None
        return (after if after >= 1 else None), nearest
    after = floor((target.required - sizes[0]) / _step(target) + 1e-6) * _step(target)
    return (round(after, 6) if after > 0 else None), target.required - sizes[1]


def _zone_share(
    problem: SitingProblem,
    target: Any,  # noqa: ANN401
    sizes: tuple[float, float],
) -> tuple[float | None, float | None]:
    number = len(zones_asked(problem.inputs, target))
    needed = count_required(target.required, number)
    after, nearest = (
        (needed - round(sizes[0])) / number,
        (needed - ceil(sizes[1] - 1e-6)) / number,
    )
    return (after if after > 0 else None), nearest


def _count_figure(
    feasibility: Feasibility,
    target: Any,  # noqa: ANN401
    sizes: tuple[float, float],
    clock: Clock,
) -> tuple[float | None, float | None]:
    """Return the figure of the bound that gives way: the fewest sites if they do, else the most."""
    change, bound = round(sizes[0]), ceil(sizes[1] - 1e-6)
    ways = []
    if target.at_least is not None and target.at_least >= change:
        ways.append((float(target.at_least - change), float(target.at_least - bound)))
    if target.at_most is not None:
        ways.append((float(target.at_most + change), float(target.at_most + bound)))
    for after, nearest in ways[:-1]:
        scenario = with_target(feasibility.problem.scenario, target, with_figure(target, after))
        changed = Feasibility(replace(feasibility.problem, scenario=scenario))
        if changed.plan_exists((), clock.left_s / 2):
            return after, nearest
    return ways[-1] if ways else (None, None)


def _by_halving(
    feasibility: Feasibility,
    target: Any,  # noqa: ANN401
    clock: Clock,
) -> tuple[float | None, float | None] | None:
    """Return the largest share, in steps, at which a plan is found, and one proven to have none."""
    if not feasibility.plan_exists({target.key}, clock.left_s / 3):
        return None
    low, high = 0, ceil(target.required / share_step - 1e-9)
    proven = target.required
    while high - low > 1 and clock.left_s > 0:
        middle = (low + high) // 2
        share = round(middle * share_step, 6)
        scenario = with_target(feasibility.problem.scenario, target, with_figure(target, share))
        changed = Feasibility(replace(feasibility.problem, scenario=scenario))
        exists = changed.plan_exists((), clock.left_s / 3)
        if exists:
            low = middle
        else:
            high = middle
            proven = share if exists is False else proven
    return (round(low * share_step, 6) if low else None), proven
