"""Further plans, prices and plans for several trends, by hand and against every plan."""

from dataclasses import replace

import numpy as np
import pytest

from brute_targets import Verdict
from drawn_town import Town, scenario, target
from every_plan import acts, allowed, case, is_doubtful, least, margin, missed
from siting.alternatives import near_optimal, price, prices, robustness
from siting.alternatives.figures import at_figure, with_target
from siting.alternatives.rows import choice_of
from siting.errors import NoPlanError, ScenarioError
from siting.plan import check_plan, choose_sites, measure_today
from siting.solver import Status

seeds = (5, 17, 19, 29)
steps = {"per_thousand": 8.0, "tier_count": 1.0}


def street(**changes):
    """Return a street with a host at each of four corners: b is cheapest, then c, d, e.

    Opening costs 1, 2, 3 and 4 万元, and each of 15 places 0.1 万元; 120 of 360 people are
    under three.
    """
    changes = {"targets": (target("tier_count", at_least=2, tiers=("institution",)),), **changes}
    return Town(
        "a--b--c--d--e",
        dict.fromkeys("bcde", 90.0),
        hosts={mark: {"fixed_cost_cny": 10_000.0 * (n + 1)} for n, mark in enumerate("bcde")},
        asked=scenario(**changes),
    )


def planned(town):
    inputs, reach = town.inputs(), town.reach()
    return town.asked, inputs, reach, choose_sites(town.asked, inputs, reach)


def ids(alternative):
    return alternative.comes_in, alternative.goes_out


def test_the_next_best_plans_in_order():
    # A class of 15 costs 1.5: b and c cost 6, then b and d 7, then c and d or b and e 8.
    asked, inputs, reach, plan = planned(street())
    assert plan.objective_stage.objective == pytest.approx(6.0)
    found = near_optimal(asked, inputs, reach, plan, count=3, differ=2, within=0.5).found
    assert ids(found[0]) == (("cd",), ("cc",))
    assert [one.value for one in found] == pytest.approx([7.0, 8.0, 8.0])
    assert {ids(one) for one in found[1:]} == {(("cd",), ("cb",)), (("ce",), ("cc",))}
    assert [one.status for one in found] == [Status.OPTIMAL] * 3
    assert "增加d；减少c" in found[0].note.zh
    assert "+16.67%" in found[0].note.en
    for one in found:
        check_plan(one.plan, inputs, reach)


def test_an_alternative_is_not_called_the_best_plan():
    asked, inputs, reach, plan = planned(street())
    (one,) = near_optimal(asked, inputs, reach, plan, count=1, differ=1, within=0.5).found
    assert one.gap == pytest.approx(0.0)
    assert one.plan.status is Status.FEASIBLE
    assert one.plan.gap == pytest.approx(1 / 7)
    assert one.plan.objective_stage.bound == pytest.approx(6.0)


def test_more_sites_differ():
    asked, inputs, reach, plan = planned(street())
    found = near_optimal(asked, inputs, reach, plan, count=2, differ=4, within=1.0)
    assert [ids(one) for one in found.found] == [(("cd", "ce"), ("cb", "cc"))]
    assert found.found[0].value == pytest.approx(10.0)
    assert found.ended is Status.INFEASIBLE
    assert "已证明没有更多" in found.note.zh


def test_no_plan_is_near_enough():
    asked, inputs, reach, plan = planned(street())
    found = near_optimal(asked, inputs, reach, plan, differ=2, within=0.1)
    assert found.found == ()
    assert found.ended is Status.INFEASIBLE


def test_time_that_runs_out_proves_nothing():
    asked, inputs, reach, plan = planned(street())
    found = near_optimal(asked, inputs, reach, plan, differ=2, within=0.5, time_limit_s=0.0)
    assert len(found.found) < 3
    assert found.ended is Status.NO_PLAN
    assert "未证明" in found.note.zh


def test_where_there_is_no_plan_there_is_no_other():
    town = street(targets=(target("tier_count", at_least=9, tiers=("institution",)),))
    asked, inputs, reach, plan = planned(town)
    with pytest.raises(NoPlanError):
        near_optimal(asked, inputs, reach, plan)


def test_coverage_may_be_given_up_where_cost_is_not_settled():
    budget = target("budget", required=45_000.0)
    town = street(targets=(budget,), objectives=("coverage",))
    town = replace(town, people={"b": 90.0, "c": 90.0, "d": 90.0, "e": 60.0})
    asked, inputs, reach, plan = planned(town)
    (stage,) = plan.stages
    found = near_optimal(asked, inputs, reach, plan, count=1, differ=1, within=0.5).found
    assert stage.name == "coverage"
    assert 0.5 * stage.objective <= found[0].value <= stage.objective


