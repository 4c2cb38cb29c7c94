"""The site of the documents, as a bundle carries it: no warning, and no network asked."""

import re
import runpy
from pathlib import Path

import pytest

project = Path(__file__).parents[1]
docs = project / "docs"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    runpy.run_path(str(project / "bundle" / "collect.py"))["write_pages"](folder / "html")
    return folder / "html"


def test_every_page_is_there(site):
    pages = {path.relative_to(docs).with_suffix("") for path in docs.rglob("*.md")}
    assert {page for page in pages if not (site / page.with_suffix(".html")).exists()} == set()


def test_a_page_loads_nothing_from_a_network(site):
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert re.findall(r'<(?:script|img|iframe)[^>]*src="(?:https?:)?//[^"]*', text) == [], path
        assert re.findall(r'<link[^>]*rel="stylesheet"[^>]*href="(?:https?:)?//', text) == [], path


def test_formulas_are_drawn(site):
    text = (site / "model.html").read_text(encoding="utf-8")
    formulas = re.findall(r"<math.*?</math>", text, re.DOTALL)
    assert len(formulas) > 40
    assert "\\" not in "".join(formulas)


def test_public_names_have_their_entry(site):
    import siting

    text = (site / "reference" / "python.html").read_text(encoding="utf-8")
    assert [name for name in siting.__all__ if f'id="siting.{name}"' not in text] == []


def test_every_page_stands_under_one_heading_by_its_name():
    text = (docs / "index.md").read_text(encoding="utf-8")
    assert ":glob:" not in text
    named = {}
    for tree in re.findall(r"```{toctree}\n:caption: (.+)\n:hidden:\n\n((?:.+\n)+)```", text):
        named |= dict.fromkeys(tree[1].split(), tree[0])
    pages = {path.relative_to(docs).with_suffix("").as_posix() for path in docs.rglob("*.md")}
    assert set(named) == {page for page in pages if not page.startswith("_")} - {"index"}
    assert named["bundle"] == "Begin"
    assert named["benchmarks"] == "How it works"
