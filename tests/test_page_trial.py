"""What the page shows while a trial is on, besides its figures: map, panels, years, sums."""

import re
import shutil
import subprocess

import pytest

from drawn_town import target
from offline_page import choose_year, open_page, shown
from reviewed_town import parts, town, two_years
from siting.review import draw_page
from siting.review.trial_words import trial_texts
from siting.review.words import words

zh = words("zh")
trial = words("zh", trial_texts)
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def years():
    return parts(two_years())


@pytest.fixture
def page(browser, tmp_path, years):
    opened, _, complaints, _ = open_page(browser, tmp_path, draw_page(years, "zh"))
    yield opened
    assert complaints == []
    opened.context.close()


def close_site(page, name):
    page.fill("#trial-site", name)
    page.press("#trial-site", "Enter")
    page.click(".try button[name='close']")


def planned(years, year):
    acted = years.plan.actions
    return acted.loc[acted["year"] == year, "site_id"].iloc[0]


def test_the_map_follows_the_trial_and_says_so(page, years):
    before = shown(page, "shades")
    close_site(page, planned(years, 2027))
    assert shown(page, "shades") != before
    assert trial["trial"] in page.locator("#legend .stands-in").inner_text()
    assert "（1）" in page.locator("#legend label", has_text=zh["close"]).inner_text()
    page.select_option("#indicator", "median_minutes")
    assert page.locator("#legend .stands-in").inner_text() == trial["trial_plan_value"]
    page.click("#trial-reset")
    page.select_option("#indicator", "population_coverage")
    assert page.locator("#legend .stands-in").count() == 0
    assert shown(page, "shades") == before


def test_the_keyboard_stays_where_it_was(page, years):
    def focused():
        return page.evaluate("document.activeElement.name || document.activeElement.id")

    close_site(page, planned(years, 2027))
    assert focused() == "open"
    page.keyboard.press("Enter")
    assert focused() == "close"
    page.keyboard.press("Enter")
    page.locator(".undo").press("Enter")
    assert focused() == "trial-site"
    close_site(page, planned(years, 2027))
    page.locator("#trial-reset").press("Enter")
    assert focused() == "trial-site"


def test_a_target_missed_by_a_hair_shows_more_digits(browser, tmp_path):
    # 1,200 of 1,260 people reach a site: 95.238... %.
    cover = {**target("population_coverage", required=0.9524, hard=False), "id": "C"}
    close = parts(town(targets=(target("per_thousand", required=30.0), cover)))
    opened, *_ = open_page(browser, tmp_path, draw_page(close, "zh"))
    told = opened.locator("#met li", has_text=zh["unmet"])
    assert "95.238%" in told.inner_text()
    assert "95.240%" in told.inner_text()
    row = opened.locator("#targets tbody tr", has_text="95.238%")
    assert "95.240%" in row.text_content()
    opened.locator("#trial-minutes").evaluate(
        "range => { range.value = 6; range.dispatchEvent(new Event('input')); }"
    )
    row = opened.locator("#trial-results tr", has_text="95.240%")
    assert "95.238%" in row.inner_text()
    opened.context.close()


def test_targets_are_shown_at_once_until_somebody_folds_them(page, years):
    def drag(minutes):
        page.locator("#trial-minutes").evaluate(
            "(range, to) => { range.value = to; range.dispatchEvent(new Event('input')); }", minutes
        )

    targets = page.locator("details[data-part='targets'] table")
    drag(7)
    assert targets.locator("tbody tr").count() == len(years.plan.year(2027).targets)
    assert not page.locator("details[data-part='townships'] table").count()
    page.click("details[data-part='targets'] summary")
    drag(8)
    assert not targets.is_visible()
    page.click("#trial-reset")
    drag(7)
    assert not targets.is_visible()
    page.click("details[data-part='targets'] summary")
    page.click("#trial-reset")
    assert not targets.count()
    drag(8)
    assert targets.is_visible()
    page.click("#trial-reset")


