"""Lines as short text: whole metres, delta-coded, packed as numbers.

A pack holds features, each of some lines, each of some points. Its whole numbers in order:
the number of features, of lines, of points; the lines of each feature; the points of each
line; the x of every point as difference to the point before; the y likewise.
"""

import numpy as np

from siting.review.number_pack import pack_numbers


def pack(x: np.ndarray, y: np.ndarray, points: np.ndarray, lines: np.ndarray) -> str:
    """Return the pack of features.

    Parameters
    ----------
    x, y
        Coordinates of all points, one line after the other; rounded to whole metres.
    points
        Number of points of each line.
    lines
        Number of lines of each feature.

    Raises
    ------
    ValueError
        The counts do not add up.
    """
    if points.sum() != len(x) or lines.sum() != len(points) or len(x) != len(y):
        raise ValueError("points and lines do not add up")
    whole = [np.rint(values).astype(np.int64) for values in (x, y)]
    numbers = np.concatenate(
        [
            [len(lines), len(points), len(x)],
            lines,
            points,
            *(np.diff(values, prepend=0) for values in whole),
        ]
    ).astype(np.int64)
    return pack_numbers(numbers)
