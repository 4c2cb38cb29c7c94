"""Small random towns with every plan of them reckoned, to hold several answers against."""

from functools import cache

import numpy as np

from brute_force import Reckoning
from brute_targets import Verdict
from drawn_town import scenario, target
from random_town import RandomTown, class_kinds, letters
from siting.demand import measure_demand
from siting.model import states_of
from siting.plan import choose_sites
from siting.solver import Status

margin = 2e-5
"""Shares of a unit within which rounding decides; such cases are left out."""


def random_street(seed: int) -> RandomTown:
    """Return a street with a facility, five hosts, and targets that can be met in several ways."""
    rng = np.random.default_rng([seed, 4])
    gaps = rng.integers(1, 4, len(letters) - 1)
    picture = letters[0] + "".join("-" * gap + mark for gap, mark in zip(gaps, letters[1:]))
    people = {mark: float(rng.integers(2, 12) * 30) for mark in letters}
    spots = [str(mark) for mark in rng.permutation(list(letters))]
    hosts = {
        mark: {
            "max_classes": int(rng.integers(1, 3)),
            "fixed_cost_cny": float(rng.integers(1, 30) * 1_000),
            "place_cost_cny": float(rng.integers(2, 20) * 100),
            "inclusive": bool(rng.random() < 0.5),
        }
        for mark in spots[:5]
    }
    facility = {
        "mixed_classes": 1,
        "max_classes": 2,
        "enrolled_12_24": 5,
        "fixed_cost_cny": float(rng.choice([0, 9_000])),
        "place_cost_cny": float(rng.integers(2, 20) * 100),
    }
    years = ((2025,), (2025, 2027))[rng.integers(2)]
    asks = {
        "per_thousand": {"required": float(rng.integers(10, 40))},
        "population_coverage": {"required": float(rng.choice([0.4, 0.6, 0.8]))},
        "enrolment": {"required": float(rng.choice([0.04, 0.08]))},
        "inclusive_share": {"required": float(rng.choice([0.4, 0.7]))},
        "tier_count": {"at_least": int(rng.integers(2, 4)), "tiers": ("institution",)},
    }
    chosen = rng.choice(list(asks), size=3, replace=False)
    targets = tuple(
        {
            **target(kind, **asks[kind], hard=bool(rng.random() < 0.6)),
            "year": years[-1],
            "priority": int(rng.integers(1, 3)),
            "tiers": ("institution",),
        }
        for kind in sorted(map(str, chosen))
    )
    kinds = {"mixed": class_kinds["mixed"]}
    tier = {
        "label": "托育机构",
        "limit_minutes": 5.0,
        "class_kinds": ("mixed",),
        "counts_in": ("per_thousand",),
    }
    children = {**scenario().children.model_dump(), "under3_share": dict.fromkeys(years, 1 / 3)}
    return RandomTown(
        picture,
        people,
        hosts=hosts,
        facilities={spots[5]: facility},
        asked=scenario(
            years=years,
            class_kinds=kinds,
            tiers={"institution": tier},
            targets=targets,
            children=children,
            costs={"discount_rate": 0.05},
        ),
    )


@cache
def case(seed: int):
    """Return a street with a plan that is proven optimal, or None where there is none.

    ``(scenario, inputs, reach, plan, reckoning)``.
    """
    town = random_street(seed)
    asked, inputs, reach = town.asked, town.inputs(), town.reach()
    plan = choose_sites(asked, inputs, reach)
    if plan.status is not Status.OPTIMAL:
        return None
    demand = {
        (s.year, s.trend): measure_demand(asked, inputs, reach, s.year, s.trend)
        for s in states_of(asked)
    }
    return asked, inputs, reach, plan, Reckoning(town, inputs, demand)


def missed(verdict: Verdict, *, without: str = "") -> dict[int, np.ndarray]:
    """Return what each plan misses of the soft targets: priority -> of each plan.

    Parameters
    ----------
    without
        Key of a target that is left out.
    """
    found = {}
    for soft in (t for t in verdict.asked.targets if not t.hard and t.key != without):
        found[soft.priority] = found.get(soft.priority, 0.0) + verdict.short[soft.key]
    return found


def allowed(verdict: Verdict) -> np.ndarray:
    """Return whether each plan keeps the hard targets and opens one site of a group at most."""
    town = verdict.all
    kept = np.ones(town.plan.shape[1], dtype=bool)
    grouped = np.array([bool(site["exclusive_group"]) for site in town.sites])
    opened = town.is_open[town.configuration[-1]] & ~town.exists & grouped
    kept &= opened.sum(axis=1) <= 1
    for hard in (t for t in verdict.asked.targets if t.hard):
        kept &= verdict.short[hard.key] <= 0
    return kept


def is_doubtful(verdict: Verdict) -> bool:
    """Return whether rounding decides what some plan misses of a hard target."""
    hard = [verdict.short[t.key] for t in verdict.asked.targets if t.hard]
    return any(((short > 0) & (short < margin)).any() for short in hard)


def least(cost: np.ndarray, kept: np.ndarray) -> float | None:
    """Return the least cost of the plans kept, None where there is none."""
    return float(cost[kept].min()) if kept.any() else None


def acts(reckoning: Reckoning) -> np.ndarray:
    """Return plans x sites: 0 as today, 1 opened or grown at a fixed cost, 2 closed."""
    last = reckoning.configuration[-1]
    is_open, exists = reckoning.is_open[last], reckoning.exists
    costs = np.array([site["fixed_cost_cny"] > 0 for site in reckoning.sites])
    grown = (reckoning.classes[last] > reckoning.today).any(axis=2)
    opened = is_open & ~exists
    grows = is_open & exists & grown & costs
    return np.where(exists & ~is_open, 2, (opened | grows).astype(int))
