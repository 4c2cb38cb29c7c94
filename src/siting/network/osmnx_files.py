"""GraphML and GeoPackage as osmnx writes them -> streets with the nodes of OpenStreetMap."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataSourceError
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from siting.errors import DataError, Problem
from siting.inputs.layers import read_layer
from siting.network.access import Tags, barred_modes
from siting.network.access_rules import barrier_keys, rule_keys
from siting.network.edge_table import tag_sets
from siting.network.graphml import read_graphml
from siting.network.streets import Streets, without_twins

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
            tags=tags,
            tags_of=tags_of,
            barriers=_barriers(nodes),
        )
    )


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
    except CRSError:
        problems.append(Problem(str(path), "the graph states no known CRS", save_again))
    if problems:
        raise DataError(problems)
    number = pd.Series(np.arange(len(nodes)), index=nodes["id"])
    u, v = (number.reindex(edges[end]).to_numpy(dtype=float) for end in ("source", "target"))
    lost = np.flatnonzero(np.isnan(u) | np.isnan(v))
    xy = np.c_[
        pd.to_numeric(nodes["x"], errors="coerce"), pd.to_numeric(nodes["y"], errors="coerce")
    ]
    if len(lost) or number.index.has_duplicates:
        raise DataError(
            [Problem(str(path), f"{len(lost)} edges lead to nodes that are not there", save_again)]
        )
    edges = edges.assign(u=u.astype(np.int64), v=v.astype(np.int64))
    lines = shapely.linestrings(xy[edges[["u", "v"]].to_numpy()])
    if "geometry" in edges.columns:
        drawn = edges["geometry"].notna().to_numpy()
        lines[drawn] = shapely.from_wkt(edges["geometry"][drawn].to_numpy(), on_invalid="ignore")
    coordinates = shapely.get_coordinates(lines)
    is_line = shapely.get_type_id(lines) == shapely.GeometryType.LINESTRING
    x, y = to_metric.transform(*coordinates.T)
    if not (is_line.all() and np.isfinite(coordinates).all() and np.isfinite(np.r_[x, y]).all()):
        raise DataError(
            [
                Problem(
                    str(path),
                    "some edges have no course, or coordinates that are no numbers "
                    "or lie outside the CRS",
                    save_again,
                )
            ]
        )
    return nodes, edges, shapely.set_coordinates(lines.copy(), np.c_[x, y])


def _from_layers(path: Path, crs: CRS) -> tuple[pd.DataFrame, pd.DataFrame, np.ndarray]:
    edges = read_layer(path, crs, layer_name="edges")
    nodes = read_layer(path, crs, layer_name="nodes")
    lines = shapely.force_2d(np.asarray(edges.geometry.array))
    number = pd.Series(np.arange(len(nodes)), index=nodes.get("osmid"))
    ends = [number.reindex(edges[end]).to_numpy(dtype=float) for end in ("u", "v")]
    is_line = shapely.get_type_id(lines) == shapely.GeometryType.LINESTRING
    if number.index.has_duplicates or np.isnan(ends).any() or not is_line.all():
        raise DataError(
            [
                Problem(
                    str(path),
                    "some edges lead to nodes that are not there, or are no single lines",
                    save_again,
                )
            ]
        )
    u, v = (end.astype(np.int64) for end in ends)
    at = shapely.get_coordinates(nodes.geometry.array)
    first = shapely.get_coordinates(shapely.get_point(lines, 0))
    turned = np.hypot(*(first - at[u]).T) > np.hypot(*(first - at[v]).T)
    edges = edges.assign(u=np.where(turned, v, u), v=np.where(turned, u, v))
    return pd.DataFrame(nodes.drop(columns="geometry")), pd.DataFrame(edges), lines


def _barriers(nodes: pd.DataFrame) -> dict[int, Tags]:
    if "barrier" not in nodes.columns:
        return {}
    tags, tags_of = tag_sets({str(key): nodes[key] for key in nodes if key in barrier_keys})
    stops = np.array([bool(barred_modes(each)) for each in tags])
    return {int(node): tags[tags_of[node]] for node in np.flatnonzero(stops[tags_of])}
