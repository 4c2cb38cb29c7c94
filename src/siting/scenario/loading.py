"""YAML file -> Scenario, with the place of every problem."""

from os import PathLike
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from siting.errors import Problem, ScenarioError
from siting.scenario.scenario import Scenario
from siting.scenario.yaml_file import KeyPath, YamlFile, read_yaml

remedies = {
    "extra_forbidden": "remove the key or correct its spelling",
    "missing": "add the key",
    "float_type": "write a plain number in the unit of the key",
    "int_type": "write a whole number",
    "string_type": "write a text",
    "bool_type": "write true or false",
}


def load(path: str | PathLike[str]) -> Scenario:
    """Read a scenario.

    Parameters
    ----------
    path
        YAML file; the files it names are relative to it.

    Raises
    ------
    ScenarioError
        With every problem at once, each as ``file:line:column``.
    """
    file = read_yaml(Path(path))
    try:
        scenario = Scenario.model_validate(file.values, strict=True)
    except ValidationError as error:
        raise ScenarioError(
            problem
            for detail in error.errors(include_url=False)
            for problem in _problems(file, detail)
        ) from None
    places = {keys: file.place(keys) for keys in file.marks}
    return scenario.placed_in(Path(path).resolve().parent, places)


def _problems(file: YamlFile, detail: ErrorDetails) -> list[Problem]:
    if detail["type"] == "inconsistent":
        return [
            Problem(file.place(path), f"{_dotted(path)}: {what}", "make the two agree")
            for path, what in detail["ctx"]["found"]
        ]
    path = _without_labels(file, detail["loc"])
    what = f"{_dotted(path)}: {detail['msg']}"
    given = detail["input"]
    if isinstance(given, str | int | float | bool):
        what += f" (found {given!r})"
    remedy = remedies.get(detail["type"], "correct the value, and mind the unit of the key")
    return [Problem(file.place(path), what, remedy)]


def _dotted(path: KeyPath) -> str:
    return ".".join(str(part) for part in path) or "the scenario"


def _without_labels(file: YamlFile, path: KeyPath) -> KeyPath:
    """Drop what pydantic puts into a path beside keys: names of union members, ``[key]``."""
    kept: KeyPath = ()
    for i, part in enumerate(path):
        absent_key = i == len(path) - 1 and part != "[key]"
        if (*kept, part) in file.marks or absent_key:
            kept = (*kept, part)
    return kept
