"""Tables + reach -> Plan: pose, solve, measure, check."""

from collections.abc import Callable

import pandas as pd

from siting.demand import measure_demand
from siting.indicators import Indicators, measure, target_results
from siting.inputs import Inputs
from siting.model import check_ceilings, pose_problem, serve, solve_stages
from siting.plan.check import check_plan
from siting.plan.plan import (
    Plan,
    PlanContent,
    classes_table,
    hash_plan,
    served_cells,
    sites_table,
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
    demand = measure_demand(scenario, inputs, reach, scenario.year)
    problem = pose_problem(scenario, inputs, reach, demand)
    check_ceilings(problem)
    solution = solve_stages(problem, report)
    size = {**solution.size, "cells": len(inputs.cells), "demand_classes": len(problem.demand)}
    content = None
    if solution.classes is not None:
        classes = classes_table(solution.classes, scenario)
        served = served_cells(problem, solution)
        figures = measure(scenario, inputs, reach, demand, classes, served, scenario.year)
        results = target_results(scenario, figures)
        sites = sites_table(scenario, inputs, demand, classes, served)
        content = PlanContent(
            sites=sites,
            assignment=_assignment(scenario, inputs, reach, served),
            classes=classes,
            served=served,
            indicators=figures,
            targets=results,
            plan_hash=hash_plan(sites, results),
        )
    plan = Plan(
        scenario=scenario,
        status=solution.status,
        gap=solution.gap,
        stages=solution.stages,
        model_size=size,
        content=content,
    )
    report("check")
    check_plan(plan, inputs, reach, demand)
    return plan


def measure_today(scenario: Scenario, inputs: Inputs, reach: Reach) -> Indicators:
    """Compute the figures of the base year with the facilities of today.

    Children who want a place and have none are served as far as the places within their reach
    go, exactly as under a plan; ``enrolled`` counts those who have one.
    """
    year = scenario.base_year
    demand = measure_demand(scenario, inputs, reach, year)
    problem = pose_problem(scenario, inputs, reach, demand)
    solution = serve(problem, problem.sites.classes_today)
    served = served_cells(problem, solution)
    classes = classes_table(problem.sites.classes_today, scenario)
    return measure(scenario, inputs, reach, demand, classes, served, year)


def _assignment(
    scenario: Scenario, inputs: Inputs, reach: Reach, served: pd.DataFrame
) -> pd.DataFrame:
    pairs = pd.DataFrame({"cell": reach.cell, "site": reach.site, "seconds": reach.seconds})
    named = served.merge(pairs, on=["cell", "site"], how="left", validate="many_to_one")
    return pd.DataFrame(
        {
            "cell_id": inputs.cells["cell_id"].to_numpy()[named["cell"]],
            "site_id": inputs.sites["site_id"].to_numpy()[named["site"]],
            "band": [scenario.bands[band] for band in named["band"]],
            "children": named["children"],
            "seconds": named["seconds"],
        }
    )
