"""Layers of a run: what they hold, and their styles as QGIS reads them from a GeoPackage."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest

from siting.indicators import prevailing
from siting.review.gis import write_geopackage, write_geoparquet
from siting.review.gis.styles import class_bounds, ramp
from siting.review.gis.tables import layers_of
from siting.review.gis.words import field_title, field_titles
from test_page import parts, town

names = {"sites", "townships", "cells", "isochrones"}
read_by_qgis = [
    *("f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column", "styleName"),
    *("styleQML", "styleSLD", "useAsDefault", "description", "owner", "ui", "update_time"),
]


@pytest.fixture(scope="module")
def findings():
    return parts(town())


@pytest.fixture(scope="module")
def package(findings, tmp_path_factory):
    path = tmp_path_factory.mktemp("layers") / "plan.gpkg"
    write_geopackage(findings, path, "zh")
    return path


def asked(path, query):
    with closing(sqlite3.connect(path)) as file:
        return file.execute(query).fetchall()


def styles(path):
    """Return layer and name of a style -> its QML."""
    rows = asked(path, "SELECT f_table_name, styleName, styleQML FROM layer_styles")
    return {(layer, name): ET.fromstring(qml) for layer, name, qml in rows}  # noqa: S314


def test_the_layers_are_there_and_others_can_read_them(package):
    layers = {name for name, _ in pyogrio.list_layers(package)}
    assert layers - {"layer_styles"} == names
    sites = gpd.read_file(package, layer="sites")
    assert set(sites["action"]) == {"keep", "convert", "open"}
    assert asked(package, "PRAGMA integrity_check") == [("ok",)]


def test_the_table_of_styles_is_the_one_that_qgis_reads(package):
    columns = [row[1] for row in asked(package, "PRAGMA table_info(layer_styles)")]
    assert columns == ["id", *read_by_qgis]
    geometry = dict(asked(package, "SELECT table_name, column_name FROM gpkg_geometry_columns"))
    rows = asked(
        package,
        "SELECT f_table_catalog, f_table_schema, f_table_name, f_geometry_column, useAsDefault "
        "FROM layer_styles",
    )
    assert {layer for *_, layer, _, _ in rows} == names
    for catalog, schema, layer, column, _ in rows:
        assert (catalog, schema, column) == ("", "", geometry[layer])
    default = [layer for *_, layer, _, is_default in rows if is_default]
    assert sorted(default) == sorted(names)
    assert asked(
        package, "SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'"
    ) == [("attributes",)]


def test_every_symbol_that_is_named_is_there_and_fits_the_geometry(package):
    kinds = {"sites": "marker", "cells": "marker", "townships": "fill", "isochrones": "fill"}
    for (layer, _), qml in styles(package).items():
        renderer = qml.find("renderer-v2")
        symbols = {symbol.get("name"): symbol for symbol in renderer.iter("symbol")}
        used = {each.get("symbol") for tag in ("category", "range") for each in renderer.iter(tag)}
        assert (used or {"0"}) == set(symbols)
        assert {symbol.get("type") for symbol in symbols.values()} == {kinds[layer]}
        geometry = qml.findtext("layerGeometryType")
        assert geometry == {"marker": "0", "fill": "2"}[kinds[layer]]
        fields = set(pyogrio.read_info(package, layer=layer)["fields"])
        assert {alias.get("field") for alias in qml.iter("alias")} <= fields
        if renderer.get("attr"):
            assert renderer.get("attr") in fields


def test_actions_and_services_are_told_in_chinese(package):
    categories = {
        layer: {c.get("value"): c.get("label") for c in qml.iter("category")}
        for (layer, _), qml in styles(package).items()
    }
    assert categories["sites"]["open"] == "新增"
    assert set(categories["sites"]) == {"keep", "close", "expand", "convert", "open"}
    assert set(categories["cells"]) == {"served", "full", "unreachable", "none"}
    aliases = {
        a.get("field"): a.get("name") for a in styles(package)["sites", "按措施"].iter("alias")
    }
    assert aliases["name"] == "名称"
    assert aliases["small_classes"] == "班数：托小班"


def test_townships_are_graduated_by_places_or_coverage(package, findings):
    figures = findings.plan.indicators.of("township")
    for (layer, _), qml in styles(package).items():
        if layer != "townships":
            continue
        field = qml.find("renderer-v2").get("attr")
        ranges = [(float(r.get("lower")), float(r.get("upper"))) for r in qml.iter("range")]
        for value in figures[field].dropna():
            assert any(lower <= value <= upper for lower, upper in ranges)


def test_every_layer_says_what_it_is_and_that_it_was_not_reviewed(package):
    told = dict(asked(package, "SELECT table_name, description FROM gpkg_contents"))
    for layer in names:
        assert "内部工作图，未经审图" in told[layer]
        assert "2025" in told[layer]


def test_cells_tell_how_their_children_are_served(findings):
    cells = layers_of(findings)["cells"].set_index("cell_id")
    area = findings.plan.indicators.area
    for column in ("takers", "served", "reachable_full", "unreachable"):
        assert cells[column].sum() == pytest.approx(area[column])
    assert cells["takers"].sum() > 0
    assert cells["service"].to_list() == prevailing(cells).to_list()


def test_what_holds_for_most_children_of_a_cell():
    children = pd.DataFrame(
        {
            "takers": [10.0, 10.0, 10.0, 0.0, 8.0],
            "reachable_full": [2.0, 6.0, 1.0, 0.0, 4.0],
            "unreachable": [3.0, 1.0, 8.0, 0.0, 0.0],
        }
    )
    expected = ["served", "full", "unreachable", "none", "served"]
    assert prevailing(children).to_list() == expected


@pytest.mark.parametrize(
    "values",
    [
        [3.0],
        [2.5, 2.5, 2.5],
        [0.0, 1.0],
        [np.nan, 4.127],
        list(np.linspace(0, 9, 40)),
        [0.0] * 9 + [8],
    ],
)
def test_classes_hold_every_figure(values):
    bounds = class_bounds(np.array(values, dtype=float), 2)
    assert 1 <= len(bounds) <= len(ramp)
    for value in values:
        assert np.isnan(value) or any(lower <= value <= upper for lower, upper in bounds)
    assert all(upper == lower for (_, upper), (lower, _) in zip(bounds, bounds[1:], strict=False))


def test_no_figure_gives_no_class():
    assert class_bounds(np.array([np.nan]), 2) == []


def test_marks_that_xml_cannot_hold_do_no_harm(findings, tmp_path):
    kinds = dict(findings.scenario.class_kinds)
    kinds["small"] = kinds["small"].model_copy(update={"label": 'a\x00<&"\ud800\u202e{{x}}'})
    asked_for = findings.scenario.model_copy(update={"class_kinds": kinds})
    write_geopackage(replace(findings, scenario=asked_for), tmp_path / "plan.gpkg", "en")
    aliases = styles(tmp_path / "plan.gpkg")["sites", "by action"].iter("alias")
    name = {alias.get("field"): alias.get("name") for alias in aliases}["small_classes"]
    assert name == 'classes: a\ufffd<&"\ufffd\u202e{{x}}'


def test_every_word_is_there_twice():
    assert all(zh and en for zh, en in field_titles.values())
    assert field_title("population_coverage_today", 0, {}) == "可达婴幼儿占比（现状）"
    assert field_title("residents_2025", 1, {}) == "residents 2025"
    assert field_title("x", 1, {}) == "x"


def test_every_field_has_a_word(findings):
    for layer in layers_of(findings).values():
        for name in layer.columns.drop("geometry"):
            assert field_title(name, 0, {}) != name, name


def test_geoparquet_holds_the_same(findings, tmp_path):
    files = write_geoparquet(findings, tmp_path)
    assert {file.removesuffix(".parquet") for file in files} == names
    for name, layer in layers_of(findings).items():
        told = gpd.read_parquet(tmp_path / f"{name}.parquet")
        assert told.crs == layer.crs
        assert list(told) == list(layer)
        assert len(told) == len(layer)
