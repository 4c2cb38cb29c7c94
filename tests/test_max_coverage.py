"""Maximal covering agrees with trying every choice, and never claims more than it proves."""

from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array, random_array

from siting.location import covering
from siting.location.covering import max_coverage
from siting.location.instance import Instance
from siting.location.merging import merge_rows
from siting.solver import Status, proven_tolerance


def located(reach, weight, count, **asked):
    asked = {"gap": 0.0, "time_limit_s": 600.0, "threads": 1, "seed": 0} | asked
    return max_coverage(csr_array(reach), np.asarray(weight), count, **asked)


def covered(reach, weight, sites):
    dense = csr_array(reach).toarray() != 0
    return float(np.asarray(weight)[dense[:, list(sites)].any(axis=1)].sum())


def best_of_all(reach, weight, count, fixed=None, cost=None, budget=None):
    sites = reach.shape[1]
    fixed = np.zeros(sites, dtype=bool) if fixed is None else fixed
    open_already, free = np.flatnonzero(fixed), np.flatnonzero(~fixed)
    most = len(free) if count is None else min(count, len(free))
    choices = chain.from_iterable(combinations(free, n) for n in range(most + 1))
    return max(
        covered(reach, weight, [*open_already, *chosen])
        for chosen in choices
        if cost is None or cost[list(chosen)].sum() <= budget * (1 + 1e-9)
    )


def drawn(seed):
    """Return a small instance with everything that makes one awkward."""
    random = np.random.default_rng(seed)
    demand, sites = random.integers(1, 25), random.integers(1, 9)
    reach = random.random((demand, sites)) < random.choice([0.15, 0.3, 0.6])
    if sites > 2:
        reach[:, 0] = reach[:, 1] & (random.random(demand) < 0.7)
    if sites > 4 and random.random() < 0.5:
        reach[:, 3] = reach[:, 2]
    reach[random.random(demand) < 0.1] = False
    reach = np.repeat(reach, random.integers(1, 3, demand), axis=0)
    whole = random.random() < 0.6
    weight = random.integers(0, 4, len(reach)) if whole else random.random(len(reach)) * 10
    asked = {}
    if random.random() < 0.4:
        asked["fixed"] = random.random(sites) < 0.3
    count = int(random.integers(0, sites + 3))
    if random.random() < 0.5:
        asked["cost"] = random.integers(0, 10, sites) / 10
        asked["budget"] = float(random.integers(0, 25) / 10)
        count = None if random.random() < 0.6 else count
    return reach, weight, count, asked


def is_right(answer, reach, weight, asked, best):
    chosen = answer.sites
    fixed = asked.get("fixed")
    already = [] if fixed is None else np.flatnonzero(fixed)
    assert np.array_equal(chosen, np.unique(chosen))
    assert not np.isin(chosen, already).any()
    assert answer.objective == pytest.approx(covered(reach, weight, [*already, *chosen]))
    if "cost" in asked:
        assert asked["cost"][chosen].sum() <= asked["budget"] * (1 + 1e-9)
    if answer.bound is not None:
        assert answer.bound >= best - 1e-9 * max(best, 1.0)
        assert answer.bound >= answer.objective


@pytest.mark.parametrize("few_pairs", [covering.few_pairs, 0])
@pytest.mark.parametrize("tens", range(15))
def test_every_choice_tried(monkeypatch, few_pairs, tens):
    """With HiGHS at once, and by way of multipliers and cuts."""
    monkeypatch.setattr(covering, "few_pairs", few_pairs)
    for seed in range(20 * tens, 20 * tens + 20):
        reach, weight, count, asked = drawn(seed)
        best = best_of_all(reach, weight, count, **asked)
        answer = located(reach, weight, count, **asked)
        is_right(answer, reach, weight, asked, best)
        assert count is None or len(answer.sites) <= count
        assert answer.status is Status.OPTIMAL, seed
        assert answer.objective == pytest.approx(best, rel=proven_tolerance), seed
        assert not answer.timed_out


@pytest.mark.parametrize("limit_s", [0.0, 0.002, 0.01])
def test_a_bound_holds_when_the_time_is_out(limit_s):
    for seed in range(40):
        reach, weight, count, asked = drawn(seed)
        best = best_of_all(reach, weight, count, **asked)
        answer = located(reach, weight, count, time_limit_s=limit_s, **asked)
        is_right(answer, reach, weight, asked, best)
        if answer.status is Status.OPTIMAL:
            assert answer.objective == pytest.approx(best, rel=proven_tolerance)
        else:
            assert answer.timed_out


def hard(points=3000, sites=60):
    random = np.random.default_rng(3)
    where, at = random.random((points, 2)), random.random((sites, 2))
    near = ((where[:, None] - at[None]) ** 2).sum(axis=2) < 0.15**2
    return near, random.integers(1, 101, points)


def test_no_time_is_no_proof():
    reach, weight = hard()
    answer = located(reach, weight, 10, time_limit_s=0.0)
    assert answer.status is Status.FEASIBLE
    assert answer.timed_out
    assert answer.gap > 0.01
    assert len(answer.sites) == 10
    assert answer.bound > located(reach, weight, 10).objective > answer.objective


