"""A drawn town with two sites to place, on the page where they are placed."""

import numpy as np
import pandas as pd

from drawn_town import Town, scenario
from siting.review import draw_placing_page

town = Town("a--b--c------d---e\n|  |\nf--g", {}, borders=(9.5,))


def unplaced(**columns):
    usual = {
        "site_id": ["F1", "=1+1"],
        "name": ["甲托育园", None],
        "address": ["滨江路1号", "解放街2号"],
        "table": ["facilities", "hosts"],
    }
    return pd.DataFrame({**usual, **columns})


def placed_sites():
    xy = np.array([town.at[letter] for letter in "ae"])
    return pd.DataFrame(
        {"site_id": ["A", "E"], "name": ["甲点", "戊点"], "x": xy[:, 0], "y": xy[:, 1]}
    )


def draw(rows=None, lang="zh", asked=None, townships=None, sites=None, placed=None):
    return draw_placing_page(
        asked or scenario(name="画的镇"),
        unplaced() if rows is None else rows,
        town.townships() if townships is None else townships,
        town.network(),
        placed_sites() if sites is None else sites,
        lang,
        placed=placed,
    )


def choose(page, at):
    page.locator("#rows button").nth(at).click()


def middle(page):
    box = page.locator(".folium-map").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def go_to(page, name):
    """Move the map so that a township or site lies in its middle."""
    page.fill("#search", name)
    page.press("#search", "Enter")


def click_site(page, name, right=0, down=0):
    go_to(page, name)
    x, y = middle(page)
    page.mouse.click(x + right, y + down)


def save(page, tmp_path):
    """Save the file of places; return its path and its table."""
    with page.expect_download() as download:
        page.click("#save")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    return file, pd.read_csv(file, dtype={"site_id": str}, encoding="utf-8-sig")


def states(page):
    return page.locator("#rows .state").all_inner_texts()


def load(page, name, content):
    page.set_input_files("#load", {"name": name, "mimeType": "text/csv", "buffer": content})
    page.locator("#message p").first.wait_for()
    return page.locator("#message").inner_text()
