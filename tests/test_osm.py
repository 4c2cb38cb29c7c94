"""From OpenStreetMap files to networks; letters are places on a 100 m grid.

::

    d-----e-----f      d to f the long way round
    |           |
    a--b--c-----g      walking 100 s a step, by bicycle 50 s, by car 10 s
"""

from itertools import pairwise

import geopandas as gpd
import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_osm import as_pbf, asked, node_at, seconds, tags_of, write_osm
from drawn_town import crs, metre, origin
from siting.errors import DataError
from siting.network import closed, read_network
from siting.scenario import Scenario

places = {
    "a": (0, 0),
    "b": (1, 0),
    "c": (2, 0),
    "g": (4, 0),
    "d": (0, 2),
    "e": (2, 2),
    "f": (4, 2),
}
street = {"highway": "residential"}
round_way = ("adefg", street)
town = [("abcg", street), round_way]


def read(folder, ways=town, **options):
    write_osm(folder / "town.osm", places, ways, **options)
    return read_network(asked(folder, "town.osm"))


def refused(scenario):
    with pytest.raises(DataError) as caught:
        read_network(scenario)
    (problem,) = caught.value.problems
    return str(problem)


def notes(network):
    return "\n".join(note.en for note in network.notes)


def same(one, other):
    assert np.array_equal(one.x, other.x)
    assert np.array_equal(one.y, other.y)
    assert np.array_equal(one.start, other.start)
    assert np.array_equal(one.end, other.end)
    assert shapely.equals_exact(one.lines, other.lines).all()
    for mode, travel in one.travel.items():
        assert np.array_equal(travel.forward_ms, other.travel[mode].forward_ms)
        assert np.array_equal(travel.backward_ms, other.travel[mode].backward_ms)


def test_times_of_every_mode(tmp_path):
    network = read(tmp_path)
    assert (network.nodes, len(network.lines)) == (2, 2)
    for mode, expected in (("walk", 400), ("cycle", 200), ("drive", 40)):
        assert seconds(network, mode, (0, 0), (4, 0)) == expected
    assert sorted(shapely.length(network.lines).round()) == [400, 800]
    assert set(network.highway) == {"residential"}


def test_pbf_and_xml_and_any_order_give_the_same(tmp_path):
    network = read(tmp_path)
    as_pbf(tmp_path / "town.osm")
    same(network, read_network(asked(tmp_path, "town.osm.pbf")))
    same(network, read(tmp_path, ways_first=True))


def test_ways_meet_at_shared_nodes_only(tmp_path):
    """The bridge b-e crosses nothing; the street e-b-c meets at b."""
    over = {**places, "p": (1, 1), "q": (1, -1)}
    ways = [*town, ("ce", street), ("cf", street)]
    write_osm(tmp_path / "town.osm", over, [*ways, ("pq", {**street, "bridge": "yes"})])
    network = read_network(asked(tmp_path, "town.osm"))
    assert "1 streets (0.2 km) are cut off from the network on foot" in notes(network)
    write_osm(tmp_path / "town.osm", over, [*ways, ("pbq", {**street, "bridge": "yes"})])
    network = read_network(asked(tmp_path, "town.osm"))
    assert seconds(network, "walk", (1, 1), (0, 0)) == 200
    on_bridge = ~network.travel["walk"].can_stop
    assert on_bridge.sum() == 2
    assert shapely.length(network.lines[on_bridge]).round().tolist() == [100, 100]


@pytest.mark.parametrize(("oneway", "there", "back"), [("yes", 40, 80), ("-1", 80, 40)])
def test_one_way(tmp_path, oneway, there, back):
    network = read(tmp_path, [("abcg", {**street, "oneway": oneway}), round_way])
    assert seconds(network, "drive", (0, 0), (4, 0)) == there
    assert seconds(network, "drive", (4, 0), (0, 0)) == back
    assert seconds(network, "drive", (0, 0), (4, 0), reverse=True) == back
    assert seconds(network, "walk", (4, 0), (0, 0)) == 400


def test_what_cannot_be_left_again_is_closed(tmp_path):
    """One can drive from c down to h and never back."""
    deep = {**places, "h": (2, -1)}
    ways = [*town, ("ch", {**street, "oneway": "yes"})]
    write_osm(tmp_path / "town.osm", deep, ways)
    network = read_network(asked(tmp_path, "town.osm"))
    dead_end = np.isclose(shapely.length(network.lines), 100, atol=0.1)
    assert dead_end.sum() == 1
    assert network.travel["drive"].forward_ms[dead_end] == closed
    assert network.travel["drive"].backward_ms[dead_end] == closed
    assert network.travel["walk"].forward_ms[dead_end] == pytest.approx(100_000, abs=20)
    assert "1 streets (0.1 km) are cut off from the network by car" in notes(network)


