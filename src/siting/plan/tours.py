"""A round from a base over its stops, divided into days.

Reads travel seconds between places, gives the order of the visits. Does not: know what the places
are, or measure a way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

most_exact = 9
"""Stops up to which every division into days is weighed; the work triples with each stop."""


@dataclass(frozen=True)
class Tour:
    """Visits to every stop, day by day; each day begins and ends at the base.

    Attributes
    ----------
    days
        Stops of each day, counted from 0, in the order of the visits.
    travel_s
        Travel of each day in seconds.
    too_long
        Whether each day is longer than a day may be: a single visit that is far away.
    exact
        Whether it is proven that no other round takes fewer days, or as many with less travel.
    """

    days: tuple[tuple[int, ...], ...]
    travel_s: tuple[int, ...]
    too_long: tuple[bool, ...]
    exact: bool


def divide_into_days(seconds: np.ndarray, visit_s: int, day_s: int) -> Tour:
    """Return a round that visits every stop, in few days and with little travel.

    A day takes at most ``day_s``, travel and visits together, unless a single visit takes longer.
    Up to :data:`most_exact` stops every order and division is weighed by dynamic programming
    (Held and Karp 1962, doi 10.1137/0110015) and the round takes the fewest days, and of these
    the least travel. With more, one tour over all stops goes to the nearest stop not yet visited,
    is improved as long as turning a part of it round makes it shorter (2-opt, Croes 1958, doi
    10.1287/opre.6.6.791), and is cut into days as well as its order allows.

    Parameters
    ----------
    seconds
        From (row) and to (column) the base, which comes first, and each stop; every way exists.
    visit_s
        Time at a stop.
    """
    stops = len(seconds) - 1
    exact = stops <= most_exact
    if exact:
        days = _fewest_days(seconds, visit_s, day_s)
    else:
        days = _cut(_short_order(seconds).tolist(), seconds, visit_s, day_s)
    travel_s = tuple(_travel_s(seconds, day) for day in days)
    return Tour(
        days=tuple(tuple(day) for day in days),
        travel_s=travel_s,
        too_long=tuple(
            travel + len(day) * visit_s > day_s for day, travel in zip(days, travel_s, strict=True)
        ),
        exact=exact,
    )


def _travel_s(seconds: np.ndarray, day: Sequence[int]) -> int:
    places = [0, *(stop + 1 for stop in day), 0]
    return sum(int(seconds[here, there]) for here, there in pairwise(places))


def _fewest_days(seconds: np.ndarray, visit_s: int, day_s: int) -> list[list[int]]:
    """Return the days of the best round; a group of stops is a number with a bit for each."""
    ways = _ways_through(seconds)
    back_s = seconds[1:, 0].tolist()
    closed = [
        min(((way_s + back_s[last], last) for last, (way_s, _) in ends.items()), default=(0, 0))
        for ends in ways
    ]
    best = [(0, 0, 0)]
    for group in range(1, len(ways)):
        first = group & -group
        others = rest = group ^ first
        found = []
        while True:
            day = first | others
            travel_s, _ = closed[day]
            if day == first or travel_s + day.bit_count() * visit_s <= day_s:
                days_left, left_s, _ = best[group ^ day]
                found.append((days_left + 1, left_s + travel_s, day))
            if not others:
                break
            others = (others - 1) & rest
        best.append(min(found))
    days, group = [], len(ways) - 1
    while group:
        day = best[group][2]
        group ^= day
        last, order = closed[day][1], []
        while day:
            order.append(last)
            day, last = day ^ (1 << last), ways[day][last][1]
        days.append(order[::-1])
    return days


def _ways_through(seconds: np.ndarray) -> list[dict[int, tuple[int, int]]]:
    """Return for each group of stops the quickest way from the base through all of it.

    Returns
    -------
    list of dict
        Last stop -> seconds, and the stop before it (itself where there is none).
    """
    out_s, between_s = seconds[0, 1:].tolist(), seconds[1:, 1:].tolist()
    ways: list[dict[int, tuple[int, int]]] = [{}]
    for group in range(1, 1 << len(out_s)):
        ends = {}
        for last in range(len(out_s)):
            before = group ^ (1 << last)
            if before > group:
                continue
            ends[last] = min(
                (
                    (way_s + between_s[stop][last], stop)
                    for stop, (way_s, _) in ways[before].items()
                ),
                default=(out_s[last], last),
            )
        ways.append(ends)
    return ways


def _short_order(seconds: np.ndarray) -> np.ndarray:
    """Return all stops in an order that turning round a part of it does not make shorter."""
    left = list(range(1, len(seconds)))
    places = [0]
    while left:
        nearest = min(left, key=lambda stop: (seconds[places[-1], stop], stop))
        left.remove(nearest)
        places.append(nearest)
    tour = np.array([*places, 0])
    while True:
        gain_s = _turning_gains_s(seconds, tour)
        begin, end = np.unravel_index(np.argmax(gain_s), gain_s.shape)
        if gain_s[begin, end] <= 0:
            return tour[1:-1] - 1
        tour[begin + 1 : end + 2] = tour[begin + 1 : end + 2][::-1].copy()


def _turning_gains_s(seconds: np.ndarray, tour: np.ndarray) -> np.ndarray:
    """Return what turning round the part from the one stop (row) to the other (column) saves.

    One-way streets make a part take longer or shorter when it is turned round.
    """
    forth_s = np.r_[0, np.cumsum(seconds[tour[:-1], tour[1:]])]
    back_s = np.r_[0, np.cumsum(seconds[tour[1:], tour[:-1]])]
    before, stop, after = tour[:-2], tour[1:-1], tour[2:]
    inside_s = (forth_s - back_s)[1:-1]
    saved_s = (
        seconds[before, stop][:, None]
        + seconds[stop, after][None, :]
        + (inside_s[None, :] - inside_s[:, None])
        - seconds[np.ix_(before, stop)]
        - seconds[np.ix_(stop, after)]
    )
    return np.triu(saved_s, 1)


def _cut(order: list[int], seconds: np.ndarray, visit_s: int, day_s: int) -> list[list[int]]:
    """Return the days into which an order of stops is best cut."""
    best = [(0, 0, 0)]
    for end in range(1, len(order) + 1):
        found = []
        for begin in range(end - 1, -1, -1):
            day = order[begin:end]
            travel_s = _travel_s(seconds, day)
            if len(day) > 1 and travel_s + len(day) * visit_s > day_s:
                continue
            days_before, before_s, _ = best[begin]
            found.append((days_before + 1, before_s + travel_s, begin))
        best.append(min(found))
    days: list[list[int]] = []
    end = len(order)
    while end:
        begin = best[end][2]
        days.append(order[begin:end])
        end = begin
    return days[::-1]
