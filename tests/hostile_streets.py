"""Hostile streets: OpenStreetMap files, GraphML, edge tables, layers of osmnx."""

import gzip
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import many_formats
from hostile_files import (
    Case,
    Harmless,
    Refused,
    Repaired,
    Spoil,
    after,
    appended,
    cut,
    edited,
    encoded,
    flipped,
    folder_for,
    holding,
    pipe_for,
    without,
)
from hostile_layers import in_layers

unread_osm = "cannot be read as an OpenStreetMap file"
unread_graph = "cannot be read as GraphML"
bomb = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a0 'aaaaaaaaaa'>{}]>".format(
    "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 10))
)
outside = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"


def osm_xml() -> list[Case]:
    file = "town.osm"

    def case(name, spoil, outcome):
        return Case(f".osm {name}", spoil, outcome, "check osm.yaml", file)

    def added(name, xml, outcome):
        return case(name, edited(file, "</osm>", f"{xml}</osm>"), outcome)

    street = "<tag k='highway' v='residential'/></way>"
    return [
        case("empty", holding(file, ""), Refused("is empty")),
        case("a folder", folder_for(file), Refused("is a folder")),
        case("a pipe", pipe_for(file), Refused("is no file but a pipe")),
        *(
            case(f"cut at {share:.0%}", cut(file, share), Refused(unread_osm))
            for share in (0.05, 0.4, 0.97)
        ),
        case("in UTF-16", encoded(file, "utf-16"), Harmless("its BOM tells so")),
        case(
            "in GB18030 that says UTF-8",
            after(
                edited(
                    file,
                    "</osm>",
                    "<node id='90' lon='1' lat='1'><tag k='name' v='江'/></node></osm>",
                ),
                encoded(file, "gb18030"),
            ),
            Refused(unread_osm),
        ),
        case("with a BOM", encoded(file, "utf-8-sig"), Harmless("a BOM is passed over")),
        case("with NUL", edited(file, "residential", "resi\0dential"), Refused(unread_osm)),
        case(
            "with entities that multiply",
            lambda folder: (folder / file).write_text(
                bomb + (folder / file).read_text().replace("residential", "&a9;", 1)
            ),
            Refused(unread_osm),
        ),
        case(
            "with an entity of a file",
            lambda folder: (folder / file).write_text(
                outside + (folder / file).read_text().replace("residential", "&a;", 1)
            ),
            Refused(unread_osm),
        ),
        case("of changes", holding(file, "<osmChange><delete/></osmChange>"), Refused(file)),
        case("of another version", edited(file, "version='0.6'", "version='0.5'"), Refused(file)),
        case(
            "without nodes",
            lambda folder: (folder / file).write_text(
                "\n".join(
                    line for line in (folder / file).read_text().splitlines() if "<node" not in line
                )
            ),
            Refused("none of its 4 streets has nodes"),
        ),
        case("with ids that are texts", edited(file, "id='1'", "id='one'"), Refused(unread_osm)),
        case(
            "with an id beyond 64 bits",
            edited(file, "id='1'", f"id='{2**70}'"),
            Refused(unread_osm),
        ),
        case("with longitude of text", edited(file, "lon='", "lon='x"), Refused(unread_osm)),
        added(
            "with a street of one node",
            f"<way id='91'><nd ref='1'/>{street}",
            Repaired("those parts were left out"),
        ),
        added(
            "with a street of no node",
            f"<way id='91'>{street}",
            Repaired("those parts were left out"),
        ),
        added(
            "with a street to a node that is not there",
            f"<way id='91'><nd ref='1'/><nd ref='777'/>{street}",
            Repaired("1 streets refer to nodes that the file lacks"),
        ),
        added(
            "with a street to a node beyond the world",
            f"<node id='90' lon='999' lat='30'/><way id='91'><nd ref='1'/><nd ref='90'/>{street}",
            Refused(file),
        ),
        added(
            "with a street of one node twice",
            f"<way id='91'><nd ref='1'/><nd ref='1'/>{street}",
            Harmless("a street without length leads nowhere"),
        ),
        added(
            "with a relation of itself",
            "<relation id='9'><member type='relation' ref='9' "
            "role=''/><tag k='type' v='multipolygon'/><tag k='highway' v='pedestrian'/>"
            "</relation>",
            Repaired("squares"),
        ),
        added(
            "with a tag of 2,000 characters",
            f"<node id='92' lon='1' lat='1'><tag k='name' v='{'x' * 2000}'/></node>",
            Refused(unread_osm),
        ),
        added(
            "with a node twice",
            "<node id='1' version='2' lon='1' lat='1'/>",
            Harmless("the first of them counts"),
        ),
    ]


