"""Files that are spoilt on purpose: how each is spoilt, what reads it, what has to come of it."""

import os
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

import small_study

Spoil = Callable[[Path], object]


@dataclass(frozen=True)
class Refused:
    """It is refused with a message that holds these words, and the file, place and remedy."""

    words: str


@dataclass(frozen=True)
class Repaired:
    """It is read, and a note with these words counts what was left out or mended."""

    words: str


@dataclass(frozen=True)
class Harmless:
    """It is read, and everything is as if the file had not been spoilt."""

    why: str


@dataclass(frozen=True)
class Case:
    """A spoilt file.

    Attributes
    ----------
    name
        What is wrong, in few words.
    spoil
        Spoils the files of :mod:`many_formats` in a folder.
    outcome
        What has to come of it.
    command
        The words after ``siting``, run in the folder.
    file
        The file that a message must name; empty where ``words`` name it.
    """

    name: str
    spoil: Spoil
    outcome: Refused | Repaired | Harmless
    command: str = "check town.yaml"
    file: str = ""


def holding(name: str, content: bytes | str) -> Spoil:
    """Write something else into a file."""
    told = content.encode() if isinstance(content, str) else content
    return lambda folder: (folder / name).write_bytes(told)


def cut(name: str, keep: float) -> Spoil:
    """Keep a share of a file."""

    def spoil(folder: Path) -> None:
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content[: int(keep * len(content))])

    return spoil


def flipped(name: str, at: float, mask: int = 0xFF) -> Spoil:
    """Change one byte, at a share of the file."""

    def spoil(folder: Path) -> None:
        content = bytearray((folder / name).read_bytes())
        content[int(at * (len(content) - 1))] ^= mask
        (folder / name).write_bytes(content)

    return spoil


def without(*names: str) -> Spoil:
    """Remove files."""
    return lambda folder: [(folder / name).unlink() for name in names]


def folder_for(name: str) -> Spoil:
    """Put a folder in the place of a file."""

    def spoil(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return spoil


def pipe_for(name: str) -> Spoil:
    """Put a pipe that nobody writes into in the place of a file: reading it waits for ever."""

    def spoil(folder: Path) -> None:
        (folder / name).unlink()
        os.mkfifo(folder / name)

    return spoil


def link_to_itself(name: str) -> Spoil:
    """Put a link that leads to itself in the place of a file."""

    def spoil(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).symlink_to(Path(name).name)

    return spoil


def endless(name: str) -> Spoil:
    """Put a file that never ends in the place of another."""

    def spoil(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).symlink_to("/dev/zero")

    return spoil


def edited(name: str, old: str, new: str) -> Spoil:
    """Replace the first of a text."""
    return lambda folder: small_study.edit(folder / name, old, new)


def encoded(name: str, encoding: str) -> Spoil:
    """Write a text in another encoding."""

    def spoil(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_bytes(text.encode(encoding))

    return spoil


def appended(name: str, content: bytes) -> Spoil:
    """Write something behind the end of a file."""
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes() + content)


def cell(name: str, column: str, value: str, row: int = 1) -> Spoil:
    """Put a value into a cell of a CSV file; the first row is 0."""

    def spoil(folder: Path) -> None:
        table = pd.read_csv(folder / name, dtype=str)
        table.loc[row, column] = value
        table.to_csv(folder / name, index=False)

    return spoil


def repacked(name: str, change: Callable[[str, bytes], bytes | None]) -> Spoil:
    """Write a zip archive again with some members changed, or left out where None is given."""

    def spoil(folder: Path) -> None:
        old = folder / f"old-{Path(name).name}"
        shutil.move(folder / name, old)
        with (
            zipfile.ZipFile(old) as source,
            zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as made,
        ):
            for member in source.namelist():
                content = change(member, source.read(member))
                if content is not None:
                    made.writestr(member, content)
        old.unlink()

    return spoil


def after(*spoils: Spoil) -> Spoil:
    """Spoil in several ways, one after another."""

    def spoil(folder: Path) -> None:
        for each in spoils:
            each(folder)

    return spoil
