"""Codes as text, and rows that name a zone matched by code or by name."""

import numpy as np
import openpyxl
import pandas as pd
import pytest

from siting.errors import DataError
from siting.inputs import dictionary
from siting.inputs.codes import plain_codes, same_codes
from siting.inputs.header import Places
from siting.inputs.matching import match_zones, of_townships
from siting.inputs.tables import check_table, read_table

zones = pd.DataFrame(
    {
        "township_code": ["310104001", "310104002", "310105001", "310105102000"],
        "township": ["天平路街道", "新华街道", "新华街道", "华漕镇"],
        "district": ["徐汇区", "徐汇区", "长宁区", "长宁区"],
    }
)


def residents(*rows):
    return pd.DataFrame(rows, columns=["township_code", "township", "district"]).assign(year=2025)


def match(table, **keys):
    places = Places("people.csv", np.arange(2, 2 + len(table)))
    codes, notes = match_zones(table, places, zones, of_townships, **keys)
    return codes.tolist(), notes


def problems(table, **keys):
    with pytest.raises(DataError) as caught:
        match(table, **keys)
    return [str(problem) for problem in caught.value.problems]


def test_by_code():
    codes, notes = match(residents(("310105001", "", ""), ("310104001", "天平路街道", "")))
    assert codes == ["310105001", "310104001"]
    assert notes == ()


def test_nine_and_twelve_digits_are_one_township():
    codes, notes = match(residents(("310104001000", "", ""), ("310105102", "", "")))
    assert codes == ["310104001", "310105102000"]
    assert notes == ()


def test_by_name_within_the_parent():
    codes, (note,) = match(
        residents(("", "新华街道", "长宁区"), ("999", "新华 街道", "徐汇"), ("", "华漕镇", ""))
    )
    assert codes == ["310105001", "310104002", "310105102000"]
    assert "3行按名称对应到乡镇街道" in note.zh
    assert "3 rows" in note.en
    assert "differ" not in note.en


def test_endings_that_differ_are_stated():
    codes, (note,) = match(residents(("", "天平路街道办事处", ""), ("", "华漕乡", "长宁区")))
    assert codes == ["310104001", "310105102000"]
    assert "“华漕乡”即“华漕镇”、“天平路街道办事处”即“天平路街道”" in note.zh


def test_every_row_that_matches_nothing_is_listed():
    table = residents(
        ("310104009", "", ""),
        ("310104001", "", ""),
        ("", "天平街道", "徐汇区"),
        ("", "新华街道", ""),
        ("", "", ""),
        ("310104001", "华漕镇", "徐汇区"),
    )
    found = problems(table)
    assert [text.split(":")[0] for text in found] == [
        f"people.csv, row {row}, column township_code" for row in (2, 4, 5, 6, 7)
    ]
    assert "code 310104009 is no township of the study; is it" in found[0]
    assert "'天平街道' is no township of the study; is it '天平路街道' (310104001)?" in found[1]
    assert "'新华街道' may be 2 zones: 310104002, 310105001 — fill in the code" in found[2]
    assert "code and name are empty" in found[3]
    assert "the code 310104001 is '天平路街道', but the name is '华漕镇' (310105102000)" in found[4]


def test_a_code_and_the_name_of_another_zone_are_refused():
    """Of 天平路街道 the code, the name resembling that of 华漕镇, or the very name of another."""
    for name in ("华漕街道", "华漕镇"):
        (only,) = problems(residents(("310104001", name, "")))
        assert (
            f"the code 310104001 is '天平路街道', but the name is '{name}' (310105102000)" in only
        )


def test_zones_of_one_stem_are_told_apart():
    both = pd.DataFrame(
        {
            "township_code": ["1", "2"],
            "township": ["城关镇", "城关乡"],
            "district": ["甲县", "甲县"],
        }
    )
    places = Places("people.csv", np.arange(2, 3))
    with pytest.raises(DataError, match="the code 1 is '城关镇', but the name is '城关乡'"):
        match_zones(residents(("1", "城关乡", "")), places, both, of_townships)
    codes, notes = match_zones(residents(("1", "城关街道", "")), places, both, of_townships)
    assert (codes.tolist(), notes) == (["1"], ())


