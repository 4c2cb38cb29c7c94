"""Candidates at regular distances."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer
from scipy.spatial import KDTree

from siting.derived.walkable import walkable_nodes
from siting.errors import DataError, Problem
from siting.network import Network
from siting.notes import Note
from siting.scenario.made_sites import CandidateGrid


def grid_candidates(
    network: Network, townships: gpd.GeoDataFrame, asked: CandidateGrid, place: str
) -> tuple[pd.DataFrame, Note]:
    """Put a candidate at the street node nearest to the middle of each square of a grid.

    The grid begins at the north-west corner of the box around the study area. Only middles and
    nodes inside the study area count, only nodes that people walk to, and only those no farther
    from the middle than the corners of its square. A node is taken once, by the first square.
    Whether anyone lives nearby is not asked: a candidate that nobody reaches is never opened.

    Parameters
    ----------
    townships
        Together they are the study area; in the CRS of the network.
    place
        Where the scenario states the spacing, for messages.

    Returns
    -------
    pandas.DataFrame
        ``site_id, name, lon, lat``; named 网格 row-column, rows counted from the north and
        columns from the west, in the order of ``site_id``, which follows rows and columns.
    Note
        How many were made, and how many squares have no street.

    Raises
    ------
    DataError
        No square has a street node.
    """
    spacing_m = asked.spacing_m
    area = shapely.union_all(townships.geometry.array)
    shapely.prepare(area)
    west, south, east, north = shapely.bounds(area)
    column, row = np.meshgrid(
        np.arange(np.ceil((east - west) / spacing_m)),
        np.arange(np.ceil((north - south) / spacing_m)),
    )
    middles = np.c_[
        west + (column.ravel() + 0.5) * spacing_m, north - (row.ravel() + 0.5) * spacing_m
    ]
    squares = np.flatnonzero(shapely.intersects_xy(area, *middles.T))
    nodes = walkable_nodes(network)
    nodes = nodes[shapely.intersects_xy(area, network.x[nodes], network.y[nodes])]
    if len(nodes):
        distance_m, nearest = KDTree(np.c_[network.x, network.y][nodes]).query(middles[squares])
        has_street = distance_m <= spacing_m / np.sqrt(2)
    else:
        nearest = has_street = np.zeros(len(squares), dtype=bool)
    if not has_street.any():
        raise DataError(
            [
                Problem(
                    place,
                    f"no street node lies near the points of a grid of {spacing_m:g} m",
                    "choose a smaller spacing, or check that streets and townships are of one area",
                )
            ]
        )
    node, first = np.unique(nodes[nearest[has_street]], return_index=True)
    order = np.argsort(first)
    node, square = node[order], squares[has_street][first[order]]
    lon, lat = Transformer.from_crs(network.crs, 4326, always_xy=True).transform(
        network.x[node], network.y[node]
    )
    rows, columns = row.ravel()[square].astype(int) + 1, column.ravel()[square].astype(int) + 1
    digits = max(4, len(str(len(node))))
    candidates = pd.DataFrame(
        {
            "site_id": [f"g{i:0{digits}d}" for i in range(1, len(node) + 1)],
            "name": [f"网格 {r}-{c}" for r, c in zip(rows, columns, strict=True)],
            "lon": lon,
            "lat": lat,
        }
    )
    none, again = int((~has_street).sum()), int(has_street.sum()) - len(node)
    note = Note(
        zh=f"候选网格：间距{spacing_m:g}米，取最近道路节点，得候选点位{len(node):,}处（{none:,}格"
        f"附近无道路，{again:,}格与他格同一节点；指标依据：{asked.made_host.source}）",
        en=f"candidate grid: {len(node):,} candidates at the street nodes nearest to a grid of "
        f"{spacing_m:g} m ({none:,} squares have no street near, {again:,} share a node with "
        f"another; source of the figures: {asked.made_host.source})",
    )
    return candidates, note
