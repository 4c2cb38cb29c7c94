"""Children of every cell who want a place: who has one, who reaches only full ones, who none."""

import numpy as np
import pandas as pd

from siting.demand import Demand
from siting.indicators.sites_in_year import SitesInYear
from siting.inputs import Inputs
from siting.inputs.dictionary import classes_column
from siting.reach import Reach, site_limits_s
from siting.scenario import Scenario


def children_of_cells(
    scenario: Scenario,
    inputs: Inputs,
    reach: Reach,
    demand: Demand,
    state: pd.DataFrame,
    served: pd.DataFrame,
) -> pd.DataFrame:
    """Return how the children of each cell who want a place stand.

    Parameters
    ----------
    demand
        Of the year, with every site open.
    state
        ``open`` and ``<kind>_classes`` of every site.
    served
        ``cell, site, band, children``: additional children given a place, by position.

    Returns
    -------
    pandas.DataFrame
        One row a cell: ``takers``; of these ``enrolled_within`` (have a place today, within
        reach), ``served_additional`` (could be given one within reach), ``served`` (both),
        ``served_beyond`` (have one beyond the limit), ``reachable_full`` (reach a class for their
        age, all of them full), ``unreachable`` (reach no class for their age), ``staff_at_home``
        (have one with the employer of their parents).
    """
    cells, bands = len(inputs.cells), len(scenario.bands)
    demand = demand.under(state["open"].to_numpy(dtype=bool))
    placed = np.bincount(
        served["cell"].to_numpy(dtype=int) * bands + served["band"].to_numpy(dtype=int),
        weights=served["children"].to_numpy(dtype=float),
        minlength=cells * bands,
    ).reshape(cells, bands)
    waiting = demand.additional - placed
    reached = np.zeros((cells, bands), dtype=bool)
    limit_s = site_limits_s(scenario, inputs.sites)
    for band, has_class in enumerate(classes_for_residents(scenario, inputs, state).T):
        reached[:, band] = reach.reached(limit_s, has_class)
    by_band = {
        "takers": demand.takers,
        "enrolled_within": demand.enrolled_at_home,
        "served_additional": placed,
        "served": demand.enrolled_at_home + placed,
        "served_beyond": demand.enrolled_beyond,
        "reachable_full": waiting * reached,
        "unreachable": waiting * ~reached,
        "staff_at_home": demand.staff_at_home,
    }
    return pd.DataFrame({name: children.sum(axis=1) for name, children in by_band.items()})


def children_of_sites(sites: SitesInYear) -> pd.DataFrame:
    """Return how the children of each cell stand; see :func:`children_of_cells`."""
    return children_of_cells(
        sites.scenario, sites.inputs, sites.reach, sites.demand, sites.state, sites.served
    )


def classes_for_residents(scenario: Scenario, inputs: Inputs, state: pd.DataFrame) -> np.ndarray:
    """Return sites x bands: whether residents' children of the age find a class there."""
    for_residents = inputs.sites["opens_to_residents"].to_numpy(dtype=bool)
    found = np.zeros((len(state), len(scenario.bands)), dtype=bool)
    for name, kind in scenario.class_kinds.items():
        has_class = (state[classes_column(name)] > 0).to_numpy()
        taken = np.array([band in kind.bands for band in scenario.bands])
        found |= has_class[:, None] & taken
    return found & for_residents[:, None]


def prevailing(children: pd.DataFrame) -> pd.Series:
    """Return what holds for most of the children of each cell who want a place.

    Parameters
    ----------
    children
        As :func:`children_of_cells`.

    Returns
    -------
    pandas.Series
        ``served`` (wherever that is), ``full``, ``unreachable``; the first of them where they are
        equal. ``none`` where nobody wants a place.
    """
    parts = pd.DataFrame(
        {
            "served": children["takers"] - children["reachable_full"] - children["unreachable"],
            "full": children["reachable_full"],
            "unreachable": children["unreachable"],
        }
    )
    return parts.idxmax(axis=1).where(children["takers"] > 0, "none")
