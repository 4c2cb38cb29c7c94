"""Isochrone polygons: for drawing only; coverage is decided on seconds."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from siting.network import Network, closed
from siting.reach.access import Access, doors, find_access, times_from_ends, times_to_ends
from siting.reach.distance_field import StreetParts, areas_along
from siting.reach.doors import some
from siting.reach.search import find_nodes
from siting.scenario import Scenario, whole_seconds

street_side_m = 40.0
"""Half the width drawn around a reached street (assumption: the plots along it)."""
places_at_once = 64
"""Places searched before they are drawn; bounds the memory of a long drive."""


def isochrones(
    scenario: Scenario,
    network: Network,
    sites: pd.DataFrame,
    minutes: Sequence[float] | None = None,
) -> gpd.GeoDataFrame:
    """Return the area along the streets from which each site is reached, or that it reaches.

    A street belongs to it as far as the time left at either end goes, 40 m to both sides. The
    outline is within about a pixel of 20 m.

    Parameters
    ----------
    sites
        ``site_id, tier, x, y``; the tier gives mode, direction and limit.
    minutes
        Draw each of these instead of the limit of the tier.

    Returns
    -------
    geopandas.GeoDataFrame
        ``site_id, minutes, geometry`` in the CRS of the network: a row for each site and number
        of minutes, in the order of both; empty where a site is too far from a street.
    """
    parts = [
        gpd.GeoDataFrame({"row": [], "site_id": [], "minutes": []}, geometry=[], crs=network.crs)
    ]
    for name, tier in scenario.tiers.items():
        rows = np.flatnonzero((sites["tier"] == name).to_numpy())
        limits_s = [tier.limit_s] if minutes is None else [whole_seconds(m) for m in minutes]
        if not len(rows) or not limits_s:
            continue
        of_tier = sites.iloc[rows]
        x, y = of_tier["x"].to_numpy(), of_tier["y"].to_numpy()
        access = find_access(network, tier.mode, x, y, scenario.walk.snap_limit_m)
        areas = reached_areas(network, tier.mode, tier.direction, access, limits_s)
        drawn = {
            "row": np.repeat(rows, len(limits_s)),
            "site_id": np.repeat(of_tier["site_id"].to_numpy(), len(limits_s)),
            "minutes": np.tile(np.array(limits_s) / 60, len(rows)),
        }
        parts.append(gpd.GeoDataFrame(drawn, geometry=areas.ravel(), crs=network.crs))
    drawn = pd.concat([part for part in parts if len(part)] or parts)
    drawn = drawn.sort_values(["row", "minutes"], kind="stable", ignore_index=True)
    return drawn[["site_id", "minutes", "geometry"]]


def reached_areas(
    network: Network, mode: str, direction: str, access: Access, limits_s: Sequence[int]
) -> np.ndarray:
    """Return polygons, places x limits, around the streets within each limit of each place."""
    to_place = direction == "to_site"
    times = times_from_ends if to_place else times_to_ends
    graph = network.graph(mode, reverse=to_place)
    entrances = doors(network, access, times(network, mode, access))
    longest_ms = np.full(len(access.edge), max(limits_s) * 1000)
    streets = StreetEnds(network, mode, to_place=to_place)
    vertices, vertex_edge = shapely.get_coordinates(network.lines, return_index=True)
    first_vertex = np.searchsorted(vertex_edge, np.arange(len(network.lines) + 1))
    areas = np.full((len(access.edge), len(limits_s)), shapely.Polygon(), dtype=object)
    for begin in range(0, len(access.edge), places_at_once):
        batch = np.arange(begin, min(begin + places_at_once, len(access.edge)))
        found = find_nodes(graph, some(entrances, batch), longest_ms[batch])
        for place in batch[access.on_street[batch]].tolist():
            here = slice(found.first[place - begin], found.first[place - begin + 1])
            for column, limit_s in enumerate(limits_s):
                left_ms = limit_s * 1000 - found.ms[here].astype(np.int64)
                parts = streets.parts(found.item[here], left_ms, access, place, limit_s * 1000)
                areas[place, column] = areas_along(vertices, first_vertex, parts, street_side_m)
    return areas


class StreetEnds:
    """Which part of which street is within the time left at its ends."""

    def __init__(self, network: Network, mode: str, to_place: bool) -> None:
        travel = network.travel[mode]
        # The way to a place leads from the street to its end, the way from it the other way.
        leave, arrive = travel.backward_ms, travel.forward_ms
        if not to_place:
            leave, arrive = arrive, leave
        edge = np.arange(len(network.start))
        node = np.r_[network.start, network.end]
        ms = np.r_[leave, arrive]
        usable = np.flatnonzero(ms != closed)
        order = usable[np.argsort(node[usable], kind="stable")]
        self.edge = np.r_[edge, edge][order]
        self.at_start = order < len(edge)
        self.ms = ms[order]
        self.first = np.searchsorted(node[order], np.arange(network.nodes + 1))
        self.own = leave, arrive

    def parts(
        self, node: np.ndarray, left_ms: np.ndarray, access: Access, place: int, limit_ms: int
    ) -> StreetParts:
        """Return the reached part of each street, as shares of it from its start.

        Parameters
        ----------
        node, left_ms
            Nodes with the time left there; less than none is not within the limit.
        """
        node, left_ms = node[left_ms >= 0], left_ms[left_ms >= 0]
        count = self.first[node + 1] - self.first[node]
        before = np.repeat(np.cumsum(count) - count, count)
        row = np.repeat(self.first[node], count) + np.arange(count.sum()) - before
        share = np.minimum(np.repeat(left_ms, count) / self.ms[row], 1.0)
        order = np.lexsort((-share, self.edge[row]))
        row, share = row[order], share[order]
        whole_before = (np.diff(self.edge[row]) == 0) & (share[:-1] >= 1.0)
        kept = np.r_[True, ~whole_before][: len(row)]
        row, share = row[kept], share[kept]
        from_start = self.at_start[row]
        own = self._own_street(access, place, limit_ms)
        return StreetParts(
            edge=np.r_[self.edge[row], own.edge],
            begin=np.r_[np.where(from_start, 0.0, 1.0 - share), own.begin],
            end=np.r_[np.where(from_start, share, 1.0), own.end],
        )

    def _own_street(self, access: Access, place: int, limit_ms: int) -> StreetParts:
        """Return the part of its own street that a place reaches without passing a node."""
        edge, along = access.edge[place], access.along[place]
        left_ms = limit_ms - access.leg_ms[place]
        if left_ms < 0:
            return StreetParts(*(np.empty(0, dtype) for dtype in (np.int64, float, float)))
        # Beyond the place, seen from the start, lie the points that come to it backwards.
        ahead_ms, behind_ms = self.own[0][edge], self.own[1][edge]
        ahead = left_ms / ahead_ms if ahead_ms != closed else 0.0
        behind = left_ms / behind_ms if behind_ms != closed else 0.0
        return StreetParts(
            edge=np.array([edge]),
            begin=np.array([max(along - behind, 0.0)]),
            end=np.array([min(along + ahead, 1.0)]),
        )
