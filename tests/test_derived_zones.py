"""Townships made of their seats: who belongs where, and that the parts make a whole."""

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from drawn_town import Town, crs, origin, scenario
from siting.derived.network_zones import network_zones
from siting.errors import DataError
from siting.inputs.zones import check_no_overlap, no_zone, zone_of
from siting.network import build_network
from siting.scenario.seat_zones import SeatZones

river = Town("a--b------c\n          |\nx---------q", people={"a": 1})
"""x lies 200 m from a across the river, and 1000 m from q along the only street it has."""


def seats(**where):
    """Return a table of seats: code = place in metres from the origin."""
    xy = np.array(list(where.values()), dtype=float) + origin
    lon, lat = Transformer.from_crs(crs, 4326, always_xy=True).transform(*xy.T)
    codes = list(where)
    return pd.DataFrame(
        {
            "township_code": codes,
            "township": codes,
            "district_code": "D",
            "district": "D",
            "area_type": "urban",
            "lon": lon,
            "lat": lat,
        }
    )


def zones_of(network, table, **asked):
    return network_zones(network, table, SeatZones(**asked), 300.0, "seats.csv")


def zone_at(zones, *places):
    """Return the code of the zone of each place, in metres from the origin; None outside."""
    x, y = (np.array(places, dtype=float) + origin).T
    codes = zones["township_code"].to_numpy()
    return [None if i == no_zone else codes[i] for i in zone_of(x, y, zones)]


def test_a_street_belongs_to_the_seat_it_walks_to_first():
    """On b-c of 700 m, b is 300 s from P and c 200 s from Q: its middle goes to Q (550 < 650)."""
    zones, note = zones_of(river.network(), seats(P=(0, 0), Q=(1000, -200)))
    assert zones["township_code"].tolist() == ["P", "Q"]
    a, b, c, x, q = (0, 0), (300, 0), (1000, 0), (0, -200), (1000, -200)
    assert zone_at(zones, a, b, c, x, q) == ["P", "P", "Q", "Q", "Q"]
    assert zone_at(zones, (0, -90), (0, -110)) == ["P", "Q"]
    assert zone_at(zones, (460, 0), (490, 0)) == ["P", "Q"]
    assert "非行政边界" in note.zh


def test_zones_end_a_margin_from_the_streets():
    zones, _ = zones_of(river.network(), seats(P=(0, 0), Q=(1000, -200)))
    assert zone_at(zones, (0, 480), (0, 520), (1480, -200), (1520, -200)) == ["P", None, "Q", None]
    wide, _ = zones_of(river.network(), seats(P=(0, 0), Q=(1000, -200)), margin_m=600.0)
    assert zone_at(wide, (0, 520)) == ["P"]


def test_streets_beyond_the_limit_belong_to_no_zone():
    """From q to x it is 1000 m, to the middle of its street 500 m."""
    zones, note = zones_of(river.network(), seats(P=(0, 0), Q=(1000, -200)), within_m=600.0)
    assert zone_at(zones, (0, -200), (500, -200), (0, -90)) == [None, "Q", "P"]
    assert "1 street nodes farther off" in note.en
    at_limit, _ = zones_of(river.network(), seats(P=(0, 0), Q=(1000, -200)), within_m=1000.0)
    assert zone_at(at_limit, (0, -200)) == ["Q"]


def test_zones_carry_the_columns_of_the_dictionary_in_the_order_of_the_code():
    table = seats(Q=(1000, -200), P=(0, 0))
    zones, _ = zones_of(river.network(), table)
    assert zones["township_code"].tolist() == ["P", "Q"]
    named = ["township_code", "township", "district_code", "district", "area_type", "geometry"]
    assert list(zones.columns) == named
    assert zone_at(zones, (0, 0), (1000, -200)) == ["P", "Q"]
    assert table["township_code"].tolist() == ["Q", "P"]


