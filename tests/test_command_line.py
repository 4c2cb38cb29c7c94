"""What the terminal says."""

import re
import subprocess
import sys
from dataclasses import replace

import pytest

from siting.arguments import options_of, parser
from siting.cli import commands, main
from siting.command_help import command_help, word_help
from siting.errors import printable
from siting.indicators import TargetResult
from siting.scenario.targets import TierCount
from siting.terminal import required


def run(folder, *options):
    return main(["run", str(folder / "town.yaml"), "--out", str(folder / "out"), *options])


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ["每千人托位数", "已证明最优", "达到", "review.html"]),
        ("en", ["Places per", "proven optimal", "met", "review.html"]),
    ],
)
def test_summary_of_a_run(folder, capsys, lang, words):
    assert run(folder, "--lang", lang) == 0
    shown = capsys.readouterr().out
    assert all(word in shown for word in words)


def test_no_plan_is_said_plainly(folder, capsys):
    path = folder / "town.yaml"
    text = path.read_text(encoding="utf-8").replace("required: 25.0", "required: 99.0")
    path.write_text(text, encoding="utf-8")
    assert run(folder, "--lang", "en") == 3
    assert "cannot be met together (proven)" in capsys.readouterr().out


def test_several_scenarios_get_a_folder_each(folder):
    other = folder / "other.yaml"
    other.write_bytes((folder / "town.yaml").read_bytes())
    paths = [str(folder / "town.yaml"), str(other)]
    assert main(["run", *paths, "--out", str(folder / "all")]) == 0
    assert {path.name for path in (folder / "all").iterdir()} == {"town", "other"}


def test_check_names_what_was_left_out(folder, capsys):
    assert main(["check", str(folder / "town.yaml")]) == 0
    assert "没有问题" in capsys.readouterr().out
    assert main(["check", str(folder / "town.yaml"), "--lang", "en"]) == 0
    assert "no problems" in capsys.readouterr().out


