"""Targets: a required figure for a year, with the clause it answers to."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from siting.scenario.guidance import MedicalKind
from siting.scenario.strict import Positive, PositiveShare, Strict, Word


class _Target(Strict):
    """What every target has."""

    id: str = Field(min_length=1, pattern=r"^[A-Za-z0-9_.]+$")
    """Short name; a target that several years ask for has the same name in each."""
    year: int
    """Year in which it is due, one of those planned for."""
    hard: bool
    """Whether a plan that misses it is no plan; a soft target may fall short, and is shown so."""
    priority: Annotated[int, Field(ge=1, le=9)] = 1
    """Soft targets of priority 1 are brought as near as possible first, then those of 2, ..."""
    tiers: tuple[Word, ...] = ()
    """Tiers whose sites count; none leaves it to ``counts_in`` of the tiers."""
    clause: str = Field(min_length=1)
    """Document and clause that asks for it, or the word assumption; a target that belongs to a
    provision of the policy, by its id, has that of the provision where it names none."""
    sentence: str = ""
    """The sentence of the document, quoted."""
    reading: str = ""
    """How the sentence was read, where that needs judgement."""
    clause_en: str = ""
    """``clause`` in English; it stands in its place where this is left out."""
    reading_en: str = ""
    """``reading`` in English; it stands in its place where this is left out."""

    unit: ClassVar[str]
    of_the_plan: ClassVar[bool] = False
    """Whether it is a share of what the plan itself holds, so that holding less may meet it."""

    @property
    def key(self) -> str:
        """Name of the target in its year, unique in the scenario."""
        return f"{self.id}_{self.year}"


class PerThousand(_Target):
    """Places per thousand residents at least ``required``."""

    kind: Literal["per_thousand"]
    required: Annotated[float, Field(gt=0, le=100)]
    """Places per thousand residents."""
    within: Literal["area", "township"] = "area"
    """Whether the area as a whole reaches it, or every township does by itself."""
    unit: ClassVar[str] = "per thousand"


class InclusiveShare(_Target):
    """Inclusive (普惠) places at least ``required`` of all places."""

    kind: Literal["inclusive_share"]
    required: PositiveShare
    """Share of places."""
    unit: ClassVar[str] = "share"
    of_the_plan: ClassVar[bool] = True


class TownshipCoverage(_Target):
    """At least ``ceil(required x number)`` townships with an open site inside."""

    kind: Literal["township_coverage"]
    required: PositiveShare
    """Share of townships."""
    inclusive_only: bool = False
    """Whether only inclusive (普惠) sites count."""
    unit: ClassVar[str] = "share"


class CommunityCoverage(_Target):
    """At least ``ceil(required x number)`` communities with an open site inside or near."""

    kind: Literal["community_coverage"]
    required: PositiveShare
    """Share of communities."""
    sharing: Literal["inside", "reach"] = "inside"
    """Whether the site must lie inside the community, or may be a shared one within reach."""
    shared_by: PositiveShare = 0.5
    """A site is within reach of a community where this share of its residents of the base year
    reaches it (assumption)."""
    shared_below: Positive | None = None
    """Only communities with fewer residents in the base year may share; none means every one."""
    area_type: Literal["all", "urban", "rural"] = "all"
    """Which communities are counted, by the area type of their township."""
    inclusive_only: bool = False
    """Whether only inclusive (普惠) sites count."""
    unit: ClassVar[str] = "share"


class PopulationCoverage(_Target):
    """At least ``required`` of the under-3s reach an open site within the limit of its tier."""

    kind: Literal["population_coverage"]
    required: PositiveShare
    """Share of the under-3s of the group."""
    group: Literal["all", "urban", "rural", "left_behind", "hardship"] = "all"
    """Whose coverage: all, those of urban or rural townships, left-behind children (留守儿童) or
    children in hardship (困境儿童)."""
    unit: ClassVar[str] = "share"


class Enrolment(_Target):
    """Children who have a place at least ``required`` of the under-3s (入托率)."""

    kind: Literal["enrolment"]
    required: PositiveShare
    """Share of under-3s."""
    unit: ClassVar[str] = "share"


class Fill(_Target):
    """New places filled by additional children at least to ``required``."""

    kind: Literal["fill"]
    required: PositiveShare
    """Additional children / new places."""
    within: Literal["area", "site"] = "area"
    """Whether the new places are filled on average, or those of every site by themselves."""
    spare_only_site: bool = False
    """Whether a site that opens as the only one of its township need not be filled; only where
    every site is asked by itself."""
    unit: ClassVar[str] = "share"
    of_the_plan: ClassVar[bool] = True


class TierCount(_Target):
    """A number of open sites of some tiers."""

    kind: Literal["tier_count"]
    at_least: Annotated[int, Field(ge=0)] | None = None
    """Fewest sites."""
    at_most: Annotated[int, Field(ge=0)] | None = None
    """Most sites; the same as ``at_least`` asks for exactly so many."""
    inclusive_only: bool = False
    """Whether only inclusive (普惠) sites count."""
    unit: ClassVar[str] = "sites"

    @property
    def required(self) -> float:
        """The figure shown as required: the fewest, or else the most."""
        return float(self.at_least if self.at_least is not None else self.at_most or 0)

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise PydanticCustomError("unbounded", "name at_least, at_most or both")
        if None not in (self.at_least, self.at_most) and self.at_least > self.at_most:  # type: ignore[operator]
            raise PydanticCustomError("crossed", "at_least is above at_most")
        return self


class ZoneCount(_Target):
    """Open sites of some tiers in every township or district."""

    kind: Literal["zone_count"]
    zone: Literal["township", "district"] = "township"
    """Where each has its own."""
    at_least: Annotated[int, Field(ge=1)] = 1
    """Fewest sites in each."""
    children_per_site: Positive | None = None
    """Under-3s for each of whom, rounded up, there is to be a site (按适龄人口规划); the larger of
    this number and ``at_least`` counts."""
    inclusive_only: bool = False
    """Whether only inclusive (普惠) sites count."""
    unit: ClassVar[str] = "share"

    @property
    def required(self) -> float:
        """Share of the zones that have their sites: all of them."""
        return 1.0


class NewArea(_Target):
    """Places inside each new residential area, from the year of its hand-over."""

    kind: Literal["new_area"]
    required: Annotated[float, Field(gt=0, le=1000)]
    """Places per thousand of its people."""
    unit: ClassVar[str] = "per thousand"


class Pairing(_Target):
    """Open institutions guided by a medical institution, by the rules of ``guidance``."""

    kind: Literal["pairing"]
    required: PositiveShare = 1.0
    """Share of the open institutions."""
    kinds: tuple[MedicalKind, ...] = ()
    """Kinds of medical institutions of which one guides; none means any kind of ``guidance``. A
    site may be guided by one of each target's kinds; two targets name the same, or none that the
    other names."""
    unit: ClassVar[str] = "share"
    of_the_plan: ClassVar[bool] = True


class Budget(_Target):
    """Spending at most ``required``."""

    kind: Literal["budget"]
    required: Annotated[float, Field(ge=0)]
    """CNY, not discounted."""
    spent_on: Literal["capital", "subsidy", "running"] = "capital"
    """Investment, the part of it that is paid from subsidies, or the running cost of a year."""
    since: Literal["last_planned_year", "base_year"] = "last_planned_year"
    """Whether what is spent after the planned year before counts, or all since the base year."""
    unit: ClassVar[str] = "CNY"


Target = Annotated[
    PerThousand
    | InclusiveShare
    | TownshipCoverage
    | CommunityCoverage
    | PopulationCoverage
    | Enrolment
    | Fill
    | TierCount
    | ZoneCount
    | NewArea
    | Pairing
    | Budget,
    Field(discriminator="kind"),
]


def is_for_inclusive_only(target: Target) -> bool:
    """Return whether only inclusive (普惠) sites count in a target."""
    if isinstance(target, TownshipCoverage | CommunityCoverage | TierCount | ZoneCount):
        return target.inclusive_only
    return False
