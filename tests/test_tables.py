"""CSV files and workbooks: headers, types, what is accepted and counted, where problems stand."""

import datetime as dt
import zipfile

import openpyxl
import pandas as pd
import pytest

from drawn_town import scenario
from siting import spreadsheet
from siting.errors import DataError
from siting.inputs import dictionary
from siting.inputs.columns import Column
from siting.inputs.files import sha256_of
from siting.inputs.header import plain_header
from siting.inputs.tables import read_table
from siting.named_file import split_part

hosts = dictionary.hosts(scenario())
header = [
    "载体编号*",
    "载体名称",
    "经度 (度)",
    "纬度（度）",
    "服务层级",
    "载体类型",
    "普惠",
    "措施",
    "最多班数\n（班）",
    "固定投资（元）",
    "每托位投资",
    "职工子女",
]
row = ["h1", "一号", 114.3, 30.6, "托育机构", "用房", "是", "新建", 3, 10000, 500.5, 4]


def save(path, rows, sheet="载体", more=()):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for cells in rows:
        book.active.append(cells)
    for name in more:
        book.create_sheet(name)
    book.save(path)
    return path


def changed(column, value):
    cells = list(row)
    cells[[plain_header(title) for title in header].index(column)] = value
    return cells


def problems(path, table=hosts):
    with pytest.raises(DataError) as caught:
        read_table(path, table)
    return [str(problem) for problem in caught.value.problems]


def only(path, table=hosts):
    (problem,) = problems(path, table)
    return problem


def test_headers_and_words_may_be_chinese(tmp_path):
    read = read_table(save(tmp_path / "h.xlsx", [header, row]), hosts)
    found = read.frame.iloc[0]
    assert found[["site_id", "tier", "host", "action"]].tolist() == [
        "h1",
        "institution",
        "house",
        "open",
    ]
    assert found["inclusive"]
    assert found["max_classes"] == 3
    assert found["decision"] == "free"
    assert read.frame["safety"].tolist() == [None]
    assert pd.isna(found["area_m2"])
    assert read.notes == ()


def test_the_same_table_from_csv_and_excel(tmp_path):
    rows = [header, row, ["h2", *row[1:]]]
    from_excel = read_table(save(tmp_path / "h.xlsx", rows), hosts).frame
    pd.DataFrame(rows[:0:-1], columns=header).to_csv(
        tmp_path / "h.csv", index=False, encoding="gb18030"
    )
    pd.testing.assert_frame_equal(read_table(tmp_path / "h.csv", hosts).frame, from_excel)


def test_titles_blank_rows_and_blank_columns_are_passed_over(tmp_path):
    rows = [["2027年候选载体表"], [], [None, *header], [None, *row], [], [None, "h2", *row[1:]]]
    read = read_table(save(tmp_path / "h.xlsx", rows), hosts)
    assert read.frame["site_id"].tolist() == ["h1", "h2"]
    assert read.places.rows.tolist() == [4, 6]
    text = "\n".join(",".join("" if c is None else str(c) for c in cells) for cells in rows)
    (tmp_path / "h.csv").write_text(text.replace("班数\n", "班数"), encoding="utf-8")
    assert read_table(tmp_path / "h.csv", hosts).places.rows.tolist() == [4, 6]


def test_example_rows_are_passed_over_and_counted(tmp_path):
    rows = [header, ["示例-1", *row[1:]], row]
    read = read_table(save(tmp_path / "h.xlsx", rows), hosts)
    assert read.frame["site_id"].tolist() == ["h1"]
    assert read.examples == 1


def test_hidden_rows_are_read_and_told(tmp_path):
    path = save(tmp_path / "h.xlsx", [header, row, ["h2", *row[1:]], ["h3", *row[1:]]])
    book = openpyxl.load_workbook(path)
    for number in (1, 3, 4, 9):  # the header, two hosts, and a row with nothing in it
        book.active.row_dimensions[number].hidden = True
    book.save(path)
    read = read_table(path, hosts)
    assert read.frame["site_id"].tolist() == ["h1", "h2", "h3"]
    (told,) = read.notes
    assert told.zh == f"{path}, sheet 载体：2行被隐藏（第3、4行），照常读入"


