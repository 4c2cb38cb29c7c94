"""Policy documents clause by clause: what each asks, what carries it, where the plan stands.

Reads profiles and the results of targets, gives tables and lines of text. Does not: decide what
a target asks (:mod:`siting.scenario`), or hold it against a plan (:mod:`siting.indicators`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import pandas as pd

from siting.carrying import Carried, found_of
from siting.changed_targets import changed_targets
from siting.indicators import TargetResult
from siting.inputs import Inputs
from siting.notes import Note
from siting.scenario import Scenario, Target
from siting.scenario.keys import choice_words
from siting.scenario.profile import Profile, Provision, priority_of, provision_of
from siting.scenario.target_block import field_labels

Found = Callable[[Provision], tuple[Carried, Note]]
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
    "short": (
        "已体现，有数未达到或不一致",
        "in the scenario, some figures are short or differ",
    ),
    "untold": ("未填报，无从判断", "not told, cannot be held"),
    "absent": ("方案中没有", "not in this scenario"),
    "later": ("不在规划年内", "not due in the planned years"),
    "left_out": ("未采用", "left out"),
}
"""State of a provision -> its name, Chinese and English."""
targets_as_changed = ("（按方案改后的目标）", " (targets as changed)")
targets_of = {
    "document": ("", ""),
    "scenario": ("（按规划者自定的目标）", " (by the planner's own targets)"),
    "both": ("（含规划者自定的目标）", " (with targets of the planner's own)"),
    "": ("", ""),
}
"""Whose targets hold a provision -> what is said of its state."""
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
    changed: Mapping[str, Note] = MappingProxyType({}),
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
    changed
        Id of a provision -> what the scenario asks for instead; see
        :func:`siting.changed_targets.changed_targets`.

    Returns
    -------
    pandas.DataFrame
        One row for each provision, in the order of the documents: ``profile, number, id, title,
        title_en, strength, clause, clause_en, sentence, reading, reading_en, how, how_en,
        carried_by, state, targets, asked_by, changed, changed_en, found, found_en``.
        ``targets`` are the keys of the targets that belong to it (also the scenario's own: see
        :func:`siting.scenario.profile.provision_of`), of every year, separated by blanks;
        ``state`` is met, part or missed by these; where no target carries it, met where all sites
        that it asks for are carried out, shown where the scenario has what carries it, short where
        a figure there is below what is asked or differs from the published one, untold where nobody
        told what is asked for, absent where it has not,
        later where none is due, or left_out.
        ``asked_by`` tells whose these targets are: document, scenario, both, or empty.
        ``changed`` says what of its targets the scenario has changed, in words; ``state`` is then
        by the changed ones. ``found`` says which targets of it are the scenario's own, and what of
        the hosts, tiers and views that it names is there.
    """
    of_id: dict[str, list[TargetResult]] = {}
    for result in results:
        of_id.setdefault(result.target.id, []).append(result)
    profiles = tuple(profiles)
    held_by: dict[str, list[str]] = {}
    for name in of_id:
        if belongs := provision_of(profiles, name):
            held_by.setdefault(belongs[1].id, []).append(name)
    rows = []
    for profile in profiles:
        for provision in profile.provisions:
            ids = provision.target_ids
            held = [result for each in held_by.get(provision.id, ()) for result in of_id[each]]
            taken = provision.id not in left_out and not (ids and set(ids) <= set(left_out))
            differs = changed.get(provision.id, Note(zh="", en=""))
            there, note = found(provision) if found else ("shown", Note(zh="", en=""))
            added = [each for each in held_by.get(provision.id, ()) if each not in ids]
            carried = (*provision.carried_by, *(["target"] if added else []))
            rows.append(
                {
                    "profile": profile.id,
                    "number": profile.number,
                    **{key: getattr(provision, key) for key in told},
                    "title_en": provision.title_en or provision.title,
                    "how_en": provision.how_en or provision.how,
                    "carried_by": " ".join(dict.fromkeys(carried)),
                    "state": _state(provision, held, there) if taken or held else "left_out",
                    "targets": " ".join(result.target.key for result in held),
                    "asked_by": _asked_by(held, ids),
                    "changed": differs.zh,
                    "changed_en": differs.en,
                    "found": "；".join(filter(None, (_added(added).zh, note.zh))),
                    "found_en": "; ".join(filter(None, (_added(added).en, note.en))),
                }
            )
    columns = ["profile", "number", *told, "carried_by", "state", "targets", "asked_by"]
    columns += ["changed", "changed_en", "found", "found_en"]
    return pd.DataFrame(rows, columns=columns)


def _state(provision: Provision, held: list[TargetResult], there: Carried) -> str:
    if not provision.targets and not held:
        return there
    met = [result.met for result in held if result.due]
    if not met:
        return "later"
    return "met" if all(met) else "part" if any(met) else "missed"


def _asked_by(held: list[TargetResult], of_document: tuple[str, ...]) -> str:
    """Return whose the targets of a provision are: document, scenario, both, or empty."""
    whose = {"document" if r.target.id in of_document else "scenario" for r in held}
    return "both" if len(whose) > 1 else "".join(whose)


def _added(targets: list[str]) -> Note:
    """Return which targets of a provision are the scenario's own."""
    if not targets:
        return Note(zh="", en="")
    return Note(
        zh=f"方案另设目标：{'、'.join(targets)}",
        en=f"targets of the scenario: {', '.join(targets)}",
    )


