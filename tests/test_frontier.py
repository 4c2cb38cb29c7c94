"""Cost against coverage, by hand and against every plan."""

import re
from pathlib import Path

import numpy as np
import pytest

from brute_targets import Verdict
from drawn_town import Town, scenario, target
from every_plan import allowed, case, is_doubtful, least
from siting.alternatives import coverage_frontier, frontier
from siting.alternatives.figures import at_figure, steps, with_target
from siting.errors import ScenarioError
from siting.plan import choose_sites
from siting.solver import Status

coverage = target("population_coverage", required=0.5, hard=False)


def row_of_houses(*targets, **changes):
    """Return four houses 1 km apart, with 60, 30, 20 and 10 under-3s.

    A host at each opens for 1, 1, 1 and 2 万元, and its class of 15 costs 1.5.
    """
    people = {"a": 180.0, "b": 90.0, "c": 60.0, "d": 30.0}
    hosts = {mark: {"fixed_cost_cny": 20_000.0 if mark == "d" else 10_000.0} for mark in "abcd"}
    asked = scenario(targets=targets or (coverage,), **changes)
    return Town("a---------b---------c---------d", people, hosts=hosts, asked=asked)


def told(town, **more):
    return frontier(town.asked, town.inputs(), town.reach(), **more)


def test_the_cost_of_each_figure():
    table = told(row_of_houses(), figures=[1.0, 0.5, 0.75, 0.9])
    # a alone covers 0.5, with b 0.75, with c 0.92.
    assert table["required"].tolist() == [0.5, 0.75, 0.9, 1.0]
    assert table["achieved"].tolist() == pytest.approx([0.5, 0.75, 11 / 12, 1.0])
    assert table["cost_cny"].tolist() == pytest.approx([25_000, 50_000, 75_000, 110_000])
    assert table["bound_cny"].tolist() == pytest.approx(table["cost_cny"].tolist())
    assert table["status"].tolist() == [Status.OPTIMAL] * 4


def test_even_figures_go_to_the_highest_that_can_be_reached():
    town = row_of_houses()
    town.hosts["d"]["decision"] = "excluded"
    table = told(town, steps=3)
    assert table["required"].tolist() == pytest.approx([0.4583, 0.9166])
    assert table["status"].tolist() == [Status.OPTIMAL] * 2


def test_a_hard_budget_lowers_the_highest_figure():
    town = row_of_houses(coverage, target("budget", required=60_000.0))
    assert told(town, steps=2)["required"].tolist() == [0.75]


def test_figures_beyond_what_can_be_reached():
    town = row_of_houses()
    town.hosts["d"]["decision"] = "excluded"
    table = told(town, figures=[0.5, 0.95, 1.2])
    assert table["status"].tolist() == [Status.OPTIMAL, Status.INFEASIBLE, Status.INFEASIBLE]
    assert table["cost_cny"].isna().tolist() == [False, True, True]


def test_no_figure_without_time():
    table = told(row_of_houses(), figures=[0.5, 0.9], time_limit_s=0.0)
    assert Status.INFEASIBLE not in table["status"].tolist()
    assert (table["gap"].isna() | (table["gap"] >= 0)).all()


@pytest.mark.parametrize(
    ("targets", "name", "expected"),
    [
        ((target("per_thousand", required=1.0),), None, "no target is one of"),
        ((target("budget", required=1.0),), "budget", "is a limit"),
        ((coverage,), "X", "no target 'X'"),
    ],
)
def test_targets_without_a_frontier(targets, name, expected):
    with pytest.raises(ScenarioError, match=expected):
        told(row_of_houses(*targets), target_id=name)


def test_the_coverage_of_each_budget():
    town = row_of_houses()
    budgets = [0.0, 25_000.0, 60_000.0, 110_000.0, 200_000.0]
    table = coverage_frontier(town.asked, town.inputs(), town.reach(), budgets)
    assert table["covered"].tolist() == pytest.approx([0, 60, 90, 120, 120])
    assert table["bound"].tolist() == pytest.approx([0, 60, 90, 120, 120])
    assert table["spent_cny"].tolist() == pytest.approx([0, 25_000, 50_000, 110_000, 110_000])


def test_even_budgets():
    town = row_of_houses()
    table = coverage_frontier(town.asked, town.inputs(), town.reach(), steps=3)
    assert table["budget_cny"].tolist() == pytest.approx([0, 55_000, 110_000])


def test_a_budget_below_what_hard_targets_cost():
    town = row_of_houses(target("tier_count", at_least=1, tiers=("institution",)))
    table = coverage_frontier(town.asked, town.inputs(), town.reach(), [10_000.0, 30_000.0])
    assert table["status"].tolist() == [Status.INFEASIBLE, Status.OPTIMAL]


def test_coverage_needs_tiers_that_count():
    tiers = row_of_houses().asked.model_dump()["tiers"]
    for tier in tiers.values():
        tier["counts_in"] = ("per_thousand",)
    town = row_of_houses(target("per_thousand", required=1.0), tiers=tiers)
    with pytest.raises(ScenarioError, match="no tier counts"):
        coverage_frontier(town.asked, town.inputs(), town.reach())


figures = {
    "per_thousand": [5.0, 20.0, 35.0],
    "tier_count": [1.0, 3.0, 5.0],
}


@pytest.mark.parametrize("seed", [5, 19])
def test_the_frontier_against_every_plan(seed):
    asked, inputs, reach, _, reckoning = case(seed)
    for one in asked.targets:
        told = figures.get(one.kind, [0.05, 0.3, 0.9])
        table = frontier(asked, inputs, reach, one.id, told)
        costs = table["cost_cny"].dropna().to_numpy()
        assert (np.diff(costs) >= -1e-3).all()
        assert (np.diff(table["bound_cny"].dropna()) >= 0).all()
        for row in table.itertuples():
            raised = at_figure(one, row.required)
            verdict = Verdict(reckoning, with_target(asked, one.key, raised, "cost"))
            if is_doubtful(verdict):
                continue
            true = least(verdict.cost, allowed(verdict))
            if true is None:
                assert row.status == Status.INFEASIBLE
            else:
                assert row.status == Status.OPTIMAL
                assert row.cost_cny == pytest.approx(true * 10_000, abs=1)
                assert row.bound_cny <= true * 10_000 + 1
                assert row.achieved >= row.required - 1e-6


def test_the_examples_of_the_page_run(capsys):
    page = (Path(__file__).parents[1] / "docs" / "alternatives.md").read_text(encoding="utf-8")
    trends = {**scenario().children.model_dump(), "trends": {"more": {2025: 1.2}}}
    town = row_of_houses({**coverage, "required": 0.65}, children=trends)
    names = {"scenario": town.asked, "inputs": town.inputs(), "reach": town.reach()}
    names["plan"] = choose_sites(*names.values())
    for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(block, names)  # noqa: S102
    assert names["costs"]["cost_cny"].tolist() == pytest.approx([25_000, 50_000, 75_000])
    assert names["covered"]["covered"].tolist() == pytest.approx([60, 90, 110])
    assert (names["more"].low_cny, names["more"].high_cny) == pytest.approx((25_000, 25_000))
    assert names["ready"].price_cny == pytest.approx((0, 0))
    assert "Alternative 1" in capsys.readouterr().out
    assert [kind for kind in steps if f"`{kind}`" not in page] == []
