"""Tracked indicators: the planner's figures against those asked for, worked by hand."""

import re
from pathlib import Path

import pandas as pd
import pytest

from drawn_town import scenario
from siting import run
from siting.tracked import (
    published_columns,
    published_for,
    published_in,
    result_columns,
    tracked_results,
)
from small_study import edit

words = ("indicator_id", "indicator", "year", "required", "achieved", "unit", "better", "source")


def table(*rows):
    frame = pd.DataFrame(rows, columns=list(words))
    return frame.astype({"required": float, "achieved": float, "year": "int64"})


def asked(*rows):
    table = pd.DataFrame(rows, columns=list(published_columns)[:7])
    return table.assign(written="", base=float("nan"), strength="预期")


def test_a_profile_is_held_against_the_figures_of_the_planner():
    told = table(
        ("G1", "婴儿死亡率", 2025, None, 2.6, "‰", "", "卫健"),
        ("G1", "婴儿死亡率", 2027, None, None, "‰", "", "卫健"),
        ("G2", "健康管理率", 2025, None, 0.91, "", "higher", "妇幼"),
        ("G3", "备案率", 2025, None, 80.0, "%", "higher", "卫健"),
    )
    published = asked(
        ("婴儿死亡率", "‰", "lower", 2025, 2.5, "", "O15"),
        ("婴儿死亡率", "‰", "lower", 2027, 2.4, "逐年", "O15"),
        ("健康管理率", "", "higher", 2025, 0.91, "", "O11"),
        ("筛查率", "", "higher", 2025, 0.9, "", "O12"),
    )
    results = tracked_results(told, published)
    assert list(results.columns) == list(result_columns)
    found = {
        (row.indicator, row.year): (row.met, row.better, row.unit, row.note, row.clause)
        for row in results.itertuples()
    }
    assert found == {
        ("婴儿死亡率", 2025): (False, "lower", "‰", "", "O15"),
        ("婴儿死亡率", 2027): (None, "lower", "‰", "逐年", "O15"),
        ("健康管理率", 2025): (True, "higher", "", "", "O11"),
        ("备案率", 2025): (None, "higher", "%", "", ""),
        ("筛查率", 2025): (None, "higher", "", "", "O12"),
    }
    by_name = results.set_index("indicator")
    assert by_name["value"]["备案率"] == 80
    assert pd.isna(by_name["value"]["筛查率"])
    assert pd.isna(by_name["required"]["备案率"])


def test_the_table_itself_may_ask():
    told = table(
        ("G1", "婴儿死亡率", 2025, 2.5, 2.6, "‰", "lower", "甲"),
        ("G2", "备案率", 2025, 0.9, 0.95, "", "higher", "乙"),
        ("G3", "满意度", 2025, 0.9, 0.95, "", "", "丙"),
        ("G4", "说明", 2025, None, 3.0, "", "", "丁"),
    )
    results = tracked_results(told, published_in(told)).set_index("indicator")
    assert results["met"].to_dict() == {
        "婴儿死亡率": False,
        "备案率": True,
        # Nobody says which way is better, or what is asked.
        "满意度": None,
        "说明": None,
    }
    assert results["clause"].to_dict() == {
        "婴儿死亡率": "甲",
        "备案率": "乙",
        "满意度": "丙",
        "说明": "",
    }


@pytest.mark.parametrize(("better", "met"), [("higher", True), ("lower", True), ("", None)])
def test_a_figure_at_its_target_meets_it(better, met):
    told = table(("G1", "率", 2025, 0.9, 0.9, "", better, ""))
    assert tracked_results(told, published_in(told))["met"].tolist() == [met]


def test_figures_in_two_units_are_not_compared():
    told = table(("G1", "率", 2025, None, 95.0, "%", "", ""))
    (row,) = tracked_results(told, asked(("率", "‰", "higher", 2025, 900.0, "甲", "乙"))).to_dict(
        "records"
    )
    assert (row["met"], row["unit"], row["note"]) == (None, "‰", "甲；完成值的单位为%")


def test_indicators_of_one_name_stay_apart():
    told = table(
        ("G1", "率", 2025, 0.9, 0.8, "", "higher", ""),
        ("G2", "率", 2025, 0.5, 0.6, "", "higher", ""),
    )
    results = tracked_results(told, published_in(told))
    assert results["indicator"].tolist() == ["率（G1）", "率（G2）"]
    assert results["met"].tolist() == [False, True]


def test_without_a_table_what_is_asked_stands_alone():
    published = asked(("率", "", "higher", 2025, 0.9, "", "O1"))
    (row,) = tracked_results(None, published).to_dict("records")
    assert (row["required"], row["met"]) == (0.9, None)
    nothing = tracked_results(None, published_in(None))
    assert list(nothing.columns) == list(result_columns)
    assert nothing.empty


