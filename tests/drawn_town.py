"""Tiny towns drawn as pictures: letters are street nodes, dashes and bars are streets.

One character across and one line down are 100 m; people walk 3.6 km/h, so 100 m take 100 s::

    a--b
    |
    c

puts b 300 m (300 s) east of a, and c 200 m south of a.
"""

from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from siting.inputs import Inputs, no_zone
from siting.inputs.dictionary import classes_column, enrolled_column
from siting.inputs.zones import zone_of
from siting.network import Network, build_network
from siting.reach import Reach, measure_reach
from siting.scenario import Scenario

metre = 100.0
crs = CRS.from_epsg(32650)
origin = np.array([200_000.0, 3_000_000.0])


def scenario(**changes) -> Scenario:
    """Return the scenario of the drawn towns: two bands, two class kinds, 10-minute walks.

    A third of the residents are under three, and every second one of 12-36 months takes a place.
    """
    values = {
        "name": "drawn town",
        "crs": "EPSG:32650",
        "base_year": 2025,
        "years": (2025,),
        "inputs": {
            "streets": "streets.gpkg",
            "townships": "townships.geojson",
            "residents": "residents.csv",
            "cells": "cells.csv",
            "facilities": "facilities.csv",
            "hosts": "hosts.csv",
        },
        "children": {
            "under3_share": {2025: 1 / 3},
            "under3_source": "drawn",
            "take_up": {"0-12": 0.0, "12-24": 0.5, "24-36": 0.5},
            "take_up_source": "drawn",
        },
        "walk": {"speed_kph": 3.6, "source": "drawn"},
        "class_kinds": {
            "small": {"label": "托小班", "size": 15, "bands": ("12-24",)},
            "large": {"label": "托大班", "size": 20, "bands": ("24-36",)},
            "mixed": {"label": "混合班", "size": 18, "bands": ("12-24", "24-36")},
        },
        "class_kinds_source": "drawn",
        "tiers": {
            "institution": {
                "label": "托育机构",
                "limit_minutes": 5.0,
                "class_kinds": ("small", "large", "mixed"),
                "counts_in": (
                    "per_thousand",
                    "inclusive_share",
                    "township_coverage",
                    "population_coverage",
                ),
            },
            "kindergarten": {
                "label": "幼儿园托班",
                "limit_minutes": 5.0,
                "class_kinds": ("large",),
                "counts_in": ("per_thousand", "inclusive_share"),
            },
        },
        "hosts": {"house": {"label": "用房"}},
        "targets": ({"id": "T", **target("per_thousand", required=0.001)},),
        "solver": {"gap": 0.0, "threads": 1},
    }
    return Scenario.model_validate({**values, **changes})


def target(kind: str, **fields) -> dict:
    """Return a target of the drawn towns, hard unless said otherwise."""
    return {"id": kind, "kind": kind, "year": 2025, "hard": True, "clause": "drawn", **fields}


