"""Repairs of clashes on drawn towns, verified by applying them and planning again."""

from dataclasses import replace

import pytest

from drawn_town import Town, scenario, target
from siting.clashes import explain, explanation_lines
from siting.clashes.leaving_out import Feasibility
from siting.clashes.minutes import steps_minutes
from siting.plan import choose_sites
from siting.reach import measure_reach

known = {}


def explained(town, time_limit_s=60.0, *, streets=True):
    """Explain a town; the same towns are explained once for all tests."""
    key = (id(town), time_limit_s, streets)
    if key not in known:
        known[key] = (town, _explained(town, time_limit_s, streets=streets))
    return known[key][1]


def _explained(town, time_limit_s, *, streets):
    network = town.network() if streets else None
    return explain(town.asked, town.inputs(), town.reach(), network, time_limit_s)


def of_kind(explanation, kind):
    return [repair for repair in explanation.repairs if repair.kind == kind]


def plan_with(town, key, **changes):
    """Plan again with a target changed by hand."""
    targets = tuple(t.model_copy(update=changes) if t.key == key else t for t in town.asked.targets)
    asked = town.asked.model_copy(update={"targets": targets, "objectives": ("cost",)})
    return choose_sites(asked, town.inputs(), town.reach())


def assert_repaired(repair):
    """Plan again with scenario and tables of a repair."""
    study = repair.study
    plan = choose_sites(study.scenario, study.inputs, study.reach)
    assert plan.status == "optimal"
    assert all(result.met for result in plan.targets if result.target.hard)
    assert plan.costs["capital_cny"].sum() == pytest.approx(repair.cost_cny)


dear = Town(
    # 1,200 people at 30 per thousand are 36 places: two mixed classes of 18, 46,000. The budget
    # buys two small classes, 30 places.
    "a--b",
    {"a": 900, "b": 300},
    hosts={"a": {"max_classes": 2}},
    asked=scenario(
        targets=(
            target("per_thousand", id="density", required=30.0),
            target("budget", id="money", required=40_000.0),
        )
    ),
)


def test_more_money_is_exactly_what_is_missing():
    explanation = explained(dear)
    assert explanation.clash.ids == {"density_2025", "money_2025"}
    (money,) = of_kind(explanation, "money")
    assert (money.before, money.after) == (40_000.0, 46_000.0)
    assert money.nearest == pytest.approx(46_000.0, rel=1e-4)
    assert money.status == "optimal"
    assert_repaired(money)
    assert plan_with(dear, "money_2025", required=46_000.0).status == "optimal"
    assert plan_with(dear, "money_2025", required=45_900.0).status == "infeasible"
    assert "由4.0万元提高到4.6万元（多0.6万元）" in money.note.zh


def test_a_lower_target_is_the_nearest_that_fits():
    # 40,000 buy 30 places: 25 per thousand.
    (lower,) = of_kind(explained(dear), "target")
    assert (lower.before, lower.after) == (30.0, 25.0)
    assert_repaired(lower)
    assert plan_with(dear, "density_2025", required=25.0).status == "optimal"
    assert plan_with(dear, "density_2025", required=25.1).status == "infeasible"


def test_the_cheapest_repair_comes_first():
    repairs = explained(dear).repairs
    costs = [repair.cost_cny for repair in repairs if repair.complete]
    assert costs == sorted(costs)
    assert repairs[0].kind == "target"


