"""What sites could hold at most: the arithmetic of hosts, decisions and years, without a model."""

import numpy as np

from siting.model.problem import SitingProblem


def could_be_open(problem: SitingProblem, year: int) -> np.ndarray:
    """Return whether each site is open today or could open by a year.

    Parameters
    ----------
    year
        Position of the year.
    """
    return problem.sites.exists | problem.sites.may_open[:, year]


def most_added(problem: SitingProblem, year: int, weight: np.ndarray) -> np.ndarray:
    """Return the most that classes added by a year can count for at each site.

    Parameters
    ----------
    year
        Position of the year.
    weight
        What a class of each kind counts for, such as its full-day places.
    """
    sites, size = problem.sites, problem.size.astype(np.int64)
    room = np.where(sites.may_open[:, year], sites.max_classes - sites.classes_today.sum(axis=1), 0)
    free = sites.most_places - sites.places_today
    least = np.where(sites.exists, 0, sites.least_places)
    found = np.zeros(len(room))
    known: dict[tuple[int, float, bytes, int], float] = {}
    for site in np.flatnonzero((room > 0) & sites.has_kinds).tolist():
        runs = sites.runs[site]
        most = min(float(free[site]), float(room[site] * size[runs].max()))
        key = (int(room[site]), most, runs.tobytes(), int(least[site]))
        if key not in known:
            known[key] = _best_mix(int(room[site]), int(most), size[runs], weight[runs], key[3])
        found[site] = known[key]
    return found


def _best_mix(room: int, most: int, size: np.ndarray, weight: np.ndarray, least: int) -> float:
    """Return the largest weight of at most so many classes with places between two bounds."""
    of_places = np.full(most + 1, -np.inf)
    of_places[0] = 0.0
    best = float(of_places[least:].max(initial=0.0))
    for _ in range(room):
        longer = np.full(most + 1, -np.inf)
        for places, counts in zip(size.tolist(), weight.tolist(), strict=True):
            if places <= most:
                longer[places:] = np.maximum(
                    longer[places:], of_places[: most + 1 - places] + counts
                )
        of_places = longer
        best = max(best, float(of_places[least:].max(initial=-np.inf)))
    return best


def held_by_zone(
    problem: SitingProblem, amount: np.ndarray, zone: np.ndarray, zones: int
) -> np.ndarray:
    """Return an amount of sites summed by zone; of an exclusive group only the largest counts.

    Parameters
    ----------
    amount
        Of each site.
    zone
        Zone of each site, negative where it has none.
    """
    candidate, group = ~problem.sites.exists, problem.sites.group
    grouped = candidate & (group != "") & (zone >= 0)
    alone = ~grouped & (zone >= 0)
    total = np.bincount(zone[alone], weights=amount[alone], minlength=zones).astype(float)
    for name in np.unique(group[grouped]).tolist():
        members = np.flatnonzero(grouped & (group == name))
        most = np.zeros(zones)
        np.maximum.at(most, zone[members], amount[members])
        total = total + most
    return total
