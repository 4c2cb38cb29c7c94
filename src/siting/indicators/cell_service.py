"""How the takers of each cell are served: within reach, beyond it, full, out of reach."""

import numpy as np
import pandas as pd

from siting.indicators.sites_in_year import SitesInYear
from siting.inputs.dictionary import classes_column
from siting.reach import site_limits_s

service_counts = (
    "takers",
    "enrolled_within",
    "served_additional",
    "served_beyond",
    "staff_at_home",
    "reachable_full",
    "unreachable",
)
"""Counts of a cell: the others add up to the takers."""


def cell_service(sites: SitesInYear) -> pd.DataFrame:
    """Return how the takers of each cell are served.

    Returns
    -------
    pandas.DataFrame
        One row a cell, in the order of ``inputs.cells``: ``takers`` (under-3s who want a place)
        ``, enrolled_within`` (have one within reach) ``, served_additional`` (have none and could
        be given one within reach) ``, served_beyond`` (keep a place beyond the limit) ``,
        staff_at_home`` (have a place with the employer of their parents) ``, reachable_full``
        (reach a class for their age, all of them full) ``, unreachable``; children.
    """
    bands = len(sites.scenario.bands)
    demand = sites.demand.under(sites.is_open)
    cells = len(demand.under3)
    placed = np.bincount(
        sites.served["cell"].to_numpy(dtype=int) * bands + sites.served["band"].to_numpy(dtype=int),
        weights=sites.served["children"].to_numpy(dtype=float),
        minlength=cells * bands,
    ).reshape(cells, bands)
    waiting = demand.additional - placed
    reached = _reached_bands(sites)
    counts = (
        demand.takers,
        demand.enrolled_at_home,
        placed,
        demand.enrolled_beyond,
        demand.staff_at_home,
        waiting * reached,
        waiting * ~reached,
    )
    return pd.DataFrame(
        {name: count.sum(axis=1) for name, count in zip(service_counts, counts, strict=True)}
    )


def prevailing(service: pd.DataFrame) -> pd.Series:
    """Return what holds for most takers of each cell.

    Parameters
    ----------
    service
        As :func:`cell_service`.

    Returns
    -------
    pandas.Series
        ``served`` (anywhere), ``full``, ``unreachable``; the first of them where they are equal.
        ``none`` where nobody wants a place.
    """
    parts = pd.DataFrame(
        {
            "served": service["takers"] - service["reachable_full"] - service["unreachable"],
            "full": service["reachable_full"],
            "unreachable": service["unreachable"],
        }
    )
    return parts.idxmax(axis=1).where(service["takers"] > 0, "none")


def _reached_bands(sites: SitesInYear) -> np.ndarray:
    """Return cells x bands: whether a class open to the age is within reach."""
    scenario, reach, state = sites.scenario, sites.reach, sites.state
    limit_s = site_limits_s(scenario, sites.inputs.sites)
    for_residents = sites.inputs.sites["opens_to_residents"].to_numpy(dtype=bool)
    reached = np.zeros((reach.cells, len(scenario.bands)), dtype=bool)
    for i, band in enumerate(scenario.bands):
        kinds = [name for name, kind in scenario.class_kinds.items() if band in kind.bands]
        has_class = sum(
            (state[classes_column(kind)].to_numpy() > 0 for kind in kinds),
            start=np.zeros(len(state), dtype=bool),
        )
        reached[:, i] = reach.reached(limit_s, has_class & for_residents)
    return reached