def test_a_run_writes_what_stands_beside_the_plan(folder):
    (folder / "tracked.csv").write_text(
        "indicator_id,indicator,year,required,achieved,better\nG1,备案率,2025,0.9,0.95,higher\n"
        "G2,满意度,2025,,,\n",
        encoding="utf-8",
    )
    (folder / "medical.csv").write_text(
        "medical_id,name,lon,lat,township_code,kind,child_health_staff\n"
        "m1,一院,114,27.1,Z1,community_health_centre,1\n",
        encoding="utf-8",
    )
    named = "inputs:\n  tracked: tracked.csv\n  medical: medical.csv\n"
    edit(folder / "town.yaml", "inputs:\n", named)
    study = run(folder / "town.yaml")
    study.save(folder / "out")
    assert not any("not use" in note.en for note in study.notes)
    assert lines(folder / "out" / "tracked.csv") == [
        "indicator,unit,year,required,written,base,value,met,better,note,clause,strength",
        "备案率,,2025,0.9,,,0.95,yes,higher,,,",
        "满意度,,2025,,,,,,,,,",
    ]
    assert lines(folder / "out" / "staffing.csv") == [
        "township_code,township,year,kind,residents,staff_required,institutions,staff_present,"
        "staff_untold,met",
        "Z0,Z0,2025,primary,1080.0,1,0,0,0,no",
        "Z1,Z1,2025,primary,600.0,1,1,1,0,yes",
        "Z1,Z1,2025,community_health_centre,600.0,,1,1,0,",
    ]
    page = (Path(__file__).parents[1] / "docs" / "files.md").read_text(encoding="utf-8")
    for name in ("tracked", "staffing"):
        header = lines(folder / "out" / f"{name}.csv")[0].split(",")
        assert [word for word in header if not re.search(rf"[`, ]{word}[`,]", page)] == []


def test_a_run_without_them_writes_no_such_files(folder):
    run(folder / "town.yaml").save(folder / "out")
    names = {file.name for file in (folder / "out").iterdir()}
    assert not names & {"tracked.csv", "staffing.csv"}


def lines(path):
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    return path.read_text(encoding="utf-8-sig").splitlines()


def test_what_the_profile_of_a_document_publishes_is_asked():
    asked_by = scenario(policy={"profiles": ("ouhai",)})
    asked_for = published_for(asked_by, None)
    assert len(asked_for) > 0
    assert len(tracked_results(None, asked_for)) == len(asked_for)
    assert published_for(scenario(), None).empty


def test_an_indicator_asks_as_strongly_as_its_row_of_the_document_says():
    of_jinan = published_for(scenario(policy={"profiles": ("jinan",)}), None)
    told = of_jinan.set_index("indicator")["strength"]
    assert told["从业人员人均接受培训次数"] == "约束"
    assert set(told.drop("从业人员人均接受培训次数")) == {"预期"}
    assert (
        published_in(table(("T1", "率", 2025, 0.9, None, "%", "higher", "")))["strength"].item()
        == ""
    )


def test_what_a_document_writes_and_its_base_figures_stand_beside_the_planners():
    told = table(
        ("T1", "产前筛查率", 2022, None, 92.0, "%", "higher", "示意"),
        ("T1", "产前筛查率", 2027, None, 95.0, "%", "higher", "示意"),
    )
    asked_for = published_for(scenario(policy={"profiles": ("ouhai",)}), None)
    rows = tracked_results(told, asked_for).set_index(["indicator", "year"])
    base = rows.loc["产前筛查率", 2022]
    assert (base["base"], base["value"], base["met"]) == (92.04, 92.0, None)
    assert pd.isna(base["required"])
    last = rows.loc["产前筛查率", 2027]
    assert (last["required"], last["written"], last["met"]) == (95.0, ">95", True)
    assert last["clause"] == "温瓯七优享办〔2023〕2号，五年目标表第3项"
    assert (rows.loc[("产前筛查率", [2023, 2024, 2025, 2026]), "written"] == "").all()
    for name, figure in (("婴儿死亡率", 1.8), ("5岁以下儿童死亡率", 3.05)):
        assert rows.loc[(name, 2022), "base"] == figure
        kept = rows.loc[(name, [2023, 2024, 2025, 2026, 2027]), :]
        assert set(kept["written"]) == {"持续巩固在低位"}
        assert kept["required"].isna().all()
        assert kept["met"].isna().all()
    assert rows.loc[("婚前医学检查率", 2027), "clause"].endswith("附件2一")
    assert set(rows.loc["产前筛查率", "strength"]) == {"预期"}
    assert "0-3岁人口" not in published_for(scenario(policy={"profiles": ("jinan",)}), None).values
