"""Tables of a study put together: made and read, shifted coordinates, addresses, decisions."""

from dataclasses import replace

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

import small_study
from siting.errors import DataError
from siting.inputs import Made, join_inputs, read_inputs, read_tables
from siting.inputs.coordinates import from_wgs84
from siting.scenario import load
from siting.scenario.made_sites import HostRule

sites_ids = ["cb", "cd", "cf", "ea"]


@pytest.fixture
def folder(tmp_path):
    small_study.write(tmp_path)
    return tmp_path


def edit(folder, old, new):
    path = folder / "town.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def add_input(folder, key, name):
    edit(folder, "inputs:\n", f'inputs:\n  {key}: "{name}"\n')


def change(folder, name, row, **values):
    table = pd.read_csv(folder / name, dtype=str)
    for column, value in values.items():
        if column not in table:
            table[column] = ""
        table.loc[row, column] = value
    table.to_csv(folder / name, index=False)


def read(folder):
    return read_inputs(load(folder / "town.yaml"))


spread = "residents.csv: people are told by township and spread over its demand cells (modelled)"
none_outside = (
    "facilities.csv: there is no facility outside the study area; those within 0.3 km of it, the "
    "longest way within the limits, may cover families inside: please add them"
)


def problems(folder):
    with pytest.raises(DataError) as caught:
        read(folder)
    return [str(problem) for problem in caught.value.problems]


def test_files_alone(folder):
    inputs = read(folder)
    assert inputs.sites["site_id"].tolist() == sites_ids
    assert [note.en for note in inputs.notes] == [spread, none_outside]
    assert inputs.unplaced.empty
    assert (inputs.areas, inputs.medical, inputs.tracked) == (None, None, None)


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
def test_shifted_coordinates_are_converted_and_said(folder, system):
    expected = read(folder)
    for name in ("cells.csv", "hosts.csv", "facilities.csv"):
        table = pd.read_csv(folder / name)
        table["lon"], table["lat"] = from_wgs84(table["lon"], table["lat"], system)
        table.to_csv(folder / name, index=False)
    edit(folder, 'coordinates: "wgs84"', f'coordinates: "{system}"')
    inputs = read(folder)
    for column in ("x", "y"):
        assert (inputs.sites[column] - expected.sites[column]).abs().max() < 0.001
        assert (inputs.cells[column] - expected.cells[column]).abs().max() < 0.001
    note, *_ = inputs.notes
    label = {"gcj02": "GCJ-02", "bd09": "BD-09"}[system]
    assert f"表中坐标按{label}读入，10个点已换算为WGS-84" in note.zh
    assert "layers were not" in note.en


def test_a_row_with_an_address_only_is_listed_apart(folder):
    change(folder, "hosts.csv", 0, lon="", lat="", address="和平路1号")
    inputs = read(folder)
    assert inputs.sites["site_id"].tolist() == ["cd", "cf", "ea"]
    assert inputs.unplaced.to_dict("records") == [
        {"site_id": "cb", "name": "b", "address": "和平路1号", "table": "hosts"}
    ]
    *_, note = inputs.notes
    assert "1处只有地址、没有坐标，未参与规划；可用siting place" in note.zh
    assert "siting place" in note.en


def test_placed_coordinates_bring_it_back(folder):
    expected = read(folder).sites
    lon, lat = pd.read_csv(folder / "hosts.csv")[["lon", "lat"]].iloc[0]
    change(folder, "hosts.csv", 0, lon="", lat="", address="和平路1号")
    text = f"site_id,lon,lat\ncb,{lon!r},{lat!r}\ncd,0,0\n"
    (folder / "placed.csv").write_text(text, encoding="utf-8")
    add_input(folder, "placed", "placed.csv")
    inputs = read(folder)
    pd.testing.assert_frame_equal(
        inputs.sites.drop(columns="address"), expected.drop(columns="address")
    )
    assert inputs.unplaced.empty
    assert [note.zh for note in inputs.notes][:2] == [
        "1处只有地址的点位采用补充坐标",
        "placed.csv：1处在原表中已有坐标，补充坐标未采用：cd",
    ]
    assert "placed.csv" in inputs.sha256


