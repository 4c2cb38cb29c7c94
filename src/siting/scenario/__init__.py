"""What the planner asks.

Reads a YAML file, gives a frozen :class:`Scenario`. Does not: open the files it names, or
know what is in them.
"""

from siting.scenario.loading import load
from siting.scenario.scenario import Scenario, Tier, whole_seconds
from siting.scenario.targets import Target

__all__ = ["Scenario", "Target", "Tier", "load", "whole_seconds"]
