"""The review page, opened in headless Chromium with the network off."""

import json
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from offline_page import keep, open_page, shown
from reviewed_town import hostile, parts, town
from siting.review import draw_page
from siting.review.frame import json_for_html
from siting.review.line_pack import pack
from siting.review.story_content import head_content
from siting.review.words import texts, words


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


def test_the_headline_says_who_has_a_place_with_and_without_the_plan(usual):
    content = head_content(usual)["achieves"]
    with_it, without = usual.plan.indicators, usual.no_action[usual.plan.indicators.year]
    told = [
        figures.area["takers"]
        - figures.area[["served_beyond", "reachable_full", "unreachable"]].sum()
        for figures in (with_it, without)
    ]
    assert [content["served"][1], content["served_untouched"][1]] == pytest.approx(told)
    assert told[0] > told[1]


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
    page.click("a[href='#targets']")
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
    keep(page, f"first-screen-{lang}")
    page.context.close()


@pytest.mark.browser
def test_illustrative_is_said_everywhere(browser, tmp_path):
    page, *_ = open_page(browser, tmp_path, draw_page(parts(town(illustrative=True)), "zh"))
    for place in ("h1", ".stamp", "#legend"):
        assert "示意" in page.locator(place).inner_text()
    assert "示意" in page.title()
    headings = page.locator("h2").all_inner_texts()
    assert len(headings) == 12
    # how good the plan is proven to be is told of the illustrative data as of any other
    assert [heading for heading in headings if "示意" not in heading] == [
        "按所设目标，方案能否更好？"
    ]
    page.context.close()