def test_a_placed_site_that_no_table_has(folder):
    (folder / "placed.csv").write_text("site_id,lon,lat\nzz,114,30\n", encoding="utf-8")
    add_input(folder, "placed", "placed.csv")
    (only,) = problems(folder)
    assert "placed.csv, row 2, column site_id: 1 ids are in none of the tables: zz" in only


def test_an_id_that_two_tables_want_to_place(folder):
    change(folder, "hosts.csv", 0, lon="", lat="", address="和平路1号")
    text = "医疗机构编号,医疗机构名称,地址\ncb,一院,和平路2号\n"
    (folder / "medical.csv").write_text(text, encoding="utf-8")
    (folder / "placed.csv").write_text("site_id,lon,lat\ncb,114,30\n", encoding="utf-8")
    add_input(folder, "placed", "placed.csv")
    add_input(folder, "medical", "medical.csv")
    (only,) = problems(folder)
    assert "placed.csv, row 2, column site_id: 1 ids are in two tables without coordinates" in only


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"lon": "", "lat": ""}, "there are no coordinates and no address — fill in longitude"),
        ({"lon": ""}, "one of the two is empty — fill in both"),
        ({"lon": "nan"}, "a number from -180 to 180 (degree) expected, found 'nan'"),
        ({"lon": "27.1", "lat": "114.0"}, "longitude and latitude are swapped — exchange"),
    ],
)
def test_rows_without_a_position(folder, values, what):
    change(folder, "hosts.csv", 1, **values)
    (only,) = problems(folder)
    assert "hosts.csv, row 3, column lon" in only
    assert what in only


def test_swapped_coordinates_that_could_be_some_place(folder):
    # 64.1 N, 21.9 W: both numbers could be either.
    for name in ("cells.csv", "hosts.csv", "facilities.csv"):
        table = pd.read_csv(folder / name)
        table["lon"], table["lat"] = -21.9 + table["lon"] / 1e4, 64.1 + table["lat"] / 1e4
        table.to_csv(folder / name, index=False)
    zones = gpd.read_file(folder / "townships.geojson")
    zones.geometry = zones.geometry.affine_transform([1e-4, 0, 0, 1e-4, -21.9, 64.1])
    zones.to_file(folder / "townships.geojson")
    edit(folder, '"EPSG:32650"', '"EPSG:32627"')
    table = pd.read_csv(folder / "cells.csv").rename(columns={"lon": "lat", "lat": "lon"})
    table.to_csv(folder / "cells.csv", index=False)
    (only,) = problems(folder)
    assert "cells.csv, cell_id a, b, c, d, e and 1 more: longitude and latitude are swapped" in only


def test_decisions_and_the_rest_come_through(folder):
    change(folder, "hosts.csv", 0, decision="必选", from_year="2026", exclusive_group="g")
    change(folder, "facilities.csv", 0, filing="已备案", staff_children="3")
    sites = read(folder).sites.set_index("site_id")
    assert sites.loc["cb", ["decision", "from_year", "exclusive_group"]].tolist() == [
        "forced",
        2026,
        "g",
    ]
    assert sites.loc["ea", ["decision", "filing", "exclusive_group"]].tolist() == [
        "free",
        "filed",
        "",
    ]
    assert sites["staff_children"].tolist() == [0, 0, 0, 3]
    assert sites["running_cost_cny"].eq(0).all()


def test_made_tables_join_those_of_files(folder):
    scenario = load(folder / "town.yaml")
    tables = read_tables(scenario)
    host = tables.frames["hosts"].iloc[[0]].assign(site_id="made")
    cells = pd.DataFrame({"cell_id": ["m"], "township_code": ["Z0"], "weight": [2.0]})
    cells = pd.concat([cells, cells.assign(cell_id="n", township_code="Z1")], ignore_index=True)
    cells = cells.assign(lon=host["lon"].item(), lat=host["lat"].item())
    inputs = join_inputs(scenario, Made(hosts=host, cells=cells), tables)
    assert inputs.sites["site_id"].tolist() == ["cb", "cd", "cf", "ea", "made"]
    assert inputs.cells["zone"].tolist() == [0, 1]
    expected = read_inputs(scenario).townships["residents_2025"]
    assert inputs.cells["residents_2025"].tolist() == expected.tolist()
    with pytest.raises(DataError, match=r"hosts\.csv, column site_id: cb were read or made twice"):
        join_inputs(scenario, Made(hosts=host.assign(site_id="cb")), tables)


