"""Arithmetic that no siting can beat, told before solving."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from siting.errors import Problem, ScenarioError
from siting.indicators import (
    count_required,
    group_share,
    sites_required,
    zone_of_township,
    zones_asked,
)
from siting.indicators.counting import tolerance
from siting.model.holding import could_be_open, held_by_zone, most_added
from siting.model.problem import SitingProblem
from siting.notes import Note
from siting.scenario import Target
from siting.scenario.targets import Fill, PerThousand


@dataclass(frozen=True)
class Ceiling:
    """A target above what every site together could reach.

    Attributes
    ----------
    target
        The target.
    best
        A figure that no plan exceeds, in the unit of the target; of a budget or a most number of
        sites, one that no plan stays below.
    places
        Names of the townships, communities or areas that fall short whatever is chosen.
    note
        The arithmetic in words.
    """

    target: Target
    best: float
    places: tuple[str, ...]
    note: Note


@dataclass(frozen=True)
class _Best:
    """What could be reached at most, and the arithmetic; None where nothing bounds it."""

    figure: float
    zh: str
    en: str
    places: tuple[str, ...] = ()
    falls_short: bool | None = None


def ceilings_of(problem: SitingProblem) -> tuple[Ceiling, ...]:
    """Return the targets that no plan meets, whatever the other targets are.

    Reckoned from the facilities of today and every candidate that may open by the year, each with
    as many classes as its host holds; budgets are not looked at.
    """
    found = []
    for target in problem.scenario.targets:
        if target.kind not in _best_of:
            continue
        best = _best_of[target.kind](problem, target)
        if best is None:
            continue
        short = best.falls_short
        if short is None:
            short = best.figure < target.required * (1 - tolerance)
        if short:
            told = f"{target.id}（{target.year}年）"
            note = Note(zh=f"{told}{best.zh}", en=f"{target.id} ({target.year}) {best.en}")
            found.append(Ceiling(target, best.figure, best.places, note))
    return tuple(found)


def _at(problem: SitingProblem, target: Target) -> int:
    return problem.years.index(target.year)


def _counts(problem: SitingProblem, target: Target) -> np.ndarray:
    sites = problem.sites
    return sites.inside & sites.of_tiers(problem.scenario.tiers_of(target))


def _most_places(problem: SitingProblem, target: Target, *, own_staff: bool) -> np.ndarray:
    """Return the most full-day places of each site that counts."""
    sites, counts = problem.sites, _counts(problem, target)
    added = most_added(problem, _at(problem, target), problem.counted)
    if not own_staff and not problem.scenario.own_staff_places_count:
        state = problem.states_in(target.year)[0]
        added = np.maximum(added - problem.staff[:, :, state].sum(axis=1), 0.0)
        counts &= sites.for_residents
    return (sites.classes_today @ problem.counted + added) * counts


def _listed(names: tuple[str, ...], most: int = 5) -> tuple[str, str]:
    """Return names for a sentence in both languages."""
    more = len(names) > most
    return (
        "、".join(names[:most]) + (f"等{len(names)}处" if more else ""),
        ", ".join(names[:most]) + (f" and {len(names) - most} more" if more else ""),
    )


def _per_thousand(problem: SitingProblem, target: Any) -> _Best | None:  # noqa: ANN401
    townships = problem.inputs.townships
    residents = townships[f"residents_{target.year}"].to_numpy(dtype=float)
    held = _most_places(problem, target, own_staff=False)
    if target.within == "area":
        most = float(held_by_zone(problem, held, np.where(_counts(problem, target), 0, -1), 1)[0])
        people = float(residents.sum())
        if people <= 0:
            return None
        needed, figure = target.required * people / 1000, 1000 * most / people
        return _Best(
            figure,
            f"要求每千人口{target.required:g}个托位，即{needed:,.0f}个；现有设施和全部候选载体按可设"
            f"班数最多{most:,.0f}个，每千人口{figure:.2f}个",
            f"asks for {target.required:g} places per thousand, {needed:,.0f} places; the "
            f"facilities and every candidate hold {most:,.0f} at most, {figure:.2f} per thousand",
        )
    most_by = held_by_zone(problem, held, problem.sites.zone, len(townships))
    density = np.divide(
        1000 * most_by, residents, out=np.full(len(residents), np.inf), where=residents > 0
    )
    short = density < target.required * (1 - tolerance)
    names = tuple(townships["township"][short])
    zh, en = _listed(names)
    lowest = float(density.min(initial=np.inf))
    return _Best(
        lowest,
        f"要求每个乡镇(街道)每千人口{target.required:g}个托位；{zh}的现有设施和候选载体不够，最低的"
        f"只能达到{lowest:.2f}个",
        f"asks for {target.required:g} places per thousand in every township; facilities and "
        f"candidates of {en} are too few, the lowest reaches {lowest:.2f}",
        names,
    )


def _inclusive_share(problem: SitingProblem, target: Any) -> _Best | None:  # noqa: ANN401
    sites = problem.sites
    held = _most_places(problem, target, own_staff=True)
    today = (sites.classes_today @ problem.counted) * _counts(problem, target)
    most = float(held[sites.inclusive].sum())
    stays = float(today[~sites.inclusive & ~sites.may_close].sum())
    if most + stays <= 0:
        return None
    figure = most / (most + stays)
    return _Best(
        figure,
        f"要求普惠托位占比{target.required:.0%}；现有非普惠托位{stays:,.0f}个，普惠托位最多"
        f"{most:,.0f}个，占比最高{figure:.1%}",
        f"asks for {target.required:.0%} inclusive places; {stays:,.0f} places of today are not, "
        f"and at most {most:,.0f} can be: {figure:.1%}",
    )


def _zone_coverage(problem: SitingProblem, target: Any) -> _Best | None:  # noqa: ANN401
    names, zones = zones_asked(problem.inputs, target), problem.zones[target.key]
    townships = target.kind == "township_coverage"
    what = ("个乡镇(街道)", "townships") if townships else ("个社区(村)", "communities")
    could = zones.always.copy()
    could[zones.item[could_be_open(problem, _at(problem, target))[zones.site]]] = True
    without = tuple(names[~could[names.index]])
    number, having = len(names), len(names) - len(without)
    if not number:
        return None
    needed = count_required(target.required, number)
    zh, en = _listed(without)
    every = needed == number
    asked = f"每个{what[0][1:]}有点位" if every else f"{needed}{what[0]}有点位（共{number}个）"
    return _Best(
        having / number,
        f"要求{asked}；{zh}没有现有设施，也没有可开办的候选载体，最多{having}个",
        f"asks for {needed} of {number} {what[1]} with a site; {en} have no facility and no "
        f"candidate that may open, so {having} at most",
        without,
        having < needed,
    )


def _population_coverage(problem: SitingProblem, target: Any) -> _Best | None:  # noqa: ANN401
    reached, children = reachable(problem, target)
    total = float(children.sum())
    if total <= 0:
        return None
    townships = problem.inputs.townships
    home = problem.inputs.cells["zone"].to_numpy()
    missed = np.bincount(home, weights=children * ~reached, minlength=len(townships))
    largest = np.argsort(-missed, kind="stable")
    names = tuple(townships["township"].to_numpy()[largest[missed[largest] > tolerance]])
    zh, en = _listed(names)
    nobody = float(children[~reached].sum())
    figure = 1 - nobody / total
    return _Best(
        figure,
        f"要求{target.required:.1%}的婴幼儿在时限内可达；{nobody:,.0f}名婴幼儿到不了任何现有设施或候选"
        f"载体（{zh}），全部开办也只能达到{figure:.1%}",
        f"asks that {target.required:.1%} of the under-3s reach a site; {nobody:,.0f} reach no "
        f"facility and no candidate ({en}); with all of them open {figure:.1%} do",
        names,
    )


def reachable(problem: SitingProblem, target: Target) -> tuple[np.ndarray, np.ndarray]:
    """Return whether each cell reaches any site that counts in a coverage and could be open.

    Returns
    -------
    tuple of arrays
        Whether it does; its children of the target's group.
    """
    sites, coverage = problem.sites, problem.coverage[problem.scenario.tiers_of(target)]
    could = could_be_open(problem, _at(problem, target)) & sites.for_residents
    open_to = np.zeros(len(coverage.classes.always) + 1, dtype=bool)
    open_to[coverage.classes.item[could[coverage.classes.site]]] = True
    reached = coverage.always | open_to[coverage.class_of_cell]
    under3 = problem.demand[problem.states_in(target.year)[0]].under3
    return reached, under3 * group_share(problem.inputs, target.group, target.year)  # type: ignore[union-attr]


def _enrolment(problem: SitingProblem, target: Any) -> _Best | None:  # noqa: ANN401
    """Children with a place: those who have one, those who want one, those of hosts' staff."""
    sites, year = problem.sites, _at(problem, target)
    counts = sites.of_tiers(problem.scenario.tiers_of(target))
    could = could_be_open(problem, year)
    demand = problem.demand[problem.states_in(target.year)[0]]
    under3 = float(demand.under3.sum())
    if under3 <= 0:
        return None
    exists = sites.exists[demand.site]
    near = np.zeros_like(demand.enrolled)
    np.add.at(near, demand.site[exists], demand.drawn[exists])
    have = float(((near + demand.beyond).sum(axis=1) * counts).sum())
    leaves = exists & ~counts[demand.site] & sites.may_close[demand.site]
    taken = problem.band_of >= 0
    wants = demand.under(sites.exists).additional[:, taken].sum()
    wants += demand.drawn[leaves][:, taken].sum()
    own = demand.staff.sum() - demand.staff_at_home.sum()
    by_want = have + float(wants) + float(max(own, 0.0))
    places = sites.places_today + most_added(problem, year, problem.size)
    by_places = float(held_by_zone(problem, places, np.where(counts & could, 0, -1), 1)[0])
    most = min(by_want, by_places)
    figure = most / under3
    zh, en = (
        (
            f"按入托意愿，已在托和愿意入托的最多{by_want:,.0f}名",
            "have or want a place at this take-up",
        )
        if by_want <= by_places
        else (f"现有设施和全部候选载体最多{by_places:,.0f}个托位", "is all that the sites can hold")
    )
    return _Best(
        figure,
        f"要求入托率{target.required:.1%}；3岁以下{under3:,.0f}名，{zh}，入托率最高{figure:.1%}",
        f"asks that {target.required:.1%} of the under-3s have a place; of {under3:,.0f}, "
        f"{most:,.0f} {en}, {figure:.1%}",
    )


