"""The folder of a finished run: what it tells, and whether its files are as they were."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from siting.errors import DataError, Problem
from siting.folder import finish_folder
from siting.inputs.files import sha256_of
from siting.named_file import is_on_network
from siting.plan.plan_record import (
    Document,
    PlanRecord,
    changed_tables,
    put_back,
    read_document,
    read_plan_record,
    refusal,
)
from siting.plan.run_folder import (
    actions_file,
    alone_file,
    assignment_file,
    guidance_file,
    inputs_folder_key,
    plan_digest_key,
    plan_file,
    run_file,
    trends_file,
)
from siting.scenario import Scenario

same_share = 1e-9
"""Share by which a figure of plan.json may differ on another machine."""


@dataclass(frozen=True)
class SavedRun:
    """The folder of a finished run.

    Attributes
    ----------
    folder
        Where it is.
    document
        All of plan.json.
    saved
        The part of it that a plan is made from.
    scenario
        As it was run, with its input files looked for where the run found them.
    seconds
        How long each step took.
    stage_seconds
        How long each stage took.
    """

    folder: Path
    document: Document
    saved: PlanRecord
    scenario: Scenario
    seconds: dict[str, float]
    stage_seconds: dict[str, float]


def read_run(folder: Path, inputs_folder: Path | None = None) -> SavedRun:
    """Read plan.json and run.json of a finished run, and hold its files against them.

    Parameters
    ----------
    inputs_folder
        The folder that the scenario names its files from; where the run found them if not given.

    Raises
    ------
    DataError
        There is no finished run, an input file is missing or has changed, or a table of the run
        has; with every such file.
    """
    finish_folder(folder)
    document, saved = read_plan_record(folder)
    run = read_document(folder / run_file) if (folder / run_file).exists() else {}
    scenario = saved.scenario.placed_in(inputs_folder or _inputs_folder(folder, run))
    if inputs_folder is None:
        _check_on_this_computer(folder, run, scenario)
    problems = [
        *_changed_inputs(saved, scenario),
        *changed_tables(saved, folder, _tables_of(scenario)),
    ]
    if problems:
        raise DataError(problems)
    return SavedRun(
        folder,
        document,
        saved,
        scenario,
        _figures(run.get("seconds")),
        _figures(run.get("stage_seconds")),
    )


def annotated_tables(folder: Path) -> list[str]:
    """Return the tables of a run that are not as it wrote them; nothing is drawn from them.

    The tables that a plan is made from again are not among them: :func:`read_run` refuses these.
    """
    _, saved = read_plan_record(folder)
    others = set(saved.tables) - set(_tables_of(saved.scenario))
    return [Path(problem.place).name for problem in changed_tables(saved, folder, others)]


def _inputs_folder(folder: Path, run: dict[str, Any]) -> Path:
    told = run.get(inputs_folder_key)
    if not isinstance(told, str):
        what = "does not tell where the input files are"
        raise refusal(folder / run_file, what, "name their folder with --inputs")
    return (folder / told).resolve()


def _check_on_this_computer(folder: Path, run: dict[str, Any], scenario: Scenario) -> None:
    """Refuse to look for files on a computer that a run of somebody else names."""
    for name in (run[inputs_folder_key], *scenario.named_files):
        if is_on_network(name):
            what = f"its input files lie on another computer: {name!r}"
            remedy = "if you trust who made the run, name the folder of the scenario with --inputs"
            raise refusal(folder / run_file, what, remedy)


def _figures(told: Any) -> dict[str, float]:  # noqa: ANN401  (a JSON value)
    if not isinstance(told, dict):
        return {}
    return {key: float(value) for key, value in told.items() if isinstance(value, int | float)}


def _changed_inputs(saved: PlanRecord, scenario: Scenario) -> list[Problem]:
    found = []
    for name in sorted({*saved.inputs, *scenario.named_files}):
        path = scenario.path(name)
        try:
            now = sha256_of(path)
        except DataError as error:
            what = error.problems[0].what
            remedy = "put it back, or name the folder of the input files with --inputs"
            found.append(Problem(str(path), what, remedy))
            continue
        if now != saved.inputs.get(name):
            what = "has changed since the run"
            found.append(Problem(str(path), what, put_back))
    return found


def _tables_of(scenario: Scenario) -> list[str]:
    """Return the tables that a plan is made from again."""
    trends = [trends_file] if scenario.children.hold_under else []
    return [actions_file, assignment_file, guidance_file, alone_file, *trends]


def check_as_written(folder: Path) -> None:
    """Hold plan.json against the sha256 that run.json tells of it, where that is there.

    Raises
    ------
    DataError
        It is another one, or run.json tells none.
    """
    if not (folder / run_file).exists():
        return
    told = read_document(folder / run_file).get(plan_digest_key)
    if told != sha256_of(folder / plan_file):
        raise refusal(folder / plan_file, "is not as the run wrote it", put_back)


def check_told(run: SavedRun, document: Mapping[str, Any]) -> None:
    """Hold plan.json against what it would be if it were written now.

    Parameters
    ----------
    document
        As :func:`siting.plan.run_folder.plan_document` gives it. Versions may differ; notes may
        then be worded otherwise.

    Raises
    ------
    DataError
        It tells something else.
    """
    told = run.document
    same_versions = told.get("versions") == json.loads(json.dumps(document["versions"]))
    for key, value in json.loads(json.dumps(document)).items():
        if key == "versions" or (key == "notes" and not same_versions):
            continue
        if not _same(told.get(key), value):
            what = f"'{key}' is not what the tables of the run and its inputs give"
            raise refusal(run.folder / plan_file, what)


def _same(told: Any, meant: Any) -> bool:  # noqa: ANN401  (JSON values)
    if isinstance(told, dict) and isinstance(meant, dict):
        return told.keys() == meant.keys() and all(_same(told[key], meant[key]) for key in meant)
    if isinstance(told, list) and isinstance(meant, list):
        return len(told) == len(meant) and all(map(_same, told, meant))
    if isinstance(told, float) and isinstance(meant, float):
        return abs(told - meant) <= same_share * max(1.0, abs(meant))
    return type(told) is type(meant) and bool(told == meant)