def flipped_all_over(name: str, seed: int) -> Spoil:
    """Flip 20 bits all over a file."""

    def spoil(folder: Path) -> None:
        content = bytearray((folder / name).read_bytes())
        for at in np.random.default_rng(seed).integers(0, 8 * len(content), 20):
            content[at // 8] ^= 1 << (at % 8)
        (folder / name).write_bytes(content)

    return spoil


def osm_pbf() -> list[Case]:
    file = "town.osm.pbf"

    def case(name, spoil, outcome):
        return Case(f".osm.pbf {name}", spoil, outcome, "check pbf.yaml", file)

    return [
        case("empty", holding(file, b""), Refused("is empty")),
        case("a folder", folder_for(file), Refused("is a folder")),
        *(
            case(f"cut at {share:.0%}", cut(file, share), Refused(unread_osm))
            for share in (0.01, 0.2, 0.5, 0.99)
        ),
        *(
            case(f"with 20 bits flipped, {seed}", flipped_all_over(file, seed), Refused(unread_osm))
            for seed in range(4)
        ),
        case(
            "with a head of 2 GB",
            holding(file, b"\x7f\xff\xff\xff" + b"\0" * 64),
            Refused(unread_osm),
        ),
        case(
            "with a block of 2 GB",
            holding(file, b"\0\0\0\x0f\x0a\x09OSMHeader\x18\xff\xff\xff\xff\x07" + b"\0" * 64),
            Refused(unread_osm),
        ),
        case("of another kind", holding(file, gzip.compress(b"x" * 100)), Refused(unread_osm)),
        case(
            "XML by content",
            lambda folder: (folder / file).write_bytes((folder / "town.osm").read_bytes()),
            Refused(unread_osm),
        ),
        case("with noise behind its end", appended(file, b"\0\0\0\x05noise"), Refused(unread_osm)),
    ]


def graphml() -> list[Case]:
    file = "town.graphml"

    def case(name, spoil, outcome):
        return Case(f"GraphML {name}", spoil, outcome, "check graphml.yaml", file)

    def changed(name, old, new, words):
        return case(name, edited(file, old, new), Refused(words))

    def wkt(name, text, outcome):
        old = "<data key='d3'>residential</data>"
        return case(name, edited(file, old, f"{old}<data key='geometry'>{text}</data>"), outcome)

    far = "LINESTRING (1e300 0, 0 1e300)"
    return [
        case("empty", holding(file, ""), Refused(unread_graph)),
        case("a folder", folder_for(file), Refused("is a folder")),
        *(
            case(f"cut at {share:.0%}", cut(file, share), Refused(unread_graph))
            for share in (0.1, 0.6, 0.99)
        ),
        case("in UTF-16", encoded(file, "utf-16"), Refused(unread_graph)),
        case("with a BOM", encoded(file, "utf-8-sig"), Harmless("a BOM is passed over")),
        changed("of an encoding of none", "utf-8", "klingon", unread_graph),
        case(
            "with entities that multiply",
            lambda folder: (folder / file).write_text(
                bomb + (folder / file).read_text().split("?>", 1)[1].replace("residential", "&a9;")
            ),
            Refused("declares a document type"),
        ),
        case(
            "with an entity of a file",
            lambda folder: (folder / file).write_text(
                outside
                + (folder / file).read_text().split("?>", 1)[1].replace("residential", "&a;")
            ),
            Refused("declares a document type"),
        ),
        case("of 200,000 levels", holding(file, "<a>" * 200_000), Refused(unread_graph)),
        changed("with x of 1e308", f"{many_formats.metric('a')[0]}", "1e308", "lies outside"),
        changed("with x of NaN", f"{many_formats.metric('a')[0]}", "NaN", "no numbers"),
        changed("with x of text", f"{many_formats.metric('a')[0]}", "here", "no numbers"),
        changed("with a node twice", "<node id='b'>", "<node id='a'>", file),
        changed("with an edge to nowhere", "target='b'", "target='zz'", "1 edges lead to nodes"),
        changed("of an unknown CRS", "epsg:32650", "epsg:0", "states no known CRS"),
        changed("of a CRS in degrees", "epsg:32650", "epsg:4326", file),
        changed(
            "of a CRS that is a bomb",
            "epsg:32650",
            "+proj=pipeline " + "+step " * 5000,
            "states no known CRS",
        ),
        changed("without classes", "attr.name='highway'", "attr.name='other'", "have no 'highway'"),
        wkt("with a course of noise", "LINESTRING (1", Refused("have no course")),
        wkt("with a course that is a point", "POINT (1 1)", Refused("have no course")),
        wkt("with an empty course", "LINESTRING EMPTY", Refused("have no course")),
        wkt("with a course of one point", "LINESTRING (1 1)", Refused("have no course")),
        wkt("with a course of NaN", "LINESTRING (nan 0, 1 1)", Refused("have no course")),
        wkt("with a course of 1e300", far, Refused(file)),
        wkt("with a deep course", "GEOMETRYCOLLECTION (" * 5000, Refused("have no course")),
    ]


def in_streets(change, name: str = "streets.gpkg") -> Spoil:
    """Change the street lines of an edge table."""

    def spoil(folder: Path) -> None:
        streets = gpd.read_file(folder / name)
        changed = change(streets)
        (folder / name).unlink()
        changed.to_file(folder / name)

    return spoil


def drawing(*shapes: object):
    """Put shapes in the place of the first streets."""

    def change(streets):
        lines = streets.geometry.to_numpy().copy()
        lines[: len(shapes)] = shapes
        return streets.set_geometry(gpd.GeoSeries(list(lines), crs=streets.crs))

    return change


def adding(shape: object):
    """Add a street."""
    return lambda streets: pd.concat(
        [streets, streets.iloc[:1].set_geometry([shape], crs=streets.crs)]
    )


def edge_tables() -> list[Case]:
    file = "streets.gpkg"

    def case(name, change, outcome):
        return Case(f"edge table {name}", in_streets(change), outcome, file=file)

    def classes(values):
        return lambda streets: streets.assign(highway=values)

    def twice(streets):
        return pd.concat([streets, streets])

    def divided(streets):
        return drawing(
            shapely.MultiLineString(
                [
                    shapely.ops.substring(streets.geometry[0], 0, 100),
                    shapely.ops.substring(streets.geometry[0], 100, 300),
                ]
            )
        )(streets)

    def high(streets):
        return streets.set_geometry(shapely.force_3d(streets.geometry, 1e9))

    return [
        case(
            "with a polygon",
            drawing(shapely.box(200_000, 3e6, 200_001, 3e6 + 1)),
            Refused("are not lines"),
        ),
        case("with a point", drawing(shapely.Point(200_000, 3e6)), Refused("are not lines")),
        case("with an empty line", drawing(shapely.LineString()), Refused("feature 1")),
        case(
            "with a line of no length",
            adding(shapely.LineString([(200_000, 3e6)] * 2)),
            Harmless("a street without length leads nowhere"),
        ),
        case(
            "with a line to infinity",
            drawing(shapely.LineString([(200_000, 3e6), (np.inf, 3e6)])),
            Refused("feature 1"),
        ),
        case(
            "with a line of 1e300 m",
            drawing(shapely.LineString([(200_000, 3e6), (1e300, 3e6)])),
            Refused(file),
        ),
        case("in several parts", divided, Repaired("1 multi-part lines were divided into 2")),
        case("with every street twice", twice, Repaired("streets lie on another one")),
        case("with heights", high, Harmless("heights are dropped")),
        case(
            "with classes that are numbers",
            classes(7),
            Repaired("6 streets (1.6 km) have classes that OpenStreetMap does not know: 7"),
        ),
        case("with classes of none", classes(""), Refused(file)),
        case(
            "with hostile classes",
            classes(["residential"] * 5 + ["<script>`{{7*7}}`"]),
            Repaired("1 streets (0.2 km) have classes"),
        ),
        case(
            "with classes of 10,000 characters",
            classes(["residential"] * 5 + ["x" * 10_000]),
            Repaired("1 streets (0.2 km) have classes"),
        ),
        case(
            "with speeds that are none",
            lambda streets: streets.assign(maxspeed="-1e9 furlongs"),
            Harmless("people walk, and speeds are those of cars"),
        ),
        case(
            "with ways that nobody may go",
            lambda streets: streets.assign(access="no"),
            Refused(file),
        ),
        case("of motorways alone", classes("motorway"), Refused(file)),
    ]


def osmnx_layers() -> list[Case]:
    file = "osmnx.gpkg"

    def case(name, spoil, outcome):
        return Case(f"osmnx {name}", spoil, outcome, "check osmnx.yaml", file)

    return [
        case(
            "with a node lost",
            in_layers(file, "DELETE FROM nodes WHERE osmid = 1"),
            Refused("lead to nodes that are not there"),
        ),
        case(
            "with a node twice",
            in_layers(file, "UPDATE nodes SET osmid = 1 WHERE osmid = 2"),
            Refused(file),
        ),
        case(
            "without ids",
            in_layers(file, "ALTER TABLE nodes RENAME COLUMN osmid TO other"),
            Refused("has no 'osmid'"),
        ),
        case(
            "with ends of null",
            in_layers(file, "UPDATE edges SET u = NULL WHERE fid = 1"),
            Refused(file),
        ),
        case(
            "with ends of text",
            in_layers(file, "UPDATE edges SET u = 'x' WHERE fid = 1"),
            Refused(file),
        ),
        case("without nodes", in_layers(file, "DELETE FROM nodes"), Refused(file)),
        case("without edges", in_layers(file, "DELETE FROM edges"), Refused(file)),
        case(
            "without a course",
            in_layers(file, "UPDATE edges SET geom = NULL WHERE fid = 1"),
            Refused(file),
        ),
        case("cut", cut(file, 0.6), Refused(file)),
        case("missing", without(file), Refused("there is no such file")),
        case("with a byte flipped", flipped(file, 0.00015), Refused(file)),
    ]
