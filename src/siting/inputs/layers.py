"""Vector layers: file -> geometries in the study's metric CRS, checked."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from pyogrio.errors import DataSourceError
from pyproj import CRS, Proj
from pyproj.exceptions import CRSError

from siting.errors import DataError, Problem
from siting.scenario import Scenario

most_distortion = 0.01
"""Greatest error of a length that the CRS may bring (assumption; UTM is within 0.001)."""
no_such_file = ("there is no such file", "check the name in the scenario")
crs_remedy = "name one by its code, to compute in one in metres such as EPSG:32650 or EPSG:4547"


def metric_crs(scenario: Scenario) -> CRS:
    """Return the CRS to compute in.

    Raises
    ------
    DataError
        The scenario names no CRS, or one whose unit is not the metre.
    """
    text, place = scenario.crs, scenario.place("crs")
    crs = _known_crs(text, place)
    if not crs.is_projected or {axis.unit_name for axis in crs.axis_info} != {"metre"}:
        raise DataError([Problem(place, f"the unit of '{text}' is not the metre", crs_remedy)])
    return crs


def check_scale(zones: gpd.GeoDataFrame, scenario: Scenario) -> None:
    """Hold the CRS against the ground at the middle of the study area.

    Raises
    ------
    DataError
        A metre of the CRS is not a metre on the ground, as in Web Mercator or a far UTM zone.
    """
    west, south, east, north = zones.to_crs(4326).total_bounds
    factors = Proj(zones.crs).get_factors((west + east) / 2, (south + north) / 2)
    off = max(abs(factors.meridional_scale - 1), abs(factors.parallel_scale - 1))
    if not off <= most_distortion:
        raise DataError(
            [
                Problem(
                    scenario.place("crs"),
                    f"a length in '{scenario.crs}' is {off:.1%} off at the study area",
                    "name the UTM or Gauss-Krueger zone of the study area",
                )
            ]
        )


def _known_crs(text: str, place: str) -> CRS:
    try:
        return CRS.from_user_input(text)
    except CRSError:
        raise DataError([Problem(place, f"'{text}' is no known CRS", crs_remedy)]) from None


def read_layer(
    path: Path, crs: CRS, missing_crs: str | None = None, *, layer_name: str | None = None
) -> gpd.GeoDataFrame:
    """Read a vector layer and bring it into the study's CRS.

    Parameters
    ----------
    crs
        The CRS to bring it into.
    missing_crs
        The CRS to assume where the layer states none.
    layer_name
        Name of the layer in a file of several; the first if not given.

    Raises
    ------
    DataError
        The file is missing or unreadable, has no CRS, or holds empty or non-finite geometry.
    """
    name = str(path)
    if not path.is_file():
        raise DataError([Problem(name, *no_such_file)])
    try:
        if path.suffix == ".parquet":
            layer = gpd.read_parquet(path)
        else:
            layer = gpd.read_file(path, engine="pyogrio", layer=layer_name)
    except (DataSourceError, ValueError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise DataError(
            [Problem(name, f"cannot be read: {reason}", "use GeoParquet, GeoPackage or GeoJSON")]
        ) from None
    if not isinstance(layer, gpd.GeoDataFrame) or layer.empty:
        raise DataError([Problem(name, "has no geometries", "export the layer again")])
    if layer.crs is None and missing_crs is not None:
        layer = layer.set_crs(_known_crs(missing_crs, "scenario, inputs.missing_crs"))
    if layer.crs is None:
        raise DataError(
            [
                Problem(
                    name,
                    "the CRS is missing",
                    "save the layer with its CRS, or state it as inputs.missing_crs",
                )
            ]
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
