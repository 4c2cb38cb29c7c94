"""Panels of townships and sites, tables and the first screen of the review page."""

from dataclasses import replace

import pytest

import checked_town
from offline_page import choose_year, keep, open_page, shown
from reviewed_town import parts, town, two_years
from siting.indicators import served_column
from siting.review import draw_page
from siting.review.words import words

zh = words("zh")


@pytest.fixture(scope="module")
def years():
    return parts(two_years())


def go_to(page, name):
    page.fill("#search", name)
    page.press("#search", "Enter")


def facts(page):
    """Return the terms of the panel and what is said of them."""
    return dict(
        page.eval_on_selector_all(
            "#panel dt", "all => all.map((t) => [t.textContent, t.nextElementSibling.textContent])"
        )
    )


@pytest.mark.browser
def test_a_site_tells_who_comes_and_who_has_no_other(browser, tmp_path, years):
    page, _, complaints, _ = open_page(browser, tmp_path, draw_page(years, "zh"))
    names = years.plan.sites.set_index("site_id")["name"]
    alone = set()
    for position, year in ((1, 2026), (2, 2027)):
        choose_year(page, position)
        for service in years.services.query(f"year == {year}").to_dict("records"):
            go_to(page, names[service["site_id"]])
            told = facts(page)
            assert told["载体"] == "用房"
            assert told["机构类型"] == "托育机构（步行5分钟）"
            assert told[zh["under3_within"]] == f"{service['under3_within']:.0f}"
            assert told[zh["under3_alone"]] == f"{service['under3_alone']:.0f}"
            assert told[zh["children_alone"]] == f"{service['children_alone']:.0f}"
            bars = page.locator("#panel .bars").inner_text()
            assert f"{service['children']:.0f}" in bars
            assert f"{100 * service['fill']:.1f}%" in bars
            alone.add(told[zh["under3_alone"]])
    assert len(alone) > 1
    page.locator("#map").scroll_into_view_if_needed()
    keep(page, "site")
    go_to(page, "丁楼")
    assert "2027 新增" in facts(page)[zh["actions_by_year"]]
    choose_year(page, 1)
    assert zh["not_yet"] in page.locator("#panel").inner_text()
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_children_by_age_add_up_to_the_children(browser, tmp_path, years):
    bands = [served_column(band) for band in ("12-24", "24-36")]
    # 1.2 and 1.2 children are 2 in all, 1 and 1 of them; 0.6 and 0.7 are 1, not 1 and 1.
    amounts = {"ea": (1.2, 1.2), "cb": (0.6, 0.7)}
    services = years.services.copy()
    for name, (first, second) in amounts.items():
        services.loc[services["site_id"] == name, bands] = first, second
    page, *_ = open_page(browser, tmp_path, draw_page(replace(years, services=services), "zh"))
    for name, counts in (("ea", ["1", "1", "2"]), ("cb", ["0", "1", "1"])):
        go_to(page, name)
        assert page.locator("#panel .bars .number").all_inner_texts() == counts
        places = services.query(f"site_id == '{name}' and year == 2027")["places"].iloc[0]
        filled = f"{100 * int(counts[-1]) / places:.1f}%"
        assert filled in page.locator("#panel .bars .sum-row").inner_text()
    page.context.close()


