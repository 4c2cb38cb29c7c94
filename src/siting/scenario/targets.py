"""Targets: a required figure for a year, with the clause it answers to."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from siting.scenario.strict import PositiveShare, Strict


class _Target(Strict):
    """What every target has."""

    id: str = Field(min_length=1, pattern=r"^[A-Za-z0-9_.]+$")
    """Short name, unique in the scenario."""
    year: int
    """Year by which it is due."""
    hard: bool
    """Whether a plan that misses it is no plan; a soft target may fall short, and is shown so."""
    priority: Annotated[int, Field(ge=1, le=9)] = 1
    """Soft targets of priority 1 are brought as near as possible first, then those of 2, ..."""
    clause: str = Field(min_length=1)
    """Document and clause that asks for it, or the word assumption."""
    sentence: str = ""
    """The sentence of the document, quoted."""
    reading: str = ""
    """How the sentence was read, where that needs judgement."""

    unit: ClassVar[str]


class PerThousand(_Target):
    """Places per thousand residents of the area at least ``required``."""

    kind: Literal["per_thousand"]
    required: Annotated[float, Field(gt=0, le=100)]
    """Places per thousand residents."""
    unit: ClassVar[str] = "per thousand"


class InclusiveShare(_Target):
    """Inclusive (普惠) places at least ``required`` of all places."""

    kind: Literal["inclusive_share"]
    required: PositiveShare
    """Share of places."""
    unit: ClassVar[str] = "share"


class TownshipCoverage(_Target):
    """At least ``ceil(required x number)`` townships with an open site inside."""

    kind: Literal["township_coverage"]
    required: PositiveShare
    """Share of townships."""
    unit: ClassVar[str] = "share"


class PopulationCoverage(_Target):
    """At least ``required`` of the under-3s reach an open site within the limit of its tier."""

    kind: Literal["population_coverage"]
    required: PositiveShare
    """Share of under-3s."""
    unit: ClassVar[str] = "share"


class Fill(_Target):
    """New places filled by additional children at least to ``required``."""

    kind: Literal["fill"]
    required: PositiveShare
    """Additional children / new places."""
    unit: ClassVar[str] = "share"


Target = Annotated[
    PerThousand | InclusiveShare | TownshipCoverage | PopulationCoverage | Fill,
    Field(discriminator="kind"),
]
