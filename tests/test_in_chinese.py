"""Every message that a person may be told on the command line has its Chinese."""

import re
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from english_texts import chinese, english_texts, mark, names_called, trees
from siting.cli import main
from siting.errors import PlanCheckError, Problem, ScenarioError
from siting.in_chinese import (
    checks,
    error_in_chinese,
    maps,
    meanings,
    problem_in_chinese,
    runs,
    scenario_files,
    scenario_values,
    study_data,
    tables,
)
from siting.in_chinese.catalogue import catalogue, of_slots
from siting.in_chinese.labels import labels
from siting.in_chinese.places import place_in_chinese
from siting.in_chinese.templates import slot
from siting.inputs.dictionary import tables_of
from siting.scenario import loading
from small_study import edit
from texts_of_notes import not_messages
from torture import amount

english = re.compile(r"(?<![.\w])[A-Za-z]{2,} [a-z]{2,}")
commands_in_quotes = (
    "siting init",
    "siting run",
    "siting policy ID",
    "siting place",
    "siting doctor",
)

no_messages = (
    "__init__.py",
    "arguments.py",
    "base_year.py",
    "carrying.py",
    "changed_targets.py",
    "clashes/",
    "comparison/remarks.py",
    "comparison/site_table.py",
    "comparison/trade_offs.py",
    "derived/osm_sites.py",
    "guidance.py",
    "in_chinese/",
    "indicators/",
    "inputs/unused.py",
    "model/posing.py",
    "model/target_rules.py",
    "network/kept.py",
    "network/network.py",
    "notebook.py",
    "plan/inspections.py",
    "plan/check/targets.py",
    "provisions.py",
    "reach/kept.py",
    "review/",
    "scenario/travel.py",
    "target_names.py",
    "template/cells.py",
    "template/examples.py",
    "template/guide.py",
    "template/workbook.py",
    "terminal.py",
)
"""What tells notes, draws pages or is called wrongly from Python only."""
from_python_only = ("location/",)
"""The textbook problems are not on the command line; their errors stay in English."""

parts_of_places = re.compile(r"⟦0⟧, [^:;]*|(columns?|feature)⟦?.*|scenario, ⟦1⟧|solver, ⟦1⟧")
refusing = {
    "DataError",
    "InputError",
    "NoPlanError",
    "OutputError",
    "PlanCheckError",
    "Problem",
    "PydanticCustomError",
    "ScenarioError",
    "refusal",
}


def said(text):
    """Return the Chinese of a text, as a sentence or in the slot of one."""
    for name in ("<what>", *catalogue.of_slots):
        chinese_text = catalogue.chinese_in(name, text)
        if chinese_text != text:
            return chinese_text
    return text


def is_chinese(text):
    for command in commands_in_quotes:
        text = text.replace(command, "")
    return bool(chinese.search(text)) and not english.search(mark.sub("", text))


def test_every_text_that_may_be_told_has_its_chinese():
    without = []
    for found in english_texts((*no_messages, *from_python_only)):
        if found.text in not_messages.get(found.file, ()) or parts_of_places.fullmatch(found.text):
            continue
        told = said(found.text)
        if not is_chinese(told) or set(mark.findall(told)) != set(mark.findall(found.text)):
            without.append(f"{found.file}:{found.line}: {found.text!r} -> {told!r}")
    assert not without, (
        "give these their Chinese in src/siting/in_chinese, or, if nobody is refused in these "
        "words, name them in tests/texts_of_notes.py:\n" + "\n".join(without)
    )


def test_texts_that_are_passed_over_are_there_and_refuse_nothing():
    there = {(found.file, found.text) for found in english_texts(())}
    listed = {(file, text) for file, texts in not_messages.items() for text in texts}
    assert not listed - there
    for file, tree in trees():
        if file.startswith(no_messages) and not file.startswith("in_chinese/"):
            assert not refusing & set(names_called(tree)), file


def test_each_template_keeps_its_slots_and_has_one_chinese():
    # The names of types that pydantic tells are those of the code, and help nobody.
    known = {}
    for table in tables_of_templates():
        for text, chinese_text in table.items():
            slots = slot.findall(text)
            assert set(slots) - set(slot.findall(chinese_text)) <= {"{type}"}, text
            assert set(slots) >= set(slot.findall(chinese_text)), text
            assert len(slots) == len(set(slots)), text
            assert not re.search(r"[>}][<{]", text), text
            assert known.setdefault(text, chinese_text) == chinese_text, text


def tables_of_templates():
    """Yield every table of the modules of templates, and those of single slots."""
    for module in (checks, maps, meanings, runs, scenario_files, scenario_values, study_data):
        yield from (each for name, each in vars(module).items() if is_table(name, each))
    yield from (each for name, each in vars(tables).items() if is_table(name, each))
    yield from of_slots.values()