def differ(reckoning, plan):
    return (acts(reckoning) != acts(reckoning)[plan]).sum(axis=1)


@pytest.mark.parametrize("seed", seeds)
def test_alternatives_are_the_best_of_all_plans_that_differ(seed):
    found = case(seed)
    if found is None:
        return
    asked, inputs, reach, plan, reckoning = found
    verdict = Verdict(reckoning, asked)
    number = number_of(reckoning, plan)
    short = missed(verdict)
    kept = allowed(verdict)
    most = 1.3 * verdict.cost[number]
    doubt = is_doubtful(verdict) or (np.abs(verdict.cost - most) < margin).any()
    for of_plan in short.values():
        kept &= of_plan <= of_plan[number] + 1e-6
        doubt |= bool(
            (np.abs(of_plan - of_plan[number] - 1e-6) < 1e-6 + margin)[
                of_plan != of_plan[number]
            ].any()
        )
    kept &= verdict.cost <= most + 1e-6
    answer = near_optimal(asked, inputs, reach, plan, count=2, differ=2, within=0.3)
    chosen = [number]
    for one in answer.found:
        for other in chosen:
            kept &= differ(reckoning, other) >= 2
        chosen.append(number_of(reckoning, one.plan))
        assert kept[chosen[-1]] or doubt
        assert one.value == pytest.approx(least(verdict.cost, kept), abs=1e-5) or doubt
        assert one.status is Status.OPTIMAL
    if len(answer.found) < 2:
        kept &= differ(reckoning, chosen[-1]) >= 2
        assert answer.ended is Status.INFEASIBLE
        assert not kept.any() or doubt


def number_of(reckoning, plan):
    choice = choice_of(plan)
    return reckoning.number_of(choice.is_open, choice.classes)


def test_the_price_of_one_more_site():
    asked, inputs, reach, plan = planned(street())
    told = price(asked, inputs, reach, plan, "tier_count")
    # d opens for 3 and its class costs 1.5.
    assert (told.low_cny, told.high_cny) == pytest.approx((45_000.0, 45_000.0))
    assert (told.figure, told.raised) == (2, 3)
    assert told.plan.targets[0].achieved == 3
    assert "45" in told.note.en or "4.5" in told.note.en


def test_no_price_where_it_is_proven_impossible():
    asked, inputs, reach, plan = planned(street())
    told = price(asked, inputs, reach, plan, "tier_count", step=3)
    assert told.status is Status.INFEASIBLE
    assert (told.high_cny, told.plan) == (None, None)
    assert "已证明无法达到" in told.note.zh


def test_no_price_beyond_everybody():
    town = street(targets=(target("township_coverage", required=1.0),))
    asked, inputs, reach, plan = planned(town)
    told = price(asked, inputs, reach, plan, "township_coverage")
    assert told.status is Status.INFEASIBLE
    assert "all there is" in told.note.en


def test_money_is_loosened_and_saves():
    # One site at most: b. Two at most for the same places cost more, so nothing is saved.
    count = target("tier_count", at_most=1, tiers=("institution",))
    dense = target("per_thousand", required=40.0)
    asked, inputs, reach, plan = planned(street(targets=(count, dense)))
    told = price(asked, inputs, reach, plan, "tier_count")
    assert (told.low_cny, told.high_cny) == pytest.approx((0.0, 0.0))
    assert "saves" in told.note.en


def test_prices_of_all_targets_of_the_last_year():
    asked, inputs, reach, plan = planned(street())
    (told,) = prices(asked, inputs, reach, plan)
    alone = price(asked, inputs, reach, plan, "tier_count")
    assert (told.low_cny, told.high_cny) == (alone.low_cny, alone.high_cny)


def test_the_cost_now_is_sought_where_cost_is_not_settled_first():
    asked, inputs, reach, plan = planned(street(objectives=("served", "cost")))
    told = price(asked, inputs, reach, plan, "tier_count")
    assert plan.objective_stage.objective > 6.0
    assert (told.low_cny, told.high_cny) == pytest.approx((45_000.0, 45_000.0))


def test_an_unknown_target_has_no_price():
    asked, inputs, reach, plan = planned(street())
    with pytest.raises(ScenarioError, match="no target 'X'"):
        price(asked, inputs, reach, plan, "X")


