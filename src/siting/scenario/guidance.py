"""How medical institutions guide childcare institutions: pairing (订单签约), rounds, checks."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from siting.scenario.strict import Positive, Strict, Word
from siting.scenario.travel import ModeName

MedicalKind = Literal[
    "hospital", "maternal_child", "community_health_centre", "township_health_centre", "other"
]
Jurisdiction = Literal["township", "district", "area"]


class KindRules(Strict):
    """What is otherwise for one kind of medical institution."""

    within_minutes: Annotated[Positive, Field(le=240)] | None = None
    """Longest way from the medical institution."""
    jurisdiction: Jurisdiction | None = None
    """Where it guides."""
    institutions_per_staff: Annotated[Positive, Field(le=1000)] | None = None
    """Institutions that one member of its child-health staff can guide."""
    visits_per_year: Annotated[int, Field(ge=1, le=366)] | None = None
    """Visits to each institution."""
    visit_minutes: Positive | None = None
    """Time at an institution."""


class Guidance(Strict):
    """Rules by which a medical institution guides the childcare institutions around it."""

    tiers: tuple[Word, ...] = ()
    """Tiers whose open sites are guided; none means every tier with places."""
    kinds: tuple[MedicalKind, ...] = ("community_health_centre", "township_health_centre")
    """Medical institutions that guide; one whose kind is not told does not."""
    within_minutes: Annotated[Positive, Field(le=240)] = 30.0
    """Longest way from the medical institution."""
    mode: ModeName = "drive"
    """How its staff travel."""
    jurisdiction: Jurisdiction = "township"
    """A medical institution guides in the township it is responsible for, in the district of it,
    or in the whole area."""
    institutions_per_staff: Annotated[Positive, Field(le=1000)] = 5.0
    """Institutions that one member of its child-health staff can guide; an institution whose
    staff is not told counts as one (assumption)."""
    residents_per_staff: Positive = 20_000.0
    """Residents for whom primary health institutions need one member of child-health staff.
    20,000 is from 温瓯七优享办〔2023〕2号: 每家基层医疗卫生机构原则上按照每2万常住人口至少配备1名
    儿童保健专职人员."""
    visits_per_year: Annotated[int, Field(ge=1, le=366)] = 4
    """Visits to each institution (巡回指导)."""
    visit_minutes: Positive = 60.0
    """Time at an institution."""
    day_minutes: Positive = 360.0
    """Time that a round may take, travel and visits together."""
    by_kind: dict[MedicalKind, KindRules] = Field(default_factory=dict)
    """Kind -> what is otherwise for medical institutions of it."""
    inspected: Annotated[int, Field(ge=0)] = 0
    """Institutions drawn at random for inspection (双随机)."""
    inspected_seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    """Seed of the draw: the same list for the same plan."""
    source: str = Field(min_length=1)
    """Where the figures come from, or the word assumption."""

    def of_kind(self, kind: str) -> Self:
        """Return the rules as they are for medical institutions of a kind."""
        told = [rules for name, rules in self.by_kind.items() if name == kind]
        return self.model_copy(update=told[0].model_dump(exclude_none=True) if told else {})

    def each(self, rule: str, kinds: Iterable[str]) -> list[Any]:
        """Return a rule for each of some medical institutions, told by their kinds."""
        return [getattr(self.of_kind(kind), rule) for kind in kinds]
