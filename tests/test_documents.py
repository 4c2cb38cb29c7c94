"""What the documents say is so: commands, tables, names, notebooks."""

import json
import re
import runpy
from pathlib import Path

import pytest

import small_study
from siting.arguments import parser
from siting.cli import main
from siting.model.service_rules import service_rules
from siting.model.site_rules import site_rules
from siting.model.target_rules import rule_of
from siting.scenario.targets import Target
from siting.scenario.travel import Cycle
from test_plan import table_names

project = Path(__file__).parents[1]


def read(name):
    return (project / name).read_text(encoding="utf-8")


def test_the_first_two_commands_of_the_readme():
    block = re.search(r"```\n(.*?)```", read("README.md"), re.DOTALL)[1]
    assert [line.split("#")[0].strip() for line in block.splitlines()] == ["make demo", "make test"]


def test_tables_are_those_of_the_dictionary():
    assert runpy.run_path(str(project / "docs" / "tables.py"))["text"]() == read("docs/tables.md")


def test_every_rule_and_target_is_in_the_model_page():
    page = read("docs/model.md")
    names = [rule.__name__ for rule in (*site_rules, *service_rules)] + list(rule_of)
    assert [name for name in names if not re.search(rf"[|,] `{name}", page)] == []


def test_every_target_kind_has_its_rule():
    kinds = {
        kind.model_fields["kind"].annotation.__args__[0] for kind in Target.__args__[0].__args__
    }
    assert kinds == set(rule_of)


@pytest.mark.parametrize("path", sorted((project / "notebooks").glob("*.ipynb")), ids=str)
def test_notebooks_run_and_hold_no_output(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    names = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            code = compile("".join(cell["source"]), f"{path.name}, {cell['id']}", "exec")
            exec(code, names)  # noqa: S102
    assert names["study"].plan.status in ("optimal", "within_gap")
    assert names["study"].plan.gap <= 0.01


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
    commands = next(
        action.choices for action in parser()._actions if hasattr(action.choices, "keys")
    )
    assert [name for name in commands if f"`siting {name}" not in pages] == []


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
