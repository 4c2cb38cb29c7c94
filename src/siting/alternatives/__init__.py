"""More than one answer: other plans, what figures cost, and plans for several futures.

Reads the tables of a study and its plan, gives further plans that differ, the frontier of cost
against coverage, the price of one more unit of a target, and what it costs to hold under several
trends of births; each with its proof. Does not: explain why targets clash, or draw anything.
"""

from siting.alternatives.frontier import coverage_frontier, frontier
from siting.alternatives.near_optimal import Alternative, Alternatives, near_optimal
from siting.alternatives.prices import Price, price, prices
from siting.alternatives.robustness import Robustness, robustness

__all__ = [
    "Alternative",
    "Alternatives",
    "Price",
    "Robustness",
    "coverage_frontier",
    "frontier",
    "near_optimal",
    "price",
    "prices",
    "robustness",
]
