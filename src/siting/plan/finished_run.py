"""A finished run, read again from the files of its folder; no input file is needed."""

from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from os import PathLike
from pathlib import Path
from typing import Literal

import geopandas as gpd
import pandas as pd
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from siting.errors import DataError, Problem
from siting.folder import finish_folder
from siting.indicators import TargetResult
from siting.inputs.columns import Table
from siting.inputs.tables import read_table
from siting.notes import Note
from siting.plan import run_tables
from siting.plan.plan_record import (
    PlanRecord,
    Record,
    StageRecord,
    again,
    changed_tables,
    read_document,
    record_of,
    refusal,
    written_by,
)
from siting.plan.run_folder import (
    actions_file,
    alternatives_file,
    costs_file,
    frontier_file,
    indicators_file,
    layers_file,
    plan_file,
    sites_file,
)
from siting.plan.saved_run import check_as_written
from siting.provisions import Wording
from siting.scenario import Scenario
from siting.solver import Status


class _NoteRecord(Record):
    zh: str
    en: str


class _AlternativeRecord(Record):
    folder: str
    plan_hash: str
    status: Literal[Status.OPTIMAL, Status.WITHIN_GAP, Status.FEASIBLE]
    gap: float | None


class _AlternativesRecord(Record):
    note: _NoteRecord
    found: tuple[_AlternativeRecord, ...]


tables = (sites_file, actions_file, costs_file, indicators_file)
"""Tables that are read, all of them as the run wrote them."""


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
    english
        What each is called in English, its clause and reading.
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
    english: tuple[Wording, ...]
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


def read_finished_run(
    folder: str | PathLike[str], townships: gpd.GeoDataFrame | None = None
) -> FinishedRun:
    """Read the folder of a finished run.

    Parameters
    ----------
    townships
        ``township_code, township, district, geometry``, where the folder holds no layers.

    Raises
    ------
    DataError
        It is no such folder, was written by another version, or a file in it is missing, broken,
        was changed or does not belong to the others.
    """
    return _read(Path(folder), townships, with_alternatives=True)


def _read(
    folder: Path, townships: gpd.GeoDataFrame | None, *, with_alternatives: bool
) -> FinishedRun:
    finish_folder(folder)
    _check_is_run(folder, tables if townships is not None else (*tables, layers_file))
    plan = _read_plan(folder)
    read = {
        table.name: _read_table(folder, table)
        for table in (
            run_tables.sites_table(plan.scenario.class_kinds),
            run_tables.actions_table,
            run_tables.costs_table,
            run_tables.indicators_table,
        )
    }
    targets = _targets(folder, plan)
    _check_belong(folder, plan.scenario, read)
    if changed := changed_tables(plan, folder, tables):
        raise DataError(changed)
    found, note = _read_alternatives(folder) if with_alternatives else ((), None)
    frontier_told = folder / frontier_file
    frontier = _read_table(folder, run_tables.frontier_table) if frontier_told.exists() else None
    further = (alternatives_file, frontier_file)
    beside = [name for name in further if name in plan.tables or (folder / name).exists()]
    if changed := changed_tables(plan, folder, beside):
        raise DataError(changed)
    check_as_written(folder)
    return FinishedRun(
        path=folder,
        scenario=plan.scenario,
        status=plan.status,
        gap=plan.gap,
        reproducible=plan.reproducible,
        objective_stage=plan.objective_stage,
        stages=plan.stages,
        plan_hash=plan.plan_hash,
        targets=targets,
        english=tuple(
            Wording(record.title_en, record.clause_en, record.reading_en) for record in plan.targets
        ),
        input_files=plan.inputs,
        **read,
        townships=_read_townships(folder / layers_file, read["indicators"])
        if townships is None
        else _in_order(townships),
        alternatives=found,
        alternatives_note=note,
        frontier=frontier,
    )


def _check_is_run(folder: Path, needed: tuple[str, ...]) -> None:
    """Refuse what is no folder of a run before any file in it is read."""
    remedy = "name the folder that `siting run` wrote"
    try:
        what = "" if folder.is_dir() else "is a file" if folder.exists() else "is no folder"
        missing = [name for name in (plan_file, *needed) if not (folder / name).is_file()]
    except (OSError, ValueError) as error:  # a name too long, with a NUL, or not allowed to be read
        raise refusal(folder, f"cannot be read: {error}", remedy) from error
    if what:
        raise refusal(folder, what, remedy)
    if plan_file in missing:
        raise refusal(folder, f"is no finished run: it has no {plan_file}", remedy)
    if missing:
        raise refusal(folder, f"lacks {', '.join(missing)} of its run")


