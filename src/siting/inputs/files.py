"""Input files as a scenario names them: a file, or a part of one such as ``study.xlsx#机构``."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from siting.errors import DataError, Problem
from siting.named_file import hindrance, parts_of, split_part


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
    digest = hashlib.sha256()
    for part in (file, *parts_of(file)):
        with part.open("rb") as content:
            for block in iter(partial(content.read, 2**20), b""):
                digest.update(block)
    return digest.hexdigest()