@dataclass
class Town:
    """A drawn town and what stands in it.

    ``people`` maps letters to residents, ``facilities`` and ``hosts`` letters to the columns
    that differ from the usual (see :meth:`_site`), ``medical`` letters to those of medical
    institutions. Each vertical ``border`` (in characters) divides townships, each of
    ``community_borders`` communities. ``areas`` maps letters to ``people`` and
    ``hand_over_year`` of new residential areas, squares of one character around the letter,
    whose people come on top. ``groups`` maps left_behind and hardship to letters and children.
    """

    picture: str
    people: dict[str, float]
    hosts: dict[str, dict] = field(default_factory=dict)
    facilities: dict[str, dict] = field(default_factory=dict)
    borders: tuple[float, ...] = ()
    asked: Scenario = field(default_factory=scenario)
    community_borders: tuple[float, ...] | None = None
    areas: dict[str, dict] = field(default_factory=dict)
    medical: dict[str, dict] = field(default_factory=dict)
    groups: dict[str, dict[str, float]] = field(default_factory=dict)

    @property
    def at(self) -> dict[str, np.ndarray]:
        """Letter -> coordinates."""
        rows = self.picture.strip("\n").splitlines()
        return {
            mark: origin + metre * np.array([x, -y])
            for y, row in enumerate(rows)
            for x, mark in enumerate(row)
            if mark.isalpha()
        }

    def lines(self) -> list[shapely.LineString]:
        rows = self.picture.strip("\n").splitlines()
        width = max(map(len, rows))
        grid = [row.ljust(width) for row in rows]
        found = []
        for y, row in enumerate(grid):
            found += self._along([(x, y, mark) for x, mark in enumerate(row)], "-")
        for x in range(width):
            found += self._along([(x, y, grid[y][x]) for y in range(len(grid))], "|")
        return found

    @staticmethod
    def _along(marks: list[tuple[int, int, str]], street: str) -> list[shapely.LineString]:
        found, last = [], None
        for x, y, mark in marks:
            if mark.isalpha():
                here = origin + metre * np.array([x, -y])
                if last is not None:
                    found.append(shapely.LineString([last, here]))
                last = here
            elif mark != street:
                last = None
        return found

    def network(self) -> Network:
        lines = np.array(self.lines(), dtype=object)
        return build_network(lines, np.full(len(lines), "residential"), crs, self.asked)

    def _strips(self, borders: tuple[float, ...]) -> list[shapely.Polygon]:
        """Return the strips of the town between vertical borders."""
        rows = self.picture.strip("\n").splitlines()
        edges = [-1, *borders, max(map(len, rows)) + 1]
        bottom, top = origin[1] - metre * (len(rows) + 1), origin[1] + metre
        return [
            shapely.box(origin[0] + metre * west, bottom, origin[0] + metre * east, top)
            for west, east in zip(edges, edges[1:], strict=False)
        ]

    def townships(self) -> gpd.GeoDataFrame:
        boxes = self._strips(self.borders)
        codes = [f"Z{i}" for i in range(len(boxes))]
        return gpd.GeoDataFrame(
            {
                "township_code": codes,
                "township": codes,
                "district_code": "D",
                "district": "D",
                "area_type": "urban",
            },
            geometry=boxes,
            crs=crs,
        )

    def communities(self) -> gpd.GeoDataFrame | None:
        if self.community_borders is None:
            return None
        boxes = self._strips(self.community_borders)
        middle = np.array([(box.centroid.x, box.centroid.y) for box in boxes])
        township = zone_of(middle[:, 0], middle[:, 1], self.townships())
        codes = [f"C{i}" for i in range(len(boxes))]
        columns = {"community_code": codes, "community": codes}
        columns["township_code"] = [f"Z{i}" for i in township]
        return gpd.GeoDataFrame(columns, geometry=boxes, crs=crs)

    def new_areas(self) -> gpd.GeoDataFrame | None:
        if not self.areas:
            return None
        rows = [{"area_id": a, "name": a, **area} for a, area in sorted(self.areas.items())]
        half = metre / 2
        boxes = [
            shapely.box(x - half, y - half, x + half, y + half)
            for x, y in (self.at[row["area_id"][0]] for row in rows)
        ]
        return gpd.GeoDataFrame(rows, geometry=boxes, crs=crs)

    def cells(self, townships: gpd.GeoDataFrame) -> pd.DataFrame:
        areas = {f"area-{letter}": area for letter, area in sorted(self.areas.items())}
        xy = np.array(
            [self.at[letter] for letter in self.people]
            + [self.at[name.removeprefix("area-")[0]] for name in areas]
        ).reshape(-1, 2)
        cells = pd.DataFrame({"cell_id": [*self.people, *areas], "x": xy[:, 0], "y": xy[:, 1]})
        cells["zone"] = zone_of(xy[:, 0], xy[:, 1], townships)
        cells["community"] = self._within(self.communities(), cells)
        for year in sorted({self.asked.base_year, *self.asked.years}):
            of_areas = [a["people"] if year >= a["hand_over_year"] else 0 for a in areas.values()]
            residents = np.array([*self.people.values(), *of_areas], dtype=float)
            cells[f"residents_{year}"] = residents
            cells[f"under3_{year}"] = residents * self.asked.children.under3_share[year]
            for group, by_letter in self.groups.items():
                children = [float(by_letter.get(cell, 0)) for cell in cells["cell_id"]]
                cells[f"{group}_{year}"] = children
        return cells

    def inputs(self) -> Inputs:
        townships, communities, areas = self.townships(), self.communities(), self.new_areas()
        cells = self.cells(townships)
        for column in [name for name in cells if name.startswith("residents_")]:
            townships[column] = np.bincount(
                cells["zone"], weights=cells[column], minlength=len(townships)
            )
        rows = [self._site(a, "existing", s) for a, s in self.facilities.items()]
        rows += [self._site(a, "candidate", s) for a, s in self.hosts.items()]
        sites = pd.DataFrame(rows).sort_values("site_id").reset_index(drop=True)
        sites["zone"] = zone_of(sites["x"].to_numpy(), sites["y"].to_numpy(), townships)
        sites["community"] = self._within(communities, sites)
        sites["area"] = self._within(areas, sites)
        can_close = sites["tier"].map({name: t.can_close for name, t in self.asked.tiers.items()})
        inside = (sites["zone"] != no_zone) & (sites["status"] == "existing")
        sites["may_close"] = sites["may_close"].astype(bool) & can_close & inside
        medical = self._medical(townships) if self.medical else None
        return Inputs(
            crs, townships, communities, cells, sites, (), {}, areas=areas, medical=medical
        )

    @staticmethod
    def _within(zones: gpd.GeoDataFrame | None, points: pd.DataFrame) -> np.ndarray:
        if zones is None:
            return np.full(len(points), no_zone)
        return zone_of(points["x"].to_numpy(), points["y"].to_numpy(), zones)

    def _medical(self, townships: gpd.GeoDataFrame) -> pd.DataFrame:
        usual = {
            "address": "",
            "lon": 0.0,
            "lat": 0.0,
            "township_code": "",
            "kind": "community_health_centre",
            "level": np.nan,
            "referral_level": np.nan,
            "public": None,
            "health_system": None,
            "child_health_staff": 1.0,
            "staff_children": np.nan,
        }
        medical = pd.DataFrame(
            {
                "medical_id": name,
                "name": name,
                **usual,
                "x": self.at[name[0]][0],
                "y": self.at[name[0]][1],
                **columns,
            }
            for name, columns in sorted(self.medical.items())
        )
        medical["zone"] = self._within(townships, medical)
        return medical

    def _site(self, name: str, status: str, columns: dict) -> dict:
        x, y = self.at[name[0]]
        tier = self.asked.tiers[columns.get("tier", "institution")]
        site = {
            "site_id": f"{status[0]}{name}",
            "name": name,
            "status": status,
            "tier": "institution",
            "host": "house",
            "inclusive": True,
            "action": "expand" if status == "existing" else "open",
            "lon": 0.0,
            "lat": 0.0,
            **{classes_column(kind): 0 for kind in self.asked.class_kinds},
            **{enrolled_column(band): 0 for band in self.asked.bands},
            "max_classes": 1 if tier.class_kinds else 0,
            "most_places": np.inf,
            "staff_children": 0,
            "opens_to_residents": True,
            "safety": None,
            "decision": "free",
            "from_year": np.nan,
            "exclusive_group": "",
            "joint_with": "",
            "may_close": True,
            "fixed_cost_cny": 10_000.0 if status == "candidate" else 0.0,
            "place_cost_cny": 1_000.0,
            "running_cost_cny": 0.0,
            "subsidy_cny": 0.0,
            "close_cost_cny": 0.0,
            "x": x,
            "y": y,
        }
        return {**site, **columns}

    def reach(self) -> Reach:
        return measure_reach(self.asked, self.network(), self.inputs())
