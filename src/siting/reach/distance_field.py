"""The area within a distance of street parts: a field of distances and its contour."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import shapely

pixel_m = 20.0
"""Side of a pixel of the field; half the width drawn beside a street, so that it is seen."""


class StreetParts(NamedTuple):
    """Parts of streets: edge of the network, and the shares of it where each begins and ends."""

    edge: np.ndarray
    begin: np.ndarray
    end: np.ndarray


def areas_along(
    vertices: np.ndarray, first_vertex: np.ndarray, parts: StreetParts, side_m: float
) -> shapely.Geometry:
    """Return the area within a distance of parts of streets.

    Parameters
    ----------
    vertices, first_vertex
        Coordinates of all streets one after the other, and the first of each street.
    side_m
        The distance, metres.

    Returns
    -------
    shapely.Geometry
        A polygon or multipolygon with holes; its outline is interpolated in a field of pixels of
        20 m whose corners lie at whole multiples of 20 m.
    """
    from contourpy import FillType, contour_generator

    from siting.reach.stamp import field_around, pieces

    segments = pieces(vertices, first_vertex, *parts)
    if not len(segments):
        return shapely.Polygon()
    ends = segments.reshape(-1, 2)
    west, south = np.floor((ends.min(axis=0) - side_m) / pixel_m) - 1
    east, north = np.ceil((ends.max(axis=0) + side_m) / pixel_m) + 1
    x, y = np.arange(west, east + 1) * pixel_m, np.arange(south, north + 1) * pixel_m
    field = field_around(segments, x[0], y[0], len(x), len(y), pixel_m, side_m)
    contours = contour_generator(x, y, field, fill_type=FillType.OuterOffset)
    # OuterOffset gives points and where the rings of each area end.
    rings, offsets = contours.filled(-1.0, side_m)  # type: ignore[misc]
    areas = []
    for points, ends_of in zip(rings, offsets, strict=True):
        closed_rings = [points[a:b] for a, b in pairwise(ends_of)]
        areas.append(shapely.Polygon(closed_rings[0], closed_rings[1:]))
    return areas[0] if len(areas) == 1 else shapely.MultiPolygon(areas)
