"""Children of every cell: who is covered, who has or could have a place, who is left without."""

import numpy as np
import pandas as pd

from siting.demand import Demand
from siting.inputs import Inputs
from siting.inputs.dictionary import classes_column
from siting.reach import Reach, site_limits_s
from siting.scenario import Scenario


def children_by_cell(
    scenario: Scenario,
    inputs: Inputs,
    reach: Reach,
    demand: Demand,
    state: pd.DataFrame,
    served: pd.DataFrame,
) -> pd.DataFrame:
    """Return how the children of each cell stand in a state of the sites.

    Parameters
    ----------
    demand
        The demand of the year, with every site open.
    state
        ``open`` and ``<kind>_classes`` of every site, in the order of ``inputs.sites``.
    served
        ``cell, site, band, children``: additional children given a place, by position.

    Returns
    -------
    pandas.DataFrame
        One row a cell, in the order of ``inputs.cells``, in children: ``under3, under3_covered,
        takers``, and ``enrolled_within, served_additional, served_beyond, reachable_full,
        unreachable, staff_at_home``, which add up to the takers; as docs/files.md has them.
    """
    is_open = state["open"].to_numpy(dtype=bool)
    demand = demand.under(is_open)
    for_residents = inputs.sites["opens_to_residents"].to_numpy(dtype=bool)
    counts = inputs.sites["tier"].isin(scenario.tiers_counted_in("population_coverage")).to_numpy()
    limit_s = site_limits_s(scenario, inputs.sites)
    covered = reach.reached(limit_s, is_open & for_residents & counts)
    bands = len(scenario.bands)
    placed = np.bincount(
        served["cell"].to_numpy(dtype=int) * bands + served["band"].to_numpy(dtype=int),
        weights=served["children"].to_numpy(dtype=float),
        minlength=reach.cells * bands,
    ).reshape(reach.cells, bands)
    waiting = demand.additional - placed
    reached = _reached_bands(scenario, reach, state, limit_s, for_residents)
    return pd.DataFrame(
        {
            "under3": demand.under3,
            "under3_covered": demand.under3 * covered,
            "takers": demand.takers.sum(axis=1),
            "enrolled_within": demand.enrolled_at_home.sum(axis=1),
            "served_additional": placed.sum(axis=1),
            "served_beyond": demand.enrolled_beyond.sum(axis=1),
            "reachable_full": (waiting * reached).sum(axis=1),
            "unreachable": (waiting * ~reached).sum(axis=1),
            "staff_at_home": demand.staff_at_home.sum(axis=1),
        }
    )


def _reached_bands(
    scenario: Scenario,
    reach: Reach,
    state: pd.DataFrame,
    limit_s: np.ndarray,
    for_residents: np.ndarray,
) -> np.ndarray:
    """Return cells x bands: whether a class open to the age is within reach."""
    reached = np.zeros((reach.cells, len(scenario.bands)), dtype=bool)
    for i, band in enumerate(scenario.bands):
        kinds = [name for name, kind in scenario.class_kinds.items() if band in kind.bands]
        has_class = sum(
            (state[classes_column(kind)].to_numpy() > 0 for kind in kinds),
            start=np.zeros(len(state), dtype=bool),
        )
        reached[:, i] = reach.reached(limit_s, has_class & for_residents)
    return reached
