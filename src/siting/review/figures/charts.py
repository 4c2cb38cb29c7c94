"""Charts: cost by year, places by township, key figures by year."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from siting.review.figures.lettering import cut, ink, legend, soft, write
from siting.review.figures.picture import empty_figure, plain_axes, width_in
from siting.review.figures.words import figure_words
from siting.review.findings import Findings

blue, light, orange, grey = "#1f5f99", "#a9c6e0", "#d55e00", "#8d99a5"
most_townships = 120
"""Townships that a chart shows; of more, the lowest."""
row_in = 0.152
wan = 10_000.0


def cost_chart(findings: Findings, *, lang: str = "zh") -> Figure:
    """Draw the capital of each planned year, with the part that subsidies pay, and running costs.

    Parameters
    ----------
    lang
        ``zh`` or ``en``.
    """
    word, costs = figure_words(lang), findings.plan.costs
    has_running = bool((costs["running_cny"] > 0).any())
    figure = empty_figure(2.5)
    wide = (width_in - 0.8) / (2 if has_running else 1) - 0.15
    axes = plain_axes(figure, 0.6, 0.35, wide, 1.75)
    subsidy = costs["subsidy_cny"].to_numpy() / wan
    other = costs["capital_cny"].to_numpy() / wan - subsidy
    _bars(axes, costs["year"], [(other, blue), (subsidy, light)])
    write(figure, 0.6 / width_in, 0.93, word["chart_costs"], size=8.5, weight="bold", va="center")
    if (subsidy > 0).any():
        beside = plain_axes(figure, 0.6 + wide - 1.0, 1.75, 1.0, 0.5)
        beside.set_axis_off()
        keys = (("chart_own", blue), ("chart_subsidy", light))
        legend(beside, [Patch(facecolor=c, label=word[key]) for key, c in keys], "", 1.0)
    if has_running:
        second = plain_axes(figure, 0.6 + wide + 0.6, 0.35, wide - 0.4, 1.75)
        _bars(second, costs["year"], [(costs["running_cny"].to_numpy() / wan, grey)])
        left = (0.6 + wide + 0.6) / width_in
        write(figure, left, 0.93, word["chart_running"], size=8.5, weight="bold", va="center")
    return figure


def _bars(axes: Axes, years: pd.Series, parts: Sequence[tuple[np.ndarray, str]]) -> None:
    at, below = np.arange(float(len(years))), np.zeros(len(years))
    for amount, color in parts:
        axes.bar(at, amount, bottom=below, width=0.55, color=color)
        below = below + amount
    most = max(float(below.max()), 1e-9)
    for x, total in zip(at, below, strict=True):
        write(axes, x, total + 0.02 * most, f"{total:,.1f}", size=7, ha="center", va="bottom")
    axes.set_xticks(at, [str(year) for year in years])
    axes.set_xlim(-0.7, len(years) - 0.3)
    axes.set_ylim(0, 1.15 * most)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")


def places_chart(findings: Findings, *, lang: str = "zh") -> Figure:
    """Draw places per thousand residents of every township, today and in the last planned year.

    Townships stand in the order of the plan's figure; those without residents are left out, and
    of very many only the lowest are shown.

    Parameters
    ----------
    lang
        ``zh`` or ``en``.
    """
    word, plan = figure_words(lang), findings.plan.indicators
    figure_name = "places_per_thousand"
    today = findings.today.of("township").set_index("code")
    table = plan.of("township").set_index("code")[["name", figure_name]]
    table = table.assign(today=today[figure_name]).dropna()
    table = table.sort_values(figure_name, kind="stable")
    lowest = "" if len(table) <= most_townships else word["chart_lowest"]
    table = table.head(most_townships)
    columns = 1 if len(table) <= 40 else 2
    rows = -(-len(table) // columns)
    high = max(rows, 3) * row_in
    figure = empty_figure(high + 0.9)
    title = word["chart_places"] + lowest.format(count=most_townships)
    top = 1 - 0.16 / figure.get_figheight()
    write(figure, 0.02, top, title, size=8.5, weight="bold", va="center")
    most = 1.06 * max(float(table[[figure_name, "today"]].max().max() or 0.0), 1.0)
    required = _required(findings, "per_thousand").get(findings.scenario.last_year)
    each_in = width_in / columns
    for i in range(columns):
        part = table.iloc[i * rows : (i + 1) * rows]
        axes = plain_axes(figure, i * each_in + 1.15, 0.3, each_in - 1.3, high)
        _dumbbells(axes, part, rows, required)
        axes.set_xlim(0, most)
    keys = plain_axes(figure, 0.05, figure.get_figheight() - 0.5, width_in - 0.1, 0.2)
    keys.set_axis_off()
    years = findings.today.year, plan.year
    handles = [
        Line2D([], [], linestyle="", marker="o", markersize=4, color=color, markerfacecolor=face,
               label=word[key].format(year=year))
        for key, color, face, year in (
            ("chart_today", grey, "white", years[0]),
            ("chart_plan", blue, blue, years[1]),
        )
    ]  # fmt: skip
    if required is not None:
        label = f"{word['chart_required']} {required:g}"
        handles.append(Line2D([], [], color=orange, linewidth=1.0, linestyle="--", label=label))
    legend(keys, handles, "", 1.0, columns=len(handles))
    return figure


def _dumbbells(axes: Axes, part: pd.DataFrame, rows: int, required: float | None) -> None:
    at = np.arange(float(len(part)))
    before, after = part["today"].to_numpy(), part["places_per_thousand"].to_numpy()
    if required is not None:
        axes.axvline(required, color=orange, linewidth=0.8, linestyle="--", zorder=1)
    axes.hlines(at, before, after, color=light, linewidth=2.2, zorder=2)
    axes.plot(before, at, "o", color=grey, markersize=3.4, markerfacecolor="white",
              markeredgewidth=0.8, zorder=3, clip_on=False)  # fmt: skip
    axes.plot(after, at, "o", color=blue, markersize=3.4, zorder=4, clip_on=False)
    axes.set_ylim(rows - 0.3, -0.7)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    for y, name in zip(at, part["name"], strict=True):
        write(axes, -0.02, y, cut(name), size=6, ha="right", va="center",
              transform=axes.get_yaxis_transform())  # fmt: skip


class _Line(NamedTuple):
    """A figure of the area that is drawn by year."""

    column: str
    word: str
    kind: str
    is_share: bool


lines = (
    _Line("places_per_thousand", "chart_per_thousand", "per_thousand", is_share=False),
    _Line("inclusive_share", "chart_inclusive", "inclusive_share", is_share=True),
    _Line("township_coverage", "chart_townships", "township_coverage", is_share=True),
    _Line("population_coverage", "chart_coverage", "population_coverage", is_share=True),
)


def years_chart(findings: Findings, *, lang: str = "zh") -> Figure:
    """Draw key figures of the area, today and in every planned year, with what is required.

    Parameters
    ----------
    lang
        ``zh`` or ``en``.
    """
    word, scenario = figure_words(lang), findings.scenario
    figure = empty_figure(4.2)
    write(figure, 0.02, 0.97, word["chart_years"], size=8.5, weight="bold", va="center")
    states = [findings.today, *(findings.plan.indicators_of(year) for year in scenario.years)]
    for i, line in enumerate(lines):
        left, bottom = 0.5 + (i % 2) * width_in / 2, 2.35 - (i // 2) * 1.95
        axes = plain_axes(figure, left, bottom, width_in / 2 - 0.75, 1.35)
        values = np.array([float(state.area[line.column]) for state in states])
        required = _required(findings, line.kind)
        _line(axes, [state.year for state in states], values, required, is_share=line.is_share)
        write(axes, 0.0, 1.09, word[line.word], size=7.5, weight="bold", va="bottom",
              transform=axes.transAxes)  # fmt: skip
    keys = plain_axes(figure, width_in - 1.9, 3.93, 1.8, 0.2)
    keys.set_axis_off()
    handles = [
        Line2D([], [], color=orange, linestyle="", marker="_", markersize=8, markeredgewidth=1.6,
               label=word["chart_required"]),
        Line2D([], [], color=blue, marker="o", markersize=3.6, linewidth=1.4, label=word["plan"]),
    ]  # fmt: skip
    legend(keys, handles, "", 1.0, columns=2)
    return figure


def _line(
    axes: Axes,
    years: list[int],
    values: np.ndarray,
    required: dict[int, float],
    *,
    is_share: bool,
) -> None:
    told = "{:.1%}" if is_share else "{:.2f}"
    at = np.arange(float(len(years)))
    axes.plot(at, values, color=blue, linewidth=1.4, marker="o", markersize=3.6, zorder=3)
    asked = np.array([required.get(year, np.nan) for year in years])
    axes.plot(at, asked, linestyle="", marker="_", color=orange, markersize=13,
              markeredgewidth=1.6, zorder=2)  # fmt: skip
    known = np.array([*values, *asked])
    known = known[np.isfinite(known)]
    low, high = (known.min(), known.max()) if len(known) else (0.0, 1.0)
    room = max(high - low, 0.02 if is_share else 0.1) * 0.3
    axes.set_ylim(low - room, high + 1.3 * room)
    axes.set_xlim(-0.4, len(years) - 0.6)
    axes.set_xticks(at, [str(year) for year in years])
    axes.yaxis.set_major_formatter(lambda value, _: told.format(value))
    axes.locator_params(axis="y", nbins=4)
    axes.tick_params(axis="y", labelsize=6.5, labelcolor=soft)
    for x, value in zip(at, values, strict=True):
        if np.isfinite(value):
            write(axes, x, value + 0.25 * room, told.format(value), size=6.5, ha="center",
                  va="bottom", color=ink, zorder=4)  # fmt: skip


def _required(findings: Findings, kind: str) -> dict[int, float]:
    """Return year -> what is asked of the whole area and of the tiers that usually count."""
    found: dict[int, float] = {}
    for target in findings.scenario.targets:
        whole = getattr(target, "within", "area") == "area" and not target.tiers
        if target.kind == kind and whole and getattr(target, "group", "all") == "all":
            found[target.year] = max(target.required, found.get(target.year, 0.0))
    return found
