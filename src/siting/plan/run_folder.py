"""The files of a run: plan.json, run.json, tables."""

import json
import os
import platform
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from siting.base_year import written_base_year
from siting.errors import NoPlanError
from siting.folder import last_file
from siting.indicators import Indicators, served_share
from siting.inputs import Inputs
from siting.inputs.files import sha256_of
from siting.model import Stage
from siting.notes import Note
from siting.plan.inspections import InspectionList
from siting.plan.plan import Plan
from siting.plan.rounds import Rounds
from siting.provisions import wording
from siting.scenario import Scenario
from siting.target_names import target_name

plan_file = last_file
run_file = "run.json"
plan_digest_key = "plan_sha256"
"""Key of run.json: the sha256 of plan.json."""
inputs_folder_key = "inputs_folder"
"""Key of run.json: where the input files are, from the folder of the run."""
layers_file = "plan.gpkg"
sites_file = "sites.csv"
actions_file = "actions.csv"
costs_file = "costs.csv"
indicators_file = "indicators.csv"
assignment_file = "assignment.csv"
guidance_file = "guidance.csv"
alone_file = "assignment_today.csv"
trends_file = "assignment_trends.csv"
alternatives_file = "alternatives.json"
frontier_file = "frontier.csv"
decimals = 6
"""Decimals of figures in the tables of a run."""
versions_recorded = (
    "siting",
    "highspy",
    "pulp",
    "numba",
    "numpy",
    "scipy",
    "pandas",
    "geopandas",
    "shapely",
)
files_of_some_runs = (
    "alternatives.csv",
    alternatives_file,
    trends_file,
    "base_year.csv",
    "cells.parquet",
    "centres.csv",
    frontier_file,
    "hubs.csv",
    "institution_staffing.csv",
    "shared.csv",
    "inspections.csv",
    "isochrones.parquet",
    "nearest.csv",
    "new_areas.csv",
    "provisions.csv",
    "referral.csv",
    "review_amap.html",
    "review_tianditu.html",
    "round_visits.csv",
    "rounds.csv",
    "services.csv",
    "signed.csv",
    "sites.parquet",
    "staffing.csv",
    "townships.parquet",
    "tracked.csv",
)
"""Left by an earlier run, they would tell of another plan."""


