"""People of new residential areas, worked out by hand: from when, at whose expense, how many."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_town import crs
from drawn_zones import asked, cells, long, spread
from siting.errors import DataError
from siting.scenario.scenario import NewAreas


def area(x, y, people, year, name="N1"):
    """Return a new area of 10 m by 10 m around a point."""
    columns = {"area_id": [name], "name": [name], "people": [people], "hand_over_year": [year]}
    return gpd.GeoDataFrame(columns, geometry=[shapely.box(x - 5, y - 5, x + 5, y + 5)], crs=crs)


def on_top(told):
    return told.model_copy(update={"new_areas": NewAreas(people_in_residents=False)})


def problems(*spreading, **more):
    with pytest.raises(DataError) as caught:
        spread(*spreading, **more)
    return [str(problem) for problem in caught.value.problems]


# Z0 has 800 residents in 2025 and 1600 in 2027, its cells a, b and c the weights 1, 3 and 4.
in_z0 = area(50, 50, 400, 2027)


def test_the_residents_hold_the_people_of_a_new_area():
    found, by_township, notes = spread(long, areas=in_z0)
    assert found["cell_id"].tolist() == [*"abcdef", "area-N1"]
    assert found["zone"].tolist() == [0, 0, 0, 1, 1, 2, 0]
    assert found[["x", "y"]].iloc[-1].tolist() == pytest.approx([50, 50])
    assert found["residents_2025"].tolist() == pytest.approx([100, 300, 400, 200, 200, 100, 0])
    assert found["residents_2027"].tolist() == pytest.approx([150, 450, 600, 400, 400, 200, 400])
    assert found["under3_2027"].tolist() == pytest.approx([1.5, 4.5, 6, 4, 4, 2, 4])
    assert by_township["residents_2027"].tolist() == [1600, 800, 200]
    assert notes[-1].zh == (
        "areas.gpkg：1处新建居住区的规划人口（共400人）自交付年份起计入，已含在常住人口中，"
        "同区域其余单元相应减少"
    )


def test_or_they_come_on_top():
    found, by_township, notes = spread(long, on_top(asked()), areas=in_z0)
    assert found["residents_2027"].tolist() == pytest.approx([200, 600, 800, 400, 400, 200, 400])
    assert found["under3_2027"].tolist()[-1] == pytest.approx(4)
    assert by_township["residents_2025"].tolist() == [800, 400, 100]
    assert by_township["residents_2027"].tolist() == [2000, 800, 200]
    assert "在常住人口之外另加" in notes[-1].zh


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2020, [400, 400, 400]), (2025, [400, 400, 400]), (2026, [0, 400, 400]), (2028, [0, 0, 400])],
)
def test_nobody_lives_there_before_the_hand_over(year, expected):
    told = asked((2027, 2030), under3_share={2025: 0.02, 2027: 0.01, 2030: 0.01})
    later = long[long["year"] == 2027].assign(year=2030)
    found, _, _ = spread(pd.concat([long, later]), told, areas=area(50, 50, 400, year))
    years = [f"residents_{planned}" for planned in (2025, 2027, 2030)]
    assert found[years].iloc[-1].tolist() == expected
    assert found[found["zone"] == 0][years].sum().tolist() == pytest.approx([800, 1600, 1600])


def test_an_area_after_the_last_planned_year_changes_nothing():
    late = pd.concat([area(50, 50, 10**9, 2028, "N2"), in_z0], ignore_index=True)
    found, _, notes = spread(long, areas=late)
    expected, _, _ = spread(long, areas=in_z0)
    pd.testing.assert_frame_equal(found, expected)
    assert notes[-1].zh == "areas.gpkg：1处新建居住区在规划期末（2027年）之后交付，不计入方案：N2"


def test_children_that_the_table_tells_follow_the_residents():
    # A quarter of the residents of Z0 live in the new area, so a quarter of its children do.
    frame = long.assign(under3_0_12=12, under3_12_36=24)
    found, _, _ = spread(frame, asked(under3_from="table"), areas=in_z0)
    assert found["under3_2027"].tolist() == pytest.approx([3.375, 10.125, 13.5, 18, 18, 36, 9])
    bands = [f"under3_{band}_2027" for band in ("0_6", "6_24", "24_36")]
    assert found[bands].iloc[-1].tolist() == pytest.approx([1.5, 1.5 + 3, 3])
    # On top it is a fifth, and the children of the zone are still those that are told.
    found, _, _ = spread(frame, on_top(asked(under3_from="table")), areas=in_z0)
    of_z0 = found[found["zone"] == 0]["under3_2027"]
    assert of_z0.tolist() == pytest.approx([3.6, 10.8, 14.4, 7.2])


def test_children_of_rasters_are_as_many_for_each_as_in_the_zone():
    # In Z0 8 people of the raster have 4 children under one and 2 older, in Z1 none.
    at = cells.assign(children_0_12=[1.0, 1, 2, 0, 0, 0], children_12_36=[0.0, 2, 0, 0, 0, 0])
    told = asked()
    children = told.children.model_copy(update={"under3_from": "raster"})
    told = told.model_copy(update={"children": children})
    found, _, _ = spread(long, told, at=at, areas=in_z0)
    assert found["residents_2027"].tolist()[-1] == 400
    assert found["under3_2027"].tolist() == pytest.approx([150, 450, 300, 0, 0, 0, 300])
    assert found["under3_24_36_2027"].tolist() == pytest.approx([0, 150, 0, 0, 0, 0, 50])
    plain, _, _ = spread(long, told, at=at)
    assert found["under3_2027"].sum() == pytest.approx(plain["under3_2027"].sum())


def test_a_zone_whose_people_all_live_in_the_new_area_needs_no_other_cell():
    frame = long.assign(residents=[800, 400, 0, 1600, 800, 200])
    at = cells.assign(weight=[1.0, 3, 4, 2, 2, 0])
    found, _, _ = spread(frame, at=at, areas=area(250, 50, 200, 2027))
    assert found["residents_2027"].tolist()[-2:] == [0, 200]
    with pytest.raises(DataError, match="1 townships have residents but no cell with people: Z2"):
        spread(frame, at=at, areas=area(250, 50, 199, 2027))


def test_areas_take_from_the_zones_that_people_are_told_by():
    # D1 is Z0 and Z1, 2400 residents in 2027: the cells of both have 400 fewer.
    frame = {
        "district_code": ["D1", "D0"] * 2,
        "year": [2025, 2025, 2027, 2027],
        "residents": [1200, 50, 2400, 60],
    }
    found, by_township, _ = spread(frame, areas=in_z0)
    of_cells = np.array([1, 3, 4, 2, 2]) * 2000 / 12
    assert found["residents_2027"].tolist() == pytest.approx([*of_cells, 60, 400])
    assert by_township["residents_2027"].tolist() == pytest.approx(
        [of_cells[:3].sum() + 400, of_cells[3:].sum(), 60]
    )
    of_area = {"year": [2025, 2027], "residents": [12.5, 412.5]}
    found, _, _ = spread(of_area, areas=in_z0)
    assert found["residents_2027"].tolist() == pytest.approx([1, 3, 4, 2, 2, 0.5, 400])


communities = {
    "community_code": ["C0", "C1", "C2", "C3"],
    "residents_2025": [80, 100, 30, 7],
    "residents_2027": [80, 500, 30, 7],
}


def test_areas_lie_in_a_community_where_people_are_told_by_these():
    found, _, _ = spread(communities, areas=area(50, 70, 400, 2027))
    assert found["cell_id"].tolist() == [*"abcdf", "area-N1"]
    assert found["residents_2027"].tolist() == pytest.approx([20, 60, 100, 30, 7, 400])
    (only,) = problems(communities, areas=area(150, 90, 10, 2027))
    assert "areas.gpkg, area_id N1: 1 new residential areas lie outside every community" in only


def test_an_area_outside_the_study_area():
    (only,) = problems(long, areas=area(500, 50, 10, 2027))
    assert "areas.gpkg, area_id N1: 1 new residential areas lie outside the study area" in only


def test_more_people_than_residents():
    two = pd.concat([area(20, 50, 900, 2025), area(70, 50, 1, 2026, "N2")], ignore_index=True)
    (only,) = problems(long, areas=two)
    assert only.startswith(
        "residents.csv, column residents: townships have fewer residents than their new "
        "residential areas of areas.gpkg: Z0 in 2025 (800 residents, 900 in new areas) — correct"
    )
    assert "new_areas.people_in_residents" in only
    spread(long, on_top(asked()), areas=two)


def test_a_cell_that_has_the_name_of_an_area():
    at = cells.assign(cell_id=[*"abcde", "area-N1"])
    (only,) = problems(long, at=at, areas=in_z0)
    assert "cells.csv, cell_id area-N1: new residential areas become cells" in only


def test_nothing_of_the_callers_is_changed():
    before = cells.copy(), in_z0.copy()
    spread(long, areas=in_z0)
    pd.testing.assert_frame_equal(cells, before[0])
    pd.testing.assert_frame_equal(in_z0, before[1])


@settings(max_examples=20)
@given(
    residents=st.lists(st.integers(100, 10**5), min_size=6, max_size=6),
    people=st.lists(st.integers(0, 50), min_size=3, max_size=3),
    years=st.lists(st.integers(2024, 2028), min_size=3, max_size=3),
    under3=st.lists(st.integers(0, 999), min_size=6, max_size=6),
)
def test_totals_of_zones_stay_exact(residents, people, years, under3):
    areas = pd.concat(
        [
            area(x, 50, each, year, f"N{x}")
            for x, each, year in zip((40, 60, 250), people, years, strict=True)
        ],
        ignore_index=True,
    )
    frame = long.assign(residents=residents, under3=under3)
    told = asked(under3_from="table")
    for scenario_, extra in ((told, 0), (on_top(told), 1)):
        found, by_township, _ = spread(frame, scenario_, areas=areas)
        for year, at in ((2025, slice(0, 3)), (2027, slice(3, 6))):
            counted = [p * (y <= year) for p, y in zip(people, years, strict=True)]
            added = extra * np.array([counted[0] + counted[1], 0, counted[2]])
            sums = [
                np.bincount(found["zone"], found[f"{of}_{year}"]) for of in ("residents", "under3")
            ]
            assert sums[0] == pytest.approx(residents[at] + added)
            assert by_township[f"residents_{year}"].tolist() == (residents[at] + added).tolist()
            assert sums[1] == pytest.approx(under3[at])
            assert (found[[f"residents_{year}", f"under3_{year}"]] >= 0).all(axis=None)
