"""Constraints on who is served where, one function each.

Index sets: demand classes i, sites j, class kinds k, age bands a, states t: a planned year under
a trend of births.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from siting.model.planning_model import PlanningModel, Terms, absent

rounding = 1e-9
"""What a number of classes may be off by before it takes one more."""


def _states(model: PlanningModel) -> np.ndarray:
    return np.array(
        [f"{s.year}" if s.trend is None else f"{s.year}_{s.trend}" for s in model.problem.states]
    )


def _groups(*keys: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    """Return the row of each entry and the key of each row, one row for each distinct key."""
    if not len(keys[0]):
        return np.empty(0, np.int64), [np.empty(0, np.int64) for _ in keys]
    distinct, row = np.unique(np.column_stack(keys), axis=0, return_inverse=True)
    return row.ravel(), list(distinct.T)


def _served(model: PlanningModel) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return pair, band, state and column of each served variable."""
    pair, band, state = np.nonzero(model.served != absent)
    return pair, band, state, model.served[pair, band, state]


def demand(model: PlanningModel) -> None:
    """sum_j served[i,j,a,t] <= additional[i,a,t] + released where closed - taken where opened.

    Only takers without a place are served; those whose facility closes are takers again, and
    where they lived beyond its limit, they are the class's share of returned[a,t]; those whose
    parents' employer opens have a place there.
    """
    problem, service = model.problem, model.problem.service
    pair, band, state, column = _served(model)
    row, (classes, bands, states) = _groups(service.demand_class[pair], band, state)
    terms = Terms()
    terms.add(row, column, 1.0)
    for age, merged in enumerate(problem.band_of.tolist()):
        at = np.flatnonzero(bands == merged)
        share = service.beyond_share[classes[at], age, states[at]]
        some = share > 0
        terms.add(at[some], model.returned[age, states[at[some]]], -share[some])
    shifts = np.argwhere((service.released > 0) | (service.taken > 0))
    if len(shifts) and len(row):
        bands_n, states_n = service.released.shape[1:]

        def number(i: np.ndarray, a: np.ndarray, t: np.ndarray) -> np.ndarray:
            return (i.astype(np.int64) * bands_n + a) * states_n + t

        place, a, t = shifts.T
        wanted = number(service.demand_class[place], a, t)
        known = number(classes, bands, states)
        at = np.searchsorted(known, wanted)
        there = (at < len(known)) & (known[np.minimum(at, len(known) - 1)] == wanted)
        at, place, a, t = at[there], place[there], a[there], t[there]
        year = np.array([problem.year_of(s) for s in range(states_n)])[t]
        site = service.site[place]
        terms.add(at, model.closed[site, year], -service.released[place, a, t])
        terms.add(at, model.open[site, year], service.taken[place, a, t])
    model.require(
        "demand",
        [classes, np.array(problem.bands, dtype=str)[bands], _states(model)[states]],
        terms,
        at_most=service.additional[classes, bands, states],
    )


def returned(model: PlanningModel) -> None:
    """returned[a,t] <= sum_j beyond[j,a,t] x closed[j,t]."""
    problem = model.problem
    band, state = np.nonzero(model.returned != absent)
    year = np.array([problem.year_of(s) for s in range(len(problem.states))], dtype=int)[state]
    row = np.arange(len(band))
    terms = Terms()
    terms.add(row, model.returned[band, state], 1.0)
    for site in np.flatnonzero(problem.service.beyond.any(axis=(1, 2))).tolist():
        terms.add(row, model.closed[site, year], -problem.service.beyond[site, band, state])
    keys = [np.array(problem.scenario.bands)[band], _states(model)[state]]
    model.require("returned", keys, terms, at_most=0.0)


