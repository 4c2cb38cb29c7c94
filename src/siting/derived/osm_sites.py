"""Facilities and candidates from places of OpenStreetMap."""

from collections.abc import Mapping, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import Transformer
from scipy.spatial import KDTree

from siting.inputs.zones import no_zone, zone_of
from siting.notes import Note
from siting.scenario.made_sites import OsmPlaces

one_place_m = 50.0
"""Two places of one kind nearer than this are one, unless both have names that differ: a node
inside the outline of its building (assumption)."""
most_named = 10
"""Candidates outside the study area named in a note; all are counted."""


def osm_sites(
    places: pd.DataFrame,
    townships: gpd.GeoDataFrame,
    asked: Sequence[OsmPlaces],
    host_labels: Mapping[str, str],
) -> tuple[list[pd.DataFrame], tuple[Note, ...]]:
    """Turn places into sites, entry by entry.

    Of places that count as one (:data:`one_place_m`) the one with a name is kept, then the one
    drawn as an outline, then the first by its id. Candidates outside the study area are left out;
    facilities there stay, because they may cover.

    Parameters
    ----------
    places
        ``osm_id`` (such as ``node/123``) ``, name, lon, lat`` and a column for each key of the
        tags, empty where a place has none.
    townships
        Together they are the study area.
    asked
        The entries of the scenario; a place belongs to the first that it matches.
    host_labels
        Kind of host -> its label, for places without a name.

    Returns
    -------
    list of pandas.DataFrame
        For each entry ``site_id, name, lon, lat``, in the order of ``site_id``.
    tuple of Note
        For each entry how many became sites, were merged and lie outside.
    """
    places = places.sort_values("osm_id").reset_index(drop=True)
    to_metric = Transformer.from_crs(4326, townships.crs, always_xy=True)
    x, y = to_metric.transform(places["lon"].to_numpy(), places["lat"].to_numpy())
    on_map = np.isfinite(x) & np.isfinite(y)
    inside = np.zeros(len(places), dtype=bool)
    inside[on_map] = zone_of(x[on_map], y[on_map], townships) != no_zone
    free = on_map
    nameless: dict[str, int] = {}
    tables, notes = [], []
    for entry in asked:
        chosen = free & _matches(places, entry)
        free = free & ~chosen
        rows = np.flatnonzero(chosen)
        kept = rows[_first_of_each(places.iloc[rows], np.c_[x, y][rows])]
        merged = len(rows) - len(kept)
        outside = kept[~inside[kept]]
        if entry.made_host is not None:
            kept = kept[inside[kept]]
        sites = places.iloc[kept]
        host = entry.made.host
        name, unnamed = _named(sites["name"], host_labels[host], nameless.get(host, 0))
        nameless[host] = nameless.get(host, 0) + unnamed
        table = pd.DataFrame(
            {
                "site_id": "osm-" + sites["osm_id"].str.replace("/", "-"),
                "name": name,
                "lon": sites["lon"],
                "lat": sites["lat"],
            }
        )
        tables.append(table.sort_values("site_id").reset_index(drop=True))
        notes.append(_note(entry, table, merged, unnamed, "osm-" + places["osm_id"].iloc[outside]))
    return tables, tuple(notes)


def _matches(places: pd.DataFrame, entry: OsmPlaces) -> np.ndarray:
    matches = np.ones(len(places), dtype=bool)
    for key, values in entry.tags.items():
        matches &= places[key].isin(values).to_numpy()
    return matches


def _first_of_each(places: pd.DataFrame, xy: np.ndarray) -> np.ndarray:
    """Return the positions of the places that are kept, in their order."""
    if not len(places):
        return np.empty(0, dtype=np.int64)
    name = places["name"].fillna("").to_numpy()
    is_node = places["osm_id"].str.startswith("node").to_numpy()
    rank = np.empty(len(places), dtype=np.int64)
    rank[np.lexsort((is_node, name == ""))] = np.arange(len(places))
    close = KDTree(xy).query_pairs(one_place_m, output_type="ndarray")
    one, other = np.take_along_axis(close, np.argsort(rank[close], axis=1), axis=1).T
    same = (name[other] == "") | (name[one] == name[other])
    kept = np.ones(len(places), dtype=bool)
    for i in np.lexsort((rank[other], rank[one])):
        if same[i] and kept[one[i]]:
            kept[other[i]] = False
    return np.flatnonzero(kept)


def _named(name: pd.Series, label: str, before: int) -> tuple[pd.Series, int]:
    """Return the names, with a numbered one where there is none, and how many there are of these.

    Parameters
    ----------
    before
        Places of this label that were numbered already.
    """
    none = name.fillna("").str.strip() == ""
    number = (before + none.cumsum()).astype(str)
    return name.mask(none, f"未命名{label} " + number), int(none.sum())


def _note(
    entry: OsmPlaces, table: pd.DataFrame, merged: int, unnamed: int, outside: pd.Series
) -> Note:
    tags = " + ".join(f"{key}={'|'.join(values)}" for key, values in entry.tags.items())
    listed = ", ".join(outside.str.replace("/", "-").head(most_named))
    if entry.made_host is None:
        zh = f"现有设施{len(table)}处（其中{len(outside)}处在规划范围外）"
        en = f"{len(table)} facilities ({len(outside)} of them outside the study area)"
    else:
        zh = f"候选点位{len(table)}处（规划范围外{len(outside)}处未采用"
        en = f"{len(table)} candidates ({len(outside)} outside the study area were left out"
        zh, en = (
            f"{text}{stop}{listed}{end}" if listed else f"{text}{end}"
            for text, stop, end in ((zh, "：", "）"), (en, ": ", ")"))
        )
    return Note(
        zh=f"OpenStreetMap {tags}：{zh}，合并重复{merged}处，未命名{unnamed}处；指标依据："
        f"{entry.made.source}",
        en=f"OpenStreetMap {tags}: {en}, {merged} duplicates merged, {unnamed} without a name; "
        f"source of the figures: {entry.made.source}",
    )
