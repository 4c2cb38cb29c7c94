"""Places of an OpenStreetMap file by their tags: kindergartens, clinics, seats."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from siting.network.osm_file import OsmFile

Row = dict[str | int, object]
Tags = Mapping[str, tuple[str, ...]]
"""Key -> values; a place has one of the values under every key."""


def read_osm_places(path: Path, wanted: Sequence[Tags]) -> list[pd.DataFrame]:
    """Read the nodes, ways and multipolygons with some tags, all in one reading of the file.

    Returns
    -------
    list of pandas.DataFrame
        For each of ``wanted`` its places: ``osm_id`` (``node/1``, ``way/2``, ``relation/3``),
        ``name`` (empty if there is none), ``lon``, ``lat`` (WGS-84; of areas the centre, or a
        point inside where the centre is not; NaN where the file lacks the nodes), in the order
        of ``osm_id``.

    Raises
    ------
    DataError
        The file is missing, damaged or no OpenStreetMap file.
    ValueError
        No key, or a key without values: that would be every place.
    """
    import osmium

    if not all(tags and all(tags.values()) for tags in wanted):
        raise ValueError("name at least one key, and values for each")
    pairs = {(key, value) for tags in wanted for key in tags for value in tags[key]}

    def any_pair() -> Any:  # noqa: ANN401
        return osmium.filter.TagFilter(*sorted(pairs))

    file = OsmFile(path)
    rows: list[Row] = []
    outlines: dict[int, list[int]] = {}
    for relation in file.relations(any_pair()):
        if relation.tags.get("type") == "multipolygon":
            outlines[len(rows)] = [m.ref for m in relation.members if _is_outer(m)]
            rows.append(_row("relation", relation, wanted, None))
    rows += [_row("node", node, wanted, _point(node)) for node in file.nodes(any_pair())]
    rows += [_row("way", way, wanted, _middle([_line(way)])) for way in file.ways(any_pair())]
    if outlines:
        ids = sorted({way for ways in outlines.values() for way in ways})
        lines = {way.id: _line(way) for way in file.ways(osmium.filter.IdFilter(ids))}
        for row, ways in outlines.items():
            rows[row].update(_coordinates(_middle([lines[way] for way in ways if way in lines])))
    columns = ["osm_id", "name", "lon", "lat", *range(len(wanted))]
    places = pd.DataFrame(rows, columns=columns).astype({"lon": float, "lat": float})
    places = places.sort_values("osm_id")
    return [
        places.loc[places[i].astype(bool), columns[:4]].reset_index(drop=True)
        for i in range(len(wanted))
    ]


def _is_outer(member: Any) -> bool:  # noqa: ANN401
    return member.type == "w" and member.role in {"outer", ""}


def _row(
    kind: str,
    element: Any,  # noqa: ANN401
    wanted: Sequence[Tags],
    point: shapely.Point | None,
) -> Row:
    """Return an element, and for each of ``wanted``, under its number, whether it is one."""
    value_of = element.tags.get
    return {
        "osm_id": f"{kind}/{element.id}",
        "name": value_of("name", ""),
        **_coordinates(point),
        **{
            i: all(value_of(key) in values for key, values in tags.items())
            for i, tags in enumerate(wanted)
        },
    }


def _coordinates(point: shapely.Point | None) -> Row:
    return {"lon": point.x, "lat": point.y} if point else {"lon": np.nan, "lat": np.nan}


def _point(node: Any) -> shapely.Point | None:  # noqa: ANN401
    return shapely.Point(node.lon, node.lat) if node.location.valid() else None


def _line(way: Any) -> list[tuple[float, float]]:  # noqa: ANN401
    return list(_located(way))


def _located(way: Any) -> Iterator[tuple[float, float]]:  # noqa: ANN401
    return ((ref.lon, ref.lat) for ref in way.nodes if ref.location.valid())


def _middle(lines: list[list[tuple[float, float]]]) -> shapely.Point | None:
    """Return the centre of the areas that lines enclose, or a point inside if that is outside.

    Where they enclose none, the middle of the lines.
    """
    drawn = shapely.unary_union([shapely.LineString(line) for line in lines if len(line) > 1])
    if drawn.is_empty:
        points = [point for line in lines for point in line]
        return shapely.Point(points[0]) if points else None
    areas = shapely.unary_union(shapely.get_parts(shapely.polygonize([drawn])))
    if areas.is_empty:
        return shapely.line_interpolate_point(drawn, 0.5, normalized=True)
    return areas.centroid if areas.covers(areas.centroid) else areas.point_on_surface()
