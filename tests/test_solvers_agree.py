"""HiGHS and CBC, through PuLP, find the same on random towns, at least a hundred with a plan."""

import pytest

from random_targets import random_scenarios
from random_town import random_town
from siting.model import pose_problem, solve_stages
from siting.reach import measure_reach
from siting.solver import Status

towns, asked_of_each, block = 54, 3, 18
within = 5e-6


@pytest.mark.parametrize("first", range(0, towns, block))
def test_both_solvers_reach_the_same_values(first):
    plans = 0
    for seed in range(first, first + block):
        town = random_town(1_000_000 + seed)
        inputs = town.inputs()
        reach = measure_reach(town.asked, town.network(), inputs)
        for asked in random_scenarios(town, seed, asked_of_each):
            ours, theirs = (
                solve_stages(pose_problem(asked.with_solver(name=name), inputs, reach))
                for name in ("HiGHS", "CBC")
            )
            assert ours.status.has_plan is theirs.status.has_plan, seed
            if not ours.status.has_plan:
                continue
            found, other = (
                {stage.name: stage.objective for stage in solution.stages}
                for solution in (ours, theirs)
            )
            assert found == pytest.approx(other, rel=within, abs=within), seed
            plans += ours.status is Status.OPTIMAL
    assert plans >= 34
