"""The review page on paper, on a phone, and by keyboard."""

import re
import shutil
import subprocess

import pytest

from offline_page import keep, open_page, shown
from reviewed_town import parts, town, two_years
from siting.review import draw_page
from siting.review.words import words

zh = words("zh")
a4_points = (595, 842)


@pytest.fixture(scope="module")
def years():
    return parts(two_years())


def told_by(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603


def pages_of(pdf):
    told = told_by("pdfinfo", pdf)
    fields = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)
    return int(fields["Pages"]), [round(float(x)) for x in fields["Page size"].split()[:3:2]]


@pytest.mark.browser
def test_prints_every_section_on_a4(browser, tmp_path, years):
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext on this machine: the printed page was not read")
    page, _, complaints, _ = open_page(browser, tmp_path, draw_page(years, "zh"))
    folded = page.locator("details:not([open])").count()
    assert folded > 0
    pdf = tmp_path / "review.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True)
    count, size = pages_of(pdf)
    assert tuple(size) == a4_points
    assert 2 <= count <= 9
    text = told_by("pdftotext", "-layout", pdf, "-")
    for word in ("targets", "figures", "sites", "townships", "equity", "sources", "not_reviewed"):
        assert zh[word] in text, word
    assert "丁楼" in text
    assert "sha256" in text
    # Back on the screen everything is as it was.
    assert page.locator("html.printing").count() == 0
    assert page.locator("details:not([open])").count() == folded
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_a_trial_is_printed_with_all_its_columns(browser, tmp_path, years):
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext on this machine: the printed page was not read")
    page, *_ = open_page(browser, tmp_path, draw_page(years, "zh"))
    page.locator("html[data-prepared]").wait_for(state="attached")
    page.locator("#trial-minutes").fill("10")
    page.locator("#site-table tbody tr button.link").first.click()
    shown = page.locator("#trial-results table").first
    last = shown.locator("thead th").last.inner_text()
    cells = [row.locator("td").last.inner_text() for row in shown.locator("tbody tr").all()]
    figures = page.locator("#panel dd, #panel td").all_inner_texts()
    pdf = tmp_path / "trial.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True)
    printed = re.sub(r"\s+", "", told_by("pdftotext", "-layout", pdf, "-"))
    assert re.sub(r"\s+", "", last) in printed
    assert cells
    for text in [*cells, *figures]:
        assert re.sub(r"\s+", "", text) in printed, text
    at_once = """() => { window.dispatchEvent(new Event('beforeprint'));
      const heads = document.querySelectorAll('#trial-townships tbody th');
      return [...heads].map((th) => th.innerText); }"""
    named = years.inputs.townships["township"].tolist()
    assert sorted(page.evaluate(at_once)) == sorted(named)
    page.context.close()


@pytest.mark.browser
def test_the_printed_map_is_painted(browser, tmp_path, years):
    page, *_ = open_page(browser, tmp_path, draw_page(years, "zh"))
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    colours = page.evaluate(
        """() => { const paper = document.getElementById('paper');
          const data = paper.getContext('2d').getImageData(0, 0, paper.width, paper.height).data;
          const found = new Set();
          for (let i = 0; i < data.length; i += 4) found.add(data.slice(i, i + 3).join());
          return [...found]; }"""
    )
    for shade in shown(page, "shades").split(","):
        rgb = ",".join(str(int(shade[at : at + 2], 16)) for at in (1, 3, 5))
        assert rgb in colours
    assert page.is_visible("#paper")
    page.context.close()


@pytest.mark.browser
def test_fits_a_phone(browser, tmp_path, years):
    html = draw_page(years, "zh")
    page, _, complaints, _ = open_page(browser, tmp_path, html, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    keep(page, "phone")
    page.fill("#search", "甲园")
    page.press("#search", "Enter")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_headings_labels_and_the_way_of_the_keyboard(browser, tmp_path):
    page, _, complaints, _ = open_page(browser, tmp_path, draw_page(parts(town()), "zh"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    levels = page.eval_on_selector_all("h1, h2, h3, h4", "all => all.map((h) => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    unnamed = """all => all.filter((field) => !field.labels?.length
      && !field.getAttribute('aria-label')).map((field) => field.outerHTML)"""
    assert page.eval_on_selector_all("input, select", unnamed) == []
    empty = (
        "all => all.filter((b) => !b.textContent.trim() && !b.getAttribute('aria-label')).length"
    )
    assert page.eval_on_selector_all("button, a", empty) == 0
    assert page.get_attribute("#panel", "aria-live") == "polite"
    page.focus("#search")
    page.keyboard.type("乙楼")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "乙楼"
    assert page.evaluate("document.activeElement.tagName") == "H3"
    assert complaints == []
    page.context.close()
