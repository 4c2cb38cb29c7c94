"""Children who want a place, on the map: gathered in squares, by how they stand."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from siting.inputs import Inputs
from siting.review.number_pack import pack_numbers
from siting.review.plain_values import Content

square_m = 250.0
"""Side of the squares into which cells are gathered, for drawing only."""
shown = ("served", "reachable_full", "unreachable")
"""What is drawn of the children of a square, each as a layer."""


def people_squares(
    inputs: Inputs, children: Mapping[str, Mapping[int, pd.DataFrame]]
) -> tuple[np.ndarray, np.ndarray, Content]:
    """Return squares with their children, in every state and year.

    Returns
    -------
    tuple
        x and y of each square, in the CRS of the inputs: the middle of the children who want a
        place there in any of them; and ``moments``: ``[state, year]`` and the pack of
        the children in tenths, layer after layer and square after square.
    """
    cells = inputs.cells
    column, row = (np.floor(cells[axis].to_numpy() / square_m).astype(np.int64) for axis in "xy")
    takers = np.max(
        [table["takers"].to_numpy() for years in children.values() for table in years.values()],
        axis=0,
    )
    used = takers > 0
    keys = np.stack([row[used], column[used]])
    squares, at = np.unique(keys, axis=1, return_inverse=True)
    at, count = at.ravel(), squares.shape[1]
    weight = np.bincount(at, weights=takers[used], minlength=count)
    x, y = (
        np.bincount(at, weights=takers[used] * cells[axis].to_numpy()[used], minlength=count)
        / weight
        for axis in "xy"
    )
    moments = []
    for state, years in children.items():
        for year, table in years.items():
            tenths = [
                np.rint(10 * np.bincount(at, weights=table[name].to_numpy()[used], minlength=count))
                for name in shown
            ]
            packed = pack_numbers(np.concatenate(tenths).astype(np.int64))
            moments.append([state, year, packed])
    return x, y, {"layers": list(shown), "moments": moments, "square_m": square_m}