def _read_plan(folder: Path) -> PlanRecord:
    path, ours = folder / plan_file, version("siting")
    document = read_document(path)
    written = written_by(document)
    if written is None:
        raise refusal(path, "is not the plan of a run: it names no version of siting")
    if written != ours:
        what = f"was written by siting {written}, this is {ours}"
        raise refusal(path, what, "run the scenario again with this version")
    return record_of(path, PlanRecord, document)


def _targets(folder: Path, plan: PlanRecord) -> tuple[TargetResult, ...]:
    asked = [(target.id, target.year) for target in plan.scenario.targets]
    if asked != [(record.id, record.year) for record in plan.targets]:
        what = "its targets are not those of its scenario"
        raise refusal(folder / plan_file, what, place=", targets")
    return tuple(
        TargetResult(
            target,
            record.required,
            record.achieved,
            record.met,
            record.required_count,
            record.achieved_count,
            record.missing_in,
            record.required_upper,
            record.due,
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
        raise refusal(folder / costs_file, "its years are not those of plan.json")
    of_area = figures[figures["level"] == "area"]
    told = set(zip(of_area["state"], of_area["year"], strict=True))
    if told != {
        ("today", scenario.base_year),
        *((state, year) for state in ("no_action", "plan") for year in scenario.years),
    }:
        raise refusal(folder / indicators_file, "its years are not those of plan.json")
    if unknown := sorted(set(acted["site_id"]) - set(sites["site_id"])):
        what = f"names {unknown[0]!r}, which is not in sites.csv"
        raise refusal(folder / actions_file, what)
    for column, known in (("tier", scenario.tiers), ("host", scenario.hosts)):
        if unknown := sorted(set(sites[column]) - set(known)):
            what = f"{column} {unknown[0]!r} is not in the scenario of plan.json"
            raise refusal(folder / sites_file, what)
    codes = set(figures.loc[figures["level"] == "township", "code"])
    if unknown := sorted(set(sites["township_code"]) - codes - {""}):
        what = f"township {unknown[0]!r} is not in indicators.csv"
        raise refusal(folder / sites_file, what)


def _read_townships(path: Path, figures: pd.DataFrame) -> gpd.GeoDataFrame:
    columns = ["township_code", "name", "district"]
    try:
        layer = pyogrio.read_dataframe(path, layer="townships", columns=columns)
    except (DataSourceError, DataLayerError, OSError, ValueError) as error:
        raise refusal(path, f"its layer townships cannot be read: {error}") from error
    if not isinstance(layer, gpd.GeoDataFrame) or set(columns) - set(layer) or layer.crs is None:
        raise refusal(path, "its layer townships is not that of a run")
    codes = set(figures.loc[figures["level"] == "township", "code"])
    if set(layer["township_code"]) != codes or not layer["township_code"].is_unique:
        raise refusal(path, "its townships are not those of indicators.csv")
    if (layer.geometry.isna() | layer.geometry.is_empty).any():
        raise refusal(path, "a township of it has no shape")
    return _in_order(layer.rename(columns={"name": "township"}))


def _in_order(townships: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    columns = ["township_code", "township", "district", "geometry"]
    return townships[columns].sort_values("township_code").reset_index(drop=True)


def _read_alternatives(folder: Path) -> tuple[tuple[FinishedAlternative, ...], Note | None]:
    path = folder / alternatives_file
    if not path.exists():
        return (), None
    record = record_of(path, _AlternativesRecord, read_document(path))
    found = []
    for told in record.found:
        if Path(told.folder).name != told.folder or told.folder in ("", ".", ".."):
            raise refusal(path, f"{told.folder!r} is not the name of a folder in this one")
        run = _read(folder / told.folder, None, with_alternatives=False)
        if run.plan_hash != told.plan_hash:
            what = "is not the alternative that alternatives.json names"
            raise refusal(folder / told.folder / plan_file, what)
        found.append(FinishedAlternative(run, told.status, told.gap))
    return tuple(found), Note(record.note.zh, record.note.en)