def _tier_count(problem: SitingProblem, target: Any) -> _Best | None:  # noqa: ANN401
    sites, year = problem.sites, _at(problem, target)
    counts = _counts(problem, target)
    could = could_be_open(problem, year) & counts
    most = int(held_by_zone(problem, could.astype(float), np.where(counts, 0, -1), 1)[0])
    stays = counts & ((sites.exists & ~sites.may_close) | sites.must_open[:, year])
    fewest = int(stays.sum())
    if target.at_least is not None and most < target.at_least:
        return _Best(
            most,
            f"要求不少于{target.at_least}处；现有设施和可开办的候选载体一共{most}处",
            f"asks for at least {target.at_least} sites; facilities and candidates that may open "
            f"are {most} together",
            falls_short=True,
        )
    if target.at_most is not None and fewest > target.at_most:
        return _Best(
            fewest,
            f"要求不超过{target.at_most}处；不能关停的现有设施和已定载体已有{fewest}处",
            f"asks for at most {target.at_most} sites; facilities that stay and hosts decided on "
            f"are {fewest} already",
            falls_short=True,
        )
    return None


def _zone_count(problem: SitingProblem, target: Any) -> _Best | None:  # noqa: ANN401
    inputs, zones = problem.inputs, problem.zones[target.key]
    demand = problem.demand[problem.states_in(target.year)[0]]
    needed = sites_required(inputs, target, demand.under3)
    could = (could_be_open(problem, _at(problem, target)) & _counts(problem, target)).astype(float)
    zone_of_site = np.full(len(could), -1)
    zone_of_site[zones.site] = zones.item
    most = held_by_zone(problem, could, zone_of_site, len(needed))
    short = most < needed - tolerance
    position, _ = zone_of_township(inputs, target)
    column = "district" if target.zone == "district" else "township"
    names = tuple(inputs.townships.groupby(position)[column].first()[short])
    zh, en = _listed(names)
    return _Best(
        float((~short).mean()),
        f"要求每个{'区县' if target.zone == 'district' else '乡镇(街道)'}都有足够的点位；{zh}的现有"
        "设施和可开办的候选载体不够",
        f"asks for sites in every {target.zone}; {en} have too few facilities and candidates "
        "that may open",
        names,
        bool(short.any()),
    )


