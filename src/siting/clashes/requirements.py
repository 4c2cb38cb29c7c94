"""The requirements of a scenario as a planner knows them, each of which can be left out.

Structural rules (who wants a place, what a place holds, which classes take which ages) are no
requirements: they are never left out.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from siting.clashes.wording import labels, told
from siting.indicators import zones_asked
from siting.inputs import no_zone
from siting.model import SitingProblem
from siting.model.ceilings import reachable
from siting.model.holding import could_be_open
from siting.notes import Note, named
from siting.scenario import Target

Kind = Literal[
    "target", "decision", "excluded", "exclusive", "host_limits", "closing", "phasing", "reach"
]
sees_reach = ("population_coverage", "community_coverage", "enrolment", "fill")
"""Kinds of target that depend on who is within reach."""


def closing_may_help(target: Any) -> bool:  # noqa: ANN401  (any kind of target)
    """Return whether a facility that stays may hinder a target."""
    if target.kind == "tier_count":
        return target.at_most is not None
    if target.kind == "budget":
        return target.spent_on == "running"
    return target.of_the_plan or target.kind == "enrolment"


@dataclass(frozen=True)
class Requirement:
    """One requirement.

    Attributes
    ----------
    id
        Key of a target, or ``decision:<site_id>``, ``excluded:<site_id>``, ``exclusive:<group>``,
        ``host_limits``, ``closing``, ``phasing``, ``reach:<tier>``.
    kind
        What it is.
    note
        The requirement in words, with the places concerned.
    places
        Names of the townships, communities, areas or sites concerned.
    target
        Of a target.
    undecided
        Whether the test that left it out ran out of its time, or would have been too large: it may
        not be part of the clash.
    """

    id: str
    kind: Kind
    note: Note
    places: tuple[str, ...] = ()
    target: Target | None = None
    undecided: bool = False

    @property
    def year(self) -> int | None:
        """Year of a target."""
        return self.target.year if self.target else None

    @property
    def clause(self) -> str:
        """Clause of a target; empty for other requirements."""
        return self.target.clause if self.target else ""


def requirements_of(problem: SitingProblem) -> tuple[Requirement, ...]:
    """Return every requirement of a problem, those first that are best left out first.

    A clash is told by what stands last: targets and budgets rather than hosts and decisions.
    """
    hard = [target for target in problem.scenario.targets if target.hard]
    found = _sites(problem, hard)
    found += [_target(problem, target) for target in hard]
    found += _reach(problem, hard)
    if len(problem.years) > 1:
        note = Note(
            zh="已开办的点位以后各年保留，已关停的不再开办",
            en="what opens stays open in later years, what closes stays closed",
        )
        found.append(Requirement("phasing", "phasing", note))
    return tuple(found)


def _sites(problem: SitingProblem, hard: list[Target]) -> list[Requirement]:
    sites, table = problem.sites, problem.inputs.sites
    found = []
    if sites.has_kinds.any():
        note = Note(
            zh="各载体最多可设的班数和托位数（面积、楼层、富余学位等）",
            en="the most classes and places that each host allows",
        )
        found.append(Requirement("host_limits", "host_limits", note))
    stays = sites.exists & sites.inside & ~sites.may_close
    if stays.any() and any(closing_may_help(target) for target in hard):
        note = Note(zh="现有设施不关停", en="facilities of today do not close")
        found.append(Requirement("closing", "closing", note))
    names = table["name"].to_numpy(dtype=str)
    townships = np.append(problem.inputs.townships["township"].to_numpy(dtype=str), "")
    where = townships[np.where(sites.zone == no_zone, -1, sites.zone)]
    ids = table["site_id"].to_numpy(dtype=str)
    for site in np.flatnonzero(_excluded(problem)).tolist():
        note = Note(
            zh=f"不得开办{names[site]}（{where[site]}）",
            en=f"{names[site]} ({where[site]}) is not to open",
        )
        found.append(Requirement(f"excluded:{ids[site]}", "excluded", note, (names[site],)))
    grouped = sites.candidate & (sites.group != "")
    for group in np.unique(sites.group[grouped]).tolist():
        members = tuple(names[grouped & (sites.group == group)])
        if len(members) < 2:
            continue
        listed = named(members)
        note = Note(
            zh=f"{listed.zh}中最多开办一处（互斥组{group}）",
            en=f"at most one of {listed.en} opens (group {group})",
        )
        found.append(Requirement(f"exclusive:{group}", "exclusive", note, members))
    years = np.array(problem.years)
    for site in np.flatnonzero(sites.must_open.any(axis=1)).tolist():
        year = years[sites.must_open[site].argmax()]
        note = Note(
            zh=f"{names[site]}（{where[site]}）已定最迟{year}年开办",
            en=f"{names[site]} ({where[site]}) is to open by {year}",
        )
        found.append(Requirement(f"decision:{ids[site]}", "decision", note, (names[site],)))
    return found


def _excluded(problem: SitingProblem) -> np.ndarray:
    """Return the sites that a decision alone keeps from opening."""
    table = problem.inputs.sites
    excluded = (table["decision"] == "excluded") & ~table["safety"].eq(False)
    return excluded.to_numpy(dtype=bool) & problem.sites.inside & ~problem.sites.exists


def _reach(problem: SitingProblem, hard: list[Target]) -> list[Requirement]:
    scenario = problem.scenario
    tiers: set[str] = set()
    for target in hard:
        if target.kind in sees_reach:
            tiers |= scenario.tiers_of(target)
    found = []
    for tier in sorted(tiers & set(problem.sites.tier.tolist())):
        minutes, label = scenario.tiers[tier].limit_minutes, labels(problem, [tier])
        note = Note(
            zh=f"{label.zh}的可达时限为{minutes:g}分钟",
            en=f"{label.en} is within reach up to {minutes:g} minutes",
        )
        found.append(Requirement(f"reach:{tier}", "reach", note))
    return found


def _target(problem: SitingProblem, target: Target) -> Requirement:
    note = told(problem, target)
    more, places = concerned(problem, target)
    if places:
        note = Note(zh=f"{note.zh}；{more.zh}", en=f"{note.en}; {more.en}")
    return Requirement(target.key, "target", note, places, target)


def concerned(problem: SitingProblem, target: Target) -> tuple[Note, tuple[str, ...]]:
    """Return the places that a target is hard to meet in, and what they lack.

    Townships, communities and areas without a facility and without a candidate that may open;
    for coverage, the townships of under-3s who reach neither.
    """
    inputs, sites = problem.inputs, problem.sites
    could = could_be_open(problem, problem.years.index(target.year))
    could &= sites.inside & sites.of_tiers(problem.scenario.tiers_of(target))
    if target.kind in ("township_coverage", "community_coverage", "zone_count"):
        without, names = _zones_without(problem, target, could)
    elif target.kind == "per_thousand" and target.within == "township":
        held = np.bincount(sites.zone[could], minlength=len(inputs.townships))
        without, names = held == 0, inputs.townships["township"].to_numpy(dtype=str)
    elif target.kind == "new_area" and inputs.areas is not None:
        inside = could & (sites.area != no_zone)
        held = np.bincount(sites.area[inside], minlength=len(inputs.areas))
        due = (inputs.areas["hand_over_year"] <= target.year).to_numpy()
        without, names = (held == 0) & due, inputs.areas["name"].to_numpy(dtype=str)
    elif target.kind == "population_coverage":
        reached, children = reachable(problem, target)
        missed = np.bincount(
            inputs.cells["zone"], weights=children * ~reached, minlength=len(inputs.townships)
        )
        order = np.argsort(-missed, kind="stable")
        found = inputs.townships["township"].to_numpy(dtype=str)[order[missed[order] > 1e-6]]
        listed, nobody = named(found), float(children[~reached].sum())
        return Note(
            zh=f"{nobody:,.0f}名婴幼儿到不了任何现有设施或候选载体（{listed.zh}）",
            en=f"{nobody:,.0f} of them reach no facility and no candidate ({listed.en})",
        ), tuple(found)
    else:
        return Note(zh="", en=""), ()
    listed = named(names[without])
    note = Note(
        zh=f"{listed.zh}没有现有设施，也没有可开办的候选载体",
        en=f"{listed.en} have no facility and no candidate that may open",
    )
    return note, tuple(names[without])


def _zones_without(
    problem: SitingProblem, target: Target, could: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    inputs, zones = problem.inputs, problem.zones[target.key]
    having = zones.always.copy()
    having[zones.item[could[zones.site]]] = True
    if target.kind in ("township_coverage", "community_coverage"):
        names = zones_asked(inputs, target)
        return ~having[names.index], names.to_numpy(dtype=str)
    if target.kind == "zone_count" and target.zone == "district":
        by_code = inputs.townships.groupby("district_code")["district"].first()
        return ~having, by_code.to_numpy(dtype=str)
    return ~having, inputs.townships["township"].to_numpy(dtype=str)
