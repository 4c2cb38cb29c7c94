"""Facilities and candidates from places of OpenStreetMap."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer
from scipy.spatial import KDTree

from siting.inputs.zones import no_zone, zone_of
from siting.network.osm_kinds import osm_kinds
from siting.network.osm_places import read_osm_places
from siting.notes import Note
from siting.scenario.made_sites import OsmPlaces

one_place_m = 50.0
"""Two places of one kind nearer than this are one, unless both have names that differ: a node
inside the outline of its building (assumption)."""
most_named = 10
"""Candidates outside the study area named in a note; all are counted."""


def places_of(path: Path, entries: Sequence[OsmPlaces]) -> list[pd.DataFrame]:
    """Read the places of each entry: those of its kind, or with its tags.

    Returns
    -------
    list of pandas.DataFrame
        ``osm_id, name, lon, lat``, as :func:`siting.network.osm_places.read_osm_places`.
    """
    any_of = [
        [entry.tags or {}] if entry.kind is None else osm_kinds[entry.kind].any_of
        for entry in entries
    ]
    found = iter(read_osm_places(path, [tags for each in any_of for tags in each]))
    return [
        pd.concat([next(found) for _ in each]).drop_duplicates("osm_id", ignore_index=True)
        for each in any_of
    ]


def osm_sites(
    found: Sequence[pd.DataFrame],
    asked: Sequence[OsmPlaces],
    townships: gpd.GeoDataFrame,
    host_labels: Mapping[str, str],
    margin_m: float,
) -> tuple[list[pd.DataFrame], tuple[Note, ...]]:
    """Turn the places found for each entry into sites.

    A place that several entries found belongs to the first. Of places that count as one
    (:data:`one_place_m`) the one with a name is kept, then the one drawn as an outline, then the
    first by its id. Candidates outside the study area are left out; facilities there stay,
    because they may cover, up to the margin in which streets are read.

    Parameters
    ----------
    found
        For each entry ``osm_id`` (such as ``node/123``) ``, name, lon, lat``; WGS-84, NaN where
        the file does not tell.
    asked
        The entries of the scenario.
    townships
        Together they are the study area.
    host_labels
        Kind of host -> its label, for places without a name.
    margin_m
        Places farther than this from the box of the study area are left out.

    Returns
    -------
    list of pandas.DataFrame
        For each entry ``site_id, name, lon, lat``, in the order of ``site_id``.
    tuple of Note
        For each entry how many became sites, were merged, lie outside or have no coordinates.
    """
    west, south, east, north = townships.total_bounds
    box = shapely.box(west - margin_m, south - margin_m, east + margin_m, north + margin_m)
    to_metric = Transformer.from_crs(4326, townships.crs, always_xy=True)
    seen: set[str] = set()
    numbered: dict[str, int] = {}
    tables, notes = [], []
    for places, entry in zip(found, asked, strict=True):
        new = places[~places["osm_id"].isin(seen)].sort_values("osm_id", ignore_index=True)
        seen.update(new["osm_id"])
        xy = np.c_[to_metric.transform(new["lon"].to_numpy(), new["lat"].to_numpy())]
        on_map = np.isfinite(xy).all(axis=1)
        near = on_map & shapely.intersects_xy(box, np.where(on_map[:, None], xy, np.inf))
        located, xy = new[near], xy[near]
        first = _first_of_each(located, xy)
        sites, xy = located.iloc[first], xy[first]
        outside = zone_of(xy[:, 0], xy[:, 1], townships) == no_zone
        beyond = _site_id(sites["osm_id"][outside])
        if entry.made_host is not None:
            sites = sites[~outside]
        host = entry.made.host
        nameless = (sites["name"].fillna("").str.strip() == "").to_numpy()
        before = numbered.get(host, 0)
        numbered[host] = before + int(nameless.sum())
        number = pd.Series(before + nameless.cumsum(), index=sites.index).astype(str)
        table = pd.DataFrame(
            {
                "site_id": _site_id(sites["osm_id"]),
                "name": sites["name"].mask(nameless, f"未命名{host_labels[host]} " + number),
                "lon": sites["lon"],
                "lat": sites["lat"],
            }
        )
        tables.append(table.sort_values("site_id").reset_index(drop=True))
        told = {
            "merged": len(located) - len(first),
            "nameless": int(nameless.sum()),
            "nowhere": int((~on_map).sum()),
            "far": int((on_map & ~near).sum()),
        }
        notes.append(_note(entry, len(table), beyond, told, margin_m / 1000))
    return tables, tuple(notes)


def _site_id(osm_id: pd.Series) -> pd.Series:
    return "osm-" + osm_id.str.replace("/", "-")


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


def _note(
    entry: OsmPlaces, made: int, outside: pd.Series, told: Mapping[str, int], margin_km: float
) -> Note:
    tags = [f"{key}={'|'.join(values)}" for key, values in (entry.tags or {}).items()]
    what = entry.kind or " + ".join(tags)
    if entry.facility is not None:
        zh = f"现有设施{made}处（其中规划范围外{len(outside)}处）"
        en = f"{made} facilities ({len(outside)} of them outside the study area)"
    else:
        listed = ", ".join(outside.head(most_named))
        zh = f"候选点位{made}处（规划范围外{len(outside)}处未采用{listed and '：'}{listed}）"
        en = f"{made} candidates ({len(outside)} outside the study area were left out"
        en += f"{listed and ': '}{listed})"
    if told["far"]:
        zh += f"，规划范围外{margin_km:g}公里以远（未读入道路）的{told['far']}处未采用"
        en += f", {told['far']} farther than {margin_km:g} km, where no streets are read, left out"
    if told["nowhere"]:
        zh += f"，文件中无坐标的{told['nowhere']}处未采用"
        en += f", {told['nowhere']} without coordinates in the file left out"
    source = entry.made.source
    return Note(
        zh=f"OpenStreetMap {what}：{zh}，合并重复{told['merged']}处，"
        f"未命名{told['nameless']}处（指标依据：{source}）",
        en=f"OpenStreetMap {what}: {en}, {told['merged']} duplicates merged, "
        f"{told['nameless']} without a name (source of the figures: {source})",
    )
