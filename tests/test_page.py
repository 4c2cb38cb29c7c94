"""The review page, opened in headless Chromium with the network off."""

import json
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from drawn_town import Town, scenario, target
from offline_page import open_page, shown
from siting.notes import Note
from siting.plan import choose_sites, measure_today, today_targets
from siting.review import draw_page
from siting.review.frame import json_for_html
from siting.review.line_pack import pack
from siting.review.words import texts, words
from siting.study import Study

hostile = {
    "template": "{{ 7*7 }}",
    "statement": "{% raise %}",
    "comment": "a{#1#}b",
    "script": "<script>window.hacked=1</script>",
    "image": "<img src=x onerror='window.hacked=1'>",
    "backticks": "`${window.hacked=1}`",
    "dollar": "${1}$&$1",
    "end": "</script></style><!--",
    "formula": "=cmd|' /C calc'!A0",
    "right to left": "\u202eabc\u202c\u200fdef",
    "separators": "a\u2028b\u2029c",
    "entities": "&lt;b&gt; &amp; \"'\\",
    "slots": "{year} {cost}",
    "long": "长" * 500,
}


def asked(**changes):
    targets = (
        {**target("per_thousand", required=30.0), "id": "P", "clause": "办法第4项"},
        {**target("township_coverage", required=1.0, hard=False), "id": "T"},
        {**target("population_coverage", required=1.0, hard=False), "id": "C"},
    )
    return scenario(targets=targets, name="画的镇", **changes)


def town(names=(), **changes):
    """Return a town of two townships: a facility at a, candidates at b and d, nothing at e."""
    name = dict(enumerate(names))
    return Town(
        "a--b--c------d---------e",
        {"a": 300, "b": 300, "c": 300, "d": 300, "e": 60},
        facilities={
            "a": {
                "name": name.get(0, "甲园"),
                "large_classes": 1,
                "enrolled_24_36": 8,
                "max_classes": 2,
            }
        },
        hosts={
            "b": {"name": name.get(1, "乙楼"), "action": "convert"},
            "d": {"name": name.get(2, "丁楼"), "inclusive": False},
        },
        borders=(9.5, 18.5),
        asked=asked(**changes),
    )


def parts(drawn, inputs=None):
    """Return what draw_page reads."""
    inputs = inputs or drawn.inputs()
    network, reach = drawn.network(), drawn.reach()
    today = (figure(drawn.asked, inputs, reach) for figure in (measure_today, today_targets))
    plan = choose_sites(drawn.asked, inputs, reach)
    return Study(drawn.asked, inputs, network, reach, *today, plan).findings


@pytest.fixture(scope="module")
def usual():
    return parts(town())


def test_same_input_same_bytes(usual):
    assert draw_page(usual, "zh") == draw_page(usual, "zh")


def test_a_township_without_a_figure_has_no_rank(usual):
    ranking = usual.ranking
    first = ranking.index == ranking.index[0]
    gone = ranking.astype({"rank": "Int64", "tied": "Int64"}).assign(
        figure=ranking["figure"].mask(first),
        reason=np.where(first, "没有常住人口", ranking["reason"]),
    )
    gone.loc[first, ["rank", "tied"]] = pd.NA
    html = draw_page(replace(usual, ranking=gone), "zh")
    assert "没有常住人口" in html


def test_nothing_is_named_from_outside(usual):
    html = draw_page(usual, "zh")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    frame = re.sub(r"<(script|style)\b[^>]*>.*?</\1>", "", html, flags=re.DOTALL)
    assert not re.search(r"\b(src|href)=|<link|<iframe", frame)
    assert "url(" not in html.split("</style>")[0]


def test_an_unknown_language_is_refused(usual):
    with pytest.raises(ValueError, match="'fr'"):
        draw_page(usual, "fr")


def test_every_text_has_its_slots_in_both_languages():
    for key, (chinese, english) in texts.items():
        slots = [set(re.findall(r"\{(\w+)\}", text)) for text in (chinese, english)]
        assert slots[0] == slots[1], key