def test_a_code_with_a_name_that_no_zone_has_is_kept_and_told():
    codes, (note,) = match(residents(("310104001", "天平街道", ""), ("310105001", "新华", "")))
    assert codes == ["310104001", "310105001"]
    assert note.zh == (
        "people.csv：1个名称查不到，按代码对应；名称写法不同：“天平街道”即“天平路街道”"
    )
    assert "1 names are not known, and the code was taken" in note.en


def test_a_parent_that_contradicts_the_code_is_refused():
    (only,) = problems(residents(("310104001", "天平路街道", "长宁区")))
    assert "the code 310104001 is '天平路街道', but it lies in '徐汇区', not in '长宁区'" in only
    codes, notes = match(residents(("310104001", "", "上海市徐汇区"), ("310104002", "", "徐汇")))
    assert (codes, notes) == (["310104001", "310104002"], ())


def test_unknown_codes_of_known_names_are_listed():
    _, (note,) = match(residents(("999", "华漕镇", ""), ("", "天平路街道", "")))
    assert "2行按名称对应到乡镇街道（代码为空或查不到）；查不到的代码：999" in note.zh
    assert note.en.endswith("codes that are not known: 999")


def test_one_township_told_twice():
    table = residents(("310104001", "", ""), ("", "天平路街道", ""))
    assert match(table)[0] == ["310104001"] * 2
    (only,) = problems(table, once_for=("year",))
    assert "people.csv, rows 2, 3, column township_code: rows stand for the same township" in only


def test_plain_codes():
    codes = pd.Series(["310104001000", "310104000000", "310104001001", "310104", "Z1", ""])
    assert plain_codes(codes).tolist() == [
        "310104001",
        "310104",
        "310104001001",
        "310104",
        "Z1",
        "",
    ]


def test_codes_are_written_as_the_zones_write_them():
    codes = pd.Series(["310104001000", "310105102", "999", ""])
    assert same_codes(codes, zones["township_code"]).tolist() == [
        "310104001",
        "310105102000",
        "999",
        "",
    ]


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("3.10104E+11", "was turned into a number and has lost its last digits"),
        ("3.1E11", "was turned into a number and has lost its last digits"),
        ("310104001.0", "was turned into a number with a decimal point"),
        ("31010400100", "has lost digits: it has neither 6, 9 nor 12"),
    ],
)
def test_codes_that_a_spreadsheet_damaged(code, what):
    table = pd.DataFrame(
        {"township_code": ["310104001001", code], "year": "2025", "residents": "10"}
    )
    with pytest.raises(DataError) as caught:
        check_table(table, dictionary.residents, "people.csv", first_row=2)
    (only,) = [str(problem) for problem in caught.value.problems]
    assert "people.csv, row 3, column township_code: the code" in only
    assert what in only
    assert f"such as '{code}'" in only
    assert "format the column as text" in only


def test_codes_of_a_study_s_own_are_left_alone():
    table = pd.DataFrame({"township_code": ["1", "22", "Z3"], "year": 2025, "residents": 10})
    checked = check_table(table, dictionary.residents, "people.csv", first_row=2)
    assert checked["township_code"].tolist() == ["1", "22", "Z3"]


def test_codes_in_number_cells_of_a_workbook_are_exact(tmp_path):
    book = openpyxl.Workbook()
    for cells in (
        ["township_code", "year", "residents"],
        [310104001001, 2025, 1],
        [310104001002.0, 2025, 1],
    ):
        book.active.append(cells)
    book.save(tmp_path / "people.xlsx")
    frame = read_table(tmp_path / "people.xlsx", dictionary.residents).frame
    assert frame["township_code"].tolist() == ["310104001001", "310104001002"]


def test_both_forms_of_one_code_in_a_table_are_a_repetition():
    table = pd.DataFrame(
        {"township_code": ["310104001", "310104001000"], "year": 2025, "residents": 10}
    )
    with pytest.raises(DataError, match="rows 2, 3, column township_code and year"):
        check_table(table, dictionary.residents, "people.csv", first_row=2)