def test_seats_off_the_streets_and_seats_at_one_node_are_told_together():
    table = seats(P=(0, 0), Q=(10, 10), R=(9000, 9000))
    table.loc[3] = table.loc[0].replace("P", "S")
    table.loc[3, ["lon", "lat"]] = [-120.0, 0.0]
    with pytest.raises(DataError) as error:
        zones_of(river.network(), table)
    texts = [str(problem) for problem in error.value.problems]
    assert len(texts) == 3
    assert "township_code R: its seat lies 12." in texts[0]
    assert "township_code S: its seat lies" in texts[1]
    assert "township_code Q: its seat stands at the same street node as that of P" in texts[2]


def test_a_seat_beside_a_foreign_street_keeps_its_own_zone():
    """Q stands 190 m from b, its nearest node, and 90 m from the middle of x-q, which is P's."""
    zones, _ = zones_of(
        river.network(), seats(P=(1000, -200), Q=(400, -110)), margin_m=100.0, within_m=5000.0
    )
    assert zone_at(zones, (400, -110), (400, -200)) == ["Q", "P"]


positions = st.tuples(st.integers(0, 30), st.integers(0, 30))


@given(
    nodes=st.lists(positions, min_size=3, max_size=25, unique=True),
    chosen=st.lists(st.integers(0, 24), min_size=1, max_size=5, unique=True),
    within_m=st.sampled_from([500.0, 2000.0, 20_000.0]),
)
@settings(max_examples=40)
def test_zones_part_the_area_and_follow_the_shortest_way(nodes, chosen, within_m):
    xy = 100.0 * np.array(nodes)
    lines = np.array([shapely.LineString(pair + origin) for pair in zip(xy, xy[1:])], dtype=object)
    network = build_network(lines, np.full(len(lines), "residential"), crs, scenario())
    table = seats(**{f"Z{i:02d}": xy[i] for i in sorted(chosen) if i < len(xy)} or {"Z": xy[0]})
    zones, _ = zones_of(network, table, within_m=within_m, margin_m=120.0)
    shapes = zones.geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    assert shapely.area(shapes).sum() == pytest.approx(shapely.area(shapely.union_all(shapes)))
    check_no_overlap(zones, "zones")

    graph = network.graph("walk")
    at = np.c_[network.x, network.y]
    seat_xy = np.c_[
        Transformer.from_crs(4326, crs, always_xy=True).transform(table["lon"], table["lat"])
    ]
    seat_node = np.argmin(((at[None] - seat_xy[:, None]) ** 2).sum(axis=2), axis=1)
    ms = dijkstra(csr_array((graph.ms, graph.to, graph.first)), indices=seat_node)
    zone = zone_of(network.x, network.y, zones)
    near = ms.min(axis=0) <= within_m * 1000
    assert (zone[near] != no_zone).all()
    assert (ms[zone[near], np.flatnonzero(near)] == ms.min(axis=0)[near]).all()
    assert (zone[seat_node] == np.arange(len(table))).all()


def test_zones_of_a_town_of_ten_thousand_nodes_are_whole():
    side = 100
    x, y = np.meshgrid(np.arange(side), np.arange(side))
    shift = np.random.default_rng(0).uniform(-20, 20, (side, side, 2))
    at = 50.0 * np.stack([x, y], axis=2) + shift
    ends = np.concatenate(
        [
            np.stack([at[:, :-1], at[:, 1:]], axis=2).reshape(-1, 2, 2),
            np.stack([at[:-1], at[1:]], axis=2).reshape(-1, 2, 2),
        ]
    )
    lines = shapely.linestrings(ends + origin)
    network = build_network(lines, np.full(len(lines), "residential"), crs, scenario())
    table = seats(**{f"Z{i}{j}": at[10 + 20 * i, 10 + 20 * j] for i in range(5) for j in range(5)})
    shapes = zones_of(network, table)[0].geometry.to_numpy()
    assert (shapely.get_type_id(shapes) == shapely.GeometryType.POLYGON).all()
    assert (shapely.get_num_interior_rings(shapes) == 0).all()
    whole = shapely.union_all(shapes)
    assert shapely.area(shapes).sum() == pytest.approx(shapely.area(whole))
    assert shapely.covers(whole, lines).all()