@pytest.mark.parametrize("column", ["载体编号", "载体名称"])
@pytest.mark.parametrize("called", ["合计", " 总 计", "小计", "Total"])
def test_a_total_with_a_position_is_refused(tmp_path, column, called):
    path = save(tmp_path / "h.xlsx", [header, ["h2", *row[1:]], changed(column, called)])
    assert f"{path}, sheet 载体, row 3" in only(path)
    assert "the row is called a total" in only(path)


def test_a_name_that_holds_the_word_is_no_total(tmp_path):
    path = save(tmp_path / "h.xlsx", [header, changed("载体名称", "合计路幼儿园")])
    assert len(read_table(path, hosts).frame) == 1


@pytest.mark.parametrize("unseen", ["\u200b", "\u200d", "\ufeff", "\u2060", "\u200e"])
def test_ids_that_differ_by_what_nobody_sees_are_refused(tmp_path, unseen):
    rows = [header, row, [f"h{unseen}1", *row[1:]], ["h2", *row[1:]]]
    told = only(save(tmp_path / "h.xlsx", rows))
    assert "rows 2, 3" in told
    assert "the same site_id stands more than once but for characters without width" in told


def test_place_of_a_problem_in_a_sheet(tmp_path):
    path = save(tmp_path / "study.xlsx", [["标题"], header, row, changed("最多班数", 1.5)])
    assert only(path).startswith(
        f"{path}, sheet 载体, row 4, column I (最多班数\\n（班）): a whole number from 0"
    )


def test_place_of_a_problem_in_a_csv_file(tmp_path):
    pd.DataFrame([row, changed("普惠", "也许")], columns=header).to_csv(
        tmp_path / "h.csv", index=False
    )
    assert "h.csv, row 3, column 普惠: yes or no (是, 否) expected, found '也许'" in only(
        tmp_path / "h.csv"
    )


@pytest.mark.parametrize(
    ("written", "number"),
    [("12,000", 12000), ("１２０００", 12000), ("1,200,000.5", 1200000.5), (" 12 ", 12)],
)
def test_numbers_written_as_text(tmp_path, written, number):
    read = read_table(save(tmp_path / "h.xlsx", [header, changed("固定投资", written)]), hosts)
    assert read.frame["fixed_cost_cny"].item() == number
    assert len(read.notes) == (written != " 12 ")


@pytest.mark.parametrize("written", ["12,00", "1.2万", "约300", "12%", "1，2，3"])
def test_numbers_that_could_mean_something_else(tmp_path, written):
    path = save(tmp_path / "h.xlsx", [header, changed("固定投资", written)])
    place = "row 2, column J (固定投资（元）)"
    assert f"{place}: a number of at least 0 (CNY) expected, found '{written}'" in only(path)


def test_a_date_where_a_number_is_expected(tmp_path):
    path = save(tmp_path / "h.xlsx", [header, changed("最多班数", dt.datetime(2026, 3, 1))])
    assert "row 2, column I" in only(path)
    assert "the cell is a date" in only(path)
    assert "set the format of the column" in only(path)


def test_cells_that_show_an_error(tmp_path):
    path = save(tmp_path / "h.xlsx", [header, changed("固定投资", "#REF!")])
    assert "row 2, column J (固定投资（元）): the cell shows #REF! — mend its formula" in only(path)


def test_formulas_that_were_never_computed(tmp_path):
    path = save(tmp_path / "h.xlsx", [header, row, changed("最多班数", "=1+1")])
    assert "row 3, column I" in only(path)
    assert "the formula was never computed — open the workbook in Excel or WPS" in only(path)


