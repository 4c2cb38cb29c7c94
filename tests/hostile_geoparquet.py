"""Hostile GeoParquet: its metadata, its geometries."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from hostile_files import Case, Refused, Spoil, cut, flipped, folder_for, holding

unread = "cannot be read"


def in_columns(change) -> Spoil:
    """Write the GeoParquet file of streets again from its arrow table."""

    def spoil(folder: Path) -> None:
        path = folder / "streets.parquet"
        table = change(pq.read_table(path))
        pq.write_table(table, path)

    return spoil


def in_geo(change: Callable[[dict], object]) -> Spoil:
    """Change the metadata that make a Parquet file a GeoParquet file."""

    def changed(table):
        told = dict(table.schema.metadata)
        geo = json.loads(told[b"geo"])
        change(geo)
        return table.replace_schema_metadata({**told, b"geo": json.dumps(geo).encode()})

    return in_columns(changed)


def parquet() -> list[Case]:
    file = "streets.parquet"

    def case(name, spoil, outcome):
        return Case(f"GeoParquet {name}", spoil, outcome, "check parquet.yaml", file)

    def column(geo):
        return geo["columns"]["geometry"]

    def plain(folder: Path) -> None:
        pd.DataFrame({"highway": ["residential"]}).to_parquet(folder / file)

    def first_geometry(value):
        def change(table):
            rows = table.to_pandas()
            rows.loc[0, "geometry"] = value
            return pa.Table.from_pandas(rows, schema=table.schema)

        return in_columns(change)

    return [
        case("empty", holding(file, b""), Refused(unread)),
        case("a folder", folder_for(file), Refused("is a folder")),
        case("of its magic alone", holding(file, b"PAR1PAR1"), Refused(unread)),
        *(case(f"cut at {share:.0%}", cut(file, share), Refused(unread)) for share in (0.1, 0.9)),
        *(
            case(f"with a byte flipped at {share:.0%}", flipped(file, share), Refused(file))
            for share in (0.6, 0.9, 0.999)
        ),
        case("without geometry", plain, Refused(unread)),
        case(
            "without its metadata",
            in_columns(lambda table: table.replace_schema_metadata({})),
            Refused(unread),
        ),
        case(
            "of a geometry column that is not there",
            in_geo(lambda geo: geo.update(primary_column="shape")),
            Refused(unread),
        ),
        case("of no geometry column", in_geo(lambda geo: geo.update(columns={})), Refused(unread)),
        case(
            "of metadata that are a list",
            in_columns(lambda table: table.replace_schema_metadata({b"geo": b"[]"})),
            Refused(unread),
        ),
        case(
            "of metadata that are no JSON",
            in_columns(lambda table: table.replace_schema_metadata({b"geo": b"{"})),
            Refused(unread),
        ),
        case(
            "of an encoding of none",
            in_geo(lambda geo: column(geo).update(encoding="KLINGON")),
            Refused(unread),
        ),
        case(
            "of a CRS of none",
            in_geo(lambda geo: column(geo).update(crs={"a": 1})),
            Refused(unread),
        ),
        case(
            "of a CRS of a wrong kind",
            in_geo(lambda geo: column(geo).update(crs=7)),
            Refused(unread),
        ),
        case("with a geometry of null", first_geometry(None), Refused("feature 1")),
        case("with a geometry of noise", first_geometry(b"\x01\x02"), Refused(unread)),
        case(
            "with a geometry of a billion points",
            first_geometry(b"\x01\x02\0\0\0\xff\xff\xff\x3f" + b"\0" * 64),
            Refused(unread),
        ),
        case(
            "without classes of streets",
            in_columns(lambda table: table.drop(["highway"])),
            Refused("the column 'highway' is missing"),
        ),
    ]
