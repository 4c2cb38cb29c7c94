"""An edge table of streets -> Network."""

from pathlib import Path

import numpy as np
import shapely
from pyproj import CRS
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from siting.errors import DataError, Problem
from siting.inputs.layers import metric_crs, read_layer
from siting.network.network import Network, Travel, milliseconds, z_order
from siting.notes import Note
from siting.scenario import Scenario

joined_within_m = 0.01
"""Streets meet where their ends agree to a centimetre (assumption: how edge tables are made)."""
square_m = 50.0
"""Side of the squares that order the nodes."""
least_connected_share = 2 / 3
"""A network whose largest piece holds less than this share of its nodes is refused (assumption)."""


def read_network(scenario: Scenario) -> Network:
    """Read the streets of a study as a walkable network; local files only.

    Streets that nobody walks on are left out, and of the rest the largest connected piece is
    kept: a place next to a cut-off piece is led to the nearest node of the kept one, and the
    distance shows it. What is left out is counted in ``notes``.

    Raises
    ------
    DataError
        The table is missing, has no CRS, no ``highway`` column or no lines, or a third of the
        network is cut off from the rest.
    """
    name = scenario.inputs.streets
    crs = metric_crs(scenario)
    streets = read_layer(scenario.path(name), crs, scenario.inputs.missing_crs)
    if "highway" not in streets.columns:
        raise DataError(
            [
                Problem(
                    f"{name}, header",
                    "the column 'highway' is missing",
                    "export the streets with their OpenStreetMap class",
                )
            ]
        )
    lines = np.asarray(streets.geometry.array)
    not_lines = np.flatnonzero(shapely.get_type_id(lines) != shapely.GeometryType.LINESTRING)
    if len(not_lines):
        raise DataError(
            [
                Problem(
                    f"{name}, feature {not_lines[0] + 1}",
                    f"{len(not_lines)} shapes are not single lines",
                    "split multi-part lines before exporting",
                )
            ]
        )
    return build_network(lines, streets["highway"].astype(str).to_numpy(), crs, scenario)


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
        Nothing can be walked, or a third of the network is cut off.
    """
    walk = scenario.walk
    name = Path(scenario.inputs.streets).name
    walkable = ~np.isin(highway, walk.excluded_highways)
    notes = []
    if not walkable.all():
        left_out_km = shapely.length(lines[~walkable]).sum() / 1000
        classes = ", ".join(sorted(set(highway[~walkable])))
        notes.append(
            Note(
                zh=f"{name}：{(~walkable).sum()}条道路（{left_out_km:,.0f}公里，类型 {classes}）"
                "不供步行",
                en=f"{name}: {(~walkable).sum()} streets ({left_out_km:,.0f} km) of classes "
                f"{classes} are not walked on",
            )
        )
    lines, highway = lines[walkable], highway[walkable]
    if not len(lines):
        raise DataError([Problem(name, "holds no street to walk on", "check the column 'highway'")])
    order = np.lexsort((shapely.to_wkb(lines), highway))
    lines, highway = lines[order], highway[order]
    ends = np.c_[
        shapely.get_coordinates(shapely.get_point(lines, 0)),
        shapely.get_coordinates(shapely.get_point(lines, -1)),
    ].reshape(-1, 2)
    nodes, node_of_end = _joined_ends(ends)
    start, end = node_of_end.reshape(-1, 2).T
    nodes_in_all = len(nodes)
    piece = connected_components(
        coo_array((np.ones(len(start)), (start, end)), shape=(nodes_in_all, nodes_in_all)),
        directed=False,
    )[1]
    size = np.bincount(piece)
    kept_node = piece == size.argmax()
    if kept_node.mean() < least_connected_share:
        raise DataError(
            [
                Problem(
                    name,
                    f"the largest connected piece holds only {kept_node.mean():.0%} of "
                    f"{nodes_in_all:,} street nodes",
                    "export the streets with the links between the pieces, and with ends that meet",
                )
            ]
        )
    kept_edge = kept_node[start]
    if not kept_node.all():
        cut_off_km = shapely.length(lines[~kept_edge]).sum() / 1000
        notes.append(
            Note(
                zh=f"{name}：{len(size) - 1}个与路网不连通的小片（{(~kept_node).sum()}个节点，"
                f"{cut_off_km:,.1f}公里）未计入",
                en=f"{name}: {len(size) - 1} small pieces with {(~kept_node).sum()} nodes "
                f"({cut_off_km:,.1f} km) are cut off from the network and were left out",
            )
        )
    new_number = np.cumsum(kept_node) - 1
    lines = lines[kept_edge]
    x, y = nodes[kept_node].T
    order = z_order(x, y, square_m)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    ms = np.maximum(milliseconds(shapely.length(lines), walk.speed_kph), 1)
    return Network(
        crs=crs,
        x=x[order],
        y=y[order],
        start=place[new_number[start[kept_edge]]],
        end=place[new_number[end[kept_edge]]],
        lines=lines,
        highway=highway[kept_edge],
        travel={"walk": Travel(ms, ms, np.ones(len(ms), dtype=bool))},
        walking_kph=walk.speed_kph,
        notes=tuple(notes),
    )


def _joined_ends(ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the coordinates of the nodes, in the order of (x, y), and the node of each end."""
    points, point_of_end = np.unique(ends, axis=0, return_inverse=True)
    close = KDTree(points).query_pairs(joined_within_m, output_type="ndarray")
    links = coo_array((np.ones(len(close)), close.T), shape=(len(points), len(points)))
    group = connected_components(links, directed=False)[1]
    _, first, node_of_group = np.unique(group, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(len(first), dtype=np.int64)
    rank[order] = np.arange(len(first))
    return points[first[order]], rank[node_of_group][point_of_end]
