"""The page for placing sites by a click, opened in headless Chromium with the network off."""

import re
from importlib import resources

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect
from pyproj import Transformer

from drawn_town import crs, scenario
from offline_page import open_page, shown
from placing_page import (
    choose,
    click_site,
    draw,
    go_to,
    load,
    middle,
    placed_sites,
    save,
    states,
    town,
    unplaced,
)
from siting.review.placing import scripts
from siting.review.placing_words import placing_texts
from siting.review.words import words

to_degrees = Transformer.from_crs(crs, 4326, always_xy=True)
hostile = ("{{ 7*7 }}", "</script><img src=x onerror=window.hacked=1>", "=1+1")
pixel_m = 0.6
"""More than a pixel at the largest scale (18) at 27 degrees north: 0.53 m."""


def away_m(lon, lat, letter):
    """Return how far a place lies from a letter of the town, in metres of its CRS."""
    there = Transformer.from_crs(4326, crs, always_xy=True).transform(lon, lat)
    return np.hypot(*(np.array(there) - town.at[letter]))


def test_same_input_same_bytes_and_nothing_changed():
    rows, zones = unplaced(), town.townships()
    before = rows.copy(), zones.copy()
    assert draw(rows, townships=zones) == draw(rows, townships=zones)
    pd.testing.assert_frame_equal(rows, before[0])
    pd.testing.assert_frame_equal(zones, before[1])


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="'fr'"):
        draw(lang="fr")
    with pytest.raises(ValueError, match="twice"):
        draw(unplaced(site_id=["F1", "F1"]))


def test_texts_are_in_both_languages_and_used():
    for key, (chinese, english) in placing_texts.items():
        slots = [set(re.findall(r"\{(\w+)\}", text)) for text in (chinese, english)]
        assert slots[0] == slots[1], key
    assets = resources.files("siting.review") / "assets"
    source = "\n".join((assets / name).read_text("utf-8") for name in scripts)
    asked = set(re.findall(r'words\.(\w+)|say\("(\w+)"', source))
    asked = {name for pair in asked for name in pair if name}
    of_reviews = {"minutes_unit", "places_unit"}  # writing.js knows kinds this page has not
    assert asked - of_reviews <= set(placing_texts)
    unsaid = {key for key in placing_texts if not re.search(rf"\b{key}\b", source)}
    assert unsaid == {"no_script", "table_facilities", "table_hosts", "table_medical"}


@pytest.mark.browser
def test_projection_of_the_page_is_web_mercator(browser, tmp_path):
    page, *_ = open_page(browser, tmp_path, draw())
    x = np.array([-2.0e7, -1.0, 0.0, 12_690_421.0, 13_358_338.9, 2.0e7])
    y = np.array([-1.9e7, 0.0, 3_100_000.0, 3_234_567.8, 4_865_942.3, 1.9e7])
    found = page.evaluate(
        """([x, y]) => x.map((_, i) => {
          const {lat, lng} = L.CRS.EPSG3857.projection.unproject(L.point(x[i], y[i]));
          const back = L.CRS.EPSG3857.projection.project({lat, lng});
          return [lng, lat, back.x - x[i], back.y - y[i]];
        })""",
        [x.tolist(), y.tolist()],
    )
    lon, lat = Transformer.from_crs(3857, 4326, always_xy=True).transform(x, y)
    found = np.array(found)
    assert np.abs(found[:, :2] - np.column_stack([lon, lat])).max() < 1e-9
    assert np.abs(found[:, 2:]).max() < 1e-6
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_click_places_the_chosen_row(browser, tmp_path, lang):
    page, requests, complaints, address = open_page(browser, tmp_path, draw(lang=lang))
    said = words(lang, placing_texts)
    assert page.locator(".leaflet-control-zoom-in").get_attribute("title") == said["zoom_in"]
    assert said["progress"].format(n=0, m=2) in page.locator("#counted").inner_text()
    assert states(page) == [said["state_open"]] * 2
    click_site(page, "甲点")
    assert shown(page, "placed") == "0"  # no row is chosen yet
    choose(page, 0)
    click_site(page, "甲点")
    assert shown(page, "placed") == "1"
    choose(page, 1)
    click_site(page, "戊点", right=-100)
    metres_a_pixel = page.evaluate(
        "40075016.68557849 / 256 / 2 ** pageMap.getZoom() * Math.cos(Math.PI * 27.1 / 180)"
    )
    file, table = save(page, tmp_path)
    assert file.name == "placed.csv"
    assert file.read_bytes().startswith(b"\xef\xbb\xbfsite_id,lon,lat\r\n")
    assert table["site_id"].tolist() == ["F1", "=1+1"]
    assert away_m(*table.loc[0, ["lon", "lat"]], "a") < 1 + metres_a_pixel
    assert away_m(*table.loc[1, ["lon", "lat"]], "e") == pytest.approx(
        100 * metres_a_pixel, abs=1.5 + metres_a_pixel
    )
    for row, state, township in zip(table.itertuples(), states(page), ("Z0", "Z1"), strict=True):
        assert state == f"{row.lon:.6f}, {row.lat:.6f} · {township}"
    assert said["progress"].format(n=2, m=2) in page.locator("#counted").inner_text()
    assert requests == [address]
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_finest_scale_gives_the_place_within_a_pixel(browser, tmp_path):
    page, *_ = open_page(browser, tmp_path, draw())
    choose(page, 0)
    lon, lat = to_degrees.transform(*town.at["g"])
    page.evaluate(f"pageMap.setView([{lat!r}, {lon!r}], 18, {{animate: false}})")
    page.mouse.click(*middle(page))
    _, table = save(page, tmp_path)
    assert away_m(*table.loc[0, ["lon", "lat"]], "g") < 2 * pixel_m
    page.context.close()