def test_made_townships_stand_for_the_layer(folder):
    scenario = load(folder / "town.yaml")
    tables = read_tables(scenario)
    zones = tables.frames["townships"]
    frames = {key: table for key, table in tables.frames.items() if key != "townships"}
    without = replace(tables, frames=frames)
    made = Made(townships=zones.iloc[::-1].to_crs(4326))
    assert join_inputs(scenario, made, without).townships["township_code"].tolist() == ["Z0", "Z1"]
    with pytest.raises(DataError, match="no polygons of townships"):
        join_inputs(scenario, Made(), without)


@pytest.mark.parametrize("absent", ["facilities", "hosts"])
def test_one_table_of_sites_is_enough(folder, absent):
    text = (folder / "town.yaml").read_text(encoding="utf-8")
    (folder / "town.yaml").write_text(
        "\n".join(line for line in text.splitlines() if not line.startswith(f"  {absent}:")),
        encoding="utf-8",
    )
    inputs = read(folder)
    assert set(inputs.sites["status"]) == {"existing" if absent == "hosts" else "candidate"}
    assert inputs.sites["max_classes"].dtype == "int64"
    assert inputs.sites["inclusive"].dtype == bool


def test_the_other_tables(folder):
    townships = gpd.read_file(folder / "townships.geojson")
    area = townships.to_crs(32650).geometry.iloc[:1].buffer(-10).to_crs(4326)
    columns = {"居住区编号": ["N1"], "居住区名称": ["新居"], "规划人口": [1200], "交付年份": [2026]}
    gpd.GeoDataFrame(columns, geometry=area.to_list(), crs=4326).to_file(folder / "areas.geojson")
    lon, lat = area.iloc[0].centroid.coords[0]
    book = openpyxl.Workbook()
    book.active.title = "医疗机构"
    for cells in (
        ["医疗机构编号", "医疗机构名称", "经度", "纬度", "地址", "机构类别", "等级", "公立"],
        ["m1", "一院", lon, lat, None, "医院", 2, "是"],
        ["m2", "二院", None, None, "和平路2号", "妇幼保健院", None, None],
    ):
        book.active.append(cells)
    for cells in (["指标编号", "指标", "年份", "目标值"], ["t1", "备案率", 2025, 0.9]):
        book[
            "跟踪指标" if "跟踪指标" in book.sheetnames else book.create_sheet("跟踪指标").title
        ].append(cells)
    book.save(folder / "study.xlsx")
    add_input(folder, "areas", "areas.geojson")
    add_input(folder, "medical", "study.xlsx#医疗机构")
    add_input(folder, "tracked", "study.xlsx#跟踪指标")
    inputs = read(folder)
    assert inputs.areas[["area_id", "people", "hand_over_year"]].values.tolist() == [
        ["N1", 1200, 2026]
    ]
    assert inputs.areas.crs == inputs.crs
    (clinic,) = inputs.medical.to_dict("records")
    assert (clinic["medical_id"], clinic["kind"], clinic["level"]) == ("m1", "hospital", 2)
    assert (clinic["public"], clinic["health_system"], clinic["zone"]) == (True, None, 0)
    assert inputs.unplaced["site_id"].tolist() == ["m2"]
    assert inputs.tracked["required"].tolist() == [0.9]
    told = [note.zh for note in inputs.notes]
    assert [text for text in told if text.endswith("已读入并检查，未用于本方案")] == [
        "医疗机构2处已读入并检查，未用于本方案",
    ]
    assert inputs.sha256["study.xlsx#医疗机构"] == inputs.sha256["study.xlsx#跟踪指标"]