def _new_area(problem: SitingProblem, target: Any) -> _Best | None:  # noqa: ANN401
    areas = problem.inputs.areas
    if areas is None:
        return None
    people = areas["people"].to_numpy(dtype=float)
    due = (areas["hand_over_year"] <= target.year).to_numpy() & (people > 0)
    held = _most_places(problem, target, own_staff=True)
    most = held_by_zone(problem, held, problem.sites.area, len(areas))
    density = np.divide(1000 * most, people, out=np.full(len(areas), np.inf), where=due)
    short = due & (density < target.required * (1 - tolerance))
    names = tuple(areas["name"][short])
    zh, en = _listed(names)
    lowest = float(density.min(initial=np.inf))
    return _Best(
        lowest,
        f"要求新建居住区每千人{target.required:g}个托位；{zh}内没有候选载体或可设班数不够，最低的只能"
        f"达到{lowest:.2f}个",
        f"asks for {target.required:g} places per thousand people of each new area; {en} have no "
        f"candidate inside or too few classes, the lowest reaches {lowest:.2f}",
        names,
    )


def _budget(problem: SitingProblem, target: Any) -> _Best | None:  # noqa: ANN401
    if target.spent_on != "running":
        return None
    sites = problem.sites
    stays = sites.inside & sites.exists & ~sites.may_close
    running = float(np.nansum((sites.places_today * sites.running_cost_cny)[stays]))
    return _Best(
        running,
        f"要求年运行费不超过{target.required / 1e4:,.1f}万元；不能关停的现有设施已需"
        f"{running / 1e4:,.1f}万元",
        f"allows {target.required / 1e4:,.1f} x 10,000 CNY of running costs a year; facilities "
        f"that stay cost {running / 1e4:,.1f} already",
        falls_short=running > target.required * (1 + tolerance) + tolerance,
    )


