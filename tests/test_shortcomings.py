"""Why soft targets fall short, on a drawn town worked out by hand."""

from dataclasses import replace

import pytest

from drawn_town import Town, scenario, target
from siting.clashes import shortcomings
from siting.clashes.leaving_out import Feasibility
from siting.errors import NoPlanError
from siting.plan import choose_sites
from siting.solver import Status

town = Town(
    # d is excluded, nobody reaches e; 40,000 buy 30 places at one site.
    "a--b--c--------d-----------e",
    {"a": 600, "b": 300, "c": 300, "d": 90, "e": 60},
    hosts={
        "a": {"max_classes": 2},
        "b": {"max_classes": 2},
        "c": {},
        "d": {"decision": "excluded"},
    },
    borders=(4.5,),
)
budget = target("budget", id="money", required=40_000.0)


def short(*targets, of=town):
    of = replace(of, asked=scenario(targets=targets))
    inputs, reach = of.inputs(), of.reach()
    plan = choose_sites(of.asked, inputs, reach)
    return {s.result.target.id: s for s in shortcomings(plan, inputs, reach)}


def reasons(shortcoming):
    return [(reason.kind, reason.other) for reason in shortcoming.reasons]


def test_nothing_is_said_of_targets_that_are_met():
    assert not short(target("per_thousand", id="density", required=10.0, hard=False))


def test_a_budget_stands_in_the_way():
    # 1,350 people at 30 per thousand are 40.5 places; 30 are within the budget.
    found = short(target("per_thousand", id="density", required=30.0, hard=False), budget)
    density = found["density"]
    assert (density.missing, density.unit) == (pytest.approx(10.5), "places")
    assert reasons(density) == [("other", "money_2025")]
    assert "若没有“money（2025年）投资不超过4.0万元”" in density.reasons[0].note.zh


def test_children_out_of_reach_are_told_apart():
    found = short(target("population_coverage", id="near", required=1.0, hard=False))["near"]
    assert (found.missing, found.unit) == (pytest.approx(50.0), "children")
    assert [reason.kind for reason in found.reasons] == ["arithmetic", "barred", "unreachable"]
    barred, nobody = found.reasons[1:]
    assert "30名婴幼儿只有已排除的候选载体可达（Z1）" in barred.note.zh
    assert "20 under-3s reach no candidate at all (Z1)" in nobody.note.en


def test_townships_without_a_candidate_are_named_with_the_barred():
    hosts = {name: town.hosts[name] for name in "abd"}
    unsafe = {**hosts, "d": {"safety": False}}
    late = {**hosts, "d": {"from_year": 2030.0}}
    for changed, words in ((hosts, "excluded"), (unsafe, "not safe"), (late, "a later year")):
        found = short(
            target("township_coverage", id="everywhere", required=1.0, hard=False),
            of=replace(town, hosts=changed),
        )["everywhere"]
        assert (found.missing, found.unit, found.places) == (1.0, "townships", ("Z1",))
        assert [reason.kind for reason in found.reasons] == [
            "arithmetic",
            "no_candidate",
            "barred",
        ]
        assert found.reasons[2].places == ("d",)
        assert words in found.reasons[2].note.en


def test_a_target_of_higher_priority_stands_in_the_way():
    # At most one site: first the people of a and b are covered, so no site is left for Z1.
    found = short(
        target("population_coverage", id="near", required=0.6, hard=False),
        target("township_coverage", id="everywhere", required=1.0, hard=False, priority=2),
        target("tier_count", id="one", at_most=1, tiers=("institution",)),
    )
    assert set(found) == {"everywhere"}
    assert reasons(found["everywhere"]) == [("other", "one_2025")]


def test_a_target_of_later_priority_never_does():
    found = short(
        target("per_thousand", id="density", required=90.0, hard=False, priority=1),
        target("budget", id="money", required=1_000.0, hard=False, priority=2),
    )
    assert found["density"].reasons[0].kind == "arithmetic"
    assert found["money"].reasons[0].other == "density_2025"


