"""A filled workbook is a scenario, and every problem names its sheet, row and column."""

import contextlib
import datetime as dt
import re
import zipfile

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import filled_workbook
import siting
import small_study
import yaml_text
from filled_workbook import edited, set_rows, town, value_cell
from siting import spreadsheet
from siting.cli import main
from siting.errors import in_order
from siting.scenario import blocks, keys, loading, parameters, sheets, workbook
from siting.scenario.hints import hint_in_english, in_english
from siting.template import write_study


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return filled_workbook.write(tmp_path_factory.mktemp("town"))


@pytest.fixture
def path(study, tmp_path):
    copy = tmp_path / "study.xlsx"
    copy.write_bytes(study.read_bytes())
    return copy


def problems(path):
    with pytest.raises(siting.InputError) as caught:
        siting.load(path)
    return [str(problem).replace(f"{path}, ", "") for problem in caught.value.problems]


def test_a_filled_workbook_is_the_scenario(study):
    left_out = {"inputs", "class_kinds_source"}
    found = siting.load(study).model_dump(exclude=left_out)
    assert found == town.asked.model_dump(exclude=left_out)


def test_sheets_with_rows_are_the_tables(study):
    files = siting.load(study).inputs
    assert files.residents == "study.xlsx#常住人口"
    assert files.facilities == "study.xlsx#机构"
    assert (files.seats, files.medical, files.tracked) == (None, None, None)


def test_tables_of_the_workbook_are_those_of_the_csv_files(study, tmp_path):
    small_study.write(tmp_path)
    (tmp_path / "town.yaml").write_text(yaml_text.of(town.asked), encoding="utf-8")
    of_files = siting.read_inputs(siting.load(tmp_path / "town.yaml"))
    of_workbook = siting.read_inputs(siting.load(study))
    pd.testing.assert_frame_equal(of_workbook.cells, of_files.cells)
    found, asked = (i.sites.dropna(axis="columns", how="all") for i in (of_workbook, of_files))
    pd.testing.assert_frame_equal(found, asked)
    assert len(found) == 4
    assert list(found["inclusive"]) == [True, False, True, True]


def test_a_wrong_table_points_to_sheet_row_and_column(study, tmp_path):
    for file in study.parent.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    with edited(tmp_path / "study.xlsx") as book:
        book["载体"]["D4"] = 541
    with pytest.raises(siting.DataError) as caught:
        siting.read_inputs(siting.load(tmp_path / "study.xlsx"))
    (problem,) = caught.value.problems
    assert "sheet 载体, row 4, " in problem.place
    assert "column D" in problem.place


def test_a_wrong_value_points_to_its_cell(path):
    with edited(path) as book:
        value_cell(book, "walk.speed_kph").value = "快"
        value_cell(book, "base_year").value = 2024.5
        book["目标"]["D4"] = 95
        book["目标"]["B3"] = "托位"
        book["班型"]["C5"] = 50
    found = "\n".join(problems(path))
    assert "sheet 参数, row 34, column B: walk.speed_kph: a number is needed" in found
    assert "sheet 参数, row 5, column B: base_year: a whole number is needed" in found
    assert "sheet 目标, row 4, column D: targets.1.required: " in found
    assert (
        "sheet 目标, row 3, column B: 指标 (targets.0.kind): '托位' is none of 每千人口托位数、"
        in found
    )
    assert "at least 1 item" not in found
    assert "sheet 班型, row 5, column C: class_kinds.mixed.size" in found


def test_problems_stand_by_sheet_row_and_column(path):
    with edited(path) as book:
        book["载体"]["A2"] = None
        book["班型"]["C5"] = 50
        book["班型"]["C4"] = "多"
        book["目标"]["D4"] = 95
        book["目标"]["B3"] = "托位"
        value_cell(book, "walk.speed_kph").value = "快"
        value_cell(book, "base_year").value = 2024.5
    found = [
        re.match(r"sheet (\w+)(?:, row (\d+))?", problem).groups() for problem in problems(path)
    ]
    assert found == [
        ("参数", "5"),
        ("参数", "34"),
        ("目标", "3"),
        ("目标", "4"),
        ("班型", "4"),
        ("班型", "5"),
    ]


