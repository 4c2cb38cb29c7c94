"""Every target reckoned again from the tables, one function for each kind.

Shares no code with ``siting.indicators`` or ``siting.model``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

import numpy as np
import pandas as pd

from siting.plan.check.facts import PlannedState
from siting.scenario import Target
from siting.scenario.targets import (
    Budget,
    CommunityCoverage,
    Enrolment,
    Fill,
    InclusiveShare,
    NewArea,
    Pairing,
    PerThousand,
    PopulationCoverage,
    TierCount,
    TownshipCoverage,
    ZoneCount,
)

within = 1e-6
"""Share by which a figure may differ: the solver's tolerance."""
fen_cny = 0.01
"""The smallest sum of money."""
cny_in_unit = 10_000
"""Money that is missing is told in 万元."""


@dataclass(frozen=True)
class Reckoned:
    """A target reckoned again.

    Attributes
    ----------
    achieved, met, required_count, achieved_count, missing_in, due
        As :class:`siting.indicators.TargetResult` tells them.
    lacking, asked
        How much is missing, and of how much: places, children, zones, sites, 万元.
    """

    achieved: float | None
    met: bool
    lacking: float
    asked: float
    required_count: int | None = None
    achieved_count: int | None = None
    missing_in: frozenset[str] = frozenset()
    due: bool = True

    @property
    def missing(self) -> float:
        """Share of what is asked that is missing."""
        return max(self.lacking, 0.0) / self.asked


def reckon_target(planned: PlannedState, target: Target, steps: pd.DataFrame) -> Reckoned:
    """Reckon a target in a year under a trend.

    Parameters
    ----------
    steps
        As :func:`siting.plan.check.costs.reckon_steps`.
    """
    if isinstance(target, Budget):
        return _budget(target, steps)
    return _of_kind[target.kind](planned, target)


def _share(part: float, whole: float) -> float | None:
    return float(part / whole) if whole > 0 else None


def _reaches(achieved: float | None, required: float) -> bool:
    return achieved is None or bool(achieved >= required * (1 - within))


def _people(planned: PlannedState) -> pd.Series:
    return planned.facts.inputs.townships[f"residents_{planned.year}"].reset_index(drop=True)


def _places_today(planned: PlannedState) -> float:
    """Return the places of the study area today, against which shares of places fall short."""
    sites = planned.facts.sites
    return max(1.0, float(sites.loc[sites["inside"], "before"].sum()))


def _densities(
    held: pd.Series, people: pd.Series, target: PerThousand | NewArea
) -> tuple[pd.Series, pd.Series, float]:
    """Return places per thousand, who falls short, and the places missing there."""
    lived_in = people > 0
    density = 1000 * held[lived_in] / people[lived_in]
    short = density < target.required * (1 - within)
    lacking = (target.required * people / 1000 - held).clip(lower=0)
    return density, short.reindex(people.index, fill_value=False), float(lacking.sum())


def _per_thousand(planned: PlannedState, target: PerThousand) -> Reckoned:
    sites, people = planned.counting(target), _people(planned)
    places = sites["full_day"]
    if not planned.facts.scenario.own_staff_places_count:
        places = (places - sites["staff"]).where(sites["opens_to_residents"].astype(bool), 0.0)
    asked = max(target.required * float(people.sum()) / 1000, within)
    if target.within == "area":
        achieved = _share(1000 * places.sum(), people.sum())
        met = _reaches(achieved, target.required)
        return Reckoned(achieved, met, asked - places.sum(), asked)
    held = places.groupby(sites["zone"]).sum().reindex(people.index, fill_value=0.0)
    density, short, lacking = _densities(held, people, target)
    names = planned.facts.inputs.townships["township"].to_numpy()
    return Reckoned(
        float(density.min()) if len(density) else None,
        not short.any(),
        lacking,
        asked,
        len(people),
        int((~short).sum()),
        frozenset(names[short]),
    )


def _new_area(planned: PlannedState, target: NewArea) -> Reckoned:
    areas = planned.facts.inputs.areas
    if areas is None:
        raise ValueError("a scenario with this target names areas")
    areas, sites = areas.reset_index(drop=True), planned.counting(target)
    asked = max(target.required * float(areas["people"].sum()) / 1000, within)
    due = areas[areas["hand_over_year"] <= planned.year]
    held = sites.groupby("area")["full_day"].sum().reindex(due.index, fill_value=0.0)
    density, short, lacking = _densities(held, due["people"].astype(float), target)
    return Reckoned(
        float(density.min()) if len(density) else None,
        not short.any(),
        lacking,
        asked,
        len(density),
        len(density) - int(short.sum()),
        frozenset(due["name"][short]),
        due=bool((due["people"] > 0).any()),
    )


