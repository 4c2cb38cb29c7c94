"""A table of lines with a ``highway`` column -> streets."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataSourceError
from pyproj import CRS

from siting.errors import DataError, Problem
from siting.inputs.layers import read_layer
from siting.network.access import Tags, values_of
from siting.network.access_rules import rule_keys
from siting.network.streets import Streets, joined_ends, joined_within_m, without_twins
from siting.notes import Note

line_types = (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING)
shapefile_name_length = 10
"""Shapefiles cut the names of columns (dBASE III field names)."""


def read_edge_table(path: Path, crs: CRS, missing_crs: str | None = None) -> Streets:
    """Read a GeoParquet, GeoPackage, Shapefile or GeoJSON file of streets.

    ``highway`` must be there; ``oneway``, ``maxspeed``, ``access``, ``foot``, ``bicycle``,
    ``motor_vehicle`` and the other keys of :data:`~siting.network.access_rules.rule_keys` count
    where they are. Streets meet where their ends do. Multi-part lines are divided, heights are
    dropped, and of two equal lines one is taken.

    Parameters
    ----------
    crs
        CRS of the lines.
    missing_crs
        CRS to assume where the file states none.

    Raises
    ------
    DataError
        The file is missing or unreadable, has no CRS, no column ``highway`` or shapes that are
        not lines.
    """
    with np.errstate(invalid="ignore"):  # NaN is refused below, with its place
        table = read_layer(path, crs, missing_crs, layer_name=_street_layer(path))
    columns = {key: name for name in table.columns if (key := _key(str(name), path)) in rule_keys}
    if "highway" not in columns:
        raise DataError(
            [
                Problem(
                    f"{path}, header",
                    "the column 'highway' is missing",
                    "export the streets with their OpenStreetMap class",
                )
            ]
        )
    lines = shapely.force_2d(np.asarray(table.geometry.array))
    kind = shapely.get_type_id(lines)
    bad = np.flatnonzero(~np.isin(kind, line_types))
    if len(bad):
        raise DataError(
            [
                Problem(
                    f"{path}, feature {bad[0] + 1}",
                    f"{len(bad)} shapes are not lines",
                    "export the streets as lines, without points and polygons",
                )
            ]
        )
    divided = shapely.get_num_geometries(lines) > 1
    parts, row = shapely.get_parts(lines, return_index=True)
    tags, tags_of = tag_sets({key: table[name] for key, name in columns.items()})
    notes = []
    if divided.any():
        notes.append(
            Note(
                zh=f"{path.name}：{divided.sum()}条多段线已拆成{divided[row].sum()}条单线",
                en=f"{path.name}: {divided.sum()} multi-part lines were divided into "
                f"{divided[row].sum()} lines",
            )
        )
    ends = joined_ends(parts)
    loose = _loose_ends(parts, ends)
    if loose:
        notes.append(
            Note(
                zh=f"{path.name}：{loose}处道路端点落在另一条道路中间，两路在此不相接（道路只在端点相接）；"
                "如应相通，请在交叉口处打断道路",
                en=f"{path.name}: {loose} ends of streets lie midway on another street and do not "
                "meet it, as streets meet at their ends; divide streets at their junctions if they "
                "do",
            )
        )
    return without_twins(Streets(path.name, parts, ends, tags, tags_of[row], notes=tuple(notes)))


def _loose_ends(lines: np.ndarray, ends: np.ndarray) -> int:
    """Return how many dead ends lie on another line, away from its ends."""
    _, first, times = np.unique(ends.ravel(), return_index=True, return_counts=True)
    dead = first[times == 1]
    points = shapely.get_point(lines[dead // 2], np.where(dead % 2, -1, 0))
    end, line = shapely.STRtree(lines).query(points, predicate="dwithin", distance=joined_within_m)
    return len(np.unique(end[line != dead[end] // 2]))


def tag_sets(columns: dict[str, Iterable[object]]) -> tuple[tuple[Tags, ...], np.ndarray]:
    """Return the different rows of tag columns, sorted, and the position of each row in them."""
    texts = pd.DataFrame({key: map(_text, column) for key, column in sorted(columns.items())})
    number = texts.groupby(list(texts.columns), sort=True).ngroup().to_numpy()
    rows = texts.iloc[np.unique(number, return_index=True)[1]].to_dict("records")
    return tuple({str(k): v for k, v in row.items() if v} for row in rows), number


def _text(value: object) -> str:
    """Return a cell as OpenStreetMap would write it: lists with ``;``, whole numbers as such.

    Lists are sorted: osmnx writes those of the two directions of a street in any order.
    """
    if value is None or value is pd.NA:
        return ""
    if isinstance(value, (list, tuple, np.ndarray)):
        return ";".join(sorted({_text(item) for item in value}))
    if isinstance(value, float):
        return "" if np.isnan(value) else f"{value:g}"
    text = str(value).strip()
    return ";".join(sorted(set(values_of(text)))) if text.startswith("[") else text


def _key(column: str, path: Path) -> str:
    """Return the key that a column stands for."""
    if path.suffix.lower() != ".shp":
        return column
    cut = {
        key.replace(":", mark)[:shapefile_name_length]: key
        for key in sorted(rule_keys)
        for mark in (":", "_")
    }
    return cut.get(column, column)


def _street_layer(path: Path) -> str | None:
    """Return the layer of a GeoPackage that holds the streets, None for its only one."""
    if path.suffix.lower() != ".gpkg" or not path.is_file():
        return None
    try:
        layers = pyogrio.list_layers(path)
    except DataSourceError:
        return None
    lines = [str(name) for name, kind in layers if kind and "LineString" in kind]
    if len(layers) <= 1:
        return None
    for name in ("edges", "streets"):
        if name in lines:
            return name
    if len(lines) == 1:
        return lines[0]
    raise DataError(
        [
            Problem(
                str(path),
                f"holds {len(lines)} layers of lines: {', '.join(lines)}",
                "name the one with the streets 'streets'",
            )
        ]
    )
