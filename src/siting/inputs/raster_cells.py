"""Population rasters -> demand cells."""

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import Transformer

from siting.errors import DataError, Problem
from siting.inputs.files import problems_named
from siting.inputs.people import raster_columns
from siting.inputs.rasters import (
    Grid,
    coverage_of,
    least_coverage,
    read_values,
    same_grid,
    window_over,
)
from siting.notes import Note
from siting.scenario import Scenario
from siting.scenario.population import PopulationRaster

usual_ratio = 3.0
"""A raster and a census differ by less than this factor (assumption)."""
most_ratio = 10.0
"""Where they differ by more than this factor, the raster is of something else (assumption)."""


def raster_cells(
    scenario: Scenario, townships: gpd.GeoDataFrame, told: float
) -> tuple[pd.DataFrame, list[Note]]:
    """Turn the pixels with people inside the townships into demand cells.

    A pixel that a border crosses becomes a cell of each township, with the part of its people
    that lies there (exactextract's coverage); both stand at the middle of the pixel.

    Parameters
    ----------
    scenario
        With a raster as its population.
    townships
        Polygons in the study's CRS.
    told
        Residents of the study area in the base year by the residents table, to compare with.

    Returns
    -------
    cells : pandas.DataFrame
        ``cell_id`` (row and column of the file), ``x, y``, ``zone`` (position in townships; the
        middle of the pixel may lie in the neighbour), ``residents`` (people, weight) and, where
        children come from rasters, ``children_0_12, children_12_36``.
    notes : list of Note
        How the raster compares with the table, what it leaves out.

    Raises
    ------
    DataError
        A file is missing, unreadable, has no CRS, is rotated, has several bands, does not cover
        the study area, holds values that are no numbers of people, has too many pixels over the
        study area; it holds more than :data:`most_ratio` times the people of the table, or less
        than a part of so many; the rasters of children have another grid.
    """
    population = scenario.population
    if not isinstance(population, PopulationRaster):
        raise TypeError("the scenario names no rasters")
    of_children = scenario.children.under3_from == "raster"
    named = [population.residents]
    if of_children:
        named += [str(population.under1), str(population.aged_1_to_4)]
    grids: list[Grid] = []
    problems: list[Problem] = []
    outside = 0.0
    for name in named:
        path = scenario.path(name)
        try:
            with problems_named(path, name):
                grid, outside = window_over(path, townships)
            grids.append(grid)
        except DataError as error:
            problems += error.problems
    problems += [
        Problem(
            name,
            f"the grid is not that of {population.residents}",
            "take both from the same product and resolution, uncropped",
        )
        for name, grid in zip(named[1:], grids[1:], strict=False)
        if not problems and not same_grid(grid, grids[0])
    ]
    if problems:
        raise DataError(problems)
    grid = grids[0]
    people, *children = _gather_values(scenario, named, grid)
    zone, pixel, coverage = coverage_of(grid, townships)
    columns = {"residents": people.ravel()[pixel] * coverage}
    if of_children:
        under1, aged_1_to_4 = (values.ravel()[pixel] * coverage for values in children)
        told_children = (under1, population.aged_1_to_4_factor * aged_1_to_4)
        columns |= dict(zip(raster_columns, told_children, strict=True))
    cells = _cells(grid, zone, pixel, columns, townships)
    _check_sums(cells, population.residents, of_children=of_children)
    _check_ratio(cells, people.ravel()[pixel].max(), population.residents, told)
    return cells, _notes(cells, population, told, outside, scenario.base_year)


def _gather_values(scenario: Scenario, named: list[str], grid: Grid) -> list[np.ndarray]:
    values: list[np.ndarray] = []
    problems: list[Problem] = []
    for name in named:
        path = scenario.path(name)
        try:
            with problems_named(path, name):
                values.append(read_values(path, grid))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return values


