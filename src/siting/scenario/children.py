"""Under-3s by age band, and how many of them would use a place."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from siting.scenario.strict import Positive, PositiveShare, Share, Strict

months_under_3 = 36
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


class Children(Strict):
    """Who is under three years old, and how many families would use a place within reach.

    Births are taken to be spread evenly over the months, so a band holds its number of
    months / 36 of the under-3s (assumption).
    """

    under3_share: dict[int, PositiveShare]
    """Year -> under-3s per resident."""
    under3_source: str = Field(min_length=1)
    """Where the share comes from, or the word assumption."""
    take_up: Annotated[dict[AgeBand, Share], Field(max_length=most_bands)]
    """Age band -> share of its children whose families would use a place within reach. The
    bands follow one another from 0 to 36 months."""
    take_up_source: str = Field(min_length=1)
    """Where the take-up comes from, or the word assumption."""

    @property
    def bands(self) -> tuple[str, ...]:
        """Age bands, youngest first."""
        return tuple(sorted(self.take_up, key=band_months))

    def band_share(self, band: str) -> float:
        """Return the share of the under-3s that an age band holds (months / 36)."""
        first, last = band_months(band)
        return (last - first) / months_under_3


class ClassKind(Strict):
    """A kind of class (班): a group of places for stated ages.

    Sizes: 国卫人口发〔2019〕58号 allows at most 10 / 15 / 20 children, mixed 18.
    """

    label: str = Field(min_length=1)
    """Name shown to readers, Chinese."""
    size: Annotated[int, Field(ge=1, le=40)]
    """Places in one class."""
    bands: tuple[AgeBand, ...] = Field(min_length=1)
    """Age bands that may use its places."""


class Walk(Strict):
    """How families with small children walk."""

    speed_kph: Annotated[float, Field(ge=2, le=8)]
    """Walking speed. 60, 75 and 80 m/min are used in practice (3.6, 4.5, 4.8 km/h)."""
    source: str = Field(min_length=1)
    """Where the speed comes from, or the word assumption."""
    excluded_highways: tuple[str, ...] = ("motorway", "motorway_link")
    """OpenStreetMap ``highway`` values that nobody walks on (道路交通安全法 第六十七条 bars
    pedestrians from motorways)."""
    snap_limit_m: Positive = 300.0
    """A place farther than this from a walkable street is reported and reaches nothing
    (assumption)."""
