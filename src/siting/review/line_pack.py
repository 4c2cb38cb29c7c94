"""Lines as short text: whole metres, delta-coded, gzipped, base64.

A pack holds features, each of some lines, each of some points. Its whole numbers in order:
the number of features, of lines, of points; the lines of each feature; the points of each
line; the x of every point as difference to the point before; the y likewise. A number n is
written as the unsigned 2n (n >= 0) or -2n - 1, in groups of seven bits, lowest first, with the
eighth bit set on all but the last.
"""

import base64
import gzip

import numpy as np


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
    packed = gzip.compress(_variable_bytes(numbers), compresslevel=9, mtime=0)
    return base64.b64encode(packed).decode()


def _variable_bytes(numbers: np.ndarray) -> bytes:
    left = np.where(numbers >= 0, 2 * numbers, -2 * numbers - 1).astype(np.uint64)
    groups = []
    used = [np.ones(len(left), dtype=bool)]
    while True:
        low = (left & np.uint64(127)).astype(np.uint8)
        left = left >> np.uint64(7)
        more = left > 0
        groups.append(np.where(more, low | np.uint8(128), low))
        if not more.any():
            break
        used.append(more)
    return np.stack(groups, axis=1)[np.stack(used, axis=1)].tobytes()