def _cells(
    grid: Grid,
    zone: np.ndarray,
    pixel: np.ndarray,
    columns: dict[str, np.ndarray],
    townships: gpd.GeoDataFrame,
) -> pd.DataFrame:
    with_people = np.any([values > 0 for values in columns.values()], axis=0)
    order = np.flatnonzero(with_people)
    order = order[np.lexsort((zone[order], pixel[order]))]
    zone, pixel = zone[order], pixel[order]
    row, col = grid.row + pixel // grid.cols, grid.col + pixel % grid.cols
    width, _, left, _, height, top = grid.transform
    to_metric = Transformer.from_crs(grid.crs, townships.crs, always_xy=True)
    x, y = to_metric.transform(left + (col + 0.5) * width, top + (row + 0.5) * height)
    code = townships["township_code"].to_numpy()
    shared = pd.Series(pixel).duplicated(keep=False).to_numpy()
    names = [
        f"R{r}C{c}" + (f"-{code[z]}" if split else "")
        for r, c, z, split in zip(row, col, zone, shared, strict=True)
    ]
    of_cells = {name: values[order] for name, values in columns.items()}
    return pd.DataFrame({"cell_id": names, "x": x, "y": y, "zone": zone, **of_cells})


def _check_sums(cells: pd.DataFrame, name: str, *, of_children: bool) -> None:
    people = cells["residents"].sum()
    if people == 0:
        what = "no pixel of the study area has people"
        raise DataError([Problem(name, what, "use the raster of the region and of people")])
    if not of_children:
        return
    children = cells[list(raster_columns)].to_numpy().sum()
    if not 0 < children < people:
        raise DataError(
            [
                Problem(
                    name,
                    f"the rasters hold {children:,.0f} under-3s for {people:,.0f} residents",
                    "name the raster of all people as residents, those of children as under1 "
                    "and aged_1_to_4",
                )
            ]
        )


def _check_ratio(cells: pd.DataFrame, largest: float, name: str, told: float) -> None:
    """Refuse a raster that cannot be of the people of the table: NoData lost, another unit."""
    ratio = cells["residents"].sum() / told
    if not 1 / most_ratio <= ratio <= most_ratio:
        raise DataError(
            [
                Problem(
                    name,
                    f"the raster holds {cells['residents'].sum():,.0f} people inside the study "
                    f"area, {ratio:.3g} times the {told:,.0f} of the residents table; its largest "
                    f"pixel holds {largest:.10g}",
                    "check that its values are people per pixel, not per km2 or in thousands; "
                    "where the largest value stands for no data, such as 65535, set it as NoData "
                    "(gdal_edit.py -a_nodata)",
                )
            ]
        )


def _notes(
    cells: pd.DataFrame, population: PopulationRaster, told: float, outside: float, year: int
) -> list[Note]:
    people = float(cells["residents"].sum())
    ratio = people / told
    zh = (
        f"{population.residents}：规划范围内{len(cells)}个有人口的栅格单元共{people:,.0f}人，"
        f"为人口表（{year}年{told:,.0f}人）的{ratio:.2f}倍，按人口表校正；来源：{population.source}"
    )
    en = (
        f"{population.residents}: {len(cells)} pixels with people hold {people:,.0f} inside the "
        f"study area, {ratio:.2f} times the {told:,.0f} of the residents table in {year}, to which "
        f"they are rescaled; source: {population.source}"
    )
    if not 1 / usual_ratio <= ratio <= usual_ratio:
        zh += "；相差很大，请检查栅格的数值是否为每像元人数、年份和范围是否一致"
        en += "; that is far off: check that its values are people per pixel, its year and extent"
    notes = [Note(zh=zh, en=en)]
    if outside > least_coverage:
        notes.append(
            Note(
                zh=f"{population.residents}：规划范围面积的{outside:.2%}在栅格之外，视为无人口",
                en=f"{population.residents}: {outside:.2%} of the study area lies outside the "
                "raster and is taken to have no people",
            )
        )
    return notes