def test_merged_cells(tmp_path):
    path = save(tmp_path / "h.xlsx", [header, row, ["h2", *row[1:]], ["h3", *row[1:]]])
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("E2:E4")
    book.save(path)
    assert "rows 3, 4, column E (服务层级): the cells E2:E4 are merged — split them" in only(path)


def test_merged_titles_do_no_harm(tmp_path):
    path = save(tmp_path / "h.xlsx", [["标题"], header, row])
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("A1:L1")
    book.save(path)
    assert len(read_table(path, hosts).frame) == 1


@pytest.mark.parametrize("second", ["max_classes", "最多班数 (个)"])
def test_two_columns_of_one_meaning(tmp_path, second):
    path = save(tmp_path / "h.xlsx", [[*header, second], [*row, 5]])
    assert "header: 2 columns are 'max_classes': I (最多班数\\n（班）), M" in only(path)
    assert "keep one of them" in only(path)


def test_a_missing_column_is_named_both_ways(tmp_path):
    cells = [value for title, value in zip(header, row, strict=True) if title != "措施"]
    path = save(tmp_path / "h.xlsx", [[title for title in header if title != "措施"], cells])
    assert "header: the column 'action' (措施) is missing" in only(path)


def test_a_misspelt_chinese_header(tmp_path):
    path = save(tmp_path / "h.xlsx", [[*header[:-1], "职工子女数"], row])
    assert "the column '职工子女数' is not known; is it 'staff_children' (职工子女)?" in only(path)


def test_a_csv_row_with_a_stray_comma(tmp_path):
    (tmp_path / "r.csv").write_text(
        "year,residents,township_code\n2025,1,200,Z1\n", encoding="utf-8"
    )
    assert "r.csv, row 2: there are more values than the 3 columns" in only(
        tmp_path / "r.csv", dictionary.residents
    )


def test_a_csv_quotation_that_never_ends(tmp_path):
    text = 'year,residents,township_code\n2025,10,"Z1\n2025,20,Z2\n'
    (tmp_path / "r.csv").write_text(text, encoding="utf-8")
    assert "r.csv, line 3: is not CSV: unexpected end of data — close the quotation mark" in only(
        tmp_path / "r.csv", dictionary.residents
    )


@pytest.mark.parametrize("rows", [[], [[]], [[" ", None]]])
def test_a_sheet_without_anything(tmp_path, rows):
    assert "h.xlsx, sheet 载体: is empty — give it a header" in only(
        save(tmp_path / "h.xlsx", rows)
    )
    (tmp_path / "h.csv").write_text("\n".join("," * len(row) for row in rows), encoding="utf-8")
    assert "h.csv: is empty" in only(tmp_path / "h.csv")


def test_an_empty_sheet_of_hosts_is_no_hosts(tmp_path):
    read = read_table(save(tmp_path / "h.xlsx", [header]), hosts)
    assert read.frame.empty
    assert set(read.frame) == {column.name for column in hosts.columns}
    assert "has no rows" in only(
        save(tmp_path / "c.xlsx", [["cell_id", "lon", "lat", "residents"]]), dictionary.cells
    )


def test_which_sheet(tmp_path):
    path = save(tmp_path / "study.xlsx", [header, row], more=("参数",))
    assert len(read_table(tmp_path / "study.xlsx#载体", hosts).frame) == 1
    assert (
        "has 2 sheets, and the scenario names none of them — name one, such as study.xlsx#载体"
        in (only(path))
    )
    assert "has no sheet '载体表'; is it '载体'? — it has 载体, 参数" in only(
        tmp_path / "study.xlsx#载体表"
    )
    assert split_part(tmp_path / "a#b.csv") == (tmp_path / "a#b.csv", None)
    assert sha256_of(tmp_path / "study.xlsx#载体") == sha256_of(path)


