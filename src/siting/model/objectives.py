"""What the stages of the plan minimise, in order."""

from dataclasses import dataclass

from siting.model.constraints import required_amount
from siting.model.variables import Expression, PlanningModel, Term

cny_in_unit = 10_000
"""Cost is counted in 万元 (ten thousand yuan) inside the model, for even numbers."""


@dataclass(frozen=True)
class Objective:
    """One stage.

    Attributes
    ----------
    name
        shortfall-1, shortfall-2, ..., cost, served.
    terms
        What is minimised.
    unit
        What one unit of it is called.
    constant
        What is added to the terms: the part of the value that is settled beforehand.
    maximised
        Whether people read the value with the opposite sign, as something to have more of.
    """

    name: str
    terms: list[Term]
    unit: str
    maximised: bool = False
    constant: float = 0.0

    @property
    def expression(self) -> Expression:
        """The terms and the constant as a PuLP expression."""
        return Expression(self.terms, constant=self.constant)


def objectives(model: PlanningModel) -> list[Objective]:
    """Return the stages that the scenario asks for; shortfall gives one for each priority.

    Where every target is hard there is no shortfall to settle; if nothing else is asked for,
    cost is settled.
    """
    stages: list[Objective] = []
    for name in model.problem.scenario.objectives:
        if name == "shortfall":
            stages += shortfall(model)
        elif name == "cost":
            stages.append(cost(model))
        else:
            stages.append(served(model))
    return stages or [cost(model)]


def shortfall(model: PlanningModel) -> list[Objective]:
    """Sum of short[target] / required[target], for each priority."""
    soft = [target for target in model.problem.scenario.targets if not target.hard]
    return [
        Objective(
            f"shortfall-{priority}",
            [
                (model.short[target.id], 1.0 / required_amount(model, target))
                for target in soft
                if target.priority == priority
            ],
            "targets",
        )
        for priority in sorted({target.priority for target in soft})
    ]


def cost(model: PlanningModel) -> Objective:
    """Sum of fixed cost x open[j] + place cost x places added, in 万元."""
    problem = model.problem
    terms = [
        (variable, problem.sites.fixed_cost_cny[site] / cny_in_unit)
        for site, variable in model.open.items()
    ]
    terms += [
        (variable, problem.size[kind] * problem.sites.place_cost_cny[site] / cny_in_unit)
        for (site, kind), variable in model.classes.items()
    ]
    return Objective("cost", terms, "万元")


def served(model: PlanningModel) -> Objective:
    """Minus the sum of served[i,j,a] and of the children settled: as many as possible."""
    terms = [(variable, -1.0) for variable in model.served.values()]
    settled = -float(model.problem.settled["children"].sum())
    return Objective("served", terms, "children", maximised=True, constant=settled)
