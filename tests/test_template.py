"""The folder of a new study: made from the data dictionary, complete, and honest when untouched."""

import re
import warnings
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from pyproj import CRS

import siting
from siting.cli import main
from siting.inputs import dictionary
from siting.inputs.tables import check_table
from siting.scenario import Scenario, keys, parameters
from siting.scenario import workbook as workbook_file
from siting.scenario.blocks import blocks
from siting.scenario.parameters import sections, table_sheets
from siting.scenario.projections import projections
from siting.scenario.sheets import header_word
from siting.template import examples, workbook, write_study

all_parameters = [
    *(p for section in sections.values() for p in section),
    *(column for block in blocks for column in block.columns),
]
only_as_rows = (
    "population.highways",
    "cycle.excluded_highways",
    "drive.excluded_highways",
    "drive.speed_by_highway_kph",
    "objectives",
    "osm_places",
    "host_rules",
    "policy.changes",
    "inputs",
)
"""Keys without a place of their own in the template: an analyst adds a row for them."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("new") / "study"
    write_study(folder)
    return folder


@pytest.fixture(scope="module")
def book(folder):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(folder / "study.xlsx")


def problems(path):
    with pytest.raises(siting.ScenarioError) as caught:
        siting.load(path)
    return [str(problem).replace(str(path), "").lstrip(", ") for problem in caught.value.problems]


def leaves(model=Scenario, path=()):
    """Give every key below which a scenario has plain values or rows."""
    for name, info in model.model_fields.items():
        inner = keys.nodes_at((*path, name))
        own = [node for node in inner if "properties" in node]
        if own:
            names = {child for node in own for child in node["properties"]}
            yield from (".".join((*path, name, child)) for child in sorted(names))
        else:
            yield ".".join((*path, name))
        assert info.annotation is not None


@pytest.mark.parametrize("parameter", all_parameters, ids=lambda p: p.key + p.member)
def test_every_parameter_is_a_key_of_the_scenario(parameter):
    path = keys.any_path_of(parameter.key)
    assert keys.nodes_at(path) != ()
    assert parameter.source_key == "" or keys.types_at(keys.path_of(parameter.source_key))
    if parameter.member:
        assert parameter.member in keys.choices_at((*path, 0))
    assert all(choice in keys.choice_words for choice in keys.choices_at(path))


def test_every_key_of_the_scenario_has_its_place_in_the_template():
    placed = {re.sub(r"\.\{\}.*|\.\d$", "", p.key) for p in all_parameters}
    placed |= {p.source_key for p in all_parameters}
    placed |= {f"inputs.{name}" for name in table_sheets} | set(only_as_rows)
    absent = [
        key
        for key in leaves()
        if not any(p == key or p.startswith(f"{key}.") for p in placed)
        and not key.startswith(tuple(f"{known}." for known in placed - {"inputs"}))
    ]
    assert absent == []
    assert all(keys.nodes_at(keys.path_of(key)) for key in only_as_rows)


def test_tables_are_those_of_the_dictionary(book):
    tables = dictionary.tables_of(workbook.standard_scenario())
    layers = {"townships", "communities"}
    assert {name: table.label for name, table in tables.items() if name not in layers} == (
        table_sheets
    )
    for name, label in table_sheets.items():
        headers = [header_word(cell.value) for cell in book[label][2]]
        assert headers == [header_word(column.label) for column in tables[name].columns]
        needed = [str(cell.value).endswith("*") for cell in book[label][2]]
        assert needed == [column.required for column in tables[name].columns]
        assert all(cell.comment is not None for cell in book[label][2])


def test_every_sheet_is_in_the_workbook_once(book):
    expected = {parameters.parameter_sheet, *table_sheets.values(), *(b.label for b in blocks)}
    assert sorted(book.sheetnames[1:-1]) == sorted(expected)
    assert (book.sheetnames[0], book.sheetnames[-1]) == ("说明", "备注 投影坐标系")
    assert workbook_file.own_sheet.match(book.sheetnames[-1])


def test_the_cell_of_the_coordinate_system_offers_the_zones_of_china(book):
    row = next(row for row in book["参数"].iter_rows(min_row=2) if row[5].value == "crs")
    rule = next(
        rule
        for rule in book["参数"].data_validations.dataValidation
        if row[1].coordinate in rule.sqref
    )
    assert rule.formula1 == "'备注 投影坐标系'!$A$3:$A$34"
    assert not rule.showErrorMessage
    offered = [cells[0].value for cells in book["备注 投影坐标系"]["A3:A34"]]
    assert "EPSG:4547（CGCS2000 3度带，中央经线114°E）" in offered
    assert "EPSG:32650（UTM 50N，中央经线117°E）" in offered
    assert offered == list(projections)
    for text in offered:
        code = keys.value_at(("crs",), text, projections)
        crs = CRS.from_user_input(code)
        (meridian,) = (
            step.value for step in crs.coordinate_operation.params if step.name.startswith("Long")
        )
        assert text.startswith(code)
        assert f"中央经线{meridian:g}°E" in text
        system = "3-degree Gauss-Kruger CM" if "CGCS2000" in text else f"UTM zone {text[15:18]}"
        assert system in crs.name
    assert keys.value_at(("crs",), "EPSG:3347", projections) == "EPSG:3347"


def test_every_unit_of_the_dictionary_has_a_word():
    tables = dictionary.tables_of(workbook.standard_scenario()).values()
    units = {column.unit for table in tables for column in table.columns if column.unit}
    assert units <= set(examples.units)


@pytest.mark.parametrize("name", sorted(table_sheets))
def test_the_example_would_be_a_good_row(book, name):
    table = dictionary.tables_of(workbook.standard_scenario())[name]
    cells = [[cell.value for cell in book[table.label][row]] for row in (2, 3)]
    first = next(i for i, value in enumerate(cells[1]) if value is not None)
    assert str(cells[1][first]).startswith("示例")
    cells[1][first] = cells[1][first].removeprefix("示例")
    frame = pd.DataFrame([cells[1]], columns=[c.name for c in table.columns], dtype=object)
    checked = check_table(frame, table, name, first_row=3)
    assert len(checked) == 1
    known = {column.name for column in table.columns}
    assert set(examples.rows[name]) <= known


def validations(sheet):
    return {
        str(rule.sqref).split(":")[0].rstrip("0123456789"): rule
        for rule in sheet.data_validations.dataValidation
    }


def test_cells_offer_what_they_take(book):
    facilities = validations(book["机构"])
    by_header = {header_word(cell.value): cell.column_letter for cell in book["机构"][2]}
    assert facilities[by_header["普惠"]].formula1 == '"是,否"'
    assert facilities[by_header["服务层级"]].formula1 == "'服务层级'!$B$3:$B$60"
    assert facilities[by_header["载体类型"]].formula1 == "'载体类型'!$B$3:$B$60"
    assert facilities[by_header["备案状态"]].formula1 == '"已备案,未备案"'
    latitude = facilities[by_header["纬度"]]
    assert (latitude.type, latitude.formula1, latitude.formula2) == ("decimal", "-90", "90")
    targets = validations(book["目标"])
    assert targets["B"].formula1.startswith('"每千人口托位数,普惠托位占比,')
    assert targets["E"].formula1 == '"约束,预期"'
    assert (targets["F"].formula1, targets["F"].formula2) == ("1", "9")
    assert book["服务层级"]["B3"].value == "托育机构"


def test_a_default_is_told_only_where_every_kind_has_it(book):
    comments = {
        header_word(cell.value): cell.comment.text for cell in book["目标"][2] if cell.comment
    }
    assert comments["优先级"].endswith("；不填为 1")
    assert comments["达到范围"].endswith("；不填为 整个范围")
    assert comments["要求"].endswith("“签约机构占比”不填为100%")
    assert "；不填为 " not in comments["最少"]


def test_what_most_leave_empty_stands_behind_the_rest(book):
    for block in blocks:
        rare = [column.is_rare for column in block.columns]
        assert rare == sorted(rare)
        looks = [cell.fill.start_color.rgb for cell in book[block.label][2]][len(block.names) :]
        assert {look for look, is_rare in zip(looks, rare, strict=True) if is_rare} <= {"FFEDEDED"}
    labels = [row[0].value for row in book["参数"].iter_rows(min_row=2) if row[5].value is None]
    assert [label.endswith("（可不填）") for label in labels[-3:]] == [True] * 3


def test_sheets_can_be_worked_in(book):
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes is not None
        assert sheet.page_setup.orientation == "landscape"
        first = 1 if sheet.title == "参数" else 2
        for cell in sheet[first]:
            assert 8 < sheet.column_dimensions[cell.column_letter].width < 48
    codes = book["常住人口"].column_dimensions["A"]
    assert codes.number_format == "@"
    assert book["班型"]["D3"].number_format == "@"
    assert book["入托意愿"]["A4"].value == "6-12"


def test_the_same_template_twice_is_the_same_bytes(folder, tmp_path):
    write_study(tmp_path)
    for file in folder.iterdir():
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()


def test_standard_class_sizes_are_those_of_the_standard():
    sizes = {k: v["size"] for k, v in workbook.standard_values()["class_kinds"].items()}
    assert sizes == {"infant": 10, "small": 15, "large": 20, "mixed": 18}


def test_an_untouched_workbook_says_once_what_is_missing(folder):
    found = [text.split(" — ")[0] for text in problems(folder / "study.xlsx")]
    assert found == [
        "sheet 参数, row 3, column B: 研究名称 (name) is not filled in",
        "sheet 参数, row 5, column B: 现状年 (base_year) is not filled in",
        "sheet 参数, row 6, column B: 规划年 (years) is not filled in",
        "sheet 参数, row 7, column B: 投影坐标系 (crs) is not filled in",
        "sheet 参数, row 13, column B: 道路 (inputs.streets) is not filled in",
        "sheet 参数, row 14, column B: inputs.townships: name either townships or seats",
        "sheet 目标: 目标 (targets) is not filled in",
        "sheet 年度: children.under3_share: no share of under-3s",
        "sheet 年度, column C: 来源 (children.under3_source) is not filled in",
        "sheet 入托意愿: 入托意愿 (children.take_up) is not filled in",
        "sheet 入托意愿, column C: 来源 (children.take_up_source) is not filled in",
        "sheet 常住人口: 常住人口 (inputs.residents) is not filled in",
        "sheet 机构: inputs.facilities: name facilities or hosts",
    ]


def test_an_untouched_scenario_says_once_what_is_missing(folder):
    found = [text.split(": ")[1] for text in problems(folder / "study.yaml")]
    assert found == [
        *("name", "crs", "base_year", "years", "inputs.streets"),
        *("children.under3_source", "children.take_up", "children.take_up_source", "targets"),
        *("inputs.townships", "children.under3_share"),
    ]


def test_the_scenario_says_what_the_workbook_says(folder):
    from siting.scenario.yaml_file import read_yaml

    file = read_yaml(folder / "study.yaml")
    standard = workbook.standard_values()
    tables = {key: file.values["inputs"].pop(key) for key in ("residents", "facilities", "hosts")}
    assert tables == {key: f"study.xlsx#{table_sheets[key]}" for key in tables}
    unfilled = (None, (), {})
    children = {k: v for k, v in file.values["children"].items() if v not in unfilled}
    inputs = {k: v for k, v in file.values["inputs"].items() if v not in unfilled}
    written = {k: v for k, v in file.values.items() if v not in unfilled}
    assert {**written, "children": children, "inputs": inputs} == {
        **standard,
        "walk": {**standard["walk"], "source": written["walk"]["source"]},
    }
    plain = [re.sub(r"\s", "", v["walk"]["source"]) for v in (written, standard)]
    assert plain[0] == plain[1]


def test_every_parameter_stands_in_the_scenario(folder):
    text = (folder / "study.yaml").read_text(encoding="utf-8")
    parts = {part for p in all_parameters for part in p.key.split(".") if not part.isdigit()}
    parts |= {f"{name}: study.xlsx#{sheet}" for name, sheet in table_sheets.items()}
    absent = [p for p in parts - {"{}"} if not re.search(rf"(?<![\w]){re.escape(p)}", text)]
    assert absent == []


def test_the_scenario_of_the_template_passes_once_filled_in(folder, tmp_path):
    text = (folder / "study.yaml").read_text(encoding="utf-8")
    for old, new in (
        ("name:  ", "name: 试  "),
        ("crs:  ", "crs: EPSG:4547  "),
        ("base_year:  ", "base_year: 2025  "),
        ("years: []", "years: [2027]"),
        ("streets:  ", "streets: s.osm.pbf  "),
        ("# townships:", "townships:"),
        ("under3_share: {}", "under3_share: {2025: 0.02, 2027: 0.019}"),
        ("under3_source:  ", "under3_source: 假设  "),
        ("take_up:  ", "take_up: {0-6: 0, 6-12: 0.1, 12-18: 0.1, 18-24: 0.2, 24-36: 0.3}  "),
        ("take_up_source:  ", "take_up_source: 假设  "),
        ("targets: []", "targets:"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    head, rest = text.split("targets:", maxsplit=1)
    target, _, optional = rest.partition("\n\n")
    optional = optional[optional.index("# candidate_grid") :]
    target, optional = (
        re.sub(r"^# ?", "", part, flags=re.MULTILINE) for part in (target, optional)
    )
    text = f"{head}targets:{target}\n{optional}"
    path = tmp_path / "study.yaml"
    path.write_text(text, encoding="utf-8")
    asked = siting.load(path)
    assert asked.targets[0].required == 5.55
    assert asked.osm_places[0].made_host.tier == "kindergarten"
    assert asked.candidate_grid.spacing_m == 500
    assert asked.guidance.within_minutes == 30
    assert asked.host_limits.highest_storey == 3
    assert asked.published.figures.places == 3100


def test_the_first_line_of_the_scenario_names_the_schema_beside_it(folder):
    first = (folder / "study.yaml").read_text(encoding="utf-8").splitlines()[0]
    named = folder / first.removeprefix("# yaml-language-server: $schema=")
    published = Path(siting.__file__).parents[2] / "docs" / "scenario.schema.json"
    assert named.read_bytes() == published.read_bytes()


def test_init_never_overwrites(tmp_path, capsys):
    new = tmp_path / "deep" / "study"
    assert main(["init", str(new)]) == 0
    shown = capsys.readouterr().out
    assert "已写入" in shown
    assert "siting check" in shown
    before = {file.name: file.read_bytes() for file in new.iterdir()}
    names = {"study.xlsx", "study.yaml", "README.md", "scenario.schema.json"}
    assert set(before) == names
    (new / "study.xlsx").unlink()
    assert main(["init", str(new), "--lang", "en"]) == 2
    assert "holds study.yaml, README.md, scenario.schema.json already" in capsys.readouterr().err
    assert not (new / "study.xlsx").exists()
    assert main(["init", str(new / "README.md"), "--lang", "en"]) == 2
    assert "README.md: is a file" in capsys.readouterr().err
    assert main(["init", str(tmp_path / "other"), "--lang", "en"]) == 0
    assert "next: fill in study.xlsx" in capsys.readouterr().out
    assert b"siting check study.xlsx" in before["README.md"]
