"""A fuzz target for each loader: any bytes are read, or refused with an InputError.

``python tests/fuzz_targets.py LOADER FOLDER... [-max_total_time=S]`` fuzzes a loader with
atheris; the folders hold inputs to begin with, and the first takes what is found. Modules are
imported where they are used, so that only those that the loader runs through are instrumented.
"""

import os
import struct
import sys
import tempfile
import warnings
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

longest_s, most_mb = 60, 1000
"""What one input may take; by the clock, on a busy machine and instrumented, so that only what
hangs takes longer."""
shapefile_ends = (".shp", ".shx", ".dbf", ".prj", ".cpg")
length_bytes = 2
sheet_member = "xl/worksheets/sheet1.xml"


class Loader(NamedTuple):
    """What reads a file of some name, and the modules whose branches lead the fuzzer."""

    file: str
    load: Callable[[Path], object]
    modules: tuple[str, ...]


@cache
def folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="fuzz-"))


def scenario(path: Path) -> object:
    from siting.scenario import load

    return load(path)


def profile(path: Path) -> object:
    from siting.scenario.profile import read_profile

    return read_profile(path.name, path.parent)


def trial(path: Path) -> object:
    from drawn_town import scenario
    from siting.scenario.trial import read_trial

    return read_trial(path, scenario())


def csv(path: Path) -> object:
    from drawn_town import scenario
    from siting.inputs import dictionary
    from siting.inputs.tables import read_table

    return read_table(path, dictionary.hosts(scenario()))


def workbook(path: Path) -> object:
    from siting.inputs import dictionary
    from siting.inputs.tables import read_table

    return read_table(path.with_name(f"{path.name}#cells"), dictionary.cells)


def sheet(path: Path) -> object:
    """Read a workbook of one sheet, whose XML is the file."""
    book = path.with_suffix(".xlsx")
    with zipfile.ZipFile(template()) as usual, zipfile.ZipFile(book, "w") as made:
        for member in usual.namelist():
            made.writestr(
                member, path.read_bytes() if member == sheet_member else usual.read(member)
            )
    return workbook(book)


@cache
def template() -> Path:
    import pandas as pd

    path = folder() / "template.xlsx"
    cells = pd.DataFrame({"cell_id": ["a"], "lon": [1.0], "lat": [1.0], "residents": [1]})
    cells.to_excel(path, sheet_name="cells", index=False)
    return path


def zones(path: Path) -> object:
    from drawn_town import crs
    from siting.inputs import dictionary
    from siting.inputs.zones import read_zones

    return read_zones(path, dictionary.townships, crs)


def shapefile(path: Path) -> object:
    """Read a Shapefile whose parts stand one after another, each behind its length."""
    content, at = path.read_bytes(), 0
    for end in shapefile_ends:
        start = at + length_bytes
        at = start + int.from_bytes(content[at:start], "little")
        path.with_suffix(end).write_bytes(content[start:at])
    return zones(path.with_suffix(".shp"))


def layer(path: Path) -> object:
    from drawn_town import crs
    from siting.inputs.layers import open_layer

    return open_layer(path, crs)


def streets(path: Path) -> object:
    from drawn_town import scenario
    from siting.network import read_network

    asked = scenario()
    inputs = asked.inputs.model_copy(update={"streets": path.name, "townships": None})
    return read_network(asked.model_copy(update={"inputs": inputs}).placed_in(path.parent))


def raster(path: Path) -> object:
    import geopandas as gpd
    import numpy as np
    import shapely

    from drawn_town import crs, metre, origin
    from siting.inputs.rasters import read_values, window_over

    south_west = origin - np.array([0, 2 * metre])
    town = shapely.box(*south_west, *(south_west + np.array([9 * metre, 2 * metre])))
    return read_values(path, window_over(path, gpd.GeoDataFrame(geometry=[town], crs=crs))[0])


def plan(path: Path) -> object:
    from siting.plan.plan_record import PlanRecord, read_document, record_of

    return record_of(path, PlanRecord, read_document(path))


def kept(path: Path) -> object:
    from siting.cache import Cache, _digest_of

    content = path.read_bytes()
    (path.parent / "key.kept").write_bytes(_digest_of("key", content) + content)
    return Cache(path.parent).load("key")


reads_yaml = ("siting.scenario", "ruamel.yaml")
reads_books = ("siting.spreadsheet", "siting.inputs", "openpyxl")
reads_streets = ("siting.network", "siting.inputs.layers")
loaders = {
    "scenario": Loader("town.yaml", scenario, reads_yaml),
    "profile": Loader("mine.yaml", profile, reads_yaml),
    "trial": Loader("trial.json", trial, ("siting.scenario.trial", "json")),
    "csv": Loader("hosts.csv", csv, ("siting.inputs",)),
    "workbook": Loader("tables.xlsx", workbook, reads_books),
    "sheet": Loader("sheet.xml", sheet, reads_books),
    "study_workbook": Loader("study.xlsx", scenario, ("siting.scenario", *reads_books)),
    "geojson": Loader("townships.geojson", zones, ("siting.inputs",)),
    "geopackage": Loader("townships.gpkg", zones, ("siting.inputs",)),
    "shapefile": Loader("townships.parts", shapefile, ("siting.inputs",)),
    "geoparquet": Loader("streets.parquet", layer, ("siting.inputs", "geopandas.io")),
    "graphml": Loader("town.graphml", streets, reads_streets),
    "osm": Loader("town.osm", streets, reads_streets),
    "pbf": Loader("town.osm.pbf", streets, reads_streets),
    "raster": Loader("people.tif", raster, ("siting.inputs.rasters",)),
    "plan": Loader("plan.json", plan, ("siting.plan.plan_record", "json")),
    "kept": Loader("kept.npz", kept, ("siting.cache", "numpy.lib", "zipfile")),
}


def written(name: str, content: bytes) -> Path:
    path = folder() / loaders[name].file
    path.write_bytes(content)
    return path


def run(name: str, content: bytes) -> None:
    """Read some bytes with a loader; whatever it raises beside an InputError comes out."""
    from siting.errors import InputError

    path = written(name, content)
    with suppress(InputError):
        loaders[name].load(path)
    if name == "pbf":
        close_left_open(path)


def close_left_open(path: Path) -> None:
    """Close a damaged file, which libosmium leaves open; a process has 20,000 at most or fewer."""
    for held in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            if held.readlink() == path:
                os.close(int(held.name))


def seed(name: str, good: Path) -> bytes | None:
    """Return a good input of a loader from a folder of many_formats, None where it has none."""
    if name == "shapefile":
        parts = [(good / f"townships{end}").read_bytes() for end in shapefile_ends]
        return b"".join(struct.pack("<H", len(part)) + part for part in parts)
    if name == "sheet":
        with zipfile.ZipFile(template()) as book:
            return book.read(sheet_member)
    if name == "kept":
        import numpy as np

        path = folder() / "good.npz"
        np.savez(path, names=np.array("{}"), x=np.arange(3))
        return path.read_bytes()
    path = good / {"study_workbook": "study/study.xlsx"}.get(name, loaders[name].file)
    return path.read_bytes() if path.exists() else None


if __name__ == "__main__":
    import atheris

    target = sys.argv[1]
    with atheris.instrument_imports(include=list(loaders[target].modules)):
        run(target, b"")
    warnings.simplefilter("error")
    limits = [f"-timeout={longest_s}", f"-rss_limit_mb={most_mb}"]
    atheris.Setup([sys.argv[0], *limits, *sys.argv[2:]], partial(run, target))
    atheris.Fuzz()
