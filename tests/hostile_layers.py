"""Hostile map layers and rasters: GeoJSON, GeoPackage, Shapefile, GeoParquet, GeoTIFF."""

import json
import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import geopandas as gpd

from hostile_files import (
    Case,
    Harmless,
    Refused,
    Repaired,
    Spoil,
    after,
    cut,
    encoded,
    flipped,
    folder_for,
    holding,
    link_to_itself,
    pipe_for,
    without,
)

unread = "cannot be read"


def in_json(name: str, change: Callable[[dict], object]) -> Spoil:
    """Change the document of a JSON file."""

    def spoil(folder: Path) -> None:
        document = json.loads((folder / name).read_text(encoding="utf-8"))
        change(document)
        (folder / name).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")

    return spoil


def shaped(kind: str, coordinates: object) -> Callable[[dict], object]:
    """Give the first feature another geometry."""
    made = {"type": kind, "coordinates": coordinates}
    return lambda document: document["features"][0].update(geometry=made)


def each_position(change: Callable[[float, float], list]) -> Callable[[dict], object]:
    def moved(coordinates):
        if isinstance(coordinates[0], float):
            return change(*coordinates[:2])
        return [moved(each) for each in coordinates]

    def change_all(document):
        for feature in document["features"]:
            shape = feature["geometry"]
            shape["coordinates"] = moved(shape["coordinates"])

    return change_all


def nested(depth: int) -> str:
    return '{"type":"FeatureCollection","features":' + "[" * depth + "]" * depth + "}"


def with_hole_of_point(document: dict) -> None:
    ring = document["features"][0]["geometry"]["coordinates"][0]
    document["features"][0]["geometry"]["coordinates"] = [ring, [ring[0]] * 4]


def geojson() -> list[Case]:
    file = "townships.geojson"

    def case(name, spoil, outcome):
        return Case(f"GeoJSON {name}", spoil, outcome, file=file)

    def made(name, change, words, named=file):
        return Case(f"GeoJSON {name}", in_json(file, change), Refused(words), file=named)

    def first(document):
        return document["features"][0]

    square = [[[117.0, 27.0], [117.1, 27.0], [117.1, 27.1], [117.0, 27.1], [117.0, 27.0]]]
    bow_tie = [[[117.0, 27.0], [117.1, 27.1], [117.1, 27.0], [117.0, 27.1], [117.0, 27.0]]]
    return [
        case("empty", holding(file, ""), Refused(unread)),
        case("a pipe", pipe_for(file), Refused("is no file but a pipe")),
        case("a link to itself", link_to_itself(file), Refused(unread)),
        case("an empty object", holding(file, "{}"), Refused(file)),
        case("a number", holding(file, "7"), Refused(unread)),
        *(case(f"cut at {share:.0%}", cut(file, share), Refused(file)) for share in (0.2, 0.7)),
        case("in UTF-16", encoded(file, "utf-16"), Refused(file)),
        case("with a BOM", encoded(file, "utf-8-sig"), Harmless("a BOM is passed over")),
        case(
            "in GB18030",
            after(
                in_json(
                    file, lambda document: first(document)["properties"].update(township="江岸街")
                ),
                encoded(file, "gb18030"),
            ),
            Refused(file),
        ),
        case("deep", holding(file, nested(100_000)), Refused(file)),
        case(
            "with an entity of a file",
            holding(
                file,
                '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY '
                'a SYSTEM "file:///etc/passwd">]><kml>&a;</kml>',
            ),
            Refused(file),
        ),
        case("a database by its words", holding(file, "PG:dbname=x"), Refused(unread)),
        case(
            "a driver that fetches",
            holding(
                file,
                "<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/vsicurl/http://"
                "localhost:1/x.geojson</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
            ),
            Refused(file),
        ),
        case(
            "a driver that reads another file",
            holding(
                file,
                "<OGRVRTDataSource><OGRVRTLayer name='townships'><SrcDataSource "
                "relativeToVRT='1'>townships.gpkg</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
            ),
            Refused("neither KML nor GPX"),
        ),
        made("of no features", lambda document: document.update(features=[]), "has no geometries"),
        made(
            "of features that are numbers", lambda document: document.update(features=[1, 2]), file
        ),
        made(
            "with a geometry of null",
            lambda document: first(document).update(geometry=None),
            "feature 1",
        ),
        made("with an empty polygon", shaped("Polygon", []), "feature 1"),
        made("with a ring of two points", shaped("Polygon", [[[117, 27], [117.1, 27]]]), file),
        made("with a point", shaped("Point", [117.0, 27.0]), "are not polygons"),
        made("with a line", shaped("LineString", square[0]), "are not polygons"),
        made(
            "with a collection",
            lambda document: first(document).update(
                geometry={
                    "type": "GeometryCollection",
                    "geometries": [{"type": "Polygon", "coordinates": square}],
                }
            ),
            "are not polygons",
        ),
        made("with a bow tie", shaped("Polygon", bow_tie), "feature 1: the polygon is not valid"),
        made("with a polygon of no area", shaped("Polygon", [[[117.0, 27.0]] * 4]), file),
        made("with text coordinates", shaped("Polygon", [[["a", "b"]] * 4]), file),
        made("with NaN", shaped("Polygon", [[[float("nan"), 27.0]] * 4]), file),
        made(
            "with 1e308",
            shaped("Polygon", [[[1e308, 27], [117, 1e308], [117, 27], [1e308, 27]]]),
            "feature 1",
        ),
        made(
            "out of the world",
            shaped("Polygon", [[[500, 27], [501, 27], [501, 28], [500, 27]]]),
            "feature 1",
        ),
        made("swapped", each_position(lambda x, y: [y, x]), "longitude and latitude are swapped"),
        made("in metres", each_position(lambda x, y: [x * 1e5, y * 1e5]), file),
        made(
            "half way round the world",
            each_position(lambda x, y: [x - 110, y]),
            "off at the study area",
            "town.yaml",
        ),
        made(
            "without properties",
            lambda document: first(document).update(properties={}),
            "the cell is empty",
        ),
        made(
            "with a code that is an object",
            lambda document: first(document)["properties"].update(township_code={"a": 1}),
            "code Z0 is no township",
            "residents.csv",
        ),
        made(
            "with a code twice",
            lambda document: first(document)["properties"].update(township_code="Z1"),
            "stands more than once",
        ),
        made(
            "with a shape twice",
            lambda document: document["features"].append(
                {
                    **first(document),
                    "properties": {
                        "township_code": "Z9",
                        "township": "z",
                        "district_code": "D",
                        "district": "d",
                    },
                }
            ),
            "is there twice",
        ),
        made(
            "with a CRS of nowhere",
            lambda document: document.update(
                crs={"type": "name", "properties": {"name": "urn:nowhere"}}
            ),
            "not known: urn:nowhere",
        ),
        made(
            "with another CRS",
            lambda document: document.update(
                crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32650"}}
            ),
            "no cell lies inside the study area",
            "cells.csv",
        ),
        case(
            "with heights",
            in_json(file, each_position(lambda x, y: [x, y, 1e9])),
            Harmless("heights are not used"),
        ),
        case(
            "with a hole that is a point",
            in_json(file, with_hole_of_point),
            Repaired("1 invalid polygons"),
        ),
        case(
            "with a name of 100,000 characters",
            in_json(
                file, lambda document: first(document)["properties"].update(remark="x" * 100_000)
            ),
            Repaired("1 columns are not known"),
        ),
    ]


