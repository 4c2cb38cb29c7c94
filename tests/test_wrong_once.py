"""Towns whose plans or explanations were wrong once."""

import pytest

from drawn_town import Town, scenario, target
from siting.clashes import explain
from siting.plan import choose_sites

institution = {
    "label": "托育机构",
    "limit_minutes": 5.0,
    "class_kinds": ("small", "large", "mixed"),
    "counts_in": ("per_thousand",),
}
point = {"label": "驿站", "limit_minutes": 5.0, "counts_in": ()}


def chosen(town):
    return choose_sites(town.asked, town.inputs(), town.reach())


def test_a_study_of_points_without_places_has_a_plan():
    counted = target("tier_count", at_least=1, tiers=("point",))
    town = Town(
        "a--b",
        {"a": 300},
        hosts={"a": {"tier": "point"}, "b": {"tier": "point", "fixed_cost_cny": 20_000.0}},
        asked=scenario(tiers={"point": point}, targets=(counted,)),
    )
    plan = chosen(town)
    assert plan.status == "optimal"
    assert plan.sites["site_id"].tolist() == ["ca"]


def test_a_plan_for_several_trends_has_a_site_for_the_children_of_each():
    children = {
        "under3_share": {2025: 1 / 3},
        "under3_source": "drawn",
        "take_up": {"0-12": 0.0, "12-24": 0.5, "24-36": 0.5},
        "take_up_source": "drawn",
        "trends": {"more": {2025: 1.5}},
        "hold_under": ("more",),
    }
    counted = target("zone_count", children_per_site=100.0, tiers=("institution",))
    town = Town(
        "a--b",
        {"a": 300},
        hosts={"a": {}, "b": {}},
        asked=scenario(children=children, targets=(counted,)),
    )
    assert len(chosen(town).sites) == 2


def test_a_repair_that_there_is_is_told():
    most = target("tier_count", at_most=1, tiers=("institution",))
    town = Town(
        "a--b",
        {"a": 300},
        hosts={"a": {"decision": "committed"}, "b": {"decision": "committed"}},
        asked=scenario(targets=(most,)),
    )
    found = explain(town.asked, town.inputs(), town.reach())
    assert {"decision:ca", "decision:cb"} & found.clash.ids
    repairs = {repair.kind: repair for repair in found.repairs}
    assert repairs["target"].after == pytest.approx(2)


def test_a_budget_names_no_tiers():
    with pytest.raises(ValueError, match="every tier"):
        scenario(targets=(target("budget", required=5_000.0, tiers=("institution",)),))


def test_institutions_are_paired_so_that_the_target_stays_met():
    # One medical institution guides one site: the point is nearer, the target asks for the other.
    files = ("streets.gpkg", "townships.geojson", "residents.csv", "cells.csv")
    named = {name.split(".")[0]: name for name in (*files, "hosts.csv", "medical.csv")}
    counted = target("tier_count", at_least=1, tiers=("point",))
    signed = target("pairing", required=1.0, tiers=("institution",))
    places = target("per_thousand", required=1.0)
    guidance = {
        "tiers": ("institution", "point"),
        "within_minutes": 10.0,
        "mode": "walk",
        "institutions_per_staff": 1.0,
        "source": "drawn",
    }
    town = Town(
        "a--b--c",
        {"a": 300},
        hosts={"b": {"tier": "point"}, "c": {}},
        medical={"a": {}},
        asked=scenario(
            inputs=named,
            tiers={"institution": institution, "point": point},
            targets=(counted, signed, places),
            guidance=guidance,
        ),
    )
    plan = chosen(town)
    assert plan.status == "optimal"
    assert plan.guidance["site_id"].tolist() == ["cc"]
