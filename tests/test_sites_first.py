"""Sites first, service second: the same plans as the whole program gives, with true bounds."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from random_targets import random_scenarios
from random_town import random_town
from siting.model import pose_problem, sites_first, solve_stages, stages
from siting.reach import measure_reach
from siting.solver import Beside, Program, Status, never, root_only, solve
from torture import amount

pytestmark = pytest.mark.trust

towns, block = amount(25, 150), 25
orders = (
    ("shortfall", "cost", "served"),
    ("coverage", "cost", "shortfall", "served"),
    ("cost", "served", "shortfall"),
    ("shortfall", "cost", "tie_break"),
    ("served", "shortfall", "cost"),
)
"""Objectives in orders that a scenario may name; sites come first where cost follows shortfall."""
within = 3e-6
"""Share by which values may differ: the solver's tolerance and what stages may give up."""


def problems(first: int):
    for seed in range(first, first + block):
        town = random_town(seed)
        inputs = town.inputs()
        reach = measure_reach(town.asked, town.network(), inputs)
        for number, asked in enumerate(random_scenarios(town, seed, 2)):
            order = orders[0 if number else seed % len(orders)]
            scenario = asked.model_copy(update={"objectives": order})
            yield pose_problem(scenario, inputs, reach)


@pytest.fixture
def tried(monkeypatch):
    """Try sites first on programs of any size; what comes of it is put on the list."""
    found: list[dict] = []

    def listed(*given):
        found.append(sites_first.sites_first(*given))
        return found[-1]

    monkeypatch.setattr(sites_first, "least_hidden", 1)
    monkeypatch.setattr(stages, "sites_first", listed)
    return found


@pytest.mark.parametrize("first", range(0, towns, block))
def test_the_plans_are_those_of_the_whole_program(first, tried, monkeypatch):
    for problem in problems(first):
        found = solve_stages(problem)
        with monkeypatch.context() as patch:
            patch.setattr(sites_first, "least_hidden", np.inf)
            whole = solve_stages(problem)
        assert found.status is whole.status
        for stage, other in zip(found.stages, whole.stages, strict=True):
            assert stage.status is other.status, stage
            if stage.objective is not None:
                assert stage.objective == pytest.approx(other.objective, rel=within, abs=within)
    assert sum(bool(each.answers) for each in tried) >= 5


@pytest.mark.parametrize("first", range(0, towns, block))
def test_no_plan_is_better_than_the_bound(first, tried, monkeypatch):
    for problem in problems(first):
        monkeypatch.setattr(sites_first, "least_hidden", np.inf)
        whole = solve_stages(problem)
        monkeypatch.setattr(sites_first, "least_hidden", 1)
        solve_stages(problem)
        best = {stage.name: stage.objective for stage in whole.stages}
        for name, (answer, _) in tried[-1].answers.items():
            size = max(abs(best[name]), 1.0)
            assert answer.bound <= best[name] + within * size
            assert answer.objective >= best[name] - within * size


def drawn(seed: int) -> Program:
    """Return a random program whose last columns are continuous and cost nothing."""
    rng = np.random.default_rng(seed)
    rows, whole, left_out = 6, 5, 4
    columns = whole + left_out
    weights = rng.integers(-3, 4, (rows, columns)).astype(float)
    side = rng.integers(-4, 8, rows).astype(float)
    kind = rng.integers(0, 3, rows)
    return Program(
        cost=np.append(rng.integers(-5, 6, whole), np.zeros(left_out)),
        column_lower=np.append(np.zeros(whole), rng.integers(-2, 1, left_out)).astype(float),
        column_upper=np.append(np.ones(whole), rng.integers(1, 4, left_out)).astype(float),
        is_integer=np.arange(columns) < whole,
        rows=csr_array(weights),
        row_lower=np.where(kind != 0, side, -np.inf),
        row_upper=np.where(kind == 1, np.inf, side),
    )


@pytest.mark.parametrize("seed", range(60))
def test_without_columns_a_program_is_a_relaxation_that_fits_its_other_bounds(seed):
    program, left_out = drawn(seed), np.arange(9) >= 5
    relaxed = program.without(left_out)
    found = solve(relaxed, gap=0.0, threads=1, seed=0)
    of_whole = solve(program, gap=0.0, threads=1, seed=0)
    for number in range(32):
        values = np.array([number >> bit & 1 for bit in range(5)], dtype=float)
        kept = relaxed.settled(values) is not None
        # What holds of each row for the best values of the columns left out, taken row by row.
        corners = [
            program.rows.toarray()[:, 5:] * bound[5:]
            for bound in (program.column_lower, program.column_upper)
        ]
        base = program.rows.toarray()[:, :5] @ values
        least = base + np.minimum(*corners).sum(axis=1)
        most = base + np.maximum(*corners).sum(axis=1)
        assert kept == bool(((most >= program.row_lower) & (least <= program.row_upper)).all())
    if of_whole.status is Status.OPTIMAL:
        assert found.objective <= of_whole.objective + 1e-6


@pytest.mark.parametrize("seed", range(60))
def test_a_row_at_any_prices_holds_whatever_the_columns_left_out_are(seed):
    program, left_out = drawn(seed), np.arange(9) >= 5
    rng = np.random.default_rng(seed)
    linear = replace(program, is_integer=np.zeros(9, dtype=bool))
    solved = solve(linear, gap=0.0, threads=1, seed=0).prices
    for prices in (rng.normal(size=6), solved):
        if prices is None:
            continue
        weights, least = program.surrogate(left_out, prices)
        for number in range(32):
            values = np.array([number >> bit & 1 for bit in range(5)], dtype=float)
            fixed = replace(
                program,
                column_lower=np.append(values, program.column_lower[5:]),
                column_upper=np.append(values, program.column_upper[5:]),
                is_integer=np.zeros(9, dtype=bool),
            )
            if solve(fixed, gap=0.0, threads=1, seed=0).status is Status.OPTIMAL:
                assert weights @ values >= least - 1e-9