def test_problems_of_tables_stand_by_row_and_letters_of_the_column():
    sheet = "a.xlsx, sheet 机构"
    places = [
        f"{sheet}, row 4, column AB (类型)",
        f"{sheet}, row 12",
        "b.csv, row 3",
        f"{sheet}, row 4, column D (经度) and column E (纬度)",
        sheet,
        "b.csv, row 2, column lon",
        "a.yaml:12:5",
    ]
    ordered = in_order(siting.Problem(place, "what", "remedy") for place in places)
    assert [problem.place for problem in ordered] == [places[i] for i in (4, 3, 0, 1, 5, 2, 6)]


def test_what_contradicts_itself_points_to_its_cell(path):
    with edited(path) as book:
        book["服务层级"]["F3"] = "托小班、托中班"
        book["目标"]["C4"] = 2030
    found = problems(path)
    assert len(found) == 2
    assert found[1].startswith(
        "sheet 服务层级, row 3, column F: 可开班型 (tiers.institution.class_kinds.1): "
        "'托中班' is none of 托小班、托大班、混合班 — choose"
    )
    assert "sheet 目标, row 4, column C: targets.1.year: due in 2030" in found[0]


def test_unknown_keys_sheets_and_headers_name_the_nearest(path):
    with edited(path) as book:
        book["参数"]["F34"] = "walk.sped_kph"
        book["目标"].title = "目标值"
        book["班型"]["C2"] = "每班托位子"
        book.create_sheet("备注 会议")["A1"] = "own notes"
        book.create_sheet("Sheet1")
    found = problems(path)
    assert [text.split(" — ")[0] for text in found] == [
        "sheet 参数, row 34, column F: the key 'walk.sped_kph' is not known; is it "
        "'walk.speed_kph'?",
        "sheet 目标值: the sheet is not known; is it '目标'?",
        "sheet 班型, row 2, column C: the header '每班托位子' is not known; is it '每班托位'?",
    ]


def test_what_cannot_be_read_and_what_is_wrong_are_told_together(path):
    with edited(path) as book:
        book["班型"]["C2"] = "每班托位子"
        book["参数"]["F34"] = "walk.sped_kph"
        book["入托意愿"]["A4"] = dt.datetime(2025, 6, 12)
        value_cell(book, "base_year").value = "去年"
        value_cell(book, "crs").value = None
        book["目标"]["D4"] = 95
        book["目标"]["E3"] = "必须"
    found = problems(path)
    assert [text.split(": ")[0] for text in found] == [
        *("sheet 参数, row 5, column B", "sheet 参数, row 7, column B"),
        *("sheet 参数, row 34, column F", "sheet 目标, row 3, column E"),
        *("sheet 目标, row 4, column D", "sheet 入托意愿, row 4, column A"),
        "sheet 班型, row 2, column C",
    ]
    assert "性质 (targets.0.hard): '必须' is none of 约束、预期 — choose" in "".join(found)


@pytest.mark.parametrize(
    ("cell", "word", "offered"),
    [
        (("服务层级", "E4"), "回程", "'回程' is none of 去程、返程"),
        (("服务层级", "G3"), "步行", "是 or 否 expected"),
        (("目标", "B3"), "每千人", "'每千人' is none of 每千人口托位数、普惠托位占比、"),
    ],
)
def test_a_wrong_word_is_answered_with_the_words_of_the_list(path, cell, word, offered):
    with edited(path) as book:
        book[cell[0]][cell[1]] = word
    (found,) = problems(path)
    assert f"column {cell[1][0]}: " in found
    assert offered in found


