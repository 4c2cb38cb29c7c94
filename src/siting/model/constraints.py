"""The constraints of the planning model, one function each.

Index sets: demand classes i, sites j, class kinds k, age bands a, townships z. Data are named
as in :class:`~siting.model.problem.SitingProblem`; ``places added`` is the sum of size[k] x
classes[j,k].
"""

from collections import defaultdict

import numpy as np
import pulp

from siting.indicators import townships_required
from siting.model.variables import PlanningModel, Term
from siting.scenario import Target

at_most, at_least = pulp.LpConstraintLE, pulp.LpConstraintGE


def demand(model: PlanningModel) -> None:
    """sum_j served[i,j,a] <= additional[i,a]: only takers without a place are served."""
    by_group = defaultdict(list)
    for (group, _, band), variable in model.served.items():
        by_group[group, band].append(variable)
    additional = model.problem.demand.additional
    for (group, band), variables in by_group.items():
        terms = [(variable, 1.0) for variable in variables]
        model.require(
            f"demand_{group}_{model.problem.bands[band]}", terms, at_most, additional[group, band]
        )


def capacity(model: PlanningModel) -> None:
    """sum_i served[i,j,a] + enrolled[j,a] <= sum_k alloc[j,k,a]: children fit into the places.

    A kind that takes one band only gives it all its places. Children enrolled today keep
    theirs, so new places are filled by additional children only.
    """
    problem = model.problem
    for (site, band), variables in model.served_at().items():
        terms: list[Term] = [(variable, 1.0) for variable in variables]
        places_today = 0.0
        for kind in np.flatnonzero(problem.takes[:, band]).tolist():
            shared = model.alloc.get((site, kind, band))
            if shared is not None:
                terms.append((shared, -1.0))
                continue
            size = float(problem.size[kind])
            places_today += size * problem.sites.classes_today[site, kind]
            if (site, kind) in model.classes:
                terms.append((model.classes[site, kind], -size))
        model.require(
            f"capacity_{site}_{problem.bands[band]}",
            terms,
            at_most,
            places_today - problem.sites.enrolled[site, band],
        )


def enrolled(model: PlanningModel) -> None:
    """sum_k alloc[j,k,a] >= enrolled[j,a]: children who have a place keep one for their age.

    Stated where nobody else could be served in the band; elsewhere capacity says it.
    """
    problem = model.problem
    stated = set(model.served_at())
    by_band = defaultdict(list)
    for (site, kind, band), variable in model.alloc.items():
        by_band[site, band].append((variable, kind))
    for (site, band), shared in by_band.items():
        children = problem.sites.enrolled[site, band]
        if children <= 0 or (site, band) in stated:
            continue
        kinds = set(np.flatnonzero(problem.takes[:, band]).tolist()) - {kind for _, kind in shared}
        places_today = sum(problem.size[k] * problem.sites.classes_today[site, k] for k in kinds)
        model.require(
            f"enrolled_{site}_{problem.bands[band]}",
            [(variable, 1.0) for variable, _ in shared],
            at_least,
            children - places_today,
        )


def alloc(model: PlanningModel) -> None:
    """sum_a alloc[j,k,a] <= size[k] x (classes_today[j,k] + classes[j,k]), and only bands of k."""
    problem = model.problem
    by_kind = defaultdict(list)
    for (site, kind, _), variable in model.alloc.items():
        by_kind[site, kind].append(variable)
    for (site, kind), variables in by_kind.items():
        terms: list[Term] = [(variable, 1.0) for variable in variables]
        size = float(problem.size[kind])
        if (site, kind) in model.classes:
            terms.append((model.classes[site, kind], -size))
        model.require(
            f"alloc_{site}_{problem.kinds[kind]}",
            terms,
            at_most,
            size * problem.sites.classes_today[site, kind],
        )


