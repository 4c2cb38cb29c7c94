"""Population rasters such as WorldPop and GHS-POP: GeoTIFF -> demand cells.

The only place that knows rasterio and exactextract. A file is checked by its header before a
pixel is read, and only the window over the study area is read.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError

from siting.errors import DataError, Problem
from siting.inputs.layers import no_such_file
from siting.inputs.people import raster_columns
from siting.notes import Note
from siting.scenario import Scenario
from siting.scenario.population import PopulationRaster

if TYPE_CHECKING:
    from collections.abc import Iterator

most_pixels = 30_000_000
"""Pixels over the study area; at 100 m the largest prefectures of China have about as many
(assumption), and each raster then takes 240 MB."""
most_people = 1e6
"""People in one pixel, more than any 1 km of the world holds; beyond, a value is no number of
people (assumption)."""
most_outside = 0.02
"""Share of the study area that the raster may leave out: coarse coasts (assumption)."""
usual_ratio = 3.0
"""A raster and a census differ by less than this factor (assumption)."""
least_coverage = 1e-6
"""Share of a pixel below which it does not lie in a township: rounding of borders."""


@dataclass(frozen=True)
class _Grid:
    """The window of a raster: ``crs``, pixel size, upper left corner, rows and columns."""

    crs: CRS
    transform: tuple[float, ...]
    row: int
    col: int
    rows: int
    cols: int

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        width, _, left, _, height, top = self.transform
        west, north = left + self.col * width, top + self.row * height
        return west, north + self.rows * height, west + self.cols * width, north


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
        study area; the rasters of children have another grid.
    """
    population = scenario.population
    if not isinstance(population, PopulationRaster):
        raise TypeError("the scenario names no rasters")
    of_children = scenario.children.under3_from == "raster"
    named = [population.residents]
    if of_children:
        named += [str(population.under1), str(population.aged_1_to_4)]
    grids: list[_Grid] = []
    problems: list[Problem] = []
    outside = 0.0
    for name in named:
        try:
            grid, outside = _window(scenario.path(name), townships)
            grids.append(grid)
        except DataError as error:
            problems += error.problems
    problems += [
        Problem(
            str(scenario.path(name)),
            f"the grid is not that of {population.residents}",
            "take both from the same product and resolution, uncropped",
        )
        for name, grid in zip(named[1:], grids[1:], strict=False)
        if not problems and not _same(grid, grids[0])
    ]
    if problems:
        raise DataError(problems)
    grid = grids[0]
    people, *children = _gather_values(scenario, named, grid)
    zone, pixel, coverage = _coverage(grid, townships)
    columns = {"residents": people.ravel()[pixel] * coverage}
    if of_children:
        under1, aged_1_to_4 = (values.ravel()[pixel] * coverage for values in children)
        told_children = (under1, population.aged_1_to_4_factor * aged_1_to_4)
        columns |= dict(zip(raster_columns, told_children, strict=True))
    cells = _cells(grid, zone, pixel, columns, townships)
    _check_sums(cells, str(scenario.path(population.residents)), of_children=of_children)
    return cells, _notes(cells, population, told, outside, scenario.base_year)


def _window(path: Path, townships: gpd.GeoDataFrame) -> tuple[_Grid, float]:
    """Check a raster by its header.

    Returns the window over the townships, and the share of their area outside the raster.
    """
    with _opened(path) as raster:
        problems = _problems_of_header(raster, str(path))
        if problems:
            raise DataError(problems)
        crs = CRS.from_wkt(raster.crs.to_wkt())
        transform = tuple(raster.transform)[:6]
        height, width = raster.shape
        full = _Grid(crs, transform, 0, 0, height, width)
        try:
            shapes = townships.geometry.to_crs(crs)
        except ProjError as error:
            what = f"its CRS cannot be brought into that of the study: {error}"
            raise DataError(
                [Problem(str(path), what, "state its CRS, such as EPSG:4326")]
            ) from None
        area = shapely.area(np.asarray(shapes.array))
        west, south, east, north = full.bounds
        inside = shapely.area(
            shapely.intersection(np.asarray(shapes.array), shapely.box(west, south, east, north))
        )
        outside = float(1 - inside.sum() / area.sum())
        if not outside <= most_outside:
            raise DataError([_not_covering(path, full, townships, outside)])
        left, bottom, right, top = shapes.total_bounds
        pixel_width, _, _, _, pixel_height, _ = transform
        first_col = max(0, int(np.floor((left - west) / pixel_width)))
        last_col = min(width, int(np.ceil((right - west) / pixel_width)))
        first_row = max(0, int(np.floor((top - north) / pixel_height)))
        last_row = min(height, int(np.ceil((bottom - north) / pixel_height)))
        rows, cols = last_row - first_row, last_col - first_col
        block = max(int(np.prod(shape)) for shape in raster.block_shapes)
        if max(rows * cols, block) > most_pixels:
            raise DataError(
                [
                    Problem(
                        str(path),
                        f"{rows:,} x {cols:,} pixels would be read over the study area, in blocks "
                        f"of {block:,}; at most {most_pixels:,} are",
                        "use a coarser raster, such as one of 100 m, saved in tiles",
                    )
                ]
            )
        return _Grid(crs, transform, first_row, first_col, rows, cols), outside


