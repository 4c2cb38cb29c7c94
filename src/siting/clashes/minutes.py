"""More minutes: the smallest of a few longer limits of a tier at which a plan exists."""

from siting.clashes.leaving_out import Clock, Feasibility
from siting.clashes.repairs import Repair, Study, plan_found, told_cost
from siting.model import pose_problem
from siting.network import Network
from siting.notes import Note
from siting.reach import measure_reach

steps_minutes = (1, 2, 5, 10)
"""By how much a limit is raised."""
longest_minutes = 120.0
"""The longest limit that a tier may have."""


def lengthen(study: Study, network: Network, tier: str, clock: Clock) -> Repair | None:
    """Return the repair by the smallest step that makes a plan possible; None without one.

    The travel times are measured again for each step. The longest step is tried first: where it
    does not help, none does.
    """
    before = study.scenario.tiers[tier].limit_minutes
    steps = [step for step in steps_minutes if before + step <= longest_minutes]
    if not steps:
        return None
    best: Study | None = None
    undecided: list[int] = []
    for step in (steps[-1], *steps[:-1]):
        longer = _with_limit(study, network, tier, before + step)
        feasibility = Feasibility(pose_problem(longer.scenario, longer.inputs, longer.reach))
        exists = feasibility.plan_exists((), clock.left_s / 4)
        if exists:
            best = longer
            if step != steps[-1]:
                break
        elif step == steps[-1]:
            return None
        elif exists is None:
            undecided.append(step)
    if best is None:
        return None
    plan = plan_found(best, clock)
    if plan is None:
        return None
    longest = best.scenario.tiers[tier]
    after = longest.limit_minutes
    cost, tried = told_cost(plan), "、".join(map(str, steps))
    more = ("", "")
    if undecided:
        steps_zh, steps_en = "、".join(map(str, undecided)), ", ".join(map(str, undecided))
        more = f"，其中+{steps_zh}分钟未能判定", f"; undecided: +{steps_en}"
    note = Note(
        zh=f"延长时限：{longest.called('zh')}由{before:g}分钟延长到{after:g}分钟（只试了+{tried}分钟{more[0]}）；"
        f"{cost.zh}",
        en=f"more minutes: {longest.called('en')} from {before:g} to {after:g} "
        f"(tried: +{tried}{more[1]}); {cost.en}",
    )
    return Repair("minutes", tier, note, plan, best, before, after)


def _with_limit(study: Study, network: Network, tier: str, minutes: float) -> Study:
    longer = study.scenario.tiers[tier].model_copy(update={"limit_minutes": minutes})
    tiers = {**study.scenario.tiers, tier: longer}
    scenario = study.scenario.model_copy(update={"tiers": tiers})
    return Study(scenario, study.inputs, measure_reach(scenario, network, study.inputs))
