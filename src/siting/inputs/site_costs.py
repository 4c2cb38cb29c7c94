"""What acting at a site costs: as its row tells, or else as its kind of host does."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from siting.errors import Problem
from siting.inputs.dictionary import classes_column
from siting.scenario import Scenario
from siting.scenario.costs import ActionCost

most_named = 5


def with_costs(sites: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Fill in the costs that rows leave open from the costs of their kind of host.

    Parameters
    ----------
    sites
        ``status, host, action, fixed_cost_cny, place_cost_cny, running_cost_cny, subsidy_cny``,
        NaN where the row does not tell them.

    Returns
    -------
    pandas.DataFrame
        The same, and ``close_cost_cny`` (CNY; 0 of candidates). Of the cost of the action:
        fixed (CNY), of a place, of its subsidy (CNY per place added) and running (CNY per place
        and year); the running cost of a facility is that of its host for ``keep``, or else for
        ``expand``. What nobody tells is 0, but NaN for the fixed cost of a candidate and the
        cost of a place.
    """
    existing = (sites["status"] == "existing").to_numpy()
    running = _of_hosts(sites, sites["action"], scenario, lambda cost: cost.running_cny)
    kept = pd.Series("keep", sites.index)
    running_kept = _of_hosts(sites, kept, scenario, lambda cost: cost.running_cny)
    running = np.where(existing & ~np.isnan(running_kept), running_kept, running)
    fixed = _of_hosts(sites, sites["action"], scenario, lambda cost: cost.fixed_cny)
    fixed = np.where(existing & np.isnan(fixed), 0.0, fixed)
    closed = pd.Series(np.where(existing, "close", ""), sites.index)
    told = {
        "fixed_cost_cny": fixed,
        "place_cost_cny": _of_hosts(sites, sites["action"], scenario, lambda cost: cost.place_cny),
        "running_cost_cny": np.nan_to_num(running),
        "subsidy_cny": np.nan_to_num(
            _of_hosts(sites, sites["action"], scenario, lambda cost: cost.subsidy_cny)
        ),
    }
    filled = {
        name: sites[name].astype(float).fillna(pd.Series(of_host, sites.index))
        for name, of_host in told.items()
    }
    closing = np.nan_to_num(_of_hosts(sites, closed, scenario, lambda cost: cost.fixed_cny))
    return sites.assign(**filled, close_cost_cny=closing)


def _of_hosts(
    sites: pd.DataFrame,
    actions: pd.Series,
    scenario: Scenario,
    amount: Callable[[ActionCost], float],
) -> np.ndarray:
    """Return an amount of the cost of an action at the host of each site, NaN where none is."""
    told = {
        (name, action): amount(cost)
        for name, host in scenario.hosts.items()
        for action, cost in host.costs.items()
    }
    pairs = zip(sites["host"], actions, strict=True)
    return np.array([told.get(pair, np.nan) for pair in pairs], dtype=float)


def cost_problems(sites: pd.DataFrame, scenario: Scenario, names: tuple[str, str]) -> list[Problem]:
    """Return the sites that may act and whose costs neither their row nor their host tells.

    A candidate may open; a facility may grow where it could hold more classes than today.

    Parameters
    ----------
    sites
        As :func:`with_costs` gave them.
    names
        How messages call the tables of facilities and hosts.
    """
    candidate = (sites["status"] == "candidate").to_numpy()
    has_classes = sites["tier"].map({n: bool(t.class_kinds) for n, t in scenario.tiers.items()})
    today = sites[[classes_column(kind) for kind in scenario.class_kinds]].sum(axis=1)
    adds_places = has_classes & (candidate | (sites["max_classes"] > today))
    problems = []
    for status, column, called, acts in (
        ("candidate", "fixed_cost_cny", "fixed_cost_cny", candidate),
        ("candidate", "place_cost_cny", "place_cost_cny", candidate & adds_places),
        ("existing", "place_cost_cny", "expand_cost_cny", ~candidate & adds_places),
    ):
        untold = sites[acts & sites[column].isna()]
        problems += [
            Problem(
                f"{names[status == 'candidate']}, site_id {_listed(of_host['site_id'])}",
                f"{len(of_host)} sites do not tell {called}, and their host '{host}' has no "
                f"costs for {action}",
                f"fill in the column, or the costs of hosts.{host}, {action}, in the scenario",
            )
            for (host, action), of_host in untold.groupby(["host", "action"])
        ]
    return problems


def _listed(ids: pd.Series) -> str:
    return ", ".join(sorted(ids)[:most_named]) + (", ..." if len(ids) > most_named else "")
