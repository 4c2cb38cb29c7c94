"""Sites in each planned year -> the tables of a plan."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from siting.demand import measure_demand
from siting.indicators import SitesInYear, measure_sites, spending, target_results
from siting.inputs import Inputs
from siting.model import State
from siting.plan.plan import Plan, PlanContent, PlanYear, actions_table, hash_plan, sites_table
from siting.reach import Reach
from siting.scenario import Scenario


def content_of(
    sites: Mapping[int, SitesInYear], served_under: Mapping[State, pd.DataFrame]
) -> PlanContent:
    """Return the tables and figures of a plan.

    Parameters
    ----------
    sites
        Planned year -> the sites as the plan leaves them, who is served and who guides.
    served_under
        State of another trend of births -> who is served then.
    """
    last = sites[max(sites)]
    scenario, inputs, reach = last.scenario, last.inputs, last.reach
    years = {year: year_of_plan(there) for year, there in sites.items()}
    states = {year: part.state for year, part in years.items()}
    actions = actions_table(scenario, inputs, states, last.spent)
    guidance = _guidance(inputs, reach, {year: part.guides for year, part in years.items()})
    results = tuple(result for year in years.values() for result in year.targets)
    return PlanContent(
        years=years,
        sites=sites_table(scenario, inputs, last.demand, last.state, actions, last.served),
        actions=actions,
        assignment=assignment_table(
            scenario, inputs, reach, {year: part.served for year, part in years.items()}
        ),
        guidance=guidance,
        spent=last.spent,
        plan_hash=hash_plan(actions, guidance, results),
        served_under=served_under,
    )


def sites_of_plan(plan: Plan, inputs: Inputs, reach: Reach) -> dict[int, SitesInYear]:
    """Return the sites as a plan leaves them in each planned year, with who is served in it.

    Raises
    ------
    NoPlanError
        There is no plan.
    """
    years = {year: plan.year(year) for year in plan.scenario.years}
    return sites_in_years(
        plan.scenario,
        inputs,
        reach,
        {year: part.state for year, part in years.items()},
        {year: part.served for year, part in years.items()},
        {year: part.guides for year, part in years.items()},
    )


def sites_in_years(
    scenario: Scenario,
    inputs: Inputs,
    reach: Reach,
    states: Mapping[int, pd.DataFrame],
    served: Mapping[int, pd.DataFrame],
    guides: Mapping[int, pd.DataFrame],
) -> dict[int, SitesInYear]:
    """Return what is known of every planned year, from its tables by position.

    Parameters
    ----------
    states, served, guides
        Planned year -> ``open`` and ``<kind>_classes``; ``cell, site, band, children``; ``site,
        medical``.
    """
    spent = spending(scenario, inputs, states)
    return {
        year: SitesInYear(
            scenario=scenario,
            inputs=inputs,
            reach=reach,
            year=year,
            state=states[year],
            demand=measure_demand(scenario, inputs, reach, year),
            served=served[year],
            guides=guides[year],
            spent=spent[spent["year"] <= year],
        )
        for year in scenario.years
    }


def year_of_plan(sites: SitesInYear) -> PlanYear:
    """Return a year of a plan: its figures and its targets."""
    return PlanYear(
        state=sites.state,
        served=sites.served,
        guides=sites.guides,
        indicators=measure_sites(sites),
        targets=target_results(sites, sites.scenario.targets_of(sites.year)),
    )


def _guidance(inputs: Inputs, reach: Reach, guides: Mapping[int, pd.DataFrame]) -> pd.DataFrame:
    """Return who guides whom by name; see :attr:`siting.plan.Plan.guidance`."""
    columns = ["year", "site_id", "medical_id", "seconds", "kind"]
    medical, ways = inputs.medical, reach.guidance
    if medical is None or ways is None:
        return pd.DataFrame(columns=columns)
    seconds = pd.DataFrame({"site": ways.site, "medical": ways.medical, "seconds": ways.seconds})
    parts = [table.assign(year=year) for year, table in guides.items()]
    named = pd.concat(parts, ignore_index=True).merge(seconds, on=["site", "medical"], how="left")
    return pd.DataFrame(
        {
            "year": named["year"],
            "site_id": inputs.sites["site_id"].to_numpy()[named["site"]],
            "medical_id": medical["medical_id"].to_numpy()[named["medical"]],
            "seconds": named["seconds"],
            "kind": medical["kind"].to_numpy()[named["medical"]],
        },
        columns=columns,
    )


def assignment_table(
    scenario: Scenario, inputs: Inputs, reach: Reach, served: Mapping[int, pd.DataFrame]
) -> pd.DataFrame:
    """Return who is served where by name; see :attr:`siting.plan.Plan.assignment`.

    Parameters
    ----------
    served
        Year -> ``cell, site, band, children`` by position.
    """
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
