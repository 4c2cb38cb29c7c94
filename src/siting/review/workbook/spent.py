"""The sheet of costs: by year, and by tier and action."""

import pandas as pd

from siting.plan.costs import costs_by_tier, costs_by_year, kinds_told
from siting.review.findings import Findings
from siting.review.workbook.table import Column, Sheet, Table, Words


def costs_sheet(findings: Findings, word: Words) -> Sheet:
    """Return what is spent in each year and in all, then on what."""
    return Sheet(
        "costs", (yearly_table(findings, word), _table_by_tier(findings, word)), group="costs"
    )


def _beside_capital(findings: Findings, rows: pd.DataFrame, word: Words) -> list[Column]:
    """Return subsidies and running costs, each where anybody gave its rates."""
    told = [kind for kind in kinds_told(findings.plan) if kind != "capital"]
    return [word.column(f"h_{kind}", "money", rows[f"{kind}_cny"]) for kind in told]


def yearly_table(findings: Findings, word: Words) -> Table:
    """Return a row for each planned year, and the total."""
    rows = costs_by_year(findings.plan)
    years = [*rows["year"][:-1], word["total"]]
    columns = (
        word.column("h_year", "year", years),
        word.column("h_actions", "count", rows["actions"]),
        word.column("h_places_added", "count", rows["places_added"]),
        word.column("h_cost", "money", rows["capital_cny"]),
        *_beside_capital(findings, rows, word),
    )
    return Table(columns, word["costs_by_year"], frozenset({len(rows) - 1}))


def _table_by_tier(findings: Findings, word: Words) -> Table:
    rows = costs_by_tier(findings.plan, findings.inputs)
    tiers = findings.scenario.tiers
    columns = (
        word.column("h_year", "year", rows["year"]),
        word.column("h_tier", "text", word.names(tiers, rows["tier"])),
        word.column("h_action", "text", [word[action] for action in rows["action"]]),
        word.column("h_sites", "count", rows["sites"]),
        word.column("h_places_added", "count", rows["places_added"]),
        word.column("h_cost", "money", rows["capital_cny"]),
        *_beside_capital(findings, rows, word),
    )
    return Table(columns, word["costs_by_tier"])
