"""The files of a run: plan.json, run.json, tables, layers.

A file is written beside its final name, flushed, and moved over it in one step, so a reader
never sees half a file and a failed run never harms an earlier one.
"""

import json
import os
import platform
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from siting.errors import NoPlanError
from siting.indicators import Indicators
from siting.inputs import Inputs
from siting.plan.plan import Plan

versions_recorded = (
    "siting",
    "highspy",
    "pulp",
    "numpy",
    "scipy",
    "pandas",
    "geopandas",
    "shapely",
)


def write_over(path: Path, write: Callable[[Path], None]) -> None:
    """Write a file through a temporary one in the same folder, replacing it in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 text, replacing the file in one step."""

    def write(target: Path) -> None:
        target.write_text(text, encoding="utf-8", newline="\n")

    write_over(path, write)


def plan_document(plan: Plan, inputs: Inputs) -> dict[str, Any]:
    """Return the content of plan.json; equal runs give equal bytes.

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
        "stages": [
            {
                "name": s.name,
                "status": str(s.status),
                "objective": s.objective,
                "bound": s.bound,
                "gap": s.gap,
                "unit": s.unit,
            }
            for s in plan.stages
        ],
        "targets": [
            {
                "id": r.target.id,
                "kind": r.target.kind,
                "year": r.target.year,
                "unit": r.target.unit,
                "hard": r.target.hard,
                "priority": r.target.priority,
                "required": r.required,
                "achieved": r.achieved,
                "met": r.met,
                "required_count": r.required_count,
                "achieved_count": r.achieved_count,
                "clause": r.target.clause,
                "sentence": r.target.sentence,
                "reading": r.target.reading,
            }
            for r in plan.targets
        ],
        "model": plan.model_size,
        "inputs": inputs.sha256,
        "notes": [asdict(note) for note in inputs.notes],
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in versions_recorded},
        },
        "seed": plan.scenario.solver.seed,
        "scenario": plan.scenario.model_dump(mode="json"),
    }


def write_plan(plan: Plan, inputs: Inputs, today: Indicators, folder: Path) -> None:
    """Write plan.json, sites.csv, assignment.csv and indicators.csv.

    CSV files carry a byte order mark, so that Excel reads them as UTF-8.
    """
    document = json.dumps(plan_document(plan, inputs), ensure_ascii=False, indent=1)
    write_text(folder / "plan.json", document + "\n")
    sites = plan.sites.assign(inclusive=np.where(plan.sites["inclusive"], "yes", "no"))
    _write_csv(sites, folder / "sites.csv")
    _write_csv(plan.assignment, folder / "assignment.csv")
    figures = pd.concat(
        [
            indicators.table.assign(state=state, year=indicators.year)
            for state, indicators in (("today", today), ("plan", plan.indicators))
        ]
    )
    first = ["state", "year"]
    _write_csv(figures[first + [c for c in figures if c not in first]], folder / "indicators.csv")


def write_layers(
    plan: Plan, inputs: Inputs, today: Indicators, isochrones: gpd.GeoDataFrame, path: Path
) -> None:
    """Write plan.gpkg with the layers sites, townships, cells and isochrones."""
    sites = gpd.GeoDataFrame(
        plan.sites, geometry=gpd.points_from_xy(plan.sites["lon"], plan.sites["lat"]), crs=4326
    ).to_crs(inputs.crs)
    figures = plan.indicators.of("township").merge(
        today.of("township"), on=["level", "code", "name"], suffixes=("", "_today")
    )
    townships = inputs.townships[["township_code", "district", "area_type", "geometry"]].merge(
        figures.drop(columns="level"), left_on="township_code", right_on="code"
    )
    cells = gpd.GeoDataFrame(
        inputs.cells.drop(columns=["x", "y", "zone", "lon", "lat"], errors="ignore"),
        geometry=gpd.points_from_xy(inputs.cells["x"], inputs.cells["y"]),
        crs=inputs.crs,
    )
    layers = {
        "sites": sites,
        "townships": townships.drop(columns="code"),
        "cells": cells,
        "isochrones": isochrones,
    }

    def write(target: Path) -> None:
        target.unlink()
        for name, layer in layers.items():
            layer.to_file(target, layer=name, driver="GPKG", engine="pyogrio")

    write_over(path, write)


def _write_csv(table: pd.DataFrame, path: Path) -> None:
    rounded = table.round(6)
    write_over(
        path,
        lambda target: rounded.to_csv(
            target, index=False, encoding="utf-8-sig", lineterminator="\r\n"
        ),
    )