def capacity(model: PlanningModel) -> None:
    """sum_i served[i,j,a,t] + enrolled[j,a,t] + staff[j,a,t] <= sum_k alloc[j,k,a,t].

    A kind that takes one band only gives it all its places. Children enrolled today keep theirs
    unless the facility closes, so new places are filled by additional children only; the
    children of a host's own staff take its places first. Stated for every band that somebody
    has or could have a place in.
    """
    problem, sites = model.problem, model.problem.sites
    pair, band, state, column = _served(model)
    at = np.zeros((len(sites.zone), len(problem.bands), len(problem.states)), dtype=bool)
    at[problem.service.site[pair], band, state] = True
    year_of = np.array([problem.year_of(s) for s in range(len(problem.states))])
    staffed = (model.open != absent)[:, None, year_of] & (problem.staff > 0)
    enrolled = sites.inside[:, None, None] & (problem.enrolled > 0)
    changes = (model.alloc != absent).any(axis=1) | (model.closed != absent)[:, None, year_of]
    at |= staffed | (enrolled & changes)
    site, bands, states = np.nonzero(at)
    position = np.full(at.shape, absent)
    position[site, bands, states] = np.arange(len(site))
    year = year_of[states]
    row = np.arange(len(site))
    terms = Terms()
    terms.add(position[problem.service.site[pair], band, state], column, 1.0)
    today = np.zeros(len(site))
    for kind, size in enumerate(problem.size):
        takes = problem.takes[kind][bands]
        shared = model.alloc[site, kind, bands, states]
        own = takes & (shared == absent)
        terms.add(row, shared, -1.0)
        terms.add(row[own], model.classes[site[own], kind, year[own]], -size)
        places = np.where(own, size * sites.classes_today[site, kind], 0.0)
        terms.add(row, model.closed[site, year], places)
        today += places
    terms.add(row, model.closed[site, year], -problem.enrolled[site, bands, states])
    terms.add(row, model.open[site, year], problem.staff[site, bands, states])
    model.require(
        "capacity",
        [site, np.array(problem.bands, dtype=str)[bands], _states(model)[states]],
        terms,
        at_most=today - problem.enrolled[site, bands, states],
    )


def staff_classes(model: PlanningModel) -> None:
    """sum_k ceil(size[k] / d) x classes[j,k,t] >= ceil(staff[j,A,t] / d) x open[j,t].

    At a candidate, for each set A of bands, over the kinds k that take one of them, with the size
    of each of these kinds as d. It follows from capacity for whole numbers of classes (Chvatal,
    Discrete Mathematics 4, 1973), and keeps fractions of a class from holding a host's staff.
    """
    problem = model.problem
    staffed = problem.staff.any(axis=(1, 2)) & ~problem.sites.exists
    known: set[tuple[object, ...]] = set()
    sites: list[int] = []
    years: list[int] = []
    terms = Terms()
    for site, year in np.argwhere(np.logical_and(model.open != absent, staffed[:, None])).tolist():
        states = problem.states_in(problem.years[year])
        staff = problem.staff[site][:, states].max(axis=1, initial=0.0)
        for bands in _sets_of(np.flatnonzero(staff)):
            takes = problem.takes[:, bands].any(axis=1)
            kinds = np.flatnonzero(takes & (model.classes[site, :, year] != absent))
            for size in np.unique(problem.size[kinds]):
                weights = np.ceil(problem.size[kinds] / size)
                needed = np.ceil(staff[bands].sum() / size - rounding)
                said = (site, year, *kinds, *weights, needed)
                if said not in known:
                    terms.add(len(sites), model.classes[site, kinds, year], weights)
                    terms.add(len(sites), model.open[[site], year], -needed)
                    known.add(said)
                    sites.append(site)
                    years.append(problem.years[year])
    keys = [np.array(sites, dtype=int), np.array(years, dtype=int), np.arange(len(sites))]
    model.require("staff_classes", keys, terms, at_least=0.0)


def _sets_of(members: np.ndarray) -> Iterator[list[int]]:
    """Return every set of some members."""
    some = members.tolist()
    return (list(s) for n in range(1, len(some) + 1) for s in combinations(some, n))


def alloc(model: PlanningModel) -> None:
    """sum_a alloc[j,k,a,t] <= size[k] x (classes_today[j,k] + classes[j,k,t]), none if closed."""
    problem, sites = model.problem, model.problem.sites
    site, kind, band, state = np.nonzero(model.alloc != absent)
    row, (sites_of, kinds, states) = _groups(site, kind, state)
    year = np.array([problem.year_of(s) for s in range(len(problem.states))], dtype=int)[states]
    terms = Terms()
    terms.add(row, model.alloc[site, kind, band, state], 1.0)
    at = np.arange(len(sites_of))
    today = problem.size[kinds] * sites.classes_today[sites_of, kinds]
    terms.add(at, model.classes[sites_of, kinds, year], -problem.size[kinds])
    terms.add(at, model.closed[sites_of, year], today)
    keys = [sites_of, np.array(problem.kinds)[kinds], _states(model)[states]]
    model.require("alloc", keys, terms, at_most=today)


