"""The workbook of a run, read back with openpyxl and opened by LibreOffice."""

import csv
import os
import shutil
import subprocess
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

import checked_town
from drawn_town import Town, scenario, target
from reviewed_town import parts
from siting.indicators import TargetResult
from siting.new_book import cell_text, footer_text, half_widths, most_characters, new_workbook
from siting.plan import choose_sites, measure_today, today_targets
from siting.plan.classes import classes_by_site
from siting.plan.costs import costs_by_tier, costs_by_year
from siting.plan.homes import served_by_township
from siting.review import write_workbook
from siting.review.workbook.sheet import Book, print_percent
from siting.review.workbook.sheet_names import sheets
from siting.review.workbook.table import Words, number_format, shown
from siting.review.workbook.targets import target_kind
from siting.study import Study

hostile = (
    "=cmd|' /C calc'!A0 {{ 7*7 }}{% raise %}{#1#}<script>alert(1)</script>`${1}` & \"'\\ &P&D "
    "\u202eabc\u202c\u200f _x0041_ a\u2028b {year} http://x.y [a]b " + "长" * 500
)
"""Begins as a formula, holds what templates, markup, footers and escapes stumble over."""


def asked(text=lambda usual: usual):
    """Return a scenario of two years with guidance; ``text`` gives what stands in each text."""
    targets = (
        {**target("per_thousand", required=30.0), "id": "P", "clause": text("办法第4项")},
        {
            **target("per_thousand", required=50.0, year=2026, hard=False),
            "id": "P",
            "clause_en": "by-law 4",
            "sentence": text("原句"),
            "reading": text("读法"),
        },
        {**target("township_coverage", required=1.0, hard=False, year=2026), "id": "T"},
        {**target("pairing", required=1.0, hard=False, priority=2, year=2026), "id": "G"},
    )
    usual = scenario()
    tiers = {k: {**t.model_dump(), "label": text(t.label)} for k, t in usual.tiers.items()}
    kinds = {k: {**c.model_dump(), "label": text(c.label)} for k, c in usual.class_kinds.items()}
    return scenario(
        name=text("画的镇"),
        illustrative=True,
        sources=(text("街道：© OpenStreetMap contributors，ODbL 1.0"),),
        years=(2025, 2026),
        children={
            "under3_share": {2025: 1 / 3, 2026: 1 / 3},
            "under3_source": text("画的"),
            "take_up": {"0-12": 0.0, "12-24": 0.5, "24-36": 0.5},
            "take_up_source": text("画的"),
        },
        tiers=tiers,
        class_kinds=kinds,
        class_kinds_source=text("画的"),
        hosts={"house": {"label": text("用房")}},
        drive={"speed_by_highway_kph": {"residential": 36.0}, "source": text("画的")},
        guidance={"within_minutes": 5.0, "source": text("画的"), "inspected": 2},
        published={"figures": {"places": 21, "township_coverage": 0.4}, "source": text("公报")},
        inputs={**usual.inputs.model_dump(), "medical": "medical.csv"},
        targets=targets,
    )


def findings(text=lambda usual: usual):
    """Return the findings of a town of three townships: a facility at a, hosts at b, d; none at e.

    ``text`` gives what stands in each text of the data, of what stands there usually.
    """
    spent = {"subsidy_cny": 200.0, "running_cost_cny": 100.0}
    town = Town(
        "a--b--c------d---------e",
        {"a": 300, "b": 300, "c": 300, "d": 300, "e": 60},
        facilities={
            "a": {
                "name": text("甲园"),
                "large_classes": 1,
                "enrolled_24_36": 8,
                "max_classes": 2,
            }
        },
        hosts={
            "b": {"name": text("乙楼"), "action": "convert", **spent},
            "d": {"name": text("丁楼"), "inclusive": False, **spent},
        },
        medical={"c": {"name": text("丙院"), "child_health_staff": 2.0}},
        borders=(9.5, 18.5),
        asked=asked(text),
    )
    inputs = town.inputs()
    zones = inputs.townships
    named = zones.assign(
        township=[text(name) for name in ("东镇", "中镇", "西镇")], district=text("画区")
    )
    tracked = pd.DataFrame(
        {
            "indicator_id": ["I"],
            "indicator": [text("发证率")],
            "year": [2026],
            "required": [90.0],
            "achieved": [85.5],
            "unit": [text("%")],
            "better": ["higher"],
            "source": [text("台账")],
        }
    )
    inputs = replace(inputs, townships=named, tracked=tracked, sha256={text("表.csv"): "ab" * 32})
    network, reach = town.network(), town.reach()
    today = (figure(town.asked, inputs, reach) for figure in (measure_today, today_targets))
    plan = choose_sites(town.asked, inputs, reach)
    return Study(town.asked, inputs, network, reach, *today, plan).findings


