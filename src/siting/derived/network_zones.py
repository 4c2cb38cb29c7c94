"""Townships made of their seats: each street belongs to the seat that is nearest on foot."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import KDTree

from siting.derived.walkable import walkable_edges, walkable_nodes
from siting.errors import DataError, Problem
from siting.inputs.zones import no_zone
from siting.network import Network
from siting.notes import Note
from siting.scenario.seat_zones import SeatZones

point_grid_m = 0.001
"""Street points closer than this are one."""
disc_corners = 32


def network_zones(
    network: Network, seats: pd.DataFrame, asked: SeatZones, snap_limit_m: float, name: str
) -> tuple[gpd.GeoDataFrame, Note]:
    """Draw a township around each seat, by the time on foot along the streets.

    A seat stands at its nearest street node. A street node belongs to the seat it walks to
    soonest, if the way takes no longer than ``within_m`` at the walking speed; long streets are
    divided so that each of their parts has a point of its own. A place belongs with the nearest
    of these points and the seats, as the crow flies (Voronoi cells), up to ``margin_m``. An equal
    time to two seats falls to one of them, the same in every run.

    Parameters
    ----------
    seats
        ``township_code, lon, lat`` and what else the townships carry.
    snap_limit_m
        Farthest that a seat may lie from a street node.
    name
        File of the seats, for messages.

    Returns
    -------
    geopandas.GeoDataFrame
        The columns of ``seats`` but ``lon, lat``, and ``geometry`` in the CRS of the network, in
        the order of the code; the polygons do not overlap, and each holds its seat.
    Note
        That these are no administrative boundaries, and what lies beyond them.

    Raises
    ------
    DataError
        A seat lies far from every street, or two seats at the same street node.
    """
    seats = seats.sort_values("township_code").reset_index(drop=True)
    to_metric = Transformer.from_crs(4326, network.crs, always_xy=True)
    seat_xy = np.c_[to_metric.transform(seats["lon"].to_numpy(), seats["lat"].to_numpy())]
    nodes = walkable_nodes(network)
    node_xy = np.c_[network.x, network.y]
    seat_node = _seat_nodes(seats, seat_xy, nodes, node_xy, snap_limit_m, name)
    seat_of_node, node_ms = _nearest_seats(network, seat_node, asked.within_m)
    between_xy, seat_between = _points_between(network, seat_of_node, node_ms, asked)
    xy = np.concatenate([seat_xy, node_xy[nodes], between_xy])
    seat = np.concatenate([np.arange(len(seats)), seat_of_node[nodes], seat_between])
    _, first = np.unique(np.round(xy / point_grid_m), axis=0, return_index=True)
    shapes = _zones(xy[first], seat[first], len(seats), asked.margin_m)
    zones = gpd.GeoDataFrame(seats.drop(columns=["lon", "lat"]), geometry=shapes, crs=network.crs)
    beyond = int((seat_of_node[nodes] == no_zone).sum())
    note = Note(
        zh=f"{name}：乡镇(街道)边界为按路网最近划分（非行政边界）：步行离最近驻地不超过"
        f"{asked.within_m / 1000:g}公里的街道及其{asked.margin_m:g}米以内；{beyond:,}个更远的"
        "路网节点不在规划范围内",
        en=f"{name}: townships are drawn around their seats by the way along the streets (no "
        f"administrative boundaries): streets within {asked.within_m / 1000:g} km on foot of the "
        f"nearest seat and what lies within {asked.margin_m:g} m of them; {beyond:,} street nodes "
        "farther off lie outside the study area",
    )
    return zones, note


def _seat_nodes(
    seats: pd.DataFrame,
    seat_xy: np.ndarray,
    nodes: np.ndarray,
    node_xy: np.ndarray,
    snap_limit_m: float,
    name: str,
) -> np.ndarray:
    """Return the street node of each seat."""
    code = seats["township_code"].to_numpy()
    on_map = np.isfinite(seat_xy).all(axis=1)
    distance_m, nearest = KDTree(node_xy[nodes]).query(np.where(on_map[:, None], seat_xy, 0.0))
    far = ~on_map | (distance_m > snap_limit_m)
    problems = [
        Problem(
            f"{name}, township_code {code[i]}",
            f"its seat lies {distance_m[i] / 1000:,.1f} km from the nearest street on foot"
            if on_map[i]
            else "its seat lies outside the CRS of the study",
            "correct lon and lat (WGS-84), or add the streets around it",
        )
        for i in np.flatnonzero(far)
    ]
    node = nodes[nearest]
    seen: dict[int, str] = {}
    for i in np.flatnonzero(~far):
        other = seen.setdefault(int(node[i]), code[i])
        if other != code[i]:
            problems.append(
                Problem(
                    f"{name}, township_code {code[i]}",
                    f"its seat stands at the same street node as that of {other}",
                    "give each township the place of its own seat",
                )
            )
    if problems:
        raise DataError(problems)
    return node


def _nearest_seats(
    network: Network, seat_node: np.ndarray, within_m: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the seat that each node walks to soonest, ``no_zone`` beyond the limit, and the ms."""
    toward = network.graph("walk", reverse=True)
    limit_ms = float(network.walk_ms(np.array([within_m]))[0])
    node_ms, _, source = dijkstra(
        csr_array((toward.ms, toward.to, toward.first), shape=(network.nodes, network.nodes)),
        indices=seat_node,
        limit=limit_ms,
        min_only=True,
        return_predecessors=True,
    )
    reached = np.isfinite(node_ms)
    seat_at, seat_of_node = np.full((2, network.nodes), no_zone)
    seat_at[seat_node] = np.arange(len(seat_node))
    seat_of_node[reached] = seat_at[source[reached]]
    return seat_of_node, node_ms


