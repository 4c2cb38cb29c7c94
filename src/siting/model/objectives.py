"""What the stages of the plan minimise, in order."""

from dataclasses import dataclass, replace

import numpy as np

from siting.indicators import group_share
from siting.model.planning_model import PlanningModel, Terms, absent
from siting.model.spending import add_capital, add_running, discounts, running_weights
from siting.model.target_rules import required_amount
from siting.model.travel_time import minutes_unit, seconds_between
from siting.solver import Program


@dataclass(frozen=True)
class Objective:
    """One stage.

    Attributes
    ----------
    name
        shortfall-1, shortfall-2, ..., cost, coverage, served, tie_break, travel_time.
    weights
        Of each column: what is minimised.
    unit
        What one unit of it is called.
    constant
        What is added: the part of the value that is settled beforehand.
    maximised
        Whether people read the value with the opposite sign, as something to have more of.
    """

    name: str
    weights: np.ndarray
    unit: str
    maximised: bool = False
    constant: float = 0.0

    def value(self, values: np.ndarray) -> float:
        """Return what is minimised, for the values of the columns."""
        return float(self.weights @ values) + self.constant

    def posed(self, program: Program) -> Program:
        """Return a program that minimises this."""
        return replace(program, cost=self.weights, constant=self.constant)

    def held(self, program: Program, value: float) -> Program:
        """Return a program in which this stays at a value, or better."""
        return self.posed(program).holding(self.name, value)


def objectives(model: PlanningModel) -> list[Objective]:
    """Return the stages that the scenario asks for; shortfall gives one for each priority.

    Where every target is hard there is no shortfall to settle; if nothing else is asked for,
    cost is settled.
    """
    of_name = {
        "cost": cost,
        "coverage": coverage,
        "served": served,
        "tie_break": tie_break,
        "travel_time": travel_time,
    }
    stages: list[Objective] = []
    for name in model.problem.scenario.objectives:
        if name == "shortfall":
            stages += shortfall(model)
        else:
            stages.append(of_name[name](model))
    return stages or [cost(model)]


def _weights(model: PlanningModel, terms: Terms) -> np.ndarray:
    _, column, weight = terms.arrays()
    return np.bincount(column, weights=weight, minlength=model.columns).astype(float)


def shortfall(model: PlanningModel) -> list[Objective]:
    """Sum of short[target] / required[target], for each priority."""
    soft = [target for target in model.problem.scenario.targets if not target.hard]
    stages = []
    for priority in sorted({target.priority for target in soft}):
        terms = Terms()
        for target in soft:
            if target.priority == priority:
                terms.add(0, model.short[target.key], 1.0 / required_amount(model, target))
        stages.append(Objective(f"shortfall-{priority}", _weights(model, terms), "targets"))
    return stages


def cost(model: PlanningModel) -> Objective:
    """Capital of every year and, if counted, running costs, discounted to the base year, 万元."""
    terms, constant = Terms(), 0.0
    counted = model.problem.scenario.costs.counted
    if "capital" in counted:
        add_capital(model, terms, discounts(model))
    if "running" in counted:
        constant = add_running(model, terms, running_weights(model))
    return Objective("cost", _weights(model, terms), "万元", constant=constant)


def coverage(model: PlanningModel) -> Objective:
    """Minus the under-3s within reach of sites that count in population_coverage, all years.

    A child of a group that has a weight counts for as many as the weight says.
    """
    problem = model.problem
    weights = problem.scenario.children.weights
    tiers = problem.scenario.tiers_counted_in("population_coverage")
    covered, column = problem.coverage[tiers], model.covered[tiers]
    terms, always = Terms(), 0.0
    classes = covered.class_of_cell
    for year, name in enumerate(problem.years):
        under3 = problem.demand[problem.states_in(name)[0]].under3
        under3 = under3 * sum(
            (
                (weight - 1) * group_share(problem.inputs, group, name)
                for group, weight in weights.items()
            ),
            start=np.ones(len(under3)),
        )
        seen = classes >= 0
        weight = np.bincount(classes[seen], weights=under3[seen], minlength=len(column))
        terms.add(0, column[:, year], -weight)
        always += float(under3[covered.always].sum())
    unit = "weighted" if weights else "children"
    return Objective("coverage", _weights(model, terms), unit, True, -always)


def served(model: PlanningModel) -> Objective:
    """Minus the additional children given a place, of all years and trends."""
    terms = Terms()
    terms.add(0, model.served[model.served != absent], -1.0)
    settled = sum(float(table["children"].sum()) for table in model.problem.service.settled)
    return Objective("served", _weights(model, terms), "children", True, -settled)


def tie_break(model: PlanningModel) -> Objective:
    """Sum over acted sites of their place in the order of ``site_id``, later ones counting more."""
    terms = Terms()
    place = np.arange(1, len(model.open) + 1) / max(1, len(model.open))
    terms.add(0, model.open[:, -1], place)
    terms.add(0, model.closed[:, -1], place)
    return Objective("tie_break", _weights(model, terms), "")


def travel_time(model: PlanningModel) -> Objective:
    """Minutes from home to the place, one way, of the children served in all planned years."""
    problem, service = model.problem, model.problem.service
    cells = np.flatnonzero(service.class_of_cell >= 0)
    cell_of = np.empty(len(service.additional), dtype=np.int64)
    cell_of[service.class_of_cell[cells]] = cells
    minutes = seconds_between(problem, cell_of[service.demand_class], service.site) / 60
    terms = Terms()
    for state in (problem.states_in(year)[0] for year in problem.years):
        terms.add(0, model.served[:, :, state], minutes[:, None])
    return Objective("travel_time", _weights(model, terms), minutes_unit)
