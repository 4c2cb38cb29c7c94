"""Tables + reach -> Plan: pose, solve, measure, check."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from siting.demand import measure_demand
from siting.indicators import (
    Indicators,
    SitesInYear,
    TargetResult,
    measure,
    spending,
    target_results,
)
from siting.inputs import Inputs
from siting.model import (
    Choice,
    SitingProblem,
    Solution,
    State,
    check_ceilings,
    pose_problem,
    serve,
    solve_stages,
)
from siting.notes import Note
from siting.plan.check import check_plan
from siting.plan.plan import (
    Plan,
    PlanContent,
    PlanYear,
    actions_table,
    hash_plan,
    sites_table,
    state_table,
    today_table,
)
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
        notes=_notes(problem),
    )


def _notes(problem: SitingProblem) -> tuple[Note, ...]:
    if "travel_time" not in problem.scenario.objectives:
        return ()
    cells = len(problem.inputs.cells)
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
    scenario, inputs = problem.scenario, problem.inputs
    planned = sites_in_states(problem, choice, served)
    years = {
        state.year: year_of_plan(sites) for state, sites in planned.items() if state.trend is None
    }
    last = planned[State(scenario.last_year)]
    actions = actions_table(
        scenario, inputs, {year: part.state for year, part in years.items()}, last.spent
    )
    guidance = _guidance(problem, choice)
    results = tuple(result for year in years.values() for result in year.targets)
    return PlanContent(
        years=years,
        sites=sites_table(scenario, inputs, last.demand, last.state, actions, last.served),
        actions=actions,
        assignment=assignment_table(problem, {y: table.served for y, table in years.items()}),
        guidance=guidance,
        spent=last.spent,
        plan_hash=hash_plan(actions, guidance, results),
        served_under={
            state: sites.served for state, sites in planned.items() if state.trend is not None
        },
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


def sites_of_plan(plan: Plan, inputs: Inputs, reach: Reach) -> dict[int, SitesInYear]:
    """Return the sites as a plan leaves them in each planned year, with who is served in it.

    Raises
    ------
    NoPlanError
        There is no plan.
    """
    scenario = plan.scenario
    years = {year: plan.year(year) for year in scenario.years}
    spent = spending(scenario, inputs, {year: part.state for year, part in years.items()})
    return {
        year: SitesInYear(
            scenario=scenario,
            inputs=inputs,
            reach=reach,
            year=year,
            state=part.state,
            demand=measure_demand(scenario, inputs, reach, year),
            served=part.served,
            guides=part.guides,
            spent=spent[spent["year"] <= year],
        )
        for year, part in years.items()
    }


def year_of_plan(sites: SitesInYear) -> PlanYear:
    """Return a year of a plan: its figures and its targets."""
    figures = measure(
        sites.scenario,
        sites.inputs,
        sites.reach,
        sites.demand,
        sites.state,
        sites.served,
        sites.year,
    )
    return PlanYear(
        state=sites.state,
        served=sites.served,
        guides=sites.guides,
        indicators=figures,
        targets=target_results(sites, sites.scenario.targets_of(sites.year)),
    )


def measure_today(scenario: Scenario, inputs: Inputs, reach: Reach) -> Indicators:
    """Compute the figures of the base year with the facilities of today.

    Children who want a place and have none are served as far as the places within their reach
    go, exactly as under a plan; ``enrolled`` counts those who have one.
    """
    sites = sites_today(scenario, inputs, reach)
    return measure(
        scenario, inputs, reach, sites.demand, sites.state, sites.served, scenario.base_year
    )


def count_today(scenario: Scenario, inputs: Inputs, reach: Reach) -> Indicators:
    """Count people, places and coverage of the base year; nothing is solved, nobody newly served.

    Figures of children who could be served are those of :func:`measure_today` only.
    """
    year = scenario.base_year
    nobody = pd.DataFrame({"cell": [], "site": [], "band": [], "children": []})
    demand = measure_demand(scenario, inputs, reach, year)
    return measure(scenario, inputs, reach, demand, today_table(scenario, inputs), nobody, year)


def today_targets(scenario: Scenario, inputs: Inputs, reach: Reach) -> tuple[TargetResult, ...]:
    """Hold every target of the scenario against the facilities and people of the base year."""
    return target_results(sites_today(scenario, inputs, reach), scenario.targets)


def sites_today(scenario: Scenario, inputs: Inputs, reach: Reach) -> SitesInYear:
    """Return the facilities of today with the people of the base year."""
    year = scenario.base_year
    children = scenario.children.model_copy(update={"hold_under": ()})
    today = scenario.model_copy(update={"years": (year,), "targets": (), "children": children})
    today = today.model_copy(update={"objectives": ("served",)})
    problem = pose_problem(today, inputs, reach)
    nothing = np.zeros_like(problem.sites.must_open)
    undecided = replace(problem.sites, must_open=nothing, must_close=nothing)
    problem = replace(problem, sites=undecided)
    exists, classes = problem.sites.exists, problem.sites.classes_today
    choice = Choice(
        is_open=exists[:, None],
        classes=classes[:, :, None],
        guides=pd.DataFrame(columns=["site", "medical", "year"]),
    )
    return SitesInYear(
        scenario=scenario,
        inputs=inputs,
        reach=reach,
        year=year,
        state=today_table(scenario, inputs),
        demand=measure_demand(scenario, inputs, reach, year),
        served=serve(problem, choice)[0],
    )


def _guidance(problem: SitingProblem, choice: Choice) -> pd.DataFrame:
    """Return who guides whom by name; see :attr:`Plan.guidance`."""
    guides, pairs = choice.guides, problem.guiding
    columns = ["year", "site_id", "medical_id", "seconds"]
    medical = problem.inputs.medical
    if pairs is None or medical is None:
        return pd.DataFrame(columns=columns)
    seconds = pd.DataFrame({"site": pairs.site, "medical": pairs.medical, "seconds": pairs.seconds})
    named = guides.merge(seconds, on=["site", "medical"], how="left")
    return pd.DataFrame(
        {
            "year": named["year"],
            "site_id": problem.inputs.sites["site_id"].to_numpy()[named["site"]],
            "medical_id": medical["medical_id"].to_numpy()[named["medical"]],
            "seconds": named["seconds"],
        },
        columns=columns,
    )


def assignment_table(problem: SitingProblem, served: dict[int, pd.DataFrame]) -> pd.DataFrame:
    """Return who is served where by name; see :attr:`Plan.assignment`."""
    scenario, inputs, reach = problem.scenario, problem.inputs, problem.reach
    pairs = pd.DataFrame({"cell": reach.cell, "site": reach.site, "seconds": reach.seconds})
    parts = [table.assign(year=year) for year, table in served.items()]
    named = pd.concat(parts, ignore_index=True).merge(
        pairs, on=["cell", "site"], how="left", validate="many_to_one"
    )
    return pd.DataFrame(
        {
            "year": named["year"],
            "cell_id": inputs.cells["cell_id"].to_numpy()[named["cell"]],
            "site_id": inputs.sites["site_id"].to_numpy()[named["site"]],
            "band": np.array(scenario.bands, dtype=object)[named["band"].to_numpy(dtype=int)],
            "children": named["children"],
            "seconds": named["seconds"],
        }
    )
