"""Rasters become cells: coverage at borders worked out by hand; files that lie are refused."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from drawn_town import crs, scenario
from siting.errors import DataError
from siting.inputs.people import people_by_cell
from siting.inputs.raster_cells import raster_cells
from siting.inputs.rasters import most_pixels
from siting.inputs.zone_people import ZonePeople

rasterio = pytest.importorskip("rasterio")
pytest.importorskip("exactextract")

# Pixels of 100 m, 4 x 3, from (0, 300); Z0 reaches 130 m east, so that it holds the first column
# and 0.3 of the second; Z1 begins 20 m above the lower edge of the raster.
people = np.array([[1.0, 10, 0, 2], [4, 20, 5, -99999], [0, 30, 6, 8]])
townships = gpd.GeoDataFrame(
    {"township_code": ["Z0", "Z1"], "district_code": "D"},
    geometry=[shapely.box(500_000, 0, 500_130, 300), shapely.box(500_130, 20, 500_400, 300)],
    crs=crs,
)
north_up = (100.0, 0.0, 500_000.0, 0.0, -100.0, 300.0)


@pytest.fixture
def folder(tmp_path):
    write(tmp_path / "people.tif", people)
    write(tmp_path / "t_00.tif", np.where(people > 0, people / 50, people))
    write(tmp_path / "t_01.tif", np.where(people > 0, people / 20, people))
    return tmp_path


def write(path, values, transform=north_up, to_crs="EPSG:32650", nodata=-99999.0, **options):
    bands = values.reshape(-1, *values.shape[-2:])
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=bands.shape[2],
        height=bands.shape[1],
        count=bands.shape[0],
        dtype="float32",
        crs=to_crs,
        transform=rasterio.Affine(*transform),
        nodata=nodata,
        **options,
    ) as file:
        file.write(bands.astype("float32"))


def asked(folder, *, of_children=False):
    rasters = {"kind": "raster", "residents": "people.tif", "source": "drawn"}
    children = scenario().children.model_dump()
    if of_children:
        rasters |= {"under1": "t_00.tif", "aged_1_to_4": "t_01.tif"}
        children |= {"under3_from": "raster"}
    files = {**scenario().inputs.model_dump(), "cells": None}
    told = scenario(inputs=files, population=rasters, children=children)
    return told.placed_in(folder)


def made(folder, told=90.0, **options):
    return raster_cells(asked(folder, **options), townships, told)


def problem(folder, **options):
    with pytest.raises(DataError) as caught:
        made(folder, **options)
    (only,) = caught.value.problems
    return str(only)


def test_pixels_with_people_become_cells_split_at_borders(folder):
    cells, _ = made(folder)
    at = cells.set_index("cell_id")["residents"].to_dict()
    assert at == pytest.approx(
        {
            "R0C0": 1,
            "R0C1-Z0": 3,
            "R0C1-Z1": 7,
            "R0C3": 2,
            "R1C0": 4,
            "R1C1-Z0": 6,
            "R1C1-Z1": 14,
            "R1C2": 5,
            "R2C1-Z0": 9,
            "R2C1-Z1": 30 * 0.7 * 0.8,
            "R2C2": 6 * 0.8,
            "R2C3": 8 * 0.8,
        },
        abs=1e-5,
    )
    split = cells.set_index("cell_id").loc[["R0C1-Z0", "R0C1-Z1"]]
    assert split["zone"].tolist() == [0, 1]
    assert split["x"].tolist() == pytest.approx([500_150] * 2)
    assert split["y"].tolist() == pytest.approx([250] * 2)


def test_the_ratio_to_the_table_is_told(folder):
    # The cells above hold 79 people.
    assert "0.79 times the 100 of the residents table in 2025" in made(folder, 100.0)[1][0].en
    assert "that is far off" not in made(folder, 100.0)[1][0].en
    assert "that is far off" in made(folder, 700.0)[1][0].en
    assert "相差很大" in made(folder, 20.0)[1][0].zh


@pytest.mark.parametrize(("told", "times"), [(800.0, "0.0988"), (7.8, "10.1")])
def test_a_raster_of_something_else_is_refused(folder, told, times):
    with pytest.raises(DataError) as caught:
        made(folder, told)
    (only,) = [str(each) for each in caught.value.problems]
    assert f"people inside the study area, {times} times the {told:,.0f}" in only
    assert "its largest pixel holds 30 " in only


def test_a_lost_nodata_of_whole_numbers_is_named(tmp_path):
    write(tmp_path / "people.tif", np.where(people < 0, 65535, people), nodata=None)
    assert "its largest pixel holds 65535 — check that its values are" in problem(tmp_path)


def test_children_keep_the_ratio_of_their_pixel_and_their_ages(folder):
    # Under one: a 50th of the people; 1 to 4: a 20th, of which half are under three. The table
    # tells twice the people of Z0, so Z0 has twice the children.
    told = asked(folder, of_children=True)
    cells = raster_cells(told, townships, 90.0)[0].rename(columns={"residents": "weight"})
    of_zone = cells.groupby("zone")["weight"].sum().to_numpy()
    zones = ZonePeople("township", np.array(["Z0", "Z1"]), {2025: of_zone * [2, 1]}, {}, ())
    found, _ = people_by_cell(cells, zones, townships, None, told, ("table", "raster"))
    first = found.set_index("cell_id").loc["R1C0"]
    assert first["residents_2025"] == pytest.approx(8)
    assert first["under3_2025"] == pytest.approx(8 / 50 + 8 / 40)
    assert first["under3_0_12_2025"] == pytest.approx(8 / 50)
    assert first["under3_12_24_2025"] == pytest.approx(8 / 80)
    assert found["residents_2025"].sum() == pytest.approx((of_zone * [2, 1]).sum())
    assert not {"weight", "children_0_12"} & set(found.columns)


def test_a_raster_in_degrees_gives_the_same_people(tmp_path):
    area = townships.to_crs(4326).total_bounds
    size = 0.001
    transform = (size, 0.0, area[0] - 2 * size, 0.0, -size, area[3] + 2 * size)
    values = np.full((8, 9), 10.0)
    write(tmp_path / "people.tif", values, transform, "EPSG:4326")
    cells, _ = made(tmp_path)
    # 10 people on each pixel of 0.001 degrees: people are the area in pixels.
    pixels = townships.to_crs(4326).geometry.apply(lambda shape: shape.area) / size**2
    assert cells.groupby("zone")["residents"].sum().tolist() == pytest.approx(
        (10 * pixels).tolist(), rel=1e-4
    )


def test_an_equal_area_raster_gives_the_same_people(tmp_path):
    # World Mollweide, the CRS of GHS-POP: 10 people on each 2,500 m2.
    area = townships.to_crs("ESRI:54009").total_bounds
    transform = (50.0, 0.0, area[0] - 100, 0.0, -50.0, area[3] + 100)
    write(tmp_path / "people.tif", np.full((14, 16), 10.0), transform, "ESRI:54009")
    cells, _ = made(tmp_path)
    people = 10 * townships.to_crs("ESRI:54009").area / 2500
    assert cells.groupby("zone")["residents"].sum().tolist() == pytest.approx(
        people.tolist(), rel=1e-4
    )


def test_only_the_window_is_read_and_positions_count_from_the_file(tmp_path):
    # 1,000 x 1,000 pixels, the town in the middle of them; values outside are never looked at.
    values = np.full((1000, 1000), -7.0)
    values[500:503, 500:504] = np.where(people < 0, 0, people)
    transform = (100.0, 0.0, 450_000.0, 0.0, -100.0, 50_300.0)
    write(tmp_path / "people.tif", values, transform, nodata=None)
    cells, _ = made(tmp_path)
    assert cells["cell_id"].iloc[0] == "R500C500"
    assert cells["residents"].sum() == pytest.approx(79.0, abs=1e-4)


@pytest.mark.parametrize("wrong", [-99999.0, -3.4e38, 3.4e38, np.nan, np.inf])
def test_lost_nodata(tmp_path, wrong):
    write(tmp_path / "people.tif", np.where(people < 0, wrong, people), nodata=None)
    told = problem(tmp_path)
    assert "1 of 12 pixels over the study area hold no number of people" in told
    assert "lost its NoData value" in told


def test_nan_as_nodata_is_nobody(tmp_path):
    write(tmp_path / "people.tif", np.where(people < 0, np.nan, people), nodata=np.nan)
    assert made(tmp_path)[0]["residents"].sum() == pytest.approx(79.0, abs=1e-4)


def test_a_claim_of_a_terabyte_outside_the_study_area_costs_nothing(tmp_path):
    write_sparse(tmp_path / "people.tif", 100.0)
    assert "no pixel of the study area has people" in problem(tmp_path)


def test_a_terabyte_over_the_study_area_is_refused_unread(tmp_path):
    write_sparse(tmp_path / "people.tif", 0.0004)
    told = problem(tmp_path)
    assert f"at most {most_pixels:,} are" in told
    assert "750,000 x 1,000,000 pixels" in told


def write_sparse(path, size):
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=1_000_000,
        height=1_000_000,
        count=1,
        dtype="float32",
        crs="EPSG:32650",
        transform=rasterio.Affine(size, 0.0, 500_000.0, 0.0, -size, 300.0),
        tiled=True,
        blockxsize=512,
        blockysize=512,
        sparse_ok=True,
        BIGTIFF="YES",
    ):
        pass


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"to_crs": None}, "the CRS is missing"),
        ({"to_crs": "EPSG:4326"}, "the CRS is in degrees, the raster reaches from 500000"),
        ({"to_crs": 'LOCAL_CS["site",UNIT["metre",1]]'}, "the study area cannot be brought into"),
        ({"to_crs": "EPSG:32651"}, "100% of the study area lies outside the raster"),
        ({"transform": (90.0, 20.0, 500_000.0, 20.0, -90.0, 300.0)}, "rotated"),
        ({"transform": (100.0, 0.0, 500_000.0, 0.0, 100.0, 0.0)}, "upside down"),
        ({"transform": (100.0, 0.0, 500_100.0, 0.0, -100.0, 300.0)}, "lies outside the raster"),
        ({"values": np.stack([people, people])}, "the raster has 2 bands"),
        ({"values": np.zeros((3, 4))}, "no pixel of the study area has people"),
        ({"values": np.full((3, 4), -99999.0)}, "no pixel of the study area has people"),
    ],
)
def test_wrong_rasters(tmp_path, change, expected):
    write(tmp_path / "people.tif", **{"values": people, **change})
    assert expected in problem(tmp_path)


def test_a_coast_that_the_raster_leaves_out_is_told(tmp_path):
    # The raster begins 3 m, 0.75 % of the area, inside the town.
    write(tmp_path / "people.tif", people, (100.0, 0.0, 500_003.0, 0.0, -100.0, 300.0))
    _, notes = made(tmp_path)
    assert any("of the study area lies outside the raster" in note.en for note in notes)


def test_a_file_that_is_cut_off(tmp_path):
    # The town lies at the south-eastern end, whose pixels come last in the file.
    path = tmp_path / "people.tif"
    corner = (100.0, 0.0, 500_400.0 - 80_000, 0.0, -100.0, 60_000.0)
    values = np.tile(np.maximum(people, 0), (200, 200))
    write(path, values, corner, tiled=True, blockxsize=64, blockysize=64)
    assert made(tmp_path)[0]["residents"].sum() == pytest.approx(79.0, abs=1e-4)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    assert "cannot be read" in problem(tmp_path)


@pytest.mark.parametrize("content", [b"", b"lon,lat\n1,2\n", b"II*\x00"])
def test_a_file_that_is_no_raster(tmp_path, content):
    (tmp_path / "people.tif").write_bytes(content)
    assert "people.tif: cannot be read" in problem(tmp_path)


@pytest.mark.parametrize("transform", [(50.0, 500_000.0), (100.0, 500_001.0)])
def test_children_on_another_grid(folder, transform):
    width, left = transform
    values = np.tile(np.maximum(people, 0), (1, 2))
    write(folder / "t_01.tif", values, (width, 0.0, left, 0.0, -100.0, 300.0))
    told = problem(folder, of_children=True)
    assert "t_01.tif: the grid is not that of people.tif" in told


def test_a_missing_file_and_a_wrong_one_are_told_together(folder):
    (folder / "t_00.tif").unlink()
    write(folder / "t_01.tif", people, to_crs=None)
    with pytest.raises(DataError) as caught:
        made(folder, of_children=True)
    assert [problem.what for problem in caught.value.problems] == [
        "there is no such file",
        "the CRS is missing",
    ]


def test_more_children_than_people(folder):
    write(folder / "t_00.tif", people * 2, nodata=-99999.0 * 2)
    assert "under-3s for 79 residents" in problem(folder, of_children=True)


def test_rows_of_pixels_do_not_depend_on_the_order_of_townships(folder):
    cells, _ = made(folder)
    turned = townships.iloc[::-1].reset_index(drop=True)
    other, _ = raster_cells(asked(folder), turned, 90.0)
    one, two = cells.set_index("cell_id"), other.set_index("cell_id")
    pd.testing.assert_series_equal(one["residents"].sort_index(), two["residents"].sort_index())