def test_a_bollard_stops_cars_only(tmp_path):
    """On b, in the middle of a-g: both sides can still be driven to, and b cannot be passed."""
    network = read(tmp_path, node_tags={"b": {"barrier": "bollard"}})
    assert seconds(network, "walk", (0, 0), (4, 0)) == 400
    assert seconds(network, "cycle", (0, 0), (4, 0)) == 200
    assert seconds(network, "drive", (0, 0), (4, 0)) == 80
    drive = network.travel["drive"]
    shut = drive.forward_ms == closed
    assert shapely.length(network.lines[shut]).round(3).tolist() == [1, 1]
    assert shapely.length(network.lines[~shut]).sum() == pytest.approx(1198, abs=0.2)


def test_a_wall_on_a_junction_stops_everybody(tmp_path):
    ways = [("abcg", street), round_way, ("be", street)]
    network = read(tmp_path, ways, node_tags={"b": {"barrier": "wall"}})
    assert seconds(network, "walk", (0, 0), (4, 0)) == 800
    open_to = network.travel["walk"].forward_ms != closed
    assert not np.isin([node_at(network, (0, 0))], network.start[~open_to]).any()


def test_a_barrier_on_a_street_without_length(tmp_path):
    """Nodes c and i lie on one another; what joins them passes the wall on i for nobody."""
    ways = [("abc", street), ("ci", street), ("ig", street), round_way]
    write_osm(tmp_path / "town.osm", {**places, "i": (2, 0)}, ways, {"i": {"barrier": "wall"}})
    network = read_network(asked(tmp_path, "town.osm"))
    assert seconds(network, "walk", (0, 0), (4, 0)) == 800


def test_a_gate_for_residents_lets_walkers_by_its_tags(tmp_path):
    gate = {"barrier": "gate", "access": "private", "foot": "yes"}
    network = read(tmp_path, node_tags={"c": gate})
    assert seconds(network, "walk", (0, 0), (4, 0)) == 400
    assert seconds(network, "drive", (0, 0), (4, 0)) == 80


def test_a_square_is_walked_along_its_outline(tmp_path):
    square = {"highway": "pedestrian", "area": "yes"}
    network = read(tmp_path, [("abcg", street), ("adefga", square)])
    assert seconds(network, "walk", (0, 0), (0, 0)) == 0
    assert sorted(shapely.length(network.lines).round()) == [400, 400, 800]


def test_what_is_left_out_is_counted(tmp_path):
    ways = [
        *town,
        ("ce", {"highway": "construction"}),
        ("df", {"route": "ferry", "foot": "yes"}),
        ("cez", street),
    ]
    square = "<relation id='1' version='1'><member type='way' ref='1' role='outer'/>{}</relation>"
    square = square.format(tags_of({"type": "multipolygon", "highway": "pedestrian"}))
    network = read(tmp_path, ways, extra=square)
    assert "1 squares drawn as multipolygons" in notes(network)
    assert "1 streets are planned, being built or gone" in notes(network)
    assert "1 ferry routes" in notes(network)
    assert "1 streets refer to nodes that the file lacks" in notes(network)
    assert seconds(network, "walk", (0, 0), (2, 2)) == 400


def test_a_way_with_a_gap_keeps_both_parts(tmp_path):
    network = read(tmp_path, [*town, ("adzfg", street)])
    assert seconds(network, "walk", (0, 0), (4, 2)) == 600
    assert "1 streets lie on" not in notes(network)


def test_streets_far_from_the_townships_are_left_out(tmp_path):
    far = {**places, "x": (900, 0), "y": (901, 0)}
    write_osm(tmp_path / "town.osm", far, [*town, ("xy", street)])
    asked_for = asked(tmp_path, "town.osm").model_dump()
    asked_for["inputs"].update(townships="townships.gpkg", seats=None)
    gpd.GeoDataFrame(geometry=[shapely.box(*origin, *(origin + metre))], crs=crs).to_file(
        tmp_path / "townships.gpkg"
    )
    network = read_network(Scenario.model_validate(asked_for).placed_in(tmp_path))
    assert "1 streets lie far from the study area; left out" in notes(network)
    same(network, read(tmp_path))


