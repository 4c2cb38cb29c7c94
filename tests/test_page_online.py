"""The review page with an online map: one host, a key that is forgotten, Amap's shift."""

import base64
import re
from importlib import resources
from urllib.parse import parse_qs, urlparse

import numpy as np
import pytest

from offline_page import shown, wait_until, wait_until_drawn
from reviewed_town import parts, town
from siting.inputs.coordinates import wgs84_to_gcj02
from siting.review import draw_page
from siting.review.page import tile_hosts

pixel = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def usual():
    return parts(town())


def policy_of(html):
    return re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)[1]


def test_only_the_second_file_may_ask_a_host(usual):
    plain = draw_page(usual, "zh")
    assert "http" not in policy_of(plain)
    for host in tile_hosts.values():
        assert host not in plain
    for tiles, host in tile_hosts.items():
        policy = policy_of(draw_page(usual, "zh", tiles=tiles))
        assert f"img-src data: https://{host};" in policy
        assert policy.count("http") == 1
        assert policy.startswith("default-src 'none'; script-src 'sha256-")
    with pytest.raises(ValueError, match="'baidu'"):
        draw_page(usual, "zh", tiles="baidu")


def open_online(browser, tmp_path, html):
    file = tmp_path / "online.html"
    file.write_text(html, encoding="utf-8")
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    asked, complaints = [], []

    def answer(route):
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="image/png", body=pixel)

    context.route(re.compile("^https?:"), answer)
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri())
    wait_until_drawn(page)
    return page, asked, complaints


@pytest.mark.browser
def test_tianditu_is_asked_with_a_key_that_is_forgotten(browser, tmp_path, usual):
    html = draw_page(usual, "zh", tiles="tianditu")
    page, asked, complaints = open_online(browser, tmp_path, html)
    assert asked == []
    page.fill("#tiles-key", "0123secret")
    page.click("text=显示底图")
    wait_until(page, "Number(document.documentElement.dataset.tiles) > 3")
    addresses = [urlparse(url) for url in asked]
    assert {each.netloc for each in addresses} == {"t0.tianditu.gov.cn"}
    assert {each.path for each in addresses} == {"/vec_w/wmts", "/cva_w/wmts"}
    assert {parse_qs(each.query)["tk"][0] for each in addresses} == {"0123secret"}
    assert page.input_value("#tiles-key") == ""
    assert "0123secret" not in page.content()
    assert (
        page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    )
    assert page.evaluate("document.cookie") == ""
    assert "天地图" in page.locator("#tiles-told").inner_text()
    assert "内部工作图，未经审图" in page.locator(".stamp").inner_text()
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_another_host_is_refused(browser, tmp_path, usual):
    page, asked, complaints = open_online(browser, tmp_path, draw_page(usual, tiles="amap"))
    page.evaluate("new Image().src = 'https://example.org/x.png'")
    page.wait_for_timeout(200)
    assert asked == []
    assert any("Content Security Policy" in told for told in complaints)
    page.context.close()


@pytest.mark.browser
def test_the_shift_of_amap_is_that_of_the_inputs(browser):
    page = browser.new_page()
    script = (resources.files("siting.review") / "assets" / "gcj02.js").read_text("utf-8")
    rng = np.random.default_rng(7)
    lon = np.concatenate([rng.uniform(70, 140, 400), [114.3, 105.0, 72.004]])
    lat = np.concatenate([rng.uniform(0, 57, 400), [30.6, 35.0, 0.8293]])
    found = page.evaluate(
        f"(points) => {{ {script}; return points.map(([lon, lat]) => toGcj02(lon, lat)); }}",
        np.stack([lon, lat], axis=1).tolist(),
    )
    expected = np.stack(wgs84_to_gcj02(lon, lat), axis=1)
    # A nanodegree is a tenth of a millimetre.
    assert np.abs(np.array(found) - expected).max() < 1e-9
    page.close()


@pytest.mark.browser
def test_amap_lies_where_its_coordinates_are(browser, tmp_path, usual):
    page, asked, complaints = open_online(browser, tmp_path, draw_page(usual, tiles="amap"))
    page.click("text=显示底图")
    wait_until(page, "Number(document.documentElement.dataset.tiles) > 3")
    assert {urlparse(url).netloc for url in asked} == {"webrd01.is.autonavi.com"}
    # Where a tile stands on the screen, and which place it shows: moved by the shift at the
    # middle of the map, so that the place stands where its WGS-84 coordinates are.
    places = page.evaluate(
        """() => { const box = document.querySelector('.folium-map').getBoundingClientRect();
          return [...document.querySelectorAll('.leaflet-online-pane canvas')].map((tile) => {
            const at = tile.getBoundingClientRect();
            return [at.left - box.left, at.top - box.top, at.width]; }); }"""
    )
    assert len(places) > 3
    middle = shown(page, "middle").split(",")
    lon, lat = float(middle[0]), float(middle[1])
    there = [float(value[0]) for value in wgs84_to_gcj02(np.array([lon]), np.array([lat]))]
    zoom = max(int(parse_qs(urlparse(url).query)["z"][0]) for url in asked)
    width = page.locator(".folium-map").bounding_box()["width"]
    height = page.locator(".folium-map").bounding_box()["height"]
    left, top, size = places[0]
    worldwide = size * 2**zoom
    column = (there[0] + 180) / 360
    row = (1 - np.arcsinh(np.tan(np.radians(there[1]))) / np.pi) / 2
    # The shifted middle of the map stands in the middle of the screen.
    off_x = (column * worldwide - (width / 2 - left)) / size
    off_y = (row * worldwide - (height / 2 - top)) / size
    assert off_x == pytest.approx(round(off_x), abs=0.02)
    assert off_y == pytest.approx(round(off_y), abs=0.02)
    shift = (column - (lon + 180) / 360) * worldwide / size
    assert abs(shift) > 0.05
    assert complaints == []
    page.context.close()
