"""Sheets of townships and districts: today, and every planned year without the plan and with it."""

import pandas as pd

from siting.review.findings import Findings
from siting.review.workbook.table import Sheet, Table, Words

figures = (
    ("residents", "h_residents", "count"),
    ("under3", "h_under3", "count"),
    ("sites", "h_sites", "count"),
    ("places", "h_places", "count"),
    ("places_existing", "h_places_existing", "count"),
    ("places_new", "h_places_new", "count"),
    ("places_per_thousand", "h_per_thousand", "decimal"),
    ("inclusive_share", "h_inclusive_share", "share"),
    ("population_coverage", "h_coverage", "share"),
    ("takers", "h_takers", "count"),
    ("served", "h_served", "count"),
    ("enrolled_within", "h_enrolled_within", "count"),
    ("served_additional", "h_served_additional", "count"),
    ("served_beyond", "h_served_beyond", "count"),
    ("staff_at_home", "h_staff_at_home", "count"),
    ("reachable_full", "h_reachable_full", "count"),
    ("unreachable", "h_unreachable", "count"),
    ("fill_enrolled", "h_fill_enrolled", "share"),
    ("fill_existing", "h_fill_existing", "share"),
    ("fill_new", "h_fill_new", "share"),
)
"""Figure -> header and kind."""


def townships_sheet(findings: Findings, word: Words) -> Sheet:
    """Return the townships by year, in the order of the codes."""
    rows = _by_year(findings, word)
    rows = rows[rows["level"] == "township"]
    zones = findings.inputs.townships.set_index("township_code")
    table = Table(
        (
            word.column("h_year", "year", rows["year"]),
            word.column("h_state", "text", rows["state"]),
            word.column("h_district", "text", zones["district"].loc[rows["code"]]),
            word.column("h_township", "text", rows["name"]),
            word.column("h_township_code", "text", rows["code"]),
            word.column("h_has_institution", "truth", rows["townships_covered"] > 0),
            *word.table(rows, *figures).columns,
        )
    )
    return Sheet("townships", (table,), frozen=4, group="zones")


def districts_sheet(findings: Findings, word: Words) -> Sheet:
    """Return the whole area and its districts by year."""
    rows = _by_year(findings, word)
    rows = rows[rows["level"] != "township"].reset_index(drop=True)
    is_area = rows["level"] == "area"
    table = Table(
        (
            word.column("h_year", "year", rows["year"]),
            word.column("h_state", "text", rows["state"]),
            word.column("h_district", "text", rows["name"].mask(is_area, word["area_name"])),
            word.column("h_townships", "count", rows["townships"]),
            word.column("h_townships_covered", "count", rows["townships_covered"]),
            *word.table(rows, *figures).columns,
        ),
        strong=frozenset(rows.index[is_area]),
    )
    return Sheet("districts", (table,), frozen=3, group="zones")


def _by_year(findings: Findings, word: Words) -> pd.DataFrame:
    """Return today, then each year without the plan and with it, so that the two can be held."""
    plan = findings.plan
    states = [(word["h_today"], findings.today)]
    for year in findings.scenario.years:
        states.append((word["no_action_short"], findings.no_action[year]))
        states.append((word["h_plan"], plan.indicators_of(year)))
    return pd.concat(
        [figures.table.assign(state=state, year=figures.year) for state, figures in states],
        ignore_index=True,
    )
