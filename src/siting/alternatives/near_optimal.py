"""Further plans that are nearly as good as the plan and differ from it and from each other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np
import pandas as pd

from siting.alternatives.clock import start_clock
from siting.alternatives.rows import acts_of, choice_of, content_of, differing
from siting.alternatives.wording import proof
from siting.inputs import Inputs
from siting.model import Choice, SitingProblem, Solution, Stage, build_model, pose_problem
from siting.model.objectives import Objective, objectives
from siting.model.planning_model import PlanningModel
from siting.model.stages import shortfall_gap, solve_model, with_shorter_ways
from siting.notes import Note, named
from siting.plan import Plan, check_plan
from siting.plan.choosing import plan_of
from siting.reach import Reach
from siting.scenario import Scenario
from siting.solver import Status, claim, worst

stage_names = {
    "cost": Note(zh="费用", en="cost"),
    "coverage": Note(zh="覆盖婴幼儿", en="under-3s covered"),
    "served": Note(zh="新增入托婴幼儿", en="additional children served"),
}
units = {"万元": "x 10,000 CNY", "children": "人"}


@dataclass(frozen=True)
class Alternative:
    """A plan that differs from the plan and from the alternatives before it.

    Attributes
    ----------
    plan
        Checked; as a plan of the scenario, it is held against the bounds that were proven for
        the plan, so its gap tells how far it may be from the best of all.
    status, value, bound, gap, unit
        Of the stage in which plans may differ (cost, as a rule): what is proven of the best plan
        that differs so.
    changes
        ``site_id, name, township, in_plan, in_alternative`` (actions; empty where a candidate
        does not open) ``, places_in_plan, places, counted``: sites that differ in the last year;
        ``counted`` where this counts as a difference.
    comes_in, goes_out
        Sites that are open in the alternative only, and in the plan only, in the last year.
    note
        The same in words.
    """

    plan: Plan
    status: Status
    value: float
    bound: float | None
    gap: float | None
    unit: str
    changes: pd.DataFrame
    comes_in: tuple[str, ...]
    goes_out: tuple[str, ...]
    note: Note


@dataclass(frozen=True)
class Alternatives:
    """Further plans, best first.

    Attributes
    ----------
    found
        The plans.
    ended
        Why there are no more: None where as many as asked for were found, infeasible where it
        is proven that no other plan differs so, no_plan where the time ended first.
    note
        The same in words.
    """

    found: tuple[Alternative, ...]
    ended: Status | None
    note: Note


def near_optimal(
    scenario: Scenario,
    inputs: Inputs,
    reach: Reach,
    plan: Plan,
    count: int = 3,
    differ: int = 3,
    within: float = 0.02,
    time_limit_s: float | None = None,
) -> Alternatives:
    """Find further plans that are nearly as good and differ in several sites.

    Every plan keeps what the stages before cost reached in the plan and costs at most
    (1 + within) times as much; among these, each is the cheapest that differs enough from the
    plan and from those found before it. Where the scenario does not settle cost, the same is
    done with coverage, or else with its last stage.

    Parameters
    ----------
    plan
        The plan of the scenario.
    count
        How many plans to find.
    differ
        In how many sites each differs, at least: candidates that open or not, facilities that
        close or not, in the last planned year. A facility that grows counts where its growing
        has a fixed cost; one that differs only by its classes does not.
    within
        Share of the plan's cost that a plan may cost more.
    time_limit_s
        Of all searches together; none takes that of the scenario.

    Raises
    ------
    NoPlanError
        There is no plan to differ from.
    PlanCheckError
        A plan breaks a rule: a fault of ours.
    """
    clock = start_clock(scenario, time_limit_s)
    problem = pose_problem(scenario, inputs, reach)
    chosen = [choice_of(plan)]
    found: list[Alternative] = []
    ended = None
    while ended is None and len(found) < count:
        began = monotonic()
        share = clock.share(scenario, count - len(found))
        model = build_model(replace(problem, scenario=share))
        solution = _differing_plan(model, plan, chosen, differ, within, began)
        if solution.choice is None:
            ended = solution.status
            break
        chosen.append(solution.choice)
        other = _as_plan(problem, model, plan, solution)
        check_plan(other, inputs, reach)
        found.append(_alternative(len(found) + 1, model, plan, other, chosen, solution.stages[0]))
    return Alternatives(tuple(found), ended, _told(len(found), count, differ, within, ended))


def _main_stage(stages: Sequence[Objective]) -> int:
    """Return which stage plans may give something up in."""
    names = [stage.name for stage in stages]
    for name in ("cost", "coverage"):
        if name in names:
            return names.index(name)
    return len(names) - 1


def _differing_plan(
    model: PlanningModel,
    plan: Plan,
    chosen: list[Choice],
    differ: int,
    within: float,
    began: float,
) -> Solution:
    reached = {stage.name: stage.objective for stage in plan.stages}
    stages = objectives(model)
    main = _main_stage(stages)
    program = model.program(np.zeros(model.columns))
    for stage in stages[: main + 1]:
        value = reached[stage.name] or 0.0
        if stage.maximised:
            value = -value
        given_up = within * abs(value) if stage is stages[main] else 0.0
        program = stage.held(program, value + given_up)
    for choice in chosen:
        program = differing(model, program, choice, differ)
    return solve_model(model, program, stages[main:], began=began)


def _as_plan(problem: SitingProblem, model: PlanningModel, plan: Plan, solution: Solution) -> Plan:
    """Return a solution as a plan of the scenario up to the stage in which plans may differ.

    Its stages are held against the bounds of the plan: those of the search hold only among the
    plans that differ.
    """
    scenario, stages = problem.scenario, objectives(model)
    main = _main_stage(stages)
    known = {stage.name: stage for stage in plan.stages}
    told = tuple(
        _restated(known[stage.name], stage, solution, scenario.solver.gap)
        for stage in stages[: main + 1]
    )
    asked, name = scenario.objectives, stages[main].name
    if name in asked:
        asked = asked[: asked.index(name) + 1]
    problem = replace(problem, scenario=scenario.model_copy(update={"objectives": asked}))
    status = worst(stage.status for stage in told)
    restated = replace(solution, stages=told, status=status)
    return plan_of(problem, with_shorter_ways(model.problem, restated))


def _restated(stage: Stage, objective: Objective, solution: Solution, gap: float) -> Stage:
    """Return a stage of the plan with the value that another plan has in it."""
    sign = -1.0 if objective.maximised else 1.0
    value = 0.0 if solution.values is None else objective.value(solution.values)
    asked = min(gap, shortfall_gap) if stage.name.startswith("shortfall") else gap
    bound = None if stage.bound is None else sign * stage.bound
    status, proven = claim(value, bound, asked)
    return replace(
        stage,
        status=status,
        objective=sign * value + 0.0,
        bound=None if proven is None else stage.bound,
        gap=proven,
        seconds=sum(stage.seconds for stage in solution.stages),
        timed_out=any(stage.timed_out for stage in solution.stages),
    )


def _alternative(
    number: int,
    model: PlanningModel,
    plan: Plan,
    other: Plan,
    chosen: list[Choice],
    stage: Stage,
) -> Alternative:
    changes = _changes(model, plan, other, (chosen[0], chosen[-1]))
    is_open = [~changes[column].isin(["", "close"]) for column in ("in_plan", "in_alternative")]
    comes_in = tuple(changes.loc[~is_open[0] & is_open[1], "site_id"])
    goes_out = tuple(changes.loc[is_open[0] & ~is_open[1], "site_id"])
    value = 0.0 if stage.objective is None else stage.objective
    return Alternative(
        plan=other,
        status=stage.status,
        value=value,
        bound=stage.bound,
        gap=stage.gap,
        unit=stage.unit,
        changes=changes,
        comes_in=comes_in,
        goes_out=goes_out,
        note=_words(number, changes, comes_in, goes_out, (plan, other), stage),
    )


def _changes(
    model: PlanningModel, plan: Plan, other: Plan, choices: tuple[Choice, Choice]
) -> pd.DataFrame:
    sites = model.problem.inputs.sites
    (acts, closes), (acts_now, closes_now) = (acts_of(model, choice) for choice in choices)
    columns = ["site_id", "name", "township", "action", "places"]
    table = plan.sites[columns].merge(
        other.sites[columns], on="site_id", how="outer", suffixes=("_a", "_b")
    )
    table = table.sort_values("site_id", ignore_index=True)
    counted = sites["site_id"][(acts != acts_now) | (closes != closes_now)]
    told = pd.DataFrame(
        {
            "site_id": table["site_id"],
            "name": table["name_a"].fillna(table["name_b"]),
            "township": table["township_a"].fillna(table["township_b"]),
            "in_plan": table["action_a"].fillna(""),
            "in_alternative": table["action_b"].fillna(""),
            "places_in_plan": table["places_a"].fillna(0).astype(int),
            "places": table["places_b"].fillna(0).astype(int),
            "counted": table["site_id"].isin(counted),
        }
    )
    same = (told["in_plan"] == told["in_alternative"]) & (told["places_in_plan"] == told["places"])
    return told[~same | told["counted"]].reset_index(drop=True)


def _children(plan: Plan) -> float:
    """Return the additional children who have a place in the last year."""
    return float(content_of(plan).years[plan.scenario.last_year].served["children"].sum())


def _words(
    number: int,
    changes: pd.DataFrame,
    comes_in: tuple[str, ...],
    goes_out: tuple[str, ...],
    plans: tuple[Plan, Plan],
    stage: Stage,
) -> Note:
    names = changes.set_index("site_id")["name"]
    enters, leaves = named(names[list(comes_in)]), named(names[list(goes_out)])
    resized = len(changes) - len(comes_in) - len(goes_out)
    before = {told.name: told.objective or 0.0 for told in plans[0].stages}[stage.name]
    value = stage.objective or 0.0
    what = stage_names.get(stage.name, Note(zh=stage.name, en=stage.name))
    unit = Note(
        zh=stage.unit if stage.unit == "万元" else units.get(stage.unit, ""),
        en=units["万元"] if stage.unit == "万元" else stage.unit,
    )
    share = f"（{(value - before) / abs(before):+.2%}）" if before else ""
    children, were = _children(plans[1]), _children(plans[0])
    proven = proof(stage.status, stage.gap)
    return Note(
        zh=f"备选方案{number}：增加{enters.zh}；减少{leaves.zh}；另有{resized}处规模或措施不同。"
        f"{what.zh}{value:,.1f}{unit.zh}，规划方案为{before:,.1f}{unit.zh}{share}；"
        f"新增入托{children:,.0f}人，规划方案为{were:,.0f}人。"
        f"在有此差异的方案中{proven.zh}。",
        en=f"Alternative {number}: in {enters.en}; out {leaves.en}; {resized} more sites differ in "
        f"size or action. {what.en.capitalize()} {value:,.1f} {unit.en}, in the plan "
        f"{before:,.1f} {unit.en}{share.replace('（', ' (').replace('）', ')')}; "
        f"{children:,.0f} additional children have a place, in the plan {were:,.0f}. Among plans "
        f"that differ so, {proven.en}.",
    )


def _told(found: int, count: int, differ: int, within: float, ended: Status | None) -> Note:
    asked = Note(
        zh=f"与规划方案及彼此至少{differ}处不同、多出不超过{within:.1%}的方案",
        en=f"plans that differ in at least {differ} sites and give up at most {within:.1%}",
    )
    if ended is None:
        return Note(zh=f"{asked.zh}：找到{found}个。", en=f"Found {found} {asked.en}.")
    if ended is Status.INFEASIBLE:
        return Note(
            zh=f"{asked.zh}：只有{found}个，已证明没有更多。",
            en=f"Found {found} of {count} {asked.en}; it is proven that there are no more.",
        )
    return Note(
        zh=f"{asked.zh}：找到{found}个；时限内未找到更多，也未证明没有。",
        en=f"Found {found} of {count} {asked.en}; no more were found in the time given, which "
        "does not prove that there are none.",
    )
