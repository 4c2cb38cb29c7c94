"""A linear or mixed-integer program in, an honest answer out.

Reads a :class:`Program` of arrays, gives an :class:`Answer` with a status that was proven. The
home of HiGHS and of PuLP. Does not: know places, children or years.
"""

from siting.solver.answer import (
    Answer,
    Status,
    claim,
    proven_tolerance,
    relative_gap,
    worst,
)
from siting.solver.beside import Beside
from siting.solver.exchange import as_pulp, check_program_file, solve_with, write_program
from siting.solver.growing import GrowingProgram, Relaxed
from siting.solver.highs import is_whole, never, root_only, solve
from siting.solver.program import Program, feasibility_tolerance
from siting.solver.relaxation import checked_bound

__all__ = [
    "Answer",
    "Beside",
    "GrowingProgram",
    "Program",
    "Relaxed",
    "Status",
    "as_pulp",
    "check_program_file",
    "checked_bound",
    "claim",
    "feasibility_tolerance",
    "is_whole",
    "never",
    "proven_tolerance",
    "relative_gap",
    "root_only",
    "solve",
    "solve_with",
    "worst",
    "write_program",
]
