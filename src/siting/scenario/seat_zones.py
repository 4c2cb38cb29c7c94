"""Townships made of their seats, where there are no polygons."""

from pydantic import Field

from siting.scenario.strict import Positive, Strict


class SeatZones(Strict):
    """How far the townships made of ``inputs.seats`` reach; nothing else bounds the study area."""

    within_m: Positive = Field(default=5000.0, le=50_000)
    """A street farther than this from every seat, on foot along the streets, belongs to no
    township and lies outside the study area (assumption)."""
    margin_m: Positive = Field(default=500.0, ge=50, le=5000)
    """A township reaches this far from its streets (assumption)."""
