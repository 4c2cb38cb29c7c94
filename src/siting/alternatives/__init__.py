"""More than one answer: other plans, what figures cost, and plans for several futures.

Reads the tables of a study and its plan, gives further plans that differ, the frontier of cost
against coverage, the price of one more unit of a target, and what it costs to hold under several
trends of births; each with its proof. Writes them into the folder of a run. Does not:
explain why targets clash, or draw anything.
"""

from siting.alternatives.files import alternative_folder, write_alternatives, write_frontier
from siting.alternatives.frontier import coverage_frontier, frontier, frontier_target
from siting.alternatives.near_optimal import Alternative, Alternatives, near_optimal
from siting.alternatives.prices import Price, price, prices
from siting.alternatives.robustness import Robustness, robustness

__all__ = [
    "Alternative",
    "Alternatives",
    "Price",
    "Robustness",
    "alternative_folder",
    "coverage_frontier",
    "frontier",
    "frontier_target",
    "near_optimal",
    "price",
    "prices",
    "robustness",
    "write_alternatives",
    "write_frontier",
]
