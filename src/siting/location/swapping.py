"""Good sites by greedy addition, swaps and kicks; importing this loads the compiler.

A swap opens one site and closes another; the best one is found from what each site would add,
what each open one alone covers, and what the two of a pair alone cover (Resende and Werneck 2007,
doi 10.1016/j.ejor.2005.02.087, for the p-median).
"""

import numpy as np

from siting.location.instance import Instance, tiny
from siting.reach.compiled import compiled

turned_by_kick = 4
"""Sites that a kick closes, and as many that it opens."""
most_swaps = 1 << 40


def swapped(
    instance: Instance, chosen: np.ndarray, kicks: np.ndarray, swaps: int = most_swaps
) -> np.ndarray:
    """Return whether each site is open in a choice that no addition and no swap makes better.

    Parameters
    ----------
    chosen
        Whether each site is open at the start; within the limits.
    kicks
        Numbers from 0 to 1, a row for each kick: some sites are closed at random and others
        opened, and what that leads to is kept unless it is worse.
    swaps
        Swaps made at most, at the start and after each kick.
    """
    rows, columns = instance.rows, instance.columns
    return _search(
        rows.indptr,
        rows.indices,
        columns.indptr,
        columns.indices,
        instance.weight,
        instance.own + columns @ instance.weight,
        instance.spend,
        instance.limit,
        np.asarray(chosen, dtype=bool),
        kicks,
        swaps,
        tiny * max(instance.most, 1.0),
    )


def draw_kicks(count: int, seed: int) -> np.ndarray:
    """Return the numbers of so many kicks."""
    return np.random.default_rng(seed).random((count, 2 * turned_by_kick))


@compiled
def _fits(used: np.ndarray, limit: np.ndarray, spend: np.ndarray, enter: int, leave: int) -> bool:
    """Say whether opening a site, and closing one unless that is -1, keeps to the limits."""
    for resource in range(len(limit)):
        after = used[resource] + spend[resource, enter]
        if leave >= 0:
            after -= spend[resource, leave]
        if after > limit[resource]:
            return False
    return True


@compiled
def _search(  # noqa: PLR0915
    row_first: np.ndarray,
    row_site: np.ndarray,
    column_first: np.ndarray,
    column_class: np.ndarray,
    weight: np.ndarray,
    worth: np.ndarray,
    spend: np.ndarray,
    limit: np.ndarray,
    start: np.ndarray,
    kicks: np.ndarray,
    swaps: int,
    least: float,
) -> np.ndarray:
    """Turn sites open and closed until no kick is left.

    Every round picks the sites to turn, and then turns them in one place: compiling that twice
    would take twice as long. ``worth`` is what each closed site would add, and what each open one
    alone covers; ``times`` how many open sites reach each class, and ``holder`` the sum of their
    numbers, which is the one itself where it is alone.
    """
    sites, resources = len(worth), len(limit)
    times = np.zeros(len(weight), dtype=np.int64)
    holder = np.zeros(len(weight), dtype=np.int64)
    is_open = np.zeros(sites, dtype=np.bool_)
    used = np.zeros(resources)
    shared = np.zeros(sites)
    opened = np.empty(sites, dtype=np.int64)
    turned = np.empty(2 * sites + kicks.shape[1], dtype=np.int64)
    turns = 0
    for site in range(sites):
        if start[site]:
            turned[turns] = site
            turns += 1
    best_open = is_open.copy()
    value, best_value = 0.0, -1.0
    kick, made = 0, 0
    while True:
        for turn in range(turns):
            site = turned[turn]
            opens = not is_open[site]
            is_open[site] = opens
            value += worth[site] if opens else -worth[site]
            for resource in range(resources):
                used[resource] += spend[resource, site] if opens else -spend[resource, site]
            for entry in range(column_first[site], column_first[site + 1]):
                item = column_class[entry]
                amount = weight[item]
                others = times[item] if opens else times[item] - 1
                if not opens:
                    holder[item] -= site
                if others == 0:
                    change = -amount if opens else amount
                    for other in range(row_first[item], row_first[item + 1]):
                        worth[row_site[other]] += change
                    worth[site] -= change
                elif others == 1:
                    worth[holder[item]] += -amount if opens else amount
                if opens:
                    holder[item] += site
                times[item] += 1 if opens else -1
        turns = 0
        # What fits is added first, by what it adds for what it uses of the scarcest resource.
        enter, leave, most = -1, -1, 0.0
        for site in range(sites):
            if is_open[site] or worth[site] <= least or not _fits(used, limit, spend, site, -1):
                continue
            share = 1e-12
            for resource in range(resources):
                if limit[resource] > 0:
                    share = max(share, spend[resource, site] / limit[resource])
            if worth[site] / share > most:
                enter, most = site, worth[site] / share
        if enter >= 0:
            turned[0], turns = enter, 1
            continue
        if made < swaps:
            made += 1
            count = 0
            for site in range(sites):
                if is_open[site]:
                    opened[count] = site
                    count += 1
            most = least
            for site in range(sites):
                if is_open[site]:
                    continue
                for entry in range(column_first[site], column_first[site + 1]):
                    item = column_class[entry]
                    if times[item] == 1:
                        shared[holder[item]] += weight[item]
                for place in range(count):
                    out = opened[place]
                    rise = worth[site] - worth[out] + shared[out]
                    shared[out] = 0.0
                    if rise > most and _fits(used, limit, spend, site, out):
                        enter, leave, most = site, out, rise
            if enter >= 0:
                turned[0], turned[1], turns = leave, enter, 2
                continue
        if value >= best_value - least:
            best_value = max(value, best_value)
            for site in range(sites):
                best_open[site] = is_open[site]
        if kick == len(kicks):
            return best_open
        # From the best, close some sites at random and open others.
        for resource in range(resources):
            used[resource] = 0.0
        for site in range(sites):
            shared[site] = 1.0 if best_open[site] else 0.0
            if best_open[site]:
                for resource in range(resources):
                    used[resource] += spend[resource, site]
        for draw in range(kicks.shape[1]):
            closes = 2 * draw < kicks.shape[1]
            site = int(kicks[kick, draw] * sites)
            for _ in range(sites):
                if (shared[site] > 0.0) == closes:
                    break
                site = site + 1 if site + 1 < sites else 0
            if (shared[site] > 0.0) != closes:
                continue
            if not closes and not _fits(used, limit, spend, site, -1):
                continue
            shared[site] = 0.0 if closes else 1.0
            for resource in range(resources):
                used[resource] += -spend[resource, site] if closes else spend[resource, site]
        for resource in range(resources):
            used[resource] = 0.0
        for site in range(sites):
            if is_open[site]:
                for resource in range(resources):
                    used[resource] += spend[resource, site]
            if is_open[site] != (shared[site] > 0.0):
                turned[turns] = site
                turns += 1
            shared[site] = 0.0
        kick += 1
        made = 0
