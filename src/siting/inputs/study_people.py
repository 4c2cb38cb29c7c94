"""Demand cells and the people of a study: from its tables and rasters, or made cells."""

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import Transformer

from siting.errors import DataError, Problem
from siting.inputs.area_people import people_of_areas
from siting.inputs.cells import as_points
from siting.inputs.people import left_out_note, people_by_cell, residents_by_township
from siting.inputs.placing import place_rows
from siting.inputs.raster_cells import raster_cells
from siting.inputs.residents import match_residents, people_table
from siting.inputs.study_tables import Tables
from siting.inputs.zone_people import people_of_zones
from siting.inputs.zones import no_zone, zone_of
from siting.notes import Note
from siting.scenario import Scenario
from siting.scenario.population import PopulationRaster


def read_people(
    tables: Tables,
    made_cells: pd.DataFrame | None,
    townships: gpd.GeoDataFrame,
    communities: gpd.GeoDataFrame | None,
    areas: gpd.GeoDataFrame | None,
    scenario: Scenario,
    to_metric: Transformer,
) -> tuple[pd.DataFrame, pd.DataFrame, list[Note]]:
    """Return the cells with their people, the residents of each township, and notes.

    Parameters
    ----------
    made_cells
        In place of the table of cells, as in :class:`siting.inputs.study_inputs.Made`.
    townships, communities, areas
        Polygons in the CRS of the study.

    Raises
    ------
    DataError
        As :func:`siting.inputs.zone_people.people_of_zones`,
        :func:`siting.inputs.area_people.people_of_areas` and
        :func:`siting.inputs.people.people_by_cell`; or no cell lies inside the study area.
    """
    name, origin = scenario.inputs.residents, _origin_of_cells(scenario)
    form = tables.residents_form
    told, matched = match_residents(
        tables.frames["residents"],
        tables.places["residents"],
        form,
        townships,
        communities,
        scenario.name,
    )
    people = people_of_zones(people_table(told, form, name), townships, communities, scenario, name)
    if isinstance(scenario.population, PopulationRaster):
        in_all = float(people.residents[scenario.base_year].sum())
        cells, placing = raster_cells(scenario, townships, in_all)
        cells = cells.rename(columns={"residents": "weight"})
    elif made_cells is None:
        points = as_points(tables.frames["cells"]).rename(columns={"residents": "weight"})
        cells, placing = _cells(points, to_metric, townships, origin)
    else:
        cells, placing = _made_cells(made_cells, to_metric, townships, origin), []
    new, of_areas = None, list[Note]()
    if areas is not None:
        new, people, of_areas = people_of_areas(
            areas, people, townships, communities, scenario, (str(scenario.inputs.areas), name)
        )
    cells, spreading = people_by_cell(
        cells, people, townships, communities, scenario, (name, origin), new
    )
    cells = cells.assign(community=zone_within(cells, communities))
    residents = residents_by_township(cells, people, townships)
    return cells, residents, [*matched, *placing, *spreading, *of_areas]


def _origin_of_cells(scenario: Scenario) -> str:
    if isinstance(scenario.population, PopulationRaster):
        return scenario.population.residents
    return scenario.inputs.cells or "cells along streets"


def zone_within(points: pd.DataFrame, zones: gpd.GeoDataFrame | None) -> np.ndarray:
    """Return the position of the zone that holds each ``x, y``, ``no_zone`` where none does."""
    if zones is None:
        return np.full(len(points), no_zone)
    return zone_of(points["x"].to_numpy(), points["y"].to_numpy(), zones)


def _cells(
    cells: pd.DataFrame, to_metric: Transformer, townships: gpd.GeoDataFrame, name: str
) -> tuple[pd.DataFrame, list[Note]]:
    """Return the cells inside the study area with ``x, y, zone``."""
    placed = place_rows(cells, to_metric, townships, name)
    outside = (placed["zone"] == no_zone).to_numpy()
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
        notes.append(left_out_note(name, outside, placed["weight"], ("规划范围", "study area")))
    return placed.loc[~outside].reset_index(drop=True), notes


def _made_cells(
    cells: pd.DataFrame, to_metric: Transformer, townships: gpd.GeoDataFrame, name: str
) -> pd.DataFrame:
    """Return cells that know their township with ``x, y, zone``."""
    placed = place_rows(cells, to_metric, townships, name)
    zones = pd.Index(townships["township_code"]).get_indexer(placed["township_code"])
    return placed.assign(zone=zones).drop(columns="township_code")
