"""Why not: which requirements clash, what repairs them, and why soft targets fall short.

Reads the tables of a study with its reach, gives :class:`Explanation` and :class:`Shortcoming`.
Does not: change a scenario, or tell a repair whose plan was not found.
"""

from siting.clashes.clash import Clash, find_clash
from siting.clashes.explanation import Explanation, explain, explanation_lines
from siting.clashes.repairs import Repair
from siting.clashes.requirements import Requirement
from siting.clashes.shortcomings import Reason, Shortcoming, shortcomings

__all__ = [
    "Clash",
    "Explanation",
    "Reason",
    "Repair",
    "Requirement",
    "Shortcoming",
    "explain",
    "explanation_lines",
    "find_clash",
    "shortcomings",
]
