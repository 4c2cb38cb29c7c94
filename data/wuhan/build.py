"""Builds the default study `data/wuhan/` from two pinned archives.

    python data/wuhan/build.py [--cache DIR] [--out DIR]

Needs pip, geopandas, pyarrow, scipy. The same versions give the same bytes on every run.
"""

import argparse
import tempfile
from pathlib import Path

import checks
import illustrative
import numpy as np
import shapely
import sources
import zones

SEED = 20_270_101


def build(cache):
    """Every table of the data set by file name."""
    streets = sources.read_source_streets(sources.fetch(sources.STREETS, cache))
    districts = sources.read_source_districts(sources.fetch(sources.DISTRICTS, cache))
    clipped = sources.clip_districts(districts, streets)
    census = zones.placed_share(zones.node_table(streets), districts, clipped)
    streets = sources.keep_near(streets, clipped.union_all())
    nodes = zones.node_table(streets)

    rng = np.random.default_rng(SEED)
    communities = zones.draw_zones(nodes, clipped, census, rng)
    cells = zones.place_people(nodes, communities, census)
    residents = zones.township_residents(cells, census)
    townships, density = zones.finish_townships(communities, residents)

    about = illustrative.describe_townships(townships, residents, cells, density, rng)
    places = illustrative.Places(cells, townships, rng)
    new_areas = illustrative.draw_new_areas(about, cells, townships, rng)
    hosts = illustrative.draw_hosts(about, new_areas, places, rng)
    facilities = illustrative.draw_facilities(about, places, rng)
    medical = illustrative.draw_medical(about, places, rng)
    return {
        "census": census,
        "nodes": nodes,
        "streets": streets,
        "districts": zones.merge(communities, ["district_code", "district"]),
        "townships": townships,
        "communities": communities[["community_code", "community", "township_code", "geometry"]],
        "cells": cells,
        "residents": residents,
        "facilities": facilities,
        "hosts": hosts,
        "medical": medical,
        "new_areas": _rounded(new_areas.drop(columns="township_code")),
    }


def _rounded(table):
    """The table in WGS-84 with six decimals."""
    table = table.to_crs("EPSG:4326")
    shapes = shapely.transform(table.geometry.to_numpy(), lambda xy: np.round(xy, 6))
    return table.set_geometry(shapes, crs="EPSG:4326")


def write(data, folder):
    """The files of the data set."""
    folder.mkdir(parents=True, exist_ok=True)
    data["streets"].to_parquet(folder / "streets.parquet", compression="zstd", compression_level=19)
    for name in ("districts", "townships", "communities", "new_areas"):
        # RFC7946 layers carry no CRS member: longitude and latitude, WGS-84.
        data[name].to_file(
            folder / f"{name}.geojson",
            driver="GeoJSON",
            engine="pyogrio",
            RFC7946="YES",
            COORDINATE_PRECISION=6,
        )
    cells = data["cells"][["cell_id", "lon", "lat", "residents"]]
    for name, table in {**data, "cells": cells}.items():
        if name in ("cells", "residents", "facilities", "hosts", "medical"):
            table.to_csv(
                folder / f"{name}.csv", index=False, encoding="utf-8-sig", lineterminator="\n"
            )


def main():
    """Build, write, check and print what was built."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--cache", type=Path, help="folder for the downloads (default: a temporary one)"
    )
    parser.add_argument(
        "--out", type=Path, default=Path(__file__).parent, help="default: this folder"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        cache = asked.cache or Path(temporary)
        cache.mkdir(parents=True, exist_ok=True)
        data = build(cache)
    write(data, asked.out)
    checks.check(asked.out, data["census"], data["nodes"])
    print(checks.summary(asked.out, data["census"]))


if __name__ == "__main__":
    main()
