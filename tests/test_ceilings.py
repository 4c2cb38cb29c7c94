"""Arithmetic told before solving, worked out by hand; no plan is ever better than it says."""

from dataclasses import replace

import numpy as np
import pytest

from drawn_town import Town, scenario, target
from siting.model import ceilings_of, pose_problem
from siting.model.holding import most_added
from siting.plan import choose_sites

base = Town(
    "a--b--c--------d",
    {"a": 600, "b": 300, "c": 300, "d": 300},
    hosts={"a": {"max_classes": 2}, "b": {"most_places": 30.0, "max_classes": 3}},
    facilities={"c": {"small_classes": 1, "max_classes": 1, "enrolled_12_24": 15}},
    borders=(7.5, 12.0),
    areas={"d": {"people": 30, "hand_over_year": 2025}},
)
files = {
    **scenario().inputs.model_dump(),
    "communities": "communities.geojson",
    "areas": "areas.geojson",
}


def told(*targets, town=base, **changes):
    town = replace(town, asked=scenario(targets=targets, inputs=files, **changes))
    problem = pose_problem(town.asked, town.inputs(), town.reach())
    return {ceiling.target.kind: ceiling for ceiling in ceilings_of(problem)}


def test_what_hosts_could_hold():
    # a: two classes of 20; b: 30 places in up to three classes: two small ones; c is full.
    problem = pose_problem(base.asked, base.inputs(), base.reach())
    added = dict(zip(problem.inputs.sites["site_id"], most_added(problem, 0, problem.counted)))
    assert added == {"ca": 40.0, "cb": 30.0, "ec": 0.0}


def test_places_per_thousand():
    # 15 + 40 + 30 = 85 places for 1,530 people: 55.56 per thousand.
    assert not told(target("per_thousand", required=55.5))
    found = told(target("per_thousand", required=56.0))["per_thousand"]
    assert found.best == pytest.approx(85 / 1.53)
    assert "最多85个" in found.note.zh


def test_places_per_thousand_of_every_township():
    found = told(target("per_thousand", required=1.0, within="township"))["per_thousand"]
    # Nobody lives in Z1, so it needs no place.
    assert found.places == ("Z2",)
    assert found.best == 0.0


def test_coverage_of_townships_and_children():
    found = told(
        target("township_coverage", required=0.6),
        target("population_coverage", required=0.9),
    )
    assert found["township_coverage"].places == ("Z1", "Z2")
    assert found["township_coverage"].best == pytest.approx(1 / 3)
    assert found["population_coverage"].best == pytest.approx(400 / 510)
    assert "110名婴幼儿" in found["population_coverage"].note.zh


def test_counts_by_tier_and_zone():
    tiers = ("institution",)
    found = told(
        target("tier_count", id="A", at_least=4, tiers=tiers), target("zone_count", tiers=tiers)
    )
    assert found["tier_count"].best == 3
    assert found["zone_count"].places == ("Z1", "Z2")
    assert told(target("tier_count", at_most=0, tiers=tiers))["tier_count"].best == 1
    assert not told(target("tier_count", at_least=3, tiers=tiers))


def test_an_exclusive_group_counts_once():
    hosts = {name: {**host, "exclusive_group": "G"} for name, host in base.hosts.items()}
    found = told(
        target("tier_count", at_least=3, tiers=("institution",)), town=replace(base, hosts=hosts)
    )
    assert found["tier_count"].best == 2


def test_enrolment_above_take_up():
    # 510 under-3s; of the 340 of 12-36 months every second one: 170, a third of all. The sites
    # hold 85 at most, a sixth.
    assert told(target("enrolment", required=0.2, tiers=("institution",)))[
        "enrolment"
    ].best == pytest.approx(85 / 510)
    roomy = replace(base, hosts={"a": {"max_classes": 30}, "b": {}})
    found = told(target("enrolment", required=0.4, tiers=("institution",)), town=roomy)
    assert found["enrolment"].best == pytest.approx(1 / 3)
    assert "入托意愿" in found["enrolment"].note.zh


def test_a_new_area_without_a_candidate():
    found = told(target("new_area", required=10.0, tiers=("institution",)))["new_area"]
    assert found.places == ("d",)
    assert found.best == 0.0


def test_inclusive_share_held_down_by_facilities():
    facility = {"c": {**base.facilities["c"], "inclusive": False}}
    found = told(target("inclusive_share", required=0.9), town=replace(base, facilities=facility))[
        "inclusive_share"
    ]
    assert found.best == pytest.approx(70 / 85)


def test_running_costs_of_facilities_that_stay():
    facility = {"c": {**base.facilities["c"], "running_cost_cny": 1_000.0}}
    found = told(
        target("budget", required=10_000.0, spent_on="running"),
        town=replace(base, facilities=facility),
    )
    assert found["budget"].best == 15_000.0


def test_a_budget_of_zero_is_no_error_by_itself():
    assert not told(target("budget", required=0.0))


@pytest.mark.parametrize("seed", range(25))
def test_no_plan_beats_a_ceiling(seed):
    # Soft targets far above everything: what the best plan achieves stays below the ceiling.
    rng = np.random.default_rng(seed)
    letters = "abcd"
    hosts = {
        letter: {
            "max_classes": int(rng.integers(1, 4)),
            "most_places": float(rng.choice([np.inf, 18.0, 31.0])),
            "exclusive_group": str(rng.choice(["", "G"])),
            "decision": str(rng.choice(["free", "free", "excluded"])),
        }
        for letter in letters
        if rng.random() < 0.7
    } or {"a": {}}
    kind, required = [
        ("per_thousand", 99.0),
        ("population_coverage", 1.0),
        ("township_coverage", 1.0),
        ("enrolment", 1.0),
    ][seed % 4]
    asked = scenario(
        targets=(target(kind, required=required, hard=False, tiers=("institution",)),),
        objectives=("shortfall",),
    )
    town = Town(
        "a--b--c----d",
        {letter: float(rng.integers(30, 600)) for letter in letters},
        hosts=hosts,
        borders=(4.5, 8.0),
        asked=asked,
    )
    inputs, reach = town.inputs(), town.reach()
    (result,) = choose_sites(asked, inputs, reach).targets
    ceilings = ceilings_of(pose_problem(asked, inputs, reach))
    if ceilings:
        assert not result.met
        assert result.achieved <= ceilings[0].best + 1e-6
        if kind == "per_thousand":
            assert result.achieved == pytest.approx(ceilings[0].best)
    elif kind == "per_thousand":
        assert result.met
