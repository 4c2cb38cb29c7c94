"""What a review counts: targets met and not due, known spending, places, names."""

from dataclasses import replace
from types import SimpleNamespace
from zipfile import ZipFile

import pandas as pd
import pytest

from counted_town import counted_town
from offline_page import open_page
from reviewed_town import parts
from siting.indicators import tally
from siting.notes import Note
from siting.plan.costs import kinds_told, new_places, why_counted_otherwise
from siting.review import draw_page
from siting.review.beside import beside_content
from siting.review.content import page_content
from siting.review.report import write_report
from siting.review.sentences import achievement, note_text
from siting.review.target_content import gap_proven
from siting.review.words import words
from siting.solver import Status
from siting.target_names import target_name

zh = words("zh")


@pytest.fixture(scope="module")
def counted():
    return parts(counted_town())


def test_targets_that_ask_for_nothing_yet_are_counted_apart(counted):
    told = tally(counted.plan.targets)
    # The new area is handed over in 2027; then nobody has a place near it.
    assert (told.all, told.met, told.missed, told.not_due) == (6, 4, 1, 1)
    content = page_content(counted, "zh")
    assert "6项目标（逐年分别计）达到4项，1项尚未到期" in achievement(content)
    english = "4 of 6 targets (each year of a target counted) are met, 1 not due yet"
    assert english in achievement(page_content(counted, "en"))


def test_counts_of_new_areas_are_out_of_the_areas(counted):
    rows = {(row["id"], row["year"]): row for row in page_content(counted, "zh")["targets"]}
    assert rows["N", 2026]["counted"] is None
    assert (rows["N", 2027]["achieved_count"], rows["N", 2027]["counted"]) == (0, 1)
    assert rows["T", 2027]["counted"] == 2


def test_a_met_target_tells_who_has_none(counted):
    rows = {(row["id"], row["year"]): row for row in page_content(counted, "zh")["targets"]}
    assert (rows["T", 2027]["lacking_told"], rows["T", 2027]["lacking"]) == ("without", ["Z1"])
    assert rows["N", 2027]["lacking_told"] == "lacking"


def test_what_is_proven_of_a_missed_target(counted):
    plan = counted.plan
    rows = {(row["id"], row["year"]): row for row in page_content(counted, "zh")["targets"]}
    assert rows["N", 2027]["gap_proven"] == "alone"
    assert rows["T", 2027]["gap_proven"] is None
    results = {(each.target.id, each.target.year): each for each in plan.targets}
    missed, other = results["N", 2027], replace(results["T", 2027], met=False)
    soft = other.target.model_copy(update={"hard": False, "priority": missed.target.priority})
    both = SimpleNamespace(stages=plan.stages, targets=(missed, replace(other, target=soft)))
    assert gap_proven(both, missed) == "sum"
    later = other.target.model_copy(update={"hard": False, "priority": 9})
    apart = SimpleNamespace(stages=plan.stages, targets=(missed, replace(other, target=later)))
    assert gap_proven(apart, missed) == "alone"
    assert gap_proven(apart, apart.targets[1]) is None
    open_yet = tuple(replace(stage, status=Status.WITHIN_GAP) for stage in plan.stages)
    assert gap_proven(SimpleNamespace(stages=open_yet, targets=plan.targets), missed) is None


def test_spending_nobody_gave_is_unknown(counted):
    assert kinds_told(counted.plan) == ("capital",)
    content = page_content(counted, "zh")
    assert [row[4:] for row in content["costs"]] == [[None, None], [None, None]]
    town = counted_town()
    town.hosts["b"]["running_cost_cny"] = 100.0
    known = parts(town)
    assert kinds_told(known.plan) == ("capital", "running")
    # 16 places run in 2027 at 100 CNY each.
    assert page_content(known, "zh")["costs"][-1][4:] == [None, 1600.0]


def test_the_cost_of_a_place_is_that_of_sites_that_gain_places(counted):
    places = new_places(counted.plan)
    # b: 10000 and 16 places at 1000 each; the centre at d costs 26000 and has no place.
    assert (places.count, places.capital_cny) == (16, 26_000.0)
    assert counted.plan.sites["cost"].sum() == 52_000.0


