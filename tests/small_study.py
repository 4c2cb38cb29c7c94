"""A drawn town as the files of a study, to be read, broken and run as a planner's would."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import Transformer

import yaml_text
from drawn_town import Town, crs, scenario, target
from siting.inputs.dictionary import facilities, hosts

town = Town(
    "a--b--c--d\n|  |\ne--f",
    {"a": 300, "b": 600, "c": 300, "d": 300, "e": 90, "f": 90},
    hosts={"b": {"max_classes": 3}, "d": {"inclusive": False}, "f": {"max_classes": 2}},
    facilities={"a": {"large_classes": 1, "enrolled_24_36": 10, "max_classes": 2}},
    borders=(4.5,),
    asked=scenario(
        targets=(
            target("per_thousand", required=25.0),
            target("population_coverage", required=0.95, hard=False),
        )
    ),
)


def write(folder: Path, town: Town = town) -> Path:
    """Write every file of the study into a folder and return the scenario's path."""
    inputs = town.inputs()
    lines = town.lines()
    streets = {"highway": ["residential"] * len(lines)}
    gpd.GeoDataFrame(streets, geometry=lines, crs=crs).to_file(folder / "streets.gpkg")
    columns = ["township_code", "township", "district_code", "district", "area_type", "geometry"]
    inputs.townships[columns].to_crs(4326).to_file(folder / "townships.geojson")
    residents = [
        inputs.townships[["township_code"]].assign(
            residents=inputs.townships[f"residents_{year}"], year=year
        )
        for year in sorted({town.asked.base_year, *town.asked.years})
    ]
    pd.concat(residents).to_csv(folder / "residents.csv", index=False)
    cells = with_lon_lat(inputs.cells).rename(columns={"residents_2025": "residents"})
    cells[["cell_id", "lon", "lat", "residents"]].to_csv(folder / "cells.csv", index=False)
    sites = with_lon_lat(inputs.sites).drop(columns=["x", "y", "zone"])
    for column in ("inclusive", "may_close", "opens_to_residents"):
        sites[column] = sites[column].map({True: "yes", False: "no"})
    for column in ("running_cost_cny", "subsidy_cny"):
        sites[column] = sites[column].replace(0.0, np.nan)
    existing = sites[sites["status"] == "existing"]
    existing = existing.rename(columns={"place_cost_cny": "expand_cost_cny"})
    candidates = sites[sites["status"] == "candidate"]
    for rows, table in ((existing, facilities(town.asked)), (candidates, hosts(town.asked))):
        known = [column.name for column in table.columns if column.name in rows]
        rows[known].to_csv(folder / f"{table.name}.csv", index=False)
    path = folder / "town.yaml"
    path.write_text(yaml_text.of(town.asked), encoding="utf-8")
    return path


def with_lon_lat(table: pd.DataFrame) -> pd.DataFrame:
    lon, lat = Transformer.from_crs(crs, 4326, always_xy=True).transform(table["x"], table["y"])
    return table.assign(lon=lon, lat=lat)


def shuffle(folder: Path, seed: int) -> None:
    """Put the rows of every table and the features of every layer into another order."""
    for path in sorted(folder.glob("*.csv")):
        rows = pd.read_csv(path, dtype=str, keep_default_na=False)
        rows.sample(frac=1, random_state=seed).to_csv(path, index=False)
    for name in ("streets.gpkg", "townships.geojson"):
        layer = gpd.read_file(folder / name)
        layer.sample(frac=1, random_state=seed).to_file(folder / name)


def edit(path: Path, old: str, new: str) -> None:
    """Replace the first of a text in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
