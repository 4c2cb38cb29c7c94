"""What a plan does from year to year and what it costs, reckoned again from its states."""

import numpy as np
import pandas as pd

from siting.plan.check.facts import Facts, PlannedState

cost_columns = (
    "fixed_cost_cny",
    "place_cost_cny",
    "close_cost_cny",
    "running_cost_cny",
    "subsidy_cny",
)


def reckon_steps(facts: Facts, years: list[PlannedState]) -> pd.DataFrame:
    """Return what changes at each site from year to year.

    Returns
    -------
    pandas.DataFrame
        A row for each year and site: ``year, site, opened, closed, grown`` (at a site that was
        open) ``, places_added``, the classes added by kind, ``capital_cny, subsidy_cny,
        running_cny``.
    """
    sites, scenario = facts.sites, facts.scenario
    states = [facts.today, *(planned.state for planned in years)]
    classes = np.stack([state[facts.kinds].to_numpy(dtype=float) for state in states])
    is_open = np.stack([state["open"].to_numpy(dtype=bool) for state in states])
    now = classes @ facts.size.to_numpy(dtype=float)
    change, places_added = np.diff(classes, axis=0), np.diff(now, axis=0)
    opened, closed = is_open[1:] & ~is_open[:-1], is_open[:-1] & ~is_open[1:]
    grown = is_open[1:] & is_open[:-1] & (change > 0).any(axis=-1)
    acts = opened | grown
    begun = acts & (np.cumsum(acts, axis=0) == 1)
    added = np.maximum(places_added, 0.0)
    cost = {column: sites[column].to_numpy(dtype=float) for column in cost_columns}
    capital = _times(cost["fixed_cost_cny"], begun) + _times(cost["place_cost_cny"], added)
    capital += _times(cost["close_cost_cny"], closed)
    running = _times(cost["running_cost_cny"], now[1:] * sites["inside"].to_numpy())
    return pd.DataFrame(
        {
            "year": np.repeat(scenario.years, len(sites)),
            "site": np.tile(sites.index, len(years)),
            "opened": opened.ravel(),
            "closed": closed.ravel(),
            "grown": grown.ravel(),
            "places_added": places_added.ravel(),
            **dict(zip(facts.kinds, change.reshape(-1, len(facts.kinds)).T, strict=True)),
            "capital_cny": capital.ravel(),
            "subsidy_cny": _times(cost["subsidy_cny"], added).ravel(),
            "running_cny": running.ravel(),
        }
    )


def _times(cost: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Return cost x count, nothing where nothing is counted, whether the cost is told or not."""
    return np.where(count, cost * count, 0.0)


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
