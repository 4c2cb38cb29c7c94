"""Location problems with known answers: the OR-Library's pmed1, and what spopt finds."""

import warnings
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pulp
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import shortest_path

import siting

has_covering = find_spec("siting.location.covering") is not None


def tables(weight, sites, **columns):
    demand = pd.DataFrame({"demand_id": range(len(weight)), "weight": weight})
    return demand, pd.DataFrame({"site_id": range(sites), **columns})


def distances_of_pmed1():
    lines = np.loadtxt(Path(__file__).parent / "or_library" / "pmed1.txt", dtype=int)
    (nodes, _, count), edges = lines[0], lines[1:]
    length = {tuple(sorted(edge[:2] - 1)): edge[2] for edge in edges}
    ends = np.array(list(length))
    matrix = coo_array((list(length.values()), (ends[:, 0], ends[:, 1])), (nodes, nodes))
    return shortest_path(matrix.tocsr(), directed=False), int(count)


def test_pmed1_has_its_published_optimum():
    distances, count = distances_of_pmed1()
    demand, sites = tables(np.ones(100), 100)
    told = siting.locate(demand, sites, distances, "min_total_time", count=count)
    assert count == 5
    assert told.status == "optimal"
    assert told.objective == told.bound == 5819


@pytest.fixture
def spopt():
    pytest.importorskip("spopt")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own, of PuLP's older names
        import spopt.locate

        yield spopt.locate


def highs():
    return pulp.HiGHS(msg=False)


def drawn(seed, demands=40, sites=15):
    rng = np.random.default_rng(seed)
    here, there = rng.random((demands, 1, 2)), rng.random((1, sites, 2))
    seconds = np.rint(1000 * np.hypot(*np.moveaxis(here - there, 2, 0)))
    return seconds, rng.integers(1, 30, demands).astype(float), rng.integers(150, 400, sites) * 1.0


@pytest.mark.parametrize("seed", range(4))
def test_spopt_finds_the_same(spopt, seed):
    seconds, weight, capacity = drawn(seed)
    demand, sites = tables(weight, 15, capacity=capacity)

    def told(objective, **question):
        answer = siting.locate(demand, sites, seconds, objective, **question)
        assert answer.status == "optimal"
        return answer.objective

    radius = seconds.min(axis=1).max() + 100
    theirs = spopt.LSCP.from_cost_matrix(seconds, radius).solve(highs())
    assert told("min_sites", within_s=radius) == theirs.problem.objective.value()
    shared = spopt.LSCP.from_cost_matrix(
        seconds, radius, demand_quantity_arr=weight, facility_capacity_arr=capacity
    ).solve(highs())
    assert told("min_sites", within_s=radius, capacitated=True) == shared.problem.objective.value()
    theirs = spopt.PMedian.from_cost_matrix(seconds, weight, p_facilities=4).solve(highs())
    assert told("min_total_time", count=4) == pytest.approx(theirs.problem.objective.value())
    theirs = spopt.PCenter.from_cost_matrix(seconds, p_facilities=4).solve(highs())
    assert told("min_worst_time", count=4) == pytest.approx(theirs.problem.objective.value())
    if not has_covering:
        return
    theirs = spopt.MCLP.from_cost_matrix(seconds, weight, 300, p_facilities=4).solve(highs())
    covered = theirs.problem.objective.value()
    assert told("max_coverage", count=4, within_s=300) == pytest.approx(covered)
