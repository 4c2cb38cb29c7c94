"""Townships and communities: polygons with codes and names; which zone a point lies in."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from siting.errors import DataError, Problem
from siting.inputs.columns import Table
from siting.inputs.header import Places, Rows
from siting.inputs.layers import features, open_layer
from siting.inputs.tables import CheckedTable, check_rows
from siting.notes import Note

no_zone = -1
most_overlap = 0.01
"""Share of a zone that a neighbour may overlap: what hand-drawn boundaries do (assumption)."""
most_change = 0.01
"""Share of its area that the repair of a polygon may change (assumption)."""
most_field_bytes = 10
"""Length of a column name in a Shapefile (dBASE)."""


def read_zones(
    path: Path,
    table: Table,
    crs: CRS,
    missing_crs: str | None = None,
    name: str | None = None,
) -> CheckedTable:
    """Read polygons with their attributes: townships, communities, new residential areas.

    Parameters
    ----------
    path, crs, missing_crs, name
        As in :func:`siting.inputs.layers.open_layer`.

    Returns
    -------
    CheckedTable
        Its frame is a GeoDataFrame with the columns of the dictionary and ``geometry`` in
        ``crs``, in the order of the key. Invalid polygons are repaired where that changes little.

    Raises
    ------
    DataError
        A column is missing or wrong, a code stands twice, a shape is no polygon, cannot be
        repaired, or is there twice.
    """
    name = name or str(path)
    layer, notes = open_layer(path, crs, missing_crs, name)
    shapes, repairs = _polygons(np.asarray(layer.geometry.array), name)
    attributes = pd.DataFrame(layer.drop(columns=layer.geometry.name)).reset_index(drop=True)
    if path.suffix.lower() == ".shp":
        attributes = attributes.rename(columns=_cut_names(table))
    numbers = np.arange(1, len(layer) + 1)
    checked = check_rows(Rows(attributes, Places(name, numbers, row_word="feature")), table)
    return CheckedTable(
        gpd.GeoDataFrame(checked.frame, geometry=shapes[checked.places.rows - 1], crs=crs),
        checked.places,
        (*notes, *repairs, *checked.notes),
    )


def _cut_names(table: Table) -> dict[str, str]:
    """Return the names that a Shapefile has cut short: ten bytes, a Chinese character being two."""
    cut: dict[str, str] = {}
    names = [column.name for column in table.columns]
    for column in table.columns:
        for name, short in (
            (column.name, column.name[:most_field_bytes]),
            (column.label, column.label[: most_field_bytes // 2]),
        ):
            if short != name and short not in names:
                cut[short] = column.name
    return cut


def _polygons(shapes: np.ndarray, name: str) -> tuple[np.ndarray, tuple[Note, ...]]:
    """Return flat, valid polygons, and what was repaired to get them."""
    is_area = np.isin(shapely.get_type_id(shapes), (3, 6))
    if not is_area.all():
        bad = np.flatnonzero(~is_area)
        raise DataError(
            [
                Problem(
                    f"{name}, {features(bad)}",
                    f"{len(bad)} shapes are not polygons but {shapes[bad[0]].geom_type}",
                    "export the zones as polygons",
                )
            ]
        )
    flat = shapely.force_2d(shapes)
    invalid = np.flatnonzero(~shapely.is_valid(flat))
    repaired = flat.copy()
    repaired[invalid] = shapely.make_valid(flat[invalid], method="structure", keep_collapsed=False)
    area, was = shapely.area(repaired[invalid]), shapely.area(flat[invalid])
    lost = invalid[(np.abs(area - was) > most_change * area) | (area == 0)]
    problems = [
        Problem(
            f"{name}, feature {feature + 1}",
            f"the polygon is not valid ({shapely.is_valid_reason(flat[feature])}), and repairing "
            f"it would change its area by more than {most_change:.0%}",
            "repair the geometry in your GIS",
        )
        for feature in lost
    ]
    problems += _same_shapes(repaired, name)
    if problems:
        raise DataError(problems)
    if not len(invalid):
        return repaired, ()
    return repaired, (
        Note(
            zh=f"{name}：{len(invalid)}个无效多边形已修复，面积变化均在{most_change:.0%}以内",
            en=f"{name}: {len(invalid)} invalid polygons ({features(invalid)}) were repaired; no "
            f"area changed by more than {most_change:.0%}",
        ),
    )


def _same_shapes(shapes: np.ndarray, name: str) -> list[Problem]:
    """Return shapes that are there more than once."""
    forms = pd.Series(shapely.to_wkb(shapely.normalize(shapes)))
    first = forms.map(dict(zip(forms[::-1], forms.index[::-1], strict=True)))
    again = np.flatnonzero(first.to_numpy() != np.arange(len(forms)))
    return [
        Problem(
            f"{name}, features {first[feature] + 1} and {feature + 1}",
            "the same shape is there twice",
            "remove one of them",
        )
        for feature in again
    ]


def check_no_overlap(zones: gpd.GeoDataFrame, name: str) -> None:
    """Refuse zones that lie over one another.

    Raises
    ------
    DataError
        With the pairs that share more than :data:`most_overlap` of the smaller one.
    """
    shapes = np.asarray(zones.geometry.array)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    one, other = one[one < other], other[one < other]
    shared = shapely.area(shapely.intersection(shapes[one], shapes[other]))
    smaller = np.minimum(shapely.area(shapes[one]), shapely.area(shapes[other]))
    bad = np.flatnonzero(shared > most_overlap * smaller)
    if len(bad):
        code = zones.iloc[:, 0].to_numpy()
        pairs = [f"{code[one[i]]} and {code[other[i]]}" for i in bad[:5]]
        raise DataError(
            [
                Problem(
                    name,
                    f"{len(bad)} pairs of zones overlap: {', '.join(pairs)}",
                    "draw each place into one zone only",
                )
            ]
        )


def zone_of(x: np.ndarray, y: np.ndarray, zones: gpd.GeoDataFrame) -> np.ndarray:
    """Return the position of the zone that holds each point, ``no_zone`` where none does.

    A point on a shared boundary belongs to the first zone in the order of the codes.
    """
    tree = shapely.STRtree(np.asarray(zones.geometry.array))
    point, zone = tree.query(shapely.points(x, y), predicate="intersects")
    found = np.full(len(x), len(zones))
    np.minimum.at(found, point, zone)
    return np.where(found == len(zones), no_zone, found)