def path_from(folder: Path, there: Path) -> str:
    """Return how a folder is reached from another; as it stands where they share no root."""
    try:
        return Path(os.path.relpath(there.resolve(), folder.resolve())).as_posix()
    except ValueError:  # two drives of Windows
        return there.resolve().as_posix()


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 text with line ends as on Linux, so that equal runs give equal bytes."""
    path.write_text(text, encoding="utf-8", newline="\n")


def plan_document(
    plan: Plan, inputs: Inputs, provisions: pd.DataFrame, notes: tuple[Note, ...]
) -> dict[str, Any]:
    """Return the content of plan.json; equal runs give equal bytes.

    Parameters
    ----------
    provisions
        Every provision of the documents; :func:`siting.provisions.provisions_of`.

    Raises
    ------
    NoPlanError
        There is no plan.
    """
    if plan.content is None:
        raise NoPlanError(f"there is no plan to save: the status is '{plan.status}'")
    stage = plan.objective_stage
    return {
        "status": str(plan.status),
        "objective": stage.objective,
        "bound": stage.bound,
        "gap": plan.gap,
        "objective_stage": stage.name,
        "objective_unit": stage.unit,
        "reproducible": plan.reproducible,
        "plan_hash": plan.plan_hash,
        "stages": [_stage_document(stage) for stage in plan.stages],
        "travel_time": None if plan.travel is None else _stage_document(plan.travel),
        "targets": [
            {
                "id": r.target.id,
                "name": name.zh,
                "name_en": name.en,
                "kind": r.target.kind,
                "year": r.target.year,
                "unit": r.target.unit,
                "hard": r.target.hard,
                "priority": r.target.priority,
                "required": r.required,
                "required_upper": r.required_upper,
                "achieved": r.achieved,
                "served_share": served_share(
                    plan.scenario, inputs, plan.year(r.target.year).indicators, r.target
                ),
                "met": r.met,
                "due": r.due,
                "required_count": r.required_count,
                "achieved_count": r.achieved_count,
                "missing_in": list(r.missing_in),
                "clause": r.target.clause,
                "sentence": r.target.sentence,
                "reading": r.target.reading,
                "strength": told["zh"].strength,
                "title": told["zh"].title,
                "title_en": told["en"].title,
                "clause_en": told["en"].clause,
                "reading_en": told["en"].reading,
            }
            for r in plan.targets
            for name in [target_name(plan.scenario, r.target)]
            for told in [{lang: wording(plan.scenario, r.target, lang) for lang in ("zh", "en")}]
        ],
        "provisions": provisions.to_dict("records"),
        "model": plan.model_size,
        "inputs": inputs.sha256,
        "trial": None if inputs.trial is None else inputs.trial.model_dump(mode="json"),
        "notes": [asdict(note) for note in notes],
        "versions": versions_used(),
        "seed": plan.scenario.solver.seed,
        "scenario": plan.scenario.model_dump(mode="json"),
    }


def versions_used() -> dict[str, str]:
    """Return the versions of Python and of the libraries that a plan hangs on."""
    named = {name: version(name) for name in versions_recorded}
    return {"python": platform.python_version(), **named}


def _stage_document(stage: Stage) -> dict[str, Any]:
    return {
        "name": stage.name,
        "status": str(stage.status),
        "objective": stage.objective,
        "bound": stage.bound,
        "gap": stage.gap,
        "unit": stage.unit,
        "timed_out": stage.timed_out,
        "checked_bound": stage.checked_bound,
    }


def write_tables(
    plan: Plan,
    inputs: Inputs,
    provisions: pd.DataFrame,
    today: Indicators,
    no_action: Mapping[int, Indicators],
    served_alone: Mapping[int, pd.DataFrame],
    left_out: pd.DataFrame,
    folder: Path,
) -> None:
    """Write the tables of a plan: sites, actions, costs, assignments, indicators and more.

    CSV files carry a byte order mark, so that Excel reads them as UTF-8. Children are written
    unrounded: the plan is read from these tables again, as :mod:`siting.plan.reading` does, and
    plan.json tells their sha256.

    Parameters
    ----------
    provisions
        Every provision of the documents; :func:`siting.provisions.provisions_of`.
    served_alone
        Year -> ``cell, site, band, children`` by position: who without a place is given one by
        the facilities of today alone.
    """
    truths = ("inclusive", "opens_to_residents")
    sites = plan.sites.assign(**{n: np.where(plan.sites[n], "yes", "no") for n in truths})
    _write_csv(sites, folder / sites_file)
    _write_csv(plan.costs, folder / costs_file)
    _write_csv(left_out, folder / "left_out.csv")
    read_again = {
        actions_file: plan.actions,
        assignment_file: plan.assignment,
        guidance_file: plan.guidance,
        alone_file: pd.concat(
            [_by_name(t, plan.scenario, inputs, year=year) for year, t in served_alone.items()],
            ignore_index=True,
        ),
    }
    under = plan.served_under
    if under:
        trends = [
            _by_name(served, plan.scenario, inputs, year=state.year, trend=state.trend)
            for state, served in under.items()
        ]
        read_again[trends_file] = pd.concat(trends, ignore_index=True)
    for name, table in read_again.items():
        _write_csv(table, folder / name, unrounded=("children",))
    if len(provisions):
        _write_csv(provisions, folder / "provisions.csv")
    figures = pd.concat(
        [
            indicators.table.assign(state=state, year=indicators.year)
            for state, indicators in (
                ("today", today),
                *(("no_action", indicators) for indicators in no_action.values()),
                *(("plan", plan.indicators_of(year)) for year in plan.scenario.years),
            )
        ]
    )
    first = ["state", "year"]
    _write_csv(figures[first + [c for c in figures if c not in first]], folder / indicators_file)


def write_plan_file(document: dict[str, Any], folder: Path) -> None:
    """Write plan.json with the sha256 of every table that the run has; it comes after them."""
    tables = sorted(path.name for path in folder.glob("*.csv"))
    tables += [alternatives_file] if (folder / alternatives_file).exists() else []
    document = {**document, "tables": {name: sha256_of(folder / name) for name in tables}}
    text = json.dumps(document, ensure_ascii=False, indent=1)
    write_text(folder / plan_file, text + "\n")


def write_ranking(ranking: pd.DataFrame, folder: Path) -> None:
    """Write ranking.csv."""
    meets = ranking["meets"].map({True: "yes", False: "no"})
    _write_csv(ranking.assign(meets=meets), folder / "ranking.csv")


def write_guidance(
    rounds: Rounds, inspections: InspectionList, inputs: Inputs, folder: Path
) -> None:
    """Write rounds.csv, round_visits.csv and inspections.csv, with names beside the ids."""
    for name, table in (
        ("rounds", rounds.institutions),
        ("round_visits", rounds.visits),
        ("inspections", inspections.visits),
    ):
        _write_csv(_with_names(table, inputs), folder / f"{name}.csv")


def _with_names(table: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    """Return a table with ``medical, site, township`` after the ids that it has."""
    sites = inputs.sites.set_index("site_id")
    townships = np.append(inputs.townships["township"].to_numpy(dtype=object), "")
    names = [
        ("site_id", "township", pd.Series(townships[sites["zone"].to_numpy()], sites.index)),
        ("site_id", "site", sites["name"]),
    ]
    if inputs.medical is not None:
        names += [("medical_id", "medical", inputs.medical.set_index("medical_id")["name"])]
    told = table.copy()
    for key, column, name in names:
        if key in told:
            at = list(told).index(key) + 1
            told.insert(at, column, told[key].map(name).fillna(""))
    return told


def write_shown(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write tables that stand beside the plan, each as ``<name>.csv``; truth as yes and no."""
    for name, table in tables.items():
        truths = [c for c in table if table[c].map(lambda value: isinstance(value, bool)).any()]
        words = {column: table[column].map({True: "yes", False: "no"}) for column in truths}
        told = written_base_year(table) if name == "base_year" else table
        _write_csv(told.assign(**words), folder / f"{name}.csv")


def _by_name(
    served: pd.DataFrame, scenario: Scenario, inputs: Inputs, **of: int | str | None
) -> pd.DataFrame:
    """Return who is served with the names of cells, sites and bands instead of positions."""
    return pd.DataFrame(
        {
            **{column: [value] * len(served) for column, value in of.items()},
            "cell_id": inputs.cells["cell_id"].to_numpy()[served["cell"].to_numpy(dtype=int)],
            "site_id": inputs.sites["site_id"].to_numpy()[served["site"].to_numpy(dtype=int)],
            "band": np.array(scenario.bands, dtype=object)[served["band"].to_numpy(dtype=int)],
            "children": served["children"].to_numpy(dtype=float),
        }
    )


def _write_csv(table: pd.DataFrame, path: Path, unrounded: tuple[str, ...] = ()) -> None:
    rounded = table.drop(columns=unrounded, errors="ignore").round(decimals)
    rounded = rounded.assign(**{name: table[name] for name in unrounded if name in table})
    rounded[list(table)].to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")
