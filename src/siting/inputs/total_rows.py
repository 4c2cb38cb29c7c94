"""Rows of a table that are the total of the others, as census tables have them."""

import numpy as np
import pandas as pd

from siting.errors import DataError, Problem
from siting.inputs.codes import plain_codes
from siting.inputs.columns import Table
from siting.inputs.header import Places
from siting.inputs.matching import ZoneColumns, plain_name
from siting.notes import Note

total_words = ("合计", "总计")
"""A total is called so, or ends in it after the name of what it stands for."""
point_words = (*total_words, "小计", "共计", "总数", "total", "subtotal", "grandtotal", "sum")
"""What the total of a table of points is called (assumption: nobody calls a place so)."""
whole_words = ("全区", "全市", "全县")
rounding = 0.5
"""People by which a total may differ from the sum: figures are whole people."""


def total_problems(points: pd.DataFrame, table: Table, places: Places) -> list[Problem]:
    """Return rows of a table of points that are called a total, though they have a position."""
    if "lon" not in points:
        return []
    names = [name for name in (*table.key, "name") if name in points]
    called = points[names].map(lambda name: plain_name(str(name)).casefold())
    totals = called.isin(point_words).any(axis=1).to_numpy()
    if not totals.any():
        return []
    what = "the row is called a total, and would count on top of the others"
    return [Problem(places.at(totals, *names), what, "remove it, or give it another name")]


def total_rows(
    table: pd.DataFrame,
    columns: ZoneColumns,
    zones: pd.DataFrame,
    districts: pd.DataFrame,
    study: str,
) -> pd.Series:
    """Return what each row of a table is the total of.

    Parameters
    ----------
    table
        As read, with the columns of codes and names that the file has.
    columns, zones
        The zones that a row of the table is of.
    districts
        ``district_code, district`` of the study.
    study
        Its name.

    Returns
    -------
    pandas.Series
        Code of the district, ``""`` for all rows, None for a row that is no total.
    """
    own = {plain_name(name) for name in zones[columns.name]}
    own_codes = set(plain_codes(zones[columns.code]))
    scopes = dict.fromkeys(("", *whole_words, plain_name(study)), "")
    for code, plain, name in zip(
        districts["district_code"],
        plain_codes(districts["district_code"]),
        districts["district"],
        strict=True,
    ):
        scopes |= {plain: code, plain_name(name): code}
    codes = plain_codes(table[columns.code])
    coarser = [name for name in ("township", "district") if name in table and name != columns.name]
    found: list[str | None] = []
    for row, code in zip(table.to_dict("records"), codes, strict=True):
        told = (row.get(columns.name), code, *(row[name] for name in coarser))
        text = plain_name(next((str(each) for each in told if each), ""))
        is_own = code in own_codes or text in own or not text
        for word in total_words:
            text = text.removesuffix(word)
        found.append(None if is_own else scopes.get(text))
    return pd.Series(found, index=table.index, dtype=object)


def check_totals(
    totals: pd.DataFrame,
    scopes: pd.Series,
    places: Places,
    rows: pd.DataFrame,
    district: pd.Series,
    figures: list[str],
) -> Note:
    """Hold the totals of a table against the sums of its other rows, and tell of them.

    Parameters
    ----------
    totals, scopes, places
        The rows that are totals, what each is the total of, and where they stand.
    rows, district
        The other rows, and the district that each lies in.
    figures
        Columns of people; a figure is compared where the total and every row tell it.

    Raises
    ------
    DataError
        With every total that differs from its sum.
    """
    problems = []
    for position, (total, scope) in enumerate(zip(totals.to_dict("records"), scopes, strict=True)):
        of_total = rows[(district == scope).to_numpy() | (scope == "")]
        if "year" in rows:
            of_total = of_total[of_total["year"] == total["year"]]
        for figure in figures:
            gap = total[figure] - of_total[figure].sum(skipna=False)
            if abs(gap) > rounding:
                problems.append(
                    Problem(
                        places.at(np.array([position]), figure),
                        f"the total is {total[figure]:,.10g}, and the {len(of_total)} rows that "
                        f"it stands for add up to {total[figure] - gap:,.10g}",
                        "add the rows that are missing, correct the figures, or remove the total",
                    )
                )
    if problems:
        raise DataError(problems)
    return Note(
        zh=f"{places.name}：{len(totals)}行为合计，与其余各行之和一致，未重复计入",
        en=f"{places.name}: {len(totals)} rows are totals, equal to the sum of the others, and "
        "were not counted again",
    )
