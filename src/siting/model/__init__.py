"""Tables -> planning model -> solution.

Reads the tables of a study with reach and demand, gives :class:`Solution`: what is done at every
site in every year, who is served where, and the proof of each stage. Does not: know files, maps
or people's words.
"""

from siting.model.ceilings import Ceiling, ceilings_of, check_ceilings
from siting.model.choice import Choice
from siting.model.posing import pose_problem
from siting.model.problem import SitingProblem, State, states_of
from siting.model.rules import build_model
from siting.model.serving import serve
from siting.model.stages import Solution, Stage, pose_stage, solve_stages

__all__ = [
    "Ceiling",
    "Choice",
    "SitingProblem",
    "Solution",
    "Stage",
    "State",
    "build_model",
    "ceilings_of",
    "check_ceilings",
    "pose_problem",
    "pose_stage",
    "serve",
    "solve_stages",
    "states_of",
]
