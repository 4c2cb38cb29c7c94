"""The textbook location problems on plain tables: a thin door to ``siting.location``."""

from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from siting.errors import DataError, Problem, ScenarioError, SolverError
from siting.location.capacitated import Shared, locate_shared, share_out
from siting.location.center import min_worst_time, no_longer_than
from siting.location.limits import Limits
from siting.location.located import Located
from siting.location.median import serve_all
from siting.location.set_covering import min_sites, nowhere
from siting.location.tables import Case, TableReader
from siting.solver import Status, claim

objectives = ("min_sites", "max_coverage", "min_total_time", "min_worst_time", "min_cost")
least_share = 1e-9
"""Shares up to which are those of rounding."""
need_limit = ("max_coverage", "min_total_time", "min_worst_time")
"""Objectives that would open every site if nothing limited them."""


@dataclass(frozen=True)
class Location:
    """Where to locate, and what is proven of it.

    Attributes
    ----------
    status
        ``optimal``, ``within_gap``, ``feasible``, ``infeasible`` or ``no_plan``.
    objective, bound, gap
        Value recomputed from the tables, bound proven for every choice of sites, and
        ``|objective - bound| / max(|objective|, 1)``; None where unknown.
    sites
        Open sites: ``site_id, status`` (existing, candidate).
    assignment
        Who is served where: ``demand_id, site_id, seconds, share, weight``; ``share`` of the
        demand's weight, ``weight`` that much. Demand that is not served is not listed.
    unreachable
        Number of demand points that no site reaches, open or not.
    timed_out
        Whether the clock, a limit of the solver or Ctrl-C ended the search.
    seconds_build, seconds_solve
        Seconds from the checked tables to a model, and from the model to the answer.
    """

    status: str
    objective: float | None
    bound: float | None
    gap: float | None
    sites: pd.DataFrame
    assignment: pd.DataFrame
    unreachable: int
    timed_out: bool
    seconds_build: float
    seconds_solve: float


def locate(
    demand: pd.DataFrame,
    sites: pd.DataFrame,
    times: object,
    objective: str = "max_coverage",
    *,
    count: int | None = None,
    budget: float | None = None,
    within_s: float | None = None,
    capacitated: bool = False,
    cost_per_second: float = 1.0,
    time_limit_s: float = 600.0,
    gap: float = 0.0,
    seed: int = 0,
    threads: int = 1,
) -> Location:
    """Choose sites by a textbook location problem, with proof.

    Existing sites are open already: they serve, and count in neither ``count``, ``budget`` nor the
    value of ``min_sites`` and ``min_cost``. Except for ``max_coverage`` every demand point is to
    be served, one without weight too.

    Parameters
    ----------
    demand
        ``demand_id, weight``.
    sites
        ``site_id``, and where there is one ``status`` (existing, candidate; without it all are
        candidates), ``capacity`` (weight), ``cost``.
    times
        ``demand_id, site_id, seconds``, where a missing pair is unreachable; or a matrix with a
        row for each row of ``demand`` and a column for each of ``sites``: of a scipy sparse one a
        stored zero is zero seconds and what is not stored is unreachable, of a dense one
        infinity and NaN are unreachable.
    objective
        ``min_sites`` (location set covering): fewest new sites. ``max_coverage`` (maximal
        covering): most weight within reach. ``min_total_time`` (p-median): least weight x seconds.
        ``min_worst_time`` (p-center): least time of the worst demand point, whatever its weight.
        ``min_cost`` (fixed charge): least cost of new sites plus weight x seconds x
        ``cost_per_second``.
    count, budget
        Most new sites, and most that they cost together. All but ``min_sites`` and ``min_cost``
        need one of them.
    within_s
        Reach is seconds <= within_s; None for all pairs there are.
    capacitated
        Whether a site serves no more weight than its ``capacity``. The demand of a point may then
        be shared out among sites.
    cost_per_second
        Cost of one second for one unit of weight, in ``min_cost``.
    time_limit_s, gap, seed, threads
        When to stop, the relative gap at which to stop, and how to search.

    Returns
    -------
    Location

    Raises
    ------
    ScenarioError
        What is asked for makes no sense; with every problem.
    DataError
        The tables cannot be used; with every problem, those of the question among them.
    SolverError
        The solver does not share the demand among sites that have room for it.
    """
    wrong = _problems_of_question(
        objective, count, budget, within_s, cost_per_second, time_limit_s, gap, seed, threads
    )
    needed = {"capacity"} if capacitated else set()
    if budget is not None or objective == "min_cost":
        needed.add("cost")
    limit_s = np.inf if within_s is None or not _is_number(within_s) else within_s
    reader = TableReader()
    case = reader.read(demand, sites, times, limit_s, needed)
    if case is None:
        raise DataError(sorted([*wrong, *reader.problems]))
    if wrong:
        raise ScenarioError(sorted(wrong))
    limits = Limits(case.fixed, count, case.cost, budget)
    how: dict[str, Any] = {
        "gap": gap,
        "time_limit_s": time_limit_s,
        "threads": threads,
        "seed": seed,
    }
    everyone = objective != "max_coverage"
    shared = Shared(case.times, case.weight, case.capacity, limits, everyone)
    unreachable = int((np.diff(case.times.indptr) == 0).sum())
    if everyone and unreachable:
        found = nowhere(Status.INFEASIBLE, 0.0, 0.0, timed_out=False)
    elif capacitated:
        price = cost_per_second if objective == "min_cost" else 1.0
        found = locate_shared(objective, shared, case.cost, price, **how)
    else:
        found = _located(objective, case, limits, cost_per_second, how)
    if capacitated and objective == "min_worst_time" and found.objective is not None:
        # Whoever is served at all is served within the worst time.
        case = replace(case, times=no_longer_than(case.times, found.objective))
        shared = replace(shared, times=case.times)
    if found.objective is None:
        share, pair = np.empty(0), np.empty(0, dtype=np.intp)
    elif capacitated:
        told = share_out(shared, found.sites, threads=threads, seed=seed)
        if told is None:
            raise SolverError("the demand could not be shared among the sites that were chosen")
        pair = np.flatnonzero(told > least_share)
        share = told[pair]
    else:
        pair = _nearest(case.times, found.sites)
        share = np.ones(len(pair))
    return _answer(objective, case, found, pair, share, cost_per_second, gap, unreachable)