@pytest.mark.browser
def test_a_site_names_its_medical_institution_and_for_whom_it_is(browser, tmp_path):
    findings = parts(checked_town.town)
    guided = findings.plan.guidance.query("year == 2027")
    assert len(guided)
    names = findings.inputs.sites.set_index("site_id")["name"]
    medical = findings.inputs.medical.set_index("medical_id")["name"]
    page, _, complaints, _ = open_page(browser, tmp_path, draw_page(findings, "zh"))
    for pair in guided.to_dict("records"):
        go_to(page, pair["site_id"])
        assert page.locator("#panel h3").inner_text() == names[pair["site_id"]]
        minutes = round(pair["seconds"] / 60, 1)
        expected = f"{medical[pair['medical_id']]}，{minutes:g} 分钟"
        assert facts(page)[zh["paired_medical"]] == expected
    (own,) = findings.plan.sites.query("staff_children > 0").to_dict("records")
    go_to(page, own["site_id"])
    told = facts(page)
    assert (told["职工子女（人）"], told["对居民开放"]) == ("18", "否，只供本单位职工")
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_a_township_tells_today_no_action_and_plan(browser, tmp_path, years):
    page, _, complaints, _ = open_page(browser, tmp_path, draw_page(years, "zh"))
    go_to(page, "Z1")
    assert shown(page, "township") == "Z1"
    panel = page.locator("#panel")
    coverage = panel.locator("tr", has_text="5分钟覆盖率").locator("td").all_inner_texts()
    states = (years.today, years.no_action[2027], years.plan.indicators_of(2027))
    figures = [s.of("township").set_index("code").loc["Z1"] for s in states]
    assert coverage == [f"{100 * each['population_coverage']:.1f}%" for each in figures]
    under3 = panel.locator("tr", has_text="3岁以下婴幼儿（人）").locator("td").all_inner_texts()
    # 300 residents, of whom 40 % are under three today and 30 % in 2027.
    assert under3 == ["120", "90", "90"]
    assert "丁楼" in panel.inner_text()
    assert zh["standing"] in panel.inner_text()
    overall = years.beside["ranking_overall"]
    rank = overall[(overall["year"] == 2027) & (overall["township_code"] == "Z1")]["rank"].iloc[0]
    assert facts(page)[zh["overall_rank"]].startswith(f"{rank} / ")
    choose_year(page, 1)
    assert "不实施（2026）" in panel.inner_text()
    page.locator("#map").scroll_into_view_if_needed()
    keep(page, "township")
    page.click("#panel .sites button.link")
    assert shown(page, "site") == "cd"
    page.click("#panel dd button.link")
    assert shown(page, "township") == "Z1"
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_the_first_screen_tells_the_story(browser, tmp_path, years):
    page, *_ = open_page(browser, tmp_path, draw_page(years, "zh"))
    told = page.locator("header").inner_text()
    met = sum(result.met for result in years.plan.targets)
    # P is asked in both years.
    assert f"{len(years.plan.targets)}项目标（逐年分别计）达到{met}项" in told
    items = page.locator("#met li")
    assert items.count() == 2
    # The target that is missed stands first, and says where.
    assert "✘" in items.nth(0).inner_text()
    assert "drawn" in items.nth(0).inner_text()
    assert "2026–2027" in items.nth(1).inner_text()
    bars = page.locator(".chart rect")
    heights = bars.evaluate_all("all => all.map((bar) => Number(bar.getAttribute('height')))")
    capital = years.plan.costs["capital_cny"].to_numpy()
    assert len(heights) == 2
    assert heights == pytest.approx((92 * capital / capital.max()).tolist())
    row = page.locator("#before-after tr", has_text="5分钟覆盖率").locator("td").all_inner_texts()
    figures = [
        indicators.area["population_coverage"]
        for indicators in (years.today, years.no_action[2027], years.plan.indicators)
    ]
    assert row[:3] == [f"{100 * figure:.1f}%" for figure in figures]
    assert row[3] == f"+{100 * (figures[2] - figures[1]):.1f}百分点"
    height = page.locator("#story").bounding_box()
    assert height["y"] + height["height"] < 768
    page.context.close()


@pytest.mark.browser
def test_tables_sort_and_filter(browser, tmp_path, years):
    page, _, complaints, _ = open_page(browser, tmp_path, draw_page(years, "zh"))
    acted = years.plan.sites[years.plan.sites["action"] != "keep"]
    page.click("#site-table thead button >> nth=-1")
    assert page.locator("#site-table th[aria-sort='descending']").count() == 1
    page.select_option("#sites select", label="D")
    assert page.locator("#site-table tbody tr").count() == len(acted)
    # The worst-served tenth: most of them first, in the year of the map.
    first = page.locator("#worst-table tbody tr").first.inner_text()
    nearest = years.nearest.query("state == 'plan' and level == 'township' and year == 2027")
    worst = nearest.loc[nearest["worst_under3"].idxmax()]
    assert first.startswith(worst["name"])
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_links_unfold_what_is_folded(browser, tmp_path, years):
    page, *_ = open_page(browser, tmp_path, draw_page(years, "zh"))
    assert not page.is_visible("#targets table")
    page.click("#met a")
    assert page.is_visible("#targets table")
    page.context.close()


@pytest.mark.browser
def test_the_title_may_be_another(browser, tmp_path):
    page, *_ = open_page(browser, tmp_path, draw_page(parts(town()), "zh", title="<b>评审</b>"))
    assert page.locator("h1").inner_text() == "<b>评审</b>"
    assert page.title() == "<b>评审</b>"
    page.context.close()
