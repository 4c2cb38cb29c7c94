"""The targets as constraints, one function each; a soft one may fall short by ``short``."""

from collections.abc import Callable

import numpy as np

from siting.indicators import count_required, group_share, sites_required, zones_asked
from siting.model.planning_model import PlanningModel, Terms, absent
from siting.model.problem import Reached
from siting.model.spending import add_capital, add_running, add_subsidy, cny_in_unit
from siting.scenario import Target
from siting.scenario.targets import (
    Budget,
    CommunityCoverage,
    Enrolment,
    Fill,
    InclusiveShare,
    NewArea,
    Pairing,
    PerThousand,
    PopulationCoverage,
    TierCount,
    TownshipCoverage,
    ZoneCount,
    is_for_inclusive_only,
)


def _year(model: PlanningModel, target: Target) -> int:
    return model.problem.years.index(target.year)


def _require(
    model: PlanningModel,
    target: Target,
    terms: Terms,
    *,
    at_least: np.ndarray | None = None,
    at_most: np.ndarray | None = None,
    name: str = "",
) -> None:
    """Add the rows of a target, each with its ``short`` where the target is soft."""
    bound = at_least if at_least is not None else at_most
    rows = len(bound) if bound is not None else 0
    label = f"{target.kind}_{target.key}{name}"
    keys = [np.arange(rows)] if rows > 1 else []
    if not target.hard:
        short = model.declare(
            f"short_{target.key}{name}", np.ones(rows, dtype=bool), [np.arange(rows)], np.inf
        )
        known = model.short.get(target.key, np.empty(0, np.int64))
        model.short[target.key] = np.concatenate([known, short])
        terms.add(np.arange(rows), short, 1.0 if at_least is not None else -1.0)
    model.require(label, keys, terms, at_least=at_least, at_most=at_most, count=rows)


def _add_places(
    model: PlanningModel,
    terms: Terms,
    row: np.ndarray,
    site: np.ndarray,
    year: int,
    weight: np.ndarray,
    *,
    own_staff: bool = True,
) -> np.ndarray:
    """Add weight x full-day places of sites to rows; return the places of today of each.

    Parameters
    ----------
    own_staff
        Whether places that a host's staff take, and those of sites that are not open to
        residents, count where the scenario says that they do not.
    """
    problem, sites = model.problem, model.problem.sites
    leaves_out = not own_staff and not problem.scenario.own_staff_places_count
    if leaves_out:
        weight = weight * sites.for_residents[site]
    for kind, counted in enumerate(problem.counted):
        terms.add(row, model.classes[site, kind, year], weight * counted)
    today = sites.classes_today[site] @ problem.counted
    terms.add(row, model.closed[site, year], -weight * today)
    if leaves_out:
        state = problem.states_in(problem.years[year])[0]
        staff = problem.staff[site, :, state].sum(axis=1)
        terms.add(row, model.open[site, year], -weight * staff)
    return weight * today


def _counting(model: PlanningModel, target: Target) -> np.ndarray:
    """Return the sites inside the study area that count in a target."""
    sites = model.problem.sites
    counts = sites.inside & sites.of_tiers(model.problem.scenario.tiers_of(target))
    return np.flatnonzero(counts & (sites.inclusive | (not is_for_inclusive_only(target))))


def per_thousand(model: PlanningModel, target: PerThousand) -> None:
    """Places of tiers that count + short >= required x residents / 1000, in area or township."""
    problem = model.problem
    site = _counting(model, target)
    residents = problem.inputs.townships[f"residents_{target.year}"].to_numpy(dtype=float)
    row = np.zeros(len(site), dtype=np.int64)
    if target.within == "township":
        row = problem.sites.zone[site]
    else:
        residents = residents.sum(keepdims=True)
    terms = Terms()
    weight = np.ones(len(site))
    today = _add_places(model, terms, row, site, _year(model, target), weight, own_staff=False)
    needed = target.required * residents / 1000
    needed = needed - np.bincount(row, weights=today, minlength=len(residents))
    _require(model, target, terms, at_least=needed)


