"""The study of Reykjavík's data: what its README promises."""

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import osmium
import pandas as pd
import pytest
from osmium.osm import NODE, RELATION, WAY
from pyproj import Proj

import siting
from siting.derived import read_inputs

root = Path(__file__).parents[1]
folder = root / "data" / "reykjavik"
crop = folder / "reykjavik.osm.pbf"
west, south, east, north = -22.06, 63.98, -21.60, 64.20
files = ("reykjavik.osm.pbf", "seats.csv", "residents.csv")
cache = os.environ.get("SITING_SOURCES")
"""Folder of source archives downloaded earlier."""


@pytest.fixture(scope="module")
def scenario():
    return siting.load(root / "scenarios" / "reykjavik.yaml")


@pytest.fixture(scope="module")
def amenities():
    """Objects of OpenStreetMap by amenity and kind of object."""
    things = osmium.FileProcessor(str(crop)).with_filter(osmium.filter.KeyFilter("amenity"))
    return Counter((thing.tags["amenity"], thing.type_str()) for thing in things)


def table(name):
    return pd.read_csv(folder / f"{name}.csv", dtype={"district_code": str, "township_code": str})


def test_header_holds_the_box():
    header = osmium.io.Reader(str(crop)).header()
    box = header.box()
    corners = (box.bottom_left.lon, box.bottom_left.lat, box.top_right.lon, box.top_right.lat)
    assert corners == (west, south, east, north)
    assert header.get("osmosis_replication_timestamp") == "2019-05-09T20:14:02Z"


@pytest.mark.parametrize(
    ("amenity", "points", "ways", "multipolygons"),
    [
        ("kindergarten", 9, 103, 1),
        ("school", 6, 91, 1),
        ("hospital", 2, 8, 0),
        ("clinic", 5, 1, 0),
        ("doctors", 18, 2, 0),
        ("community_centre", 3, 1, 0),
    ],
)
def test_facilities_are_those_of_openstreetmap(amenities, amenity, points, ways, multipolygons):
    assert [amenities[amenity, kind] for kind in "nwr"] == [points, ways, multipolygons]


def test_streets_are_whole():
    nodes, missing, streets = set(), 0, 0
    touches = {}
    for thing in osmium.FileProcessor(str(crop), NODE | WAY):
        if thing.is_node():
            nodes.add(thing.id)
            touches[thing.id] = west <= thing.lon <= east and south <= thing.lat <= north
        else:
            refs = [node.ref for node in thing.nodes]
            missing += sum(ref not in nodes for ref in refs)
            if "highway" in thing.tags:
                streets += 1
                assert any(touches[ref] for ref in refs)
    assert missing == 0
    assert streets == 33_085
    assert not all(touches.values())


def test_multipolygons_have_all_their_ways():
    ways = {way.id for way in osmium.FileProcessor(str(crop), WAY)}
    of_shapes = [
        {member.ref for member in shape.members if member.type == "w"}
        for shape in osmium.FileProcessor(str(crop), RELATION)
    ]
    assert len(of_shapes) == 14
    assert all(members and members <= ways for members in of_shapes)


def test_barriers_are_kept():
    barriers = osmium.FileProcessor(str(crop), NODE).with_filter(osmium.filter.KeyFilter("barrier"))
    kinds = Counter(node.tags["barrier"] for node in barriers)
    assert kinds["gate"] == 125
    assert kinds["bollard"] == 11


def test_names_and_times_of_mappers_are_dropped():
    for thing in osmium.FileProcessor(str(crop)):
        assert (thing.version, thing.uid, thing.changeset, thing.user) == (0, 0, 0, "")


def test_readme_states_the_sha256_of_every_file():
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for name in files:
        row = re.search(rf"^\| `{re.escape(name)}` .*`([0-9a-f]{{64}})` \|$", readme, re.MULTILINE)
        assert row is not None
        assert row[1] == hashlib.sha256((folder / name).read_bytes()).hexdigest()


def test_committed_size():
    assert sum(path.stat().st_size for path in folder.iterdir() if path.is_file()) < 3_000_000


