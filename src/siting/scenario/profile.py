"""Policy documents as profiles: every provision, its sentence, and the targets that carry it."""

import math
from collections.abc import Iterable
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from siting.errors import Problem, ScenarioError
from siting.scenario.guidance import MedicalKind
from siting.scenario.plain_words import only_follows, said
from siting.scenario.strict import Strict, Year
from siting.scenario.targets import Target
from siting.scenario.yaml_file import YamlFile, read_yaml

Strength = Literal["约束", "预期", "鼓励", "探索", "现状", "–"]
"""Binding, expected, encouraged, explored, a figure of today, or none told."""
Carrier = Literal[
    "target", "tier", "host", "pairing", "tracked", "display", "base_year", "out_of_scope"
]
"""What of the product answers a provision."""
View = Literal[
    "levels",
    "ranking",
    "tracked",
    "base_year",
    "staffing",
    "referral",
    "hubs",
    "centres",
    "rounds",
    "inspections",
    "signed",
    "shared",
    "new_areas",
    "part_day",
    "own_staff",
    "joint",
    "committed",
]
"""What of a run shows a provision."""
priority_of: dict[Strength, int] = {"约束": 1, "预期": 1, "鼓励": 2, "探索": 2, "现状": 3, "–": 3}
"""Priority of the soft targets of a provision (assumption: what is expected comes before what is
encouraged)."""
by_year = ("required", "at_least", "at_most")
"""Fields of a target that a profile gives by year."""
profile_ending = ".yaml"


class TrackedFigures(Strict):
    """A yearly indicator that no siting decides about."""

    name: str = Field(min_length=1)
    """Name as in the document."""
    unit: str = ""
    """Unit as in the document."""
    better: Literal["higher", "lower", ""] = "higher"
    """Whether a higher or a lower figure is the better one; empty for a figure to be known only."""
    figures: dict[Year, float] = Field(default_factory=dict)
    """Year -> published figure."""
    written: dict[Year, str] = Field(default_factory=dict)
    """Year -> what the document writes, where that is no plain figure (>95) or none at all."""
    clause: str = ""
    """Where it stands, if that is not where its provision does."""
    strength: Strength | None = None
    """How strongly it asks, if not as its provision does."""
    note: str = ""
    """What has to be known to read it."""


class Provision(Strict):
    """One provision of a document."""

    id: str = Field(min_length=1, pattern=r"^[A-Za-z0-9_.]+$")
    """Short name, unique in the profile."""
    title: str = Field(min_length=1)
    """What it is about, Chinese."""
    title_en: str = ""
    """What it is about, English; the Chinese stands in its place where it is left out."""
    clause_en: str = ""
    """Where it stands, English."""
    reading_en: str = ""
    """How it was read, English."""
    strength: Strength
    """How strongly it asks: 约束 makes its targets hard, everything else soft."""
    clause: str = Field(min_length=1)
    """Where it stands in the document."""
    sentence: str = Field(min_length=1)
    """The sentence, quoted."""
    reading: str = ""
    """How the sentence was read, where that needs judgement."""
    carried_by: tuple[Carrier, ...] = Field(min_length=1)
    """What of the product answers it."""
    hosts: tuple[str, ...] = ()
    """Kinds of host that carry it, by their names in a scenario."""
    tiers: tuple[str, ...] = ()
    """Tiers that carry it, by their names in a scenario."""
    guides: tuple[MedicalKind, ...] = ()
    """Kinds of medical institutions whose guidance carries it."""
    views: tuple[View, ...] = ()
    """Tables of a run that show it."""
    how: str = Field(min_length=1)
    """How it is carried, or why it is not planned for; Chinese."""
    how_en: str = ""
    """The same in English; the Chinese stands in its place where it is left out."""
    unit: str = ""
    """Unit of ``figures``."""
    figures: dict[Year, float] = Field(default_factory=dict)
    """Year -> figure as published, with that of the base year."""
    targets: tuple[dict[str, Any], ...] = ()
    """Targets as in a scenario, without what the provision says already; ``required``,
    ``at_least`` and ``at_most`` may give a figure for each year, others name ``years``."""
    indicators: tuple[TrackedFigures, ...] = ()
    """Indicators that are tracked, not planned for."""

    @property
    def is_hard(self) -> bool:
        """Whether its targets are hard; the others are soft."""
        return self.strength == "约束"

    @property
    def target_ids(self) -> tuple[str, ...]:
        """Ids of its targets, each once."""
        return tuple(dict.fromkeys(drawn.get("id", self.id) for drawn in self.targets))


