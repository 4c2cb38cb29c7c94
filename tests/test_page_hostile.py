"""Texts from data are shown by the review page as they are, and never run."""

import re
from dataclasses import replace

import pytest

from offline_page import open_page
from reviewed_town import hostile, parts, town
from siting.notes import Note
from siting.review import draw_page
from torture import amount

pytestmark = pytest.mark.trust
tried = amount(("template", "script", "backticks", "end", "right to left", "long"), tuple(hostile))


@pytest.mark.browser
@pytest.mark.parametrize("text", [hostile[name] for name in tried], ids=tried)
def test_hostile_texts_are_shown_verbatim(browser, tmp_path, text):
    drawn = town((text,) * 3)
    drawn.facilities["e"] = {"name": text, "tier": "kindergarten", "large_classes": 1}
    before = drawn.asked.model_dump()
    for part in ("tiers", "hosts", "class_kinds"):
        for value in before[part].values():
            value["label"] = text
    for goal in before["targets"]:
        goal.update(clause=text, sentence=text, reading=text)
    before["children"].update(under3_source=text, take_up_source=text)
    before["walk"]["source"] = text
    drawn.asked = type(drawn.asked).model_validate(
        {**before, "name": text, "class_kinds_source": text, "sources": (text,)}
    )
    inputs = drawn.inputs()
    zones = inputs.townships.copy()
    zones["township"] = text
    zones["district"] = text
    inputs = replace(inputs, townships=zones, notes=(Note(zh=text, en="en"),), sha256={text: text})
    findings = parts(drawn, inputs)
    page, requests, complaints, address = open_page(browser, tmp_path, draw_page(findings, "zh"))
    assert requests == [address]
    assert complaints == []

    def texts_of(selector):
        return page.eval_on_selector_all(selector, "nodes => nodes.map(n => n.textContent)")

    assert text in texts_of("h1 bdi")
    assert page.title().strip() == re.sub(r"[\t\n\f\r ]+", " ", text).strip()
    assert text in texts_of("#met .clause-line bdi")
    assert any(text in lacking for lacking in texts_of("#met .lacking bdi"))
    assert text in texts_of("#targets bdi")
    assert text in texts_of("#targets q")
    for table in ("#site-table", "#township-table", "#worst-table"):
        assert text in texts_of(f"{table} tbody th bdi")
        assert text in texts_of(f"{table} tbody td bdi")
    assert text in texts_of("#legend bdi")
    fits = text != hostile["long"]  # a name of 500 characters never does
    assert set(texts_of(".zone-name bdi")) == ({text} if fits else set())
    assert text in texts_of("#sources .notes bdi")
    assert text in texts_of("#sources td bdi")
    assert text in texts_of("#sites select option")
    assert text in texts_of("#equity select option")
    page.click("#site-table tbody tr button.link")
    assert text in texts_of("#panel h3 bdi")
    assert any(text in told for told in texts_of("#panel dd bdi"))
    page.click("#panel dd button.link")
    assert text in texts_of("#panel h3 bdi")
    assert text in texts_of("#panel .under bdi")
    page.fill("#search", text)
    assert text in texts_of("#found bdi")
    box = page.locator(".folium-map").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    assert page.evaluate("window.hacked") is None
    assert page.locator("#page script, #page img[src='x']").count() == 0
    assert complaints == []
    page.context.close()


@pytest.mark.parametrize("text", hostile.values(), ids=hostile)
def test_a_hostile_title_leaves_the_frame_as_it_is(usual, text):
    html = draw_page(usual, "zh", title=text)
    plain = draw_page(usual, "zh", title="plain")
    frame = r"<(script|style)\b[^>]*>.*?</\1>"
    assert re.sub(frame, "", html, flags=re.DOTALL) == re.sub(frame, "", plain, flags=re.DOTALL)


@pytest.fixture(scope="module")
def usual():
    return parts(town())
