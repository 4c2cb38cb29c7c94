"""The first screen: what the plan achieves, key figures, costs by year, the proof."""

from dataclasses import asdict
from typing import Any

import pandas as pd

from siting.plan import Plan
from siting.plan.costs import kinds, kinds_told, new_places, why_counted_otherwise
from siting.review.findings import Findings
from siting.review.plain_values import Content, plain

area_figures = (
    ("residents", "count"),
    ("under3", "count"),
    ("places", "count"),
    ("places_per_thousand", "decimal"),
    ("inclusive_share", "share"),
    ("townships_covered", "count"),
    ("under3_covered", "count"),
    ("population_coverage", "share"),
    ("takers", "count"),
    ("enrolled_within", "count"),
    ("served_beyond", "count"),
    ("served_additional", "count"),
    ("reachable_full", "count"),
    ("unreachable", "count"),
    ("fill_enrolled", "share"),
    ("fill_existing", "share"),
    ("fill_new", "share"),
)
"""Figures of the whole area that the page shows, and how they are written."""


def head_content(findings: Findings) -> Content:
    """Return what the first sentence says; ``[kind, value]`` where it is written."""
    plan = findings.plan
    before, after = findings.today.area, plan.indicators.area
    untouched = findings.no_action[plan.indicators.year].area
    actions = plan.sites["action"].value_counts()
    return {
        "actions": {
            action: int(actions.get(action, 0))
            for action in ("keep", "open", "convert", "expand", "close")
        },
        "achieves": {
            "year": ["year", plan.indicators.year],
            "places_today": ["count", plain(before["places"])],
            "places": ["count", plain(after["places"])],
            "per_thousand_today": ["decimal", plain(before["places_per_thousand"])],
            "per_thousand": ["decimal", plain(after["places_per_thousand"])],
            "per_thousand_untouched": ["decimal", plain(untouched["places_per_thousand"])],
            "covered_untouched": ["share", plain(untouched["population_coverage"])],
            "covered": ["share", plain(after["population_coverage"])],
            "served_untouched": ["count", plain(_have_a_place(untouched))],
            "served": ["count", plain(_have_a_place(after))],
            "cost": ["money", float(plan.sites["cost"].sum())],
        },
        "cost": float(plan.sites["cost"].sum()),
        "new_places": asdict(new_places(plan)),
        "places_note": counted_otherwise(findings),
        "status": plan.status.value,
    }


def _have_a_place(figures: pd.Series) -> float:
    """Return the children who have a place within reach, those enrolled there included."""
    return float(figures["enrolled_within"] + figures["served_additional"])


def counted_otherwise(findings: Findings) -> Content | None:
    """Return why added places are not those by which the area grows; None where they are."""
    plan = findings.plan
    added = int(plan.actions["places_added"].sum())
    last = plan.indicators
    effect = last.area["places"] - findings.no_action[last.year].area["places"]
    reasons = why_counted_otherwise(plan, findings.inputs)
    if round(effect) == added or not reasons:
        return None
    return {"added": added, "effect": plain(effect), "reasons": list(reasons)}


def figure_rows(findings: Findings) -> list[list[Any]]:
    """Return name, kind and the figures of today, of no action and of the plan by year."""
    plan, untouched = findings.plan, findings.no_action
    years = plan.scenario.years
    return [
        [
            name,
            kind,
            plain(findings.today.area[name]),
            [plain(untouched[year].area[name]) for year in years],
            [plain(plan.indicators_of(year).area[name]) for year in years],
        ]
        for name, kind in area_figures
    ]


def cost_rows(plan: Plan) -> list[list[Any]]:
    """Return a row for each year: number of actions, places added, and what is spent.

    A kind of spending whose rates nobody gave is None.
    """
    actions = plan.actions.groupby("year")["places_added"].agg(["size", "sum"])
    rows, told = [], kinds_told(plan)
    for cost in plan.costs.to_dict("records"):
        acted, added = (
            actions.loc[cost["year"]].tolist() if cost["year"] in actions.index else (0, 0)
        )
        spent = [plain(cost[f"{kind}_cny"]) if kind in told else None for kind in kinds]
        rows.append([int(cost["year"]), int(acted), int(added), *spent])
    return rows
