"""Policy documents clause by clause: what each asks, what carries it, where the plan stands.

Reads profiles and the results of targets, gives tables and lines of text. Does not: decide what
a target asks (:mod:`siting.scenario`), or hold it against a plan (:mod:`siting.indicators`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd

from siting.carrying import found_of
from siting.indicators import TargetResult
from siting.inputs import Inputs
from siting.notes import Note
from siting.scenario import Scenario, Target
from siting.scenario.profile import Profile, Provision, TrackedFigures

Found = Callable[[Provision], tuple[bool, Note]]
"""Provision -> whether the scenario has what carries it, and the words for what it has."""
carriers = {
    "target": ("目标", "target"),
    "tier": ("服务层级", "tier"),
    "host": ("载体", "host"),
    "pairing": ("签约指导", "pairing"),
    "tracked": ("跟踪指标", "tracked indicator"),
    "display": ("展示", "display"),
    "base_year": ("现状核对", "base-year check"),
    "out_of_scope": ("不在选址范围", "out of scope"),
}
"""What carries a provision -> its name, Chinese and English."""
strengths = {
    "约束": "binding",
    "预期": "expected",
    "鼓励": "encouraged",
    "探索": "explored",
    "现状": "today",
    "–": "–",
}
"""Strength of a provision -> its name in English."""
states = {
    "met": ("达到", "met"),
    "part": ("部分达到", "met in part"),
    "missed": ("未达到", "not met"),
    "shown": ("已体现，不设目标", "in the scenario, no target"),
    "absent": ("方案中没有", "not in this scenario"),
    "later": ("不在规划年内", "not due in the planned years"),
    "left_out": ("未采用", "left out"),
}
"""State of a provision -> its name, Chinese and English."""
told = (
    *("id", "title", "title_en", "strength", "clause", "clause_en", "sentence"),
    *("reading", "reading_en", "how", "how_en"),
)
"""What a row of the trace takes from its provision."""


def trace(
    profiles: Iterable[Profile],
    left_out: tuple[str, ...],
    results: Iterable[TargetResult],
    found: Found | None = None,
) -> pd.DataFrame:
    """Return every provision of some documents with where the plan stands.

    Parameters
    ----------
    left_out
        Ids of provisions that the scenario does not take up.
    results
        Targets held against the plan, of every planned year.
    found
        Tells whether the scenario has what carries a provision, and what; see
        :func:`siting.carrying.found_of`. None leaves that untold.

    Returns
    -------
    pandas.DataFrame
        One row for each provision, in the order of the documents: ``profile, number, id, title,
        title_en, strength, clause, clause_en, sentence, reading, reading_en, how, how_en,
        carried_by, state, targets, found, found_en``.
        ``targets`` are the keys of the targets that carry it, of every year, separated by blanks;
        ``state`` is met, part or missed by these, shown where no target carries it and the
        scenario has what does, absent where it has not, later where none is due, or left_out.
        ``found`` says what of the hosts, tiers and views that it names is there.
    """
    of_id: dict[str, list[TargetResult]] = {}
    for result in results:
        of_id.setdefault(result.target.id, []).append(result)
    rows = []
    for profile in profiles:
        for provision in profile.provisions:
            ids = dict.fromkeys(t.get("id", provision.id) for t in provision.targets)
            held = [result for name in ids for result in of_id.get(name, [])]
            taken = provision.id not in left_out and not (ids and set(ids) <= set(left_out))
            is_there, note = found(provision) if found else (True, Note(zh="", en=""))
            rows.append(
                {
                    "profile": profile.id,
                    "number": profile.number,
                    **{key: getattr(provision, key) for key in told},
                    "carried_by": " ".join(provision.carried_by),
                    "state": _state(provision, held, is_there=is_there) if taken else "left_out",
                    "targets": " ".join(result.target.key for result in held),
                    "found": note.zh,
                    "found_en": note.en,
                }
            )
    columns = ["profile", "number", *told, "carried_by", "state", "targets", "found", "found_en"]
    return pd.DataFrame(rows, columns=columns)


def _state(provision: Provision, held: list[TargetResult], *, is_there: bool) -> str:
    if not provision.targets:
        return "shown" if is_there else "absent"
    met = [result.met for result in held if result.due]
    if not met:
        return "later"
    return "met" if all(met) else "part" if any(met) else "missed"


def provisions_of(
    scenario: Scenario,
    results: Iterable[TargetResult],
    inputs: Inputs | None = None,
    sites: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return every provision of the documents of a scenario; see :func:`trace`.

    Without a policy it has no rows.

    Parameters
    ----------
    inputs, sites
        The tables, and the sites of the plan: they tell which hosts, tiers and views that a
        provision names are there.

    Raises
    ------
    ScenarioError
        A profile is missing or wrong.
    """
    found = None
    if inputs is not None and sites is not None:
        found = partial(found_of, scenario=scenario, inputs=inputs, sites=sites)
    left_out = scenario.policy.without if scenario.policy else ()
    return trace(scenario.profiles, left_out, results, found)


