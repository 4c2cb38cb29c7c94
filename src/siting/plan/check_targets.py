"""Targets and stages of a plan, reckoned again from the tables.

Shares no code with ``siting.indicators`` or ``siting.model``: sets of cells, sites and townships
are counted afresh.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from siting.demand import Demand
from siting.inputs import Inputs
from siting.inputs.dictionary import classes_column
from siting.plan.plan import Plan
from siting.reach import Reach
from siting.scenario import Scenario

within = 1e-6
"""Share by which a figure may differ: the solver's tolerance."""


@dataclass(frozen=True)
class _Reckoned:
    """A target reckoned again: achieved, met, and what is missing as a share of what is asked."""

    achieved: float | None
    met: bool
    missing: float


def check_targets(plan: Plan, inputs: Inputs, reach: Reach, demand: Demand) -> list[str]:
    """Return what is wrong with the results of targets and with the values of stages."""
    if plan.content is None:
        return []
    scenario, content = plan.scenario, plan.content
    reckoned = _reckon(scenario, inputs, reach, demand, content.classes, content.served)
    found = []
    for result in content.targets:
        again = reckoned[result.target.id]
        told = result.achieved
        if (told is None) is not (again.achieved is None) or (
            told is not None
            and again.achieved is not None
            and abs(told - again.achieved) > within * max(1.0, abs(told))
        ):
            found.append(f"{result.target.id}: {told} is told, {again.achieved} reckoned")
        if result.met is not again.met:
            found.append(f"{result.target.id}: met is told as {result.met}, reckoned {again.met}")
        if result.target.hard and not again.met:
            found.append(f"hard target {result.target.id} is missed: {again.achieved}")
    return found + _check_stages(plan, reckoned)


def _reckon(
    scenario: Scenario,
    inputs: Inputs,
    reach: Reach,
    demand: Demand,
    classes: pd.DataFrame,
    served: pd.DataFrame,
) -> dict[str, _Reckoned]:
    sites = inputs.sites
    sizes = {classes_column(name): kind.size for name, kind in scenario.class_kinds.items()}
    places = sum(classes[column].to_numpy() * size for column, size in sizes.items())
    before = sum(sites[column].to_numpy() * size for column, size in sizes.items())
    table = pd.DataFrame(
        {
            "tier": sites["tier"],
            "zone": sites["zone"],
            "inclusive": sites["inclusive"].astype(bool),
            "places": places,
            "before": before,
        }
    )
    inside = table[table["zone"] >= 0]
    today = float(inside["before"].sum())
    reckoned = {}
    for target in scenario.targets:
        tiers = [n for n, t in scenario.tiers.items() if target.kind in t.counts_in]
        counted = inside[inside["tier"].isin(tiers)]
        achieved: float | None
        if target.kind == "per_thousand":
            residents = inputs.cells[f"residents_{target.year}"].sum()
            achieved = counted["places"].sum() / residents * 1000
            missing = 1 - achieved / target.required
        elif target.kind == "inclusive_share":
            inclusive = counted.loc[counted["inclusive"], "places"].sum()
            total = counted["places"].sum()
            achieved = inclusive / total if total else None
            missing = (target.required * total - inclusive) / (target.required * max(today, 1.0))
        elif target.kind == "township_coverage":
            having = counted.loc[counted["places"] > 0, "zone"].nunique()
            number = len(inputs.townships)
            needed = next(n for n in range(number + 1) if n >= target.required * number - within)
            achieved = having / number
            missing = 1 - having / needed
        elif target.kind == "population_coverage":
            is_open = (places > 0) & sites["tier"].isin(tiers).to_numpy()
            limit_s = sites["tier"].map(
                {n: t.limit_minutes * 60 for n, t in scenario.tiers.items()}
            )
            near = reach.seconds <= limit_s.to_numpy()[reach.site] + within
            cells = np.unique(reach.cell[near & is_open[reach.site]])
            achieved = demand.under3[cells].sum() / demand.under3.sum()
            missing = 1 - achieved / target.required
        else:
            new = (inside["places"] - inside["before"]).clip(lower=0)
            at_site = served.groupby("site")["children"].sum().reindex(inside.index).fillna(0.0)
            present = at_site + demand.enrolled.sum(axis=1)[inside.index]
            filled = (present - inside["before"]).clip(lower=0)[new > 0].sum()
            achieved = filled / new.sum() if new.sum() else None
            missing = (target.required * new.sum() - filled) / (target.required * max(today, 1.0))
        missing = max(0.0, float(missing))
        value = None if achieved is None else float(achieved)
        if target.kind == "township_coverage":
            met = missing <= 0
        else:
            met = value is None or value >= target.required * (1 - within)
        reckoned[target.id] = _Reckoned(value, met, missing)
    return reckoned


def _check_stages(plan: Plan, reckoned: dict[str, _Reckoned]) -> list[str]:
    found = []
    claims = ("optimal", "within_gap", "feasible")
    for stage in plan.stages:
        value, bound = stage.objective, stage.bound
        if value is None:
            found.append(f"stage {stage.name} has no value")
            continue
        if stage.name.startswith("shortfall-"):
            priority = int(stage.name.removeprefix("shortfall-"))
            missing = sum(
                reckoned[target.id].missing
                for target in plan.scenario.targets
                if not target.hard and target.priority == priority
            )
            if missing > value + 10 * within:
                found.append(f"stage {stage.name} tells {value}, {missing} is missing")
        if stage.name == "served":
            children = float(plan.content.served["children"].sum()) if plan.content else 0.0
            if abs(children - value) > 1e-5 * max(1.0, abs(value)):
                found.append(f"stage served tells {value}, {children} are served")
        if stage.status not in claims or (stage.status != "feasible" and bound is None):
            found.append(f"stage {stage.name} claims '{stage.status}' without a bound")
        if stage.gap is not None and (
            bound is None or abs(abs(value - bound) / max(abs(value), 1.0) - stage.gap) > within
        ):
            found.append(f"stage {stage.name} tells a gap that its value and bound do not give")
        if stage.status == "optimal" and not (stage.gap is not None and stage.gap <= within):
            found.append(f"stage {stage.name} is called optimal at a gap of {stage.gap}")
    told = [stage.status for stage in plan.stages if stage.status in claims]
    weakest = max(told, key=claims.index, default=None)
    if plan.status != weakest:
        found.append(f"the plan is called '{plan.status}', its weakest stage '{weakest}'")
    return found
