"""The folder that a study lies in, and files that a scenario names outside it."""

from collections.abc import Iterator
from os.path import realpath
from pathlib import Path

from siting.errors import Problem
from siting.named_file import is_on_network, split_part
from siting.scenario.profile import is_own
from siting.scenario.scenario import Scenario

allowing = "--allow-outside"
"""Option of a command that lets a scenario name files anywhere."""


def outside_files(scenario: Scenario) -> list[str]:
    """Return the files outside the study folder, as a scenario names them; links are followed.

    That is the folder that holds the one of the scenario, so that ``../data/cells.csv`` beside
    ``scenarios/town.yaml`` is inside.
    """
    folder = study_folder(scenario)
    return [name for name in scenario.named_files if not _is_inside(folder, scenario, name)]


def outside_problems(scenario: Scenario) -> list[Problem]:
    """Return where a scenario names files outside the study folder."""
    outside = outside_files(scenario)
    folder = study_folder(scenario)
    remedy = f"move it into the study folder {folder}, or allow it with {allowing}"
    return [
        Problem(scenario.place(*keys), f"'{name}' lies outside the study folder", remedy)
        for keys, name in _named_by(scenario)
        if name in outside
    ]


def study_folder(scenario: Scenario) -> Path:
    """Return the folder that holds the one of the scenario."""
    return scenario.path("").resolve().parent


def _is_inside(folder: Path, scenario: Scenario, name: str) -> bool:
    """Return whether a file lies in a folder, without asking another computer."""
    if is_on_network(name) and not is_on_network(str(folder)):
        return False
    try:
        return Path(realpath(split_part(scenario.path(name))[0])).is_relative_to(folder)
    except ValueError:  # a NUL: no file
        return True


def _named_by(scenario: Scenario) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Give the keys under which a scenario names a file, and its name."""
    known = set(scenario.named_files)
    for part in ("inputs", "population"):
        block = getattr(scenario, part)
        for key, value in block.model_dump().items() if block is not None else ():
            if isinstance(value, str) and value in known:
                yield (part, key), value
    for i, name in enumerate(scenario.policy.profiles if scenario.policy else ()):
        if is_own(name):
            yield ("policy", "profiles", i), name
