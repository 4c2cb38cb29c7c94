"""Three townships and four communities side by side, the cells in them, and who lives there."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from drawn_town import crs, scenario
from siting.inputs.area_people import people_of_areas
from siting.inputs.header import Places, Rows
from siting.inputs.people import people_by_cell, residents_by_township
from siting.inputs.residents import check_residents, match_residents, people_table
from siting.inputs.zone_people import people_of_zones

townships = gpd.GeoDataFrame(
    {
        "township_code": ["Z0", "Z1", "Z2"],
        "township": ["甲", "乙", "丙"],
        "district_code": ["D1", "D1", "D0"],
        "district": ["东", "东", "西"],
    },
    geometry=[shapely.box(x, 0, x + 100, 100) for x in (0, 100, 200)],
    crs=crs,
)
communities = gpd.GeoDataFrame(
    {
        "community_code": ["C0", "C1", "C2", "C3"],
        "community": ["一", "二", "三", "四"],
        "township_code": ["Z0", "Z0", "Z1", "Z2"],
    },
    geometry=[
        shapely.box(0, 0, 100, 50),
        shapely.box(0, 50, 100, 100),
        shapely.box(100, 0, 200, 80),
        shapely.box(200, 0, 300, 100),
    ],
    crs=crs,
)
# Two cells in C0, one in C1, one in C2, one in Z1 but in no community, one in C3.
cells = pd.DataFrame(
    {
        "cell_id": list("abcdef"),
        "x": [10.0, 20, 30, 110, 120, 210],
        "y": [10.0, 20, 70, 10, 90, 10],
        "zone": [0, 0, 0, 1, 1, 2],
        "weight": [1.0, 3, 4, 2, 2, 0.5],
    }
)


def people_told(frame, of=communities):
    rows = Rows(frame, Places("residents.csv", np.arange(2, len(frame) + 2)))
    checked, form = check_residents(rows)
    told, _ = match_residents(checked.frame, checked.places, form, townships, of, "某")
    return people_table(told, form, "residents.csv")


def asked(years=(2027,), **children):
    children = {
        "under3_share": {2025: 0.02, 2027: 0.01},
        "under3_source": "drawn",
        "take_up": {"0-6": 0.0, "6-24": 0.5, "24-36": 0.5},
        "take_up_source": "drawn",
        **children,
    }
    targets = (
        {
            "id": "T",
            "kind": "per_thousand",
            "year": years[0],
            "hard": True,
            "clause": "drawn",
            "required": 1.0,
        },
    )
    kinds = {"any": {"label": "班", "size": 15, "bands": ("24-36",)}}
    tier = {
        "label": "机构",
        "limit_minutes": 5.0,
        "class_kinds": ("any",),
        "counts_in": ("per_thousand",),
    }
    return scenario(
        children=children,
        years=years,
        targets=targets,
        class_kinds=kinds,
        tiers={"institution": tier},
    )


def spread(frame, asked_for=None, at=cells, areas=None):
    """Return the cells with their people, the residents of the townships, and notes."""
    told = asked_for or asked()
    table = people_told(pd.DataFrame(frame))
    zones = people_of_zones(table, townships, communities, told, "residents.csv")
    new, of_areas = None, []
    if areas is not None:
        names = ("areas.gpkg", "residents.csv")
        new, zones, of_areas = people_of_areas(areas, zones, townships, communities, told, names)
    of_cells, notes = people_by_cell(
        at, zones, townships, communities, told, ("residents.csv", "cells.csv"), new
    )
    return of_cells, residents_by_township(of_cells, zones, townships), [*notes, *of_areas]


long = pd.DataFrame(
    {
        "township_code": ["Z0", "Z1", "Z2"] * 2,
        "year": [2025] * 3 + [2027] * 3,
        "residents": [800, 400, 100, 1600, 800, 200],
    }
)
