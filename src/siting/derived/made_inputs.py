"""The tables of a study, those of its files and those made for it."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pandas as pd

from siting import inputs
from siting.derived.candidate_grid import grid_candidates
from siting.derived.host_rules import rule_hosts
from siting.derived.made_rows import with_figures
from siting.derived.named_seats import placed_seats
from siting.derived.network_zones import network_zones
from siting.derived.osm_sites import osm_sites, places_of
from siting.derived.street_cells import street_cells
from siting.errors import DataError, Problem
from siting.inputs import Inputs
from siting.inputs.columns import Table
from siting.inputs.dictionary import tables_of
from siting.inputs.layers import metric_crs
from siting.inputs.study_inputs import Made, join_inputs
from siting.inputs.study_tables import Tables, gather, read_tables
from siting.inputs.tables import empty_table
from siting.network import Network, read_network
from siting.network.osm_file import is_osm_file
from siting.network.osm_kinds import osm_kinds
from siting.network.reading import margin_m
from siting.notes import Note
from siting.scenario import Scenario
from siting.scenario.population import PopulationStreets


def read_inputs(scenario: Scenario, network: Network | None = None) -> Inputs:
    """Read and check every table of a study, and make those that it asks to be made.

    Parameters
    ----------
    network
        What :func:`siting.read_network` gave; read here if it is needed and left out. The tables
        made from streets are townships around seats, cells along streets and the candidate grid.

    Raises
    ------
    DataError
        With every problem of every file at once, or else those of what is made of them.
    """
    by_streets = _needs_network(scenario)
    if not (by_streets or scenario.osm_places or scenario.host_rules):
        return inputs.read_inputs(scenario)
    readers: dict[str, Callable[[], Any]] = {"tables": lambda: read_tables(scenario)}
    if by_streets and network is None:
        readers["network"] = lambda: read_network(scenario)
    read = gather(readers)
    made = make_tables(scenario, read["tables"], read.get("network", network))
    return join_inputs(scenario, made, read["tables"])


def _needs_network(scenario: Scenario) -> bool:
    along_streets = isinstance(scenario.population, PopulationStreets)
    return along_streets or bool(scenario.inputs.seats or scenario.candidate_grid)


def make_tables(scenario: Scenario, tables: Tables, network: Network | None) -> Made:
    """Make the tables that a scenario asks for.

    Parameters
    ----------
    tables
        Those of its files.
    network
        Needed for what is made of streets.

    Raises
    ------
    DataError
        Something cannot be made: a seat that is not found or far from every street, streets of no
        such class, a rule about a column that is not there, places asked of streets that are not
        OpenStreetMap's.
    """
    notes: list[Note] = []
    townships, zones = tables.frames.get("townships"), None
    if scenario.inputs.seats is not None and network is not None:
        seats, found = placed_seats(tables.frames["seats"], tables.places["seats"], scenario)
        notes += found
        zones, note = network_zones(
            network,
            seats,
            scenario.seat_zones,
            scenario.walk.snap_limit_m,
            scenario.inputs.seats,
        )
        townships = zones
        notes.append(note)
    if townships is None:
        raise ValueError("townships come from polygons, or from seats and a network")
    made = gather(
        {
            "cells": lambda: _cells(scenario, townships, network),
            "sites": lambda: _sites(scenario, tables, townships, network),
        }
    )
    cells, of_cells = made["cells"]
    facilities, hosts, groups, of_sites = made["sites"]
    return Made(zones, cells, facilities, hosts, groups, (*notes, *of_cells, *of_sites))


def _cells(
    scenario: Scenario, townships: gpd.GeoDataFrame, network: Network | None
) -> tuple[pd.DataFrame | None, tuple[Note, ...]]:
    if network is None or not isinstance(scenario.population, PopulationStreets):
        return None, ()
    place = scenario.place("population", "highways")
    cells, note = street_cells(network, townships, scenario.population, place)
    return cells, (note,)


def _sites(
    scenario: Scenario, tables: Tables, townships: gpd.GeoDataFrame, network: Network | None
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, str], tuple[Note, ...]]:
    """Return the facilities and hosts made, and the groups that hosts share with those of rules.

    Rules see what was read and what was made of places.
    """
    dictionary = tables_of(scenario)
    made: dict[str, list[pd.DataFrame]] = {"facilities": [], "hosts": []}
    groups: dict[str, str] = {}
    notes: list[Note] = []
    if scenario.osm_places:
        of_entries, told = _places(scenario, townships)
        notes += told
        for entry, sites in zip(scenario.osm_places, of_entries, strict=True):
            kind = "facilities" if entry.facility else "hosts"
            made[kind].append(with_figures(sites, entry.made, dictionary[kind]))
    if scenario.host_rules:
        rows = {
            name: _rows([*_read(tables, name), *made.get(name, [])], dictionary[name])
            for name in ("medical", "facilities", "hosts")
        }
        of_rules, groups, told = rule_hosts(scenario, rows, dictionary, metric_crs(scenario))
        notes += told
        made["hosts"] += of_rules
    if scenario.candidate_grid is not None and network is not None:
        grid = scenario.candidate_grid
        place = scenario.place("candidate_grid", "spacing_m")
        candidates, note = grid_candidates(network, townships, grid, place)
        notes.append(note)
        made["hosts"].append(with_figures(candidates, grid.made_host, dictionary["hosts"]))
    facilities, hosts = (_rows(made[name], dictionary[name]) for name in ("facilities", "hosts"))
    return facilities, hosts, groups, tuple(notes)


def _places(
    scenario: Scenario, townships: gpd.GeoDataFrame
) -> tuple[list[pd.DataFrame], tuple[Note, ...]]:
    path = scenario.path(scenario.inputs.streets)
    if not is_osm_file(path):
        raise DataError(
            [
                Problem(
                    scenario.place("osm_places"),
                    f"{path.name} is no OpenStreetMap file, and only these hold places",
                    "name a file .osm.pbf or .osm as inputs.streets, or remove osm_places",
                )
            ]
        )
    unknown = [
        Problem(
            scenario.place("osm_places", i, "kind"),
            f"'{entry.kind}' is no kind of place",
            f"use one of {', '.join(osm_kinds)}, or state the tags",
        )
        for i, entry in enumerate(scenario.osm_places)
        if entry.kind is not None and entry.kind not in osm_kinds
    ]
    if unknown:
        raise DataError(unknown)
    found = places_of(path, scenario.osm_places)
    labels = {name: host.label for name, host in scenario.hosts.items()}
    return osm_sites(found, scenario.osm_places, townships, labels, margin_m(scenario))


def _read(tables: Tables, name: str) -> list[pd.DataFrame]:
    return [tables.frames[name]] if name in tables.frames else []


def _rows(parts: list[pd.DataFrame], table: Table) -> pd.DataFrame:
    filled = [part for part in parts if len(part)]
    if not filled:
        return empty_table(table)
    return pd.concat(filled, ignore_index=True)
