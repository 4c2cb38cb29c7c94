"""Layers: encodings, reference systems that meet, polygons that can and cannot be repaired."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import CRS

from siting.errors import DataError
from siting.inputs import dictionary
from siting.inputs.layers import open_layer, read_layer
from siting.inputs.zones import read_zones

metric = CRS.from_epsg(32650)
square = shapely.box(114.30, 30.60, 114.31, 30.61)
next_square = shapely.box(114.31, 30.60, 114.32, 30.61)


def towns(*shapes, crs=4326):
    count = len(shapes)
    return gpd.GeoDataFrame(
        {
            "township_code": [f"42010290{i + 1}" for i in range(count)],
            "township": [f"江岸{i + 1}街道" for i in range(count)],
            "district_code": "420102",
            "district": "江岸区",
            "area_type": "城镇",
        },
        geometry=list(shapes),
        crs=crs,
    )


def only(path, **options):
    with pytest.raises(DataError) as caught:
        read_zones(path, dictionary.townships, metric, **options)
    (problem,) = caught.value.problems
    return str(problem)


def zones(path):
    return read_zones(path, dictionary.townships, metric)


@pytest.mark.parametrize("name", ["t.gpkg", "t.geojson", "t.shp", "t.parquet", "t.fgb", "t.kml"])
def test_formats(tmp_path, name):
    layer = towns(square, next_square)
    if name.endswith("parquet"):
        layer.to_parquet(tmp_path / name)
    else:
        driver = "LIBKML" if name.endswith("kml") else None
        columns = cut if name.endswith("shp") else {}
        layer.rename(columns=columns).to_file(tmp_path / name, driver=driver)
    read = zones(tmp_path / name)
    assert read.frame["township_code"].tolist() == ["420102901", "420102902"]
    assert read.frame["area_type"].tolist() == ["urban", "urban"]
    own_columns = "id, tessellate, extrude, visibility" if name.endswith("kml") else ""
    assert all(note.en.endswith(own_columns) for note in read.notes)
    assert len(read.notes) == (own_columns != "")
    expected = layer.to_crs(metric)
    assert np.allclose(read.frame.bounds, expected.bounds, rtol=0, atol=1e-3)


cut = {"township_code": "township_c", "district_code": "district_c"}


@pytest.mark.parametrize("column", ["乡镇街道代", "township_c"])
def test_column_names_that_a_shapefile_cuts(tmp_path, column):
    layer = towns(square).rename(columns={"township_code": column, "district_code": "区县代码"})
    layer.to_file(tmp_path / "t.shp", encoding="gb18030")
    assert zones(tmp_path / "t.shp").frame["district_code"].tolist() == ["420102"]


@pytest.mark.parametrize(("encoding", "label"), [("gb18030", "GB18030"), ("utf-8", "UTF-8")])
def test_a_shapefile_without_cpg(tmp_path, encoding, label):
    towns(square).rename(columns=cut).to_file(tmp_path / "t.shp", encoding=encoding)
    (tmp_path / "t.cpg").unlink()
    read = zones(tmp_path / "t.shp")
    assert read.frame["district"].tolist() == ["江岸区"]
    (note,) = read.notes
    assert f"t.shp：文字编码未注明（缺.cpg），按{label}读入" in note.zh
    assert f"without a .cpg, was read as {label}" in note.en


def test_a_shapefile_with_a_wrong_cpg(tmp_path):
    towns(square).rename(columns=cut).to_file(tmp_path / "t.shp", encoding="gb18030")
    (tmp_path / "t.cpg").write_text("UTF-8")
    read = zones(tmp_path / "t.shp")
    assert read.frame["district"].tolist() == ["江岸区"]
    assert "not in the encoding of its .cpg, was read as GB18030" in read.notes[0].en


def test_a_shapefile_in_neither_encoding(tmp_path):
    towns(square).rename(columns=cut).to_file(tmp_path / "t.shp", encoding="gb18030")
    (tmp_path / "t.cpg").unlink()
    table = tmp_path / "t.dbf"
    table.write_bytes(
        table.read_bytes().replace("江岸区".encode("gb18030"), b"\xff\xfe\xff\xfe\xff\xfe")
    )
    message = only(tmp_path / "t.shp")
    assert "t.shp: its text is neither UTF-8 nor GB18030 — export it as GeoPackage" in message


def test_a_shapefile_in_a_stated_encoding_that_garbles_it(tmp_path):
    towns(square).rename(columns=cut).to_file(tmp_path / "t.shp", encoding="gb18030")
    (tmp_path / "t.cpg").write_text("ISO-8859-1")
    with pytest.raises(DataError) as caught:
        zones(tmp_path / "t.shp")
    text = str(caught.value)
    assert "t.shp, feature 1, column township: the text is garbled" in text
    assert "bring its .cpg file along" in text


def test_cgcs2000_and_wgs84_are_mixed_without_a_word(tmp_path):
    for epsg in (4326, 4490):
        towns(square, crs=epsg).to_file(tmp_path / f"{epsg}.gpkg")
    first, second = (read_layer(tmp_path / f"{epsg}.gpkg", metric) for epsg in (4326, 4490))
    assert np.allclose(first.total_bounds, second.total_bounds, rtol=0, atol=1e-3)
    assert open_layer(tmp_path / "4490.gpkg", metric)[1] == ()


@pytest.mark.parametrize("epsg", [4547, 4526, 2437, 3857])
@pytest.mark.parametrize("end", ["gpkg", "shp", "parquet"])
def test_other_reference_systems_are_projected(tmp_path, epsg, end):
    # 4547 and 4526 are CGCS2000 zones, whose first axis is the northing; 2437 is Beijing 1954,
    # which lies some 100 m off.
    layer = towns(square).to_crs(epsg)
    path = tmp_path / f"t.{end}"
    layer.to_parquet(path) if end == "parquet" else layer.rename(columns=cut).to_file(path)
    found = read_layer(path, metric).total_bounds
    assert np.allclose(found, towns(square).to_crs(metric).total_bounds, rtol=0, atol=0.01)


def test_a_study_computed_in_cgcs2000(tmp_path):
    towns(square).to_file(tmp_path / "t.gpkg")
    west, south, _, _ = read_layer(tmp_path / "t.gpkg", CRS.from_epsg(4547)).total_bounds
    assert 500_000 < west < 600_000  # 0.3 degrees east of 114, false easting 500 km
    assert 3_380_000 < south < 3_400_000


def test_a_geopackage_of_several_layers(tmp_path):
    towns(square).to_file(tmp_path / "t.gpkg", layer="towns")
    towns(next_square).to_file(tmp_path / "t.gpkg", layer="other")
    assert "t.gpkg: has 2 layers, and the scenario names none of them" in only(tmp_path / "t.gpkg")
    found = zones(tmp_path / "t.gpkg#other").frame.to_crs(4326).total_bounds
    assert np.allclose(found, next_square.bounds)
    assert "cannot be read" in only(tmp_path / "t.gpkg#none")


def test_a_small_knot_is_repaired_and_counted(tmp_path):
    knot = shapely.Polygon(
        [
            (0, 0),
            (0.01, 0),
            (0.01, 0.01),
            (0.0001, 0.01),
            (0, 0.00995),
            (0.0001, 0.00995),
            (0, 0.01),
        ]
    )
    assert not knot.is_valid
    towns(shapely.affinity.translate(knot, 114.3, 30.6)).to_file(tmp_path / "t.gpkg")
    read = zones(tmp_path / "t.gpkg")
    assert read.frame.geometry.is_valid.all()
    (note,) = read.notes
    assert "1个无效多边形已修复，面积变化均在1%以内" in note.zh
    assert "1 invalid polygons (feature 1) were repaired" in note.en


def test_a_bow_tie_is_refused(tmp_path):
    (x, y, right, top) = next_square.bounds
    bow_tie = shapely.Polygon([(x, y), (right, top), (right, y), (x, top)])
    towns(square, bow_tie).to_file(tmp_path / "t.gpkg")
    message = only(tmp_path / "t.gpkg")
    assert "t.gpkg, feature 2: the polygon is not valid (Self-intersection" in message
    assert "change its area by more than 1% — repair the geometry in your GIS" in message


def test_shapes_that_are_no_zones(tmp_path):
    towns(square, shapely.Point(114, 30)).to_file(tmp_path / "t.gpkg")
    assert "feature 2: 1 shapes are not polygons but Point" in only(tmp_path / "t.gpkg")


def test_a_shape_that_is_there_twice(tmp_path):
    towns(square, next_square, square.reverse()).to_file(tmp_path / "t.gpkg")
    assert "features 1 and 3: the same shape is there twice — remove one" in only(
        tmp_path / "t.gpkg"
    )


@pytest.mark.parametrize(
    "shape",
    [
        shapely.Polygon(),
        None,
        *(
            shapely.transform(
                square, lambda points, bad=bad: np.vstack([points[0], [114, bad], points[2:]])
            )
            for bad in (np.nan, np.inf)
        ),
    ],
)
def test_empty_and_non_finite_shapes(tmp_path, shape):
    layer = towns(square, next_square)
    layer.geometry = [square, shape]
    layer.to_parquet(tmp_path / "t.parquet")
    assert "feature 2: 1 geometries are empty, hold no number" in only(tmp_path / "t.parquet")


def test_a_layer_with_swapped_coordinates(tmp_path):
    swapped = shapely.box(30.60, 114.30, 30.61, 114.31)
    towns(swapped).to_file(tmp_path / "t.gpkg")
    message = only(tmp_path / "t.gpkg")
    assert "feature 1" in message
    assert "longitude and latitude are swapped: write the longitude first" in message


def test_files_that_are_no_layers(tmp_path):
    for name in ("t.gpkg", "t.geojson", "t.shp", "t.parquet", "t.kml"):
        (tmp_path / name).write_bytes(b"no layer at all")
        assert f"{name}: cannot be read" in only(tmp_path / name)
