"""What the documents say is so: commands, tables, names."""

import ast
import dataclasses
import inspect
import pkgutil
import re
import runpy
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from pydantic import BaseModel

import siting
import small_study
from notebook_cells import cells_of
from siting.arguments import parser
from siting.cli import main
from siting.inputs import dictionary
from siting.model.service_rules import service_rules
from siting.model.site_rules import site_rules
from siting.model.target_rules import rule_of
from siting.review.trial_words import trial_texts
from siting.review.words import texts
from siting.scenario import json_schema, load
from siting.scenario.targets import Target
from siting.scenario.travel import Cycle
from test_plan import table_names

project = Path(__file__).parents[1]
made = {
    "docs/tables.md": ("tables", "text"),
    "docs/reference/commands.md": ("commands", "text"),
    "docs/reference/commands.zh.md": ("commands", "text_zh"),
    "docs/reference/scenario.md": ("scenario_keys", "text"),
    "docs/reference/python.md": ("interface", "text"),
}
"""A page -> what writes it, and by which function."""


def read(name):
    return (project / name).read_text(encoding="utf-8")


def test_the_first_two_commands_of_the_readme():
    block = re.search(r"```\n(.*?)```", read("README.md"), re.DOTALL)[1]
    assert [line.split("#")[0].strip() for line in block.splitlines()] == ["make demo", "make test"]


@pytest.mark.parametrize("page", made)
def test_pages_made_from_the_code_are_current(page):
    maker, function = made[page]
    made_now = runpy.run_path(str(project / "docs" / f"{maker}.py"))[function]()
    assert made_now == read(page), "run 'make docs'"


