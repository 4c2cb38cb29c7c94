"""The folder that a study lies in, and files that a scenario names outside it."""

from collections.abc import Iterable, Iterator
from os.path import realpath
from pathlib import Path
from typing import Any

from siting.errors import Problem
from siting.named_file import is_on_network, parts_of, split_part
from siting.scenario.profile import is_own
from siting.scenario.scenario import Scenario

KeyPath = tuple[str | int, ...]
allowing = "--allow-outside"
"""Option of a command that lets a scenario name files anywhere."""


def study_folder(folder: Path) -> Path:
    """Return the study folder of a scenario that lies in a folder: the one that holds it.

    So ``../data/cells.csv`` beside ``scenarios/town.yaml`` is inside. Where only a disk holds the
    folder of the scenario, it is the study folder itself.
    """
    folder = folder.resolve()
    return folder if folder.parent == Path(folder.anchor) else folder.parent


def lies_outside(folder: Path, name: str) -> bool:
    """Whether a file, as a scenario in a folder names it, lies outside the study folder.

    Links are followed, also those of what belongs to a Shapefile; no other computer is asked.
    """
    study = study_folder(folder)
    if is_on_network(name) and not is_on_network(str(study)):
        return True
    try:
        file, _ = split_part(folder / name)
        return not all(Path(realpath(p)).is_relative_to(study) for p in (file, *parts_of(file)))
    except ValueError:  # a NUL: no file
        return False


def outside_files(scenario: Scenario) -> list[str]:
    """Return the files outside the study folder, as a scenario names them."""
    folder = scenario.path("")
    return [name for name in scenario.named_files if lies_outside(folder, name)]


def outside_problem(place: str, folder: Path, name: str) -> Problem:
    """Return what is said of a file outside the study folder."""
    remedy = f"move it into the study folder {study_folder(folder)}, or allow it with {allowing}"
    return Problem(place, f"'{name}' lies outside the study folder", remedy)


def outside_problems(scenario: Scenario) -> list[Problem]:
    """Return where a scenario names files outside the study folder."""
    outside, folder = outside_files(scenario), scenario.path("")
    return [
        outside_problem(scenario.place(*keys), folder, name)
        for keys, name in _named_by(scenario)
        if name in outside
    ]


def own_profiles(profiles: Iterable[Any]) -> Iterator[tuple[KeyPath, str]]:
    """Give the keys under which profiles of the planner's own stand, and the names of the files."""
    for i, name in enumerate(profiles):
        if isinstance(name, str) and is_own(name):
            yield ("policy", "profiles", i), name


def _named_by(scenario: Scenario) -> Iterator[tuple[KeyPath, str]]:
    """Give the keys under which a scenario names a file, and its name."""
    known = set(scenario.named_files)
    for part in ("inputs", "population"):
        block = getattr(scenario, part)
        for key, value in block.model_dump().items() if block is not None else ():
            if isinstance(value, str) and value in known:
                yield (part, key), value
    yield from own_profiles(scenario.policy.profiles if scenario.policy else ())
