"""Decisions about hosts, as the tables tell them: contradictions, and what a plan leaves out."""

import pandas as pd
import pytest

import siting
import small_study
from siting import load
from siting.errors import DataError
from siting.inputs import read_inputs


@pytest.fixture
def folder(tmp_path):
    """Write the small town: hosts cb, cd and cf, a plan for 2025."""
    small_study.write(tmp_path)
    return tmp_path


def decide(folder, **hosts):
    table = pd.read_csv(folder / "hosts.csv", dtype=str).set_index("site_id")
    for site, columns in hosts.items():
        for column, value in columns.items():
            table.loc[site, column] = value
    table.reset_index().to_csv(folder / "hosts.csv", index=False)
    return load(folder / "town.yaml")


def problems(study):
    with pytest.raises(DataError) as caught:
        read_inputs(study)
    return [str(problem) for problem in caught.value.problems]


def test_two_hosts_of_a_group_cannot_both_be_decided(folder):
    study = decide(
        folder,
        cb={"decision": "必选", "exclusive_group": "g"},
        cd={"decision": "已定", "exclusive_group": "g"},
        cf={"decision": "待定", "exclusive_group": "g"},
    )
    (only,) = problems(study)
    assert "hosts.csv, site_id cb, cd: 2 hosts of the exclusive group 'g'" in only


@pytest.mark.parametrize("other", ["待定", "不选"])
def test_one_decided_host_of_a_group_is_no_contradiction(folder, other):
    one = {"decision": "必选", "exclusive_group": "g"}
    read_inputs(decide(folder, cb=one, cd={"decision": other, "exclusive_group": "g"}))
    read_inputs(decide(folder, cb=one, cd={"decision": "必选", "exclusive_group": ""}))


def test_a_host_decided_for_later_is_named(folder):
    study = decide(
        folder,
        cb={"decision": "已定", "from_year": "2026"},
        cd={"decision": "必选", "from_year": "2025"},
        cf={"from_year": "2026"},
    )
    (note,) = [note for note in read_inputs(study).notes if "最早开办年份" in note.zh]
    assert note.zh.endswith("晚于规划期末（2025），未计入方案：cb")
    assert "1 committed or forced hosts open after 2025" in note.en


def test_hosts_that_are_not_safe_are_named(folder):
    study = decide(folder, cb={"safety": "否"}, cd={"safety": "是"}, cf={"safety": "否"})
    (note,) = [note for note in read_inputs(study).notes if "消防" in note.zh]
    assert note.zh == "hosts.csv：2处载体消防及房屋安全为“否”，方案不予开办：cb、cf"
    assert note.en.endswith("the plan does not open them: cb, cf")


def test_a_host_that_is_not_safe_cannot_be_forced(folder):
    (only,) = problems(decide(folder, cb={"safety": "否", "decision": "必选"}))
    assert "hosts.csv, site_id cb: is forced, and its safety is 'no'" in only


@pytest.mark.parametrize("decision", ["forced", "committed"])
def test_today_does_not_have_what_is_decided_for_the_plan(folder, decision):
    study = siting.run(decide(folder, cd={"decision": decision}))
    assert study.plan.sites.set_index("site_id").loc["cd", "action"] == "open"
    free = siting.run(decide(folder, cd={"decision": "free"}))
    pd.testing.assert_frame_equal(study.today.table, free.today.table)