class Profile(Strict):
    """A policy document."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    """Short name: that of the file."""
    title: str = Field(min_length=1)
    """Title of the document."""
    number: str = Field(min_length=1)
    """Number of the document."""
    place: str = Field(min_length=1)
    """Whose document it is."""
    base_year: Year
    """Year of the figures from which it starts."""
    years: tuple[Year, ...] = Field(min_length=1)
    """Years that it plans for."""
    provisions: tuple[Provision, ...] = Field(min_length=1)
    """All that it asks for."""

    def targets(self, years: tuple[int, ...]) -> list[tuple[Provision, dict[str, Any]]]:
        """Return the targets in force in some years, each with its provision.

        A figure stays in force until the document gives another: a planned year has that of the
        latest year up to it, and none before the first.
        """
        return [
            (provision, target)
            for provision in self.provisions
            for drawn in provision.targets
            for target in _in_force(self, provision, drawn, years)
        ]

    def asked(self, years: tuple[int, ...]) -> list[tuple[Provision, Target]]:
        """Return the targets in force in some years as the document has them."""
        return [
            (provision, _targets.validate_python(target, strict=True))
            for provision, target in self.targets(years)
        ]


def provision_of(profiles: Iterable[Profile], target: str) -> tuple[Profile, Provision] | None:
    """Return the provision that a target belongs to, by its id, with its profile.

    A target belongs to the provision whose profile writes it, or else to the one whose id is the
    target's, alone or before a ``.`` and a suffix: ``S1.centres`` belongs to S1.
    """
    belonging = [
        (len(target) if target in provision.target_ids else len(provision.id), profile, provision)
        for profile in profiles
        for provision in profile.provisions
        if target in provision.target_ids or f"{target}.".startswith(f"{provision.id}.")
    ]
    if not belonging:
        return None
    _, profile, provision = max(belonging, key=lambda each: each[0])
    return profile, provision


_targets: TypeAdapter[Target] = TypeAdapter(Target)


def shipped_profiles() -> tuple[str, ...]:
    """Return the names of the profiles that come with the package, sorted."""
    folder = files("siting") / "policies"
    return tuple(
        sorted(
            entry.name.removesuffix(profile_ending)
            for entry in folder.iterdir()
            if entry.name.endswith(profile_ending)
        )
    )


def is_own(name: str) -> bool:
    """Return whether a profile is a file of the planner's own."""
    return name.endswith(profile_ending)


def read_profile(name: str, folder: Path = Path()) -> Profile:
    """Read a profile that comes with the package, or a file of the same form.

    Parameters
    ----------
    name
        Name of a shipped profile, or a file ending in .yaml.
    folder
        Where a file is looked for.

    Raises
    ------
    ScenarioError
        There is no such profile, or it is wrong; with every problem as ``file:line:column``.
    """
    if is_own(name):
        path = folder / name
    elif name in shipped_profiles():
        path = Path(str(files("siting") / "policies" / f"{name}{profile_ending}"))
    else:
        what = f"there is no policy profile '{name}'"
        remedy = f"name one of {', '.join(shipped_profiles())}, or a file of your own (.yaml)"
        raise ScenarioError([Problem(name, what, remedy)])
    file = read_yaml(path)
    try:
        profile = Profile.model_validate(file.values, strict=True)
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise ScenarioError(
            Problem(
                file.place(detail["loc"]),
                f"{'.'.join(map(str, detail['loc']))}: {said(detail)[0]}",
                "correct the profile; the shipped ones show the form",
            )
            for detail in details
            if not only_follows(detail, details)
        ) from None
    problems = list(_wrong_targets(file, profile))
    if problems:
        raise ScenarioError(problems)
    return profile