@pytest.mark.parametrize("page", ["commands.md", "commands.zh.md"])
def test_every_command_and_option_is_in_the_reference(page):
    page = read(f"docs/reference/{page}")
    for name, command in commands().items():
        section = re.search(rf"^## {name}$(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE)[1]
        options = [option for action in command._actions for option in action.option_strings[-1:]]
        assert [o for o in options if o != "--help" and f"| `{o}" not in section] == []


def test_every_public_name_is_told_by_the_first_line_of_its_docstring():
    page = read("docs/reference/python.md")
    for name in siting.__all__:
        told = re.search(rf"^\| `siting\.{name}` \| (.*) \|$", page, re.MULTILINE)[1]
        assert told.endswith("."), name


told_by_properties = {"siting.Plan.content"}
"""Of the fields of a public class, what its properties show."""


def test_what_a_function_gives_is_told_with_all_it_has():
    rows = re.findall(r"^\| (.*?) \| .+ \|$", read("docs/reference/python.md"), re.MULTILINE)
    linked = {row.partition("](#")[2].rstrip(")") for row in rows}
    named = {name for row in rows for name in re.findall(r"`\w+\.(\w+)`", row)}
    untold, seen = set(), 0
    for module in map(import_module, runpy.run_path(str(project / "docs/interface.py"))["modules"]):
        classes = {name: getattr(module, name) for name in module.__all__}
        for word, thing in classes.items():
            if not inspect.isclass(thing):
                continue
            own = set(dir(thing)) - set(dir(BaseModel)) - set(dir(Exception))
            is_given = dataclasses.is_dataclass(thing)
            fields = {field.name for field in dataclasses.fields(thing)} if is_given else set()
            own = {name for name in own - fields if not name.startswith("_")}
            seen += len(own)
            untold |= {f"{module.__name__}.{word}.{name}" for name in own} - linked
            untold |= {f"{module.__name__}.{word}.{name}" for name in fields - named}
    assert seen > 90
    assert untold == told_by_properties


@pytest.mark.parametrize("page", ["docs/howto/excel", "docs/bundle"])
def test_a_page_in_chinese_has_the_commands_of_the_english_one(page):
    english, chinese = read(f"{page}.md"), read(f"{page}.zh.md")
    blocks = [
        re.findall(r"^\$ (.*?)(?: --lang en)?$", text, re.MULTILINE) for text in (english, chinese)
    ]
    assert blocks[0] == blocks[1]
    headings = [re.findall(r"^(#+)", text, re.MULTILINE) for text in (english, chinese)]
    assert headings[0] == headings[1]
    command = r"`((?:make|siting|sh|\.venv)[^`]*)`"
    assert set(re.findall(command, chinese)) <= {*re.findall(command, english), "siting"}


@pytest.mark.parametrize("page", ["docs/index.md", "docs/howto/notebooks.md"])
def test_a_page_about_the_notebooks_names_every_one(page):
    text = read(page)
    names = [path.name for path in (project / "notebooks").glob("*.ipynb")]
    assert len(names) == 5
    assert [name for name in names if f"`{name}`" not in text] == []


def test_the_extra_of_the_notebooks_brings_what_they_import():
    settings = tomllib.loads(read("pyproject.toml"))["project"]
    needed = [*settings["dependencies"], *settings["optional-dependencies"]["notebooks"]]
    brought = {re.match(r"\w+", each)[0] for each in needed} | {"siting"}  # ruamel of ruamel.yaml
    imported = set()
    for path in (project / "notebooks").glob("*.ipynb"):
        for cell in cells_of(path):
            if cell["cell_type"] == "code":
                for node in ast.walk(ast.parse("".join(cell["source"]))):
                    if isinstance(node, ast.Import):
                        imported |= {alias.name for alias in node.names}
                    elif isinstance(node, ast.ImportFrom):
                        imported.add(node.module)
    imported = {name.partition(".")[0] for name in imported} - sys.stdlib_module_names
    assert {"spopt", "siting"} <= imported
    assert imported <= brought


def test_every_key_of_a_scenario_is_in_the_reference_with_its_meaning():
    page, schema = read("docs/reference/scenario.md"), json_schema()
    parts = [schema, *schema["$defs"].values()]
    keys = {key for part in parts for key in part.get("properties", ())}
    assert [key for key in sorted(keys) if f"| `{key}` | " not in page] == []
    assert re.findall(r"^\| `.*\|  \|$", page, re.MULTILINE) == []
    assert [kind for kind in rule_of if f", kind: {kind}`" not in page] == []


def test_every_column_of_the_dictionary_is_in_the_reference():
    page = read("docs/tables.md")
    tables = dictionary.tables_of(load(project / "scenarios" / "wuhan.yaml")).values()
    columns = {column.name for table in tables for column in table.columns}
    assert [name for name in sorted(columns) if f"| `{name}` | " not in page] == []


def test_every_public_name_is_in_the_reference():
    page = read("docs/reference/python.md")
    assert [name for name in siting.__all__ if f":: siting.{name}" not in page] == []


def test_formulas_use_the_names_of_the_model_page():
    page = read("docs/model.md")
    data_and_variables = page[: page.index("## What may be done at sites")]
    known = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", data_and_variables))))
    known |= {"required", "residents", "children", "people", "inclusive", "inside", "at_least"}
    used = {
        name.replace("\\", "") for name in re.findall(r"\\(?:mathrm|text)\{([a-z_\\]+)\}", page)
    }
    assert used - known - {"at_most", "spending"} == set()
    variables = (project / "src/siting/model/variables.py").read_text(encoding="utf-8")
    declared = set(re.findall(r'model\.declare\(\s*f?"([a-z]+)', variables))
    assert [name for name in sorted(declared) if f"`{name}[" not in page] == []


def test_words_of_the_glossary_are_those_of_the_page():
    rows = re.findall(
        r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", read("docs/glossary.md"), re.MULTILINE
    )
    assert len(rows) > 60
    shown = [(zh, en.lower()) for zh, en in (*texts.values(), *trial_texts.values())]
    named = [(zh, en.lower()) for zh, en, _ in rows if zh in dict(shown)]
    assert len(named) > 20
    assert [term for term in named if term not in shown] == []


def test_what_a_docstring_names_is_there():
    role = re.compile(r":(?:func|class|meth|attr|data|mod):`~?([\w.]+)`")
    unknown = []
    for path in sorted((project / "src" / "siting").rglob("*.py")):
        module = ".".join(path.relative_to(project / "src").with_suffix("").parts)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts_of = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)]
        here = names_of(tree)
        for name in role.findall("\n".join(text for text in texts_of if isinstance(text, str))):
            if name.split(".")[-1] in here or name.split(".")[0] in here:
                continue
            try:
                pkgutil.resolve_name(name)
            except (ImportError, AttributeError, ValueError):
                unknown.append(f"{module}: {name}")
    assert unknown == []


