"""Nobody far from an open site: p-center, not weighted.

The worst time is one of the times there are, so it is found by halving: within a time everyone can
be reached, or it is proven that not. E. Minieka, The m-center problem, SIAM Review 12 (1970)
138-139.
"""

from collections.abc import Callable
from time import perf_counter

import numpy as np
from scipy.sparse import csr_array

from siting.location.limits import Limits
from siting.location.located import Located
from siting.location.set_covering import Cover, nowhere
from siting.solver import Status, claim


def min_worst_time(
    times: csr_array,
    limits: Limits,
    *,
    gap: float,
    time_limit_s: float,
    threads: int,
    seed: int,
) -> Located:
    """Open sites so that the largest time of a demand point to the nearest open one is least.

    Parameters
    ----------
    times
        Demand x sites, seconds of the pairs within reach; a stored zero is zero seconds.
    """

    def served_within(seconds: float, time_left_s: float) -> tuple[Status, np.ndarray]:
        cover = Cover(no_longer_than(times, seconds), limits)
        answer = cover.solve(
            fewest=False, gap=0.0, time_limit_s=time_left_s, threads=threads, seed=seed
        )
        none = np.empty(0, dtype=np.intp)
        return answer.status, none if answer.values is None else cover.opened(answer.values)

    return least_time(times, served_within, gap=gap, time_limit_s=time_limit_s)


def least_time(
    times: csr_array,
    served_within: Callable[[float, float], tuple[Status, np.ndarray]],
    *,
    gap: float,
    time_limit_s: float,
) -> Located:
    """Find the least time within which all demand can be served, by halving.

    Parameters
    ----------
    served_within
        Given seconds and the time that is left, tells the status and the sites (positions).
    """
    begun = perf_counter()
    until = begun + time_limit_s
    levels = np.unique(times.data)
    nearest = np.full(times.shape[0], np.inf)
    demand = np.repeat(np.arange(times.shape[0]), np.diff(times.indptr))
    np.minimum.at(nearest, demand, times.data)
    if not len(nearest):
        levels = np.zeros(1)
    elif np.isinf(nearest).any():
        return nowhere(Status.INFEASIBLE, perf_counter() - begun, 0.0, timed_out=False)
    built = perf_counter()
    low = int(np.searchsorted(levels, nearest.max(initial=0.0)))
    high = len(levels) - 1
    first, sites = served_within(float(levels[high]), until - perf_counter())
    if not first.has_plan:
        timed_out = first is not Status.INFEASIBLE
        return nowhere(first, built - begun, perf_counter() - built, timed_out)
    timed_out = False
    while low < high:
        middle = (low + high) // 2
        status, better = served_within(float(levels[middle]), until - perf_counter())
        if status.has_plan:
            high, sites = middle, better
        elif status is Status.INFEASIBLE:
            low = middle + 1
        else:
            timed_out = True
            break
    objective, bound = float(levels[high]), float(levels[low])
    status, proven = claim(objective, bound, gap)
    seconds = built - begun, perf_counter() - built
    return Located(status, objective, bound, proven, sites, *seconds, timed_out)


def no_longer_than(times: csr_array, seconds: float) -> csr_array:
    """Return the pairs of at most so many seconds."""
    kept = times.data <= seconds
    before = np.concatenate([[0], np.cumsum(kept)])
    return csr_array(
        (times.data[kept], times.indices[kept], before[times.indptr]), shape=times.shape
    )
