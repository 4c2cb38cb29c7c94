"""The frame of a page: one HTML file with a map that opens without a network.

Made with Folium, whose default assets are left out; this is the only file that knows it.
"""

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from importlib import resources
from typing import Any

import folium
from branca.element import Element, Figure
from folium.template import Template

policy_mark = "content-security-policy-here"


def frame_page(
    data: dict[str, Any],
    styles: Sequence[str],
    scripts: Sequence[str],
    tile_host: str | None = None,
) -> str:
    """Return a page as HTML; the same input gives the same bytes.

    Texts from data travel as JSON and reach the page as text nodes only.

    Parameters
    ----------
    data
        What the scripts read: ``lang`` and ``words`` (with ``page`` and ``no_script``), and
        whatever else they need, as JSON values.
    styles, scripts
        Our assets, in the order they are read; Leaflet comes before them.
    tile_host
        The one host that images may come from; None lets none.
    """
    figure = _PageFigure(data["lang"])
    drawn = _PageMap(
        tiles=None,
        location=[0.0, 0.0],
        zoom_start=11,
        zoom_control=False,
        zoom_snap=0.25,
        zoom_delta=0.5,
        wheel_px_per_zoom_level=120,
        min_zoom=8,
        max_zoom=18,
        attribution_control=False,
        fade_animation=False,
    )
    drawn._id = "review"  # noqa: SLF001  (branca's ids are random bytes)
    figure.add_child(drawn)
    figure.add_child(_PageContent(data, styles, scripts))
    return _with_policy(figure.render(), tile_host)


def json_for_html(data: Any) -> str:  # noqa: ANN401  (JSON values)
    """Return JSON that neither HTML, JavaScript nor a template engine can take for its own."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    outside = {mark: f"\\u{ord(mark):04x}" for mark in "<>&'`$\u2028\u2029"}
    text = re.sub(r"[<>&'`$\u2028\u2029]", lambda found: outside[found[0]], text)
    # Braces are JSON's own too; only those inside strings may be written otherwise.
    return re.sub(
        r'"(?:[^"\\]|\\.)*"',
        lambda found: found[0].replace("{", "\\u007b").replace("}", "\\u007d"),
        text,
    )


class _Verbatim(Element):
    """A text that no template engine sees."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **_: object) -> str:
        return self.text


class _PageFigure(Figure):
    """The frame of the file: language, encoding, policy."""

    _template = Template(
        '<!DOCTYPE html>\n<html lang="{{ this.lang }}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy_mark}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        "{{ this.header.render(**kwargs) }}\n</head>\n<body>\n"
        "{{ this.html.render(**kwargs) }}\n"
        "<script>{{ this.script.render(**kwargs) }}</script>\n</body>\n</html>\n"
    )

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang = "zh-CN" if lang == "zh" else lang
        self.header._children.clear()  # noqa: SLF001  (the encoding stands in the frame)


class _PageMap(folium.Map):
    """A Folium map without assets from elsewhere, sized by our style sheet."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  (as Folium declares it)
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    _template = Template(
        "{% macro html(this, kwargs) %}"
        '<div class="folium-map" id="{{ this.get_name() }}"></div>'
        "{% endmacro %}"
        "{% macro script(this, kwargs) %}"
        "const pageMap = L.map({{ this.get_name()|tojson }}, {center: {{ this.location|tojson }}, "
        "...{{ this.options|tojavascript }} });"
        "{% endmacro %}"
    )


class _PageContent(Element):
    """Our one element: styles, scripts, data and the skeleton that the scripts fill."""

    def __init__(self, data: dict[str, Any], styles: Sequence[str], scripts: Sequence[str]) -> None:
        super().__init__()
        self._name = "review_content"
        self._id = "page"
        self.data = data
        self.styles = styles
        self.scripts = scripts

    def render(self, **_: object) -> str:
        figure = self.get_root()
        if not isinstance(figure, _PageFigure):
            raise TypeError("the content belongs into the frame of the page")
        words = self.data["words"]
        head = [
            f"<title>{words['page']}</title>",
            *(f"<style>\n{_asset(name)}</style>" for name in ("leaflet.css", *self.styles)),
            f"<script>\n{_asset('leaflet.js')}</script>",
        ]
        figure.header.add_child(_Verbatim("\n".join(head)), name="head")
        skeleton = f'<noscript>{words["no_script"]}</noscript>\n<div id="page"></div>'
        figure.html.add_child(_Verbatim(skeleton), name="skeleton", index=0)
        data = f'<script type="application/json" id="data">{json_for_html(self.data)}</script>'
        figure.html.add_child(_Verbatim(data), name="data")
        own = "\n".join(_asset(name) for name in self.scripts)
        figure.script.add_child(_Verbatim(f'\n(() => {{\n"use strict";\n{own}}})();\n'), name="own")
        return ""


def _asset(name: str) -> str:
    text = (resources.files("siting.review") / "assets" / name).read_text("utf-8")
    if "</script" in text or "</style" in text:
        raise RuntimeError(f"the asset {name} would end its own element")
    return text


def _with_policy(html: str, tile_host: str | None) -> str:
    """Write the content security policy: nothing but the styles and scripts that stand here.

    Raises
    ------
    RuntimeError
        Something in the page would be fetched from outside.
    """
    blocks = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
    data = re.compile(r'<script type="application/json" id="data">[^<]*</script>')
    styles = [text for kind, text in blocks.findall(html) if kind == "style"]
    frame = data.sub("", blocks.sub("", html))
    outside = re.findall(r"<(?:script|link|img|iframe|object|embed|base)\b|\s(?:src|href)=", frame)
    outside += [found for style in styles for found in re.findall(r"url\(|@import", style)]
    if outside:
        raise RuntimeError(f"the page would fetch something from outside: {outside}")
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for kind, text in blocks.findall(html):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        hashes[kind].append(f"'sha256-{digest}'")
    images = "data:" if tile_host is None else f"data: https://{tile_host}"
    policy = (
        f"default-src 'none'; script-src {' '.join(hashes['script'])}; "
        f"style-src {' '.join(hashes['style'])}; img-src {images}; "
        "base-uri 'none'; form-action 'none'"
    )
    return html.replace(policy_mark, policy, 1)
