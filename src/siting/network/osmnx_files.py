"""GraphML and GeoPackage as osmnx writes them -> streets with the nodes of OpenStreetMap."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataSourceError
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError

from siting.errors import DataError, Problem
from siting.inputs.layers import farthest_m, read_layer
from siting.network.access import Tags, barred_modes
from siting.network.access_rules import barrier_keys, rule_keys
from siting.network.edge_table import tag_sets
from siting.network.graphml import read_graphml
from siting.network.streets import Streets, without_twins

turned_by_osmnx = {"-1", "reverse", "T"}
turned = {**dict.fromkeys(turned_by_osmnx, "yes"), "yes": "-1"}
save_again = "save the graph again with osmnx (save_graphml or save_graph_geopackage)"


def is_osmnx_file(path: Path) -> bool:
    """Return whether a file is GraphML, or a GeoPackage with the two layers of osmnx."""
    if path.suffix.lower() == ".graphml":
        return True
    if path.suffix.lower() != ".gpkg" or not path.is_file():
        return False
    try:
        names = {str(name) for name, _ in pyogrio.list_layers(path)}
        if not {"nodes", "edges"} <= names:
            return False
        fields = set(pyogrio.read_info(path, layer="edges")["fields"])
    except DataSourceError:
        return False
    return {"u", "v", "highway"} <= fields


def read_osmnx_streets(path: Path, crs: CRS) -> Streets:
    """Read streets that osmnx saved, simplified or not, one edge a direction or one a street.

    osmnx draws each edge in the direction of its travel, and stores a two-way street once for
    each direction: the second is left out. An edge that runs through streets of several classes
    has all of them; what counts is the least that any of them grants.

    Parameters
    ----------
    crs
        CRS of the lines.

    Raises
    ------
    DataError
        The file is missing, damaged or not written by osmnx.
    """
    nodes, edges, lines = (
        _from_graphml(path, crs) if path.suffix.lower() == ".graphml" else _from_layers(path, crs)
    )
    tags, tags_of = tag_sets({str(key): edges[key] for key in edges.columns if key in rule_keys})
    return without_twins(
        Streets(
            name=path.name,
            lines=lines,
            ends=edges[["u", "v"]].to_numpy(dtype=np.int64),
            tags=tuple(map(_as_drawn, tags)),
            tags_of=tags_of,
            barriers=_barriers(nodes),
        )
    )


def _as_drawn(tags: Tags) -> Tags:
    """Return the tags of an edge as they are along its line.

    osmnx turns a way round that is tagged oneway=-1, and may leave the tag.
    """
    if tags.get("oneway") not in turned_by_osmnx:
        return tags
    return {
        key: turned.get(value, value) if key.startswith("oneway") else value
        for key, value in tags.items()
    }


def _from_graphml(path: Path, crs: CRS) -> tuple[pd.DataFrame, pd.DataFrame, np.ndarray]:
    """Return nodes (index: number), edges (u, v: numbers) and the lines of the edges."""
    graph, node_rows, edge_rows = read_graphml(path)
    nodes, edges = pd.DataFrame(node_rows), pd.DataFrame(edge_rows)
    problems = [
        Problem(str(path), f"the {what} have no '{name}'", save_again)
        for what, table, name in (
            ("nodes", nodes, "x"),
            ("nodes", nodes, "y"),
            ("edges", edges, "highway"),
        )
        if name not in table.columns
    ]
    try:
        to_metric = Transformer.from_crs(CRS(graph.get("crs", "")), crs, always_xy=True)
    except ProjError:  # a CRS that is unknown, or to which no way leads
        problems.append(Problem(str(path), "the graph states no known CRS", save_again))
    if problems:
        raise DataError(problems)
    number = pd.Series(np.arange(len(nodes)), index=nodes["id"])
    xy = nodes[["x", "y"]].apply(pd.to_numeric, errors="coerce").to_numpy(dtype=float)
    _check_ends(path, number, edges[["source", "target"]])
    if not np.isfinite(xy).all():
        raise DataError([Problem(str(path), "some x and y of nodes are no numbers", save_again)])
    ends = number.loc[edges[["source", "target"]].to_numpy().ravel()].to_numpy().reshape(-1, 2)
    lines = shapely.linestrings(xy[ends])
    if "geometry" in edges.columns:
        drawn = edges["geometry"].notna().to_numpy()
        with np.errstate(invalid="ignore"):  # NaN is refused below, with its edge
            texts = edges["geometry"][drawn].to_numpy()
            lines[drawn] = shapely.from_wkt(texts, on_invalid="ignore")
    _check_lines(path, lines)
    x, y = to_metric.transform(*shapely.get_coordinates(lines).T)
    if not (np.abs(np.r_[x, y]) <= farthest_m).all():
        raise DataError([Problem(str(path), f"lies outside '{crs.name}'", save_again)])
    return (
        nodes,
        edges.assign(u=ends[:, 0], v=ends[:, 1]),
        shapely.set_coordinates(lines, np.c_[x, y]),
    )


def _from_layers(path: Path, crs: CRS) -> tuple[pd.DataFrame, pd.DataFrame, np.ndarray]:
    edges = read_layer(path, crs, layer_name="edges")
    nodes = read_layer(path, crs, layer_name="nodes")
    lines = shapely.force_2d(np.asarray(edges.geometry.array))
    if "osmid" not in nodes.columns:
        raise DataError([Problem(str(path), "the layer 'nodes' has no 'osmid'", save_again)])
    number = pd.Series(np.arange(len(nodes)), index=nodes["osmid"])
    _check_ends(path, number, edges[["u", "v"]])
    _check_lines(path, lines)
    u, v = (number.loc[edges[end]].to_numpy() for end in ("u", "v"))
    at = shapely.get_coordinates(nodes.geometry.array)
    first = shapely.get_coordinates(shapely.get_point(lines, 0))
    turned = np.hypot(*(first - at[u]).T) > np.hypot(*(first - at[v]).T)
    edges = edges.assign(u=np.where(turned, v, u), v=np.where(turned, u, v))
    return pd.DataFrame(nodes.drop(columns="geometry")), pd.DataFrame(edges), lines


def _check_ends(path: Path, number: pd.Series, ends: pd.DataFrame) -> None:
    lost = int((~ends.isin(number.index)).any(axis=1).sum())
    problems = []
    if lost:
        what = f"{lost} edges lead to nodes that are not there"
        problems.append(Problem(str(path), what, save_again))
    if number.index.has_duplicates:
        problems.append(Problem(str(path), "some nodes stand twice", save_again))
    if problems:
        raise DataError(problems)


def _check_lines(path: Path, lines: np.ndarray) -> None:
    coordinates, edge = shapely.get_coordinates(lines, return_index=True)
    is_course = shapely.get_type_id(lines) == shapely.GeometryType.LINESTRING
    is_course &= ~shapely.is_empty(lines)
    is_course[edge[~np.isfinite(coordinates).all(axis=1)]] = False
    bad = np.flatnonzero(~is_course)
    if len(bad):
        what = f"{len(bad)} edges have no course, or one of numbers that are none"
        raise DataError([Problem(f"{path}, edge {bad[0] + 1}", what, save_again)])


def _barriers(nodes: pd.DataFrame) -> dict[int, Tags]:
    if "barrier" not in nodes.columns:
        return {}
    tags, tags_of = tag_sets({str(key): nodes[key] for key in nodes if key in barrier_keys})
    stops = np.array([bool(barred_modes(each)) for each in tags])
    return {int(node): tags[tags_of[node]] for node in np.flatnonzero(stops[tags_of])}
