"""The sheet of costs: by year, and by tier and action."""

from siting.plan.costs import costs_by_tier, costs_by_year
from siting.review.findings import Findings
from siting.review.workbook.table import Sheet, Table, Words


def costs_sheet(findings: Findings, word: Words) -> Sheet:
    """Return what is spent in each year and in all, then on what."""
    return Sheet(
        "costs", (yearly_table(findings, word), _table_by_tier(findings, word)), group="costs"
    )


def yearly_table(findings: Findings, word: Words) -> Table:
    """Return a row for each planned year, and the total."""
    rows = costs_by_year(findings.plan)
    years = [*rows["year"][:-1], word["total"]]
    columns = (
        word.column("h_year", "year", years),
        word.column("h_actions", "count", rows["actions"]),
        word.column("h_places_added", "count", rows["places_added"]),
        word.column("h_cost", "money", rows["capital_cny"]),
        word.column("h_subsidy", "money", rows["subsidy_cny"]),
        word.column("h_running", "money", rows["running_cny"]),
    )
    return Table(columns, word["costs_by_year"], frozenset({len(rows) - 1}))


def _table_by_tier(findings: Findings, word: Words) -> Table:
    rows = costs_by_tier(findings.plan, findings.inputs)
    tiers = findings.scenario.tiers
    columns = (
        word.column("h_year", "year", rows["year"]),
        word.column("h_tier", "text", [tiers[tier].label for tier in rows["tier"]]),
        word.column("h_action", "text", [word[action] for action in rows["action"]]),
        word.column("h_sites", "count", rows["sites"]),
        word.column("h_places_added", "count", rows["places_added"]),
        word.column("h_cost", "money", rows["capital_cny"]),
        word.column("h_subsidy", "money", rows["subsidy_cny"]),
        word.column("h_running", "money", rows["running_cny"]),
    )
    return Table(columns, word["costs_by_tier"])
