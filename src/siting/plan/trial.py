"""What a state of the sites that nobody planned comes to: the figures of a trial (试算)."""

from dataclasses import replace

import numpy as np
import pandas as pd

from siting.demand import measure_demand
from siting.indicators import SitesInYear
from siting.inputs import Inputs
from siting.model import Choice, pose_problem, serve
from siting.plan.plan import state_table
from siting.reach import Reach
from siting.scenario import Scenario


def try_sites(
    scenario: Scenario,
    inputs: Inputs,
    reach: Reach,
    year: int,
    is_open: np.ndarray,
    classes: np.ndarray,
) -> SitesInYear:
    """Return a state of the sites in a year, with as many children served as places allow.

    Decisions, safety and closing rules of the sites are left aside: the state is taken as it is.
    Who guides whom and what is spent is not known of it.

    Parameters
    ----------
    scenario, reach
        With the minutes and the walking speed of the trial.
    is_open
        Whether each site is open.
    classes
        Sites x kinds; none where a site is closed.
    """
    tiers = scenario.tiers
    children = scenario.children.model_copy(update={"hold_under": ()})
    asked = scenario.model_copy(
        update={
            "years": (year,),
            "targets": (),
            "children": children,
            "objectives": ("served",),
            "tiers": {n: t.model_copy(update={"least_places": 0}) for n, t in tiers.items()},
        }
    )
    sites = inputs.sites.drop(columns=["opens_by", "closes_by"], errors="ignore")
    sites = sites.assign(
        decision="free",
        safety=None,
        from_year=np.nan,
        exclusive_group="",
        may_close=(sites["status"] == "existing").to_numpy(),
    )
    problem = pose_problem(asked, replace(inputs, sites=sites), reach)
    choice = Choice(
        is_open=np.asarray(is_open, dtype=bool)[:, None],
        classes=np.asarray(classes, dtype=np.int64)[:, :, None],
        guides=pd.DataFrame(columns=["site", "medical", "year"]),
    )
    return SitesInYear(
        scenario=scenario,
        inputs=inputs,
        reach=reach,
        year=year,
        state=state_table(asked, choice, year),
        demand=measure_demand(scenario, inputs, reach, year),
        served=serve(problem, choice)[0],
    )