def _wrong_targets(file: YamlFile, profile: Profile) -> list[Problem]:
    """Return what no target of the model can be made of, and ids that stand twice."""
    found: list[Problem] = []
    known: set[str] = set()
    planned = range(min(profile.years), max(profile.years) + 1)
    for i, provision in enumerate(profile.provisions):
        told = [drawn.get("id") for drawn in provision.targets]
        ids = [provision.id, *(each for each in told if isinstance(each, str))]
        place = file.place(("provisions", i))
        repeated = {each for each in ids if ids.count(each) > 1} | (set(ids) & known)
        found += [
            Problem(place, f"the id {each} stands twice", "give each its own id")
            for each in sorted(repeated)
        ]
        known |= set(ids)
        if ("target" in provision.carried_by) != bool(provision.targets):
            what = f"{provision.id}: carried_by and targets do not agree"
            found.append(Problem(place, what, "name target in carried_by where there are targets"))
        place = file.place(("provisions", i, "figures"))
        for year in _contradicted(provision):
            figure = f"{provision.figures[year]:g} {provision.unit}".rstrip()
            what = f"{provision.id}: no target asks for the figure of {year}, {figure}"
            remedy = "correct the one or the other, or say in 'reading' how the figure was read"
            found.append(Problem(place, what, remedy))
        for k, drawn in enumerate(provision.targets):
            place = file.place(("provisions", i, "targets", k))
            named = [key for key in ("hard", "priority", "clause", "sentence") if key in drawn]
            if named:
                what = f"{provision.id}: {', '.join(named)} of a target come from the provision"
                found.append(Problem(place, what, "leave these keys out"))
                continue
            if not _is_dated(drawn):
                what = f"{provision.id}: the target is due in no year, or not by years alone"
                remedy = "give required, at_least or at_most for each year, or else 'years'"
                found.append(Problem(place, what, remedy))
                continue
            years = _years(drawn)
            if outside := [year for year in years if year not in planned]:
                what = f"{provision.id}: {outside[0]} is not among the years of the document"
                remedy = f"give years from {planned[0]} to {planned[-1]}, or correct 'years'"
                found.append(Problem(place, what, remedy))
                continue
            for target in _in_force(profile, provision, drawn, tuple(years)):
                try:
                    _targets.validate_python(target, strict=True)
                except ValidationError as error:
                    first = error.errors(include_url=False)[0]
                    where = ".".join(map(str, first["loc"]))
                    what = f"{provision.id}: {said(first)[0]}{f' ({where})' if where else ''}"
                    found.append(Problem(place, what, "correct the target"))
                    break
    return found


def _contradicted(provision: Provision) -> list[int]:
    """Return the years of which targets give figures, and none the one that is published.

    A share is published in per cent. Where a reading is told, the figures may differ.
    """
    per_unit = 100 if provision.unit in ("%", "％") else 1
    drawn = [target.get(key) for target in provision.targets for key in by_year]
    asked = [figures for figures in drawn if isinstance(figures, dict)]
    return [
        year
        for year, figure in provision.figures.items()
        for told in [[figures[year] for figures in asked if year in figures]]
        if told
        and not provision.reading
        and not any(math.isclose(figure, each * per_unit) for each in told)
    ]


def _is_dated(drawn: dict[str, Any]) -> bool:
    """Return whether a target has figures for years, or else a list of years."""
    figures = [drawn[key] for key in by_year if isinstance(drawn.get(key), dict)]
    listed = drawn.get("years", ())
    if not isinstance(listed, tuple) or bool(figures) == bool(listed):
        return False
    return all(isinstance(year, int) for year in chain(listed, *figures))


def _years(drawn: dict[str, Any]) -> list[int]:
    given = [drawn[key] for key in by_year if isinstance(drawn.get(key), dict)]
    return sorted({*chain.from_iterable(given), *drawn.get("years", ())})


def _in_force(
    profile: Profile, provision: Provision, drawn: dict[str, Any], years: tuple[int, ...]
) -> list[dict[str, Any]]:
    due = _years(drawn)
    hard = provision.is_hard
    told = {
        "id": drawn.get("id", provision.id),
        "hard": hard,
        "priority": 1 if hard else priority_of[provision.strength],
        "clause": f"{profile.number}，{provision.clause}",
        "sentence": provision.sentence,
        "reading": provision.reading,
    }
    found = []
    for year in years:
        since = [each for each in due if each <= year]
        if since:
            target = {key: value for key, value in drawn.items() if key != "years"} | told
            for key in by_year:
                if isinstance(target.get(key), dict):
                    target[key] = in_force(target[key], year)
            found.append({key: v for key, v in target.items() if v is not None} | {"year": year})
    return found


def in_force(figures: dict[int, Any], year: int) -> Any:  # noqa: ANN401  (a figure of any kind)
    """Return the figure of the latest year up to a year, None before the first."""
    since = [each for each in figures if each <= year]
    return figures[max(since)] if since else None
