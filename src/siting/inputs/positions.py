"""Longitude and latitude as a table states them: complete, and in their order."""

import re
import unicodedata
from collections.abc import Mapping

import numpy as np
import pandas as pd

from siting.errors import Problem
from siting.inputs.columns import Table
from siting.inputs.header import Places
from siting.inputs.values import text

total_names = ("合计", "总计", "小计", "共计", "总数", "total", "subtotal", "grandtotal", "sum")
"""What the rows of a total are called, without blanks."""


def swapped_rows(cells: Mapping[str, pd.Series]) -> np.ndarray:
    """Return the rows in which the latitude can only be a longitude.

    Parameters
    ----------
    cells
        Column -> values as they stand in the file.
    """
    if "lon" not in cells or "lat" not in cells:
        return np.zeros(len(next(iter(cells.values()), ())), dtype=bool)
    lon, lat = (
        pd.to_numeric(cells[name].map(text), errors="coerce").to_numpy(dtype=float)
        for name in ("lon", "lat")
    )
    return (np.abs(lat) > 90) & (np.abs(lat) <= 180) & (np.abs(lon) <= 90)


def total_problems(points: pd.DataFrame, table: Table, places: Places) -> list[Problem]:
    """Return rows of a table of points that are called a total, though they have a position."""
    if "lon" not in points:
        return []
    names = [name for name in (*table.key, "name") if name in points]
    called = pd.DataFrame({name: points[name].map(_plain) for name in names})
    totals = called.isin(total_names).any(axis=1).to_numpy()
    if not totals.any():
        return []
    what = "the row is called a total, and would count on top of the others"
    return [Problem(places.at(totals, *names), what, "remove it, or give it another name")]


def _plain(name: object) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(name))).casefold()


def position_problems(table: pd.DataFrame, places: Places) -> list[Problem]:
    """Return rows with half a position, and those with neither one nor the address in its place."""
    if "lon" not in table:
        return []
    by_address = "address" in table
    no_address = (table["address"] == "").to_numpy() if by_address else False
    without = table[["lon", "lat"]].isna().to_numpy()
    half = without.any(axis=1) & ~without.all(axis=1)
    nowhere = without.all(axis=1) & no_address
    problems = []
    if half.any():
        problems.append(
            Problem(
                places.at(half, "lon", "lat"),
                "one of the two is empty",
                "fill in both, or neither" + (" and an address" if by_address else ""),
            )
        )
    if nowhere.any():
        problems.append(
            Problem(
                places.at(nowhere, "lon", "lat"),
                "there are no coordinates and no address",
                "fill in longitude and latitude, or an address",
            )
        )
    return problems
