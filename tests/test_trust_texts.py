"""Hostile texts in every text field of a study reach every output as they are, and never run."""

import csv
import io
import json
import re
import shutil
import sqlite3
import unicodedata
import zipfile
from contextlib import closing
from xml.etree import ElementTree as ET

import openpyxl
import pyogrio
import pytest

import hostile_study
import siting
from hostile_study import Texts, is_plain, payloads, plain, scenario_texts, table_texts
from offline_page import open_page
from siting.cli import main
from siting.errors import printable
from siting.new_book import cell_text
from torture import amount

pytestmark = pytest.mark.trust
marks = re.compile("§\\d+:[^§ ]*§")
elsewhere = {
    "children.hold_under.[]": "the name of a trend",
    "children.trend": "the name of a trend",
    "communities.district": "the name of a district, by which it is found",
    "communities.township": "the name of a township, by which it is found",
    "residents.community": "the name of a community, by which it is found",
    "residents.district": "the name of a district, by which it is found",
    "residents.township": "the name of a township, by which it is found",
    "seats.township": "stands for townships.township",
    "seats.district": "stands for townships.district",
    "placed.site_id": "the name of a site, by which it is found",
}
"""Fields that hold the text of another one."""
wordprocessing = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module", params=range(amount(1, len(payloads))))
def run(request, tmp_path_factory):
    """Return the texts, the folder of a run, and what was said on the way."""
    folder = tmp_path_factory.mktemp("hostile")
    texts = Texts(request.param)
    path = hostile_study.write(folder, texts)
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", said)
        patch.setattr("sys.stderr", said)
        patch.setenv("COLUMNS", "4000")
        command = ["run", str(path), "--out", str(folder / "out"), "--no-cache", "--lang", "zh"]
        assert main([*command, *(["--why"] if request.param == 0 else [])]) == 0
        assert main(["check", str(path)]) == 0
    return texts, folder / "out", said.getvalue()


@pytest.fixture(scope="module", params=["zh", "en"])
def drawn(request, run):
    """Return the texts, the run as it is drawn in a language, and where its texts end in it."""
    texts, out, _ = run
    if request.param == "zh":
        return texts, out, ""
    there = out.with_name("english")
    if not there.exists():
        shutil.copytree(out, there)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sys.stdout", io.StringIO())
            patch.setattr("sys.stderr", io.StringIO())
            assert main(["review", str(there), "--lang", "en"]) == 0
    return texts, there, "_en"


def test_every_text_field_is_tried():
    texts = Texts(0)
    hostile_study.asked(texts)
    scenario_fields = set(texts.fields)
    assert scenario_fields <= scenario_texts()
    assert {key for key in scenario_texts() - scenario_fields if not is_plain(key)} == set()
    assert [part for part in plain if not any(is_plain_by(part, k) for k in scenario_texts())] == []


def is_plain_by(part, key):
    return key == part or key.startswith(part) or key.endswith(part)


def test_every_text_column_is_tried(run):
    fields = set(run[0].fields)
    assert table_texts() - fields == elsewhere.keys() & table_texts()


def told(texts, text, shown=str, least=1):
    """Hold every mark in a text against the payload before it; return the fields found."""
    found = set()
    for mark in set(marks.findall(text)):
        payload = shown(texts.made[mark])
        for part in text.split(mark)[:-1]:
            assert part.endswith(payload), (payload, part[-80:])
        found.add(texts.fields[int(mark[1:].split(":")[0])])
    assert len(found) >= least
    return found


