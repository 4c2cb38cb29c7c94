"""Indicators that are tracked, not planned for: the planner's figures against what is asked.

Reads the table of tracked indicators and the figures asked for each year, gives one table. Does
not: compute a figure, or fill in one that nobody gave.
"""

import numpy as np
import pandas as pd

from siting.provisions import published_indicators
from siting.scenario import Scenario

published_columns = {
    "indicator": "object",
    "unit": "object",
    "better": "object",
    "year": "int64",
    "required": "float64",
    "note": "object",
    "clause": "object",
    "written": "object",
    "base": "float64",
    "strength": "object",
}
"""Column of the figures asked for -> its type."""
result_columns = (
    "indicator",
    "unit",
    "year",
    "required",
    "written",
    "base",
    "value",
    "met",
    "better",
    "note",
    "clause",
    "strength",
)


def published_in(table: pd.DataFrame | None) -> pd.DataFrame:
    """Return what the planner's own table asks for.

    Parameters
    ----------
    table
        Tracked indicators as in the data dictionary, or None.

    Returns
    -------
    pandas.DataFrame
        ``indicator, unit, better`` (higher, lower, or empty) ``, year, required, note, clause``
        (the source that the row tells) ``, written`` (words of a document: empty) ``, base`` (its
        figure of the base year: missing) ``, strength`` (empty); a row for each one with a
        figure asked for.
    """
    if table is None:
        return pd.DataFrame(columns=list(published_columns)).astype(published_columns)
    asked = table[table["required"].notna()]
    return pd.DataFrame(
        {
            "indicator": _names(table)[asked.index],
            "unit": asked["unit"],
            "better": asked["better"],
            "year": asked["year"],
            "required": asked["required"],
            "note": "",
            "clause": asked["source"],
            "written": "",
            "base": float("nan"),
            "strength": "",
        }
    ).astype(published_columns)


def published_for(scenario: Scenario, table: pd.DataFrame | None) -> pd.DataFrame:
    """Return what the policy profiles of a scenario and the planner's own table ask for.

    With the columns of :func:`published_in`; an indicator that both ask has a row for each.
    """
    documents = published_indicators(scenario.profiles)
    parts = [documents.astype(published_columns), published_in(table)]
    return pd.concat(parts, ignore_index=True)


def tracked_results(table: pd.DataFrame | None, published: pd.DataFrame) -> pd.DataFrame:
    """Hold the planner's figures of tracked indicators against those asked for.

    Parameters
    ----------
    table
        Tracked indicators as in the data dictionary, or None. A row belongs to what is asked of
        its indicator, by name, in its year.
    published
        What is asked for, with the columns that :func:`published_in` gives.

    Returns
    -------
    pandas.DataFrame
        ``indicator, unit, year, required, written`` (the document's words, where they are no plain
        figure)
        ``, base`` (the document's figure of its base year) ``, value`` (all in that unit; missing
        where nobody gave them) ``, met`` (True or False; None where a figure is missing,
        where nobody says which way is better, or where the two units differ, which the note tells)
        ``, better`` (higher, lower, or empty) ``, note, clause, strength`` (how strongly the
        document asks; empty where the planner does), in the order of indicator, year and clause.
    """
    rows = published.astype(published_columns).merge(
        _values(table), on=["indicator", "year"], how="outer", suffixes=("", "_told")
    )
    texts = ["unit", "better", "note", "clause", "written", "strength"]
    texts += ["unit_told", "better_told"]
    rows[texts] = rows[texts].fillna("")
    differ = (rows["unit"] != rows["unit_told"]) & (rows["unit"] != "") & (rows["unit_told"] != "")
    better = rows["better"].where(rows["better"] != "", rows["better_told"])
    rows = rows.assign(
        unit=rows["unit"].where(rows["unit"] != "", rows["unit_told"]),
        better=better,
        met=_met(rows["value"], rows["required"], better.mask(differ, "")),
        note=rows["note"].where(~differ, rows["note"] + "；完成值的单位为" + rows["unit_told"]),
    )
    rows["note"] = rows["note"].str.removeprefix("；")
    rows = rows.sort_values(["indicator", "year", "clause"], kind="stable")
    return rows[list(result_columns)].reset_index(drop=True)


def _names(table: pd.DataFrame) -> pd.Series:
    """Return the name of the indicator of each row, with its id where two ids share the name."""
    shared = table.groupby("indicator")["indicator_id"].transform("nunique") > 1
    with_id = table["indicator"] + "（" + table["indicator_id"] + "）"
    return table["indicator"].where(~shared, with_id)


def _values(table: pd.DataFrame | None) -> pd.DataFrame:
    """Return ``indicator, year, value, unit, better`` of the planner's rows."""
    kinds = {"indicator": "object", "year": "int64", "value": "float64"}
    kinds |= {"unit": "object", "better": "object"}
    if table is None:
        return pd.DataFrame(columns=list(kinds)).astype(kinds)
    told = table[["year", "unit", "better"]].assign(
        indicator=_names(table), value=table["achieved"]
    )
    return told[list(kinds)].astype(kinds)


def _met(value: pd.Series, required: pd.Series, better: pd.Series) -> pd.Series:
    """Return True, False, or None where that cannot be told."""
    met = np.where(better == "higher", value >= required, value <= required)
    known = value.notna() & required.notna() & better.isin(["higher", "lower"])
    told = [bool(is_met) if is_known else None for is_met, is_known in zip(met, known, strict=True)]
    return pd.Series(told, index=value.index, dtype=object)
