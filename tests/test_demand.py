"""Takers and the homes of enrolled children, worked out by hand."""

import numpy as np
import pytest

from drawn_town import Town, scenario
from siting.demand import measure_demand


def demand_of(town, year=2025):
    return measure_demand(town.asked, town.inputs(), town.reach(), year)


def test_takers_are_take_up_times_the_band():
    # 360 residents, 120 under-3s, 40 of each year, half of the two older years take a place.
    demand = demand_of(Town("a-b", {"a": 360}, hosts={"b": {}}))
    assert demand.takers.tolist() == [[0, pytest.approx(20), pytest.approx(20)]]
    assert demand.additional.tolist() == demand.takers.tolist()


def test_a_facility_draws_on_its_reach_in_proportion():
    # a has twice the takers of b; d is out of reach. 15 enrolled: 10 from a, 5 from b.
    town = Town(
        "a-b-----d",
        {"a": 360, "b": 180, "d": 900},
        facilities={"a": {"small_classes": 1, "enrolled_12_24": 15}},
    )
    demand = demand_of(town)
    assert demand.enrolled_at_home[:, 1].tolist() == pytest.approx([10, 5, 0])
    assert demand.enrolled_beyond.sum() == 0


def test_those_whom_the_reach_cannot_hold_come_from_beyond():
    # 15 enrolled, 10 takers near: 5 come from d, the only others, so d has 50 - 5 to serve.
    town = Town(
        "a-b-----d",
        {"a": 180, "d": 900},
        facilities={"a": {"small_classes": 1, "enrolled_12_24": 15}},
    )
    demand = demand_of(town)
    assert demand.enrolled_at_home[:, 1].tolist() == pytest.approx([10, 0])
    assert demand.enrolled_beyond[:, 1].tolist() == pytest.approx([0, 5])
    assert demand.additional[:, 1].tolist() == pytest.approx([0, 45])


def test_more_enrolled_than_takers_leave_nobody():
    town = Town("a-b", {"a": 90}, facilities={"a": {"small_classes": 1, "enrolled_12_24": 15}})
    demand = demand_of(town)
    assert demand.additional[:, 1].tolist() == [0]
    assert np.isfinite(demand.additional).all()


def test_enrolled_children_fall_with_births_and_never_rise():
    def enrolled(share):
        children = {
            **scenario().children.model_dump(),
            "under3_share": {2025: 0.3, 2030: share},
        }
        town = Town(
            "a-b",
            {"a": 900},
            facilities={"a": {"small_classes": 1, "enrolled_12_24": 10}},
            asked=scenario(
                children=children,
                years=(2030,),
                targets=(
                    {
                        "id": "T",
                        "kind": "per_thousand",
                        "year": 2030,
                        "hard": True,
                        "clause": "drawn",
                        "required": 1.0,
                    },
                ),
            ),
        )
        return demand_of(town, 2030).enrolled.sum()

    assert enrolled(0.24) == pytest.approx(8)
    assert enrolled(0.36) == pytest.approx(10)