def _problems_of_header(raster: Any, name: str) -> list[Problem]:  # noqa: ANN401
    """Return what the header of an open raster tells to be wrong."""
    if raster.crs is None:
        what = "the CRS is missing"
        return [Problem(name, what, "save the raster with its CRS, such as EPSG:4326")]
    width, across, left, down, height, top = tuple(raster.transform)[:6]
    problems = []
    if across or down or not (width > 0 > height) or not np.isfinite([left, top]).all():
        problems.append(
            Problem(
                name,
                "the raster is rotated, upside down or without coordinates",
                "bring it into a north-up grid (gdalwarp), with its coordinates",
            )
        )
    elif raster.crs.is_geographic:
        east, south = left + width * raster.width, top + height * raster.height
        # A global raster may reach beyond by parts of a pixel.
        if left < -180 - width or east > 180 + width or south < -90 + height or top > 90 - height:
            problems.append(
                Problem(
                    name,
                    f"the CRS is in degrees, the raster reaches from {left:g}, {south:g} to "
                    f"{east:g}, {top:g}",
                    "state the CRS that its coordinates are in",
                )
            )
    if raster.count != 1:
        what = f"the raster has {raster.count} bands"
        problems.append(Problem(name, what, "save the one of people as a file of its own"))
    if not np.issubdtype(np.dtype(raster.dtypes[0]), np.number) or "complex" in raster.dtypes[0]:
        what = f"its values are {raster.dtypes[0]}"
        problems.append(Problem(name, what, "save them as numbers (Float32)"))
    return problems


def _not_covering(path: Path, full: _Grid, townships: gpd.GeoDataFrame, outside: float) -> Problem:
    to_degrees = Transformer.from_crs(full.crs, 4326, always_xy=True)
    reach = ", ".join(f"{value:.2f}" for value in to_degrees.transform_bounds(*full.bounds))
    area = ", ".join(f"{value:.2f}" for value in townships.to_crs(4326).total_bounds)
    return Problem(
        str(path),
        f"{outside:.0%} of the study area lies outside the raster, which reaches over (west, "
        f"south, east, north) {reach}; the study area over {area}",
        "use the raster of the region, or correct its CRS",
    )


def _same(one: _Grid, other: _Grid) -> bool:
    near = np.allclose(one.transform, other.transform, rtol=1e-9, atol=1e-9)
    corners = (one.row, one.col, one.rows, one.cols) == (
        other.row,
        other.col,
        other.rows,
        other.cols,
    )
    return bool(near) and corners and one.crs == other.crs


def _gather_values(scenario: Scenario, named: list[str], grid: _Grid) -> list[np.ndarray]:
    values: list[np.ndarray] = []
    problems: list[Problem] = []
    for name in named:
        try:
            values.append(_values(scenario.path(name), grid))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return values


def _values(path: Path, grid: _Grid) -> np.ndarray:
    """Return the people of each pixel of the window, 0 where the file says NoData."""
    from rasterio.errors import RasterioError
    from rasterio.windows import Window

    with _opened(path) as raster:
        try:
            window = Window(grid.col, grid.row, grid.cols, grid.rows)
            read = raster.read(1, window=window, masked=True)
        except RasterioError as error:
            raise DataError([_unreadable(path, error)]) from None
        told = ~np.ma.getmaskarray(read)
        nodata = raster.nodata
        people = np.where(told, read.data.astype(np.float64), 0.0)
        people[told] = people[told] * raster.scales[0] + raster.offsets[0]
    no_number = ~(np.isfinite(people) & (people >= 0) & (people <= most_people))
    if no_number.any():
        found = ", ".join(f"{value:g}" for value in np.unique(people[no_number])[:3])
        raise DataError(
            [
                Problem(
                    str(path),
                    f"{no_number.sum():,} of {people.size:,} pixels over the study area hold no "
                    f"number of people ({found}); NoData is {nodata}",
                    "the raster has lost its NoData value: set it again "
                    f"(gdal_edit.py -a_nodata {found.split(', ')[0]})",
                )
            ]
        )
    return people


def _coverage(
    grid: _Grid, townships: gpd.GeoDataFrame
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the pixels of each township: its position, the pixel's, the share inside."""
    from exactextract import exact_extract
    from exactextract.raster import NumPyRasterSource

    west, south, east, north = grid.bounds
    source = NumPyRasterSource(
        np.zeros((grid.rows, grid.cols), dtype=np.uint8),
        xmin=west,
        ymin=south,
        xmax=east,
        ymax=north,
        srs_wkt=grid.crs.to_wkt(),
    )
    zones = gpd.GeoDataFrame(
        {"zone": np.arange(len(townships))},
        geometry=np.asarray(townships.geometry.to_crs(grid.crs).array),
        crs=grid.crs,
    )
    found = exact_extract(
        source, zones, ["cell_id", "coverage"], include_cols=["zone"], output="pandas"
    )
    pixels = found["cell_id"].tolist()
    zone = np.repeat(found["zone"].to_numpy(), [len(of_zone) for of_zone in pixels])
    pixel = np.concatenate(pixels).astype(np.int64)
    coverage = np.concatenate(found["coverage"].tolist()).astype(np.float64)
    kept = coverage >= least_coverage
    return zone[kept], pixel[kept], coverage[kept]


def _cells(
    grid: _Grid,
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


@contextmanager
def _opened(path: Path) -> "Iterator[Any]":
    """Open a raster for reading, without rasterio's warning of missing coordinates."""
    import warnings

    import rasterio
    from rasterio.errors import NotGeoreferencedWarning, RasterioError

    if not path.is_file():
        raise DataError([Problem(str(path), *no_such_file)])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            raster = rasterio.open(path, driver="GTiff")
    except RasterioError as error:
        raise DataError([_unreadable(path, error)]) from None
    with raster:
        yield raster


def _unreadable(path: Path, error: Exception) -> Problem:
    reason = str(error.__cause__ or error).splitlines()[0]
    return Problem(str(path), f"cannot be read: {reason}", "download or export it again (GeoTIFF)")