def test_files_that_are_no_workbooks(tmp_path):
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    assert "workbooks of the kind .xls are not read — open it in Excel or WPS" in only(
        tmp_path / "old.xls"
    )
    (tmp_path / "text.xlsx").write_text("a,b", encoding="utf-8")
    assert "text.xlsx: is no Excel workbook" in only(tmp_path / "text.xlsx")
    assert "without a password" in only(tmp_path / "text.xlsx")


def test_broken_workbooks(tmp_path):
    whole = save(tmp_path / "h.xlsx", [header, row]).read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(whole[: len(whole) // 2])
    assert "cut.xlsx: is no Excel workbook" in only(tmp_path / "cut.xlsx")
    with zipfile.ZipFile(tmp_path / "h.xlsx") as source:
        parts = {name: source.read(name) for name in source.namelist()}
    essential = ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml")
    for name in essential:
        with zipfile.ZipFile(tmp_path / "broken.xlsx", "w") as target:
            for other, content in parts.items():
                target.writestr(other, b"<broken" if other == name else content)
        assert "broken.xlsx: cannot be read as a workbook" in only(tmp_path / "broken.xlsx")


def test_entities_that_multiply_are_not_followed(tmp_path):
    path = save(tmp_path / "h.xlsx", [header, row])
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "ha">{laughs}]>'.encode()
    for name, mark in (
        ("xl/worksheets/sheet1.xml", b"<sheetData>"),
        ("xl/workbook.xml", b"<sheets>"),
    ):
        with zipfile.ZipFile(tmp_path / "laughs.xlsx", "w") as target:
            for other, content in parts.items():
                hostile = head + content.split(b"?>", 1)[-1].replace(mark, b"&l9;" + mark)
                target.writestr(other, hostile if other == name else content)
        assert f"{name} declares a document type or entities" in only(tmp_path / "laughs.xlsx")


def test_a_zip_bomb(tmp_path, monkeypatch):
    monkeypatch.setattr(spreadsheet, "most_bytes", 1_000_000)
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)
    assert (tmp_path / "bomb.xlsx").stat().st_size < 10_000
    assert "bomb.xlsx: holds 2 MB once unpacked, more than 1" in only(tmp_path / "bomb.xlsx")


def test_a_sheet_with_a_cell_in_its_last_corner(tmp_path, monkeypatch):
    path = save(tmp_path / "h.xlsx", [header, row])
    book = openpyxl.load_workbook(path)
    book.active["XFD1048576"] = " "
    book.save(path)
    assert len(read_table(path, hosts).frame) == 1
    monkeypatch.setattr(spreadsheet, "most_cells", 10_000)
    assert "sheet 载体: has more than 10,000 cells" in only(path)


def test_garbled_text_is_refused(tmp_path):
    mojibake = "江岸街道幼儿园".encode("gb18030").decode("latin-1")
    double = "江岸街道".encode().decode("latin-1")
    for bad in (
        mojibake,
        double,
        "江岸\ufffd园",
        "锟斤拷锟斤拷",
        "江岸街道".encode().decode("gb18030"),
    ):
        path = save(tmp_path / "h.xlsx", [header, changed("载体名称", bad)])
        assert "row 2, column B (载体名称): the text is garbled" in only(path)
        assert "export the file again as UTF-8" in only(path)


def test_names_of_other_languages_are_no_mojibake(tmp_path):
    rows = [
        ["h" + str(i), name, *row[2:]] for i, name in enumerate(["Þjóðleikhús", "Crèche", "Æð"])
    ]
    assert len(read_table(save(tmp_path / "h.xlsx", [header, *rows]), hosts).frame) == 3


def test_labels_are_headers():
    for table in dictionary.tables_of(scenario()).values():
        names = [column.name for column in table.columns]
        labels = [column.label for column in table.columns]
        assert len({*names, *labels}) == 2 * len(names)
        assert len(table.label) <= 31
        for text in (*names, *labels):
            assert plain_header(f" {text}*（人）\n") == text
        for column in table.columns:
            assert isinstance(column, Column)
            assert len(set(column.choices.values())) == len(column.choices)
