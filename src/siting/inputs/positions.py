"""Longitude and latitude as a table states them: complete, and in their order."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from siting.errors import Problem
from siting.inputs.header import Places
from siting.inputs.values import text


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
