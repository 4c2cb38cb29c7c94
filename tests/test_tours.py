"""Rounds over few stops against every order and division, over many by what they promise."""

from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siting.plan.tours import _cut, _short_order, divide_into_days, most_exact


def travel_s(seconds, day):
    places = [0, *(stop + 1 for stop in day), 0]
    return sum(int(seconds[here, there]) for here, there in pairwise(places))


def divisions(order):
    """Return every way to cut an order into days."""
    if not order:
        yield []
    for first in range(1, len(order) + 1):
        for rest in divisions(order[first:]):
            yield [order[:first], *rest]


def fits(seconds, day, visit_s, day_s):
    return len(day) == 1 or travel_s(seconds, day) + len(day) * visit_s <= day_s


def best_by_force(seconds, visit_s, day_s):
    return min(
        (len(days), sum(travel_s(seconds, day) for day in days))
        for order in permutations(range(len(seconds) - 1))
        for days in divisions(order)
        if all(fits(seconds, day, visit_s, day_s) for day in days)
    )


def random_seconds(seed, stops, symmetric=False):
    """Return whole seconds between random points, longer one way than the other."""
    generator = np.random.default_rng(seed)
    points = generator.uniform(0, 1000, (stops + 1, 2))
    seconds = np.hypot(*(points[:, None] - points).transpose(2, 0, 1))
    if not symmetric:
        seconds = seconds * generator.uniform(1, 2, seconds.shape)
    return np.ceil(seconds).astype(np.int64)


@pytest.mark.parametrize("seed", range(42))
def test_few_stops_are_divided_as_well_as_by_force(seed):
    stops, visit_s = (1, 2, 3, 4, 5, 5, 6)[seed % 7], 100
    seconds = random_seconds(seed, stops)
    for day_s in (500, 2_500, 4_000):
        tour = divide_into_days(seconds, visit_s, day_s)
        assert tour.exact
        assert (len(tour.days), sum(tour.travel_s)) == best_by_force(seconds, visit_s, day_s)


def check(tour, seconds, visit_s, day_s):
    assert sorted(stop for day in tour.days for stop in day) == list(range(len(seconds) - 1))
    assert tour.travel_s == tuple(travel_s(seconds, day) for day in tour.days)
    for day, way_s, too_long in zip(tour.days, tour.travel_s, tour.too_long, strict=True):
        assert too_long is (way_s + len(day) * visit_s > day_s)
        assert not too_long or len(day) == 1


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.integers(0, 25), st.integers(0, 6_000), st.booleans())
def test_every_stop_is_visited_once_and_no_day_is_too_long(seed, stops, day_s, symmetric):
    seconds = random_seconds(seed, stops, symmetric)
    tour = divide_into_days(seconds, 100, day_s)
    check(tour, seconds, 100, day_s)
    assert tour.exact is (stops <= most_exact)


def test_a_square_is_gone_round_and_not_across():
    # The base and three corners; the diagonal takes 142 s.
    seconds = np.array(
        [[0, 100, 142, 100], [100, 0, 100, 142], [142, 100, 0, 100], [100, 142, 100, 0]]
    )
    tour = divide_into_days(seconds, 60, 100_000)
    assert tour.travel_s == (400,)
    assert tour.days in (((0, 1, 2),), ((2, 1, 0),))


def test_one_way_streets_tell_which_way_round():
    seconds = np.array([[0, 10, 99, 99], [99, 0, 10, 99], [99, 99, 0, 10], [10, 99, 99, 0]])
    assert divide_into_days(seconds, 0, 1_000).days == ((0, 1, 2),)
    assert divide_into_days(seconds.T, 0, 1_000).days == ((2, 1, 0),)


def test_a_day_is_full_to_the_second():
    # Two stops beside the base, 50 s there and back for each, 20 s between them.
    seconds = np.array([[0, 25, 25], [25, 0, 20], [25, 20, 0]])
    together_s = 25 + 20 + 25 + 2 * 60
    assert len(divide_into_days(seconds, 60, together_s).days) == 1
    assert len(divide_into_days(seconds, 60, together_s - 1).days) == 2
    assert _cut([0, 1], seconds, 60, together_s) == [[0, 1]]
    assert _cut([0, 1], seconds, 60, together_s - 1) == [[0], [1]]


def test_a_visit_that_takes_longer_than_a_day_stands_alone_and_is_told():
    seconds = np.array([[0, 10, 1000], [10, 0, 1000], [1000, 1000, 0]])
    tour = divide_into_days(seconds, 60, 200)
    assert tour.days == ((0,), (1,))
    assert tour.too_long == (False, True)


def test_no_stops_take_no_days():
    tour = divide_into_days(np.zeros((1, 1), dtype=np.int64), 60, 200)
    assert tour.days == tour.travel_s == ()
    assert tour.exact


@pytest.mark.parametrize("seed", range(30))
def test_turning_no_part_of_a_long_tour_makes_it_shorter(seed):
    seconds = random_seconds(seed, 14, symmetric=seed % 2 == 0)
    order = _short_order(seconds).tolist()
    assert sorted(order) == list(range(14))
    now_s = travel_s(seconds, order)
    for begin in range(14):
        for end in range(begin + 2, 15):
            turned = order[:begin] + order[begin:end][::-1] + order[end:]
            assert travel_s(seconds, turned) >= now_s


@pytest.mark.parametrize("seed", range(30))
def test_an_order_is_cut_as_well_as_can_be(seed):
    seconds = random_seconds(seed, 7)
    order = np.random.default_rng(seed).permutation(7)
    for day_s in (500, 2_500, 5_000):
        days = _cut(order.tolist(), seconds, 100, day_s)
        assert [stop for day in days for stop in day] == order.tolist()
        expected = min(
            (len(cut), sum(travel_s(seconds, day) for day in cut))
            for cut in divisions(order.tolist())
            if all(fits(seconds, day, 100, day_s) for day in cut)
        )
        assert (len(days), sum(travel_s(seconds, day) for day in days)) == expected


def test_many_stops_on_a_circle_are_visited_along_it():
    # Stops on a circle: where no part can be turned the tour crosses itself nowhere, and that is
    # the circle.
    angle = np.arange(31) * 2 * np.pi / 31
    mixed = np.r_[0, 1 + np.random.default_rng(0).permutation(30)]
    points = 1000 * np.c_[np.cos(angle), np.sin(angle)][mixed]
    seconds = np.ceil(np.hypot(*(points[:, None] - points).transpose(2, 0, 1))).astype(np.int64)
    tour = divide_into_days(seconds, 0, 100_000)
    assert not tour.exact
    assert tour.travel_s == (31 * int(np.ceil(2000 * np.sin(np.pi / 31))),)
