"""People of each zone: the residents table held against the zones and years of the study."""

from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd

from siting.errors import DataError, Problem
from siting.inputs.residents import Level, PeopleTable
from siting.inputs.zones import zone_of
from siting.scenario import Scenario
from siting.scenario.children import all_months

group_labels = {
    "left_behind": ("留守婴幼儿", "left-behind children"),
    "hardship": ("困境婴幼儿", "children in hardship"),
}
"""Groups that the residents table may tell: column -> its header, and what it is called."""
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
    groups
        ``left_behind`` and ``hardship``, as far as the table tells them for every zone and
        year: group -> year -> children under three of each zone.
    """

    level: Level
    codes: np.ndarray
    residents: dict[int, np.ndarray]
    children: dict[int, np.ndarray]
    bands: tuple[str, ...]
    groups: dict[str, dict[int, np.ndarray]] = field(default_factory=dict)


def planned_years(scenario: Scenario) -> tuple[int, ...]:
    """Return the years that need figures: the base year and the planned ones."""
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
    groups, missing_groups = _groups(table, scenario, codes, name)
    problems += _missing(figures, codes, table.level, name) + missing_groups
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
    return ZonePeople(table.level, codes, residents, children, bands, groups)


def home_of_cells(
    people: ZonePeople,
    cells: pd.DataFrame,
    townships: gpd.GeoDataFrame,
    communities: gpd.GeoDataFrame | None,
) -> np.ndarray:
    """Return the position of each cell's zone of the level, ``no_zone`` in no community.

    Parameters
    ----------
    cells
        ``x, y`` and ``zone``, the position in townships.
    """
    zone = cells["zone"].to_numpy()
    if people.level == "township":
        return zone
    if people.level == "area":
        return np.zeros(len(cells), dtype=np.int64)
    if people.level == "district":
        districts = townships["district_code"].to_numpy(dtype=str)
        return np.searchsorted(people.codes, districts)[zone]
    return zone_of(cells["x"].to_numpy(), cells["y"].to_numpy(), communities)


def _groups(
    table: PeopleTable, scenario: Scenario, codes: np.ndarray, name: str
) -> tuple[dict[str, dict[int, np.ndarray]], list[Problem]]:
    """Return the children of each group, and those that are asked for and are not told."""
    asked = {group: f"children.weights.{group}" for group in scenario.children.weights} | {
        target.group: f"the target {target.id}"
        for target in scenario.targets
        if target.kind == "population_coverage"
    }
    years = planned_years(scenario)
    groups, problems = {}, []
    for group, (label, called) in group_labels.items():
        figures = {(group, year): _figures(table, group, year, codes) for year in years}
        missing = _missing(figures, codes, table.level, name)
        if not missing:
            groups[group] = {year: figures[group, year] for year in years}
        elif group in asked and group in table.figures.columns:
            problems += missing
        elif group in asked:
            problems.append(
                Problem(
                    f"{name}, header",
                    f"{asked[group]} asks for {called}, and the table has no column "
                    f"'{group}' ({label})",
                    f"add it for each {table.level} and {', '.join(map(str, years))}, or take "
                    "that out",
                )
            )
    return groups, problems


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
