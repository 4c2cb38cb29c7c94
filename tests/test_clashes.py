"""Which requirements clash, on drawn towns; irreducibility by leaving each out by hand.

A third of the residents are under three. A site that opens costs 10,000 and 1,000 a place: one
small class of 15 places 25,000, one large of 20 places 30,000.
"""

from dataclasses import replace

import numpy as np
import pytest

from drawn_town import Town, scenario, target
from siting.clashes import find_clash
from siting.clashes.clash import find_clashes
from siting.clashes.leaving_out import Clock, Feasibility
from siting.clashes.requirements import requirements_of
from siting.model import pose_problem
from siting.plan import choose_sites
from siting.reach import measure_reach

far_minutes = 120.0


def problem_of(town):
    return pose_problem(town.asked, town.inputs(), town.reach())


def status_with(town, ids):
    """Plan with some requirements alone, by changing the scenario and the tables by hand."""
    inputs, asked = town.inputs(), town.asked
    sites = inputs.sites
    for decision, kind in (("committed", "decision"), ("forced", "decision"), ("excluded",) * 2):
        free = (sites["decision"] == decision) & ~(f"{kind}:" + sites["site_id"]).isin(ids)
        sites = sites.assign(decision=sites["decision"].mask(free, "free"))
    apart = ~("exclusive:" + sites["exclusive_group"]).isin(ids)
    sites = sites.assign(exclusive_group=sites["exclusive_group"].mask(apart, ""))
    if "host_limits" not in ids:
        has_classes = sites["max_classes"] > 0
        sites = sites.assign(max_classes=np.where(has_classes, 30, 0), most_places=np.inf)
    if "closing" not in ids:
        sites = sites.assign(may_close=sites["status"] == "existing")
    tiers = {
        name: tier
        if f"reach:{name}" in ids
        else tier.model_copy(update={"limit_minutes": far_minutes})
        for name, tier in asked.tiers.items()
    }
    targets = tuple(t for t in asked.targets if t.key in ids)
    asked = asked.model_copy(update={"targets": targets, "tiers": tiers, "objectives": ("cost",)})
    inputs = replace(inputs, sites=sites)
    return choose_sites(asked, inputs, measure_reach(asked, town.network(), inputs)).status


def assert_irreducible(town, clash):
    assert clash.irreducible
    ids = set(clash.ids)
    assert status_with(town, ids) == "infeasible"
    for left_out in sorted(ids):
        assert status_with(town, ids - {left_out}) == "optimal", left_out


def few(at_most):
    return target("tier_count", id="few", at_most=at_most, tiers=("institution",))


two_of_five = Town(
    # Two townships need a site each: 2 x 25,000 at least; 36 places at a alone cost 46,000.
    "a--b--c",
    {"a": 600, "b": 300, "c": 300},
    hosts={"a": {"max_classes": 2}, "b": {"max_classes": 2}, "c": {}},
    borders=(4.5,),
    asked=scenario(
        targets=(
            target("per_thousand", id="density", required=10.0),
            target("population_coverage", id="near", required=0.5),
            target("budget", id="money", required=40_000.0),
            target("township_coverage", id="everywhere", required=1.0),
            few(4),
        )
    ),
)
with_a_decision = Town(
    # c costs 90,000 + 15,000, and it is decided on; b would do at 25,000.
    "a--b--c",
    {"a": 300, "b": 300, "c": 300},
    hosts={"b": {}, "c": {"fixed_cost_cny": 90_000.0, "decision": "committed"}},
    asked=scenario(
        targets=(
            target("per_thousand", id="density", required=10.0),
            target("budget", id="money", required=60_000.0),
        )
    ),
)
one_of_a_group = Town(
    # The only candidates of the two townships exclude one another.
    "a--b--c",
    {"a": 300, "b": 300, "c": 300},
    hosts={"a": {"exclusive_group": "G"}, "c": {"exclusive_group": "G"}},
    borders=(4.5,),
    asked=scenario(
        targets=(
            target("per_thousand", id="density", required=10.0),
            target("community_coverage", id="each", required=1.0, tiers=("institution",)),
        ),
        inputs={**scenario().inputs.model_dump(), "communities": "communities.geojson"},
    ),
    community_borders=(1.5, 4.5),
)
three_ways = Town(
    # 50 places are three classes of 20 or fewer; a host holds two, and only one may open.
    "a--b--c",
    {"a": 600, "b": 300, "c": 300},
    hosts={"a": {"max_classes": 2}, "b": {"max_classes": 2}, "c": {"max_classes": 2}},
    asked=scenario(
        targets=(
            target("per_thousand", id="density", required=50 / 1.2),
            target("population_coverage", id="near", required=0.5),
            few(1),
        )
    ),
)
excluded_host = Town(
    "a--b--c",
    {"a": 300, "b": 300, "c": 300},
    hosts={"a": {}, "c": {"decision": "excluded"}},
    borders=(4.5,),
    asked=scenario(
        targets=(
            target("township_coverage", id="everywhere", required=1.0),
            target("per_thousand", id="density", required=10.0),
        )
    ),
)
out_of_reach = Town(
    # From c it is 600 s to b, the nearest candidate, and 300 s are the limit; one site only.
    "a--b-----c--d",
    {"a": 300, "b": 300, "c": 300, "d": 30},
    hosts={"b": {}, "d": {}},
    asked=scenario(targets=(target("population_coverage", id="near", required=0.9), few(1))),
)
not_inclusive = Town(
    "a--b",
    {"a": 300, "b": 30},
    hosts={"b": {}},
    facilities={"a": {"large_classes": 1, "inclusive": False}},
    asked=scenario(
        targets=(
            target("inclusive_share", id="inclusive", required=0.6),
            target("budget", id="money", required=100_000.0),
        )
    ),
)


