"""What the page, the workbook and the report say of a proof, stage by stage."""

from dataclasses import replace

import pytest

from reviewed_town import parts, town
from siting.notes import written_gap
from siting.review.proof import proof_sentences
from siting.solver import Status


@pytest.fixture(scope="module")
def drawn():
    return parts(town()).plan


def reached(plan, status, *stages, late=False, checked=None):
    """Return a plan of which each stage is ``name, status, objective, bound, gap``."""
    (one, *_) = plan.stages
    told = [
        replace(
            one,
            name=name,
            status=claim,
            objective=value,
            bound=bound,
            gap=gap,
            timed_out=late,
            checked_bound=checked,
        )
        for name, claim, value, bound, gap in stages
    ]
    return replace(plan, status=status, stages=tuple(told))


shortfall = ("shortfall-1", Status.OPTIMAL, 0.01, 0.01, 0.0)
cost = ("cost", Status.WITHIN_GAP, 5462.9, 5459.7, 0.00058577)
served = ("served", Status.WITHIN_GAP, 4406.1, 4436.9, 0.006982)


def test_each_stage_tells_its_own_gap_rounded_up(drawn):
    plan = reached(drawn, Status.WITHIN_GAP, shortfall, cost, served)
    assert proof_sentences(plan, "zh") == [
        "已证明：投资与理论最优相差不超过0.06%，新增入托婴幼儿与理论最优相差不超过0.70%，"
        "其余阶段均为最优。",
        "要同样程度地达到目标，任何方案至少花5,459.7万元；本方案花5,462.9万元。",
    ]
    assert proof_sentences(plan, "en")[0] == (
        "Proven: cost within 0.06% of the best there could be, additional children served within "
        "0.70% of the best there could be, every other stage optimal."
    )


def test_a_floor_without_the_search_is_told_where_it_is_another(drawn):
    same, lower = (reached(drawn, Status.WITHIN_GAP, cost, checked=c) for c in (5459.7, 5321.49))
    assert proof_sentences(same, "zh")[-1] == (
        "这个下限不凭求解器的搜索，由线性松弛的价格逐行核算得出。"
    )
    assert proof_sentences(lower, "zh")[-1] == (
        "不凭求解器的搜索，由线性松弛的价格逐行核算，至少花5,321.4万元；两个下限之间以求解器为准。"
    )
    assert "CNY 53.214 million is reckoned row by row" in proof_sentences(lower, "en")[-1]


def test_nothing_is_called_optimal_where_no_stage_is(drawn):
    (statement, _) = proof_sentences(reached(drawn, Status.WITHIN_GAP, cost), "zh")
    assert statement == "已证明：投资与理论最优相差不超过0.06%。"


def test_a_stage_without_a_bound_is_named(drawn):
    lost = ("served", Status.FEASIBLE, 4406.1, None, None)
    asked = drawn.scenario.solver.model_copy(update={"gap": 0.001})
    plan = reached(drawn, Status.FEASIBLE, shortfall, cost, lost, late=True)
    plan = replace(plan, scenario=plan.scenario.model_copy(update={"solver": asked}))
    statement, *_, last = proof_sentences(plan, "zh")
    assert statement == (
        "方案可行，但未证明最优（要求差距不超过0.10%）：投资与理论最优相差不超过0.06%，"
        "新增入托婴幼儿尚无可用的界，其余阶段均为最优。"
    )
    assert "再次计算可能得到不同的方案" in last


@pytest.mark.parametrize(
    ("gap", "told"), [(3e-9, "0.01%"), (0.0007, "0.07%"), (0.00991, "1.0%"), (0.0301, "3.1%")]
)
def test_a_gap_is_never_told_smaller_than_proven(drawn, gap, told):
    plan = reached(drawn, Status.WITHIN_GAP, ("cost", Status.WITHIN_GAP, 10.0, 9.0, gap))
    assert f"不超过{told}" in proof_sentences(plan, "zh")[0]


def test_a_cost_is_called_least_only_where_it_is_proven_best(drawn):
    near = ("cost", Status.WITHIN_GAP, 10_941.2, 10_941.199, 1e-7)
    assert (
        "任何方案至少花10,941.1万元；本方案花10,941.2万元"
        in proof_sentences(reached(drawn, Status.WITHIN_GAP, near), "zh")[1]
    )
    best = ("cost", Status.OPTIMAL, 10_941.2, 10_941.199, 0.0)
    plan = reached(drawn, Status.OPTIMAL, best, checked=10_941.1999999)
    _, told, floor = proof_sentences(plan, "zh")
    assert "没有更省的方案：已证明至少花10,941.2万元" in told
    assert floor.startswith("这个下限不凭求解器的搜索")


@pytest.mark.parametrize(("value", "told"), [(5500.85, "5,500.9"), (5500.84999, "5,500.8")])
def test_half_a_digit_of_the_cost_is_rounded_up(drawn, value, told):
    plan = reached(drawn, Status.WITHIN_GAP, ("cost", Status.WITHIN_GAP, value, 5400.0, 0.02))
    assert f"本方案花{told}万元" in proof_sentences(plan, "zh")[1]


def test_gaps_that_rest_on_the_search_are_told_without_it(drawn):
    plan = reached(drawn, Status.WITHIN_GAP, served, checked=4500.0)
    # (4500 - 4406.1) / 4406.1 is 2.13 %.
    assert proof_sentences(plan, "zh")[-1] == (
        "不凭求解器的搜索所能证明的：新增入托婴幼儿相差不超过2.2%。"
    )
    assert proof_sentences(plan, "en")[-1] == (
        "What is proven without the solver's search: additional children served within 2.2%."
    )
    exact = reached(drawn, Status.OPTIMAL, shortfall, checked=0.01)
    assert len(proof_sentences(exact, "zh")) == 1


@pytest.mark.parametrize(
    ("gap", "told"),
    [(0.0, "0%"), (1e-9, "0.01%"), (0.00752, "0.76%"), (0.0076, "0.76%"), (0.0123, "1.3%")],
)
def test_a_gap_is_rounded_up(gap, told):
    assert written_gap(gap) == told
