"""The tables of a finished run -> its plan, without solving."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from siting.errors import DataError, Problem
from siting.inputs import Inputs
from siting.inputs.dictionary import classes_column
from siting.model import Stage, State
from siting.plan.choosing import notes_of
from siting.plan.content import content_of, sites_in_years
from siting.plan.plan import Plan, today_table
from siting.plan.plan_record import StageRecord, again
from siting.plan.run_folder import (
    actions_file,
    alone_file,
    assignment_file,
    guidance_file,
    trends_file,
)
from siting.plan.saved_run import SavedRun
from siting.reach import Reach
from siting.scenario import Scenario

service = {"cell_id": str, "site_id": str, "band": str, "children": float}
"""Columns that say who is served where, and what is in them."""


def read_plan(run: SavedRun, inputs: Inputs, reach: Reach) -> Plan:
    """Make the plan of a finished run again from its tables; nothing is solved or checked.

    Raises
    ------
    DataError
        A table cannot be read, or names what the inputs do not have.
    """
    scenario, saved = run.scenario, run.saved
    tables = _Tables(run.folder, scenario, inputs)
    kinds = [classes_column(kind) for kind in scenario.class_kinds]
    decided = {"year": int, "site_id": str, "action": str, **dict.fromkeys(kinds, int)}
    actions = tables.read(actions_file, decided)
    guidance = tables.read(guidance_file, {"year": int, "site_id": str, "medical_id": str})
    assignment = tables.read(assignment_file, {"year": int, **service})
    sites = sites_in_years(
        scenario,
        inputs,
        reach,
        _states(scenario, inputs, actions),
        {year: _served(_of(assignment, year=year)) for year in scenario.years},
        {year: _of(guidance, year=year)[["site", "medical"]] for year in scenario.years},
    )
    return Plan(
        scenario=scenario,
        status=saved.status,
        gap=saved.gap,
        stages=tuple(_stage(stage, run.stage_seconds) for stage in saved.stages),
        model_size=dict(saved.model),
        content=content_of(sites, _served_under(tables)),
        travel=_stage(saved.travel_time, run.stage_seconds) if saved.travel_time else None,
        notes=notes_of(scenario, inputs),
    )


def read_served_alone(run: SavedRun, inputs: Inputs) -> dict[int, pd.DataFrame]:
    """Read who without a place is given one by the facilities of today alone, by year.

    Raises
    ------
    DataError
        The table cannot be read, or names what the inputs do not have.
    """
    table = _Tables(run.folder, run.scenario, inputs).read(alone_file, {"year": int, **service})
    years = {run.scenario.base_year, *table["year"].tolist()}
    return {year: _served(_of(table, year=year)) for year in sorted(years)}


def _served_under(tables: "_Tables") -> dict[State, pd.DataFrame]:
    scenario = tables.scenario
    trends = scenario.children.hold_under
    if not trends:
        return {}
    served = tables.read(trends_file, {"year": int, "trend": str, **service})
    states = [State(year, trend) for trend in trends for year in scenario.years]
    return {
        state: _served(_of(served, year=state.year, trend=str(state.trend))) for state in states
    }


def _stage(stage: StageRecord, seconds: Mapping[str, float]) -> Stage:
    return Stage(**stage.model_dump(), seconds=seconds.get(stage.name, 0.0))


def _states(scenario: Scenario, inputs: Inputs, actions: pd.DataFrame) -> dict[int, pd.DataFrame]:
    """Return the sites of every year: those of today with all that was done up to it."""
    kinds = [classes_column(kind) for kind in scenario.class_kinds]
    now, states = today_table(scenario, inputs), {}
    for year in scenario.years:
        done = _of(actions, year=year)
        at, now = done["site"].to_numpy(), now.copy()
        now.loc[at, kinds] += done[kinds].to_numpy()
        now.loc[at, "open"] = (done["action"] != "close").to_numpy()
        states[year] = now
    return states


def _of(table: pd.DataFrame, **values: int | str) -> pd.DataFrame:
    chosen = np.logical_and.reduce([table[column] == value for column, value in values.items()])
    return table[chosen].reset_index(drop=True)


@dataclass(frozen=True)
class _Tables:
    """The tables of a run, with the names of the inputs turned into positions."""

    folder: Path
    scenario: Scenario
    inputs: Inputs

    def read(self, name: str, columns: Mapping[str, type]) -> pd.DataFrame:
        """Read columns of a table, the names in them as positions: ``cell_id`` as ``cell``."""
        path, inputs = self.folder / name, self.inputs
        medical = pd.DataFrame({"medical_id": []}) if inputs.medical is None else inputs.medical
        names = {
            "cell_id": ("cell", inputs.cells["cell_id"]),
            "site_id": ("site", inputs.sites["site_id"]),
            "medical_id": ("medical", medical["medical_id"]),
            "band": ("band", pd.Series(self.scenario.bands, dtype=object)),
        }
        try:
            table = pd.read_csv(
                path,
                encoding="utf-8-sig",
                usecols=list(columns),
                dtype={name: int if kind is int else str for name, kind in columns.items()},
                keep_default_na=False,
            )
            exact = [name for name, kind in columns.items() if kind is float]
            table = table.assign(**{name: table[name].map(float).astype(float) for name in exact})
        except (OSError, ValueError) as error:
            raise DataError([Problem(str(path), f"cannot be read: {error}", again)]) from None
        for column in set(columns) & set(names):
            position, there = names[column]
            at = pd.Index(there).get_indexer(table[column])
            if (at < 0).any():
                what = f"names {table[column][at < 0].iloc[0]}, which the inputs do not have"
                raise DataError([Problem(str(path), what, again)])
            table = table.drop(columns=column).assign(**{position: at})
        return table


def _served(table: pd.DataFrame) -> pd.DataFrame:
    return table[["cell", "site", "band", "children"]]
