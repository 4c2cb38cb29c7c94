"""The town of small_study in every format that is read, with a run of it, to be spoilt."""

import json
import shutil
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import rasterio
import shapely

import drawn_osm
import filled_workbook
import small_study
from drawn_town import crs, metre, origin
from siting.cli import main
from siting.inputs.files import sha256_of

places = {"a": (0, 0), "b": (3, 0), "c": (6, 0), "d": (9, 0), "e": (0, -2), "f": (3, -2)}
ways = [(letters, {"highway": "residential"}) for letters in ("abcd", "ae", "bf", "ef")]
tables = ("residents", "cells", "facilities", "hosts")
switched = {"site_id": "cf", "open": False, "classes": {}}
trial = {
    "siting_trial": 1,
    "scenario": "drawn town",
    "plan_hash": "0" * 64,
    "year": 2025,
    "minutes": 5,
    "walk_m_per_min": 60.0,
    "sites": [switched],
}
profile = """\
id: mine
title: 某区实施方案
number: 某政办〔2026〕1号
place: 某区
base_year: 2025
years: [2025]
provisions:
  - id: M1
    title: 每千人口托位数
    title_en: Places per thousand
    strength: 预期
    clause: 二
    sentence: 到2026年每千人口托位数达到1个。
    carried_by: [target]
    how: 全区合计
    how_en: for the area
    targets:
      - {kind: per_thousand, required: {2025: 1.0}}
"""


def write(folder: Path) -> None:
    """Write every file, and runs of ``town.yaml``: ``out`` with an alternative, and ``other``."""
    write_inputs(folder)
    assert main(["run", str(folder / "town.yaml"), "--out", str(folder / "out")]) == 0
    shutil.copytree(folder / "out", folder / "other")
    write_alternative(folder / "out")


def write_inputs(folder: Path) -> None:
    """Write every input file; ``town.yaml`` and its like are scenarios of one town."""
    small_study.write(folder)
    streets = gpd.read_file(folder / "streets.gpkg")
    townships = gpd.read_file(folder / "townships.geojson")
    variant(folder, "geojson", "streets.gpkg", "streets.geojson")
    streets.to_crs(4326).to_file(folder / "streets.geojson")
    variant(folder, "gpkg", "townships.geojson", "townships.gpkg")
    townships.to_file(folder / "townships.gpkg")
    variant(folder, "shp", "streets.gpkg", "streets.shp")
    streets.to_file(folder / "streets.shp")
    short = {"township_code": "township_c", "district_code": "district_c"}
    townships.rename(columns=short).to_file(folder / "townships.shp", encoding="utf-8")
    edit_scenario(folder / "shp.yaml", "townships.geojson", "townships.shp")
    variant(folder, "parquet", "streets.gpkg", "streets.parquet")
    streets.to_parquet(folder / "streets.parquet")
    variant(folder, "osm", "streets.gpkg", "town.osm")
    drawn_osm.write_osm(folder / "town.osm", places, ways)
    variant(folder, "pbf", "streets.gpkg", "town.osm.pbf")
    drawn_osm.as_pbf(folder / "town.osm")
    variant(folder, "graphml", "streets.gpkg", "town.graphml")
    (folder / "town.graphml").write_text(graphml(), encoding="utf-8")
    variant(folder, "osmnx", "streets.gpkg", "osmnx.gpkg")
    write_osmnx_layers(folder / "osmnx.gpkg")
    write_workbook(folder)
    write_raster(folder)
    variant(folder, "policy", "name: ", "policy: {profiles: [mine.yaml]}\nname: ")
    (folder / "mine.yaml").write_text(profile, encoding="utf-8")
    text = json.dumps(trial, ensure_ascii=False)
    (folder / "trial.json").write_text(text, encoding="utf-8")
    (folder / "study").mkdir()
    filled_workbook.write(folder / "study")


def write_alternative(out: Path) -> None:
    """Let a run have an alternative beside it: itself, as a small town has no other."""
    shutil.copytree(out, out / "alternative-1")
    document = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    found = {
        "folder": "alternative-1",
        "plan_hash": document["plan_hash"],
        "status": "optimal",
        "gap": 0.0,
    }
    told = {"note": {"zh": "示意", "en": "drawn"}, "found": [found]}
    (out / "alternatives.json").write_text(json.dumps(told), encoding="utf-8")
    document["tables"]["alternatives.json"] = sha256_of(out / "alternatives.json")
    (out / "plan.json").write_text(json.dumps(document), encoding="utf-8")
    about = json.loads((out / "run.json").read_text(encoding="utf-8"))
    about["plan_sha256"] = sha256_of(out / "plan.json")
    (out / "run.json").write_text(json.dumps(about), encoding="utf-8")


