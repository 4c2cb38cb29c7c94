"""Targets beyond places, in zones and by tiers, on drawn towns worked by hand.

A third of the residents are under three; of 18 residents one child of 12-24 and one of 24-36
months takes a place. A class costs 10,000 for the site and 1,000 for each place where nothing
else is said; class sizes are small 15 (12-24), large 20 (24-36), mixed 18 (both).
"""

import pytest

from drawn_town import Town
from planned_town import actions, asked, due, plan_of, stages, tiers


def test_service_points_cover_townships_without_places():
    # A point at b costs 10,000, an institution at c 25,000; both would do for the township.
    town = Town(
        "a----b--c",
        {"a": 100.0, "b": 200.0},
        facilities={"a": {"tier": "point"}},
        hosts={"b": {"tier": "point"}, "c": {}},
        borders=(2.5,),
        asked=asked(
            due(2025, "township_coverage", required=1.0),
            due(2025, "population_coverage", required=1.0),
            years=(2025,),
            tiers=tiers(),
        ),
    )
    plan = plan_of(town)
    assert actions(plan) == {2025: {"cb": "open"}}
    assert stages(plan)["cost"] == pytest.approx(1.0)
    assert plan.indicators.area["places"] == 0
    assert stages(plan)["served"] == 0.0


def test_every_township_has_a_site_for_each_so_many_children():
    # 200 under-3s in the first township need two sites at 100 for each, 50 in the second one.
    town = Town(
        "a-b-c------d-e",
        {"a": 600.0, "d": 150.0},
        facilities={"a": {"tier": "point"}},
        hosts={mark: {"tier": "point"} for mark in "bcde"},
        borders=(7.5,),
        asked=asked(
            due(2025, "zone_count", children_per_site=100.0, tiers=("point",)),
            years=(2025,),
            tiers=tiers(),
        ),
    )
    plan = plan_of(town)
    opened = sorted(actions(plan)[2025])
    assert len(opened) == 2
    assert opened[0] in ("cb", "cc")
    assert opened[1] in ("cd", "ce")
    town.asked = asked(
        due(2025, "zone_count", zone="district", at_least=4, tiers=("point",)),
        years=(2025,),
        tiers=tiers(),
    )
    assert len(actions(plan_of(town))[2025]) == 3


@pytest.mark.parametrize(
    ("bounds", "open_sites"),
    [({"at_least": 2}, 2), ({"at_most": 0}, 0), ({"at_least": 3, "at_most": 3}, 3)],
)
def test_a_number_of_sites_of_a_tier(bounds, open_sites):
    town = Town(
        "a--b--c",
        {"a": 100.0},
        facilities={"a": {"tier": "point"}},
        hosts={mark: {"tier": "point"} for mark in "bc"},
        asked=asked(
            due(2025, "tier_count", tiers=("point",), **bounds),
            years=(2025,),
            tiers={**tiers(), "point": {**tiers()["point"], "can_close": True}},
        ),
    )
    plan = plan_of(town)
    assert plan.targets[0].achieved == open_sites
    assert plan.targets[0].met


@pytest.mark.parametrize(
    ("sharing", "opened"),
    [
        ({}, ["cb", "cd"]),
        ({"sharing": "reach"}, ["cb"]),
        ({"sharing": "reach", "shared_by": 0.9}, ["cb", "cd"]),
        ({"sharing": "reach", "shared_below": 300.0}, ["cb", "cd"]),
    ],
)
def test_communities_have_a_site_inside_or_share_one_near(sharing, opened):
    # Of the 300 residents of the second community, the 200 at c reach b, 300 m away; those at d
    # do not. b costs 10,000 and d 20,000.
    town = Town(
        "b--c----d",
        {"b": 100.0, "c": 200.0, "d": 100.0},
        hosts={"b": {"tier": "point"}, "d": {"tier": "point", "fixed_cost_cny": 20_000.0}},
        community_borders=(1.5,),
        asked=asked(
            due(2025, "community_coverage", required=1.0, **sharing), years=(2025,), tiers=tiers()
        ),
    )
    assert sorted(actions(plan_of(town))[2025]) == opened