@pytest.fixture(scope="module")
def usual():
    return findings()


@pytest.fixture(scope="module")
def path(usual, tmp_path_factory):
    path = tmp_path_factory.mktemp("workbook") / "review.xlsx"
    write_workbook(usual, path)
    return path


@pytest.fixture(scope="module")
def book(path):
    return openpyxl.load_workbook(path)


def rows_of(sheet, header_row=3):
    """Return the rows of a sheet of one table, by header."""
    rows = list(sheet.iter_rows(min_row=header_row, values_only=True))
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def header_cell(sheet, header, row=3):
    return next(cell for cell in sheet[row] if cell.value == header)


def test_the_sheets_are_those_that_the_run_has(book):
    kept = [key for key in sheets if key != "provisions"]
    assert book.sheetnames == [sheets[key][0][0] for key in _in_order(kept)]


def _in_order(keys):
    order = [
        *("summary", "targets", "provisions", "sites", "actions", "classes", "assignment"),
        *("townships", "districts", "ranking", "overall", "guidance", "signed", "rounds"),
        *("visits", "inspections", "costs", "base_year", "tracked", "staffing"),
        *(
            "institution_staffing",
            "new_areas",
            "shared",
            "referral",
            "hubs",
            "centres",
            "proof",
            "parameters",
            "data",
        ),
    ]
    assert set(order) == set(sheets)
    # The town has no new areas, shared facilities, levels of referral, maternal and child one.
    none = ("new_areas", "shared", "referral", "hubs", "centres")
    return [key for key in order if key in keys and key not in none]


def test_targets_are_numbers_with_their_formats(book, usual):
    rows = rows_of(book["目标"])
    assert [row["编号"] for row in rows] == ["P", "P", "T", "G"]
    for row, result in zip(rows, usual.plan.targets):
        assert row["要求"] == result.required
        assert row["方案"] == pytest.approx(result.achieved, abs=1e-6)
        assert row["结果"] == ("达到" if result.met else "未达到")
        assert row["依据"] == result.target.clause
    assert rows[1]["原文"] == "原句"
    assert rows[0]["原文"] is None
    assert {row["结果"] for row in rows} == {"达到", "未达到"}
    required = header_cell(book["目标"], "要求").column
    formats = [book["目标"].cell(4 + i, required).number_format for i in range(4)]
    assert formats == ["0.000", "0.000", "0.00%", "0.00%"]


@pytest.mark.parametrize(
    ("unit", "required", "achieved", "told"),
    [
        ("share", 0.3, 0.2999996, ("0.00000%", 0.3, 0.2999996)),
        ("share", 1.0, 0.99996, ("0.000%", 1.0, 0.99996)),
        ("share", 0.3, 0.2, ("0.00%", 0.3, 0.2)),
        ("sites", 3.0, 2.8, ("#,##0.0", 3.0, 2.8)),
        # At most 1,200 in 万元.
        ("CNY", 12_000_000.0, 12_000_004.0, ("#,##0.0000", 1200.0, 1200.0004)),
    ],
)
def test_a_figure_missed_by_little_is_told_from_the_required_one(unit, required, achieved, told):
    asked = {
        "share": {"kind": "population_coverage", "required": 0.3},
        "sites": {"kind": "tier_count", "at_least": 3, "tiers": ("institution",)},
        "CNY": {"kind": "budget", "required": required},
    }[unit]
    of_unit = scenario(targets=({**target(asked.pop("kind"), **asked), "id": "A"},)).targets[0]
    kind = target_kind(TargetResult(of_unit, required, achieved, met=False))
    assert (number_format(kind), shown(required, kind), shown(achieved, kind)) == told