def test_the_row_at_the_prices_of_the_linear_program_has_its_optimum():
    """One open site of 3 places, 5 children: min 2 open - served, served <= 3 open, <= 5."""
    program = Program(
        cost=np.array([2.0, -1.0]),
        column_lower=np.zeros(2),
        column_upper=np.array([1.0, 5.0]),
        is_integer=np.array([True, False]),
        rows=csr_array([[3.0, -1.0], [0.0, 1.0]]),
        row_lower=np.array([0.0, 2.0]),
        row_upper=np.array([np.inf, np.inf]),
    )
    weights, least = program.surrogate(np.array([False, True]), np.array([1.0, 1.0]))
    # 3 open - served >= 0 and served >= 2 add up to 3 open >= 2.
    assert weights.tolist() == [3.0]
    assert least == pytest.approx(2.0)


def endless() -> Program:
    """Return a program that takes long: many equal columns, of which no choice adds up."""
    rng = np.random.default_rng(3)
    weights = rng.integers(10_000, 99_999, (6, 60)).astype(float)
    side = np.floor(weights.sum(axis=1) / 2)
    return Program(
        cost=rng.integers(1, 9, 60).astype(float),
        column_lower=np.zeros(60),
        column_upper=np.ones(60),
        is_integer=np.ones(60, dtype=bool),
        rows=csr_array(weights),
        row_lower=side,
        row_upper=side,
    )


def test_a_search_beside_ends_when_nobody_waits_for_it():
    program = endless()
    told = []

    def search(stop):
        told.append(solve(program, gap=0.0, threads=1, seed=0, stop=stop))
        return told[-1]

    with Beside(search):
        other = solve(drawn(4), gap=0.0, threads=1, seed=0)
    assert other.objective == solve(drawn(4), gap=0.0, threads=1, seed=0).objective
    assert told[0].interrupted
    assert not told[0].by_clock


@pytest.mark.parametrize("seed", range(20))
def test_programs_solved_beside_each_other_give_the_answers_they_give_alone(seed):
    first, second = drawn(seed), drawn(seed + 100)
    alone = [solve(each, gap=0.0, threads=1, seed=0) for each in (first, second)]
    with Beside(lambda stop: solve(second, gap=0.0, threads=1, seed=0, stop=stop)) as beside:
        found = [solve(first, gap=0.0, threads=1, seed=0), beside.answer()]
    for answer, before in zip(found, alone, strict=True):
        assert answer.status is before.status
        assert answer.objective == before.objective


def test_the_clock_is_told_apart_from_other_limits():
    program = endless()
    assert solve(program, gap=0.0, threads=1, seed=0, time_limit_s=0.2).by_clock
    assert not solve(program, gap=0.0, threads=1, seed=0, options=root_only).by_clock


def test_an_objective_at_its_least_is_held_by_fixing_its_columns():
    program = drawn(0)
    program = Program(**{**vars(program), "cost": np.array([2.0, 0, -3, 0, 0, 0, 0, 0, 0])})
    held = program.holding("cost", -3.0)
    assert held.rows.shape == program.rows.shape
    assert held.column_upper[0] == 0
    assert held.column_lower[2] == 1
    above = program.holding("cost", -2.0)
    assert above.rows.shape[0] == program.rows.shape[0] + 1
    assert above.row_upper[-1] == pytest.approx(-2.0)


def interrupted_at(number, monkeypatch) -> list:
    """Interrupt a solve by its number, those beside not counted; return the list of all solves."""
    solves = []

    def press(*given, **settings):
        answer = solve(*given, **settings)
        if settings.get("stop", never) is not never:
            return answer
        solves.append(answer)
        # As the solver tells it, with what it has found so far.
        return replace(answer, interrupted=True) if len(solves) == number else answer

    monkeypatch.setattr(sites_first, "solve", press)
    return solves


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_ctrl_c_in_the_try_ends_the_search(number, tried, monkeypatch):
    solves = interrupted_at(number, monkeypatch)
    for problem in problems(0):
        solves.clear()
        tried.clear()
        found = solve_stages(problem)
        if tried[-1].interrupted:
            break
    assert tried[-1].interrupted
    after = [stage for stage in found.stages if stage.name not in tried[-1].answers]
    assert all(stage.timed_out for stage in after)
    if tried[-1].answers:
        assert found.choice is not None
    else:
        assert found.status is Status.NO_PLAN
        assert found.choice is None


def test_the_relaxation_leaves_time_for_service(tried, monkeypatch):
    limits = []

    def listed(*given, **settings):
        if settings["stop"] is never:
            limits.append(settings["time_limit_s"])
        return solve(*given, **settings)

    monkeypatch.setattr(sites_first, "solve", listed)
    for problem in problems(0):
        limits.clear()
        solve_stages(problem)
        if tried[-1].answers:
            break
    *linear, _, sited, served = limits[: len(tried[-1].answers) + 2]
    assert sited <= sites_first.of_try * max(linear, default=served) + 1e-6 + sites_first.of_try
    assert served > sited


@pytest.mark.parametrize("number", [1, 2])
def test_ctrl_c_in_the_stage_of_children_served_keeps_the_plan(number, monkeypatch):
    solves = interrupted_at(number, monkeypatch)
    for problem in problems(0):
        solves.clear()
        found = solve_stages(problem)
        if len(solves) >= number and problem.scenario.objectives[-1] == "served":
            break
    assert len(solves) == number
    assert found.choice is not None
    assert found.stages[-1].timed_out
