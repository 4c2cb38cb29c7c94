"""Street nodes that a walk can start from."""

import numpy as np

from siting.network import Network, closed


def walkable_edges(network: Network) -> np.ndarray:
    """Return for each edge whether people walk on it and can stop beside it."""
    walk = network.travel["walk"]
    is_open = (walk.forward_ms != closed) | (walk.backward_ms != closed)
    return is_open & walk.can_stop


def walkable_nodes(network: Network) -> np.ndarray:
    """Return the nodes at the ends of walkable edges, in the order of their numbers."""
    edges = walkable_edges(network)
    return np.unique(np.r_[network.start[edges], network.end[edges]])
