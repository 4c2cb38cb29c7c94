"""New residential areas as demand cells: their people from the year of the hand-over on."""

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from siting.errors import DataError, Problem
from siting.inputs.zone_people import ZonePeople, home_of_cells, plural
from siting.inputs.zones import no_zone, zone_of
from siting.notes import Note
from siting.scenario import Scenario

most_named = 5


@dataclass(frozen=True)
class AreaPeople:
    """People of the new residential areas that are handed over by the last planned year.

    Attributes
    ----------
    cells
        A demand cell for each: ``cell_id`` (``area-<area_id>``) ``, x, y`` (a point inside) and
        ``zone`` (position in townships).
    home
        Position of each one's zone of the residents table.
    residents
        Year -> residents of each, 0 before its hand-over.
    """

    cells: pd.DataFrame
    home: np.ndarray
    residents: dict[int, np.ndarray]

    def of_zones(self, year: int, zones: int) -> np.ndarray:
        """Return how many of the residents of each zone live in new areas."""
        return np.bincount(self.home, weights=self.residents[year], minlength=zones)


def people_of_areas(
    areas: gpd.GeoDataFrame,
    people: ZonePeople,
    townships: gpd.GeoDataFrame,
    communities: gpd.GeoDataFrame | None,
    scenario: Scenario,
    names: tuple[str, str],
) -> tuple[AreaPeople, ZonePeople, list[Note]]:
    """Return who lives in new areas, and the people of each zone with them.

    Where ``new_areas.people_in_residents``, the residents of a zone hold them already, and what
    is left is for its other cells; else they come on top.

    Parameters
    ----------
    areas
        ``area_id, people, hand_over_year``, polygons in the CRS of the study.
    people
        As the residents table tells them.
    names
        The files of the new areas and of the residents, for messages.

    Raises
    ------
    DataError
        An area lies outside the study area, or outside every community where the residents are
        told by these; a zone has fewer residents than its new areas.
    """
    areas_name, residents_name = names
    points = shapely.point_on_surface(np.asarray(areas.geometry.array))
    cells = pd.DataFrame(
        {
            "cell_id": "area-" + areas["area_id"],
            "x": shapely.get_x(points),
            "y": shapely.get_y(points),
        }
    )
    cells["zone"] = zone_of(cells["x"].to_numpy(), cells["y"].to_numpy(), townships)
    outside = (cells["zone"] == no_zone).to_numpy()
    _check_inside(areas["area_id"][outside], areas_name, "the study area", "the townships")
    home = home_of_cells(people, cells, townships, communities)
    nowhere = home == no_zone
    _check_inside(areas["area_id"][nowhere], areas_name, "every community", "the communities")
    due = (areas["hand_over_year"] <= scenario.last_year).to_numpy()
    notes = _notes(areas, due, scenario, areas_name)
    handed_over = areas["hand_over_year"].to_numpy()[due]
    planned = areas["people"].to_numpy(dtype=float)[due]
    found = AreaPeople(
        cells.loc[due].reset_index(drop=True),
        home[due],
        {year: np.where(year >= handed_over, planned, 0.0) for year in people.residents},
    )
    inside = {year: found.of_zones(year, len(people.codes)) for year in people.residents}
    if not scenario.new_areas.people_in_residents:
        on_top = {year: told + inside[year] for year, told in people.residents.items()}
        return found, replace(people, residents=on_top), notes
    crowded = [
        f"{people.codes[zone]} in {year} ({told[zone]:,.0f} residents, {inside[year][zone]:,.0f} "
        "in new areas)"
        for year, told in people.residents.items()
        for zone in np.flatnonzero(inside[year] > told)
    ]
    if crowded:
        raise DataError(
            [
                Problem(
                    f"{residents_name}, column residents",
                    f"{plural[people.level]} have fewer residents than their new residential "
                    f"areas of {areas_name}: {', '.join(crowded[:most_named])}",
                    "correct the people or the hand-over year of the areas or the residents, or "
                    "set new_areas.people_in_residents to false where the residents do not hold "
                    "them yet",
                )
            ]
        )
    return found, people, notes


def _check_inside(area_id: pd.Series, name: str, where: str, zones: str) -> None:
    if len(area_id):
        raise DataError(
            [
                Problem(
                    f"{name}, area_id {', '.join(area_id.head(most_named))}",
                    f"{len(area_id)} new residential areas lie outside {where}",
                    f"correct their position or {zones}, or remove them",
                )
            ]
        )


def _notes(areas: gpd.GeoDataFrame, due: np.ndarray, scenario: Scenario, name: str) -> list[Note]:
    notes = []
    if due.any():
        total = areas["people"].to_numpy(dtype=float)[due].sum()
        in_residents = scenario.new_areas.people_in_residents
        how_zh = (
            "已含在常住人口中，同区域其余单元相应减少" if in_residents else "在常住人口之外另加"
        )
        how_en = (
            "the residents hold them already, and the other cells have so many fewer"
            if in_residents
            else "they come on top of the residents"
        )
        notes.append(
            Note(
                zh=f"{name}：{due.sum()}处新建居住区的规划人口（共{total:,.0f}人）自交付年份起计入，"
                f"{how_zh}",
                en=f"{name}: the people of {due.sum()} new residential areas ({total:,.0f} in "
                f"all) count from the hand-over year on; {how_en}",
            )
        )
    if not due.all():
        late, last_year = areas["area_id"][~due].to_list(), scenario.last_year
        more = len(late) > most_named
        notes.append(
            Note(
                zh=f"{name}：{len(late)}处新建居住区在规划期末（{last_year}年）之后交付，不计入方案："
                f"{'、'.join(late[:most_named])}{'等' if more else ''}",
                en=f"{name}: {len(late)} new residential areas are handed over after {last_year}, "
                f"the last year planned for, and change nothing: "
                f"{', '.join(late[:most_named])}{', ...' if more else ''}",
            )
        )
    return notes
