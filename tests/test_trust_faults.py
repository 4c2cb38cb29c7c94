"""Runs and caches under faults: killed, full disk, files in use, damaged bytes, a moved clock.

A run folder holds the whole earlier run or the whole new one, or is finished by the next command;
what a cache gives is right or nothing.
"""

import errno
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import siting
import small_study
from file_faults import changes_of, dies, refused_at
from siting.cache import Cache, abandoned_s
from siting.cli import main
from siting.errors import OutputError
from siting.folder import finish_folder
from siting.review import draw_page
from siting.review.gis import write_geopackage, write_geoparquet
from torture import amount, full

pytestmark = [
    pytest.mark.trust,
    pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork, limits or signals as on Linux"),
]
seed = 7
differs = ("run.json", "plan.gpkg")
"""Differ from run to run: times and machine; time stamps."""


@pytest.fixture(scope="module")
def deliverables():
    """Leave workbook and report out in the usual amount: they take most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        if not full:
            patch.setattr("siting.study.write_review", page_and_layers)
        yield


def page_and_layers(findings, folder, lang="zh", title=None, *, tiles=None, geoparquet=False):
    (folder / "review.html").write_text(draw_page(findings, lang, title, tiles), encoding="utf-8")
    write_geopackage(findings, folder / "plan.gpkg", lang)
    return ("review.html", *(write_geoparquet(findings, folder) if geoparquet else ()))


@pytest.fixture(scope="module")
def made(deliverables, tmp_path_factory):
    """Return a folder with a study, an earlier and a new plan of it, and the files of each."""
    folder = tmp_path_factory.mktemp("study")
    path = small_study.write(folder)
    earlier = siting.run(path)
    small_study.edit(path, "required: 25.0", "required: 40.0")
    new = siting.run(path)
    assert earlier.plan.plan_hash != new.plan.plan_hash
    earlier.save(folder / "earlier", geoparquet=True)
    new.save(folder / "new")
    return folder, earlier, new


@pytest.fixture
def out(made):
    """Return a folder with the earlier run."""
    folder = made[0] / "out"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(made[0] / "earlier", folder)
    return folder


def files_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def state_of(folder, made):
    """Return whose files a folder holds, earlier or new: all of one run, and nothing else."""
    now = files_of(folder)
    json.loads(now["run.json"])
    for name in ("earlier", "new"):
        meant = files_of(made[0] / name)
        if now["plan.json"] == meant["plan.json"]:
            assert now.keys() == meant.keys()
            assert all(now[each] == meant[each] for each in now if each not in differs)
            assert [path.name for path in folder.iterdir() if path.is_dir()] == []
            return name
    raise AssertionError("plan.json is of neither run")


def forget_the_clock(folder):
    for room in folder.glob(".run-*"):
        os.utime(room, (0, 0))


def test_kills_while_a_run_is_saved(made, out):
    earlier, new = made[1:]
    whole = made[0] / "whole"
    count = changes_of(whole, new.save, whole)
    began = time.monotonic()
    new.save(whole)
    seconds = time.monotonic() - began
    instants = np.random.default_rng(seed)
    kills = [{"at": count - 1 - at} for at in range(0, count, amount(count // 2, 1))]
    kills += [{"after_s": instants.uniform(0, seconds)} for _ in range(amount(1, 60))]
    found = []
    for number, kill in enumerate(kills):
        shutil.rmtree(out)
        shutil.copytree(made[0] / "earlier", out)
        if not dies(out, new.save, out, **kill):
            continue
        forget_the_clock(out)
        if number % 4 == 0:
            assert main(["review", str(out), "--no-cache"]) == 0
        finish_folder(out)
        found.append(state_of(out, made))
        read = siting.open_run(out)
        assert read.plan.plan_hash == {"earlier": earlier, "new": new}[found[-1]].plan.plan_hash
    assert len(found) >= amount(2, 120)
    new.save(out)
    assert state_of(out, made) == "new"


def test_kills_of_a_whole_run(made, out, monkeypatch, tmp_path):
    # Into one folder, with one cache, each after the other: what a kill leaves stays there.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    script = Path(__file__).with_name("killed_command.py")
    run = ["run", str(made[0] / "town.yaml"), "--out", str(out)]
    path = os.pathsep.join(sys.path)
    told = {
        "capture_output": True,
        "env": {**os.environ, "PYTHONPATH": path},
    }
    instants = np.random.default_rng(seed)
    kills = amount(1, 24)
    died, seconds = 0, 0.0
    if kills > 1:
        began = time.monotonic()
        elsewhere = [*run[:-1], str(tmp_path / "whole")]
        command = [sys.executable, str(script), str(tmp_path / "none"), "-1", *elsewhere]
        subprocess.run(command, check=True, **told)  # noqa: S603
        seconds = time.monotonic() - began
        shutil.rmtree(tmp_path / "cache")
    for number in range(kills):
        if number % 3 == 0:
            for kept in (tmp_path / "cache").rglob("*.kept"):
                kept.unlink()
            folder, at, limit_s = str(tmp_path / "cache"), number % 7, None
        else:
            folder, at = str(out), -1
            limit_s = instants.uniform(0.1, 0.7 * seconds)
        try:
            command = [sys.executable, str(script), folder, str(at), *run]
            ended = subprocess.run(command, check=False, timeout=limit_s, **told)  # noqa: S603
            died += ended.returncode == -signal.SIGKILL
        except subprocess.TimeoutExpired:  # which kills
            died += 1
        finish_folder(out)
        siting.open_run(out)
    assert died >= amount(1, 15)
    forget_the_clock(out)
    assert main(run) == 0
    assert siting.open_run(out).plan.plan_hash == made[2].plan.plan_hash
    assert state_of(out, made) == "new"


def test_kills_while_a_cache_is_written(tmp_path):
    cache = Cache(tmp_path / "cache")
    rng = np.random.default_rng(seed)
    arrays = {"a": rng.random(2_000_000), "b": np.arange(9)}
    other = {"a": np.arange(5)}
    cache.keep("other", other)
    count = changes_of(cache.folder, cache.keep, "key", arrays)
    began = time.monotonic()
    cache.keep("key", arrays)
    seconds = time.monotonic() - began
    instants = np.random.default_rng(seed)
    kills = [{"at": at} for at in range(count)]
    kills += [{"after_s": instants.uniform(0, seconds)} for _ in range(amount(8, 60))]
    died = 0
    for number, kill in enumerate(kills):
        if number % 2:
            (cache.folder / "key.kept").unlink(missing_ok=True)
        died += dies(cache.folder, cache.keep, "key", arrays, **kill)
        found = cache.load("key")
        assert found is None or all((found[name] == arrays[name]).all() for name in arrays)
        assert (cache.load("other")["a"] == other["a"]).all()
    assert died >= amount(6, 40)
    for path in cache.folder.glob("*.kept-new"):
        os.utime(path, (0, 0))
    assert cache.keep("key", arrays)
    assert sorted(path.name for path in cache.folder.iterdir()) == ["key.kept", "other.kept"]


def test_flipped_bytes_of_a_cache(made, tmp_path):
    path = made[0] / "town.yaml"
    cache = Cache(tmp_path)
    siting.run(path, cache=cache)
    files = sorted(tmp_path.glob("*.kept"))
    assert len(files) == 2
    places = np.random.default_rng(seed)
    for file in files:
        content = file.read_bytes()
        first = range(40)
        for at in [*first, *places.integers(len(content), size=amount(60, 4000))]:
            spoilt = bytearray(content)
            spoilt[at] ^= 1 << int(places.integers(8))
            file.write_bytes(spoilt)
            assert cache.load(file.stem) is None
            assert not file.exists()
        file.write_bytes(spoilt)
    assert siting.run(path, cache=cache).plan.plan_hash == made[2].plan.plan_hash


def test_cached_files_that_changed_their_names(made, tmp_path):
    path = made[0] / "town.yaml"
    cache = Cache(tmp_path)
    siting.run(path, cache=cache)
    one, two = sorted(tmp_path.glob("*.kept"))
    contents = one.read_bytes(), two.read_bytes()
    for file, content in zip((two, one), contents):
        file.write_bytes(content)
    assert cache.load(one.stem) is None
    assert cache.load(two.stem) is None
    assert siting.run(path, cache=cache).plan.plan_hash == made[2].plan.plan_hash


@pytest.mark.parametrize("moved_s", [-(10**8), 10**8])
def test_a_clock_that_moves_all_the_time(made, tmp_path, monkeypatch, moved_s):
    moves = iter(range(10**9))
    real = time.time
    moving = lambda: real() + moved_s * (next(moves) + 1)  # noqa: E731
    monkeypatch.setattr(time, "time", moving)
    monkeypatch.setattr("siting.cache.time", moving)
    monkeypatch.setattr("siting.folder.time", moving)
    cache = Cache(tmp_path / "cache")
    for _ in range(2):
        study = siting.run(made[0] / "town.yaml", cache=cache)
        assert study.plan.plan_hash == made[2].plan.plan_hash
    assert all(taken >= 0 for taken in study.seconds.values())
    assert all(stage.seconds >= 0 for stage in study.plan.stages)


@pytest.mark.parametrize("moved_s", [-10 * abandoned_s, 10 * abandoned_s])
def test_what_a_killed_process_left_in_a_cache_goes_by_any_clock(tmp_path, moved_s):
    cache = Cache(tmp_path)
    left = tmp_path / "x.kept-new"
    left.write_bytes(b"half")
    assert cache.keep("a", {"a": np.arange(3)})
    assert left.exists()
    now = left.stat().st_mtime
    os.utime(left, (now + moved_s, now + moved_s))
    assert cache.keep("b", {"a": np.arange(3)})
    assert not left.exists()


@contextmanager
def file_size_limit(most_bytes):
    """Let no file grow beyond a size, as where a disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_files_that_cannot_grow(made, out):
    new = made[2]
    sizes = sorted({len(content) for content in files_of(made[0] / "new").values()})
    limits = [(low + high) // 2 for low, high in pairwise([0, *sizes])]
    for most in limits if len(limits) <= amount(3, 99) else limits[:: len(limits) // 3]:
        with file_size_limit(most), pytest.raises(OutputError, match="cannot be written: ") as told:
            new.save(out)
        assert "disk" in told.value.problems[0].remedy
        assert state_of(out, made) == "earlier"


@pytest.fixture
def small_disk(tmp_path):
    """Return a function that mounts a disk of some bytes; only where this user may."""
    mounted = []

    def mount(size, *options):
        folder = tmp_path / f"disk{len(mounted)}"
        folder.mkdir()
        options = ",".join([f"size={size}", *options])
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        if subprocess.run(command, check=False, capture_output=True).returncode:  # noqa: S603
            pytest.skip("this user may mount no disk")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S603, S607


@pytest.mark.skipif(shutil.which("mount") is None, reason="no mount on this system")
def test_a_full_disk(made, small_disk):
    folder, _, new = made
    whole = sum(map(len, files_of(folder / "new").values()))
    steps = amount(2, 40)
    for step in range(steps):
        disk = small_disk(2 * whole + 2**20)
        shutil.copytree(folder / "earlier", disk / "out")
        free = shutil.disk_usage(disk).free
        (disk / "ballast").write_bytes(bytes(free - whole * step // steps))
        with pytest.raises(OutputError, match="cannot be written: ") as told:
            new.save(disk / "out")
        assert "make room on the disk" in told.value.problems[0].remedy
        assert state_of(disk / "out", made) == "earlier"
        assert not Cache(disk / "cache").keep("a", {"a": np.zeros(free)})
        (disk / "ballast").unlink()
        new.save(disk / "out")
        assert state_of(disk / "out", made) == "new"


@pytest.mark.skipif(shutil.which("mount") is None, reason="no mount on this system")
def test_a_disk_that_is_read_only(made, small_disk, capsys):
    disk = small_disk(2**24)
    shutil.copytree(made[0] / "earlier", disk / "out")
    command = ["mount", "-o", "remount,ro", str(disk)]
    subprocess.run(command, check=True)  # noqa: S603
    scenario = str(made[0] / "town.yaml")
    for arguments in (
        ["run", scenario, "--out", str(disk / "out")],
        ["run", scenario, "--out", str(disk / "other")],
        ["review", str(disk / "out")],
        ["compare", str(disk / "out"), str(made[0] / "new"), "--out", str(disk / "c.html")],
        ["init", str(disk / "s")],
        ["export", scenario, "--out", str(disk / "m.lp")],
    ):
        assert main([*arguments, "--lang", "en"]) == 2
        said = capsys.readouterr().err
        assert "may not be written" in said or "Read-only" in said
        assert "name another folder" in said
    page = made[0] / "c.html"
    assert main(["compare", str(disk / "out"), str(made[0] / "new"), "--out", str(page)]) == 0
    assert not Cache(disk / "cache").keep("a", {"a": np.arange(3)})
    assert state_of(disk / "out", made) == "earlier"


def test_a_result_that_is_open_in_another_program(made, out):
    # As Windows refuses to replace it; on Linux nobody does.
    new = made[2]
    in_use = PermissionError(errno.EACCES, "Permission denied")
    count = changes_of(scratch := made[0] / "scratch", new.save, scratch)
    tries = range(count)[:: -amount(count // 3, 1)]
    refused = 0
    for at in tries:
        try:
            with refused_at(out, at, in_use):
                new.save(out)
        except OutputError as told:
            remedy = told.problems[0].remedy
        else:  # refused while it tidied up
            shutil.rmtree(out)
            shutil.copytree(made[0] / "earlier", out)
            continue
        refused += 1
        assert "close the file if it is open elsewhere" in remedy
        assert state_of(out, made) == "earlier"
    assert refused > 1
    new.save(out)
    assert state_of(out, made) == "new"


def test_a_run_that_is_stopped_by_hand(made, out, monkeypatch, capsys):
    def stopped(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("siting.study.write_review", stopped)
    assert main(["run", str(made[0] / "town.yaml"), "--out", str(out), "--lang", "en"]) == 130
    assert "stopped" in capsys.readouterr().err
    assert state_of(out, made) == "earlier"
