"""Input files as a scenario names them: a file, or a part of one such as ``study.xlsx#机构``."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from siting.errors import DataError, Problem

parted = (".xlsx", ".xlsm", ".gpkg")
"""Files of several parts: sheets, layers."""
shapefile_parts = (".shx", ".dbf", ".prj", ".cpg")


def split_part(path: Path) -> tuple[Path, str | None]:
    """Split ``study.xlsx#机构`` into the file and its sheet, ``zones.gpkg#towns`` likewise.

    Returns
    -------
    tuple of Path and str
        The part is None where none is named.
    """
    name = path.name.lower()
    for end in parted:
        mark = name.find(f"{end}#")
        if mark >= 0:
            file = path.name[: mark + len(end)]
            return path.with_name(file), path.name[len(file) + 1 :]
    return path, None


def check_exists(path: Path, name: str) -> None:
    """Refuse a file that is not there.

    Parameters
    ----------
    name
        How the scenario calls it; its part is left out of the message.

    Raises
    ------
    DataError
        There is no such file.
    """
    if not split_part(path)[0].is_file():
        place, _ = split_part(Path(name))
        raise DataError(
            [Problem(str(place), "there is no such file", "check the name in the scenario")]
        )


@contextmanager
def problems_named(path: Path, name: str) -> Iterator[None]:
    """Let the problems of a file that is read within call it as the scenario does."""
    long, short = (str(split_part(each)[0]) for each in (path, Path(name)))
    try:
        yield
    except DataError as error:
        raise DataError(
            replace(problem, place=problem.place.replace(long, short, 1))
            for problem in error.problems
        ) from None


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file; of a Shapefile, of its parts one after another."""
    file, _ = split_part(path)
    parts = [file]
    if file.suffix.lower() == ".shp":
        parts += [file.with_suffix(end) for end in shapefile_parts]
    digest = hashlib.sha256()
    for part in parts:
        if part.exists():
            digest.update(part.read_bytes())
    return digest.hexdigest()
