"""A finished run, read again from the files of its folder; no input file is needed."""

import json
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from os import PathLike
from pathlib import Path
from typing import Any, Literal, TypeVar

import geopandas as gpd
import pandas as pd
import pyogrio
from pydantic import BaseModel, ConfigDict, ValidationError
from pyogrio.errors import DataLayerError, DataSourceError

from siting.errors import DataError, Problem
from siting.indicators import TargetResult
from siting.inputs.columns import Table
from siting.inputs.tables import read_table
from siting.notes import Note
from siting.plan import run_tables
from siting.scenario import Scenario
from siting.solver import Status

again = "run the scenario again into this folder"


Document = TypeVar("Document", bound="_Record")


class _Record(BaseModel):
    """A part of plan.json; what is not read here may stand beside it."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore", allow_inf_nan=False)


class StageRecord(_Record):
    """A stage as plan.json tells it; see :class:`siting.model.Stage`."""

    name: str
    status: Status
    objective: float | None
    bound: float | None
    gap: float | None
    unit: str


class _TargetRecord(_Record):
    id: str
    year: int
    required: float
    achieved: float | None
    met: bool
    required_count: int | None
    achieved_count: int | None
    missing_in: tuple[str, ...]


class _PlanRecord(_Record):
    status: Literal[Status.OPTIMAL, Status.WITHIN_GAP, Status.FEASIBLE]
    gap: float | None
    objective_stage: str
    reproducible: bool
    plan_hash: str
    stages: tuple[StageRecord, ...]
    targets: tuple[_TargetRecord, ...]
    inputs: dict[str, str]
    scenario: Scenario


class _NoteRecord(_Record):
    zh: str
    en: str


class _AlternativeRecord(_Record):
    folder: str
    plan_hash: str
    status: Literal[Status.OPTIMAL, Status.WITHIN_GAP, Status.FEASIBLE]
    gap: float | None


class _AlternativesRecord(_Record):
    note: _NoteRecord
    found: tuple[_AlternativeRecord, ...]


@dataclass(frozen=True)
class FinishedAlternative:
    """An alternative that was written beside a run.

    Attributes
    ----------
    run
        It is a run of its own.
    status, gap
        What is proven of it among the plans that differ so.
    """

    run: "FinishedRun"
    status: Status
    gap: float | None


@dataclass(frozen=True)
class FinishedRun:
    """A plan and its figures, as the files of its folder tell them.

    Attributes
    ----------
    path
        Its folder, None where it was not read from one that lasts.
    scenario
        What was asked; its input files need not be there.
    status, gap, reproducible, stages, plan_hash
        As in :class:`siting.plan.Plan`.
    objective_stage
        Name of the stage that gives the plan its value.
    targets
        Every target, required and achieved.
    input_files
        Name of an input file -> its sha256.
    sites, actions, costs, indicators
        As in docs/files.md, the columns of :mod:`siting.plan.run_tables`.
    townships
        ``township_code, township, district, geometry`` in the metric CRS of the study.
    alternatives, alternatives_note
        Alternatives written beside it, and what the search found; None where none was asked for.
    frontier
        Least cost of each figure of a target; None where it was not asked for.
    """

    path: Path | None
    scenario: Scenario
    status: Status
    gap: float | None
    reproducible: bool
    objective_stage: str
    stages: tuple[StageRecord, ...]
    plan_hash: str
    targets: tuple[TargetResult, ...]
    input_files: dict[str, str]
    sites: pd.DataFrame
    actions: pd.DataFrame
    costs: pd.DataFrame
    indicators: pd.DataFrame
    townships: gpd.GeoDataFrame
    alternatives: tuple[FinishedAlternative, ...]
    alternatives_note: Note | None
    frontier: pd.DataFrame | None

    @property
    def folder(self) -> str:
        """Name of its folder, empty where there is none."""
        return "" if self.path is None else self.path.resolve().name

    @property
    def place(self) -> str:
        """How messages call it."""
        return self.scenario.name if self.path is None else str(self.path)

    @property
    def year(self) -> int:
        """The last planned year."""
        return self.scenario.last_year

    @cached_property
    def area(self) -> pd.Series:
        """Figures of the whole area in the last planned year."""
        return self._figures("plan", self.year, "area").iloc[0]

    @cached_property
    def area_today(self) -> pd.Series:
        """Figures of the whole area in the base year."""
        return self._figures("today", self.scenario.base_year, "area").iloc[0]

    @cached_property
    def township_figures(self) -> pd.DataFrame:
        """Figures of the townships in the last planned year, by ``code``."""
        return self._figures("plan", self.year, "township").set_index("code")

    @property
    def cost_stage(self) -> StageRecord | None:
        """The stage that settled cost, None where the scenario has none."""
        return next((stage for stage in self.stages if stage.name == "cost"), None)

    def _figures(self, state: str, year: int, level: str) -> pd.DataFrame:
        table = self.indicators
        of_state = (table["state"] == state) & (table["year"] == year)
        return table[of_state & (table["level"] == level)]


def read_finished_run(folder: str | PathLike[str]) -> FinishedRun:
    """Read the folder of a finished run.

    Raises
    ------
    DataError
        It is no such folder, was written by another version, or a file in it is missing, broken
        or does not belong to the others.
    """
    return _read(Path(folder), with_alternatives=True)


def _read(folder: Path, *, with_alternatives: bool) -> FinishedRun:
    _check_is_run(folder)
    plan = _read_plan(folder)
    tables = {
        table.name: _read_table(folder, table)
        for table in (
            run_tables.sites_table(plan.scenario.class_kinds),
            run_tables.actions_table,
            run_tables.costs_table,
            run_tables.indicators_table,
        )
    }
    _check_belong(folder, plan.scenario, tables)
    townships = _read_townships(folder / "plan.gpkg", tables["indicators"])
    found, note = _read_alternatives(folder) if with_alternatives else ((), None)
    frontier = folder / "frontier.csv"
    return FinishedRun(
        path=folder,
        scenario=plan.scenario,
        status=plan.status,
        gap=plan.gap,
        reproducible=plan.reproducible,
        objective_stage=plan.objective_stage,
        stages=plan.stages,
        plan_hash=plan.plan_hash,
        targets=_targets(folder, plan),
        input_files=plan.inputs,
        **tables,
        townships=townships,
        alternatives=found,
        alternatives_note=note,
        frontier=_read_table(folder, run_tables.frontier_table) if frontier.exists() else None,
    )


def _refuse(path: Path, what: str, remedy: str = again, place: str = "") -> DataError:
    return DataError([Problem(f"{path}{place}", what, remedy)])


def _check_is_run(folder: Path) -> None:
    """Refuse what is no folder of a run before any file in it is read."""
    remedy = "name the folder that `siting run` wrote"
    needed = ("sites.csv", "actions.csv", "costs.csv", "indicators.csv", "plan.gpkg")
    try:
        what = "" if folder.is_dir() else "is a file" if folder.exists() else "is no folder"
        missing = [name for name in ("plan.json", *needed) if not (folder / name).is_file()]
    except (OSError, ValueError) as error:  # a name too long, with a NUL, or not allowed to be read
        raise _refuse(folder, f"cannot be read: {error}", remedy) from error
    if what:
        raise _refuse(folder, what, remedy)
    if "plan.json" in missing:
        raise _refuse(folder, "is no finished run: it has no plan.json", remedy)
    if missing:
        raise _refuse(folder, f"lacks {', '.join(missing)} of its run")


def _read_json(path: Path) -> Any:  # noqa: ANN401  (JSON values)
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _refuse(path, f"cannot be read: {error.strerror}", "close it elsewhere") from error
    except UnicodeDecodeError as error:
        raise _refuse(path, "is not UTF-8") from error
    except json.JSONDecodeError as error:
        place = f":{error.lineno}:{error.colno}"
        raise _refuse(path, f"is not JSON: {error.msg}", place=place) from error
    except RecursionError as error:
        raise _refuse(path, "is not JSON of ours: it is nested too deeply") from error


def _validated(path: Path, kind: type[Document], document: object) -> Document:
    try:
        return kind.model_validate_json(json.dumps(document))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        loc = ".".join(str(part) for part in first["loc"])
        raise _refuse(path, first["msg"], place=f", {loc}" if loc else "") from None


def _read_plan(folder: Path) -> _PlanRecord:
    path, ours = folder / "plan.json", version("siting")
    document = _read_json(path)
    versions = document.get("versions") if isinstance(document, dict) else None
    if not isinstance(versions, dict) or "siting" not in versions:
        raise _refuse(path, "is not the plan of a run: it names no version of siting")
    if versions["siting"] != ours:
        what = f"was written by siting {versions['siting']}, this is {ours}"
        raise _refuse(path, what, "run the scenario again with this version")
    return _validated(path, _PlanRecord, document)


def _targets(folder: Path, plan: _PlanRecord) -> tuple[TargetResult, ...]:
    asked = [(target.id, target.year) for target in plan.scenario.targets]
    if asked != [(record.id, record.year) for record in plan.targets]:
        what = "its targets are not those of its scenario"
        raise _refuse(folder / "plan.json", what, place=", targets")
    return tuple(
        TargetResult(
            target,
            record.required,
            record.achieved,
            record.met,
            record.required_count,
            record.achieved_count,
            record.missing_in,
        )
        for target, record in zip(plan.scenario.targets, plan.targets, strict=True)
    )


def _read_table(folder: Path, table: Table) -> pd.DataFrame:
    """Read a table strictly; of what is wrong with it the first is told."""
    try:
        return read_table(folder / f"{table.name}.csv", table).frame
    except DataError as error:
        first, *others = error.problems
        more = f" (and {len(others)} more)" if others else ""
        raise DataError([Problem(first.place, first.what + more, again)]) from None


def _check_belong(folder: Path, scenario: Scenario, tables: dict[str, pd.DataFrame]) -> None:
    """Refuse tables that are not of the same run."""
    sites, acted, costs = tables["sites"], tables["actions"], tables["costs"]
    figures = tables["indicators"]
    if set(costs["year"]) != set(scenario.years):
        raise _refuse(folder / "costs.csv", "its years are not those of plan.json")
    of_area = figures[figures["level"] == "area"]
    told = set(zip(of_area["state"], of_area["year"], strict=True))
    if told != {("today", scenario.base_year), *(("plan", year) for year in scenario.years)}:
        raise _refuse(folder / "indicators.csv", "its years are not those of plan.json")
    if unknown := sorted(set(acted["site_id"]) - set(sites["site_id"])):
        what = f"names {unknown[0]!r}, which is not in sites.csv"
        raise _refuse(folder / "actions.csv", what)
    for column, known in (("tier", scenario.tiers), ("host", scenario.hosts)):
        if unknown := sorted(set(sites[column]) - set(known)):
            what = f"{column} {unknown[0]!r} is not in the scenario of plan.json"
            raise _refuse(folder / "sites.csv", what)
    codes = set(figures.loc[figures["level"] == "township", "code"])
    if unknown := sorted(set(sites["township_code"]) - codes - {""}):
        what = f"township {unknown[0]!r} is not in indicators.csv"
        raise _refuse(folder / "sites.csv", what)


def _read_townships(path: Path, figures: pd.DataFrame) -> gpd.GeoDataFrame:
    columns = ["township_code", "name", "district"]
    try:
        layer = pyogrio.read_dataframe(path, layer="townships", columns=columns)
    except (DataSourceError, DataLayerError, OSError, ValueError) as error:
        raise _refuse(path, f"its layer townships cannot be read: {error}") from error
    if not isinstance(layer, gpd.GeoDataFrame) or set(columns) - set(layer) or layer.crs is None:
        raise _refuse(path, "its layer townships is not that of a run")
    codes = set(figures.loc[figures["level"] == "township", "code"])
    if set(layer["township_code"]) != codes or not layer["township_code"].is_unique:
        raise _refuse(path, "its townships are not those of indicators.csv")
    layer = layer.rename(columns={"name": "township"}).sort_values("township_code")
    return layer.reset_index(drop=True)


def _read_alternatives(folder: Path) -> tuple[tuple[FinishedAlternative, ...], Note | None]:
    path = folder / "alternatives.json"
    if not path.exists():
        return (), None
    record = _validated(path, _AlternativesRecord, _read_json(path))
    found = []
    for told in record.found:
        if Path(told.folder).name != told.folder or told.folder in ("", ".", ".."):
            raise _refuse(path, f"{told.folder!r} is not the name of a folder in this one")
        run = _read(folder / told.folder, with_alternatives=False)
        if run.plan_hash != told.plan_hash:
            what = "is not the alternative that alternatives.json names"
            raise _refuse(folder / told.folder / "plan.json", what)
        found.append(FinishedAlternative(run, told.status, told.gap))
    return tuple(found), Note(record.note.zh, record.note.en)
