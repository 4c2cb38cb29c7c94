"""People of each zone: the residents table held against the zones and years of the study."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from siting.errors import DataError, Problem
from siting.inputs.residents import Level, PeopleTable
from siting.scenario import Scenario
from siting.scenario.children import all_months

birth_years = ("0-12", "12-24", "24-36")
"""Ages, at the end of a year, of the children born in it, the year before, two years before."""
plural: dict[Level, str] = {
    "community": "communities",
    "township": "townships",
    "district": "districts",
    "area": "areas",
}


@dataclass(frozen=True)
class ZonePeople:
    """People of the zones of one level.

    Attributes
    ----------
    level
        What the zones are.
    codes
        Their codes, sorted as in the layer.
    residents
        Year -> residents of each zone.
    children
        Year -> zones x bands: children; empty where the table does not tell them.
    bands
        Age bands of the children, as told; the whole under-3s are ``0-36``.
    """

    level: Level
    codes: np.ndarray
    residents: dict[int, np.ndarray]
    children: dict[int, np.ndarray]
    bands: tuple[str, ...]


def planned_years(scenario: Scenario) -> tuple[int, ...]:
    """Return the years that need figures: the base year and the planned one."""
    return tuple(sorted({scenario.base_year, *scenario.years}))


def people_of_zones(
    table: PeopleTable,
    townships: gpd.GeoDataFrame,
    communities: gpd.GeoDataFrame | None,
    scenario: Scenario,
    name: str,
) -> ZonePeople:
    """Return the people of each zone of the table's level, in the years that are needed.

    The zones of the table are those of the study.

    Where ``children.under3_from`` is ``births``, the under-3s of year y are those born in y,
    y-1 and y-2: nobody dies or moves (assumption).

    Raises
    ------
    DataError
        A figure of a needed year is missing, or nobody lives in the study area.
    """
    codes = _codes(table.level, townships, communities)
    problems = []
    years = planned_years(scenario)
    bands, measures = _children_told(table, scenario)
    figures: dict[tuple[str, int], np.ndarray] = {}
    for measure, year in sorted(
        {("residents", year) for year in years}
        | {(measure, year - back) for measure, back in measures for year in years}
    ):
        figures[measure, year] = _figures(table, measure, year, codes)
    problems += _missing(figures, codes, table.level, name)
    residents = {year: figures["residents", year] for year in years}
    problems += [
        Problem(
            f"{name}, column residents",
            f"nobody lives in the study area in {year}",
            f"fill in the residents of its {plural[table.level]}",
        )
        for year in years
        if residents[year].sum() == 0
    ]
    if problems:
        raise DataError(problems)
    children = {
        year: np.column_stack([figures[measure, year - back] for measure, back in measures])
        for year in years
        if measures
    }
    return ZonePeople(table.level, codes, residents, children, bands)


def _codes(
    level: Level, townships: gpd.GeoDataFrame, communities: gpd.GeoDataFrame | None
) -> np.ndarray:
    if level == "area":
        return np.array(["area"])
    if level == "district":
        return np.unique(townships["district_code"].to_numpy(dtype=str))
    if communities is not None and level == "community":
        return communities["community_code"].to_numpy(dtype=str)
    return townships["township_code"].to_numpy(dtype=str)


def _children_told(
    table: PeopleTable, scenario: Scenario
) -> tuple[tuple[str, ...], list[tuple[str, int]]]:
    """Return the bands of the children that the table tells: (column, years back) of each."""
    told = scenario.children.under3_from
    if told == "births":
        return birth_years, [("births", back) for back in range(len(birth_years))]
    if told == "table" and table.bands:
        return table.bands, [(f"under3_{band.replace('-', '_')}", 0) for band in table.bands]
    if told == "table":
        return (all_months,), [("under3", 0)]
    return (), []


def _figures(table: PeopleTable, measure: str, year: int, codes: np.ndarray) -> np.ndarray:
    """Return a figure of each zone, NaN where it is not told."""
    if measure not in table.figures.columns:
        return np.full(len(codes), np.nan)
    rows = table.figures[table.figures["year"] == year]
    by_code = pd.Series(rows[measure].to_numpy(dtype=float), index=rows["code"].to_numpy(dtype=str))
    return by_code.reindex(codes).to_numpy()


def _missing(
    figures: dict[tuple[str, int], np.ndarray], codes: np.ndarray, level: Level, name: str
) -> list[Problem]:
    problems = []
    for measure in dict.fromkeys(measure for measure, _ in figures):
        years = [year for of, year in figures if of == measure]
        absent = [
            f"{code} in {year}"
            for year in years
            for code in codes[np.isnan(figures[measure, year])]
        ]
        if absent:
            problems.append(
                Problem(
                    f"{name}, column {measure}",
                    f"{len(absent)} figures are missing: {', '.join(absent[:5])}",
                    f"fill in each {level} for {', '.join(map(str, years))}",
                )
            )
    return problems
