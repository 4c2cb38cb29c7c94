"""Why soft targets fall short: which, by how much, where, and what the evidence says."""

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from siting.clashes.leaving_out import Clock, Feasibility
from siting.clashes.lowering import with_figure
from siting.clashes.repairs import shortfall_proven
from siting.clashes.requirements import concerned
from siting.clashes.wording import told
from siting.indicators import TargetResult
from siting.inputs import Inputs
from siting.model import SitingProblem, ceilings_of, pose_problem
from siting.model.ceilings import reachable
from siting.notes import Note, amount, named
from siting.plan.plan import Plan
from siting.reach import Reach, site_limits_s
from siting.scenario import Target

ReasonKind = Literal[
    "arithmetic",
    "no_candidate",
    "barred",
    "unreachable",
    "fill_ceiling",
    "other",
    "several",
    "hosts",
    "unfinished",
    "undecided",
]


@dataclass(frozen=True)
class Reason:
    """What the evidence says of why a target falls short.

    Attributes
    ----------
    kind
        ``arithmetic``: no plan could meet it; ``no_candidate``: places without a site;
        ``barred``: places whose candidates may not open; ``unreachable``: under-3s whom no
        candidate reaches; ``fill_ceiling``: fewer children want a place than there are new ones;
        ``other``: another target without which it would be met; ``several``: several of them
        together stand in the way; ``hosts``: no target does, hosts and decisions do;
        ``unfinished``: nothing does, the plan was not solved to the best; ``undecided``: time ran
        out.
    note
        In words.
    places
        Names of the places concerned.
    other
        Key of the other target.
    """

    kind: ReasonKind
    note: Note
    places: tuple[str, ...] = ()
    other: str = ""


@dataclass(frozen=True)
class Shortcoming:
    """A target that a plan misses.

    Attributes
    ----------
    result
        Required and achieved.
    missing
        How much is missing, in ``unit``.
    unit
        places, children, townships, communities, areas, sites, institutions, CNY.
    places
        Names of the places that fall short.
    note
        What is missing, in words.
    reasons
        Why; empty where no test found a reason.
    """

    result: TargetResult
    missing: float
    unit: str
    places: tuple[str, ...]
    note: Note
    reasons: tuple[Reason, ...]


units = {
    "places": "个托位",
    "children": "名儿童",
    "townships": "个乡镇(街道)",
    "communities": "个社区(村)",
    "areas": "个新建居住区",
    "zones": "个乡镇(区县)",
    "sites": "处点位",
    "institutions": "家机构",
    "CNY": "元",
}


def shortcomings(
    plan: Plan, inputs: Inputs, reach: Reach, time_limit_s: float = 30.0
) -> tuple[Shortcoming, ...]:
    """Return every target that a plan misses, with what is missing and why.

    Parameters
    ----------
    plan
        A plan; its hard targets are met.
    time_limit_s
        Clock time for the tests of which other target stands in the way.

    Raises
    ------
    NoPlanError
        There is no plan; see :func:`siting.clashes.explain`.
    """
    missed = [result for result in plan.targets if not result.met]
    if not missed:
        return ()
    problem = pose_problem(plan.scenario, inputs, reach)
    ceilings = {ceiling.target.key: ceiling for ceiling in ceilings_of(problem)}
    clock = Clock(time_limit_s)
    found = []
    for number, result in enumerate(missed):
        target = result.target
        missing, unit = _missing(problem, plan, result)
        reasons = list(_evidence(problem, plan, result))
        if target.key in ceilings:
            ceiling = ceilings[target.key]
            reasons.insert(0, Reason("arithmetic", ceiling.note, ceiling.places))
        else:
            share = clock.part(1 / (len(missed) - number))
            reasons += _others(problem, plan, result, share)
        what = told(problem, target)
        achieved = amount(result.achieved or 0.0, target.unit)
        lacking = f"{missing:,.0f}" if missing >= 1 else f"{missing:.2g}"
        where = named(result.missing_in)
        note = Note(
            zh=f"{what.zh}，实际{achieved.zh}，差{lacking}{units[unit]}"
            + (f"（{where.zh}）" if result.missing_in else ""),
            en=f"{what.en}; achieved {achieved.en}, {lacking} {unit} missing"
            + (f" ({where.en})" if result.missing_in else ""),
        )
        found.append(Shortcoming(result, missing, unit, result.missing_in, note, tuple(reasons)))
    return tuple(found)


