"""A page of ours in a browser without a network."""

import os
from pathlib import Path


def open_page(browser, tmp_path, html, width=1366, height=768):
    """Open a page from a file, offline; return it with what it asked for and complained of."""
    file = tmp_path / "review.html"
    file.write_text(html, encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
    page = context.new_page()
    requests, complaints = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri())
    wait_until_drawn(page)
    return page, requests, complaints, file.as_uri()


def wait_until_drawn(page):
    page.locator("html[data-ready]").wait_for(state="attached", timeout=30_000)


def wait_until(page, condition, arg=None):
    """Wait for an expression; asked from outside, as the page's own policy allows no eval."""
    for _ in range(200):
        if page.evaluate(condition, arg):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"still not so after 20 s: {condition}")


def shown(page, name):
    return page.evaluate(f"document.documentElement.dataset.{name}")


def choose_year(page, position):
    """Move the year slider to one of its moments; 0 is today."""
    page.locator("#year").evaluate(
        "(slider, at) => { slider.value = at; slider.dispatchEvent(new Event('input')); }", position
    )


def keep(page, name):
    """Keep a screenshot where SITING_SCREENSHOTS names a folder, or in results/ under CI."""
    folder = os.environ.get("SITING_SCREENSHOTS")
    if folder is None and os.environ.get("CI") == "true":
        folder = "results/screenshots"
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png")
