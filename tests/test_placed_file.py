"""The file of places that the page saves and loads, and what the browser remembers of it."""

import re

import pandas as pd
import pytest

import filled_workbook
import siting
import yaml_text
from drawn_town import scenario
from offline_page import open_page, shown, wait_until_drawn
from placing_page import choose, click_site, draw, load, save, states, unplaced


@pytest.mark.browser
def test_what_was_saved_can_be_loaded(browser, tmp_path):
    rows = unplaced(site_id=['a"b,c\nd', "=1+1"])
    page, *_ = open_page(browser, tmp_path, draw(rows))
    for at in range(2):
        choose(page, at)
        click_site(page, "甲点", right=50 * at)
    file, first = save(page, tmp_path)
    content = file.read_bytes()
    page.context.close()
    page, _, complaints, _ = open_page(browser, tmp_path, draw(rows))
    assert shown(page, "placed") == "0"
    assert "读入 2 行" in load(page, "placed.csv", content)
    assert shown(page, "placed") == "2"
    file, again = save(page, tmp_path)
    pd.testing.assert_frame_equal(first, again)
    assert file.read_bytes() == content
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_rows_of_a_file_that_are_not_in_the_list_are_saved_again(browser, tmp_path):
    page, *_ = open_page(browser, tmp_path, draw())
    text = "lat,site_id,note,lon\r\n27.09,F1,旧,113.98\r\n27.1,托育园,旧,113.99\r\n"
    assert "其中 1 行的编号不在上列各行中" in load(page, "old.csv", text.encode("gbk"))
    _, table = save(page, tmp_path)
    assert table.to_numpy().tolist() == [["F1", 113.98, 27.09], ["托育园", 113.99, 27.1]]
    page.click("text=不保留")
    assert page.locator("#kept").inner_text() == ""
    _, table = save(page, tmp_path)
    assert table["site_id"].tolist() == ["F1"]
    page.click("text=撤销")
    assert "另有 1 行" in page.locator("#kept").inner_text()
    page.click("text=撤销")
    _, table = save(page, tmp_path)
    assert table.empty
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "第1行缺少列 site_id、lon、lat"),
        (b"site_id;lon;lat\nF1;114;27\n", "第1行缺少列 site_id、lon、lat"),
        (b"\x81", "既不是 UTF-8 也不是 GBK"),
        (b"site_id,lon,lat\nF1,27.1,114.0\n", "第2行的 lat 为“114.0”，应为 -85 至 85"),
        (b"site_id,lon,lat\nF1,,27\n", "第2行的 lon 为“”"),
        (b"site_id,lon,lat\n\nF1,NaN,27\n", "第3行的 lon 为“NaN”"),
        (b"site_id,lon,lat\n,114,27\n", "第2行没有 site_id"),
        (b'site_id,lon,lat\n"F1,114,27\n', "第2行的引号没有结束"),
    ],
)
def test_a_damaged_file_is_told_row_by_row(browser, tmp_path, content, told):
    page, _, complaints, _ = open_page(browser, tmp_path, draw())
    said = load(page, "placed.csv", content)
    assert told in said
    assert "读入 0 行" in said
    assert shown(page, "placed") == "0"
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_a_row_twice_in_a_file_is_taken_once(browser, tmp_path):
    page, *_ = open_page(browser, tmp_path, draw())
    said = load(page, "p.csv", b"site_id,lon,lat\nF1,113.98,27.09\nF1,113.99,27.1\n")
    assert "第3行的 site_id “F1”与前面重复" in said
    assert states(page)[0].startswith("113.980000, 27.090000")
    page.context.close()


