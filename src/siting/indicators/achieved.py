"""Targets held against a state of the sites."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np
import pandas as pd

from siting.indicators.amounts import Amounts, amounts_of, new_areas, sites_counted
from siting.indicators.counting import (
    count_required,
    sites_required,
    tolerance,
    zone_of_township,
    zones_asked,
)
from siting.indicators.sites_in_year import SitesInYear
from siting.notebook import figure, table
from siting.scenario import Target

most_further = 6
"""Further digits at most: a miss is larger than a millionth of what is required."""


@dataclass(frozen=True)
class TargetResult:
    """What a target asks and what is achieved.

    Attributes
    ----------
    required, achieved
        In the unit of the target; ``achieved`` is None where there is nothing to measure (the
        fill of no new places), which meets the target. Where every zone is asked by itself, the
        lowest figure of any.
    required_upper
        The most that is allowed, where the target bounds a number of sites from above too.
    required_count, achieved_count
        For targets that count things, such as townships.
    missing_in
        Names of the zones, areas or sites that fall short.
    due
        Whether it asks for something in its year; not where no new area is handed over yet.
    """

    target: Target
    required: float
    achieved: float | None
    met: bool
    required_count: int | None = None
    achieved_count: int | None = None
    missing_in: tuple[str, ...] = ()
    required_upper: float | None = None
    due: bool = True

    @property
    def state(self) -> Literal["met", "missed", "not_due"]:
        """Where the target stands; one that asks for nothing yet is met, and told as not due."""
        if not self.due:
            return "not_due"
        return "met" if self.met else "missed"

    def further_digits(self, write: Callable[[float, int], str]) -> int:
        """Return how many digits more than usual tell what is achieved from what is required.

        None where the target is met: its figures may be written alike.

        Parameters
        ----------
        write
            Writes a figure with so many digits more than usual.
        """
        achieved = self.achieved
        if self.met or achieved is None:
            return 0
        tried = range(most_further)
        apart = (n for n in tried if write(achieved, n) != write(self.required, n))
        return next(apart, most_further)

    def _repr_html_(self) -> str:
        return TargetResults((self,))._repr_html_()


@dataclass(frozen=True)
class Tally:
    """How many targets there are, are met, are missed, and ask for nothing yet.

    Attributes
    ----------
    by_year
        Whether some target is counted once for each of several years.
    """

    all: int
    met: int
    missed: int
    not_due: int
    by_year: bool = False


def tally(results: Iterable[TargetResult]) -> Tally:
    """Count targets by where they stand; one that asks for nothing yet is no success."""
    results = tuple(results)
    states = [result.state for result in results]
    met, missed, not_due = (states.count(state) for state in ("met", "missed", "not_due"))
    by_year = len({result.target.id for result in results}) < len(results)
    return Tally(len(states), met, missed, not_due, by_year)


class TargetResults(tuple[TargetResult, ...]):
    """Results of targets, in the order of the scenario; a notebook shows them as a table."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        head = (
            "目标 target",
            "年 year",
            "要求 required",
            "达到 achieved",
            "达标 met",
            "依据 clause",
        )
        return table(
            head,
            (
                (
                    r.target.id,
                    str(r.target.year),
                    figure(r.required, r.target.unit, further),
                    figure(r.achieved, r.target.unit, further),
                    r.met if r.due else "尚未到期 not due",
                    r.target.clause,
                )
                for r in self
                for further in [r.further_digits(partial(_written, r.target.unit))]
            ),
        )


def _written(unit: str, value: float, further: int) -> str:
    return figure(value, unit, further)


def target_results(sites: SitesInYear, targets: tuple[Target, ...]) -> TargetResults:
    """Hold targets against a state of the sites, in their order."""
    return TargetResults(_held[target.kind](sites, target) for target in targets)


def _at_least(target: Target, achieved: float | None, **more: Any) -> TargetResult:  # noqa: ANN401
    if achieved is None or np.isnan(achieved):
        return TargetResult(target, target.required, None, met=True, **more)
    met = bool(achieved >= target.required * (1 - tolerance))
    return TargetResult(target, target.required, float(achieved), met, **more)


def _of_area(sites: SitesInYear, target: Any) -> TargetResult:  # noqa: ANN401
    return _at_least(target, amounts_of(sites, target).of_all)


