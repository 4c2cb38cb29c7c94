"""People at demand cells: residents and under-3s by year and age band."""

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

from siting.errors import DataError, Problem
from siting.inputs.area_people import AreaPeople
from siting.inputs.dictionary import children_column
from siting.inputs.groups import children_of_groups
from siting.inputs.residents import Level
from siting.inputs.zone_people import ZonePeople, home_of_cells, planned_years, plural
from siting.inputs.zones import no_zone
from siting.notes import Note
from siting.scenario import Scenario
from siting.scenario.children import all_months, months_shared
from siting.scenario.population import PopulationStreets

raster_bands = ("0-12", "12-36")
"""Ages that the rasters of children tell."""
raster_columns = ("children_0_12", "children_12_36")
level_labels: dict[Level, str] = {
    "community": "社区(村)",
    "township": "乡镇(街道)",
    "district": "区县",
    "area": "规划范围整体",
}


def people_by_cell(
    cells: pd.DataFrame,
    people: ZonePeople,
    townships: gpd.GeoDataFrame,
    communities: gpd.GeoDataFrame | None,
    scenario: Scenario,
    names: tuple[str, str],
    areas: AreaPeople | None = None,
) -> tuple[pd.DataFrame, list[Note]]:
    """Share the people of each zone among its cells.

    A cell of zone z has ``r[z, year] x weight / sum of the weights of z`` residents, r being the
    residents of the zone less those of its new residential areas, which have their own; of the
    zone's children, a cell has the share that it has of its residents. From rasters, a cell keeps
    the children for each resident that its pixel has, in every year, and a new area those that
    its zone has. Children are spread evenly over the months of a band that is told (assumption).
    The trend that is planned for multiplies them. Children of a group are the same share of the
    under-3s in every cell of a zone.

    Parameters
    ----------
    cells
        ``weight``, ``x, y``, ``zone`` (position in townships), and for rasters
        of children ``children_0_12, children_12_36``.
    names
        The table of residents and the origin of the cells, for messages. The weights are people,
        unless the cells stand along streets.
    areas
        New residential areas, which become cells of their own; ``people`` hold theirs.

    Returns
    -------
    cells : pandas.DataFrame
        The cells that lie in a zone, without the weights, and those of new areas, with
        ``residents_<year>``, ``under3_<year>``, ``<group>_<year>`` for the groups that are told
        and, where more is told of their ages than that they are under three,
        ``under3_<from>_<to>_<year>`` for the age bands of the scenario.
    notes : list of Note
        How people were spread and counted, who was left out.

    Raises
    ------
    DataError
        A zone has people but no cell with a weight, or more children of a group than under-3s;
        a cell has the name of that of a new area.
    """
    if (cells["zone"].to_numpy() == no_zone).any():
        raise ValueError("cells outside the study area must be left out first")
    table_name, cells_name = names
    along_streets = isinstance(scenario.population, PopulationStreets)
    notes = [_note_of_level(people.level, table_name), *_notes_of_children(scenario)]
    home = home_of_cells(people, cells, townships, communities)
    if (home == no_zone).any():
        nowhere = home == no_zone
        people_in = None if along_streets else cells["weight"]
        notes.append(left_out_note(cells_name, nowhere, people_in, ("任何社区(村)", "communities")))
        cells, home = cells.loc[~nowhere].reset_index(drop=True), home[~nowhere]
    without = int((cells["weight"] == 0).sum())
    if without:
        notes.append(
            Note(
                zh=f"{cells_name}：{without}个需求单元没有人口",
                en=f"{cells_name}: {without} cells have no people",
            )
        )
    at = _with_areas(cells, home, people, areas, cells_name)
    _check_not_empty(people, at, cells_name, along_streets=along_streets)
    columns: dict[str, np.ndarray] = {}
    problems: list[Problem] = []
    for year in planned_years(scenario):
        residents = _residents(people, at, year)
        children, bands = _children(people, at, residents, scenario, year)
        trend = scenario.children.trend_factor(year)
        columns[f"residents_{year}"] = residents
        columns[f"under3_{year}"] = trend * children.sum(axis=1)
        if bands != (all_months,):
            by_band = trend * children @ months_shared(bands, scenario.bands)
            names_of_bands = [children_column(band, year) for band in scenario.bands]
            columns |= dict(zip(names_of_bands, by_band.T, strict=True))
        of_groups, wrong = children_of_groups(people, year, children.sum(axis=1), at.home, names[0])
        columns |= {name: trend * of_group for name, of_group in of_groups.items()}
        problems += wrong
    if problems:
        raise DataError(problems)
    kept = at.table.drop(columns=["lon", "lat", "weight", *raster_columns], errors="ignore")
    return pd.concat([kept, pd.DataFrame(columns)], axis=1), notes


