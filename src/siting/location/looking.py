"""The compiled part of branching; importing this loads the compiler."""

import numpy as np

from siting.reach.compiled import compiled

first_length, least_length = 0.3, 0.01
patience, shorter = 4, 0.6
"""Steps without a better bound before they are made shorter, and by what."""
momentum, averaged = 0.5, 0.1


@compiled
def look(
    row_first: np.ndarray,
    row_site: np.ndarray,
    weight: np.ndarray,
    own: np.ndarray,
    spend: np.ndarray,
    limit: np.ndarray,
    side: np.ndarray,
    multipliers: np.ndarray,
    sought: float,
    known: float,
    steps: int,
) -> tuple[float, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, float]:
    """Bound what can be covered where some sites are open and some closed.

    Parameters
    ----------
    row_first, row_site
        Sites that reach each class.
    side
        Of each site: 1 open, -1 closed, 0 either.
    multipliers
        To start from; changed.
    sought, known
        Bound below which to end, and value of a known choice.

    Returns
    -------
    The bound, its multipliers, the sides with those closed that no longer fit, what each site is
    worth beyond its price, the mean of the choices made, the best of them and its value.
    """
    sites, classes = len(own), len(weight)
    side = side.copy()
    left = limit.copy()
    given = 0.0
    for site in range(sites):
        if side[site] > 0:
            left -= spend[:, site]
            given += own[site]
    number = np.full(sites, -1, dtype=np.int32)
    free = np.empty(sites, dtype=np.int64)
    frees = 0
    for site in range(sites):
        if side[site] == 0:
            if (spend[:, site] > left).any():
                side[site] = -1
            else:
                free[frees], number[site] = site, frees
                frees += 1
    free = free[:frees]
    item_of = np.empty(classes, dtype=np.int64)
    first = np.zeros(classes + 1, dtype=np.int64)
    free_site = np.empty(row_first[classes], dtype=np.int32)
    items, entries = 0, 0
    for item in range(classes):
        reached = False
        for entry in range(row_first[item], row_first[item + 1]):
            site = row_site[entry]
            reached |= side[site] > 0
            if number[site] >= 0:
                free_site[entries] = number[site]
                entries += 1
        if reached:
            given += weight[item]
            entries = first[items]
        elif entries > first[items]:
            item_of[items] = item
            items += 1
            first[items] = entries
    price_of = spend[-1, free].copy()
    here = multipliers[item_of[:items]].copy()
    heavy = weight[item_of[:items]].copy()
    best_here, best_bound = here.copy(), np.inf
    best_rest = np.zeros(frees)
    best_part, best_value = np.zeros(frees), -np.inf
    mean = np.zeros(frees)
    direction = np.zeros(items)
    worth, part = np.zeros(frees), np.zeros(frees)
    length, waited = first_length, 0
    for step in range(steps):
        worth[:] = own[free]
        bound = given
        for item in range(items):
            amount = heavy[item] * here[item]
            bound += heavy[item] - amount
            for entry in range(first[item], first[item + 1]):
                worth[free_site[entry]] += amount
        order = np.argsort(-worth / np.maximum(price_of, 1e-300), kind="mergesort")
        part[:] = 0.0
        room, price, value = left[-1], 0.0, given
        for site in order:
            if price_of[site] <= room:
                part[site] = 1.0
                bound += worth[site]
                value += own[free[site]]
                room -= price_of[site]
            else:
                price = worth[site] / price_of[site]
                part[site] = room / price_of[site]
                bound += worth[site] * part[site]
                break
        share = averaged if step else 1.0
        for site in range(frees):
            mean[site] += share * (part[site] - mean[site])
        waited += 1
        if bound < best_bound:
            best_bound, waited = bound, 0
            best_here[:] = here
            best_rest[:] = worth - price * price_of
        size = 0.0
        for item in range(items):
            slope, reached = -1.0, False
            for entry in range(first[item], first[item + 1]):
                slope += part[free_site[entry]]
                reached |= part[free_site[entry]] >= 1.0
            if reached:
                value += heavy[item]
            if (here[item] <= 0.0 and slope > 0.0) or (here[item] >= 1.0 and slope < 0.0):
                slope = 0.0
            direction[item] = slope + momentum * direction[item]
            size += heavy[item] * direction[item] ** 2
        if value > best_value:
            fits = True
            for resource in range(len(limit)):
                used = 0.0
                for site in range(frees):
                    if part[site] >= 1.0:
                        used += spend[resource, free[site]]
                fits &= used <= left[resource]
            if fits:
                best_value = value
                best_part[:] = part
        if best_bound < sought or size <= 0.0:
            break
        if waited == patience:
            length, waited = length * shorter, 0
            here[:] = best_here
            if length < least_length:
                break
        distance = max(bound - max(known, best_value), 0.0) * length / size
        for item in range(items):
            here[item] = min(max(here[item] - distance * direction[item], 0.0), 1.0)
    multipliers[item_of[:items]] = best_here
    rest, means = np.zeros(sites), np.zeros(sites)
    rest[free], means[free] = best_rest, mean
    chosen = side > 0
    chosen[free[best_part >= 1.0]] = True
    return best_bound, multipliers, side, rest, means, chosen, best_value
