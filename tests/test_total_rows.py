"""Residents as census tables have them: other headers, and rows that are totals of the others."""

import numpy as np
import pandas as pd
import pytest

from drawn_zones import communities, townships
from siting.errors import DataError
from siting.inputs.header import Places, Rows
from siting.inputs.residents import check_residents, match_residents, people_table

census = {"乡镇街道": ["甲", "乙", "丙"], "总人口_2020": [800, 400, 100]}


def told(columns, of=communities):
    """Return the figures by code and the notes of a table of residents."""
    frame = pd.DataFrame(columns)
    rows = Rows(frame, Places("p.csv", np.arange(2, len(frame) + 2)))
    checked, form = check_residents(rows)
    matched, notes = match_residents(checked.frame, checked.places, form, townships, of, "全湖")
    figures = people_table(matched, form, "p.csv").figures
    return figures.set_index("code")["residents"].to_dict(), (*checked.notes, *notes)


def with_row(name, figure, **more):
    """Return the census table with a further row at its top, where totals stand."""
    table = {"乡镇街道": [name, *census["乡镇街道"]], "总人口_2020": [figure, 800, 400, 100]}
    return {**table, **more}


@pytest.mark.parametrize(
    "header", ["总人口_2020", "2020年人口数", "合计_2020", "总人口_2020 (人)", "常住人口_2020"]
)
def test_headers_of_censuses(header):
    figures, _ = told({"乡镇街道": census["乡镇街道"], header: census["总人口_2020"]})
    assert figures == {"Z0": 800, "Z1": 400, "Z2": 100}


def test_the_residents_stand_before_another_header():
    figures, (unread, _) = told({**census, "常住人口_2020": [8, 4, 1]})
    assert figures == {"Z0": 8, "Z1": 4, "Z2": 1}
    assert unread.en == "p.csv: 1 columns are not known and were left unread: 总人口_2020"


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("合计", 1300),
        ("总 计", 1300),
        ("全区", 1300),
        ("全湖", 1300),
        ("东", 1200),
        ("西合计", 100),
    ],
)
def test_a_total_is_passed_over(name, figure):
    """The districts are 东 with 甲 and 乙, 西 with 丙; the study is called 全湖."""
    figures, notes = told(with_row(name, figure))
    assert figures == {"Z0": 800, "Z1": 400, "Z2": 100}
    assert notes[-1].zh == "p.csv：1行为合计，与其余各行之和一致，未重复计入"
    assert notes[-1].en.startswith("p.csv: 1 rows are totals")


@pytest.mark.parametrize(
    ("name", "figure", "rows", "total"), [("合计", 1301, 3, "1,300"), ("东", 1300, 2, "1,200")]
)
def test_a_total_that_is_not_the_sum_is_refused(name, figure, rows, total):
    with pytest.raises(DataError) as caught:
        told(with_row(name, figure))
    (only,) = [str(problem) for problem in caught.value.problems]
    assert f"p.csv, row 2, column 总人口_2020: the total is {figure:,}" in only
    assert f"the {rows} rows that it stands for add up to {total}" in only


def test_totals_of_each_year():
    long = {
        "乡镇街道代码": ["", "Z0", "Z1", "Z2"] * 2,
        "乡镇街道": ["合计", "甲", "乙", "丙"] * 2,
        "年份": [2020] * 4 + [2025] * 4,
        "常住人口": [6, 1, 2, 3, 15, 4, 5, 6],
    }
    _, (note,) = told(long)
    assert "2 rows are totals" in note.en
    with pytest.raises(DataError, match="the total is 16, and the 3 rows"):
        told({**long, "常住人口": [6, 1, 2, 3, 16, 4, 5, 6]})


def test_a_district_row_known_by_its_code():
    figures, _ = told(with_row("", 1200, 乡镇街道代码=["D1", "Z0", "Z1", "Z2"]))
    assert figures == {"Z0": 800, "Z1": 400, "Z2": 100}


def test_totals_of_communities():
    table = {
        "社区": ["合计", "一", "二", "三", "四", ""],
        "区县": ["", "", "", "", "", "东"],
        "常住人口_2020": [15, 1, 2, 4, 8, 7],
    }
    figures, notes = told(table)
    assert figures == {"C0": 1, "C1": 2, "C2": 4, "C3": 8}
    assert "2 rows are totals" in notes[-1].en


def test_a_zone_named_as_its_district_is_no_total():
    same = townships.assign(township=["东", "乙", "丙"])
    table = pd.DataFrame({"乡镇街道": ["东", "乙", "丙"], "常住人口_2020": [1, 1, 1]})
    checked, form = check_residents(Rows(table, Places("p.csv", np.arange(2, 5))))
    matched, _ = match_residents(checked.frame, checked.places, form, same, None, "某")
    assert sorted(matched["township_code"]) == ["Z0", "Z1", "Z2"]
