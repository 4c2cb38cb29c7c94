"""Vector layers: file -> geometries in the study's metric CRS, checked."""

import re
import warnings
from contextlib import suppress
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS, Proj, Transformer
from pyproj.exceptions import CRSError, ProjError
from shapely.errors import ShapelyError

from siting.errors import DataError, Problem
from siting.inputs.dbase import encoding_of
from siting.inputs.files import check_file
from siting.named_file import split_part
from siting.notes import Note
from siting.scenario import Scenario

most_distortion = 0.01
"""Greatest error of a length that the CRS may bring (assumption; UTM is within 0.001)."""
farthest_m = 1e8
"""Greatest coordinate in a metric CRS (assumption: twice round the Earth and more)."""
most_turns_deg = 360.0
"""Greatest longitude: some layers count on beyond 180."""
most_features_named = 5
unreadable = (
    DataSourceError,
    DataLayerError,
    ShapelyError,
    CRSError,
    ValueError,
    OSError,
    KeyError,
    UnboundLocalError,
)
"""What a damaged layer raises; the last is pyogrio 0.13 on a .prj file that is no text."""
no_geometries = ("has no geometries", "export the layer again")
no_encoding = (
    "its text is neither UTF-8 nor GB18030",
    "export it as GeoPackage, or bring the right .cpg file along",
)
head_bytes = 4096
"""What is looked at to tell of what kind a file is (assumption: declarations are shorter)."""
geojson_crs = re.compile(rb'"crs"\s*:\s*\{[^{}]*\{[^{}]*"name"\s*:\s*"([^"]*)"')
"""The name of a CRS in GeoJSON, as its first edition had it (2008); GDAL takes what it does not
know for WGS-84 without a word."""
known_crs = re.compile(rb"(?i)EPSG|CRS84|CRS83|CRS27|ESRI")
crs_remedy = "name one by its code, to compute in one in metres such as EPSG:32650 or EPSG:4547"


def metric_crs(scenario: Scenario) -> CRS:
    """Return the CRS to compute in.

    Raises
    ------
    DataError
        The scenario names no CRS, one whose unit is not the metre, or one that needs a file.
    """
    text, place = scenario.crs, scenario.place("crs")
    crs = _known_crs(text, place)
    if not crs.is_projected or {axis.unit_name for axis in crs.axis_info} != {"metre"}:
        raise DataError([Problem(place, f"the unit of '{text}' is not the metre", crs_remedy)])
    if "grids=" in text:
        raise DataError([Problem(place, f"'{text}' names a file of a grid", crs_remedy)])
    try:
        Transformer.from_crs(4326, crs)
    except ProjError:
        what = f"no transformation leads from degrees to '{text}'"
        raise DataError([Problem(place, what, crs_remedy)]) from None
    return crs


def check_scale(zones: gpd.GeoDataFrame, scenario: Scenario) -> None:
    """Hold the CRS against the ground at the middle of the study area.

    Raises
    ------
    DataError
        A metre of the CRS is not a metre on the ground, as in Web Mercator or a far UTM zone.
    """
    west, south, east, north = zones.to_crs(4326).total_bounds
    factors = Proj(zones.crs).get_factors((west + east) / 2, (south + north) / 2)
    off = max(abs(factors.meridional_scale - 1), abs(factors.parallel_scale - 1))
    if not off <= most_distortion:
        raise DataError(
            [
                Problem(
                    scenario.place("crs"),
                    f"a length in '{scenario.crs}' is {off:.1%} off at the study area"
                    if np.isfinite(off)
                    else f"the study area lies outside '{scenario.crs}'",
                    "name the UTM or Gauss-Krueger zone of the study area, or correct the "
                    "coordinates or the CRS of the townships",
                )
            ]
        )


def _known_crs(text: str, place: str) -> CRS:
    try:
        return CRS.from_user_input(text)
    except CRSError:
        raise DataError([Problem(place, f"'{text}' is no known CRS", crs_remedy)]) from None


