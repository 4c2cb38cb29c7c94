"""Cells along streets and the candidate grid, with hand-worked answers."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from drawn_town import Town, crs, origin, scenario
from siting.derived.candidate_grid import grid_candidates
from siting.derived.street_cells import street_cells
from siting.errors import DataError
from siting.network import build_network
from siting.scenario.made_sites import CandidateGrid
from siting.scenario.population import PopulationStreets

corner = Town("a--b--c\n|\nd", people={"a": 1})


def streets(spacing_m, *highways):
    return PopulationStreets(
        kind="streets", spacing_m=spacing_m, highways=highways or ("residential",), source="drawn"
    )


def area(west=-100.0, south=-1000.0, east=10_000.0, north=100.0):
    """Return one township, in metres from the origin of the drawn town."""
    box = shapely.box(*(np.array([west, south, east, north]) + np.tile(origin, 2)))
    return gpd.GeoDataFrame({"township_code": ["Z0"]}, geometry=[box], crs=crs)


def placed(table):
    """Return the coordinates of a table in metres from the origin, whole ones."""
    to_metric = Transformer.from_crs(4326, crs, always_xy=True)
    x, y = to_metric.transform(table["lon"], table["lat"])
    return np.round(np.c_[x, y] - origin).astype(int).tolist()


def test_points_stand_in_the_middle_of_equal_parts():
    cells, _ = street_cells(corner.network(), area(), streets(150.0), "here")
    assert cells["cell_id"].tolist() == [f"s{i:05d}" for i in range(1, 7)]
    assert placed(cells) == [[0, -150], [0, -50], [75, 0], [225, 0], [375, 0], [525, 0]]
    assert cells["weight"].tolist() == pytest.approx([100, 100, 150, 150, 150, 150])


def test_a_street_of_three_spacings_has_three_points():
    cells, _ = street_cells(corner.network(), area(), streets(100.0), "here")
    assert len(cells) == 3 + 3 + 2
    assert cells["weight"].to_numpy() == pytest.approx(100.0)


def test_streets_are_cut_at_the_edge_of_the_study_area():
    cells, note = street_cells(corner.network(), area(east=450), streets(150.0), "here")
    assert cells["weight"].sum() == pytest.approx(800 - 150)
    assert placed(cells)[-1] == [375, 0]
    assert "0.7 km and 5 cells inside the study area, 0.1 km outside" in note.en
    assert "推算" in note.zh
    assert "drawn" in note.zh


def test_the_study_area_may_leave_and_return():
    two = pd.concat([area(east=60), area(240, -50, 9000, 50).assign(township_code="Z1")])
    cells, _ = street_cells(corner.network(), two, streets(150.0), "here")
    assert cells["township_code"].tolist() == ["Z0"] * 3 + ["Z1"] * 3
    assert placed(cells) == [[0, -150], [0, -50], [30, 0], [270, 0], [375, 0], [525, 0]]


def test_points_on_the_border_belong_to_a_township():
    """A border through a-b-c, turned by a little so that rounding puts points on either side."""
    turned = [
        shapely.affinity.rotate(town, 33.0, origin=tuple(origin)) for town in corner.lines()[:2]
    ]
    network = build_network(np.array(turned), np.full(2, "residential"), crs, scenario())
    box = shapely.affinity.rotate(area(0, 0, 600, 100).geometry[0], 33.0, origin=tuple(origin))
    townships = gpd.GeoDataFrame({"township_code": ["Z0"]}, geometry=[box], crs=crs)
    cells, _ = street_cells(network, townships, streets(20.0), "here")
    assert set(cells["township_code"]) == {"Z0"}


def test_only_streets_of_the_classes_count():
    with pytest.raises(DataError, match="here: no street of service lies inside") as error:
        street_cells(corner.network(), area(), streets(100.0, "service"), "here")
    assert "residential" in error.value.problems[0].remedy


def test_nothing_inside():
    with pytest.raises(DataError, match="no street of residential"):
        street_cells(corner.network(), area(east=-50), streets(100.0), "here")


positions = st.tuples(st.integers(0, 2000), st.integers(0, 2000))


@given(
    nodes=st.lists(positions, min_size=2, max_size=12, unique=True),
    border=st.floats(0, 1890),
    spacing_m=st.floats(20, 1000),
)
@settings(max_examples=60)
def test_weights_add_up_to_the_streets_inside(nodes, border, spacing_m):
    xy = np.array(nodes, dtype=float)
    lines = np.array([shapely.LineString(pair) for pair in zip(xy, xy[1:])], dtype=object)
    lines = shapely.transform(lines, lambda x: x + origin)
    inside = shapely.intersection(lines, area(-10, -10, 1900, 3000).geometry[0])
    assume(shapely.length(inside).sum() > 0)
    network = build_network(lines, np.full(len(lines), "residential"), crs, scenario())
    townships = pd.concat([area(-10, -10, border, 3000), area(border, -10, 1900, 3000)])
    cells, _ = street_cells(network, townships, streets(spacing_m), "here")
    assert cells["weight"].sum() == pytest.approx(shapely.length(inside).sum())
    assert cells["weight"].max() <= spacing_m * (1 + 1e-6)


def grid(spacing_m):
    host = {
        "tier": "institution",
        "host": "house",
        "inclusive": True,
        "action": "open",
        "max_classes": 2,
        "fixed_cost_cny": 1.0,
        "place_cost_cny": 1.0,
        "source": "drawn",
    }
    return CandidateGrid(spacing_m=spacing_m, made_host=host)


def test_grid_takes_the_nearest_node_of_each_square_once():
    """Squares of 400 m from (-100, 100): middles at x 100, 500 and y -100.

    a (0, 0) and d (0, -200) are 141 m from the first middle, a named first by its number or d;
    c (600, 0) is 141 m from the second, b (300, 0) 224 m.
    """
    candidates, note = grid_candidates(
        corner.network(), area(-100, -300, 700, 100), grid(400.0), "here"
    )
    assert candidates["site_id"].tolist() == ["g0001", "g0002"]
    assert candidates["name"].tolist() == ["网格 1-1", "网格 1-2"]
    first, second = placed(candidates)
    assert first in ([0, 0], [0, -200])
    assert second == [600, 0]
    assert "2 candidates" in note.en
    assert "drawn" in note.zh


def test_grid_rows_run_from_the_north_and_nodes_stand_once():
    """Squares of 200 m: middles at y 0 and -200, x 0, 200, 400, 600.

    In the first row 0 takes a, 200 takes b (300, 0), 400 b again, 600 c; in the second 0 takes d,
    and from 200 on every node is more than 141 m away.
    """
    candidates, note = grid_candidates(
        corner.network(), area(-100, -300, 700, 100), grid(200.0), "here"
    )
    assert candidates["name"].tolist() == ["网格 1-1", "网格 1-2", "网格 1-4", "网格 2-1"]
    assert placed(candidates) == [[0, 0], [300, 0], [600, 0], [0, -200]]
    assert "3 squares have no street near, 1 share a node" in note.en


def test_grid_stays_inside_the_study_area():
    candidates, _ = grid_candidates(
        corner.network(), area(-100, -300, 290, 100), grid(400.0), "here"
    )
    assert len(candidates) == 1
    assert placed(candidates)[0] in ([0, 0], [0, -200])
    with pytest.raises(DataError, match="here: no street node lies near"):
        grid_candidates(corner.network(), area(5000, -300, 6000, 100), grid(400.0), "here")
