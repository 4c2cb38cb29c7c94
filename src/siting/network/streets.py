"""Streets as any source gives them: lines with tags that meet at nodes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from siting.network.access import Tags, is_two_way
from siting.notes import Note

joined_within_m = 0.01
"""Streets meet where their ends agree to a centimetre (assumption: how edge tables are made)."""


@dataclass(frozen=True)
class Streets:
    """Lines with tags that meet at nodes.

    Attributes
    ----------
    name
        File they come from, for messages.
    lines
        LineStrings in the CRS of the study.
    ends
        Node at the start and at the end of each line; lines with the same node meet there.
        Shape (lines, 2).
    tags
        The different sets of tags.
    tags_of
        Position in ``tags`` of each line.
    barriers
        Node -> tags of the barrier that stands on it.
    extent
        Area of which every street is known, in the CRS of the lines; None where nothing says so.
    notes
        What was left out or repaired on reading.
    """

    name: str
    lines: np.ndarray
    ends: np.ndarray
    tags: tuple[Tags, ...]
    tags_of: np.ndarray
    barriers: Mapping[int, Tags] = field(default_factory=dict)
    extent: shapely.Polygon | None = None
    notes: tuple[Note, ...] = ()


def joined_ends(lines: np.ndarray) -> np.ndarray:
    """Return the node at either end of each line, by :data:`joined_within_m`; shape (lines, 2)."""
    ends = np.c_[
        shapely.get_coordinates(shapely.get_point(lines, 0)),
        shapely.get_coordinates(shapely.get_point(lines, -1)),
    ].reshape(-1, 2)
    points, point_of_end = np.unique(ends, axis=0, return_inverse=True)
    close = KDTree(points).query_pairs(joined_within_m, output_type="ndarray")
    links = coo_array((np.ones(len(close)), close.T), shape=(len(points), len(points)))
    group = connected_components(links, directed=False)[1]
    return group[point_of_end].reshape(-1, 2)


def without_twins(streets: Streets) -> Streets:
    """Leave out the second of two equal lines, such as the way back of a two-way street.

    Lines are equal if they have the same course, either way round, and the same tags; a street
    that is one-way by its tags has no twin of the other direction.
    """
    course = shapely.normalize(streets.lines)
    turned = ~shapely.equals_exact(course, streets.lines)
    oneway = np.array([not is_two_way(tags) for tags in streets.tags], dtype=bool)
    keys = pd.DataFrame(
        {
            "course": shapely.to_wkb(course),
            "tags": streets.tags_of,
            "turned": turned & oneway[streets.tags_of],
        }
    )
    twin = keys.duplicated().to_numpy()
    if not twin.any():
        return streets
    note = Note(
        zh=f"{streets.name}：{twin.sum()}条道路与另一条重合（如双向道路按两个方向各存一次），只计一次",
        en=f"{streets.name}: {twin.sum()} streets lie on another one (such as two-way streets "
        "stored once for each direction) and were taken once",
    )
    return replace(
        streets,
        lines=streets.lines[~twin],
        ends=streets.ends[~twin],
        tags_of=streets.tags_of[~twin],
        notes=(*streets.notes, note),
    )
