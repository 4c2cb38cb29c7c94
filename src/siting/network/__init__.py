"""Streets -> Network: arrays of nodes and edges with the times of each way of travelling.

Reads the street file of a scenario, gives :class:`Network`; finds places in OpenStreetMap files;
fetches streets from OpenStreetMap when asked to, which is all that ever goes online. Does not:
know people, sites or limits.
"""

from siting.network.joining import mode_names
from siting.network.kept import network_key, read_kept_network
from siting.network.network import Graph, Network, Travel, closed, longest_ms, z_order
from siting.network.reading import build_network, read_network

__all__ = [
    "Graph",
    "Network",
    "Travel",
    "build_network",
    "closed",
    "longest_ms",
    "mode_names",
    "network_key",
    "read_kept_network",
    "read_network",
    "z_order",
]
