"""All tables of a study, checked against each other and in one metric CRS."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import pandas as pd
from pyproj import CRS, Transformer

from siting.errors import DataError, Problem
from siting.inputs import dictionary
from siting.inputs.areas import drawn_areas
from siting.inputs.codes import same_codes
from siting.inputs.columns import Table
from siting.inputs.decisions import check_decisions
from siting.inputs.files import sha256_of
from siting.inputs.handed_over import await_hand_over
from siting.inputs.layers import check_scale, metric_crs
from siting.inputs.matching import match_zones, of_townships
from siting.inputs.placing import place_rows
from siting.inputs.sites import join_sites
from siting.inputs.study_people import read_people, zone_within
from siting.inputs.study_tables import Tables, gather, read_tables
from siting.inputs.surroundings import surroundings
from siting.inputs.tables import empty_table
from siting.inputs.zones import check_no_overlap, no_zone
from siting.notes import Note, named
from siting.scenario import Scenario
from siting.scenario.study_folder import outside_files
from siting.scenario.trial import Trial

unplaced_columns = ("site_id", "name", "address", "table")


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
        ``cell_id, x, y, zone`` (position in townships) ``, community`` (position in communities,
        ``no_zone`` where none) ``, residents_<year>, under3_<year>``, and what else
        :func:`siting.inputs.people.people_by_cell` gives; those named ``area-<area_id>`` are the
        new residential areas.
    sites
        As :func:`siting.inputs.sites.join_sites`, with ``x, y, zone`` (``no_zone`` outside the
        study area: such a facility may cover, never counts as places and never closes),
        ``community`` and ``area`` (positions in communities and areas, ``no_zone`` where none).
    notes
        What was left out or repaired.
    sha256
        Input file as named in the scenario -> sha256 of its bytes.
    areas
        New residential areas: ``area_id, name, people, hand_over_year, geometry`` (a circle where
        the file tells a point and its size), or None.
    medical
        Medical institutions as in the data dictionary, with ``x, y, zone``; or None.
    tracked
        Indicators that are tracked, as in the data dictionary, or None.
    unplaced
        ``site_id, name, address, table`` of the rows that have an address only: they are in no
        other table here, and nothing is planned with them.
    trial
        Whose switched sites are taken as decided; None where there is none.
    """

    crs: CRS
    townships: gpd.GeoDataFrame
    communities: gpd.GeoDataFrame | None
    cells: pd.DataFrame
    sites: pd.DataFrame
    notes: tuple[Note, ...]
    sha256: dict[str, str]
    areas: gpd.GeoDataFrame | None = None
    medical: pd.DataFrame | None = None
    tracked: pd.DataFrame | None = None
    unplaced: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=list(unplaced_columns))
    )
    trial: Trial | None = None


@dataclass(frozen=True)
class Made:
    """Tables that were made rather than read, in the form of the data dictionary.

    Attributes
    ----------
    townships
        In place of the polygons of the study; any CRS.
    cells
        In place of the table of cells: ``cell_id, lon, lat, township_code, weight``; the people
        of a zone are shared among its cells by the weights, which need not be people.
    facilities, hosts
        To be added to those read.
    groups
        ``site_id`` of a host -> its exclusive group, in place of what its row says.
    notes
        How they were made.
    """

    townships: gpd.GeoDataFrame | None = None
    cells: pd.DataFrame | None = None
    facilities: pd.DataFrame | None = None
    hosts: pd.DataFrame | None = None
    groups: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


def read_inputs(scenario: Scenario) -> Inputs:
    """Read and check every table of a study that is made of files alone.

    Raises
    ------
    DataError
        With every problem of every file at once.
    """
    return join_inputs(scenario, Made())


