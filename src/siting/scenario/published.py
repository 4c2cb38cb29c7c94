"""Figures of today as they were published, to hold the tables of a study against."""

from typing import Annotated

from pydantic import Field

from siting.scenario.strict import Share, Strict

Figure = Annotated[float, Field(ge=0)]
"""A number, not negative."""


class PublishedFigures(Strict):
    """Figures of the base year for the whole study area; those left out are not compared."""

    residents: Figure | None = None
    """Resident population, people."""
    under3: Figure | None = None
    """Children under three years."""
    places: Figure | None = None
    """Full-day places (托位) of the tiers that count per thousand."""
    institutions: Figure | None = None
    """Facilities with places."""
    enrolled: Figure | None = None
    """Children enrolled."""
    places_per_thousand: Figure | None = None
    """Places per thousand residents."""
    inclusive_share: Share | None = None
    """Share of the places that are inclusive (普惠)."""
    township_coverage: Share | None = None
    """Share of the townships with an institution."""
    demand_share: Share | None = None
    """Share of the under-3s whose families want a place."""
    residents_growth: Figure | None = None
    """Expected growth of the residents a year, from the base year to the last planned one."""


class Published(Strict):
    """Published figures of today, and how near the tables are to come to them."""

    tolerance: Share = 0.05
    """Difference from a published figure, as a share of it, that is let pass (assumption)."""
    source: str = Field(min_length=1)
    """Where the figures were published."""
    figures: PublishedFigures