def inclusive_share(model: PlanningModel, target: InclusiveShare) -> None:
    """Inclusive places + short >= required x places, of tiers that count."""
    site = _counting(model, target)
    weight = model.problem.sites.inclusive[site] - target.required
    terms = Terms()
    row = np.zeros(len(site), dtype=np.int64)
    today = _add_places(model, terms, row, site, _year(model, target), weight)
    _require(model, target, terms, at_least=-today.sum(keepdims=True))


def _zones_with_a_site(model: PlanningModel, target: Target) -> None:
    """sum_z has[z] + short >= ceil(required x number), over the zones asked."""
    zones: Reached = model.problem.zones[target.key]
    terms = Terms()
    asked = zones_asked(model.problem.inputs, target).index
    terms.add(0, model.has[target.key][asked], 1.0)
    needed = count_required(target.required, len(asked)) - float(zones.always[asked].sum())
    _require(model, target, terms, at_least=np.array([needed]))


def township_coverage(model: PlanningModel, target: TownshipCoverage) -> None:
    """sum_z has[z] + short >= ceil(required x number of townships)."""
    _zones_with_a_site(model, target)


def community_coverage(model: PlanningModel, target: CommunityCoverage) -> None:
    """sum_c has[c] + short >= ceil(required x number of communities of the area type)."""
    _zones_with_a_site(model, target)


def population_coverage(model: PlanningModel, target: PopulationCoverage) -> None:
    """sum_i children[i] x covered[i,t] + short >= required x children, of the target's group."""
    problem = model.problem
    tiers = problem.scenario.tiers_of(target)
    coverage = problem.coverage[tiers]
    state = problem.states_in(target.year)[0]
    children = problem.demand[state].under3 * group_share(problem.inputs, target.group, target.year)
    classes = coverage.class_of_cell
    weight = np.bincount(
        classes[classes >= 0],
        weights=children[classes >= 0],
        minlength=len(coverage.classes.always),
    )
    terms = Terms()
    terms.add(0, model.covered[tiers][:, _year(model, target)], weight)
    needed = target.required * children.sum() - children[coverage.always].sum()
    _require(model, target, terms, at_least=np.array([needed]))


def enrolment(model: PlanningModel, target: Enrolment) -> None:
    """Children with a place + short >= required x under-3s, in every trend.

    Children of a host's own staff count; so do those who live beyond the limit of a facility.
    """
    problem, sites = model.problem, model.problem.sites
    states = problem.states_in(target.year)
    counts = sites.of_tiers(problem.scenario.tiers_of(target))
    year = _year(model, target)
    terms, needed = Terms(), []
    for row, state in enumerate(states):
        demand = problem.demand[state]
        terms.add(row, model.newcomers[counts, state], 1.0)
        near = np.zeros(demand.enrolled.shape)
        np.add.at(near, demand.site, demand.drawn * sites.exists[demand.site][:, None])
        living = (near + demand.beyond).sum(axis=1) * counts
        terms.add(row, model.closed[:, year], -living)
        terms.add(row, model.open[:, year], demand.staff.sum(axis=1) * counts)
        settled = problem.service.settled[state]
        held = settled["children"][counts[settled["site"]]].sum()
        needed.append(target.required * demand.under3.sum() - living.sum() - held)
    _require(model, target, terms, at_least=np.array(needed))


