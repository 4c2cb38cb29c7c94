"""The scenario: everything a planner asks, in one frozen value."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, PrivateAttr, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from siting.errors import OutputError, Problem, ScenarioError
from siting.scenario.children import Children, ClassKind, band_months, months_under_3
from siting.scenario.costs import Costs
from siting.scenario.guidance import Guidance
from siting.scenario.input_files import InputFiles
from siting.scenario.made_sites import CandidateGrid, HostRule, OsmPlaces, made_site_conflicts
from siting.scenario.plain_words import said
from siting.scenario.policy import Policy, read_profiles
from siting.scenario.population import Population, PopulationRaster, PopulationTable
from siting.scenario.profile import Profile, is_own
from siting.scenario.published import Published
from siting.scenario.seat_zones import SeatZones
from siting.scenario.strict import Positive, Strict, Word, Year
from siting.scenario.targets import Target
from siting.scenario.tiers import Host, HostLimits, Tier
from siting.scenario.travel import Cycle, Drive, ModeName, Walk

Objective = Literal["shortfall", "cost", "coverage", "served", "tie_break", "travel_time"]


class NewAreas(Strict):
    """How the people of new residential areas are counted."""

    people_in_residents: bool = True
    """Whether the residents of the years from the hand-over on include them already; then the
    other cells of the township have so many fewer."""


class Solver(Strict):
    """How long and how exactly to solve."""

    gap: Annotated[float, Field(ge=0, le=1)] = 0.01
    """Relative optimality gap asked for, for each siting stage."""
    time_limit_s: Positive = 300.0
    """Clock time for all siting stages together."""
    threads: Annotated[int, Field(ge=1, le=64)] = 2
    """Threads of the solver; part of what makes a result repeatable."""
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    """Seed of the solver."""
    name: str = Field(default="HiGHS", pattern=r"^[A-Za-z_]+$")
    """HiGHS, or another solver by the name that PuLP has for it."""


class Scenario(Strict):
    """What a planner asks."""

    name: str = Field(min_length=1)
    """Title of the study."""
    name_en: str = ""
    """Title in English; the Chinese stands in its place where it is left out."""
    illustrative: bool = False
    """Whether data of the study is made up; then 示意 stands on everything that is shown."""
    sources: tuple[str, ...] = ()
    """Where data and targets come from, who is to be credited, what was left out; shown on the
    page as they stand."""
    crs: str = Field(min_length=1)
    """Metric coordinate reference system to compute in, such as EPSG:32650."""
    base_year: Year
    """Year of the existing facilities; 'today'."""
    years: Annotated[tuple[Year, ...], Field(min_length=1, max_length=12)]
    """The years planned for, in order."""
    inputs: InputFiles
    seat_zones: SeatZones = SeatZones()
    population: Population = PopulationTable(kind="cells")
    """Where people live within their zones: cells of a table, of a raster, or along streets."""
    osm_places: tuple[OsmPlaces, ...] = ()
    candidate_grid: CandidateGrid | None = None
    host_rules: tuple[HostRule, ...] = ()
    children: Children
    walk: Walk
    cycle: Cycle = Cycle()
    drive: Drive = Drive()
    class_kinds: dict[Word, ClassKind] = Field(min_length=1)
    class_kinds_source: str = Field(min_length=1)
    """Where the class sizes come from, or the word assumption."""
    tiers: dict[Word, Tier] = Field(min_length=1)
    hosts: dict[Word, Host] = Field(min_length=1)
    """Kinds of host that the tables may name."""
    costs: Costs = Costs()
    host_limits: HostLimits | None = None
    new_areas: NewAreas = NewAreas()
    own_staff_places_count: bool = True
    """Whether places count per thousand that the children of a host's own staff take, and those of
    sites that are not open to residents."""
    guidance: Guidance | None = None
    policy: Policy | None = None
    published: Published | None = None
    targets: tuple[Target, ...] = Field(min_length=1)
    """What the plan has to reach, one for each year in which it is due; a policy may bring all."""
    objectives: Annotated[tuple[Objective, ...], Field(min_length=1)] = (
        "shortfall",
        "cost",
        "served",
    )
    """What to settle, in order; each is held while the next is settled."""
    solver: Solver = Solver()

    _folder: Path = PrivateAttr(default=Path())
    _profiles: tuple[Profile, ...] | None = PrivateAttr(default=None)
    _places: dict[tuple[str | int, ...], str] = PrivateAttr(default_factory=dict)

    @property
    def last_year(self) -> int:
        """The last year planned for."""
        return self.years[-1]

    def titled(self, lang: str) -> str:
        """Return the title of the study in a language, ``zh`` or ``en``."""
        return (lang == "en" and self.name_en) or self.name

    def targets_of(self, year: int) -> tuple[Target, ...]:
        """Return the targets of a year."""
        return tuple(target for target in self.targets if target.year == year)

    @property
    def named_files(self) -> tuple[str, ...]:
        """Every input file, as the scenario names it, each once, in the order of the names."""
        named = list(self.inputs.model_dump(exclude={"missing_crs", "coordinates"}).values())
        if isinstance(self.population, PopulationRaster):
            rasters = self.population
            named += [rasters.residents, rasters.under1, rasters.aged_1_to_4]
        named += [name for name in self.policy.profiles if is_own(name)] if self.policy else []
        return tuple(sorted({name for name in named if name}))

    @property
    def bands(self) -> tuple[str, ...]:
        """Age bands, youngest first."""
        return self.children.bands

    @property
    def modes(self) -> tuple[ModeName, ...]:
        """Ways of travelling that the tiers, the guidance and referrals use, sorted.

        Families are driven to medical institutions where ``drive`` says more than the usual.
        """
        used = {tier.mode for tier in self.tiers.values()}
        if self.guidance:
            used.add(self.guidance.mode)
        if self.inputs.medical and self.drive != Drive():
            used.add("drive")
        return tuple(sorted(used))

    @property
    def longest_limit_s(self) -> int:
        """Longest reach limit of any tier, seconds."""
        return max(tier.limit_s for tier in self.tiers.values())

    def longest_way_m(self, tier: str) -> float:
        """Return the length of the longest way within the limit of a tier, at its fastest."""
        return self.fastest_kph(self.tiers[tier].mode) / 3.6 * self.tiers[tier].limit_s

    def fastest_kph(self, mode: ModeName) -> float:
        """Return the highest speed of a mode on any street."""
        if mode == "drive":
            return max(self.drive.speeds_kph.values(), default=0.0)
        travel = self.walk if mode == "walk" else self.cycle
        return max([travel.speed_kph, *travel.speed_by_highway_kph.values()])

    def tiers_counted_in(self, target_kind: str) -> frozenset[str]:
        """Return the tiers that count in a kind of target, unless it names its own."""
        return frozenset(name for name, tier in self.tiers.items() if target_kind in tier.counts_in)

    def tiers_of(self, target: Target) -> frozenset[str]:
        """Return the tiers whose sites count in a target.

        Where it names none, ``counts_in`` of the tiers says so; new places of every tier are
        to be filled, and guidance goes to the tiers that its rules name.
        """
        if target.tiers:
            return frozenset(target.tiers)
        with_places = frozenset(name for name, tier in self.tiers.items() if tier.class_kinds)
        if target.kind == "fill":
            return with_places
        if target.kind == "pairing":
            return self.guided_tiers
        return self.tiers_counted_in(target.kind)

    @property
    def guided_tiers(self) -> frozenset[str]:
        """Tiers whose sites medical institutions guide."""
        named = self.guidance.tiers if self.guidance else ()
        return frozenset(named or (name for name, t in self.tiers.items() if t.class_kinds))

    @property
    def guiding_roles(self) -> tuple[frozenset[str], ...]:
        """Kinds of medical institutions that guide, parted into roles.

        A site may be guided by one institution of each: the kinds that a pairing target names are
        a role, and those that none names are one together.
        """
        kinds = frozenset(self.guidance.kinds if self.guidance else ())
        named = dict.fromkeys(
            kinds & frozenset(target.kinds)
            for target in self.targets
            if target.kind == "pairing" and target.kinds
        )
        rest = kinds.difference(*named)
        return (*(role for role in named if role), *((rest,) if rest else ()))

    def guides_of(self, target: Target) -> frozenset[str]:
        """Return the kinds of medical institutions that guide for a pairing target."""
        kinds = frozenset(self.guidance.kinds if self.guidance else ())
        named = frozenset(target.kinds) if target.kind == "pairing" else frozenset()
        return kinds & named if named else kinds

    def path(self, file: str) -> Path:
        """Return the path of an input file, which is relative to the scenario file."""
        return self._folder / file

    def check_apart(self, folder: Path) -> None:
        """Look whether results in a folder could take the place of input files.

        Raises
        ------
        OutputError
            The folder holds an input file.
        """
        held = [n for n in self.named_files if self.path(n).resolve().parent == folder.resolve()]
        if held:
            what = f"holds {', '.join(held)} of the study, which results could replace"
            raise OutputError([Problem(str(folder), what, "name another folder with --out")])

    def place(self, *path: str | int) -> str:
        """Return where a key stands: ``file:line:column``, or its name if it was not read."""
        return self._places.get(path, f"scenario, {'.'.join(map(str, path))}")

    def placed_in(
        self, folder: Path, places: dict[tuple[str | int, ...], str] | None = None
    ) -> Self:
        """Return the same scenario with its input files looked for from a folder.

        Parameters
        ----------
        places
            Path of keys -> where it stands, for messages.
        """
        placed = self.model_copy()
        placed._folder = folder  # noqa: SLF001  (own copy)
        placed._places = places or {}  # noqa: SLF001
        return placed

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """The documents planned for, as they were when they were first read.

        Raises
        ------
        ScenarioError
            A profile is missing or wrong.
        """
        if self._profiles is None:
            self._profiles = read_profiles(self.policy, self._folder) if self.policy else ()
        return self._profiles

    def with_solver(self, **changes: float) -> Self:
        """Return the same scenario with other solver settings.

        Raises
        ------
        ScenarioError
            A setting is out of its range.
        """
        try:
            solver = Solver.model_validate({**self.solver.model_dump(), **changes})
        except ValidationError as error:
            raise ScenarioError(
                Problem(
                    f"solver, {e['loc'][0]}", f"{said(e)[0]} (found {e['input']!r})", "change it"
                )
                for e in error.errors()
            ) from None
        changed = self.model_copy(update={"solver": solver})
        return changed.placed_in(self._folder, self._places)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        found = _inconsistencies(self)
        if found:
            raise PydanticCustomError(
                "inconsistent",
                "{text}",
                {"text": "; ".join(text for _, text in found), "found": found},
            )
        return self


def _inconsistencies(scenario: Scenario) -> list[tuple[tuple[str | int, ...], str]]:
    """Return what contradicts itself between the parts of a scenario: (path of keys, what)."""
    found: list[tuple[tuple[str | int, ...], str]] = []
    children = scenario.children
    if scenario.years[0] < scenario.base_year:
        what = f"{scenario.years[0]} lies before base_year {scenario.base_year}"
        found.append((("years",), what))
    if list(scenario.years) != sorted(set(scenario.years)):
        found.append((("years",), "they do not rise from each to the next"))
    if children.under3_from == "share":
        planned = {scenario.base_year, *scenario.years}
        found += [
            (("children", "under3_share"), f"no share for {needed}")
            for needed in sorted(planned - set(children.under3_share))
        ]
    found += [
        (("children", "take_up_by_year", year), f"{year} is neither base_year nor planned for")
        for year in children.take_up_by_year
        if year not in {scenario.base_year, *scenario.years}
    ]
    found += [
        (("children", "take_up_by_year", year, band), f"{band} is no band of children.take_up")
        for year, told in children.take_up_by_year.items()
        for band in told
        if band not in scenario.bands
    ]
    found += [
        (("children", key), f"'{trend}' is not among children.trends")
        for key, named in (("trend", [children.trend]), ("hold_under", children.hold_under))
        for trend in named
        if trend is not None and trend not in children.trends
    ]
    if children.weights and "coverage" not in scenario.objectives:
        what = "weights count in the stage coverage, which is not among objectives"
        found.append((("children", "weights"), what))
    found += _missing_inputs(scenario)
    found += made_site_conflicts(
        scenario.osm_places,
        scenario.candidate_grid,
        scenario.host_rules,
        {name: tier.class_kinds for name, tier in scenario.tiers.items()},
        scenario.hosts,
        scenario.bands,
    )
    month = 0
    for first, last in map(band_months, scenario.bands):
        if first != month:
            found.append((("children", "take_up"), f"the bands leave out or repeat month {month}"))
        month = last
    if month != months_under_3:
        found.append((("children", "take_up"), "the bands do not end at 36 months"))
    for name, kind in scenario.class_kinds.items():
        found += [
            (("class_kinds", name, "bands", i), f"{band} is no band of children.take_up")
            for i, band in enumerate(kind.bands)
            if band not in scenario.bands
        ]
    for name, tier in scenario.tiers.items():
        found += [
            (("tiers", name, "class_kinds", i), f"'{kind}' is not among class_kinds")
            for i, kind in enumerate(tier.class_kinds)
            if kind not in scenario.class_kinds
        ]
        found += [
            (
                ("tiers", name, "class_kinds", i),
                f"'{kind}' takes children under {tier.from_months} months, the tier does not",
            )
            for i, kind in enumerate(tier.class_kinds)
            if kind in scenario.class_kinds
            and any(
                band_months(band)[0] < tier.from_months for band in scenario.class_kinds[kind].bands
            )
        ]
    found += [
        (("guidance", "tiers", i), f"'{tier}' is not among tiers")
        for i, tier in enumerate(scenario.guidance.tiers if scenario.guidance else ())
        if tier not in scenario.tiers
    ]
    found += _target_conflicts(scenario)
    if "travel_time" in scenario.objectives and scenario.objectives[-1] != "travel_time":
        found.append((("objectives",), "travel_time comes last: it holds who is served"))
    if "travel_time" in scenario.objectives and "served" not in scenario.objectives:
        what = "travel_time needs served before it: nobody travels where nobody is served"
        found.append((("objectives",), what))
    if len(set(scenario.objectives)) < len(scenario.objectives):
        found.append((("objectives",), "one of them stands twice"))
    return found


def _target_conflicts(scenario: Scenario) -> list[tuple[tuple[str | int, ...], str]]:
    """Return targets that stand twice, ask for years not planned for, or for what is not read."""
    found: list[tuple[tuple[str | int, ...], str]] = []
    seen: set[str] = set()
    needed = {
        "community_coverage": ("communities", scenario.inputs.communities),
        "new_area": ("areas", scenario.inputs.areas),
        "pairing": ("medical", scenario.inputs.medical),
    }
    years = ", ".join(map(str, scenario.years))
    for i, target in enumerate(scenario.targets):
        if target.year not in scenario.years:
            what = f"due in {target.year}, which is not planned for ({years})"
            found.append((("targets", i, "year"), what))
        if target.key in seen:
            found.append((("targets", i), f"the id {target.id} stands twice for {target.year}"))
        seen.add(target.key)
        found += [
            (("targets", i, "tiers", k), f"'{tier}' is not among tiers")
            for k, tier in enumerate(target.tiers)
            if tier not in scenario.tiers
        ]
        if target.kind == "budget" and target.tiers:
            found.append((("targets", i, "tiers"), "a budget is for the sites of every tier"))
        if target.kind != "budget" and not scenario.tiers_of(target):
            what = f"no tier counts in {target.kind}: name tiers here, or in counts_in of a tier"
            found.append((("targets", i, "tiers"), what))
        key, file = needed.get(target.kind, ("", ""))
        if key and file is None:
            found.append((("inputs", key), f"needed by the target {target.id} ({target.kind})"))
        if target.kind == "pairing" and scenario.guidance is None:
            found.append((("guidance",), f"needed by the target {target.id} (pairing)"))
    return found + _guide_conflicts(scenario)


def _guide_conflicts(scenario: Scenario) -> list[tuple[tuple[str | int, ...], str]]:
    """Return pairing targets whose kinds guide nobody, or cross those of another."""
    found: list[tuple[tuple[str | int, ...], str]] = []
    known: set[frozenset[str]] = set()
    for i, target in enumerate(scenario.targets):
        if target.kind != "pairing" or not target.kinds or scenario.guidance is None:
            continue
        kinds = frozenset(target.kinds)
        if not kinds & set(scenario.guidance.kinds):
            what = f"the target {target.id} (pairing): none of its kinds guides (guidance.kinds)"
            found.append((("targets", i, "kinds"), what))
        if any(kinds & other and kinds != other for other in known):
            what = f"the target {target.id} (pairing) shares some kinds with another, and not all"
            found.append((("targets", i, "kinds"), what))
        known.add(kinds)
    return found


def _missing_inputs(scenario: Scenario) -> list[tuple[tuple[str | int, ...], str]]:
    """Return inputs that are needed and not named, and those that exclude one another."""
    files = scenario.inputs
    made_facilities = any(places.facility for places in scenario.osm_places)
    made_hosts = bool(scenario.candidate_grid or scenario.host_rules)
    made_hosts |= any(places.made_host for places in scenario.osm_places)
    wrong = (
        (
            "townships",
            (files.townships is None) == (files.seats is None),
            "name either townships or seats",
        ),
        (
            "cells",
            (files.cells is None) == (scenario.population.kind == "cells"),
            "name cells, or say under population how they are made",
        ),
        (
            "facilities",
            not (files.facilities or made_facilities or files.hosts or made_hosts),
            "name facilities or hosts, or make them by osm_places, candidate_grid or host_rules",
        ),
    )
    found: list[tuple[tuple[str | int, ...], str]] = [
        (("inputs", key), what) for key, is_wrong, what in wrong if is_wrong
    ]
    rasters = scenario.population
    has_children = isinstance(rasters, PopulationRaster) and rasters.under1 and rasters.aged_1_to_4
    if scenario.children.under3_from == "raster" and not has_children:
        found.append((("children", "under3_from"), "population names no rasters of children"))
    return found
