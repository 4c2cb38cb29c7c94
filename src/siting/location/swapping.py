"""Good sites by greedy addition, swaps and kicks; importing this loads the compiler.

A swap opens one site and closes another; the best one is found from what each site would add,
what each open one alone covers, and what the two of a pair alone cover (Resende and Werneck 2007,
doi 10.1016/j.ejor.2005.02.087, for the p-median).
"""

from typing import NamedTuple

import numpy as np

from siting.location.instance import Instance, tiny
from siting.reach.compiled import compiled

turned_by_kick = 4
"""Sites that a kick closes, and as many that it opens."""
most_swaps = 1 << 40


class Board(NamedTuple):
    """Sites open and closed, and what follows from it.

    Attributes
    ----------
    row_first, row_site, column_first, column_class
        Sites that reach each class, and classes that each site reaches.
    weight, spend, limit
        See :class:`siting.location.instance.Instance`.
    is_open, used
        Whether each site is open, and what the open ones use of each resource.
    times, holder
        How many open sites reach each class, and the sum of their numbers: where it is one, its.
    worth
        What each closed site would add, and what each open one alone covers.
    shared
        Work space, a zero for each site.
    """

    row_first: np.ndarray
    row_site: np.ndarray
    column_first: np.ndarray
    column_class: np.ndarray
    weight: np.ndarray
    spend: np.ndarray
    limit: np.ndarray
    is_open: np.ndarray
    used: np.ndarray
    times: np.ndarray
    holder: np.ndarray
    worth: np.ndarray
    shared: np.ndarray


def swapped(
    instance: Instance, chosen: np.ndarray, kicks: np.ndarray, swaps: int = most_swaps
) -> np.ndarray:
    """Return whether each site is open in a choice that no addition and no swap makes better.

    Parameters
    ----------
    chosen
        Whether each site is open at the start; within the limits.
    swaps
        Swaps made at most, at the start and after each kick.
    kicks
        Numbers from 0 to 1, a row for each kick: some sites are closed at random and others
        opened, and what that leads to is kept unless it is worse.
    """
    rows, columns, sites = instance.rows, instance.columns, instance.sites
    board = Board(
        row_first=rows.indptr,
        row_site=rows.indices,
        column_first=columns.indptr,
        column_class=columns.indices,
        weight=instance.weight,
        spend=instance.spend,
        limit=instance.limit,
        is_open=np.zeros(sites, dtype=bool),
        used=np.zeros(len(instance.limit)),
        times=np.zeros(len(instance.weight), dtype=np.int64),
        holder=np.zeros(len(instance.weight), dtype=np.int64),
        worth=instance.own + columns @ instance.weight,
        shared=np.zeros(sites),
    )
    least = tiny * max(instance.most, 1.0)
    return _search(board, np.asarray(chosen, dtype=bool), kicks, swaps, least)


def draw_kicks(count: int, seed: int) -> np.ndarray:
    """Return the numbers of so many kicks."""
    return np.random.default_rng(seed).random((count, 2 * turned_by_kick))


@compiled
def _search(
    board: Board, start: np.ndarray, kicks: np.ndarray, swaps: int, least: float
) -> np.ndarray:
    value = _become(board, start)
    best_open, best_value = start.copy(), -1.0
    for kick in range(len(kicks) + 1):
        made = 0
        while True:
            rise = _add(board, least)
            if rise == 0.0 and made < swaps:
                rise = _swap(board, least)
                made += 1
            if rise == 0.0:
                break
            value += rise
        if value >= best_value - least:
            best_open, best_value = board.is_open.copy(), max(value, best_value)
        if kick < len(kicks):
            value += _become(board, best_open) + _kick(board, kicks[kick])
    return best_open


@compiled
def _turn(board: Board, site: int, opens: bool) -> float:
    """Open or close a site; return what that adds."""
    rise = board.worth[site] if opens else -board.worth[site]
    for entry in range(board.column_first[site], board.column_first[site + 1]):
        item = board.column_class[entry]
        before = board.times[item]
        alone = before == 0 if opens else before == 1
        if alone:
            change = -board.weight[item] if opens else board.weight[item]
            for other in range(board.row_first[item], board.row_first[item + 1]):
                board.worth[board.row_site[other]] += change
            board.worth[site] -= change
        if opens:
            if before == 1:
                board.worth[board.holder[item]] -= board.weight[item]
            board.times[item] += 1
            board.holder[item] += site
        else:
            board.times[item] -= 1
            board.holder[item] -= site
            if before == 2:
                board.worth[board.holder[item]] += board.weight[item]
    board.is_open[site] = opens
    return rise


@compiled
def _become(board: Board, wanted: np.ndarray) -> float:
    """Open and close sites until those wanted are open; return what that adds."""
    rise = 0.0
    board.used[:] = 0.0
    for site in range(len(wanted)):
        if board.is_open[site] != wanted[site]:
            rise += _turn(board, site, wanted[site])
        if wanted[site]:
            board.used[:] += board.spend[:, site]
    return rise


@compiled
def _fits(board: Board, enter: int, leave: int) -> bool:
    """Say whether opening a site, and closing one unless that is -1, keeps to the limits."""
    for resource in range(len(board.limit)):
        after = board.used[resource] + board.spend[resource, enter]
        if leave >= 0:
            after -= board.spend[resource, leave]
        if after > board.limit[resource]:
            return False
    return True


@compiled
def _add(board: Board, least: float) -> float:
    """Open the site that adds most for what it uses of the scarcest resource, if one fits."""
    enter, best_rate = -1, 0.0
    for site in range(len(board.worth)):
        if board.is_open[site] or board.worth[site] <= least or not _fits(board, site, -1):
            continue
        share = 1e-12
        for resource in range(len(board.limit)):
            if board.limit[resource] > 0:
                share = max(share, board.spend[resource, site] / board.limit[resource])
        if board.worth[site] / share > best_rate:
            enter, best_rate = site, board.worth[site] / share
    if enter < 0:
        return 0.0
    board.used[:] += board.spend[:, enter]
    return _turn(board, enter, True)


@compiled
def _swap(board: Board, least: float) -> float:
    """Make the best swap, if one adds something."""
    enter, leave, most = -1, -1, least
    opened = np.flatnonzero(board.is_open)
    for site in range(len(board.worth)):
        if board.is_open[site]:
            continue
        for entry in range(board.column_first[site], board.column_first[site + 1]):
            item = board.column_class[entry]
            if board.times[item] == 1:
                board.shared[board.holder[item]] += board.weight[item]
        for out in opened:
            rise = board.worth[site] - board.worth[out] + board.shared[out]
            board.shared[out] = 0.0
            if rise > most and _fits(board, site, out):
                enter, leave, most = site, out, rise
    if enter < 0:
        return 0.0
    board.used[:] += board.spend[:, enter] - board.spend[:, leave]
    return _turn(board, leave, False) + _turn(board, enter, True)


@compiled
def _kick(board: Board, draws: np.ndarray) -> float:
    """Close some sites at random, then open others that fit; return what that adds."""
    rise = 0.0
    for draw in range(len(draws)):
        opens = draw >= len(draws) // 2
        among = np.flatnonzero(board.is_open != opens)
        if len(among) == 0:
            continue
        site = among[int(draws[draw] * len(among))]
        if opens and not _fits(board, site, -1):
            continue
        rise += _turn(board, site, opens)
        board.used[:] += board.spend[:, site] if opens else -board.spend[:, site]
    return rise
