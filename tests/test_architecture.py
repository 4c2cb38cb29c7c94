"""Imports run one way, public names are pinned, importing is light."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import siting

package = Path(siting.__file__).parent
order = (
    "errors",
    "notes",
    "notebook",
    "cache",
    "folder",
    "named_file",
    "spreadsheet",
    "new_book",
    "scenario",
    "target_names",
    "inputs",
    "network",
    "reach",
    "derived",
    "demand",
    "indicators",
    "changed_targets",
    "view_counts",
    "carrying",
    "provisions",
    "base_year",
    "tracked",
    "guidance",
    "staffing",
    "referral",
    "centres",
    "solver",
    "model",
    "location",
    "plan",
    "alternatives",
    "clashes",
    "comparison",
    "review",
    "comparing",
    "steps",
    "study_figures",
    "study",
    "running",
    "finished",
    "checking",
    "model_file",
    "placing",
    "template",
    "doctor",
    "terminal",
    "command_help",
    "arguments",
    "in_chinese",
    "cli",
    "__main__",
)
single_homes = {
    "ruamel": "scenario/yaml_file.py",
    "pulp": "solver/exchange.py",
    "highspy": "solver",
    "folium": "review",
    "branca": "review",
    "numba": "reach",
    "contourpy": "reach/distance_field.py",
    "platformdirs": "cli.py",
    "osmium": "network",
    "osmnx": "network/fetch.py",
    "networkx": "network/fetch.py",
    "requests": "network/fetch.py",
    "rasterio": "inputs/rasters.py",
    "exactextract": "inputs/rasters.py",
    "h3": "inputs/cells.py",
    "rich": "terminal.py",
    "matplotlib": "review/figures",
    "docx": "review/report",
    "openpyxl": "spreadsheet.py",
    "xlsxwriter": "new_book.py",
    "argparse": "arguments.py",
}


def part_of(path):
    first = path.relative_to(package).parts[0]
    return first.removesuffix(".py")


def imported(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module


def modules():
    return [path for path in sorted(package.rglob("*.py")) if path != package / "__init__.py"]


def test_every_part_has_its_place():
    assert {part_of(path) for path in modules()} == set(order)


def test_the_map_of_the_package_names_every_part_in_its_order():
    told = re.findall(r"^    (\w+)(?:/|\.py) ", siting.__doc__, re.MULTILINE)
    told.remove("policies")  # holds no code
    assert told == [part for part in order if part != "__main__"]
    there = {path.stem for path in package.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert {*told, "policies"} == {name for name in there if not name.startswith("__")}
    rules = (package.parents[1] / "docs" / "design.md").read_text(encoding="utf-8")
    listed = re.search(r"Imports run one way: ([^.]*)\.", rules)[1].split(" → ")
    assert listed == told


def test_every_package_says_what_it_reads_gives_and_does_not_do():
    for path in [package / "__init__.py", *modules()]:
        said = " ".join(
            (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split()
        )
        if path.name == "__init__.py":
            assert re.search(r"Reads .*\bgives\b", said), path
            assert "Does not: " in said, path


def test_imports_run_one_way():
    for path in modules():
        here = order.index(part_of(path))
        for name in imported(path):
            if name.startswith("siting."):
                there = order.index(name.split(".")[1])
                assert there <= here, f"{path} imports {name}"


def test_each_outside_tool_has_one_home():
    for path in modules():
        inside = path.relative_to(package).as_posix()
        for name in imported(path):
            home = single_homes.get(name.split(".")[0])
            assert home is None or inside.startswith(home), f"{inside} imports {name}"


def test_the_check_knows_no_model():
    # A stage is a record of the plan; nothing that poses, writes or solves is read.
    lines = {
        line
        for path in sorted((package / "plan" / "check").glob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(("from siting.model", "from siting.solver", "from siting.location"))
    }
    assert lines == {"from siting.model import Stage"}


def test_public_names():
    assert siting.__all__ == sorted(siting.__all__)
    assert set(siting.__all__) == set(siting.home_of_name)
    assert siting.__all__ == [
        "Cache",
        "Comparison",
        "DataError",
        "DistrustError",
        "Indicators",
        "InputError",
        "Inputs",
        "Location",
        "Network",
        "NoPlanError",
        "Note",
        "OutputError",
        "Plan",
        "PlanCheckError",
        "Problem",
        "Reach",
        "Scenario",
        "ScenarioError",
        "SitingError",
        "SolverError",
        "Study",
        "check_plan",
        "choose_sites",
        "compare",
        "isochrones",
        "load",
        "locate",
        "measure_reach",
        "measure_today",
        "open_run",
        "read_inputs",
        "read_network",
        "run",
    ]
    for name in siting.__all__:
        assert getattr(siting, name).__name__ == name


def test_importing_loads_nothing_heavy():
    heavy = {"numpy", "pandas", "scipy", "geopandas", "pulp", "highspy", "folium", "pydantic"}
    code = f"import siting, sys; print(sorted({heavy!r} & set(sys.modules)))"
    answer = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"
