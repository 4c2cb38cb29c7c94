"""Scenario file or filled workbook -> Scenario, with the place of every problem."""

import re
from collections.abc import Iterable
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from siting.errors import Problem, ScenarioError, in_order
from siting.scenario.blocks import label_of, words_at
from siting.scenario.keys import likely_key, types_at
from siting.scenario.plain_words import only_follows, said
from siting.scenario.policy import with_policy_targets
from siting.scenario.scenario import Scenario
from siting.scenario.study_folder import (
    lies_outside,
    outside_problem,
    outside_problems,
    own_profiles,
)
from siting.scenario.workbook import WorkbookFile, read_workbook, workbook_endings
from siting.scenario.yaml_file import KeyPath, YamlFile, read_yaml

longest_found = 80
"""Characters of a wrong value that are shown."""


def load(path: str | PathLike[str], *, allow_outside: bool = False) -> Scenario:
    """Read a scenario.

    Parameters
    ----------
    path
        YAML file, or workbook (.xlsx) as the template of ``siting init``; the files it names are
        relative to it.
    allow_outside
        Whether these may lie outside the study folder, which is the one that holds the scenario's.

    Raises
    ------
    ScenarioError
        With every problem at once, each as ``file:line:column`` or file, sheet, row, column.
    """
    is_workbook = Path(path).suffix.lower() in workbook_endings
    file = read_workbook(Path(path)) if is_workbook else read_yaml(Path(path))
    if not isinstance(file.values, dict):
        what = "holds no scenario: keys and their values"
        raise ScenarioError([Problem(str(path), what, "fill in the study.yaml of 'siting init'")])
    unread, sheets = (file.problems, file.sheets) if isinstance(file, WorkbookFile) else ((), ())
    values, folder = file.values, Path(path).resolve().parent
    whose: dict[str, str] = {}
    if values.get("policy") is not None:
        _refuse_profiles_outside(file, values["policy"], folder, allow_outside=allow_outside)
        try:
            values, whose = with_policy_targets(values, folder, file.place(("policy",)))
        except ScenarioError as error:
            raise ScenarioError(in_order([*unread, *error.problems], sheets)) from None
        _mark_taken(file, len(values.get("targets") or ()))
    try:
        scenario = Scenario.model_validate(values, strict=True)
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems = [
            _with_profile(problem, values.get("targets"), whose)
            for detail in details
            if not only_follows(detail, details) and not (unread and _may_follow(file, detail))
            for problem in _problems(file, detail)
        ]
        if not unread and not any(detail["type"] == "inconsistent" for detail in details):
            problems += _absent(file)
        told = {problem.place for problem in unread}
        beside = (problem for problem in problems if problem.place not in told)
        raise ScenarioError(in_order([*unread, *beside], sheets)) from None
    if unread:
        raise ScenarioError(in_order(unread, sheets))
    places = {keys: file.place(keys) for keys in file.marks}
    placed = scenario.placed_in(folder, places)
    if not allow_outside and (outside := outside_problems(placed)):
        raise ScenarioError(outside)
    placed.profiles  # noqa: B018  (read now: a file may change while a plan is solved)
    return placed


def _refuse_profiles_outside(
    file: YamlFile | WorkbookFile,
    policy: Any,  # noqa: ANN401  (as written)
    folder: Path,
    *,
    allow_outside: bool,
) -> None:
    """Refuse profiles outside the study folder before anything of them is read."""
    profiles = policy.get("profiles") if isinstance(policy, dict) else None
    if allow_outside or not isinstance(profiles, tuple):
        return
    outside = [
        outside_problem(file.place(keys), folder, name)
        for keys, name in own_profiles(profiles)
        if lies_outside(folder, name)
    ]
    if outside:
        raise ScenarioError(outside)


def _mark_taken(file: YamlFile | WorkbookFile, targets: int) -> None:
    """Let targets that a policy brings stand where the policy does."""
    marks: dict[KeyPath, Any] = file.marks
    for i in range(targets):
        if ("policy",) in marks:
            marks.setdefault(("targets", i), marks["policy",])


def _with_profile(
    problem: Problem,
    targets: Any,  # noqa: ANN401  (as written)
    whose: dict[str, str],
) -> Problem:
    """Call a target that a policy brings by its id and profile, in place of its position."""

    def named(found: re.Match[str]) -> str:
        target = targets[int(found[1])]
        name = target.get("id") if isinstance(target, dict) else None
        profile = whose.get(name) if isinstance(name, str) else None
        return f"{name} ({target['year']}) of {profile}" if profile else found[0]

    what = re.sub(r"^targets\.(\d+)", named, problem.what)
    for name, profile in whose.items():
        what = what.replace(f"the target {name} (", f"the target {name} of {profile} (")
    return replace(problem, what=what)


