"""Input files as a scenario names them: a file, or a part of one such as ``study.xlsx#机构``."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from os.path import normpath
from pathlib import Path, PureWindowsPath

from siting.errors import DataError, Problem
from siting.named_file import hindrance
from siting.notes import Note, named

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


def leaves_study(name: str) -> bool:
    """Whether a file as a scenario names it lies outside the study folder.

    That is the folder that holds the one of the scenario, so that ``../data/cells.csv`` beside
    ``scenarios/town.yaml`` is inside. Only the name is looked at.
    """
    parts = Path(normpath(name)).parts
    return bool(PureWindowsPath(name).anchor or Path(name).anchor) or parts[:2] == ("..", "..")


def is_on_network(name: str) -> bool:
    """Whether a name is of another computer: two slashes before it, as Windows reads them."""
    return PureWindowsPath(name).drive.startswith("\\\\")


def outside_note(names: Iterable[str]) -> tuple[Note, ...]:
    """Return what tells of input files outside the study folder."""
    outside = sorted(name for name in names if leaves_study(name))
    if not outside:
        return ()
    told = named(outside)
    zh = f"读取了研究文件夹以外的数据：{told.zh}；转交研究时请一并提供"
    en = f"data outside the study folder was read: {told.en}; hand it over with the study"
    return (Note(zh=zh, en=en),)