def test_tables(run):
    texts, out, _ = run
    found = set()
    for path in sorted(out.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                for cell in row:
                    found |= told(texts, cell, least=0)
    assert {"facilities.name", "hosts.name", "facilities.site_id", "townships.township"} <= found


def test_documents_in_json(run):
    texts, out, _ = run
    plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    found = set()

    def walk(value):
        if isinstance(value, str):
            found.update(told(texts, value, least=0))
        elif isinstance(value, dict):
            for key, inner in value.items():
                walk(key)
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(plan)
    assert {"name", "targets.[].clause", "children.trends.<key>"} <= found


def test_workbook(drawn):
    texts, out, ending = drawn
    book = openpyxl.load_workbook(out / "review.xlsx")
    found = set()
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and marks.search(cell.value):
                    assert cell.data_type != "f"
                    assert cell.hyperlink is None or cell.hyperlink.location
                    found |= told(texts, cell.value, cell_text)
    assert {"facilities.name", "hosts.name"} <= found
    labels = {f"{part}.{{}}.label{ending}" for part in ("tiers", "hosts", "class_kinds")}
    assert labels | {f"targets.[].{key}{ending}" for key in ("clause", "reading")} <= found
    with zipfile.ZipFile(out / "review.xlsx") as packed:
        for name in packed.namelist():
            content = packed.read(name).decode("utf-8")
            assert "cmd" not in "".join(re.findall("<f>.*?</f>", content))
            assert 'TargetMode="External"' not in content


def test_report(drawn):
    texts, out, ending = drawn
    with zipfile.ZipFile(out / "review.docx") as packed:
        for name in packed.namelist():
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in packed.read(name)
        document = ET.fromstring(packed.read("word/document.xml"))  # noqa: S314
    paragraphs = [
        "".join(part.text or "" for part in paragraph.iter(f"{wordprocessing}t"))
        for paragraph in document.iter(f"{wordprocessing}p")
    ]
    found = set()
    for paragraph in paragraphs:
        for mark in marks.findall(paragraph):
            before = paragraph.split(mark)[0]
            payload = texts.made[mark]
            kept = without_controls(payload)
            assert without_controls(before).endswith(kept), (payload, before)
            found.add(texts.fields[int(mark[1:].split(":")[0])])
    assert {f"name{ending}", "facilities.name", f"targets.[].clause{ending}"} <= found
    commands = {part.text for part in document.iter(f"{wordprocessing}instrText")}
    assert not any("§" in (command or "") for command in commands)


def without_controls(text):
    """Leave out what a document cannot hold and the signs that stand for it."""
    signs = {chr(0x2400 + i) for i in range(0x22)} | {"\ufffd"}
    return "".join(
        m for m in text if m not in signs and unicodedata.category(m) not in ("Cc", "Zl", "Zp")
    )


def test_layers(run):
    texts, out, _ = run
    found = set()
    with closing(sqlite3.connect(out / "plan.gpkg")) as file:
        names = [name for (name,) in file.execute("SELECT table_name FROM gpkg_contents")]
    for name in names:
        table = pyogrio.read_dataframe(out / "plan.gpkg", layer=name)
        if name == "layer_styles":
            for style in table["styleQML"]:
                ET.fromstring(style)  # noqa: S314  (of our own)
            continue
        for column in table.columns.drop("geometry", errors="ignore"):
            for value in table[column]:
                if isinstance(value, str):
                    found |= told(texts, value, least=0)
    assert {"facilities.name", "hosts.name", "townships.township"} <= found


def test_terminal(run):
    texts, _, said = run
    found = told(texts, said, printable, least=3)
    assert {"name", "guidance.source"} <= found
    for mark in set(said):
        assert mark == "\n" or mark.isprintable()


@pytest.mark.browser
@pytest.mark.parametrize("name", ["review.html", "compare.html"])
def test_pages(drawn, browser, tmp_path, name):
    texts, out, ending = drawn
    path = out / name
    if name == "compare.html":
        path = tmp_path / name
        siting.compare(out, out).save(path, lang="en" if ending else "zh")
    html = path.read_text(encoding="utf-8")
    page, requests, complaints, address = open_page(browser, tmp_path, html)
    text = page.evaluate(
        """() => {
          const texts = [];
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            if (!["SCRIPT", "STYLE"].includes(walk.currentNode.parentNode.nodeName))
              texts.push(walk.currentNode.data);
          }
          return texts;
        }"""
    )
    found = set()
    for part in text:
        found |= told(texts, part, least=0)
    assert {"facilities.name", "townships.township"} & found
    for button in page.locator("#site-table tbody tr button.link").all()[: amount(2, 50)]:
        button.click()
        for part in page.eval_on_selector_all("#panel *", "all => all.map(n => n.textContent)"):
            found |= told(texts, part, least=0)
    assert page.evaluate("window.hacked") is None
    assert (
        page.evaluate(
            "document.querySelectorAll('svg[onload], img[onerror], [onmouseover]').length"
        )
        == 0
    )
    links = page.eval_on_selector_all("[href], [src]", "all => all.map(n => n.href || n.src)")
    assert not any("a.invalid" in str(link) or "javascript:" in str(link) for link in links)
    assert requests == [address]
    assert complaints == []
    page.context.close()
