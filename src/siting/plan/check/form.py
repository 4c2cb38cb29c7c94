"""Whether the tables of a plan can be read at all: years, rows, numbers."""

import numpy as np
import pandas as pd

from siting.plan.check.facts import Facts
from siting.plan.plan import PlanContent


def check_form(content: PlanContent, facts: Facts) -> list[str]:
    """Return what keeps the tables of a plan from being read.

    Every planned year has a row for each site, with whole classes, and every year under every
    trend says who is served.
    """
    scenario = facts.scenario
    sites, cells, bands = len(facts.sites), len(facts.inputs.cells), len(scenario.bands)
    medical = 0 if facts.inputs.medical is None else len(facts.inputs.medical)
    if set(content.years) != set(scenario.years):
        return [f"the plan tells {sorted(content.years)}, not the years {list(scenario.years)}"]
    trends = scenario.children.hold_under
    wanted = {(year, trend) for trend in trends for year in scenario.years}
    if {(state.year, state.trend) for state in content.served_under} != wanted:
        return ["the plan does not tell who is served in every year under every trend"]
    found = []
    at_most = {"cell": cells, "site": sites, "band": bands, "medical": medical}
    for year, part in content.years.items():
        if not _is_state(part.state, facts):
            found.append(f"{year}: the state is not a table of every site and its classes")
        if not _has_positions(part.guides, {k: at_most[k] for k in ("site", "medical")}):
            found.append(f"{year}: the guides are not positions of sites and institutions")
    served = [(f"{year}", part.served) for year, part in content.years.items()]
    served += [(f"{s.year} under '{s.trend}'", t) for s, t in content.served_under.items()]
    for label, table in served:
        if not _has_positions(table, {k: at_most[k] for k in ("cell", "site", "band")}):
            found.append(f"{label}: the children served are not at cells, sites and bands")
        elif not np.isfinite(table["children"].to_numpy(dtype=float)).all():
            found.append(f"{label}: children served are not a number")
        elif (table["children"] < 0).any():
            found.append(f"{label}: a negative number of children is served")
    return found


def _is_state(state: pd.DataFrame, facts: Facts) -> bool:
    if not {"open", *facts.kinds} <= set(state) or len(state) != len(facts.sites):
        return False
    classes = state[facts.kinds].to_numpy(dtype=float)
    return (
        list(state.index) == list(range(len(state)))
        and state["open"].isin([True, False]).all()
        and bool((np.isfinite(classes) & (classes >= 0) & (classes == np.floor(classes))).all())
    )


def _has_positions(table: pd.DataFrame, at_most: dict[str, int]) -> bool:
    """Return whether the columns hold positions in tables of so many rows."""
    return set(at_most) <= set(table) and all(
        (table[column].isin(range(count))).all() for column, count in at_most.items()
    )