def test_a_third_cut_off_is_refused(tmp_path):
    islands = {**places, "p": (0, 9), "q": (1, 9), "r": (0, 8), "s": (1, 8)}
    write_osm(tmp_path / "town.osm", islands, [*town, ("pq", street), ("rs", street)])
    assert "the largest connected piece holds only" in refused(asked(tmp_path, "town.osm"))


def test_no_street_for_a_mode(tmp_path):
    write_osm(tmp_path / "town.osm", places, [("abc", {"highway": "footway"})])
    assert "no street that can be travelled by bicycle" in refused(asked(tmp_path, "town.osm"))


grid = {chr(ord("a") + i): (i % 4, i // 4) for i in range(16)}
walks = st.lists(
    st.lists(st.sampled_from(sorted(grid)), min_size=2, max_size=6), min_size=1, max_size=8
)


@settings(max_examples=60)
@given(walks)
def test_dividing_ways_changes_no_way(tmp_path_factory, drawn):
    """Ways that cross, touch, close and overlap: as far as on a graph of every node."""
    folder = tmp_path_factory.mktemp("ways")
    write_osm(folder / "town.osm", grid, [("".join(letters), street) for letters in drawn])
    whole = nx.Graph()
    for one, other in (pair for letters in drawn for pair in pairwise(letters)):
        if one != other:
            whole.add_edge(
                one, other, metres=100 * float(np.hypot(*np.subtract(grid[one], grid[other])))
            )
    try:
        network = read_network(asked(folder, "town.osm"))
    except DataError:
        assert not whole or not nx.is_connected(whole)
        return
    walked = network.travel["walk"].forward_ms != closed
    nodes = np.unique(np.r_[network.start[walked], network.end[walked]])
    at = np.c_[network.x, network.y][nodes] - origin
    names = [name for name in whole if (np.hypot(*(at - metre * np.array(grid[name])).T) < 1).any()]
    assert names
    far = dict(nx.all_pairs_dijkstra_path_length(whole, weight="metres"))
    for one in names[:4]:
        for other in names:
            found = seconds(network, "walk", grid[one], grid[other])
            assert found == pytest.approx(far[one][other], abs=1)


bomb = (
    '<?xml version="1.0"?><!DOCTYPE osm [<!ENTITY a "aaaaaaaaaa">'
    '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><osm version="0.6">'
    '<node id="1" lon="1" lat="1"><tag k="name" v="&b;"/></node></osm>'
)
not_osm = "cannot be read as an OpenStreetMap file"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("town.osm", b"", "the file is empty"),
        ("town.osm.pbf", b"", "the file is empty"),
        ("town.osm", b"<html><body>Too many requests</body></html>", not_osm),
        ("town.osm", b"<osm version='0.6'><node id='1' lon=", not_osm),
        ("town.osm", b"<osm version='0.6'><node id='1' lon='nan' lat='inf'/></osm>", not_osm),
        ("town.osm", bomb.encode(), not_osm),
        ("town.osm.pbf", b"<html></html>", not_osm),
        ("town.osm.pbf", bytes(range(256)) * 40, not_osm),
        ("town.osm.gz", b"not zipped", not_osm),
        ("town.osm", b"<osm version='0.6'></osm>", "holds no way with a highway tag"),
    ],
)
def test_damaged_and_hostile_files(tmp_path, name, content, expected):
    (tmp_path / name).write_bytes(content)
    message = refused(asked(tmp_path, name))
    assert expected in message
    assert message.startswith(f"{name}: ")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_truncated_pbf(tmp_path, share):
    write_osm(tmp_path / "town.osm", places, town)
    path = as_pbf(tmp_path / "town.osm")
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    assert not_osm in refused(asked(tmp_path, path.name))


def test_missing_file(tmp_path):
    assert "there is no such file" in refused(asked(tmp_path, "town.osm.pbf"))


def test_coordinates_beyond_the_earth(tmp_path):
    """A node at latitude 99 has no place: its way is left out and counted."""
    text = write_osm(tmp_path / "town.osm", places, town).read_text(encoding="utf-8")
    stray = "<node id='24' version='1' lon='100' lat='99'/>"
    way = "<way id='9' version='1'><nd ref='1'/><nd ref='24'/><tag k='highway' v='path'/></way>"
    text = text.replace("<way", stray + "<way", 1).replace("</osm>", way + "</osm>")
    (tmp_path / "town.osm").write_text(text, encoding="utf-8")
    network = read_network(asked(tmp_path, "town.osm"))
    assert "1 streets refer to nodes that the file lacks" in notes(network)
    same(network, read(tmp_path))