def is_table(name, each):
    return isinstance(each, dict) and name != "of_slots" and not name.startswith("__")


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("/a b/town.yaml:12:5", "/a b/town.yaml 第12行第5列"),
        ("hosts.csv, row 3, column lon", "hosts.csv 第3行 lon（经度）列"),
        (
            "c.csv, rows 2, 3 and 1 more, column lon and lat",
            "c.csv 第2、3行等，另有1处 lon（经度）列、lat（纬度）列",
        ),
        (
            "study.xlsx, sheet 载体, row 3, column C (fixed_cost_cny)",
            "study.xlsx 工作表“载体” 第3行 C列（fixed_cost_cny，固定投资）",
        ),
        ("study.xlsx, sheet 参数, row 33, column B", "study.xlsx 工作表“参数” 第33行 B列"),
        ("t.csv, column salt and pepper", "t.csv salt and pepper列"),
        ("residents.csv, header", "residents.csv 表头"),
        ("t.geojson, features 3 and 4", "t.geojson 第3、4个要素"),
        ("hosts.csv, site_id a, b", "hosts.csv site_id（编号） a, b"),
        ("trial.json, sites[0].site_id", "trial.json 的 sites[0].site_id"),
        ("f.csv and h.xlsx", "f.csv 和 h.xlsx"),
        ("fetching 瓯海区", "下载“瓯海区”的路网"),
    ],
)
def test_places(place, told):
    assert place_in_chinese(place) == told


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("is empty", "内容为空"),
        (
            "walk.speed_kph: must be at most 15 (found 60.0)",
            "walk.speed_kph：应不大于 15（现为 60.0）",
        ),
        ("must be above 0 (found -1)", "应大于 0（现为 -1）"),
        (
            "o (2030) of ouhai.hard: true or false is needed (found 1)",
            "ouhai.hard 的目标 o（2030）：应为 true 或 false（现为 1）",
        ),
        ("the column 'x' holds this and that, and more in 2025", None),
        ("there is no target '{{7*7}} <b>' in 2025", "2025年没有目标“{{7*7}} <b>”"),
        ("2 figures are missing: a in 2025, b in 2026", "缺少2个数：a（2025年）、b（2026年）"),
        (
            "a number from -180 to 180 (degree) expected, found '1 or 2'",
            "应为-180至180的数字（度），现为 '1 or 2'",
        ),
        (
            "the plan does not pass its check: 2025, ca: closes, and may not; "
            "the plan has no stage",
            "方案没有通过独立核验：2025，ca：不可关停却关停；方案没有求解阶段",
        ),
    ],
)
def test_sentences(what, told):
    assert error_in_chinese(what) == (told or what)


def test_a_text_without_template_is_shown_as_it_is():
    assert (
        problem_in_chinese(Problem("a.csv", "is odd", "try again!"))
        == "a.csv：is odd。try again!。"
    )


def test_long_texts_take_no_time():
    what = "the column " * 20_000 + "' and ; , or (found " * 20_000
    started = time.perf_counter()
    assert what[-100:-20] in error_in_chinese(what)
    assert time.perf_counter() - started < 5


wrong_values = (None, "x y", -1e9, 1.5, {"zz": 1}, ("q",))
more_wrong_values = ("", 1e12, True, (), {}, ({},), "12-18", {2025: "a"})


def paths_in(values, path=()):
    """Yield the path of every value of a scenario; of a list only the first two."""
    yield path
    inside = values.items() if isinstance(values, dict) else enumerate(values[:2])
    for key, value in inside if isinstance(values, dict | tuple) else ():
        yield from (
            paths_in(value, (*path, key)) if isinstance(value, dict | tuple) else [(*path, key)]
        )


def with_value(values, path, value):
    if not path:
        return value
    if isinstance(values, dict):
        return {**values, path[0]: with_value(values[path[0]], path[1:], value)}
    at = path[0]
    return (*values[:at], with_value(values[at], path[1:], value), *values[at + 1 :])


def test_whatever_stands_in_a_scenario_is_refused_in_chinese(folder, monkeypatch):
    file = loading.read_yaml(folder / "town.yaml")
    texts = set()
    for path in list(paths_in(file.values))[1:]:
        for value in (*wrong_values, *amount((), more_wrong_values)):
            spoilt = replace(file, values=with_value(file.values, path, value))
            monkeypatch.setattr(loading, "read_yaml", lambda _, spoilt=spoilt: spoilt)
            try:
                loading.load(folder / "town.yaml")
            except ScenarioError as error:
                texts |= {(problem.what, problem.remedy) for problem in error.problems}
    assert len(texts) > 100
    for text in {text for pair in texts for text in pair}:
        told = re.sub(r"（现为 .*）$", "", error_in_chinese(text))
        assert is_chinese(told), (text, told)


