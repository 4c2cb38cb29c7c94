"""Files are put in place together, whatever fails and whenever the process is killed."""

import errno
import os
import subprocess
import sys
from itertools import cycle

import pytest

from file_faults import can_fork, changes_of, dies, refused_at
from siting.errors import OutputError
from siting.folder import abandoned_s, complete_name, finish_folder, run_folder
from torture import amount

pytestmark = [
    pytest.mark.trust,
    pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning"),
]
forking = pytest.mark.skipif(not can_fork, reason="no fork on this system")
before = {"a.csv": "old", "gone.csv": "old", "inner/b.csv": "old", "plan.json": "old"}
after = {"a.csv": "new" * 9000, "c.csv": "new", "inner/b.csv": "new", "plan.json": "new"}
full_disk = OSError(errno.ENOSPC, "No space left on device")
in_use = PermissionError(errno.EACCES, "Permission denied")
read_only = OSError(errno.EROFS, "Read-only file system")


def fill(folder, texts):
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_text(text, encoding="utf-8")


def write_anew(folder):
    with run_folder(folder, outdated=["gone.csv", "never.csv"]) as new:
        fill(new, after)


def held(folder):
    """Return the text of every file; hidden ones too."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}


def shown(folder):
    return {name: text for name, text in held(folder).items() if not name.startswith(".")}


def age(folder):
    """Make what a killed process left old enough to be nobody's."""
    for room in folder.glob(".run-*"):
        os.utime(room, (0, 0))


@pytest.fixture
def filled(tmp_path):
    """Return a function that makes folders with the files of before."""
    made = iter(range(10_000))

    def make():
        folder = tmp_path / f"{next(made)}"
        fill(folder, before)
        return folder

    return make


@forking
def test_killed_at_every_change(filled):
    count = changes_of(whole := filled(), write_anew, whole)
    assert held(whole) == after
    results = []
    for at in range(count):
        folder = filled()
        assert dies(folder, write_anew, folder, at=at)
        for name, text in shown(folder).items():
            assert text in (before.get(name), after.get(name))
        age(folder)
        finish_folder(folder)
        assert held(folder) in (before, after)
        results.append(held(folder) == after)
        write_anew(folder)
        assert held(folder) == after
    assert results == sorted(results)
    assert 0 < sum(results) < count


@forking
def test_killed_again_while_it_is_finished(filled):
    count = changes_of(whole := filled(), write_anew, whole)
    twice = 0
    for at in range(0, count, amount(4, 1)):
        folder = filled()
        assert dies(folder, write_anew, folder, at=at)
        if not any(path.name == complete_name for path in folder.rglob("*")):
            continue
        for second in cycle(range(6)):  # the lock is 0; a later one gets a little done
            if not dies(folder, finish_folder, folder, at=second):
                break
            twice += 1
        age(folder)
        finish_folder(folder)
        assert held(folder) == after
    assert twice > 10


@pytest.mark.parametrize("error", [full_disk, in_use, read_only], ids=["full", "open", "read only"])
def test_refused_at_every_change(filled, error):
    count = changes_of(whole := filled(), write_anew, whole)
    refused = 0
    for at in range(count):
        folder = filled()
        try:
            with refused_at(folder, at, error):
                write_anew(folder)
        except OutputError as told:
            refused += 1
            problem = told.problems[0]
            assert problem.what == f"cannot be written: {error.strerror}"
            remedy = "make room" if error is full_disk else "name another folder"
            assert remedy in problem.remedy
            assert held(folder) == before
        else:  # refused while it tidied up
            assert shown(folder) == after
            age(folder)
            finish_folder(folder)
            assert held(folder) == after
    assert refused > 10


def test_refused_for_good_while_files_are_moved(filled):
    # Nothing can be put back either: the next run, or review, puts the folder right.
    count = changes_of(whole := filled(), write_anew, whole)
    waited = 0
    for at in range(count):
        folder = filled()
        try:
            with refused_at(folder, at, in_use, lasting=True):
                write_anew(folder)
        except OutputError:
            pass
        waits = any(path.name == complete_name for path in folder.rglob("*"))
        if waits:
            waited += 1
            with (
                refused_at(folder, 0, in_use, lasting=True),
                pytest.raises(OutputError, match="was cut short wait here and cannot be put"),
            ):
                finish_folder(folder)
        age(folder)
        finish_folder(folder)
        assert held(folder) in (before, after)
        assert not waits or held(folder) == after
    assert waited > 3


@forking
def test_what_a_killed_run_leaves_does_not_pile_up(filled):
    folder = filled()
    for _ in range(5):
        assert dies(folder, write_anew, folder, at=6)
    assert len(list(folder.glob(".run-*"))) == 1
    write_anew(folder)
    assert held(folder) == after


def test_a_run_that_is_at_work_is_left_alone(filled):
    folder = filled()
    with run_folder(folder) as new:
        fill(new, {"a.csv": "first"})
        finish_folder(folder)
        code = "import sys, pathlib; from siting.folder import *\n"
        code += "with run_folder(pathlib.Path(sys.argv[1])) as new: (new / 'c.csv').write_text('c')"
        subprocess.run([sys.executable, "-c", code, folder], check=True)  # noqa: S603
    assert held(folder) == {**before, "a.csv": "first", "c.csv": "c"}


def test_another_run_is_putting_its_files_in_place(filled):
    folder = filled()
    with run_folder(folder) as new:
        mark = new.parent / complete_name
        mark.write_text("[]", encoding="utf-8")
        with pytest.raises(OutputError, match="another program is putting files in place here"):
            finish_folder(folder)
        mark.unlink()


@pytest.mark.parametrize("told", ['["../kept"]', '["/etc/x"]', "[1]", "{}", "nonsense", '"plan"'])
def test_a_folder_from_somebody_else_moves_nothing_outside(tmp_path, told):
    (tmp_path / "kept").write_text("kept", encoding="utf-8")
    folder = tmp_path / "run"
    room = folder / ".run-x"
    fill(room / "new", {"a.csv": "new"})
    fill(room, {complete_name: told, "held": ""})
    finish_folder(folder)
    assert held(tmp_path) == {"kept": "kept"}
    (tmp_path / "elsewhere").mkdir()
    fill(tmp_path / "elsewhere", {"x": "x"})
    (folder / ".run-y").symlink_to(tmp_path / "elsewhere")
    finish_folder(folder)
    assert (tmp_path / "elsewhere" / "x").exists()


@pytest.mark.parametrize("moved_s", [-10 * abandoned_s, 10 * abandoned_s])
def test_a_clock_that_moves(filled, monkeypatch, moved_s):
    # What nobody can lock is left for an hour, by whichever clock.
    folder = filled()
    (folder / ".run-x").mkdir()
    finish_folder(folder)
    assert (folder / ".run-x").exists()
    now = (folder / ".run-x").stat().st_mtime
    monkeypatch.setattr("siting.folder.time", lambda: now + moved_s)
    finish_folder(folder)
    assert not (folder / ".run-x").exists()
    write_anew(folder)
    assert held(folder) == after