class _Cells(NamedTuple):
    """Cells and those of new areas, which have no weight but people of their own.

    ``table``; of each cell ``home`` (position of its zone), ``weight`` and, year by year, its
    ``own`` residents; of each zone ``total`` (sum of the weights) and, year by year, the
    residents ``in_areas``.
    """

    table: pd.DataFrame
    home: np.ndarray
    weight: np.ndarray
    own: dict[int, np.ndarray]
    total: np.ndarray
    in_areas: dict[int, np.ndarray]


def _with_areas(
    cells: pd.DataFrame, home: np.ndarray, people: ZonePeople, areas: AreaPeople | None, name: str
) -> _Cells:
    zones = len(people.codes)
    own = {year: np.zeros(len(cells)) for year in people.residents}
    in_areas = {year: np.zeros(zones) for year in people.residents}
    if areas is not None:
        taken = sorted(set(cells["cell_id"]) & set(areas.cells["cell_id"]))
        if taken:
            what = "new residential areas become cells of these names"
            place = f"{name}, cell_id {', '.join(taken[:5])}"
            raise DataError([Problem(place, what, "give the cells other names")])
        told = [name for name in ("weight", *raster_columns) if name in cells]
        added = areas.cells.assign(**dict.fromkeys(told, 0.0))
        cells, home = pd.concat([cells, added], ignore_index=True), np.r_[home, areas.home]
        own = {year: np.r_[none, areas.residents[year]] for year, none in own.items()}
        in_areas = {year: areas.of_zones(year, zones) for year in in_areas}
    weight = cells["weight"].to_numpy(dtype=np.float64)
    total = np.bincount(home, weights=weight, minlength=zones)
    return _Cells(cells, home, weight, own, total, in_areas)


def _residents(people: ZonePeople, at: _Cells, year: int) -> np.ndarray:
    rate = _per_weight(people.residents[year] - at.in_areas[year], at.total)
    return at.weight * rate[at.home] + at.own[year]


def _children(
    people: ZonePeople, at: _Cells, residents: np.ndarray, scenario: Scenario, year: int
) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return cells x bands: the under-3s of each cell, without a trend; and the bands."""
    of = scenario.children
    own, total = at.own[year][:, None], at.total[:, None]
    if of.under3_from == "share":
        return residents[:, None] * of.under3_share[year], (all_months,)
    if of.under3_from == "raster":
        told = at.table[list(raster_columns)].to_numpy()
        of_zones = np.column_stack(
            [np.bincount(at.home, weights=band, minlength=len(total)) for band in told.T]
        )
        of_all = _per_weight(told.sum(axis=0), at.total.sum())
        for_each = np.where(total > 0, _per_weight(of_zones, total), of_all)
        rate = _per_weight(people.residents[year] - at.in_areas[year], at.total)
        return told * rate[at.home, None] + own * for_each[at.home], raster_bands
    children = people.children[year]
    of_weight = _per_weight(children * _elsewhere(people, at, year)[:, None], total)
    for_each = _per_weight(children, people.residents[year][:, None])
    return at.weight[:, None] * of_weight[at.home] + own * for_each[at.home], people.bands


def _elsewhere(people: ZonePeople, at: _Cells, year: int) -> np.ndarray:
    """Return the share of each zone's residents who do not live in new areas; 1 of nobody."""
    return 1.0 - _per_weight(at.in_areas[year], people.residents[year])


