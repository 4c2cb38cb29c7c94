"""The cells of a notebook, run as Jupyter does: the last line is shown, figures are drawn."""

import ast
import json
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import matplotlib.pyplot as plt


@dataclass
class Shown:
    """What running a notebook left.

    Attributes
    ----------
    names
        Name -> value, after the last cell.
    html
        Id of a cell -> what its last line shows itself as.
    pictures
        Id of a cell -> the figures it drew, as PNG.
    """

    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})
    html: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, list[bytes]] = field(default_factory=dict)


def cells_of(path: Path) -> list[dict[str, Any]]:
    """Return the cells of a notebook file."""
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def run_cells(path: Path) -> Shown:
    """Run the code cells from first to last; the settings of matplotlib are as before after it."""
    shown = Shown()
    plt.switch_backend("agg")
    with plt.rc_context(), patch.object(plt, "show", lambda: None):
        for cell in cells_of(path):
            if cell["cell_type"] == "code":
                _run(cell, path.name, shown)
    return shown


def _run(cell: dict[str, Any], name: str, shown: Shown) -> None:
    tree = ast.parse("".join(cell["source"]))
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    where = f"{name}, {cell['id']}"
    exec(compile(tree, where, "exec"), shown.names)  # noqa: S102
    if last is not None:
        value = eval(compile(ast.Expression(last.value), where, "eval"), shown.names)  # noqa: S307
        if value is not None:
            shown.html[cell["id"]] = getattr(value, "_repr_html_", value.__repr__)()
    shown.pictures[cell["id"]] = [_drawn(number) for number in plt.get_fignums()]
    plt.close("all")


def _drawn(number: int) -> bytes:
    """Return a figure as PNG: only drawing it warns of a letter that no font has."""
    stream = BytesIO()
    plt.figure(number).savefig(stream, format="png")
    return stream.getvalue()