def read_layer(
    path: Path,
    crs: CRS,
    missing_crs: str | None = None,
    name: str | None = None,
    *,
    layer_name: str | None = None,
) -> gpd.GeoDataFrame:
    """Read a vector layer as :func:`open_layer` does, without its notes.

    Parameters
    ----------
    layer_name
        Name of the layer in a file of several, where the path does not say it.
    """
    named = path if layer_name is None else Path(f"{path}#{layer_name}")
    return open_layer(named, crs, missing_crs, name)[0]


def open_layer(
    path: Path, crs: CRS, missing_crs: str | None = None, name: str | None = None
) -> tuple[gpd.GeoDataFrame, tuple[Note, ...]]:
    """Read a vector layer and bring it into the study's CRS.

    GeoParquet, GeoPackage, GeoJSON, Shapefile, KML and what else GDAL reads. The text of a
    Shapefile that states no encoding, or a wrong one, is UTF-8 if it can be, else GB18030.
    CGCS2000 (EPSG:4490) and WGS-84 are the same to a decimetre and are mixed without a word.

    Parameters
    ----------
    path
        The file, or ``file.gpkg#layer`` where it has several.
    crs
        The CRS to bring it into.
    missing_crs
        The CRS to assume where the layer states none.
    name
        How messages call ``path``; itself if left out.

    Returns
    -------
    geopandas.GeoDataFrame
        The layer, with its attributes as they stand.
    tuple of Note
        Which encoding was assumed.

    Raises
    ------
    DataError
        The file is missing or unreadable, has no CRS, or holds empty or non-finite geometry.
    """
    file, part = split_part(path)
    name = name or str(path)
    check_file(file, name)
    try:
        # What GDAL warns of is looked for below, and told with its feature.
        with np.errstate(invalid="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            warnings.simplefilter("ignore", UserWarning)
            layer, notes = _read(file, part, name)
    except UnicodeDecodeError:
        raise DataError([Problem(name, *no_encoding)]) from None
    except unreadable as error:
        reason = (str(error) or type(error).__name__).splitlines()[0]
        raise DataError(
            [
                Problem(
                    name,
                    f"cannot be read: {reason}",
                    "export the layer again, as GeoParquet, GeoPackage or GeoJSON",
                )
            ]
        ) from None
    if not isinstance(layer, gpd.GeoDataFrame) or layer.empty:
        raise DataError([Problem(name, *no_geometries)])
    if layer.crs is None and missing_crs is not None:
        layer = layer.set_crs(_known_crs(missing_crs, "scenario, inputs.missing_crs"))
    if layer.crs is None:
        raise DataError(
            [
                Problem(
                    name,
                    "the CRS is missing",
                    "save the layer with its CRS, or state it as inputs.missing_crs",
                )
            ]
        )
    most = most_turns_deg if layer.crs.is_geographic else np.inf
    _check_coordinates(layer, name, "check the coordinates of the layer", most)
    try:
        projected = layer.to_crs(crs)
    except ProjError as error:
        raise DataError(
            [Problem(name, f"its CRS leads nowhere: {error}", "save the layer with its true CRS")]
        ) from None
    _, south, _, north = layer.total_bounds
    swapped = layer.crs.is_geographic and max(abs(south), abs(north)) > 90
    _check_coordinates(
        projected,
        name,
        "longitude and latitude are swapped: write the longitude first"
        if swapped
        else f"check the coordinates and the CRS of the layer ({layer.crs.name})",
        farthest_m,
    )
    return projected, notes


def _read(path: Path, part: str | None, name: str) -> tuple[gpd.GeoDataFrame, tuple[Note, ...]]:
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        return _read_geoparquet(path), ()
    if suffix == ".shp":
        return _read_shapefile(path, name)
    _check_own(path, name)
    layers = [str(layer) for layer in pyogrio.list_layers(path)[:, 0]]
    if not layers:
        raise DataError([Problem(name, *no_geometries)])
    if part is None and len(layers) > 1:
        raise DataError(
            [
                Problem(
                    name,
                    f"has {len(layers)} layers, and the scenario names none of them",
                    f"name one, such as {path.name}#{layers[0]}; it has {', '.join(layers)}",
                )
            ]
        )
    return gpd.read_file(path, engine="pyogrio", layer=part or layers[0]), ()


def _read_geoparquet(path: Path) -> gpd.GeoDataFrame:
    """Read a GeoParquet file; damaged metadata of pandas in it can raise anything."""
    try:
        return gpd.read_parquet(path)
    except (TypeError, AttributeError, IndexError) as error:
        raise ValueError(error) from None


def _check_own(path: Path, name: str) -> None:
    """Refuse a file of which GDAL would take the shapes, or a CRS, from somewhere else.

    GDAL goes by the content of a file, whatever its name. XML of other kinds than KML and GPX may
    lead to other files and to the internet (its drivers VRT, WFS, CSW and GML).
    """
    with path.open("rb") as file:
        head = file.read(head_bytes)
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if text.startswith(b"<") and not any(root in text for root in (b"<kml", b"<gpx")):
        what = "cannot be read: it is XML, and neither KML nor GPX"
        raise DataError([Problem(name, what, "export the layer as GeoPackage or GeoJSON")])
    told = geojson_crs.search(head)
    if told and not known_crs.search(told[1]):
        crs = told[1].decode("utf-8", "replace")
        what = f"states a CRS that is not known: {crs[:80]}"
        raise DataError([Problem(name, what, "save the layer again in WGS-84")])


def _read_shapefile(path: Path, name: str) -> tuple[gpd.GeoDataFrame, tuple[Note, ...]]:
    beside = {other.name.lower() for other in path.parent.iterdir()}
    lacks = [end for end in (".shx", ".dbf") if f"{path.stem}{end}".lower() not in beside]
    if lacks:
        raise DataError(
            [
                Problem(
                    name,
                    f"its {' and '.join(lacks)} is missing",
                    "copy all parts of the Shapefile together (.shp, .shx, .dbf, .prj, .cpg)",
                )
            ]
        )
    stated = any(path.with_suffix(end).exists() for end in (".cpg", ".CPG"))
    if stated:
        with suppress(UnicodeDecodeError):
            return gpd.read_file(path, engine="pyogrio"), ()
    table = path.with_suffix(".dbf")
    encoding = encoding_of(table) if table.exists() else "utf-8"
    if encoding is None:
        raise DataError([Problem(name, *no_encoding)])
    layer = gpd.read_file(path, engine="pyogrio", encoding=encoding)
    texts = layer.drop(columns=layer.geometry.name).select_dtypes(include=["object", "string"])
    words = [*layer.columns, *(value for name in texts for value in texts[name])]
    if all(str(word).isascii() for word in words):
        return layer, ()
    label = encoding.upper()
    zh, en = ("未注明（缺.cpg）", "without a .cpg")
    if stated:
        zh, en = ("与.cpg不符", "not in the encoding of its .cpg")
    return layer, (
        Note(
            zh=f"{name}：文字编码{zh}，按{label}读入",
            en=f"{name}: the text, {en}, was read as {label}",
        ),
    )


def _check_coordinates(layer: gpd.GeoDataFrame, name: str, remedy: str, most: float) -> None:
    """Refuse shapes that are empty or have a coordinate that is no number, or beyond ``most``."""
    shapes = np.asarray(layer.geometry.array)
    coordinates, feature = shapely.get_coordinates(shapes, return_index=True)
    bad = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    is_place = np.isfinite(coordinates) & (np.abs(coordinates) <= most)
    bad[feature[~is_place.all(axis=1)]] = True
    if not bad.any():
        return
    raise DataError(
        [
            Problem(
                f"{name}, {features(np.flatnonzero(bad))}",
                f"{bad.sum()} geometries are empty, hold no number or lie outside the CRS",
                remedy,
            )
        ]
    )


def features(positions: np.ndarray) -> str:
    """Return the features at these positions as people count them: ``features 1, 4``."""
    shown = ", ".join(str(position + 1) for position in positions[:most_features_named])
    more = len(positions) - most_features_named
    rest = f" and {more} more" if more > 0 else ""
    return f"feature{'s' if len(positions) > 1 else ''} {shown}{rest}"
