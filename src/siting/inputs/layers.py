"""Vector layers: file -> geometries in the study's metric CRS, checked."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from pyogrio.errors import DataSourceError
from pyproj import CRS
from pyproj.exceptions import CRSError

from siting.errors import DataError, Problem


def metric_crs(text: str, place: str) -> CRS:
    """Return the CRS to compute in.

    Raises
    ------
    DataError
        The text names no CRS, or one whose unit is not the metre.
    """
    remedy = "name a projected one in metres, such as EPSG:32650 or EPSG:4547"
    try:
        crs = CRS.from_user_input(text)
    except CRSError:
        raise DataError([Problem(place, f"'{text}' is no known CRS", remedy)]) from None
    if not crs.is_projected or {axis.unit_name for axis in crs.axis_info} != {"metre"}:
        raise DataError([Problem(place, f"the unit of '{text}' is not the metre", remedy)])
    return crs


def read_layer(path: Path, crs: CRS) -> gpd.GeoDataFrame:
    """Read a vector layer and bring it into the study's CRS.

    Raises
    ------
    DataError
        The file is missing or unreadable, has no CRS, or holds empty or non-finite geometry.
    """
    name = str(path)
    if not path.exists():
        raise DataError([Problem(name, "there is no such file", "check the name in the scenario")])
    try:
        if path.suffix == ".parquet":
            layer = gpd.read_parquet(path)
        else:
            layer = gpd.read_file(path, engine="pyogrio")
    except (DataSourceError, ValueError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise DataError(
            [Problem(name, f"cannot be read: {reason}", "use GeoParquet, GeoPackage or GeoJSON")]
        ) from None
    if not isinstance(layer, gpd.GeoDataFrame) or layer.empty:
        raise DataError([Problem(name, "has no geometries", "export the layer again")])
    if layer.crs is None:
        raise DataError(
            [Problem(name, "the CRS is missing", "set it in your GIS and save the layer again")]
        )
    projected = layer.to_crs(crs)
    shapes = projected.geometry.array
    bounds = shapely.bounds(np.asarray(shapes))
    bad = np.flatnonzero(~np.isfinite(bounds).all(axis=1))
    if len(bad):
        raise DataError(
            [
                Problem(
                    f"{name}, feature {bad[0] + 1}",
                    f"{len(bad)} geometries are empty or lie outside the CRS",
                    "check the coordinates and the CRS of the layer",
                )
            ]
        )
    return projected