def names_of(tree):
    """Return what a module imports or defines, its attributes and methods too."""
    return {
        name
        for node in ast.walk(tree)
        for name in (
            [node.name]
            if isinstance(node, ast.ClassDef | ast.FunctionDef)
            else [alias.asname or alias.name for alias in node.names]
            if isinstance(node, ast.Import | ast.ImportFrom)
            else [node.target.id]
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
            else [target.id for target in node.targets if isinstance(target, ast.Name)]
            if isinstance(node, ast.Assign)
            else []
        )
    }


def commands():
    return next(action.choices for action in parser()._actions if hasattr(action.choices, "keys"))


def test_files_of_the_code_that_documents_name_are_there():
    for page in (project / "docs").rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        named = re.findall(r"`((?:src/siting|tests|benchmarks)/[\w/.-]+)`", text)
        assert [name for name in named if not (project / name).exists()] == [], page


def test_make_alone_tells_every_command():
    makefile = read("Makefile")
    goals = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()
    assert re.search(r"^([a-z]+):", makefile, re.MULTILINE)[1] == "help"
    told = re.findall(r'@echo "make ([a-z]+) ', makefile)
    assert set(told) == {*goals} - {"help"}


def test_every_rule_and_target_is_in_the_model_page():
    page = read("docs/model.md")
    names = [rule.__name__ for rule in (*site_rules, *service_rules)] + list(rule_of)
    assert [name for name in names if not re.search(rf"[|,] `{name}", page)] == []


def test_every_target_kind_has_its_rule():
    kinds = {
        kind.model_fields["kind"].annotation.__args__[0] for kind in Target.__args__[0].__args__
    }
    assert kinds == set(rule_of)


def test_every_file_and_column_of_a_run_is_described(tmp_path):
    path = small_study.write(tmp_path)
    assert main(["run", str(path), "--out", str(tmp_path / "out")]) == 0
    page = read("docs/files.md")
    names = [file.name for file in (tmp_path / "out").iterdir()]
    for table in table_names:
        header = (tmp_path / "out" / f"{table}.csv").read_text(encoding="utf-8-sig").splitlines()[0]
        names += [
            re.sub(r"^children_\d.*", "children_<band>", name)
            for name in header.split(",")
            if not name.endswith("_classes")
        ]
    assert [name for name in names if not re.search(rf"[`, ]{re.escape(name)}[`,]", page)] == []


def test_every_command_is_described():
    pages = read("README.md") + read("docs/own-data.md")
    assert [name for name in commands() if f"`siting {name}" not in pages] == []


def test_the_example_of_isochrones_runs(monkeypatch):
    monkeypatch.chdir(project)
    block = re.search(r"```python\n(.*?)```", read("docs/travel.md"), re.DOTALL)[1]
    names = {}
    exec(compile(block, "docs/travel.md", "exec"), names)  # noqa: S102
    areas = names["areas"]
    assert areas["minutes"].tolist() == [5, 10, 15] * 20
    assert (areas.area.to_numpy().reshape(20, 3).argmax(axis=1) == 2).all()


def test_barred_classes_are_those_of_the_page():
    page = read("docs/travel.md")
    assert f"{Cycle(source='drawn').speed_kph:g} km/h" in page
    assert {"motorway", "steps", "footway", "pedestrian"} <= set(
        Cycle(source="drawn").excluded_highways
    )
