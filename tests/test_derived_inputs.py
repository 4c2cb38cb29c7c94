"""A study of made tables, from its files to its inputs."""

import re
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from pyproj import Transformer

import small_study
import yaml_text
from drawn_town import crs, origin, scenario
from siting import load
from siting.derived import read_inputs
from siting.derived.osm_sites import places_of
from siting.errors import DataError
from siting.inputs import read_inputs as read_inputs_of_files
from siting.network import read_network
from siting.network.osm_kinds import osm_kinds
from siting.scenario.made_sites import OsmPlaces
from siting.scenario.yaml_file import read_yaml

made_host = {
    "tier": "institution",
    "host": "house",
    "inclusive": True,
    "action": "open",
    "max_classes": 2,
    "fixed_cost_cny": 10_000.0,
    "place_cost_cny": 1000.0,
    "source": "drawn",
}
streets = {"kind": "streets", "spacing_m": 150.0, "highways": ("residential",), "source": "drawn"}
big_units = {
    "id": "S4b",
    "table": "medical",
    "where": ({"column": "staff_children", "above": 30.0},),
    "made_host": made_host,
    "clause": "drawn",
}


@pytest.fixture
def folder(tmp_path):
    """Write the small town, with two seats and two clinics.

    ::

        a--b--c--d    seats P at a and Q at d, 900 m apart
        |  |          clinics M1 at b (31 children of staff), M2 at c (30)
        e--f
    """
    small_study.write(tmp_path)
    seat = {"district_code": "D", "district": "D", "area_type": "urban"}
    write(
        tmp_path / "seats.csv",
        [
            {"township_code": "P", "township": "东街", "x": 0, "y": 0, **seat},
            {"township_code": "Q", "township": "西街", "x": 900, "y": 0, **seat},
        ],
    )
    write(
        tmp_path / "medical.csv",
        [
            {"medical_id": "M1", "name": "甲", "staff_children": 31, "x": 300, "y": 0},
            {"medical_id": "M2", "name": "乙", "staff_children": 30, "x": 600, "y": 0},
        ],
    )
    write(tmp_path / "people.csv", [{"township_code": c, "residents": 1000} for c in "PQ"])
    return tmp_path


def write(path, rows):
    """Write a table of 2025 whose x and y are metres from the origin of the drawn town."""
    table = pd.DataFrame(rows)
    if "x" in table:
        xy = table.pop("x") + origin[0], table.pop("y") + origin[1]
        lon, lat = Transformer.from_crs(crs, 4326, always_xy=True).transform(*xy)
        table = table.assign(lon=lon, lat=lat)
    else:
        table = table.assign(year=2025)
    table.to_csv(path, index=False)


def asked(folder, inputs, **changes):
    path = folder / "made.yaml"
    path.write_text(yaml_text.of(scenario(inputs=inputs, **changes)), encoding="utf-8")
    return load(path)


def made_study(folder, **changes):
    inputs = {
        "streets": "streets.gpkg",
        "seats": "seats.csv",
        "residents": "people.csv",
        "medical": "medical.csv",
    }
    usual = {
        "population": streets,
        "host_rules": (big_units,),
        "candidate_grid": {"spacing_m": 300.0, "made_host": made_host},
    }
    return asked(folder, inputs, **{**usual, **changes})


def test_a_study_of_streets_seats_and_rules(folder):
    """Streets of 1,600 m in parts of at most 150 m: 300 m twice 150, 200 m twice 100.

    P has a-b, a-e, b-f, e-f and half of b-c: c is 600 s from a and 300 s from d, so c, c-d and
    the middle of b-c from 450 m on belong to Q.
    """
    inputs = read_inputs(made_study(folder))
    assert inputs.townships["township_code"].tolist() == ["P", "Q"]
    assert len(inputs.cells) == 4 * 2 + 2 * 2
    in_p = (inputs.cells["zone"] == 0).to_numpy()
    assert in_p.sum() == 9
    weight = np.where(np.isin(np.round(inputs.cells["x"] - origin[0]), (0, 300)), 100, 150)
    expected = 1000 * weight / np.where(in_p, weight[in_p].sum(), weight[~in_p].sum())
    assert inputs.cells["residents_2025"].to_numpy() == pytest.approx(expected)
    assert inputs.cells["under3_2025"].sum() == pytest.approx(2000 / 3)
    clinic = inputs.sites.set_index("site_id").loc["M1-S4b"]
    assert (clinic["name"], clinic["status"], clinic["zone"]) == ("甲", "candidate", 0)
    assert (clinic["x"], clinic["y"]) == pytest.approx((origin[0] + 300, origin[1]))
    made = inputs.sites["site_id"].str[0].value_counts()
    assert made["M"] == 1
    assert made["g"] == 6
    notes = " ".join(note.zh for note in inputs.notes)
    for told in ("非行政边界", "人口分布为推算", "规则 S4b", "候选网格"):
        assert told in notes


