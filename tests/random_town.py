"""Small random towns along one street, with everything that a plan of several years knows."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np

from drawn_town import Town, scenario, target
from siting.inputs import Inputs, no_zone
from siting.scenario import Scenario

letters = "abcdefgh"
drive_s = 18
"""Seconds that 100 m take at the 20 km/h of residential streets."""
plans_of_years = ((2025,), (2026,), (2025, 2027), (2026, 2027), (2026, 2027, 2030))
class_kinds = {
    "small": {"label": "托小班", "size": 15, "bands": ("12-24",)},
    "large": {"label": "托大班", "size": 20, "bands": ("24-36",)},
    "mixed": {"label": "混合班", "size": 18, "bands": ("12-24", "24-36")},
    "half": {
        "label": "半日班",
        "size": 16,
        "bands": ("12-24", "24-36"),
        "full_day_equivalent": 0.5,
    },
}


@dataclass
class RandomTown(Town):
    """A drawn town in which some facilities, by letter, lie outside the study area.

    Every second township is rural.
    """

    outside: tuple[str, ...] = ()

    def townships(self) -> gpd.GeoDataFrame:
        townships = super().townships()
        kinds = ["rural" if number % 2 else "urban" for number in range(len(townships))]
        return townships.assign(area_type=kinds)

    def inputs(self) -> Inputs:
        inputs = super().inputs()
        sites = inputs.sites
        away = sites["site_id"].isin([f"e{letter}" for letter in self.outside])
        sites.loc[away, ["zone", "community", "area"]] = no_zone
        sites.loc[away, "may_close"] = False
        return inputs


def random_town(seed: int) -> RandomTown:
    """Return a town, whose scenario asks for next to nothing; see :mod:`random_targets`."""
    rng = np.random.default_rng(seed)
    years = plans_of_years[rng.integers(len(plans_of_years))]
    gaps = rng.integers(0, 3, len(letters) - 1)
    picture = letters[0] + "".join("-" * gap + mark for gap, mark in zip(gaps, letters[1:]))
    scale = float(rng.choice([8.0, 20.0, 45.0]))
    people = {
        mark: float(np.round(rng.integers(1, 20) * scale)) for mark in letters if rng.random() < 0.8
    }
    people = people or {"a": 300.0}
    number = 3 if len(years) == 1 and rng.random() < 0.3 else rng.integers(1, 3)
    chosen = [str(kind) for kind in rng.permutation(list(class_kinds))[:number]]
    kinds = {name: class_kinds[name] for name in sorted(chosen)}
    spots = [str(mark) for mark in rng.permutation(list(letters))]
    tiers = _tiers(rng, tuple(kinds))
    facilities = {
        spots[n]: _facility(rng, tiers, kinds)
        for n in range(1 if len(kinds) == 3 else rng.integers(1, 3))
    }
    most_hosts = 3 if len(years) < 3 and len(kinds) < 3 else 2
    hosts = {
        spots[2 + n]: _host(rng, tiers, years, most_classes=2 if n == 0 and len(years) < 3 else 1)
        for n in range(rng.integers(2, most_hosts + 1))
    }
    width = len(picture)
    borders = tuple(
        sorted({float(b) + 0.5 for b in rng.integers(1, width - 1, rng.integers(0, 3))})
    )
    finer = {float(b) + 0.5 for b in rng.integers(1, width - 1, 2)}
    areas = {
        str(mark): {
            "people": float(rng.integers(5, 40) * 30),
            "hand_over_year": int(rng.choice([2025, 2026, 2027])),
        }
        for mark in rng.permutation(list(letters))[: rng.integers(1, 3)]
    }
    medical = {
        str(mark): {
            "child_health_staff": float(rng.choice([0, 1, 2])),
            "kind": str(rng.choice(["community_health_centre", "hospital"], p=[0.8, 0.2])),
        }
        for mark in rng.permutation(list(letters))[: rng.integers(1, 4)]
    }
    groups = {
        group: {mark: float(rng.integers(0, max(1, int(people[mark] / 6)))) for mark in people}
        for group in ("left_behind", "hardship")
    }
    return RandomTown(
        picture,
        people,
        hosts=hosts,
        facilities=facilities,
        borders=borders,
        community_borders=tuple(sorted({*borders, *finer})),
        areas=areas,
        medical=medical,
        groups=groups,
        outside=tuple(m for m in facilities if len(facilities) > 1 and rng.random() < 0.15),
        asked=_scenario(rng, years, kinds, tiers),
    )


def _tiers(rng: np.random.Generator, kinds: tuple[str, ...]) -> dict:
    """Return tiers; each counts in most kinds of target, and in enrolment if it has places."""

    def counts_in(has_places: bool) -> tuple[str, ...]:
        counted = [
            kind
            for kind in (
                "township_coverage",
                "community_coverage",
                "population_coverage",
                *(("per_thousand", "inclusive_share", "new_area") if has_places else ()),
            )
            if rng.random() < 0.85
        ]
        return (*counted, "enrolment") if has_places else tuple(counted)

    tiers = {
        "institution": {
            "label": "托育机构",
            "limit_minutes": float(rng.choice([5.0, 10.0])),
            "class_kinds": kinds,
            "counts_in": (
                "per_thousand",
                "inclusive_share",
                "township_coverage",
                "community_coverage",
                "population_coverage",
                "enrolment",
                "new_area",
            ),
            "can_close": bool(rng.random() < 0.7),
            "least_places": int(rng.choice([0, 0, 0, 30])),
        },
        "point": {
            "label": "驿站",
            "limit_minutes": float(rng.choice([4.0, 8.0])),
            "counts_in": counts_in(has_places=False),
            "can_close": bool(rng.random() < 0.7),
        },
    }
    if "large" in kinds:
        tiers["kindergarten"] = {
            "label": "幼儿园托班",
            "limit_minutes": 6.0,
            "class_kinds": ("large",),
            "from_months": 24,
            "counts_in": counts_in(has_places=True),
            "can_close": bool(rng.random() < 0.5),
        }
    return tiers


def _tier_of(rng: np.random.Generator, tiers: dict) -> str:
    chances = {"institution": 0.65, "kindergarten": 0.2, "point": 0.15}
    weight = np.array([chances[name] for name in tiers])
    return str(rng.choice(list(tiers), p=weight / weight.sum()))


def _facility(rng: np.random.Generator, tiers: dict, kinds: dict) -> dict:
    tier = _tier_of(rng, tiers)
    facility = {
        "tier": tier,
        "inclusive": bool(rng.random() < 0.5),
        "may_close": bool(rng.random() < 0.8),
        "close_cost_cny": float(rng.choice([0, 5_000, 20_000])),
        "opens_to_residents": bool(rng.random() < 0.9),
    }
    runs = tiers[tier].get("class_kinds", ())
    if not runs:
        return facility
    enrolled = {"12-24": 0, "24-36": 0}
    running = [str(kind) for kind in rng.permutation(runs)[: rng.integers(1, 3)]]
    for kind in running:
        facility[f"{kind}_classes"] = 1
        for band in kinds[kind]["bands"]:
            most = kinds[kind]["size"] // len(kinds[kind]["bands"])
            enrolled[band] += int(rng.integers(0, most + 1))
    facility["max_classes"] = len(running) + int(rng.integers(0, 2))
    today = sum(kinds[kind]["size"] for kind in running)
    if rng.random() < 0.3:
        facility["most_places"] = float(today + rng.integers(0, 40))
    facility |= {f"enrolled_{band.replace('-', '_')}": n for band, n in enrolled.items()}
    facility["fixed_cost_cny"] = float(rng.choice([0, 0, 15_000]))
    return facility | _place_costs(rng)


def _host(rng: np.random.Generator, tiers: dict, years: tuple[int, ...], most_classes: int) -> dict:
    tier = _tier_of(rng, tiers)
    host = {
        "tier": tier,
        "inclusive": bool(rng.random() < 0.5),
        "fixed_cost_cny": float(rng.integers(0, 9) * 10_000),
        "decision": str(
            rng.choice(["free", "forced", "committed", "excluded"], p=[0.82, 0.06, 0.06, 0.06])
        ),
        "safety": (None, True, False)[rng.choice(3, p=[0.6, 0.35, 0.05])],
        "from_year": float(rng.choice([np.nan, years[-1], 2031], p=[0.8, 0.17, 0.03])),
        "exclusive_group": str(rng.choice(["", "g"], p=[0.75, 0.25])),
        "opens_to_residents": bool(rng.random() < 0.9),
    }
    if host["safety"] is False and host["decision"] in ("forced", "committed"):
        host["decision"] = "free"
    if "class_kinds" not in tiers[tier]:
        return host
    fewest = 2 if tiers[tier].get("least_places", 0) and host["decision"] != "free" else 1
    host["max_classes"] = max(fewest, int(rng.integers(1, most_classes + 1)))
    if host["decision"] == "free" and rng.random() < 0.3:
        host["most_places"] = float(rng.integers(10, 50))
    if rng.random() < 0.3:
        host["staff_children"] = int(rng.integers(3, 60))
    return host | _place_costs(rng)


def _place_costs(rng: np.random.Generator) -> dict:
    place = float(rng.integers(1, 9) * 500)
    return {
        "place_cost_cny": place,
        "subsidy_cny": place * float(rng.choice([0, 0.5])),
        "running_cost_cny": float(rng.integers(0, 4) * 700),
    }


def _scenario(
    rng: np.random.Generator, years: tuple[int, ...], kinds: dict, tiers: dict
) -> Scenario:
    planned = sorted({2025, *years})
    children = {
        "under3_share": {year: float(rng.choice([1 / 3, 0.25, 0.2])) for year in planned},
        "under3_source": "drawn",
        "take_up": {"0-12": 0.0, "12-24": 0.5, "24-36": 0.5},
        "take_up_by_year": {years[-1]: {"24-36": float(rng.choice([0.3, 0.7]))}},
        "take_up_source": "drawn",
        "trends": {"fewer": {years[-1]: 0.7}, "more": dict.fromkeys(planned, 1.25)},
        "hold_under": [(), (), ("fewer",), ("more",), ("more", "fewer")][rng.integers(5)],
    }
    return scenario(
        years=years,
        children=children,
        class_kinds=kinds,
        tiers=tiers,
        inputs={
            **scenario().inputs.model_dump(),
            "communities": "communities.geojson",
            "areas": "areas.geojson",
            "medical": "medical.csv",
        },
        own_staff_places_count=bool(rng.random() < 0.5),
        guidance={
            "within_minutes": 1.55,
            "jurisdiction": str(rng.choice(["township", "area"])),
            "institutions_per_staff": float(rng.choice([1.0, 2.0])),
            "source": "drawn",
            **_hospitals(rng.spawn(1)[0]),
        },
        targets=({**target("tier_count", at_least=0, tiers=("institution",)), "year": years[-1]},),
    )


def _hospitals(rng: np.random.Generator) -> dict:
    """Return rules of guidance by hospitals too, of their own, or none."""
    if rng.random() < 0.5:
        return {}
    own = {
        "within_minutes": float(rng.choice([0.55, 2.05])),
        "jurisdiction": str(rng.choice(["township", "area"])),
        "institutions_per_staff": float(rng.choice([1.0, 3.0])),
    }
    return {
        "kinds": ("community_health_centre", "hospital"),
        "by_kind": {"hospital": {k: v for k, v in own.items() if rng.random() < 0.5}},
    }


def distances(town: Town) -> dict[str, int]:
    """Return the place of each letter along the street, in characters of 100 m."""
    return {mark: town.picture.index(mark) for mark in letters}


def strip_of(borders: tuple[float, ...], place: int) -> int:
    """Return which strip between borders a place along the street lies in."""
    return sum(border < place for border in borders)
