"""The page that compares plans, opened in headless Chromium with the network off."""

import re

import pytest

import siting
from compared_towns import far, placed, street, study_of, three, two
from drawn_town import target
from offline_page import open_page, shown
from reviewed_town import hostile
from siting.cli import main
from siting.review.compare_words import compare_texts
from siting.review.words import words


@pytest.fixture(scope="module")
def compared():
    return siting.compare(two(), far(), three(illustrative=True))


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Return the folders of two runs, the first with alternatives and a frontier."""
    both = tmp_path_factory.mktemp("runs")
    covered = {**target("population_coverage", required=0.5, hard=False), "id": "C"}
    count = {**target("tier_count", at_least=2, tiers=("institution",)), "id": "N"}
    first = two(targets=(count, covered))
    others = first.alternatives(count=2, differ=2, within=0.5)
    first.save(both / "two", alternatives=others, frontier=first.frontier(figures=[0.5, 0.75, 1]))
    three(targets=({**count, "at_least": 3}, covered)).save(both / "three")
    return both / "two", both / "three"


def test_same_folders_same_bytes(folders):
    assert siting.compare(*folders).page("zh") == siting.compare(*folders).page("zh")


def test_nothing_is_named_from_outside(compared):
    html = compared.page("zh")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


def test_every_text_has_its_slots_in_both_languages():
    for key, (chinese, english) in compare_texts.items():
        slots = [set(re.findall(r"\{(\w+)\}", text)) for text in (chinese, english)]
        assert slots[0] == slots[1], key


def test_an_unknown_language_is_refused(compared):
    with pytest.raises(ValueError, match="'fr'"):
        compared.page("fr")


def test_a_notebook_shows_the_figures(compared):
    html = compared._repr_html_()
    cells = re.findall(r"<bdi>([^<]*)</bdi>", html)
    assert cells[1:5] == ["", "A 两处", "B 远处", "C 三处"]
    rows = [cells[at : at + 4] for at in range(5, len(cells), 4)]
    assert ["投资 capital", "6.0万元", "7.0万元", "10.5万元"] in rows
    assert ["可达占比 within reach", "75.0%", "100.0%", "100.0%"] in rows
    assert ["达到的目标 targets met", "1 / 1", "1 / 1", "1 / 1"] in rows
    assert "srcdoc" in compared.map("en")._repr_html_()


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_opens_without_a_network(browser, tmp_path, compared, lang):
    html = compared.page(lang, title="三个方案")
    page, requests, complaints, address = open_page(browser, tmp_path, html)
    assert requests == [address]
    assert complaints == []
    assert "三个方案" in page.title()
    assert "三个方案" in page.locator("h1").inner_text()
    assert page.locator(".card").count() == 3
    said = page.locator("body").inner_text()
    assert words(lang)["not_reviewed"] in said
    assert words(lang)["illustrative"] in page.locator(".stamp").inner_text()
    table = compared.trade_offs.set_index(["plan", "against"])
    sentences = page.locator("#trade_offs .trade-offs li").all_inner_texts()
    assert [text.split("\n")[-1] for text in sentences] == [
        table.loc[("B", "A"), lang],
        table.loc[("C", "A"), lang],
    ]
    for note in compared.remarks:
        assert note.text(lang) in page.locator("#remarks").inner_text()
    assert page.locator("#target-table tbody tr").count() == 1
    assert page.locator("#target-table .met").count() == 3
    assert page.locator("#site-table tbody tr").count() == 3
    assert page.locator("#picture .plan").count() == 3
    assert words(lang, compare_texts)["picture"] in page.locator("#picture h3").inner_text()
    assert not re.search(r"undefined|NaN|\{\w+\}", said)
    page.context.close()


@pytest.mark.browser
def test_figures_stand_beside_each_other(browser, tmp_path, compared):
    page, *_ = open_page(browser, tmp_path, compared.page("zh"))
    rows = [row.split("\t") for row in page.locator("#figure-table tbody tr").all_inner_texts()]
    told = {row[0].strip(): [cell.split("\n")[0].strip() for cell in row[1:]] for row in rows}
    assert told["投资合计"] == ["—", "6万元", "7万元", "11万元"]
    assert told["5分钟覆盖率"] == ["0.0%", "75.0%", "100.0%", "100.0%"]
    assert told["托位（个）"] == ["0", "30", "30", "45"]
    assert told["新增（处）"] == ["—", "2", "2", "3"]
    changes = page.locator("#figure-table tr", has_text="5分钟覆盖率").inner_text()
    assert changes.count("+25.0百分点") == 2
    page.context.close()


@pytest.mark.browser
def test_every_control(browser, tmp_path, compared):
    page, _, complaints, _ = open_page(browser, tmp_path, compared.page("zh"))
    assert shown(page, "pair") == "AB"
    assert shown(page, "sitesShown") == "3"
    legend = page.locator("#legend")
    for text in ("两方案做法相同（1）", "仅方案A有措施（1）", "仅方案B有措施（1）", "方案B减方案A"):
        assert text in legend.inner_text()
    difference = shown(page, "shades")
    page.check("input[value='today']", force=True)
    assert shown(page, "shades") != difference
    page.check("input[value='plan']", force=True)
    page.check("input[value='difference']", force=True)
    assert shown(page, "shades") == difference
    for indicator in ("places_per_thousand", "served_share", "unreachable"):
        page.select_option("#indicator", indicator)
        assert shown(page, "indicator") == indicator

    # East of c, plan B covers all 60 under-3s and plan A half of them.
    row = page.locator("#township-table tr", has_text="Z1")
    assert "+50.0百分点" in row.inner_text()
    page.click("#swap")
    assert shown(page, "pair") == "BA"
    assert "−50.0百分点" in row.inner_text()
    table = compared.trade_offs.set_index(["plan", "against"])
    chosen = page.locator("#chosen-trade-off")
    assert chosen.inner_text() == table.loc[("A", "B"), "zh"]
    page.select_option("#second", "C")
    assert shown(page, "pair") == "BC"
    assert "仅方案C有措施（1）" in legend.inner_text()
    assert chosen.inner_text() == table.loc[("C", "B"), "zh"]
    page.select_option("#first", "C")  # the same plan twice is taken for an exchange
    assert shown(page, "pair") == "CB"

    page.check("input[value='all']", force=True)
    assert shown(page, "mode") == "all"
    for text in ("全部方案，做法相同（1）", "部分方案有措施（2）"):
        assert text in legend.inner_text()
    page.uncheck("input[name='show-some']")
    assert shown(page, "sitesShown") == "1"
    page.check("input[name='show-some']")
    assert shown(page, "sitesShown") == "3"
    page.check("input[value='pair']", force=True)

    page.fill("#search", "d")
    page.press("#search", "Enter")
    assert shown(page, "site") == "cd"
    panel = page.locator("#panel").inner_text()
    assert "不开办" in panel
    assert panel.count("0 → 15") == 2
    page.click("#panel dd button.link")
    assert shown(page, "township") == "Z1"
    assert "做法不同的点位" in page.locator("#panel").inner_text()
    page.click("#panel .sites button.link")
    assert shown(page, "site") == "cd"
    page.click("#panel .close")
    assert shown(page, "site") == ""
    page.click("text=全图")
    page.locator(".drawing").scroll_into_view_if_needed()
    box = page.locator(".folium-map").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2 + 8)
    assert shown(page, "township") != "" or shown(page, "site") != ""

    assert "全部方案，做法相同 1；部分方案有措施 2" in page.locator("#site-counts").inner_text()
    page.select_option("#sites select", label="仅方案A、C有措施")
    assert page.locator("#site-table tbody tr").count() == 1
    page.click("#site-table thead button >> nth=0")
    page.click("#township-table thead button >> nth=-1")
    assert page.locator("th[aria-sort]").count() == 2
    page.click("#site-table button.link")
    assert shown(page, "site") == "cc"
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_keys_alone_change_the_plans(browser, tmp_path, compared):
    page, *_ = open_page(browser, tmp_path, compared.page("zh"))
    page.focus("#second")
    page.keyboard.press("ArrowDown")
    assert shown(page, "pair") == "AC"
    assert page.evaluate("document.activeElement.id") == "second"
    page.focus("#swap")
    page.keyboard.press("Enter")
    assert shown(page, "pair") == "CA"
    assert page.evaluate("document.activeElement.id") == "swap"
    page.context.close()


@pytest.mark.browser
def test_two_plans_and_the_alternatives_of_one(browser, tmp_path, folders):
    compared = siting.compare(*reversed(folders))
    page, _, complaints, _ = open_page(browser, tmp_path, compared.page("en"))
    assert page.locator("input[name='mode']").count() == 0
    alternatives = page.locator("#alternatives .trade-offs li")
    assert alternatives.count() == 2
    # The cheapest plan that differs in two sites: d for c, 1 万元 more.
    assert "plan B1 costs 16.7% more (CNY 10,000)" in alternatives.nth(0).inner_text()
    proof = "Among the plans that differ enough from plan B: proven to cost least."
    assert proof in alternatives.nth(0).inner_text()
    assert page.locator("#picture .curve").count() == 1
    assert page.locator("#picture .step").count() == 3
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_one_folder_with_its_alternatives(browser, tmp_path, folders, capsys):
    out = tmp_path / "two.html"
    assert main(["compare", str(folders[0]), "--out", str(out)]) == 0
    assert "two.html" in capsys.readouterr().out
    page, _, complaints, _ = open_page(browser, tmp_path, out.read_text(encoding="utf-8"))
    cards = page.locator(".card h3").all_inner_texts()
    assert cards == ["A 两处", "B 方案A的备选方案1", "C 方案A的备选方案2"]
    assert page.locator("#remarks").count() == 0
    assert "未证明最优" in page.locator(".card").nth(1).inner_text()
    assert complaints == []
    page.context.close()


def test_what_the_command_refuses(folders, tmp_path, capsys):
    english = ["--lang", "en"]
    page = str(tmp_path / "two.txt")
    assert main(["compare", *map(str, folders), "--out", page, *english]) == 2
    assert "name a file .html" in capsys.readouterr().err
    assert main(["compare", str(tmp_path), "--out", str(tmp_path / "two.html"), *english]) == 2
    assert "is no finished run: it has no plan.json" in capsys.readouterr().err
    assert not (tmp_path / "two.html").exists()


@pytest.mark.browser
def test_prints_and_fits_a_phone(browser, tmp_path, compared):
    html = compared.page("zh")
    page, *_ = open_page(browser, tmp_path, html)
    assert len(page.pdf(prefer_css_page_size=True)) > 10_000
    assert page.locator("html.printing").count() == 0
    page.context.close()
    page, _, complaints, _ = open_page(browser, tmp_path, html, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_several_years_are_told_at_each_site(browser, tmp_path):
    count = {**target("tier_count", tiers=("institution",)), "id": "N"}
    children = {
        **street().asked.children.model_dump(),
        "under3_share": {2025: 1 / 3, 2026: 1 / 3, 2027: 1 / 3},
    }
    later = two(
        years=(2026, 2027),
        children=children,
        targets=(
            {**count, "year": 2026, "at_least": 1, "at_most": 1},
            {**count, "year": 2027, "at_least": 2},
        ),
    )
    page, _, complaints, _ = open_page(browser, tmp_path, siting.compare(later, two()).page("zh"))
    cells = page.locator("#site-table").text_content()
    assert "2027年新增 +15" in cells
    assert "2025年新增 +15" in cells
    assert "未要求" in page.locator("#target-table").inner_text()
    # A target stands once, beside its three years, with its clause below its name.
    named = page.locator("#target-table tbody th")
    assert (named.count(), named.get_attribute("rowspan")) == (1, "3")
    assert named.locator(".clause-text").inner_text() == "drawn"
    assert page.locator("#target-table .year-number").all_inner_texts() == ["2026", "2027", "2025"]
    assert "（逐年分别计）" in page.locator(".card").first.inner_text()
    assert "（逐年分别计）" not in page.locator(".card").last.inner_text()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert all(cell.is_visible() for cell in page.locator("#target-table tbody .number").all())
    assert "年份不同" in page.locator("#remarks").inner_text()
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_hostile_texts_are_shown_verbatim(browser, tmp_path):
    text = " ".join(hostile.values())

    def study(hosts):
        town = street(hosts=hosts)
        asked = town.asked.model_dump()
        for part in ("tiers", "hosts", "class_kinds"):
            for value in asked[part].values():
                value["label"] = text
        for goal in asked["targets"]:
            goal.update(clause=text, sentence=text, reading=text)
        town.asked = type(town.asked).model_validate({**asked, "name": text})
        inputs = placed(town.inputs())
        inputs.sites["name"] = text
        inputs.townships[["township", "district"]] = text
        inputs.sha256[text] = hosts
        return study_of(town, inputs)

    study("bcde").save(tmp_path / "one")
    html = siting.compare(tmp_path / "one", study("bde")).page("zh")
    page, requests, complaints, address = open_page(browser, tmp_path, html)
    assert requests == [address]
    assert complaints == []

    def texts_of(selector):
        return page.eval_on_selector_all(selector, "nodes => nodes.map(n => n.textContent)")

    assert f"方案比较：{text}" in texts_of("h1 bdi")
    assert text in texts_of(".card h3 bdi")
    assert text in texts_of("#targets bdi")
    assert text in texts_of("#targets q")
    for table in ("#site-table", "#township-table"):
        assert text in texts_of(f"{table} tbody th bdi")
        assert text in texts_of(f"{table} tbody td bdi")
    assert text in texts_of("#sources th bdi")
    page.click("#site-table tbody tr button.link")
    assert text in texts_of("#panel h3 bdi")
    assert text in texts_of("#panel dd bdi")
    page.click("#panel dd button.link")
    assert text in texts_of("#panel h3 bdi")
    page.fill("#search", text)
    assert text in texts_of("#found bdi")
    assert page.evaluate("window.hacked") is None
    assert page.locator("#page script, #page img[src='x']").count() == 0
    assert complaints == []
    page.context.close()
