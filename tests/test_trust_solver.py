"""What the solver says is held against what can be shown, whatever it says and however it ends."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from itertools import product
from time import monotonic

import numpy as np
import pulp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lying_solver
import siting
import small_study
from lying_solver import lying, refused
from random_targets import random_scenarios
from random_town import random_town
from siting import doctor
from siting.cli import main
from siting.errors import DistrustError, PlanCheckError, SolverError
from siting.plan import check_plan, choose_sites
from siting.reach import measure_reach
from siting.solver import Status, checked_bound, exchange, proven_tolerance, solve, solve_with
from test_solver import hard, impossible, knapsack, program
from test_solver import settings as exactly
from torture import amount

pytestmark = pytest.mark.trust

nine = program([2, 3], [[1, 1]], [4.5], [None], 10, integer=[False, True])
"""2x + 3y with x + y >= 4.5, y whole: 9, of x = 4.5 and y = 0."""


def unbounded():
    """Return a program of which more is always better."""
    return program([-1, 1], [[1, -1]], [0], [None], [np.inf, 5], integer=[False, True])


# --- lies -----------------------------------------------------------------------------------


@pytest.mark.parametrize("lie", refused)
def test_columns_that_are_no_plan_are_no_plan(lie, monkeypatch):
    lying(monkeypatch, lie)
    answer = solve(program([1, 1], [[1, 1]], [3], [3], 5), **exactly)
    assert answer.status is Status.NO_PLAN
    assert answer.values is None
    assert not answer.timed_out


@pytest.mark.parametrize("lie", refused)
def test_a_linear_program_is_held_against_its_rows_too(lie, monkeypatch):
    lying(monkeypatch, lie)
    answer = solve(program([1, 2], [[1, 1]], [3], [3], 5, integer=False), **exactly)
    assert answer.status is Status.NO_PLAN


@pytest.mark.parametrize("least", [2, 3, 4])
def test_fractions_called_whole_are_made_whole_and_held_against_the_rows(least, monkeypatch):
    lying(monkeypatch, lying_solver.halves)
    asked = program([2, 3], [[1, 1]], [least], [None], 5)
    answer = solve(asked, **exactly)
    if answer.values is not None:
        assert (answer.values == np.rint(answer.values)).all()
        assert asked.settled(answer.values) is not None
        assert answer.objective == asked.value(answer.values)
        assert (answer.status is Status.OPTIMAL) == (answer.objective == 2 * least)


@pytest.mark.parametrize("name", ["bound_above", "no_number_for_a_bound"])
def test_a_bound_that_is_none_proves_nothing(name, monkeypatch):
    lying(monkeypatch, getattr(lying_solver, name))
    answer = solve(nine, **exactly)
    assert (answer.status, answer.bound, answer.gap) == (Status.FEASIBLE, None, None)
    assert answer.objective == pytest.approx(9.0)


@pytest.mark.parametrize("name", ["no_prices", "no_number_for_a_bound"])
def test_an_optimum_of_a_linear_program_without_prices_is_not_proven(name, monkeypatch):
    linear = replace(nine, is_integer=np.zeros(2, dtype=bool))
    assert solve(linear, **exactly).status is Status.OPTIMAL
    lying(monkeypatch, getattr(lying_solver, name))
    answer = solve(linear, **exactly)
    assert (answer.status, answer.bound) == (Status.FEASIBLE, None)


def test_a_wrong_optimum_of_a_linear_program_is_seen_by_its_prices(monkeypatch):
    linear = replace(nine, is_integer=np.zeros(2, dtype=bool))
    lying(monkeypatch, lambda told: told.called_optimal(np.array([0.0, 5.0])))
    answer = solve(linear, **exactly)
    assert (answer.status, answer.objective) == (Status.FEASIBLE, pytest.approx(15.0))
    assert answer.bound == pytest.approx(9.0)


def test_a_wrong_optimum_in_whole_numbers_is_seen_by_a_better_plan_only(monkeypatch):
    # 15 with a bound of 15 fits itself. Whoever knows 9 is not told that 15 is best.
    best = solve(nine, **exactly).values
    lying(monkeypatch, lambda told: told.called_optimal(np.array([0.0, 5.0])))
    alone = solve(nine, **exactly)
    assert (alone.status, alone.objective) == (Status.OPTIMAL, pytest.approx(15.0))
    known = solve(nine, **exactly, start=best)
    assert (known.status, known.objective) == (Status.FEASIBLE, pytest.approx(9.0))
    assert (known.bound, known.gap) == (None, None)


def test_a_wrong_optimum_in_whole_numbers_passes_no_bound_that_is_checked(monkeypatch):
    # 9 is the least of the relaxation too; a lie about 15 moves what 15 is called, not the 9.
    honest = checked_bound(nine)
    lying(monkeypatch, lambda told: told.called_optimal(np.array([0.0, 5.0])))
    assert honest == pytest.approx(9.0)
    assert checked_bound(nine) == pytest.approx(9.0)


@pytest.mark.parametrize("lie", [*refused, lying_solver.never_feasible])
def test_a_known_plan_is_not_lost(lie, monkeypatch):
    asked = knapsack()
    best = solve(asked, **exactly)
    lying(monkeypatch, lie)
    kept = solve(asked, **exactly, start=best.values)
    assert (kept.status, kept.objective) == (Status.FEASIBLE, pytest.approx(best.objective))
    assert kept.bound is None


def test_an_infeasible_program_with_an_optimum_has_none(monkeypatch):
    lying(monkeypatch, lambda told: told.called_optimal(np.ones(1)))
    assert solve(impossible(), **exactly).status is Status.NO_PLAN


@pytest.mark.parametrize("lie", [lying_solver.zeros, lying_solver.dearest, lying_solver.too_few])
def test_the_doctor_sees_a_solver_that_lies(lie, monkeypatch, capsys):
    lying(monkeypatch, lie)
    assert any(not each.right for each in doctor.examine())
    assert main(["doctor", "--lang", "en"]) == 1
    assert "do not use its plans" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["bound_above", "never_feasible", "no_number_for_a_bound"])
def test_the_doctor_sees_lies_about_proof(name, monkeypatch):
    lying(monkeypatch, getattr(lying_solver, name))
    assert main(["doctor"]) == 1


class Parroting(pulp.LpSolver):
    """A solver behind PuLP that tells the same number for every column."""

    def __init__(self, number):
        super().__init__(msg=False)
        self.number = number

    def actualSolve(self, lp):  # noqa: N802  (PuLP's name)
        for variable in lp.variables():
            variable.varValue = self.number
        return lp.assignStatus(pulp.LpStatusOptimal, pulp.LpSolutionOptimal)


@pytest.mark.parametrize("number", [0.0, 0.5, 1.0, np.nan, np.inf, None])
def test_another_solver_that_lies_has_no_plan(number, monkeypatch):
    monkeypatch.setattr(exchange, "_engine", lambda *_: Parroting(number))
    asked = program([1, 1], [[1, 1]], [3], [None], 5)
    answer = solve_with("CBC", asked, gap=0.0, time_limit_s=9.0, threads=1)
    assert (answer.status, answer.timed_out) == (Status.NO_PLAN, False)


def test_another_solver_is_measured_by_a_bound_that_is_not_its_own(monkeypatch):
    monkeypatch.setattr(exchange, "_engine", lambda *_: Parroting(2.0))
    asked = program([1, 1], [[1, 1]], [3], [None], 5)
    answer = solve_with("CBC", asked, gap=0.0, time_limit_s=9.0, threads=1)
    assert (answer.status, answer.objective, answer.bound) == (Status.FEASIBLE, 4.0, 3.0)


# --- lies to a whole run --------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    return small_study.write(folder), siting.run(folder / "town.yaml")


@pytest.mark.parametrize(
    ("lie", "code", "said"),
    [
        *((lie, 1, "cannot be believed") for lie in refused),
        (lying_solver.never_feasible, 3, "cannot be met together"),
    ],
)
def test_a_run_without_a_plan_to_believe_writes_nothing(
    lie, code, said, small, monkeypatch, capsys, tmp_path
):
    lying(monkeypatch, lie, in_whole_numbers_only=True)
    monkeypatch.setattr("siting.terminal.print_explanation", lambda *_: None)
    options = ["run", str(small[0]), "--out", str(tmp_path / "out"), "--no-cache", "--lang", "en"]
    assert main(options) == code
    told = capsys.readouterr()
    assert said in re.sub(r"\s+", " ", told.out + told.err)
    assert not (tmp_path / "out" / "plan.json").exists()


def test_a_lie_about_who_is_served_ends_with_1(small, monkeypatch, capsys, tmp_path):
    lying(monkeypatch, lying_solver.zeros)
    options = ["run", str(small[0]), "--out", str(tmp_path / "out"), "--no-cache"]
    assert main([*options, "--lang", "en"]) == 1
    assert "there is no plan to believe" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["bound_above", "no_number_for_a_bound", "no_prices"])
def test_a_plan_whose_proof_is_a_lie_is_not_called_optimal(name, small, monkeypatch):
    path, honest = small
    lying(monkeypatch, getattr(lying_solver, name))
    try:
        plan = siting.run(path).plan
    except DistrustError:
        return
    values = {stage.name: stage for stage in plan.stages}
    for stage in honest.plan.stages:
        told = values[stage.name]
        assert told.status is Status.FEASIBLE or told.objective == pytest.approx(stage.objective)
        known = (None, told.checked_bound, pytest.approx(stage.bound))
        assert told.bound in known
        assert told.checked_bound is None or told.checked_bound == stage.checked_bound


def test_a_wrong_optimum_is_a_plan_that_keeps_every_rule(small, monkeypatch):
    """A run tells how low a bound without the search is; the doctor sees the solver."""
    path, honest = small
    lying(monkeypatch, lying_solver.dearest)
    study = siting.run(path)
    check_plan(study.plan, study.inputs, study.reach)
    stages = {stage.name: stage.objective for stage in study.plan.stages}
    best = {stage.name: stage.objective for stage in honest.plan.stages}
    assert stages["cost"] >= best["cost"] - 1e-6
    floors = {stage.name: stage.checked_bound for stage in study.plan.stages}
    assert floors["cost"] <= best["cost"] + 1e-6
    assert main(["doctor"]) == 1


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PlanCheckError("site 'x' is open and closed \x1b[2J"), "open and closed \\x1b[2J"),
        (SolverError("the service could not be computed"), "could not be computed"),
        (MemoryError("16 MiB"), "the memory does not suffice: 16 MiB"),
        (RuntimeError("can't start new thread"), "the memory does not suffice"),
    ],
)
def test_a_plan_that_is_not_believed_ends_with_1(error, said, small, monkeypatch, capsys):
    def fails(*_):
        raise error

    monkeypatch.setattr("siting.plan.choosing.check_plan", fails)
    options = ["run", str(small[0]), "--out", str(small[0].parent / "none"), "--lang", "en"]
    assert main(options) == 1
    assert said in capsys.readouterr().err
    assert not (small[0].parent / "none").exists()


# --- how a search ends ----------------------------------------------------------------------


@pytest.mark.parametrize("limit_s", amount((0, 1e-9, 0.05, 1), (0, 1e-9, 1e-3, 0.05, 1, 10, 60)))
def test_any_time_limit_is_kept_and_told(limit_s):
    asked, began = hard(), monotonic()
    answer = solve(asked, **{**exactly, "time_limit_s": limit_s})
    assert monotonic() - began < limit_s + 5
    assert answer.timed_out
    assert answer.by_clock
    assert answer.status in (Status.NO_PLAN, Status.FEASIBLE)
    if answer.values is not None:
        assert answer.objective == pytest.approx(asked.value(answer.values))
        assert answer.bound is None or answer.bound <= answer.objective


@pytest.mark.parametrize("limit_s", [1e-6, 0.02, 0.2])
@pytest.mark.parametrize("seed", range(amount(3, 120)))
def test_a_plan_of_any_time_limit_passes_its_check(seed, limit_s):
    town = random_town(7_000_000 + seed)
    inputs = town.inputs()
    reach = measure_reach(town.asked, town.network(), inputs)
    (asked,) = random_scenarios(town, seed, 1)
    try:
        plan = choose_sites(asked.with_solver(time_limit_s=limit_s), inputs, reach)
    except siting.ScenarioError:
        return  # the arithmetic forbids a target before anything is solved
    if plan.status is Status.NO_PLAN:
        assert plan.believed
        assert not plan.reproducible
    elif plan.status is Status.INFEASIBLE:
        longer = choose_sites(asked.with_solver(time_limit_s=600.0), inputs, reach)
        assert longer.status is Status.INFEASIBLE


def test_what_has_no_end_is_not_called_infeasible():
    answer = solve(unbounded(), **exactly)
    assert answer.status in (Status.NO_PLAN, Status.FEASIBLE)
    assert (answer.bound, answer.gap, answer.timed_out) == (None, None, False)


@st.composite
def scaled(draw):
    """Draw a small program in whole numbers, each row and cost scaled by a power of ten."""
    columns, rows = draw(st.integers(2, 4)), draw(st.integers(1, 3))
    numbers = st.integers(-9, 9)
    weights = np.array(draw(st.lists(numbers, min_size=columns * rows, max_size=columns * rows)))
    weights = weights.reshape(rows, columns)
    cost = np.array(draw(st.lists(numbers, min_size=columns, max_size=columns)))
    right = np.array(draw(st.lists(st.integers(-20, 20), min_size=rows, max_size=rows)))
    by_row = 10.0 ** np.array(draw(st.lists(st.integers(-7, 7), min_size=rows, max_size=rows)))
    by_cost = 10.0 ** draw(st.integers(-7, 7))
    lower = [float(b) for b in right * by_row]
    return program(cost * by_cost, weights * by_row[:, None], lower, [None] * rows, 3)


@settings(max_examples=amount(50, 1000), derandomize=True)
@given(scaled())
def test_a_badly_scaled_program_is_told_honestly(asked):
    plans = np.array(list(product(range(4), repeat=asked.columns)), dtype=float)
    rounding = 1e-12 * np.abs(asked.row_lower)
    exact = (plans @ asked.rows.toarray().T >= asked.row_lower - rounding).all(axis=1)
    believed = np.array([asked.settled(plan) is not None for plan in plans])
    values = plans @ asked.cost
    answer = solve(asked, **exactly)
    if exact.any():
        assert answer.status is not Status.INFEASIBLE
        best = values[exact].min()
        if answer.status is Status.OPTIMAL:
            assert answer.objective <= best + 2 * proven_tolerance * max(abs(best), 1.0)
        assert answer.bound is None or answer.bound <= best + 1e-5 * max(abs(best), 1.0)
    if answer.values is not None:
        assert answer.objective >= values[believed].min() - 1e-9 * max(abs(values).max(), 1.0)


out_of_memory = """
import resource, sys
from pathlib import Path
from siting.cli import main
from siting.running import run
import siting.plan, siting.terminal
run(sys.argv[1])
size_kb = int(next(l for l in Path("/proc/self/status").read_text().splitlines()
                   if l.startswith("VmSize")).split()[1])