@pytest.mark.browser
def test_work_survives_closing_the_page(browser, tmp_path):
    page, *_ = open_page(browser, tmp_path, draw())
    choose(page, 0)
    click_site(page, "甲点")
    before = states(page)
    page.reload()
    wait_until_drawn(page)
    assert states(page) == before
    assert page.locator(".pin").count() == 1

    # The same study drawn anew: another address, or another place in its file, is another row.
    file = tmp_path / "review.html"
    for rows, placed, first in (
        (unplaced(address=["别处", "解放街2号"]), None, "未定位"),
        (
            unplaced(),
            pd.DataFrame({"site_id": ["F1"], "lon": [113.99], "lat": [27.1]}),
            "113.990000, 27.100000 · 规划范围外",
        ),
    ):
        file.write_text(draw(rows, placed=placed), encoding="utf-8")
        page.reload()
        wait_until_drawn(page)
        assert states(page)[0] == first
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    "stored", ["{", "7", '{"rows": [[1, [1e999, 2]]], "kept": [["x", [500, 0]]]}']
)
def test_a_damaged_memory_is_ignored(browser, tmp_path, stored):
    page, _, complaints, _ = open_page(browser, tmp_path, draw())
    page.evaluate("(text) => localStorage.setItem('siting place: 画的镇', text)", stored)
    page.reload()
    wait_until_drawn(page)
    _, table = save(page, tmp_path)
    assert table.empty
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_without_storage_the_page_says_so(browser, tmp_path):
    shut = """<script>Object.defineProperty(window, 'localStorage', {get() {
      throw new DOMException('shut', 'SecurityError'); }});</script>"""
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', shut, draw())
    page, _, complaints, _ = open_page(browser, tmp_path, html)
    assert "此浏览器不能记下进度" in page.locator("#memory").inner_text()
    choose(page, 0)
    click_site(page, "甲点")
    assert shown(page, "placed") == "1"
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_places_in_the_file_of_the_study_are_kept(browser, tmp_path):
    asked = scenario()
    asked = asked.model_copy(
        update={"inputs": asked.inputs.model_copy(update={"placed": "data/places.csv"})}
    )
    placed = pd.DataFrame({"site_id": ["F1", "old"], "lon": [113.98, 113.99], "lat": [27.09, 27.1]})
    page, *_ = open_page(browser, tmp_path, draw(asked=asked, placed=placed))
    assert shown(page, "placed") == "1"
    assert "方案文件已写明 data/places.csv" in page.locator("#list").inner_text()
    file, table = save(page, tmp_path)
    assert file.name == "places.csv"
    pd.testing.assert_frame_equal(table, placed)
    page.context.close()
    page, *_ = open_page(browser, tmp_path, draw(asked=asked))
    assert "尚未读入" in page.locator("#list").inner_text()
    page.context.close()


def yaml_with_a_sheet(folder):
    usual = scenario().inputs.model_dump()
    return scenario(inputs={**usual, "placed": "tables/study.xlsx#补充坐标"})


def workbook(folder):
    return siting.load(filled_workbook.write(folder))


@pytest.mark.browser
@pytest.mark.parametrize("study", [yaml_with_a_sheet, workbook])
@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh", "将其各行粘贴到工作簿 study.xlsx 的工作表 补充坐标"),
        ("en", "paste its rows into the sheet 补充坐标 of the workbook study.xlsx"),
    ],
)
def test_rows_of_a_sheet_are_pasted_into_it(browser, tmp_path, study, lang, told):
    page, _, complaints, _ = open_page(browser, tmp_path, draw(lang=lang, asked=study(tmp_path)))
    choose(page, 0)
    click_site(page, "甲点")
    file, table = save(page, tmp_path)
    assert (file.name, table["site_id"].tolist()) == ("placed.csv", ["F1"])
    said = page.locator("#list").inner_text()
    assert told in said
    assert "inputs.placed" not in said
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_a_scenario_that_reads_a_sheet_is_no_workbook(browser, tmp_path):
    path = tmp_path / "town.yaml"
    inputs = {
        **scenario().inputs.model_dump(exclude_none=True),
        "residents": "people.xlsx#常住人口",
    }
    path.write_text(yaml_text.of(scenario(inputs=inputs)), encoding="utf-8")
    page, *_ = open_page(browser, tmp_path, draw(asked=siting.load(path)))
    assert "写 placed: placed.csv" in page.locator("#list").inner_text()
    page.context.close()


@pytest.mark.browser
def test_zones_by_seats_are_said_to_be_no_boundaries(browser, tmp_path):
    usual = scenario().inputs.model_dump()
    for seats, townships, stamped in (("seats.csv", None, True), (None, "zones.geojson", False)):
        asked = scenario(inputs={**usual, "seats": seats, "townships": townships})
        page, *_ = open_page(browser, tmp_path, draw(asked=asked))
        assert ("非行政边界" in page.locator(".stamp").inner_text()) == stamped
        page.context.close()
