"""The independent check: a plan against the tables, without the model.

Works on cells, seconds and classes as the inputs and the reach give them, and shares no code
with ``siting.model``. Targets and stages are reckoned afresh in ``check_targets.py``; the wider
table of indicators is held against a second run of ``siting.indicators``, which knows no model.
"""

from itertools import combinations

import numpy as np
import pandas as pd

from siting.demand import Demand
from siting.errors import PlanCheckError
from siting.indicators import measure
from siting.inputs import Inputs
from siting.inputs.dictionary import classes_column
from siting.plan.check_targets import check_targets
from siting.plan.plan import Plan, hash_plan, sites_table
from siting.reach import Reach
from siting.scenario import Scenario

children_tolerance = 1e-4
"""Children; a ten-thousandth of a child is rounding of the solver."""


def check_plan(plan: Plan, inputs: Inputs, reach: Reach, demand: Demand) -> None:
    """Re-check a plan from the tables.

    Raises
    ------
    PlanCheckError
        With every rule that the plan breaks: classes within the limits of sites and tiers,
        children within demand, reach and places of their age, hard targets met, figures and
        costs as recomputed.
    """
    if plan.content is None:
        return
    content = plan.content
    scenario = plan.scenario
    found = [
        *_check_classes(content.classes, inputs, scenario),
        *_check_decisions(content.classes, inputs, scenario),
        *_check_service(content.served, content.classes, inputs, reach, demand, scenario),
    ]
    again = measure(scenario, inputs, reach, demand, content.classes, content.served, scenario.year)
    if not again.table.equals(content.indicators.table):
        found.append("the indicators are not those of the classes and children of the plan")
    found += check_targets(plan, inputs, reach, demand)
    table = sites_table(scenario, inputs, demand, content.classes, content.served)
    if not table.equals(content.sites):
        found.append("the table of sites is not that of the classes and children of the plan")
    if content.plan_hash != hash_plan(content.sites, content.targets):
        found.append("the hash is not that of the plan")
    found += _check_assignment(plan, inputs)
    found += _check_cost(plan)
    if found:
        raise PlanCheckError("the plan does not pass its check: " + "; ".join(found))


def _check_classes(classes: pd.DataFrame, inputs: Inputs, scenario: Scenario) -> list[str]:
    found = []
    for row, site in enumerate(inputs.sites.to_dict("records")):
        now = {kind: int(classes[classes_column(kind)].iat[row]) for kind in scenario.class_kinds}
        before = {kind: int(site[classes_column(kind)]) for kind in scenario.class_kinds}
        name = site["site_id"]
        allowed = scenario.tiers[site["tier"]].class_kinds
        if any(now[kind] < before[kind] for kind in now):
            found.append(f"{name} loses classes")
        if now != before and sum(now.values()) > site["max_classes"]:
            found.append(f"{name} has {sum(now.values())} classes of {site['max_classes']}")
        if any(now[kind] and kind not in allowed for kind in now):
            found.append(f"{name} runs a class that its tier '{site['tier']}' does not")
    return found


def _check_decisions(classes: pd.DataFrame, inputs: Inputs, scenario: Scenario) -> list[str]:
    found = []
    opened: dict[str, str] = {}
    for row, site in enumerate(inputs.sites.to_dict("records")):
        added = sum(
            int(classes[classes_column(kind)].iat[row]) - int(site[classes_column(kind)])
            for kind in scenario.class_kinds
        )
        name, is_late = site["site_id"], site["from_year"] > scenario.year
        if added and (site["decision"] == "excluded" or is_late):
            found.append(f"{name} opens, and is excluded or not there yet")
        if added and pd.notna(site["safety"]) and not site["safety"]:
            found.append(f"{name} opens, and is not safe")
        if not added and not is_late and site["decision"] in ("committed", "forced"):
            found.append(f"{name} does not open, and that is decided")
        if added and site["exclusive_group"]:
            other = opened.setdefault(site["exclusive_group"], name)
            if other != name:
                found.append(f"{other} and {name} open, of which one may")
    return found


def _check_service(
    served: pd.DataFrame,
    classes: pd.DataFrame,
    inputs: Inputs,
    reach: Reach,
    demand: Demand,
    scenario: Scenario,
) -> list[str]:
    found = []
    cells, sites, bands = len(inputs.cells), len(inputs.sites), len(scenario.bands)
    cell, site, band = (served[c].to_numpy(dtype=int) for c in ("cell", "site", "band"))
    children = served["children"].to_numpy(dtype=float)
    if (children < 0).any():
        found.append("a negative number of children is served")

    from_cell = np.bincount(cell * bands + band, weights=children, minlength=cells * bands)
    excess = from_cell.reshape(cells, bands) - demand.additional
    if excess.max(initial=0) > children_tolerance:
        worst = np.unravel_index(excess.argmax(), excess.shape)[0]
        found.append(
            f"more children of cell {inputs.cells['cell_id'].iat[worst]} than want a place"
        )

    seconds = pd.Series(
        reach.seconds, index=reach.cell.astype(np.int64) * sites + reach.site
    ).reindex(cell.astype(np.int64) * sites + site)
    limits = {name: t.limit_minutes * 60 + 1e-6 for name, t in scenario.tiers.items()}
    limit_s = inputs.sites["tier"].map(limits).to_numpy()[site]
    if not (seconds.to_numpy() <= limit_s).all():
        found.append("children are served beyond the limit")

    at_site = np.bincount(site * bands + band, weights=children, minlength=sites * bands)
    present = at_site.reshape(sites, bands) + demand.enrolled
    for size in range(1, bands + 1):
        for chosen in combinations(range(bands), size):
            names = {scenario.bands[b] for b in chosen}
            room = sum(
                kind.size * classes[classes_column(name)].to_numpy()
                for name, kind in scenario.class_kinds.items()
                if names & set(kind.bands)
            )
            crowded = present[:, chosen].sum(axis=1) - room
            if crowded.max(initial=0) > children_tolerance:
                name = inputs.sites["site_id"].iat[int(crowded.argmax())]
                found.append(f"more children of {', '.join(sorted(names))} at {name} than places")
    return found


def _check_assignment(plan: Plan, inputs: Inputs) -> list[str]:
    if plan.content is None:
        return []
    served = plan.content.served
    keys = ["cell_id", "site_id", "band"]
    told = plan.content.assignment.set_index(keys)["children"]
    meant = pd.DataFrame(
        {
            "cell_id": inputs.cells["cell_id"].to_numpy()[served["cell"]],
            "site_id": inputs.sites["site_id"].to_numpy()[served["site"]],
            "band": np.array(plan.scenario.bands)[served["band"]],
            "children": served["children"].to_numpy(),
        }
    ).set_index(keys)["children"]
    if not told.equals(meant):
        return ["the assignment is not that of the children served"]
    return []


def _check_cost(plan: Plan) -> list[str]:
    stage = plan.objective_stage
    if stage.name != "cost" or stage.objective is None:
        return []
    spent = float(plan.sites["cost"].sum()) / 10_000
    if abs(spent - stage.objective) > 1e-6 * max(1.0, abs(spent)):
        return [f"the sites cost {spent:,.4f} 万元, the cost stage says {stage.objective:,.4f}"]
    return []