def test_a_shortfall_of_communities_of_an_area_type_is_a_share_of_these():
    # Both urban communities lack a site, and one can have it: half of the two is missing.
    town = Town(
        "a----b",
        {"a": 100.0, "b": 100.0},
        hosts={"a": {"tier": "point"}},
        community_borders=(2.5,),
        asked=asked(
            due(2025, "community_coverage", required=1.0, area_type="urban", hard=False),
            due(2025, "budget", required=50_000.0),
            years=(2025,),
            tiers=tiers(),
        ),
    )
    assert stages(plan_of(town))["shortfall-1"] == pytest.approx(0.5)
    town.asked = asked(
        due(2025, "community_coverage", required=1.0, area_type="rural"),
        years=(2025,),
        tiers=tiers(),
    )
    assert actions(plan_of(town)) == {}


def test_a_new_area_has_places_from_its_hand_over_on():
    # 1,500 people at 10 per thousand are 15 places inside, due in 2027, not in 2025.
    town = Town(
        "a--b",
        {"a": 900.0},
        hosts={"a": {"fixed_cost_cny": 0.0}, "b": {}},
        areas={"b": {"people": 1500.0, "hand_over_year": 2026}},
        asked=asked(
            due(2025, "new_area", required=10.0),
            due(2027, "new_area", required=10.0),
            tiers=tiers(counts_in=("new_area",)),
            costs={"discount_rate": 0.1},
        ),
    )
    plan = plan_of(town)
    assert actions(plan) == {2027: {"cb": 15}}
    assert [result.achieved for result in plan.targets] == [None, pytest.approx(10.0)]


def guidance(**changes):
    # 100 m take 18 s at 20 km/h: two minutes are 600 m.
    return {"within_minutes": 2.0, "jurisdiction": "area", "source": "drawn", **changes}


def test_every_institution_is_guided_within_the_workload():
    # Three open institutions; the centre at a can guide two, that at d (600 m from b, 300 m from
    # c) one.
    town = Town(
        "a--b--c--d",
        {"a": 300.0},
        facilities={mark: {"small_classes": 1} for mark in "abc"},
        medical={"a": {"child_health_staff": 2.0}, "d": {"child_health_staff": 1.0}},
        asked=asked(
            due(2025, "pairing"), years=(2025,), guidance=guidance(institutions_per_staff=1.0)
        ),
    )
    plan = plan_of(town)
    pairs = dict(zip(plan.guidance["site_id"], plan.guidance["medical_id"], strict=True))
    assert pairs.keys() == {"ea", "eb", "ec"}
    assert pairs["ea"] == "a"
    assert sorted(pairs.values()) == ["a", "a", "d"]
    town.medical["d"]["child_health_staff"] = 0.0
    assert plan_of(town).status == "infeasible"


def test_an_institution_that_nobody_can_guide_is_not_opened():
    # b is cheaper, and 900 m from the only centre.
    town = Town(
        "a---------b",
        {"a": 300.0},
        hosts={"a": {"fixed_cost_cny": 30_000.0}, "b": {}},
        medical={"a": {"child_health_staff": 1.0}},
        asked=asked(
            due(2025, "pairing"),
            due(2025, "per_thousand", required=1.0),
            years=(2025,),
            guidance=guidance(),
        ),
    )
    assert actions(plan_of(town)) == {2025: {"ca": 15}}


@pytest.mark.parametrize(("spare", "opened"), [(False, ["ca"]), (True, ["ca", "cd"])])
def test_the_only_site_of_a_township_may_be_spared_from_filling(spare, opened):
    # 10 takers of each age live at a and none at d: a class there is empty, and is wanted for its
    # township only. b, in a's township, takes none of a's children: filled to 0.6, a needs them.
    town = Town(
        "a--b------d",
        {"a": 180.0, "d": 1.0},
        hosts={mark: {} for mark in "abd"},
        borders=(5.5,),
        asked=asked(
            due(2025, "fill", required=0.6, within="site", spare_only_site=spare),
            due(2025, "township_coverage", required=1.0, hard=False),
            due(2025, "tier_count", at_least=3, tiers=("institution",), hard=False, priority=2),
            due(2025, "per_thousand", required=80.0),
            years=(2025,),
        ),
    )
    plan = plan_of(town)
    sites = sorted(actions(plan)[2025])
    assert ("cd" in sites) is spare
    assert plan.targets[0].met
    assert len(sites) == len(opened) + 1


