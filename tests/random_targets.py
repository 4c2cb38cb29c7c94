"""What random towns are asked for: targets of every kind, objectives, costs that count."""

import numpy as np

from drawn_town import target
from random_town import RandomTown
from siting.scenario import Scenario

kinds_of_target = (
    "per_thousand",
    "inclusive_share",
    "township_coverage",
    "community_coverage",
    "population_coverage",
    "enrolment",
    "fill",
    "tier_count",
    "zone_count",
    "new_area",
    "pairing",
    "budget",
)


def random_scenarios(town: RandomTown, seed: int, count: int) -> list[Scenario]:
    """Return scenarios for the same town: other targets, objectives and costs that count."""
    rng, more = np.random.default_rng([seed, 1]), np.random.default_rng([seed, 2])
    return [_asking(rng, more, town.asked) for _ in range(count)]


def _asking(rng: np.random.Generator, more: np.random.Generator, asked: Scenario) -> Scenario:
    chosen = rng.choice(kinds_of_target, size=rng.integers(1, 6), replace=False)
    targets = []
    for kind in sorted(map(str, chosen)):
        year = int(rng.choice(asked.years))
        hard = bool(rng.random() < 0.25)
        asks = {"year": year, "hard": hard, "priority": int(rng.integers(1, 3))}
        targets.append({**target(kind), **asks, **_required(rng, kind, asked, chosen)})
        if kind in ("township_coverage", "community_coverage", "tier_count", "zone_count"):
            targets[-1]["inclusive_only"] = bool(more.random() < 0.4)
        if kind == "pairing" and more.random() < 0.7:
            targets += _by_kinds(more, targets.pop(), asked)
        if len(asked.years) > 1 and rng.random() < 0.3:
            (other, *_) = [y for y in asked.years if y != year]
            targets.append({**targets[-1], "year": other, "hard": bool(rng.random() < 0.25)})
    lists = [("shortfall", "cost", "served")] * 5
    lists += [("shortfall", "coverage", "cost", "served")]
    lists += [("shortfall", "cost", "coverage"), ("shortfall", "cost", "served", "tie_break")]
    changes = {
        "targets": tuple(targets),
        "objectives": lists[rng.integers(len(lists))],
        "costs": {
            "counted": [("capital",), ("capital", "running"), ("running",)][
                rng.choice(3, p=[0.5, 0.4, 0.1])
            ],
            "discount_rate": float(rng.choice([0.0, 0.05])),
        },
    }
    told = asked.model_dump()
    if "coverage" in changes["objectives"]:
        weights = more.spawn(1)[0].choice([1.0, 2.5, 4.0], 2)
        children = {**told["children"], "weights": dict(zip(("left_behind", "hardship"), weights))}
        changes["children"] = children
    return Scenario.model_validate({**told, **changes})


def _by_kinds(rng: np.random.Generator, asks: dict, asked: Scenario) -> list[dict]:
    """Return a pairing target as one or more, each guided by some kinds of its own or by any."""
    primary = {**asks, "id": "primary", "kinds": ("community_health_centre",)}
    hospital = {**asks, "id": "hospital", "kinds": ("hospital",), "hard": False}
    if "hospital" not in asked.guidance.kinds:
        return [primary]
    number = rng.integers(3)
    return [[primary], [primary, hospital], [asks, {**hospital, "required": 0.5}]][number]


def _required(rng: np.random.Generator, kind: str, asked: Scenario, chosen: np.ndarray) -> dict:
    """Return what a target of a kind asks for."""

    def one_of(*values):
        return values[rng.integers(len(values))]

    with_places = tuple(name for name, tier in asked.tiers.items() if tier.class_kinds)
    if kind == "per_thousand":
        asks = {
            "required": float(rng.integers(5, 60)),
            "within": one_of("area", "area", "township"),
        }
    elif kind == "inclusive_share":
        asks = {"required": one_of(0.4, 0.6, 0.9)}
    elif kind == "township_coverage":
        asks = {"required": one_of(0.5, 0.7, 1.0), "tiers": one_of((), (), ("point",))}
    elif kind == "community_coverage":
        shared = {"sharing": "reach", "shared_by": one_of(0.5, 0.9)}
        shared["shared_below"] = one_of(None, 400.0)
        asks = {"required": one_of(0.5, 0.7, 1.0), **one_of({}, shared)}
        asks["area_type"] = one_of("all", "all", "urban", "rural")
    elif kind == "population_coverage":
        group = one_of("all", "all", "urban", "rural", "left_behind", "hardship")
        asks = {"required": one_of(0.5, 0.8, 1.0), "group": group}
        asks["tiers"] = one_of((), (), ("institution",), ("point", "institution"))
    elif kind == "enrolment":
        tiers = () if "fill" in chosen else one_of((), ("institution",))
        asks = {"required": one_of(0.05, 0.12, 0.3), "tiers": tiers}
    elif kind == "fill":
        asks = {"required": one_of(0.1, 0.3, 0.6), "within": one_of("area", "site")}
        asks |= {"spare_only_site": one_of(True, False)} if asks["within"] == "site" else {}
        asks["tiers"] = one_of((), ("institution",))
    elif kind == "tier_count":
        asks = one_of(
            {"at_least": 1}, {"at_least": 2}, {"at_most": 1}, {"at_least": 2, "at_most": 2}
        )
        asks["tiers"] = (one_of(*asked.tiers),)
    elif kind == "zone_count":
        asks = {"zone": one_of("township", "district"), "at_least": one_of(1, 2)}
        asks["children_per_site"] = one_of(None, 300.0)
        asks["tiers"] = one_of(("point",), ("institution",), tuple(asked.tiers))
    elif kind == "new_area":
        asks = {"required": float(rng.integers(2, 30))}
    elif kind == "pairing":
        asks = {"required": one_of(0.5, 1.0), "tiers": one_of((), ("institution",), with_places)}
    else:
        asks = {
            "required": one_of(0.0, 30_000.0, 60_000.0, 120_000.0),
            "spent_on": one_of("capital", "capital", "subsidy", "running"),
            "since": one_of("last_planned_year", "base_year"),
        }
    return asks
