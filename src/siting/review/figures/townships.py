"""The map of the townships: a figure by shade, sites by action."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from siting.indicators import Indicators
from siting.inputs import no_zone
from siting.review.figures.ground import draw_ground
from siting.review.figures.lettering import legend
from siting.review.figures.words import figure_words
from siting.review.findings import Findings
from siting.target_names import limit_minutes

ramps = {
    True: ("#fbf7e6", "#e6eedd", "#c9e0dc", "#abd0dd", "#8dbbd9", "#6ea5d0", "#548ec2"),
    False: ("#fdf6ea", "#fbe6c8", "#f8d29f", "#f2b774", "#e5974e", "#cf7733", "#ad571f"),
}
"""Shades where more is better, and where it is worse: told apart without red and green."""
no_figure = "#e3e3e1"
marks = {
    "keep": ("o", "#5d6873", 2.0),
    "close": ("s", "#1f2933", 4.2),
    "expand": ("^", "#e08a00", 5.0),
    "convert": ("D", "#8a2f8f", 4.0),
    "open": ("o", "#c8321e", 4.6),
}
"""Action -> marker, colour and size in points, in the order drawn."""
legend_row_in = 0.146
many_sites = 250
"""Sites acted on above which marks are smaller."""


@dataclass(frozen=True)
class _Shown:
    """A figure of townships that a map can show."""

    word: str
    is_share: bool = False
    digits: int = 1
    more_is_better: bool = True


indicators = {
    "places_per_thousand": _Shown("map_places_per_thousand"),
    "population_coverage": _Shown("map_population_coverage", is_share=True),
    "served_share": _Shown("map_served_share", is_share=True),
    "unreachable": _Shown("map_unreachable", digits=0, more_is_better=False),
}
"""Figures that :func:`township_map` knows."""


def township_map(
    findings: Findings,
    indicator: str = "population_coverage",
    year: int | None = None,
    *,
    sites: bool = True,
    lang: str = "zh",
) -> Figure:
    """Draw the townships shaded by a figure, and the sites by what is done there.

    Parameters
    ----------
    indicator
        ``places_per_thousand``, ``population_coverage``, ``served_share`` (of the children who
        want a place, those with one within reach) or ``unreachable`` (children who want a place
        and reach none). Shades mean the same in every year.
    year
        A planned year, with what is done up to it; the base year for today; none for the last.
    sites
        Whether sites are drawn.
    lang
        ``zh`` or ``en``.

    Raises
    ------
    ValueError
        No such indicator or language, or the year is not planned.
    """
    if indicator not in indicators:
        raise ValueError(f"no indicator '{indicator}'; choose from {', '.join(indicators)}")
    year = findings.scenario.last_year if year is None else year
    shown, word = indicators[indicator], figure_words(lang)
    every = [_values(findings, indicator, at) for at in (None, *findings.scenario.years)]
    edges = class_edges(np.concatenate(every), is_share=shown.is_share)
    base = year == findings.scenario.base_year and year not in findings.scenario.years
    values = _values(findings, indicator, None if base else year)
    shades = _shades(len(edges) - 1, more_is_better=shown.more_is_better)
    at = np.searchsorted(edges[1:-1], values + 1e-9, side="right")
    colors = [shades[i] if np.isfinite(v) else no_figure for i, v in zip(at, values, strict=True)]
    minutes = limit_minutes(findings.scenario)
    name = word[shown.word].format(minutes=minutes)
    state = word["state_today" if base else "state_plan"].format(year=year)
    figure, axes, beside = draw_ground(findings, f"{name} · {state}", colors, lang)
    handles = [
        Patch(facecolor=shade, edgecolor="#aab4bd", linewidth=0.4, label=label)
        for shade, label in zip(shades, _labels(edges, shown, word), strict=True)
    ][::-1]
    if not np.isfinite(values).all():
        handles.append(Patch(facecolor=no_figure, edgecolor="#aab4bd", label=word["no_data"]))
    legend(beside, handles, name, 1.0)
    if sites:
        found = _draw_sites(axes, findings, None if base else year, word)
        if found:
            used_in = legend_row_in * (len(handles) + 2.2)
            high_in = beside.get_position().height * figure.get_figheight()
            legend(beside, found, word["legend_sites"], 1 - used_in / high_in)
    return figure


def class_edges(values: np.ndarray, *, is_share: bool) -> np.ndarray:
    """Return edges of at most eight classes in round figures.

    A few values far from the others share an open class, so that the rest can be told apart;
    its outer edge is infinite.
    """
    known = np.sort(values[np.isfinite(values)])
    if not len(known):
        return np.array([0.0, 1.0])
    low, high = known[[round(share * (len(known) - 1)) for share in (0.1, 0.95)]]
    step = _round_step(max(high - low, 0.05 if is_share else 1e-6), 6)
    first = int(np.floor(low / step + 1e-9))
    last = max(int(np.ceil(high / step - 1e-9)), first + 1)
    edges = np.round(np.arange(first, last + 1) * step, 9)
    before = [-np.inf] if known[0] < edges[0] - 1e-9 else []
    after = [np.inf] if known[-1] > edges[-1] + 1e-9 else []
    return np.array([*before, *edges, *after])


def _round_step(span: float, most: int) -> float:
    rough = span / most
    power = 10.0 ** np.floor(np.log10(rough) + 1e-9)
    return float(next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= rough * 0.9999))


def _shades(count: int, *, more_is_better: bool) -> list[str]:
    ramp = LinearSegmentedColormap.from_list("ramp", ramps[more_is_better])
    return [to_hex(ramp(0.5 if count == 1 else i / (count - 1))) for i in range(count)]


def _labels(edges: np.ndarray, shown: _Shown, word: dict[str, str]) -> list[str]:
    inner = edges[np.isfinite(edges)]
    factor = 100.0 if shown.is_share else 1.0
    digits = next(
        (d for d in (0, 1, 2) if np.allclose(np.round(inner * factor, d), inner * factor)), 3
    )

    def told(edge: float) -> str:
        return f"{edge * factor:,.{digits}f}" + ("%" if shown.is_share else "")

    return [
        word["below"].format(to=told(high))
        if low == -np.inf
        else word["from_up"].format(**{"from": told(low)})
        if high == np.inf
        else word["between"].format(**{"from": told(low), "to": told(high)})
        for low, high in pairwise(edges)
    ]


def figures_of(findings: Findings, year: int | None) -> Indicators:
    """Return the figures of a planned year, or of today where there is none."""
    return findings.today if year is None else findings.plan.indicators_of(year)


def _values(findings: Findings, indicator: str, year: int | None) -> np.ndarray:
    table = figures_of(findings, year).of("township").set_index("code")
    table = table.loc[findings.inputs.townships["township_code"]]
    if indicator == "served_share":
        return (table["served"] / table["takers"].where(table["takers"] > 0)).to_numpy()
    return table[indicator].to_numpy(dtype=float)


def _draw_sites(
    axes: Axes, findings: Findings, year: int | None, word: dict[str, str]
) -> list[Line2D]:
    """Draw the sites that are open or closed up to a year; return what the legend says of them."""
    sites = findings.inputs.sites
    state = _states(findings, year)
    acted = int((state != "").sum() - (state == "keep").sum())
    scale = 0.75 if acted > many_sites else 1.0
    handles = []
    for action, (marker, color, size) in marks.items():
        here = (state == action).to_numpy()
        if not here.any():
            continue
        wide = size if action == "keep" else size * scale
        axes.plot(sites["x"][here], sites["y"][here], marker, color=color, markersize=wide,
                  markeredgecolor="white", markeredgewidth=0.2 if action == "keep" else 0.45,
                  zorder=4 + (action != "keep"))  # fmt: skip
        label = word["action_count"].format(action=word[action], count=int(here.sum()))
        handles.append(
            Line2D([], [], linestyle="", marker=marker, color=color, markersize=wide + 0.6,
                   markeredgecolor="white", markeredgewidth=0.3, label=label)
        )  # fmt: skip
    return handles[::-1]


def _states(findings: Findings, year: int | None) -> pd.Series:
    """Return what is done up to a year at each site in the study area; empty where nothing is."""
    sites, plan = findings.inputs.sites, findings.plan
    found = pd.Series("", index=sites["site_id"])
    found[(sites["status"] == "existing").to_numpy()] = "keep"
    if year is not None:
        actions = plan.actions[plan.actions["year"] <= year]
        first = actions.drop_duplicates("site_id").set_index("site_id")["action"]
        found[first.index] = first
        found[actions.loc[actions["action"] == "close", "site_id"]] = "close"
    return found.where((sites["zone"] != no_zone).to_numpy(), "")