def test_a_decision_given_up():
    town = Town(
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
    (decision,) = of_kind(explained(town), "decision")
    assert decision.changed == "decision:cc"
    assert_repaired(decision)
    free = replace(town, hosts={**town.hosts, "c": {"fixed_cost_cny": 90_000.0}})
    assert choose_sites(free.asked, free.inputs(), free.reach()).status == "optimal"


nowhere_in_z1 = Town(
    "a--b--------c--d",
    {"a": 300, "b": 300, "c": 300, "d": 30},
    hosts={"a": {}, "b": {}},
    borders=(7.5,),
    asked=scenario(
        targets=(
            target("township_coverage", id="everywhere", required=1.0),
            target("budget", id="money", required=60_000.0),
        )
    ),
)


def test_one_more_candidate_where_the_people_are():
    explanation = explained(nowhere_in_z1)
    assert explanation.clash.ids == {"everywhere_2025"}
    (candidate,) = of_kind(explanation, "candidate")
    assert candidate.complete
    new = candidate.plan.sites.set_index("site_id").loc["new-1"]
    assert (new["township"], new["action"]) == ("Z1", "open")
    assert_repaired(candidate)
    # The middle of 300 people at c and 30 at d is nearest to c; by hand:
    placed = replace(nowhere_in_z1, hosts={"a": {}, "b": {}, "c": {}})
    plan = choose_sites(placed.asked, placed.inputs(), placed.reach())
    assert plan.costs["capital_cny"].sum() == pytest.approx(candidate.cost_cny)
    new_site = candidate.study.inputs.sites.set_index("site_id").loc["new-1"]
    assert (new_site["x"], new_site["y"]) == tuple(placed.at["c"])


def test_without_streets_nothing_is_guessed():
    explanation = explained(nowhere_in_z1, streets=False)
    assert not of_kind(explanation, "candidate")
    assert any("没有路网" in note.zh for note in explanation.notes)


far_cell = Town(
    # c is 500 s from b, the nearest host; the limit is 300 s.
    "a--b----c",
    {"a": 300, "b": 300, "c": 300},
    hosts={"b": {}},
    asked=scenario(targets=(target("population_coverage", id="near", required=1.0),)),
)


def test_more_minutes_by_the_smallest_step():
    explanation = explained(far_cell)
    assert explanation.clash.ids == {"near_2025"}
    (minutes,) = of_kind(explanation, "minutes")
    assert (minutes.before, minutes.after) == (5.0, 10.0)
    assert_repaired(minutes)
    for step in steps_minutes[: steps_minutes.index(5)]:
        tier = far_cell.asked.tiers["institution"].model_copy(update={"limit_minutes": 5.0 + step})
        asked = far_cell.asked.model_copy(
            update={"tiers": {**far_cell.asked.tiers, "institution": tier}}
        )
        inputs = far_cell.inputs()
        reach = measure_reach(asked, far_cell.network(), inputs)
        assert choose_sites(asked, inputs, reach).status == "infeasible"


def test_a_new_candidate_for_children_out_of_reach():
    (candidate,) = of_kind(explained(far_cell), "candidate")
    assert candidate.complete
    assert_repaired(candidate)
    # Within 300 s of c are c and the streets around it; of the cells only c is out of reach.
    new = candidate.study.inputs.sites.set_index("site_id").loc[candidate.changed]
    assert (new["x"], new["y"]) == tuple(far_cell.at["c"])


def test_coverage_lowered_to_what_is_reached():
    (lower,) = of_kind(explained(far_cell), "target")
    assert lower.after == pytest.approx(0.6666)
    assert lower.nearest == pytest.approx(2 / 3, rel=1e-4)
    assert_repaired(lower)


def test_an_inclusive_share_lowered_by_halving():
    # 20 places of today are not inclusive, and a new class of 20 is all that fits: one half.
    town = Town(
        "a--b",
        {"a": 300, "b": 30},
        hosts={"b": {}},
        facilities={"a": {"large_classes": 1, "inclusive": False}},
        asked=scenario(targets=(target("inclusive_share", id="inclusive", required=0.6),)),
    )
    (lower,) = of_kind(explained(town), "target")
    assert (lower.after, lower.nearest) == (0.5, 0.501)
    assert_repaired(lower)


def test_a_candidate_that_is_not_enough_says_what_it_closes():
    # Two townships lack a site; one new candidate closes one of three.
    town = Town(
        "a--b--c",
        {"a": 300, "b": 300, "c": 300},
        hosts={"a": {}},
        borders=(1.5, 4.5),
        asked=scenario(targets=(target("township_coverage", id="everywhere", required=1.0),)),
    )
    (candidate,) = of_kind(explained(town), "candidate")
    assert not candidate.complete
    assert candidate.short == pytest.approx(1 / 3)
    assert "everywhere仍不能达到，缺口由66.7%减到33.3%" in candidate.note.zh
    (lower,) = of_kind(explained(town), "target")
    assert lower.after == pytest.approx(1 / 3)


def test_several_clashes_are_lowered_together():
    town = replace(
        nowhere_in_z1,
        asked=scenario(
            targets=(
                target("township_coverage", id="everywhere", required=1.0),
                target("per_thousand", id="density", required=90.0),
            )
        ),
    )
    explanation = explained(town)
    assert [c.ids for c in (explanation.clash, *explanation.further)] == [
        {"everywhere_2025"},
        {"density_2025"},
    ]
    (together,) = of_kind(explanation, "targets")
    assert "everywhere（2025年）由100.00%到50.00%" in together.note.zh
    assert together.plan.status == "optimal"


def test_what_was_not_tried_is_said():
    explanation = explained(dear, time_limit_s=1e-9)
    assert explanation.repairs == ()
    assert explanation.notes


def test_lines_for_the_terminal():
    lines = explanation_lines(explained(dear), "zh")
    assert lines[0] == "以下要求不能同时满足（去掉其中任何一项即可）："
    assert lines[1].endswith("［drawn］")
    assert any(line.startswith("  1. 降低目标：density（2025年）") for line in lines)
    english = explanation_lines(explained(dear), "en")
    assert english[0] == "These cannot be met together (leaving out any one resolves it):"


@pytest.fixture
def undecided(monkeypatch):
    """Let tests of feasibility run out of time where a rule says so."""

    def where(rule):
        decide = Feasibility.plan_exists

        def plan_exists(self, left_out, time_limit_s):
            if rule(self.problem, set(left_out)):
                return None
            return decide(self, left_out, time_limit_s)

        monkeypatch.setattr(Feasibility, "plan_exists", plan_exists)

    return where


def test_further_clashes_that_were_not_decided_are_told(undecided):
    assert not any("more requirements" in note.en for note in explained(dear).notes)
    undecided(lambda _, left_out: {"density_2025", "money_2025"} <= left_out)
    explanation = _explained(dear, 60.0, streets=False)
    assert explanation.clash.ids == {"density_2025", "money_2025"}
    assert "是否还有其他要求相互冲突，未能判定" in [note.zh for note in explanation.notes]
    assert "undecided whether more requirements clash" in [note.en for note in explanation.notes]


def test_a_plan_that_exists_and_one_that_was_not_sought_are_told_apart():
    met = replace(dear, asked=scenario())
    for time_limit_s, words in ((60.0, "a plan exists"), (1e-9, "a plan may exist")):
        (note,) = _explained(met, time_limit_s, streets=False).notes
        assert words in note.en


def test_shares_that_were_not_decided_are_told(undecided):
    # As in the town above one half is the most; between it and 0.525 no test is decided.
    town = Town(
        "a--b",
        {"a": 300, "b": 30},
        hosts={"b": {}},
        facilities={"a": {"large_classes": 1, "inclusive": False}},
        asked=scenario(targets=(target("inclusive_share", id="inclusive", required=0.6),)),
    )
    undecided(lambda problem, _: any(0.5 < t.required < 0.525 for t in problem.scenario.targets))
    (lower,) = of_kind(_explained(town, 60.0, streets=False), "target")
    assert lower.after == 0.5
    assert "已证明高于52.50%没有方案，50.00%至52.50%之间未能判定" in lower.note.zh
    assert "no plan above 52.50%, undecided between 50.00% and 52.50%" in lower.note.en
    undecided(lambda problem, _: any(0.5 < t.required < 0.6 for t in problem.scenario.targets))
    (lower,) = of_kind(_explained(town, 60.0, streets=False), "target")
    assert "，50.00%至60.00%之间未能判定" in lower.note.zh
    assert "已证明高于" not in lower.note.zh
    assert ", undecided between 50.00% and 60.00%" in lower.note.en
    assert "no plan" not in lower.note.en


def test_minutes_that_were_not_decided_are_told(undecided):
    undecided(lambda problem, _: problem.scenario.tiers["institution"].limit_minutes in (6.0, 7.0))
    (minutes,) = of_kind(_explained(far_cell, 60.0, streets=True), "minutes")
    assert minutes.after == 10.0
    assert "其中+1、2分钟未能判定" in minutes.note.zh
    assert "undecided: +1, 2" in minutes.note.en


def test_a_candidate_of_which_it_was_not_decided_whether_it_is_enough(undecided):
    town = Town(
        "a--b--c",
        {"a": 300, "b": 300, "c": 300},
        hosts={"a": {}},
        borders=(1.5, 4.5),
        asked=scenario(targets=(target("township_coverage", id="everywhere", required=1.0),)),
    )
    undecided(lambda problem, _: len(problem.sites.tier) > 1)
    (candidate,) = of_kind(_explained(town, 60.0, streets=True), "candidate")
    assert "仅此一处够不够未能判定，everywhere仍不能达到" in candidate.note.zh
    assert "undecided whether it is enough by itself" in candidate.note.en
    assert "not enough" not in candidate.note.en
