"""Good sites quickly: open, close or swap one at a time while the total falls.

Finds plans, proves nothing. The change of every swap is reckoned at once from the nearest and the
second nearest open site of each demand: M. G. C. Resende and R. F. Werneck, A fast swap-based
local search procedure for location problems, Annals of Operations Research 150 (2007) 205-230.
"""

from time import perf_counter

import numpy as np
from scipy.sparse import csr_array

from siting.location.limits import Limits
from siting.location.tolls import Tolls


def improve(
    tolls: Tolls, charge: np.ndarray, limits: Limits, opened: np.ndarray, until: float = np.inf
) -> tuple[np.ndarray, float]:
    """Return sites (positions, sorted) whose total no single move betters, and their total.

    The total is that of tolls and charges; it is infinite where a demand is out of reach.

    Parameters
    ----------
    charge
        What opening each site adds to the total.
    opened
        Sites to begin with, all that is fixed among them.
    until
        Time by :func:`time.perf_counter` at which to stop.
    """
    missing = 2 * (_most(tolls) + charge.sum()) + 1.0
    opened = np.sort(opened)
    while True:
        nearest, least, second = _two_nearest(tolls, opened, missing)
        total = least.sum() + charge[opened].sum()
        if perf_counter() > until:
            break
        change = _changes(tolls, opened, nearest, least, second)
        closing = np.append(opened, -1)
        change += charge[None, :] - np.append(charge[opened], 0.0)[:, None]
        change[:, opened] = np.inf
        change[:-1][limits.fixed[opened]] = np.inf
        change[~limits.swaps_allowed(closing, opened)] = np.inf
        closed_only = _losses(opened, nearest, second - least) - charge[opened]
        closed_only[limits.fixed[opened]] = np.inf
        worth = 1e-9 * max(total, 1.0)
        best = change.min(initial=np.inf)
        if closed_only.min(initial=np.inf) < min(best, -worth):
            opened = np.delete(opened, closed_only.argmin())
        elif best < -worth:
            out, into = np.unravel_index(change.argmin(), change.shape)
            opened = np.sort(
                np.append(np.delete(opened, out) if out < len(opened) else opened, into)
            )
        else:
            break
    return opened, total if (least < missing).all() else np.inf


def _most(tolls: Tolls) -> float:
    """Return more than all demand together can cost."""
    has = np.diff(tolls.first) > 0
    return float(tolls.toll[tolls.first[1:][has] - 1].sum())


def _two_nearest(
    tolls: Tolls, opened: np.ndarray, missing: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return each demand's nearest open site (its place in ``opened``, -1 none) and two tolls."""
    place = np.full(tolls.sites, -1)
    place[opened] = np.arange(len(opened))
    kept = np.flatnonzero(place[tolls.site] >= 0)
    demand = tolls.demand[kept]
    begins = np.append(True, demand[1:] != demand[:-1]) if len(kept) else np.zeros(0, bool)
    seconds = np.flatnonzero(~begins & np.append(False, begins[:-1]))
    nearest = np.full(tolls.demands, -1)
    least, second = np.full((2, tolls.demands), missing)
    nearest[demand[begins]] = place[tolls.site[kept[begins]]]
    least[demand[begins]] = tolls.toll[kept[begins]]
    second[demand[seconds]] = tolls.toll[kept[seconds]]
    return nearest, least, second


def _changes(
    tolls: Tolls, opened: np.ndarray, nearest: np.ndarray, least: np.ndarray, second: np.ndarray
) -> np.ndarray:
    """Return what the tolls change by when one site closes (last row: none) and one opens."""
    near = tolls.toll < second[tolls.demand]
    demand, site, toll = tolls.demand[near], tolls.site[near], tolls.toll[near]
    gained = np.minimum(toll - least[demand], 0.0)
    opening = np.bincount(site, gained, minlength=tolls.sites)
    kept = np.maximum(toll, least[demand]) - second[demand]
    has = nearest[demand] >= 0
    mended = csr_array(
        (kept[has], (nearest[demand[has]], site[has])), shape=(len(opened) + 1, tolls.sites)
    ).toarray()
    lost = np.append(_losses(opened, nearest, second - least), 0.0)
    return mended + lost[:, None] + opening[None, :]


def _losses(opened: np.ndarray, nearest: np.ndarray, lost: np.ndarray) -> np.ndarray:
    """Return what the tolls rise by when each open site closes."""
    has = nearest >= 0
    return np.bincount(nearest[has], lost[has], minlength=len(opened)).astype(float)
