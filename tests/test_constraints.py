"""Every constraint and target on a drawn town, worked out by hand.

In these towns a third of the residents are under three; 12-24 and 24-36 months hold a third of
them each, and every second child of either takes a place: 180 residents are 60 under-3s, 10
takers of 12-24 months and 10 of 24-36.
"""

import pytest

from drawn_town import Town, scenario, target
from siting.errors import PlanCheckError
from siting.plan import check_plan, choose_sites, measure_today


def plan_of(town):
    return choose_sites(town.asked, town.inputs(), town.reach())


def town_with(picture, people, targets, **parts):
    return Town(picture, people, asked=scenario(targets=targets), **parts)


def actions(plan):
    return dict(zip(plan.sites["site_id"], plan.sites["action"], strict=True))


def classes(plan, site):
    row = plan.sites.set_index("site_id").loc[site]
    return {kind: int(row[f"{kind}_classes"]) for kind in ("small", "large", "mixed")}


def served(plan):
    return plan.assignment.groupby("band")["children"].sum().to_dict()


def test_per_thousand_takes_the_cheapest_places():
    # 1,000 residents at 20 per thousand need 20 places: one large class at a costs
    # 10,000 + 20 x 1,000; b would cost 10,000 more.
    plan = plan_of(
        town_with(
            "a--b",
            {"a": 500, "b": 500},
            (target("per_thousand", required=20.0),),
            hosts={"a": {}, "b": {"fixed_cost_cny": 20_000.0}},
        )
    )
    assert plan.status == "optimal"
    assert actions(plan) == {"ca": "open"}
    assert plan.sites["places"].tolist() == [20]
    assert plan.sites["cost"].tolist() == [30_000.0]
    assert plan.targets[0].achieved == pytest.approx(20.0)


def test_host_limit_forbids_more_classes_than_fit():
    # 40 places need two large classes; each host holds one, so both open.
    plan = plan_of(
        town_with(
            "a--b",
            {"a": 1000},
            (target("per_thousand", required=40.0),),
            hosts={"a": {}, "b": {"fixed_cost_cny": 90_000.0}},
        )
    )
    assert actions(plan) == {"ca": "open", "cb": "open"}


def test_a_tier_runs_only_its_class_kinds():
    # A kindergarten class takes children from two years only: 10 of the 20 takers.
    plan = plan_of(
        town_with(
            "a--b",
            {"a": 180},
            (target("per_thousand", required=1.0),),
            hosts={"a": {"tier": "kindergarten", "action": "convert", "max_classes": 3}},
        )
    )
    assert actions(plan) == {"ca": "convert"}
    assert classes(plan, "ca") == {"small": 0, "large": 1, "mixed": 0}
    assert served(plan) == {"24-36": pytest.approx(10)}


def test_demand_and_alloc_choose_the_class_that_serves_most():
    # One class of at most 20 places is needed. Mixed (18) gives places to both bands and
    # serves 18 of 20 takers; small serves 10, large 10. Mixed is also 3 places dearer than
    # small, so cost must not decide: all cost nothing here.
    free = {"fixed_cost_cny": 0.0, "place_cost_cny": 0.0}
    plan = plan_of(
        town_with("a--b", {"a": 180}, (target("per_thousand", required=80.0),), hosts={"a": free})
    )
    assert classes(plan, "ca") == {"small": 0, "large": 0, "mixed": 1}
    assert sum(served(plan).values()) == pytest.approx(18)


def test_capacity_leaves_room_for_enrolled_children_only_once():
    # The facility's large class holds 20, 15 are enrolled: 5 more fit. All cells are within
    # reach: 360 residents are 20 takers of 24-36 months, of whom 15 are the enrolled.
    plan = plan_of(
        town_with(
            "a--b",
            {"a": 180, "b": 180},
            (target("per_thousand", required=1.0),),
            facilities={"a": {"large_classes": 1, "enrolled_24_36": 15}},
        )
    )
    assert served(plan) == {"24-36": pytest.approx(5)}
    assert plan.indicators.area["served"] == pytest.approx(20)


