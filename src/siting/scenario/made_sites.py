"""Sites made by rules rather than listed: from OpenStreetMap tags, a grid, or other tables."""

from typing import Annotated, Literal

from pydantic import Field

from siting.scenario.children import AgeBand
from siting.scenario.strict import Positive, Strict, Word

Count = Annotated[int, Field(ge=0)]
Money = Annotated[float, Field(ge=0)]


class MadeHost(Strict):
    """The figures of the candidates that a rule makes."""

    tier: Word
    host: Word
    inclusive: bool
    action: Literal["open", "convert"]
    max_classes: Annotated[int, Field(ge=1)]
    fixed_cost_cny: Money
    place_cost_cny: Money
    source: str = Field(min_length=1)
    """Where the figures come from, or the word assumption."""


class MadeFacility(Strict):
    """The figures of the existing facilities that a rule makes."""

    tier: Word
    host: Word
    inclusive: bool
    classes: dict[Word, Count]
    """Class kind -> classes today."""
    enrolled: dict[AgeBand, Count] = Field(default_factory=dict)
    """Age band -> children enrolled today."""
    max_classes: Count
    expand_cost_cny: Money
    source: str = Field(min_length=1)
    """Where the figures come from, or the word assumption."""


class OsmPlaces(Strict):
    """Places of OpenStreetMap with these tags become facilities or hosts.

    Needs streets from an OpenStreetMap file.
    """

    tags: dict[str, tuple[str, ...]] = Field(min_length=1)
    """Key -> values, such as ``amenity: [kindergarten]``; a place must match every key."""
    facility: MadeFacility | None = None
    made_host: MadeHost | None = None


class CandidateGrid(Strict):
    """Candidates at the street nodes nearest to the points of a square grid."""

    spacing_m: Annotated[Positive, Field(ge=100, le=10_000)]
    made_host: MadeHost


class Condition(Strict):
    """What a row must fulfil: exactly one of the comparisons."""

    column: Word
    is_one_of: tuple[str, ...] | None = None
    at_least: float | None = None
    above: float | None = None


class HostRule(Strict):
    """Rows of a table that fulfil every condition become candidate hosts."""

    id: str = Field(min_length=1)
    table: Literal["medical", "facilities", "hosts"]
    where: tuple[Condition, ...] = Field(min_length=1)
    made_host: MadeHost
    clause: str = Field(min_length=1)
    """Document and clause that the rule comes from, or the word assumption."""
