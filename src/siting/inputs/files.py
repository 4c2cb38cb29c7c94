"""Input files as a scenario names them: a file, or a part of one such as ``study.xlsx#机构``."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from siting.errors import DataError, Problem
from siting.named_file import hindrance, split_part

shapefile_parts = (".shx", ".dbf", ".prj", ".cpg")


def check_file(path: Path, name: str | None = None) -> None:
    """Refuse a file that is not there or cannot be read.

    Parameters
    ----------
    name
        How the scenario calls it; its part is left out of the message. The path if not given.

    Raises
    ------
    DataError
        There is none, it is a folder, or it may not be read.
    """
    hindered = hindrance(split_part(path)[0])
    if hindered is not None:
        raise DataError([Problem(str(split_part(Path(name or path))[0]), *hindered)])


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
    """Return the sha256 of a file; with what belongs to it, one after another.

    To a Shapefile belong its parts, to a GeoPackage what was not yet written into it.

    Raises
    ------
    DataError
        The file is missing or cannot be read.
    """
    file, _ = split_part(path)
    check_file(file)
    beside = [f"{file.name}-wal"]
    if file.suffix.lower() == ".shp":
        beside = [f"{file.stem}{end}" for end in shapefile_parts]
    there = {other.name.lower(): other for other in file.parent.iterdir()}
    parts = [file, *(there[name.lower()] for name in beside if name.lower() in there)]
    digest = hashlib.sha256()
    for part in parts:
        with part.open("rb") as content:
            for block in iter(partial(content.read, 2**20), b""):
                digest.update(block)
    return digest.hexdigest()
