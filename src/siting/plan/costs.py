"""What a plan spends, by kind of service and by what is done."""

from dataclasses import dataclass

import pandas as pd

from siting.inputs import Inputs, no_zone
from siting.inputs.dictionary import classes_column
from siting.plan.plan import Plan

kinds = ("capital", "subsidy", "running")
amounts = ("places_added", "capital_cny", "subsidy_cny", "running_cny")


def kinds_told(plan: Plan) -> tuple[str, ...]:
    """Return the kinds of spending whose rates were given; the others are unknown, not nothing.

    Capital, and of ``subsidy`` and ``running`` those of which any planned year has some.
    """
    costs = plan.costs
    return tuple(kind for kind in kinds if kind == "capital" or costs[f"{kind}_cny"].any())


@dataclass(frozen=True)
class NewPlaces:
    """Places that sites gain in all planned years, and the capital of those sites, CNY."""

    count: int
    capital_cny: float


def new_places(plan: Plan) -> NewPlaces:
    """Return the places of the sites that gain any, and what is invested in those sites alone."""
    of_site = plan.actions.groupby("site_id")[["places_added", "capital_cny"]].sum()
    gained = of_site[of_site["places_added"] > 0].sum()
    return NewPlaces(int(gained["places_added"]), float(gained["capital_cny"]))


def why_counted_otherwise(plan: Plan, inputs: Inputs) -> tuple[str, ...]:
    """Return why the places that actions add are not those by which the area's places grow.

    Returns
    -------
    tuple
        Of ``half_day`` (classes that count as less than full days), ``own_staff`` (places that
        children of the host's own staff take, or that are not open to residents), ``tiers``
        (sites of tiers that do not count) and ``outside`` (sites outside the study area) those
        that apply.
    """
    scenario, sites = plan.scenario, inputs.sites.set_index("site_id")
    acted = plan.actions[plan.actions["places_added"] != 0]
    told = sites.loc[acted["site_id"]]
    partial = [
        classes_column(name)
        for name, kind in scenario.class_kinds.items()
        if kind.full_day_equivalent != 1
    ]
    counted = scenario.tiers_counted_in("per_thousand")
    applies = {
        "half_day": bool(acted[partial].to_numpy().any()),
        "own_staff": not scenario.own_staff_places_count
        and bool((told["staff_children"].astype(bool) | ~told["opens_to_residents"]).any()),
        "tiers": not set(acted["tier"]) <= set(counted),
        "outside": bool((told["zone"] == no_zone).any()),
    }
    return tuple(reason for reason, is_so in applies.items() if is_so)


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