def test_what_is_asked_for_is_told_in_one_language(tmp_path, capsys):
    write_study(tmp_path)
    assert main(["check", str(tmp_path / "study.xlsx"), "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert "研究名称 (name) is not filled in — the title printed on the results" in told
    assert "a row for the base year and each planned year" in told or "no share" in told
    remedies = [line.split(" — ")[1] for line in told.splitlines()[1:]]
    assert not [text for text in remedies if re.search("[一-鿿]{5,}", text)]
    assert main(["check", str(tmp_path / "study.xlsx")]) == 2
    told = capsys.readouterr().err
    assert "研究名称（name）未填写。印在成果上的标题" in told


def test_every_hint_that_may_be_asked_for_has_its_english():
    told = [
        *(p.hint for section in parameters.sections.values() for p in section if p.needed),
        *(c.hint for block in blocks.blocks for c in block.columns if c.needed),
        *(name.hint for block in blocks.blocks for name in block.names),
    ]
    assert [hint for hint in told if hint and not hint_in_english(hint)] == []
    known = {hint for block in blocks.blocks for hint in (block.hint, *hints_of(block))}
    known |= {p.hint for section in parameters.sections.values() for p in section}
    assert set(in_english) <= known


def hints_of(block):
    return (each.hint for each in (*block.names, *block.columns))


def test_a_key_or_a_row_that_stands_twice(path):
    with edited(path) as book:
        book["参数"].append(("步行", 4.5, None, None, None, "walk.speed_kph"))
        book["载体类型"].append(("house", "again"))
        book["参数"].append(("机构表", "other.csv", None, None, None, "inputs.facilities"))
    found = problems(path)
    assert len(found) == 3
    assert "'walk.speed_kph' stands twice, first at sheet 参数, row 34, column B" in found[0]
    assert "sheet 机构: 'inputs.facilities' stands twice" in found[1]
    assert "row 4: 'house' stands twice, first in sheet 载体类型, row 3" in found[2]


def test_a_value_and_what_lies_inside_it(path):
    with edited(path) as book:
        for key, value in (("children.take_up", 0.2), ("years.0", 2025), ("walk.source", "a")):
            book["参数"].append((None, value, None, None, None, key))
    found = "\n".join(problems(path))
    assert "sheet 入托意愿, row 3, column B: 'children.take_up.0-12' stands twice" in found
    assert "sheet 参数, row 97, column B: 'years.0' stands twice" in found
    assert "'walk.source' stands twice" in found


def test_rows_that_lack_their_name_or_everything_else(path):
    with edited(path) as book:
        book["班型"].append((None, "小小班", 5))
        book["服务层级"].append(("station",))
        book["载体类型"].append(("幼儿园", "幼儿园"))
        book["参数"].append(("无键", 7))
    found = [text.split(" — ")[0] for text in problems(path)]
    assert found == [
        "sheet 参数, row 96, column B: the row has a value and no key",
        "sheet 班型, row 6, column A: the column '代码' is empty",
        "sheet 服务层级, row 5, column A: the row of 'station' is empty",
        "sheet 载体类型, row 4, column A: '幼儿园' cannot be the 代码 of a row",
    ]


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (dt.datetime(2026, 12, 24), "is a date"),
        ("=1/0", "the formula was never computed"),
    ],
)
def test_cells_that_cannot_be_believed(path, value, what):
    with edited(path) as book:
        book["班型"]["D3"] = value
    assert [what in text and "sheet 班型, row 3, column D" in text for text in problems(path)] == [
        True
    ]


def test_an_error_shown_by_a_cell(path):
    with edited(path) as book:
        cell = value_cell(book, "walk.speed_kph")
        cell.value, cell.data_type = "#DIV/0!", "e"
    assert "row 34, column B: the cell shows #DIV/0!" in problems(path)[0]


def test_a_trend_of_the_years_is_chosen_by_its_chinese_name(path):
    with edited(path) as book:
        sheet = book["年度"]
        (header,) = [c for row in sheet.iter_rows() for c in row if c.value == "低出生趋势系数"]
        last = max(c.row for c in sheet["A"] if isinstance(c.value, int))
        sheet.cell(last, header.column).value = 0.9
        value_cell(book, "children.trend").value = "低"
    children = siting.load(path).children
    assert list(children.trends) == ["低"]
    assert children.trend_factor(*children.trends["低"]) == 0.9


