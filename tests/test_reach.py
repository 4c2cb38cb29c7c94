"""Walking times and isochrones of drawn towns, worked out by hand."""

import numpy as np
import pytest
import shapely

from drawn_town import Town, scenario
from siting.network import build_network
from siting.network.network import milliseconds
from siting.reach import isochrones, measure_reach


def seconds(town):
    reach, inputs = town.reach(), town.inputs()
    cells, sites = inputs.cells["cell_id"], inputs.sites["site_id"]
    return {
        (cells[c], sites[s]): int(t)
        for c, s, t in zip(reach.cell, reach.site, reach.seconds, strict=True)
    }


def test_times_follow_the_streets():
    # b is 224 m from c as the crow flies and 300 m along the streets; a is 400 m from it.
    town = Town("ab\n |\ncd", {"a": 1, "b": 1, "c": 1}, hosts={"c": {}})
    assert seconds(town) == {("c", "cc"): 0, ("b", "cc"): 300}


def test_only_pairs_within_the_limit_are_kept():
    town = Town("a---b---c", {"a": 1, "b": 1, "c": 1}, hosts={"a": {}})
    assert seconds(town) == {("a", "ca"): 0}


def test_the_quicker_of_two_ways_counts():
    town = Town("a--b\n|  |\nc--d", {"d": 1}, hosts={"b": {}, "c": {}})
    assert seconds(town) == {("d", "cb"): 200, ("d", "cc"): 300}


def test_seconds_are_rounded_up_once():
    # 100 m at 5 km/h take 72 s; 10 m of access at the site another 7.2 s: 79.2 -> 80.
    walk = {"speed_kph": 5.0, "source": "drawn"}
    town = Town("a-b", {"a": 1}, hosts={"b": {}}, asked=scenario(walk=walk))
    inputs = town.inputs()
    inputs.sites.loc[0, "y"] += 10.0
    reach = measure_reach(town.asked, town.network(), inputs)
    # a-b is 200 m: 144 s + 7.2 s = 151.2 s.
    assert reach.seconds.tolist() == [152]
    assert reach.site_snap_m.tolist() == pytest.approx([10.0])


def test_a_place_far_from_streets_reaches_nothing_and_is_named():
    town = Town("a-b", {"a": 1}, hosts={"b": {}})
    inputs = town.inputs()
    inputs.sites.loc[0, "y"] += 301.0
    reach = measure_reach(town.asked, town.network(), inputs)
    assert len(reach.seconds) == 0
    assert any("1 lie more than 300 m" in note.en and "cb" in note.en for note in reach.notes)


def test_cut_off_pieces_are_left_out_and_counted():
    town = Town("a--b--c--f--g\n\n\nd-e", {"a": 1}, hosts={"b": {}})
    network = town.network()
    assert network.nodes == 5
    assert any("1 small pieces with 2 nodes" in note.en for note in network.notes)


def test_motorways_are_not_walked_on():
    town = Town("a--b--c", {"a": 1}, hosts={"c": {}})
    lines = np.array(town.lines(), dtype=object)
    highway = np.array(["residential", "motorway"])
    network = build_network(lines, highway, town.inputs().crs, town.asked)
    assert network.nodes == 2
    assert any("1 streets (0 km) of classes motorway" in note.en for note in network.notes)


def test_parallel_streets_and_loops():
    straight = shapely.LineString([(0, 0), (100, 0)])
    detour = shapely.LineString([(0, 0), (50, 80), (100, 0)])
    loop = shapely.LineString([(0, 0), (-50, 50), (0, 50), (0, 0)])
    town = Town("a", {"a": 1})
    for order in ([straight, detour, loop], [loop, detour, straight]):
        lines = np.array(order, dtype=object)
        network = build_network(lines, np.full(3, "residential"), town.townships().crs, town.asked)
        assert network.graph.toarray().tolist() == [[0, 100_000], [100_000, 0]]


def test_the_order_of_the_streets_does_not_matter():
    town = Town("a--b\n|  |\nc--d", {"a": 1, "d": 1}, hosts={"b": {}})
    lines = np.array(town.lines(), dtype=object)
    crs = town.townships().crs
    highway = np.full(len(lines), "residential")
    one = build_network(lines, highway, crs, town.asked)
    other = build_network(lines[::-1], highway, crs, town.asked)
    assert (one.graph != other.graph).nnz == 0
    assert shapely.equals_exact(one.lines, other.lines).all()


@pytest.mark.parametrize("distance_m", [np.array([-1.0]), np.array([np.nan])])
def test_impossible_distances_are_refused(distance_m):
    with pytest.raises(ValueError, match="finite"):
        milliseconds(distance_m, 3.6)


def test_isochrones_follow_the_streets_to_the_last_metre():
    # From b, 250 s at 1 m/s: the street east to c (200 m) and on to 50 m towards d.
    town = Town("a---b--c----d", {"a": 1}, hosts={"b": {}})
    area = isochrones(town.network(), town.reach(), np.array([250.0]))[0]
    at = town.at
    for reached_m, inside in ((199, True), (249, True), (249 + 45, False)):
        point = shapely.Point(at["b"] + [reached_m, 0])
        assert area.covers(point) is inside
    assert not area.covers(shapely.Point(at["b"] + [100, 60]))
    west = shapely.Point(at["b"] - [249, 0])
    assert area.covers(west)


def test_isochrones_of_sites_not_asked_for_are_empty():
    town = Town("a-b", {"a": 1}, hosts={"a": {}, "b": {}})
    areas = isochrones(town.network(), town.reach(), np.array([np.nan, 60.0]))
    assert [area.is_empty for area in areas] == [True, False]