def test_minutes_are_those_of_the_trial(page):
    heading = page.locator("#legend h4").first
    chosen = page.locator("#indicator option").first
    before = heading.inner_text()
    assert before == chosen.inner_text() == "5分钟人口覆盖率"
    page.locator("#trial-minutes").evaluate(
        "range => { range.value = 7; range.dispatchEvent(new Event('input')); }"
    )
    assert heading.inner_text() == chosen.inner_text() == "7分钟人口覆盖率"
    # The reach of a site is drawn as planned, and says so.
    assert "方案5分钟" in page.locator(".reach-as").inner_text()
    assert trial["trial_reach_kept"] in page.locator("#panel").inner_text()
    choose_year(page, 0)
    assert heading.inner_text() == "5分钟人口覆盖率"
    page.click("#trial-reset")
    assert chosen.inner_text() == before
    assert page.locator(".reach-as").inner_text() == ""
    assert trial["trial_reach_kept"] not in page.locator("#panel").inner_text()


def test_the_figures_of_the_plan_are_ready_before_a_trial_begins(page):
    page.locator("html[data-prepared]").wait_for(state="attached")
    assert int(shown(page, "prepared")) >= int(shown(page, "ready"))


def test_panels_say_what_is_of_the_trial(page, years):
    close_site(page, planned(years, 2027))
    note = page.locator("#panel .trial-note")
    assert note.inner_text().startswith("试算中（2027年）：关停")
    assert trial["trial_site_rest"] in note.inner_text()
    page.fill("#search", "Z1")
    page.press("#search", "Enter")
    assert "→" in note.inner_text()
    assert trial["trial_township_rest"] in note.inner_text()


def test_a_trial_takes_the_map_to_its_year_and_names_it(page, years):
    choose_year(page, 0)
    close_site(page, planned(years, 2027))
    assert (shown(page, "state"), shown(page, "year")) == ("plan", "2027")
    told = page.locator("#trial-results")
    assert "试算：2027年" in told.inner_text()
    assert "2027年目标达到" in told.inner_text()
    assert page.locator(".trial-elsewhere").count() == 0
    choose_year(page, 0)
    assert "现状（2025）" in page.locator(".trial-elsewhere").inner_text()
    assert page.locator("#legend .stands-in").count() == 0
    page.click(".try button[name='back']")
    close_site(page, planned(years, 2027))
    assert (shown(page, "state"), shown(page, "year")) == ("plan", "2027")


def test_the_tiles_of_children_add_up(page, years):
    close_site(page, planned(years, 2027))
    tiles = page.locator("#trial-results .tile")
    figures = dict(
        zip(
            tiles.locator("dt").all_inner_texts(), tiles.locator("b").all_inner_texts(), strict=True
        )
    )
    parts_ = ("trial_served", "trial_beyond", "trial_full", "trial_unreachable")
    told = [int(figures[trial[key]].replace(",", "")) for key in ("trial_takers", *parts_)]
    assert abs(told[0] - sum(told[1:])) <= 2
    assert trial["trial_sum"] in page.locator("#trial-results").inner_text()


def test_a_switch_leaves_the_map_in_its_place_and_its_figures_in_sight(page, years):
    page.set_viewport_size({"width": 1366, "height": 768})
    name = planned(years, 2027)
    page.fill("#trial-site", name)
    page.press("#trial-site", "Enter")
    switch = page.locator(".try button[name='close']")
    switch.scroll_into_view_if_needed()
    top = page.locator("#panel").bounding_box()["y"]
    switch.click()
    assert abs(page.locator("#panel").bounding_box()["y"] - top) < 1
    told = [figure.inner_text() for figure in page.locator("#trial-mark .in-sight > span").all()]
    tiles = {
        tile.locator("dt").inner_text(): tile.locator("b").inner_text().replace(",", "")
        for tile in page.locator("#trial-results .tile").all()
    }
    placed = int(re.search(r"(\d+) （方案", told[1].replace(",", ""))[1])
    near, far = (int(tiles[trial[key]]) for key in ("trial_served", "trial_beyond"))
    assert abs(placed - near - far) <= 1
    plan = years.plan.indicators_of(2027).area["places"]
    now = int(tiles[trial["trial_places"]])
    change = f"{now:,} （方案{plan:,.0f}，−{plan - now:,.0f}）"
    assert told[3] == f"{trial['trial_places']} {change}"
    assert told[4].startswith("2027年目标达到")
    for figure in page.locator("#trial-mark .in-sight > span").all():
        box = figure.bounding_box()
        assert 0 <= box["y"] <= 768 - box["height"]


