"""Where places meet a graph."""

from typing import NamedTuple

import numpy as np


class Doors(NamedTuple):
    """Nodes by which places are entered and left, and the time between the two.

    Attributes
    ----------
    first
        Position of the first door of each place, and the number of doors.
    node, ms
        Node of each door, and its time in whole milliseconds.
    """

    first: np.ndarray
    node: np.ndarray
    ms: np.ndarray

    @property
    def places(self) -> int:
        """Number of places."""
        return len(self.first) - 1


def at_nodes(nodes: np.ndarray) -> Doors:
    """Return the doors of places that are nodes themselves."""
    first = np.arange(len(nodes) + 1, dtype=np.int64)
    return Doors(first, nodes.astype(np.int32), np.zeros(len(nodes), dtype=np.int32))


def by_node(doors: Doors, nodes: int) -> Doors:
    """Return the same doors seen from the nodes: ``node`` then is the place each door leads to."""
    place = np.repeat(np.arange(doors.places, dtype=np.int32), np.diff(doors.first))
    order = np.argsort(doors.node, kind="stable")
    first = np.searchsorted(doors.node[order], np.arange(nodes + 1))
    return Doors(first.astype(np.int64), place[order], doors.ms[order])


def some(doors: Doors, places: np.ndarray) -> Doors:
    """Return the doors of a range of places that follow one another."""
    first = doors.first[places[0] : places[-1] + 2]
    here = slice(first[0], first[-1])
    return Doors(first - first[0], doors.node[here], doors.ms[here])
