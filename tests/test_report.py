"""The report read back with python-docx: headings, sentences, tables, pictures, edge cases."""

import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO

import docx
import numpy as np
import pytest
from docx.oxml.ns import qn
from PIL import Image

from drawn_town import scenario, target
from guided_town import GuidedTown
from guided_town import asked as asked_of_guidance
from planned_town import asked as asked_of_years
from planned_town import due, tiers
from siting import terminal
from siting.errors import NoPlanError
from siting.indicators import TargetResult, TargetResults
from siting.notes import Note
from siting.review import write_report
from siting.review.report.marks import table, visible
from siting.review.report.words import report_texts
from siting.review.report.writing import writing
from siting.review.words import words
from siting.review.workbook.table import number_format
from siting.review.workbook.targets import target_kind
from siting.scenario.targets import PerThousand
from siting.solver import Status
from test_page import hostile, parts, town

chapters = ["背景与依据", "现状", "目标", "方案", "分年实施", "投资", "不确定性", "附表"]


@pytest.fixture(scope="module")
def usual():
    return parts(town())


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Return what writes a report of findings, its pictures a dot each, and reads it back."""
    stream = BytesIO()
    Image.new("L", (4, 4)).save(stream, format="png")
    for chapter, drawn in (
        ("state", ("township_map",)),
        ("proposal", ("township_map", "coverage_map", "places_chart")),
        ("years", ("cost_chart", "years_chart")),
    ):
        module = f"siting.review.report.{chapter}"
        monkeypatch.setattr(f"{module}.png", lambda _: stream.getvalue())
        for name in drawn:
            monkeypatch.setattr(f"{module}.{name}", lambda *_, **__: None)

    def read_back(findings, lang="zh", **more):
        path = tmp_path / "review.docx"
        write_report(findings, path, lang, **more)
        return docx.Document(path)

    return read_back


def text_of(document):
    """Return every text of the body, paragraphs and cells, one a line."""
    return "\n".join(
        "".join({"t": node.text or "", "br": "\n", "tab": "\t"}[node.tag.split("}")[1]]
                for node in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab")))
        for paragraph in document.element.body.iter(qn("w:p"))
    )  # fmt: skip


def headings(document, level):
    return [p.text for p in document.paragraphs if p.style.name == f"Heading {level}"]


def captions(document):
    return [p.text for p in document.paragraphs if p.style.name == "Caption"]


def table_under(document, caption):
    """Return the rows of the table whose caption ends so."""
    found = None
    for block in document.element.body:
        if block.tag == qn("w:p"):
            found = "".join(t.text or "" for t in block.iter(qn("w:t"))) or found
        elif block.tag == qn("w:tbl") and found and found.endswith(caption):
            return [
                [
                    "".join(t.text or "" for t in cell.iter(qn("w:t")))
                    for cell in row.iter(qn("w:tc"))
                ]
                for row in block.iter(qn("w:tr"))
            ]
    raise AssertionError(f"no table {caption}")


def test_chapters_stand_in_the_order_of_a_review(usual, write):
    document = write(usual)
    assert headings(document, 1) == chapters
    assert [s.page_width.cm for s in document.sections] == pytest.approx([21.0, 29.7], abs=0.01)
    fonts = document.styles["Heading 1"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "黑体"
    assert fonts.get(qn("w:asciiTheme")) is None
    assert document.settings.element.find(qn("w:updateFields")) is not None
    assert document.core_properties.title == "画的镇"


def test_english(usual, write):
    document = write(usual, "en")
    assert headings(document, 1)[0] == "Background and basis"
    text = text_of(document)
    assert "Up to 2025 the plan acts on 2 sites: 1 opened, 1 converted; 1 stay as they are." in text
    ours = [report_texts[key][0] for key in report_texts if len(report_texts[key][0]) > 8]
    assert not [mine for mine in ours if mine.split("{")[0][:12] in text and "{" not in mine[:12]]
    with pytest.raises(ValueError, match="'fr'"):
        write(usual, "fr")


def test_the_summary_by_hand(usual, write):
    # 1,260 residents; a has 20 places, b and d get a class of 15 each.
    text = text_of(write(usual))
    assert "到2025年，方案共对2处点位采取措施：新增1处、改建增设1处；1处保持现状。" in text
    assert (
        "计入的托位由20个增至50个，每千人口托位由15.87个变为39.68个，不采取措施则为15.87个。"
        in text
    )
    assert "5分钟步行可达的3岁以下婴幼儿占比由47.6%变为95.2%，不采取措施则为47.6%。" in text
    assert "共设目标3项（逐年分列），其中约束性1项、预期性2项。方案达到1项，未达到2项：" in text
    assert "要求100.0%（3），方案达到66.7%（2）；未达到之处：Z2。" in text
    assert "关停" not in "".join(line for line in text.splitlines() if line.startswith("到2025年"))


def test_tables_hold_the_figures(usual, write):
    document = write(usual)
    rows = table_under(document, "目标完成情况")
    assert rows[0][:2] == ["编号", "目标"]
    assert rows[1][:8] == ["P", "每千人托位数", "2025", "约束", "30.00", "15.87", "39.68", "达到"]
    assert rows[1][8] == "办法第4项"
    costs = usual.plan.costs["capital_cny"].sum() / 1e4
    assert table_under(document, "分年投资（万元）")[1][1] == f"{costs:,.1f}"
    sites = table_under(document, "措施点位清单")
    assert {row[1] for row in sites[1:]} == {"cb", "cd"}
    assert sum(int(row[9]) for row in sites[1:]) == 30
    tiers_ = table_under(document, "各层级点位与托位（2025年）")
    assert tiers_[-1][0] == "合计"
    assert tiers_[-1][-2:] == ["20", "50"]


def test_tables_repeat_their_header_and_split_no_row(usual, write):
    tables = write(usual).element.body.findall(qn("w:tbl"))
    assert len(tables) > 10
    for made in tables:
        rows = made.findall(qn("w:tr"))
        assert rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        assert {len(row.findall(qn("w:tc"))) for row in rows} == {len(rows[0].findall(qn("w:tc")))}


def test_captions_are_numbered_and_named_in_the_text(usual, write):
    document = write(usual)
    told = captions(document)
    for label in ("图", "表", "附表"):
        numbers = [int(re.match(rf"{label}(\d+)　", t)[1]) for t in told if t.startswith(label)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert numbers
    refers = set(re.findall(r"(?:附表|图|表)\d+", text_of(document)))
    assert refers <= {caption.split("　")[0] for caption in told}
    assert len(document.inline_shapes) == sum(caption.startswith("图") for caption in told)
    alts = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert sum("内部工作图，未经审图" in alt for alt in alts) == 3


def test_contents_list_every_heading(usual, write):
    document = write(usual)
    listed = [p for p in document.paragraphs if p.style.name.startswith("toc")]
    told = [
        re.sub(r"^(（.+?）|.+?、)", "", "".join(t.text for t in p._p.iter(qn("w:t"))))
        for p in listed
    ]
    assert told == [
        p.text for p in document.paragraphs if p.style.name in ("Heading 1", "Heading 2")
    ]
    marks = {m.get(qn("w:name")) for m in document.element.body.iter(qn("w:bookmarkStart"))}
    links = {h.get(qn("w:anchor")) for h in document.element.body.iter(qn("w:hyperlink"))}
    assert links == marks


def test_same_bytes_without_a_clock(usual, tmp_path):
    for name in ("one.docx", "two.docx"):
        write_report(usual, tmp_path / name)
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.docx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert "created" not in core
    assert "modified" not in core


def test_illustrative_data_is_marked_throughout(usual, write):
    marked = write(parts(town(illustrative=True)))
    assert "示意：部分数据为示意或假设" in text_of(marked)
    assert "示意数据" in headings(marked, 2)
    assert marked.sections[0].header.paragraphs[0].text == "画的镇（示意）"
    assert "示意" not in text_of(write(usual))


def test_a_title_of_ones_own(usual, write):
    document = write(usual, title="某区托育规划（送审稿）")
    assert document.paragraphs[0].text == "某区托育规划（送审稿）"


def test_nothing_to_do_is_said_so(write):
    drawn = town()
    drawn.asked = scenario(targets=({"id": "P", **target("per_thousand", required=10.0)},))
    document = write(parts(drawn))
    text = text_of(document)
    assert "方案不新增、不改建、不扩建、不关停任何点位，现有1处点位保持现状。" in text
    assert "计入的托位仍为20个" in text
    assert "方案没有投资支出，也未给出运营成本。" in text
    assert "方案只设2025年一个规划年，没有需要实施的措施。" in text
    assert "2025年：没有措施。" in text
    assert "方案全部达到。" in text
    assert "出生数若低于预计" not in text
    for never in ("措施点位清单", "新增托位0", "未达到", "措施点位的载体", "nan"):
        assert never not in text, never


def test_closing_is_told_and_places_fall(write):
    closing = tiers(can_close=True)["institution"]
    drawn = town()
    drawn.facilities = {
        "a": {"large_classes": 1, "max_classes": 1},
        "b": {"large_classes": 1, "max_classes": 1, "running_cost_cny": 9_000.0},
    }
    drawn.hosts = {}
    drawn.asked = scenario(
        targets=({"id": "P", **target("per_thousand", required=10.0)},),
        tiers={"institution": closing},
        costs={"counted": ("capital", "running")},
    )
    findings = parts(drawn)
    assert (findings.plan.sites["action"] == "close").sum() == 1
    text = text_of(write(findings))
    assert "方案共对1处点位采取措施：关停1处；1处保持现状。" in text
    assert "计入的托位由40个减至20个" in text
    assert "2025年：关停1处；托位净减20个，没有投资支出。" in text
    assert "新增托位" not in "".join(line for line in text.splitlines() if line.startswith("到"))


def test_several_years_have_their_rows(write):
    drawn = town()
    drawn.asked = asked_of_years(
        due(2025, "per_thousand", required=20.0),
        due(2027, "per_thousand", required=30.0),
        due(2029, "per_thousand", required=30.0),
        years=(2025, 2027, 2029),
    )
    document = write(parts(drawn))
    text = text_of(document)
    assert "规划年份为2025、2027、2029年" in text
    assert "方案分3个规划年实施；各年措施与达到的指标见表7和表8。" in text
    assert "2029年：没有措施。" in text
    rows = table_under(document, "分年措施")
    assert [row[0] for row in rows] == ["年份", "2025", "2027", "2029", "合计"]
    assert int(rows[-1][5]) == sum(int(row[5]) for row in rows[1:-1])
    assert {"表7　分年措施", "表8　分年主要指标", "图6　分年投资"} <= set(captions(document))
    figures = table_under(document, "乡镇(街道)分年：每千人托位（个）")
    assert figures[0][3:] == ["2025（现状）", "2025", "2027", "2029"]


def test_missed_alike_in_several_years_is_one_line(write):
    drawn = town()
    soft = {"required": 1.0, "hard": False, "id": "T"}
    drawn.asked = asked_of_years(
        {**due(2025, "township_coverage", **soft), "id": "T"},
        {**due(2027, "township_coverage", **soft), "id": "T"},
    )
    text = text_of(write(parts(drawn)))
    assert "T　乡镇(街道)托育机构覆盖率（2025、2027年）：要求100.0%（3）" in text


def test_what_the_abstract_calls_missed_is_the_target(write):
    drawn = town()
    soft = {**due(2027, "township_coverage", required=1.0, hard=False), "id": "T"}
    drawn.asked = asked_of_years(due(2027, "per_thousand", required=30.0), soft, years=(2027,))
    findings = parts(drawn)
    empty = replace(findings, services=findings.services.assign(fill=0.1))
    told = [paragraph.text for paragraph in write(empty).paragraphs]
    at = next(i for i, text in enumerate(told) if text.endswith("未达到1项："))
    assert told[at + 1].startswith("T　乡镇(街道)托育机构覆盖率")
    assert "托位使用率按本方案的入托分配不足一半" in told[at + 2]


def test_cells_as_above_are_not_merged_and_end_where_another_target_begins():
    rows = [["A", "x", "c"], ["A", "y", "c"], ["B", "y", "c"]]
    made = table(["1", "2", "3"], rows, [100] * 3, [False] * 3, False, (1, 2), 0, "同上")
    assert not list(made.iter(qn("w:vMerge")))
    shown = made.findall(qn("w:tr"))[1:]
    assert [len(list(row.iter(qn("w:keepNext")))) for row in shown] == [3, 0, 0]
    texts = ["".join(t.text for t in row.iter(qn("w:t"))) for row in shown]
    assert texts == ["Axc", "Ay同上", "Byc"]


def test_documents_planned_for_are_traced(write):
    drawn = town()
    drawn.asked = drawn.asked.model_copy(
        update={"policy": type(drawn.asked).model_fields["policy"].annotation.__args__[0](
            profiles=("guizhou",))}
    )  # fmt: skip
    document = write(parts(drawn))
    rows = table_under(document, "政策条款逐条对照")
    profile = drawn.asked.profiles[0]
    assert [row[0] for row in rows[1:]] == [provision.id for provision in profile.provisions]
    assert f"收录条款{len(profile.provisions)}项" in text_of(document)
    for provision in profile.provisions:
        assert any(provision.sentence in row[4] for row in rows[1:])


def test_guidance_is_told_where_it_is_asked(write):
    asked = asked_of_guidance(inspected=1)
    asked = type(asked).model_validate(
        {
            **asked.model_dump(),
            "inputs": {**asked.inputs.model_dump(), "medical": "medical.csv"},
            "targets": ({**target("pairing", required=1.0), "id": "G"},),
        }
    )
    guided = GuidedTown(
        "a--b--c",
        {"a": 300, "b": 300},
        facilities={"a": {"large_classes": 1, "max_classes": 1}},
        medical={
            "b": {"name": "卫生服务中心", "child_health_staff": 1.0, "staff_children": np.nan}
        },
        asked=asked,
    )
    document = write(parts(guided))
    text = text_of(document)
    assert "医疗机构结对与巡回指导" in headings(document, 2)
    assert (
        "1家医疗机构与1家开办的机构结对指导，共1对；每家每年巡回4次；一轮巡回共需1个工作日。"
        in text
    )
    assert table_under(document, "结对与巡回指导")[1][1] == "卫生服务中心"
    assert table_under(document, "双随机抽查名单")[1][2] == "a"


def test_without_guidance_there_is_no_section(usual, write):
    assert not [title for title in headings(write(usual), 2) if "医疗机构" in title]


def test_proof_says_what_is_known(usual, write):
    def told(**changes):
        text = text_of(write(replace(usual, plan=replace(usual.plan, **changes))))
        return text[text.index("方案的证明\n") :]

    assert "已证明最优" in told()
    late = [
        replace(stage, status=Status.WITHIN_GAP, gap=0.0042, timed_out=True)
        for stage in usual.plan.stages
    ]
    short = told(status=Status.WITHIN_GAP, stages=tuple(late))
    assert "投资与理论最优相差不超过0.42%" in short
    assert "再次计算可能得到不同的方案" in short


def test_without_a_plan_there_is_no_report(usual, tmp_path):
    none = replace(usual, plan=replace(usual.plan, status=Status.NO_PLAN, content=None))
    with pytest.raises(NoPlanError):
        write_report(none, tmp_path / "review.docx")
    assert not list(tmp_path.iterdir())


def test_trends_are_told(write):
    children = scenario().children.model_dump()
    trends = {"低": {2025: 0.8}, "高": {2025: 1.2}}
    held = parts(town(children={**children, "trends": trends, "hold_under": ("低",)}))
    document = write(held)
    assert "方案按未经调整的婴幼儿数量规划，同一方案还须在以下趋势下同时达到约束性目标：“低”。" in (
        text_of(document)
    )
    assert table_under(document, "各趋势相对给定婴幼儿数量的倍数")[1:] == [
        ["低", "0.8"],
        ["高", "1.2"],
    ]
    one = parts(town(children={**children, "trends": trends, "trend": "高"}))
    assert "方案按“高”规划，未要求在其他趋势下达到目标。" in text_of(write(one))


def test_hostile_texts_stand_verbatim(write):
    texts = list(hostile.values())
    drawn = parts(town(names=(texts[0], texts[3], texts[8]), sources=tuple(texts)))
    noted = replace(drawn, notes=tuple(Note(zh=text, en=text) for text in texts))
    zones = noted.inputs.townships.assign(township=texts[1], district=texts[4])
    document = write(replace(noted, inputs=replace(noted.inputs, townships=zones)))
    text = text_of(document)
    for one in texts:
        assert text.count(one) >= 2, one
    body = document.element.body
    codes = [node.text for node in body.iter(qn("w:instrText"))]
    assert all(re.match(r" (TOC|SEQ|PAGE|NUMPAGES)\b", code) for code in codes)


def test_a_long_name_heads_the_report(usual, write):
    name = "长" * 500
    asked = usual.scenario.model_copy(update={"name": name})
    document = write(replace(usual, scenario=asked))
    assert name in text_of(document)
    assert document.core_properties.title == name[:255]


def test_what_a_document_cannot_hold_is_shown_and_told(usual, write):
    assert visible("a\x00b\x1b\x7f\ud800\uffff\tc\nd") == ("a␀b␛␡\ufffd\ufffd\tc\nd", 5)
    noted = replace(usual, notes=(Note(zh="甲\x07乙\x0b", en="x"),))
    text = text_of(write(noted))
    assert "甲␇乙␋" in text
    assert "文中有2个文档不允许的控制字符" in text


@pytest.mark.parametrize(
    ("value", "required", "told"),
    [
        (5.54999, 5.55, ("5.54999", "5.55000")),
        (5.549, 5.55, ("5.549", "5.550")),
        (5.5521, 5.5549, ("5.552", "5.555")),  # not 5.5521 below 5.55
        (5.55, 5.55, ("5.55", "5.55")),
        (5.5501, 5.55, ("5.55", "5.55")),
        (4.0, 5.55, ("4.00", "5.55")),
    ],
)
def test_a_missed_figure_never_reads_as_the_required_one(value, required, told):
    asked = PerThousand(
        id="P", year=2025, hard=False, clause="c", kind="per_thousand", required=required
    )
    result = TargetResult(asked, required, value, met=value >= required)
    pen = writing("zh")
    assert (pen.target_figure(result, value), pen.bounded(result)) == told
    assert (terminal.figure(result, value, None), terminal.required(result)) == told
    in_notebook = TargetResults((result,))._repr_html_()
    assert all(f">{text}<" in in_notebook for text in told)
    kind = target_kind(result)
    assert number_format(kind) == "0." + "0" * max(3, len(told[0]) - 2)


def test_every_text_has_its_slots_in_both_languages():
    for key, (chinese, english) in report_texts.items():
        slots = [set(re.findall(r"\{(\w+)\}", text)) for text in (chinese, english)]
        assert slots[0] == slots[1], key
        assert key not in words("zh"), key


@pytest.fixture(scope="module")
def soffice():
    paths = {name: shutil.which(name) for name in ("soffice", "pdftoppm")}
    missing = [name for name, path in paths.items() if path is None]
    if missing:
        reason = f"no {' and '.join(missing)} on this machine: the report was not converted"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return paths


def test_every_page_renders_in_libreoffice(usual, tmp_path, soffice):
    write_report(usual, tmp_path / "review.docx")
    subprocess.run(  # noqa: S603
        [
            soffice["soffice"],
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "review.docx"),
        ],
        capture_output=True,
        timeout=240,
        check=True,
    )
    pdf = tmp_path / "review.pdf"
    if not pdf.exists() and os.environ.get("CI") != "true":
        pytest.skip("LibreOffice is here without Writer: the report was not converted")
    pages = str(tmp_path / "page")
    subprocess.run([soffice["pdftoppm"], "-r", "40", "-gray", str(pdf), pages], check=True)  # noqa: S603
    images = sorted(tmp_path.glob("page*.pgm"))
    assert 10 <= len(images) <= 40
    for image in images:
        with Image.open(image) as shown:
            ink = float((np.asarray(shown) < 160).mean())
        assert 0.002 < ink < 0.5, image.name