def place_of(row: Mapping[str, str], lang: str) -> str:
    """Return where a provision stands: document and clause, of a row of the trace."""
    if lang == "zh" or not row["clause_en"]:
        return f"{row['number']}，{row['clause']}"
    return f"{row['number']}, {row['clause_en']}"


@dataclass(frozen=True)
class Wording:
    """What is said of a target in a language; the sentence quoted stays as it is."""

    title: str
    clause: str
    reading: str


def wording(scenario: Scenario, target: Target, lang: str) -> Wording:
    """Return title, clause and reading of a target in a language, as far as its document has them.

    What a scenario changed is said in its own words; a target of no document has no title.

    Raises
    ------
    ScenarioError
        A profile is missing or wrong.
    """
    own = Wording("", target.clause, target.reading)
    for profile in scenario.profiles:
        for provision in profile.provisions:
            ids = {drawn.get("id", provision.id) for drawn in provision.targets}
            if target.id not in ids or target.clause != f"{profile.number}，{provision.clause}":
                continue
            if lang == "zh":
                return Wording(provision.title, own.clause, own.reading)
            clause, reading = own.clause, own.reading
            if provision.clause_en:
                clause = f"{profile.number}, {provision.clause_en}"
            if reading == provision.reading and provision.reading_en:
                reading = provision.reading_en
            return Wording(provision.title_en, clause, reading)
    return own


def published_indicators(profiles: Iterable[Profile]) -> pd.DataFrame:
    """Return the yearly figures of tracked indicators that documents ask for.

    Figures of the base year ask for nothing; an indicator without any figure has one row of the
    last year, its figure missing.

    Returns
    -------
    pandas.DataFrame
        ``indicator, unit, better, year, required, note, clause``, one row for each year.
    """
    columns = ["indicator", "unit", "better", "year", "required", "note", "clause"]
    rows = [
        (tracked.name, tracked.unit, tracked.better, year, figure, tracked.note, clause)
        for profile in profiles
        for provision in profile.provisions
        for clause in [f"{profile.number}，{provision.clause}"]
        for tracked in provision.indicators
        for year, figure in _asked(profile, tracked).items()
    ]
    return pd.DataFrame(rows, columns=columns)


def _asked(profile: Profile, tracked: TrackedFigures) -> dict[int, float]:
    """Return the figures after the base year, which ask for something; none is a missing one."""
    later = {y: f for y, f in sorted(tracked.figures.items()) if y > profile.base_year}
    return later if tracked.figures else {profile.years[-1]: float("nan")}


def list_lines(profiles: Iterable[Profile], lang: str) -> Iterator[str]:
    """Return a line for each document."""
    for profile in profiles:
        years = f"{profile.years[0]}-{profile.years[-1]}"
        count = len(profile.provisions)
        counted = f"{count}项" if lang == "zh" else f"{count} provisions"
        named = f"{profile.id:<10} {profile.number} {profile.title}"
        yield f"{named} ({profile.place}, {years}, {counted})"


def profile_lines(profile: Profile, lang: str) -> Iterator[str]:
    """Return a document clause by clause, as lines of text."""
    is_chinese = lang == "zh"
    comma, semicolon = ("、", "；") if is_chinese else (", ", "; ")
    yield f"{profile.title} · {profile.number} · {profile.place}"
    for provision in profile.provisions:
        carried = comma.join(carriers[each][not is_chinese] for each in provision.carried_by)
        title = provision.title if is_chinese else provision.title_en
        strength = provision.strength if is_chinese else strengths[provision.strength]
        yield ""
        yield f"{provision.id}  {title}  [{strength}; {carried}]"
        clause, reading = provision.clause, provision.reading
        if not is_chinese:
            clause, reading = provision.clause_en or clause, provision.reading_en or reading
        yield (
            f"    {clause}：“{provision.sentence}”"
            if is_chinese
            else (f"    {clause}: “{provision.sentence}”")
        )
        if reading:
            yield f"    读法：{reading}" if is_chinese else f"    reading: {reading}"
        yield f"    {provision.how if is_chinese else provision.how_en}"
        if provision.figures:
            figures = comma.join(f"{year} {value:g}" for year, value in provision.figures.items())
            yield f"    {figures} {provision.unit}".rstrip()
        for drawn in provision.targets:
            name = drawn.get("id", provision.id)
            due = semicolon.join(
                f"{key} {_figures(value)}" for key, value in drawn.items() if key != "id"
            )
            yield f"    → {name}: {due}"
        for tracked in provision.indicators:
            figures = comma.join(f"{year} {value:g}" for year, value in tracked.figures.items())
            note = f"（{tracked.note}）" if tracked.note else ""
            yield f"    · {tracked.name} {tracked.unit}：{figures}{note}"


def _figures(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{year}: {figure:g}" for year, figure in value.items())
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
