"""Walking times and isochrones of drawn towns, worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from drawn_town import Town, scenario
from siting.network import build_network
from siting.network.network import closed, milliseconds
from siting.reach import measure_reach
from siting.reach.doors import at_nodes
from siting.reach.edge_of_data import edge_nodes
from siting.reach.search import find_nodes


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
    assert reach.site_leg_m.tolist() == pytest.approx([10.0])


def test_a_place_far_from_streets_reaches_nothing_and_is_named():
    town = Town("a-b", {"a": 1}, hosts={"b": {}})
    inputs = town.inputs()
    inputs.sites.loc[0, "y"] += 301.0
    reach = measure_reach(town.asked, town.network(), inputs)
    assert len(reach.seconds) == 0
    assert any("1 lie more than 300 m" in note.en and "cb" in note.en for note in reach.notes)


def test_cut_off_pieces_are_closed_and_counted():
    town = Town("a--b--c--f--g\n\n\nd-e", {"a": 1}, hosts={"b": {}})
    network = town.network()
    assert (network.travel["walk"].forward_ms == closed).tolist().count(True) == 1
    assert any("1 streets (0.2 km) are cut off" in note.en for note in network.notes)


def test_motorways_are_not_walked_on():
    town = Town("a--b--c", {"a": 1}, hosts={"c": {}})
    lines = np.array(town.lines(), dtype=object)
    highway = np.array(["residential", "motorway"])
    network = build_network(lines, highway, town.inputs().crs, town.asked)
    is_closed = network.travel["walk"].forward_ms == closed
    assert network.highway[is_closed].tolist() == ["motorway"]
    assert any(
        "1 streets (0.3 km, above all motorway) are closed on foot" in n.en for n in network.notes
    )


def test_the_quickest_of_parallel_streets_counts_and_a_loop_leads_nowhere():
    straight = shapely.LineString([(0, 0), (100, 0)])
    detour = shapely.LineString([(0, 0), (50, 80), (100, 0)])
    loop = shapely.LineString([(0, 0), (-50, 50), (0, 50), (0, 0)])
    town = Town("a", {"a": 1})
    for order in ([straight, detour, loop], [loop, detour, straight]):
        lines = np.array(order, dtype=object)
        network = build_network(lines, np.full(3, "residential"), town.townships().crs, town.asked)
        limit_ms = np.array([900_000, 900_000])
        found = find_nodes(network.graph("walk"), at_nodes(np.arange(2)), limit_ms)
        assert sorted(found.ms.tolist()) == [0, 0, 100_000, 100_000]


def test_the_order_of_the_streets_does_not_matter():
    town = Town("a--b\n|  |\nc--d", {"a": 1, "d": 1}, hosts={"b": {}})
    lines = np.array(town.lines(), dtype=object)
    crs = town.townships().crs
    highway = np.full(len(lines), "residential")
    one = build_network(lines, highway, crs, town.asked)
    other = build_network(lines[::-1], highway, crs, town.asked)
    for mine, theirs in zip(one.graph("walk"), other.graph("walk"), strict=True):
        assert mine.tolist() == theirs.tolist()
    assert shapely.equals_exact(one.lines, other.lines).all()


@pytest.mark.parametrize("distance_m", [np.array([-1.0]), np.array([np.nan])])
def test_impossible_distances_are_refused(distance_m):
    with pytest.raises(ValueError, match="finite"):
        milliseconds(distance_m, 3.6)


def placed(town, **moves):
    """Return the inputs of a town with cells and sites moved by metres east and north."""
    inputs = town.inputs()
    for table, name in ((inputs.cells, "cell_id"), (inputs.sites, "site_id")):
        for place, (east, north) in moves.items():
            table.loc[table[name] == place, "x"] += east
            table.loc[table[name] == place, "y"] += north
    return inputs


def test_places_meet_the_nearest_point_of_a_street():
    # Beside the middle of a 400 m street: 30 m to it, 100 m along it, 20 m to the site.
    town = Town("a---b", {"a": 1}, hosts={"b": {}})
    inputs = placed(town, a=(150.0, 30.0), cb=(-150.0, -20.0))
    reach = measure_reach(town.asked, town.network(), inputs)
    assert reach.seconds.tolist() == [30 + 100 + 20]
    assert reach.cell_leg_m["walk"].tolist() == pytest.approx([30.0])
    assert any("30 m straight" in note.en for note in reach.notes)


def test_the_limit_is_within_reach_to_the_second():
    town = Town("a--b", {"a": 1}, hosts={"b": {}})
    for moved_m, reached in ((0.0, True), (0.001, False)):
        inputs = placed(town, a=(-moved_m, 0.0))
        reach = measure_reach(town.asked, town.network(), inputs)
        assert (len(reach.seconds) == 1) is reached


def one_way(town):
    """Return the network of a town, driven on, with the street from a to b closed backwards."""
    network = replace(town, asked=scenario()).network()
    walk = network.travel["walk"]
    forward, back = walk.forward_ms.copy(), walk.backward_ms.copy()
    ends = shapely.LineString([town.at["a"], town.at["b"]])
    (street,) = np.flatnonzero(shapely.equals(network.lines, ends))
    from_a = shapely.get_coordinates(network.lines[street])[0, 0] == town.at["a"][0]
    (back if from_a else forward)[street] = closed
    return replace(network, travel={"drive": replace(walk, forward_ms=forward, backward_ms=back)})


def driven(direction):
    asked = scenario()
    tier = asked.tiers["institution"].model_copy(update={"mode": "drive", "direction": direction})
    return asked.model_copy(update={"tiers": {"institution": tier}})


def test_one_way_streets_count_in_the_direction_of_the_tier():
    # a -> b is one way; the way round over c and d takes 600 s, beyond the limit of 300 s.
    picture = "a--b\n|  |\nc--d"
    for direction, from_a, from_b in (("to_site", 300, None), ("from_site", None, 300)):
        for cell, site, expected in (("a", "b", from_a), ("b", "a", from_b)):
            town = Town(picture, {cell: 1}, hosts={site: {}}, asked=driven(direction))
            reach = measure_reach(town.asked, one_way(town), town.inputs())
            assert reach.seconds.tolist() == ([] if expected is None else [expected])


def test_on_one_street_the_way_back_goes_round_when_it_is_one_way():
    # Both on a -> b: 100 m ahead is near; back again leads round the block.
    town = Town("a--b\n|  |\nc--d", {"a": 1}, hosts={"b": {}}, asked=driven("to_site"))
    ahead = placed(town, a=(100.0, 0.0), cb=(-100.0, 0.0))
    assert measure_reach(town.asked, one_way(town), ahead).seconds.tolist() == [100]
    behind = placed(town, a=(200.0, 0.0), cb=(-200.0, 0.0))
    assert measure_reach(town.asked, one_way(town), behind).seconds.tolist() == []
    tier = town.asked.tiers["institution"].model_copy(update={"limit_minutes": 30.0})
    patient = town.asked.model_copy(update={"tiers": {"institution": tier}})
    # 100 m on to b, 200 m down, 300 m west, 200 m up, 100 m to the site.
    assert measure_reach(patient, one_way(town), behind).seconds.tolist() == [900]


def test_the_edge_of_the_data_is_where_the_streets_end():
    # A town of 25 x 25 nodes, 250 m apart: the outermost ring is the edge, 5 km of water is not.
    side = 25
    column, row = (axis.ravel() for axis in np.meshgrid(np.arange(side), np.arange(side)))
    lake = (abs(column - 12) <= 4) & (abs(row - 12) <= 4)
    network = replace(
        Town("a--b", {"a": 1}).network(),
        x=column[~lake] * 250.0 + 125.0,
        y=row[~lake] * 250.0 + 125.0,
    )
    outer = (column % (side - 1) == 0) | (row % (side - 1) == 0)
    assert edge_nodes(network).tolist() == np.flatnonzero(outer[~lake]).tolist()


def test_cells_that_reach_the_edge_are_counted():
    town = Town("a--b", {"a": 300, "b": 600}, hosts={"b": {}})
    reach = town.reach()
    assert reach.at_edge.tolist() == [True, True]
    assert any("2 cells with 900 people (100.0%)" in note.en for note in reach.notes)


def test_the_share_done_is_reported():
    town = Town("a-b", {"a": 1}, hosts={"a": {}, "b": {}})
    shares = []
    measure_reach(town.asked, town.network(), town.inputs(), shares.append)
    assert shares[-1] == 1.0
    assert shares == sorted(shares)


def test_times_beyond_32_bits_are_out_of_reach():
    # 2,400 km at 3.6 km/h are 2.4 thousand million milliseconds.
    town = Town("a--b", {"a": 1}, hosts={"b": {}})
    network = town.network()
    long = np.full(len(network.lines), 2_400_000_000)
    slow = replace(network.travel["walk"], forward_ms=long, backward_ms=long)
    reach = measure_reach(town.asked, replace(network, travel={"walk": slow}), town.inputs())
    assert len(reach.seconds) == 0
    patient = town.asked.walk.model_copy(update={"snap_limit_m": 1e9})
    far = placed(town, a=(0.0, 2.4e6))
    reach = measure_reach(town.asked.model_copy(update={"walk": patient}), network, far)
    assert len(reach.seconds) == 0