things_counted = {
    "township_coverage": "townships",
    "community_coverage": "communities",
    "zone_count": "zones",
    "new_area": "areas",
    "pairing": "institutions",
}
"""Kind of target -> the things of which some are missing."""
wholes = {
    "inclusive_share": ("places_in_share", "places"),
    "fill": ("places_new", "children"),
}
"""Kind of target -> the figure that it is a share of, and in what unit."""


def _missing(  # noqa: PLR0911  (a unit for each kind)
    problem: SitingProblem, plan: Plan, result: TargetResult
) -> tuple[float, str]:
    """Return how much of a target is missing, in the unit that it counts."""
    target: Any = result.target
    inputs, achieved = problem.inputs, result.achieved or 0.0
    gap = result.required - achieved
    area = plan.indicators_of(target.year).area
    demand = problem.demand[problem.states_in(target.year)[0]]
    if target.kind in things_counted:
        asked, having = result.required_count or 0, result.achieved_count or 0
        return float(asked - having), things_counted[target.kind]
    if target.kind == "per_thousand" and target.within == "area":
        people = float(inputs.townships[f"residents_{target.year}"].sum())
        return gap * people / 1000, "places"
    if target.kind == "per_thousand":
        return float((result.required_count or 0) - (result.achieved_count or 0)), "townships"
    if target.kind == "population_coverage":
        _, children = reachable(problem, target)
        return gap * float(children.sum()), "children"
    if target.kind == "enrolment":
        return gap * float(demand.under3.sum()), "children"
    if target.kind == "tier_count":
        least = target.at_least is not None and achieved < target.at_least
        return (target.at_least - achieved if least else achieved - target.at_most), "sites"
    if target.kind == "budget":
        return achieved - target.required, "CNY"
    whole, unit = wholes[target.kind]
    return gap * float(area[whole]), unit


def _evidence(problem: SitingProblem, plan: Plan, result: TargetResult) -> list[Reason]:
    """Return what the tables say: places without candidates, barred ones, children out of reach."""
    target: Any = result.target
    reasons = []
    more, places = concerned(problem, target)
    short = [name for name in places if name in result.missing_in] or list(places)
    if target.kind == "population_coverage":
        reasons += _coverage_evidence(problem, plan, target)
    elif short:
        reasons.append(Reason("no_candidate", more, tuple(short)))
    if result.missing_in and target.kind != "pairing":
        reasons += _barred(problem, target, tuple(short))
    if target.kind == "fill":
        reasons += _fill_ceiling(problem, plan, target)
    return reasons


def _why_barred(problem: SitingProblem, year: int) -> dict[str, np.ndarray]:
    """Return which candidates may not open by a year, and why."""
    table = problem.inputs.sites
    candidate = ~problem.sites.exists & problem.sites.inside
    late = table["from_year"].fillna(0).to_numpy(dtype=float) > year
    unsafe = table["safety"].eq(False).to_numpy(dtype=bool)
    excluded = (table["decision"] == "excluded").to_numpy()
    at = problem.years.index(year)
    small = ~problem.sites.may_open[:, at] & ~late & ~unsafe & ~excluded
    return {
        "excluded": candidate & excluded,
        "unsafe": candidate & unsafe & ~excluded,
        "late": candidate & late & ~unsafe & ~excluded,
        "small": candidate & small,
    }


barred_words = {
    "excluded": ("已排除", "excluded"),
    "unsafe": ("消防及房屋安全不合格", "not safe"),
    "late": ("之后年份才可开办", "of a later year"),
    "small": ("按载体上限办不了班", "too small for a class"),
}