def test_figures_of_townships_are_those_of_the_run(book, usual):
    rows = rows_of(book["乡镇分年"])
    states = [
        usual.today,
        *(
            state
            for year in (2025, 2026)
            for state in (usual.no_action[year], usual.plan.indicators_of(year))
        ),
    ]
    told = pd.concat([state.of("township") for state in states], ignore_index=True)
    assert [(row["年份"], row["状态"]) for row in rows[::3]] == [
        (2025, "现状"),
        (2025, "不实施"),
        (2025, "方案"),
        (2026, "不实施"),
        (2026, "方案"),
    ]
    for header, figure in (
        ("常住人口", "residents"),
        ("每千人托位", "places_per_thousand"),
        ("时限内覆盖率", "population_coverage"),
        ("可达但满员", "reachable_full"),
        ("新增托位使用率", "fill_new"),
    ):
        written = pd.Series([row[header] for row in rows], dtype=float)
        pd.testing.assert_series_equal(written, told[figure].round(6), check_names=False)
    assert rows[0]["新增托位使用率"] is None
    first = {cell.value: cell.column for cell in book["乡镇分年"][3]}
    assert book["乡镇分年"].cell(4, first["时限内覆盖率"]).number_format == "0.0%"
    assert book["乡镇分年"].cell(4, first["常住人口"]).number_format == "#,##0"


def test_the_english_summary_has_its_clauses_in_english(usual, tmp_path):
    write_workbook(usual, tmp_path / "review.xlsx", "en")
    summary = openpyxl.load_workbook(tmp_path / "review.xlsx").worksheets[0]
    told = [str(cell) for row in summary.iter_rows(values_only=True) for cell in row if cell]
    assert "by-law 4" in told
    assert not [text for text in told if "better?：" in text]


def test_the_summary_holds_no_action_beside_the_plan(book, usual):
    rows = list(book["摘要"].iter_rows(values_only=True))
    head = next(i for i, row in enumerate(rows) if row[0] == "指标")
    states = ["现状（2025）"]
    states += [f"{state}（{year}）" for year in (2025, 2026) for state in ("不实施", "方案")]
    assert list(rows[head][1:6]) == states
    places = next(row for row in rows[head:] if row[0].startswith("托位"))
    assert [places[1], places[2], places[4]] == [usual.today.area["places"]] * 3
    assert places[5] == usual.plan.indicators_of(2026).area["places"] > places[4]
    districts = [row["状态"] for row in rows_of(book["区县分年"])]
    assert districts.count("不实施") == districts.count("方案")


def test_money_is_in_wan_and_ways_in_minutes(book, usual):
    costs = usual.plan.costs
    written = list(book["投资"].iter_rows(min_row=5, max_row=7, values_only=True))
    assert [row[0] for row in written] == [2025, 2026, "合计"]
    assert [row[3] for row in written[:2]] == pytest.approx(list(costs["capital_cny"] / 1e4))
    assert written[2][3] == pytest.approx(costs["capital_cny"].sum() / 1e4)
    assert written[2][5] is None  # running costs of single years are not added up
    guided = rows_of(book["签约指导"])
    assert [row["行程（分钟）"] for row in guided] == pytest.approx(
        [round(seconds / 60, 6) for seconds in usual.plan.guidance["seconds"]]
    )


def test_every_table_is_frozen_filtered_and_set_up_for_print(book):
    for sheet in book.worksheets[1:]:
        assert sheet.auto_filter.ref, sheet.title
        assert sheet.freeze_panes, sheet.title
        assert sheet.print_title_rows, sheet.title
    assert book["目标"].freeze_panes == "C4"
    assert book["点位"].auto_filter.ref.startswith("A3:")
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert "第 &P 页" in sheet.oddFooter.right.text
    assert all(50 <= sheet.page_setup.scale <= 70 for sheet in book.worksheets)
    # Two pages side by side, each with the two frozen columns of 20: 2 x 98 / (300 + 20).
    assert print_percent([10.0] * 30, 2) == 61
    assert print_percent([10.0] * 5, 2) == 70
    assert book["点位"].print_title_cols == "$A:$B"
    assert all(sheet.print_area == "" for sheet in book.worksheets)


def test_a_sheet_to_be_looked_up_prints_its_head_alone(usual, tmp_path, monkeypatch):
    monkeypatch.setattr("siting.review.workbook.sheet.most_printed", 14)
    write_workbook(usual, tmp_path / "long.xlsx")
    long = openpyxl.load_workbook(tmp_path / "long.xlsx")["乡镇分年"]
    assert long.max_row == 3 + 15
    assert long.print_area.startswith("'乡镇分年'!$A$1:")
    assert long.print_area.endswith("$2")
    assert "共15行" in long["A2"].value


