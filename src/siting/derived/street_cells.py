"""Demand cells along the streets where people live."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from siting.errors import DataError, Problem
from siting.inputs.zones import no_zone, zone_of
from siting.network import Network
from siting.notes import Note
from siting.scenario.population import PopulationStreets

rounding_share = 1e-9
"""What binary fractions may add to the length of a street: 300 m at 100 m are three parts."""


def street_cells(
    network: Network, townships: gpd.GeoDataFrame, asked: PopulationStreets, place: str
) -> tuple[pd.DataFrame, Note]:
    """Spread points evenly along the streets of the classes asked for.

    Each street is cut at the edge of the study area and divided into the fewest equal parts of
    at most ``spacing_m``; a point in the middle of each part stands for its length. The lengths
    of all points add up to that of the streets inside.

    Parameters
    ----------
    townships
        ``township_code``; together they are the study area, in the CRS of the network.
    place
        Where the scenario names the classes, for messages.

    Returns
    -------
    pandas.DataFrame
        ``cell_id, lon, lat, township_code, weight``, in the order of ``cell_id``, which counts
        the points from west to east; ``weight`` holds the metres of street.
    Note
        That the spread is modelled, and how much street lies inside and outside.

    Raises
    ------
    DataError
        No street of these classes lies inside the study area.
    """
    lines = network.lines[np.isin(network.highway, asked.highways)]
    inside = _inside(lines, townships)
    length_m = shapely.length(inside)
    if not length_m.sum() > 0:
        known = ", ".join(sorted(set(network.highway)))
        raise DataError(
            [
                Problem(
                    place,
                    f"no street of {', '.join(asked.highways)} lies inside the study area",
                    f"name classes of the street file: {known}",
                )
            ]
        )
    parts = np.maximum(np.ceil(length_m / asked.spacing_m - rounding_share), 1).astype(np.int64)
    of_line = np.repeat(np.arange(len(inside)), parts)
    number = np.arange(parts.sum()) - np.repeat(np.cumsum(parts) - parts, parts)
    points = shapely.line_interpolate_point(
        inside[of_line], (number + 0.5) / parts[of_line], normalized=True
    )
    x, y = shapely.get_x(points), shapely.get_y(points)
    weight = (length_m / parts)[of_line]
    order = np.lexsort((weight, y, x))
    lon, lat = Transformer.from_crs(network.crs, 4326, always_xy=True).transform(x[order], y[order])
    digits = max(5, len(str(len(order))))
    cells = pd.DataFrame(
        {
            "cell_id": [f"s{i:0{digits}d}" for i in range(1, len(order) + 1)],
            "lon": lon,
            "lat": lat,
            "township_code": _township_of(points[order], townships),
            "weight": weight[order],
        }
    )
    return cells, _note(cells, shapely.length(lines).sum() - length_m.sum(), asked)


def _inside(lines: np.ndarray, townships: gpd.GeoDataFrame) -> np.ndarray:
    """Return the parts of the lines inside the townships, as single lines with a length."""
    area = shapely.union_all(townships.geometry.array)
    shapely.prepare(area)
    whole = shapely.covers(area, lines)
    cut = shapely.intersection(lines[~whole & shapely.intersects(area, lines)], area)
    # a line touching the area leaves points, one inside several parts of it a collection
    pieces = shapely.get_parts(shapely.get_parts(cut))
    pieces = pieces[shapely.length(pieces) > 0]
    return np.concatenate([lines[whole & (shapely.length(lines) > 0)], pieces])


def _township_of(points: np.ndarray, townships: gpd.GeoDataFrame) -> np.ndarray:
    """Return the code of each point's township, also where rounding puts it beside the border."""
    zone = zone_of(shapely.get_x(points), shapely.get_y(points), townships)
    beside = zone == no_zone
    zone[beside] = shapely.STRtree(np.asarray(townships.geometry.array)).nearest(points[beside])
    return townships["township_code"].to_numpy()[zone]


def _note(cells: pd.DataFrame, outside_m: float, asked: PopulationStreets) -> Note:
    inside_km, outside_km = cells["weight"].sum() / 1000, outside_m / 1000
    classes = ", ".join(asked.highways)
    return Note(
        zh=f"人口分布为推算：常住人口按住宅街道长度均摊（道路类型 {classes}，范围内"
        f"{inside_km:,.1f}公里、{len(cells):,}个需求单元；范围外{outside_km:,.1f}公里未计入；"
        f"依据：{asked.source}）",
        en=f"Where people live is modelled: residents are spread evenly by length over streets of "
        f"classes {classes} ({inside_km:,.1f} km and {len(cells):,} cells inside the study area, "
        f"{outside_km:,.1f} km outside left out; source: {asked.source})",
    )
