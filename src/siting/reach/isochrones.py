"""Isochrone polygons: for drawing only; coverage is decided on seconds."""

import numpy as np
import shapely
from scipy.sparse.csgraph import dijkstra

from siting.network import Network
from siting.reach.reach import Reach, unreachable

street_side_m = 40.0
"""Half the width drawn around a reached street (assumption: the plots along it)."""
drawn_to_m = 5.0
"""Outlines are simplified by at most this much."""


def isochrones(network: Network, reach: Reach, limit_s: np.ndarray) -> np.ndarray:
    """Return the area along the streets that each site reaches within its limit.

    A street is reached from either end as far as the time left goes.

    Parameters
    ----------
    limit_s
        Limit of each site in seconds; NaN for a site that is not to be drawn.

    Returns
    -------
    numpy.ndarray
        A polygon in the CRS of the network for each site; empty where there is nothing to draw.
    """
    incident = _incident_edges(network)
    areas = np.full(reach.sites, shapely.Polygon(), dtype=object)
    for site in np.flatnonzero(np.isfinite(limit_s) & (reach.site_node != unreachable)):
        leg_ms = network.walk_ms(reach.site_snap_m[[site]])[0]
        budget_ms = limit_s[site] * 1000 - leg_ms
        if budget_ms < 0:
            continue
        row = dijkstra(
            network.graph, directed=False, indices=reach.site_node[site], limit=budget_ms
        )
        near = np.flatnonzero(np.isfinite(row))
        areas[site] = _along_streets(network, row, near, incident, budget_ms)
    return areas


def _incident_edges(network: Network) -> tuple[np.ndarray, np.ndarray]:
    """Return edges in the order of their nodes, and the first position of each node."""
    node = np.r_[network.start, network.end]
    order = np.argsort(node, kind="stable")
    first = np.searchsorted(node[order], np.arange(network.nodes + 1))
    return order % len(network.start), first


def _along_streets(
    network: Network,
    time_ms: np.ndarray,
    near: np.ndarray,
    incident: tuple[np.ndarray, np.ndarray],
    budget_ms: float,
) -> shapely.Geometry:
    edges, first = incident
    touched = np.unique(np.concatenate([edges[first[n] : first[n + 1]] for n in near]))
    length_ms = np.maximum(network.edge_ms[touched], 1)
    from_start = (budget_ms - time_ms[network.start[touched]]) / length_ms
    from_end = (budget_ms - time_ms[network.end[touched]]) / length_ms
    from_start, from_end = np.clip(from_start, 0, 1), np.clip(from_end, 0, 1)
    whole = from_start + from_end >= 1
    parts = [network.lines[touched[whole]]]
    for share, forward in ((from_start, True), (from_end, False)):
        partly = np.flatnonzero(~whole & (share > 0))
        parts.append(
            np.array(
                [
                    _first_part(network.lines[touched[edge]], share[edge], forward=forward)
                    for edge in partly
                ],
                dtype=object,
            )
        )
    node = shapely.points(network.x[near[:1]], network.y[near[:1]])
    streets = shapely.buffer(np.concatenate([*parts, node]), street_side_m, quad_segs=2)
    return shapely.simplify(shapely.union_all(streets), drawn_to_m)


def _first_part(line: shapely.LineString, share: float, *, forward: bool) -> shapely.LineString:
    """Return the first share of a line, from its start or from its end."""
    xy = shapely.get_coordinates(line)
    if not forward:
        xy = xy[::-1]
    along = np.r_[0.0, np.cumsum(np.hypot(*np.diff(xy, axis=0).T))]
    cut = along[-1] * share
    kept = along < cut
    last = [np.interp(cut, along, xy[:, 0]), np.interp(cut, along, xy[:, 1])]
    return shapely.LineString(np.vstack([xy[kept], last]))