def fill(model: PlanningModel, target: Fill) -> None:
    """sum_j filled[j,t] + short >= required x places added, in every trend; or site by site.

    Site by site, a site that opens as the only one of its township may be spared:
    required x places added x others[j], where others[j] = 0 only if no other site is open there.
    """
    problem, sites = model.problem, model.problem.sites
    counts = sites.inside & sites.of_tiers(problem.scenario.tiers_of(target))
    year = _year(model, target)
    for number, state in enumerate(problem.states_in(target.year)):
        name = f"_{number}" if number else ""
        site = np.flatnonzero((model.filled[:, state] != absent) & counts)
        by_site = target.within == "site"
        row = np.arange(len(site)) if by_site else np.zeros(len(site), dtype=np.int64)
        terms = Terms()
        terms.add(row, model.filled[site, state], 1.0)
        for kind, size in enumerate(problem.size):
            terms.add(row, model.classes[site, kind, year], -target.required * size)
        rows = len(site) if by_site else 1
        if by_site and target.spare_only_site:
            only = _only_sites(model, target, site, year, name)
            most = target.required * sites.room[site] * problem.size.max()
            terms.add(row, only, most)
        _require(model, target, terms, at_least=np.zeros(rows), name=name)


def _only_sites(
    model: PlanningModel, target: Fill, site: np.ndarray, year: int, name: str
) -> np.ndarray:
    """Declare only[j] in {0,1}, which can be 1 only where no other site of the township is open.

    only[j] + open[i,t] <= 1 for every other candidate i of the tiers in the township of j.
    """
    problem, sites = model.problem, model.problem.sites
    counts = sites.inside & sites.of_tiers(problem.scenario.tiers_of(target))
    can = ~sites.exists[site]
    only = model.declare(f"only_{target.key}{name}", can, (site,), 1.0, integer=True)
    row, other, mine = [], [], []
    for place, here in enumerate(site.tolist()):
        if not can[place]:
            continue
        others = np.flatnonzero(counts & (sites.zone == sites.zone[here]))
        others = others[others != here]
        row.append(np.full(len(others), place))
        other.append(others)
        mine.append(np.full(len(others), here))
    place_of, others, owner = (
        np.concatenate([np.empty(0, np.int64), *part]) for part in (row, other, mine)
    )
    terms = Terms()
    at = np.arange(len(others))
    terms.add(at, only[place_of], 1.0)
    today = model.add_presence(terms, at, others, year)
    model.require(f"only_{target.key}{name}", [owner, others], terms, at_most=1.0 - today)
    return only


def tier_count(model: PlanningModel, target: TierCount) -> None:
    """at_least <= open sites of the tiers <= at_most, each with its own short."""
    site = _counting(model, target)
    row = np.zeros(len(site), dtype=np.int64)
    for bound, is_least in ((target.at_least, True), (target.at_most, False)):
        if bound is None:
            continue
        terms = Terms()
        today = model.add_presence(terms, row, site, _year(model, target)).sum(keepdims=True)
        if is_least:
            _require(model, target, terms, at_least=bound - today, name="_least")
        else:
            _require(model, target, terms, at_most=bound - today, name="_most")


def zone_count(model: PlanningModel, target: ZoneCount) -> None:
    """Open sites of the tiers in z + short[z] >= sites required in z, for every z and trend.

    Where the target says so, only inclusive ones.
    """
    problem = model.problem
    zones = problem.zones[target.key]
    required = sites_in_every_trend(model, target)
    terms = Terms()
    today = model.add_presence(terms, zones.item, zones.site, _year(model, target))
    open_today = np.bincount(zones.item, weights=today, minlength=len(required))
    _require(model, target, terms, at_least=required - open_today)


def sites_in_every_trend(model: PlanningModel, target: ZoneCount) -> np.ndarray:
    """Return the sites that each zone needs under the trend that asks for most."""
    problem = model.problem
    return np.max(
        [
            sites_required(problem.inputs, target, problem.demand[state].under3)
            for state in problem.states_in(target.year)
        ],
        axis=0,
    )


def _main(model: PlanningModel, target: Target) -> int:
    """Return the state of a target's year under the trend that is planned for."""
    return model.problem.states_in(target.year)[0]


