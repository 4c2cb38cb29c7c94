"""Who may use which street, how fast, and which barriers stop whom."""

import math

import pytest

from drawn_osm import asked
from siting.network.access import barred_modes, can_stop, maxspeed_kph, speeds_kph, values_of
from siting.scenario.travel import Drive, design_speed_kph

both, along, against, none = (1, 1), (1, 0), (0, 1), (0, 0)
street = {"highway": "residential"}


@pytest.mark.parametrize(
    ("tags", "walk", "cycle", "drive"),
    [
        ({}, both, both, both),
        ({"oneway": "yes"}, both, along, along),
        ({"oneway": "-1"}, both, against, against),
        ({"oneway": "no"}, both, both, both),
        ({"oneway": "reversible"}, both, none, none),
        ({"oneway": "unheard of"}, both, both, both),
        ({"oneway": "yes", "oneway:bicycle": "no"}, both, both, along),
        ({"oneway": "yes", "cycleway": "opposite_lane"}, both, both, along),
        ({"oneway": "yes", "cycleway:left": "opposite"}, both, both, along),
        ({"oneway:foot": "yes"}, along, both, both),
        ({"junction": "roundabout"}, both, along, along),
        ({"junction": "roundabout", "oneway": "no"}, both, both, both),
        ({"access": "no"}, none, none, none),
        ({"access": "private"}, none, none, none),
        ({"access": "destination"}, both, both, both),
        ({"access": "no", "foot": "yes"}, both, none, none),
        ({"access": "private", "motor_vehicle": "permissive"}, none, none, both),
        ({"vehicle": "no"}, both, none, none),
        ({"vehicle": "no", "bicycle": "designated"}, both, both, none),
        ({"motor_vehicle": "no"}, both, both, none),
        ({"motor_vehicle": "no", "motorcar": "yes"}, both, both, both),
        ({"foot": "no"}, none, both, both),
        ({"bicycle": "dismount"}, both, none, both),
        ({"motorroad": "yes"}, none, none, both),
        ({"area": "yes"}, both, none, none),
        ({"highway": "motorway"}, none, none, along),
        ({"highway": "motorway", "foot": "yes"}, both, none, along),
        ({"highway": "footway"}, both, none, none),
        ({"highway": "footway", "bicycle": "yes"}, both, both, none),
        ({"highway": "steps", "access": "yes"}, both, none, none),
        ({"highway": "footway", "motor_vehicle": "yes"}, both, none, none),
        ({"highway": "construction", "foot": "yes"}, none, none, none),
        ({"highway": "['residential', 'footway']"}, both, none, none),
        ({"access": "yes;no"}, none, none, none),
        ({"foot": "who knows", "access": "no"}, none, none, none),
    ],
)
def test_who_may_go_which_way(tmp_path, tags, walk, cycle, drive):
    scenario = asked(tmp_path, "town.osm")
    for mode, expected in (("walk", walk), ("cycle", cycle), ("drive", drive)):
        found = speeds_kph({**street, **tags}, mode, scenario)
        assert tuple(speed > 0 for speed in found) == tuple(map(bool, expected)), mode


def test_speeds_by_class_and_posted(tmp_path):
    scenario = asked(
        tmp_path,
        "town.osm",
        walk={"speed_kph": 3.6, "source": "drawn", "speed_by_highway_kph": {"steps": 1.8}},
        drive={
            "speed_by_highway_kph": {"residential": 36.0, "motorway": 72.0},
            "use_maxspeed": True,
            "source": "drawn",
        },
    )
    assert speeds_kph({"highway": "steps"}, "walk", scenario) == (1.8, 1.8)
    assert speeds_kph({"highway": "steps;path"}, "walk", scenario) == (1.8, 1.8)
    assert speeds_kph({**street, "maxspeed": "20"}, "drive", scenario) == (20.0, 20.0)
    assert speeds_kph({**street, "maxspeed": "80"}, "drive", scenario) == (36.0, 36.0)
    assert speeds_kph({**street, "maxspeed": "20"}, "walk", scenario) == (3.6, 3.6)


def test_posted_speeds_count_only_where_asked(tmp_path):
    scenario = asked(tmp_path, "town.osm")
    assert speeds_kph({**street, "maxspeed": "20"}, "drive", scenario) == (36.0, 36.0)


@pytest.mark.parametrize(
    ("text", "kph"),
    [
        ("50", 50),
        ("50 km/h", 50),
        ("30 mph", 48.28032),
        ("60;40", 40),
        ("['50', '30']", 30),
        ("30.5", 30.5),
        ("none", math.nan),
        ("CN:urban", math.nan),
        ("0", math.nan),
        ("", math.nan),
        (None, math.nan),
    ],
)
def test_posted_speed(text, kph):
    assert maxspeed_kph(text) == pytest.approx(kph, nan_ok=True)


@pytest.mark.parametrize(
    ("tags", "barred"),
    [
        ({"barrier": "bollard"}, {"drive"}),
        ({"barrier": "bollard", "motor_vehicle": "yes"}, set()),
        ({"barrier": "gate"}, set()),
        ({"barrier": "gate", "access": "private"}, {"walk", "cycle", "drive"}),
        ({"barrier": "gate", "access": "private", "foot": "yes"}, {"cycle", "drive"}),
        ({"barrier": "gate", "locked": "yes"}, {"walk", "cycle", "drive"}),
        ({"barrier": "stile"}, {"cycle", "drive"}),
        ({"barrier": "wall"}, {"walk", "cycle", "drive"}),
        ({"barrier": "wall", "foot": "yes"}, {"cycle", "drive"}),
        ({"barrier": "kerb"}, set()),
        ({"barrier": "something new"}, set()),
        ({"access": "no"}, set()),
    ],
)
def test_whom_a_barrier_stops(tags, barred):
    assert barred_modes(tags) == barred


@pytest.mark.parametrize(
    ("tags", "stop"),
    [
        ({}, True),
        ({"highway": "motorway"}, False),
        ({"highway": "trunk"}, True),
        ({"highway": "trunk_link"}, False),
        ({"bridge": "yes"}, False),
        ({"bridge": "no"}, True),
        ({"tunnel": "yes"}, False),
        ({"tunnel": "building_passage"}, True),
        ({"highway": "['residential', 'motorway_link']"}, False),
    ],
)
def test_where_one_can_stop(tags, stop):
    assert can_stop({**street, **tags}) == stop


def test_values_of_hostile_text():
    assert values_of("[" * 10_000) == ()
    assert values_of("__import__('os')") == ("__import__('os",)


def test_a_planner_need_not_invent_speeds():
    drive = Drive()
    assert drive.speeds_kph == design_speed_kph
    slower = Drive(speed_by_highway_kph={"primary": 40.0}, excluded_highways=("motorway",))
    assert slower.speeds_kph["primary"] == 40
    assert slower.speeds_kph["secondary"] == design_speed_kph["secondary"]
    assert "motorway" not in slower.speeds_kph
    assert "CJJ 37-2012" in drive.source
    links = {name: kph for name, kph in design_speed_kph.items() if name.endswith("_link")}
    for name, kph in links.items():
        assert kph == design_speed_kph[name.removesuffix("_link")] / 2