_best_of: dict[str, Callable[[SitingProblem, Any], _Best | None]] = {
    "per_thousand": _per_thousand,
    "inclusive_share": _inclusive_share,
    "township_coverage": _zone_coverage,
    "community_coverage": _zone_coverage,
    "population_coverage": _population_coverage,
    "enrolment": _enrolment,
    "tier_count": _tier_count,
    "zone_count": _zone_count,
    "new_area": _new_area,
    "budget": _budget,
}


def check_ceilings(problem: SitingProblem) -> None:
    """Refuse a fill of new places that the other figures of the scenario forbid.

    New places are filled by takers who have no place today. If the per-thousand target asks for
    N new places and there are C such children, their mean fill cannot exceed C / N, wherever the
    places are. A soft per-thousand target sets no ceiling, because it may give way; facilities
    that close release children and places, so there is none where some may.

    Raises
    ------
    ScenarioError
        The fill asked for lies above that ceiling; the message gives the arithmetic.
    """
    scenario, sites = problem.scenario, problem.sites
    found = []
    for fill in scenario.targets:
        if not isinstance(fill, Fill) or fill.spare_only_site or sites.may_close.any():
            continue
        for density in scenario.targets_of(fill.year):
            if not isinstance(density, PerThousand) or not density.hard:
                continue
            tiers = scenario.tiers_of(density)
            if not tiers <= scenario.tiers_of(fill):
                continue
            counted = sites.of_tiers(tiers) & sites.inside
            townships = problem.inputs.townships[f"residents_{fill.year}"]
            before = float((sites.classes_today[counted] @ problem.counted).sum())
            needed = density.required * float(townships.sum()) / 1000 - before
            demand = problem.demand[problem.states_in(fill.year)[0]]
            today = demand.under(sites.exists)
            children = float(today.additional[:, problem.band_of >= 0].sum())
            if needed <= 0 or fill.required * needed <= children:
                continue
            found.append(
                Problem(
                    scenario.place("targets", scenario.targets.index(fill)),
                    f"{fill.id}: a fill of {fill.required:.0%} cannot be reached: "
                    f"{density.id} asks for "
                    f"{density.required:g} places per thousand of {townships.sum():,.0f} "
                    f"residents, {needed:,.0f} more than today, and at this take-up only "
                    f"{children:,.0f} "
                    f"under-3s want a place and have none; the mean fill is at most "
                    f"{children / needed:.1%}",
                    f"ask for a fill of at most {children / needed:.1%}, lower {density.id}, or "
                    "correct under3_share and take_up",
                )
            )
    if found:
        raise ScenarioError(found)
