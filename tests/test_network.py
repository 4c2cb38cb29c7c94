"""From edge tables to networks: joining, pieces, order, doubled and divided lines."""

import geopandas as gpd
import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_osm import asked, seconds
from drawn_town import Town, crs, metre, origin
from siting.errors import DataError
from siting.network import build_network, closed, read_network

square = ["00 10", "10 11", "11 01", "01 00"]
"""Four streets around a block of 100 m."""


def line(text, z=False):
    """Return a line through places such as ``00 10``: east and north in hundreds of metres."""
    points = [origin + metre * np.array([int(mark) for mark in place]) for place in text.split()]
    return shapely.LineString([(*point, 7.0) for point in points] if z else points)


def table(texts, **columns):
    columns = {"highway": "residential", **columns}
    shapes = [line(text) for text in texts]
    return gpd.GeoDataFrame(columns, index=range(len(shapes)), geometry=shapes, crs=crs)


def read(folder, streets, name="streets.gpkg", **options):
    streets.to_file(folder / name, **options)
    return read_network(asked(folder, name))


def refused(folder, streets, name="streets.gpkg"):
    with pytest.raises(DataError) as caught:
        read(folder, streets, name)
    (problem,) = caught.value.problems
    return str(problem)


def notes(network):
    return "\n".join(note.en for note in network.notes)


def test_a_drawn_town():
    network = Town("a--b--c\n|\nd", {}).network()
    assert (network.nodes, len(network.lines)) == (4, 3)
    assert sorted(network.travel["walk"].forward_ms.tolist()) == [200_000, 300_000, 300_000]
    assert list(network.travel) == ["walk"]
    graph = network.graph("walk")
    assert graph.first[-1] == len(graph.to) == 6
    assert network.notes == ()


def test_ends_that_miss_by_a_millimetre_meet():
    lines = np.array([line("00 10"), shapely.transform(line("10 20"), lambda at: at + 0.001)])
    network = build_network(lines, np.full(2, "path"), crs, Town("a", {}).asked)
    assert network.nodes == 3
    apart = np.array([line("00 10"), shapely.transform(line("10 20"), lambda at: at + 0.02)])
    with pytest.raises(DataError, match="holds only 50%"):
        build_network(apart, np.full(2, "path"), crs, Town("a", {}).asked)


@pytest.mark.parametrize("name", ["streets.parquet", "streets.gpkg", "streets.shp", "streets.json"])
def test_columns_that_count(tmp_path, name):
    """Cars round the block against the clock only, and not on the side closed to them."""
    streets = table(
        square, oneway=["yes", None, "no", "no"], motor_vehicle=[None, None, None, "no"]
    )
    if name.endswith("parquet"):
        streets.to_parquet(tmp_path / name)
        network = read_network(asked(tmp_path, name))
    elif name.endswith("shp"):
        network = read(tmp_path, streets.rename(columns={"motor_vehicle": "motor_vehi"}), name)
    else:
        network = read(tmp_path, streets, name)
    assert seconds(network, "walk", (0, 0), (0, 1)) == 100
    assert seconds(network, "drive", (1, 0), (0, 1)) == 20
    drive = network.travel["drive"]
    assert (drive.forward_ms == closed).sum() == 2
    assert "2 streets" not in notes(network)
    assert "1 streets (0.1 km, above all residential) are closed by car" in notes(network)
    assert "1 streets (0.1 km) are cut off from the network by car" in notes(network)


def test_oneway_by_its_numbers(tmp_path):
    network = read(tmp_path, table(square, oneway=[1, 1, 1, 1]))
    assert seconds(network, "drive", (0, 0), (1, 0)) == 10
    assert seconds(network, "drive", (1, 0), (0, 0)) == 30
    assert seconds(network, "drive", (1, 0), (0, 0), reverse=True) == 10
    assert seconds(network, "walk", (1, 0), (0, 0)) == 100


def test_multi_part_lines_and_heights(tmp_path):
    shapes = [
        shapely.MultiLineString([line("00 10", z=True), line("10 11", z=True)]),
        line("11 01", z=True),
        line("01 00", z=True),
    ]
    network = read(
        tmp_path, gpd.GeoDataFrame({"highway": ["residential"] * 3}, geometry=shapes, crs=crs)
    )
    assert "1 multi-part lines were divided into 2 lines" in notes(network)
    assert not shapely.has_z(network.lines).any()
    plain = read(tmp_path, table(square), "plain.gpkg")
    assert shapely.equals_exact(network.lines, plain.lines).all()


def test_two_way_streets_stored_twice_are_taken_once(tmp_path):
    both_ways = [*square, "10 00", "11 10"]
    network = read(tmp_path, table(both_ways))
    assert len(network.lines) == 4
    assert "2 streets lie on another one" in notes(network)
    assert "nothing says oneway" in notes(network)
    carriageways = read(tmp_path, table(both_ways, oneway="yes"), "oneway.gpkg")
    assert len(carriageways.lines) == 6
    assert "nothing says oneway" not in notes(carriageways)
    assert seconds(carriageways, "drive", (1, 0), (0, 0)) == 10


