"""Streets as arrays, with the travel times of each mode."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import shapely
from pyproj import CRS

from siting.notes import Note

closed = -1
"""Time of an edge that may not be travelled."""
longest_ms = 2**30
"""What takes longer, twelve days, counts as that long, so that sums fit 32 bits."""


@dataclass(frozen=True)
class Travel:
    """How a mode travels the edges of a network.

    What it may travel hangs together: from every open edge every other can be reached and left.

    Attributes
    ----------
    forward_ms, backward_ms
        Time of each edge from ``start`` to ``end`` and back in whole milliseconds, so that sums
        are exact; at least 1; ``closed`` where it may not be travelled.
    can_stop
        Whether a place beside the edge is reached from it; not so on motorways.
    """

    forward_ms: np.ndarray
    backward_ms: np.ndarray
    can_stop: np.ndarray


class Graph(NamedTuple):
    """Edges in the order of the node they leave, each way for itself.

    Attributes
    ----------
    first
        Position of the first edge of each node, and the number of edges.
    to, ms
        Node each edge leads to, and its time in whole milliseconds, at most ``longest_ms``.
    """

    first: np.ndarray
    to: np.ndarray
    ms: np.ndarray

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return len(self.first) - 1


@dataclass(frozen=True)
class Network:
    """Streets that can be travelled.

    Attributes
    ----------
    crs
        Metric CRS of the coordinates.
    x, y
        Coordinates of the nodes, metres; nodes are in Z-order, so that neighbours have close
        numbers.
    start, end
        Node at either end of each edge.
    lines
        Geometry of each edge, from ``start`` to ``end``.
    highway
        OpenStreetMap class of each edge.
    travel
        Mode -> its times.
    walking_kph
        Speed on foot between a place and its street, in every mode.
    notes
        What was left out.
    extent
        Area of which every street is known, where the source says so.
    """

    crs: CRS
    x: np.ndarray
    y: np.ndarray
    start: np.ndarray
    end: np.ndarray
    lines: np.ndarray
    highway: np.ndarray
    travel: Mapping[str, Travel]
    walking_kph: float
    notes: tuple[Note, ...]
    extent: shapely.Polygon | None = None

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return len(self.x)

    @property
    def travelled(self) -> np.ndarray:
        """Whether each edge is open to a mode, one way at least."""
        is_open = [
            (t.forward_ms != closed) | (t.backward_ms != closed) for t in self.travel.values()
        ]
        return np.any(is_open, axis=0)

    @cached_property
    def _graphs(self) -> dict[tuple[str, bool], Graph]:
        return {}

    @cached_property
    def met(self) -> dict[tuple[str, bytes, bytes], Any]:
        """What was found of the streets nearest to places, which no speed changes."""
        return {}

    def graph(self, mode: str, *, reverse: bool = False) -> Graph:
        """Return the open edges of a mode.

        Parameters
        ----------
        reverse
            Whether every way is turned round: a search from a place then finds the time to it.
        """
        known = self._graphs.get((mode, reverse))
        if known is None:
            known = self._graphs[mode, reverse] = self._make_graph(self.travel[mode], reverse)
        return known

    def _make_graph(self, travel: Travel, reverse: bool) -> Graph:
        forth, back = travel.forward_ms != closed, travel.backward_ms != closed
        leaves = np.r_[self.start[forth], self.end[back]]
        to = np.r_[self.end[forth], self.start[back]]
        ms = np.r_[travel.forward_ms[forth], travel.backward_ms[back]]
        if reverse:
            leaves, to = to, leaves
        order = np.lexsort((to, leaves))
        first = np.searchsorted(leaves[order], np.arange(self.nodes + 1))
        times = np.minimum(ms[order], longest_ms).astype(np.int32)
        return Graph(first.astype(np.int64), to[order].astype(np.int32), times)

    def walked_at(self, speed_kph: float) -> "Network":
        """Return the same streets for people who walk at another speed.

        Streets on which the scenario sets a speed of its own keep it: those whose time is not
        that of their length at :attr:`walking_kph`.
        """
        length_m, walk = shapely.length(self.lines), self.travel["walk"]
        usual, new = (
            np.maximum(milliseconds(length_m, kph), 1) for kph in (self.walking_kph, speed_kph)
        )
        forth, back = (np.where(ms == usual, new, ms) for ms in (walk.forward_ms, walk.backward_ms))
        walked = replace(walk, forward_ms=forth, backward_ms=back)
        same = replace(self, travel={**self.travel, "walk": walked}, walking_kph=speed_kph)
        vars(same)["met"] = self.met
        return same

    def walk_ms(self, distance_m: np.ndarray) -> np.ndarray:
        """Return the time on foot of distances in metres, whole milliseconds."""
        return milliseconds(distance_m, self.walking_kph)


def milliseconds(distance_m: np.ndarray, speed_kph: np.ndarray | float) -> np.ndarray:
    """Return distance / speed in milliseconds, to the nearest whole one.

    Raises
    ------
    ValueError
        A distance is negative or not finite.
    """
    if not (np.isfinite(distance_m).all() and (distance_m >= 0).all()):
        raise ValueError("distances must be finite and at least zero")
    return np.rint(np.asarray(distance_m) * 3600.0 / speed_kph).astype(np.int64)


def z_order(x: np.ndarray, y: np.ndarray, side_m: float) -> np.ndarray:
    """Return the order of points along a Z-order curve of squares (Morton 1966)."""
    if not len(x):
        return np.empty(0, dtype=np.int64)
    column = ((x - x.min()) / side_m).astype(np.int64)
    row = ((y - y.min()) / side_m).astype(np.int64)
    code = np.zeros(len(x), dtype=np.int64)
    for bit in range(24):
        code |= ((column >> bit) & 1) << (2 * bit)
        code |= ((row >> bit) & 1) << (2 * bit + 1)
    return np.lexsort((y, x, code))
