"""Draw the pictures of the review page in the READMEs, from the run of the default study.

Run it after `make demo`, with Chromium or Chrome at hand: `.venv/bin/python docs/picture.py`.
"""

import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

import siting
from siting.review import write_review

project = Path(__file__).parents[1]
run = project / "results" / "wuhan"
width, height = 1366, 1400
"""A laptop's width; down to most of the map."""


def main() -> None:
    """Write docs/images/review_en.png and review_zh.png."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    images = project / "docs" / "images"
    study = siting.open_run(run)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for lang in ("en", "zh"):
            written = Path(folder) / lang
            written.mkdir()
            write_review(study.findings, written, lang)
            context = browser.new_context(offline=True, viewport={"width": width, "height": height})
            page = context.new_page()
            page.goto((written / "review.html").as_uri())
            page.wait_for_selector("html[data-ready]", state="attached")
            path = images / f"review_{lang}.png"
            page.screenshot(path=path)
            Image.open(path).convert("RGB").quantize(128).save(path, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