def test_stops_at_the_gap_asked_for():
    reach, weight = hard()
    best = located(reach, weight, 10)
    answer = located(reach, weight, 10, gap=0.05)
    assert best.status is Status.OPTIMAL
    assert answer.status in {Status.WITHIN_GAP, Status.OPTIMAL}
    assert answer.gap <= 0.05
    assert answer.objective <= best.objective <= answer.bound


def test_same_input_same_sites():
    reach, weight = hard()
    first, second = (located(reach, weight, 8, seed=4, threads=2) for _ in range(2))
    assert np.array_equal(first.sites, second.sites)
    assert (first.objective, first.bound, first.gap) == (
        second.objective,
        second.bound,
        second.gap,
    )


def test_order_of_demand_and_kind_of_matrix_change_nothing():
    reach, weight = hard(600, 20)
    best = located(reach, weight, 5)
    order = np.random.default_rng(0).permutation(len(weight))
    assert located(reach[order], weight[order], 5).objective == best.objective
    stored = csr_array(reach * np.float64(2.5))
    stored.data[:50] = 0.0
    dropped = stored.toarray() != 0
    kept = stored.copy()
    assert located(stored, weight, 5).objective == located(dropped, weight, 5).objective
    assert np.array_equal(stored.data, kept.data)
    twice = csr_array(
        (np.ones(4, dtype=np.int8) * 64, np.array([1, 0, 1, 1]), np.array([0, 4])), shape=(1, 2)
    )
    assert located(twice, [3.0], 1).objective == 3.0
    assert twice.nnz == 4


def test_merging_is_exact():
    random = np.random.default_rng(1)
    reach = csr_array(random_array((500, 7), density=0.3, rng=random) != 0)
    weight = random.integers(0, 5, 500)
    rows, weights = merge_rows(reach, weight)
    kinds = {}
    for row, amount in zip(reach.toarray(), weight):
        if row.any() and amount:
            kinds[row.tobytes()] = kinds.get(row.tobytes(), 0) + amount
    found = {row.tobytes(): amount for row, amount in zip(rows.toarray(), weights)}
    assert found == kinds
    assert len(weights) == len(kinds)


def test_rows_whose_keys_add_up_the_same_stay_apart(monkeypatch):
    class SameKeys:
        def integers(self, _low, _high, size, dtype):
            return np.ones(size, dtype=dtype)

    monkeypatch.setattr(np.random, "default_rng", lambda _seed: SameKeys())
    rows, weights = merge_rows(csr_array(np.eye(6, dtype=bool)), np.arange(6))
    assert np.array_equal(weights, [1, 2, 3, 4, 5])
    assert np.array_equal(rows.indices, [1, 2, 3, 4, 5])


def test_reductions_lose_nothing():
    """The reduced instance is worth at every choice of its sites what the instance is."""
    for seed in range(60):
        reach, weight, _, _ = drawn(seed)
        sites = reach.shape[1]
        none, limit = np.zeros(sites, dtype=bool), np.array([float(sites)])
        made: Instance = covering._read(csr_array(reach), weight, none, np.ones((1, sites)), limit)
        random = np.random.default_rng(seed)
        for _ in range(5):
            chosen = random.random(made.sites) < 0.5
            value = made.value(chosen.astype(float))
            assert value == pytest.approx(covered(reach, weight, made.site[chosen]))
        everything = covered(reach, weight, range(sites))
        assert made.most == pytest.approx(everything)


def test_a_site_that_another_holds_is_left_out():
    #          a  b  c  d(=a)
    reach = [[1, 0, 1, 1], [1, 1, 0, 1], [0, 0, 1, 0]]
    none, limit = np.zeros(4, dtype=bool), np.array([4.0])
    made = covering._read(csr_array(reach), np.ones(3), none, np.ones((1, 4)), limit)
    assert np.array_equal(made.site, [0, 2])
    cheap = np.array([[1.0, 0.5, 1.0, 1.0]])
    made = covering._read(csr_array(reach), np.ones(3), none, cheap, limit)
    assert np.array_equal(made.site, [0, 1, 2])


def test_nothing_to_cover():
    for reach, weight in ((np.zeros((3, 2)), np.ones(3)), (np.ones((3, 2)), np.zeros(3))):
        answer = located(reach, weight, 1)
        assert (answer.status, answer.objective, answer.bound) == (Status.OPTIMAL, 0.0, 0.0)
        assert len(answer.sites) == 0


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.data())
def test_one_more_candidate_never_covers_less(seed, data):
    random = np.random.default_rng(seed)
    demand, sites = random.integers(1, 30), random.integers(2, 10)
    reach = random.random((demand, sites)) < 0.3
    weight = random.integers(0, 9, demand)
    count = data.draw(st.integers(0, int(sites)))
    fewer = located(reach[:, :-1], weight, count)
    assert located(reach, weight, count).objective >= fewer.objective
