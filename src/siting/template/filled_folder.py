"""The folder of a study that is there already: its workbook filled in, its layers beside it."""

import shutil
from collections import Counter
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd

from siting.errors import InputError, OutputError, Problem, ScenarioError
from siting.folder import run_folder
from siting.inputs import dictionary
from siting.inputs.tables import read_table
from siting.named_file import parts_of, split_part
from siting.scenario import Scenario, load
from siting.scenario.parameters import table_sheets
from siting.scenario.workbook import workbook_endings
from siting.scenario.yaml_file import read_yaml
from siting.template.cells import rows_to_fill
from siting.template.filled import filled_with
from siting.template.study_folder import check_free, workbook_name
from siting.template.workbook import write_workbook

guide_name = "README.md"


def write_filled(folder: Path, path: Path) -> tuple[Path, ...]:
    """Write the workbook of a scenario that is there, filled in, and its layers beside it.

    Tables stand in their sheets. Those that have more rows than a sheet has checks for, or that
    are no tables of rows and columns as the sheet has them, stand beside it as layers do.

    Parameters
    ----------
    path
        The scenario, in YAML.

    Returns
    -------
    tuple of pathlib.Path
        The files written, the workbook first.

    Raises
    ------
    InputError
        The scenario cannot be used, or says what a workbook cannot; the folder holds one of the
        files already, or cannot be written. Nothing is written then.
    """
    if path.suffix.lower() in workbook_endings:
        what = "is a workbook already"
        raise ScenarioError([Problem(str(path), what, "copy it, with the layers beside it")])
    scenario, written = load(path), read_yaml(path).values
    frames = _frames(scenario)
    in_sheets = {getattr(scenario.inputs, name) for name in frames}
    beside = {
        name: split_part(Path(name)) for name in scenario.named_files if name not in in_sheets
    }
    new_names = {
        name: f"{file.name}#{part}" if part else file.name for name, (file, part) in beside.items()
    }
    layers = dict.fromkeys(
        each
        for path in (scenario.path(str(file)) for file, _ in beside.values())
        for each in (path, *parts_of(path))
    )
    repeated = [name for name, count in Counter(file.name for file in layers).items() if count > 1]
    if repeated:
        what = f"names several files called {', '.join(repeated)}"
        raise OutputError([Problem(str(path), what, "rename all but one of them")])
    names = (workbook_name, guide_name, *(file.name for file in layers))
    check_free(folder, names)
    values = _renamed(written, new_names)
    values["inputs"] = {key: v for key, v in values["inputs"].items() if key not in frames}
    with run_folder(folder) as new:
        write_workbook(new / workbook_name, filled_with(values, scenario), scenario, frames)
        text = files("siting.template").joinpath(guide_name).read_text(encoding="utf-8")
        (new / guide_name).write_text(text, encoding="utf-8", newline="\n")
        for file in layers:
            shutil.copy2(file, new / file.name)
        _refuse(path, _changed(load(new / workbook_name), scenario, new_names))
    return tuple(folder / name for name in names)


def _frames(scenario: Scenario) -> dict[str, pd.DataFrame]:
    """Return the tables that stand in sheets: key under ``inputs`` -> rows."""
    frames = {}
    tables = dictionary.tables_of(scenario)
    for name in table_sheets:
        file = getattr(scenario.inputs, name)
        if file is None:
            continue
        try:
            frame = read_table(scenario.path(file), tables[name], file).frame
        except InputError:  # a layer, or a form of its own
            continue
        if len(frame) <= rows_to_fill:
            frames[name] = frame
    return frames


def _renamed(values: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401  (plain values)
    """Return values with other names of files."""
    if isinstance(values, Mapping):
        return {key: _renamed(child, names) for key, child in values.items()}
    if isinstance(values, list | tuple):
        return tuple(_renamed(child, names) for child in values)
    return names.get(values, values) if isinstance(values, str) else values


def _changed(found: Scenario, asked: Scenario, names: Mapping[str, str]) -> list[str]:
    """Return the keys of which a workbook says something else than the scenario it is made from."""
    here, there = (
        _renamed(each.model_dump(exclude={"inputs"}), other)
        for each, other in ((found, {}), (asked, names))
    )
    for each in (here, there):
        for tier in each["tiers"].values():
            tier["counts_in"] = sorted(tier["counts_in"])  # one 是 for each, in any order
    return [key for key in there if here[key] != there[key]]


def _refuse(path: Path, unsaid: list[str]) -> None:
    """Refuse a scenario that says what a workbook cannot."""
    if unsaid:
        what = f"cannot be said in a workbook: {', '.join(unsaid)}"
        raise OutputError([Problem(str(path), what, "keep the scenario in YAML")])
