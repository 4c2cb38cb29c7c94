"""What is spent in each year, from the states of the sites."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from siting.inputs import Inputs, no_zone, places
from siting.inputs.dictionary import classes_column
from siting.scenario import Scenario


def spending(
    scenario: Scenario, inputs: Inputs, states: Mapping[int, pd.DataFrame]
) -> pd.DataFrame:
    """Return what each site costs in each planned year.

    Parameters
    ----------
    states
        Year -> ``open`` and ``<kind>_classes`` of every site; every planned year.

    Returns
    -------
    pandas.DataFrame
        ``year, site`` (position) ``, capital_cny, subsidy_cny`` (the part of the capital that
        subsidies pay) ``, running_cny`` (of one year), one row for each year and site that costs
        something; not discounted. Running costs are of sites inside the study area.
    """
    sites = inputs.sites
    exists = (sites["status"] == "existing").to_numpy()
    inside = (sites["zone"] != no_zone).to_numpy()

    def figure(column: str) -> np.ndarray:
        # Costs that nobody tells are those of sites where nothing can be added.
        return np.nan_to_num(sites[column].to_numpy(dtype=float))

    kinds = [classes_column(kind) for kind in scenario.class_kinds]
    before, was_open, had_acted = places(sites, scenario), exists, np.zeros(len(sites), dtype=bool)
    today = sites[kinds].to_numpy().sum(axis=1)
    rows = []
    for year in scenario.years:
        state = states[year]
        is_open = state["open"].to_numpy(dtype=bool)
        now = places(state, scenario)
        grown = is_open & (state[kinds].to_numpy().sum(axis=1) > today)
        acted = had_acted | (is_open & ~exists) | (exists & grown)
        added = np.where(is_open, np.maximum(now - before, 0), 0)
        capital = figure("fixed_cost_cny") * (acted & ~had_acted)
        capital += figure("place_cost_cny") * added
        capital += figure("close_cost_cny") * (was_open & ~is_open)
        table = pd.DataFrame(
            {
                "year": year,
                "site": np.arange(len(sites)),
                "capital_cny": capital,
                "subsidy_cny": figure("subsidy_cny") * added,
                "running_cny": figure("running_cost_cny") * now * inside,
            }
        )
        rows.append(table[(table.iloc[:, 2:] != 0).any(axis=1)])
        before, was_open, had_acted = np.where(is_open, now, 0), is_open, acted
    return pd.concat(rows, ignore_index=True)


def discounted_cny(scenario: Scenario, spent: pd.DataFrame) -> float:
    """Return the cost that a plan keeps low, CNY: what the scenario counts, discounted.

    Capital counts in its year; the running cost of a planned year in every year until the next
    planned one. A cost n years after the base year counts 1 / (1 + rate)^n.
    """
    rate, base = scenario.costs.discount_rate, scenario.base_year
    ends = dict(zip(scenario.years, [*scenario.years[1:], scenario.last_year + 1], strict=True))
    by_year = spent.groupby("year")[["capital_cny", "running_cny"]].sum()
    total = 0.0
    for year, row in by_year.iterrows():
        if "capital" in scenario.costs.counted:
            total += row["capital_cny"] * (1 + rate) ** -(year - base)
        if "running" in scenario.costs.counted:
            for running_year in range(year, ends[year]):
                total += row["running_cny"] * (1 + rate) ** -(running_year - base)
    return float(total)
