"""Who is served at sites that are decided: linear programs, one for each state.

A planning model tells who is served only in the states in which that matters to it; elsewhere it
is told here, once the sites are known.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from siting.errors import SolverError
from siting.model.choice import Choice
from siting.model.objectives import served
from siting.model.planning_model import PlanningModel, absent
from siting.model.problem import SitingProblem
from siting.model.rules import build_model
from siting.model.travel_time import shorten_ways
from siting.model.values import children_served
from siting.model.variables import states_told
from siting.solver import Answer, Program, Status, solve


def serve(problem: SitingProblem, choice: Choice) -> tuple[pd.DataFrame, ...]:
    """Serve as many children as possible at the sites of a choice, by the shortest ways.

    Returns
    -------
    tuple of pandas.DataFrame
        As :attr:`siting.model.Solution.served`.

    Raises
    ------
    SolverError
        The solver does not solve one of these linear programs.
    """
    most = tuple(_served_in(problem, choice, state) for state in range(len(problem.states)))
    limit_s = problem.scenario.solver.time_limit_s
    return shorten_ways(_untargeted(problem), choice, most, time_limit_s=limit_s).served


def served_everywhere(
    model: PlanningModel, values: np.ndarray, choice: Choice
) -> tuple[pd.DataFrame, ...]:
    """Return who is served in each state: by the model's values, or by the sites alone.

    Raises
    ------
    SolverError
        As :func:`serve`.
    """
    problem = model.problem
    told = states_told(problem)
    return tuple(
        table if told[state] else _served_in(problem, choice, state)
        for state, table in enumerate(children_served(model, values, choice))
    )


def most_served(model: PlanningModel, program: Program) -> Answer:
    """Serve as many children as possible with all whole numbers as they are.

    A linear program without a time limit.
    """
    objective, settings = served(model), model.problem.scenario.solver
    posed = replace(
        program,
        cost=objective.weights,
        constant=objective.constant,
        is_integer=np.zeros(program.columns, dtype=bool),
    )
    return solve(posed, gap=0.0, threads=settings.threads, seed=settings.seed)


def unserved(answer: Answer) -> SolverError:
    """Return what is told where an answer serves nobody and has to."""
    return SolverError(f"the service of a fixed plan could not be computed: {answer.status}")


def fixed_to(model: PlanningModel, program: Program, choice: Choice) -> Program:
    """Return a program with what is done at the sites fixed; a facility acts where it grows."""
    exists, today = model.problem.sites.exists, model.problem.sites.classes_today
    added = np.where(choice.is_open[:, None], choice.classes - today[:, :, None], 0)
    acts = np.where(exists[:, None], added.any(axis=1), choice.is_open)
    lower, upper = program.column_lower.copy(), program.column_upper.copy()
    for columns, values in (
        (model.open, acts),
        (model.closed, ~choice.is_open & exists[:, None]),
        (model.classes, added),
    ):
        there = columns != absent
        lower[columns[there]] = upper[columns[there]] = values[there]
    return replace(program, column_lower=lower, column_upper=upper)


def _served_in(problem: SitingProblem, choice: Choice, state: int) -> pd.DataFrame:
    """Return who is served in a state where as many are as possible; after Ctrl-C, fewer."""
    is_open = choice.is_open[:, problem.year_of(state)]
    model = build_model(_untargeted(problem.at_sites(is_open, state)))
    program = fixed_to(model, model.program(np.zeros(model.columns)), choice)
    answer = most_served(model, program)
    if answer.status is Status.OPTIMAL and answer.values is not None:
        return children_served(model, answer.values, choice)[0]
    if answer.interrupted:
        return children_served(model, np.zeros(model.columns), choice)[0]
    raise unserved(answer)


def _untargeted(problem: SitingProblem) -> SitingProblem:
    """Return a problem in which nothing is asked but that children are served."""
    asked = {"targets": (), "objectives": ("served",)}
    return replace(problem, scenario=problem.scenario.model_copy(update=asked), coverage={})