most = size_kb * 1024 + int(float(sys.argv[2]) * 2**20)
resource.setrlimit(resource.RLIMIT_AS, (most, most))
sys.exit(main(["run", sys.argv[1], "--out", sys.argv[3], "--no-cache", "--lang", "en"]))
"""


def limited(script, *arguments):
    """Run a script that limits its own memory; it must end by itself."""
    if not sys.platform.startswith("linux"):
        pytest.skip("memory is limited on Linux only")
    command = [sys.executable, "-c", script, *map(str, arguments)]
    known = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, timeout=300, check=False, env=known
    )


out_of_memory_in_the_solver = """
import resource, sys
from pathlib import Path
from siting.solver import solve
from test_solver import knapsack, settings
solve(knapsack(), **settings)
asked = knapsack(20_000, weights=40)
size_kb = int(next(l for l in Path("/proc/self/status").read_text().splitlines()
                   if l.startswith("VmSize")).split()[1])
most = size_kb * 1024 + int(float(sys.argv[1]) * 2**20)
resource.setrlimit(resource.RLIMIT_AS, (most, most))
try:
    print(solve(asked, **{**settings, "time_limit_s": 3.0, "threads": 2}).status)
except MemoryError:
    print("memory")
"""


@pytest.mark.parametrize(
    "spare_mb", amount((20, 20), (*range(0, 20, 4), *[20] * 5, *[40] * 5, 300))
)
def test_a_solver_with_too_little_memory_ends_and_tells(spare_mb):
    ended = limited(out_of_memory_in_the_solver, spare_mb)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip() in (("no_plan", "feasible") if spare_mb > 200 else ("memory",))


@pytest.mark.parametrize("spare_mb", amount((16,), (16, 32, 64, 128, 256, 512)))
def test_a_run_with_too_little_memory_is_told(spare_mb, small, tmp_path):
    ended = limited(out_of_memory, small[0], spare_mb, tmp_path)
    assert ended.returncode in (0, 1), ended.stderr
    assert "Traceback" not in ended.stderr
    if ended.returncode:
        assert "the memory does not suffice" in ended.stderr
        assert not (tmp_path / "plan.json").exists()
    else:
        told = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
        assert told["plan_hash"] == small[1].plan.plan_hash
