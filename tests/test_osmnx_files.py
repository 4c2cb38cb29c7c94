"""GraphML and GeoPackage of osmnx give the network that the OpenStreetMap file gives."""

import warnings

import geopandas as gpd
import numpy as np
import pytest
import shapely

from drawn_osm import asked, seconds, write_osm
from siting.errors import DataError
from siting.network import closed, read_network
from siting.network.graphml import read_graphml

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import osmnx

places = {"a": (0, 0), "b": (2, 0), "c": (2, 2), "d": (0, 2), "m": (1, 0), "n": (3, 2)}
street = {"highway": "residential"}
town = [
    ("amb", {**street, "oneway": "yes"}),
    ("bc", street),
    ("cda", street),
    ("cn", {"highway": "footway"}),
]


@pytest.fixture
def graph(tmp_path):
    write_osm(tmp_path / "town.osm", places, town)
    return osmnx.graph_from_xml(tmp_path / "town.osm", retain_all=True)


def save(graph, path, *, directed=False):
    if path.suffix == ".graphml":
        osmnx.save_graphml(graph, path)
    else:
        osmnx.save_graph_geopackage(graph, path, directed=directed)


def refused(scenario):
    with pytest.raises(DataError) as caught:
        read_network(scenario)
    return "\n".join(map(str, caught.value.problems))


@pytest.mark.parametrize(
    ("name", "directed"),
    [("town.graphml", True), ("town.gpkg", False), ("both_ways.gpkg", True)],
)
def test_the_same_as_the_file_it_came_from(tmp_path, graph, name, directed):
    save(graph, tmp_path / name, directed=directed)
    network = read_network(asked(tmp_path, name))
    from_osm = read_network(asked(tmp_path, "town.osm"))
    assert len(network.lines) == len(from_osm.lines) == 4
    lengths_m, expected_m = (sorted(shapely.length(n.lines)) for n in (network, from_osm))
    assert np.allclose(lengths_m, expected_m, atol=0.05)
    for start, end in (((0, 0), (2, 0)), ((2, 0), (0, 0)), ((3, 2), (0, 0)), ((0, 0), (2, 2))):
        for mode in ("walk", "cycle", "drive"):
            if start == (3, 2) and mode != "walk":
                continue
            there = seconds(network, mode, start, end)
            assert there == seconds(from_osm, mode, start, end)
    assert seconds(network, "drive", (2, 0), (0, 0)) == 60
    assert any("lie on another one" in note.en for note in network.notes) == directed


def test_nodes_that_lie_on_one_another_do_not_join(tmp_path, graph):
    """A street that ends below a bridge keeps its own node."""
    for node, data in graph.nodes(data=True):
        if data["x"] == max(x for _, x in graph.nodes(data="x")):
            end = node
    under = {"highway": "footway", "oneway": False, "osmid": 9}
    graph.add_node(99, **{key: graph.nodes[1][key] for key in ("x", "y")})
    graph.add_edge(end, 99, **under)
    save(graph, tmp_path / "town.graphml")
    network = read_network(asked(tmp_path, "town.graphml"))
    here = np.hypot(network.x - network.x.min(), network.y - network.y.min()) < 1
    assert here.sum() == 2


def test_merged_ways_grant_what_each_of_them_grants(tmp_path, graph):
    """c-n is partly for walkers only, b-c partly closed: cars that reach b cannot go on."""
    for _, _, data in graph.edges(data=True):
        if data["highway"] == "footway":
            data["highway"] = ["footway", "residential"][:: -1 if data["reversed"] else 1]
        elif "geometry" not in data:
            data["access"] = ["yes", "no"]
    save(graph, tmp_path / "town.graphml")
    network = read_network(asked(tmp_path, "town.graphml"))
    assert (network.travel["walk"].forward_ms != closed).sum() == 3
    assert (network.travel["drive"].forward_ms != closed).sum() == 1


def test_barriers_of_the_nodes_count(tmp_path):
    write_osm(tmp_path / "town.osm", places, [("abcda", street)], {"b": {"barrier": "bollard"}})
    before = osmnx.settings.useful_tags_node
    try:
        osmnx.settings.useful_tags_node = [*before, "barrier"]
        graph = osmnx.graph_from_xml(tmp_path / "town.osm", retain_all=True, simplify=False)
    finally:
        osmnx.settings.useful_tags_node = before
    save(graph, tmp_path / "town.graphml")
    network = read_network(asked(tmp_path, "town.graphml"))
    assert seconds(network, "walk", (0, 0), (2, 2)) == 400
    assert (network.travel["drive"].forward_ms == closed).sum() == 2


bomb = """<?xml version="1.0"?>
<!DOCTYPE graphml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<graphml><graph><node id="&b;"/></graph></graphml>"""
nodes = "<node id='1'><data key='x'>0</data><data key='y'>0</data></node>"
head = "<graphml><graph><data key='crs'>epsg:32650</data>"
edge = "<edge source='1' target='{}'><data key='highway'>path</data>{}</edge>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "cannot be read as GraphML"),
        ("<html><p>Too many requests</html>", "cannot be read as GraphML"),
        (bomb, "declares a document type"),
        ("<graphml/>", "no graph with nodes and edges"),
        (head + "<node id='1'/>" + edge.format(1, "") + "</graph></graphml>", "have no 'x'"),
        (head + nodes + edge.format(2, "") + "</graph></graphml>", "1 edges lead to nodes"),
        (
            head.replace("epsg:32650", "") + nodes + edge.format(1, "") + "</graph></graphml>",
            "states no known CRS",
        ),
        (
            head + nodes.replace(">0<", ">nan<") + edge.format(1, "") + "</graph></graphml>",
            "no numbers",
        ),
        (
            head
            + nodes
            + edge.format(1, "<data key='geometry'>LINE 0</data>")
            + "</graph></graphml>",
            "have no course",
        ),
    ],
)
def test_damaged_and_hostile_graphml(tmp_path, text, expected):
    (tmp_path / "town.graphml").write_text(text, encoding="utf-8")
    message = refused(asked(tmp_path, "town.graphml"))
    assert expected in message
    assert "town.graphml" in message


def test_missing_graphml(tmp_path):
    assert "there is no such file" in refused(asked(tmp_path, "town.graphml"))


def test_graphml_of_another_hand(tmp_path):
    (tmp_path / "town.graphml").write_text(
        "<graphml><key id='d1' attr.name='x'/>" + head[9:] + nodes + "</graph></graphml>",
        encoding="utf-8",
    )
    with pytest.raises(DataError):
        read_graphml(tmp_path / "town.graphml")


def test_geopackage_with_a_lost_node(tmp_path, graph):
    save(graph, tmp_path / "town.gpkg")
    layer = gpd.read_file(tmp_path / "town.gpkg", layer="nodes")
    layer.iloc[1:].to_file(tmp_path / "town.gpkg", layer="nodes")
    assert "lead to nodes that are not there" in refused(asked(tmp_path, "town.gpkg"))
