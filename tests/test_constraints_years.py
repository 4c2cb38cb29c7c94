"""Years, closing, staff, sizes, money and trends on drawn towns, worked by hand.

A third of the residents are under three; of 18 residents one child of 12-24 and one of 24-36
months takes a place. A class costs 10,000 for the site and 1,000 for each place where nothing
else is said; class sizes are small 15 (12-24), large 20 (24-36), mixed 18 (both).
"""

import pytest

from drawn_town import Town
from planned_town import actions, asked, due, plan_of, stages, tiers


def test_a_later_year_adds_to_what_an_earlier_one_opened():
    # 2025 asks for 15 places, 2027 for 35: a opens small, and in 2027 grows by large to its two
    # classes, 10,000 + 35,000; to open both at once would cost the same, discounted less.
    town = Town(
        "a--b",
        {"a": 1000.0},
        hosts={"a": {"max_classes": 2}, "b": {"fixed_cost_cny": 50_000.0}},
        asked=asked(
            due(2025, "per_thousand", required=15.0),
            due(2027, "per_thousand", required=35.0),
            costs={"discount_rate": 0.1},
        ),
    )
    plan = plan_of(town)
    assert actions(plan) == {2025: {"ca": 15}, 2027: {"ca": 20}}
    assert stages(plan)["cost"] == pytest.approx(2.5 + 2.0 / 1.1**2)
    assert plan.costs["capital_cny"].tolist() == [25_000.0, 20_000.0]


def test_what_an_early_year_opens_is_not_undone():
    # 2025 asks for a site in each township, 2027 for one at most: what opened stays.
    points = {"tiers": ("point",)}
    town = Town(
        "a----b",
        {"a": 100.0, "b": 100.0},
        hosts={"a": {"tier": "point"}, "b": {"tier": "point"}},
        borders=(2.5,),
        asked=asked(
            due(2025, "zone_count", **points),
            due(2027, "tier_count", at_most=1, hard=False, **points),
            tiers=tiers(),
        ),
    )
    plan = plan_of(town)
    assert actions(plan) == {2025: {"ca": "open", "cb": "open"}}
    assert [result.met for result in plan.targets] == [True, False]


def test_a_committed_host_opens_in_its_year_and_a_forced_one_by_the_last():
    town = Town(
        "a--b--c",
        {"a": 100.0},
        hosts={
            "a": {"decision": "committed", "from_year": 2026.0},
            "b": {"decision": "forced"},
            "c": {"from_year": 2027.0},
        },
        asked=asked(
            due(2025, "per_thousand", required=1.0),
            due(2030, "tier_count", at_least=2, tiers=("institution",)),
            years=(2025, 2027, 2030),
        ),
    )
    # 2025 asks for places: b, which must open anyway, gives them. Nothing asks for c.
    assert actions(plan_of(town)) == {2025: {"cb": 15}, 2027: {"ca": 15}}


def closing_town(**facility):
    """Return a town where keeping 20 places at a costs 20,000 a year, and 5 children are there.

    90 residents at a are 5 takers of each age; b, with room for 20, is within reach. Closing b
    saves nothing and costs a yuan, so that it is no tie.
    """
    usual = {
        "large_classes": 1,
        "enrolled_24_36": 5,
        "running_cost_cny": 1000.0,
        "close_cost_cny": 8_000.0,
    }
    return Town(
        "a--b",
        {"a": 90.0},
        facilities={"a": {**usual, **facility}, "b": {"large_classes": 1, "close_cost_cny": 1.0}},
        asked=asked(
            due(2025, "per_thousand", required=1.0),
            due(2027, "township_coverage", required=1.0),
            years=(2025, 2026, 2027),
            tiers=tiers(can_close=True),
            costs={"counted": ("capital", "running")},
        ),
    )


@pytest.mark.parametrize("fixed_cost_cny", [0.0, 5_000.0])
def test_a_facility_closes_where_that_saves_and_its_children_go_elsewhere(fixed_cost_cny):
    # Three years of 20,000 against 8,000 once; b takes the 5 children in each of the three years.
    town = closing_town(fixed_cost_cny=fixed_cost_cny, max_classes=2)
    plan = plan_of(town)
    assert actions(plan) == {2025: {"ea": "close"}}
    assert stages(plan) == {"cost": pytest.approx(0.8), "served": pytest.approx(15.0)}
    assert plan.assignment["site_id"].unique().tolist() == ["eb"]


def test_a_facility_stays_where_its_row_its_tier_or_its_cost_says_so():
    assert actions(plan_of(closing_town(may_close=False))) == {}
    assert actions(plan_of(closing_town(close_cost_cny=61_000.0))) == {}
    town = closing_town()
    town.asked = asked(*town.asked.targets, years=town.asked.years, costs=town.asked.costs)
    assert actions(plan_of(town)) == {}


