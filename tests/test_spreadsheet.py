"""Workbooks as rows of cells: values, spoilt cells, how far is read, and what others make of it."""

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import filled_workbook
from filled_workbook import edited
from siting.errors import DataError, OutputError, ScenarioError
from siting.inputs import dictionary
from siting.inputs.tables import read_table
from siting.scenario import load
from siting.spreadsheet import Merged, Spoilt, column_letters, opened


@pytest.fixture
def study(tmp_path):
    return filled_workbook.write(tmp_path)


@pytest.fixture
def path(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    sheet["B2"], sheet["C2"], sheet["D2"] = "甲", 2.5, "#REF!"
    sheet["B4"], sheet["C4"] = "=1+1", True
    sheet["B5"], sheet["D5"], sheet["D6"] = "合并", 1, 2
    sheet.merge_cells("B5:C6")
    book.create_sheet("藏").sheet_state = "hidden"
    book.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


def test_cells_as_they_stand(path):
    with opened(path, DataError) as book:
        assert book.titles == {"表": True, "藏": False}
        assert book.place("表") == f"{path}, sheet 表"
        rows = book.rows("表")
    assert rows[1][:3] == [None, "甲", 2.5]
    assert rows[1][3] == Spoilt("the cell shows #REF!", "mend its formula, or enter the value")
    assert rows[3][1].what == "the formula was never computed"
    assert rows[3][2] is True
    assert rows[4][1] == "合并"
    hidden = {(row, column) for row, column in ((4, 2), (5, 1), (5, 2))}
    merged = {
        (r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if type(cell) is Merged
    }
    assert merged == hidden
    assert rows[4][2].what == "the cells B5:C6 are merged"


def test_no_further_than_asked(path):
    with opened(path, DataError) as book:
        assert len(book.rows("表", 1)) == 2
        assert [cell for cell in book.rows("表", 2)[3] if cell] == [
            Spoilt(
                "the formula was never computed",
                "open the workbook in Excel or WPS and save it, or enter the value",
            ),
            True,
        ]


@pytest.mark.parametrize("refusal", [ScenarioError, DataError, OutputError])
def test_whoever_opens_it_chooses_the_error_and_the_name(tmp_path, refusal):
    def problem(path):
        with pytest.raises(refusal) as caught, opened(path, refusal, "study.xlsx") as book:
            book.rows("表")
        return str(caught.value)

    path = tmp_path / "x.xlsx"
    assert problem(path).startswith("study.xlsx: there is no such file")
    assert problem(tmp_path).startswith("study.xlsx: is a folder, not a file")
    path.write_bytes(b"PK and nothing more")
    assert problem(path).startswith("study.xlsx: is no Excel workbook")


@given(st.integers(1, 16_384))
def test_letters_of_columns(column):
    assert column_letters(column) == openpyxl.utils.get_column_letter(column)


def test_a_sheet_is_known_with_a_blank_behind_its_name(study):
    with edited(study) as book:
        book["载体"].title = "载体 "
    asked = load(study)
    assert asked.inputs.hosts == "study.xlsx#载体"
    assert len(read_table(asked.path(asked.inputs.hosts), dictionary.hosts(asked)).frame) == 3


def test_a_table_of_formulas_that_were_never_computed_is_not_left_out(study):
    with edited(study) as book:
        book["医疗机构"].append([f"=A{i}" for i in range(1, 5)])
    asked = load(study)
    assert asked.inputs.medical == "study.xlsx#医疗机构"
    with pytest.raises(DataError, match=r"row 4, .* the formula was never computed"):
        read_table(asked.path(asked.inputs.medical), dictionary.medical)


def test_merged_titles_are_no_rows(study):
    with edited(study) as book:
        book["医疗机构"].merge_cells("A1:F1")
        book["医疗机构"].insert_rows(1)
        book["医疗机构"].merge_cells("A1:F1")
    assert load(study).inputs.medical is None