def residents_by_township(
    cells: pd.DataFrame, people: ZonePeople, townships: gpd.GeoDataFrame
) -> pd.DataFrame:
    """Return ``residents_<year>`` of each township: as told, or the sum of its cells."""
    if people.level == "township":
        told = people.residents
    else:
        told = {
            year: np.bincount(
                cells["zone"], weights=cells[f"residents_{year}"], minlength=len(townships)
            )
            for year in people.residents
        }
    return pd.DataFrame(
        {f"residents_{year}": of_year for year, of_year in told.items()}, index=townships.index
    )


def left_out_note(
    name: str, rows: np.ndarray, people: pd.Series | None, area: tuple[str, str]
) -> Note:
    """Return what tells of cells that lie nowhere, and of what becomes of their people.

    Parameters
    ----------
    rows
        True for the cells left out.
    people
        Of every cell, None where the cells do not tell people.
    area
        What they lie outside of, Chinese and English.
    """
    count, lost = int(rows.sum()), 0.0 if people is None else float(people[rows].sum())
    zh = "" if people is None else f"（表中{lost:,.0f}人）"
    en = "" if people is None else f" with {lost:,.0f} people"
    return Note(
        zh=f"{name}：{count}个需求单元{zh}不在{area[0]}内，未采用；各区域人口总数不变，由其余单元分摊",
        en=f"{name}: {count} cells{en} lie outside the {area[1]} and are not used; the totals of "
        "the zones stay, and are shared among the cells that remain",
    )


def _check_not_empty(people: ZonePeople, at: _Cells, name: str, *, along_streets: bool) -> None:
    told = np.zeros(len(at.total))
    for year, residents in people.residents.items():
        told += residents - at.in_areas[year]
        if people.children:
            told += people.children[year].sum(axis=1) * _elsewhere(people, at, year)
    empty = people.codes[(at.total == 0) & (told > 0)]
    if len(empty):
        raise DataError(
            [
                Problem(
                    name,
                    f"{len(empty)} {plural[people.level]} have residents but no "
                    f"{'street of these classes' if along_streets else 'cell with people'}: "
                    f"{', '.join(empty[:5])}",
                    "name the classes of their streets under population.highways"
                    if along_streets
                    else "add cells there, or correct their coordinates",
                )
            ]
        )


def _per_weight(figures: np.ndarray, total: np.ndarray) -> np.ndarray:
    return np.divide(figures, total, out=np.zeros_like(figures, dtype=float), where=total > 0)


def _note_of_level(level: Level, name: str) -> Note:
    zh = f"{name}：人口数据按{level_labels[level]}给出，在其内按需求单元分摊（推算）"
    en = f"{name}: people are told by {level} and spread over its demand cells (modelled)"
    if level == "township":
        return Note(zh=zh, en=en)
    return Note(
        zh=f"{zh}；乡镇(街道)人口为其需求单元之和（推算）",
        en=f"{en}; the people of a township are the sum of its cells (modelled)",
    )


def _notes_of_children(scenario: Scenario) -> list[Note]:
    children = scenario.children
    told = {
        "table": ("取自人口表", "are those of the residents table"),
        "births": (
            "为当年及前两年出生人数之和，不计死亡和迁移（假设）",
            "are the births of the year and the two before; deaths and moves are not counted "
            "(assumption)",
        ),
        "raster": (
            "按栅格中其与总人口的比例推算，各年比例不变（假设）",
            "keep in every year the ratio to the residents that the rasters have (assumption)",
        ),
    }
    notes = []
    if children.under3_from in told:
        zh, en = told[children.under3_from]
        notes.append(
            Note(
                zh=f"3岁以下婴幼儿{zh}；来源：{children.under3_source}",
                en=f"The under-3s {en}; source: {children.under3_source}",
            )
        )
    if children.trend is not None:
        factors = [f"{y} × {children.trend_factor(y):g}" for y in planned_years(scenario)]
        notes.append(
            Note(
                zh=f"3岁以下婴幼儿按情景“{children.trend}”调整：{'，'.join(factors)}",
                en=f"The under-3s follow the trend '{children.trend}': {', '.join(factors)}",
            )
        )
    return notes
