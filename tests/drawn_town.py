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

from siting.inputs import Inputs
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
    that differ from the usual (see :meth:`_site`). Each vertical ``border`` (in characters)
    divides townships.
    """

    picture: str
    people: dict[str, float]
    hosts: dict[str, dict] = field(default_factory=dict)
    facilities: dict[str, dict] = field(default_factory=dict)
    borders: tuple[float, ...] = ()
    asked: Scenario = field(default_factory=scenario)

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

    def townships(self) -> gpd.GeoDataFrame:
        rows = self.picture.strip("\n").splitlines()
        edges = [-1, *self.borders, max(map(len, rows)) + 1]
        bottom, top = origin[1] - metre * (len(rows) + 1), origin[1] + metre
        boxes = [
            shapely.box(origin[0] + metre * west, bottom, origin[0] + metre * east, top)
            for west, east in zip(edges, edges[1:], strict=False)
        ]
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

    def inputs(self) -> Inputs:
        townships = self.townships()
        xy = np.array([self.at[letter] for letter in self.people]).reshape(-1, 2)
        cells = pd.DataFrame({"cell_id": list(self.people), "x": xy[:, 0], "y": xy[:, 1]})
        cells["zone"] = zone_of(xy[:, 0], xy[:, 1], townships)
        residents = np.array(list(self.people.values()), dtype=float)
        for year, share in self.asked.children.under3_share.items():
            cells[f"residents_{year}"] = residents
            cells[f"under3_{year}"] = residents * share
            townships[f"residents_{year}"] = np.bincount(
                cells["zone"], weights=residents, minlength=len(townships)
            )
        rows = [self._site(a, "existing", s) for a, s in self.facilities.items()]
        rows += [self._site(a, "candidate", s) for a, s in self.hosts.items()]
        sites = pd.DataFrame(rows).sort_values("site_id").reset_index(drop=True)
        sites["zone"] = zone_of(sites["x"].to_numpy(), sites["y"].to_numpy(), townships)
        return Inputs(crs, townships, None, cells, sites, (), {})

    def _site(self, name: str, status: str, columns: dict) -> dict:
        x, y = self.at[name[0]]
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
            "max_classes": 1,
            "safety": None,
            "decision": "free",
            "from_year": np.nan,
            "exclusive_group": "",
            "fixed_cost_cny": 10_000.0 if status == "candidate" else 0.0,
            "place_cost_cny": 1_000.0,
            "x": x,
            "y": y,
        }
        return {**site, **columns}

    def reach(self) -> Reach:
        return measure_reach(self.asked, self.network(), self.inputs())
