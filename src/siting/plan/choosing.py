"""Tables + reach -> Plan: pose, solve, measure, check."""

from collections.abc import Callable

import pandas as pd

from siting.indicators import SitesInYear, spending
from siting.inputs import Inputs
from siting.model import (
    Choice,
    SitingProblem,
    Solution,
    State,
    check_ceilings,
    pose_problem,
    solve_stages,
)
from siting.notes import Note
from siting.plan.check import check_plan
from siting.plan.content import content_of
from siting.plan.plan import Plan, PlanContent, state_table
from siting.reach import Reach
from siting.scenario import Scenario


def choose_sites(
    scenario: Scenario,
    inputs: Inputs,
    reach: Reach,
    report: Callable[[str], None] = lambda _: None,
) -> Plan:
    """Choose actions and classes that meet the targets at least cost, with proof.

    Parameters
    ----------
    report
        Called with the name of each stage as it begins.

    Returns
    -------
    Plan
        Checked by :func:`siting.plan.check_plan`. Its status says what is proven; an infeasible
        scenario and one without a plan in the time given return a plan without tables.

    Raises
    ------
    ScenarioError
        The arithmetic of the scenario forbids a target whatever is chosen.
    PlanCheckError
        The solver's plan breaks a rule: a fault of ours, never a plan.
    siting.errors.SolverError
        The solver fails where it cannot fail, such as to serve children at the sites it chose.
    """
    problem = pose_problem(scenario, inputs, reach)
    check_ceilings(problem)
    solution = solve_stages(problem, report)
    plan = plan_of(problem, solution)
    report("check")
    check_plan(plan, inputs, reach)
    return plan


def plan_of(problem: SitingProblem, solution: Solution) -> Plan:
    """Return the plan that a solution of a problem is: its tables and figures."""
    scenario, inputs = problem.scenario, problem.inputs
    size = {
        **solution.size,
        "cells": len(inputs.cells),
        "demand_classes": len(problem.service.additional),
    }
    return Plan(
        scenario=scenario,
        status=solution.status,
        gap=solution.gap,
        stages=solution.stages,
        model_size=size,
        content=_content(problem, solution),
        seconds_build=solution.seconds_build,
        travel=solution.travel,
        notes=notes_of(scenario, inputs),
    )


def notes_of(scenario: Scenario, inputs: Inputs) -> tuple[Note, ...]:
    """Return what the planner should know of how a plan is sought."""
    if "travel_time" not in scenario.objectives:
        return ()
    cells = len(inputs.cells)
    return (
        Note(
            zh=f"选点目标含出行时间：{cells}个需求单元不能合并，求解较慢；"
            "不含时，选点后仍会使出行时间最短",
            en=f"Travel time takes part in siting: {cells} demand cells cannot be merged, so "
            "solving is slower; without it, travel time is still made least once sites are chosen",
        ),
    )


def _content(problem: SitingProblem, solution: Solution) -> PlanContent | None:
    choice, served = solution.choice, solution.served
    if choice is None or served is None:
        return None
    planned = sites_in_states(problem, choice, served)
    return content_of(
        {state.year: sites for state, sites in planned.items() if state.trend is None},
        {state: sites.served for state, sites in planned.items() if state.trend is not None},
    )


def sites_in_states(
    problem: SitingProblem, choice: Choice, served: tuple[pd.DataFrame, ...]
) -> dict[State, SitesInYear]:
    """Return the sites as a plan leaves them in every state, with who is served in it.

    Parameters
    ----------
    served
        ``cell, site, band, children`` in each state of the problem.
    """
    scenario, inputs = problem.scenario, problem.inputs
    tables = {year: state_table(scenario, choice, year) for year in scenario.years}
    spent = spending(scenario, inputs, tables)
    guides = choice.guides
    return {
        state: SitesInYear(
            scenario=scenario,
            inputs=inputs,
            reach=problem.reach,
            year=state.year,
            state=tables[state.year],
            demand=demand,
            served=children,
            guides=guides.loc[guides["year"] == state.year, ["site", "medical"]].reset_index(
                drop=True
            ),
            spent=spent[spent["year"] <= state.year],
        )
        for state, demand, children in zip(problem.states, problem.demand, served, strict=True)
    }
