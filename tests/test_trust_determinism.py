"""Equal questions have equal answers: other processes, threads, hash seeds and orders of rows."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import small_study
from test_wuhan_data import scenario
from torture import amount, full

pytestmark = pytest.mark.trust

processes = amount(3, 20)
as_a_command = ("-m", "siting", "run", "--no-cache")
answer = """
import json, sys
from pathlib import Path
from siting.plan.run_folder import plan_document
from siting.running import run
study = run(sys.argv[1])
document = plan_document(study.plan, study.inputs, study.provisions, study.notes)
Path(sys.argv[2]).mkdir()
text = json.dumps(document, ensure_ascii=False, indent=1)
Path(sys.argv[2], "plan.json").write_text(text, encoding="utf-8")
Path(sys.argv[2], "review.html").write_text(study.review(), encoding="utf-8")
"""
"""Both files as a run writes them, without the workbook and the report that take most of its
time."""


def told(path: Path, number: int, *command: str) -> Path:
    """Run a study in a process with a hash seed of its own and return the folder of its files."""
    out = path.parent / f"out-{number}"
    ended = subprocess.run(  # noqa: S603
        [sys.executable, *command, str(path), *(["--out"] if "-m" in command else []), str(out)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": str(1000 * number + 7)},
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return out


def document(out: Path) -> dict:
    return json.loads((out / "plan.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Return of every process its threads, the seed of its shuffling (0 for none), its folder."""
    few = [(1, 0), (1, 0), (2, 3)]
    kinds = [*few, *((1 + number // 2 % 2, number % 2 * number) for number in range(3, processes))]
    written, paths = small_study.write(tmp_path_factory.mktemp("written")), []
    for number, (threads, seed) in enumerate(kinds):
        folder = tmp_path_factory.mktemp(f"run{number}") / "study"
        shutil.copytree(written.parent, folder)
        path = folder / written.name
        small_study.edit(path, "threads: 1", f"threads: {threads}")
        if seed:
            small_study.shuffle(path.parent, seed)
        paths.append(path)
    command = as_a_command if full else ("-c", answer)
    with ThreadPoolExecutor(2) as both:
        folders = both.map(lambda number: told(paths[number], number, *command), range(processes))
        return [(*kind, folder) for kind, folder in zip(kinds, folders)]


def test_every_process_finds_the_same_plan(runs):
    assert len({document(out)["plan_hash"] for *_, out in runs}) == 1


def test_equal_files_and_threads_give_equal_bytes(runs):
    for name in ("plan.json", "review.html"):
        of_threads = {}
        for threads, seed, out in runs:
            if not seed:
                of_threads.setdefault(threads, []).append((out / name).read_bytes())
        assert len(of_threads[1]) > 1
        assert all(len(set(contents)) == 1 for contents in of_threads.values()), name


def test_other_orders_and_threads_change_what_tells_of_them_alone(runs):
    """The sha256 of the input files, and the threads that the scenario asks for."""
    rest = []
    for *_, out in runs:
        told = document(out)
        del told["inputs"], told["scenario"]["solver"]["threads"]
        rest.append(json.dumps(told, sort_keys=True))
    assert len(set(rest)) == 1


@pytest.mark.skipif(not full, reason="minutes: SITING_TORTURE=1")
def test_the_default_study_twice_gives_the_same_bytes(tmp_path):
    path = tmp_path / "scenarios" / "wuhan.yaml"
    shutil.copytree(scenario.parent, path.parent)
    (tmp_path / "data").symlink_to(scenario.parents[1] / "data")
    outs = [told(path, number, *as_a_command) for number in (1, 2)]
    assert document(outs[0])["reproducible"]
    assert document(outs[0])["plan_hash"] == document(outs[1])["plan_hash"]
    for name in ("plan.json", "review.html"):
        assert len({(out / name).read_bytes() for out in outs}) == 1, name
