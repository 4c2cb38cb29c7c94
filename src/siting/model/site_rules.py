"""Constraints on what may be done at sites, one function each."""

import numpy as np

from siting.model.planning_model import PlanningModel, Terms, absent


def _site_years(columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the sites and years that have a variable."""
    site, year = np.nonzero(columns != absent)
    return site, year


def _years(model: PlanningModel) -> np.ndarray:
    return np.array(model.problem.years)


def phasing(model: PlanningModel) -> None:
    """Keep what opens, what classes there are, and what closes closed.

    open[j,t] >= open[j,t-1], classes[j,k,t] >= classes[j,k,t-1], closed[j,t] >= closed[j,t-1].
    """
    years = _years(model)
    kinds = np.array(model.problem.kinds)
    for name, columns, parts in (
        ("open", model.open, ()),
        ("closed", model.closed, ()),
        ("classes", model.classes, (kinds,)),
    ):
        earlier, later = columns[..., :-1], columns[..., 1:]
        at = np.nonzero(earlier != absent)
        terms = Terms()
        row = np.arange(len(at[0]))
        terms.add(row, later[at], 1.0)
        terms.add(row, earlier[at], -1.0)
        keys = [at[0], *(part[index] for part, index in zip(parts, at[1:], strict=False))]
        model.require(f"phasing_{name}", [*keys, years[1:][at[-1]]], terms, at_least=0.0)


def host_limit(model: PlanningModel) -> None:
    """Classes and places of a site stay within its host and follow its opening or closing.

    sum_k classes[j,k,t] <= (max_classes[j] - classes today) x open[j,t], or x (1 - closed[j,t]),
    and sum_k size[k] x classes[j,k,t] <= (most_places[j] - places today) x open[j,t] where the
    host limits its places. What has acted does not close: open[j,t] + closed[j,t] <= 1.
    """
    problem, sites = model.problem, model.problem.sites
    years = _years(model)
    some = (model.classes != absent).any(axis=1)
    site, year = np.nonzero(some)
    row = np.arange(len(site))
    free = sites.most_places - sites.places_today
    for name, weights, room in (
        ("host_limit", np.ones(len(problem.kinds)), sites.room.astype(float)),
        ("host_places", problem.size, free),
    ):
        told = np.isfinite(room[site])
        if name == "host_places":
            told &= free[site] < room[site] * problem.size.max()
        terms = Terms()
        kept = np.flatnonzero(told)
        at = row[: len(kept)]
        for kind, weight in enumerate(weights):
            terms.add(at, model.classes[site[kept], kind, year[kept]], weight)
        acts = model.open[site[kept], year[kept]]
        terms.add(at, acts, -room[site[kept]])
        closes = np.where(acts != absent, absent, model.closed[site[kept], year[kept]])
        terms.add(at, closes, room[site[kept]])
        most = np.where(acts != absent, 0.0, room[site[kept]])
        model.require(name, [site[kept], years[year[kept]]], terms, at_most=most)
    site, year = np.nonzero((model.open != absent) & (model.closed != absent))
    terms = Terms()
    for columns in (model.open, model.closed):
        terms.add(np.arange(len(site)), columns[site, year], 1.0)
    model.require("host_closes", [site, years[year]], terms, at_most=1.0)


def some_place(model: PlanningModel) -> None:
    """Open with a class: sum_k classes[j,k,t] >= open[j,t].

    Where the tier opens with more, sum_k size[k] x classes[j,k,t] >= least_places[j] x open[j,t];
    a facility, which is open, may grow by any class.
    """
    problem, sites = model.problem, model.problem.sites
    years = _years(model)
    site, year = _site_years(model.open)
    kept = sites.has_kinds[site]
    site, year = site[kept], year[kept]
    large = (sites.least_places[site] > 0) & ~sites.exists[site]
    row = np.arange(len(site))
    terms = Terms()
    for kind, size in enumerate(problem.size):
        weight = np.where(large, size, 1.0)
        terms.add(row, model.classes[site, kind, year], weight)
    least = np.where(large, sites.least_places[site], 1.0)
    terms.add(row, model.open[site, year], -least)
    model.require("some_place", [site, years[year]], terms, at_least=0.0)


def decided(model: PlanningModel) -> None:
    """Do what is decided already: open[j,t] >= 1 from the year of a decision.

    At a facility without a variable for it, sum_k classes[j,k,t] >= 1.
    """
    years = _years(model)
    site, year = np.nonzero(model.problem.sites.must_open)
    opens = model.open[site, year] != absent
    terms = Terms()
    row = np.arange(len(site))
    terms.add(row, model.open[site, year], 1.0)
    for kind in range(len(model.problem.kinds)):
        terms.add(row[~opens], model.classes[site[~opens], kind, year[~opens]], 1.0)
    model.require("decided", [site, years[year]], terms, at_least=1.0)


def closing(model: PlanningModel) -> None:
    """Close what has to close: closed[j,t] >= 1."""
    site, year = np.nonzero(model.problem.sites.must_close & (model.closed != absent))
    terms = Terms()
    terms.add(np.arange(len(site)), model.closed[site, year], 1.0)
    model.require("closing", [site, _years(model)[year]], terms, at_least=1.0)


def exclusive(model: PlanningModel) -> None:
    """Sum of open[j,t] <= 1 over the sites j of an exclusive group, in the last year."""
    group = model.problem.sites.group
    opens = model.open[:, -1] != absent
    names = sorted({name for name in group[opens].tolist() if name})
    terms = Terms()
    for row, name in enumerate(names):
        members = np.flatnonzero(opens & (group == name))
        terms.add(row, model.open[members, -1], 1.0)
    model.require("exclusive", [np.arange(len(names))], terms, at_most=1.0)


def covered(model: PlanningModel) -> None:
    """covered[i,t] <= sum of open sites of the tiers within reach of i."""
    years = _years(model)
    for number, (tiers, column) in enumerate(model.covered.items()):
        reached = model.problem.coverage[tiers].classes
        name = "covered" if len(model.covered) == 1 else f"covered_{number}"
        for t in range(len(years)):
            terms = Terms()
            classes = len(column)
            terms.add(np.arange(classes), column[:, t], 1.0)
            today = model.add_presence(terms, reached.item, reached.site, t, -1.0)
            open_today = -np.bincount(reached.item, weights=today, minlength=classes)
            keys = [np.arange(classes), np.full(classes, years[t])]
            model.require(name, keys, terms, at_most=open_today)


def has(model: PlanningModel) -> None:
    """has[z] <= sum of open sites of the target's tiers inside z, or near enough to share."""
    for target in model.problem.scenario.targets:
        column = model.has.get(target.key)
        if column is None:
            continue
        zones = model.problem.zones[target.key]
        year = model.problem.years.index(target.year)
        chosen = np.flatnonzero(column != absent)
        position = np.full(len(column), absent)
        position[chosen] = np.arange(len(chosen))
        terms = Terms()
        row = position[zones.item]
        terms.add(np.arange(len(chosen)), column[chosen], 1.0)
        today = model.add_presence(terms, row, zones.site, year, -1.0)
        open_today = -np.bincount(row, weights=today, minlength=len(chosen))
        model.require(f"has_{target.key}", [chosen], terms, at_most=open_today)


def workload(model: PlanningModel) -> None:
    """sum_j pair[j,m,t] <= most_sites[m]: a team guides what its staff can."""
    teams = model.problem.teams
    if teams is None:
        return
    years = _years(model)
    every = np.arange(len(teams.most_sites))
    for t in np.flatnonzero((model.pair != absent).any(axis=0)).tolist():
        terms = Terms()
        terms.add(teams.team, model.pair[:, t], 1.0)
        keys = [every, np.full(len(every), years[t])]
        model.require("workload", keys, terms, at_most=teams.most_sites)


def guided(model: PlanningModel) -> None:
    """guided[j,K,t] <= sum of pair[j,m,t] over m of the kinds K, and <= 1 where j is open, else 0.

    K are the kinds of medical institutions of a pairing target.
    """
    teams = model.problem.teams
    if teams is None:
        return
    years = _years(model)
    for number, (kinds, column) in enumerate(model.guided.items()):
        name = "guided" if len(model.guided) == 1 else f"guided_{number}"
        site, year = _site_years(column)
        position = np.full(column.shape, absent)
        position[site, year] = np.arange(len(site))
        row = np.where(model.problem.pairs_by(kinds)[:, None], position[teams.site], absent)
        there = row != absent
        pairs, presence = Terms(), Terms()
        pairs.add(row[there], model.pair[there], -1.0)
        for terms in (pairs, presence):
            terms.add(np.arange(len(site)), column[site, year], 1.0)
        keys = [site, years[year]]
        model.require(name, keys, pairs, at_most=0.0)
        today = np.zeros(len(site))
        for t in np.unique(year).tolist():
            at = np.flatnonzero(year == t)
            today[at] = model.add_presence(presence, at, site[at], t, -1.0)
        model.require(f"{name}_open", keys, presence, at_most=-today)


site_rules = (
    phasing,
    host_limit,
    some_place,
    decided,
    closing,
    exclusive,
    covered,
    has,
    workload,
    guided,
)
