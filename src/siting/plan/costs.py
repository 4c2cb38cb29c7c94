"""What a plan spends, by kind of service and by what is done."""

import pandas as pd

from siting.inputs import Inputs
from siting.plan.plan import Plan

amounts = ("places_added", "capital_cny", "subsidy_cny", "running_cny")


def costs_by_tier(plan: Plan, inputs: Inputs) -> pd.DataFrame:
    """Return what is spent in each year on each tier and action.

    Returns
    -------
    pandas.DataFrame
        ``year, tier, action`` (keep where nothing is done in the year) ``, sites`` (of which
        something is done or spent) ``, places_added, capital_cny, subsidy_cny`` (the part of the
        capital that subsidies pay) ``, running_cny`` (of that year); not discounted. Adds up to
        :attr:`siting.plan.Plan.costs`.
    """
    sites, keys = inputs.sites, ["year", "site_id"]
    done = plan.actions[[*keys, "action", "places_added"]]
    spent = plan.spent.assign(site_id=sites["site_id"].to_numpy()[plan.spent["site"]])
    table = spent.merge(done, on=keys, how="outer").fillna({"action": "keep"})
    table[list(amounts)] = table[list(amounts)].fillna(0.0)
    table["tier"] = table["site_id"].map(sites.set_index("site_id")["tier"])
    grouped = table.groupby(["year", "tier", "action"], sort=True)
    summed = grouped[list(amounts)].sum()
    summed.insert(0, "sites", grouped.size())
    return summed.astype({"places_added": int}).reset_index()


def costs_by_year(plan: Plan) -> pd.DataFrame:
    """Return what is done and spent in each year, and in all.

    Returns
    -------
    pandas.DataFrame
        ``year`` (missing in the last row, the total) ``, actions, places_added, capital_cny,
        subsidy_cny, running_cny`` (of that year; missing in the total, since the years between
        the planned ones are not told).
    """
    done = plan.actions.groupby("year")["places_added"].agg(["size", "sum"])
    years = list(plan.scenario.years)
    done = done.reindex(years, fill_value=0)
    table = plan.costs.set_index("year").loc[years]
    table.insert(0, "actions", done["size"])
    table.insert(1, "places_added", done["sum"])
    total = table.sum().to_dict() | {"running_cny": float("nan")}
    table = pd.concat([table.reset_index(), pd.DataFrame([total])], ignore_index=True)
    return table.astype({"year": "Int64", "actions": int, "places_added": int})
