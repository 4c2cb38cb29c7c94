"""Plans of drawn towns, worked out by hand."""

import pytest

from drawn_town import Town, scenario, target
from siting.plan import choose_sites, measure_today


def plan_of(town):
    return choose_sites(town.asked, town.inputs(), town.reach())


def actions(plan):
    return dict(zip(plan.sites["site_id"], plan.sites["action"], strict=True))


def test_per_thousand_takes_the_cheapest_places():
    # 1,000 residents at 20 per thousand need 20 places. One large class at a (20 places,
    # 10,000 + 20 x 1,000) costs 30,000; b would cost 10,000 more.
    town = Town(
        "a--b",
        {"a": 500, "b": 500},
        hosts={"a": {}, "b": {"fixed_cost_cny": 20_000.0}},
        asked=scenario(targets=(target("per_thousand", required=20.0),)),
    )
    plan = plan_of(town)
    assert plan.status == "optimal"
    assert actions(plan) == {"ca": "open"}
    assert plan.sites["places"].tolist() == [20]
    assert plan.sites["cost"].tolist() == [30_000.0]
    assert plan.targets[0].achieved == pytest.approx(20.0)


def test_reach_is_inclusive():
    # 300 m at 3.6 km/h are exactly 300 s, the limit of five minutes; d is 400 m away.
    town = Town(
        "d---a--b",
        {"b": 600, "d": 300},
        hosts={"a": {}},
        asked=scenario(targets=(target("population_coverage", required=0.6),)),
    )
    plan = plan_of(town)
    assert plan.targets[0].achieved == pytest.approx(600 / 900)
    assert plan.indicators.area["under3_covered"] == pytest.approx(200)


def test_infeasible_is_said():
    town = Town(
        "a--b",
        {"a": 1000},
        hosts={"a": {}},
        asked=scenario(targets=(target("per_thousand", required=21.0),)),
    )
    plan = plan_of(town)
    assert plan.status == "infeasible"


def test_today_counts_takers_beyond_places_as_reachable_but_full():
    # 180 residents at a: 60 under-3s, 20 of 12-24 months, 10 of them takers; the same of 24-36.
    # One small class (15) with 4 enrolled serves all 10 of 12-24; nobody takes the 24-36.
    town = Town(
        "a--b",
        {"a": 180},
        facilities={"a": {"small_classes": 1, "enrolled_12_24": 4}},
    )
    today = measure_today(town.asked, town.inputs(), town.reach())
    assert today.area["takers"] == pytest.approx(20)
    assert today.area["served"] == pytest.approx(10)
    assert today.area["unreachable"] == pytest.approx(10)
    assert today.area["reachable_full"] == pytest.approx(0)
