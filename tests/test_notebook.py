"""Results show themselves in a notebook: nothing in them runs, and the map works inside it."""

import json

import pytest

from drawn_town import scenario
from siting.notebook import Figure, card, most_marks, table
from siting.plan import choose_sites, measure_today, today_targets
from siting.study import Study
from test_page import hostile, town


def study_of(drawn):
    inputs, network, reach = drawn.inputs(), drawn.network(), drawn.reach()
    today = measure_today(drawn.asked, inputs, reach)
    held = today_targets(drawn.asked, inputs, reach)
    plan = choose_sites(drawn.asked, inputs, reach)
    return Study(drawn.asked, inputs, network, reach, today, held, plan)


@pytest.fixture(scope="module")
def study():
    return study_of(town(list(hostile.values())))


def opened(browser, tmp_path, html):
    """Open HTML as a notebook shows it: in a page that allows everything."""
    file = tmp_path / "notebook.html"
    file.write_text(f"<!DOCTYPE html><meta charset=utf-8><body>{html}", encoding="utf-8")
    page = browser.new_context(offline=True).new_page()
    requests, complaints = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri())
    return page, requests, complaints


def shown(page):
    return page.evaluate("[...document.querySelectorAll('bdi')].map(b => b.textContent)")


@pytest.mark.browser
def test_hostile_texts_are_shown_and_never_run(browser, tmp_path):
    told = [
        card(text, [(text, text)], table([text], [[text], [Figure(text)]]))
        for text in hostile.values()
    ]
    page, _, complaints = opened(browser, tmp_path, "".join(told))
    expected = [
        text if len(text) <= most_marks else f"{text[:most_marks]}…" for text in hostile.values()
    ]
    assert shown(page) == [text for text in expected for _ in range(6)]
    assert page.evaluate("window.hacked === undefined")
    assert complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("name", ["script", "image", "end"])
def test_a_hostile_study_is_shown_and_never_run(browser, tmp_path, name):
    text, drawn = hostile[name], town()
    targets = tuple(t.model_copy(update={"clause": text}) for t in drawn.asked.targets)
    drawn.asked = drawn.asked.model_copy(update={"name": text, "targets": targets})
    page, _, complaints = opened(browser, tmp_path, study_of(drawn)._repr_html_())
    assert shown(page).count(text) == 1 + len(targets)
    assert page.evaluate("window.hacked === undefined")
    assert complaints == []


@pytest.mark.browser
def test_the_map_works_in_a_frame_of_its_own(browser, tmp_path, study):
    page, requests, complaints = opened(browser, tmp_path, study.map("en")._repr_html_())
    inside = page.frame_locator("iframe")
    inside.locator("html[data-ready]").wait_for(state="attached", timeout=30_000)
    assert inside.locator("#map canvas, .leaflet-container canvas").first.is_visible()
    assert page.evaluate("window.hacked === undefined")
    assert page.frames[1].evaluate("window.hacked === undefined")
    reaches_out = "(() => { try { return parent.document !== null } catch { return false } })()"
    assert page.frames[1].evaluate(reaches_out) is False
    assert [url for url in requests if not url.startswith(("file:", "about:", "blob:"))] == []
    assert complaints == []


def test_what_a_study_tells(study):
    html = study._repr_html_()
    for word in ("状态 status", "optimal", "30.00", "办法第4项", "open", "cost", "候选"):
        assert word in html
    assert repr(study) == f"Study({study.scenario.name!r}, optimal)"
    assert repr(study.plan) == f"Plan({study.scenario.name!r}, optimal)"


def test_targets_are_a_table_and_still_a_tuple(study):
    assert study.plan.targets == tuple(study.plan.targets)
    html = study.today_targets._repr_html_()
    assert html.count("<tr>") == 1 + len(study.today_targets)
    assert study.today_targets[0]._repr_html_().count("<tr>") == 2


def test_indicators_show_area_and_districts(study):
    html = study.indicators._repr_html_()
    assert html.count("<tr>") == 1 + 1 + 1
    assert f"{study.indicators.area['places']:,.0f}" in html
    assert "2025" in html
    assert "2,025" not in html


def test_a_plan_that_is_not_there_says_so():
    drawn = town()
    drawn.asked = scenario(targets=({**drawn.asked.targets[0].model_dump(), "required": 99.0},))
    plan = choose_sites(drawn.asked, drawn.inputs(), drawn.reach())
    assert "infeasible" in plan._repr_html_()


def test_the_page_in_the_frame_is_the_page(study):
    frame = study.map("en", height_px=500)
    assert frame.page == study.review("en")
    assert 'height="500"' in frame._repr_html_()
    assert json.dumps("<script>")[1:-1] not in frame._repr_html_()