def _located(
    objective: str, case: Case, limits: Limits, cost_per_second: float, how: dict[str, Any]
) -> Located:
    """Solve a problem without capacities."""
    if objective == "min_sites":
        return min_sites(case.times, limits, **how)
    if objective == "min_worst_time":
        return min_worst_time(case.times, limits, **how)
    if objective == "min_total_time":
        return serve_all(case.times, case.weight, limits, **how)
    if objective == "min_cost":
        return serve_all(case.times, case.weight * cost_per_second, limits, charge=case.cost, **how)
    from siting.location.covering import max_coverage

    budgeted: dict[str, Any] = (
        {} if limits.budget is None else {"cost": case.cost, "budget": limits.budget}
    )
    reach = csr_array(
        (np.ones(case.times.nnz), case.times.indices, case.times.indptr), shape=case.times.shape
    )
    found = max_coverage(reach, case.weight, limits.count, fixed=case.fixed, **budgeted, **how)
    if not found.status.has_plan:
        return found
    return replace(found, sites=np.union1d(found.sites, np.flatnonzero(case.fixed)))


def _nearest(times: csr_array, opened: np.ndarray) -> np.ndarray:
    """Return the pair of each demand point that reaches an open site with the nearest one."""
    demand = np.repeat(np.arange(times.shape[0]), np.diff(times.indptr))
    pair = np.flatnonzero(np.isin(times.indices, opened))
    pair = pair[np.lexsort((times.indices[pair], times.data[pair], demand[pair]))]
    return pair[np.unique(demand[pair], return_index=True)[1]]


def _answer(
    objective: str,
    case: Case,
    found: Located,
    pair: np.ndarray,
    share: np.ndarray,
    cost_per_second: float,
    gap: float,
    unreachable: int,
) -> Location:
    """Return the tables of an answer and its value, reckoned from them alone."""
    times, opened = case.times, found.sites
    demand = np.repeat(np.arange(times.shape[0]), np.diff(times.indptr))[pair]
    site, seconds = times.indices[pair], times.data[pair]
    weight = share * case.weight[demand]
    new = opened[~case.fixed[opened]]
    value = {
        "min_sites": float(len(new)),
        "max_coverage": float(weight.sum()),
        "min_total_time": float(weight @ seconds),
        "min_worst_time": float(seconds.max(initial=0.0)),
        "min_cost": float(case.cost[new].sum() + cost_per_second * (weight @ seconds)),
    }[objective]
    status, bound, proven = found.status, found.bound, found.gap
    if status.has_plan:
        sign = -1.0 if objective == "max_coverage" else 1.0
        status, proven = claim(sign * value, None if bound is None else sign * bound, gap)
        if bound is not None:
            bound = None if proven is None else sign * min(sign * bound, sign * value)
    return Location(
        status=status.value,
        objective=value if status.has_plan else None,
        bound=bound,
        gap=proven,
        sites=pd.DataFrame(
            {
                "site_id": case.site_id[opened],
                "status": np.where(case.fixed[opened], "existing", "candidate"),
            }
        ),
        assignment=pd.DataFrame(
            {
                "demand_id": case.demand_id[demand],
                "site_id": case.site_id[site],
                "seconds": seconds,
                "share": share,
                "weight": weight,
            }
        ),
        unreachable=unreachable,
        timed_out=found.timed_out,
        seconds_build=found.seconds_build,
        seconds_solve=found.seconds_solve,
    )


def _is_number(value: object) -> bool:
    kinds = (int, float, np.integer, np.floating)
    return isinstance(value, kinds) and not isinstance(value, bool) and isfinite(value)


def _is_whole(value: object) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)


def _problems_of_question(
    objective: str,
    count: int | None,
    budget: float | None,
    within_s: float | None,
    cost_per_second: float,
    time_limit_s: float,
    gap: float,
    seed: int,
    threads: int,
) -> list[Problem]:
    """Return what is wrong with the question itself."""
    wrong = []
    if objective not in objectives:
        known = f"give one of {', '.join(objectives)}"
        wrong.append(Problem("objective", f"'{objective}' is not an objective", known))
    if objective in need_limit and count is None and budget is None:
        wrong.append(
            Problem("count", f"is missing, as is budget: {objective} needs one", "give one of them")
        )
    whole = "give a whole number of at least "
    if count is not None and not (_is_whole(count) and count >= 0):
        wrong.append(Problem("count", f"is {count}", f"{whole}0"))
    for name, number, least in (("seed", seed, 0), ("threads", threads, 1)):
        if not (_is_whole(number) and number >= least):
            wrong.append(Problem(name, f"is {number}", f"{whole}{least}"))
    for name, value in (
        ("budget", budget),
        ("within_s", within_s),
        ("cost_per_second", cost_per_second),
        ("time_limit_s", time_limit_s),
        ("gap", gap),
    ):
        if value is not None and not (_is_number(value) and value >= 0):
            wrong.append(Problem(name, f"is {value}", "give a number of at least 0"))
    return wrong
