"""Serve everyone from the nearest open site at the least total: p-median and fixed charge.

Both are one problem: weighted seconds plus charges for opening, with limits on what is opened. A
p-median has no charges, a fixed-charge problem need have no limit.
"""

from time import perf_counter

import numpy as np
from scipy.sparse import csr_array

from siting.location.alike import equal_rows, transposed
from siting.location.limits import Limits
from siting.location.located import Located
from siting.location.median_tree import search
from siting.location.set_covering import Cover, nowhere
from siting.location.tolls import weigh
from siting.solver import claim


def serve_all(
    times: csr_array,
    weight: np.ndarray,
    limits: Limits,
    *,
    charge: np.ndarray | None = None,
    gap: float,
    time_limit_s: float,
    threads: int,
    seed: int,
) -> Located:
    """Choose sites so that weighted seconds and charges are least; everyone is to be reached.

    Exact reductions: demand with the same seconds to every site is one; of sites with the same
    seconds to every demand the fixed or cheapest stays; a site farther than a fixed one serves
    nobody.

    Parameters
    ----------
    times
        Demand x sites, seconds of the pairs within reach; a stored zero is zero seconds.
    weight
        Of each demand; one without weight must be reached all the same.
    charge
        What opening each site adds to the total; that of a fixed site is not counted.
    """
    begun = perf_counter()
    until = begun + time_limit_s
    charge = np.zeros(times.shape[1]) if charge is None else np.where(limits.fixed, 0.0, charge)
    sites = _distinct_sites(times, limits, charge)
    rows, kind = equal_rows(times)
    merged = np.bincount(kind, weight, minlength=len(rows))
    tolls = weigh(csr_array(times[rows][:, sites]), merged)
    few = limits.among(sites)
    if few.fixed.any():
        tolls = tolls.upto(tolls.to(np.flatnonzero(few.fixed), np.inf))
    cover = Cover(
        csr_array(
            (np.ones(len(tolls.site)), tolls.site, tolls.first), (tolls.demands, tolls.sites)
        ),
        few,
    )
    built = perf_counter()
    start = cover.solve(
        fewest=False, gap=0.0, time_limit_s=until - built, threads=threads, seed=seed
    )
    if start.values is None:
        return nowhere(start.status, built - begun, perf_counter() - built, start.timed_out)
    found = search(
        tolls,
        charge[sites],
        few,
        cover.opened(start.values),
        gap=gap,
        until=until,
        threads=threads,
        seed=seed,
    )
    opened = np.sort(sites[found.opened])
    objective = total(times, weight, opened) + float(charge[opened].sum())
    status, proven = claim(objective, found.bound, gap)
    return Located(
        status,
        objective,
        None if proven is None else min(found.bound, objective),
        proven,
        opened,
        built - begun,
        perf_counter() - built,
        found.timed_out,
    )


def total(times: csr_array, weight: np.ndarray, opened: np.ndarray) -> float:
    """Return the weighted seconds of everyone to the nearest open site; infinite if out of reach.

    Parameters
    ----------
    opened
        Positions of the open sites.
    """
    is_open = np.zeros(times.shape[1], dtype=bool)
    is_open[opened] = True
    demand = np.repeat(np.arange(times.shape[0]), np.diff(times.indptr))
    least = np.full(times.shape[0], np.inf)
    kept = is_open[times.indices]
    np.minimum.at(least, demand[kept], times.data[kept])
    if np.isinf(least).any():
        return np.inf
    return float(weight @ least)


def _distinct_sites(times: csr_array, limits: Limits, charge: np.ndarray) -> np.ndarray:
    """Return the sites (positions, sorted) that stand for all."""
    _, kind = equal_rows(transposed(times))
    cost = np.zeros(len(charge)) if limits.spent is None else limits.spent
    order = np.lexsort((np.arange(len(kind)), cost, charge, ~limits.fixed, kind))
    leads = np.append(True, np.diff(kind[order]) != 0) if len(kind) else np.zeros(0, bool)
    stays = np.zeros(len(kind), dtype=bool)
    stays[order[leads]] = True
    return np.flatnonzero(stays | limits.fixed)
