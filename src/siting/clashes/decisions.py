"""Give up a decision, or lower several targets together."""

from collections.abc import Sequence
from dataclasses import replace

from siting.clashes.clash import Clash
from siting.clashes.leaving_out import Clock
from siting.clashes.lowering import required_figure
from siting.clashes.repairs import Repair, Study, plan_found, told_cost
from siting.clashes.requirements import Requirement
from siting.inputs import no_zone
from siting.model import SitingProblem
from siting.notes import Note, amount
from siting.scenario import Target

given_up = ("decision", "excluded", "exclusive", "closing")
"""Kinds of requirement that are given up rather than lowered."""


def give_up(study: Study, requirement: Requirement, clock: Clock) -> Repair | None:
    """Return the repair that gives up one decision, everything else as it is."""
    sites = study.inputs.sites
    name = requirement.id.partition(":")[2]
    if requirement.kind in ("decision", "excluded"):
        own = sites["site_id"] == name
        sites = sites.assign(decision=sites["decision"].mask(own, "free"))
    elif requirement.kind == "exclusive":
        own = sites["exclusive_group"] == name
        sites = sites.assign(exclusive_group=sites["exclusive_group"].mask(own, ""))
    else:
        inside = (sites["zone"] != no_zone) & (sites["status"] == "existing")
        sites = sites.assign(may_close=inside)
    repaired = replace(study, inputs=replace(study.inputs, sites=sites))
    plan = plan_found(repaired, clock)
    if plan is None:
        return None
    cost = told_cost(plan)
    note = Note(
        zh=f"不再要求“{requirement.note.zh}”：{cost.zh}",
        en=f"no longer: {requirement.note.en}: {cost.en}",
    )
    return Repair("decision", requirement.id, note, plan, repaired)


def lower_together(
    problem: SitingProblem, study: Study, clashes: Sequence[Clash], clock: Clock
) -> Repair | None:
    """Return the repair that lowers the targets of several clashes together.

    They become soft; what is missing, as shares of what each asks, is kept least in sum.
    """
    keys = {r.id for clash in clashes for r in clash.requirements if r.kind == "target"}
    if not keys:
        return None
    targets = tuple(
        t.model_copy(update={"hard": False, "priority": 1}) if t.key in keys else _last(t)
        for t in study.scenario.targets
    )
    objectives = ("shortfall", "cost")
    scenario = study.scenario.model_copy(update={"targets": targets, "objectives": objectives})
    repaired = replace(study, scenario=scenario)
    plan = plan_found(repaired, clock, replace(problem, scenario=scenario))
    if plan is None:
        return None
    missed = [r for r in plan.targets if r.target.key in keys and not r.met]
    parts = [_change(r.target, r.achieved) for r in missed]
    cost = told_cost(plan)
    note = Note(
        zh=f"同时调整：{'；'.join(p.zh for p in parts)}；{cost.zh}",
        en=f"lower together: {'; '.join(p.en for p in parts)}; {cost.en}",
    )
    return Repair("targets", ", ".join(r.target.key for r in missed), note, plan, repaired)


def _last(target: Target) -> Target:
    """Return a target that comes after those that are lowered."""
    return target if target.hard else target.model_copy(update={"priority": 9})


def _change(target: Target, achieved: float | None) -> Note:
    after = achieved if achieved is not None else 0.0
    # A zone count is achieved by a share of its zones.
    asked = target.required if target.kind == "zone_count" else required_figure(target, after)
    before, to = amount(asked, target.unit), amount(after, target.unit)
    return Note(
        zh=f"{target.id}（{target.year}年）由{before.zh}到{to.zh}",
        en=f"{target.id} ({target.year}) from {before.en} to {to.en}",
    )