def provisions_of(
    scenario: Scenario,
    results: Iterable[TargetResult],
    inputs: Inputs | None = None,
    sites: pd.DataFrame | None = None,
    tables: Mapping[str, pd.DataFrame] = MappingProxyType({}),
) -> pd.DataFrame:
    """Return every provision of the documents of a scenario; see :func:`trace`.

    Without a policy it has no rows.

    Parameters
    ----------
    inputs, sites
        The tables, and the sites of the plan: they tell which hosts, tiers and views that a
        provision names are there.
    tables
        Tables beside the plan by name, of those that have rows: what they hold is counted.

    Raises
    ------
    ScenarioError
        A profile is missing or wrong.
    """
    found = None
    if inputs is not None and sites is not None:
        found = partial(found_of, scenario=scenario, inputs=inputs, sites=sites, tables=tables)
    left_out = scenario.policy.without if scenario.policy else ()
    return trace(scenario.profiles, left_out, results, found, changed_targets(scenario))


def state_of(row: Mapping[str, str], lang: str) -> str:
    """Return the state of a row of the trace in words, and by whose targets it is."""
    zh, en = states[row["state"]]
    if row["state"] in ("met", "part", "missed"):
        by_zh, by_en = targets_as_changed if row["changed"] else targets_of[row["asked_by"]]
        zh, en = zh + by_zh, en + by_en
    return zh if lang == "zh" else en


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
    strength: str = ""


def wording(scenario: Scenario, target: Target, lang: str) -> Wording:
    """Return title, clause, reading and strength of a target in a language.

    What a scenario says of its own or has changed is said in its own words; title and strength are
    those of the provision that the target belongs to, and empty without one.
    """
    in_english = lang == "en"
    clause = (in_english and target.clause_en) or target.clause
    reading = (in_english and target.reading_en) or target.reading
    belongs = provision_of(scenario.profiles, target.id)
    if belongs is None:
        return Wording("", clause, reading)
    profile, provision = belongs
    if not in_english:
        return Wording(provision.title, clause, reading, provision.strength)
    if provision.clause_en and clause == f"{profile.number}，{provision.clause}":
        clause = f"{profile.number}, {provision.clause_en}"
    if provision.reading_en and reading == provision.reading:
        reading = provision.reading_en
    return Wording(
        provision.title_en or provision.title, clause, reading, strengths[provision.strength]
    )


def published_indicators(profiles: Iterable[Profile]) -> pd.DataFrame:
    """Return the yearly figures of the tracked indicators of documents.

    Figures up to the base year ask for nothing; an indicator of which a document tells no year has
    one row of the last year.

    Returns
    -------
    pandas.DataFrame
        ``indicator, unit, better, year, required`` (missing where no figure is asked for) ``, note,
        clause, written`` (the document's words, where they are no plain figure) ``, base`` (figure
        of the base year or before, else missing) ``, strength`` (in the words of the document), one
        row for each year.
    """
    columns = ["indicator", "unit", "better", "year", "required", "note", "clause"]
    rows = [
        (
            *(tracked.name, tracked.unit, tracked.better, year, required, tracked.note),
            f"{profile.number}，{tracked.clause or provision.clause}",
            *(tracked.written.get(year, ""), base, tracked.strength or provision.strength),
        )
        for profile in profiles
        for provision in profile.provisions
        if "tracked" in provision.carried_by
        for tracked in provision.indicators
        for year in sorted({*tracked.figures, *tracked.written}) or [profile.years[-1]]
        for figure in [tracked.figures.get(year, float("nan"))]
        for required, base in [
            (figure, float("nan")) if year > profile.base_year else (float("nan"), figure)
        ]
    ]
    return pd.DataFrame(rows, columns=[*columns, "written", "base", "strength"])


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
        title = provision.title if is_chinese else provision.title_en or provision.title
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
        yield f"    {provision.how if is_chinese else provision.how_en or provision.how}"
        if provision.figures:
            figures = comma.join(f"{year} {value:g}" for year, value in provision.figures.items())
            yield f"    {figures} {provision.unit}".rstrip()
        for drawn in provision.targets:
            asked = {**drawn, **_force(provision)}
            name = asked.pop("id", provision.id)
            due = semicolon.join(_asked(key, value, is_chinese) for key, value in asked.items())
            yield f"    → {name}{'：' if is_chinese else ': '}{due}"
        for tracked in provision.indicators:
            years = sorted({*tracked.figures, *tracked.written})
            figures = comma.join(
                f"{year} {tracked.written.get(year) or format(tracked.figures[year], 'g')}"
                for year in years
            )
            note = f"（{tracked.note}）" if tracked.note else ""
            yield f"    · {tracked.name} {tracked.unit}：{figures}{note}"


def _force(provision: Provision) -> dict[str, object]:
    """Return whether targets of a provision are hard, and the priority of soft ones."""
    priority = {} if provision.is_hard else {"priority": priority_of[provision.strength]}
    return {"hard": provision.is_hard, **priority}


def _asked(key: str, value: object, is_chinese: bool) -> str:
    """Return a key of a target with its value, as a planner calls them."""
    if not is_chinese:
        return f"{key} {_figures(value, str)}"
    if isinstance(value, bool) and key == "hard":
        return f"{field_labels[key]} {'约束' if value else '预期'}"
    return f"{field_labels.get(key, key)} {_figures(value, _in_chinese)}"


def _in_chinese(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return choice_words.get(value, value) if isinstance(value, str) else str(value)


def _figures(value: object, word: Callable[[object], str]) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{year}: {figure:g}" for year, figure in value.items())
    return ", ".join(map(word, value)) if isinstance(value, tuple) else word(value)
