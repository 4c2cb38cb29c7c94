"""Who is served where no target and no stage asks: as many as a model of all states would serve."""

import numpy as np
import pytest

from random_targets import random_scenarios
from random_town import random_town
from siting.model import build_model, pose_problem, solve_stages
from siting.model.serving import fixed_to, most_served, serve
from siting.model.values import children_served
from siting.model.variables import states_told
from siting.reach import measure_reach
from torture import amount

pytestmark = pytest.mark.trust


def problems(seeds):
    """Give problems of random towns twice: with the children served as a stage, and without."""
    for seed in seeds:
        town = random_town(seed)
        inputs = town.inputs()
        reach = measure_reach(town.asked, town.network(), inputs)
        for asked in random_scenarios(town, seed, 2):
            yield tuple(
                pose_problem(
                    asked.model_copy(update={"objectives": stages, "targets": targets}),
                    inputs,
                    reach,
                )
                for stages, targets in (
                    (("shortfall", "cost"), asked.targets),
                    (("served",), ()),
                )
            )


def children(tables):
    return np.array([table["children"].sum() for table in tables])


@pytest.mark.parametrize("first", range(0, amount(20, 60), 20))
def test_sites_alone_serve_as_many_as_a_model_of_all_states(first):
    untold, served = 0, 0.0
    for problem, whole in problems(range(first, first + 20)):
        solution = solve_stages(problem)
        if solution.choice is None:
            continue
        model = build_model(whole)
        answer = most_served(
            model, fixed_to(model, model.program(np.zeros(model.columns)), solution.choice)
        )
        most = children(children_served(model, answer.values, solution.choice))
        alone = ~states_told(problem)
        assert children(solution.served)[alone] == pytest.approx(most[alone], abs=1e-6)
        assert children(serve(problem, solution.choice)) == pytest.approx(most, abs=1e-6)
        untold, served = untold + alone.sum(), served + most[alone].sum()
    assert untold > 20
    assert served > 100


def test_a_model_tells_of_states_only_where_that_matters():
    plain, serving = zip(*problems(range(10)))
    assert all(states_told(problem).all() for problem in serving)
    idle = [problem for problem in plain if not states_told(problem).any()]
    assert idle
    assert all((build_model(problem).served < 0).all() for problem in idle)
