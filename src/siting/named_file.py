"""Files that people name: whether they can be read at all, and the text of small ones.

Reads the file system, gives texts and what keeps a file from being read. Does not: know what a
file is for.
"""

from pathlib import Path, PureWindowsPath
from typing import NamedTuple

parted = (".xlsx", ".xlsm", ".gpkg")
"""Files of several parts: sheets, layers."""
shapefile_parts = (".shx", ".dbf", ".prj", ".cpg")


class Hindrance(NamedTuple):
    """What keeps a file from being read, and what to do; as in a :class:`siting.errors.Problem`."""

    what: str
    remedy: str


def hindrance(path: Path) -> Hindrance | None:
    """Return what keeps a file from being read, None where nothing does.

    A pipe or a device is never opened: reading it could wait, or go on, for ever.
    """
    try:
        if path.is_dir():
            return Hindrance("is a folder, not a file", "name the file inside it")
        if path.exists() and not path.is_file():
            return Hindrance("is no file but a pipe or a device", "name a file")
        with path.open("rb") as content:
            content.read(1)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # a name with a NUL is a ValueError
        return Hindrance("there is no such file", "check its name and folder")
    except OSError as error:
        return Hindrance(
            f"cannot be read: {error.strerror}",
            "close it in other programs, or name a file that you may read",
        )
    return None


def text_of(path: Path, most_bytes: int) -> str | Hindrance:
    """Return the text of a file in UTF-8, with or without a BOM, or what keeps it from being read.

    Parameters
    ----------
    most_bytes
        A larger file is not read.
    """
    hindered = hindrance(path)
    if hindered is not None:
        return hindered
    try:
        if path.stat().st_size > most_bytes:
            what = f"is larger than {most_bytes / 1e6:g} MB, and no such file is"
            return Hindrance(what, "check that it is the right file")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"is not UTF-8 text (byte {error.start})"
        return Hindrance(what, "save the file as UTF-8")
    except OSError as error:
        return Hindrance(f"cannot be read: {error.strerror}", "close it in other programs")


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


def parts_of(file: Path) -> list[Path]:
    """Return what belongs to a file: the parts of a Shapefile, the log of a GeoPackage.

    Nothing where its folder cannot be listed.
    """
    beside = [f"{file.name}-wal"]
    if file.suffix.lower() == ".shp":
        beside = [f"{file.stem}{end}" for end in shapefile_parts]
    try:
        there = {other.name.lower(): other for other in file.parent.iterdir()}
    except OSError:
        return []
    return [there[name.lower()] for name in beside if name.lower() in there]


def is_on_network(name: str) -> bool:
    """Whether a name is of another computer: two slashes before it, as Windows reads them."""
    return PureWindowsPath(name).drive.startswith("\\\\")
