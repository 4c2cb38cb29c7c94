"""The street file of a scenario -> Network."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from pyproj import CRS, Transformer

from siting.inputs.files import check_file, problems_named
from siting.inputs.layers import metric_crs, read_layer
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
"""Streets of an OpenStreetMap file are read at least this far beyond the townships (assumption:
detours of a walk of 15 minutes stay within)."""


def read_network(scenario: Scenario) -> Network:
    """Read the streets of a study; local files only.

    The name of the file says what it is: an OpenStreetMap file (``.osm.pbf``, ``.osm``), GraphML
    or GeoPackage as osmnx writes them, or a table of lines with a ``highway`` column. Of an
    OpenStreetMap file only the streets within the longest way of the townships are read.

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


def _study_box(scenario: Scenario, crs: CRS) -> Box | None:
    """Return the box of the townships and the longest way beyond; None where there are none."""
    files = scenario.inputs
    if files.townships is None:
        return None
    townships = read_layer(scenario.path(files.townships), crs, files.missing_crs, files.townships)
    longest_m = max(
        _fastest_kph(scenario, tier.mode) / 3.6 * tier.limit_s for tier in scenario.tiers.values()
    )
    margin_m = max(longest_m, least_margin_m)
    west, south, east, north = townships.total_bounds
    return Transformer.from_crs(crs, 4326, always_xy=True).transform_bounds(
        west - margin_m, south - margin_m, east + margin_m, north + margin_m
    )


def _fastest_kph(scenario: Scenario, mode: str) -> float:
    if mode == "drive":
        return max(scenario.drive.speeds_kph.values(), default=0.0)
    travel = scenario.walk if mode == "walk" else scenario.cycle
    return max([travel.speed_kph, *travel.speed_by_highway_kph.values()])