@pytest.mark.parametrize(
    ("town", "expected"),
    [
        (two_of_five, {"money_2025", "everywhere_2025"}),
        (with_a_decision, {"decision:cc", "money_2025"}),
        (three_ways, {"host_limits", "density_2025", "few_2025"}),
        (excluded_host, {"excluded:cc", "everywhere_2025"}),
        (out_of_reach, {"reach:institution", "near_2025", "few_2025"}),
    ],
    ids=["two of five targets", "a decision", "three ways", "an excluded host", "a limit"],
)
def test_the_clash_is_found_and_irreducible(town, expected):
    clash = find_clash(problem_of(town))
    assert clash.ids == expected
    assert clash.proven
    assert_irreducible(town, clash)


def test_a_group_clashes_with_coverage():
    clash = find_clash(problem_of(one_of_a_group))
    # Three communities, sites in two of them: arithmetic tells it before the group matters.
    assert clash.ids == {"each_2025"}
    assert clash.ceiling is not None
    halves = replace(one_of_a_group, community_borders=(4.5,))
    clash = find_clash(problem_of(halves))
    assert clash.ids == {"exclusive:G", "each_2025"}
    assert_irreducible(halves, clash)


def test_a_facility_that_stays_clashes_with_the_inclusive_share():
    # 20 places of today are not inclusive; b adds 20 at most: half of all.
    clash = find_clash(problem_of(not_inclusive))
    assert clash.ids == {"inclusive_2025"}
    assert clash.ceiling.best == pytest.approx(0.5)


def test_children_whom_nobody_reaches_clash_alone_and_are_counted():
    town = Town(
        "a--b--------------------c",
        {"a": 300, "b": 300, "c": 90},
        hosts={"a": {}, "b": {}},
        borders=(10.5,),
        asked=scenario(
            targets=(
                target("population_coverage", id="near", required=0.95),
                target("per_thousand", id="density", required=10.0),
            )
        ),
    )
    clash = find_clash(problem_of(town))
    (requirement,) = clash.requirements
    assert requirement.id == "near_2025"
    assert requirement.places == ("Z1",)
    assert "30名婴幼儿到不了任何现有设施或候选载体（Z1）" in requirement.note.zh
    assert "30 reach no facility and no candidate (Z1)" in requirement.note.en
    assert clash.ceiling.best == pytest.approx(200 / 230)


def test_places_without_a_candidate_are_named():
    town = replace(two_of_five, hosts={"a": {"max_classes": 2}})
    clash = find_clash(problem_of(town))
    assert clash.ids == {"everywhere_2025"}
    assert clash.requirements[0].places == ("Z1",)
    assert "Z1没有现有设施，也没有可开办的候选载体" in clash.requirements[0].note.zh


def test_clashes_of_different_targets_are_all_told():
    town = replace(
        two_of_five,
        asked=scenario(
            targets=(
                target("per_thousand", id="density", required=90.0),
                target("budget", id="money", required=40_000.0),
                target("township_coverage", id="everywhere", required=1.0),
            )
        ),
    )
    problem = problem_of(town)
    clashes, complete = find_clashes(problem, Feasibility(problem), Clock(60.0))
    assert complete
    assert [clash.ids for clash in clashes] == [
        {"density_2025"},
        {"money_2025", "everywhere_2025"},
    ]


def test_phasing_clashes_with_fewer_sites_later():
    town = Town(
        "a--b",
        {"a": 300, "b": 300},
        hosts={"a": {}, "b": {}},
        asked=scenario(
            base_year=2024,
            years=(2025, 2026),
            children={
                **scenario().children.model_dump(),
                "under3_share": dict.fromkeys((2024, 2025, 2026), 1 / 3),
            },
            targets=(
                target("tier_count", id="two", at_least=2, tiers=("institution",)),
                {**few(1), "year": 2026},
            ),
        ),
    )
    clash = find_clash(problem_of(town))
    assert clash.ids == {"two_2025", "few_2026", "phasing"}
    assert clash.irreducible


def test_a_plan_that_exists_is_no_clash():
    town = replace(two_of_five, asked=scenario())
    clash = find_clash(problem_of(town))
    assert clash.requirements == ()
    assert not clash.proven


def test_without_time_nothing_is_claimed():
    clash = find_clash(problem_of(two_of_five), time_limit_s=0.0)
    assert clash.requirements == ()
    assert not clash.proven


def test_a_test_that_ran_out_of_time_is_undecided():
    problem = problem_of(two_of_five)

    class Slow(Feasibility):
        def plan_exists(self, left_out, time_limit_s):
            if {"near_2025"} == set(left_out) & {"near_2025", "money_2025", "everywhere_2025"}:
                return None
            return super().plan_exists(left_out, time_limit_s)

    (clash,), _ = find_clashes(problem, Slow(problem), Clock(60.0))
    undecided = {r.id for r in clash.requirements if r.undecided}
    assert undecided == {"near_2025"}
    assert {"money_2025", "everywhere_2025"} < clash.ids
    assert not clash.irreducible


def test_every_hard_target_is_a_requirement_with_its_clause():
    found = requirements_of(problem_of(two_of_five))
    of_targets = [r for r in found if r.kind == "target"]
    assert [r.id for r in of_targets] == [t.key for t in two_of_five.asked.targets]
    assert {r.clause for r in of_targets} == {"drawn"}
    assert all(r.note.zh and r.note.en for r in found)
