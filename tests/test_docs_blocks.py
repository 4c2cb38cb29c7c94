"""Blocks of the README, the tutorial and the how-tos: commands parse, Python and YAML run."""

import ast
import re
import shlex
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import small_study
from siting.arguments import parser
from siting.cli import main

project = Path(__file__).parents[1]
pages = [
    "README.md",
    "README.zh.md",
    *sorted(path.relative_to(project).as_posix() for path in (project / "docs").rglob("*.md")),
]
fence = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
shells = ("", "console", "powershell", "sh")
run_here = ("README.md", "docs/tutorial.md", "docs/howto/proof.md")
"""Their Python is run, with a small study in the place of the example."""


def blocks(page, *languages):
    text = (project / page).read_text(encoding="utf-8")
    return [block for language, block in fence.findall(text) if language in languages]


def commands(page):
    """Return the words behind ``siting`` of every command in a block."""
    for block in blocks(page, *shells):
        for line in block.splitlines():
            words = shlex.split(line.removeprefix("$ ").replace("\\", "/"), comments=True)
            if words and words[0] in ("siting", ".venv/Scripts/siting", ".venv/bin/siting"):
                yield words[1:]


def options_of_commands():
    whole = parser()
    named = next(action.choices for action in whole._actions if hasattr(action.choices, "keys"))
    return {
        name: {option for action in command._actions for option in action.option_strings}
        for name, command in named.items()
    }


def test_there_are_commands_to_parse():
    assert len(list(commands("docs/tutorial.md"))) >= 7
    assert len(list(commands("docs/howto/excel.md"))) >= 5


@pytest.mark.parametrize("page", pages)
def test_every_command_parses(page):
    usage = {"SCENARIO", "DIR", "COMMAND"}
    for words in commands(page):
        if usage.isdisjoint(words):
            parser().parse_args(words)


@pytest.mark.parametrize("page", pages)
def test_commands_named_in_a_sentence_are_there_with_their_options(page):
    known = options_of_commands()
    text = (project / page).read_text(encoding="utf-8")
    for told in re.findall(r"`siting ([^`\n]+)`", text):
        name, *words = told.split()
        if name.startswith("-") or name == "COMMAND":
            continue
        assert name in known, told
        options = {word.split("=")[0] for word in words if word.startswith("--")}
        assert options <= known[name], told


@pytest.mark.parametrize("page", pages)
def test_python_and_yaml_can_be_read(page):
    for block in blocks(page, "python"):
        ast.parse(block)
    for block in blocks(page, "yaml"):
        YAML(typ="safe").load(block)


@pytest.fixture
def example(tmp_path, monkeypatch):
    """Work in a folder in which the example is a small study."""
    (tmp_path / "scenarios").mkdir()
    small_study.write(tmp_path / "scenarios").rename(tmp_path / "scenarios" / "wuhan.yaml")
    monkeypatch.chdir(tmp_path)


solved_elsewhere = {"run", "compare", "fetch", "export", "review"}
"""Those that plan Wuhan, read its runs or go online: `make demo` and the tests of runs do that."""


@pytest.mark.parametrize(
    "page", ["docs/tutorial.md", "docs/howto/excel.md", "docs/howto/policy.md"]
)
def test_cheap_commands_run(page, example, capsys):
    done = []
    for words in commands(page):
        if words[0] not in solved_elsewhere:
            filled = "check" not in words or Path(words[1]).suffix == ".yaml"
            assert main(words) == (0 if filled else 2), words
            done.append(words[0])
    assert done, page
    told = capsys.readouterr()
    assert "no problems" in told.out or page != "docs/tutorial.md"


def test_a_first_hour(example, capsys):
    study = "my_district/study.yaml"
    assert main(["init", "my_district"]) == 0
    for words, code in (
        (["check", study], 2),
        (["policy"], 0),
        (["policy", "ouhai", "--lang", "en"], 0),
        (["schema"], 0),
        (["check", "scenarios/wuhan.yaml"], 0),
        (["run", "scenarios/wuhan.yaml", "--lang", "en", "--out", "results/wuhan"], 0),
        (["review", "results/wuhan", "--lang", "en", "--title", "Plan for the meeting"], 0),
    ):
        assert main(words) == code, words
    assert "review.html" in capsys.readouterr().out
    assert Path("results/wuhan/review.docx").exists()


@pytest.mark.parametrize("page", run_here)
def test_python_runs(page, example, capsys):
    found = blocks(page, "python")
    assert found
    for block in found:
        exec(compile(block, page, "exec"), {})  # noqa: S102