def test_the_summary_has_charts(book):
    # Children, costs, places by township; a single district is no comparison.
    assert len(book["摘要"]._charts) == 3


def test_an_illustrative_study_says_so_on_every_sheet(book):
    for sheet in book.worksheets:
        assert "示意" in sheet["A1"].value, sheet.title
        assert "示意" in sheet.oddFooter.left.text


def test_titles_are_an_option_and_english_is_english(usual, tmp_path):
    write_workbook(usual, tmp_path / "e.xlsx", "en", title="A & B")
    book = openpyxl.load_workbook(tmp_path / "e.xlsx")
    assert book.sheetnames[:3] == ["Summary", "Targets", "Sites"]
    assert book["Summary"]["A1"].value == "A & B (illustrative)"
    assert book["Targets"]["A1"].value == "Targets · A & B (illustrative)"
    assert book["Targets"].oddFooter.left.text == "A && B (illustrative)"
    assert {row["Result"] for row in rows_of(book["Targets"])} == {"met", "not met"}
    with pytest.raises(ValueError, match="'fr'"):
        write_workbook(usual, tmp_path / "f.xlsx", "fr")


def test_equal_findings_equal_bytes(usual, path, tmp_path):
    write_workbook(usual, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def test_hostile_texts_stand_as_texts(tmp_path):
    told = findings(lambda _: hostile)
    write_workbook(told, tmp_path / "h.xlsx")
    book = openpyxl.load_workbook(tmp_path / "h.xlsx")
    assert book.sheetnames == [
        sheets[key][0][0] for key in _in_order([k for k in sheets if k != "provisions"])
    ]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (sheet.title, cell.coordinate)
                assert cell.hyperlink is None or cell.hyperlink.target is None
    assert rows_of(book["点位"])[0]["名称"] == hostile
    assert rows_of(book["乡镇分年"])[0]["乡镇(街道)"] == hostile
    assert rows_of(book["签约指导"])[0]["医疗机构"] == hostile
    assert rows_of(book["目标"])[1]["原文"] == hostile
    assert rows_of(book["跟踪指标"])[0]["指标"] == hostile
    assert any(f"{hostile}（班）" == cell.value for cell in book["点位"][3])
    cell = book["点位"]["B4"]
    assert cell.quotePrefix  # a double click and Enter leave it a text
    for sheet in book.worksheets:
        assert len(sheet.oddFooter.left.text) < 200


@pytest.mark.parametrize("begin", ["=", "+1", "-1", "@", "{=1}", "http://a.b", "007", "1E5", " "])
def test_a_text_stays_a_text_whatever_it_begins_with(begin, tmp_path):
    with new_workbook(tmp_path / "t.xlsx", "t") as made:
        book = Book(made, Words("zh"), "t")
        book.write(made.add_worksheet("a"), 0, 0, f"{begin}1+1", "text")
    cell = openpyxl.load_workbook(tmp_path / "t.xlsx")["a"]["A1"]
    assert (cell.value, cell.data_type) == (f"{begin}1+1", "s")


def test_what_excel_cannot_hold_is_cut_or_signed_and_told(usual, tmp_path):
    bad = "a\x00b\x07c\r\nd\ud800e\uffff" + "长" * 40_000
    scenario_ = usual.scenario.model_copy(update={"sources": (bad, "好")})
    write_workbook(replace(usual, scenario=scenario_), tmp_path / "b.xlsx", title="t\x01")
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    texts = [cell.value for cell in book["数据与说明"]["A"]]
    kept = next(text for text in texts if text and text.startswith("a␀"))
    assert kept.startswith("a␀b␇c\nd\ufffde\ufffd长")
    assert len(kept) == most_characters
    assert kept.endswith("…")
    told = next(text for text in texts if text and "个单元格的文字" in text)
    assert "摘要!A1" in told
    assert "目标!A1" in told


def test_text_limits_by_hand():
    assert cell_text("a\tb\nc") == "a\tb\nc"
    assert cell_text("\x1b\x7f") == "␛␡"
    emoji = "😀" * 16_384  # two units each: one too many
    assert cell_text(emoji) == "😀" * 16_383 + "…"
    assert footer_text("a & b\nc") == "a && b c"
    assert footer_text("长" * 200) == "长" * 79 + "…"
    assert half_widths("a长b") == 4


def test_a_file_that_cannot_be_written_is_an_os_error(usual, tmp_path):
    with pytest.raises(OSError, match=r"no|No"):
        write_workbook(usual, tmp_path / "no" / "such.xlsx")


def test_costs_by_tier_add_up(usual):
    plan, inputs = usual.plan, usual.inputs
    money = ["capital_cny", "subsidy_cny", "running_cny"]
    by_tier = costs_by_tier(plan, inputs)
    summed = by_tier.groupby("year")[money].sum().reset_index()
    assert (plan.costs[money].sum() > 0).all()
    pd.testing.assert_frame_equal(summed, plan.costs, check_dtype=False)
    assert by_tier["places_added"].sum() == plan.actions["places_added"].sum()
    acted = by_tier[by_tier["action"] != "keep"]
    assert acted["sites"].sum() == len(plan.actions)
    total = costs_by_year(plan).iloc[-1]
    assert total["actions"] == len(plan.actions)
    assert total["capital_cny"] == plan.costs["capital_cny"].sum()
    assert pd.isna(total["running_cny"])


def test_sites_for_their_own_staff_are_told(book, tmp_path):
    write_workbook(parts(checked_town.town), tmp_path / "staff.xlsx")
    rows = {
        row["点位编号"]: row
        for row in rows_of(openpyxl.load_workbook(tmp_path / "staff.xlsx")["点位"])
    }
    own = {name: (row["职工子女"], row["对居民开放"]) for name, row in rows.items()}
    assert own.pop("ce") == (18, "否")
    assert set(own.values()) == {(0, "是")}
    assert "职工子女" not in rows_of(book["点位"])[0]


def test_classes_of_a_site_by_hand(usual):
    table = classes_by_site(usual.plan, usual.inputs)
    of_a = table[(table["site_id"] == "ea") & (table["class_kind"] == "large")].iloc[0]
    assert (of_a["classes_today"], of_a["places_today"]) == (1, 20)
    last = usual.plan.sites.set_index("site_id")["places"]
    summed = table.groupby("site_id")["places_2026"].sum()
    assert summed.to_dict() == last.to_dict()
    assert table[table["site_id"] != "ea"]["classes_today"].sum() == 0


def test_homes_add_up_to_the_assignment(usual):
    table, rows = served_by_township(usual.plan, usual.inputs), usual.plan.assignment
    assert len(rows)
    bands = ["0-12", "12-24", "24-36"]
    assert table[bands].sum().sum() == pytest.approx(rows["children"].sum())
    assert table["children"].to_numpy() == pytest.approx(table[bands].sum(axis=1).to_numpy())
    served = pd.concat([usual.plan.indicators_of(year).of("township") for year in (2025, 2026)])
    by_home = table.groupby("township_code")["children"].sum()
    expected = served.groupby("code")["served_additional"].sum()
    assert by_home.to_dict() == pytest.approx(expected[expected > 0].to_dict())
    # The mean way lies between the shortest and the longest of those summed up.
    ways = rows.groupby(["year", "site_id"])["seconds"].agg(["min", "max"])
    around = table.join(ways, on=["year", "site_id"])
    assert ((around["seconds"] >= around["min"]) & (around["seconds"] <= around["max"])).all()


@pytest.fixture(scope="module")
def office():
    found = shutil.which("soffice")
    if found is None:
        reason = "no LibreOffice on this machine: the workbook was not opened by an office"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def convert(office, path, to, folder):
    profile = (folder / "profile").as_uri()
    told = subprocess.run(  # noqa: S603
        [
            *(office, "--headless", f"-env:UserInstallation={profile}"),
            *("--convert-to", to, "--outdir", str(folder), str(path)),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    assert "Error" not in told.stderr
    return folder


every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def test_an_office_opens_it(office, path, tmp_path):
    convert(office, path, every_sheet, tmp_path)
    assert len(list(tmp_path.glob("review-*.csv"))) == len(openpyxl.load_workbook(path).sheetnames)
    with (tmp_path / "review-目标.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows[2][:4] == ["编号", "目标", "年份", "要求"]
    assert rows[3][3] == "30"
    told = "".join(each.read_text(encoding="utf-8") for each in tmp_path.glob("*.csv"))
    assert "#NAME" not in told
    assert "Err:" not in told
    convert(office, path, "pdf", tmp_path)
    assert (tmp_path / "review.pdf").read_bytes().startswith(b"%PDF")