def in_layers(name: str, *statements: str) -> Spoil:
    """Change the tables of a GeoPackage."""

    def spoil(folder: Path) -> None:
        with closing(sqlite3.connect(folder / name)) as tables:
            tables.create_function("ST_IsEmpty", 1, lambda _: 0)
            for axis in ("MinX", "MaxX", "MinY", "MaxY"):
                tables.create_function(f"ST_{axis}", 1, lambda _: 0.0)
            for statement in statements:
                tables.execute(statement)
            tables.commit()

    return spoil


def geopackages() -> list[Case]:
    file = "townships.gpkg"

    def case(name, spoil, outcome):
        return Case(f"GeoPackage {name}", spoil, outcome, "check gpkg.yaml", file)

    def second(name: str) -> Spoil:
        def spoil(folder: Path) -> None:
            gpd.read_file(folder / file).to_file(folder / file, layer=name)

        return spoil

    def hostile_name(folder: Path) -> None:
        layer = gpd.read_file(folder / file)
        (folder / file).unlink()
        layer.to_file(folder / file, layer='towns\'; DROP TABLE "x" --{{7*7}}<script>')

    return [
        case("empty", holding(file, b""), Refused(unread)),
        case("a folder", folder_for(file), Refused("is a folder")),
        case("of zeros", holding(file, b"\0" * 4096), Refused(unread)),
        case("of its first bytes", holding(file, b"SQLite format 3\0"), Refused(unread)),
        *(
            case(f"cut at {share:.0%}", cut(file, share), Refused(file))
            for share in (0.02, 0.5, 0.95)
        ),
        case("with a byte flipped in its head", flipped(file, 0.0002), Refused(unread)),
        case("with layers of one kind", second("other"), Refused("has 2 layers")),
        case("without layers", in_layers(file, "DELETE FROM gpkg_contents"), Refused(file)),
        case(
            "without its list of layers", in_layers(file, "DROP TABLE gpkg_contents"), Refused(file)
        ),
        case("without rows", in_layers(file, "DELETE FROM townships"), Refused("no geometries")),
        case(
            "with a geometry of NULL",
            in_layers(file, "UPDATE townships SET geom = NULL WHERE fid = 1"),
            Refused("feature 1"),
        ),
        case(
            "with a geometry of text",
            in_layers(file, "UPDATE townships SET geom = 'POLYGON' WHERE fid = 1"),
            Refused("feature 1"),
        ),
        case(
            "with a geometry cut short",
            in_layers(file, "UPDATE townships SET geom = substr(geom, 1, 60) WHERE fid = 1"),
            Refused(file),
        ),
        case(
            "with a geometry of a billion points",
            in_layers(
                file,
                "UPDATE townships SET geom = CAST(substr(geom, 1, 49) || x'FFFFFF3F' || "
                "substr(geom, 54) AS BLOB) WHERE fid = 1",
            ),
            Refused(file),
        ),
        case(
            "with a CRS of no number",
            in_layers(file, "UPDATE gpkg_geometry_columns SET srs_id = 777777"),
            Refused(file),
        ),
        case(
            "with another CRS",
            in_layers(
                file,
                "UPDATE gpkg_spatial_ref_sys SET definition = 'LOCAL_CS[\"x\"]'",
                "UPDATE gpkg_spatial_ref_sys SET organization = 'x', organization_coordsys_id = 1",
            ),
            Refused(file),
        ),
        case(
            "with a layer of a hostile name",
            hostile_name,
            Harmless("its only layer is taken, whatever its name"),
        ),
        case(
            "whose codes are blobs",
            in_layers(file, "UPDATE townships SET township_code = x'00FF' WHERE fid = 1"),
            Refused(file),
        ),
        case(
            "that is an image",
            lambda folder: (folder / file).write_bytes((folder / "people.tif").read_bytes()),
            Refused(file),
        ),
    ]


