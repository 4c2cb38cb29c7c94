"""New residential areas as a table: circles of the stated area, and what is said about them."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import small_study
from filled_workbook import edited, value_cell
from filled_workbook import write as write_workbook
from siting.errors import DataError, InputError
from siting.inputs import read_inputs
from siting.inputs.coordinates import from_wgs84
from siting.scenario import load

header = [
    "居住区编号*",
    "居住区名称",
    "规划人口（人）",
    "交付年份",
    "经度",
    "纬度",
    "用地面积（公顷）",
]


@pytest.fixture
def folder(tmp_path):
    small_study.write(tmp_path)
    return tmp_path


@pytest.fixture
def point(folder):
    """Return a point of the study area, WGS-84."""
    cells = pd.read_csv(folder / "cells.csv")
    return float(cells["lon"][0]), float(cells["lat"][0])


def with_areas(folder, rows):
    pd.DataFrame(rows, columns=header).to_csv(folder / "areas.csv", index=False)
    path = folder / "town.yaml"
    text = path.read_text(encoding="utf-8")
    named = text.replace("inputs:\n", "inputs:\n  areas: areas.csv\n", 1)
    path.write_text(named, encoding="utf-8")
    return load(path)


def test_a_point_becomes_a_circle_of_the_stated_area(folder, point):
    rows = [["N2", "二期", 800, 2027, *point, 0.5], ["N1", "一期", "1,200", 2026, *point, 4]]
    inputs = read_inputs(with_areas(folder, rows))
    areas = inputs.areas
    assert isinstance(areas, gpd.GeoDataFrame)
    assert list(areas.columns) == ["area_id", "name", "people", "hand_over_year", "geometry"]
    assert areas[["area_id", "people", "hand_over_year"]].values.tolist() == [
        ["N1", 1200, 2026],
        ["N2", 800, 2027],
    ]
    assert areas.crs == inputs.crs
    assert areas.area.to_list() == pytest.approx([40_000, 5_000], rel=1e-9)
    centre = gpd.GeoSeries.from_xy([point[0]], [point[1]], crs=4326).to_crs(inputs.crs)[0]
    corners = areas.geometry[0].exterior.coords[:-1]
    distance_m = [np.hypot(x - centre.x, y - centre.y) for x, y in corners]
    assert distance_m == pytest.approx([distance_m[0]] * 64)
    assert distance_m[0] == pytest.approx(np.sqrt(40_000 / np.pi), rel=0.001)


def test_what_is_said_about_them(folder, point):
    inputs = read_inputs(with_areas(folder, [["N1", "一期", 1200, 2026, *point, 4]]))
    told = [note.zh for note in inputs.notes]
    assert "areas.csv：1处新建居住区没有边界，按所填用地面积画成圆形" in told
    late = "areas.csv：1处新建居住区在规划期末（2025年）之后交付，不计入方案：N1"
    assert late in told
    assert inputs.cells["cell_id"].tolist() == list("abcdef")


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
def test_their_coordinates_are_those_of_the_tables(folder, point, system):
    for name in ("cells", "facilities", "hosts"):
        frame = pd.read_csv(folder / f"{name}.csv", dtype=str)
        lon, lat = from_wgs84(frame["lon"].astype(float), frame["lat"].astype(float), system)
        frame.assign(lon=lon, lat=lat).to_csv(folder / f"{name}.csv", index=False)
    shifted = [float(each[0]) for each in from_wgs84(*np.transpose([point]), system)]
    scenario = with_areas(folder, [["N1", "一期", 1200, 2026, *shifted, 4]])
    path = folder / "town.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"wgs84"', f'"{system}"'), encoding="utf-8")
    (centre,) = read_inputs(load(path)).areas.centroid
    meant = gpd.GeoSeries.from_xy([point[0]], [point[1]], crs=4326).to_crs(scenario.crs)[0]
    assert centre.distance(meant) < 0.01


@pytest.mark.parametrize(
    ("column", "value", "what"),
    [
        (6, 40_000, "用地面积（公顷）: a number from 0.01 to 1000 (ha) expected, found '40000'"),
        (6, None, "用地面积（公顷）: the cell is empty"),
        (4, None, "经度: the cell is empty"),
        (3, "明年", "交付年份: a whole number from 1900 to 2200 expected"),
    ],
)
def test_problems_name_the_file_as_the_scenario_does(folder, point, column, value, what):
    row = ["N1", "一期", 1200, 2026, *point, 4]
    row[column] = value
    with pytest.raises(DataError) as caught:
        read_inputs(with_areas(folder, [row]))
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"areas.csv, row 2, column {what}")


def test_points_that_cannot_be_placed(folder, point):
    far = ["N1", "一期", 1200, 2026, 27.0, 0.0, 4]
    with pytest.raises(DataError, match=r"areas\.csv, area_id N1: 1 points lie outside the CRS"):
        read_inputs(with_areas(folder, [far]))


def test_a_filled_sheet_of_the_workbook_is_read(tmp_path, point):
    path = write_workbook(tmp_path)
    with edited(path) as book:
        book["新建居住区"].append(["N1", "一期", 1200, 2026, *point, 4])
    scenario = load(path)
    assert scenario.inputs.areas == "study.xlsx#新建居住区"
    assert read_inputs(scenario).areas["area_id"].tolist() == ["N1"]


def test_a_sheet_and_a_layer_are_one_too_many(tmp_path, point):
    path = write_workbook(tmp_path)
    with edited(path) as book:
        book["新建居住区"].append(["N1", "一期", 1200, 2026, *point, 4])
        value_cell(book, "inputs.areas").value = "areas.geojson"
    with pytest.raises(InputError, match=r"sheet 新建居住区: 'inputs\.areas' stands twice"):
        load(path)


def test_a_host_in_a_new_area_opens_when_that_is_handed_over(folder):
    hosts = pd.read_csv(folder / "hosts.csv")
    here, *others = hosts["site_id"]
    at = float(hosts["lon"][0]), float(hosts["lat"][0])
    before = read_inputs(load(folder / "town.yaml")).sites.set_index("site_id")["from_year"]
    inputs = read_inputs(with_areas(folder, [["N1", "一期", 1200, 2026, *at, 0.01]]))
    years = inputs.sites.set_index("site_id")["from_year"]
    assert years[here] == 2026
    assert before[here] != 2026
    pd.testing.assert_series_equal(years[others], before[others], check_dtype=False)
    told = [note.zh for note in inputs.notes]
    assert "hosts.csv：1处位于新建居住区的载体，最早于居住区交付年份开办" in told
    later = hosts.assign(from_year=[2030, *[""] * len(others)])
    later.to_csv(folder / "hosts.csv", index=False)
    sites = read_inputs(load(folder / "town.yaml")).sites.set_index("site_id")
    assert sites["from_year"][here] == 2030
