"""What the solver says is believed only where it can be shown."""

import signal

import numpy as np
import pytest
from scipy.sparse import csr_array

from siting.errors import ScenarioError
from siting.solver import (
    GrowingProgram,
    Program,
    Status,
    claim,
    highs,
    solve,
    solve_with,
    worst,
    write_program,
)

settings = {"gap": 0.0, "time_limit_s": 60.0, "threads": 1, "seed": 0}
elsewhere = {"gap": 0.0, "time_limit_s": 60.0, "threads": 1}


def program(cost, rows, lower, upper, most, integer=True) -> Program:
    """Return a program from lists; a bound of None is none."""
    cost = np.array(cost, dtype=float)
    columns = len(cost)
    return Program(
        cost=cost,
        column_lower=np.zeros(columns),
        column_upper=np.broadcast_to(np.array(most, dtype=float), columns).copy(),
        is_integer=np.broadcast_to(np.array(integer), columns).copy(),
        rows=csr_array(np.array(rows, dtype=float).reshape(len(lower), columns)),
        row_lower=np.array([-np.inf if b is None else b for b in lower], dtype=float),
        row_upper=np.array([np.inf if b is None else b for b in upper], dtype=float),
    )


def knapsack(items=40, seed=3, weights=1):
    rng = np.random.default_rng(seed)
    value, weight = rng.integers(50, 99, items), rng.integers(50, 99, (weights, items))
    return program(-value, weight, [None] * weights, weight.sum(axis=1) // 2, 1)


def hard():
    """Return a program whose optimum takes minutes to prove, and any plan no time to find."""
    return knapsack(120, weights=12)


def impossible():
    return program([1], [[2]], [1], [1], 1)


def test_optimal_is_proven():
    answer = solve(knapsack(), **settings)
    assert answer.status is Status.OPTIMAL
    assert answer.gap <= 1e-6
    assert answer.bound <= answer.objective + 1e-6
    assert not answer.timed_out


def test_the_solver_prints_nothing(capfd):
    solve(knapsack(), **settings)
    assert tuple(capfd.readouterr()) == ("", "")


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
    asked = knapsack(200)
    best = solve(asked, **settings)
    again = solve(asked, **{**settings, "time_limit_s": 0.0}, start=best.values)
    assert again.timed_out
    assert again.objective == pytest.approx(best.objective)
    assert again.status is Status.FEASIBLE
    proven = solve(asked, **settings, start=best.values)
    assert (proven.status, proven.objective) == (Status.OPTIMAL, pytest.approx(best.objective))


def test_a_start_worse_by_less_than_a_step_is_not_called_optimal():
    # One third of what is missing of 2 is paid, of which the second column gives 1 freely. HiGHS
    # 1.15.1 answers a start that leaves it at 0 with "Optimal": 2/3. The other rows keep presolve
    # from emptying the program: places that open, and children who fill them.
    free = np.zeros((6, 11))
    for site in range(4):
        free[site, [2 + site, 6 + site]] = -20.0, 1.0
    free[3, [5, 10]] = 0.0, -20.0
    free[4, :2] = 1.0
    free[5, 2:6], free[5, 6:10] = -6.0, 1.0
    asked = program(
        [1 / 3] + [0.0] * 10,
        free,
        [None] * 4 + [2.0, 0.0],
        [0.0] * 4 + [None, None],
        [np.inf, 1, 1, 2, 1, 1, *[np.inf] * 4, 1],
        [False] * 2 + [True] * 4 + [False] * 4 + [True],
    )
    start = np.zeros(11)
    start[0] = 2.0
    answer = solve(asked, **settings, start=start)
    assert answer.objective == pytest.approx(1 / 3)
    assert answer.bound == pytest.approx(1 / 3)
    assert answer.status is Status.OPTIMAL


def test_a_program_with_nothing_to_choose():
    nothing = program([], np.zeros((1, 0)), [None], [3.0], [])
    assert solve(nothing, **settings).status is Status.OPTIMAL
    forbidden = program([], np.zeros((1, 0)), [1.0], [None], [])
    assert solve(forbidden, **settings).status is Status.INFEASIBLE


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
    """A solver that changes the solution it found."""

    def __init__(self, honest, change):
        self.honest, self.change = honest, change

    def __setattr__(self, name, value):
        if name in ("honest", "change"):
            object.__setattr__(self, name, value)
        else:
            setattr(self.honest, name, value)

    def __getattr__(self, name):
        return getattr(self.honest, name)

    def getSolution(self):  # noqa: N802  (HiGHS's name)
        truth, change = self.honest.getSolution(), self.change

        class Told:
            value_valid = True
            col_value = change(np.array(truth.col_value))
            row_dual = truth.row_dual

        return Told()


def lying(monkeypatch, change):
    """Let the solver tell changed solutions of programs with whole numbers."""
    honest = highs.new_highs
    monkeypatch.setattr(highs, "new_highs", lambda *settings: Liar(honest(*settings), change))


def test_zeros_called_optimal_are_caught(monkeypatch):
    lying(monkeypatch, np.zeros_like)
    assert solve(program([1], [[1]], [3], [None], 5), **settings).status is Status.NO_PLAN


def test_a_solution_off_by_rounding_keeps_its_proof(monkeypatch):
    # x opens y, 1,000 y for one of x; y + z >= 1, and z is cheap. Told is x = 0.0000005, as whole
    # as the solver's tolerance asks, and y = 0.0005, which is too much once x is 0.
    asked = program(
        [1, 0, 1e-4],
        [[-1000, 1, 0], [0, 1, 1]],
        [None, 1],
        [0, None],
        [1, np.inf, np.inf],
        [True, False, False],
    )
    told = np.array([5e-7, 5e-4, 0.9995])
    assert asked.settled(told) is None
    first = iter([told])
    lying(monkeypatch, lambda truth: next(first, truth))
    answer = solve(asked, **settings)
    assert answer.values.tolist() == pytest.approx([0, 0, 1])
    assert answer.status is Status.OPTIMAL


def test_ctrl_c_keeps_the_best_plan_found():
    def strike(*_):
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, strike)
    try:
        signal.setitimer(signal.ITIMER_REAL, 1.0)
        answer = solve(hard(), **settings)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)
    assert answer.interrupted
    assert answer.timed_out
    assert answer.status is Status.FEASIBLE
    assert answer.bound < answer.objective < 0
    assert hard().settled(answer.values) is not None


