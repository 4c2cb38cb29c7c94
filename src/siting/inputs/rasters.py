"""Population rasters such as WorldPop and GHS-POP: GeoTIFF -> people of each pixel.

The only place that knows rasterio and exactextract. A file is checked by its header before a
pixel is read, and only the window over the study area is read.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError

from siting.errors import DataError, Problem
from siting.inputs.files import check_file

if TYPE_CHECKING:
    from collections.abc import Iterator

most_pixels = 10_000_000
"""Pixels over the study area: 316 km by 316 km at 100 m (assumption: more than a study has; they
take 1.4 GB)."""
most_people = 1e6
"""People in one pixel, more than any 1 km of the world holds; beyond, a value is no number of
people (assumption)."""
most_outside = 0.02
"""Share of the study area that the raster may leave out: coarse coasts (assumption)."""
least_coverage = 1e-6
"""Share of a pixel below which it does not lie in a township: rounding of borders."""


@dataclass(frozen=True)
class Grid:
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


def window_over(path: Path, townships: gpd.GeoDataFrame) -> tuple[Grid, float]:
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
        full = Grid(crs, transform, 0, 0, height, width)
        shapes = _projected(townships, crs, path)
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
        return Grid(crs, transform, first_row, first_col, rows, cols), outside


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


def _projected(townships: gpd.GeoDataFrame, crs: CRS, path: Path) -> gpd.GeoSeries:
    """Bring the townships into the CRS of a raster."""
    try:
        shapes = townships.geometry.to_crs(crs)
        reason = "" if np.isfinite(shapes.total_bounds).all() else "it ends before the study area"
    except ProjError as error:
        reason = str(error).splitlines()[0]
    if reason:
        what = f"the study area cannot be brought into its CRS: {reason}"
        remedy = "save the raster with the CRS that its coordinates are in"
        raise DataError([Problem(str(path), what, remedy)])
    return shapes


def _not_covering(path: Path, full: Grid, townships: gpd.GeoDataFrame, outside: float) -> Problem:
    to_degrees = Transformer.from_crs(full.crs, 4326, always_xy=True)
    reach = ", ".join(f"{value:.2f}" for value in to_degrees.transform_bounds(*full.bounds))
    area = ", ".join(f"{value:.2f}" for value in townships.to_crs(4326).total_bounds)
    return Problem(
        str(path),
        f"{outside:.0%} of the study area lies outside the raster, which reaches over (west, "
        f"south, east, north) {reach}; the study area over {area}",
        "use the raster of the region, or correct its CRS",
    )


def same_grid(one: Grid, other: Grid) -> bool:
    """Return whether two windows hold the same pixels."""
    near = np.allclose(one.transform, other.transform, rtol=1e-9, atol=1e-9)
    corners = (one.row, one.col, one.rows, one.cols) == (
        other.row,
        other.col,
        other.rows,
        other.cols,
    )
    return bool(near) and corners and one.crs == other.crs


def read_values(path: Path, grid: Grid) -> np.ndarray:
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
        with np.errstate(invalid="ignore"):  # a NaN may be one that signals
            people = np.where(told, read.data.astype(np.float64), 0.0)
        people[told] = people[told] * raster.scales[0] + raster.offsets[0]
    no_number = ~(np.isfinite(people) & (people >= 0) & (people <= most_people))
    if no_number.any():
        found = ", ".join(f"{value:.17g}" for value in np.unique(people[no_number])[:3])
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


def coverage_of(
    grid: Grid, townships: gpd.GeoDataFrame
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


@contextmanager
def _opened(path: Path) -> "Iterator[Any]":
    """Open a raster for reading, without rasterio's warning of missing coordinates."""
    import warnings

    import rasterio
    from rasterio.errors import NotGeoreferencedWarning, RasterioError

    check_file(path, str(path))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            raster = rasterio.open(path, driver="GTiff")
    except (RasterioError, UnicodeDecodeError) as error:
        raise DataError([_unreadable(path, error)]) from None
    with raster:
        yield raster


def _unreadable(path: Path, error: Exception) -> Problem:
    reason = str(error.__cause__ or error).splitlines()[0]
    return Problem(str(path), f"cannot be read: {reason}", "download or export it again (GeoTIFF)")