def test_why_added_places_are_not_those_of_the_area(counted):
    assert why_counted_otherwise(counted.plan, counted.inputs) == ("half_day",)
    note = page_content(counted, "zh")["places_note"]
    assert note == {"added": 16, "effect": 8.0, "reasons": ["half_day"]}


def test_names_stand_for_the_ids_of_medical_institutions():
    medical = pd.DataFrame({"medical_id": ["M1", "M2"], "name": ["甲医院", "乙医院"]})
    signed = pd.DataFrame(
        {"medical_id": ["M2", "M9"], "year": 2027, "sites": [3, 1], "children": [40.0, 2.0]}
    ).assign(kind=["hospital", "maternal_child"])
    (table,) = beside_content({"signed": signed}, medical)
    assert [row[0] for row in table["rows"]] == ["乙医院", "M9"]
    assert table["columns"][1] == ["kind", "medical"]
    assert [row[1] for row in table["rows"]] == ["hospital", "maternal_child"]


def test_a_way_beside_the_plan_has_no_mode_and_no_unit_in_its_heading():
    for key in ("beside_seconds", "beside_median_1", "beside_worst_3"):
        assert "行车" not in zh[key]
        assert "分钟" not in zh[key]


def test_many_tiers_are_counted_in_a_short_name(counted):
    scenario, first = counted.scenario, counted.plan.targets[0]
    asked = first.target.model_copy(update={"tiers": ("institution", "centre", "third")})
    tiers = {**scenario.tiers, "third": scenario.tiers["centre"]}
    many = scenario.model_copy(update={"tiers": tiers})
    assert target_name(many, asked, short=True).zh == "3类机构数量"
    assert "服务中心" in target_name(many, asked).zh
    named = [target_name(scenario, first.target, short=short) for short in (True, False)]
    assert named[0] == named[1]


def test_the_report_counts_targets_and_known_spending(counted, tmp_path):
    file = tmp_path / "review.docx"
    write_report(counted, file, "zh")
    text = ZipFile(file).read("word/document.xml").decode()
    assert "方案达到4项，1项尚未到期，未达到1项" in text
    assert zh["running"] not in text
    assert "把半日班折算为全日托位" in text


@pytest.mark.browser
def test_the_page_counts_as_the_report_does(browser, tmp_path, counted):
    page, _, complaints, _ = open_page(browser, tmp_path, draw_page(counted, "zh"))
    assert page.locator("#met h2").inner_text() == "目标（逐年分别计）：4 / 6 项达到，1项尚未到期"
    heads = page.locator("#cost-table thead th").all_inner_texts()
    assert heads == [zh[key] for key in ("year", "acted", "places_added", "capital")]
    card = page.locator("section", has=page.locator("svg.chart")).inner_text()
    assert "平均每个托位1,625元" in card
    for place in ("#before-after", "#sites"):
        assert "措施的新增托位按班额合计为+16个" in page.locator(place).inner_text()
    page.click("a[href='#targets']")
    rows = page.locator("#targets tbody tr")
    assert [row.split("\t")[0] for row in rows.all_inner_texts()] == ["C", "P", "T", "T", "N", "N"]
    assert "/0" not in page.locator("#targets").inner_text()
    # One clause for both years of a target, and what it lacks in each.
    clauses = page.locator("#targets td.clause")
    assert clauses.count() == 4
    assert "2026 尚无的：" in clauses.nth(2).inner_text()
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_a_trial_of_minutes_alone_prints_no_null(browser, tmp_path, counted):
    page, _, complaints, _ = open_page(browser, tmp_path, draw_page(counted, "zh"))
    page.focus("#trial-minutes")
    page.keyboard.press("ArrowRight")
    assert "null" not in page.locator("#trial-results").inner_text()
    assert complaints == []
    page.context.close()


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("../data/wuhan/cells.csv：以下各栏", "cells.csv：以下各栏"),
        ("cells.csv：以下各栏", "cells.csv：以下各栏"),
        ("公立/民办的机构：3处", "公立/民办的机构：3处"),
    ],
)
def test_notes_name_files_without_their_folders(told, expected):
    assert note_text(Note(zh=told, en=told), "zh") == expected
