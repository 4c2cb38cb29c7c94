"""A wrong scenario is told in the words of a planner, not in those of pydantic or the parser."""

import re

import pytest

import small_study
from siting.cli import main

of_libraries = re.compile(
    "Input|input should|Extra|Field required|permitted|valid (string|number|integer|dict)|String|"
    "Tuple|tag|token|block|scalar|stream|mapping|sequence|node|simple key|instance|expected|"
    "unicode|context"
)
chinese = re.compile("[一-鿿]")


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    path = small_study.write(tmp_path_factory.mktemp("plain"))
    return path, path.read_text(encoding="utf-8")


def told(path, text, capsys):
    """Return the problems of a scenario, in English and in Chinese."""
    path.write_text(text, encoding="utf-8")
    found = []
    for lang in ("en", "zh"):
        assert main(["check", str(path), "--lang", lang]) == 2
        shown = capsys.readouterr().err
        assert not of_libraries.search(shown), shown
        found.append([line.strip().removeprefix(str(path)) for line in shown.splitlines()[1:]])
    assert all(chinese.search(line) for line in found[1])
    return found


@pytest.mark.parametrize(
    ("old", "new", "en", "zh"),
    [
        (
            "base_year: 2025\n",
            "base_year: soon\n",
            ":6:1: base_year: a whole number is needed (found 'soon') — write a whole number",
            " 第6行第1列：base_year：应为整数（现为 'soon'）。请写整数。",
        ),
        (
            'crs: "EPSG:32650"',
            "crs: 32650",
            ":5:1: crs: a text is needed (found 32650) — write a text; put numbers and codes in "
            "quotes",
            " 第5行第1列：crs：应为文字（现为 32650）。请写文字，数字和代码请加引号。",
        ),
        (
            "years: [2025]",
            "years: 2025",
            ":7:1: years: a list is needed (found 2025) — write a list in brackets, such as "
            "[2026, 2028]",
            " 第7行第1列：years：应为列表（现为 2025）。请用方括号写成列表，如 [2026, 2028]。",
        ),
        (
            "required: 25.0",
            "required: many",
            "targets.0.required: a number is needed (found 'many') — write a plain number in the "
            "unit of the key",
            "targets.0.required：应为数字（现为 'many'）。请写数字，单位按键的规定。",
        ),
        (
            "required: 25.0",
            "required: -1.0",
            "targets.0.required: must be above 0.0 (found -1.0) — correct the value",
            "targets.0.required：应大于 0.0（现为 -1.0）。请更正",
        ),
        (
            "hard: true",
            "hard: certainly",
            "targets.0.hard: true or false is needed (found 'certainly') — write true or false",
            "targets.0.hard：应为 true 或 false（现为 'certainly'）。请写 true 或 false。",
        ),
        (
            'kind: "per_thousand"',
            'kind: "per_million"',
            "targets.0.kind: 'per_million' is none of 'per_thousand', ",
            "targets.0.kind：没有“per_million”，可用：'per_thousand', ",
        ),
        (
            'mode: "walk"',
            'mode: "fly"',
            "tiers.institution.mode: must be one of 'walk', 'cycle', 'drive' (found 'fly')",
            "tiers.institution.mode：应为 'walk', 'cycle', 'drive' 之一（现为 'fly'）。",
        ),
        (
            'crs: "EPSG:32650"\n',
            "",
            ":1:1: crs: the key is missing — add the key",
            " 第1行第1列：crs：缺少此项。请补上这个键。",
        ),
        (
            "base_year: 2025",
            "basis_year: 2025",
            ":6:1: basis_year: there is no such key; is it 'base_year'? — remove the key or "
            "correct its spelling",
            " 第6行第1列：basis_year：没有这个键；是否应为“base_year”？",
        ),
        (
            "hosts:\n  house:",
            "hosts: many\nextra:\n  house:",
            "hosts: keys with their values are needed (found 'many') — write the keys below it, "
            "each with its value",
            "hosts：应为键和值（现为 'many'）。请在下面逐行写出各键和它们的值。",
        ),
        (
            "sources: []",
            'sources: []\n"7 8": 1',
            ":5:1: 7 8: there is no such key — remove the key or correct its spelling",
            " 第5行第1列：7 8：没有这个键。请去掉这个键，或更正拼写。",
        ),
    ],
)
def test_a_wrong_value_is_told_with_place_and_remedy(study, capsys, old, new, en, zh):
    path, text = study
    assert old in text
    english, in_chinese = told(path, text.replace(old, new, 1), capsys)
    assert any(en in line for line in english), english
    assert any(zh in line for line in in_chinese), in_chinese


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        (
            "a:\n\tb: 1\n",
            ":2:1: not valid YAML: a tab stands where the line is indented — indent with blanks",
            " 第2行第1列：不是有效的 YAML：行首缩进用了制表符。请用空格缩进。",
        ),
        (
            "a: 1\nb: [1,\n  2\nc: 3\n",
            ":4:2: not valid YAML: a list in brackets lacks a comma or its ]; it opens in line 2 "
            "— add what is missing",
            " 第4行第2列：不是有效的 YAML：方括号中的列表缺少逗号或右方括号（始于第2行）。请补上。",
        ),
        (
            "a: {b: 1\n",
            ":2:1: not valid YAML: keys in braces lack a comma or their }; it opens in line 1 "
            "— add what is missing",
            " 第2行第1列：不是有效的 YAML：花括号中的键缺少逗号或右花括号（始于第1行）。请补上。",
        ),
        (
            "a: 1\nb: 'x\nc: 3\n",
            ":2:4: not valid YAML: the quote that opens here is not closed — close it with the "
            "same quote",
            " 第2行第4列：不是有效的 YAML：从这里开始的引号没有闭合。请用同样的引号闭合。",
        ),
        (
            "name: plan: east\n",
            ":1:11: not valid YAML: a colon cannot stand here — put a text with a colon in "
            "quotes, or mend the indent of the line",
            " 第1行第11列：不是有效的 YAML：此处不能有冒号。"
            "含冒号的文字请加引号，或修正这一行的缩进。",
        ),
        (
            "a:\n    b: 1\n  c: 2\n",
            ":3:3: not valid YAML: the line is not indented as those it goes with — begin it as "
            "far in as the other keys or items of its group",
            " 第3行第3列：不是有效的 YAML：这一行的缩进与同组各行不一致。"
            "请与同组的其他键或其他项从同一列开始。",
        ),
        (
            "a: 1\nb\nc: 2\n",
            ":2:1: not valid YAML: a key without a colon — write a colon and a blank behind it",
            " 第2行第1列：不是有效的 YAML：键后面没有冒号。请在它后面写英文冒号（:）加一个空格。",
        ),
        (
            'streets: "C:\\data\\x.pbf"\n',
            ":1:14: not valid YAML: a backslash in double quotes has a meaning of its own — write "
            "it as / or twice, or use single quotes",
            " 第1行第14列：不是有效的 YAML：双引号中的反斜杠另有含义。"
            "请改成 / 或写两遍，或改用单引号。",
        ),
        (
            "a: 1\nb: \x01\n",
            ":2: not valid YAML: the character U+0001 cannot stand in a text — remove it, or save "
            "the file as text",
            ":2：不是有效的 YAML：文字中不能有字符 U+0001。请去掉它，或将文件另存为文本。",
        ),
    ],
)
def test_a_file_that_is_no_yaml_is_told_with_line_and_remedy(study, capsys, text, en, zh):
    assert told(study[0], text, capsys) == [[en], [zh]]


@pytest.mark.parametrize(
    "text",
    [
        "a: @b\n",
        "a: `b\n",
        "a: *b\n",
        "a: &\n",
        "a: 1\n---\nb: 2\n",
        "a: !t!x y\n",
        "a: !<x\n",
        "%TAG x\n---\na: 1\n",
        "%YAML 1\n---\na: 1\n",
        "a: 1\n- b\n",
        "a: - b\n",
        "a: ]\n",
        'a: "x" y\n',
        'a: "\\u12"\n',
        "a: |x\n  b\n",
        "a: |0\n  b\n",
        "a: {b: 1 c: 2}\n",
        "a: &x 1\nb: &x 2\n",
        "a: 'x\n---\n",
        "a: 1\n... b\n",
    ],
)
def test_no_word_of_the_parser_is_shown(study, capsys, text):
    english, in_chinese = told(study[0], text, capsys)
    assert len(english) == len(in_chinese) > 0
