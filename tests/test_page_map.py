"""The map of the review page: years, shades, sites, reach, children, search."""

import numpy as np
import pytest

from offline_page import choose_year, keep, open_page, shown, wait_until
from reviewed_town import parts, town, two_years
from siting.review import draw_page
from siting.review.people_content import people_squares

painted = """(pane) => [...document.querySelectorAll(`.leaflet-${pane}-pane canvas`)].some(
  (canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
    .some((value) => value > 0))"""


@pytest.fixture(scope="module")
def usual():
    return parts(town())


@pytest.fixture(scope="module")
def years():
    return parts(two_years())


@pytest.mark.browser
def test_marks_are_painted(browser, tmp_path, usual):
    page, *_ = open_page(browser, tmp_path, draw_page(usual, "zh"))
    for pane in ("marks", "zones", "outlines", "streets"):
        wait_until(page, painted, pane)
    for action in usual.plan.sites["action"].unique():
        page.uncheck(f"input[name='show-{action}']")
    assert shown(page, "sitesShown") == "0"
    wait_until(page, f"!({painted})('marks')")
    page.context.close()


@pytest.mark.browser
def test_townships_are_named_where_their_names_fit(browser, tmp_path, usual):
    page, *_ = open_page(browser, tmp_path, draw_page(usual, "zh"))
    names = set(usual.inputs.townships["township"])
    assert set(page.locator(".zone-name").all_inner_texts()) == names
    out = page.locator(".leaflet-control-zoom-out")
    assert out.get_attribute("title") == "缩小"
    assert page.locator(".leaflet-control-zoom-in").get_attribute("title") == "放大"
    while "leaflet-disabled" not in out.get_attribute("class"):
        out.click()
        page.wait_for_timeout(300)
    assert page.locator(".zone-name").count() == 0
    page.context.close()


@pytest.mark.browser
def test_the_map_follows_the_year(browser, tmp_path, years):
    page, _, complaints, _ = open_page(browser, tmp_path, draw_page(years, "zh"))
    plan = years.plan
    found = {}
    for position, year in enumerate([2025, 2026, 2027]):
        choose_year(page, position)
        assert shown(page, "year") == str(year)
        found[year] = (shown(page, "sitesShown"), shown(page, "shades"))
    open_in = {year: str(int(plan.year(year).state["open"].sum())) for year in (2026, 2027)}
    assert [found[year][0] for year in found] == ["1", open_in[2026], open_in[2027]]
    assert open_in[2026] != open_in[2027]
    assert len({shades for _, shades in found.values()}) == 3
    # The table of townships tells of the year as well.
    coverage = plan.indicators_of(2026).of("township").set_index("code")["population_coverage"]
    choose_year(page, 1)
    row = page.locator("#township-table tbody tr", has_text="Z0")
    # What is off the screen is not laid out until one scrolls to it.
    assert f"{100 * coverage['Z0']:.1f}%" in row.text_content()
    assert page.locator("#legend").inner_text().count("2026") == 1
    page.focus("#year")
    page.keyboard.press("ArrowRight")
    assert shown(page, "year") == "2027"
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_shades_and_comparisons(browser, tmp_path, years):
    page, _, complaints, _ = open_page(browser, tmp_path, draw_page(years, "zh"))
    names = page.eval_on_selector_all("#indicator option", "all => all.map((one) => one.value)")
    assert len(names) == 7
    for indicator in names:
        page.select_option("#indicator", indicator)
        assert shown(page, "indicator") == indicator
        for against in ("today", "no_action", "value"):
            page.select_option("#compare", against)
            assert shown(page, "compare") == against
    page.select_option("#indicator", "unreachable")
    page.select_option("#compare", "no_action")
    shades = shown(page, "shades").split(",")
    unreachable = (
        years.plan.indicators.of("township")["unreachable"]
        - years.no_action[2027].of("township")["unreachable"]
    )
    same = np.isclose(unreachable, 0)
    assert same.any()
    assert not same.all()
    assert [shade == "#f7f7f7" for shade in shades] == same.tolist()
    # Today there is nothing to compare with.
    choose_year(page, 0)
    assert page.is_disabled("#compare")
    assert shown(page, "compare") == "value"
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_every_site_shows_its_reach(browser, tmp_path, usual):
    page, *_ = open_page(browser, tmp_path, draw_page(usual, "zh"))
    assert set(usual.isochrones["site_id"]) == set(usual.plan.sites["site_id"])
    for site in usual.plan.sites.to_dict("records"):
        page.fill("#search", site["name"])
        page.press("#search", "Enter")
        assert shown(page, "site") == site["site_id"]
        assert shown(page, "reachesShown") == "1"
    page.click("#panel .close")
    assert shown(page, "reachesShown") == "0"
    page.check("#all-reach")
    assert shown(page, "reachesShown") == str((usual.plan.sites["action"] != "keep").sum())
    page.context.close()


