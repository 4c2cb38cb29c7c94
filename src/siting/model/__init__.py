"""Tables -> planning model -> solution.

Reads the tables of a study with reach and demand, gives :class:`Solution`: classes of every
site, who is served where, and the proof of each stage. Does not: know files, maps or people's
words; PuLP and HiGHS objects do not leave this package.
"""

from siting.model.ceilings import check_ceilings
from siting.model.problem import SitingProblem, pose_problem
from siting.model.solver import Status
from siting.model.stages import Solution, Stage, serve, solve_stages

__all__ = [
    "SitingProblem",
    "Solution",
    "Stage",
    "Status",
    "check_ceilings",
    "pose_problem",
    "serve",
    "solve_stages",
]