def test_the_fill_cannot_be_met_with_so_many_places():
    # 120 people are 40 under-3s, 13 of whom want a place; the density asks for 20 places.
    small = Town("a--b", {"a": 90, "b": 30}, hosts={"a": {}})
    found = short(
        target("per_thousand", id="density", required=100.0, hard=False),
        target("fill", id="filled", required=0.95, hard=False, priority=2),
        of=small,
    )
    filled = found["filled"]
    assert "fill_ceiling" in [reason.kind for reason in filled.reasons]
    assert ("other", "density_2025") in reasons(filled)


def test_several_together_stand_in_the_way():
    # Without either of two equal budgets the other still forbids the places.
    found = short(
        target("per_thousand", id="density", required=30.0, hard=False),
        budget,
        target("budget", id="grant", required=40_000.0, since="base_year"),
    )
    assert reasons(found["density"]) == [("several", "")]


def test_hosts_themselves_do_not_allow_it():
    # The candidates of the two townships exclude one another.
    grouped = {"a": {"exclusive_group": "G"}, "d": {"exclusive_group": "G"}}
    found = short(
        target("township_coverage", id="everywhere", required=1.0, hard=False),
        of=replace(town, hosts=grouped),
    )
    assert reasons(found["everywhere"]) == [("hosts", "")]


def test_without_time_it_is_undecided():
    asked = scenario(
        targets=(target("per_thousand", id="density", required=30.0, hard=False), budget)
    )
    of = replace(town, asked=asked)
    inputs, reach = of.inputs(), of.reach()
    plan = choose_sites(asked, inputs, reach)
    (found,) = shortcomings(plan, inputs, reach, time_limit_s=0.0)
    assert [reason.kind for reason in found.reasons] == ["undecided"]


def test_no_plan_has_no_shortcomings():
    asked = scenario(targets=(target("per_thousand", required=99.0),))
    of = replace(town, asked=asked)
    inputs, reach = of.inputs(), of.reach()
    plan = choose_sites(asked, inputs, reach)
    with pytest.raises(NoPlanError):
        shortcomings(plan, inputs, reach)


def test_sites_of_each_zone_are_told_as_a_share_of_zones():
    # Of the two townships, a and b give one its two sites; d is excluded in the other.
    two = target("zone_count", id="each", at_least=2, tiers=("institution",), hard=False)
    found = short(two)["each"]
    assert (found.missing, found.unit) == (1.0, "zones")
    assert "achieved 50.00%, 1 zones missing" in found.note.en
    assert "实际50.00%" in found.note.zh


def planned_where(monkeypatch, exists, *, budget_twice=True):
    """Tell why the density falls short where tests of feasibility end as given."""
    asked = scenario(
        targets=(
            target("per_thousand", id="density", required=30.0, hard=False),
            budget,
            *([target("budget", id="grant", required=40_000.0, since="base_year")] * budget_twice),
        )
    )
    of = replace(town, asked=asked)
    inputs, reach = of.inputs(), of.reach()
    plan = choose_sites(asked, inputs, reach)
    monkeypatch.setattr(Feasibility, "plan_exists", lambda _, left_out, __: exists(left_out))
    return plan, inputs, reach


def test_several_together_may_be_undecided(monkeypatch):
    # No single target stands in the way; of all together it is not decided.
    study = planned_where(monkeypatch, lambda left_out: None if len(left_out) > 1 else False)
    (found,) = shortcomings(*study)
    assert reasons(found) == [("undecided", "")]
    assert "未能判定" in found.reasons[0].note.zh


@pytest.mark.parametrize(("exists", "kind"), [(True, "unfinished"), (None, "undecided")])
def test_a_plan_that_is_not_proven_best_blames_nobody(monkeypatch, exists, kind):
    plan, inputs, reach = planned_where(monkeypatch, lambda _: exists, budget_twice=False)
    cut_off = tuple(
        replace(stage, status=Status.FEASIBLE, bound=None, gap=None) for stage in plan.stages
    )
    (found,) = shortcomings(replace(plan, stages=cut_off), inputs, reach)
    assert reasons(found) == [(kind, "")]
