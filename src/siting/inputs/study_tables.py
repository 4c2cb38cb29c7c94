"""Every table and layer that a scenario names, each checked by itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from pyproj import CRS

from siting.errors import DataError, Problem
from siting.inputs.areas import read_areas
from siting.inputs.cells import read_cells
from siting.inputs.columns import Table
from siting.inputs.dictionary import tables_of
from siting.inputs.files import check_file
from siting.inputs.header import Places
from siting.inputs.layers import metric_crs
from siting.inputs.placing import give_positions, in_wgs84
from siting.inputs.residents import Form, read_residents
from siting.inputs.tables import CheckedTable, read_table
from siting.inputs.unused import unused
from siting.inputs.zones import read_zones
from siting.notes import Note
from siting.scenario import Scenario

layers = ("townships", "communities")
shifted = ("cells", "seats", "facilities", "hosts", "areas", "medical")
"""Tables whose coordinates may be those of a Chinese map service."""
sited = ("facilities", "hosts", "medical")
"""Tables whose rows may have an address in place of coordinates."""


@dataclass(frozen=True)
class Tables:
    """What the files of a study hold.

    Attributes
    ----------
    frames
        Key under ``inputs`` -> table in the form of the data dictionary, for the files that the
        scenario names; layers are GeoDataFrames in the metric CRS. ``lon`` and ``lat`` are
        WGS-84, NaN where only an address is known.
    places
        Where the rows of each table stand in its file.
    residents_form
        What the header of the residents table says.
    notes
        What was left out, repaired or converted.
    """

    frames: Mapping[str, pd.DataFrame]
    places: Mapping[str, Places]
    residents_form: Form
    notes: tuple[Note, ...]


def read_tables(scenario: Scenario) -> Tables:
    """Read and check every table and layer that a scenario names, each by itself.

    Raises
    ------
    DataError
        With every problem of every file at once.
    """
    files = scenario.inputs
    crs = metric_crs(scenario)
    readers: dict[str, Callable[[], Any]] = {
        "streets": partial(check_file, scenario.path(files.streets), files.streets)
    }
    for key, table in tables_of(scenario).items():
        name = getattr(files, key)
        if name is not None:
            readers[key] = partial(_read, scenario.path(name), name, table, crs, files.missing_crs)
    readers["residents"] = partial(read_residents, scenario.path(files.residents), files.residents)
    read = gather(readers)
    del read["streets"]
    read["residents"], form = read["residents"]
    frames = {key: checked.frame for key, checked in read.items()}
    notes = [note for checked in read.values() for note in checked.notes]
    notes += _examples({key: checked.examples for key, checked in read.items()}, scenario)
    if files.coordinates != "wgs84":
        points = {key: frame for key, frame in frames.items() if "lon" in frame.columns}
        converted, how = in_wgs84(_some(points, shifted), files.coordinates)
        frames |= converted
        notes.append(how)
    if "placed" in frames:
        given, told = give_positions(_some(frames, sited), frames["placed"], read["placed"].places)
        frames |= given
        notes += told
    places = {key: checked.places for key, checked in read.items()}
    notes += unused(frames, scenario)
    return Tables(frames, places, form, tuple(notes))


def _some(frames: Mapping[str, pd.DataFrame], keys: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    return {key: frames[key] for key in keys if key in frames}


def gather(readers: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
    """Call every reader, and raise the problems of all of them together."""
    read: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, reader in readers.items():
        try:
            read[name] = reader()
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return read


def _read(path: Path, name: str, table: Table, crs: CRS, missing_crs: str | None) -> CheckedTable:
    if table.name in layers:
        return read_zones(path, table, crs, missing_crs, name)
    if table.name == "areas":
        return read_areas(path, crs, missing_crs, name)
    if table.name == "cells":
        return read_cells(path, name)
    return read_table(path, table, name)


def _examples(counts: Mapping[str, int], scenario: Scenario) -> list[Note]:
    """Return what tells of the example rows of all tables."""
    found = {key: count for key, count in counts.items() if count}
    if not found:
        return []
    labels = [table.label for key, table in tables_of(scenario).items() if key in found]
    total = sum(found.values())
    return [
        Note(
            zh=f"略过示例{total}行（{'、'.join(labels)}）",
            en=f"{total} example rows were passed over ({', '.join(found)})",
        )
    ]
