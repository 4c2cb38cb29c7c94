"""Least travel time on the full demand cells, with the sites and the number served held."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

import numpy as np
import pandas as pd
from scipy.sparse import csc_array, csr_array

from siting.inputs import free_places
from siting.model.assignment import Ways, assign
from siting.model.choice import Choice
from siting.model.problem import SitingProblem, least_children
from siting.reach import site_limits_s
from siting.solver.answer import proven_tolerance, relative_gap

minutes_unit = "child-minutes"


@dataclass(frozen=True)
class ShorterWays:
    """Who goes where, in every state.

    Attributes
    ----------
    served
        For each state ``cell, site, band, children``, the band one of the scenario.
    seconds_total
        Child-seconds of each state, one way.
    bounds
        Child-seconds of each state that cannot be beaten; None where unknown.
    timed_out
        Whether the clock ended it in some state.
    """

    served: tuple[pd.DataFrame, ...]
    seconds_total: tuple[float, ...]
    bounds: tuple[float | None, ...]
    timed_out: bool

    @property
    def proven(self) -> bool:
        """Whether no state can do better."""
        return all(
            bound is not None and relative_gap(total, bound) <= proven_tolerance
            for total, bound in zip(self.seconds_total, self.bounds, strict=True)
        )


def shorten_ways(
    problem: SitingProblem,
    choice: Choice,
    served: tuple[pd.DataFrame, ...],
    *,
    time_limit_s: float = np.inf,
) -> ShorterWays:
    """Give the children of every state places in the least total travel time.

    Held are what is done at the sites, the children of every cell and age, those enrolled and of
    a host's staff, the limits of reach, and how many are served: in all, at the sites that an
    enrolment target of the year counts, and, where a target asks that new places be filled, at
    every site with added places; so the figures of targets stay. Who is served may change.

    Parameters
    ----------
    choice
        What is done.
    served
        Who is served where, as known so far; kept for a state that the clock ends.
    """
    deadline = monotonic() + time_limit_s

    def seconds_left() -> float:
        return max(deadline - monotonic(), 0.0)

    prices: np.ndarray | None = None
    shorter = []
    for number in range(len(problem.states)):
        year = problem.year_of(number)
        is_open, classes = choice.is_open[:, year], choice.classes[:, :, year]
        state = _State(problem, is_open, classes, served[number], number)
        found, prices = _shorten(state, prices, seconds_left)
        shorter.append(found)
    tables, totals, bounds, timed_out = zip(*shorter, strict=True)
    return ShorterWays(tables, totals, bounds, any(timed_out))


def child_minutes(problem: SitingProblem, shorter: ShorterWays) -> tuple[float, float | None]:
    """Return child-minutes of the planned years, one way, and their bound.

    Other trends of births are left out: a child is counted once a year.
    """
    main = [number for number, state in enumerate(problem.states) if state.trend is None]
    known = [bound for bound in (shorter.bounds[number] for number in main) if bound is not None]
    total = sum(shorter.seconds_total[number] for number in main) / 60
    return total, sum(known) / 60 if len(known) == len(main) else None


@dataclass(frozen=True)
class _State:
    """A state of a plan: what is there, and who is served so far."""

    problem: SitingProblem
    is_open: np.ndarray
    classes: np.ndarray
    served: pd.DataFrame
    number: int


def _shorten(
    state: _State, prices: np.ndarray | None, seconds_left: Callable[[], float]
) -> tuple[tuple[pd.DataFrame, float, float | None, bool], np.ndarray | None]:
    """Return the table of a state, its child-seconds, their bound, whether time ran out; prices.

    Parameters
    ----------
    prices
        Sites x bands: prices of the places in the state before.
    """
    problem, settings = state.problem, state.problem.scenario.solver
    waiting = problem.demand[state.number].under(state.is_open).additional
    cell, site, band, ways = _ways(state, problem.banded(waiting))
    if not len(cell):
        return (state.served, 0.0, 0.0, False), prices
    known = None
    if prices is not None:
        known = np.zeros(ways.claims.shape[0])
        known[ways.desk] = prices[site, band]
    assigned = assign(
        ways,
        float(state.served["children"].sum()),
        threads=settings.threads,
        seed=settings.seed,
        known_prices=known,
        seconds_left=seconds_left,
    )
    if assigned is None:
        total = _seconds(problem, state.served)
        return (state.served, total, None, not seconds_left()), prices
    some = np.flatnonzero(assigned.children > 0)
    table = _by_age(problem, waiting, cell[some], site[some], band[some], assigned.children[some])
    total = float(assigned.children @ ways.seconds)
    prices = np.zeros((len(state.is_open), len(problem.bands)))
    prices[site, band] = assigned.desk_prices[ways.desk]
    return (table, total, assigned.bound, assigned.timed_out), prices


def _ways(state: _State, waiting: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, Ways]:
    """Return cell, site and merged band of each way, and the ways.

    A site has a desk for each band; class kinds that take several bands are shared by theirs.
    """
    problem = state.problem
    cell, site, band, seconds = _pairs(state, waiting)
    there = np.zeros(len(state.is_open), dtype=bool)
    there[site] = True
    places = np.where(there[:, None], state.classes * problem.size, 0.0)
    kept = _kept(state) * there[:, None]
    shares = problem.takes.sum(axis=1) > 1
    has_desk = (places @ problem.takes > 0) | (kept > 0)
    desk_site, desk_band = np.nonzero(has_desk)
    desk_of = np.full(has_desk.shape, -1)
    desk_of[desk_site, desk_band] = np.arange(len(desk_site))
    own = places[:, ~shares] @ problem.takes[~shares] - kept
    pool_site, pool_kind = np.nonzero((places > 0) & shares)
    pool, pool_band = np.nonzero(problem.takes[pool_kind])
    holding, held = _holds(state)
    desks, pools, holds = len(desk_site), len(pool_site), len(held)
    rows = desks + pools + holds
    amount = np.arange(len(pool))
    given = (desk_of[pool_site[pool], pool_band], desks + pool)
    hold_desk, hold = np.nonzero(holding[desk_site])
    demand, number = np.unique(cell * len(problem.bands) + band, return_inverse=True)
    ways = Ways(
        children=waiting.ravel()[demand],
        demand=number,
        desk=desk_of[site, band],
        seconds=seconds,
        claims=csr_array(
            (
                np.ones(desks + len(hold)),
                (
                    np.concatenate([np.arange(desks), hold_desk]),
                    np.concatenate([np.arange(desks), desks + pools + hold]),
                ),
            ),
            shape=(desks, rows),
        ),
        shared=csc_array(
            (
                np.repeat([-1.0, 1.0], len(amount)),
                (np.concatenate(given), np.tile(amount, 2)),
            ),
            shape=(rows, len(amount)),
        ),
        lower=np.concatenate([np.full(desks + pools, -np.inf), held]),
        upper=np.concatenate([own[desk_site, desk_band], places[pool_site, pool_kind], held]),
    )
    return cell, site, band, ways


def _kept(state: _State) -> np.ndarray:
    """Return sites x bands: children who keep their places, enrolled and of open hosts' staff."""
    problem = state.problem
    there = problem.enrolled[:, :, state.number] + problem.staff[:, :, state.number]
    return there * state.is_open[:, None]


