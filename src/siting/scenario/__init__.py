"""What the planner asks.

Reads a YAML file, gives a frozen :class:`Scenario`. Does not: open the files it names, or
know what is in them.
"""

from siting.scenario.children import ClassKind
from siting.scenario.loading import load
from siting.scenario.scenario import Scenario
from siting.scenario.schema import json_schema
from siting.scenario.targets import Target
from siting.scenario.tiers import Host, Tier, whole_seconds

__all__ = [
    "ClassKind",
    "Host",
    "Scenario",
    "Target",
    "Tier",
    "json_schema",
    "load",
    "whole_seconds",
]
