"""Where places meet the streets: the nearest point of a street, and the way on foot to it."""

from dataclasses import dataclass

import numpy as np
import shapely

from siting.network import Network, closed, longest_ms
from siting.reach.doors import Doors

no_street = -1
at_node_m = 1.0
"""A place this near to the end of a street stands at the crossing: every street there is its own,
whichever of them is nearest by a hair (assumption: coordinates of six digits are that exact)."""


@dataclass(frozen=True)
class Access:
    """The nearest point of a street for each place.

    Attributes
    ----------
    edge
        Edge of the network, ``no_street`` where all are farther than the limit.
    along
        Share of the edge, from its start, at which the nearest point lies.
    leg_m
        Straight distance to that point, metres; infinite where the mode has no street at all.
    leg_ms
        Time on foot of the straight distance, whole milliseconds; 0 where there is no street.
    """

    edge: np.ndarray
    along: np.ndarray
    leg_m: np.ndarray
    leg_ms: np.ndarray

    @property
    def on_street(self) -> np.ndarray:
        """Whether each place is near enough to a street."""
        return self.edge != no_street

    def taken(self, order: np.ndarray) -> "Access":
        """Return the same for places in another order."""
        return Access(self.edge[order], self.along[order], self.leg_m[order], self.leg_ms[order])


@dataclass(frozen=True)
class EndTimes:
    """Time between each place and the two ends of its edge, one way; milliseconds or ``closed``."""

    start_ms: np.ndarray
    end_ms: np.ndarray


def find_access(
    network: Network, mode: str, x: np.ndarray, y: np.ndarray, limit_m: float
) -> Access:
    """Find the nearest point on a street where the mode may stop.

    Of streets equally near, the first in the network counts.

    Parameters
    ----------
    x, y
        Coordinates in the CRS of the network.
    limit_m
        Places farther away than this have no street.
    """
    key = (mode, x.tobytes(), y.tobytes())
    if key not in network.met:
        network.met[key] = _meet(network, mode, x, y)
    nearest, along, leg_m = network.met[key]
    edge = np.where(leg_m <= limit_m, nearest, no_street)
    leg_ms = np.where(edge == no_street, 0, network.walk_ms(np.where(np.isinf(leg_m), 0, leg_m)))
    return Access(edge, along, leg_m, leg_ms)


def _meet(
    network: Network, mode: str, x: np.ndarray, y: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the nearest edge of each place however far, the share along it, and the distance."""
    travel = network.travel[mode]
    is_open = (travel.forward_ms != closed) | (travel.backward_ms != closed)
    usable = np.flatnonzero(is_open & travel.can_stop)
    if not len(usable) or not len(x):
        return np.full(len(x), no_street), np.zeros(len(x)), np.full(len(x), np.inf)
    points = shapely.points(x, y)
    lines = network.lines[usable]
    (place, line), distance_m = shapely.STRtree(lines).query_nearest(
        points, all_matches=True, return_distance=True
    )
    order = np.lexsort((line, place))
    _, first = np.unique(place[order], return_index=True)
    nearest = order[first]
    line = line[nearest]
    length_m = shapely.length(lines[line])
    from_start_m = np.clip(shapely.line_locate_point(lines[line], points), 0, length_m)
    along = np.divide(from_start_m, length_m, out=np.zeros(len(x)), where=length_m > 0)
    along[from_start_m <= at_node_m] = 0.0
    along[length_m - from_start_m <= at_node_m] = 1.0
    return usable[line], along, distance_m[nearest]


def times_to_ends(network: Network, mode: str, access: Access) -> EndTimes:
    """Return the time from each place to the ends of its edge, without the way to the street."""
    forward, backward, from_start, from_end = _parts(network, mode, access)
    return _at_nodes(
        access,
        start_ms=np.where(backward == closed, closed, backward - from_end),
        end_ms=np.where(forward == closed, closed, forward - from_start),
    )


def times_from_ends(network: Network, mode: str, access: Access) -> EndTimes:
    """Return the time from the ends of its edge to each place, without the way from the street."""
    forward, backward, from_start, from_end = _parts(network, mode, access)
    return _at_nodes(
        access,
        start_ms=np.where(forward == closed, closed, from_start),
        end_ms=np.where(backward == closed, closed, from_end),
    )


def _at_nodes(access: Access, start_ms: np.ndarray, end_ms: np.ndarray) -> EndTimes:
    """Return the times, with none to the node at which a place stands, one-way or not."""
    return EndTimes(
        start_ms=np.where(access.along == 0, 0, start_ms),
        end_ms=np.where(access.along == 1, 0, end_ms),
    )


def doors(network: Network, access: Access, times: EndTimes) -> Doors:
    """Return the nodes at which each place enters or leaves the network."""
    ends = np.c_[network.start[access.edge], network.end[access.edge]]
    ms = np.c_[times.start_ms, times.end_ms]
    is_open = (ms != closed) & access.on_street[:, None]
    from_place = np.minimum((ms + access.leg_ms[:, None])[is_open], longest_ms)
    return Doors(
        first=np.r_[0, np.cumsum(is_open.sum(axis=1))].astype(np.int64),
        node=ends[is_open].astype(np.int32),
        ms=from_place.astype(np.int32),
    )


def same_street(
    network: Network, mode: str, leaving: Access, arriving: Access
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Find the pairs that lie on one edge, and the time along it where that way is open.

    Returns
    -------
    tuple
        Position in ``leaving``, position in ``arriving``, milliseconds with both legs.
    """
    by_edge = np.argsort(leaving.edge, kind="stable")
    edges = leaving.edge[by_edge]
    to = np.flatnonzero(arriving.on_street)
    first = np.searchsorted(edges, arriving.edge[to])
    count = np.searchsorted(edges, arriving.edge[to], side="right") - first
    arrives = np.repeat(to, count)
    before = np.repeat(np.cumsum(count) - count, count)
    leaves = by_edge[np.repeat(first, count) + np.arange(count.sum()) - before]

    forward, backward, start_a, end_a = _parts(network, mode, leaving)
    _, _, start_b, end_b = _parts(network, mode, arriving)
    ahead = leaving.along[leaves] <= arriving.along[arrives]
    behind = leaving.along[leaves] >= arriving.along[arrives]
    forth = ahead & (forward[leaves] != closed)
    back = behind & (backward[leaves] != closed)
    ms = np.where(forth, start_b[arrives] - start_a[leaves], end_b[arrives] - end_a[leaves])
    ms = ms + leaving.leg_ms[leaves] + arriving.leg_ms[arrives]
    way = forth | back
    return leaves[way], arrives[way], ms[way]


def _parts(
    network: Network, mode: str, access: Access
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the times of each place's edge either way, and of the part before the place.

    The part that lies ahead is the whole less the part behind, so that both add up exactly.
    """
    travel = network.travel[mode]
    forward, backward = travel.forward_ms[access.edge], travel.backward_ms[access.edge]
    from_start = np.rint(access.along * forward).astype(np.int64)
    from_end = backward - np.rint(access.along * backward).astype(np.int64)
    return forward, backward, from_start, from_end