def _barred(problem: SitingProblem, target: Target, places: tuple[str, ...]) -> list[Reason]:
    """Return the candidates in the places concerned that may not open, and why."""
    sites, inputs = problem.sites, problem.inputs
    names = inputs.sites["name"].to_numpy(dtype=str)
    zone_names = np.append(inputs.townships["township"].to_numpy(dtype=str), "")
    home = zone_names[sites.zone]
    if target.kind == "community_coverage" and inputs.communities is not None:
        home = np.append(inputs.communities["community"].to_numpy(dtype=str), "")[sites.community]
    elif target.kind == "new_area" and inputs.areas is not None:
        home = np.append(inputs.areas["name"].to_numpy(dtype=str), "")[sites.area]
    counts = sites.of_tiers(problem.scenario.tiers_of(target)) & np.isin(home, places)
    reasons = []
    for why, barred in _why_barred(problem, target.year).items():
        found = barred & counts
        if found.any():
            listed, words = named(names[found]), barred_words[why]
            note = Note(
                zh=f"有候选载体{listed.zh}，但{words[0]}",
                en=f"candidates {listed.en} are {words[1]}",
            )
            reasons.append(Reason("barred", note, tuple(names[found])))
    return reasons


def _coverage_evidence(problem: SitingProblem, plan: Plan, target: Target) -> list[Reason]:
    """Tell the uncovered under-3s apart: whom nobody reaches, whom barred candidates do."""
    sites, inputs = problem.sites, problem.inputs
    limit_s = site_limits_s(problem.scenario, inputs.sites)
    is_open = plan.content.years[target.year].state["open"] if plan.content else sites.exists
    counts = sites.of_tiers(problem.scenario.tiers_of(target)) & sites.for_residents
    covered = problem.reach.reached(limit_s, np.asarray(is_open, dtype=bool) & counts)
    could, children = reachable(problem, target)
    nobody = ~could & ~covered
    reasons = []
    for why, barred in _why_barred(problem, target.year).items():
        helps = problem.reach.reached(limit_s, barred & counts) & nobody
        number = float(children[helps].sum())
        if number > 0:
            words, listed = barred_words[why], _townships(problem, children * helps)
            note = Note(
                zh=f"{number:,.0f}名婴幼儿只有{words[0]}的候选载体可达（{named(listed).zh}）",
                en=f"{number:,.0f} under-3s reach only candidates that are {words[1]} "
                f"({named(listed).en})",
            )
            reasons.append(Reason("barred", note, listed))
        nobody &= ~helps
    number = float(children[nobody].sum())
    if number > 0:
        listed = _townships(problem, children * nobody)
        note = Note(
            zh=f"{number:,.0f}名婴幼儿任何候选载体都到不了（{named(listed).zh}）",
            en=f"{number:,.0f} under-3s reach no candidate at all ({named(listed).en})",
        )
        reasons.append(Reason("unreachable", note, listed))
    return reasons


def _townships(problem: SitingProblem, children: np.ndarray) -> tuple[str, ...]:
    """Return the townships of some children, those with most first."""
    townships = problem.inputs.townships["township"].to_numpy(dtype=str)
    by_zone = np.bincount(problem.inputs.cells["zone"], weights=children, minlength=len(townships))
    order = np.argsort(-by_zone, kind="stable")
    return tuple(townships[order[by_zone[order] > 0]])


def _fill_ceiling(problem: SitingProblem, plan: Plan, target: Any) -> list[Reason]:  # noqa: ANN401
    demand = problem.demand[problem.states_in(target.year)[0]]
    waiting = demand.under(problem.sites.exists).additional[:, problem.band_of >= 0]
    children = float(waiting.sum())
    new = float(plan.indicators_of(target.year).area["places_new"])
    if new <= 0 or children >= target.required * new:
        return []
    note = Note(
        zh=f"方案新增{new:,.0f}个托位，而愿意入托又没有托位的只有{children:,.0f}名，使用率最高"
        f"{children / new:.1%}",
        en=f"the plan adds {new:,.0f} places, and only {children:,.0f} children want a place and "
        f"have none: the fill is {children / new:.1%} at most",
    )
    return [Reason("fill_ceiling", note)]


