"""Files put into a folder together: all of them or none, also where the process is killed.

Reads nothing, gives a folder to write into. Does not: know what the files hold.
"""

import errno
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from time import time
from typing import IO

from siting.errors import OutputError, Problem

room_prefix = ".run-"
"""Name of the folder inside the one to be filled in which files are written first."""
new_name, old_name = "new", "old"
held_name = "held"
"""Locked by the process that writes, for as long as it lives."""
complete_name = "complete"
"""Is there while whole new files take the place of earlier ones; names those to be taken away."""
abandoned_s = 3600
"""A folder that nobody can tell to be held is nobody's any more at this age (assumption)."""
last_file = "plan.json"
"""Leaves first and comes last: a folder without it is no finished run."""
remedies = {
    errno.ENOSPC: "make room on the disk, or name a folder on another one",
    errno.EDQUOT: "make room on the disk, or name a folder on another one",
    errno.EFBIG: "name a folder on another disk",
    errno.EROFS: "name another folder",
}
usual_remedy = "close the file if it is open elsewhere, or name another folder"


def check_folder(folder: Path) -> None:
    """Look whether files can be written into a folder, which need not exist; writes nothing.

    Raises
    ------
    OutputError
        It cannot be made or written, or a file is in its place.
    """
    there, what = folder.absolute(), ""
    try:
        while not there.exists():
            there = there.parent
        if not there.is_dir():
            what = "is a file"
        elif not os.access(there, os.W_OK | os.X_OK):
            what = "may not be written"
    except OSError as error:
        what = f"cannot be written: {error.strerror}"
    if what:
        raise OutputError([Problem(str(there), what, "name another folder")])


@contextmanager
def run_folder(folder: Path, outdated: Iterable[str] = ()) -> Iterator[Path]:
    """Give a folder to write files into, and put them in place together at the end.

    The files, which may lie in folders, are written into a hidden folder inside ``folder`` and
    moved only when all of them are complete, ``plan.json`` last. If one cannot be replaced (on
    Windows: it is open in another program), those already moved are put back. If the process is
    killed while files are moved, :func:`finish_folder` moves the rest.

    Parameters
    ----------
    outdated
        Names of files that are taken away where they are not written anew.

    Raises
    ------
    OutputError
        The folder cannot be written; what was there before is as it was.
    """
    check_folder(folder)
    finish_folder(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        room = Path(tempfile.mkdtemp(prefix=room_prefix, dir=folder))
    except OSError as error:
        raise _refusal(error, folder) from error
    try:
        with (room / held_name).open("wb") as held:
            with suppress(OSError):  # some network drives know no locks
                _lock(held)
            (room / new_name).mkdir()
            (room / old_name).mkdir()
            yield room / new_name
            _exchange(room, folder, outdated)
    except OSError as error:
        raise _refusal(error, folder) from error
    finally:
        if not (room / complete_name).exists():
            shutil.rmtree(room, ignore_errors=True)


def finish_folder(folder: Path) -> None:
    """Put in place the files of a run that was killed while it did so, and remove what it left.

    Raises
    ------
    OutputError
        Another program is putting its files in place there, or these cannot be moved.
    """
    with suppress(OSError):
        rooms = sorted(folder.glob(f"{room_prefix}*")) if folder.is_dir() else []
        for room in rooms:
            if room.is_dir() and not room.is_symlink():
                _finish(room, folder)


def _finish(room: Path, folder: Path) -> None:
    mark = room / complete_name
    left = _read_mark(mark)
    try:
        with (room / held_name).open("rb+") as held:
            try:
                _lock(held)
            except OSError as error:
                if left is None:
                    raise
                raise _waiting(folder, "another program is putting files in place here") from error
            if left is not None:
                _move(room, folder, left)
                mark.unlink()
    except OSError as error:
        if left is not None:
            what = "files of a run that was cut short wait here and cannot be put in place"
            raise _waiting(error.filename or folder, f"{what}: {error.strerror}") from error
        if abs(time() - room.stat().st_mtime) < abandoned_s:
            return
    shutil.rmtree(room, ignore_errors=True)


def _read_mark(path: Path) -> list[str] | None:
    """Return the names of files to be taken away, None where no whole run waits."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, list) and all(map(_is_inside, told)) else None


def _waiting(place: Path | str, what: str) -> OutputError:
    remedy = (
        "close the file if it is open elsewhere, wait until other runs have ended, see that the "
        "folder may be written, and try again"
    )
    return OutputError([Problem(str(place), what, remedy)])


def _is_inside(name: object) -> bool:
    """Whether a name is one of a file in a folder; a folder may come from anybody."""
    path = PurePath(name) if isinstance(name, str) else PurePath("..")
    return not path.anchor and ".." not in path.parts


def _lock(file: IO[bytes]) -> None:
    """Lock a file while it is open.

    Raises
    ------
    OSError
        Another process has locked it.
    """
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _exchange(room: Path, folder: Path, outdated: Iterable[str]) -> None:
    """Move whole files into ``folder``; where one cannot be, leave all as it was before."""
    names = _files_of(room / new_name)
    for name in names:
        with (room / new_name / name).open("rb+") as file:
            os.fsync(file.fileno())
    left = [name for name in outdated if name not in names]
    mark = room / complete_name
    part = mark.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        json.dump(left, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(mark)
    try:
        _move(room, folder, left)
    except BaseException:
        _move_back(room, folder, names)
        mark.unlink()
        raise
    with suppress(OSError):  # nothing waits any more
        mark.unlink()


def _files_of(folder: Path) -> list[str]:
    found = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    return sorted((path.as_posix() for path in found), key=lambda name: (name == last_file, name))


def _move(room: Path, folder: Path, left: list[str]) -> None:
    """Move what is in ``new`` into the folder, and what it replaces into ``old``."""
    names = _files_of(room / new_name)
    for name in [name for name in names if name == last_file] + left:
        _take_away(room, folder, name)
    for name in names:
        there = folder / name
        if there.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(there))
        there.parent.mkdir(exist_ok=True)
        _take_away(room, folder, name)
        (room / new_name / name).replace(there)


def _take_away(room: Path, folder: Path, name: str) -> None:
    if (folder / name).is_file():
        kept = room / old_name / name
        kept.parent.mkdir(exist_ok=True)
        (folder / name).replace(kept)


def _move_back(room: Path, folder: Path, names: list[str]) -> None:
    for name in names:
        if not (room / new_name / name).exists():
            (folder / name).replace(room / new_name / name)
    for name in reversed(_files_of(room / old_name)):
        (room / old_name / name).replace(folder / name)
    for inner in {PurePath(name).parent for name in names} - {PurePath()}:
        with suppress(OSError):
            (folder / inner).rmdir()


def _refusal(error: OSError, folder: Path) -> OutputError:
    what = f"cannot be written: {error.strerror}"
    remedy = remedies.get(error.errno or 0, usual_remedy)
    return OutputError([Problem(str(error.filename or folder), what, remedy)])