def test_another_solver_by_name():
    told = solve_with("CBC", knapsack(), **elsewhere)
    best = solve(knapsack(), **settings).objective
    assert told.objective == pytest.approx(best)
    assert told.bound <= best  # of the linear relaxation: CBC passes on none of its own
    assert told.status is Status.FEASIBLE
    assert solve_with("CBC", impossible(), **elsewhere).status is Status.INFEASIBLE


def test_another_solver_is_not_asked_for_what_stands_nowhere():
    told = solve_with("CBC", program([1, 0], [[1, 0]], [2], [None], 5), **elsewhere)
    assert told.values.tolist() == [2, 0]
    assert told.status is Status.OPTIMAL


def test_another_solver_that_the_clock_stopped_proves_nothing():
    told = solve_with("CBC", hard(), **{**elsewhere, "time_limit_s": 1.0})
    assert told.status in (Status.FEASIBLE, Status.NO_PLAN)
    assert told.timed_out


@pytest.mark.parametrize("name", ["Oracle", "GUROBI_CMD"])
def test_a_solver_that_is_not_there_is_told(name):
    with pytest.raises(ScenarioError, match=f"'{name}' is not a solver that can be used here"):
        solve_with(name, knapsack(), **elsewhere)


def test_programs_are_written_for_other_solvers(tmp_path):
    write_program(knapsack(4), tmp_path / "k.lp")
    assert "Subject To" in (tmp_path / "k.lp").read_text()
    write_program(knapsack(4), tmp_path / "k.mps")
    read = highs.highspy.Highs()
    read.setOptionValue("output_flag", False)
    read.readModel(str(tmp_path / "k.mps"))
    read.run()
    best = solve(knapsack(4), **settings).objective
    assert read.getInfo().objective_function_value == pytest.approx(best)
    with pytest.raises(ScenarioError, match=r"neither \.lp nor \.mps"):
        write_program(knapsack(4), tmp_path / "k.txt")


def test_a_program_grows_by_rows_and_columns():
    # Two of goods of value 3, 2, 1; then one of the first two at most; then one good of 5.
    two = program([-3, -2, -1], [[1, 1, 1]], [None], [2], 10)
    growing = GrowingProgram(two, threads=1, seed=0)
    assert growing.solve().objective == pytest.approx(-6)
    growing.add_rows(csr_array([[1.0, 1.0, 0.0]]), np.array([-np.inf]), np.array([1.0]))
    relaxed = growing.solve()
    assert relaxed.objective == pytest.approx(-4)
    assert relaxed.prices.tolist() == pytest.approx([-1, -2])
    column = csr_array([[1.0], [0.0]]).tocsc()
    growing.add_columns(column, np.array([-5.0]), np.zeros(1), np.ones(1))
    assert growing.solve().objective == pytest.approx(-8)
    growing.bound_columns(np.array([3]), np.zeros(1), np.zeros(1))
    assert growing.solve().objective == pytest.approx(-4)