@pytest.mark.parametrize("text", hostile.values(), ids=hostile)
def test_json_says_the_same_and_no_mark_is_left(text):
    data = {"name": text, text: [text, 1.5, None]}
    written = json_for_html(data)
    assert json.loads(written) == data
    assert not set("<>&'`$\u2028\u2029") & set(written)
    assert not re.search(r"\{\{|\{%|\{#", written)


def test_pack_of_a_line_by_hand():
    # One feature of one line (3, -2), (4, 0): 1 1 2 | 1 | 2 | 3 1 | -2 2.
    import base64
    import gzip

    numbers = [1, 1, 2, 1, 2, 3, 1, -2, 2]
    packed = pack(np.array([3.2, 4.0]), np.array([-2.0, 0.4]), np.array([2]), np.array([1]))
    expected = bytes(2 * n if n >= 0 else -2 * n - 1 for n in numbers)
    assert gzip.decompress(base64.b64decode(packed)) == expected
    with pytest.raises(ValueError, match="add up"):
        pack(np.zeros(2), np.zeros(2), np.array([1]), np.array([1]))


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_opens_without_a_network(browser, tmp_path, usual, lang):
    page, requests, complaints, address = open_page(browser, tmp_path, draw_page(usual, lang))
    plan = usual.plan
    assert requests == [address]
    assert complaints == []
    assert page.get_attribute("html", "lang") == {"zh": "zh-CN", "en": "en"}[lang]
    assert page.title() == "画的镇"
    assert shown(page, "sitesShown") == str(len(plan.sites))
    acted = plan.sites[plan.sites["action"] != "keep"]
    assert page.locator("#site-table tbody tr").count() == len(acted)
    assert page.locator("#township-table tbody tr").count() == 3
    rows = page.locator("#targets tbody tr")
    assert rows.count() == 3
    for i, result in enumerate(plan.targets):
        row = rows.nth(i).inner_text()
        assert words(lang)["met" if result.met else "unmet"] in row
        assert result.target.clause in row
    said = page.locator("body").inner_text()
    assert words(lang)["not_reviewed"] in said
    assert "OpenStreetMap contributors" in said
    assert words(lang)["illustrative"] not in page.locator("h1").inner_text()
    page.context.close()


@pytest.mark.browser
def test_marks_are_painted(browser, tmp_path, usual):
    page, *_ = open_page(browser, tmp_path, draw_page(usual, "zh"))
    painted = """(pane) => { const canvas = document.querySelector(`.leaflet-${pane}-pane canvas`);
      const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
      return data.some((value) => value > 0); }"""
    assert page.evaluate(painted, "marks")
    assert page.evaluate(painted, "zones")
    assert page.evaluate(painted, "outlines")
    assert page.evaluate(painted, "streets")
    for action in usual.plan.sites["action"].unique():
        page.uncheck(f"input[name='show-{action}']")
    assert shown(page, "sitesShown") == "0"
    page.wait_for_function(f"!({painted})('marks')")
    page.context.close()


@pytest.mark.browser
def test_illustrative_is_said_everywhere(browser, tmp_path):
    page, *_ = open_page(browser, tmp_path, draw_page(parts(town(illustrative=True)), "zh"))
    for place in ("h1", ".stamp", "#legend"):
        assert "示意" in page.locator(place).inner_text()
    assert "示意" in page.title()
    headings = page.locator("h2").all_inner_texts()
    assert len(headings) == 7
    assert all("示意" in heading for heading in headings)
    page.context.close()


