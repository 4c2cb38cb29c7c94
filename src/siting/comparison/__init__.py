"""Two or more plans side by side, and what the choice between them comes to.

Reads finished runs, gives :class:`Compared`: tables, remarks and sentences in both languages.
Does not: read an input file, solve, or draw anything.
"""

from siting.comparison.compared import Compared, ComparedPlan, compare_runs

__all__ = ["Compared", "ComparedPlan", "compare_runs"]