def variant(folder: Path, name: str, old: str, new: str) -> None:
    """Write the scenario again under another name with a text of it replaced."""
    shutil.copy(folder / "town.yaml", folder / f"{name}.yaml")
    edit_scenario(folder / f"{name}.yaml", old, new)


def edit_scenario(path: Path, old: str, new: str) -> None:
    small_study.edit(path, old, new)


def metric(letter: str) -> np.ndarray:
    return origin + metre * np.array(places[letter])


def edges() -> list[tuple[str, str]]:
    return [pair for letters, _ in ways for pair in zip(letters, letters[1:])]


def graphml() -> str:
    """Return the streets as osmnx writes GraphML."""
    nodes = "".join(
        "<node id='{}'><data key='d1'>{}</data><data key='d2'>{}</data></node>\n".format(
            letter, *metric(letter)
        )
        for letter in places
    )
    lines = "".join(
        f"<edge source='{one}' target='{other}'><data key='d3'>residential</data></edge>\n"
        for one, other in edges()
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        "<graphml xmlns='http://graphml.graphdrawing.org/xmlns'>\n"
        "<key id='d0' for='graph' attr.name='crs'/><key id='d1' for='node' attr.name='x'/>\n"
        "<key id='d2' for='node' attr.name='y'/><key id='d3' for='edge' attr.name='highway'/>\n"
        f"<graph edgedefault='directed'><data key='d0'>epsg:32650</data>\n{nodes}{lines}"
        "</graph></graphml>\n"
    )


def write_osmnx_layers(path: Path) -> None:
    """Write the streets as osmnx writes GeoPackage."""
    ids = list(map(drawn_osm.number, places))
    points = [shapely.Point(metric(letter)) for letter in places]
    gpd.GeoDataFrame({"osmid": ids}, geometry=points, crs=crs).to_file(path, layer="nodes")
    pairs = edges()
    columns = {
        "u": [drawn_osm.number(one) for one, _ in pairs],
        "v": [drawn_osm.number(other) for _, other in pairs],
        "highway": "residential",
    }
    lines = [shapely.LineString([metric(one), metric(other)]) for one, other in pairs]
    gpd.GeoDataFrame(columns, geometry=lines, crs=crs).to_file(path, layer="edges")


def write_workbook(folder: Path) -> None:
    """Write the tables as the sheets of one workbook, and a scenario that names them."""
    shutil.copy(folder / "town.yaml", folder / "book.yaml")
    with pd.ExcelWriter(folder / "tables.xlsx") as book:
        for name in tables:
            pd.read_csv(folder / f"{name}.csv").to_excel(book, sheet_name=name, index=False)
            edit_scenario(folder / "book.yaml", f"{name}.csv", f"tables.xlsx#{name}")


def write_raster(folder: Path) -> None:
    """Write the people as a raster of 100 m, and a scenario that names it."""
    variant(folder, "raster", '  cells: "cells.csv"\n', "")
    rasters = '{kind: "raster", residents: "people.tif", source: "drawn"}'
    path = folder / "raster.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(("population:", "  kind:"))]
    path.write_text("\n".join([*kept, f"population: {rasters}"]) + "\n", encoding="utf-8")
    write_people(folder / "people.tif")


def pixels() -> np.ndarray:
    """Return the people of the pixels around the town; a is in the seventh row and column."""
    people = np.zeros((16, 24), dtype="float32")
    for letter, residents in small_study.town.people.items():
        east, north = places[letter]
        people[6 - north, 6 + east] = residents
    return people


def write_people(path: Path, people: np.ndarray | None = None, **options: object) -> None:
    """Write the raster of people, or one that differs from it."""
    people = pixels() if people is None else people
    bands = people.reshape(-1, *people.shape[-2:])
    left, top = origin + metre * np.array([-6.5, 6.5])
    usual = {
        "driver": "GTiff",
        "height": bands.shape[1],
        "width": bands.shape[2],
        "count": len(bands),
        "dtype": bands.dtype.name,
        "crs": "EPSG:32650",
        "transform": rasterio.Affine(metre, 0, left, 0, -metre, top),
        "nodata": -1.0,
    }
    with rasterio.open(path, "w", **{**usual, **options}) as file:
        file.write(bands)
