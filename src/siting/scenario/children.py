"""Under-3s by age band, and how many of them would use a place."""

import re
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from siting.scenario.strict import Labelled, Positive, PositiveShare, Share, Strict, Title

months_under_3 = 36
all_months = "0-36"
"""The band of all under-3s."""
most_bands = 8
"""Every set of bands is looked at when places are held against children."""


def _check_band(text: str) -> str:
    match = re.fullmatch(r"(\d{1,2})-(\d{1,2})", text)
    if not match or not 0 <= int(match[1]) < int(match[2]) <= months_under_3:
        raise ValueError(f"'{text}' is not an age band in months, such as 12-18")
    return text


AgeBand = Annotated[str, AfterValidator(_check_band)]
"""Ages in months, from (included) to (excluded): ``24-36``."""


def band_months(band: str) -> tuple[int, int]:
    """Return the first month of a band and the month after its last."""
    first, last = band.split("-")
    return int(first), int(last)


def months_shared(told: Sequence[str], wanted: Sequence[str]) -> list[list[float]]:
    """Return which share of each told band falls into each wanted band.

    Births are taken to be spread evenly over the months of a told band (assumption): where all
    that is told are the under-3s, a band of m months holds m / 36 of them.
    """
    shares = []
    for first, last in map(band_months, told):
        months = [
            max(0, min(last, to) - max(first, start)) for start, to in map(band_months, wanted)
        ]
        shares.append([shared / (last - first) for shared in months])
    return shares


class Children(Strict):
    """Who is under three years old, and how many families would use a place within reach."""

    under3_from: Literal["share", "table", "births", "raster"] = "share"
    """Where the number of under-3s comes from: ``share`` of the residents; the columns of the
    residents ``table``; the sum of the ``births`` of three years in that table; the age bands of
    the population ``raster``."""
    under3_share: dict[int, PositiveShare] = Field(default_factory=dict)
    """Year -> under-3s per resident; needed where ``under3_from`` is ``share``."""
    under3_source: str = Field(min_length=1)
    """Where the number comes from, or the word assumption."""
    trends: dict[Title, dict[int, Positive]] = Field(default_factory=dict)
    """Name of a trend -> year -> factor on the under-3s of that year, 1 where a year is not
    named: several futures of births to hold a plan against."""
    trend: Title | None = None
    """The trend that is planned for; none leaves the under-3s as they are."""
    hold_under: tuple[Title, ...] = ()
    """Further trends under which the same plan must meet its targets."""
    weights: dict[Literal["left_behind", "hardship"], Annotated[float, Field(ge=1, le=100)]] = (
        Field(default_factory=dict)
    )
    """Group -> how many other children a left-behind child (留守儿童) or a child in hardship
    (困境儿童) counts for in the stage ``coverage``; 1 where it is not named, and a child of both
    groups by both. Targets and figures count every child once."""
    take_up_by_year: dict[int, dict[AgeBand, Share]] = Field(default_factory=dict)
    """Year -> age band -> take-up, where it differs from ``take_up``."""
    take_up: Annotated[dict[AgeBand, Share], Field(max_length=most_bands)]
    """Age band -> share of its children whose families would use a place within reach. The
    bands follow one another from 0 to 36 months."""
    take_up_source: str = Field(min_length=1)
    """Where the take-up comes from, or the word assumption."""

    @property
    def bands(self) -> tuple[str, ...]:
        """Age bands, youngest first."""
        return tuple(sorted(self.take_up, key=band_months))

    def trend_factor(self, year: int) -> float:
        """Return what the trend that is planned for multiplies the under-3s of a year by."""
        return self.factor_of(self.trend, year)

    def factor_of(self, trend: str | None, year: int) -> float:
        """Return what a trend multiplies the under-3s of a year by; 1 where there is none."""
        return self.trends[trend].get(year, 1.0) if trend is not None else 1.0

    def take_up_in(self, year: int) -> tuple[float, ...]:
        """Return the take-up of each band in a year."""
        told = self.take_up_by_year.get(year, {})
        return tuple(told.get(band, self.take_up[band]) for band in self.bands)


class ClassKind(Labelled):
    """A kind of class (班): a group of places for stated ages.

    Sizes: 国卫人口发〔2019〕58号 allows at most 10 / 15 / 20 children, mixed 18.
    """

    size: Annotated[int, Field(ge=1, le=40)]
    """Places in one class."""
    full_day_equivalent: PositiveShare = 1.0
    """Full-day places (托位) that one of its places counts for: 0.5 for a half-day one where the
    planner so decides. A place takes one child whatever it counts for."""
    bands: tuple[AgeBand, ...] = Field(min_length=1)
    """Age bands that may use its places."""