def test_seats_lie_in_the_box_and_have_a_municipality_with_residents():
    seats, residents = table("seats"), table("residents")
    assert len(seats) == 26
    assert seats["township_code"].is_unique
    assert seats["township"].is_unique
    assert seats["lon"].between(west, east).all()
    assert seats["lat"].between(south, north).all()
    assert set(seats["district_code"]) == set(residents["district_code"])
    assert (seats["township_code"].str[:4] == seats["district_code"]).all()
    assert list(seats["township"][seats["area_type"] == "rural"]) == ["Mosfellsdalur"]


def test_residents_are_the_capital_region_less_kjosarhreppur():
    by_year = table("residents").groupby("year")["residents"].sum()
    assert by_year.to_dict() == {2019: 228_231 - 238, 2022: 240_882 - 244}


def test_under3s_are_three_years_of_births(scenario):
    share = scenario.children.under3_share
    assert share[2019] == pytest.approx((4_034 + 4_071 + 4_228) / 356_991, abs=5e-6)
    assert share[2022] == pytest.approx((4_452 + 4_512 + 4_879) / 376_248, abs=5e-6)


def test_scenario_names_files_that_are_there(scenario):
    assert scenario.illustrative
    assert {Path(name).name for name in scenario.named_files} == set(files)
    assert all(scenario.path(name).exists() for name in scenario.named_files)


def test_scenario_states_every_source(scenario):
    entries = [places.facility or places.made_host for places in scenario.osm_places]
    stated = [entry.source for entry in (*entries, scenario.candidate_grid.made_host)]
    stated += [scenario.population.source, scenario.walk.source, scenario.class_kinds_source]
    stated += [target.clause for target in scenario.targets]
    assert all("assumption" in text for text in stated)
    assert any("OpenStreetMap contributors" in text for text in scenario.sources)


def test_scenario_makes_facilities_of_the_kindergartens_only(scenario):
    made = [places for places in scenario.osm_places if places.facility]
    assert [places.tags for places in made] == [{"amenity": ("kindergarten",)}]
    enrolled = sum(made[0].facility.enrolled.values())
    kinds = scenario.class_kinds
    places = sum(kinds[kind].size * count for kind, count in made[0].facility.classes.items())
    assert (enrolled, places) == (27, 32)


def test_children_of_each_facility_are_those_of_the_study(scenario):
    """Two years of age, each a third of the under-3s, at the attendance published."""
    residents = table("residents").groupby("year")["residents"].sum()
    born = (4_034 + 4_071 + 4_228) / 356_991 * residents[2019]
    attending = born / 3 * (0.47 + 0.95)
    facilities = (read_inputs(scenario).sites["status"] == "existing").sum()
    assert (round(attending), facilities, round(attending / facilities)) == (3728, 104, 36)
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for text in (readme, scenario.osm_places[0].facility.source):
        assert {"3,728", "104", "36"} <= set(re.findall(r"[\d,]*\d", text))


def test_tags_of_the_scenario_are_in_the_crop(scenario, amenities):
    found = {amenity for amenity, _ in amenities}
    for places in scenario.osm_places:
        assert set(places.tags["amenity"]) <= found


def test_map_scale_is_true_within_one_percent(scenario):
    factors = Proj(scenario.crs).get_factors([west, east], [south, north])
    assert list(factors.meridional_scale) == pytest.approx([1.0, 1.0], abs=0.01)


@pytest.mark.skipif(cache is None, reason="SITING_SOURCES names no folder of source archives")
def test_build_gives_the_committed_files(tmp_path):
    build = [sys.executable, "-B", str(folder / "build.py")]
    subprocess.run([*build, "--cache", cache, "--out", str(tmp_path)], check=True)  # noqa: S603
    for name in files[1:]:
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()
    assert contents(tmp_path / files[0]) == contents(crop)


def contents(path):
    """Every object of a file; the bytes also depend on the version of the compressor."""
    things = osmium.FileProcessor(str(path))
    return [(thing.type_str(), thing.id, dict(thing.tags), shape_of(thing)) for thing in things]


def shape_of(thing):
    if thing.is_node():
        return thing.lon, thing.lat
    if thing.is_way():
        return [node.ref for node in thing.nodes]
    return [(member.type, member.ref, member.role) for member in thing.members]
