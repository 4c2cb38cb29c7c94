"""Townships on the page: figures of today, of no action and of the plan, by year."""

import pandas as pd

from siting.indicators import Indicators
from siting.inputs import Inputs
from siting.review.findings import Findings
from siting.review.plain_values import Content, plain, plain_list

counts = (
    "residents",
    "under3",
    "places",
    "townships_covered",
    "takers",
    "served",
    "served_beyond",
    "reachable_full",
    "unreachable",
)
shares = (
    "places_per_thousand",
    "population_coverage",
    "fill_existing",
    "fill_new",
)
nearest_figures = ("median_s", "worst_decile_s", "worst_mean_s", "worst_under3")
"""Figures of a township that the page shows, in every state and year."""


def township_columns(findings: Findings) -> Content:
    """Return columns, in the order of the townships of the inputs; figures by state and year."""
    townships = findings.inputs.townships
    plan = findings.plan
    states = {
        "today": {findings.today.year: findings.today},
        "no_action": findings.no_action,
        "plan": {year: plan.indicators_of(year) for year in plan.scenario.years},
    }
    return {
        "code": townships["township_code"].tolist(),
        "name": townships["township"].tolist(),
        "district": townships["district"].tolist(),
        **{
            state: {
                str(year): _figures(findings.inputs, indicators, findings.nearest, state)
                for year, indicators in years.items()
            }
            for state, years in states.items()
        },
    }


def _figures(inputs: Inputs, indicators: Indicators, nearest: pd.DataFrame, state: str) -> Content:
    codes = inputs.townships["township_code"]
    table = indicators.of("township").set_index("code").loc[codes]
    told = nearest[
        (nearest["state"] == state)
        & (nearest["year"] == indicators.year)
        & (nearest["level"] == "township")
    ]
    far = told.set_index("code").loc[codes]
    return {
        **{name: plain_list(table[name], 2) for name in counts},
        **{name: plain_list(table[name], 5) for name in shares},
        **{name: plain_list(far[name], 1) for name in nearest_figures},
    }


def nearest_rows(nearest: pd.DataFrame) -> list[Content]:
    """Return how far the under-3s of the whole area live from a site, by state and year."""
    area = nearest[nearest["level"] == "area"]
    told = ("under3", *nearest_figures, "no_way")
    return [
        {
            "state": str(row["state"]),
            "year": int(row["year"]),
            **{name: plain(row[name], 1) for name in told},
        }
        for row in area.to_dict("records")
    ]