def test_medical_institutions_that_a_rule_uses_are_planned_with(folder):
    clinic = {"medical_id": "m1", "name": "一院", "lon": "114", "lat": "27.1"}
    pd.DataFrame([clinic]).to_csv(folder / "medical.csv", index=False)
    add_input(folder, "medical", "medical.csv")
    told = "1 medical institutions were read and checked; this plan does not use them"
    scenario = load(folder / "town.yaml")
    assert told in [note.en for note in read_tables(scenario).notes]
    rule = HostRule.model_construct(table="medical", where=())
    assert read_tables(scenario.model_copy(update={"host_rules": (rule,)})).notes == ()


def test_example_rows_are_told_once_for_all_tables(folder):
    for name, column in (("hosts.csv", "site_id"), ("cells.csv", "cell_id")):
        table = pd.read_csv(folder / name, dtype=str)
        example = table.iloc[:1].assign(**{column: "示例1"})
        pd.concat([example, table]).to_csv(folder / name, index=False)
    (note,) = read_tables(load(folder / "town.yaml")).notes
    assert note.zh == "略过示例2行（需求单元、载体）"
    assert note.en == "2 example rows were passed over (cells, hosts)"


def test_notes_and_problems_name_files_as_the_scenario_does(folder):
    (folder / "lists").mkdir()
    (folder / "hosts.csv").rename(folder / "lists" / "hosts.csv")
    edit(folder, '"hosts.csv"', '"lists/hosts.csv"')
    change(folder, "lists/hosts.csv", 0, fixed_cost_cny="1,000")
    (note,) = read_tables(load(folder / "town.yaml")).notes
    assert note.zh.startswith("lists/hosts.csv：1个数字")
    change(folder, "lists/hosts.csv", 0, fixed_cost_cny="-1")
    change(folder, "cells.csv", 0, residents="-1")
    (folder / "townships.geojson").write_text("{}", encoding="utf-8")
    (folder / "residents.csv").unlink()
    places = [text.split(",")[0].split(":")[0] for text in problems(folder)]
    assert sorted(places) == ["cells.csv", "lists/hosts.csv", "residents.csv", "townships.geojson"]


def test_whether_a_host_is_safe_may_be_left_open(folder):
    assert set(read(folder).sites["safety"]) == {None}
    change(folder, "hosts.csv", 0, safety="")
    assert set(read(folder).sites["safety"]) == {None}
    change(folder, "hosts.csv", 0, safety="否")
    assert read(folder).sites["safety"].tolist() == [False, None, None, None]


def test_residents_by_name(folder):
    expected = read(folder).townships["residents_2025"].tolist()
    table = pd.read_csv(folder / "residents.csv", dtype=str)
    table.assign(township=table["township_code"], township_code="").to_csv(
        folder / "residents.csv", index=False
    )
    inputs = read(folder)
    assert inputs.townships["residents_2025"].tolist() == expected
    assert "2行按名称对应到乡镇街道" in inputs.notes[0].zh


def test_communities_by_name_of_their_township(folder):
    layer = gpd.read_file(folder / "townships.geojson")
    layer = layer[["township", "geometry"]].assign(community_code=["S1", "S2"], community="村")
    layer.to_file(folder / "communities.geojson")
    add_input(folder, "communities", "communities.geojson")
    assert read(folder).communities["township_code"].tolist() == ["Z0", "Z1"]
    layer.assign(township=["Z0", "Z8"]).to_file(folder / "communities.geojson")
    (only,) = problems(folder)
    assert "communities.geojson, feature 2, column township_code: 'Z8' is no township" in only


def test_shuffled_rows_change_nothing(folder):
    expected = read(folder)
    for name in ("cells.csv", "hosts.csv", "residents.csv"):
        table = pd.read_csv(folder / name, dtype=str)
        table.iloc[::-1].to_csv(folder / name, index=False)
    inputs = read(folder)
    pd.testing.assert_frame_equal(inputs.sites, expected.sites)
    pd.testing.assert_frame_equal(inputs.cells, expected.cells)
