"""The compiled part of drawing; importing it loads numba, which takes a second."""

import numpy as np

from siting.reach.compiled import compiled


@compiled
def pieces(
    vertices: np.ndarray,
    first_vertex: np.ndarray,
    edge: np.ndarray,
    begin: np.ndarray,
    end: np.ndarray,
) -> np.ndarray:
    """Cut parts of polylines into straight segments.

    Parameters
    ----------
    begin, end
        Shares of the length of each edge.

    Returns
    -------
    numpy.ndarray
        Segments x (x, y of one end, x, y of the other).
    """
    most = 0
    for i in range(len(edge)):
        most += first_vertex[edge[i] + 1] - first_vertex[edge[i]] - 1
    segments = np.empty((most, 4))
    count = 0
    for i in range(len(edge)):
        start, stop = first_vertex[edge[i]], first_vertex[edge[i] + 1] - 1
        length = 0.0
        for v in range(start, stop):
            length += np.hypot(
                vertices[v + 1, 0] - vertices[v, 0], vertices[v + 1, 1] - vertices[v, 1]
            )
        from_m, to_m = begin[i] * length, end[i] * length
        passed = 0.0
        for v in range(start, stop):
            dx, dy = vertices[v + 1, 0] - vertices[v, 0], vertices[v + 1, 1] - vertices[v, 1]
            step = np.hypot(dx, dy)
            low, high = max(from_m - passed, 0.0), min(to_m - passed, step)
            if low <= high and step > 0:
                segments[count, 0] = vertices[v, 0] + dx * low / step
                segments[count, 1] = vertices[v, 1] + dy * low / step
                segments[count, 2] = vertices[v, 0] + dx * high / step
                segments[count, 3] = vertices[v, 1] + dy * high / step
                count += 1
            passed += step
    return segments[:count]


@compiled
def field_around(
    segments: np.ndarray, x0: float, y0: float, columns: int, rows: int, pixel: float, side: float
) -> np.ndarray:
    """Return rows x columns of distances to the nearest segment, near the given side of it.

    Distances of more than two pixels beyond the side are left at that.
    """
    far = side + 2 * pixel
    field = np.full((rows, columns), far * far)
    for s in range(len(segments)):
        ax, ay, bx, by = segments[s, 0], segments[s, 1], segments[s, 2], segments[s, 3]
        dx, dy = bx - ax, by - ay
        square = dx * dx + dy * dy
        west = max(int((min(ax, bx) - far - x0) / pixel), 0)
        east = min(int((max(ax, bx) + far - x0) / pixel) + 1, columns - 1)
        south = max(int((min(ay, by) - far - y0) / pixel), 0)
        north = min(int((max(ay, by) + far - y0) / pixel) + 1, rows - 1)
        for row in range(south, north + 1):
            y = y0 + row * pixel - ay
            for column in range(west, east + 1):
                x = x0 + column * pixel - ax
                along = 0.0
                if square > 0:
                    along = min(max((x * dx + y * dy) / square, 0.0), 1.0)
                off_x, off_y = x - along * dx, y - along * dy
                distance = off_x * off_x + off_y * off_y
                field[row, column] = min(field[row, column], distance)
    return np.sqrt(field)
