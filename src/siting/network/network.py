"""The walkable network as arrays."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from pyproj import CRS
from scipy.sparse import csr_array
from scipy.spatial import KDTree

from siting.notes import Note


@dataclass(frozen=True)
class Network:
    """Streets that can be walked, both ways, in one piece.

    Attributes
    ----------
    crs
        Metric CRS of the coordinates.
    x, y
        Coordinates of the nodes, metres; nodes are in the order of (x, y).
    start, end
        Node at either end of each edge.
    edge_ms
        Walking time of each edge in whole milliseconds, so that sums are exact.
    lines
        Geometry of each edge, from ``start`` to ``end``.
    highway
        OpenStreetMap class of each edge.
    speed_kph
        Walking speed the times were made with.
    notes
        What was left out.
    """

    crs: CRS
    x: np.ndarray
    y: np.ndarray
    start: np.ndarray
    end: np.ndarray
    edge_ms: np.ndarray
    lines: np.ndarray
    highway: np.ndarray
    speed_kph: float
    notes: tuple[Note, ...]

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return len(self.x)

    @cached_property
    def graph(self) -> csr_array:
        """Symmetric matrix of walking times between neighbours, milliseconds.

        Of parallel edges the quickest counts; an edge from a node to itself leads nowhere; an
        edge quicker than a millisecond takes one, because zero means no edge.
        """
        way = self.start != self.end
        a, b, ms = self.start[way], self.end[way], np.maximum(self.edge_ms[way], 1)
        quickest_last = np.argsort(-ms, kind="stable")
        a, b, ms = a[quickest_last], b[quickest_last], ms[quickest_last]
        pair = np.minimum(a, b) * np.int64(self.nodes) + np.maximum(a, b)
        _, reversed_first = np.unique(pair[::-1], return_index=True)
        kept = len(pair) - 1 - reversed_first
        a, b, ms = a[kept], b[kept], ms[kept].astype(np.float64)
        return csr_array(
            (np.r_[ms, ms], (np.r_[a, b], np.r_[b, a])), shape=(self.nodes, self.nodes)
        )

    def nearest_node(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the nearest node of each point and the straight distance to it in metres."""
        distance_m, node = KDTree(np.c_[self.x, self.y]).query(np.c_[x, y])
        return node, distance_m

    def walk_ms(self, distance_m: np.ndarray) -> np.ndarray:
        """Return the walking time of distances in metres, whole milliseconds."""
        return milliseconds(distance_m, self.speed_kph)


def milliseconds(distance_m: np.ndarray, speed_kph: float) -> np.ndarray:
    """Return distance / speed in milliseconds, to the nearest whole one.

    Raises
    ------
    ValueError
        A distance is negative or not finite.
    """
    if not (np.isfinite(distance_m).all() and (distance_m >= 0).all()):
        raise ValueError("distances must be finite and at least zero")
    return np.rint(np.asarray(distance_m) * 3600.0 / speed_kph).astype(np.int64)
