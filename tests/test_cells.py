"""Demand cells from files: points, H3 cells and rasters, through to the inputs of a study."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import small_study
from drawn_town import crs, metre, origin, scenario
from siting.errors import DataError
from siting.inputs import read_inputs
from siting.inputs.cells import as_points, read_cells

h3 = pytest.importorskip("h3")
town = small_study.town


@pytest.fixture
def folder(tmp_path):
    small_study.write(tmp_path)
    return tmp_path


def h3_table(resolution):
    """Return the people of the town in H3 cells."""
    at = small_study.with_lon_lat(town.inputs().cells)
    index = [h3.latlng_to_cell(y, x, resolution) for x, y in zip(at["lon"], at["lat"])]
    return pd.DataFrame({"h3": index, "residents": at["residents_2025"]})


def inputs_of(folder, **changes):
    values = {**town.asked.model_dump(), **changes}
    return read_inputs(type(town.asked).model_validate(values).placed_in(folder))


def read(table, folder):
    table.to_csv(folder / "cells.csv", index=False)
    return read_cells(folder / "cells.csv").frame


def test_an_h3_cell_stands_for_its_centre(tmp_path):
    cells = as_points(read(h3_table(11), tmp_path))
    centres = [h3.cell_to_latlng(index) for index in sorted(h3_table(11)["h3"])]
    assert cells["cell_id"].tolist() == sorted(h3_table(11)["h3"])
    assert cells[["lat", "lon"]].to_numpy().tolist() == [list(centre) for centre in centres]


def test_h3_cells_give_the_people_of_the_points(folder):
    plain = inputs_of(folder)
    h3_table(12).to_csv(folder / "cells.csv", index=False)
    found = inputs_of(folder)
    by_zone = found.cells.groupby("zone")["residents_2025"].sum()
    assert by_zone.tolist() == pytest.approx(plain.townships["residents_2025"].tolist())
    assert found.cells["residents_2025"].sum() == pytest.approx(1680)
    # The edge of a cell of resolution 12 is about 9.4 m long (h3geo.org, cell statistics).
    order = ["zone", "residents_2025", "x"]
    one, two = (of.cells.sort_values(order) for of in (plain, found))
    assert np.hypot(*(one[["x", "y"]].to_numpy() - two[["x", "y"]].to_numpy()).T).max() < 12


@pytest.mark.parametrize("wrong", ["8.83E+14", "abc", "8aaaaaaaaaaaaaa"])
def test_an_index_that_is_none(wrong, tmp_path):
    table = h3_table(11).astype(str)
    table.loc[2, "h3"] = wrong
    with pytest.raises(DataError, match="row 4, column h3: 1 texts are no H3 cell, such as"):
        read(table, tmp_path)


def test_an_index_that_is_empty_or_stands_twice(tmp_path):
    table = h3_table(11).astype(str)
    table.loc[2, "h3"] = ""
    with pytest.raises(DataError, match="row 4, column h3: the cell is empty"):
        read(table, tmp_path)
    table.loc[2, "h3"] = table.loc[1, "h3"]
    with pytest.raises(DataError, match="rows 3, 4, column h3: the same h3"):
        read(table, tmp_path)


def test_points_and_h3_are_points(folder):
    points = pd.read_csv(folder / "cells.csv", dtype=str).assign(h3="")
    assert read(points, folder)["cell_id"].tolist() == list("abcdef")


def test_a_census_by_district_and_births(folder):
    wide = {"区县代码": ["D"], "2025年常住人口": ["3360"]}
    wide |= {"出生人数_2023": ["9"], "出生人数_2024": ["6"], "出生人数_2025": ["3"]}
    pd.DataFrame(wide).to_csv(folder / "residents.csv", index=False)
    children = {**scenario().children.model_dump(), "under3_from": "births", "under3_share": {}}
    found = inputs_of(folder, children=children)
    assert found.townships["residents_2025"].tolist() == pytest.approx([2160, 1200])
    assert found.cells["under3_2025"].sum() == pytest.approx(18)
    assert found.cells["under3_0_12_2025"].sum() == pytest.approx(3)
    assert found.cells["under3_24_36_2025"].sum() == pytest.approx(9)


def test_a_raster_in_place_of_the_table_of_cells(folder):
    rasterio = pytest.importorskip("rasterio")
    pytest.importorskip("exactextract")
    # Pixels of 100 m, each letter in the middle of one; the border of the townships runs through
    # pixels without people. Half the people of the table.
    west, north = origin + metre * np.array([-1.5, 1.5])
    values = np.zeros((6, 14), dtype="float32")
    cells = town.inputs().cells
    row = ((north - cells["y"]) // metre).astype(int)
    values[row, ((cells["x"] - west) // metre).astype(int)] = cells["residents_2025"] / 2
    transform = rasterio.Affine(metre, 0, west, 0, -metre, north)
    shape = {"height": 6, "width": 14, "count": 1, "dtype": "float32"}
    path = folder / "people.tif"
    with rasterio.open(path, "w", driver="GTiff", crs=crs, transform=transform, **shape) as file:
        file.write(values, 1)
    files = {**town.asked.inputs.model_dump(), "cells": None}
    raster = {"kind": "raster", "residents": "people.tif", "source": "drawn"}
    found = inputs_of(folder, inputs=files, population=raster)
    both = (found.cells, cells)
    one, two = (of.sort_values(["y", "x"])[["x", "y", "residents_2025"]].to_numpy() for of in both)
    assert one == pytest.approx(two)
    assert set(found.sha256) >= {"people.tif", "residents.csv"}
    assert any("0.50 times the 1,680 of the residents table" in note.en for note in found.notes)


def test_communities_carry_the_figures(folder):
    townships = gpd.read_file(folder / "townships.geojson")
    communities = townships.assign(community_code=["C0", "C1"], community=["甲", "乙"])[
        ["community_code", "community", "township_code", "geometry"]
    ]
    communities.to_file(folder / "communities.geojson")
    table = {"community_code": ["C0", "C1"], "residents_2025": [690, 120]}
    pd.DataFrame(table).to_csv(folder / "residents.csv", index=False)
    files = {**town.asked.inputs.model_dump(), "communities": "communities.geojson"}
    found = inputs_of(folder, inputs=files)
    assert found.townships["residents_2025"].tolist() == pytest.approx([690, 120])
    pd.DataFrame(table).assign(community_code=["C0", "C9"]).to_csv(
        folder / "residents.csv", index=False
    )
    with pytest.raises(DataError, match="code C9 is no community of the study"):
        inputs_of(folder, inputs=files)


def test_cells_outside_the_study_area_leave_the_totals_as_they_are(folder):
    cells = pd.read_csv(folder / "cells.csv")
    cells.loc[cells["cell_id"] == "a", "lat"] += 0.1
    cells.to_csv(folder / "cells.csv", index=False)
    found = inputs_of(folder)
    assert found.cells["residents_2025"].sum() == pytest.approx(1680)
    (told,) = [note for note in found.notes if "不在规划范围内" in note.zh]
    assert "1个需求单元（表中300人）不在规划范围内，未采用；各区域人口总数不变" in told.zh
    assert "the totals of the zones stay" in told.en
