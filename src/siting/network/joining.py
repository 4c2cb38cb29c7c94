"""Streets -> Network: nodes, times of each mode, and what hangs together."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import shapely
from pyproj import CRS
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from siting.errors import DataError, Problem
from siting.network.access import can_stop, speeds_kph, values_of
from siting.network.access_rules import not_streets, street_classes
from siting.network.barriers import cut_at_barriers
from siting.network.network import Network, Travel, closed, milliseconds, z_order
from siting.network.streets import Streets
from siting.notes import Note
from siting.scenario import Scenario

square_m = 50.0
"""Side of the squares that order the nodes."""
least_connected_share = 2 / 3
"""A network whose largest piece holds less than this share of its nodes is refused (assumption)."""
most_named = 5
"""Classes named in a note, the longest first."""
longest_class = 60
"""Characters of a class that are shown."""
no_class = "highway=?"
"""How streets without a class are called there."""
mode_names = {
    "walk": ("步行", "on foot"),
    "cycle": ("骑行", "by bicycle"),
    "drive": ("驾车", "by car"),
}
"""Mode -> how it is called, Chinese and English."""


def join_streets(streets: Streets, crs: CRS, scenario: Scenario) -> Network:
    """Make a network of streets, for walking and for the modes of the scenario.

    Of what a mode may travel the largest piece is kept in which every street can be reached from
    every other and left again; the rest is closed to it. A place beside a closed street is led to
    the nearest open one. What is closed is counted in ``notes``; it stays in the network, to be
    drawn and because people live along it.

    Parameters
    ----------
    streets
        Lines in ``crs``.

    Raises
    ------
    DataError
        A mode has no street, or a third of its streets is cut off.
    """
    modes = tuple(sorted({"walk", *scenario.modes}))
    cut = cut_at_barriers(streets, modes)
    x, y, ends = _nodes(cut.lines, cut.ends)
    length_m = shapely.length(cut.lines)
    kept = (length_m > 0) | (ends[:, 0] != ends[:, 1])
    order = _order(cut.lines, ends, length_m, streets, cut.tags_of)
    order = order[kept[order]]
    lines, ends, length_m, tags_of = (
        of_line[order] for of_line in (cut.lines, ends, length_m, cut.tags_of)
    )
    highway = np.array([_class(tags.get("highway")) for tags in streets.tags], dtype=object)
    notes = [*streets.notes, *_unknown_notes(streets.name, length_m, highway[tags_of], scenario)]
    times = {}
    for mode in modes:
        speed_kph = np.array(
            [speeds_kph(tags, mode, scenario) for tags in streets.tags], dtype=float
        ).reshape(-1, 2)[tags_of]
        speed_kph[cut.closed_to[mode][order]] = 0.0
        ms = _times_ms(length_m, speed_kph)
        barred = (ms == closed).all(axis=1)
        _close_cut_off(ms, ends, mode, streets.name)
        cut_off = (ms == closed).all(axis=1) & ~barred
        notes += _mode_notes(streets.name, mode, length_m, highway[tags_of], barred, cut_off)
        times[mode] = ms
    stops = np.array([can_stop(tags) for tags in streets.tags], dtype=bool)[tags_of]
    order = z_order(x, y, square_m)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return Network(
        crs=crs,
        x=x[order],
        y=y[order],
        start=place[ends[:, 0]],
        end=place[ends[:, 1]],
        lines=lines,
        highway=highway[tags_of].astype(str),
        travel={
            mode: Travel(forward_ms=ms[:, 0], backward_ms=ms[:, 1], can_stop=stops)
            for mode, ms in times.items()
        },
        walking_kph=scenario.walk.speed_kph,
        extent=streets.extent,
        notes=tuple(notes),
    )


def _nodes(lines: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return x and y of the nodes, in the order of (x, y), and the nodes at the ends of lines."""
    points = np.stack(
        [
            shapely.get_coordinates(shapely.get_point(lines, 0)),
            shapely.get_coordinates(shapely.get_point(lines, -1)),
        ],
        axis=1,
    ).reshape(-1, 2)
    by_point = np.lexsort((ends.ravel(), points[:, 1], points[:, 0]))
    node, first, number = np.unique(ends.ravel()[by_point], return_index=True, return_inverse=True)
    rank = np.empty(len(node), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(node))
    node_of_end = np.empty(len(points), dtype=np.int64)
    node_of_end[by_point] = rank[number]
    x, y = points[by_point][np.sort(first)].T
    return x, y, node_of_end.reshape(-1, 2)