def _points_between(
    network: Network, seat_of_node: np.ndarray, node_ms: np.ndarray, asked: SeatZones
) -> tuple[np.ndarray, np.ndarray]:
    """Return points inside long streets, at most ``margin_m`` apart, and the seat of each."""
    walk = network.travel["walk"]
    edges = np.flatnonzero(walkable_edges(network))
    length_m = shapely.length(network.lines[edges])
    inner = np.ceil(length_m / asked.margin_m).astype(np.int64) - 1
    inner = np.maximum(inner, 0)
    of_edge = np.repeat(edges, inner)
    number = np.arange(inner.sum()) - np.repeat(np.cumsum(inner) - inner, inner)
    share = (number + 1) / np.repeat(inner + 1, inner)
    points = shapely.line_interpolate_point(network.lines[of_edge], share, normalized=True)
    edge_ms = np.maximum(walk.forward_ms, walk.backward_ms)[of_edge]
    start, end = network.start[of_edge], network.end[of_edge]
    by_start_ms = node_ms[start] + share * edge_ms
    by_end_ms = node_ms[end] + (1 - share) * edge_ms
    seat = np.where(by_start_ms <= by_end_ms, seat_of_node[start], seat_of_node[end])
    limit_ms = network.walk_ms(np.array([asked.within_m]))[0]
    within = np.minimum(by_start_ms, by_end_ms) <= limit_ms
    return shapely.get_coordinates(points), np.where(within, seat, no_zone)


def _zones(xy: np.ndarray, seat: np.ndarray, seats: int, margin_m: float) -> np.ndarray:
    """Return the union of the Voronoi cells of each seat's points, cut ``margin_m`` from them.

    Circles are drawn as polygons of 32 corners around them, at most half a per cent wider.
    """
    points = shapely.points(xy)
    west, south, east, north = shapely.total_bounds(points)
    frame = shapely.box(
        west - 2 * margin_m, south - 2 * margin_m, east + 2 * margin_m, north + 2 * margin_m
    )
    diagram = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=frame)
    polygons = shapely.get_parts(diagram)
    point, polygon = shapely.STRtree(polygons).query(points, predicate="intersects")
    cells = np.full(len(points), shapely.Polygon(), dtype=object)
    cells[point] = polygons[polygon]
    corners, of_cell = shapely.get_coordinates(cells, return_index=True)
    far = np.zeros(len(cells), dtype=bool)
    far[of_cell[np.hypot(*(corners - xy[of_cell]).T) > margin_m]] = True
    # A place in a cell lies no farther from its point than from any other, so the discs of all
    # points of a seat cut its cells where the disc of each would, and leave no seams.
    discs = np.full(len(points), shapely.Polygon(), dtype=object)
    discs[far] = shapely.buffer(
        points[far], margin_m / np.cos(np.pi / disc_corners), quad_segs=disc_corners // 4
    )
    zones = []
    for i in range(seats):
        near, cut = (seat == i) & ~far, (seat == i) & far
        outer = shapely.intersection(
            shapely.coverage_union_all(cells[cut]), shapely.union_all(discs[cut])
        )
        zones.append(shapely.union(shapely.coverage_union_all(cells[near]), outer))
    return np.array(zones)
