"""Builds the study of Reykjavík `data/reykjavik/` from one pinned archive.

    python data/reykjavik/build.py [--cache DIR] [--out DIR]

Needs pip, osmium, pandas, shapely. The same versions give the same bytes on every run.
"""

import argparse
import tempfile
from pathlib import Path

import crop
import residents
import seats
import source


def write_table(table, path):
    """CSV that Excel opens as UTF-8."""
    table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")


def main():
    """Build and write everything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--cache", type=Path, help="folder for the download (default: a temporary one)"
    )
    parser.add_argument(
        "--out", type=Path, default=Path(__file__).parent, help="default: this folder"
    )
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        cache = asked.cache or Path(temporary)
        cache.mkdir(parents=True, exist_ok=True)
        iceland = source.unpack(source.fetch(cache), temporary)
        crop.crop(iceland, asked.out / "reykjavik.osm.pbf")
        write_table(seats.make_seats(iceland), asked.out / "seats.csv")
    write_table(residents.make_residents(), asked.out / "residents.csv")


if __name__ == "__main__":
    main()