def test_check_tells_targets_that_no_plan_can_meet(folder, capsys):
    path = folder / "town.yaml"
    text = path.read_text(encoding="utf-8").replace("required: 25.0", "required: 99.0")
    path.write_text(text, encoding="utf-8")
    assert main(["check", str(path), "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "a target out of reach whatever is chosen: per_thousand (2025) asks for 99" in told


def test_control_characters_do_not_reach_the_terminal(folder, capsys):
    path = folder / "town.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("drawn town", "drawn \\u001b[31m town", 1), encoding="utf-8")
    assert run(folder) == 0
    (folder / "cells.csv").write_text("cell_id\n\x1b[31m\n", encoding="utf-8")
    assert run(folder) == 2
    shown = capsys.readouterr()
    assert "\x1b[31m" not in shown.out + shown.err


def test_the_module_is_the_command():
    answer = subprocess.run(
        [sys.executable, "-m", "siting", "--version"], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "0.1.0"


def test_spaces_of_tables_are_spaces_and_control_characters_are_not():
    assert printable("托位\u30004.3\xa0个\u2003\x1b") == "托位 4.3 个 \\x1b"


def test_a_reader_that_stops_is_no_error():
    command = [sys.executable, "-m", "siting", "schema"]
    with subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == 141


def test_both_bounds_of_a_number_are_required():
    target = TierCount.model_validate(
        {"id": "Q1", "kind": "tier_count", "year": 2027, "tiers": ("centre",), "at_least": 1}
        | {"at_most": 3, "hard": True, "clause": "drawn"}
    )
    result = TargetResult(target, required=1.0, achieved=2.0, met=True, required_upper=3.0)
    assert required(result) == "1–3"
    assert required(replace(result, required_upper=None)) == "1"


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (["rnu", "x"], "没有“rnu”，可用：run, review,", "is it 'run'?"),
        (["run"], "缺少：SCENARIO", "are required: SCENARIO"),
        (["run", "a", "--tiem-limit"], "是否应为“--time-limit”？", "is it '--time-limit'?"),
        (["check", "a", "b"], "未识别：b", "not known: b"),
        (
            ["review", "a", "--tiles", "amab"],
            "--tiles：没有“amab”，可用：tianditu, amap",
            "'amap'?",
        ),
        (["run", "a", "--gap", "x"], "--gap：应为数字，现为 'x'", "invalid float value: 'x'"),
        (["fetch", "a", "--out"], "--out：后面应写一个值", "expected one argument"),
        (
            ["run", "a", "--alternatives", "99"],
            "应为1至20的数字，现为 '99'",
            "from 1 to 20 expected",
        ),
        (["run", "a", "--why=3"], "--why：后面不能带值 '3'", "ignored explicit argument"),
    ],
)
def test_words_that_are_wrong_are_told_in_the_language_asked_for(capsys, words, zh, en):
    assert main(words) == 2
    told = capsys.readouterr().err
    assert told.startswith("用法：siting")
    assert zh in told.splitlines()[1]
    for words_in_english in (["--lang", "en", *words], [*words, "--lang=en"]):
        assert main(words_in_english) == 2
        usage, told = capsys.readouterr().err.splitlines()
        assert usage.startswith("usage: siting")
        if words[-1] != "--out" or words_in_english[0] == "--lang":
            assert en in told


def test_the_language_stands_before_or_behind_every_command():
    needed = {"run": ["a"], "review": ["a"], "compare": ["a"], "export": ["a", "--out", "f.lp"]}
    needed |= {"init": ["a"], "check": ["a"], "place": ["a"], "fetch": ["a", "--out", "b"]}
    for command in commands:
        words = [command, *needed.get(command, [])]
        assert options_of(words).lang == "zh"
        assert options_of(["--lang", "en", *words]).lang == "en"
        assert options_of([*words, "--lang", "en"]).lang == "en"
        assert options_of(["--lang", "en", *words, "--lang", "zh"]).lang == "zh"


def test_the_environment_names_the_language_of_what_asks_for_none(folder, capsys, monkeypatch):
    check = ["check", str(folder / "town.yaml")]
    for named, told in (("en", "no problems"), ("en ", "no problems"), ("", "没有问题")):
        monkeypatch.setenv("SITING_LANG", named)
        assert main(check) == 0
        assert told in capsys.readouterr().out
    monkeypatch.setenv("SITING_LANG", "en")
    assert main([*check, "--lang", "zh"]) == 0
    assert "没有问题" in capsys.readouterr().out
    assert main(["rnu"]) == 2
    assert "is it 'run'?" in capsys.readouterr().err
    assert helped(["--help"], capsys).startswith("usage: siting")


def test_a_language_that_there_is_not_is_told_in_both(capsys, monkeypatch):
    monkeypatch.setenv("SITING_LANG", "EN")
    assert main(["check", "no.yaml"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "用法：SITING_LANG=zh|en",
        "siting：环境变量 SITING_LANG 应为 zh 或 en，现为 'EN'",
        "usage: SITING_LANG=zh|en",
        "siting: the environment variable SITING_LANG is neither zh nor en: 'EN'",
    ]


@pytest.mark.parametrize("name", ["model.foo", "model", "model.lp.gz"])
def test_a_model_file_of_another_ending_is_refused_by_the_name_given(tmp_path, capsys, name):
    path = tmp_path / "not made" / name
    assert main(["--lang", "en", "export", "no.yaml", "--out", str(path)]) == 2
    told = capsys.readouterr().err
    assert told.splitlines() == [
        "1 problem:",
        f"  {path}: is neither .lp nor .mps — end the name in .lp or .mps",
    ]
    assert main(["export", "no.yaml", "--out", str(path)]) == 2
    told = capsys.readouterr().err
    assert f"  {path}：既不是 .lp 也不是 .mps。文件名请以 .lp 或 .mps 结尾。" in told.splitlines()
    assert not path.parent.exists()


def helped(words, capsys):
    with pytest.raises(SystemExit) as stop:
        main(words)
    assert stop.value.code == 0
    return capsys.readouterr().out


def words_of(command):
    actions = parser()._subparsers._group_actions[0].choices[command]._actions
    words = {
        action.option_strings[-1] if action.option_strings else action.dest: action
        for action in actions
    }
    return {word: action for word, action in words.items() if word != "--help"}


def test_every_command_and_every_word_has_its_help_in_both_languages():
    assert list(command_help) == list(word_help) == list(commands)
    texts = list(command_help.values())
    for command in commands:
        assert list(word_help[command]) == list(words_of(command))
        texts += word_help[command].values()
    assert [text for text in texts if not re.search("[一-鿿]", text.zh)] == []
    named = re.compile("瓯海区, 温州市|试算")  # an example, and the word that the page has
    assert [text for text in texts if re.search("[一-鿿]", named.sub("", text.en))] == []


@pytest.mark.parametrize("command", commands)
def test_the_help_of_a_command_is_in_the_language_asked_for(command, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "500")
    chinese = helped([command, "--help"], capsys)
    assert chinese == helped(["--lang", "zh", command, "-h"], capsys)
    assert chinese.startswith("用法：siting")
    for english in ("usage", "options", "argument", "show this"):
        assert english not in chinese
    told = helped([command, "--help", "--lang", "en"], capsys)
    assert told.startswith("usage: siting")
    for lang, page in (("zh", chinese), ("en", told)):
        texts = [command_help[command], *word_help[command].values()]
        assert [text for text in texts if text.text(lang) not in page] == []


def test_the_help_of_all_commands_is_in_both_languages(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    chinese, english = helped(["--help"], capsys), helped(["--help", "--lang=en"], capsys)
    for command, text in command_help.items():
        assert re.search(rf"^ +{command} +{re.escape(text.zh)}$", chinese, re.MULTILINE)
        assert re.search(rf"^ +{command} +{re.escape(text.en)}$", english, re.MULTILINE)
    assert chinese.startswith("用法：siting")
    assert english.startswith("usage: siting")


def test_chinese_help_is_broken_at_the_width_that_it_takes_up(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    shown = helped(["run", "--help"], capsys)
    lines = shown[shown.index("--from-trial FILE  ") :].splitlines()[:3]
    assert [line[19:].strip() for line in lines] == [  # 18 characters, two columns each
        "采用从审阅页面导出的试算：其中改动的",
        "点位作为已定，采用其时限和步行速度，",
        "全部重新求解、重新证明",
    ]
