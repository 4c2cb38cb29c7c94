"""The layers of the map: streets, zones, isochrones and sites in whole metres of Web Mercator."""

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS, Transformer

from siting.inputs import Inputs
from siting.network import Network, z_order
from siting.review.line_pack import pack
from siting.review.people_content import people_squares

web_mercator = CRS.from_epsg(3857)
street_detail_m = 1.5
isochrone_detail_m = 12.0
"""Lines are drawn simplified by at most this much."""
square_m = 64.0
"""Side of the squares that order the streets."""
street_classes = {
    "main": ("trunk", "primary", "secondary"),
    "side": ("tertiary", "unclassified", "residential", "living_street", "road"),
}
"""OpenStreetMap classes drawn alike, links included; all others are drawn as paths."""


def map_layers(
    inputs: Inputs,
    network: Network,
    isochrones: gpd.GeoDataFrame,
    children: Mapping[str, Mapping[int, pd.DataFrame]],
) -> dict[str, Any]:
    """Return everything the map draws but the sites' data.

    Parameters
    ----------
    isochrones
        ``site_id, geometry`` in the CRS of the inputs.
    children
        State -> year -> children of every cell; see :class:`siting.review.Findings`.

    Returns
    -------
    dict
        ``origin`` (Web Mercator, metres), ``streets`` by class, ``townships`` in the order of
        the inputs, ``districts``, ``isochrones`` as packs, ``isochrone_sites``, ``people`` (squares
        with their children), and ``site_x``, ``site_y`` in the order of ``inputs.sites``.
    """
    projection = _Projection(inputs.townships)
    shapes = isochrones.geometry.simplify(isochrone_detail_m)
    x, y, people = people_squares(inputs, children)
    return {
        **_ground(projection, inputs.townships, "district_code", network),
        "isochrones": projection.pack_areas(shapes),
        "isochrone_sites": isochrones["site_id"].tolist(),
        "people": {**people, "at": projection.pack_points(x, y)},
        **_points(projection, inputs.sites),
    }


def placing_layers(
    townships: gpd.GeoDataFrame, network: Network, sites: pd.DataFrame
) -> dict[str, Any]:
    """Return what the map for placing sites draws: the layers of the ground and placed sites.

    Parameters
    ----------
    townships
        ``district, geometry`` in a metric CRS.
    sites
        ``x, y`` in the same CRS.

    Returns
    -------
    dict
        As :func:`map_layers`, without isochrones.
    """
    projection = _Projection(townships)
    return {
        **_ground(projection, townships, "district", network),
        **_points(projection, sites),
    }


def compared_layers(townships: gpd.GeoDataFrame, sites: pd.DataFrame) -> dict[str, Any]:
    """Return what the map of compared plans draws: townships, districts and sites.

    Parameters
    ----------
    townships
        ``district, geometry`` in a metric CRS.
    sites
        ``lon, lat``.

    Returns
    -------
    dict
        As :func:`map_layers`, without streets, isochrones and people.
    """
    projection = _Projection(townships)
    to_metric = Transformer.from_crs(4326, townships.crs, always_xy=True)
    x, y = to_metric.transform(sites["lon"].to_numpy(), sites["lat"].to_numpy())
    return {
        **_ground(projection, townships, "district", None),
        "isochrones": projection.pack_areas(gpd.GeoSeries([], crs=townships.crs)),
        "isochrone_sites": [],
        "people": {"layers": []},
        **_points(projection, pd.DataFrame({"x": x, "y": y})),
    }


def _ground(
    projection: "_Projection", townships: gpd.GeoDataFrame, district: str, network: Network | None
) -> dict[str, Any]:
    # A metre closes the hairlines between outlines that were not drawn as one.
    closed = gpd.GeoDataFrame(
        townships[[district]], geometry=townships.geometry.buffer(1.0, join_style="mitre")
    )
    return {
        "origin": [int(projection.east_m), int(projection.north_m)],
        "streets": {
            name: projection.pack_streets(lines) for name, lines in _street_lines(network).items()
        },
        "townships": projection.pack_areas(townships.geometry),
        "districts": projection.pack_areas(closed.dissolve(district).geometry),
    }


def _points(projection: "_Projection", sites: pd.DataFrame) -> dict[str, list[int]]:
    x, y = projection.place(sites["x"].to_numpy(), sites["y"].to_numpy())
    return {
        "site_x": np.rint(x).astype(int).tolist(),
        "site_y": np.rint(y).astype(int).tolist(),
    }


def _street_lines(network: Network | None) -> dict[str, np.ndarray]:
    """Return the streets that are drawn alike; none where there is no network."""
    if network is None:
        return dict.fromkeys((*street_classes, "path"), np.empty(0, dtype=object))
    return {name: network.lines[of_class] for name, of_class in _street_classes(network).items()}


def _street_classes(network: Network) -> dict[str, np.ndarray]:
    """Return which streets are drawn alike; those closed to every mode are not drawn."""
    highway = pd.Series(network.highway, dtype=str).str.removesuffix("_link")
    found = {name: highway.isin(kinds).to_numpy() for name, kinds in street_classes.items()}
    found["path"] = ~np.any(list(found.values()), axis=0)
    return {name: of_class & network.travelled for name, of_class in found.items()}


class _Projection:
    """From the metric CRS of a study to metres of Web Mercator from the corner of the area."""

    def __init__(self, townships: gpd.GeoDataFrame) -> None:
        self.transformer = Transformer.from_crs(townships.crs, web_mercator, always_xy=True)
        west, south, _, _ = townships.total_bounds
        corner = self.transformer.transform(west, south)
        self.east_m, self.north_m = np.floor(corner)

    def place(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        east, north = self.transformer.transform(x, y)
        return east - self.east_m, north - self.north_m

    def pack_points(self, x: np.ndarray, y: np.ndarray) -> str:
        """Pack each point as a feature of one point."""
        one = np.ones(len(x), dtype=int)
        return pack(*self.place(x, y), one, one)

    def pack_streets(self, lines: np.ndarray) -> str:
        """Pack each line as a feature, neighbours near each other."""
        x, y = shapely.get_coordinates(shapely.centroid(lines)).T
        lines = shapely.simplify(lines[z_order(x, y, square_m)], street_detail_m)
        coordinates, line = shapely.get_coordinates(lines, return_index=True)
        points = np.bincount(line, minlength=len(lines))
        x, y = self.place(coordinates[:, 0], coordinates[:, 1])
        return pack(x, y, points, np.ones(len(lines), dtype=int))

    def pack_areas(self, areas: gpd.GeoSeries) -> str:
        """Pack each area as a feature of rings; inside is what an odd number of rings holds."""
        parts, area_of_part = shapely.get_parts(np.asarray(areas.array), return_index=True)
        rings, part_of_ring = shapely.get_rings(parts, return_index=True)
        coordinates, ring = shapely.get_coordinates(rings, return_index=True)
        x, y = self.place(coordinates[:, 0], coordinates[:, 1])
        return pack(
            x,
            y,
            np.bincount(ring, minlength=len(rings)),
            np.bincount(area_of_part[part_of_ring], minlength=len(areas)),
        )