def change(path, column, row, value):
    table = pd.read_csv(path, dtype=str)
    table.loc[row, column] = value
    table.to_csv(path, index=False)


cells_changed = (
    ("cells.csv", "residents", "-5"),
    ("cells.csv", "residents", ""),
    ("cells.csv", "lon", "31.2万"),
    ("cells.csv", "cell_id", "a"),
    ("hosts.csv", "site_id", "ea"),
    ("hosts.csv", "host", "castle"),
    ("hosts.csv", "tier", "castle"),
    ("hosts.csv", "inclusive", "maybe"),
    ("hosts.csv", "max_classes", "1.5"),
    ("hosts.csv", "max_classes", "0"),
    ("hosts.csv", "lon", "0"),
    ("facilities.csv", "enrolled_24_36", "99"),
    ("residents.csv", "township_code", "Z9"),
    ("residents.csv", "township_code", "3.10104E+11"),
    ("residents.csv", "residents", "#N/A"),
)


@pytest.mark.parametrize(("file", "column", "value"), cells_changed)
def test_tables_are_refused_in_chinese(folder, capsys, file, column, value):
    row = 0 if file == "facilities.csv" else 1
    change(folder / file, column, row, value)
    assert main(["check", str(folder / "town.yaml")]) == 2
    told = capsys.readouterr().err
    assert told.startswith("发现")
    assert file in told
    assert is_chinese(told.replace(str(folder), "")), told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name:", "name: x\nname:"),
        ("name:", "name: !!python/object:os.system "),
        ("name:", "name: &n "),
        ("crs: ", "crs: ["),
        ("crs: ", "\tcrs: "),
        ('"EPSG:32650"', '"EPSG:4326"'),
        ('"EPSG:32650"', '"EPSG:99999"'),
        ('"EPSG:32650"', '"EPSG:3857"'),
        ('kind: "per_thousand"', 'kind: "per_million"'),
        ('id: "per_thousand"', 'id: "O-1"'),
        ("cells.csv", "nowhere.csv"),
        ("cells.csv", "town.yaml"),
        ("streets.gpkg", "cells.csv"),
        ("townships.geojson", "hosts.csv"),
        ("hosts.csv", "hosts.xls"),
    ],
)
def test_scenarios_are_refused_in_chinese(folder, capsys, old, new):
    edit(folder / "town.yaml", old, new)
    assert main(["check", str(folder / "town.yaml")]) == 2
    told = capsys.readouterr().err
    assert is_chinese(told.replace(str(folder), "")), told


def test_each_command_refuses_in_the_language_asked_for(folder, capsys):
    nowhere, town = str(folder / "nowhere"), str(folder / "town.yaml")
    (folder / "file").write_text("", encoding="utf-8")
    for arguments in (
        ["check", nowhere + ".yaml"],
        ["run", town, "--out", str(folder / "file")],
        ["run", town, town, "--out", str(folder / "out")],
        ["review", nowhere],
        ["review", str(folder)],
        ["compare", nowhere],
        ["compare", nowhere, "--out", str(folder / "page.txt")],
        ["export", town, "--out", str(folder / "model.txt")],
        ["place", town, "--out", str(folder / "page.txt")],
        ["policy", "nobody"],
        ["init", str(folder / "file")],
        ["fetch", "x", "--out", str(folder / "streets.txt")],
    ):
        assert main(arguments) == 2, arguments
        told = capsys.readouterr().err
        assert "发现1个问题：\n" in told, told
        assert is_chinese(told.replace(str(folder), "")), told
        if arguments[0] in ("check", "policy", "compare"):
            assert main([*arguments, "--lang", "en"]) == 2, arguments
            told = capsys.readouterr().err
            assert "1 problem:\n" in told, told


def test_a_plan_that_fails_its_check_ends_with_a_sentence(folder, capsys, monkeypatch):
    def fails(*_):
        raise PlanCheckError("the plan does not pass its check: the plan has no stage")

    monkeypatch.setattr("siting.checking.check", fails)
    assert main(["check", str(folder / "town.yaml")]) == 1
    assert capsys.readouterr().err == (
        "没有可信的方案：方案没有通过独立核验：方案没有求解阶段\n"
        "请用 siting doctor 检验已安装的求解器\n"
    )
    assert main(["check", str(folder / "town.yaml"), "--lang", "en"]) == 1
    assert "the plan has no stage" in capsys.readouterr().err


def test_every_column_has_what_planners_call_it():
    scenario = loading.load(Path(__file__).parents[1] / "scenarios" / "wuhan.yaml")
    for table in tables_of(scenario).values():
        for column in table.columns:
            assert column.name in labels or re.search("_classes$|^enrolled_", column.name), column
            assert is_chinese(catalogue.chinese_in("<meaning>", column.meaning)), column
            if column.unit:
                assert is_chinese(catalogue.chinese_in("<unit>", column.unit)), column