def test_lists_of_classes(tmp_path):
    streets = table(square)
    streets["highway"] = [["residential", "footway"], ["residential"], ["residential"], ["path"]]
    streets.to_parquet(tmp_path / "streets.parquet")
    network = read_network(
        asked(
            tmp_path,
            "streets.parquet",
            drive={"speed_by_highway_kph": {"residential": 36.0, "path": 36.0}, "source": "drawn"},
        )
    )
    assert (network.travel["drive"].forward_ms == closed).sum() == 1
    assert (network.travel["walk"].forward_ms == closed).sum() == 0
    assert sorted(network.highway) == ["footway", "path", "residential", "residential"]


def test_the_layer_with_the_streets(tmp_path):
    stops = gpd.GeoDataFrame({"name": ["stop"]}, geometry=[shapely.Point(origin)], crs=crs)
    stops.to_file(tmp_path / "streets.gpkg", layer="stops")
    network = read(tmp_path, table(square), layer="roads")
    assert len(network.lines) == 4
    table(square).to_file(tmp_path / "streets.gpkg", layer="old roads")
    with pytest.raises(DataError, match="2 layers of lines"):
        read_network(asked(tmp_path, "streets.gpkg"))


def test_tables_that_are_no_streets(tmp_path):
    assert "the column 'highway' is missing" in refused(
        tmp_path, table(square).rename(columns={"highway": "class"})
    )
    mixed = table(square)
    mixed.loc[2, "geometry"] = shapely.Point(origin)
    assert "feature 3: 1 shapes are not lines" in refused(tmp_path, mixed, "mixed.geojson")
    gone = table(square, highway="construction")
    assert "no street that can be travelled by bicycle" in refused(tmp_path, gone, "gone.gpkg")
    lost = table(["00 10", "20 30", "40 50"])
    assert "holds only 33% of 6 street nodes" in refused(tmp_path, lost, "lost.gpkg")
    far = table(square).set_crs("EPSG:4326", allow_override=True)
    far.to_file(tmp_path / "far.gpkg")
    with pytest.raises(DataError, match="lie outside the CRS"):
        read_network(asked(tmp_path, "far.gpkg"))


def test_coordinates_that_are_no_numbers(tmp_path):
    streets = table(square)
    with np.errstate(invalid="ignore"):
        broken = shapely.set_coordinates(
            shapely.LineString(np.zeros((3, 2))), [origin, (np.nan, 0), origin + metre]
        )
    streets.loc[1, "geometry"] = broken
    streets.to_parquet(tmp_path / "streets.parquet")
    with pytest.raises(DataError, match="feature 2: 1 geometries are empty, hold no number or lie"):
        read_network(asked(tmp_path, "streets.parquet"))


def test_a_line_without_length_at_one_node_is_nothing(tmp_path):
    network = read(tmp_path, table([*square, "00 00"]))
    assert len(network.lines) == 4


streets_at_random = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.integers(0, 3),
        st.sampled_from(["00", "01", "10"]),
        st.sampled_from([None, "yes", "-1"]),
        st.sampled_from(["residential", "footway"]),
    ),
    min_size=1,
    max_size=14,
    unique=True,
)


@settings(max_examples=60)
@given(streets_at_random, st.randoms(use_true_random=False))
def test_every_mode_hangs_together_whatever_the_order(tmp_path_factory, drawn, random):
    """What networkx calls the largest strong piece, in any order of the rows."""
    rows = [
        (f"{x}{y} {x + int(step[0])}{y + int(step[1])}", oneway, highway)
        for x, y, step, oneway, highway in drawn
        if step != "00"
    ]
    folder = tmp_path_factory.mktemp("streets")
    found = []
    for turn in range(2):
        random.shuffle(rows)
        texts, oneway, highway = zip(*rows) if rows else ((), (), ())
        streets = table(texts, oneway=list(oneway), highway=list(highway))
        streets.to_parquet(folder / f"{turn}.parquet")
        try:
            found.append(read_network(asked(folder, f"{turn}.parquet")))
        except DataError as error:
            found.append(str(error).replace(f"{turn}.parquet", ""))
    one, other = found
    if isinstance(one, str):
        assert one == other
        return
    assert np.array_equal(one.x, other.x)
    assert np.array_equal(one.start, other.start)
    assert shapely.equals_exact(one.lines, other.lines).all()
    for mode, travel in one.travel.items():
        assert np.array_equal(travel.forward_ms, other.travel[mode].forward_ms)
        graph = one.graph(mode)
        leaves = np.repeat(np.arange(one.nodes), np.diff(graph.first))
        open_streets = nx.DiGraph(list(zip(leaves.tolist(), graph.to.tolist())))
        assert nx.is_strongly_connected(open_streets)
        whole = nx.DiGraph(way for row in rows for way in ways(*row, mode))
        largest = max(map(len, nx.strongly_connected_components(whole)))
        assert len(open_streets) == largest


def ways(text, oneway, highway, mode):
    """Return the directed edges that a mode may use, by the rules in one line each."""
    start, end = text.split()
    if mode != "walk" and highway == "footway":
        return []
    forth = [(start, end)] if mode == "walk" or oneway != "-1" else []
    back = [(end, start)] if mode == "walk" or oneway != "yes" else []
    return forth + back
