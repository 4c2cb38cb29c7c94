"""Draw the pictures of the tutorial, from the runs that it makes.

Run it after steps 1 to 4 of docs/tutorial.md, with Chromium or Chrome at hand:
`.venv/bin/python docs/tutorial_pictures.py`.
"""

import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

project = Path(__file__).parents[1]
results, images = project / "results", project / "docs" / "images"
site_tried = "H0550"
"""The site that the tutorial tries closed."""
width = 1366
compared_to = 800
"""Height down to which the page of the comparison is shown, in pixels."""
unrolled = 5000
"""Height in which a page stands whole, so that nothing floats above the panel."""


def main() -> None:
    """Write docs/images/compare_en.png and trial_en.png."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        viewport = {"width": width, "height": compared_to}
        page = browser.new_context(offline=True, viewport=viewport).new_page()
        _open(page, results / "compare.html")
        page.screenshot(path=images / "compare_en.png")
        page.set_viewport_size({"width": width, "height": unrolled})
        _open(page, results / "wuhan" / "review.html")
        page.fill("#trial-site", site_tried)
        page.press("#trial-site", "Enter")
        page.keyboard.press("Enter")
        page.locator("#trial-mark").wait_for(state="visible")
        page.locator("#trial-results").screenshot(path=images / "trial_en.png")
        browser.close()
    for name in ("compare_en", "trial_en"):
        path = images / f"{name}.png"
        Image.open(path).convert("RGB").quantize(128).save(path, optimize=True)


def _open(page: Page, path: Path) -> None:
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")


if __name__ == "__main__":
    main()
