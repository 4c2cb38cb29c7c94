"""Input files as a scenario names them: a file, or a part of one such as ``study.xlsx#机构``."""

import hashlib
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


def check_file(path: Path) -> None:
    """Look whether there is a file that can be read.

    Raises
    ------
    DataError
        There is none, it is a folder, or it may not be read.
    """
    what, remedy = "there is no such file", "check the name in the scenario"
    try:
        if not path.is_dir():
            with path.open("rb") as file:
                file.read(1)
            return
        what, remedy = "is a folder, not a file", "name the file inside it"
    except (FileNotFoundError, NotADirectoryError, ValueError):
        pass
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        remedy = "close it in other programs, or name a file that you may read"
    raise DataError([Problem(str(path), what, remedy)])


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file; of a Shapefile, of its parts one after another.

    Raises
    ------
    DataError
        The file is missing or cannot be read.
    """
    file, _ = split_part(path)
    check_file(file)
    parts = [file]
    if file.suffix.lower() == ".shp":
        parts += [file.with_suffix(end) for end in shapefile_parts]
    digest = hashlib.sha256()
    for part in parts:
        if part.exists():
            digest.update(part.read_bytes())
    return digest.hexdigest()
