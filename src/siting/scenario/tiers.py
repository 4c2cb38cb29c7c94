"""Tiers of service and the hosts that they are in (服务层级、载体)."""

from typing import Annotated, Literal

from pydantic import Field

from siting.scenario.costs import Action, ActionCost
from siting.scenario.strict import Labelled, Positive, Strict
from siting.scenario.travel import ModeName

Counted = Literal[
    "per_thousand",
    "inclusive_share",
    "township_coverage",
    "community_coverage",
    "population_coverage",
    "enrolment",
    "new_area",
]
rounding_s = 1e-6
"""What binary fractions may take from a whole number of seconds: 7.1 minutes are 426 s."""


def whole_seconds(minutes: float) -> int:
    """Return minutes in whole seconds; a part of a second does not count."""
    return int(minutes * 60 + rounding_s)


class Tier(Labelled):
    """A kind of service (服务层级)."""

    limit_minutes: Annotated[Positive, Field(le=120)]
    """Longest way at which it is within reach."""
    mode: ModeName = "walk"
    """How people get there."""
    direction: Literal["to_site", "from_site"] = "to_site"
    """Whether the way to the site counts or the way from it; they differ by one-way streets."""
    class_kinds: tuple[str, ...] = ()
    """Class kinds that its sites may run; none where it has no places (驿站, 指导站)."""
    counts_in: tuple[Counted, ...]
    """Targets in which its sites count; a target that names tiers asks for those instead."""
    from_months: Annotated[int, Field(ge=0, lt=36)] = 0
    """Age from which children are taken; 24 for classes of a kindergarten."""
    needs_surplus: bool = False
    """Whether a host must have places left over for ages 3-6, and no more places than these."""
    least_places: Annotated[int, Field(ge=0)] = 0
    """Places that a site of the tier has at least, once it opens."""
    can_close: bool = False
    """Whether facilities of today may close."""
    guides_others: bool = False
    """Whether its sites guide the childcare institutions around them (区域托育综合服务中心); the
    drive to these is then shown."""

    @property
    def limit_s(self) -> int:
        """Longest way in whole seconds; a part of a second does not count."""
        return whole_seconds(self.limit_minutes)


class Host(Labelled):
    """What a site is in (载体)."""

    costs: dict[Action, ActionCost] = Field(default_factory=dict)
    """Action -> its cost, for sites whose row does not tell it."""


class HostLimits(Strict):
    """Standards that give the largest number of classes of a host, where its row tells enough."""

    area_m2_per_place: Positive | None = None
    """Floor area that a place needs."""
    outdoor_m2_per_place: Positive | None = None
    """Outdoor play area that a place needs."""
    highest_storey: Annotated[int, Field(ge=1)] | None = None
    """Highest storey on which a class may be."""
    source: str = Field(min_length=1)
    """Standard and clause, or the word assumption."""
