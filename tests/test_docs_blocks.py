"""Blocks of the README, the tutorial and the how-tos: commands parse, Python and YAML run."""

import ast
import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import siting
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
run_here = ("README.md", "docs/tutorial.md", "docs/howto/proof.md", "docs/howto/notebooks.md")
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


def test_what_is_installed_is_an_extra_of_the_package_and_is_started_from_it():
    with (project / "pyproject.toml").open("rb") as file:
        extras = set(tomllib.load(file)["project"]["optional-dependencies"])
    named, started = set(), set()
    for page in pages:
        text = (project / page).read_text(encoding="utf-8")
        named |= set(re.findall(r'pip install --editable "\.\[(\w+)\]"', text))
        started |= set(re.findall(r"^(?:\$ )?\.venv\S+jupyter lab (\S+)$", text, re.MULTILINE))
    assert {"notebooks", "dev"} <= named <= extras
    assert started == {"notebooks"}
    assert (project / "notebooks").is_dir()


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


only_parsed = {"run", "fetch"}
"""A run takes seconds even of a small study, and only fetch goes online: tests of their own do
both. Comparisons need runs; those of the tutorial are drawn in its first hour."""
run_in_order = {
    "docs/tutorial.md": ["check"],
    "docs/howto/excel.md": ["init", "init", "place", "check"],
    "docs/howto/policy.md": ["policy", "policy"],
    "docs/policies.md": ["policy", "policy", "policy"],
}
"""Page -> its commands that are run, those whose files a reader makes by hand left out."""


@pytest.mark.parametrize("page", run_in_order)
def test_cheap_commands_run(page, example, capsys):
    done = []
    for words in commands(page):
        by_hand = any(word in ("my_district.yaml", "my_study.yaml") for word in words)
        if words[0] not in (*only_parsed, "compare") and not by_hand:
            is_unfilled = any(word.endswith(".xlsx") for word in words)
            assert main(words) == (2 if is_unfilled else 0), words
            done.append(words[0])
    assert done == run_in_order[page]


def test_every_command_is_run_or_is_told_why_not():
    for page in pages:
        names = {words[0] for words in commands(page)} - only_parsed - {"compare"}
        same = page.replace(".zh.md", ".md")
        of_readers_own = {
            "docs/howto/openstreetmap.md": {"check"},
            "docs/howto/policy.md": {"check"},
        }
        assert names <= set(run_in_order.get(same, ())) | of_readers_own.get(page, set()), page


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
    ):
        assert main(words) == code, words
    assert "review.html" in capsys.readouterr().out
    assert Path("results/wuhan/review.docx").exists()
    compared = [words for words in commands("docs/tutorial.md") if words[0] == "compare"]
    for words in compared:
        shutil.copytree("results/wuhan", words[2])
        assert main(words) == 0
        assert Path(words[words.index("--out") + 1]).exists()
    assert len(compared) == 2


@pytest.mark.parametrize("page", run_here)
def test_python_runs(page, example, capsys):
    found = blocks(page, "python")
    assert found
    for block in found:
        exec(compile(block, page, "exec"), {})  # noqa: S102


def test_the_example_of_why_not_runs(example, capsys):
    scenario = siting.load("scenarios/wuhan.yaml")
    network = siting.read_network(scenario)
    inputs = siting.read_inputs(scenario, network)
    reach = siting.measure_reach(scenario, network, inputs)
    names = {"scenario": scenario, "network": network, "inputs": inputs, "reach": reach}
    names["plan"] = siting.choose_sites(scenario, inputs, reach)
    (block,) = blocks("docs/why-not.md", "python")
    exec(compile(block, "docs/why-not.md", "exec"), names)  # noqa: S102
    assert "a plan exists: nothing clashes" in capsys.readouterr().out


def test_every_file_that_a_new_constraint_changes_has_its_lines():
    text = (project / "docs/howto/constraint.md").read_text(encoding="utf-8")
    steps = text[text.index("## 1.") : text.index("## A rule about sites")]
    named = set(re.findall(r"`((?:src/siting|tests)/[\w/]+\.py)`", steps))
    assert {path for path in named if not (project / path).exists()} == set()
    for path in ("targets", "target_block", "keys"):
        after = steps[steps.index(f"scenario/{path}.py`") :]
        assert "```python" in after[: after.index("\n\n", after.index("```"))], path
    for table in ("achieved", "figures", "target_names", "wording"):
        assert f'{table} = {{"class_share"' in steps
        assert any(path.endswith(f"/{table}.py") for path in named), table
        (file,) = (project / path for path in named if path.endswith(f"/{table}.py"))
        assert '"inclusive_share": ' in file.read_text(encoding="utf-8"), table