def _order(
    lines: np.ndarray, ends: np.ndarray, length_m: np.ndarray, streets: Streets, tags_of: np.ndarray
) -> np.ndarray:
    """Return an order of the lines that does not depend on the order they were read in."""
    texts = [sorted(tags.items()) for tags in streets.tags]
    rank = np.empty(len(texts), dtype=np.int64)
    rank[sorted(range(len(texts)), key=texts.__getitem__)] = np.arange(len(texts))
    return np.lexsort((*shapely.bounds(lines).T, rank[tags_of], length_m, ends[:, 1], ends[:, 0]))


def _times_ms(length_m: np.ndarray, speed_kph: np.ndarray) -> np.ndarray:
    """Return the time along each line and against it, ``closed`` where the speed is 0."""
    ms = np.full(speed_kph.shape, closed, dtype=np.int64)
    for way in (0, 1):
        may = speed_kph[:, way] > 0
        ms[may, way] = np.maximum(milliseconds(length_m[may], speed_kph[may, way]), 1)
    return ms


def _close_cut_off(ms: np.ndarray, ends: np.ndarray, mode: str, name: str) -> None:
    """Close what cannot be reached from, or left for, the largest piece of a mode, in place."""
    forth, back = ms[:, 0] != closed, ms[:, 1] != closed
    nodes, ends = np.unique(ends[forth | back], return_inverse=True)
    travelled = mode_names[mode][1]
    if not len(nodes):
        raise DataError(
            [
                Problem(
                    name,
                    f"holds no street that can be travelled {travelled}",
                    "check the column 'highway', and the classes and speeds of the scenario",
                )
            ]
        )
    ends = ends.reshape(-1, 2)
    forth, back = forth[forth | back], back[forth | back]
    leaves = np.r_[ends[forth, 0], ends[back, 1]]
    to = np.r_[ends[forth, 1], ends[back, 0]]
    piece = connected_components(
        coo_array((np.ones(len(to), dtype=np.int8), (leaves, to)), shape=(len(nodes),) * 2),
        connection="strong",
    )[1]
    inside = piece == np.bincount(piece).argmax()
    if inside.mean() < least_connected_share:
        raise DataError(
            [
                Problem(
                    name,
                    f"the largest connected piece holds only {inside.mean():.0%} of "
                    f"{len(nodes):,} street nodes that can be reached {travelled}",
                    "export the streets with the links between the pieces, and with ends that meet",
                )
            ]
        )
    is_open = np.flatnonzero((ms != closed).any(axis=1))
    ms[is_open[~inside[ends].all(axis=1)]] = closed


def _mode_notes(
    name: str,
    mode: str,
    length_m: np.ndarray,
    highway: np.ndarray,
    barred: np.ndarray,
    cut_off: np.ndarray,
) -> Iterator[Note]:
    mode_zh, mode_en = mode_names[mode]
    if barred.any():
        km = pd.Series(length_m[barred] / 1000).groupby(highway[barred]).sum()
        classes = km.sort_values(ascending=False, kind="stable").index[:most_named]
        longest = ", ".join(name or no_class for name in classes)
        yield Note(
            zh=f"{name}：{barred.sum()}条路段（{km.sum():,.1f}公里，以 {longest} 为主）因类型、"
            f"通行限制或路障不供{mode_zh}",
            en=f"{name}: {barred.sum()} streets ({km.sum():,.1f} km, above all {longest}) are "
            f"closed {mode_en} by their class, access or a barrier",
        )
    if cut_off.any():
        cut_off_km = length_m[cut_off].sum() / 1000
        yield Note(
            zh=f"{name}：{cut_off.sum()}条路段（{cut_off_km:,.1f}公里）{mode_zh}不能与主路网往返，"
            "未计入",
            en=f"{name}: {cut_off.sum()} streets ({cut_off_km:,.1f} km) are cut off from the "
            f"network {mode_en} and were left out",
        )


def _unknown_notes(
    name: str, length_m: np.ndarray, highway: np.ndarray, scenario: Scenario
) -> Iterator[Note]:
    """Tell of classes that neither OpenStreetMap nor the scenario knows, such as misspelt ones."""
    told = {*scenario.walk.speed_by_highway_kph, *scenario.walk.excluded_highways}
    known = street_classes | not_streets | told | set(scenario.drive.speeds_kph) | {""}
    unknown = ~np.isin(highway.astype(str), sorted(known))
    if unknown.any():
        found = sorted(set(highway[unknown]))
        named = ", ".join(each[:longest_class] for each in found[:most_named])
        km = length_m[unknown].sum() / 1000
        yield Note(
            zh=f"{name}：{unknown.sum()}条路段（{km:,.1f}公里）的类型不是OpenStreetMap道路类型："
            f"{named}；步行按普通道路计算",
            en=f"{name}: {unknown.sum()} streets ({km:,.1f} km) have classes that OpenStreetMap "
            f"does not know: {named}; people walk there as on any street",
        )


def _class(highway: str | None) -> str:
    return min(values_of(highway), default="")