def test_children_from_beyond_the_reach_of_a_facility_that_closes_look_for_a_place_again():
    # a, with nobody near, holds 5 children, who live at c; b, with 20 places, is near c. Of the
    # 10 takers of 24-36 months there b could serve 5 while a stands, and 10 once it is closed.
    town = Town(
        "a--------------b--c",
        {"c": 180.0},
        facilities={
            "a": {"large_classes": 1, "enrolled_24_36": 5, "running_cost_cny": 1000.0},
            "b": {"large_classes": 1, "may_close": False},
        },
        asked=asked(
            due(2025, "township_coverage", required=1.0),
            years=(2025,),
            tiers=tiers(can_close=True),
            costs={"counted": ("running",)},
        ),
    )
    plan = plan_of(town)
    assert actions(plan) == {2025: {"ea": "close"}}
    assert stages(plan)["served"] == pytest.approx(10.0)
    figures = plan.indicators.area
    assert (figures["reachable_full"], figures["served_beyond"]) == (0.0, 0.0)


def test_staff_children_take_places_first_and_leave_home_demand():
    # 54 staff children, 18 of each age, half of the older two take a place: 9 and 9 fill the 18
    # places of a mixed class, so residents find none; 10 and 10 takers live near, 9 of each are
    # the staff's. b serves the one left of 24-36 months: large costs nothing here.
    free = {"fixed_cost_cny": 0.0, "place_cost_cny": 0.0}
    town = Town(
        "a--b",
        {"a": 180.0},
        hosts={
            "a": {"staff_children": 54, "decision": "forced", **free},
            "b": {"tier": "kindergarten", "decision": "forced", **free},
        },
        asked=asked(due(2025, "per_thousand", required=1.0), years=(2025,)),
    )
    plan = plan_of(town)
    classes = plan.sites.set_index("site_id").loc["ca"]
    assert (classes["mixed_classes"], classes["places"]) == (1, 18)
    assert stages(plan)["served"] == pytest.approx(1.0)
    assert plan.indicators.area["staff_children"] == pytest.approx(18.0)


@pytest.mark.parametrize(("count", "achieved"), [(True, 80.0), (False, 0.0)])
def test_staff_places_count_per_thousand_where_the_scenario_says_so(count, achieved):
    # A large class of 20 is what holds 120 / 3 / 2 = 20 staff children; 250 residents.
    town = Town(
        "a--b",
        {"a": 250.0},
        hosts={"a": {"tier": "kindergarten", "staff_children": 120, "decision": "forced"}},
        asked=asked(
            due(2025, "per_thousand", required=50.0, hard=False),
            years=(2025,),
            own_staff_places_count=count,
        ),
    )
    (result,) = plan_of(town).targets
    assert result.achieved == pytest.approx(achieved)
    assert result.met is count


@pytest.mark.parametrize(("count", "achieved"), [(True, 40.0), (False, 20.0)])
def test_places_closed_to_residents_do_not_count_where_those_of_staff_do_not(count, achieved):
    # Two large classes of 20 at either site, 2,000 residents; only staff may come to a.
    sites = {"a": {"opens_to_residents": False}, "b": {}}
    town = Town(
        "a--b",
        {"a": 2000.0},
        hosts={at: {"max_classes": 2, "decision": "forced", **site} for at, site in sites.items()},
        asked=asked(
            due(2025, "per_thousand", required=100.0, hard=False),
            years=(2025,),
            class_kinds={"large": {"label": "托大班", "size": 20, "bands": ("24-36",)}},
            tiers=tiers(class_kinds=("large",)),
            own_staff_places_count=count,
        ),
    )
    (result,) = plan_of(town).targets
    assert result.achieved == pytest.approx(achieved)


def test_a_half_day_place_counts_for_half_a_full_day_one_and_takes_a_whole_child():
    # 16 places per thousand of 500 are 8: one half-day class of 16 counts for 8, and serves 16 of
    # the 27.8 takers of each age.
    half = {"label": "半日班", "size": 16, "bands": ("12-24", "24-36"), "full_day_equivalent": 0.5}
    town = Town(
        "a--b",
        {"a": 500.0},
        hosts={"a": {"max_classes": 2}},
        asked=asked(
            due(2025, "per_thousand", required=16.0),
            years=(2025,),
            class_kinds={"half": half},
            tiers=tiers(class_kinds=("half",)),
        ),
    )
    plan = plan_of(town)
    assert actions(plan) == {2025: {"ca": 16}}
    assert plan.targets[0].achieved == pytest.approx(16.0)
    assert stages(plan)["served"] == pytest.approx(16.0)


def test_take_up_may_differ_by_year():
    # 20 children of 24-36 months: half take a place in 2025, 0.9 in 2027.
    town = Town(
        "a--b",
        {"a": 180.0},
        facilities={"a": {"large_classes": 1}},
        asked=asked(
            due(2025, "per_thousand", required=1.0),
            children={"take_up_by_year": {2027: {"24-36": 0.9}}},
        ),
    )
    plan = plan_of(town)
    by_year = plan.assignment.groupby("year")["children"].sum()
    assert by_year.to_dict() == pytest.approx({2025: 10.0, 2027: 18.0})


