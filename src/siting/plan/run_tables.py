"""The tables of a run folder that are read again: their columns and types."""

from collections.abc import Iterable
from typing import Literal

from siting.inputs.columns import Column, ColumnType, Table
from siting.inputs.dictionary import classes_column

actions = ("keep", "expand", "open", "convert", "close")
"""What a plan does at a site."""
amounts = (
    "residents",
    "under3",
    "townships",
    "townships_covered",
    "under3_covered",
    "places",
    "takers",
    "served",
    "served_beyond",
    "reachable_full",
    "unreachable",
)
"""Figures of indicators.csv that are always there."""
shares = (
    "places_per_thousand",
    "inclusive_share",
    "population_coverage",
    "fill_existing",
    "fill_new",
)
"""Figures of indicators.csv that are empty where there is nothing to divide by."""

Needed = Literal["filled", "may be empty"]


def _column(
    name: str,
    kind: ColumnType,
    meaning: str,
    needed: Needed = "filled",
    *,
    at_least: float | None = None,
    choices: tuple[str, ...] = (),
) -> Column:
    return Column(
        name,
        name,
        kind,
        meaning,
        required=needed == "filled",
        at_least=at_least,
        choices={word: word for word in choices},
    )


_site_columns = (
    _column("site_id", "text", "id of the site"),
    _column("name", "text", "name of the site", "may be empty"),
    _column("action", "text", "what the plan does there", choices=actions),
    _column("year", "whole", "planned year of the first action", "may be empty"),
    _column("tier", "text", "tier of the site"),
    _column("host", "text", "host of the site"),
    _column("township_code", "text", "township it lies in", "may be empty"),
    _column("township", "text", "name of the township", "may be empty"),
    _column("district", "text", "name of the district", "may be empty"),
    _column("inclusive", "yes_no", "whether it is inclusive"),
    _column("places_before", "whole", "places today", at_least=0),
    _column("places", "whole", "places in the last planned year", at_least=0),
    _column("children", "number", "children who have a place there"),
    _column("cost", "number", "capital of all years, CNY"),
    _column("lon", "number", "longitude, WGS-84"),
    _column("lat", "number", "latitude, WGS-84"),
)


def sites_table(class_kinds: Iterable[str]) -> Table:
    """Return sites.csv of a scenario with some class kinds."""
    classes = (
        _column(classes_column(kind), "whole", "classes in the last planned year", at_least=0)
        for kind in class_kinds
    )
    return Table("sites", "sites", (*_site_columns, *classes), ("site_id",), may_be_empty=True)


actions_table = Table(
    "actions",
    "actions",
    (
        _column("year", "whole", "planned year"),
        _column("site_id", "text", "id of the site"),
        _column("action", "text", "what is done", choices=actions[1:]),
        _column("places_added", "whole", "places added; negative where it closes"),
    ),
    ("site_id", "year"),
    may_be_empty=True,
)
costs_table = Table(
    "costs",
    "costs",
    (
        _column("year", "whole", "planned year"),
        _column("capital_cny", "number", "capital of the year, CNY"),
        _column("subsidy_cny", "number", "the part of it paid from subsidies, CNY"),
        _column("running_cny", "number", "running cost of the year, CNY"),
    ),
    ("year",),
)
indicators_table = Table(
    "indicators",
    "indicators",
    (
        _column("state", "text", "whose sites", choices=("today", "no_action", "plan")),
        _column("year", "whole", "year of the figures"),
        _column("level", "text", "area, district or township"),
        _column("code", "text", "code of the district or township", "may be empty"),
        _column("name", "text", "name of the district or township", "may be empty"),
        *(_column(name, "number", "see docs/files.md") for name in amounts),
        *(_column(name, "number", "see docs/files.md", "may be empty") for name in shares),
    ),
    ("state", "year", "level", "code"),
)
frontier_table = Table(
    "frontier",
    "frontier",
    (
        _column("target", "text", "id of the target"),
        _column("year", "whole", "year of the target"),
        _column("required", "number", "figure asked for"),
        _column("achieved", "number", "figure of the plan", "may be empty"),
        _column("cost_cny", "number", "cost of the plan, CNY", "may be empty"),
        _column("bound_cny", "number", "proven bound of the cost, CNY", "may be empty"),
        _column("gap", "number", "relative gap of the cost", "may be empty"),
        _column(
            "status",
            "text",
            "what is known",
            choices=("optimal", "within_gap", "feasible", "infeasible", "no_plan"),
        ),
    ),
    ("target", "year", "required"),
    may_be_empty=True,
)
