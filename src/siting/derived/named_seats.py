"""Seats without coordinates, found by their names among the places of OpenStreetMap."""

import numpy as np
import pandas as pd

from siting.errors import DataError, Problem
from siting.inputs.header import Places
from siting.inputs.matching import same_names
from siting.network.osm_file import is_osm_file
from siting.network.osm_kinds import osm_kinds
from siting.network.osm_places import read_osm_places
from siting.notes import Note
from siting.scenario import Scenario

most_named = 5


def placed_seats(
    seats: pd.DataFrame, places: Places, scenario: Scenario
) -> tuple[pd.DataFrame, tuple[Note, ...]]:
    """Give coordinates to the seats that have none.

    A seat stands where the only place of kind ``seat`` with its name stands; where no place has
    the very name, spaces and endings such as 街道 and 镇 do not count. How near a place is to
    other seats does not decide.

    Parameters
    ----------
    seats
        ``township, lon, lat`` (WGS-84, NaN where only the name is known).
    places
        Where its rows stand.

    Returns
    -------
    pandas.DataFrame
        The same seats, each with ``lon, lat``.
    tuple of Note
        How many were found by name.

    Raises
    ------
    DataError
        The streets are no OpenStreetMap file; or with every seat whose name no place has, or more
        than one.
    """
    without = seats["lon"].isna().to_numpy()
    if not without.any():
        return seats, ()
    path = scenario.path(scenario.inputs.streets)
    if not is_osm_file(path):
        what = f"there are no coordinates, and {path.name} is no OpenStreetMap file to find them in"
        place = places.at(without, "lon", "lat")
        raise DataError([Problem(place, what, "fill in longitude and latitude")])
    known = pd.concat(read_osm_places(path, osm_kinds["seat"].any_of), ignore_index=True)
    known = known[known["lon"].notna() & (known["name"] != "")].reset_index(drop=True)
    names = known["name"].to_list()
    rows = np.flatnonzero(without)
    found = [same_names(str(seats["township"].iloc[row]), names) for row in rows]
    problems = [
        _problem(places.at(np.array([row]), "lon", "lat"), seats["township"].iloc[row], known, same)
        for row, same in zip(rows, found, strict=True)
        if len(same) != 1
    ]
    if problems:
        raise DataError(problems)
    at = known.loc[[same[0] for same in found], ["lon", "lat"]].to_numpy()
    placed = seats.copy()
    placed.loc[without, ["lon", "lat"]] = at
    return placed, (
        Note(
            zh=f"{places.name}：{len(rows)}个驻地没有坐标，按名称取自OpenStreetMap地名",
            en=f"{places.name}: {len(rows)} seats without coordinates were found by name among the "
            "places of OpenStreetMap",
        ),
    )


def _problem(place: str, name: str, known: pd.DataFrame, same: list[int]) -> Problem:
    if not same:
        what = f"no place of OpenStreetMap is called '{name}'"
        return Problem(place, what, "correct the name, or fill in longitude and latitude")
    listed = [
        f"{row.name_} {row.lon:.5f}, {row.lat:.5f} ({row.osm_id})"
        for row in known.iloc[same[:most_named]].rename(columns={"name": "name_"}).itertuples()
    ]
    more = f" and {len(same) - most_named} more" if len(same) > most_named else ""
    what = f"{len(same)} places of OpenStreetMap may be '{name}': {'; '.join(listed)}{more}"
    return Problem(place, what, "fill in the longitude and latitude of one of them")
