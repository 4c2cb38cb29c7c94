"""An OpenStreetMap file -> streets that meet at shared nodes."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import CRS, Transformer

from siting.errors import DataError, Problem
from siting.network.access import barred_modes
from siting.network.access_rules import barrier_keys, not_streets, rule_keys
from siting.network.osm_file import Box, OsmFile, tags_among
from siting.network.streets import Streets
from siting.notes import Note

extent_detail_deg = 0.05
"""A side of a box bends in another CRS; it is drawn with a corner at least every so often."""
ways_at_once = 20_000
"""Ways that are held as text before they become arrays; bounds the memory of a large file."""
header_digits = 18
"""Well-known binary of a line as hexadecimal text: byte order, type and number of points come
before the coordinates (OGC 06-103r4, 8.2)."""


@dataclass
class _Ways:
    """Ways as flat arrays: node and position (degrees) of every vertex, vertices of every way."""

    way: list[np.ndarray] = field(default_factory=list)
    node: list[np.ndarray] = field(default_factory=list)
    lon_lat: list[np.ndarray] = field(default_factory=list)
    vertices: list[np.ndarray] = field(default_factory=list)
    tags_of: list[np.ndarray] = field(default_factory=list)
    kinds: dict[tuple[tuple[str, str], ...], int] = field(default_factory=dict)
    incomplete: int = 0
    squares: int = 0
    ferries: int = 0
    unbuilt: int = 0
    outside: int = 0


def read_osm_streets(path: Path, crs: CRS, box: Box | None = None) -> Streets:
    """Read the ways with a ``highway`` tag of an OpenStreetMap file.

    Ways are divided where they share a node with another street, and at barriers; a bridge and
    the road below it share none, and do not meet. Left out and counted: streets that are not
    built or no longer there, ferries (a ferry keeps a timetable, which this does not know), and
    the parts of ways whose nodes the file lacks, as at the edge of an extract, and squares drawn
    as multipolygons (one drawn as a closed way is walked along its outline).

    Parameters
    ----------
    crs
        CRS of the lines.
    box
        Leave out ways that do not touch it.

    Raises
    ------
    DataError
        The file is missing, damaged or no OpenStreetMap file, or holds no street.
    """
    import osmium

    file = OsmFile(path)
    barriers = {
        node.id: tags
        for node in file.nodes(osmium.filter.KeyFilter("barrier"))
        if barred_modes(tags := dict(tags_among(node, sorted(barrier_keys))))
    }
    ways = _read_ways(file, box)
    if not ways.vertices and ways.incomplete and not ways.outside:
        raise DataError(
            [
                Problem(
                    str(path),
                    f"none of its {ways.incomplete:,} streets has nodes with coordinates",
                    "take an extract that holds the nodes of its ways; if it was made by hand, "
                    "check that lon and lat are not swapped",
                )
            ]
        )
    if not ways.vertices:
        where = " near the study area" if ways.outside else ""
        raise DataError(
            [
                Problem(
                    str(path),
                    f"holds no way with a highway tag{where}",
                    "take an extract of the study area with its streets",
                )
            ]
        )
    way, node = np.concatenate(ways.way), np.concatenate(ways.node)
    vertices, lon_lat = np.concatenate(ways.vertices), np.concatenate(ways.lon_lat)
    first, last = _pieces(node, vertices, np.fromiter(barriers, np.int64, len(barriers)))
    to_metric = Transformer.from_crs(4326, crs, always_xy=True)
    x, y = to_metric.transform(*lon_lat.T)
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise DataError(
            [Problem(str(path), f"lies outside '{crs.name}'", "name the CRS of the study area")]
        )
    count = last - first + 1
    vertex = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count - first, count)
    lines = shapely.linestrings(
        np.c_[x[vertex], y[vertex]], indices=np.repeat(np.arange(len(count)), count)
    )
    way_of = np.searchsorted(np.cumsum(vertices), first, side="right")
    order = np.lexsort((first, way[way_of]))
    return Streets(
        name=path.name,
        lines=lines[order],
        ends=np.c_[node[first], node[last]][order],
        tags=tuple(dict(kind) for kind in ways.kinds),
        tags_of=np.concatenate(ways.tags_of)[way_of][order],
        extent=_extent(file.box(), box, to_metric),
        barriers=barriers,
        notes=tuple(_notes(path.name, ways)),
    )


def _extent(held: Box | None, asked: Box | None, to_metric: Transformer) -> shapely.Polygon | None:
    """Return the area of which every street is known, in the CRS of the study."""
    boxes = [shapely.box(*each) for each in (held, asked) if each is not None]
    if not boxes:
        return None
    known = shapely.segmentize(shapely.intersection_all(boxes), extent_detail_deg)
    return shapely.transform(known, to_metric.transform, interleaved=False)


def _read_ways(file: OsmFile, box: Box | None) -> _Ways:
    import osmium

    ways = _Ways()
    hex_of = osmium.geom.WKBFactory().create_linestring
    every_node = osmium.geom.use_nodes.ALL
    keys = sorted(rule_keys)
    way, node, tags_of, text = array("q"), array("q"), array("q"), list[str]()
    for element in _street_ways(file, ways):
        tags = tags_among(element, keys)
        kind = ways.kinds.setdefault(tags, len(ways.kinds))
        try:
            parts = [([ref.ref for ref in element.nodes], hex_of(element, every_node))]
        except (osmium.InvalidLocationError, RuntimeError):
            ways.incomplete += 1
            parts = list(_located_parts(element))
        for refs, line in parts:
            way.append(element.id)
            tags_of.append(kind)
            node.extend(refs)
            text.append(line)
        if len(text) >= ways_at_once:
            _add(ways, way, node, tags_of, text, box)
            way, node, tags_of, text = array("q"), array("q"), array("q"), list[str]()
    _add(ways, way, node, tags_of, text, box)
    return ways


def _street_ways(file: OsmFile, ways: _Ways) -> Iterator[Any]:
    """Return the ways that are streets, and count what else would be one."""
    import osmium

    for element in file.ways_and_relations(osmium.filter.KeyFilter("highway", "route")):
        value_of = element.tags.get
        highway = value_of("highway")
        if element.is_relation():
            ways.squares += highway is not None and value_of("type") == "multipolygon"
        elif highway is None:
            ways.ferries += value_of("route") == "ferry"
        elif highway in not_streets:
            ways.unbuilt += 1
        else:
            yield element


def _located_parts(way: Any) -> Iterator[tuple[list[int], str]]:  # noqa: ANN401
    """Return the runs of at least two nodes of a way whose positions are known."""
    for located, run in groupby(way.nodes, key=lambda ref: ref.location.valid()):
        refs = [(ref.ref, ref.lon, ref.lat) for ref in run] if located else []
        if len(refs) > 1:
            line = shapely.LineString([lon_lat for _, *lon_lat in refs])
            yield [ref for ref, *_ in refs], shapely.to_wkb(line, hex=True, byte_order=1)


def _add(
    ways: _Ways,
    way: "array[int]",
    node: "array[int]",
    tags_of: "array[int]",
    text: list[str],
    box: Box | None,
) -> None:
    """Add what was read as text, as arrays, without the ways that do not touch the box."""
    if not text:
        return
    vertices = np.array([(len(line) - header_digits) // 32 for line in text])
    lon_lat = np.frombuffer(
        bytes.fromhex("".join(line[header_digits:] for line in text)), dtype="<f8"
    ).reshape(-1, 2)
    kept = np.ones(len(text), dtype=bool)
    if box is not None:
        first = np.cumsum(vertices) - vertices
        west, south = np.minimum.reduceat(lon_lat, first).T
        east, north = np.maximum.reduceat(lon_lat, first).T
        kept = (west <= box[2]) & (east >= box[0]) & (south <= box[3]) & (north >= box[1])
        ways.outside += int((~kept).sum())
    if not kept.any():
        return
    of_kept = np.repeat(kept, vertices)
    ways.way.append(np.frombuffer(way, dtype=np.int64)[kept])
    ways.tags_of.append(np.frombuffer(tags_of, dtype=np.int64)[kept])
    ways.node.append(np.frombuffer(node, dtype=np.int64)[of_kept])
    ways.lon_lat.append(lon_lat[of_kept])
    ways.vertices.append(vertices[kept])


def _pieces(
    node: np.ndarray, vertices: np.ndarray, barriers: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the first and the last vertex of each piece between two meeting nodes of a way."""
    last = np.cumsum(vertices) - 1
    first = last - vertices + 1
    _, number, uses = np.unique(node, return_inverse=True, return_counts=True)
    meets = (uses[number] > 1) | np.isin(node, barriers)
    meets[first] = meets[last] = True
    at = np.flatnonzero(meets)
    same_way = ~np.isin(at[:-1], last)
    return at[:-1][same_way], at[1:][same_way]


def _notes(name: str, ways: _Ways) -> Iterator[Note]:
    counted = (
        (ways.outside, "条道路远离规划范围", "streets lie far from the study area"),
        (ways.unbuilt, "条在建、规划或已废弃的道路", "streets are planned, being built or gone"),
        (ways.ferries, "条轮渡航线", "ferry routes"),
        (ways.squares, "个以多边形关系绘制的广场", "squares drawn as multipolygons"),
    )
    for count, zh, en in counted:
        if count:
            yield Note(zh=f"{name}：{count}{zh}，未计入", en=f"{name}: {count} {en}; left out")
    if ways.incomplete:
        yield Note(
            zh=f"{name}：{ways.incomplete}条道路的部分节点不在文件中（多在裁剪边缘），缺失部分未计入",
            en=f"{name}: {ways.incomplete} streets refer to nodes that the file lacks, as at the "
            "edge of an extract; those parts were left out",
        )
