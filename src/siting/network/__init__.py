"""Streets -> Network: arrays of nodes and edges with walking times.

Reads the street table of a scenario, gives :class:`Network`. Does not: know people, sites or
limits; go online.
"""

from siting.network.kept import network_key, read_kept_network
from siting.network.network import Graph, Network, Travel, closed, z_order
from siting.network.streets import build_network, read_network

__all__ = [
    "Graph",
    "Network",
    "Travel",
    "build_network",
    "closed",
    "network_key",
    "read_kept_network",
    "read_network",
    "z_order",
]
