"""Hostile files: each is refused with file, place and remedy, or repaired and counted."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from dataclasses import fields
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

import hostile_geoparquet
import hostile_layers
import hostile_rasters
import hostile_runs
import hostile_scenarios
import hostile_streets
import hostile_tables
import many_formats
from hostile_files import Harmless, Refused, Repaired
from hostile_words import words_of
from siting.cache import Cache
from siting.cli import main
from siting.derived import read_inputs
from siting.network import read_network
from siting.running import read_study
from siting.scenario import load
from siting.steps import Steps, no_report
from torture import amount

pytestmark = [
    pytest.mark.trust,
    pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes and links are made as on Unix"),
]
longest_s, most_mb = amount(30.0, 5.0), 1000.0
"""The time is measured in ``make torture``; a usual run holds that nothing is read for ever."""
imported_mb = 300.0
"""What Python with the package and its libraries takes before a file is read."""
status = Path("/proc/self/status")
cases = [
    case
    for listed in (
        hostile_scenarios.scenarios,
        hostile_scenarios.profiles,
        hostile_scenarios.trials,
        hostile_tables.csv_files,
        hostile_tables.workbooks,
        hostile_tables.filled_workbooks,
        hostile_layers.geojson,
        hostile_layers.geopackages,
        hostile_layers.shapefiles,
        hostile_geoparquet.parquet,
        hostile_rasters.rasters,
        hostile_streets.osm_xml,
        hostile_streets.osm_pbf,
        hostile_streets.graphml,
        hostile_streets.edge_tables,
        hostile_streets.osmnx_layers,
        hostile_runs.reviewed,
        hostile_runs.compared,
    )
    for case in listed()
]
heavy = [case for case in cases if re.search(r"million|bomb|terabyte|multiply|billion", case.name)]


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    """Return a folder of good files."""
    folder = tmp_path_factory.mktemp("clean")
    many_formats.write(folder)
    return folder


@pytest.fixture(scope="module")
def said_of_clean(clean):
    """Return what a command says of the good files, once for each."""
    said = {}

    def of(command, capsys):
        if command not in said:
            assert siting(command, clean) == 0
            said[command] = capsys.readouterr().out.splitlines(), what_is_read(clean, command)
        return said[command]

    return of


def siting(command, folder):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return main([*shlex.split(command), "--lang", "en"])


def what_is_read(folder, command):
    """Return what a study holds once its files are read, or the page that was drawn."""
    word, name = command.split()[:2]
    if word != "check":
        return (folder / name / "review.html").read_bytes() if word == "review" else None
    asked = load(folder / name)
    network = read_network(asked)
    inputs = read_inputs(asked, network)
    shapes = [shapely.to_wkb(network.lines), shapely.to_wkb(inputs.townships.geometry.array)]
    times = [(t.forward_ms, t.backward_ms, t.can_stop) for t in network.travel.values()]
    tables = [inputs.cells, inputs.sites, inputs.townships.drop(columns="geometry")]
    texts = [table.to_csv(index=False) for table in tables]
    return repr((np.concatenate(shapes).tolist(), times, network.highway.tolist(), texts))


def megabytes(field):
    found = re.search(rf"{field}:\s+(\d+) kB", status.read_text(encoding="ascii"))
    return int(found[1]) / 1000


def test_there_are_enough_and_each_has_a_name_of_its_own():
    assert len(cases) + len(hostile_runs.caches()) >= 150
    assert len({case.name for case in cases}) == len(cases)
    by_file = {
        case.name
        for case in cases
        if isinstance(case.outcome, Refused) and case.outcome.words in ("", case.file)
    }
    assert by_file == set(words_of)
    assert len(heavy) >= 8


@pytest.mark.parametrize("case", cases[:: amount(3, 1)], ids=lambda case: case.name)
def test_a_hostile_file(case, clean, said_of_clean, tmp_path, capsys):
    usual, read = said_of_clean(case.command, capsys)
    folder = tmp_path / "study"
    shutil.copytree(clean, folder, symlinks=True)
    case.spoil(folder)
    before = sorted(path.relative_to(folder) for path in folder.rglob("*"))
    measured = status.exists()
    if measured:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        held = megabytes("VmRSS")
    start_s = time.process_time()
    code = siting(case.command, folder)
    taken_s = time.process_time() - start_s
    told = capsys.readouterr()
    if measured:
        assert megabytes("VmHWM") - held < most_mb - imported_mb
    assert taken_s < longest_s
    match case.outcome:
        case Refused(words):
            assert code == 2, told
            problems = re.findall(r"^  (\S.*)$", told.err, re.MULTILINE)
            assert all(re.fullmatch(r".+?: .+ — .+", problem) for problem in problems)
            said = {words, words_of.get(case.name, words)}
            assert any(
                case.file in problem and all(word in problem for word in said)
                for problem in problems
            ), told
            assert sorted(path.relative_to(folder) for path in folder.rglob("*")) == before
        case Repaired(words):
            assert code == 0, told
            assert any(words in line for line in told.out.splitlines() if line not in usual), told
        case Harmless():
            assert code == 0, told
            assert what_is_read(folder, case.command) == read
            assert [line for line in told.out.splitlines() if line not in usual] == []


measured_apart = heavy[amount(2, 0) :: amount(5, 1)]
starting_s = 5.0
"""What Python takes to load the package, in a process of its own."""
measuring = """
import re, sys, time
from siting.cli import main
code = main(sys.argv[1:])
peak = re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())
print("measured", int(peak[1]) / 1000, time.process_time())
sys.exit(code)
"""


@pytest.mark.skipif(not status.exists(), reason="the system does not tell the memory of a process")
@pytest.mark.parametrize("case", measured_apart, ids=lambda case: case.name)
def test_memory_and_time_of_a_whole_process(case, clean, tmp_path):
    folder = tmp_path / "study"
    shutil.copytree(clean, folder, symlinks=True)
    case.spoil(folder)
    command = [sys.executable, "-c", measuring, *shlex.split(case.command)]
    done = subprocess.run(  # noqa: S603
        command, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == (2 if isinstance(case.outcome, Refused) else 0), done.stderr
    peak_mb, taken_s = map(float, done.stdout.splitlines()[-1].split()[1:])
    assert peak_mb < most_mb
    assert taken_s < longest_s + starting_s


@pytest.mark.parametrize("name", hostile_runs.caches())
def test_a_hostile_cache(name, clean, tmp_path):
    asked = load(clean / "town.yaml")
    cache = Cache(tmp_path / "cache")
    good = read_study(asked, Steps({}, no_report), cache)
    kept = sorted((tmp_path / "cache").iterdir())
    assert len(kept) == 2
    for path in kept:
        hostile_runs.caches()[name](path)
    again = read_study(asked, Steps({}, no_report), cache)
    pd.testing.assert_frame_equal(again[1].cells, good[1].cells)
    for one, other in ((again[0], good[0]), (again[2], good[2])):
        for field in fields(one):
            if isinstance(value := getattr(other, field.name), np.ndarray):
                np.testing.assert_array_equal(getattr(one, field.name), value)
