"""The street file of a scenario -> Network."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from pyproj import CRS, Transformer

from siting.errors import DataError
from siting.inputs import dictionary
from siting.inputs.coordinates import to_wgs84
from siting.inputs.files import check_file, problems_named
from siting.inputs.layers import metric_crs, read_layer
from siting.inputs.tables import read_table
from siting.network.access import is_two_way
from siting.network.edge_table import read_edge_table
from siting.network.joining import join_streets
from siting.network.network import Network
from siting.network.osm_file import Box, is_osm_file
from siting.network.osm_streets import read_osm_streets
from siting.network.osmnx_files import is_osmnx_file, read_osmnx_streets
from siting.network.streets import Streets, joined_ends
from siting.notes import Note
from siting.scenario import Scenario

least_margin_m = 3000.0
"""Streets of an OpenStreetMap file are read at least this far beyond the study area (assumption:
detours of a walk of 15 minutes stay within)."""


def read_network(scenario: Scenario) -> Network:
    """Read the streets of a study; local files only.

    The name of the file says what it is: an OpenStreetMap file (``.osm.pbf``, ``.osm``), GraphML
    or GeoPackage as osmnx writes them, or a table of lines with a ``highway`` column. Of an
    OpenStreetMap file only the streets near the study area are read, where townships or the
    coordinates of all seats tell it: up to :func:`siting.network.reading.margin_m`.

    Raises
    ------
    DataError
        The file is missing, damaged or of another kind, has no CRS, holds no street for a mode,
        or a third of the network is cut off from the rest.
    """
    name = scenario.inputs.streets
    path, crs = scenario.path(name), metric_crs(scenario)
    check_file(path, name)
    with problems_named(path, name):
        if is_osm_file(path):
            streets = read_osm_streets(path, crs, _study_box(scenario, crs))
        elif is_osmnx_file(path):
            streets = read_osmnx_streets(path, crs)
        else:
            streets = read_edge_table(path, crs, scenario.inputs.missing_crs)
            streets = replace(streets, notes=(*streets.notes, *_two_way_notes(streets, scenario)))
    return join_streets(streets, crs, scenario)


def build_network(lines: np.ndarray, highway: np.ndarray, crs: CRS, scenario: Scenario) -> Network:
    """Join lines that meet at their ends into a network.

    Parameters
    ----------
    lines
        LineStrings in ``crs``.
    highway
        OpenStreetMap class of each line.

    Raises
    ------
    DataError
        A mode has no street, or a third of its streets is cut off.
    """
    classes, class_of = np.unique(np.asarray(highway, dtype=str), return_inverse=True)
    streets = Streets(
        name=Path(scenario.inputs.streets).name,
        lines=np.asarray(lines, dtype=object),
        ends=joined_ends(np.asarray(lines, dtype=object)),
        tags=tuple({"highway": str(name)} for name in classes),
        tags_of=class_of,
    )
    return join_streets(streets, crs, scenario)


def _two_way_notes(streets: Streets, scenario: Scenario) -> Iterator[Note]:
    if {"cycle", "drive"}.intersection(scenario.modes) and all(map(is_two_way, streets.tags)):
        yield Note(
            zh=f"{streets.name}：没有 oneway（单行）信息，骑行和驾车按双向通行计算",
            en=f"{streets.name}: nothing says oneway; bicycles and cars go both ways everywhere",
        )


def margin_m(scenario: Scenario) -> float:
    """Return how far beyond the study area streets are read: the longest way, or 3 km."""
    return max(least_margin_m, *map(scenario.longest_way_m, scenario.tiers))


def _study_box(scenario: Scenario, crs: CRS) -> Box | None:
    """Return the box of the study area and the margin beyond; None where nothing tells it."""
    files = scenario.inputs
    if files.townships is not None:
        path = scenario.path(files.townships)
        bounds = read_layer(path, crs, files.missing_crs, files.townships).total_bounds
    else:
        bounds = _bounds_around_seats(scenario, crs)
    if not np.isfinite(bounds).all():
        return None
    west, south, east, north = bounds + margin_m(scenario) * np.array([-1, -1, 1, 1])
    return Transformer.from_crs(crs, 4326, always_xy=True).transform_bounds(
        west, south, east, north
    )


def _bounds_around_seats(scenario: Scenario, crs: CRS) -> np.ndarray:
    """Return the box that townships drawn around the seats lie in, NaN where it is not known.

    What is wrong with the table of seats is told where the tables are read.
    """
    name, asked = str(scenario.inputs.seats), scenario.seat_zones
    try:
        seats = read_table(scenario.path(name), dictionary.seats, name).frame
    except DataError:
        return np.full(4, np.nan)
    lon, lat = seats["lon"].to_numpy(), seats["lat"].to_numpy()
    if scenario.inputs.coordinates != "wgs84":
        lon, lat = to_wgs84(lon, lat, scenario.inputs.coordinates)
    x, y = Transformer.from_crs(4326, crs, always_xy=True).transform(lon, lat)
    # the time of within_m at the usual speed may lead farther along streets walked faster
    faster = scenario.fastest_kph("walk") / scenario.walk.speed_kph
    beyond_m = asked.within_m * faster + asked.margin_m
    low = np.min(x) - beyond_m, np.min(y) - beyond_m
    return np.array([*low, np.max(x) + beyond_m, np.max(y) + beyond_m])