def new_area(model: PlanningModel, target: NewArea) -> None:
    """Places in a new area + short >= required x its people / 1000, once it is handed over."""
    problem = model.problem
    areas = problem.inputs.areas
    if areas is None:
        raise ValueError("a scenario with this target names areas")
    due = np.flatnonzero((areas["hand_over_year"] <= target.year).to_numpy())
    position = np.full(len(areas), absent)
    position[due] = np.arange(len(due))
    site = _counting(model, target)
    area = problem.sites.area[site]
    site = site[(area >= 0) & (position[area] != absent)]
    row = position[problem.sites.area[site]]
    terms = Terms()
    today = _add_places(model, terms, row, site, _year(model, target), np.ones(len(site)))
    needed = target.required * areas["people"].to_numpy(dtype=float)[due] / 1000
    needed = needed - np.bincount(row, weights=today, minlength=len(due))
    _require(model, target, terms, at_least=needed)


def pairing(model: PlanningModel, target: Pairing) -> None:
    """sum_j guided[j,K,t] + short >= required x open sites to be guided; K the target's kinds."""
    site = _counting(model, target)
    year = _year(model, target)
    terms = Terms()
    terms.add(0, model.guided[model.problem.scenario.guides_of(target)][site, year], 1.0)
    row = np.zeros(len(site), dtype=np.int64)
    today = model.add_presence(terms, row, site, year, -target.required)
    _require(model, target, terms, at_least=-today.sum(keepdims=True))


def budget(model: PlanningModel, target: Budget) -> None:
    """Spending - short <= required, in 万元; not discounted.

    The running cost is that of the year alone.
    """
    years = model.problem.years
    year = _year(model, target)
    weights = np.zeros(len(years))
    weights[year] = 1.0
    if target.since == "base_year" and target.spent_on != "running":
        weights[: year + 1] = 1.0
    terms, today = Terms(), 0.0
    if target.spent_on == "capital":
        add_capital(model, terms, weights)
    elif target.spent_on == "subsidy":
        add_subsidy(model, terms, weights)
    else:
        today = add_running(model, terms, weights)
    _require(model, target, terms, at_most=np.array([target.required / cny_in_unit - today]))


rule_of: dict[str, Callable[[PlanningModel, Target], None]] = {
    rule.__name__: rule  # type: ignore[misc]
    for rule in (
        per_thousand,
        inclusive_share,
        township_coverage,
        community_coverage,
        population_coverage,
        enrolment,
        fill,
        tier_count,
        zone_count,
        new_area,
        pairing,
        budget,
    )
}
"""Kind of target -> its constraint."""


def required_amount(model: PlanningModel, target: Target) -> float:
    """Return a target in the unit of its constraint; its shortfall is measured against it.

    The shares of places ask for more the more there are: they are measured against today's
    places in the study area; shares of institutions against the sites of today and one more.
    """
    problem, sites = model.problem, model.problem.sites
    under3 = problem.demand[_main(model, target)].under3
    inputs = problem.inputs
    if isinstance(target, PerThousand):
        people = float(inputs.townships[f"residents_{target.year}"].sum())
        amount = target.required * people / 1000
    elif isinstance(target, NewArea):
        people = 0.0 if inputs.areas is None else float(inputs.areas["people"].sum())
        amount = target.required * people / 1000
    elif isinstance(target, TownshipCoverage | CommunityCoverage):
        asked = len(zones_asked(inputs, target))
        amount = float(max(count_required(target.required, asked), 1))
    elif isinstance(target, PopulationCoverage):
        amount = target.required * float(
            (under3 * group_share(inputs, target.group, target.year)).sum()
        )
    elif isinstance(target, Enrolment):
        amount = target.required * float(under3.sum())
    elif isinstance(target, ZoneCount):
        amount = float(sites_in_every_trend(model, target).sum())
    elif isinstance(target, Pairing):
        amount = target.required * float(sites.exists[_counting(model, target)].sum() + 1)
    elif isinstance(target, Budget):
        amount = max(target.required / cny_in_unit, 1.0)
    elif isinstance(target, TierCount):
        amount = max(target.required, 1.0)
    else:
        amount = target.required * max(float(sites.places_today[sites.inside].sum()), 1.0)
    return max(amount, 1e-3)