def test_any_key_of_a_scenario_can_be_set_in_a_row(path):
    rows = {
        "walk.speed_by_highway_kph.steps": 2,
        "children.trends.steep.2025": "0.9",
        "children.trend": "steep",
        "osm_places.0.tags.amenity": "kindergarten、childcare",
        "osm_places.0.facility.tier": "托育机构",
        "osm_places.0.facility.host": "house",
        "osm_places.0.facility.inclusive": "否",
        "osm_places.0.facility.classes.large": 2.0,
        "osm_places.0.facility.max_classes": 3,
        "osm_places.0.facility.expand_cost_cny": "12,000",
        "osm_places.0.facility.source": "假设",
        "host_rules.0.id": "S4",
        "host_rules.0.table": "medical",
        "host_rules.0.where.0.column": "staff_children",
        "host_rules.0.where.0.above": 30,
        "host_rules.0.clause": "S4",
        "host_rules.0.made_host.tier": "institution",
        "host_rules.0.made_host.host": "house",
        "host_rules.0.made_host.inclusive": True,
        "host_rules.0.made_host.action": "改建",
        "host_rules.0.made_host.max_classes": 2,
        "host_rules.0.made_host.fixed_cost_cny": 1e5,
        "host_rules.0.made_host.place_cost_cny": 1e4,
        "host_rules.0.made_host.source": "假设",
        "objectives": "shortfall，cost",
    }
    with edited(path) as book:
        value_cell(book, "children.trend").value = None
        for key, value in rows.items():
            if key == "children.trend":
                value_cell(book, key).value = value
            else:
                book["参数"].append((None, value, None, None, None, key))
    asked = siting.load(path)
    assert asked.walk.speed_by_highway_kph == {"steps": 2}
    assert asked.children.trends == {"steep": {2025: 0.9}}
    assert asked.osm_places[0].tags == {"amenity": ("kindergarten", "childcare")}
    assert asked.osm_places[0].facility.classes == {"large": 2}
    assert asked.osm_places[0].facility.tier == "institution"
    assert asked.host_rules[0].made_host.action == "convert"
    assert asked.objectives == ("shortfall", "cost")


def test_a_source_stands_with_its_value_or_among_the_sources(path):
    with edited(path) as book:
        book["参数"]["D34"] = "现场实测"
        value_cell(book, "sources.1").value = "统计公报；2024年"
        value_cell(book, "solver.gap").value = "2%"
        value_cell(book, "solver.gap").offset(column=2).value = "会议"
        set_rows(book["年度"], [("2025", "30%", "公报"), (2027, 0.3, "公报"), (2028, 0.2, "推算")])
    asked = siting.load(path)
    assert asked.walk.source == "现场实测"
    assert asked.sources == ("统计公报；2024年", "允许的最优性差距：会议")
    assert asked.solver.gap == 0.02
    assert asked.children.under3_share == {2025: 0.3, 2027: 0.3, 2028: 0.2}
    assert asked.children.under3_source == "公报；推算"


@pytest.mark.parametrize(
    ("key", "written", "value"),
    [
        ("years", 2027.0, (2027,)),
        ("base_year", " ２０２５ ", 2025),
        ("base_year", "2025年", "2025年"),
        ("walk.speed_kph", True, True),
        ("walk.speed_kph", "３．６", 3.6),
        ("solver.gap", "1.5 ％", 0.015),
        ("candidate_grid.made_host.fixed_cost_cny", "1,250,000", 1250000),
        ("candidate_grid.made_host.fixed_cost_cny", "1,25", "1,25"),
        ("illustrative", "是", True),
        ("illustrative", "FALSE", False),
        ("illustrative", "也许", "也许"),
        ("targets.0.kind", "乡镇（街道）覆盖率", "township_coverage"),
        ("targets.0.id", 3.0, "3"),
        ("targets.0.sentence", "（二）到2027年，", "（二）到2027年，"),
        ("inputs.coordinates", "gcj02", "gcj02"),
        ("inputs.coordinates", "GCJ-02（高德、腾讯）", "gcj02"),
        ("class_kinds.small.bands", "12–18；18～24", ("12-18", "18-24")),
        ("tiers.x.mode", "步行", "walk"),
    ],
)
def test_values_as_people_write_them(key, written, value):
    found = keys.value_at(keys.path_of(key), written, {})
    assert found == value
    assert type(found) is type(value)


