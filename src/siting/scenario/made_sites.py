"""Sites made by rules rather than listed: from OpenStreetMap tags, a grid, or other tables."""

from collections.abc import Collection, Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from siting.scenario.children import AgeBand
from siting.scenario.strict import Positive, Strict, Word

Count = Annotated[int, Field(ge=0)]
Money = Annotated[float, Field(ge=0)]


class MadeHost(Strict):
    """The figures of the candidates that a rule makes."""

    tier: Word
    """Its tier, one of ``tiers``."""
    host: Word
    """Its kind of host, one of ``hosts``."""
    inclusive: bool
    """Whether it is inclusive (普惠)."""
    action: Literal["open", "convert"]
    """Whether the site is new, or rooms in use for something else."""
    max_classes: Count
    """Classes that one can hold; 0 where the tier has no class kinds."""
    fixed_cost_cny: Money
    """Capital for the site, CNY."""
    place_cost_cny: Money
    """Capital for each place, CNY."""
    source: str = Field(min_length=1)
    """Where the figures come from, or the word assumption."""


class MadeFacility(Strict):
    """The figures of the existing facilities that a rule makes."""

    tier: Word
    """Its tier, one of ``tiers``."""
    host: Word
    """Its kind of host, one of ``hosts``."""
    inclusive: bool
    """Whether it is inclusive (普惠)."""
    classes: dict[Word, Count]
    """Class kind -> classes today; none where the tier has no class kinds."""
    enrolled: dict[AgeBand, Count] = Field(default_factory=dict)
    """Age band -> children enrolled today."""
    max_classes: Count
    """Classes that one can hold, those of today included."""
    expand_cost_cny: Money
    """Capital for each place added, CNY."""
    source: str = Field(min_length=1)
    """Where the figures come from, or the word assumption."""

    @model_validator(mode="after")
    def _has_room(self) -> Self:
        if sum(self.classes.values()) > self.max_classes:
            raise ValueError("name at most max_classes classes of today")
        return self


class OsmPlaces(Strict):
    """Places of OpenStreetMap of a kind, or with some tags, become facilities, or hosts.

    Needs streets from an OpenStreetMap file. A place becomes one site: the first entry of
    ``osm_places`` that it matches makes it.
    """

    kind: Word | None = None
    """Kind of place in the table of ``siting.network.osm_kinds``, such as ``kindergarten``."""
    tags: Annotated[dict[str, tuple[str, ...]], Field(min_length=1)] | None = None
    """In place of a kind: key -> values, such as ``amenity: [kindergarten]``; a place must match
    every key."""
    facility: MadeFacility | None = None
    """What an existing facility made of a place is like."""
    made_host: MadeHost | None = None
    """What a candidate made of a place is like; name either this or ``facility``."""

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.facility is None) == (self.made_host is None):
            raise ValueError("name either facility or made_host")
        if (self.kind is None) == (self.tags is None):
            raise ValueError("name either kind or tags")
        if not all((self.tags or {}).values()):
            raise ValueError("name at least one value for each key of tags")
        return self

    @property
    def made(self) -> MadeFacility | MadeHost:
        """What its places become."""
        made = self.facility or self.made_host
        assert made is not None  # noqa: S101  (validated)
        return made


class CandidateGrid(Strict):
    """Candidates at the street nodes nearest to the points of a square grid."""

    spacing_m: Annotated[Positive, Field(ge=100, le=10_000)]
    """Distance of the grid points, in rows and columns."""
    made_host: MadeHost


class Condition(Strict):
    """What a row must fulfil: exactly one of the comparisons. An empty value fulfils none."""

    column: Word
    """Column of the data dictionary."""
    is_one_of: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    """The words allowed; ``yes`` or ``no`` in a column of these."""
    at_least: float | None = None
    """Smallest number allowed."""
    above: float | None = None
    """Number that must be exceeded."""

    @model_validator(mode="after")
    def _one_comparison(self) -> Self:
        stated = [c for c in (self.is_one_of, self.at_least, self.above) if c is not None]
        if len(stated) != 1:
            raise ValueError("name exactly one of is_one_of, at_least and above")
        return self


class HostRule(Strict):
    """Rows of a table that fulfil every condition become candidate hosts.

    Conditions of which one suffices are rules of their own; a row that several rules of one tier
    make is made once, by the first.
    """

    id: Word
    """Part of the name of every candidate that the rule makes."""
    table: Literal["medical", "facilities", "hosts"]
    """Table whose rows are looked at."""
    where: tuple[Condition, ...] = Field(min_length=1)
    made_host: MadeHost
    clause: str = Field(min_length=1)
    """Document and clause that the rule comes from, or the word assumption."""


KeyPath = tuple[str | int, ...]


def made_site_conflicts(
    osm_places: tuple[OsmPlaces, ...],
    candidate_grid: CandidateGrid | None,
    host_rules: tuple[HostRule, ...],
    kinds_of_tier: Mapping[str, Collection[str]],
    hosts: Collection[str],
    bands: Collection[str],
) -> list[tuple[KeyPath, str]]:
    """Return where the rules contradict the rest of a scenario: (path of keys, what).

    Parameters
    ----------
    kinds_of_tier
        Tier -> class kinds that it may run.
    hosts, bands
        Kinds of host and age bands of the scenario.
    """
    made: list[tuple[KeyPath, MadeHost | MadeFacility]] = [
        (("osm_places", i, "facility" if places.facility else "made_host"), places.made)
        for i, places in enumerate(osm_places)
    ]
    if candidate_grid is not None:
        made.append((("candidate_grid", "made_host"), candidate_grid.made_host))
    made += [(("host_rules", i, "made_host"), rule.made_host) for i, rule in enumerate(host_rules)]
    found: list[tuple[KeyPath, str]] = []
    for path, site in made:
        if site.tier not in kinds_of_tier:
            found.append(((*path, "tier"), f"'{site.tier}' is not among tiers"))
        if site.host not in hosts:
            found.append(((*path, "host"), f"'{site.host}' is not among hosts"))
        has_classes = bool(kinds_of_tier.get(site.tier, ()))
        if has_classes and not site.max_classes:
            what = f"0 classes, and the tier '{site.tier}' is there for them"
            found.append(((*path, "max_classes"), what))
        if site.max_classes and site.tier in kinds_of_tier and not has_classes:
            what = f"the tier '{site.tier}' runs no classes: write 0"
            found.append(((*path, "max_classes"), what))
        if isinstance(site, MadeFacility):
            if has_classes and not sum(site.classes.values()):
                found.append(((*path, "classes"), "name at least one class of today"))
            found += [
                ((*path, "classes", kind), f"the tier '{site.tier}' runs no {kind} classes")
                for kind in site.classes
                if kind not in kinds_of_tier.get(site.tier, (kind,))
            ]
            found += [
                ((*path, "enrolled", band), f"{band} is no band of children.take_up")
                for band in site.enrolled
                if band not in bands
            ]
    ids = [rule.id for rule in host_rules]
    found += [
        (("host_rules", i, "id"), f"the id '{name}' stands twice")
        for i, name in enumerate(ids)
        if name in ids[:i]
    ]
    return found
