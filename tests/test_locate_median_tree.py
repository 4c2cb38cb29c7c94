"""Branch and cut finds what the plain program finds, where the relaxation is far from whole."""

import numpy as np
import pandas as pd
import pytest

import siting
from siting.location import median_tree


def scattered(seed, size=22):
    """Return tables of times that obey no geometry, so that much branching is needed."""
    rng = np.random.default_rng(seed)
    seconds = rng.integers(1, 400, (size, size)) * 1.0
    if seed % 2:
        seconds += rng.random((size, size))
    seconds[rng.random((size, size)) < 0.15 * (seed % 3)] = np.inf
    demand = pd.DataFrame({"demand_id": range(size), "weight": rng.integers(1, 9, size) * 1.0})
    sites = pd.DataFrame(
        {
            "site_id": range(size),
            "status": np.where(rng.random(size) < 0.05, "existing", "candidate"),
            "cost": rng.integers(50, 400, size) * 1.0,
            "capacity": 1e4,
        }
    )
    return demand, sites, seconds


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    ("objective", "limits"),
    [
        ("min_total_time", {"count": 4}),
        ("min_total_time", {"budget": 900.0}),
        ("min_cost", {"cost_per_second": 0.5}),
        ("min_cost", {"cost_per_second": 0.5, "count": 5, "budget": 900.0}),
    ],
)
def test_the_plain_program_agrees(seed, objective, limits):
    tables = scattered(seed)
    told = siting.locate(*tables, objective, **limits)
    plain = siting.locate(*tables, objective, capacitated=True, **limits)
    assert told.status == plain.status
    if plain.objective is not None:
        assert told.status == "optimal"
        assert told.objective == pytest.approx(plain.objective, rel=2e-6)
        assert told.bound <= plain.objective * (1 + 1e-6)


def test_these_towns_make_the_tree_branch(monkeypatch):
    children = []
    left = median_tree._Tree._left
    monkeypatch.setattr(
        median_tree._Tree,
        "_left",
        lambda *given, **how: children.append(left(*given, **how)) or children[-1],
    )
    siting.locate(*scattered(1, size=40), "min_total_time", count=4)
    assert sum(len(each) == 2 for each in children) >= 2
    assert any(node.regions for each in children for node in each)


def test_a_bound_of_a_search_that_was_cut_short_holds():
    tables = scattered(4, size=40)
    best = siting.locate(*tables, "min_total_time", count=5)
    for limit_s in (0.0, 0.05, 0.2):
        told = siting.locate(*tables, "min_total_time", count=5, time_limit_s=limit_s)
        assert told.bound is None or told.bound <= best.objective + 1e-6
        assert told.objective is None or told.objective >= best.objective - 1e-6


def test_ctrl_c_keeps_the_best_plan(monkeypatch):
    calls = []

    def interrupted(tree, **how):
        calls.append(tree)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return once(tree, **how)

    once = median_tree._Tree.search_first
    monkeypatch.setattr(median_tree._Tree, "search_first", interrupted)
    told = siting.locate(*scattered(1, size=40), "min_total_time", count=4)
    assert told.timed_out
    assert told.status == "feasible"
    assert told.bound < told.objective
    assert len(told.assignment) == 40
