"""The variables of the planning model; what is settled beforehand gets none."""

import numpy as np

from siting.model.planning_model import PlanningModel, absent
from siting.model.problem import SitingProblem


def declare(problem: SitingProblem) -> PlanningModel:
    """Create the variables of a problem."""
    model = PlanningModel(problem)
    _declare_sites(model)
    _declare_service(model)
    _declare_coverage(model)
    _declare_fill(model)
    _declare_pairing(model)
    return model


def _keys(problem: SitingProblem) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the names of sites, years and states in the model."""
    states = [f"{s.year}" if s.trend is None else f"{s.year}_{s.trend}" for s in problem.states]
    return np.arange(len(problem.sites.zone)), np.array(problem.years), np.array(states)


def states_asked(problem: SitingProblem) -> np.ndarray:
    """Return of each state whether a target asks who is given a place."""
    asked = {t.year for t in problem.scenario.targets if t.kind in ("fill", "enrolment")}
    return np.array([state.year in asked for state in problem.states])


def states_told(problem: SitingProblem) -> np.ndarray:
    """Return of each state whether the model tells who is given a place in it."""
    if {"served", "travel_time"}.intersection(problem.scenario.objectives):
        return np.ones(len(problem.states), dtype=bool)
    return states_asked(problem)


def _declare_sites(model: PlanningModel) -> None:
    problem, sites = model.problem, model.problem.sites
    names, years, _ = _keys(problem)
    acts = sites.may_open & (~sites.exists | (sites.fixed_cost_cny > 0))[:, None]
    model.open = model.declare("open", acts, (names, years), 1.0, integer=True)
    closes = np.broadcast_to(sites.may_close[:, None], acts.shape)
    model.closed = model.declare("closed", closes, (names, years), 1.0, integer=True)
    runs = sites.runs[:, :, None] & sites.may_open[:, None, :] & (sites.room > 0)[:, None, None]
    fits = _fits(problem)
    runs &= (fits > 0)[:, :, None]
    model.classes = model.declare(
        "classes",
        runs,
        (names, np.array(problem.kinds), years),
        np.broadcast_to(fits[:, :, None], runs.shape),
        integer=True,
    )


def _fits(problem: SitingProblem) -> np.ndarray:
    """Return sites x kinds: classes that can be added at most."""
    sites = problem.sites
    free = sites.most_places - sites.places_today
    held = np.minimum(free[:, None] / problem.size[None, :], sites.room[:, None])
    return np.floor(np.maximum(held, 0.0) + 1e-9)


def _declare_service(model: PlanningModel) -> None:
    problem, sites = model.problem, model.problem.sites
    names, _, states = _keys(problem)
    year_of = [problem.year_of(state) for state in range(len(states))]
    can_have = (sites.classes_today > 0)[:, :, None] | (model.classes != absent)
    shares = problem.takes.sum(axis=1) > 1
    alloc = (can_have & shares[None, :, None])[:, :, None, :][:, :, :, year_of] & problem.takes[
        None, :, :, None
    ]
    # Every bound is finite: HiGHS 1.15.1 lost plans where it merged columns without one.
    most = (sites.classes_today + _fits(problem)) * problem.size
    model.alloc = model.declare(
        "alloc",
        alloc,
        (names, np.array(problem.kinds), np.array(problem.bands), states),
        np.broadcast_to(most[:, :, None, None], alloc.shape),
    )
    takes_band = np.einsum("jkt,ka->jat", can_have.astype(int), problem.takes.astype(int)) > 0
    service, told = problem.service, states_told(problem)
    wanted = (
        takes_band[:, :, year_of][service.site]
        & sites.for_residents[service.site][:, None, None]
        & (service.could_come[service.demand_class] > 0)
        & told
    )
    returns = service.beyond.sum(axis=0) * (service.beyond_share.sum(axis=0) > 0)
    model.returned = model.declare(
        "returned", (returns > 0) & told, (np.array(problem.scenario.bands), states), returns
    )
    model.served = model.declare(
        "served",
        wanted,
        ((service.demand_class, service.site), np.array(problem.bands, dtype=str), states),
        service.could_come[service.demand_class],
    )
    asked = states_asked(problem)
    most = np.zeros((len(sites.zone), len(states)))
    np.add.at(most, service.site, (service.could_come[service.demand_class] * wanted).sum(axis=1))
    model.newcomers = model.declare("newcomers", (most > 0) & asked, (names, states), most)


def _declare_coverage(model: PlanningModel) -> None:
    problem = model.problem
    _, years, _ = _keys(problem)
    for number, (tiers, coverage) in enumerate(problem.coverage.items()):
        classes = len(coverage.classes.always)
        wanted = np.ones((classes, len(years)), dtype=bool)
        name = "covered" if len(problem.coverage) == 1 else f"covered_{number}"
        model.covered[tiers] = model.declare(name, wanted, (np.arange(classes), years), 1.0)
    for target in problem.scenario.targets:
        if target.kind not in ("township_coverage", "community_coverage"):
            continue
        key, zones = target.key, problem.zones[target.key]
        near = np.zeros(len(zones.always), dtype=bool)
        near[zones.item] = True
        model.has[key] = model.declare(f"has_{key}", near, (np.arange(len(near)),), 1.0)


def _declare_fill(model: PlanningModel) -> None:
    problem, sites = model.problem, model.problem.sites
    names, _, states = _keys(problem)
    shape = (len(names), len(states))
    year_of = [problem.year_of(state) for state in range(len(states))]
    asked = {target.year for target in problem.scenario.targets if target.kind == "fill"}
    due = np.array([state.year in asked for state in problem.states])
    wanted = (model.classes != absent).any(axis=1)[:, year_of] & due
    most = np.broadcast_to((sites.room * problem.size.max(initial=0.0))[:, None], shape)
    model.filled = model.declare("filled", wanted, (names, states), most)
    expands = wanted & sites.exists[:, None]
    model.overflows = model.declare("overflows", expands, (names, states), 1.0, integer=True)


def _declare_pairing(model: PlanningModel) -> None:
    problem = model.problem
    names, years, _ = _keys(problem)
    asked: dict[frozenset[str], set[int]] = {}
    for target in problem.scenario.targets:
        if target.kind == "pairing":
            asked.setdefault(problem.scenario.guides_of(target), set()).add(target.year)
    due = {
        kinds: np.array([year in of_kinds for year in problem.years])
        for kinds, of_kinds in asked.items()
    }
    teams = problem.teams
    pairs = 0 if teams is None else len(teams.site)
    wanted = np.zeros((pairs, len(years)), dtype=bool)
    for kinds, in_year in due.items():
        wanted |= problem.pairs_by(kinds)[:, None] & in_year
    # Whole sites that can be guided in parts can be guided whole: pairs are a flow.
    model.pair = model.declare("pair", wanted, (np.arange(pairs), years), 1.0)
    for number, (kinds, in_year) in enumerate(due.items()):
        name = "guided" if len(due) == 1 else f"guided_{number}"
        by_kinds = problem.pairs_by(kinds)
        site = np.empty(0, np.int64) if teams is None else teams.site[by_kinds]
        guided = np.isin(names, site)[:, None] & in_year
        model.guided[kinds] = model.declare(name, guided, (names, years), 1.0, integer=True)
