"""New residential areas: polygons, or a table of points with the area of their sites."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS, Transformer

from siting.inputs import dictionary
from siting.inputs.grid import is_table
from siting.inputs.placing import place_rows
from siting.inputs.tables import CheckedTable, read_table
from siting.inputs.zones import read_zones
from siting.notes import Note

corners_in_quarter = 16
m2_in_ha = 10_000


def read_areas(
    path: Path, crs: CRS, missing_crs: str | None = None, name: str | None = None
) -> CheckedTable:
    """Read new residential areas: a polygon layer, or a table (CSV, Excel) of points.

    Returns
    -------
    CheckedTable
        In the form of ``dictionary.areas`` with ``geometry`` in ``crs``, or of
        ``dictionary.area_points``.

    Raises
    ------
    DataError
        As :func:`siting.inputs.zones.read_zones` and :func:`siting.inputs.tables.read_table`.
    """
    if is_table(path):
        return read_table(path, dictionary.area_points, name)
    return read_zones(path, dictionary.areas, crs, missing_crs, name)


def drawn_areas(
    areas: pd.DataFrame, to_metric: Transformer, townships: gpd.GeoDataFrame, name: str
) -> tuple[gpd.GeoDataFrame, tuple[Note, ...]]:
    """Draw areas of which only a point and the size are known as circles of that size.

    The circles are polygons of 64 corners whose area is the stated one: n corners on a radius r
    enclose n / 2 r² sin(2 pi / n).

    Parameters
    ----------
    areas
        As :func:`read_areas` gave them; polygons stay as they are. Points are WGS-84.
    to_metric
        From WGS-84 to the CRS of the study.
    townships
        In the CRS of the study.
    name
        How messages call the file.

    Raises
    ------
    DataError
        As :func:`siting.inputs.placing.place_rows`.
    """
    if isinstance(areas, gpd.GeoDataFrame):
        return areas, ()
    placed = place_rows(areas, to_metric, townships, name)
    corners = 4 * corners_in_quarter
    area_m2 = placed["area_ha"].to_numpy() * m2_in_ha
    radius_m = np.sqrt(2 * area_m2 / (corners * np.sin(2 * np.pi / corners)))
    centres = shapely.points(placed["x"], placed["y"])
    circles = shapely.buffer(centres, radius_m, quad_segs=corners_in_quarter)
    attributes = areas[[column.name for column in dictionary.areas.columns]]
    note = Note(
        zh=f"{name}：{len(areas)}处新建居住区没有边界，按所填用地面积画成圆形",
        en=f"{name}: {len(areas)} new residential areas without boundaries were drawn as circles "
        "of the stated area",
    )
    return gpd.GeoDataFrame(attributes, geometry=circles, crs=townships.crs), (note,)
