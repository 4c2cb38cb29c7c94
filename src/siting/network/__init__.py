"""Streets -> Network: arrays of nodes and edges with walking times.

Reads the street table of a scenario, gives :class:`Network`. Does not: know people, sites or
limits; go online.
"""

from siting.network.network import Graph, Network, Travel, closed
from siting.network.streets import build_network, read_network

__all__ = ["Graph", "Network", "Travel", "build_network", "closed", "read_network"]