@pytest.mark.browser
def test_controls(browser, tmp_path, usual):
    page, _, complaints, _ = open_page(browser, tmp_path, draw_page(usual, "zh"))
    plan = usual.plan
    planned = shown(page, "shades")
    page.check("input[value='today']", force=True)
    assert shown(page, "state") == "today"
    assert shown(page, "shades") != planned
    standing = plan.sites["places_before"] > 0
    assert shown(page, "sitesShown") == str(standing.sum()) != str(len(plan.sites))
    page.check("input[value='difference']", force=True)
    assert "变化" in page.locator("#legend").inner_text()
    for indicator in ("places_per_thousand", "served_share", "unreachable"):
        page.select_option("#indicator", indicator)
        assert shown(page, "indicator") == indicator
    page.check("#all-reach")
    acted = plan.sites[plan.sites["action"] != "keep"]
    assert shown(page, "reachesShown") == str(len(acted))
    page.uncheck("#all-reach")

    first = acted.iloc[0]
    page.fill("#search", first["name"])
    page.press("#search", "Enter")
    assert shown(page, "site") == first["site_id"]
    assert shown(page, "reachesShown") == "1"
    panel = page.locator("#panel").inner_text()
    assert first["name"] in panel
    assert str(first["places"]) in panel
    page.click("#panel dd button.link")
    assert shown(page, "township") == first["township_code"]
    page.click("#panel .close")
    assert shown(page, "township") == ""

    page.locator("text=查看全图").click()
    page.locator(".drawing").scroll_into_view_if_needed()
    box = page.locator(".folium-map").bounding_box()
    # The middle of the area lies in the middle township, away from any site.
    page.mouse.click(box["x"] + box["width"] * 0.53, box["y"] + box["height"] / 2 + 8)
    assert shown(page, "township") != "" or shown(page, "site") != ""

    page.click("#site-table thead button >> nth=-1")
    assert page.locator("#site-table th[aria-sort='descending']").count() == 1
    page.select_option("#sites select", label="D")
    assert page.locator("#site-table tbody tr").count() == len(acted)
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_prints_and_fits_a_phone(browser, tmp_path, usual):
    html = draw_page(usual, "zh")
    page, _, complaints, _ = open_page(browser, tmp_path, html)
    assert len(page.pdf(prefer_css_page_size=True)) > 10_000
    assert page.locator("html.printing").count() == 0
    page.context.close()
    page, _, complaints, _ = open_page(browser, tmp_path, html, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert complaints == []
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("text", hostile.values(), ids=hostile)
def test_hostile_texts_are_shown_verbatim(browser, tmp_path, text):
    drawn = town((text,) * 3)
    before = drawn.asked.model_dump()
    for part in ("tiers", "hosts", "class_kinds"):
        for value in before[part].values():
            value["label"] = text
    for goal in before["targets"]:
        goal.update(clause=text, sentence=text, reading=text)
    before["children"].update(under3_source=text, take_up_source=text)
    before["walk"]["source"] = text
    drawn.asked = type(drawn.asked).model_validate(
        {**before, "name": text, "class_kinds_source": text}
    )
    inputs = drawn.inputs()
    zones = inputs.townships.copy()
    zones["township"] = text
    zones["district"] = text
    inputs = replace(inputs, townships=zones, notes=(Note(zh=text, en="en"),), sha256={text: text})
    page, requests, complaints, address = open_page(
        browser, tmp_path, draw_page(parts(drawn, inputs), "zh")
    )
    assert requests == [address]
    assert complaints == []

    def texts_of(selector):
        return page.eval_on_selector_all(selector, "nodes => nodes.map(n => n.textContent)")

    assert text in texts_of("h1 bdi")
    assert page.title().strip() == re.sub(r"[\t\n\f\r ]+", " ", text).strip()
    assert text in texts_of("#targets bdi")
    assert text in texts_of("#targets q")
    for table in ("#site-table", "#township-table"):
        assert text in texts_of(f"{table} tbody th bdi")
        assert text in texts_of(f"{table} tbody td bdi")
    assert text in texts_of("#sources .notes bdi")
    assert text in texts_of("#sources td bdi")
    assert text in texts_of("#sites select option")
    page.click("#site-table tbody tr button.link")
    assert text in texts_of("#panel h3 bdi")
    page.click("#panel dd button.link")
    assert text in texts_of("#panel h3 bdi")
    page.fill("#search", text)
    assert text in texts_of("#found bdi")
    box = page.locator(".folium-map").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#page script, #page img[src='x']").count() == 0
    assert complaints == []
    page.context.close()
