"""The whole answer to why there is no plan: what clashes, and what repairs it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from siting.clashes.candidates import add_candidate
from siting.clashes.clash import Clash, find_clashes
from siting.clashes.decisions import give_up, given_up, lower_together
from siting.clashes.leaving_out import Clock, Feasibility
from siting.clashes.lowering import lower
from siting.clashes.minutes import lengthen
from siting.clashes.repairs import Repair, Study, cheapest_first
from siting.clashes.requirements import Requirement, sees_reach
from siting.inputs import Inputs
from siting.model import SitingProblem, pose_problem
from siting.network import Network
from siting.notes import Note
from siting.reach import Reach
from siting.scenario import Scenario

Attempt = Callable[[Clock], Repair | None]

clash_share = 0.4
"""Share of the time in which clashes are looked for."""


@dataclass(frozen=True)
class Explanation:
    """Why there is no plan.

    Attributes
    ----------
    clash
        Requirements that clash; see :class:`Clash`.
    further
        Clashes that remain when the targets of those before are left out.
    repairs
        Changes with which a plan was found and checked, cheapest first. Last, a new candidate
        that is not enough by itself.
    notes
        What was not tried, or tried without success.
    """

    clash: Clash
    further: tuple[Clash, ...]
    repairs: tuple[Repair, ...]
    notes: tuple[Note, ...]


def explain(
    scenario: Scenario,
    inputs: Inputs,
    reach: Reach,
    network: Network | None = None,
    time_limit_s: float = 60.0,
) -> Explanation:
    """Explain why the hard targets of a scenario cannot be met, and tell the repairs.

    Parameters
    ----------
    network
        Needed for repairs that change travel times: new candidates and longer limits.
    time_limit_s
        Clock time for everything; what was not tried in it is said to be so.

    Returns
    -------
    Explanation
        Without requirements where a plan exists, or no clash was proven in the time.
    """
    clock = Clock(time_limit_s)
    problem = pose_problem(scenario, inputs, reach)
    feasibility = Feasibility(problem)
    clashes, complete = find_clashes(problem, feasibility, clock.part(clash_share))
    if not clashes:
        return Explanation(Clash((), proven=False), (), (), (_no_clash(exists=complete),))
    study = Study(scenario, inputs, reach)
    tries = _tries(clashes, feasibility, study, network)
    found: list[Repair] = []
    notes = _not_looked_for(problem, clashes, complete=complete)
    for number, (name, attempt) in enumerate(tries):
        if clock.left_s <= 0:
            notes.append(
                Note(zh=f"时间用尽，未试：{name.zh}", en=f"out of time, not tried: {name.en}")
            )
            continue
        part = clock.part(1 / min(3, len(tries) - number))
        repair = attempt(part)
        if repair is not None:
            found.append(repair)
        elif part.left_s > 0:
            notes.append(
                Note(
                    zh=f"所试范围内单独做没有找到方案：{name.zh}",
                    en=f"no plan was found by it alone, as far as it was tried: {name.en}",
                )
            )
        else:
            notes.append(
                Note(zh=f"时间不够，没有结果：{name.zh}", en=f"cut off by time: {name.en}")
            )
    lowered = any(repair.kind in ("target", "targets", "money") for repair in found)
    if not lowered and clock.left_s > 0:
        together = lower_together(problem, study, clashes, clock)
        found += [] if together is None else [together]
    if network is None:
        notes.append(
            Note(
                zh="没有路网，未试增加候选载体和延长时限",
                en="without streets, new candidates and longer limits were not tried",
            )
        )
    return Explanation(clashes[0], clashes[1:], cheapest_first(found), tuple(notes))


def _no_clash(*, exists: bool) -> Note:
    if exists:
        return Note(zh="找到了满足全部要求的方案，没有冲突", en="a plan exists: nothing clashes")
    return Note(
        zh="限定时间内没有证明哪些要求相互冲突；可能存在方案，请延长时间",
        en="no clash was proven in the time; a plan may exist, raise the time limit",
    )


def _not_looked_for(
    problem: SitingProblem, clashes: tuple[Clash, ...], *, complete: bool
) -> list[Note]:
    """Return what was not decided beside the clashes that were proven."""
    notes = []
    if not complete:
        notes.append(
            Note(
                zh="是否还有其他要求相互冲突，未能判定",
                en="undecided whether more requirements clash",
            )
        )
    if len(problem.years) > 1 and any(not clash.sees_phasing for clash in clashes):
        notes.append(
            Note(
                zh="冲突涉及投资或补助预算时，没有检验“已开办的点位以后各年保留”是否也是原因",
                en="where money clashes, whether sites may close again was not tested",
            )
        )
    return notes


def _tries(
    clashes: tuple[Clash, ...], feasibility: Feasibility, study: Study, network: Network | None
) -> list[tuple[Note, Attempt]]:
    """Return the repairs to try and what they are called."""
    problem = feasibility.problem
    tries: list[tuple[Note, Attempt]] = []
    requirements = [r for clash in clashes for r in clash.requirements]
    if len(clashes) > 1:
        name = Note(zh="同时调整各项目标", en="lowering the targets together")
        tries.append((name, partial(lower_together, problem, study, clashes)))
    else:
        for requirement in requirements:
            target = requirement.target
            if target is not None:
                zh = "增加" if target.kind == "budget" else "调整"
                name = Note(
                    zh=f"{zh}{target.id}（{target.year}年）", en=f"{target.id} {target.year}"
                )
                tries.append((name, partial(lower, feasibility, study, target)))
    tries += [
        (Note(zh=f"放弃“{r.note.zh}”", en=f"giving up: {r.note.en}"), _giving_up(study, r))
        for r in requirements
        if r.kind in given_up
    ]
    if network is None:
        return tries
    name = Note(zh="增加一处候选载体", en="one more candidate")
    tries.append((name, partial(add_candidate, problem, study, network, clashes)))
    tiers = {r.id.removeprefix("reach:") for r in requirements if r.kind == "reach"}
    for target in (r.target for r in requirements if r.target):
        if target.kind in sees_reach:
            tiers |= study.scenario.tiers_of(target)
    for tier in sorted(tiers & set(problem.sites.tier.tolist())):
        called = study.scenario.tiers[tier].called
        name = Note(zh=f"延长{called('zh')}的可达时限", en=f"more minutes for {called('en')}")
        tries.append((name, partial(lengthen, study, network, tier)))
    return tries


def _giving_up(study: Study, requirement: Requirement) -> Attempt:
    return partial(give_up, study, requirement)


def explanation_lines(explanation: Explanation, lang: str = "zh") -> list[str]:
    """Return an explanation as lines for the terminal.

    Parameters
    ----------
    lang
        ``zh`` or ``en``.
    """
    zh = lang == "zh"
    lines = []
    for number, clash in enumerate((explanation.clash, *explanation.further)):
        if not clash.requirements:
            continue
        if len(clash.requirements) == 1:
            title = "这一项单独就不能达到：" if zh else "This alone cannot be met:"
        else:
            title = "以下要求不能同时满足：" if zh else "These cannot be met together:"
            if clash.irreducible:
                title = (
                    "以下要求不能同时满足（去掉其中任何一项即可）："
                    if zh
                    else "These cannot be met together (leaving out any one resolves it):"
                )
        if number:
            title = f"{'另外，' if zh else 'Besides: '}{title}"
        lines.append(title)
        for requirement in clash.requirements:
            clause = f"［{requirement.clause}］" if requirement.clause else ""
            unsure = ""
            if requirement.undecided:
                unsure = "（未能判定是否必要）" if zh else " (not decided whether it is needed)"
            lines.append(f"  - {requirement.note.text(lang)}{clause}{unsure}")
    if explanation.repairs:
        lines.append("可行的调整，由省到费：" if zh else "Repairs, cheapest first:")
        lines += [
            f"  {number}. {repair.note.text(lang)}"
            for number, repair in enumerate(explanation.repairs, 1)
        ]
    lines += [f"  {note.text(lang)}" for note in explanation.notes]
    return lines
