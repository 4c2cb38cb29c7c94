"""The folder of a finished run: what it tells, and whether its files are as they were."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from siting.errors import DataError, Problem
from siting.inputs.files import sha256_of
from siting.plan.run_folder import (
    actions_file,
    alone_file,
    assignment_file,
    guidance_file,
    inputs_folder_key,
    plan_file,
    run_file,
)
from siting.scenario import Scenario
from siting.solver import Status

again = "run the scenario again"
same_share = 1e-9
"""Share by which a figure of plan.json may differ on another machine."""


class SavedStage(BaseModel):
    """A stage as plan.json tells it."""

    name: str
    status: Status
    objective: float | None
    bound: float | None
    gap: float | None
    unit: str
    timed_out: bool


class SavedPlan(BaseModel):
    """What is read of plan.json; everything else in it is reckoned again."""

    status: Status
    gap: float | None
    stages: tuple[SavedStage, ...]
    travel_time: SavedStage | None
    model: dict[str, int]
    inputs: dict[str, str]
    tables: dict[str, str]
    scenario: dict[str, Any]


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
    document: dict[str, Any]
    saved: SavedPlan
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
    plan_path = folder / plan_file
    document = _read_json(plan_path)
    try:
        saved = SavedPlan.model_validate_json(json.dumps(document))
        scenario = Scenario.model_validate_json(json.dumps(saved.scenario))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        what = f"cannot be read: {'.'.join(map(str, first['loc']))}: {first['msg']}"
        version = document.get("versions", {})
        written = version.get("siting") if isinstance(version, dict) else None
        what += f" (written by siting {written})" if isinstance(written, str) else ""
        raise DataError([Problem(str(plan_path), what, again)]) from None
    run = _read_json(folder / run_file) if (folder / run_file).exists() else {}
    scenario = scenario.placed_in(inputs_folder or _inputs_folder(folder, run))
    problems = [*_changed_inputs(saved, scenario), *_changed_tables(saved, folder)]
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


def _read_json(path: Path) -> dict[str, Any]:
    what, remedy = "", again
    try:
        document = json.loads(path.read_bytes())
        if isinstance(document, dict):
            return document
        what = "is not the file of a run"
    except (FileNotFoundError, NotADirectoryError):
        what, remedy = "there is no such file", "name the folder of a finished run"
    except OSError as error:
        what, remedy = f"cannot be read: {error.strerror}", "close it in other programs"
    except (ValueError, RecursionError):
        what = "is not the file of a run: it is no JSON"
    raise DataError([Problem(str(path), what, remedy)])


def _inputs_folder(folder: Path, run: dict[str, Any]) -> Path:
    told = run.get(inputs_folder_key)
    if not isinstance(told, str):
        what = "does not tell where the input files are"
        raise DataError([Problem(str(folder / run_file), what, "name their folder with --inputs")])
    return (folder / told).resolve()


def _figures(told: Any) -> dict[str, float]:  # noqa: ANN401  (a JSON value)
    if not isinstance(told, dict):
        return {}
    return {key: float(value) for key, value in told.items() if isinstance(value, int | float)}


def _changed_inputs(saved: SavedPlan, scenario: Scenario) -> list[Problem]:
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
            found.append(Problem(str(path), what, f"put it back as it was, or {again}"))
    return found


def _changed_tables(saved: SavedPlan, folder: Path) -> list[Problem]:
    names = {actions_file, assignment_file, guidance_file, alone_file, *saved.tables}
    found = []
    for name in sorted(names):
        path, what = folder / name, "is not as the run wrote it"
        try:
            what = "" if sha256_of(path) == saved.tables.get(name) else what
        except DataError as error:
            what = error.problems[0].what
        if what:
            found.append(Problem(str(path), what, f"put it back as it was, or {again}"))
    return found


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
            raise DataError([Problem(str(run.folder / plan_file), what, again)])


def _same(told: Any, meant: Any) -> bool:  # noqa: ANN401  (JSON values)
    if isinstance(told, dict) and isinstance(meant, dict):
        return told.keys() == meant.keys() and all(_same(told[key], meant[key]) for key in meant)
    if isinstance(told, list) and isinstance(meant, list):
        return len(told) == len(meant) and all(map(_same, told, meant))
    if isinstance(told, float) and isinstance(meant, float):
        return abs(told - meant) <= same_share * max(1.0, abs(meant))
    return type(told) is type(meant) and bool(told == meant)
