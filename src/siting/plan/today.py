"""The facilities of today: their figures, and every target held against them."""

from dataclasses import replace

import pandas as pd

from siting.demand import measure_demand
from siting.indicators import (
    Indicators,
    SitesInYear,
    TargetResults,
    measure,
    measure_sites,
    target_results,
)
from siting.inputs import Inputs
from siting.plan.no_action import sites_left_alone
from siting.plan.plan import today_table
from siting.reach import Reach
from siting.scenario import Scenario


def measure_today(scenario: Scenario, inputs: Inputs, reach: Reach) -> Indicators:
    """Compute the figures of the base year with the facilities of today.

    Children who want a place and have none are served as far as the places within their reach
    go, exactly as under a plan; ``enrolled`` counts those who have one.
    """
    return measure_sites(sites_today(scenario, inputs, reach))


def count_today(scenario: Scenario, inputs: Inputs, reach: Reach) -> Indicators:
    """Count people, places and coverage of the base year; nothing is solved, nobody newly served.

    Figures of children who could be served are those of :func:`measure_today` only.
    """
    year = scenario.base_year
    nobody = pd.DataFrame({"cell": [], "site": [], "band": [], "children": []})
    demand = measure_demand(scenario, inputs, reach, year)
    return measure(scenario, inputs, reach, demand, today_table(scenario, inputs), nobody, year)


def today_targets(scenario: Scenario, inputs: Inputs, reach: Reach) -> TargetResults:
    """Hold every target of the scenario against the facilities and people of the base year.

    See :func:`held_today`.
    """
    return held_today(sites_today(scenario, inputs, reach), scenario)


def held_today(there: SitesInYear, scenario: Scenario) -> TargetResults:
    """Hold every target of the scenario against the facilities of today, as they are measured.

    Nothing is achieved (None) where the tables do not tell: who guides whom today.
    """
    return TargetResults(
        replace(result, achieved=None, required_count=None, achieved_count=None, missing_in=())
        if result.target.kind == "pairing"
        else result
        for result in target_results(there, scenario.targets)
    )


def sites_today(
    scenario: Scenario, inputs: Inputs, reach: Reach, served: pd.DataFrame | None = None
) -> SitesInYear:
    """Return the facilities of today with the people of the base year.

    Parameters
    ----------
    served
        ``cell, site, band, children``: who without a place is given one, where that is known
        already; none solves for as many as the places within reach hold.
    """
    return sites_left_alone(scenario, inputs, reach, scenario.base_year, served)