def linked(model: PlanningModel) -> None:
    """served[i,j,a] <= additional[i,a] x sum of classes[j,k] over kinds k that take a.

    And in all, sum_i served[i,j,a] <= sum_k min(size[k], children who could come) x
    classes[j,k]. At a candidate both follow from capacity for whole numbers of classes, and are
    much tighter for fractions of a class, which would otherwise serve a handful of children each.
    """
    problem = model.problem
    could_come: dict[tuple[int, int], float] = defaultdict(float)
    for (group, site, band), variable in model.served.items():
        if problem.sites.is_open_today[site]:
            continue
        children = float(problem.demand.additional[group, band])
        could_come[site, band] += children
        name = f"linked_{group}_{site}_{problem.bands[band]}"
        terms = [(classes, -children) for classes, _ in _classes_taking(model, site, band)]
        model.require(name, [(variable, 1.0), *terms], at_most, 0.0)
    for (site, band), variables in model.served_at().items():
        if problem.sites.is_open_today[site]:
            continue
        most = could_come[site, band]
        terms = [(c, -min(size, most)) for c, size in _classes_taking(model, site, band)]
        terms += [(variable, 1.0) for variable in variables]
        model.require(f"linked_{site}_{problem.bands[band]}", terms, at_most, 0.0)


def _classes_taking(model: PlanningModel, site: int, band: int) -> list[Term]:
    """Return the class variables of a site whose kind takes a band, with the class size."""
    return [
        (model.classes[site, kind], float(model.problem.size[kind]))
        for kind in np.flatnonzero(model.problem.takes[:, band]).tolist()
        if (site, kind) in model.classes
    ]


def host_limit(model: PlanningModel) -> None:
    """open[j] <= sum_k classes[j,k] <= (max_classes[j] - classes today) x open[j]."""
    problem = model.problem
    by_site = defaultdict(list)
    for (site, _), variable in model.classes.items():
        by_site[site].append((variable, 1.0))
    for site, terms in by_site.items():
        opened = model.open[site]
        model.require(
            f"host_limit_{site}", [*terms, (opened, -float(problem.sites.room[site]))], at_most, 0.0
        )
        model.require(f"some_class_{site}", [*terms, (opened, -1.0)], at_least, 0.0)


def decided(model: PlanningModel) -> None:
    """open[j] >= 1 where that is decided already: committed and forced sites."""
    for site, variable in model.open.items():
        if model.problem.sites.must_act[site]:
            model.require(f"decided_{site}", [(variable, 1.0)], at_least, 1.0)


def exclusive(model: PlanningModel) -> None:
    """Sum of open[j] <= 1 over the sites j of an exclusive group."""
    group = model.problem.sites.group
    by_group: dict[str, list[Term]] = defaultdict(list)
    for site, variable in model.open.items():
        if group[site]:
            by_group[group[site]].append((variable, 1.0))
    for number, name in enumerate(sorted(by_group)):
        model.require(f"exclusive_{number}", by_group[name], at_most, 1.0)


def covered(model: PlanningModel) -> None:
    """covered[i] <= sum of open[j] over candidates j that count and are within reach of i."""
    problem = model.problem
    opens = ~problem.sites.is_open_today & problem.sites.counts["population_coverage"]
    by_group: dict[int, list[Term]] = defaultdict(list)
    pairs = zip(problem.demand.demand_class.tolist(), problem.demand.site.tolist(), strict=True)
    for group, site in pairs:
        if group in model.covered and opens[site] and site in model.open:
            by_group[group].append((model.open[site], -1.0))
    for group, terms in by_group.items():
        model.require(f"covered_{group}", [(model.covered[group], 1.0), *terms], at_most, 0.0)


def has(model: PlanningModel) -> None:
    """has[z] <= sum of open[j] over candidates j that count and lie inside z."""
    problem = model.problem
    counts = problem.sites.counts["township_coverage"]
    by_zone: dict[int, list[Term]] = defaultdict(list)
    for site, variable in model.open.items():
        zone = problem.sites.zone[site]
        if zone in model.has and counts[site]:
            by_zone[zone].append((variable, -1.0))
    for zone, terms in by_zone.items():
        model.require(f"has_{zone}", [(model.has[zone], 1.0), *terms], at_most, 0.0)


