"""Ways between medical institutions and sites, worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guided_town import GuidedTown, asked
from siting.cache import Cache
from siting.network import network_key
from siting.reach import kept as kept_reach
from siting.reach import measure_reach, measure_ways, no_way, off_street, ways_of_rounds
from siting.reach.access import find_access
from siting.reach.ways import quickest_ways


def ways(town, inputs=None):
    inputs = town.inputs() if inputs is None else inputs
    found = measure_reach(town.asked, town.network(), inputs).guidance
    return {
        (inputs.medical["medical_id"][m], inputs.sites["site_id"][s]): int(seconds)
        for s, m, seconds in zip(found.site, found.medical, found.seconds, strict=True)
    }


def town(picture="a--b--c", **changes):
    usual = {
        "hosts": {"a": {}, "c": {}},
        "medical": {"a": {}, "b": {}},
        "asked": asked(),
    }
    return GuidedTown(picture, {"a": 1}, **{**usual, **changes})


def test_staff_drive_while_families_walk():
    # 300 m between neighbours: 30 s by car, 300 s on foot, of which 300 s are the limit.
    measured = town()
    assert ways(measured) == {
        ("ma", "ca"): 0,
        ("ma", "cc"): 60,
        ("mb", "ca"): 30,
        ("mb", "cc"): 30,
    }
    reach = measured.reach()
    assert reach.seconds.tolist() == [0]
    assert set(reach.cell_leg_m) == {"walk"}


def test_entries_are_in_the_order_of_site_and_medical_institution():
    found = town().reach().guidance
    assert found.site.tolist() == [0, 0, 1, 1]
    assert found.medical.tolist() == [0, 1, 0, 1]


def test_the_limit_is_within_it_to_the_millisecond():
    inputs = town().inputs()
    inputs.medical.loc[0, "x"] -= 0.001
    assert ("ma", "cc") not in ways(town(), inputs)
    assert ways(town(asked=asked(within_minutes=0.5))) == {
        ("ma", "ca"): 0,
        ("mb", "ca"): 30,
        ("mb", "cc"): 30,
    }


def test_legs_are_walked_and_seconds_rounded_up_once():
    # 20.3 m on foot, 300 m by car, 10.3 m on foot: 20.3 + 30 + 10.3 = 60.6 s.
    measured = town(asked=asked(within_minutes=2.0), hosts={"b": {}}, medical={"a": {}})
    inputs = measured.inputs()
    inputs.medical.loc[0, "y"] += 20.3
    inputs.sites.loc[0, "y"] -= 10.3
    assert ways(measured, inputs) == {("ma", "cb"): 61}


def test_staff_go_to_the_site_along_one_way_streets():
    # From a to b the street is open: 30 s. The way back goes over d and c: 20 + 30 + 20 s.
    square = "a--b\n|  |\nc--d"
    there = town(square, hosts={"b": {}}, medical={"a": {}}, one_way=("ab",))
    back = replace(there, hosts={"a": {}}, medical={"b": {}})
    assert ways(there) == {("ma", "cb"): 30}
    assert ways(back) == {}
    assert ways(replace(back, asked=asked(within_minutes=1.5))) == {("mb", "ca"): 70}


def test_nothing_is_measured_without_guidance_or_medical_institutions():
    no_rules = town()
    no_rules.asked = no_rules.asked.model_copy(update={"guidance": None})
    assert no_rules.reach().guidance is None
    alone = town()
    inputs = replace(alone.inputs(), medical=None)
    assert measure_reach(alone.asked, alone.network(), inputs).guidance is None


def test_an_empty_table_gives_no_ways():
    measured = town()
    inputs = measured.inputs()
    inputs = replace(inputs, medical=inputs.medical.head(0))
    assert ways(measured, inputs) == {}


def test_who_lies_far_from_streets_is_told():
    measured = town()
    inputs = measured.inputs()
    inputs.medical.loc[1, "y"] += 301.0
    reach = measure_reach(measured.asked, measured.network(), inputs)
    (note,) = (note for note in reach.notes if "reach nothing by car" in note.en)
    assert "medical institutions: 1 lie more than 300 m" in note.en
    assert note.en.endswith("mb")
    left = off_street(measured.asked, inputs, reach)
    assert left[["table", "id", "mode"]].to_numpy().tolist() == [["medical", "mb", "drive"]]
    assert left["distance_m"].tolist() == [301.0]


def test_a_guided_site_far_from_streets_is_told_for_families_and_staff():
    measured = town()
    inputs = measured.inputs()
    inputs.sites.loc[1, "y"] += 301.0
    reach = measure_reach(measured.asked, measured.network(), inputs)
    assert any(note.en.startswith("guided sites: 1 lie more than") for note in reach.notes)
    left = off_street(measured.asked, inputs, reach)
    expected = [["sites", "cc", "walk"], ["sites", "cc", "drive"]]
    assert left[["table", "id", "mode"]].to_numpy().tolist() == expected
    # A kindergarten is not guided here, so that nobody drives to it.
    inputs.sites["tier"] = "kindergarten"
    only = replace(measured, asked=asked(tiers=("institution",)))
    reach = measure_reach(only.asked, only.network(), inputs)
    assert off_street(only.asked, inputs, reach)["mode"].tolist() == ["walk"]


def test_a_tier_to_guide_must_exist():
    with pytest.raises(ValueError, match="'school' is not among tiers"):
        asked(tiers=("school",))


def test_the_network_knows_the_mode_of_the_staff():
    assert asked().modes == ("drive", "walk")
    assert asked(mode="walk").modes == ("walk",)


def corners(measured, letters):
    return np.array([measured.at[letter] for letter in letters])


def test_ways_between_any_places():
    measured = town("a--b\n|  |\nc--d", one_way=("ab",))
    network = measured.network()
    found = measure_ways(
        measured.asked, network, corners(measured, "ad"), corners(measured, "bac"), "drive", 50
    )
    # a -> b 30, a -> a 0, a -> c 20; d -> b 20, d -> a by c 50, d -> c 30; b -> a would be 70.
    assert [each.tolist() for each in found] == [
        [0, 0, 0, 1, 1, 1],
        [0, 1, 2, 0, 1, 2],
        [30, 0, 20, 20, 50, 30],
    ]
    _, _, back_s = measure_ways(
        measured.asked, network, corners(measured, "b"), corners(measured, "a"), "drive"
    )
    assert back_s.tolist() == [70]


def test_the_limit_counts_along_one_street_too():
    # 100 m apart on a street of 300 m, both between its ends.
    measured = town()
    one, other = (corners(measured, "a") + np.array([[east, 0.0]]) for east in (100.0, 200.0))
    for limit_s, found in ((10, [10]), (9, [])):
        *_, seconds = measure_ways(measured.asked, measured.network(), one, other, "drive", limit_s)
        assert seconds.tolist() == found


def test_no_places_have_no_ways():
    measured = town()
    nowhere = np.empty((0, 2))
    for ends in ((nowhere, nowhere), (nowhere, corners(measured, "ab"))):
        found = measure_ways(measured.asked, measured.network(), *ends, "drive")
        assert [each.tolist() for each in found] == [[], [], []]


def test_rounds_have_every_way_there_and_back():
    measured = town("a--b\n|  |\nc--d", one_way=("ab",))
    ab, dcb = corners(measured, "ab"), corners(measured, "dcb")
    of_a, of_b = ways_of_rounds(
        measured.asked, measured.network(), ab, dcb, np.array([0, 0, 1]), "drive"
    )
    # Rows and columns a, d, c.
    assert of_a.tolist() == [[0, 50, 20], [50, 0, 30], [20, 30, 0]]
    assert of_b.tolist() == [[0, 0], [0, 0]]


def test_where_no_way_leads_it_is_told():
    measured = town()
    stops = corners(measured, "bc") + np.array([[0.0, 0.0], [0.0, 301.0]])
    (seconds,) = ways_of_rounds(
        measured.asked,
        measured.network(),
        corners(measured, "a"),
        stops,
        np.array([0, 0]),
        "drive",
    )
    assert seconds.tolist() == [[0, 30, no_way], [30, 0, no_way], [no_way, no_way, 0]]


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.floats(-50, 650), st.floats(-450, 50)), min_size=1, max_size=6, unique=True
    ),
    st.integers(0, 90),
    st.integers(1, 5),
)
def test_ways_are_the_same_from_whichever_side_they_are_sought(points, limit_s, split):
    measured = town("a--b--e\n|  |  |\nc--d--f\n   |\n   g", one_way=("ab", "dc", "ef"))
    network = measured.network()
    x, y = (np.array(points) + measured.at["a"]).T
    access = find_access(network, "drive", x, y, 300.0)
    leaving, arriving = (
        access.taken(np.arange(len(x))[part]) for part in (slice(split), slice(None))
    )
    one, other = (
        quickest_ways(
            network,
            "drive",
            leaving,
            arriving,
            np.full(len(side.edge), limit_s * 1000),
            from_arriving=from_arriving,
        )
        for from_arriving, side in ((False, leaving), (True, arriving))
    )
    assert all(np.array_equal(mine, others) for mine, others in zip(one, other, strict=True))


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.floats(-50, 650), st.floats(-450, 50)), min_size=2, max_size=6, unique=True
    )
)
def test_rounds_leave_no_way_out(points):
    measured = town("a--b--e\n|  |  |\nc--d--f\n   |\n   g", one_way=("ab", "dc", "ef"))
    network = measured.network()
    xy = np.array(points) + measured.at["a"]
    (seconds,) = ways_of_rounds(
        measured.asked, network, xy[:1], xy[1:], np.zeros(len(xy) - 1, int), "drive"
    )
    leaves, arrives, every_s = measure_ways(measured.asked, network, xy, xy, "drive")
    expected = np.full((len(xy),) * 2, no_way)
    expected[leaves, arrives] = every_s
    np.fill_diagonal(expected, 0)
    assert seconds.tolist() == expected.tolist()


def kept(measured, inputs, cache):
    return kept_reach.measure_kept_reach(
        measured.asked, measured.network(), inputs, lambda _: None, "network", cache
    )


def test_ways_are_kept_with_the_reach(tmp_path, monkeypatch):
    measured, cache = town(), Cache(tmp_path)
    inputs = measured.inputs()
    first = kept(measured, inputs, cache)
    monkeypatch.setattr(kept_reach, "measure_reach", None)
    again = kept(measured, inputs, cache)
    assert vars(again.guidance).keys() == vars(first.guidance).keys()
    for name, array in vars(first.guidance).items():
        assert np.array_equal(getattr(again.guidance, name), array), name
    assert again.notes == first.notes


def moved(inputs):
    inputs.medical.loc[0, "x"] += 1.0


def renamed(inputs):
    inputs.medical.loc[0, "medical_id"] = "other"


@pytest.mark.parametrize(
    "changed",
    [
        (asked(within_minutes=2.0), None),
        (asked(mode="walk"), None),
        (asked(tiers=("kindergarten",)), None),
        (asked(), moved),
        (asked(), renamed),
    ],
)
def test_the_key_changes_with_the_guidance(tmp_path, monkeypatch, changed):
    scenario, change = changed
    measured, cache = town(), Cache(tmp_path)
    kept(measured, measured.inputs(), cache)
    inputs = measured.inputs()
    if change:
        change(inputs)
    monkeypatch.setattr(kept_reach, "measure_reach", None)
    with pytest.raises(TypeError):
        kept(replace(measured, asked=scenario), inputs, cache)


def test_a_reach_without_guidance_is_kept_as_one(tmp_path, monkeypatch):
    measured, cache = town(), Cache(tmp_path)
    inputs = replace(measured.inputs(), medical=None)
    kept(measured, inputs, cache)
    monkeypatch.setattr(kept_reach, "measure_reach", None)
    assert kept(measured, inputs, cache).guidance is None


def test_the_network_is_read_anew_for_another_mode(tmp_path):
    (tmp_path / "streets.gpkg").write_bytes(b"streets")
    (tmp_path / "townships.geojson").write_bytes(b"townships")
    keys = {network_key(asked(mode=mode).placed_in(tmp_path)) for mode in ("walk", "drive")}
    assert len(keys) == 2
