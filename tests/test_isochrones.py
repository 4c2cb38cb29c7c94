"""Isochrones of drawn towns, and against exact buffers of the streets reached."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from drawn_town import Town, scenario
from siting.network import closed
from siting.reach import isochrones


def drawn(town, minutes=None, network=None):
    return isochrones(town.asked, network or town.network(), town.inputs().sites, minutes)


def test_they_follow_the_streets_to_the_last_metre():
    # From b, 250 s at 1 m/s: the street east to c (200 m) and on to 50 m towards d.
    tier = scenario().tiers["institution"].model_copy(update={"limit_minutes": 250 / 60})
    asked = scenario().model_copy(update={"tiers": {"institution": tier}})
    town = Town("a---b---c----d", {"a": 1}, hosts={"b": {}}, asked=asked)
    area = drawn(town).geometry.iloc[0]
    at = town.at
    # The outline may be off by part of a pixel: 5 m are allowed.
    for reached_m, inside in ((199, True), (250 + 35, True), (250 + 45, False)):
        assert area.covers(shapely.Point(at["b"] + [reached_m, 0])) is inside
    assert area.covers(shapely.Point(at["b"] + [100, 35]))
    assert not area.covers(shapely.Point(at["b"] + [100, 45]))
    assert area.covers(shapely.Point(at["b"] - [249, 0]))


def test_a_block_within_is_a_hole():
    town = Town("a---b\n|   |\n|   |\n|   |\nc---d", {"a": 1}, hosts={"a": {}})
    area = drawn(town, [20]).geometry.iloc[0]
    middle = shapely.Point(town.at["a"] + [200, -200])
    assert not area.covers(middle)
    assert shapely.Polygon(area.exterior).covers(middle)


def test_several_minutes_at_once_lie_within_one_another():
    town = Town("a---b---c----d", {"a": 1}, hosts={"b": {}, "d": {}})
    areas = drawn(town, [2, 4, 8])
    assert areas["site_id"].tolist() == ["cb"] * 3 + ["cd"] * 3
    assert areas["minutes"].tolist() == [2, 4, 8] * 2
    for site in ("cb", "cd"):
        small, middle, large = areas.geometry[areas["site_id"] == site]
        assert middle.covers(small)
        assert large.covers(middle)


def test_a_site_off_the_streets_has_none():
    town = Town("a-b", {"a": 1}, hosts={"a": {}, "b": {}})
    sites = town.inputs().sites
    sites.loc[0, "y"] += 301.0
    areas = isochrones(town.asked, town.network(), sites)
    assert areas.geometry.is_empty.tolist() == [True, False]


def test_a_one_way_street_is_reached_one_way():
    town = Town("a---b---c", {"a": 1}, hosts={"b": {}})
    network = town.network()
    walk = network.travel["walk"]
    ahead = replace(network, travel={"walk": replace(walk, backward_ms=np.full(2, closed))})
    east = network.x[network.start[0]] < network.x[network.end[0]]
    for direction, side in (("to_site", -1), ("from_site", 1)):
        tier = town.asked.tiers["institution"].model_copy(update={"direction": direction})
        town.asked = town.asked.model_copy(update={"tiers": {"institution": tier}})
        area = drawn(town, network=ahead).geometry.iloc[0]
        sign = side if east else -side
        assert area.covers(shapely.Point(town.at["b"] + [sign * 250, 0]))
        assert not area.covers(shapely.Point(town.at["b"] - [sign * 60, 0]))


@pytest.mark.parametrize("minutes", [1.0, 5.0, 12.5])
def test_they_are_near_the_exact_buffers(minutes):
    picture = "a--b---c--d\n|  |   |  |\ne--f---g--h\n|      |  |\ni------j--k"
    town = Town(picture, {"a": 1}, hosts={"f": {}})
    inputs, network = town.inputs(), town.network()
    inputs.sites["x"] += 37.0
    inputs.sites["y"] += 11.0
    area = isochrones(town.asked, network, inputs.sites, [minutes]).geometry.iloc[0]
    exact = exact_area(network, inputs.sites, 60 * minutes - 11.0)
    assert area.intersection(exact).area / area.union(exact).area >= 0.97


def exact_area(network, sites, left_m):
    """Return the 40 m buffer of the streets within a walk at 1 m/s, point by point."""
    site = shapely.Point(sites["x"].iloc[0], sites["y"].iloc[0] - 11.0)
    lines = [shapely.segmentize(line, 1.0) for line in network.lines]
    points = np.unique(np.concatenate([shapely.get_coordinates(line) for line in lines]), axis=0)
    number = {tuple(xy): i for i, xy in enumerate(points)}
    pairs = [
        (number[tuple(a)], number[tuple(b)], float(np.hypot(*(b - a))))
        for line in lines
        for a, b in zip(shapely.get_coordinates(line), shapely.get_coordinates(line)[1:])
    ]
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    a, b, metres = (np.array(column) for column in zip(*pairs))
    graph = coo_array((metres, (a, b)), shape=(len(points),) * 2).tocsr()
    start = int(np.hypot(points[:, 0] - site.x, points[:, 1] - site.y).argmin())
    within = dijkstra(graph, directed=False, indices=start) <= left_m
    reached = [
        shapely.LineString([points[i], points[j]]) for i, j, _ in pairs if within[i] and within[j]
    ]
    return shapely.union_all(shapely.buffer(reached, 40.0, quad_segs=16))
