"""The tables of a plan held against the same tables made again from its states."""

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

from siting.indicators import measure
from siting.plan.check.facts import Facts, PlannedState
from siting.plan.plan import PlanContent, hash_plan

money = ["capital_cny", "subsidy_cny", "running_cny"]
rounding = 1e-6
"""Share by which figures of a table may differ."""


def check_tables(
    content: PlanContent, facts: Facts, years: list[PlannedState], steps: pd.DataFrame
) -> list[str]:
    """Return where the tables of a plan are not those of its states.

    Parameters
    ----------
    years
        The planned years under the trend that is planned for.
    steps
        As :func:`siting.plan.check.costs.reckon_steps`.
    """
    spent = steps.loc[(steps[money] != 0).any(axis=1), ["year", "site", *money]]
    decided = [
        *_differences("actions", content.actions, _actions(facts, steps)),
        *_differences("guidance", content.guidance, _guidance(facts, years)),
    ]
    found = [
        *decided,
        *_differences("spending", content.spent, spent),
        *_differences("sites", content.sites, _sites(facts, years[-1], steps)),
        *_differences("assignment", content.assignment, _assignment(facts, years)),
    ]
    for planned in years:
        told = content.years[planned.year].indicators
        again = measure(
            facts.scenario,
            facts.inputs,
            facts.reach,
            planned.all_demand,
            planned.state,
            planned.served,
            planned.year,
        )
        found += _differences(f"indicators of {planned.year}", told.table, again.table)
        if told.year != planned.year:
            found.append(f"the indicators of {planned.year} are called those of {told.year}")
    if decided:
        return found
    results = tuple(r for year in sorted(content.years) for r in content.years[year].targets)
    if content.plan_hash != hash_plan(content.actions, content.guidance, results):
        found.append("the hash is not that of the plan")
    return found


def _differences(name: str, told: pd.DataFrame, meant: pd.DataFrame) -> list[str]:
    """Return how a table differs from what it should be; it may have further columns."""
    lost = [column for column in meant if column not in told]
    if lost:
        return [f"the table of {name} lacks {', '.join(lost)}"]
    if len(told) != len(meant):
        return [f"the table of {name} has {len(told)} rows, reckoned {len(meant)}"]
    if not len(meant):
        return []
    told = told[list(meant)]
    figures = np.array([is_numeric_dtype(dtype) for dtype in meant.dtypes])
    try:
        known = told.loc[:, figures].to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError):
        return [f"the table of {name} tells words where numbers belong"]
    again = meant.loc[:, figures].to_numpy(dtype=float, na_value=np.nan)
    same = np.empty(meant.shape, dtype=bool)
    same[:, figures] = np.isclose(known, again, rtol=rounding, atol=rounding, equal_nan=True)
    known, again = (table.loc[:, ~figures].to_numpy(dtype=object) for table in (told, meant))
    same[:, ~figures] = (known == again) | (pd.isna(known) & pd.isna(again))
    return [
        f"the table of {name} tells {told.iat[row, column]} as {told.columns[column]} in row "
        f"{row}, reckoned {meant.iat[row, column]}"
        for row, column in np.argwhere(~same)[:1].tolist()
    ]


def _township(facts: Facts, column: str) -> pd.Series:
    """Return a column of the township of each site; empty outside the study area."""
    townships = facts.inputs.townships.reset_index(drop=True)
    return facts.sites["zone"].where(facts.sites["inside"]).map(townships[column]).fillna("")


def _actions(facts: Facts, steps: pd.DataFrame) -> pd.DataFrame:
    steps = steps[steps["opened"] | steps["closed"] | steps["grown"]]
    named = facts.sites.assign(township=_township(facts, "township")).loc[steps["site"]]
    named = named.set_index(steps.index)
    action = named["action"].where(steps["opened"], "expand").mask(steps["closed"], "close")
    told = named[["site_id", "name", "tier", "township"]].assign(action=action)
    return told.join(steps[["year", *facts.kinds, "places_added", "capital_cny", "subsidy_cny"]])


def _sites(facts: Facts, last: PlannedState, steps: pd.DataFrame) -> pd.DataFrame:
    acted = _actions(facts, steps).groupby("site_id")
    sites = last.sites.assign(
        **{column: _township(facts, column) for column in ("township_code", "township", "district")}
    ).set_index("site_id", drop=False)
    closed = ~sites["open"] & sites["exists"]
    action = acted["action"].first().reindex(sites.index, fill_value="keep").mask(closed, "close")
    kept = ["site_id", "name", "decision", "tier", "host", "township_code", "township"]
    kept += ["district", "inclusive", "lon", "lat"]
    table = sites[kept].assign(
        action=action,
        year=acted["year"].first().reindex(sites.index).astype(float),
        **{kind: last.state[kind].to_numpy() for kind in facts.kinds},
        places_before=sites["before"],
        places=sites["now"],
        enrolled=sites["enrolled"],
        children=sites[["enrolled", "staff", "additional"]].sum(axis=1),
        cost=acted["capital_cny"].sum().reindex(sites.index, fill_value=0.0),
    )
    return table[sites["open"] | closed]


def _assignment(facts: Facts, years: list[PlannedState]) -> pd.DataFrame:
    served = pd.concat([planned.served.assign(year=planned.year) for planned in years])
    seconds = facts.near["seconds"].reindex(facts.pair_number(served).to_numpy())
    bands = pd.Series(facts.scenario.bands, dtype=object)
    return pd.DataFrame(
        {
            "year": served["year"].to_numpy(),
            "cell_id": facts.inputs.cells["cell_id"].to_numpy()[served["cell"]],
            "site_id": facts.sites["site_id"].to_numpy()[served["site"]],
            "band": bands.to_numpy()[served["band"].to_numpy(dtype=int)],
            "children": served["children"].to_numpy(),
            "seconds": seconds.to_numpy(),
        }
    )


def _guidance(facts: Facts, years: list[PlannedState]) -> pd.DataFrame:
    guides = pd.concat([planned.guides.assign(year=planned.year) for planned in years])
    ways, medical = facts.reach.guidance, facts.inputs.medical
    if ways is None or medical is None:
        return pd.DataFrame({"year": guides["year"]})
    table = pd.DataFrame({"site": ways.site, "medical": ways.medical, "seconds": ways.seconds})
    named = guides.merge(table, on=["site", "medical"], how="left")
    return pd.DataFrame(
        {
            "year": named["year"],
            "site_id": facts.sites["site_id"].to_numpy()[named["site"]],
            "medical_id": medical["medical_id"].to_numpy()[named["medical"]],
            "seconds": named["seconds"],
            "kind": medical["kind"].to_numpy()[named["medical"]],
        }
    )
