"""Columns that are filled in and used by nothing: the planner is told, table by table."""

import pandas as pd

from drawn_town import scenario
from siting import load
from siting.inputs import dictionary
from siting.inputs.study_tables import read_tables
from siting.inputs.tables import read_table
from siting.scenario.costs import Costs
from siting.scenario.tiers import HostLimits


def notes(folder, asked=None, **columns):
    table = pd.read_csv(folder / "hosts.csv", dtype=str).assign(**columns)
    table.to_csv(folder / "hosts.csv", index=False)
    return read_tables(asked or load(folder / "town.yaml")).notes


def test_filled_columns_that_no_plan_uses_are_told(folder):
    (note,) = notes(folder, area_m2=["", "90", ""], staff_children=["0", "0", "4"], storey="")
    assert note.zh == "hosts.csv：以下各栏已读入，未用于本方案：建筑面积"
    assert note.en == "hosts.csv: read, not used by this plan: area_m2"


def test_columns_are_used_where_the_scenario_asks_for_them(folder):
    filled = {
        "area_m2": "90",
        "outdoor_area_m2": "90",
        "storey": "1",
        "surplus_3_6": "40",
        "subsidy_cny": "500",
        "running_cost_cny": "9000",
        "inclusive_price_cny": "1800",
    }
    (note,) = notes(folder, **filled)
    assert set(note.en.split(": ")[2].split(", ")) == set(filled)
    asked = load(folder / "town.yaml").model_copy(
        update={
            "host_limits": HostLimits(area_m2_per_place=3.0, highest_storey=3, source="drawn"),
            "costs": Costs(counted=("capital", "running")),
        }
    )
    (note,) = notes(folder, asked)
    assert set(note.en.split(": ")[2].split(", ")) == {
        "outdoor_area_m2",
        "surplus_3_6",
        "subsidy_cny",
        "inclusive_price_cny",
    }


def test_a_column_that_says_its_default_tells_nothing(folder):
    assert notes(folder, staff_children="0", surplus_3_6="", decision="待定") == ()


def test_a_column_that_a_rule_asks_is_used(folder):
    rule = {
        "id": "big",
        "table": "hosts",
        "where": ({"column": "area_m2", "at_least": 500.0},),
        "made_host": {
            "tier": "kindergarten",
            "host": "house",
            "inclusive": True,
            "action": "open",
            "max_classes": 1,
            "fixed_cost_cny": 0.0,
            "place_cost_cny": 0.0,
            "source": "drawn",
        },
        "clause": "drawn",
    }
    asked = load(folder / "town.yaml").model_copy(
        update={"host_rules": scenario(host_rules=(rule,)).host_rules}
    )
    (note,) = notes(folder, asked, area_m2="600", storey="2")
    assert note.en == "hosts.csv: read, not used by this plan: storey"


def test_columns_that_are_not_known_are_told(tmp_path):
    table = pd.DataFrame(
        {"指标编号": ["1"], "指标": ["率"], "年份": ["2025"], "负责科室": ["甲"], "空": [""]}
    )
    table.to_csv(tmp_path / "t.csv", index=False)
    (note,) = read_table(tmp_path / "t.csv", dictionary.tracked, "t.csv").notes
    assert note.zh == "t.csv：1栏未识别，未读入：负责科室"
    assert note.en == "t.csv: 1 columns are not known and were left unread: 负责科室"
