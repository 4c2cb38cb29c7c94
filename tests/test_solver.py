"""What the solver says is believed only where it can be shown."""

import numpy as np
import pulp
import pytest

from siting.model import solver
from siting.model.solver import Status, claim, solve, worst

settings = {"gap": 0.0, "time_limit_s": 60.0, "threads": 1, "seed": 0}


def knapsack(items=40, seed=3):
    rng = np.random.default_rng(seed)
    lp = pulp.LpProblem("knapsack", pulp.LpMinimize)
    taken = [lp.add_variable(f"x{i}", cat=pulp.LpBinary) for i in range(items)]
    value, weight = rng.integers(50, 99, items), rng.integers(50, 99, items)
    lp.setObjective(pulp.LpAffineExpression([(x, -float(v)) for x, v in zip(taken, value)]))
    total = pulp.LpAffineExpression([(x, float(w)) for x, w in zip(taken, weight)])
    lp.addConstraint(total <= int(weight.sum()) // 2, "weight")
    return lp


def impossible():
    lp = pulp.LpProblem("impossible", pulp.LpMinimize)
    x = lp.add_variable("x", 0, 1, pulp.LpInteger)
    lp.setObjective(pulp.LpAffineExpression([(x, 1.0)]))
    lp.addConstraint(pulp.LpAffineExpression([(x, 2.0)]) == 1, "half")
    return lp


def test_optimal_is_proven():
    answer = solve(knapsack(), **settings)
    assert answer.status is Status.OPTIMAL
    assert answer.gap <= 1e-6
    assert answer.bound <= answer.objective + 1e-6


def test_infeasible_is_proven():
    answer = solve(impossible(), **settings)
    assert answer.status is Status.INFEASIBLE
    assert answer.values is None


def test_no_time_is_no_plan_and_never_optimal():
    answer = solve(knapsack(200), **{**settings, "time_limit_s": 0.0})
    assert answer.status in (Status.NO_PLAN, Status.FEASIBLE)
    assert answer.timed_out


def test_threads_may_change_within_one_process():
    values = [solve(knapsack(), **{**settings, "threads": n}).objective for n in (1, 2, 1)]
    assert values[0] == values[1] == values[2]


def test_a_start_is_taken_up():
    lp = knapsack(200)
    best = solve(lp, **settings)
    again = solve(lp, **{**settings, "time_limit_s": 0.0}, start=best.values)
    assert again.timed_out
    assert again.objective == pytest.approx(best.objective)
    assert again.status is Status.FEASIBLE


def test_maximisation_is_refused():
    with pytest.raises(ValueError, match="minimise"):
        solve(pulp.LpProblem("up", pulp.LpMaximize), **settings)


@pytest.mark.parametrize(
    ("value", "bound", "asked", "status"),
    [
        (100.0, 100.0, 0.0, Status.OPTIMAL),
        (100.0, 99.5, 0.01, Status.WITHIN_GAP),
        (100.0, 98.0, 0.01, Status.FEASIBLE),
        (100.0, None, 0.01, Status.FEASIBLE),
        (100.0, 120.0, 0.01, Status.FEASIBLE),
        (0.0, -0.5, 0.01, Status.FEASIBLE),
    ],
)
def test_claims(value, bound, asked, status):
    assert claim(value, bound, asked)[0] is status


def test_a_bound_above_the_plan_is_no_proof():
    assert claim(100.0, 120.0, 0.01)[1] is None


def test_the_weakest_claim_counts():
    assert worst([Status.OPTIMAL, Status.WITHIN_GAP]) is Status.WITHIN_GAP
    assert worst([Status.FEASIBLE, Status.INFEASIBLE]) is Status.INFEASIBLE


class Liar:
    """A solver that calls a vector of zeros the optimal solution."""

    def __init__(self, highs):
        self.highs = highs

    def __getattr__(self, name):
        return getattr(self.highs, name)

    def getSolution(self):  # noqa: N802  (HiGHS's name)
        truth = self.highs.getSolution()

        class Zeros:
            value_valid = True
            col_value = tuple(0.0 for _ in truth.col_value)

        return Zeros()


def test_zeros_called_optimal_are_caught(monkeypatch):
    lp = pulp.LpProblem("cover", pulp.LpMinimize)
    x = lp.add_variable("x", 0, 5, pulp.LpInteger)
    lp.setObjective(pulp.LpAffineExpression([(x, 1.0)]))
    lp.addConstraint(pulp.LpAffineExpression([(x, 1.0)]) >= 3, "three")
    honest = solver.highspy.Highs

    class Lying:
        resetGlobalScheduler = honest.resetGlobalScheduler  # noqa: N815

        def __new__(cls):
            return Liar(honest())

    monkeypatch.setattr(solver.highspy, "Highs", Lying)
    assert solve(lp, **settings).status is Status.NO_PLAN
