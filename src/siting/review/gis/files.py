"""The files of the layers: a GeoPackage with styles for QGIS, and GeoParquet."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pyogrio.errors import DataSourceError

from siting.review.findings import Findings
from siting.review.gis.styles import Style, styles_of
from siting.review.gis.tables import layers_of
from siting.review.gis.words import illustrative, layer_notes, layer_titles, not_reviewed

styles_table = "layer_styles"
"""Where QGIS looks for the styles of the layers of a GeoPackage."""


def write_geopackage(findings: Findings, path: Path, lang: str = "zh") -> None:
    """Write the layers of a plan with their styles; the first style of each is its default.

    Raises
    ------
    OSError
        It cannot be written.
    """
    layers = layers_of(findings)
    kinds = {name: kind.called(lang) for name, kind in findings.scenario.class_kinds.items()}
    at = 0 if lang == "zh" else 1
    year = findings.scenario.last_year
    with _system_errors(path):
        for name, layer in layers.items():
            told = [f"{layer_notes[name][at]} · {year}", not_reviewed[at]]
            told += [illustrative[at]] if findings.scenario.illustrative else []
            layer.to_file(
                path,
                layer=name,
                driver="GPKG",
                engine="pyogrio",
                layer_options={
                    "IDENTIFIER": layer_titles[name][at],
                    "DESCRIPTION": " · ".join(told),
                },
            )
        _write_styles(path, styles_of(layers, lang, kinds))


def write_geoparquet(findings: Findings, folder: Path) -> tuple[str, ...]:
    """Write each layer as ``<name>.parquet`` and return the names of the files.

    Raises
    ------
    OSError
        One cannot be written.
    """
    files = {f"{name}.parquet": layer for name, layer in layers_of(findings).items()}
    for name, layer in files.items():
        layer.to_parquet(folder / name, index=False)
    return tuple(files)


@contextmanager
def _system_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except (DataSourceError, sqlite3.Error) as error:
        raise OSError(errno.EIO, str(error), path.name) from error


def _write_styles(path: Path, styles: dict[str, tuple[Style, ...]]) -> None:
    rows = [
        ("", "", layer, "geom", style.name, style.qml, "", i == 0, style.name, "")
        for layer, of_layer in styles.items()
        for i, style in enumerate(of_layer)
    ]
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(
            f'CREATE TABLE "{styles_table}" ('
            "id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), "
            "f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), "
            "styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, "
            "description TEXT, owner TEXT(30), ui TEXT(30), "
            "update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')))"
        )
        file.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES (?, ?, ?)",
            (styles_table, "attributes", styles_table),
        )
        file.executemany(
            f"INSERT INTO {styles_table} (f_table_catalog, f_table_schema, f_table_name, "  # noqa: S608
            "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
