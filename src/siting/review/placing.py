"""The page on which sites that have an address only are placed by a click."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from siting.named_file import split_part
from siting.network import Network
from siting.review.frame import frame_page
from siting.review.layers import placing_layers
from siting.review.placing_words import placing_texts
from siting.review.words import words
from siting.scenario import Scenario
from siting.scenario.parameters import table_sheets

scripts = (
    "writing.js",
    "packs.js",
    "streets.js",
    "site_marks.js",
    "ground.js",
    "search.js",
    "placing_file.js",
    "placing_rows.js",
    "placing_map.js",
    "placing.js",
)
"""Our scripts, in the order they are read."""
usual_file = "placed.csv"


def draw_placing_page(
    scenario: Scenario,
    unplaced: pd.DataFrame,
    townships: gpd.GeoDataFrame,
    network: Network,
    sites: pd.DataFrame,
    lang: str = "zh",
    *,
    placed: pd.DataFrame | None = None,
) -> str:
    """Return the page as HTML; the same input gives the same bytes.

    The page saves the table that the scenario names as ``inputs.placed``: ``site_id, lon, lat``
    in WGS-84, whatever ``inputs.coordinates`` says of the other tables. Where that is a sheet, it
    saves ``placed.csv`` and says into which sheet of which workbook its rows go.

    Parameters
    ----------
    unplaced
        ``site_id, name, address, table`` of the sites to place; name and address may be missing.
    townships
        ``township_code, township, district, geometry`` in a metric CRS.
    network
        Streets for the background.
    sites
        ``site_id, name, x, y`` of sites already placed, in the CRS of the townships.
    lang
        ``zh`` or ``en``.
    placed
        ``site_id, lon, lat`` that the table of the scenario holds so far. Sites that are among
        ``unplaced`` start there and can be moved; the page saves the other rows again.

    Raises
    ------
    ValueError
        The language is unknown, or a ``site_id`` is twice among ``unplaced``.
    """
    if not unplaced["site_id"].is_unique:
        raise ValueError("a site_id stands twice among the sites to place")
    zones = townships.assign(district=_texts(townships["district"]))
    book, sheet = _sheet_of_places(scenario)
    data = {
        "lang": lang,
        "words": words(lang, placing_texts),
        "illustrative": scenario.illustrative,
        "title": scenario.titled(lang),
        "seat_zones": scenario.inputs.seats is not None,
        "file": usual_file if book else scenario.inputs.placed or usual_file,
        "book": book,
        "sheet": sheet,
        "file_is_named": scenario.inputs.placed is not None,
        "file_is_read": placed is not None,
        "rows": _columns(unplaced, ("site_id", "name", "address", "table")),
        "placed": [] if placed is None else _positions(placed),
        "townships": _columns(zones, ("township_code", "township", "district")),
        "sites": _columns(sites, ("site_id", "name")),
        "layers": placing_layers(zones, network, sites),
    }
    return frame_page(data, ("review.css", "placing.css"), scripts)


def _sheet_of_places(scenario: Scenario) -> tuple[str, str]:
    """Return the workbook and the sheet that hold the coordinates, empty where a CSV file does."""
    if scenario.inputs.placed is not None:
        file, sheet = split_part(Path(scenario.inputs.placed))
        return (file.name, sheet or "") if file.suffix.lower() in (".xlsx", ".xlsm") else ("", "")
    book, _ = split_part(Path(scenario.inputs.residents))
    # a scenario that is a workbook says of each table in which of its own sheets it stands
    is_workbook = f"{book.name}, sheet " in scenario.place("inputs", "residents")
    return (book.name, table_sheets["placed"]) if is_workbook else ("", "")


def _columns(table: pd.DataFrame, names: tuple[str, ...]) -> dict[str, list[str]]:
    return {name: _texts(table[name]).tolist() for name in names}


def _texts(column: pd.Series) -> pd.Series:
    return column.astype(object).where(column.notna(), "").astype(str)


def _positions(placed: pd.DataFrame) -> list[list[Any]]:
    return [
        [site_id, float(lon), float(lat)]
        for site_id, lon, lat in zip(placed["site_id"], placed["lon"], placed["lat"], strict=True)
    ]
