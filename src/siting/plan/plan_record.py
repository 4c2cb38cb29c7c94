"""plan.json of a finished run, read strictly, and the tables that it vouches for."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from siting.errors import DataError, Problem
from siting.inputs.files import sha256_of
from siting.named_file import Hindrance, text_of
from siting.plan.run_folder import plan_file
from siting.scenario import Scenario
from siting.scenario.plain_words import said
from siting.scenario.trial import Trial
from siting.solver import Status

again = "run the scenario again"
put_back = f"put it back as it was, or {again}"
largest_document = 200_000_000
"""Bytes of a JSON file of a run that are read (assumption: a hundred times that of a large run)."""

Document = dict[str, Any]
"""A JSON object."""
Kind = TypeVar("Kind", bound="Record")


class Record(BaseModel):
    """A part of a JSON file of a run; what is not read may stand beside it."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore", allow_inf_nan=False)


class StageRecord(Record):
    """A stage as plan.json tells it; see :class:`siting.model.Stage`."""

    name: str
    status: Status
    objective: float | None
    bound: float | None
    gap: float | None
    unit: str
    timed_out: bool
    checked_bound: float | None


class TargetRecord(Record):
    """What plan.json tells of a target beside what the scenario does."""

    id: str
    year: int
    required: float
    required_upper: float | None
    achieved: float | None
    met: bool
    due: bool
    required_count: int | None
    achieved_count: int | None
    missing_in: tuple[str, ...]
    title_en: str
    clause_en: str
    reading_en: str


class PlanRecord(Record):
    """What is read of plan.json."""

    status: Literal[Status.OPTIMAL, Status.WITHIN_GAP, Status.FEASIBLE]
    gap: float | None
    objective_stage: str
    reproducible: bool
    plan_hash: str
    stages: tuple[StageRecord, ...]
    travel_time: StageRecord | None
    targets: tuple[TargetRecord, ...]
    model: dict[str, int]
    inputs: dict[str, str]
    tables: dict[str, str]
    scenario: Scenario
    trial: Trial | None = None


def refusal(path: Path, what: str, remedy: str = again, place: str = "") -> DataError:
    """Return the error of a file of a run, at a place in it."""
    return DataError([Problem(f"{path}{place}", what, remedy)])


def read_document(path: Path) -> Document:
    """Read a JSON file of a run.

    Raises
    ------
    DataError
        It is not there, cannot be read or is no such file.
    """
    text = text_of(path, largest_document)
    if isinstance(text, Hindrance):
        raise refusal(path, text.what, "name the folder of a finished run")
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        what = f"is not the file of a run: it is no JSON: {error.msg}"
        raise refusal(path, what, place=f":{error.lineno}:{error.colno}") from error
    except ValueError as error:
        raise refusal(path, f"is not the file of a run: it is no JSON: {error}") from error
    except RecursionError as error:
        what = "is not the file of a run: it is no JSON of ours, nested too deeply"
        raise refusal(path, what) from error
    if not isinstance(document, dict):
        raise refusal(path, "is not the file of a run")
    return document


def record_of(path: Path, kind: type[Kind], document: Document) -> Kind:
    """Return the part of a JSON file of a run that is read.

    Raises
    ------
    DataError
        Something in it is missing or wrong; the first is told, and what wrote it.
    """
    try:
        return kind.model_validate_json(json.dumps(document))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        loc = ".".join(str(part) for part in first["loc"])
        written = written_by(document)
        what = f"cannot be read: {said(first)[0]}"
        what += f" (written by siting {written})" if written else ""
        raise refusal(path, what, place=f", {loc}" if loc else "") from None


def written_by(document: Document) -> str | None:
    """Return the version of siting that wrote plan.json, None where it does not say."""
    versions = document.get("versions")
    written = versions.get("siting") if isinstance(versions, dict) else None
    return written if isinstance(written, str) else None


def changed_tables(record: PlanRecord, folder: Path, names: Iterable[str]) -> list[Problem]:
    """Return what is wrong with tables of a run: not there, or not as the run wrote them."""
    found = []
    for name in sorted(names):
        path, what = folder / name, "is not as the run wrote it"
        try:
            what = "" if sha256_of(path) == record.tables.get(name) else what
        except DataError as error:
            what = error.problems[0].what
        if what:
            found.append(Problem(str(path), what, put_back))
    return found


def read_plan_record(folder: Path) -> tuple[Document, PlanRecord]:
    """Read plan.json of a run: all of it, and the part that is read.

    Raises
    ------
    DataError
        It is not there or broken.
    """
    path = folder / plan_file
    document = read_document(path)
    return document, record_of(path, PlanRecord, document)
