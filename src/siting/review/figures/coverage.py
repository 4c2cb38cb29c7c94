"""The map of who has or could have a place: served, reachable but full, unreachable."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from siting.review.figures.ground import draw_ground, paper
from siting.review.figures.lettering import legend
from siting.review.figures.words import figure_words
from siting.review.findings import Findings

states = {
    "served": ("map_served", "#3f7fbf"),
    "served_beyond": ("map_beyond", "#9c8bc4"),
    "reachable_full": ("map_full", "#efae2c"),
    "unreachable": ("map_unreached", "#8c1c13"),
}
"""How a child who wants a place stands -> word and colour."""
fewest_children = 1e-9


def coverage_map(findings: Findings, year: int | None = None, *, lang: str = "zh") -> Figure:
    """Draw every demand cell by how most of its children who want a place stand.

    Served within reach (also with the employer of their parents), in a place farther away, only
    full places within reach, or none. The legend counts the children of the whole area, not the
    cells.

    Parameters
    ----------
    year
        A planned year; none for the last.
    lang
        ``zh`` or ``en``.

    Raises
    ------
    ValueError
        The language is unknown.
    KeyError
        The year is not planned.
    """
    scenario, inputs = findings.scenario, findings.inputs
    year = scenario.last_year if year is None else year
    word, children = figure_words(lang), findings.children["plan"][year].copy()
    children["served"] = (
        children["enrolled_within"] + children["served_additional"] + children["staff_at_home"]
    )
    largest = children[list(states)].to_numpy().argmax(axis=1)
    wanted = children["takers"].to_numpy() > fewest_children
    title = f"{word['map_coverage']} · {word['state_plan'].format(year=year)}"
    figure, axes, beside = draw_ground(findings, title, [paper] * len(inputs.townships), lang)
    x, y = inputs.cells["x"].to_numpy(), inputs.cells["y"].to_numpy()
    size = float(np.clip(140 / np.sqrt(max(wanted.sum(), 1)), 0.75, 4.0))
    handles = []
    has_staff = children["staff_at_home"].sum() > fewest_children
    for i, (name, (label, color)) in enumerate(states.items()):
        key = f"{label}_staff" if name == "served" and has_staff else label
        here = wanted & (largest == i)
        axes.plot(x[here], y[here], "o", color=color, markersize=size, markeredgewidth=0, zorder=3)
        told = word["map_children"].format(state=word[key], count=f"{children[name].sum():,.0f}")
        handles.append(Line2D([], [], linestyle="", marker="o", color=color, markersize=5,
                              markeredgewidth=0, label=told))  # fmt: skip
    legend(beside, handles, word["map_takers"], 1.0)
    return figure
