"""The page of the benchmarks: what rows become, whatever their seconds."""

import importlib
import json
import sys
from pathlib import Path

import pytest

benchmarks = Path(__file__).parents[1] / "benchmarks"
walk = {"case": "walk-200k", "peak_mb": 100}
cover = {"case": "cover-100k", "peak_mb": 100, "bound": 7.0}


@pytest.fixture
def report(monkeypatch):
    monkeypatch.syspath_prepend(str(benchmarks))
    import report

    yield report
    for path in benchmarks.glob("*.py"):
        sys.modules.pop(path.stem, None)


@pytest.mark.parametrize("name", ["wuhan", "reach", "model", "page", "load"])
def test_every_benchmark_can_be_begun(report, name):
    assert callable(importlib.import_module(name).main)


@pytest.fixture
def setting(report):
    return report.Setting(
        date="2026-01-02 03:04",
        command="python benchmarks --quick",
        machine="a processor, 2 cores",
        load="0.10, 0.20, 0.30",
        versions={"siting": "0.1.0", "pandana": None},
    )


def page(report, setting, *rows, failed=False, name="reach"):
    return report.document(setting, [report.Part(name, 12.3, failed, rows)])


def test_the_page_tells_that_rustworkx_has_no_cutoff(report, setting):
    told = "rustworkx is measured without a cutoff"
    checked_in = (Path(__file__).parents[1] / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert told in page(report, setting)
    assert told in checked_in
    assert f"| {report.engines['rustworkx']} |" in checked_in


def test_the_page_tells_when_where_and_with_what(report, setting):
    text = page(report, setting)
    for told in ("`python benchmarks --quick`", "2026-01-02 03:04", "a processor, 2 cores"):
        assert told in text
    assert "| load average at the start (1, 5, 15 minutes) | 0.10, 0.20, 0.30 |" in text
    assert "| versions | siting 0.1.0 |" in text
    assert "Not installed, and not measured: pandana." in text
    assert "`python benchmarks/reach.py`, 12 s." in text


def test_engines_stand_side_by_side_with_ratios(report, setting):
    text = page(
        report,
        setting,
        {**walk, "engine": "siting", "seconds": 0.02, "equal": True},
        {**walk, "engine": "pandana", "seconds": 0.5, "equal": True, "ready_s": 20.4},
        {**walk, "engine": "networkx", "seconds": 3.0, "equal": False, "sample": 50},
    )
    title = "1,000 walks of 15 minutes, 200,000 nodes"
    assert f"| {title} | siting | 0.02 | 1 | 100 | agrees |" in text
    assert "|  | pandana | 0.5 | 25 | 100 | agrees, made ready in 20.4 s |" in text
    assert "| 3 | 150 | 100 | **differs**, scaled from 50 sites |" in text


def test_a_proof_that_was_not_reached_is_more_than_its_time(report, setting):
    text = page(
        report,
        setting,
        {**cover, "engine": "siting", "seconds": 2.0, "status": "optimal", "objective": 7.0,
         "equal": True},
        {**cover, "engine": "highs", "seconds": 60.0, "status": "feasible", "objective": 6.0,
         "gap": 0.25, "equal": True},
        {**cover, "engine": "spopt", "seconds": 20.0, "status": "Optimal Solution Found",
         "objective": 7.0, "equal": True},
    )  # fmt: skip
    assert "| 2 | 1 | 100 | agrees, 7 |" in text
    assert "| 60 | > 30 | 100 | found another value, 6, gap 25.0% |" in text
    assert "| 20 | 10 | 100 | agrees, 7 |" in text


def test_an_engine_without_proof_is_not_said_to_agree(report, setting):
    own = {"case": "cover", "engine": "siting", "seconds": 1.0, "equal": True}
    own |= {"status": "optimal", "objective": 4_460_025.0}
    same, other = (
        {**own, "engine": name, "status": "feasible", "objective": value}
        for name, value in (("same", 4_460_025.0), ("other", 100.0))
    )
    lines = page(report, setting, own, same, other).splitlines()
    answers = [line.split(" | ")[-1] for line in lines if "4,460,025" in line or " 100" in line]
    assert answers == [
        "agrees, 4,460,025 |",
        "found the same value, 4,460,025, not proven |",
        "found another value, 100, not proven |",
    ]


def test_pages_are_told_with_their_size_and_whom_they_ask(report, setting):
    drawn = {"case": "grid-map", "equal": True}
    text = page(
        report,
        setting,
        {**drawn, "engine": "siting", "seconds": 4.0, "page_mb": 0.95, "asks_others": 0},
        {**drawn, "engine": "explore", "seconds": 6.0, "page_mb": 15.76, "asks_others": 11},
    )
    assert "| siting | 4 | 1 | – | agrees, 0.95 MB, opens offline |" in text
    asks = "agrees, 15.8 MB, asks for 11 files of others as it opens |"
    assert f"(Folium): the same layers as a map alone | 6 | 1.5 | – | {asks}" in text


def test_figures_to_reach_and_what_went_wrong(report, setting):
    text = page(
        report,
        setting,
        {"figure": "run, s", "value": 31.04, "asked": "<= 60", "reached": True},
        {"figure": "page, MB", "value": 1234.5, "asked": "<= 5", "reached": False},
        {"case": "jinan-500", "skipped": "the data is not there"},
        failed=True,
    )
    assert "| run, s | 31 | ≤ 60 | yes |" in text
    assert "| page, MB | 1,234 | ≤ 5 | **no** |" in text
    assert "Not measured: jinan-500, the data is not there." in text
    assert "It ended before its end" in text


def test_a_case_with_one_engine_has_no_row_of_its_own(report, setting):
    assert "| case |" not in page(report, setting, {**walk, "engine": "siting", "seconds": 1.0})


def test_rows_are_lines_of_json(report, capsys):
    import rows

    rows.hand_over({"case": "a", "seconds": 0.123456789})
    assert rows.at_most("time, s", 2, 1.5) is False
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {"case": "a", "seconds": 0.12346},
        {"figure": "time, s", "value": 2, "asked": "<= 1.5", "reached": False},
    ]


def test_the_machine_is_told_without_its_name(report):
    import platform

    import machine

    assert "cores" in machine.machine()
    assert platform.node() not in machine.machine() or not platform.node()
    assert machine.versions(("numpy", "no-such-package"))["no-such-package"] is None