def test_enrolled_children_are_not_counted_into_new_places():
    # 30 takers of 24-36 months, 20 of them enrolled at a, which is full: 10 come to b.
    plan = plan_of(
        town_with(
            "a--b",
            {"a": 540},
            (target("per_thousand", required=74.0),),
            facilities={"a": {"large_classes": 1, "enrolled_24_36": 20}},
            hosts={"b": {"tier": "kindergarten"}},
        )
    )
    assert actions(plan) == {"ea": "keep", "cb": "open"}
    area = plan.indicators.area
    assert area["fill_existing"] == pytest.approx(1.0)
    assert area["fill_new"] == pytest.approx(0.5)


def test_expansion_costs_its_places_only():
    # 40 places are needed: expanding costs 20 x 2,000, opening 10,000 + 20 x 1,900.
    plan = plan_of(
        town_with(
            "a--b",
            {"a": 540},
            (target("per_thousand", required=74.0),),
            facilities={"a": {"large_classes": 1, "max_classes": 2, "place_cost_cny": 2_000.0}},
            hosts={"b": {"place_cost_cny": 1_900.0}},
        )
    )
    assert actions(plan) == {"ea": "expand"}
    assert plan.sites["cost"].tolist() == [40_000.0]
    assert plan.sites["places_before"].tolist() == [20]


def test_reach_is_inclusive():
    # 300 m at 3.6 km/h are exactly 300 s, the limit of five minutes; d is 400 m away.
    plan = plan_of(
        town_with(
            "d---a--b",
            {"b": 600, "d": 300},
            (target("population_coverage", required=0.6),),
            hosts={"a": {}},
        )
    )
    assert plan.targets[0].achieved == pytest.approx(600 / 900)
    assert plan.indicators.area["under3_covered"] == pytest.approx(200)


def test_population_coverage_counts_what_is_covered_today():
    # a covers 600 of 1,000 today. 0.9 asks for c as well; d alone would give 0.7.
    plan = plan_of(
        town_with(
            "a--b----c----d",
            {"a": 600, "c": 300, "d": 100},
            (target("population_coverage", required=0.9),),
            facilities={"a": {"small_classes": 1}},
            hosts={"c": {"fixed_cost_cny": 50_000.0}, "d": {}},
        )
    )
    assert actions(plan) == {"ea": "keep", "cc": "open"}
    assert plan.targets[0].achieved == pytest.approx(0.9)


def test_population_coverage_ignores_tiers_that_do_not_count():
    asked = scenario(targets=(target("population_coverage", required=0.5),))
    tiers = asked.model_dump()["tiers"]
    assert "population_coverage" not in tiers["kindergarten"]["counts_in"]
    town = Town("a--b", {"a": 180}, asked=asked, hosts={"a": {"tier": "kindergarten"}})
    assert plan_of(town).status == "infeasible"


def test_inclusive_share():
    # 20 places of a are not inclusive; 40 places in all need 20 inclusive ones: b, although
    # c is cheaper.
    plan = plan_of(
        town_with(
            "a--b--c",
            {"a": 1000},
            (target("per_thousand", required=40.0), target("inclusive_share", required=0.5)),
            facilities={"a": {"large_classes": 1, "inclusive": False}},
            hosts={"b": {"fixed_cost_cny": 70_000.0}, "c": {"inclusive": False}},
        )
    )
    assert actions(plan) == {"ea": "keep", "cb": "open"}
    assert plan.targets[1].achieved == pytest.approx(0.5)


def test_township_coverage_asks_for_the_next_whole_township():
    # 0.6 of three townships are two; today there is one.
    plan = plan_of(
        town_with(
            "a--b--c",
            {"a": 100, "b": 100, "c": 100},
            (target("township_coverage", required=0.6),),
            borders=(1.5, 4.5),
            facilities={"a": {"small_classes": 1}},
            hosts={"b": {"fixed_cost_cny": 20_000.0}, "c": {}},
        )
    )
    assert actions(plan) == {"ea": "keep", "cc": "open"}
    result = plan.targets[0]
    assert (result.required_count, result.achieved_count, result.met) == (2, 2, True)


def test_a_soft_target_falls_short_as_little_as_possible_and_is_shown_so():
    plan = plan_of(
        town_with(
            "a--b----c",
            {"a": 600, "c": 400},
            (target("population_coverage", required=1.0, hard=False),),
            hosts={"b": {"fixed_cost_cny": 900_000.0}},
        )
    )
    assert actions(plan) == {"cb": "open"}
    (result,) = plan.targets
    assert not result.met
    assert result.achieved == pytest.approx(0.6)
    assert [stage.name for stage in plan.stages] == ["shortfall-1", "cost", "served"]
    assert plan.stages[0].objective == pytest.approx(0.4)