def test_the_bar_names_targets_that_turn_and_the_minutes_they_are_held_to(page, years):
    page.locator("#trial-minutes").evaluate(
        "range => { range.value = 20; range.dispatchEvent(new Event('input')); }"
    )
    told = page.locator("#trial-mark .in-sight > span").last
    assert trial["trial_by_minutes"].format(minutes=20) in told.inner_text()
    page.click("#trial-reset")
    for name in years.plan.sites["site_id"]:
        page.fill("#trial-site", name)
        page.press("#trial-site", "Enter")
        if page.locator(".try button[name='close']").count():
            page.click(".try button[name='close']")
    assert "不再达到：" in told.inner_text()
    assert "按步行" not in told.inner_text()


def test_a_part_of_a_name_finds_the_only_site_that_has_it(page, years):
    sites = years.inputs.sites
    named = sites["name"].iloc[0]
    part = next(
        named[i:j]
        for i in range(len(named))
        for j in range(i + 1, len(named) + 1)
        if (sites["name"] + sites["site_id"]).str.contains(named[i:j], regex=False).sum() == 1
    )
    page.fill("#trial-site", part)
    page.press("#trial-site", "Enter")
    assert shown(page, "site") == sites["site_id"].iloc[0]
    page.fill("#trial-site", "（")
    page.press("#trial-site", "Enter")
    said = page.evaluate("document.getElementById('trial-site').validationMessage")
    assert said == trial["trial_many_sites"].format(count=len(sites))


def test_a_trial_says_what_the_plan_spends_at_the_sites_it_closes(page, years):
    name = planned(years, 2027)
    told = page.locator("#trial-results .under", has_text=trial["trial_no_money"])
    page.locator("#trial-minutes").press("ArrowRight")
    assert trial["trial_spent"].split("{")[0] not in told.inner_text()
    close_site(page, name)
    spent = years.plan.actions.query("site_id == @name")["capital_cny"].sum()
    assert spent == 25_000
    assert trial["trial_spent"].format(money="3万元") in told.inner_text()


def test_the_panel_of_a_site_follows_the_year(page, years):
    name = planned(years, 2027)
    page.fill("#search", name)
    page.press("#search", "Enter")
    choose_year(page, 0)
    head = page.locator("#panel .under").first.inner_text()
    assert "现状（2025）" in head
    assert zh["not_yet"] in head


def test_the_legend_folds(page):
    button = page.locator("#legend .fold")
    height = page.locator("#legend").bounding_box()["height"]
    assert height <= 0.63 * page.locator(".drawing").bounding_box()["height"]
    button.click()
    assert button.get_attribute("aria-expanded") == "false"
    assert page.locator("#legend").bounding_box()["height"] < 40
    button.click()
    assert page.locator("#legend h4").first.is_visible()


def test_sheets_of_paper_have_a_title_and_numbers(page, tmp_path):
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext on this machine: the printed page was not read")
    pdf = tmp_path / "review.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True)
    command = ("pdftotext", "-layout", "-f", "2", "-l", "2", pdf, "-")
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    assert text.lstrip().startswith("画的镇")
    assert re.search(r"\b2 ?/ ?\d", text)
    page.emulate_media(media="print")
    heads = page.locator("#township-table thead .on-paper")
    spaces = heads.evaluate_all("all => all.map((head) => getComputedStyle(head).whiteSpace)")
    assert set(spaces) <= {"pre-line", "preserve-breaks"}
