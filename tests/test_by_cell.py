"""Children of every cell: how those who want a place stand."""

import pytest

from drawn_town import Town, scenario, target
from siting.demand import measure_demand
from siting.indicators import children_by_cell
from siting.plan import choose_sites


def test_each_child_that_wants_a_place_stands_somewhere():
    # a has the facility, b its reach, c reaches nothing: 100 residents are 33 1/3 under-3s, a
    # third of them of each band, half of the two older ones want a place: 11 1/9 takers a cell.
    town = Town(
        "a--b------------c",
        {"a": 100, "b": 100, "c": 100},
        facilities={"a": {"large_classes": 1, "enrolled_24_36": 4, "max_classes": 1}},
        asked=scenario(targets=({"id": "P", **target("per_thousand", required=1.0)},)),
    )
    inputs, reach = town.inputs(), town.reach()
    year = choose_sites(town.asked, inputs, reach).year(2025)
    demand = measure_demand(town.asked, inputs, reach, 2025)
    cells = children_by_cell(town.asked, inputs, reach, demand, year.state, year.served)
    assert cells["takers"].to_numpy() == pytest.approx([100 / 9] * 3)
    parts = ["enrolled_within", "served_additional", "served_beyond", "reachable_full"]
    parts += ["unreachable", "staff_at_home"]
    assert cells[parts].sum(axis=1).to_numpy() == pytest.approx(cells["takers"].to_numpy())
    # Four are enrolled, spread over a and b; a class of 24-36 months serves that band alone.
    assert cells["enrolled_within"].to_numpy() == pytest.approx([2, 2, 0])
    assert cells["served_additional"].to_numpy() == pytest.approx([50 / 9 - 2, 50 / 9 - 2, 0])
    assert cells["unreachable"].to_numpy() == pytest.approx([50 / 9, 50 / 9, 100 / 9])
    assert cells["under3_covered"].to_numpy() == pytest.approx([100 / 3, 100 / 3, 0])
    area = year.indicators.area
    assert [area[name] for name in parts] == pytest.approx(cells[parts].sum().tolist())