def _pairs(
    state: _State, waiting: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return cell, site, merged band and seconds of each way, quickest first for each child."""
    problem, reach = state.problem, state.problem.reach
    kept = _kept(state)
    free = free_places(state.classes, problem.size, problem.takes, kept)
    opens = state.is_open & problem.sites.for_residents
    for places in free.values():
        opens &= places > -proven_tolerance * np.maximum(kept.sum(axis=1), 1.0)
    within = np.flatnonzero(
        reach.pairs_within(site_limits_s(problem.scenario, problem.inputs.sites))
        & opens[reach.site]
    )
    cell, site = reach.cell[within], reach.site[within]
    takes = np.zeros((len(problem.sites.zone), len(problem.bands)), dtype=bool)
    for number in range(len(problem.bands)):
        takes[:, number] = free[(number,)] > least_children
    pair, band = np.nonzero(takes[site] & (waiting[cell] > least_children))
    cell, site, seconds = cell[pair], site[pair], reach.seconds[within][pair].astype(float)
    # Pairs are in the order of (cell, site), so a stable sort leaves sites in order.
    whose = cell * np.int64(len(problem.bands)) + band
    order = np.argsort(whose * (seconds.max(initial=0.0) + 1) + seconds, kind="stable")
    return cell[order], site[order], band[order], seconds[order]


def _holds(state: _State) -> tuple[np.ndarray, np.ndarray]:
    """Return sites x holds, whether a site counts in each, and the children held."""
    problem, sites = state.problem, state.problem.sites
    at_site = np.bincount(
        state.served["site"], weights=state.served["children"], minlength=len(sites.zone)
    )
    targets = problem.scenario.targets_of(problem.states[state.number].year)
    serves = (state.classes > 0).any(axis=1) & sites.for_residents
    counting = []
    for target in targets:
        counts = sites.of_tiers(problem.scenario.tiers_of(target))
        if target.kind == "enrolment" and not counts[serves].all():
            counting.append(counts)
    if any(target.kind == "fill" for target in targets):
        grown = (state.classes > sites.classes_today).any(axis=1) & (at_site > 0)
        counting += [np.arange(len(grown)) == at for at in np.flatnonzero(grown).tolist()]
    holding = np.array(counting, dtype=bool).reshape(-1, len(at_site)).T
    return holding, at_site @ holding


def _by_age(
    problem: SitingProblem,
    waiting: np.ndarray,
    cell: np.ndarray,
    site: np.ndarray,
    band: np.ndarray,
    children: np.ndarray,
) -> pd.DataFrame:
    """Return children of merged bands as those of their ages, each by its share of the cell."""
    share = np.zeros_like(waiting)
    for merged in range(len(problem.bands)):
        ages = problem.band_of == merged
        total = waiting[:, ages].sum(axis=1, keepdims=True)
        share[:, ages] = np.divide(waiting[:, ages], total, where=total > 0, out=share[:, ages])
    way, age = np.nonzero((problem.band_of == band[:, None]) & (share[cell] > 0))
    table = pd.DataFrame(
        {
            "cell": cell[way],
            "site": site[way],
            "band": age,
            "children": children[way] * share[cell[way], age],
        }
    )
    return table.sort_values(["cell", "site", "band"], ignore_index=True)


def _seconds(problem: SitingProblem, served: pd.DataFrame) -> float:
    """Return the child-seconds of a table."""
    seconds = seconds_between(problem, served["cell"].to_numpy(), served["site"].to_numpy())
    return float(seconds @ served["children"])


def seconds_between(problem: SitingProblem, cell: np.ndarray, site: np.ndarray) -> np.ndarray:
    """Return the travel time between cells and sites within reach."""
    reach, sites = problem.reach, np.int64(len(problem.sites.zone))
    row = np.searchsorted(reach.cell * sites + reach.site, cell * sites + site)
    return reach.seconds[row].astype(float)
