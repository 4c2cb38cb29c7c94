"""People at cells, worked out by hand: levels and forms of the table, children, trends."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn_zones import asked, cells, long, people_told, spread, townships
from siting.errors import DataError
from siting.scenario.population import PopulationStreets


def problems(frame, asked_for=None):
    with pytest.raises(DataError) as caught:
        spread(frame, asked_for)
    return [str(problem) for problem in caught.value.problems]


def test_a_townships_residents_are_shared_by_weight():
    found, by_township, notes = spread(long)
    assert found["residents_2025"].tolist() == pytest.approx([100, 300, 400, 200, 200, 100])
    assert found["under3_2027"].tolist() == pytest.approx([2, 6, 8, 4, 4, 2])
    assert by_township["residents_2027"].tolist() == [1600, 800, 200]
    assert "under3_0_6_2025" not in found
    assert "weight" not in found
    assert "by township" in notes[0].en
    assert "按需求单元分摊（推算）" in notes[0].zh


def test_the_form_of_a_census_is_read_and_says_the_same():
    wide = pd.DataFrame(
        {
            "乡镇街道代码": ["Z2", "Z0", "Z1"],
            "地区": ["丙", "甲", "乙"],
            "常住人口_2020": ["", "1", "2"],
            "2025年常住人口": ["100", "800", "400"],
            "residents_2027": ["200", "1600", "800"],
        }
    )
    found, by_township, _ = spread(wide)
    expected, expected_by_township, _ = spread(long)
    pd.testing.assert_frame_equal(found, expected)
    pd.testing.assert_frame_equal(by_township, expected_by_township)


def test_districts_are_spread_over_all_their_cells():
    # D1 holds Z0 and Z1 with weights 8 and 4; D0 holds Z2.
    frame = {
        "district_code": ["D1", "D0"] * 2,
        "year": [2025, 2025, 2027, 2027],
        "residents": [1200, 50, 2400, 60],
    }
    found, by_township, notes = spread(frame)
    assert found["residents_2025"].tolist() == pytest.approx([100, 300, 400, 200, 200, 50])
    assert by_township["residents_2025"].tolist() == pytest.approx([800, 400, 50])
    assert "by district" in notes[0].en
    assert "the sum of its cells (modelled)" in notes[0].en


def test_one_figure_for_the_area():
    found, by_township, notes = spread({"year": [2025, 2027], "residents": [12.5, 25]})
    assert found["residents_2027"].tolist() == pytest.approx([2, 6, 8, 4, 4, 1])
    assert by_township["residents_2025"].tolist() == pytest.approx([8, 4, 0.5])
    assert "规划范围" in notes[0].zh


def test_communities_are_exact_and_cells_outside_them_are_told():
    frame = {
        "township_code": ["Z0", "Z0", "Z1", "Z2"],
        "community_code": ["C0", "C1", "C2", "C3"],
        "community": ["一", "二", "三", "四"],
        "residents_2025": [80, 100, 30, 7],
        "residents_2027": [40, 100, 30, 7],
    }
    found, by_township, notes = spread(frame)
    assert found["cell_id"].tolist() == list("abcdf")
    assert found["residents_2025"].tolist() == pytest.approx([20, 60, 100, 30, 7])
    assert by_township["residents_2027"].tolist() == pytest.approx([140, 30, 7])
    (told,) = [note for note in notes if "社区(村)内" in note.zh]
    assert "1个需求单元（表中2人）不在任何社区(村)内，未采用；各区域人口总数不变" in told.zh
    assert "1 cells with 2 people lie outside the communities and are not used" in told.en
    metres = {"kind": "streets", "spacing_m": 50.0, "highways": ("residential",), "source": "x"}
    along = asked().model_copy(update={"population": PopulationStreets(**metres)})
    (told,) = [note for note in spread(frame, along)[2] if "社区(村)内" in note.zh]
    assert "1个需求单元不在任何社区(村)内" in told.zh
    assert "1 cells lie outside the communities" in told.en


def test_nothing_of_the_callers_is_changed():
    before = cells.copy(), long.copy(), townships.copy()
    spread(long)
    for table, copy in zip((cells, long, townships), before, strict=True):
        pd.testing.assert_frame_equal(table, copy)


def test_births_of_three_years_are_the_under_3s():
    # D: births 10, 20, 30, 40, 50 in 2023-2027; in 2025: 30 under one, 20 of one, 10 of two.
    births = pd.DataFrame(
        {"year": range(2023, 2028), "births": [10, 20, 30, 40, 50], "residents": 1000}
    )
    half = cells.assign(weight=[1.0, 1, 0, 0, 0, 0])
    found, _, notes = spread(births, asked(under3_from="births", under3_share={}), half)
    assert found["under3_2025"].tolist()[:2] == pytest.approx([30, 30])
    bands = ["under3_0_6_2025", "under3_6_24_2025", "under3_24_36_2025"]
    assert found[bands].iloc[0].tolist() == pytest.approx([7.5, 7.5 + 10, 5])
    assert found["under3_2027"].iloc[0] == pytest.approx((50 + 40 + 30) / 2)
    assert found["under3_24_36_2027"].iloc[0] == pytest.approx(15)
    assert any("births of the year and the two before" in note.en for note in notes)


def test_children_by_the_tables_own_bands():
    # The table tells 0-12 and 12-36 months; the scenario asks for 0-6, 6-24 and 24-36.
    frame = long.assign(under3_0_12=12, under3_12_36=24, under3=36)
    found, _, _ = spread(frame, asked(under3_from="table"))
    bands = ["under3_0_6_2027", "under3_6_24_2027", "under3_24_36_2027"]
    assert found.loc[5, bands].tolist() == pytest.approx([6, 6 + 12, 12])
    assert found.loc[:2, "under3_2027"].tolist() == pytest.approx([4.5, 13.5, 18])


def test_children_of_the_table_without_ages():
    found, _, _ = spread(long.assign(under3=[8, 4, 1] * 2), asked(under3_from="table"))
    assert found["under3_2025"].tolist() == pytest.approx([1, 3, 4, 2, 2, 1])
    assert "under3_0_6_2025" not in found


def test_chinese_names_of_age_columns():
    frame = long.assign(**{"0-12月龄": 12, "12-36月龄": 24})
    found, _, _ = spread(frame, asked(under3_from="table"))
    assert found.loc[5, "under3_24_36_2027"] == pytest.approx(12)


def test_a_trend_multiplies_the_years_it_names():
    low = asked(trends={"低 方案": {2027: 0.5}}, trend="低 方案")
    found, _, notes = spread(long, low)
    plain, _, _ = spread(long)
    assert found["under3_2025"].tolist() == plain["under3_2025"].tolist()
    assert found["under3_2027"].tolist() == (plain["under3_2027"] * 0.5).tolist()
    assert found["residents_2027"].tolist() == plain["residents_2027"].tolist()
    assert any("trend '低 方案': 2025 × 1, 2027 × 0.5" in note.en for note in notes)


def test_a_trend_multiplies_every_band():
    births = {"year": range(2023, 2028), "births": 12, "residents": 1000}
    low = asked(under3_from="births", under3_share={}, trends={"low": {2027: 0.5}}, trend="low")
    found, _, _ = spread(births, low)
    bands = [f"under3_{band}_2027" for band in ("0_6", "6_24", "24_36")]
    assert found[bands].sum().tolist() == pytest.approx([3, 9, 6])


@given(
    weight=st.lists(st.floats(0.1, 1e4), min_size=6, max_size=6),
    figures=st.lists(st.integers(0, 10**6), min_size=6, max_size=6).filter(
        lambda told: sum(told[:3]) and sum(told[3:])
    ),
)
def test_nobody_is_lost_and_zones_keep_their_figures(weight, figures):
    frame = long.assign(residents=figures)
    found, by_township, _ = spread(frame, at=cells.assign(weight=weight))
    sums = np.bincount(found["zone"], weights=found["residents_2025"])
    assert sums == pytest.approx(figures[:3])
    assert by_township["residents_2027"].tolist() == figures[3:]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            {"township_code": ["Z0", "Z1", "Z9"] * 2},
            "column township_code: code Z9 is no township",
        ),
        ({"township_code": ["Z0", "Z1", None] * 2}, "row 4, column township_code: code and name"),
        ({"year": [2025] * 3 + [2026] * 3}, "3 figures are missing: Z0 in 2027"),
        ({"township_code": ["Z0", "Z0", "Z1"] * 2}, "rows 2, 3, 5, 6, column township_code and"),
        ({"residents": [800, -1, 100] * 2}, "rows 3, 6, column residents: a number of at least 0"),
        ({"residents": [800, "", 100] * 2}, "2 figures are missing: Z1 in 2025, Z1 in 2027"),
        ({"residents": [0, 0, 0, 1, 1, 1]}, "nobody lives in the study area in 2025"),
        (
            {"township": ["甲", "乙", "合计"] * 2, "township_code": ""},
            "the total is 100, and the 2",
        ),
        ({"residents_2027": 5}, "some columns have a year in their name (residents_2027)"),
        ({"常住人口": 5}, "residents stands twice"),
    ],
)
def test_wrong_tables(change, expected):
    assert any(expected in text for text in problems(long.assign(**change)))


def test_a_code_column_of_another_name_is_missed():
    (only,) = problems(long.rename(columns={"township_code": "code"}))
    assert "no column says which zone a row is of" in only


@pytest.mark.parametrize(("column", "told"), [("year", "the year"), ("residents", "no column")])
def test_a_column_is_missing(column, told):
    assert told in problems(long.drop(columns=column))[0]


def test_a_zone_twice_in_the_form_of_a_census():
    frame = {"township_code": ["Z0", "Z0"], "residents_2025": [1, 1], "residents_2027": [1, 1]}
    (only,) = problems(frame)
    assert "rows 2, 3, column township_code" in only


def test_births_of_a_year_are_missing():
    births = {"year": [2024, 2025, 2026, 2027], "births": 10, "residents": 1000}
    (only,) = problems(births, asked(under3_from="births", under3_share={}))
    assert "column births: 1 figures are missing: area in 2023" in only


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        ({"under3_0_12": 1, "under3_24_36": 1}, "do not follow one another"),
        ({"under3_0_12": 1, "under3_6_36": 1}, "do not follow one another"),
        ({"under3_0_12": 10, "under3_12_36": 20, "under3": 40}, "not the sum of their age bands"),
        ({}, "column under3: 6 figures are missing"),
    ],
)
def test_wrong_ages(bands, expected):
    found = problems(long.assign(**bands), asked(under3_from="table"))
    assert any(expected in text for text in found)


def test_people_without_a_cell():
    with pytest.raises(DataError, match="1 townships have residents but no cell with people: Z2"):
        spread(long, at=cells.assign(weight=[1.0, 1, 1, 1, 1, 0]))


def test_communities_without_polygons():
    with pytest.raises(DataError, match="by community, without polygons"):
        people_told(pd.DataFrame({"community_code": ["C0"], "residents_2025": [1]}), of=None)
