"""People: demand cells with residents and under-3s by year."""

import geopandas as gpd
import numpy as np
import pandas as pd

from siting.errors import DataError, Problem
from siting.inputs.zones import no_zone
from siting.scenario import Scenario


def check_residents(
    residents: pd.DataFrame, townships: gpd.GeoDataFrame, years: tuple[int, ...], name: str
) -> pd.DataFrame:
    """Return residents by township and year.

    Returns
    -------
    pandas.DataFrame
        One row a township in the order of ``townships``, one column a year; people.

    Raises
    ------
    DataError
        A township of the table has no polygon, or a year or township has no residents.
    """
    problems = []
    known = set(townships["township_code"])
    strangers = sorted(set(residents["township_code"]) - known)
    if strangers:
        problems.append(
            Problem(
                f"{name}, column township_code",
                f"{len(strangers)} townships have no polygon: {', '.join(strangers[:5])}",
                "add their polygons to the townships layer, or correct the codes",
            )
        )
    wide = residents.pivot(index="township_code", columns="year", values="residents")
    wide = wide.reindex(index=townships["township_code"], columns=list(years))
    absent = [
        f"{township} in {year}" for year in years for township in wide.index[wide[year].isna()]
    ]
    if absent:
        problems.append(
            Problem(
                f"{name}, column residents",
                f"{len(absent)} figures are missing: {', '.join(absent[:5])}",
                "add a row for each township and year",
            )
        )
    problems += [
        Problem(
            f"{name}, column residents",
            f"nobody lives in the study area in {year}",
            "fill in the residents of its townships",
        )
        for year in years
        if not absent and wide[year].sum() <= 0
    ]
    if problems:
        raise DataError(problems)
    return wide


def people_by_cell(
    cells: pd.DataFrame, residents: pd.DataFrame, scenario: Scenario, name: str
) -> pd.DataFrame:
    """Share the residents of each township among its cells.

    A cell of township z has ``residents[z, year] x cell / sum of the cells of z`` people, and
    ``under3_share[year]`` of them are under three.

    Parameters
    ----------
    cells
        ``cell_id, residents, zone``.
    residents
        As :func:`check_residents` returns.

    Returns
    -------
    pandas.DataFrame
        ``residents_<year>`` and ``under3_<year>`` for the base year and the planned year.

    Raises
    ------
    DataError
        A township has residents but no cell with people.
    """
    inside = cells["zone"].to_numpy()
    if (inside == no_zone).any():
        raise ValueError("cells outside the study area must be left out first")
    weight = cells["residents"].to_numpy()
    total = np.bincount(inside, weights=weight, minlength=len(residents))
    empty = residents.index[(total == 0) & (residents.sum(axis=1) > 0).to_numpy()]
    if len(empty):
        raise DataError(
            [
                Problem(
                    name,
                    f"{len(empty)} townships have residents but no cell with people: "
                    f"{', '.join(empty[:5])}",
                    "add cells there, or correct their coordinates",
                )
            ]
        )
    people = {}
    under3_share = scenario.children.under3_share
    for year in map(int, residents.columns):
        share = np.divide(
            residents[year].to_numpy(), total, out=np.zeros_like(total), where=total > 0
        )
        people[f"residents_{year}"] = weight * share[inside]
        people[f"under3_{year}"] = people[f"residents_{year}"] * under3_share[year]
    return pd.DataFrame(people)