def join_inputs(scenario: Scenario, made: Made, tables: Tables | None = None) -> Inputs:
    """Put the tables of a study together, those of its files and those made for it.

    Parameters
    ----------
    tables
        What :func:`read_tables` gave; read here if left out.

    Raises
    ------
    DataError
        With every problem at once.
    """
    tables = read_tables(scenario) if tables is None else tables
    frames, files = tables.frames, scenario.inputs
    crs = metric_crs(scenario)
    townships = _townships(frames, made, crs)
    check_scale(townships, scenario)
    facilities, hosts = (
        _all_rows(frames.get(table.name), getattr(made, table.name), table)
        for table in (dictionary.facilities(scenario), dictionary.hosts(scenario))
    )
    own_groups = zip(hosts["site_id"], hosts["exclusive_group"], strict=True)
    groups = [made.groups.get(site, own) for site, own in own_groups]
    hosts = hosts.assign(exclusive_group=pd.Series(groups, index=hosts.index, dtype=object))
    medical = frames.get("medical")
    unplaced, unplaced_notes = _unplaced(
        {"facilities": facilities, "hosts": hosts, "medical": medical}
    )
    names = (files.facilities or "facilities", files.hosts or "hosts")
    joined = gather(
        {
            "sites": lambda: join_sites(
                facilities[facilities["lon"].notna()],
                hosts[hosts["lon"].notna()],
                scenario,
                names,
            ),
            "decisions": lambda: check_decisions(hosts, scenario.last_year, names[1]),
            "overlaps": lambda: check_no_overlap(townships, files.townships or "townships"),
            "communities": lambda: _communities(tables, townships),
        }
    )
    communities, community_notes = joined["communities"]
    if medical is not None:
        medical = medical.assign(
            township_code=same_codes(medical["township_code"], townships["township_code"])
        )
    to_metric = Transformer.from_crs(4326, crs, always_xy=True)
    areas, area_notes = None, tuple[Note, ...]()
    if "areas" in frames:
        areas, area_notes = drawn_areas(frames["areas"], to_metric, townships, str(files.areas))
    sites, site_notes = joined["sites"]
    placed = gather(
        {
            "people": lambda: read_people(
                tables, made.cells, townships, communities, areas, scenario, to_metric
            ),
            "sites": lambda: place_rows(
                sites, to_metric, townships, " and ".join(dict.fromkeys(names))
            ),
            "medical": lambda: (
                None
                if medical is None
                else place_rows(
                    medical[medical["lon"].notna()].reset_index(drop=True),
                    to_metric,
                    townships,
                    str(files.medical),
                )
            ),
        }
    )
    cells, residents, people_notes = placed["people"]
    sites = placed["sites"]
    if sites.empty and unplaced.empty:
        what, remedy = "there is no site", "fill in facilities or hosts"
        raise DataError([Problem(" and ".join(dict.fromkeys(names)), what, remedy)])
    _check_candidates_inside(sites, names[1])
    sites = sites.assign(
        community=zone_within(sites, communities),
        area=zone_within(sites, areas),
        may_close=sites["may_close"] & (sites["zone"] != no_zone),
    )
    sites, hand_over_notes = await_hand_over(sites, areas, names[1])
    return Inputs(
        crs=crs,
        townships=townships.join(residents),
        communities=communities,
        cells=cells,
        sites=sites,
        notes=(
            *_outside_note(scenario),
            *tables.notes,
            *made.notes,
            *community_notes,
            *area_notes,
            *people_notes,
            *site_notes,
            *hand_over_notes,
            *joined["decisions"],
            *surroundings(sites, townships, scenario, names[0]),
            *unplaced_notes,
        ),
        sha256={name: sha256_of(scenario.path(name)) for name in scenario.named_files},
        areas=areas,
        medical=placed["medical"],
        tracked=frames.get("tracked"),
        unplaced=unplaced,
    )


def _townships(frames: Any, made: Made, crs: CRS) -> gpd.GeoDataFrame:  # noqa: ANN401
    if made.townships is not None:
        zones = made.townships.to_crs(crs).sort_values("township_code")
        return zones.reset_index(drop=True)
    if "townships" not in frames:
        raise DataError(
            [
                Problem(
                    "scenario, inputs.townships",
                    "there are no polygons of townships, and none were made from seats",
                    "name a layer of townships",
                )
            ]
        )
    return frames["townships"]


def _all_rows(read: pd.DataFrame | None, made: pd.DataFrame | None, table: Table) -> pd.DataFrame:
    parts = [part for part in (read, made) if part is not None and len(part)]
    if not parts:
        return empty_table(table)
    return pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]


def _communities(
    tables: Tables, townships: gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame | None, tuple[Note, ...]]:
    communities = tables.frames.get("communities")
    if communities is None:
        return None, ()
    codes, notes = match_zones(communities, tables.places["communities"], townships, of_townships)
    kept = communities.drop(columns=["township", "district"])
    return kept.assign(township_code=codes), notes


def _unplaced(tables: dict[str, pd.DataFrame | None]) -> tuple[pd.DataFrame, list[Note]]:
    """Return the rows of sites and medical institutions that have an address only."""
    found = [
        pd.DataFrame(
            {
                "site_id": table.iloc[:, 0],
                "name": table["name"],
                "address": table["address"],
                "table": name,
            }
        )[table["lon"].isna().to_numpy()]
        for name, table in tables.items()
        if table is not None
    ]
    unplaced = pd.concat(found, ignore_index=True).astype(object)
    if unplaced.empty:
        return unplaced, []
    return unplaced, [
        Note(
            zh=f"{len(unplaced)}处只有地址、没有坐标，未参与规划；可用siting place在地图上点选",
            en=f"{len(unplaced)} rows have an address and no coordinates, and are not planned "
            "with; place them on the map with: siting place",
        )
    ]


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


def _outside_note(scenario: Scenario) -> tuple[Note, ...]:
    """Return what tells of input files outside the study folder."""
    outside = outside_files(scenario)
    if not outside:
        return ()
    told = named(outside)
    zh = f"读取了研究文件夹以外的数据：{told.zh}；转交研究时请一并提供"
    en = f"data outside the study folder was read: {told.en}; hand it over with the study"
    return (Note(zh=zh, en=en),)
