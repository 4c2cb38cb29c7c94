"""Places of OpenStreetMap become sites: names, duplicates, inside and outside."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pydantic import ValidationError
from pyproj import Transformer

from drawn_town import crs, origin, scenario
from siting.derived.made_rows import with_figures
from siting.derived.osm_sites import osm_sites
from siting.inputs import dictionary
from siting.scenario.made_sites import OsmPlaces

townships = gpd.GeoDataFrame(
    {"township_code": ["Z0"]}, geometry=[shapely.box(*origin, *(origin + 1000.0))], crs=crs
)
labels = {"kindergarten": "幼儿园", "clinic": "诊所"}
facility = {
    "tier": "institution",
    "host": "kindergarten",
    "inclusive": True,
    "classes": {"large": 2},
    "enrolled": {"24-36": 30},
    "max_classes": 3,
    "expand_cost_cny": 5000.0,
    "source": "drawn",
}
candidate = {
    "tier": "institution",
    "host": "clinic",
    "inclusive": False,
    "action": "convert",
    "max_classes": 2,
    "fixed_cost_cny": 10_000.0,
    "place_cost_cny": 1000.0,
    "source": "drawn",
}
kindergartens = OsmPlaces(tags={"amenity": ("kindergarten",)}, facility=facility)
clinics = OsmPlaces(tags={"amenity": ("clinic", "doctors")}, made_host=candidate)


def places(*rows):
    """Return places of (osm_id, name, x, y, amenity), in metres from the origin."""
    table = pd.DataFrame(rows, columns=["osm_id", "name", "x", "y", "amenity"])
    lon, lat = Transformer.from_crs(crs, 4326, always_xy=True).transform(
        table.pop("x") + origin[0], table.pop("y") + origin[1]
    )
    return table.assign(lon=lon, lat=lat, operator="")


def made(table, *entries):
    """Make sites of the places that have the tags of each entry."""
    found = [table] * len(entries)
    for i, entry in enumerate(entries):
        for key, values in entry.tags.items():
            found[i] = found[i][found[i][key].isin(values)]
    tables, notes = osm_sites(found, entries, townships, labels, 3000.0)
    return [sites[["site_id", "name"]].to_numpy().tolist() for sites in tables], notes


def test_places_keep_their_names_and_nameless_ones_are_numbered():
    (sites,), (note,) = made(
        places(
            ("node/7", "", 100, 100, "kindergarten"),
            ("node/5", "  ", 500, 100, "kindergarten"),
            ("way/2", "向日葵", 900, 100, "kindergarten"),
            ("node/9", "某校", 300, 300, "school"),
        ),
        kindergartens,
    )
    assert sites == [
        ["osm-node-5", "未命名幼儿园 1"],
        ["osm-node-7", "未命名幼儿园 2"],
        ["osm-way-2", "向日葵"],
    ]
    assert "3 facilities (0 of them outside the study area)" in note.en
    assert "未命名2处（指标依据：drawn）" in note.zh


def test_numbers_run_on_from_entry_to_entry():
    both = places(("node/1", "", 100, 100, "clinic"), ("node/2", "", 500, 500, "doctors"))
    one = OsmPlaces(tags={"amenity": ("clinic",)}, made_host=candidate)
    (first, second), _ = made(both, one, clinics)
    assert first == [["osm-node-1", "未命名诊所 1"]]
    assert second == [["osm-node-2", "未命名诊所 2"]]


@pytest.mark.parametrize(
    ("node", "way", "kept"),
    [
        ("", "", ["osm-way-9"]),
        ("甲", "", ["osm-node-1"]),
        ("", "甲", ["osm-way-9"]),
        ("甲", "甲", ["osm-way-9"]),
        ("甲", "乙", ["osm-node-1", "osm-way-9"]),
    ],
)
def test_a_node_inside_its_building_is_one_place(node, way, kept):
    (sites,), (note,) = made(
        places(
            ("node/1", node, 100, 100, "kindergarten"),
            ("way/9", way, 129, 140, "kindergarten"),
        ),
        kindergartens,
    )
    assert [site_id for site_id, _ in sites] == kept
    assert f"{2 - len(kept)} duplicates merged" in note.en


def test_places_farther_apart_than_a_building_are_two():
    (sites,), _ = made(
        places(("node/1", "", 100, 100, "clinic"), ("way/9", "", 131, 140, "clinic")), clinics
    )
    assert len(sites) == 2


def test_what_is_merged_merges_nothing_further():
    """Three nameless ways in a row, 40 m apart: the first takes the second, not the third."""
    (sites,), _ = made(
        places(
            ("way/1", "", 100, 100, "clinic"),
            ("way/2", "", 140, 100, "clinic"),
            ("way/3", "", 180, 100, "clinic"),
        ),
        clinics,
    )
    assert [site_id for site_id, _ in sites] == ["osm-way-1", "osm-way-3"]


def test_outside_the_study_area_facilities_stay_and_candidates_go():
    table = places(
        ("node/1", "东", 1100, 100, "kindergarten"),
        ("node/2", "西", -100, 100, "clinic"),
        ("node/3", "中", 100, 100, "clinic"),
    )
    (facilities, hosts), (of_facilities, of_hosts) = made(table, kindergartens, clinics)
    assert facilities == [["osm-node-1", "东"]]
    assert hosts == [["osm-node-3", "中"]]
    assert "1 facilities (1 of them outside" in of_facilities.en
    assert "1 candidates (1 outside the study area were left out: osm-node-2)" in of_hosts.en
    assert "规划范围外1处未采用：osm-node-2" in of_hosts.zh


def test_places_where_no_streets_are_read_are_left_out():
    table = places(
        ("node/1", "近", 3990, 100, "kindergarten"),
        ("node/2", "远", 4010, 100, "kindergarten"),
        ("node/3", "南", 100, -3010, "clinic"),
    )
    (facilities, hosts), (of_facilities, of_hosts) = made(table, kindergartens, clinics)
    assert (facilities, hosts) == ([["osm-node-1", "近"]], [])
    assert (
        "1 facilities (1 of them outside the study area), 1 farther than 3 km" in of_facilities.en
    )
    assert "规划范围外3公里以远（未读入道路）的1处未采用" in of_hosts.zh


def test_places_without_coordinates_are_counted():
    table = places(("node/1", "甲", 100, 100, "clinic"), ("way/2", "乙", 500, 100, "clinic"))
    table.loc[1, ["lon", "lat"]] = np.nan
    (sites,), (note,) = made(table, clinics)
    assert sites == [["osm-node-1", "甲"]]
    assert "文件中无坐标的1处未采用" in note.zh


def test_a_place_belongs_to_the_first_entry_that_found_it():
    table = places(("node/1", "甲", 100, 100, "clinic"), ("node/2", "乙", 500, 100, "clinic"))
    table.loc[1, "operator"] = "city"
    city = OsmPlaces(tags={"amenity": ("clinic",), "operator": ("city",)}, made_host=candidate)
    (first, second), _ = made(table, city, clinics)
    assert (first, second) == ([["osm-node-2", "乙"]], [["osm-node-1", "甲"]])


def test_the_order_of_places_changes_nothing():
    table = places(
        *((f"node/{i}", "", 15.0 * (7 * i % 20), 20.0 * (3 * i % 7), "clinic") for i in range(20))
    )
    shuffled = table.sample(frac=1, random_state=3).set_axis([0] * len(table))
    assert made(table, clinics) == made(shuffled, clinics)


def test_no_place_matches():
    (sites,), (note,) = made(places(("node/1", "", 100, 100, "school")), clinics)
    assert sites == []
    assert "0 candidates" in note.en


def test_rows_take_the_form_of_the_dictionary():
    asked = scenario(hosts={"kindergarten": {"label": "幼儿园"}, "clinic": {"label": "诊所"}})
    sites = pd.DataFrame({"site_id": ["a"], "name": ["甲"], "lon": [1.0], "lat": [2.0]})
    table = dictionary.facilities(asked)
    row = with_figures(sites, kindergartens.made, table).iloc[0]
    assert list(row.index) == [column.name for column in table.columns]
    assert row["large_classes"] == 2
    assert row["small_classes"] == 0
    assert row["enrolled_24_36"] == 30
    assert row["inclusive"] is True or row["inclusive"] == np.True_
    assert row["address"] == ""
    host = with_figures(sites, clinics.made, dictionary.hosts(asked)).iloc[0]
    assert host["decision"] == "free"
    assert host["staff_children"] == 0
    assert np.isnan(host["area_m2"])
    assert pd.isna(host["safety"])


def test_an_entry_is_either_facility_or_host():
    with pytest.raises(ValidationError, match="either facility or made_host"):
        OsmPlaces(tags={"amenity": ("clinic",)})
    with pytest.raises(ValidationError, match="either facility or made_host"):
        OsmPlaces(tags={"amenity": ("clinic",)}, facility=facility, made_host=candidate)
    with pytest.raises(ValidationError, match="either kind or tags"):
        OsmPlaces(kind="clinic", tags={"amenity": ("clinic",)}, made_host=candidate)
    with pytest.raises(ValidationError, match="at most max_classes"):
        OsmPlaces(tags={"amenity": ("clinic",)}, facility={**facility, "classes": {"large": 4}})
