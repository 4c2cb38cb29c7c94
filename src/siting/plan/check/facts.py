"""What the check reads: the sites, who is near them, and each year of a plan under each trend."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from siting.demand import Demand, measure_demand
from siting.inputs import Inputs, no_zone
from siting.inputs.dictionary import classes_column
from siting.inputs.switched import switched_columns
from siting.plan.plan import Plan
from siting.reach import Reach
from siting.scenario import Scenario, Target

rounding_s = 1e-6
"""Seconds that binary fractions of a minute may take: 7.1 minutes are 426 s."""
most_named = 5
"""Things named in a finding; the others are counted."""
read_columns = (
    "site_id",
    "name",
    "status",
    "tier",
    "host",
    "inclusive",
    "action",
    "lon",
    "lat",
    "zone",
    "community",
    "area",
    "opens_to_residents",
    "safety",
    "decision",
    "from_year",
    "exclusive_group",
    "may_close",
    "max_classes",
    "most_places",
    "fixed_cost_cny",
    "place_cost_cny",
    "subsidy_cny",
    "running_cost_cny",
    "close_cost_cny",
)
"""Columns of the sites that the check reads, beside their classes."""


def named(ids: Iterable[str]) -> str:
    """Return the names of things that break a rule: ca, cb, and how many more."""
    known = [str(name) for name in dict.fromkeys(ids)]
    more = len(known) - most_named
    return ", ".join(known[:most_named]) + (f" and {more} more" if more > 0 else "")


@dataclass(frozen=True)
class Facts:
    """The tables that a plan is held against."""

    scenario: Scenario
    inputs: Inputs
    reach: Reach

    @cached_property
    def kinds(self) -> list[str]:
        """Columns of the classes."""
        return [classes_column(name) for name in self.scenario.class_kinds]

    @cached_property
    def size(self) -> pd.Series:
        """Places of a class, by its column."""
        return pd.Series([kind.size for kind in self.scenario.class_kinds.values()], self.kinds)

    @cached_property
    def full_day(self) -> pd.Series:
        """Full-day places that a class counts for, by its column."""
        equal = [kind.full_day_equivalent for kind in self.scenario.class_kinds.values()]
        return self.size * equal

    @cached_property
    def sites(self) -> pd.DataFrame:
        """The sites of the inputs with ``exists, inside, limit_s, before`` (places of today)."""
        table = self.inputs.sites.reset_index(drop=True)
        switched = [column for column in switched_columns if column in table]
        sites = table[[*read_columns, *switched, *self.kinds]]
        limit_s = {n: tier.limit_minutes * 60 for n, tier in self.scenario.tiers.items()}
        return sites.assign(
            exists=sites["status"] == "existing",
            inside=sites["zone"] != no_zone,
            limit_s=sites["tier"].map(limit_s),
            before=sites[self.kinds].to_numpy() @ self.size.to_numpy(),
        )

    @cached_property
    def today(self) -> pd.DataFrame:
        """``open`` and classes of every site today."""
        return self.sites[self.kinds].assign(open=self.sites["exists"])

    @cached_property
    def near(self) -> pd.DataFrame:
        """``cell, site, seconds`` of the pairs within the limit, by :meth:`pair_number`."""
        reach = self.reach
        pairs = pd.DataFrame({"cell": reach.cell, "site": reach.site, "seconds": reach.seconds})
        limit_s = self.sites["limit_s"].to_numpy()[pairs["site"]]
        pairs = pairs[pairs["seconds"] <= limit_s + rounding_s]
        return pairs.set_index(self.pair_number(pairs))

    def pair_number(self, pairs: pd.DataFrame) -> pd.Series:
        """Return the number of each pair of ``cell`` and ``site``."""
        return pairs["cell"].astype(np.int64) * len(self.sites) + pairs["site"]

    def is_of(self, target: Target) -> pd.Series:
        """Return whether each site is of a tier that counts in a target, and inclusive if asked."""
        of_tier = self.sites["tier"].isin(self.scenario.tiers_of(target))
        if getattr(target, "inclusive_only", False):
            of_tier &= self.sites["inclusive"].astype(bool)
        return of_tier


@dataclass(frozen=True)
class PlannedState:
    """A year of a plan under a trend of births; None is the trend that is planned for."""

    facts: Facts
    year: int
    trend: str | None
    state: pd.DataFrame
    served: pd.DataFrame
    guides: pd.DataFrame

    def __str__(self) -> str:
        """Return how findings call it."""
        return f"{self.year}" if self.trend is None else f"{self.year} under '{self.trend}'"

    @cached_property
    def all_demand(self) -> Demand:
        """The demand with all facilities of today open and no host."""
        facts = self.facts
        return measure_demand(facts.scenario, facts.inputs, facts.reach, self.year, self.trend)

    @cached_property
    def demand(self) -> Demand:
        """The demand at the sites that are open."""
        return self.all_demand.under(self.state["open"].to_numpy(dtype=bool))

    @cached_property
    def sites(self) -> pd.DataFrame:
        """The sites with what the plan makes of them.

        ``open, now`` (places) ``, full_day`` (those that count) ``, enrolled, staff, additional``
        (children).
        """
        classes = self.state[self.facts.kinds].to_numpy()
        additional = self.served.groupby("site")["children"].sum()
        return self.facts.sites.assign(
            open=self.state["open"].astype(bool),
            now=classes @ self.facts.size.to_numpy(),
            full_day=classes @ self.facts.full_day.to_numpy(),
            enrolled=self.demand.enrolled.sum(axis=1),
            staff=self.demand.staff.sum(axis=1),
            additional=additional.reindex(self.facts.sites.index, fill_value=0.0),
        )

    def counting(self, target: Target) -> pd.DataFrame:
        """Return the open sites inside the study area that count in a target."""
        sites = self.sites
        return sites[sites["open"] & sites["inside"] & self.facts.is_of(target)]


def planned_states(plan: Plan, facts: Facts) -> list[PlannedState]:
    """Return every year of a plan under every trend, the one that is planned for first."""
    content = plan.content
    if content is None:
        return []
    nobody = pd.DataFrame({"site": [], "medical": []}, dtype=np.int64)
    other = {(state.year, state.trend): served for state, served in content.served_under.items()}
    return [
        PlannedState(facts, year, None, part.state, part.served, part.guides)
        for year, part in sorted(content.years.items())
    ] + [
        PlannedState(facts, year, trend, content.years[year].state, other[year, trend], nobody)
        for trend in facts.scenario.children.hold_under
        for year in facts.scenario.years
    ]
