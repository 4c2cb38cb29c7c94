"""The facilities of today in a later year: what happens where nothing is done."""

from dataclasses import replace

import numpy as np
import pandas as pd

from siting.demand import measure_demand
from siting.indicators import SitesInYear
from siting.inputs import Inputs
from siting.model import Choice, pose_problem, serve
from siting.plan.plan import today_table
from siting.reach import Reach
from siting.scenario import Scenario


def sites_left_alone(
    scenario: Scenario,
    inputs: Inputs,
    reach: Reach,
    year: int,
    served: pd.DataFrame | None = None,
) -> SitesInYear:
    """Return the facilities of today with the people of a year.

    Children who want a place and have none are served as far as the places within their reach
    go, exactly as under a plan; decisions that would open or close a site are not carried out.

    Parameters
    ----------
    year
        Base year or planned year.
    served
        ``cell, site, band, children``: who without a place is given one, where that is known
        already; none solves for as many as the places within reach hold.
    """
    return SitesInYear(
        scenario=scenario,
        inputs=inputs,
        reach=reach,
        year=year,
        state=today_table(scenario, inputs),
        demand=measure_demand(scenario, inputs, reach, year),
        served=_served_alone(scenario, inputs, reach, year) if served is None else served,
    )


def _served_alone(scenario: Scenario, inputs: Inputs, reach: Reach, year: int) -> pd.DataFrame:
    children = scenario.children.model_copy(update={"hold_under": ()})
    alone = scenario.model_copy(update={"years": (year,), "targets": (), "children": children})
    alone = alone.model_copy(update={"objectives": ("served",)})
    problem = pose_problem(alone, inputs, reach)
    nothing = np.zeros_like(problem.sites.must_open)
    undecided = replace(problem.sites, must_open=nothing, must_close=nothing)
    problem = replace(problem, sites=undecided)
    choice = Choice(
        is_open=problem.sites.exists[:, None],
        classes=problem.sites.classes_today[:, :, None],
        guides=pd.DataFrame(columns=["site", "medical", "year"]),
    )
    return serve(problem, choice)[0]