def _may_follow(file: YamlFile | WorkbookFile, detail: ErrorDetails) -> bool:
    """Return whether a problem may come from cells that could not be read."""
    path = _without_labels(file, detail["loc"])
    is_cell = (
        path in file.marks and ", column " in file.place(path) and "object" not in types_at(path)
    )
    return detail["type"] == "inconsistent" or detail["input"] in (None, "", ()) or not is_cell


def _problems(file: YamlFile | WorkbookFile, detail: ErrorDetails) -> list[Problem]:
    if detail["type"] == "inconsistent":
        return [
            _no_such_row(file, path, what)
            or Problem(file.place(path), f"{_dotted(path)}: {what}", "make the two agree")
            for path, what in detail["ctx"]["found"]
        ]
    path = _without_labels(file, detail["loc"])
    if detail["type"].startswith("union_tag_"):
        path = (*path, str(detail["ctx"]["discriminator"]).strip("'"))
    if detail["type"] in ("missing", "union_tag_not_found") and isinstance(file, WorkbookFile):
        return [_not_filled_in(file, path)]
    given = detail["input"]
    if given in (None, ()) and detail["type"] != "missing":
        return [Problem(file.place(path), f"{_dotted(path)}: is not filled in", "fill it in")]
    if detail["type"] in ("literal_error", "union_tag_invalid", "bool_type"):
        word = detail["ctx"]["tag"] if detail["type"] == "union_tag_invalid" else given
        if isinstance(file, WorkbookFile) and (offered := words_at(path)):
            return [_none_of(file, path, word, offered)]
    told, remedy = said(detail)
    what = f"{_dotted(path)}: {told}"
    if detail["type"] == "extra_forbidden" and isinstance(file, YamlFile):
        meant = likely_key(path)
        what += f"; is it '{meant}'?" if meant else ""
        return [Problem(file.place(path), what, remedy)]
    if isinstance(given, str | int | float | bool) and not detail["type"].startswith("union_tag_"):
        what += f" (found {_short(repr(given))})"
    if detail["type"] == "extra_forbidden" and isinstance(file, WorkbookFile):
        what = f"{label_of(path)[0]} ({_dotted(path)}) does not go with the other values"
        remedy = "empty the cell"
    return [Problem(file.place(path), what, remedy)]


def _none_of(file: WorkbookFile, path: KeyPath, word: object, offered: Iterable[str]) -> Problem:
    """Return that a cell holds a word which its list does not offer."""
    whole = path[:-1] if isinstance(path[-1], int) else path  # the item of a list
    what = f"{label_of(whole)[0]} ({_dotted(path)}): '{_short(str(word))}' is none of "
    return Problem(file.place(path), what + "、".join(offered), "choose from the list of the cell")


def _no_such_row(file: YamlFile | WorkbookFile, path: KeyPath, what: str) -> Problem | None:
    """Return that a cell names a row which another sheet does not have."""
    found = re.fullmatch(r"'(.+)' is not among (class_kinds|tiers|hosts)", what)
    if found is None or not isinstance(file, WorkbookFile):
        return None
    rows = file.values.get(found[2])
    labels = [str(row.get("label", name)) for name, row in rows.items()] if rows else []
    return _none_of(file, path, found[1], labels)


def _short(text: str) -> str:
    return text if len(text) <= longest_found else f"{text[:longest_found]}…"


def _not_filled_in(file: WorkbookFile, path: KeyPath) -> Problem:
    label, hint = label_of(path)
    return Problem(
        file.place(path), f"{label} ({_dotted(path)}) is not filled in", hint or "fill it in"
    )


def _absent(file: YamlFile | WorkbookFile) -> list[Problem]:
    """Return what a scenario lacks beside the keys that it must have.

    A scenario with other mistakes is not held against itself; without this, a file that is
    hardly filled in would tell what it lacks in two parts.
    """
    values = file.values
    inputs, children = (
        value if isinstance(value := values.get(key), dict) else {}
        for key in ("inputs", "children")
    )
    makers = {"osm_places", "candidate_grid", "host_rules"}
    absent: dict[KeyPath, str] = {}
    if not inputs.get("townships") and not inputs.get("seats"):
        absent["inputs", "townships"] = "name either townships or seats"
    if not inputs.get("facilities") and not inputs.get("hosts") and not makers & set(values):
        absent["inputs", "facilities"] = "name facilities or hosts"
    if children.get("under3_from", "share") == "share" and not children.get("under3_share"):
        absent["children", "under3_share"] = "no share of under-3s"
    return [
        Problem(file.place(path), f"{_dotted(path)}: {what}", "add it")
        for path, what in absent.items()
    ]


def _dotted(path: KeyPath) -> str:
    return ".".join(str(part) for part in path) or "the scenario"


def _without_labels(file: YamlFile | WorkbookFile, path: KeyPath) -> KeyPath:
    """Drop what pydantic puts into a path beside keys: names of union members, ``[key]``."""
    kept: KeyPath = ()
    for i, part in enumerate(path):
        absent_key = i == len(path) - 1 and part != "[key]"
        if (*kept, part) in file.marks or absent_key:
            kept = (*kept, part)
    return kept
