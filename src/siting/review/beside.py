"""Tables that stand beside the plan on the page: what is tracked, staffed, referred, ranked.

Reads finished tables, picks and names their columns. Does not: compute a figure.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

levels = (1, 2, 3)
"""Levels of referral, each a group of columns in the table of townships."""
columns: dict[str, tuple[tuple[str, str], ...]] = {
    "base_year": (
        ("figure", "word"),
        ("published", "amount"),
        ("counted", "amount"),
        ("difference", "amount"),
        ("within", "truth"),
        ("note", "codes"),
    ),
    "tracked": (
        ("indicator", "text"),
        ("year", "year"),
        ("strength", "strength"),
        ("base", "decimal"),
        ("required", "decimal"),
        ("written", "text"),
        ("value", "decimal"),
        ("unit", "text"),
        ("met", "truth"),
        ("note", "text"),
        ("clause", "text"),
    ),
    "staffing": (
        ("township", "text"),
        ("year", "year"),
        ("residents", "count"),
        ("institutions", "count"),
        ("staff_required", "count"),
        ("staff_present", "count"),
        ("met", "truth"),
    ),
    "institution_staffing": (
        ("name", "text"),
        ("township", "text"),
        ("year", "year"),
        ("residents", "count"),
        ("staff_required", "count"),
        ("staff_present", "count"),
        ("met", "truth"),
    ),
    "new_areas": (
        ("name", "text"),
        ("township", "text"),
        ("year", "year"),
        ("hand_over_year", "year"),
        ("people", "count"),
        ("target", "text"),
        ("sites", "count"),
        ("places", "count"),
        ("per_thousand", "decimal"),
        ("required", "decimal"),
        ("met", "truth"),
    ),
    "shared": (
        ("target", "text"),
        ("year", "year"),
        ("community", "text"),
        ("township", "text"),
        ("residents", "count"),
        ("site", "text"),
        ("seconds", "seconds"),
        ("others", "count"),
    ),
    "referral": (
        ("township", "text"),
        *(
            (f"{column}_{level}", kind)
            for level in levels
            for column, kind in (
                ("median", "seconds"),
                ("worst", "seconds"),
                ("unreachable", "share"),
                ("nearest", "text"),
            )
        ),
    ),
    "hubs": (
        ("township", "text"),
        ("name", "text"),
        ("hub_id", "text"),
        ("seconds", "seconds"),
    ),
    "centres": (
        ("township", "text"),
        ("name", "text"),
        ("year", "year"),
        ("centre", "text"),
        ("seconds", "seconds"),
    ),
    "signed": (
        ("medical_id", "text"),
        ("kind", "medical"),
        ("year", "year"),
        ("sites", "count"),
        ("children", "count"),
    ),
    "ranking_overall": (
        ("rank", "count"),
        ("township", "text"),
        ("year", "year"),
        ("met", "count"),
        ("held", "count"),
        ("mean_ahead", "share"),
        ("tied", "count"),
    ),
}
"""Table -> the columns shown, and how the page writes each."""
last_year_only = (
    *("staffing", "institution_staffing", "new_areas", "shared", "centres"),
    "ranking_overall",
)
"""Tables of several years of which the last one is shown."""


coded = ("word", "codes", "medical", "strength")
"""Kinds of cells that hold a name for which each language has its word."""
named = {"referral": "nearest_id", "hubs": "hub_id", "signed": "medical_id"}
"""Table -> the column of ids for which names are shown."""


def beside_content(
    tables: Mapping[str, pd.DataFrame], medical: pd.DataFrame | None = None
) -> list[dict[str, Any]]:
    """Return the tables that have rows, of those of several years the last one.

    Parameters
    ----------
    tables
        Some of ``columns`` -> table as the study gives it.
    medical
        ``medical_id, name`` of the medical institutions that ids stand for.
    """
    found = []
    for name, its_columns in columns.items():
        shown = its_columns
        table = tables.get(name, pd.DataFrame())
        if medical is not None and name in named and len(table):
            ids = table[named[name]]
            names = ids.map(medical.set_index("medical_id")["name"])
            table = table.assign(**{named[name]: names.where(names.notna(), ids)})
        if name == "referral" and len(table):
            table = _by_township(table)
            shown = tuple(column for column in shown if column[0] in table)
        if name == "staffing" and len(table):
            table = table[table["kind"] == "primary"]
        if name in last_year_only and len(table):
            table = table[table["year"] == table["year"].max()]
        if name == "ranking_overall" and len(table):
            table = table.assign(tied=table["tied"].where(table["tied"] > 1))
        if name == "base_year" and len(table):
            table = table.assign(within=table["within"].where(table["reproducible"]))
        if len(table):
            found.append(
                {
                    "name": name,
                    "columns": [[column, kind] for column, kind in shown],
                    "rows": [
                        [_cell(value, kind) for value, (_, kind) in zip(row, shown, strict=True)]
                        for row in table[[column for column, _ in shown]].itertuples(index=False)
                    ],
                }
            )
    return found


def _by_township(referral: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each township; shares are left out of levels that everyone reaches."""
    figures = {
        "median": "births_weighted_median_s",
        "worst": "worst_decile_s",
        "unreachable": "unreachable_share",
        "nearest": "nearest_id",
    }
    townships = referral.drop_duplicates("township_code")[["township_code", "township"]]
    for level in levels:
        of_level = referral[referral["level"] == level].set_index("township_code")
        if of_level.empty:
            continue
        for name, column in figures.items():
            if name != "unreachable" or (of_level[column] > 0).any():
                told = townships["township_code"].map(of_level[column])
                townships = townships.assign(**{f"{name}_{level}": told})
    return townships


def _cell(value: object, kind: str) -> object:
    """Return a value as the page takes it; None where it is missing."""
    if value is None or value is pd.NA or (isinstance(value, float) and not np.isfinite(value)):
        return None
    if kind in ("text", *coded):
        return str(value)
    if kind == "truth":
        return bool(value)
    if kind == "seconds":
        return round(float(str(value)) / 60, 1)
    number = float(str(value))
    return int(number) if kind in ("year", "count") else round(number, 6)
