"""Solve the stages in order, each holding what the earlier ones reached."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np
import pandas as pd

from siting.errors import Problem, ScenarioError
from siting.model.choice import Choice
from siting.model.objectives import Objective, objectives
from siting.model.planning_model import PlanningModel, absent
from siting.model.problem import SitingProblem
from siting.model.rules import build_model
from siting.model.serving import most_served, served_everywhere, unserved
from siting.model.sites_first import Tried, served_at_sites, sites_first
from siting.model.travel_time import child_minutes, minutes_unit, shorten_ways
from siting.model.values import chosen
from siting.model.variables import states_asked
from siting.solver import Answer, Program, Status, checked_bound, claim, solve, solve_with, worst

shortfall_gap = 1e-4
"""Gap asked of shortfall stages: a hundredth of a per cent of a target."""

share_of_time_for_bounds = 0.25
"""Share of the time left that a stage may take for the bound that needs no search (assumption: it
takes a second or two, and the stages to come need the rest)."""

Report = Callable[[str], None]


@dataclass(frozen=True)
class Stage:
    """What a stage reached.

    ``objective`` and ``bound`` are in ``unit``; the proof of a stage is conditional on the
    values of the stages before it. A stage that the clock or Ctrl-C ended before it found
    anything better keeps the plan of the stage before, without a bound. ``checked_bound`` is the
    one that the prices of the linear relaxation prove, reckoned here row by row: ``bound`` is the
    word of a search. None where the time did not suffice, or it was not asked for.
    """

    name: str
    status: Status
    objective: float | None
    bound: float | None
    gap: float | None
    unit: str
    seconds: float
    timed_out: bool
    checked_bound: float | None = None


@dataclass(frozen=True)
class Solution:
    """A solved planning model.

    Attributes
    ----------
    status
        The weakest claim of any stage.
    stages
        In the order solved.
    choice
        What is done; None without a plan.
    served
        For each state ``cell, site, band, children``: additional children given a place, by
        position, the band one of the scenario; None without a plan.
    size
        Rows, columns and integer columns of the model.
    seconds_build
        How long writing the model took.
    values
        Of each column of the model; None without a plan.
    travel
        The way of the children served, one way, in all planned years under the trend that is
        planned for: least for the sites of this plan and as many children served; no part of
        the status. None where it was not sought.
    """

    status: Status
    stages: tuple[Stage, ...]
    choice: Choice | None
    served: tuple[pd.DataFrame, ...] | None
    size: dict[str, int]
    seconds_build: float = 0.0
    values: np.ndarray | None = None
    travel: Stage | None = None

    @property
    def gap(self) -> float | None:
        """Worst gap of any stage, None if one has no bound."""
        gaps = [stage.gap for stage in self.stages]
        known = [gap for gap in gaps if gap is not None]
        return max(known) if known and len(known) == len(gaps) else None


def solve_stages(problem: SitingProblem, report: Report = lambda _: None) -> Solution:
    """Solve every stage of a problem.

    Parameters
    ----------
    report
        Called with the name of each stage as it begins.
    """
    report("model")
    began = monotonic()
    model = build_model(problem)
    stages = objectives(model)
    program = model.program(np.zeros(model.columns))
    built = monotonic() - began
    solution = solve_model(model, program, stages, report, began, checks_bounds=True)
    report("travel_time")
    return replace(with_shorter_ways(problem, solution), seconds_build=built)


def with_shorter_ways(problem: SitingProblem, solution: Solution) -> Solution:
    """Return a solution whose children go the shortest ways there are for its sites."""
    choice, served = solution.choice, solution.served
    if choice is None or served is None:
        return solution
    settings = problem.scenario.solver
    began = monotonic()
    shorter = shorten_ways(problem, choice, served, time_limit_s=settings.time_limit_s)
    minutes, bound = child_minutes(problem, shorter)
    status, gap = claim(minutes, bound, settings.gap)
    travel = Stage(
        name="travel_time",
        status=status,
        objective=minutes,
        bound=None if gap is None else bound,
        gap=gap,
        unit=minutes_unit,
        seconds=monotonic() - began,
        timed_out=shorter.timed_out,
    )
    return replace(solution, served=shorter.served, travel=travel)


def pose_stage(problem: SitingProblem, name: str | None = None) -> tuple[Program, str]:
    """Return the model with the objective of a stage, and the name of the stage.

    Parameters
    ----------
    name
        None takes the first stage. What earlier stages reach is not held.

    Raises
    ------
    ScenarioError
        The scenario has no such stage.
    """
    model = build_model(problem)
    stages = {objective.name: objective for objective in objectives(model)}
    name = next(iter(stages)) if name is None else name
    if name not in stages:
        what, remedy = f"there is no stage '{name}'", f"name one of {', '.join(stages)}"
        raise ScenarioError([Problem("--stage", what, remedy)])
    return model.program(stages[name].weights, stages[name].constant), name


def solve_model(
    model: PlanningModel,
    program: Program,
    stages: list[Objective],
    report: Report = lambda _: None,
    began: float | None = None,
    start: np.ndarray | None = None,
    *,
    checks_bounds: bool = False,
) -> Solution:
    """Solve the stages of a model that is written, over the rows of a program of it.

    Parameters
    ----------
    start
        A known plan to start from; one that breaks a row is left aside.
    checks_bounds
        Whether each stage also gets the bound that needs no word of a search.
    """
    settings = model.problem.scenario.solver
    deadline = (began or monotonic()) + settings.time_limit_s
    done: list[tuple[Objective, Answer, float, float, float | None]] = []
    values = None if start is None else program.settled(start)
    idle = idle_service(model)
    highs = settings.name.upper() == "HIGHS"
    tried = Tried()
    if values is None and highs:
        tried = sites_first(model, _without(program, idle), stages, deadline - monotonic(), report)
    interrupted, served_matters, before_s = tried.interrupted, False, tried.seconds
    for objective in stages:
        stage_began = monotonic()
        posed = objective.posed(program)
        served_matters |= bool((objective.weights[idle] != 0).any())
        if not served_matters:
            posed = _without(posed, idle)
        is_shortfall = objective.name.startswith("shortfall")
        asked = min(settings.gap, shortfall_gap) if is_shortfall else settings.gap
        known, seconds = tried.answers.get(objective.name, (None, before_s))
        before_s = 0.0
        if objective.name == "served" and values is not None and highs and not interrupted:
            report(objective.name)
            known = served_at_sites(model, posed, asked, deadline - monotonic(), values)
        if known is not None:
            values, interrupted = known.values, interrupted or known.interrupted
        answer = known
        if interrupted and answer is None:
            status = Status.NO_PLAN if values is None else Status.FEASIBLE
            answer = Answer(status, values, None, None, None, True, True)
        elif answer is None or (answer.status is Status.FEASIBLE and not interrupted):
            report(objective.name)
            answer = _solve(model, posed, asked, deadline - monotonic(), values)
            answer = answer if known is None else _better_bound(answer, known.bound)
        interrupted |= answer.interrupted
        checked = _checked(posed, answer, deadline) if checks_bounds else None
        answer = _better_bound(answer, checked)
        done.append((objective, answer, asked, seconds + monotonic() - stage_began, checked))
        values = values if answer.values is None else answer.values
        if values is None:
            break
        value = objective.value(values)
        if known is not None and known.bound is not None and is_shortfall:
            # Held as in the try, so that the bound of the cost is one of the same program.
            value = known.bound
        program = objective.held(program, value)
    size = {
        "rows": program.rows.shape[0],
        "columns": program.columns,
        "integers": int(program.is_integer.sum()),
    }
    if values is None:
        told = [_stage(*each, None) for each in done]
        return Solution(worst(stage.status for stage in told), tuple(told), None, None, size)
    values = _serving_most(model, _fixed(program, values), values)
    told = [_stage(*each, values) for each in done]
    choice = chosen(model, values)
    return Solution(
        status=worst([Status.OPTIMAL, *(stage.status for stage in told)]),
        stages=tuple(told),
        choice=choice,
        served=served_everywhere(model, values, choice),
        size=size,
        values=values,
    )


def _checked(program: Program, answer: Answer, deadline: float) -> float | None:
    """Return the bound that needs no search, where there is a plan and the time suffices."""
    if answer.values is None or answer.interrupted:
        return None
    return checked_bound(program, share_of_time_for_bounds * max(deadline - monotonic(), 0.0))


def _better_bound(answer: Answer, known: float | None) -> Answer:
    """Return an answer with the better of its bound and one that is known."""
    bounds = [bound for bound in (answer.bound, known) if bound is not None]
    return replace(answer, bound=max(bounds, default=None))


def _without(program: Program, columns: np.ndarray) -> Program:
    """Return a program with some columns at nought."""
    upper = program.column_upper.copy()
    upper[columns] = 0.0
    return replace(program, column_upper=upper)


def idle_service(model: PlanningModel) -> np.ndarray:
    """Return the served variables of states in which no target asks who is served.

    Nobody served there is feasible whatever is done at the sites, so the stages before the one
    that asks for children leave them at zero.
    """
    columns = model.served[:, :, ~states_asked(model.problem)]
    return columns[columns != absent]


def _fixed(program: Program, values: np.ndarray) -> Program:
    """Return a program with its whole numbers fixed to those of a plan."""
    whole = program.is_integer
    return replace(
        program,
        column_lower=np.where(whole, values, program.column_lower),
        column_upper=np.where(whole, values, program.column_upper),
    )


def _solve(
    model: PlanningModel,
    program: Program,
    gap: float,
    time_limit_s: float,
    start: np.ndarray | None,
) -> Answer:
    settings = model.problem.scenario.solver
    if settings.name.upper() != "HIGHS":
        return solve_with(
            settings.name, program, gap=gap, time_limit_s=time_limit_s, threads=settings.threads
        )
    return solve(
        program,
        gap=gap,
        time_limit_s=time_limit_s,
        threads=settings.threads,
        seed=settings.seed,
        start=start,
    )


def _serving_most(model: PlanningModel, program: Program, values: np.ndarray) -> np.ndarray:
    """Return a plan that serves as many children as it can with everything that is decided held.

    Where that is not solved, because of Ctrl-C or because what is held leaves less than the
    solver's tolerance, it stays at the values known. Stages that do not ask for children leave
    them unserved, and a stage that the clock ended leaves some; the figures of a plan must show
    neither.
    """
    answer = most_served(model, program)
    if answer.status is Status.OPTIMAL and answer.values is not None:
        return answer.values
    if program.settled(values) is not None:
        return values
    raise unserved(answer)


def _stage(
    objective: Objective,
    answer: Answer,
    asked: float,
    seconds: float,
    checked: float | None,
    final: np.ndarray | None,
) -> Stage:
    """Tell a stage by the value that the final plan has in it.

    A later stage keeps the value within the hold or improves on it; the bound stays proven.
    """
    sign = -1.0 if objective.maximised else 1.0
    status, value, gap, bound = answer.status, None, None, None
    if final is not None:
        value = objective.value(final)
        status, gap = claim(value, answer.bound, asked)
        bound = None if gap is None else answer.bound

    def as_read(number: float | None) -> float | None:
        return None if number is None else sign * number + 0.0

    return Stage(
        name=objective.name,
        status=status,
        objective=as_read(value),
        bound=as_read(bound),
        gap=gap,
        unit=objective.unit,
        seconds=seconds,
        timed_out=answer.timed_out,
        checked_bound=None if final is None else as_read(checked),
    )
