"""Takers and the homes of enrolled children, worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from drawn_town import Town, scenario
from siting.demand import children_by_band, measure_demand
from siting.inputs import no_zone


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


def test_children_are_those_told_by_age_or_even_over_the_months():
    town = Town("a-b", {"a": 360, "b": 180}, hosts={"b": {}})
    even = town.inputs()
    assert children_by_band(town.asked, even, 2025).tolist() == [
        pytest.approx([40, 40, 40]),
        pytest.approx([20, 20, 20]),
    ]
    told = with_ages(even, 2025, [[60, 40, 20], [20, 20, 20]])
    assert children_by_band(town.asked, told, 2025).tolist() == [[60, 40, 20], [20, 20, 20]]


def test_takers_and_enrolled_follow_the_ages_that_are_told():
    # Half of those over one take a place. From 2025 to 2030 the one-year-olds fall from 40 to
    # 10, and with them their 8 enrolled to 2; the two-year-olds rise, their 6 enrolled do not.
    children = {**scenario().children.model_dump(), "under3_share": {2025: 1 / 3, 2030: 1 / 4}}
    due = {**scenario().targets[0].model_dump(), "year": 2030}
    town = Town(
        "a-b",
        {"a": 360},
        facilities={"a": {"mixed_classes": 1, "enrolled_12_24": 8, "enrolled_24_36": 6}},
        asked=scenario(children=children, years=(2030,), targets=(due,)),
    )
    inputs = with_ages(town.inputs(), 2025, [[40, 40, 40]])
    inputs = with_ages(inputs, 2030, [[30, 10, 50]])
    demand = measure_demand(town.asked, inputs, town.reach(), 2030)
    assert demand.takers.tolist() == [[0, 5, 25]]
    assert demand.enrolled.tolist() == [[0, 2, 6]]
    assert demand.additional.tolist() == [[0, 3, 19]]
    assert demand.under3.tolist() == [90]


def with_ages(inputs, year, children):
    """Return the inputs with the children of each cell told by band."""
    names = [f"under3_{band}_{year}" for band in ("0_12", "12_24", "24_36")]
    told = dict(zip(names, np.array(children, dtype=float).T, strict=True))
    return replace(inputs, cells=inputs.cells.assign(**told))


@pytest.mark.parametrize("picture", ["a--b", "a------------------b"])
def test_a_facility_outside_draws_on_the_people_there(picture):
    # 180 residents are 10 takers of 24-36 months; b, with 15 children, lies beyond the border.
    facility = {"large_classes": 1, "enrolled_24_36": 15, "max_classes": 1}
    town = Town(picture, {"a": 180}, hosts={"a": {}}, facilities={"b": facility})
    inputs, reach = town.inputs(), town.reach()
    inputs.sites.loc[inputs.sites["site_id"] == "eb", "zone"] = no_zone
    demand = measure_demand(town.asked, inputs, reach, 2025)
    assert demand.enrolled.sum() == 15
    assert demand.additional.sum(axis=0).tolist() == pytest.approx([0, 10, 10])