def test_enrolment_counts_children_who_have_a_place_and_those_who_get_one():
    # 60 under-3s: 0.3 are 18. 5 are enrolled at a, whose small class takes 5 more of the 10
    # takers of 12-24 months: 10. 8 more need the host: a large class takes 10.
    town = Town(
        "a--b",
        {"a": 180.0},
        facilities={"a": {"small_classes": 1, "enrolled_12_24": 5, "max_classes": 1}},
        hosts={"b": {}},
        asked=asked(
            due(2025, "enrolment", required=0.3),
            years=(2025,),
            tiers=tiers(counts_in=("enrolment",)),
        ),
    )
    plan = plan_of(town)
    assert actions(plan) == {2025: {"cb": 18}}
    assert plan.targets[0].achieved == pytest.approx(20 / 60)
    town.asked = asked(due(2025, "enrolment", required=0.35), years=(2025,), tiers=town.asked.tiers)
    assert plan_of(town).status == "infeasible"


def test_the_most_coverage_that_a_budget_buys():
    # 30,000 buy one of the points: c covers 200 and 300 residents, a and e 200 and 300.
    town = Town(
        "a-------b--c--d-----e",
        {"a": 200.0, "b": 200.0, "d": 300.0, "e": 300.0},
        hosts={mark: {"tier": "point", "fixed_cost_cny": 20_000.0} for mark in "ace"},
        asked=asked(
            due(2025, "budget", required=30_000.0),
            years=(2025,),
            tiers=tiers(),
            objectives=("coverage", "cost", "served"),
        ),
    )
    plan = plan_of(town)
    assert actions(plan) == {2025: {"cc": "open"}}
    assert stages(plan)["coverage"] == pytest.approx(500 / 3)


def test_only_inclusive_sites_count_where_the_target_says_so():
    # The facility at a is not inclusive; of the hosts b (10,000) is not either, c costs more.
    def town(**fields):
        return Town(
            "a-b-c",
            {"a": 100.0},
            facilities={"a": {"tier": "point", "inclusive": False}},
            hosts={
                "b": {"tier": "point", "inclusive": False},
                "c": {"tier": "point", "fixed_cost_cny": 25_000.0},
            },
            asked=asked(
                due(2025, "zone_count", tiers=("point",), **fields), years=(2025,), tiers=tiers()
            ),
        )

    assert plan_of(town()).actions.empty
    plan = plan_of(town(inclusive_only=True))
    assert actions(plan) == {2025: {"cc": "open"}}
    (result,) = plan.targets
    assert (result.required_count, result.achieved_count, result.met) == (1, 1, True)


def test_every_institution_has_a_guide_of_each_kind_asked_for():
    # The centre at a can guide two of three, the maternal one at d, with rules of its own, all.
    def town(staff, **fields):
        first = due(2025, "pairing", kinds=("community_health_centre",), hard=False)
        second = due(2025, "pairing", kinds=("maternal_child",))
        return Town(
            "a--b--c--d",
            {"a": 300.0},
            facilities={mark: {"small_classes": 1} for mark in "abc"},
            medical={
                "a": {"child_health_staff": 2.0},
                "d": {"child_health_staff": staff, "kind": "maternal_child"},
            },
            asked=asked(
                {**first, "id": "first"},
                {**second, "id": "second"},
                *fields.get("more", ()),
                years=(2025,),
                guidance=guidance(
                    kinds=("community_health_centre", "maternal_child"),
                    institutions_per_staff=1.0,
                    by_kind={"maternal_child": {"within_minutes": 3.0}},
                ),
            ),
        )

    plan = plan_of(town(3.0))
    first, second = plan.targets
    assert (first.achieved_count, first.met) == (2, False)
    assert (second.achieved_count, second.met) == (3, True)
    kinds = plan.guidance.groupby("site_id")["kind"].apply(sorted).to_dict()
    assert sorted(map(len, kinds.values())) == [1, 2, 2]
    assert all("maternal_child" in each for each in kinds.values())
    # 100 m take 18 s: a, the farthest from d, is 900 m or 162 s away, within three minutes only.
    far = plan.guidance[(plan.guidance["site_id"] == "ea") & (plan.guidance["medical_id"] == "d")]
    assert far["seconds"].tolist() == [162]
    assert plan_of(town(2.0)).status == "infeasible"
    # Whoever guides, all are guided where the two share the work: no site needs both.
    either = {**due(2025, "pairing"), "id": "either"}
    loose = town(1.0, more=(either,))
    soft = [{**each.model_dump(), "hard": each.id == "either"} for each in loose.asked.targets]
    loose.asked = type(loose.asked).model_validate(
        {**loose.asked.model_dump(), "targets": tuple(soft)}
    )
    assert [result.achieved_count for result in plan_of(loose).targets] == [2, 1, 3]