@pytest.mark.browser
def test_move_undo_and_take_away(browser, tmp_path):
    page, _, complaints, _ = open_page(browser, tmp_path, draw())
    choose(page, 0)
    click_site(page, "甲点")
    first = states(page)[0]
    pin = page.locator(".pin")
    box = pin.bounding_box()
    x, y = box["x"] + 11, box["y"] + 11
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 10, steps=4)
    page.mouse.up()
    moved = states(page)[0]
    assert moved != first
    assert shown(page, "placed") == "1"
    pin.focus()
    page.keyboard.press("Shift+ArrowLeft")
    nudged = states(page)[0]
    assert float(nudged.split(",")[0]) < float(moved.split(",")[0])
    page.keyboard.press("Control+z")
    assert states(page)[0] == moved
    page.click("text=撤销")
    assert states(page)[0] == first
    page.click("text=取消定位")
    assert shown(page, "placed") == "0"
    assert page.locator(".pin").count() == 0
    page.click("text=撤销")
    assert states(page)[0] == first
    page.click("text=撤销")
    assert shown(page, "placed") == "0"
    assert page.locator("button:text-is('撤销')").is_disabled()
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_keyboard_alone_places_a_row(browser, tmp_path):
    page, _, complaints, _ = open_page(browser, tmp_path, draw(unplaced(name=["甲", "长" * 200])))
    page.locator("#rows button").nth(1).focus()
    page.keyboard.press("Enter")
    assert shown(page, "chosen") == "=1+1"
    go_to(page, "甲点")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('folium-map')"):
            break
    assert page.locator(".cross").is_visible()
    page.keyboard.press("Enter")
    _, table = save(page, tmp_path)
    assert table["site_id"].tolist() == ["=1+1"]
    assert away_m(*table.loc[0, ["lon", "lat"]], "a") < 3
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_outside_the_study_area_is_marked(browser, tmp_path):
    page, *_ = open_page(browser, tmp_path, draw())
    choose(page, 0)
    box = page.locator(".folium-map").bounding_box()
    page.mouse.click(box["x"] + 200, box["y"] + 60)
    assert page.locator("#rows mark").inner_text() == "规划范围外"
    assert shown(page, "placed") == "1"
    page.context.close()


@pytest.mark.browser
def test_hostile_texts_are_shown_verbatim(browser, tmp_path):
    rows = pd.DataFrame(dict.fromkeys(("site_id", "name", "address", "table"), hostile))
    zones = town.townships().assign(township=hostile[0], district=hostile[1])
    asked = scenario(name=hostile[1])
    page, requests, complaints, address = open_page(
        browser, tmp_path, draw(rows, asked=asked, townships=zones)
    )
    shown_texts = page.eval_on_selector_all("#rows bdi", "all => all.map(n => n.textContent)")
    assert shown_texts == [text for text in hostile for _ in range(4)]
    assert page.locator("h1 bdi").text_content() == hostile[1]
    for at in range(3):
        choose(page, at)
        assert hostile[at] in page.locator("#asked").text_content()
        page.mouse.click(*middle(page))
        page.mouse.move(*middle(page))
        assert page.locator(".state bdi").nth(at).text_content() == hostile[0]
    page.fill("#search", hostile[1][:12])
    assert hostile[1] in page.locator("#found").text_content()
    file, table = save(page, tmp_path)
    assert table["site_id"].tolist() == list(hostile)
    assert '"=1+1",' in file.read_text("utf-8-sig")
    assert "有 1 个编号以 = + - @ 开头" in page.locator("#list").inner_text()
    assert page.evaluate("window.hacked") is None
    assert requests == [address]
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_nothing_to_place_is_said(browser, tmp_path):
    html = draw(unplaced().head(0), sites=placed_sites().head(0))
    page, _, complaints, _ = open_page(browser, tmp_path, html)
    assert page.locator("#asked").inner_text() == "没有需要补定位置的行。"
    _, table = save(page, tmp_path)
    assert table.empty
    assert complaints == []
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_fits_a_small_screen_and_a_phone(browser, tmp_path, lang):
    many = pd.DataFrame({name: [f"={name} {i}" for i in range(60)] for name in unplaced()})
    page, _, complaints, _ = open_page(browser, tmp_path, draw(many, lang))
    # Everything the page may have to say at once.
    load(page, "placed.csv", b"site_id,lon,lat\nold,114,27\n" + 20 * b"bad,27,114\n")
    assert page.evaluate("document.documentElement.scrollWidth") == 1366
    assert page.evaluate("document.documentElement.scrollHeight") == 768
    bottom = page.locator("#list").evaluate("node => node.getBoundingClientRect().bottom")
    memory = page.locator("#memory").bounding_box()
    assert memory["y"] + memory["height"] < bottom
    assert page.locator("#rows").bounding_box()["height"] > 120
    assert page.locator(".drawing").bounding_box()["height"] > 480
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator("#rows button").nth(3).click()
    expect(page.locator(".drawing")).to_be_in_viewport(ratio=0.99)
    assert complaints == []
    page.context.close()
