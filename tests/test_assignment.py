"""Children to desks in the least time, and the bound that any prices give."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csc_array, csr_array

from siting.model.assignment import Ways, assign

pool = Ways(
    children=np.array([8.0, 6.0, 5.0, 7.0]),
    demand=np.array([0, 0, 1, 1, 2, 2, 3, 3]),
    desk=np.array([0, 2, 0, 2, 1, 3, 1, 3]),
    seconds=np.array([10.0, 200.0, 30.0, 80.0, 20.0, 50.0, 60.0, 300.0]),
    claims=csr_array(np.eye(4, 5)),
    shared=csc_array([[-1.0, 0.0], [0.0, -1.0], [0.0, 0.0], [0.0, 0.0], [1.0, 1.0]]),
    lower=np.full(5, -np.inf),
    upper=np.array([0.0, 0.0, 9.0, 9.0, 12.0]),
)
"""One site has 12 places that both ages share (desks 0, 1), another 9 of each age (2, 3)."""


def test_shared_places_go_where_they_save_most():
    """26 children want 30 places; the 12 shared ones save 190 s, 50 s, 30 s, 240 s a child.

    So the seven of the last demand and five of the first take them; the other three of the first
    and the six of the second fill the nine places of their age.
    """
    found = assign(pool, 26.0, threads=1, seed=0)
    assert found.children.tolist() == pytest.approx([5, 3, 0, 6, 0, 5, 7, 0])
    total = 5 * 10 + 3 * 200 + 6 * 80 + 5 * 50 + 7 * 60
    assert found.children @ pool.seconds == pytest.approx(total)
    assert found.bound == pytest.approx(total)


def test_a_bound_holds_whatever_the_prices():
    best = assign(pool, 26.0, threads=1, seed=0).children @ pool.seconds
    rng = np.random.default_rng(0)
    for _ in range(500):
        prices = rng.normal(-100, rng.choice([10, 100, 300]), 5)
        reward = float(rng.uniform(0, 3000))
        assert pool.bound(prices, reward, 26.0) <= best + 1e-9


@pytest.mark.parametrize("known", [[0.0] * 4, [900.0, 0.0, 0.0, 0.0], [50.0, 240.0, 10.0, 10.0]])
def test_prices_to_start_from_change_nothing(known):
    found = assign(pool, 26.0, threads=1, seed=0, known_prices=np.array(known))
    assert found.children.tolist() == pytest.approx([5, 3, 0, 6, 0, 5, 7, 0])
    assert found.bound == pytest.approx(found.children @ pool.seconds)


def test_a_hold_keeps_children_where_they_are_farther():
    """The second site serves 16, as a row of both its desks holds."""
    claims = np.zeros((4, 6))
    claims[:, :4] = np.eye(4)
    claims[2:, 5] = 1.0
    held = replace(
        pool,
        claims=csr_array(claims),
        shared=csc_array(np.vstack([pool.shared.toarray(), np.zeros((1, 2))])),
        lower=np.append(pool.lower, 16.0),
        upper=np.append(pool.upper, 16.0),
    )
    found = assign(held, 26.0, threads=1, seed=0)
    assert found.children[pool.desk >= 2].sum() == pytest.approx(16.0)
    # Two of the last demand, 240 s each, since the nine places of the first age are taken.
    free = assign(pool, 26.0, threads=1, seed=0)
    assert (found.children - free.children) @ pool.seconds == pytest.approx(2 * 240)
    assert found.bound == pytest.approx(found.children @ pool.seconds)


def test_more_children_than_can_be_served_is_no_assignment():
    assert assign(pool, 26.5, threads=1, seed=0) is None
    assert assign(pool, 26.0, threads=1, seed=0, seconds_left=lambda: 0.0) is None
