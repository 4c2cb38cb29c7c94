"""What a plan does from year to year and what it costs, reckoned again from its states."""

import pandas as pd

from siting.plan.check_facts import Facts, PlannedState


def reckon_steps(facts: Facts, years: list[PlannedState]) -> pd.DataFrame:
    """Return what changes at each site from year to year.

    Returns
    -------
    pandas.DataFrame
        A row for each year and site: ``year, site, opened, closed, grown`` (at a site that was
        open) ``, begun`` (whether it is the first time that the site opens or grows) ``, now``
        (places) ``, places_added``, the classes added by kind, ``capital_cny, subsidy_cny,
        running_cny``.
    """
    sites = facts.sites
    states = [(facts.scenario.base_year - 1, facts.today)]
    states += [(planned.year, planned.state) for planned in years]
    table = pd.concat(
        [
            state[facts.kinds].assign(year=year, site=sites.index, open=state["open"].astype(int))
            for year, state in states
        ],
        ignore_index=True,
    ).sort_values(["site", "year"], ignore_index=True)
    table["now"] = table[facts.kinds].dot(facts.size)
    change = table.groupby("site")[[*facts.kinds, "open", "now"]].diff().fillna(0.0)
    steps = change[facts.kinds].assign(
        year=table["year"],
        site=table["site"],
        opened=change["open"] > 0,
        closed=change["open"] < 0,
        grown=(table["open"] > 0) & (change["open"] == 0) & (change[facts.kinds] > 0).any(axis=1),
        now=table["now"],
        places_added=change["now"],
    )
    acts = steps["opened"] | steps["grown"]
    steps["begun"] = acts & (acts.astype(int).groupby(steps["site"]).cumsum() == 1)
    added = steps["places_added"].clip(lower=0.0)
    at = sites.loc[steps["site"]].reset_index(drop=True)
    steps["capital_cny"] = (
        _times(at["fixed_cost_cny"], steps["begun"])
        + _times(at["place_cost_cny"], added)
        + _times(at["close_cost_cny"], steps["closed"])
    )
    steps["subsidy_cny"] = _times(at["subsidy_cny"], added)
    steps["running_cny"] = _times(at["running_cost_cny"], steps["now"] * at["inside"])
    steps = steps[steps["year"] >= facts.scenario.base_year]
    return steps.sort_values(["year", "site"], ignore_index=True)


def _times(cost: pd.Series, count: pd.Series) -> pd.Series:
    """Return cost x count, nothing where nothing is counted, whether the cost is told or not."""
    return (cost.astype(float) * count).where(count.astype(float) != 0, 0.0)


def reckon_cost(facts: Facts, steps: pd.DataFrame) -> float:
    """Return the cost that the scenario counts, discounted to the base year, CNY.

    Capital is spent in its year; sites run from a planned year until the next.
    """
    costs, base = facts.scenario.costs, facts.scenario.base_year
    spent = steps.groupby("year")[["capital_cny", "running_cny"]].sum()
    flows = pd.Series(0.0, index=range(base, facts.scenario.last_year + 1))
    if "capital" in costs.counted:
        flows = flows.add(spent["capital_cny"], fill_value=0.0)
    if "running" in costs.counted:
        yearly = spent["running_cny"].reindex(flows.index).ffill().fillna(0.0)
        flows = flows.add(yearly)
    return float((flows / (1 + costs.discount_rate) ** (flows.index - base)).sum())