def _inclusive_share(planned: PlannedState, target: InclusiveShare) -> Reckoned:
    sites = planned.counting(target)
    inclusive = sites.loc[sites["inclusive"].astype(bool), "full_day"].sum()
    achieved = _share(inclusive, sites["full_day"].sum())
    lacking = target.required * sites["full_day"].sum() - inclusive
    asked = target.required * _places_today(planned)
    return Reckoned(achieved, _reaches(achieved, target.required), lacking, asked)


def _of_zones(required: float, names: pd.Series, having: set[int]) -> Reckoned:
    """Reckon how many zones have a site.

    Parameters
    ----------
    names
        Of the zones that are asked, by position.
    """
    having = having & set(names.index)
    needed = ceil(required * len(names) - within)
    return Reckoned(
        _share(len(having), len(names)),
        len(having) >= needed,
        needed - len(having),
        max(needed, 1),
        needed,
        len(having),
        frozenset(names.drop(list(having))),
    )


def _township_coverage(planned: PlannedState, target: TownshipCoverage) -> Reckoned:
    names = planned.facts.inputs.townships["township"].reset_index(drop=True)
    return _of_zones(target.required, names, set(planned.counting(target)["zone"]))


def _community_coverage(planned: PlannedState, target: CommunityCoverage) -> Reckoned:
    inputs, sites = planned.facts.inputs, planned.counting(target)
    if inputs.communities is None:
        raise ValueError("a scenario with this target names communities")
    communities = inputs.communities.reset_index(drop=True)
    having = set(sites["community"])
    if target.sharing == "reach":
        having |= _sharing(planned, target, sites[sites["opens_to_residents"].astype(bool)])
    if target.area_type != "all":
        townships = inputs.townships
        of_type = townships.loc[townships["area_type"] == target.area_type, "township_code"]
        communities = communities[communities["township_code"].isin(of_type)]
    return _of_zones(target.required, communities["community"], having)


def _sharing(planned: PlannedState, target: CommunityCoverage, sites: pd.DataFrame) -> set[int]:
    """Return the communities of which enough residents reach one of the sites."""
    facts = planned.facts
    people = f"residents_{facts.scenario.base_year}"
    cells = facts.inputs.cells[["community", people]].reset_index(drop=True)
    cells = cells[cells["community"] >= 0]
    total = cells.groupby("community")[people].sum()
    if target.shared_below is not None:
        total = total[total < target.shared_below]
    near = facts.near[facts.near["site"].isin(sites.index)]
    near = near.join(cells, on="cell", how="inner")
    reaching = near.groupby(["community", "site"])[people].sum()
    most = reaching.groupby("community").max().reindex(total.index, fill_value=0.0)
    return set(total.index[(most > 0) & (most >= target.shared_by * total * (1 - 1e-9))])


def reached_cells(planned: PlannedState, tiers: frozenset[str]) -> np.ndarray:
    """Return the positions of the cells that reach an open site of some tiers."""
    sites = planned.sites
    covers = sites["open"] & sites["opens_to_residents"].astype(bool) & sites["tier"].isin(tiers)
    near = planned.facts.near
    return near.loc[near["site"].isin(sites.index[covers]), "cell"].unique()


def _population_coverage(planned: PlannedState, target: PopulationCoverage) -> Reckoned:
    facts = planned.facts
    cells = facts.inputs.cells.reset_index(drop=True)
    children = pd.Series(planned.demand.under3)
    if target.group in ("urban", "rural"):
        area_type = cells["zone"].map(facts.inputs.townships["area_type"].reset_index(drop=True))
        children = children.where(area_type == target.group, 0.0)
    elif target.group != "all":
        children = cells[f"{target.group}_{planned.year}"].astype(float).where(children > 0, 0.0)
    covered = children[reached_cells(planned, facts.scenario.tiers_of(target))].sum()
    achieved = _share(covered, children.sum())
    asked = max(target.required * float(children.sum()), within)
    met = _reaches(achieved, target.required)
    return Reckoned(achieved, met, target.required * children.sum() - covered, asked)


def _enrolment(planned: PlannedState, target: Enrolment) -> Reckoned:
    demand, sites = planned.demand, planned.sites
    homes = pd.Series(demand.drawn.sum(axis=1)).groupby(demand.site).sum()
    near = homes.reindex(sites.index, fill_value=0.0).where(sites["exists"], 0.0)
    placed = near + demand.beyond.sum(axis=1) + sites["staff"] + sites["additional"]
    of_tiers, under3 = float(placed[planned.facts.is_of(target)].sum()), float(demand.under3.sum())
    achieved = _share(of_tiers, under3)
    asked = max(target.required * under3, within)
    met = _reaches(achieved, target.required)
    return Reckoned(achieved, met, target.required * under3 - of_tiers, asked)


