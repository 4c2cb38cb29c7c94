"""Every rule of the planning model, in the order in which it is written."""

from siting.model.planning_model import PlanningModel
from siting.model.problem import SitingProblem
from siting.model.service_rules import service_rules
from siting.model.site_rules import site_rules
from siting.model.target_rules import rule_of
from siting.model.variables import declare


def build_model(problem: SitingProblem) -> PlanningModel:
    """Write the planning model: variables and every constraint, no objective yet."""
    model = declare(problem)
    for rule in (*site_rules, *service_rules):
        rule(model)
    for target in problem.scenario.targets:
        rule_of[target.kind](model, target)
    return model