def test_files_that_are_no_workbooks(tmp_path, monkeypatch):
    path = tmp_path / "study.xlsx"
    assert "there is no such file" in problems(path)[0]
    path.write_bytes(b"\xd0\xcf\x11\xe0 an old .xls")
    assert "is no Excel workbook" in problems(path)[0]
    old = path.rename(tmp_path / "study.xls")
    assert "save it again as .xlsx" in problems(old)[0]
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
    assert "cannot be read" in problems(path)[0]
    path.unlink()
    write_study(tmp_path)
    path.write_bytes(path.read_bytes()[:3000])
    assert "is no Excel workbook" in problems(path)[0]
    path.unlink()
    pd.DataFrame({"a": [1]}).to_excel(path, index=False)
    assert "has no sheet '参数'" in problems(path)[0]
    monkeypatch.setattr(spreadsheet, "most_bytes", 1000)
    assert "once unpacked, more than" in problems(path)[0]


def test_check_names_the_cell(path, capsys):
    with edited(path) as book:
        value_cell(book, "walk.speed_kph").value = 36
    assert main(["check", str(path)]) == 2
    assert "工作表“参数” 第34行 B列：walk.speed_kph" in capsys.readouterr().err


def test_check_and_run_take_a_filled_workbook(study, tmp_path, capsys):
    assert main(["check", str(study)]) == 0
    assert main(["run", str(study), "--out", str(tmp_path / "out")]) == 0
    assert "已证明最优" in capsys.readouterr().out


def test_a_planner_needs_no_cells(study, tmp_path, capsys):
    for file in study.parent.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    with edited(tmp_path / "study.xlsx") as book:
        kind = value_cell(book, "population.kind")
        kind.value, kind.offset(column=2).value = "沿居住道路", "假设"
        book["需求单元"].delete_rows(4, 100)
    assert main(["check", str(tmp_path / "study.xlsx")]) == 0
    assert "没有问题" in capsys.readouterr().out


@st.composite
def spoilt(draw, rows):
    """Put anything into a few cells of the sheets that are the scenario."""
    anything = st.one_of(
        st.text(max_size=8),
        st.floats(),
        st.integers(),
        st.booleans(),
        st.sampled_from(
            ["walk", "walk.source", "targets.0.id", "0-6", "是", "years", "示例", "a.b"]
        ),
    )
    changed = {name: [dict(row.values) for row in sheet] for name, sheet in rows.items()}
    for _ in range(draw(st.integers(1, 4))):
        sheet = changed[draw(st.sampled_from(sorted(changed)))]
        row = sheet[draw(st.integers(0, len(sheet) - 1))]
        row[draw(st.integers(1, 9))] = draw(anything)
    return {
        name: tuple(sheets.Row(f"{name}, row {i}", row) for i, row in enumerate(sheet, 1) if row)
        for name, sheet in changed.items()
    }


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_stands_in_a_cell_is_read_or_refused(study, data):
    ours = {"参数", *(block.label for block in blocks.blocks)}
    rows = {name: sheet for name, sheet in sheets.read_rows(study, ours)[0].items() if name in ours}
    found = data.draw(spoilt(rows))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "read_workbook", lambda path: workbook.read_answers(found, path))
        with contextlib.suppress(siting.ScenarioError):
            siting.load(study)
