"""Townships and communities: polygons with codes and names; which zone a point lies in."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from siting.errors import DataError, Problem
from siting.inputs.dictionary import Table
from siting.inputs.layers import read_layer
from siting.inputs.tables import check_table

no_zone = -1


def read_zones(
    path: Path, table: Table, crs: CRS, missing_crs: str | None = None
) -> gpd.GeoDataFrame:
    """Read zone polygons.

    Returns
    -------
    geopandas.GeoDataFrame
        The columns of the dictionary and ``geometry`` in ``crs``, in the order of the code.

    Raises
    ------
    DataError
        A column is missing or wrong, a code stands twice, a shape is no valid polygon.
    """
    layer = read_layer(path, crs, missing_crs).reset_index(drop=True)
    shapes = np.asarray(layer.geometry.array)
    is_area = np.isin(shapely.get_type_id(shapes), (3, 6))
    bad = np.flatnonzero(~is_area | ~shapely.is_valid(shapes))
    if len(bad):
        reason = shapely.is_valid_reason(shapes[bad[0]]) if is_area[bad[0]] else "not a polygon"
        raise DataError(
            [
                Problem(
                    f"{path}, feature {bad[0] + 1}",
                    f"{len(bad)} shapes are not valid polygons ({reason})",
                    "repair the geometry in your GIS",
                )
            ]
        )
    attributes = pd.DataFrame(layer.drop(columns=layer.geometry.name))
    attributes["__shape"] = np.arange(len(layer))
    checked = check_table(attributes, table, str(path), first_row=1)
    code = table.key[0]
    position = pd.Series(
        attributes["__shape"].to_numpy(), index=attributes[code].astype(str).str.strip()
    )
    return gpd.GeoDataFrame(
        checked, geometry=shapes[position.loc[checked[code]].to_numpy()], crs=crs
    )


def zone_of(x: np.ndarray, y: np.ndarray, zones: gpd.GeoDataFrame) -> np.ndarray:
    """Return the position of the zone that holds each point, ``no_zone`` where none does.

    A point on a shared boundary belongs to the first zone in the order of the codes.
    """
    tree = shapely.STRtree(np.asarray(zones.geometry.array))
    point, zone = tree.query(shapely.points(x, y), predicate="intersects")
    found = np.full(len(x), len(zones))
    np.minimum.at(found, point, zone)
    return np.where(found == len(zones), no_zone, found)
