"""The folder that a new study begins with: a workbook, a scenario and how to fill them in.

Reads the data dictionary and the parameters of a scenario, or a scenario with its tables, gives
files. Does not: read what a planner has filled in.
"""

from siting.template.filled_folder import write_filled
from siting.template.study_folder import write_study

__all__ = ["write_filled", "write_study"]
