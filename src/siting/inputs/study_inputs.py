"""All tables of a study, checked against each other and in one metric CRS."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import CRS, Transformer

from siting.errors import DataError, Problem
from siting.inputs import dictionary
from siting.inputs.layers import check_scale, metric_crs, no_such_file
from siting.inputs.people import check_residents, people_by_cell
from siting.inputs.sites import join_sites
from siting.inputs.tables import read_table
from siting.inputs.zones import check_no_overlap, check_parents, no_zone, read_zones, zone_of
from siting.notes import Note
from siting.scenario import Scenario


@dataclass(frozen=True)
class Inputs:
    """The tables of a study.

    Attributes
    ----------
    crs
        Metric CRS of every x and y.
    townships
        ``township_code, township, district_code, district, area_type, geometry`` and
        ``residents_<year>``, in the order of the code.
    communities
        ``community_code, community, township_code, geometry``, or None.
    cells
        ``cell_id, x, y, zone`` (position in townships) ``, residents_<year>, under3_<year>``.
    sites
        As :func:`siting.inputs.sites.join_sites`, with ``x, y, zone`` (``no_zone`` outside the
        study area: such a facility may cover, and never counts as places).
    notes
        What was left out or repaired.
    sha256
        Input file as named in the scenario -> sha256 of its bytes.
    """

    crs: CRS
    townships: gpd.GeoDataFrame
    communities: gpd.GeoDataFrame | None
    cells: pd.DataFrame
    sites: pd.DataFrame
    notes: tuple[Note, ...]
    sha256: dict[str, str]


def read_inputs(scenario: Scenario) -> Inputs:
    """Read and check every table of a study.

    Raises
    ------
    DataError
        With every problem of every file at once.
    """
    files = scenario.inputs
    crs = metric_crs(scenario)
    tables = _read_files(scenario, crs)
    townships = tables["townships"]
    check_scale(townships, scenario)
    years = tuple(dict.fromkeys((scenario.base_year, scenario.year)))
    joined = _gather(
        {
            "sites": lambda: join_sites(
                tables["facilities"], tables["hosts"], scenario, (files.facilities, files.hosts)
            ),
            "residents": lambda: check_residents(
                tables["residents"], townships, years, files.residents
            ),
            "overlaps": lambda: check_no_overlap(townships, files.townships),
            "parents": lambda: check_parents(
                tables.get("communities"), townships, str(files.communities)
            ),
        }
    )
    residents = joined["residents"]
    to_metric = Transformer.from_crs(4326, crs, always_xy=True)
    cells, notes = _inside(_placed(tables["cells"], to_metric, townships, files.cells), files.cells)
    sites = _placed(joined["sites"], to_metric, townships, files.facilities)
    _check_candidates_inside(sites, files.hosts)
    people = people_by_cell(cells, residents, scenario, files.cells)
    outside = int(((sites["zone"] == no_zone) & (sites["status"] == "existing")).sum())
    if outside:
        notes.append(
            Note(
                zh=f"{files.facilities}：{outside}处设施在规划范围外，可计入覆盖，不计入托位数",
                en=f"{files.facilities}: {outside} facilities lie outside the study area; they may "
                "cover, and never count as places",
            )
        )
    return Inputs(
        crs=crs,
        townships=townships.assign(
            **{f"residents_{year}": residents[year].to_numpy() for year in years}
        ),
        communities=tables.get("communities"),
        cells=pd.concat([cells.drop(columns="residents"), people], axis=1),
        sites=sites,
        notes=tuple(notes),
        sha256={name: _sha256(scenario.path(name)) for name in scenario.named_files},
    )


def _read_files(scenario: Scenario, crs: CRS) -> dict[str, Any]:
    """Read every file by itself; layers as GeoDataFrame, tables as DataFrame."""
    files = scenario.inputs
    layers = {"townships": dictionary.townships}
    if files.communities is not None:
        layers["communities"] = dictionary.communities
    tables = {
        "residents": dictionary.residents,
        "cells": dictionary.cells,
        "facilities": dictionary.facilities(scenario),
        "hosts": dictionary.hosts(scenario),
    }
    readers: dict[str, Callable[[], Any]] = {
        "streets": partial(_check_exists, scenario.path(files.streets)),
    }
    for name, table in layers.items():
        path = scenario.path(getattr(files, name))
        readers[name] = partial(read_zones, path, table, crs, files.missing_crs)
    for name, table in tables.items():
        readers[name] = partial(read_table, scenario.path(getattr(files, name)), table)
    return _gather(readers)


def _gather(readers: dict[str, Callable[[], Any]]) -> dict[str, Any]:
    """Call every reader, and raise the problems of all of them together."""
    read: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, reader in readers.items():
        try:
            read[name] = reader()
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return read


def _placed(
    table: pd.DataFrame, to_metric: Transformer, townships: gpd.GeoDataFrame, name: str
) -> pd.DataFrame:
    x, y = to_metric.transform(table["lon"].to_numpy(), table["lat"].to_numpy())
    lost = ~(np.isfinite(x) & np.isfinite(y))
    if lost.any():
        raise DataError(
            [
                Problem(
                    f"{name}, {table.columns[0]} {', '.join(table.iloc[:, 0][lost].head(5))}",
                    f"{lost.sum()} points lie outside the CRS of the study",
                    "correct lon and lat (WGS-84)",
                )
            ]
        )
    return table.assign(x=x, y=y, zone=zone_of(x, y, townships))


def _inside(cells: pd.DataFrame, name: str) -> tuple[pd.DataFrame, list[Note]]:
    outside = (cells["zone"] == no_zone).to_numpy()
    if outside.all():
        raise DataError(
            [
                Problem(
                    f"{name}, columns lon and lat",
                    "no cell lies inside the study area",
                    "check that lon and lat are not swapped and are WGS-84",
                )
            ]
        )
    notes = []
    if outside.any():
        people = cells.loc[outside, "residents"].sum()
        notes.append(
            Note(
                zh=f"{name}：{outside.sum()}个需求单元（{people:,.0f}人）在规划范围外，未计入",
                en=f"{name}: {outside.sum()} cells with {people:,.0f} people lie outside the study "
                "area and were left out",
            )
        )
    return cells.loc[~outside].reset_index(drop=True), notes


def _check_candidates_inside(sites: pd.DataFrame, name: str) -> None:
    outside = sites[(sites["zone"] == no_zone) & (sites["status"] == "candidate")]
    if len(outside):
        raise DataError(
            [
                Problem(
                    f"{name}, site {', '.join(outside['site_id'].head(5))}",
                    f"{len(outside)} candidates lie outside the study area",
                    "correct lon and lat (WGS-84), or remove the rows",
                )
            ]
        )


def _check_exists(path: Path) -> None:
    if not path.is_file():
        raise DataError([Problem(str(path), *no_such_file)])


def _sha256(path: Path) -> str:
    """Return the sha256 of a file; of a Shapefile, of its parts one after another."""
    parts = [path]
    if path.suffix == ".shp":
        parts += [path.with_suffix(end) for end in (".shx", ".dbf", ".prj", ".cpg")]
    digest = hashlib.sha256()
    for part in parts:
        if part.exists():
            digest.update(part.read_bytes())
    return digest.hexdigest()