@pytest.mark.parametrize(("coverage", "share", "opened"), [(1, 2, True), (2, 1, False)])
def test_priority_one_goes_before_priority_two(coverage, share, opened):
    # c covers everyone and its places are not inclusive: either target costs the other.
    plan = plan_of(
        town_with(
            "a-----c",
            {"a": 100, "c": 100},
            (
                target("population_coverage", required=1.0, hard=False, priority=coverage),
                target("inclusive_share", required=1.0, hard=False, priority=share),
            ),
            facilities={"a": {"small_classes": 1}},
            hosts={"c": {"inclusive": False}},
        )
    )
    assert ("cc" in actions(plan)) is opened
    assert [result.met for result in plan.targets] == [opened, not opened]


def test_fill_prefers_the_place_with_children():
    # One class is asked for. At c, the cheap host, nobody is near; a fill of 0.5 asks for a.
    plan = plan_of(
        town_with(
            "a------c",
            {"a": 180},
            (target("per_thousand", required=80.0), target("fill", required=0.5)),
            hosts={"a": {"fixed_cost_cny": 50_000.0}, "c": {}},
        )
    )
    assert actions(plan) == {"ca": "open"}
    assert plan.targets[1].achieved >= 0.5


def test_fill_at_an_expanded_facility_counts_children_beyond_its_old_places():
    # a has 20 places for 24-36 months and nobody enrolled; 30 takers live there. Doubled, 10 of
    # them come to the 20 new places.
    plan = plan_of(
        town_with(
            "a--b",
            {"a": 540},
            (target("per_thousand", required=74.0), target("fill", required=0.5)),
            facilities={"a": {"tier": "kindergarten", "large_classes": 1, "max_classes": 2}},
        )
    )
    assert actions(plan) == {"ea": "expand"}
    assert plan.targets[1].achieved == pytest.approx(0.5)


def test_objectives_with_nothing_to_settle_settle_cost():
    targets = (target("per_thousand", required=20.0),)
    asked = scenario(targets=targets, objectives=("shortfall",))
    town = Town("a--b", {"a": 1000}, hosts={"a": {}, "b": {"fixed_cost_cny": 1.0}}, asked=asked)
    plan = plan_of(town)
    assert actions(plan) == {"cb": "open"}
    assert [stage.name for stage in plan.stages] == ["cost"]


def test_children_are_served_even_where_no_stage_asks_for_it():
    targets = (target("per_thousand", required=80.0),)
    asked = scenario(targets=targets, objectives=("shortfall", "cost"))
    plan = plan_of(Town("a--b", {"a": 180}, hosts={"a": {}}, asked=asked))
    # The cheapest class for 14.4 places is small (15): all 10 takers of 12-24 months.
    assert served(plan) == {"12-24": pytest.approx(10)}


def test_hard_targets_that_cannot_be_met_are_said_to_be_so():
    plan = plan_of(
        town_with("a--b", {"a": 1000}, (target("per_thousand", required=21.0),), hosts={"a": {}})
    )
    assert plan.status == "infeasible"


def test_facilities_outside_the_study_area_cover_and_never_count_as_places():
    town = town_with(
        "a--b",
        {"a": 180},
        (target("population_coverage", required=1.0), target("per_thousand", required=5.0)),
        facilities={"a": {"small_classes": 1}},
        hosts={"b": {}},
    )
    inputs = town.inputs()
    outside = inputs.sites["status"] == "existing"
    inputs.sites.loc[outside, "zone"] = -1
    plan = choose_sites(town.asked, inputs, town.reach())
    area = plan.indicators.area
    assert area["under3_covered"] == pytest.approx(60)
    assert area["places"] == plan.sites.set_index("site_id").loc["cb", "places"]


def test_today_tells_served_full_and_unreachable_apart():
    # 20 takers. One small class (15) takes the 10 of 12-24 months, 4 of them enrolled; no class
    # takes those of 24-36.
    town = Town("a--b", {"a": 180}, facilities={"a": {"small_classes": 1, "enrolled_12_24": 4}})
    area = measure_today(town.asked, town.inputs(), town.reach()).area
    assert area["takers"] == pytest.approx(20)
    assert area["served"] == pytest.approx(10)
    assert area["unreachable"] == pytest.approx(10)
    assert area["reachable_full"] == pytest.approx(0)
    assert area["enrolled"] == pytest.approx(4)