def test_a_host_holds_no_more_places_than_its_surplus_or_area():
    # Three classes would fit by number; 40 places allow two large ones.
    town = Town(
        "a--b",
        {"a": 1000.0},
        hosts={"a": {"tier": "kindergarten", "max_classes": 3, "most_places": 45.0}},
        asked=asked(due(2025, "per_thousand", required=60.0, hard=False), years=(2025,)),
    )
    plan = plan_of(town)
    assert actions(plan) == {2025: {"ca": 40}}
    assert stages(plan)["shortfall-1"] == pytest.approx(20 / 60)


def test_a_site_of_a_tier_opens_with_its_fewest_places_and_a_facility_grows_by_less():
    hosts = {"a": {"max_classes": 2}}
    least = {"tiers": tiers(least_places=30), "years": (2025,)}
    town = Town(
        "a--b",
        {"a": 1000.0},
        hosts=hosts,
        asked=asked(due(2025, "per_thousand", required=1.0), **least),
    )
    assert actions(plan_of(town)) == {2025: {"ca": 30}}
    grows = {"small_classes": 1, "max_classes": 2, "fixed_cost_cny": 1_000.0}
    town = Town(
        "a--b",
        {"a": 1000.0},
        facilities={"b": grows},
        asked=asked(due(2025, "per_thousand", required=29.0), **least),
    )
    assert actions(plan_of(town)) == {2025: {"eb": 15}}


def budget_town(*budgets):
    # Two hosts, 25,000 each for a small class; 30 places are asked for in the end.
    return Town(
        "a--b",
        {"a": 1000.0},
        hosts={
            "a": {"subsidy_cny": 500.0, "running_cost_cny": 1_000.0},
            "b": {"running_cost_cny": 1_000.0},
        },
        asked=asked(due(2027, "per_thousand", required=30.0, hard=False), *budgets),
    )


@pytest.mark.parametrize(
    ("budgets", "capital"),
    [
        ([], [0, 50_000]),
        ([(2027, {"required": 30_000.0})], [25_000, 25_000]),
        ([(2027, {"required": 40_000.0, "since": "base_year"})], [0, 30_000]),
        ([(2027, {"required": 0.0, "spent_on": "subsidy"})], [25_000, 25_000]),
        ([(2027, {"required": 15_000.0, "spent_on": "running"})], [0, 25_000]),
        (
            [(2027, {"required": 30_000.0, "spent_on": "running", "since": "base_year"})],
            [0, 50_000],
        ),
    ],
)
def test_budgets_hold_what_a_year_or_all_years_spend(budgets, capital):
    # Costs of later years count less, so that the plan waits where it may. Where one class only
    # can be paid, large falls least short; where it may not run more than 15 places, small.
    town = budget_town(*(due(year, "budget", **fields) for year, fields in budgets))
    town.asked = town.asked.model_copy(
        update={"costs": town.asked.costs.model_copy(update={"discount_rate": 0.1})}
    )
    plan = plan_of(town)
    assert plan.costs["capital_cny"].tolist() == capital
    assert all(result.met for result in plan.targets[1:])


def test_running_costs_count_in_every_year_until_the_next_planned_one_discounted():
    # A small class at a: 25,000 in 2027 and 15 x 1,000 a year, in 2027, 2028, 2029 and 2030.
    town = Town(
        "a--b",
        {"a": 1000.0},
        hosts={"a": {"running_cost_cny": 1000.0}},
        asked=asked(
            due(2027, "per_thousand", required=15.0),
            years=(2027, 2030),
            costs={"counted": ("capital", "running"), "discount_rate": 0.05},
        ),
    )
    plan = plan_of(town)
    running = sum(1.5 / 1.05**after for after in (2, 3, 4, 5))
    assert stages(plan)["cost"] == pytest.approx(2.5 / 1.05**2 + running)
    assert plan.costs["running_cny"].tolist() == [15_000.0, 15_000.0]


def test_a_plan_holds_under_further_trends_of_births():
    # 20 takers today; fewer births leave 10: a fill of 0.5 of 20 or 18 places is met by a and b
    # alike today, and under fewer births only where all of them come: mixed at a, not large.
    town = Town(
        "a--b",
        {"a": 180.0},
        hosts={"a": {"tier": "institution"}},
        asked=asked(
            due(2025, "per_thousand", required=100.0),
            due(2025, "fill", required=0.5),
            years=(2025,),
            children={"trends": {"fewer": {2025: 0.5}}},
        ),
    )
    assert plan_of(town).sites["mixed_classes"].tolist() == [1]
    trends = {"trends": {"fewer": {2025: 0.4}}, "hold_under": ("fewer",)}
    town.asked = asked(*town.asked.targets, years=(2025,), children=trends)
    assert plan_of(town).status == "infeasible"
    trends["trends"]["fewer"][2025] = 0.5
    town.asked = asked(*town.asked.targets, years=(2025,), children=trends)
    plan = plan_of(town)
    assert plan.sites["mixed_classes"].tolist() == [1]
    assert stages(plan)["served"] == pytest.approx(18 + 10)
