"""Textbook location problems: p-medians on random graphs, and maximal covering against spopt.

- ``pmedian``: graphs in the form of the OR-Library (J. E. Beasley 1985): n nodes, n^2 / 50 edges of
  whole lengths from 1 to 100, a ring among them so that all hang together; every node is demand of
  weight one and a site. n is 100 to 900, p is 5, 10, n/10, n/5, n/3. Building includes the checks
  and sorting of the distances, not their making.
- ``spopt-3000``: 3,000 demand points of whole weights from 1 to 100 and 3,000 sites, uniform in a
  square of 30 x 30, radius 2, p = 20; the same matrix of distances for both, spopt with HiGHS
  through PuLP.
"""

import warnings
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse.csgraph import csgraph_from_dense, shortest_path
from scipy.spatial.distance import cdist

import siting

Line = dict[str, Any]
nodes_of = range(100, 1000, 100)
radius, count = 2.0, 20


def graph_distances(nodes: int, seed: int) -> np.ndarray:
    """Return the lengths of the shortest paths of a random graph."""
    rng = np.random.default_rng([nodes, seed])
    drawn = nodes**2 // 50 - nodes
    here = np.concatenate([np.arange(nodes), rng.integers(0, nodes, drawn)])
    there = np.concatenate([(np.arange(nodes) + 1) % nodes, rng.integers(0, nodes, drawn)])
    length = rng.integers(1, 101, len(here))
    dense = np.full((nodes, nodes), np.inf)
    dense[here, there] = length  # of an edge that is drawn twice the last counts
    dense = np.minimum(dense, dense.T)
    np.fill_diagonal(dense, np.inf)
    return shortest_path(csgraph_from_dense(dense, null_value=np.inf), directed=False)


def tables(weight: np.ndarray, sites: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables that ``locate`` reads beside the times."""
    demand = pd.DataFrame({"demand_id": np.arange(len(weight)), "weight": weight})
    return demand, pd.DataFrame({"site_id": np.arange(sites)})


def solve_median(nodes: int, medians: int, time_limit_s: float) -> Line:
    """Prove one p-median."""
    distances = graph_distances(nodes, seed=1)
    demand, sites = tables(np.ones(nodes), nodes)
    begun = perf_counter()
    told = siting.locate(
        demand, sites, distances, "min_total_time", count=medians, time_limit_s=time_limit_s
    )
    case = f"pmedian-{nodes}-{medians}"
    return _line(case, "siting", told, perf_counter() - begun)


def points() -> tuple[np.ndarray, np.ndarray]:
    """Return distances and weights of 3,000 demand points and sites."""
    rng = np.random.default_rng(3000)
    demand, sites = rng.uniform(0, 30, (2, 3000, 2))
    return cdist(demand, sites), rng.integers(1, 101, 3000).astype(float)


def solve_covering_here(time_limit_s: float) -> Line:
    """Cover the most with ``locate``, after a small instance that compiles what is compiled."""
    distances, weight = points()
    for some in (100, len(weight)):
        demand, sites = tables(weight[:some], some)
        begun = perf_counter()
        told = siting.locate(
            demand,
            sites,
            distances[:some, :some],
            "max_coverage",
            count=count,
            within_s=radius,
            time_limit_s=time_limit_s,
        )
    return _line("spopt-3000", "siting", told, perf_counter() - begun)


def solve_covering_by_spopt(time_limit_s: float) -> Line:
    """Cover the most with spopt; it tells no bound."""
    import pulp

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from spopt.locate import MCLP
    distances, weight = points()
    begun = perf_counter()
    model = MCLP.from_cost_matrix(distances, weight, radius, p_facilities=count)
    built = perf_counter()
    model.solve(pulp.HiGHS(msg=False, timeLimit=time_limit_s, threads=1))
    opened = [j for j, variable in enumerate(model.fac_vars) if variable.value() > 0.5]
    return {
        "case": "spopt-3000",
        "engine": "spopt",
        "seconds_build": round(built - begun, 2),
        "seconds_solve": round(perf_counter() - built, 2),
        "status": pulp.LpSolution[model.problem.sol_status],
        "objective": float(weight[(distances[:, opened] <= radius).any(axis=1)].sum()),
        "bound": None,
        "gap": None,
    }


def _line(case: str, engine: str, told: siting.Location, seconds: float) -> Line:
    return {
        "case": case,
        "engine": engine,
        "seconds_build": round(seconds - told.seconds_solve, 2),
        "seconds_solve": round(told.seconds_solve, 2),
        "status": told.status,
        "objective": told.objective,
        "bound": told.bound,
        "gap": told.gap,
    }


Instance = tuple[str, Callable[..., Line], tuple[int, ...]]
cases: dict[str, list[Instance]] = {
    "pmedian": [
        ("siting", solve_median, (nodes, medians))
        for nodes in nodes_of
        for medians in sorted({5, 10, nodes // 10, nodes // 5, nodes // 3})
    ],
    "spopt-3000": [("siting", solve_covering_here, ()), ("spopt", solve_covering_by_spopt, ())],
}
"""Case -> engine, work and what it is given, of each line."""


def seconds(line: Line) -> float:
    """Return the seconds of building and solving together."""
    return line["seconds_build"] + line["seconds_solve"]


def figures(name: str, lines: list[Line]) -> Iterator[tuple[str, float, str, bool]]:
    """Yield the figures to reach: what, its value, what is asked, whether it is met."""
    if name == "pmedian":
        proven = sum(line["status"] == "optimal" for line in lines) / len(lines)
        yield "pmedian: share proven", proven, "1", proven == 1
        typical = median(seconds(line) for line in lines)
        yield "pmedian: median, s", typical, "<= 5", typical <= 5
    else:
        of = {line["engine"]: seconds(line) for line in lines}
        if len(of) == len(cases[name]):
            ratio = of["spopt"] / of["siting"]
            yield "spopt-3000: spopt / siting", ratio, ">= 10", ratio >= 10