def _fill(planned: PlannedState, target: Fill) -> Reckoned:
    counting = planned.counting(target)
    sites = counting[counting["now"] > counting["before"]]
    new = sites["now"] - sites["before"]
    children = sites[["enrolled", "staff", "additional"]].sum(axis=1)
    filled = (children - sites["before"]).clip(lower=0.0)
    asked = max(target.required, 1e-3) * _places_today(planned)
    if target.within == "area":
        achieved = _share(filled.sum(), new.sum())
        lacking = target.required * new.sum() - filled.sum()
        return Reckoned(achieved, _reaches(achieved, target.required), lacking, asked)
    if target.spare_only_site:
        open_there = counting.groupby("zone").size()
        spared = ~sites["exists"] & (sites["zone"].map(open_there) == 1)
        new, filled = new[~spared], filled[~spared]
    share = filled / new
    short = share < target.required * (1 - within)
    return Reckoned(
        float(share.min()) if len(share) else None,
        not short.any(),
        float((target.required * new - filled).clip(lower=0.0).sum()),
        asked,
        missing_in=frozenset(sites["name"][share.index][short]),
    )


def _tier_count(planned: PlannedState, target: TierCount) -> Reckoned:
    number = len(planned.counting(target))
    few = 0 if target.at_least is None else max(target.at_least - number, 0)
    many = 0 if target.at_most is None else max(number - target.at_most, 0)
    told = target.at_most if target.at_least is None else target.at_least
    asked = max(float(told or 0), 1.0)
    return Reckoned(float(number), few + many == 0, few + many, asked, int(told or 0), number)


def _zone_count(planned: PlannedState, target: ZoneCount) -> Reckoned:
    inputs = planned.facts.inputs
    townships = inputs.townships.reset_index(drop=True)
    code = townships[f"{target.zone}_code"]
    under3 = pd.Series(planned.demand.under3).groupby(inputs.cells["zone"].to_numpy()).sum()
    under3 = under3.reindex(townships.index, fill_value=0.0).groupby(code).sum()
    needed = pd.Series(target.at_least, index=under3.index)
    if target.children_per_site is not None:
        for_children = np.ceil(under3 / target.children_per_site - within)
        needed = needed.clip(lower=for_children)
    having = planned.counting(target)["zone"].map(code).value_counts()
    lacking = (needed - having.reindex(needed.index, fill_value=0)).clip(lower=0)
    names = townships.groupby(code)[target.zone].first()
    number = len(needed)
    return Reckoned(
        _share((lacking == 0).sum(), number),
        not lacking.any(),
        float(lacking.sum()),
        float(needed.sum()),
        number,
        int((lacking == 0).sum()),
        frozenset(names[lacking > 0]),
    )


def _pairing(planned: PlannedState, target: Pairing) -> Reckoned:
    sites, all_sites = planned.counting(target), planned.facts.sites
    guides, medical = planned.guides, planned.facts.inputs.medical
    if target.kinds and medical is not None:
        kind = guides["medical"].map(medical["kind"].reset_index(drop=True))
        guides = guides[kind.isin(target.kinds)]
    guided = sites.index.isin(guides["site"])
    today = all_sites["exists"] & all_sites["inside"] & planned.facts.is_of(target)
    achieved = _share(guided.sum(), len(sites))
    return Reckoned(
        achieved,
        _reaches(achieved, target.required),
        target.required * len(sites) - guided.sum(),
        target.required * (int(today.sum()) + 1),
        ceil(target.required * len(sites) - within),
        int(guided.sum()),
        frozenset(sites["name"][~guided]),
    )


def _budget(target: Budget, steps: pd.DataFrame) -> Reckoned:
    counted = steps["year"] == target.year
    if target.since == "base_year" and target.spent_on != "running":
        counted = steps["year"] <= target.year
    spent = float(steps.loc[counted, f"{target.spent_on}_cny"].sum())
    return Reckoned(
        spent,
        spent <= target.required * (1 + within) + fen_cny,
        (spent - target.required) / cny_in_unit,
        max(target.required / cny_in_unit, 1.0),
    )


_of_kind: dict[str, Callable[..., Reckoned]] = {
    "per_thousand": _per_thousand,
    "inclusive_share": _inclusive_share,
    "township_coverage": _township_coverage,
    "community_coverage": _community_coverage,
    "population_coverage": _population_coverage,
    "enrolment": _enrolment,
    "fill": _fill,
    "tier_count": _tier_count,
    "zone_count": _zone_count,
    "new_area": _new_area,
    "pairing": _pairing,
}
