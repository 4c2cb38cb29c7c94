"""Policy documents clause by clause: what each asks, what carries it, where the plan stands.

Reads profiles and the results of targets, gives tables and lines of text. Does not: decide what
a target asks (:mod:`siting.scenario`), or hold it against a plan (:mod:`siting.indicators`).
"""

from collections.abc import Iterable, Iterator

import pandas as pd

from siting.indicators import TargetResult
from siting.scenario import Scenario
from siting.scenario.profile import Profile, Provision, TrackedFigures

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
    "shown": ("不设目标", "no target"),
    "later": ("不在规划年内", "not due in the planned years"),
    "left_out": ("未采用", "left out"),
}
"""State of a provision -> its name, Chinese and English."""
told = ("id", "title", "title_en", "strength", "clause", "sentence", "reading", "how", "how_en")
"""What a row of the trace takes from its provision."""


def trace(
    profiles: Iterable[Profile], left_out: tuple[str, ...], results: Iterable[TargetResult]
) -> pd.DataFrame:
    """Return every provision of some documents with where the plan stands.

    Parameters
    ----------
    left_out
        Ids of provisions that the scenario does not take up.
    results
        Targets held against the plan, of every planned year.

    Returns
    -------
    pandas.DataFrame
        One row for each provision, in the order of the documents: ``profile, number, id, title,
        title_en, strength, clause, sentence, reading, carried_by, how, how_en, state, targets``.
        ``targets`` are the keys of the targets that carry it, of every year, separated by blanks;
        ``state`` is met, part or missed by these, shown where no target carries it, later where
        none is due, or left_out.
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
            rows.append(
                {
                    "profile": profile.id,
                    "number": profile.number,
                    **{key: getattr(provision, key) for key in told},
                    "carried_by": " ".join(provision.carried_by),
                    "state": _state(provision, held) if taken else "left_out",
                    "targets": " ".join(result.target.key for result in held),
                }
            )
    return pd.DataFrame(
        rows, columns=["profile", "number", *told, "carried_by", "state", "targets"]
    )


def _state(provision: Provision, held: list[TargetResult]) -> str:
    if not provision.targets:
        return "shown"
    if not held:
        return "later"
    met = [result.met for result in held]
    return "met" if all(met) else "part" if any(met) else "missed"


def provisions_of(scenario: Scenario, results: Iterable[TargetResult]) -> pd.DataFrame:
    """Return every provision of the documents of a scenario; see :func:`trace`.

    Without a policy it has no rows.

    Raises
    ------
    ScenarioError
        A profile is missing or wrong.
    """
    return trace(scenario.profiles, scenario.policy.without if scenario.policy else (), results)


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
    yield f"{profile.title} · {profile.number} · {profile.place}"
    for provision in profile.provisions:
        carried = "、".join(carriers[each][not is_chinese] for each in provision.carried_by)
        title = provision.title if is_chinese else provision.title_en
        strength = provision.strength if is_chinese else strengths[provision.strength]
        yield ""
        yield f"{provision.id}  {title}  [{strength}; {carried}]"
        yield f"    {provision.clause}：“{provision.sentence}”"
        if provision.reading:
            yield f"    {'读法' if is_chinese else 'reading'}：{provision.reading}"
        yield f"    {provision.how if is_chinese else provision.how_en}"
        if provision.figures:
            figures = "，".join(f"{year} {value:g}" for year, value in provision.figures.items())
            yield f"    {figures} {provision.unit}".rstrip()
        for drawn in provision.targets:
            name = drawn.get("id", provision.id)
            due = "；".join(
                f"{key} {_figures(value)}" for key, value in drawn.items() if key != "id"
            )
            yield f"    → {name}: {due}"
        for tracked in provision.indicators:
            figures = "，".join(f"{year} {value:g}" for year, value in tracked.figures.items())
            note = f"（{tracked.note}）" if tracked.note else ""
            yield f"    · {tracked.name} {tracked.unit}：{figures}{note}"


def _figures(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{year}: {figure:g}" for year, figure in value.items())
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
