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
most_overlap = 0.01
"""Share of a zone that a neighbour may overlap: what hand-drawn boundaries do (assumption)."""


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


def check_no_overlap(zones: gpd.GeoDataFrame, name: str) -> None:
    """Refuse zones that lie over one another.

    Raises
    ------
    DataError
        With the pairs that share more than :data:`most_overlap` of the smaller one.
    """
    shapes = np.asarray(zones.geometry.array)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    one, other = one[one < other], other[one < other]
    shared = shapely.area(shapely.intersection(shapes[one], shapes[other]))
    smaller = np.minimum(shapely.area(shapes[one]), shapely.area(shapes[other]))
    bad = np.flatnonzero(shared > most_overlap * smaller)
    if len(bad):
        code = zones.iloc[:, 0].to_numpy()
        pairs = [f"{code[one[i]]} and {code[other[i]]}" for i in bad[:5]]
        raise DataError(
            [
                Problem(
                    name,
                    f"{len(bad)} pairs of zones overlap: {', '.join(pairs)}",
                    "draw each place into one zone only",
                )
            ]
        )


def check_parents(
    communities: gpd.GeoDataFrame | None, townships: gpd.GeoDataFrame, name: str
) -> None:
    """Refuse communities of townships that are not there.

    Raises
    ------
    DataError
        With the unknown township codes.
    """
    if communities is None:
        return
    strangers = sorted(set(communities["township_code"]) - set(townships["township_code"]))
    if strangers:
        raise DataError(
            [
                Problem(
                    f"{name}, column township_code",
                    f"{len(strangers)} codes are no township: {', '.join(strangers[:5])}",
                    "use the codes of the townships layer",
                )
            ]
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