@pytest.mark.browser
def test_a_site_not_yet_open_is_found_in_the_last_year(browser, tmp_path, years):
    page, *_ = open_page(browser, tmp_path, draw_page(years, "zh"))
    choose_year(page, 0)
    page.fill("#search", "丁楼")
    page.press("#search", "Enter")
    assert (shown(page, "site"), shown(page, "year")) == ("cd", "2027")
    page.context.close()


@pytest.mark.browser
def test_children_are_layers_of_their_own(browser, tmp_path, usual):
    page, _, complaints, _ = open_page(browser, tmp_path, draw_page(usual, "zh"))
    layers = ["served", "reachable_full", "unreachable"]
    assert shown(page, "people") == ""
    for layer in layers:
        page.check(f"input[name='people-{layer}']")
        assert shown(page, "people") == layer
        if layer != "reachable_full":
            wait_until(page, painted, "people")
        page.uncheck(f"input[name='people-{layer}']")
    for layer in layers:
        page.check(f"input[name='people-{layer}']")
    assert shown(page, "people") == " ".join(layers)
    page.locator("#map").scroll_into_view_if_needed()
    keep(page, "children")
    assert complaints == []
    page.context.close()


def test_squares_hold_all_children(usual):
    x, y, people = people_squares(usual.inputs, usual.children)
    cells = usual.inputs.cells
    # Each letter is a square of its own, 300 m and more from the next.
    assert len(x) == len(cells)
    assert sorted(x) == pytest.approx(sorted(cells["x"]))
    assert y == pytest.approx(cells["y"].iloc[0])
    assert [moment[:2] for moment in people["moments"]] == [
        ["today", 2025],
        ["no_action", 2025],
        ["plan", 2025],
    ]


@pytest.mark.browser
def test_a_tier_can_be_left_out(browser, tmp_path):
    drawn = town()
    drawn.facilities["e"] = {"tier": "kindergarten", "large_classes": 1}
    findings = parts(drawn)
    page, *_ = open_page(browser, tmp_path, draw_page(findings, "zh"))
    of_tier = findings.plan.sites["tier"].value_counts()
    assert set(of_tier.index) == {"institution", "kindergarten"}
    page.uncheck("input[name='tier-1']")
    assert shown(page, "sitesShown") == str(of_tier["institution"])
    page.context.close()


@pytest.mark.browser
def test_a_click_on_the_map_tells_what_lies_there(browser, tmp_path, usual):
    page, *_ = open_page(browser, tmp_path, draw_page(usual, "zh"))
    page.locator(".drawing").scroll_into_view_if_needed()
    box = page.locator(".folium-map").bounding_box()
    # The middle of the area lies in the middle township, away from any site.
    page.mouse.click(box["x"] + box["width"] * 0.53, box["y"] + box["height"] / 2 + 8)
    assert shown(page, "township") != "" or shown(page, "site") != ""
    page.click("#panel .close")
    assert shown(page, "township") == ""
    page.context.close()
