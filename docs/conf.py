"""How Sphinx builds the site: `make docs`."""

import sys
from importlib.metadata import version as version_of
from pathlib import Path

from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parent))  # mathml.py

project = "siting"
author = "The siting developers"
copyright = f"{author}; MIT licence"  # noqa: A001
version = release = version_of("siting")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "mathml"]
exclude_patterns = ["_build"]
nitpicky = True
# Signatures name types of other packages, and docstrings parts of siting that have no page here;
# tests/test_documents.py holds that whatever a docstring of siting names is there.
nitpick_ignore_regex = [
    (
        "py:class",
        r"(numpy|pandas|geopandas|scipy|shapely|matplotlib|pyproj|os|pathlib|collections)\..*",
    ),
    ("py:class", r"types\.Annotated|FieldInfo|NoneType"),
    ("py:.*", r"siting\..*"),
]

myst_enable_extensions = ["dollarmath", "colon_fence"]
myst_heading_anchors = 3
html_math_renderer = "mathml"

autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
add_module_names = False
napoleon_google_docstring = False
napoleon_use_rtype = False

html_theme = "furo"
html_title = f"siting {version}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_theme_options = {
    "navigation_with_keys": True,
    "light_css_variables": {"color-brand-primary": "#1f4e79", "color-brand-content": "#1f6f9f"},
}


def _keep_first_line(
    _app: Sphinx, what: str, _name: str, _thing: object, _options: object, lines: list[str]
) -> None:
    """Begin the docstring of a property by a comment: napoleon takes `word: text` for a type."""
    if what in ("property", "attribute"):
        lines[:0] = ["..", ""]


def setup(app: Sphinx) -> None:
    """Look at docstrings before napoleon does."""
    app.connect("autodoc-process-docstring", _keep_first_line, priority=400)
