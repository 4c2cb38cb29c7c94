"""Rows of tables -> points: in WGS-84, in the study's CRS, in a township."""

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import Transformer

from siting.errors import DataError, Problem
from siting.inputs.coordinates import System, to_wgs84
from siting.inputs.header import Places
from siting.inputs.zones import zone_of
from siting.notes import Note

system_labels = {"gcj02": "GCJ-02", "bd09": "BD-09"}
far_degrees = 1.0
"""Points farther than this from the study area are looked at again with lon and lat exchanged
(assumption: whatever serves a district is nearer)."""
most_named = 5


def in_wgs84(
    tables: Mapping[str, pd.DataFrame], system: System
) -> tuple[dict[str, pd.DataFrame], Note]:
    """Return tables with their coordinates converted to WGS-84, and the note that says so."""
    converted = {}
    points = 0
    for name, table in tables.items():
        lon, lat = to_wgs84(table["lon"].to_numpy(), table["lat"].to_numpy(), system)
        converted[name] = table.assign(lon=lon, lat=lat)
        points += int(np.isfinite(lon).sum())
    label = system_labels[system]
    return converted, Note(
        zh=f"表中坐标按{label}读入，{points}个点已换算为WGS-84（{'、'.join(tables)}）；图层不换算",
        en=f"coordinates of the tables were read as {label}; {points} points were converted to "
        f"WGS-84 ({', '.join(tables)}); layers were not",
    )


def give_positions(
    tables: Mapping[str, pd.DataFrame], placed: pd.DataFrame, places: Places
) -> tuple[dict[str, pd.DataFrame], list[Note]]:
    """Give coordinates to the rows that had an address only.

    Parameters
    ----------
    tables
        ``facilities, hosts, medical``, as far as the study has them.
    placed
        ``site_id, lon, lat`` (WGS-84); rows that have coordinates of their own keep them.

    Raises
    ------
    DataError
        With the ids that no table has, and those that two tables want.
    """
    by_id = placed.set_index("site_id")
    given = {}
    used: set[str] = set()
    wanting: list[str] = []
    for name, table in tables.items():
        ids = table.iloc[:, 0]
        used |= set(ids)
        wanted = (table["lon"].isna() & ids.isin(by_id.index)).to_numpy()
        wanting += ids[wanted].to_list()
        found = by_id.reindex(ids)
        given[name] = table.assign(
            lon=np.where(wanted, found["lon"], table["lon"]),
            lat=np.where(wanted, found["lat"], table["lat"]),
        )
    shared = {each for each in wanting if wanting.count(each) > 1}
    problems = [
        Problem(
            places.at(rows, "site_id"),
            f"{rows.sum()} ids are in {where}: "
            f"{', '.join(placed['site_id'][rows].head(most_named))}",
            remedy,
        )
        for rows, where, remedy in (
            (
                ~placed["site_id"].isin(used).to_numpy(),
                "none of the tables",
                "correct them, or remove the rows",
            ),
            (
                placed["site_id"].isin(shared).to_numpy(),
                "two tables without coordinates",
                "give the rows of each table ids of their own",
            ),
        )
        if rows.any()
    ]
    if problems:
        raise DataError(problems)
    notes = []
    if wanting:
        notes.append(
            Note(
                zh=f"{len(wanting)}处只有地址的点位采用补充坐标",
                en=f"{len(wanting)} sites with an address only were given the coordinates of "
                f"{places.name}",
            )
        )
    ignored = sorted(set(placed["site_id"]) - set(wanting))
    if ignored:
        named, more = ignored[:most_named], len(ignored) > most_named
        notes.append(
            Note(
                zh=f"{places.name}：{len(ignored)}处在原表中已有坐标，补充坐标未采用："
                f"{'、'.join(named)}{'等' if more else ''}",
                en=f"{places.name}: {len(ignored)} sites have coordinates of their own, which "
                f"they keep: {', '.join(named)}{', ...' if more else ''}",
            )
        )
    return given, notes


def place_rows(
    table: pd.DataFrame, to_metric: Transformer, townships: gpd.GeoDataFrame, name: str
) -> pd.DataFrame:
    """Return a table with ``x, y`` in the study's CRS and ``zone``, the position in townships.

    Parameters
    ----------
    table
        ``lon, lat`` (WGS-84); its first column names its rows.

    Raises
    ------
    DataError
        Points lie outside the CRS, or lie far away and would lie in the study area if longitude
        and latitude were exchanged.
    """
    lon, lat = table["lon"].to_numpy(dtype=float), table["lat"].to_numpy(dtype=float)
    west, south, east, north = townships.to_crs(4326).total_bounds
    x, y = to_metric.transform(lon, lat)
    lost = ~(np.isfinite(x) & np.isfinite(y))
    swapped = ~_inside(lon, lat, west, south, east, north) & _inside(
        lat, lon, west, south, east, north
    )
    for rows, what, remedy in (
        (swapped, "longitude and latitude are swapped", "exchange the two columns"),
        (
            lost & ~swapped,
            f"{lost.sum()} points lie outside the CRS of the study",
            "correct lon and lat (WGS-84)",
        ),
    ):
        if rows.any():
            ids = [str(each) for each in table.iloc[:, 0][rows].head(most_named)]
            more = f" and {rows.sum() - most_named} more" if rows.sum() > most_named else ""
            raise DataError(
                [Problem(f"{name}, {table.columns[0]} {', '.join(ids)}{more}", what, remedy)]
            )
    return table.assign(x=x, y=y, zone=zone_of(x, y, townships))


def _inside(
    lon: np.ndarray, lat: np.ndarray, west: float, south: float, east: float, north: float
) -> np.ndarray:
    return (
        (lon >= west - far_degrees)
        & (lon <= east + far_degrees)
        & (lat >= south - far_degrees)
        & (lat <= north + far_degrees)
    )