def patched(name: str, at: int, content: bytes) -> Spoil:
    """Overwrite some bytes."""

    def spoil(folder: Path) -> None:
        held = bytearray((folder / name).read_bytes())
        held[at : at + len(content)] = content
        (folder / name).write_bytes(held)

    return spoil


def shapefiles() -> list[Case]:
    file = "townships.shp"

    def case(name, spoil, outcome, named=file):
        return Case(f"Shapefile {name}", spoil, outcome, "check shp.yaml", named)

    def of_part(part, *spoils):
        return [case(f"{part} {name}", *rest) for name, *rest in spoils]

    shp, shx, dbf, prj, cpg = (
        f"townships{end}" for end in (".shp", ".shx", ".dbf", ".prj", ".cpg")
    )
    nan = struct.pack("<d", float("nan"))
    return [
        *of_part(
            ".shp",
            ("empty", holding(shp, b""), Refused(unread)),
            ("a folder", folder_for(shp), Refused("is a folder")),
            ("cut in the head", cut(shp, 0.1), Refused(file)),
            ("cut in a shape", cut(shp, 0.6), Refused(file)),
            ("of wrong magic", patched(shp, 0, b"\0\0\0\0"), Refused(file)),
            (
                "of a kind of no shape",
                patched(shp, 32, b"\x63\0\0\0"),
                Harmless("every shape tells its own kind"),
            ),
            ("with a shape of another kind", patched(shp, 108, b"\x01\0\0\0"), Refused(file)),
            ("with a billion points", patched(shp, 148, b"\xff\xff\xff\x3f"), Refused(file)),
            ("with NaN", patched(shp, 156, nan * 2), Refused(file)),
            (
                "with a length of nothing",
                patched(shp, 24, b"\0\0\0\0"),
                Harmless("the length in the head is not what tells where shapes are"),
            ),
        ),
        *of_part(
            ".shx",
            ("empty", holding(shx, b""), Refused(unread)),
            ("cut", cut(shx, 0.9), Refused(file)),
            ("that points beyond the end", patched(shx, 100, b"\x7f\xff\xff\xf0"), Refused(file)),
            (
                "of another file",
                lambda folder: (folder / shx).write_bytes((folder / "streets.shx").read_bytes()),
                Refused(file),
            ),
        ),
        *of_part(
            ".dbf",
            ("empty", holding(dbf, b""), Refused(file)),
            ("missing", without(dbf), Refused("its .dbf is missing")),
            ("cut", cut(dbf, 0.7), Refused(file)),
            (
                "with a million records",
                patched(dbf, 4, struct.pack("<I", 1_000_000)),
                Harmless("there is a record for each shape"),
            ),
            ("with records of no length", patched(dbf, 10, b"\0\0"), Refused(file)),
            ("with a head of no length", patched(dbf, 8, b"\0\0"), Refused(file)),
            (
                "of another file",
                lambda folder: (folder / dbf).write_bytes((folder / "streets.dbf").read_bytes()),
                Refused(file),
            ),
        ),
        *of_part(
            ".prj",
            ("missing", without(prj), Refused("the CRS is missing")),
            ("empty", holding(prj, b""), Refused("the CRS is missing")),
            ("of noise", holding(prj, bytes(range(256))), Refused(file)),
            (
                "of another place",
                holding(
                    prj,
                    'PROJCS["x",GEOGCS["y",DATUM["z",SPHEROID["s",'
                    '6378137,298]],PRIMEM["p",0],UNIT["d",0.0174]],PROJECTION["Transverse_Mercator"],'
                    'PARAMETER["central_meridian",-60],PARAMETER["scale_factor",1],UNIT["m",1]]',
                ),
                Refused("the study area lies outside 'EPSG:32650'"),
                "shp.yaml",
            ),
        ),
        *of_part(
            ".cpg",
            ("of no encoding", holding(cpg, "KLINGON"), Harmless("its text is ASCII")),
            ("of noise", holding(cpg, bytes(range(256))), Harmless("its text is ASCII")),
        ),
    ]