def test_today_counts_those_beyond_the_places_as_reachable_but_full():
    # 30 takers of 12-24 months for 15 places.
    town = Town("a--b", {"a": 540}, facilities={"a": {"small_classes": 1}})
    area = measure_today(town.asked, town.inputs(), town.reach()).area
    assert area["served"] == pytest.approx(15)
    assert area["reachable_full"] == pytest.approx(15)
    assert area["unreachable"] == pytest.approx(30)


def two_hosts(**decisions):
    """Return a town where 20 places are asked for and a is cheaper than b."""
    return town_with(
        "a--b",
        {"a": 1000},
        (target("per_thousand", required=20.0),),
        hosts={"a": decisions.get("a", {}), "b": {"place_cost_cny": 2000.0, **decisions["b"]}},
    )


@pytest.mark.parametrize(
    ("a", "b", "opened"),
    [
        ({}, {}, ["ca"]),
        ({}, {"decision": "forced"}, ["cb"]),
        ({}, {"decision": "committed", "from_year": 2025.0}, ["cb"]),
        ({}, {"decision": "committed", "from_year": 2026.0}, ["ca"]),
        ({"decision": "excluded"}, {}, ["cb"]),
        ({"from_year": 2026.0}, {}, ["cb"]),
        ({"safety": False}, {"safety": True}, ["cb"]),
    ],
)
def test_decisions_already_taken_are_kept(a, b, opened):
    plan = plan_of(two_hosts(a=a, b=b))
    assert plan.status == "optimal"
    assert plan.sites["site_id"].tolist() == opened
    decided = {"decision": "free", **(a if opened == ["ca"] else b)}["decision"]
    assert plan.sites["decision"].tolist() == [decided]


def test_of_an_exclusive_group_one_opens_at_most():
    town = two_hosts(a={"exclusive_group": "g"}, b={"exclusive_group": "g", "decision": "forced"})
    assert plan_of(town).sites["site_id"].tolist() == ["cb"]
    town.asked = scenario(targets=(target("per_thousand", required=40.0),))
    assert plan_of(town).status == "infeasible"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"ca": {"decision": "excluded"}}, "ca: acts, and is excluded"),
        ({"ca": {"from_year": 2030.0}}, "ca: acts before it is there"),
        ({"ca": {"safety": False}}, "ca: acts, and is not safe"),
        ({"cb": {"decision": "forced"}}, "cb: does not open, and is forced"),
    ],
)
def test_the_check_knows_the_decisions(changes, told):
    town = two_hosts(b={})
    inputs, reach = town.inputs(), town.reach()
    plan = choose_sites(town.asked, inputs, reach)
    for site, columns in changes.items():
        for column, value in columns.items():
            inputs.sites.loc[inputs.sites["site_id"] == site, column] = value
    with pytest.raises(PlanCheckError, match=told):
        check_plan(plan, inputs, reach)


@pytest.mark.parametrize(("weight", "opened"), [(1.0, "a"), (2.0, "a"), (3.0, "b")])
def test_a_group_may_count_for_more_in_coverage(weight, opened):
    # The budget opens one host: 10 under-3s at a, or 6 at b of whom 3 are left behind. They count
    # for 6, 9 and 12.
    plain = scenario()
    children = {**plain.children.model_dump(), "weights": {"left_behind": weight}}
    asked = scenario(
        children=children,
        objectives=("coverage",),
        targets=(target("budget", required=30_000.0),),
    )
    people = {"a": 30.0, "b": 18.0}
    town = Town(
        "a-------b",
        people,
        hosts={"a": {}, "b": {}},
        groups={"left_behind": {"b": 3.0}},
        asked=asked,
    )
    plan = choose_sites(asked, town.inputs(), town.reach())
    sites = plan.sites[plan.sites["action"] == "open"]
    assert [name[-1] for name in sites["name"]] == [opened]
    (stage,) = plan.stages
    assert (stage.objective, stage.unit) == (pytest.approx(max(10, 3 + 3 * weight)), "weighted")
