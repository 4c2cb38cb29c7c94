"""Styles of the layers in QGIS's own form (QML)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np

from siting.review.gis.words import (
    action_titles,
    field_title,
    no_figure,
    service_titles,
    style_titles,
)

doctype = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
marks = {
    "keep": ("#5d6873", "circle", 1.8),
    "close": ("#1f2933", "square", 3.2),
    "expand": ("#e08a00", "triangle", 4.0),
    "convert": ("#8a2f8f", "diamond", 4.0),
    "open": ("#c8321e", "circle", 3.4),
}
"""Action -> colour, shape and size in millimetres: the marks of the review page."""
cell_colours = {
    "served": "#2f7fb8",
    "full": "#e0a030",
    "unreachable": "#a63a16",
    "none": "#c4c8cc",
}
ramp = ("#fbf7e6", "#d8e7dd", "#abd0dd", "#7eb0d4", "#548ec2")
graduated = {"places_per_thousand": 2, "population_coverage": 3}
"""Figure of a township that a style shows -> decimals of the bounds of its classes."""
geometry_types = {"marker": "0", "fill": "2"}
label_font = "Microsoft YaHei"


@dataclass(frozen=True)
class Style:
    """A style of a layer: its name and its QML."""

    name: str
    qml: str


def styles_of(
    layers: Mapping[str, gpd.GeoDataFrame], lang: str, kinds: dict[str, str]
) -> dict[str, tuple[Style, ...]]:
    """Return the styles of each layer, the default one first.

    Parameters
    ----------
    layers
        As :func:`siting.review.gis.tables.layers_of`.
    kinds
        Class kind -> its label.
    """
    at = 0 if lang == "zh" else 1
    renderers = {
        "sites": {"action": _sites(at)},
        "townships": {figure: _graduated(layers["townships"], figure, at) for figure in graduated},
        "cells": {"service": _cells(at)},
        "isochrones": {"outline": _outline()},
    }
    return {
        name: tuple(
            Style(style_titles[key][at], _document(renderer, layers[name], at, kinds))
            for key, renderer in of_layer.items()
        )
        for name, of_layer in renderers.items()
    }


def _sites(at: int) -> ET.Element:
    return _categorised(
        "action",
        {action: action_titles[action][at] for action in marks},
        [_marker(colour, shape, size, outline="#ffffff") for colour, shape, size in marks.values()],
    )


def _cells(at: int) -> ET.Element:
    return _categorised(
        "service",
        {name: service_titles[name][at] for name in cell_colours},
        [_marker(colour, "circle", 1.2) for colour in cell_colours.values()],
    )


def _categorised(
    field: str, labels: Mapping[str, str], symbols: Sequence[ET.Element]
) -> ET.Element:
    renderer = _renderer("categorizedSymbol", field)
    categories = ET.SubElement(renderer, "categories")
    for i, (value, label) in enumerate(labels.items()):
        told = {"value": value, "label": label, "symbol": str(i), "render": "true"}
        ET.SubElement(categories, "category", {**told, "type": "string"})
    return _with_symbols(renderer, symbols)


def _graduated(layer: gpd.GeoDataFrame, field: str, at: int) -> ET.Element:
    """Return classes with as many townships each as can be, lowest first."""
    renderer = _renderer("graduatedSymbol", field)
    renderer.set("graduatedMethod", "GraduatedColor")
    ranges = ET.SubElement(renderer, "ranges")
    bounds = class_bounds(layer[field].to_numpy(dtype=float), graduated[field])
    for i, (lower, upper) in enumerate(bounds):
        if field.endswith("coverage"):
            label = f"{lower:.1%} – {upper:.1%}"
        else:
            label = f"{lower:g} – {upper:g}"
        told = {"lower": f"{lower:.6f}", "upper": f"{upper:.6f}", "label": label}
        ET.SubElement(ranges, "range", {**told, "symbol": str(i), "render": "true"})
    if not bounds:
        told = {"lower": "0", "upper": "0", "label": no_figure[at]}
        ET.SubElement(ranges, "range", {**told, "symbol": "0", "render": "true"})
    chosen = np.linspace(0, len(ramp) - 1, max(len(bounds), 1)).round().astype(int)
    return _with_symbols(renderer, [_fill(ramp[i], "#ffffff", 0.2) for i in chosen])


def class_bounds(values: np.ndarray, decimals: int) -> list[tuple[float, float]]:
    """Return the bounds of up to five classes that hold every figure, each with about as many.

    Parameters
    ----------
    values
        Figures; those that are missing are left out.
    decimals
        To which bounds are rounded, outwards at both ends.
    """
    known = values[np.isfinite(values)]
    if not len(known):
        return []
    step = 10.0**decimals
    inner = np.quantile(known, np.linspace(0, 1, len(ramp) + 1)[1:-1]).round(decimals)
    ends = np.floor(known.min() * step) / step, np.ceil(known.max() * step) / step
    bounds = sorted({ends[0], *(b for b in inner.tolist() if ends[0] < b < ends[1]), ends[1]})
    if len(bounds) == 1:
        return [(bounds[0], bounds[0])]
    return list(pairwise(bounds))


def _outline() -> ET.Element:
    renderer = _renderer("singleSymbol")
    return _with_symbols(renderer, [_fill(None, "#8a2f8f", 0.4)])


def _renderer(kind: str, field: str | None = None) -> ET.Element:
    told = {"type": kind, "symbollevels": "0", "enableorderby": "0", "forceraster": "0"}
    return ET.Element("renderer-v2", told | ({} if field is None else {"attr": field}))


def _with_symbols(renderer: ET.Element, symbols: Sequence[ET.Element]) -> ET.Element:
    there = ET.SubElement(renderer, "symbols")
    for i, symbol in enumerate(symbols):
        symbol.set("name", str(i))
        there.append(symbol)
    return renderer


def _marker(colour: str, shape: str, size_mm: float, outline: str | None = None) -> ET.Element:
    return _symbol(
        "marker",
        "SimpleMarker",
        {
            "name": shape,
            "color": _rgba(colour),
            "outline_color": _rgba(outline or colour),
            "outline_style": "solid" if outline else "no",
            "outline_width": "0.2",
            "outline_width_unit": "MM",
            "size": f"{size_mm:g}",
            "size_unit": "MM",
        },
    )


def _fill(colour: str | None, outline: str, width_mm: float) -> ET.Element:
    return _symbol(
        "fill",
        "SimpleFill",
        {
            "color": _rgba(colour or "#ffffff"),
            "style": "solid" if colour else "no",
            "outline_color": _rgba(outline),
            "outline_style": "solid",
            "outline_width": f"{width_mm:g}",
            "outline_width_unit": "MM",
        },
    )


def _symbol(kind: str, drawn_by: str, properties: Mapping[str, str]) -> ET.Element:
    symbol = ET.Element("symbol", {"type": kind, "alpha": "1", "clip_to_extent": "1"})
    told = {"class": drawn_by, "enabled": "1", "locked": "0", "pass": "0"}
    layer = ET.SubElement(symbol, "layer", told)
    for key, value in properties.items():
        ET.SubElement(layer, "prop", {"k": key, "v": value})
    return symbol


def _rgba(colour: str) -> str:
    return ",".join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5)) + ",255"


def _document(renderer: ET.Element, layer: gpd.GeoDataFrame, at: int, kinds: dict[str, str]) -> str:
    """Return a style as a file of QGIS: how features are drawn, labels, names of fields."""
    has_labels = "townships_covered" in layer
    root = ET.Element(
        "qgis",
        {
            "version": "3.22",
            "styleCategories": "AllStyleCategories",
            "labelsEnabled": "1" if has_labels else "0",
        },
    )
    root.append(renderer)
    if has_labels:
        root.append(_labels("name"))
    aliases = ET.SubElement(root, "aliases")
    fields = [column for column in layer if column != layer.geometry.name]
    for i, name in enumerate(fields):
        title = _in_xml(field_title(name, at, kinds))
        ET.SubElement(aliases, "alias", {"field": name, "index": str(i), "name": title})
    if "name" in fields:
        ET.SubElement(root, "previewExpression").text = '"name"'
    kind = renderer.find("symbols/symbol")
    if kind is not None:
        geometry = ET.SubElement(root, "layerGeometryType")
        geometry.text = geometry_types[str(kind.get("type"))]
    ET.indent(root)
    return doctype + ET.tostring(root, encoding="unicode")


def _labels(field: str) -> ET.Element:
    labeling = ET.Element("labeling", {"type": "simple"})
    settings = ET.SubElement(labeling, "settings", {"calloutType": "simple"})
    text = {
        "fieldName": field,
        "isExpression": "0",
        "fontFamily": label_font,
        "fontSize": "8",
        "fontSizeUnit": "Point",
        "textColor": _rgba("#1d2733"),
    }
    buffer = {"bufferDraw": "1", "bufferSize": "0.7", "bufferColor": _rgba("#ffffff")}
    ET.SubElement(ET.SubElement(settings, "text-style", text), "text-buffer", buffer)
    return labeling


def _in_xml(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