def test_a_host_shares_a_group_with_what_a_rule_makes_of_it(folder):
    files = {"streets": "streets.gpkg", "townships": "townships.geojson", "cells": "cells.csv"}
    files |= {"residents": "residents.csv", "hosts": "hosts.csv"}
    rule = {
        **big_units,
        "table": "hosts",
        "where": ({"column": "max_classes", "at_least": 3.0},),
        "made_host": {**made_host, "tier": "kindergarten"},
    }
    sites = read_inputs(asked(folder, files, host_rules=(rule,))).sites.set_index("site_id")
    assert sites["exclusive_group"].to_dict() == {
        "cb": "同一用房 cb",
        "cb-S4b": "同一用房 cb",
        "cd": "",
        "cf": "",
    }


def test_streets_along_the_border_keep_their_people(folder):
    """The northern border runs through a-b-c-d; in degrees and back, no cell of it is lost."""
    townships = gpd.read_file(folder / "townships.geojson").to_crs(crs)
    west, south, east, _ = townships.total_bounds
    townships.clip((west, south, east, origin[1])).to_file(folder / "half.gpkg")
    inputs = {"streets": "streets.gpkg", "townships": "half.gpkg", "residents": "residents.csv"}
    study = asked(
        folder,
        {**inputs, "facilities": "facilities.csv"},
        population={**streets, "spacing_m": 20.0},
    )
    found = read_inputs(study)
    northern = np.abs(found.cells["y"] - origin[1]) < 0.001
    assert northern.sum() == 3 * (300 // 20)
    assert not any("未采用" in note.zh for note in found.notes)


def test_a_network_that_is_given_is_not_read_again(folder):
    study = made_study(folder)
    network = read_network(study)
    first = read_inputs(study)
    (folder / "streets.gpkg").rename(folder / "moved.gpkg")
    (folder / "streets.gpkg").touch()
    second = read_inputs(study, network)
    pd.testing.assert_frame_equal(first.cells, second.cells)
    pd.testing.assert_frame_equal(first.sites, second.sites)


def test_nothing_to_make(folder):
    study = load(folder / "town.yaml")
    first, second = read_inputs(study), read_inputs_of_files(study)
    pd.testing.assert_frame_equal(first.cells, second.cells)
    pd.testing.assert_frame_equal(first.sites, second.sites)
    assert first.sha256 == second.sha256


def test_problems_of_cells_and_rules_are_told_together(folder):
    rule = {**big_units, "where": ({"column": "staff", "above": 30.0},)}
    study = made_study(folder, population={**streets, "highways": ("service",)}, host_rules=(rule,))
    with pytest.raises(DataError) as error:
        read_inputs(study)
    texts = [str(problem) for problem in error.value.problems]
    assert len(texts) == 2
    assert re.search(r"made\.yaml:\d+:\d+: no street of service", texts[0])
    assert re.search(r"made\.yaml:\d+:\d+: the table medical has no column 'staff'", texts[1])


def osm_town(folder):
    """Write kindergartens at b and c, one of them inside its building, and a clinic far away."""
    lon_lat = Transformer.from_crs(crs, 4326, always_xy=True)

    def at(x, y):
        lon, lat = lon_lat.transform(origin[0] + x, origin[1] + y)
        return f'lon="{lon:.7f}" lat="{lat:.7f}"'

    def tags(**values):
        return "".join(f'<tag k="{key}" v="{value}"/>' for key, value in values.items())

    corners = [(590, -10), (610, -10), (610, 10), (590, 10)]
    nodes = [f'<node id="{10 + i}" {at(*corner)}/>' for i, corner in enumerate(corners)]
    nodes += [
        f'<node id="1" {at(300, 0)}>{tags(amenity="kindergarten")}</node>',
        f'<node id="2" {at(605, 5)}>{tags(amenity="kindergarten")}</node>',
        f'<node id="3" {at(9000, 0)}>{tags(amenity="clinic", name="丙")}</node>',
        f'<node id="4" {at(900, 0)}>{tags(amenity="clinic", name="丁")}</node>',
    ]
    ring = "".join(f'<nd ref="{i}"/>' for i in (10, 11, 12, 13, 10))
    way = f'<way id="9">{ring}{tags(amenity="kindergarten", name="乙")}</way>'
    text = f'<osm version="0.6">{"".join(nodes)}{way}</osm>'
    (folder / "town.osm").write_text(text, encoding="utf-8")


def osm_study(folder, file="town.osm"):
    facility = {
        "tier": "kindergarten",
        "host": "house",
        "inclusive": True,
        "classes": {"large": 1},
        "enrolled": {"24-36": 12},
        "max_classes": 2,
        "expand_cost_cny": 5000.0,
        "source": "drawn",
    }
    inputs = {
        "streets": file,
        "townships": "townships.geojson",
        "residents": "residents.csv",
        "cells": "cells.csv",
    }
    kindergartens = {
        "id": "Q4",
        "table": "facilities",
        "where": ({"column": "tier", "is_one_of": ("kindergarten",)},),
        "made_host": made_host,
        "clause": "drawn",
    }
    places = (
        {"kind": "kindergarten", "facility": facility},
        {"tags": {"amenity": ("clinic",)}, "made_host": made_host},
    )
    return asked(folder, inputs, osm_places=places, host_rules=(kindergartens,))


def test_places_of_openstreetmap_and_rules_about_them(folder):
    osm_town(folder)
    inputs = read_inputs(osm_study(folder))
    sites = inputs.sites.set_index("site_id")
    assert sites["name"].to_dict() == {
        "osm-node-1": "未命名用房 1",
        "osm-node-1-Q4": "未命名用房 1",
        "osm-node-4": "丁",
        "osm-way-9": "乙",
        "osm-way-9-Q4": "乙",
    }
    assert sites.loc["osm-way-9", ["status", "large_classes", "enrolled_24_36"]].tolist() == [
        "existing",
        1,
        12,
    ]
    notes = " ".join(note.en for note in inputs.notes)
    assert "2 facilities (0 of them outside the study area), 1 duplicates merged" in notes
    assert "1 candidates (0 outside the study area were left out), 1 farther than 3 km" in notes


def test_places_need_an_openstreetmap_file(folder):
    with pytest.raises(DataError, match=r"made\.yaml:\d+:\d+: streets\.gpkg is no OpenStreetMap"):
        read_inputs(osm_study(folder, "streets.gpkg"))


def test_the_examples_of_the_documents_are_scenario_text(tmp_path):
    project = Path(__file__).parents[1]
    page = (project / "docs" / "made-tables.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    default = (project / "scenarios" / "wuhan.yaml").read_text(encoding="utf-8")
    text = re.sub(r"  (townships|cells): \.\./data/wuhan/\S+\n", "", default)
    text = text.replace("inputs:\n", "inputs:\n  seats: seats.csv\n  medical: medical.csv\n")
    path = tmp_path / "all.yaml"
    path.write_text(text + "".join(blocks), encoding="utf-8")
    study = load(path)
    assert {key for block in blocks for key in read_yaml_keys(tmp_path, block)} == {
        "seat_zones",
        "population",
        "osm_places",
        "candidate_grid",
        "host_rules",
    }
    assert [
        (rule.id, rule.where[-1].at_least, rule.where[-1].above) for rule in study.host_rules
    ] == [
        ("S4a", 2.0, None),
        ("S4b", None, 30.0),
        ("Q4", None, 0.0),
    ]


def test_kinds_of_place(folder):
    """A clinic is tagged amenity=clinic, or healthcare=clinic, or both; and stands once."""
    osm_town(folder)
    text = (folder / "town.osm").read_text(encoding="utf-8")
    tag, other = '<tag k="amenity" v="clinic"/>', '<tag k="healthcare" v="clinic"/>'
    before, between, after = text.split(tag)
    text = before + tag + other + between + other + after
    (folder / "town.osm").write_text(text, encoding="utf-8")
    (places,) = places_of(folder / "town.osm", [OsmPlaces(kind="clinic", made_host=made_host)])
    assert sorted(places["osm_id"]) == ["node/3", "node/4"]


def test_kinds_that_are_none(folder):
    osm_town(folder)
    osm_study(folder)
    text = (folder / "made.yaml").read_text(encoding="utf-8")
    (folder / "made.yaml").write_text(
        re.sub(r'kind: "kindergarten"', 'kind: "kita"', text), "utf-8"
    )
    study = load(folder / "made.yaml")
    with pytest.raises(DataError, match=r"made\.yaml:\d+:\d+: 'kita' is no kind of place"):
        read_inputs(study)


def test_the_page_lists_the_kinds_of_place():
    page = (Path(__file__).parents[1] / "docs" / "made-tables.md").read_text(encoding="utf-8")
    for name, kind in osm_kinds.items():
        tags = [f"`{key}={value}`" for key, values in kind.tags.items() for value in values]
        assert f"| `{name}` | {kind.label} | {', '.join(tags)} |" in page


def read_yaml_keys(folder, block):
    path = folder / "block.yaml"
    path.write_text(block, encoding="utf-8")
    return read_yaml(path).values