def _of_each(target: Any, amounts: Amounts, names: pd.Series, **more: Any) -> TargetResult:  # noqa: ANN401
    """Hold what is required against every thing by itself."""
    missing = tuple(names[amounts.short_of(target.required)])
    return _at_least(target, amounts.lowest, missing_in=missing, **more)


def _per_thousand(sites: SitesInYear, target: Any) -> TargetResult:  # noqa: ANN401
    if target.within == "area":
        return _of_area(sites, target)
    townships, amounts = sites.inputs.townships, amounts_of(sites, target)
    reached = int((~amounts.short_of(target.required)).sum())
    return _of_each(
        target,
        amounts,
        townships["township"],
        required_count=len(townships),
        achieved_count=reached,
    )


def _covered_zones(sites: SitesInYear, target: Any) -> TargetResult:  # noqa: ANN401
    amounts, names = amounts_of(sites, target), zones_asked(sites.inputs, target)
    having = int(amounts.part.sum())
    needed = count_required(target.required, len(names))
    return TargetResult(
        target,
        target.required,
        amounts.of_all,
        having >= needed,
        required_count=needed,
        achieved_count=having,
        missing_in=tuple(names[amounts.part[names.index] == 0]),
    )


def _fill(sites: SitesInYear, target: Any) -> TargetResult:  # noqa: ANN401
    if target.within == "area":
        return _of_area(sites, target)
    return _of_each(target, amounts_of(sites, target), sites.inputs.sites["name"])


def _tier_count(sites: SitesInYear, target: Any) -> TargetResult:  # noqa: ANN401
    number = int(sites.counts(target).sum())
    met = (target.at_least is None or number >= target.at_least) and (
        target.at_most is None or number <= target.at_most
    )
    required = int(target.required)
    most = None if target.at_most is None else float(target.at_most)
    return TargetResult(
        target, target.required, float(number), met, required, number, required_upper=most
    )


def _zone_count(sites: SitesInYear, target: Any) -> TargetResult:  # noqa: ANN401
    inputs = sites.inputs
    zone, codes = zone_of_township(inputs, target)
    needed = sites_required(inputs, target, sites.demand.under3)
    there = np.bincount(zone, weights=sites_counted(sites, target), minlength=len(codes))
    reached = there >= needed
    column = "district" if target.zone == "district" else "township"
    names = inputs.townships.groupby(zone)[column].first()
    return TargetResult(
        target,
        1.0,
        float(reached.mean()) if len(codes) else None,
        bool(reached.all()),
        required_count=len(codes),
        achieved_count=int(reached.sum()),
        missing_in=tuple(names[~reached]),
    )


def _new_area(sites: SitesInYear, target: Any) -> TargetResult:  # noqa: ANN401
    amounts = amounts_of(sites, target)
    due, short = amounts.whole > 0, amounts.short_of(target.required)
    return _of_each(
        target,
        amounts,
        new_areas(sites)["name"],
        required_count=int(due.sum()),
        achieved_count=int((due & ~short).sum()),
        due=bool(due.any()),
    )


def _pairing(sites: SitesInYear, target: Any) -> TargetResult:  # noqa: ANN401
    amounts = amounts_of(sites, target)
    guided, counts = amounts.part > 0, amounts.whole > 0
    return _at_least(
        target,
        amounts.of_all,
        required_count=int(np.ceil(target.required * counts.sum() - tolerance)),
        achieved_count=int(guided.sum()),
        missing_in=tuple(sites.inputs.sites["name"][counts & ~guided]),
    )


def _budget(sites: SitesInYear, target: Any) -> TargetResult:  # noqa: ANN401
    spent = sites.spent
    earlier = target.since == "base_year" and target.spent_on != "running"
    years = spent["year"] <= sites.year if earlier else spent["year"] == sites.year
    amount = float(spent.loc[years, f"{target.spent_on}_cny"].sum())
    met = amount <= target.required * (1 + tolerance) + 0.01
    return TargetResult(target, target.required, amount, met)


_held: dict[str, Callable[[SitesInYear, Any], TargetResult]] = {
    "per_thousand": _per_thousand,
    "inclusive_share": _of_area,
    "township_coverage": _covered_zones,
    "community_coverage": _covered_zones,
    "population_coverage": _of_area,
    "enrolment": _of_area,
    "fill": _fill,
    "tier_count": _tier_count,
    "zone_count": _zone_count,
    "new_area": _new_area,
    "pairing": _pairing,
    "budget": _budget,
}
