"""The nearest of some places, however far: of medical institutions, of open sites."""

import numpy as np

from siting.inputs import Inputs
from siting.network import Network
from siting.reach.reach import Reach, site_limits_s
from siting.reach.ways import longest_way_s, measure_ways, no_way
from siting.scenario import Scenario

limits_s = (600, 2400, 9600, longest_way_s)
"""Limits within which the nearest is looked for, each for the places that have none within the one
before: far pairs are many, and seldom the nearest."""


def nearest_places(
    scenario: Scenario,
    network: Network,
    from_xy: np.ndarray,
    to_xy: np.ndarray,
    mode: str,
    *,
    to_place: bool = True,
) -> tuple[np.ndarray, np.ndarray]:
    """Return how far the nearest of some places is, and which one that is.

    Parameters
    ----------
    from_xy, to_xy
        Places x 2, coordinates in the CRS of the network.
    mode
        A mode of the network.
    to_place
        Whether one travels to ``to_xy``, or from there.

    Returns
    -------
    tuple
        Whole seconds of each place in ``from_xy``, and the position in ``to_xy``; both are
        ``no_way`` where there is none within a day. Of those equally near, the first counts.
    """
    seconds = np.full(len(from_xy), no_way, dtype=np.int64)
    nearest = np.full(len(from_xy), no_way, dtype=np.int64)
    for limit_s in limits_s:
        left = np.flatnonzero(seconds == no_way)
        if not len(left) or not len(to_xy):
            break
        if to_place:
            here, place, s = measure_ways(scenario, network, from_xy[left], to_xy, mode, limit_s)
        else:
            place, here, s = measure_ways(scenario, network, to_xy, from_xy[left], mode, limit_s)
        order = np.lexsort((place, s, here))
        found, first = np.unique(here[order], return_index=True)
        seconds[left[found]] = s[order][first]
        nearest[left[found]] = place[order][first]
    return seconds, nearest


def nearest_site_s(
    scenario: Scenario, network: Network, inputs: Inputs, reach: Reach, chosen: np.ndarray
) -> np.ndarray:
    """Return the seconds between each cell and the nearest of some sites, beyond every limit.

    Parameters
    ----------
    reach
        Of the same study; only cells that reach none of the sites are searched from.
    chosen
        Whether each site counts; each by the mode and in the direction of its tier.

    Returns
    -------
    numpy.ndarray
        Whole seconds; infinite where no way leads to one within a day.
    """
    cells, sites = inputs.cells, inputs.sites
    seconds = np.full(len(cells), np.inf)
    pair = chosen[reach.site]
    np.minimum.at(seconds, reach.cell[pair], reach.seconds[pair])
    # A site past its own limit is in no pair, so it could still be nearer than one found.
    least_s = site_limits_s(scenario, sites)[chosen].min(initial=longest_way_s)
    left = np.flatnonzero(seconds > least_s)
    cell_xy = cells[["x", "y"]].to_numpy(dtype=float)[left]
    ways = sites["tier"].map({name: (t.mode, t.direction) for name, t in scenario.tiers.items()})
    for mode, direction in sorted(set(ways[chosen])):
        here = chosen & np.array([way == (mode, direction) for way in ways], dtype=bool)
        site_xy = sites.loc[here, ["x", "y"]].to_numpy(dtype=float)
        to_site = direction == "to_site"
        found, _ = nearest_places(scenario, network, cell_xy, site_xy, mode, to_place=to_site)
        seconds[left] = np.minimum(seconds[left], np.where(found == no_way, np.inf, found))
    return seconds