def linked(model: PlanningModel) -> None:
    """sum_i served[i,j,a,t] <= sum_k min(size[k], children who could come) x classes[j,k,t].

    At a candidate it follows from capacity for whole numbers of classes, and is much tighter for
    fractions of a class, which would otherwise serve a handful of children each.
    """
    problem, service = model.problem, model.problem.service
    pair, band, state, column = _served(model)
    new = ~problem.sites.exists[service.site[pair]]
    pair, band, state, column = pair[new], band[new], state[new], column[new]
    row, (site, bands, states) = _groups(service.site[pair], band, state)
    could_come = np.bincount(
        row,
        weights=service.could_come[service.demand_class[pair], band, state],
        minlength=len(site),
    )
    year = np.array([problem.year_of(s) for s in range(len(problem.states))], dtype=int)[states]
    few = could_come < np.where(problem.takes, problem.size[:, None], 0.0).max(axis=0)[bands]
    position = np.full(len(site), absent)
    position[few] = np.arange(few.sum())
    terms = Terms()
    kept = few[row]
    terms.add(position[row[kept]], column[kept], 1.0)
    site, bands, states, year = site[few], bands[few], states[few], year[few]
    at = np.arange(len(site))
    for kind, size in enumerate(problem.size):
        takes = problem.takes[kind][bands]
        most = -np.minimum(size, could_come[few])
        terms.add(at[takes], model.classes[site[takes], kind, year[takes]], most[takes])
    keys = [site, np.array(problem.bands, dtype=str)[bands], _states(model)[states]]
    model.require("linked", keys, terms, at_most=0.0)


def filled(model: PlanningModel) -> None:
    """filled[j,t] <= places added at j, and filled[j,t] <= children added at j.

    A facility's free places of today, spare[j,t], are filled before its new ones: there
    filled[j,t] <= children added at j - spare[j,t] x overflows[j,t], and filled[j,t] <= most
    places that could be added x overflows[j,t].
    """
    problem, sites = model.problem, model.problem.sites
    site, state = np.nonzero(model.filled != absent)
    row = np.arange(len(site))
    year = np.array([problem.year_of(s) for s in range(len(problem.states))], dtype=int)[state]
    places, children, full = Terms(), Terms(), Terms()
    keys = [site, _states(model)[state]]
    for terms in (places, children):
        terms.add(row, model.filled[site, state], 1.0)
    for kind, size in enumerate(problem.size):
        places.add(row, model.classes[site, kind, year], -size)
    model.require("filled_places", keys, places, at_most=0.0)
    children.add(row, model.newcomers[site, state], -1.0)
    staff = problem.staff[site, :, state].sum(axis=1)
    children.add(row, model.open[site, year], -staff)
    spare = sites.places_today[site] - problem.enrolled[site, :, state].sum(axis=1)
    children.add(row, model.overflows[site, state], spare)
    model.require("filled_children", keys, children, at_most=0.0)
    expands = np.flatnonzero(model.overflows[site, state] != absent)
    most = sites.room[site] * problem.size.max()
    at = np.arange(len(expands))
    full.add(at, model.filled[site, state][expands], 1.0)
    full.add(at, model.overflows[site, state][expands], -most[expands])
    model.require("overflows", [key[expands] for key in keys], full, at_most=0.0)


def newcomers(model: PlanningModel) -> None:
    """newcomers[j,t] <= sum_i,a served[i,j,a,t], where a target asks for them.

    Targets add up sites in place of pairs: a row over every pair made HiGHS's presolve many
    times longer.
    """
    problem = model.problem
    site, state = np.nonzero(model.newcomers != absent)
    position = np.full(model.newcomers.shape, absent)
    position[site, state] = np.arange(len(site))
    pair, _, served_in, column = _served(model)
    row = position[problem.service.site[pair], served_in]
    terms = Terms()
    terms.add(row[row != absent], column[row != absent], -1.0)
    terms.add(np.arange(len(site)), model.newcomers[site, state], 1.0)
    model.require("newcomers", [site, _states(model)[state]], terms, at_most=0.0)


service_rules = (demand, returned, capacity, staff_classes, alloc, linked, newcomers, filled)
