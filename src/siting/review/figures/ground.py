"""The ground of a map: townships, districts, main streets, scale, north, and what it must say."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle
from matplotlib.path import Path

from siting.review.figures.lettering import cut, ink, soft, write
from siting.review.figures.picture import empty_figure, width_in
from siting.review.figures.words import figure_words
from siting.review.findings import Findings
from siting.review.layers import street_classes

legend_in, edge_in, title_in = 1.55, 0.06, 0.3
least_in, most_in = 3.1, 6.6
"""Least and greatest height of the map."""
street_detail_m = 15.0
outline_detail_m = 8.0
most_names = 40
"""Townships of a single district that are named on the map."""
paper, outside = "#ffffff", "#f3f4f5"


def draw_ground(
    findings: Findings, title: str, colors: Sequence[str], lang: str
) -> tuple[Figure, Axes, Axes]:
    """Return a figure with townships in colours, and its axes for the map and the legend.

    Parameters
    ----------
    colors
        Of each township, in the order of the inputs.
    """
    townships, word = findings.inputs.townships, figure_words(lang)
    west, south, east, north = townships.total_bounds
    span_m = 1.04 * max(east - west, north - south, 100.0)
    wide_in = width_in - legend_in - 2 * edge_in
    share = (north - south) / max(east - west, 1.0)
    high_in = float(np.clip(wide_in * share * 1.02, least_in, most_in))
    figure = empty_figure(high_in + title_in + edge_in)
    axes = _axes(figure, edge_in, edge_in, wide_in, high_in)
    m_per_in = max(1.04 * (east - west) / wide_in, 1.04 * (north - south) / high_in, span_m / 50)
    axes.set_xlim((west + east - m_per_in * wide_in) / 2, (west + east + m_per_in * wide_in) / 2)
    axes.set_ylim(
        (south + north - m_per_in * high_in) / 2, (south + north + m_per_in * high_in) / 2
    )
    axes.set_facecolor(outside)

    shapes = shapely.simplify(
        np.asarray(townships.geometry.array), outline_detail_m, preserve_topology=False
    )
    paths = [_outline(shape) for shape in shapes]
    districts = [_outline(shape) for shape in _districts(townships)]
    for drawn in (
        PathCollection(paths, facecolors=list(colors), edgecolors="#aab4bd", linewidths=0.35),
        PathCollection([_main_streets(findings)], facecolors="none", edgecolors="#8d99a5",
                       linewidths=0.3, alpha=0.55),
        PathCollection(districts, facecolors="none", edgecolors="#2b3947", linewidths=0.9),
    ):  # fmt: skip
        axes.add_collection(drawn, autolim=False)
    _name_zones(axes, townships)
    _scale(axes, m_per_in)
    _north(axes)
    _stamp(axes, findings, lang)
    top = 1 - 0.5 * title_in / figure.get_figheight()
    write(figure, edge_in / width_in, top, title, size=9, weight="bold", va="center")
    beside = _axes(figure, edge_in + wide_in + 0.09, edge_in, legend_in - 0.09, high_in)
    beside.set_axis_off()
    write(beside, 0.0, 0.0, word["attribution"], size=5, color=soft, wrap=True)
    return figure, axes, beside


def _axes(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    high = figure.get_figheight()
    axes = figure.add_axes((left / width_in, bottom / high, width / width_in, height / high))
    axes.set(xticks=[], yticks=[])
    axes.grid(visible=False)
    axes.spines[:].set(color="#b9c3cc", linewidth=0.7)
    return axes


def _outline(shape: Any) -> Path:  # noqa: ANN401  (a polygon, or several)
    rings = shapely.get_rings(shapely.get_parts(shape))
    if not len(rings):
        return Path(np.empty((0, 2)))
    return Path.make_compound_path(
        *(Path(shapely.get_coordinates(ring), closed=True) for ring in rings)
    )


def _main_streets(findings: Findings) -> Path:
    network = findings.network
    is_main = pd.Series(network.highway, dtype=str).isin(street_classes["main"]).to_numpy()
    lines = shapely.simplify(network.lines[is_main], street_detail_m, preserve_topology=False)
    points, line = shapely.get_coordinates(lines, return_index=True)
    codes = np.where(np.diff(line, prepend=-1) > 0, Path.MOVETO, Path.LINETO)
    return Path(points, codes.astype(Path.code_type))


def _districts(townships: gpd.GeoDataFrame) -> list[Any]:
    # A metre closes the hairlines between outlines that were not drawn as one.
    closed = townships.geometry.buffer(1.0, join_style="mitre")
    groups = closed.groupby(townships["district_code"].to_numpy())
    return [shapely.simplify(of_one.union_all(), outline_detail_m) for _, of_one in groups]


def _name_zones(axes: Axes, townships: gpd.GeoDataFrame) -> None:
    """Name the districts, or the townships of a single one where they are few."""
    code, column = "district_code", "district"
    if len(townships[code].unique()) == 1:
        code, column = "township_code", "township"
        if len(townships) > most_names:
            return
    halo = [patheffects.withStroke(linewidth=1.6, foreground="white")]
    for _, zone in townships.groupby(code):
        # The widest part of the zone holds its name.
        inside = zone.geometry[zone.area.idxmax()] if column == "township" else zone.union_all()
        point = shapely.maximum_inscribed_circle(inside, tolerance=100.0)
        x, y = shapely.get_coordinates(point)[0]
        size = 7.5 if column == "district" else 5.5
        write(axes, x, y, cut(zone[column].iloc[0]), size=size, ha="center", va="center",
              path_effects=halo, zorder=6)  # fmt: skip


def _scale(axes: Axes, m_per_in: float) -> None:
    """Draw a bar of a round length, about an inch long."""
    power = 10 ** np.floor(np.log10(m_per_in))
    length = power * max(step for step in (1, 2, 5) if step * power <= m_per_in)
    left, bottom = axes.get_xlim()[0] + 0.12 * m_per_in, axes.get_ylim()[0] + 0.12 * m_per_in
    high = 0.045 * m_per_in
    for i, (begin, end) in enumerate(pairwise((0.0, 0.5, 1.0))):
        axes.add_patch(
            Rectangle((left + begin * length, bottom), (end - begin) * length, high,
                      facecolor=(ink, "white")[i], edgecolor=ink, linewidth=0.6, zorder=7)
        )  # fmt: skip
    told = f"{length / 1000:g} km" if length >= 1000 else f"{length:g} m"
    halo = [patheffects.withStroke(linewidth=1.5, foreground="white")]
    write(axes, left + length, bottom + 1.6 * high, told, size=6.5, ha="center", va="bottom",
          path_effects=halo, zorder=7)  # fmt: skip
    write(axes, left, bottom + 1.6 * high, "0", size=6.5, ha="center", va="bottom",
          path_effects=halo, zorder=7)  # fmt: skip


def _north(axes: Axes) -> None:
    box = axes.get_window_extent()
    dpi = axes.figure.dpi
    x, y = 1 - 0.17 * dpi / box.width, 1 - 0.42 * dpi / box.height
    wide, high = 0.055 * dpi / box.width, 0.22 * dpi / box.height
    arrow = [(x, y + high), (x - wide, y), (x, y + 0.25 * high), (x + wide, y)]
    axes.add_patch(
        Polygon(arrow, closed=True, transform=axes.transAxes, facecolor=ink, edgecolor="white",
                linewidth=0.6, zorder=7)
    )  # fmt: skip
    write(axes, x, y + 1.1 * high, "N", size=7, weight="bold", ha="center", va="bottom",
          transform=axes.transAxes, zorder=7)  # fmt: skip


def _stamp(axes: Axes, findings: Findings, lang: str) -> None:
    """Say that the map was not reviewed, and that data are made up where they are."""
    word = figure_words(lang)
    marks = [word["not_reviewed"]]
    if findings.scenario.illustrative:
        marks.append(word["illustrative"])
    if findings.scenario.inputs.seats is not None:
        marks.append(word["seat_zones"])
    box = axes.get_window_extent()
    dpi = axes.figure.dpi
    for i, mark in enumerate(marks):
        write(axes, 0.09 * dpi / box.width, 1 - (0.09 + 0.2 * i) * dpi / box.height, mark,
              size=6.5, color="#a63a16" if i == 0 else "#6a4700", va="top",
              transform=axes.transAxes, zorder=8,
              bbox={"facecolor": "white", "edgecolor": "#a63a16" if i == 0 else "#dfb650",
                    "linewidth": 0.5, "pad": 1.6})  # fmt: skip