_undecided = Reason(
    "undecided",
    Note(zh="时间不够，未能判定受制于什么", en="undecided in the time what stands in the way"),
)
_unfinished = Reason(
    "unfinished",
    Note(
        zh="其他目标不变也可以达到：方案没有求解到最优",
        en="it could be met with the other targets as planned: the plan is not proven best",
    ),
)


def _others(problem: SitingProblem, plan: Plan, result: TargetResult, clock: Clock) -> list[Reason]:
    """Return each other target without which this one could be met, the rest held as planned."""
    target: Any = result.target
    held = [_held(problem, plan, other, target) for other in plan.targets]
    kept = tuple(t for t in held if t is not None)
    scenario = problem.scenario.model_copy(update={"targets": kept})
    feasibility = Feasibility(replace(problem, scenario=scenario))
    if not shortfall_proven(plan, target.priority):
        exists = feasibility.plan_exists((), clock.left_s / 2)
        if exists is not False:
            return [_unfinished if exists else _undecided]
    others = [t for t in kept if t.key != target.key]
    reasons, undecided = [], []
    for number, other in enumerate(others):
        exists = feasibility.plan_exists({other.key}, clock.left_s / (len(others) - number))
        words = told(problem, _asked(problem, other))
        if exists is None:
            undecided.append(other.id)
        elif exists:
            note = Note(
                zh=f"若没有“{words.zh}”，可以达到", en=f"without '{words.en}' it could be met"
            )
            reasons.append(Reason("other", note, other=other.key))
    if undecided:
        listed = named(undecided)
        note = Note(
            zh=f"时间不够，未能判定是否受制于{listed.zh}",
            en=f"undecided in the time whether {listed.en} stand in the way",
        )
        return [*reasons, Reason("undecided", note)]
    return reasons or _alone(feasibility, {other.key for other in others}, clock)


def _alone(feasibility: Feasibility, others: set[str], clock: Clock) -> list[Reason]:
    """Tell whether all the other targets together stand in the way."""
    exists = feasibility.plan_exists(others, clock.left_s)
    if exists is None:
        return [_undecided]
    if exists:
        note = Note(
            zh="去掉任何一项其他目标都不够，受制于其中几项共同的限制",
            en="no other target by itself stands in the way, several together do",
        )
        return [Reason("several", note)]
    note = Note(
        zh="即使没有其他目标也达不到，受制于点位、载体上限、可达时限和已定事项",
        en="it could not be met without the other targets either: sites, host limits, reach and "
        "decisions do not allow it",
    )
    return [Reason("hosts", note)]


def _asked(problem: SitingProblem, held: Target) -> Target:
    """Return a target as the scenario has it."""
    return next(t for t in problem.scenario.targets if t.key == held.key)


def _held(  # noqa: PLR0911  (a rule for each way of being met)
    problem: SitingProblem, plan: Plan, result: TargetResult, missed: Target
) -> Target | None:
    """Return a target as it is held while a missed one is tested: hard, at what is achieved.

    Soft targets of a later priority are not held: they may not stand in the way.
    """
    target: Any = result.target
    if target.key == missed.key:
        return target.model_copy(update={"hard": True})
    if target.hard:
        return target
    if target.priority > missed.priority:
        return None
    if result.met:
        return target.model_copy(update={"hard": True})
    if result.achieved is None or target.kind == "zone_count":
        return None
    achieved = max(result.achieved, 0.0) * (1 + 1e-9 if target.kind == "budget" else 1 - 1e-9)
    if target.kind == "tier_count":
        achieved = round(result.achieved)
    if achieved <= 0 and target.kind != "budget":
        return None
    return with_figure(target, achieved).model_copy(update={"hard": True})
