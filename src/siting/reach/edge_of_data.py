"""Cells whose reach touches the edge of the street data: a nearer site could lie beyond it."""

import numpy as np
import shapely
from scipy import ndimage

from siting.network import Network
from siting.reach.access import Access, doors, times_from_ends, times_to_ends
from siting.reach.doors import Doors
from siting.reach.search import find_places

square_m = 250.0
"""Side of the squares in which streets are looked for (assumption: a block of a town)."""
gap_squares = 4
"""Twice as many squares without streets, 2 km of river or park, are no edge (assumption)."""


def edge_nodes(network: Network) -> np.ndarray:
    """Return the nodes at the edge of what is known.

    Where the source says of which area it knows every street, those within a square's side of
    its border, and beyond it. Elsewhere those in the outermost squares that hold streets: there
    either the data end or the town.
    """
    if network.extent is not None:
        inside = shapely.buffer(network.extent, -square_m)
        return np.flatnonzero(~shapely.contains_xy(inside, network.x, network.y))
    column, row = _squares(network.x), _squares(network.y)
    held = np.zeros((row.max() + gap_squares + 2, column.max() + gap_squares + 2), dtype=bool)
    held[row, column] = True
    disc = np.hypot(*np.mgrid[-gap_squares : gap_squares + 1, -gap_squares : gap_squares + 1])
    town = ndimage.binary_closing(held, disc <= gap_squares)
    town = ndimage.binary_fill_holes(town)
    inner = ndimage.binary_erosion(town, np.ones((3, 3), dtype=bool))
    return np.flatnonzero(~inner[row, column])


def _squares(at: np.ndarray) -> np.ndarray:
    """Return the column of each x, or the row of each y.

    Empty stretches across all streets are cut to what is just too wide to be closed, so that one
    street far away does not make a grid of the whole country.
    """
    held, of_node = np.unique(((at - at.min()) / square_m).astype(np.int64), return_inverse=True)
    steps = np.minimum(np.diff(held, prepend=held[:1]), 2 * gap_squares + 2)
    return np.cumsum(steps)[of_node] + gap_squares + 1


def cells_at_edge(
    network: Network, mode: str, direction: str, cells: Access, limit_ms: int
) -> np.ndarray:
    """Return whether an edge node lies within the limit of each cell.

    Parameters
    ----------
    direction
        ``to_site``: the way from the cell counts; ``from_site``: the way to it.
    """
    leaving = direction == "to_site"
    node = edge_nodes(network).astype(np.int32)
    edge = Doors(np.array([0, len(node)]), node, np.zeros(len(node), dtype=np.int32))
    times = times_to_ends if leaving else times_from_ends
    found = find_places(
        network.graph(mode, reverse=leaving),
        edge,
        doors(network, cells, times(network, mode, cells)),
        np.array([limit_ms]),
    )
    touched = np.zeros(len(cells.edge), dtype=bool)
    touched[found.item] = True
    return touched