def filled(model: PlanningModel) -> None:
    """filled[j] <= places added at j, and filled[j] <= children added at j.

    A facility's free places of today, spare[j], are filled before its new ones: there
    filled[j] <= children added at j - spare[j] x overflows[j], and filled[j] <= most places
    that could be added x overflows[j].
    """
    problem = model.problem
    added, children = defaultdict(list), defaultdict(list)
    for (site, kind), variable in model.classes.items():
        added[site].append((variable, -float(problem.size[kind])))
    for (_, site, _), variable in model.served.items():
        children[site].append((variable, -1.0))
    for site, variable in model.filled.items():
        model.require(f"filled_places_{site}", [(variable, 1.0), *added[site]], at_most, 0.0)
        terms = [(variable, 1.0), *children[site]]
        if site in model.overflows:
            overflows = model.overflows[site]
            terms.append((overflows, float(problem.sites.spare[site])))
            most = -float(problem.sites.room[site] * problem.size.max())
            model.require(f"overflows_{site}", [(variable, 1.0), (overflows, most)], at_most, 0.0)
        model.require(f"filled_children_{site}", terms, at_most, 0.0)


def per_thousand(model: PlanningModel, target: Target) -> None:
    """Places of tiers that count + short >= required x residents / 1000."""
    problem = model.problem
    counts = problem.sites.inside & problem.sites.counts["per_thousand"]
    needed = required_amount(model, target)
    model.require(
        target.kind,
        [*model.places_added(counts), *_short(model, target)],
        at_least,
        needed - problem.sites.places_today[counts].sum(),
    )


def inclusive_share(model: PlanningModel, target: Target) -> None:
    """Inclusive places + short >= required x places, of tiers that count."""
    problem = model.problem
    counts = problem.sites.inside & problem.sites.counts["inclusive_share"]
    weight = problem.sites.inclusive.astype(float) - target.required
    terms = [
        (variable, problem.size[kind] * weight[site])
        for (site, kind), variable in model.classes.items()
        if counts[site]
    ]
    today = (weight * problem.sites.places_today)[counts].sum()
    model.require(target.kind, [*terms, *_short(model, target)], at_least, -today)


def township_coverage(model: PlanningModel, target: Target) -> None:
    """sum_z has[z] + short >= ceil(required x number of townships)."""
    problem = model.problem
    counts = (
        model.problem.sites.inside
        & problem.sites.counts["township_coverage"]
        & problem.sites.is_open_today
    )
    today = len(np.unique(problem.sites.zone[counts]))
    terms = [(variable, 1.0) for variable in model.has.values()]
    model.require(
        target.kind,
        [*terms, *_short(model, target)],
        at_least,
        required_amount(model, target) - today,
    )


def population_coverage(model: PlanningModel, target: Target) -> None:
    """sum_i under3[i] x covered[i] + short >= required x under-3s."""
    problem = model.problem
    under3 = problem.demand.under3
    terms = [(variable, float(under3[group])) for group, variable in model.covered.items()]
    today = under3[problem.demand.covered_today].sum()
    model.require(
        target.kind,
        [*terms, *_short(model, target)],
        at_least,
        required_amount(model, target) - today,
    )


def fill(model: PlanningModel, target: Target) -> None:
    """sum_j filled[j] + short >= required x places added."""
    terms: list[Term] = [(variable, 1.0) for variable in model.filled.values()]
    terms += [(variable, -target.required * size) for variable, size in model.places_added()]
    model.require(target.kind, [*terms, *_short(model, target)], at_least, 0.0)


of_target = {
    "per_thousand": per_thousand,
    "inclusive_share": inclusive_share,
    "township_coverage": township_coverage,
    "population_coverage": population_coverage,
    "fill": fill,
}
always = (
    demand,
    capacity,
    linked,
    enrolled,
    alloc,
    host_limit,
    decided,
    exclusive,
    covered,
    has,
    filled,
)


def required_amount(model: PlanningModel, target: Target) -> float:
    """Return a target in the unit of its constraint: places, townships or children.

    It is also the unit of its shortfall. The share of inclusive places and the fill ask for
    more places the more there are; they are measured against the places of the study area
    that the per-thousand target asks for, or against today's.
    """
    problem = model.problem
    if target.kind == "per_thousand":
        return target.required * problem.residents / 1000
    if target.kind == "township_coverage":
        return float(townships_required(target.required, problem.townships))
    if target.kind == "population_coverage":
        return target.required * float(problem.demand.under3.sum())
    places = max(1.0, float(problem.sites.places_today[model.problem.sites.inside].sum()))
    return max(target.required, 1e-3) * places


def _short(model: PlanningModel, target: Target) -> list[Term]:
    return [(model.short[target.id], 1.0)] if target.id in model.short else []