@pytest.mark.parametrize("seed", seeds)
def test_prices_hold_the_true_price(seed):
    found = case(seed)
    if found is None:
        return
    asked, inputs, reach, plan, reckoning = found
    before = Verdict(reckoning, asked)
    number = number_of(reckoning, plan)
    for each in asked.targets:
        step = steps.get(each.kind, 0.1)
        one = price(asked, inputs, reach, plan, each.id, step=step)
        costs = [kept_cost(before, number, each, figure) for figure in (one.figure, one.raised)]
        if "doubtful" in costs:
            continue
        first, second = costs
        assert (second is None) == (one.status is Status.INFEASIBLE)
        if first is not None and second is not None:
            true = (second - first) * 10_000
            assert one.low_cny - 1 <= true <= one.high_cny + 1


def kept_cost(before, number, each, figure):
    """Return the least cost with a target hard at a figure and no more missed elsewhere."""
    raised = at_figure(each, figure)
    if raised is None and figure > 0:
        return None
    verdict = Verdict(before.all, with_target(before.asked, each.key, raised, "cost"))
    kept = allowed(verdict)
    doubt = is_doubtful(verdict)
    was = missed(before, without=each.key)
    for priority, short in missed(verdict, without=each.key).items():
        most = was[priority][number]
        kept &= short <= most + 1e-6
        doubt |= bool(((short > most + 1e-9) & (short < most + margin)).any())
    return "doubtful" if doubt else least(verdict.cost, kept)


def births(**changes):
    """Return children whose number may rise by half."""
    return {
        "under3_share": {2025: 1 / 3},
        "under3_source": "drawn",
        "take_up": {"0-12": 0.0, "12-24": 0.5, "24-36": 0.5},
        "take_up_source": "drawn",
        "trends": {"more": {2025: 1.5}, "fewer": {2025: 0.5}},
        **changes,
    }


def enrolling(**changes):
    """Return a town where 30 of 180 children are to have a place: two small sites, or more.

    60 people of each corner are under three, 10 of each band want a place. A host takes one
    class, of 20 at most, and opening costs 1 万元 and each place 0.1.
    """
    return Town(
        "a-b-c-d",
        dict.fromkeys("abcd", 180.0),
        hosts={mark: {"max_classes": 1} for mark in "abcd"},
        asked=scenario(
            targets=(target("enrolment", required=0.15, tiers=("institution",)),),
            children=births(**changes),
        ),
    )


def test_a_plan_for_more_births_costs_more():
    town = enrolling()
    asked, inputs, reach, plan = planned(town)
    # 36 of 240 children: two mixed classes, 2 + 3.6. With half as many again, 54: three, 3 + 5.4.
    told = robustness(asked, inputs, reach, plan)
    assert told.planned is plan
    assert told.planned_cny == pytest.approx((56_000.0, 56_000.0))
    assert told.robust_cny == pytest.approx((84_000.0, 84_000.0))
    assert told.price_cny == pytest.approx((28_000.0, 28_000.0))
    met = told.fares.set_index(["plan", "trend"])["met"]
    assert met.to_dict() == {
        ("planned", ""): True,
        ("planned", "more"): False,
        ("planned", "fewer"): True,
        ("robust", ""): True,
        ("robust", "more"): True,
        ("robust", "fewer"): True,
    }
    under = told.fares.set_index(["plan", "trend"])["achieved"]
    assert under["planned", "more"] == pytest.approx(36 / 360)
    assert "费用增加2.8万元" in told.note.zh


def test_a_plan_that_holds_already_is_taken_for_robust():
    town = enrolling(hold_under=("more",))
    asked, inputs, reach, plan = planned(town)
    told = robustness(asked, inputs, reach, plan)
    assert told.robust is plan
    assert told.trends == ("more",)
    assert told.price_cny == pytest.approx((28_000.0, 28_000.0))


def test_no_plan_may_hold_under_all_trends():
    town = enrolling(trends={"boom": {2025: 4.0}})
    asked, inputs, reach, plan = planned(town)
    told = robustness(asked, inputs, reach, plan)
    assert told.robust.status is Status.INFEASIBLE
    assert told.robust_cny == (None, None)
    assert set(told.fares["plan"]) == {"planned"}
    assert "已证明没有方案" in told.note.zh


def test_robustness_needs_a_trend():
    town = enrolling(trends={})
    asked, inputs, reach, plan = planned(town)
    with pytest.raises(ScenarioError, match="no trend of births"):
        robustness(asked, inputs, reach, plan)


def test_a_facility_that_could_grow_at_a_fixed_cost_stays_as_it_is():
    facility = {"small_classes": 1, "max_classes": 2, "fixed_cost_cny": 5_000.0}
    town = replace(street(), facilities={"a": facility})
    assert measure_today(town.asked, town.inputs(), town.reach()).area["places"] == 15
