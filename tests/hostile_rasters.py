"""Hostile rasters of people."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import rasterio

import many_formats
from hostile_files import (
    Case,
    Refused,
    Spoil,
    after,
    cut,
    flipped,
    folder_for,
    holding,
    pipe_for,
    without,
)

unread = "cannot be read"


def people(change: Callable[[np.ndarray], np.ndarray] | None = None, **options) -> Spoil:
    """Write the raster of people with something changed."""

    def spoil(folder: Path) -> None:
        values = many_formats.pixels()
        many_formats.write_people(
            folder / "people.tif", values if change is None else change(values), **options
        )

    return spoil


def set_pixel(value: float) -> Callable[[np.ndarray], np.ndarray]:
    def change(values):
        values[6, 6] = value
        return values

    return change


def sparse(folder: Path) -> None:
    """Claim a terabyte of pixels of which none is in the file."""
    with rasterio.open(
        folder / "people.tif",
        "w",
        driver="GTiff",
        width=500_000,
        height=500_000,
        count=1,
        dtype="float32",
        crs="EPSG:32650",
        tiled=True,
        blockxsize=512,
        blockysize=512,
        transform=rasterio.Affine(0.01, 0, 198_000, 0, -0.01, 3_002_000),
        sparse_ok=True,
        BIGTIFF="YES",
    ):
        pass


def rasters() -> list[Case]:
    file = "people.tif"
    affine = rasterio.Affine

    def case(name, spoil, outcome):
        return Case(f"raster {name}", spoil, outcome, "check raster.yaml", file)

    def turned(folder: Path) -> None:
        people(transform=affine(90, 20, 199_400, 20, -90, 3_000_600))(folder)

    return [
        case("empty", holding(file, b""), Refused(unread)),
        case("missing", without(file), Refused("there is no such file")),
        case("a folder", folder_for(file), Refused("is a folder")),
        case("a pipe", pipe_for(file), Refused("is no file but a pipe")),
        case("of its magic alone", holding(file, b"II*\0"), Refused(unread)),
        case(
            "whose directory is itself",
            holding(file, b"II*\0\x08\0\0\0\0\0\x08\0\0\0"),
            Refused(unread),
        ),
        *(case(f"cut at {share:.0%}", cut(file, share), Refused(file)) for share in (0.1, 0.5)),
        case("of another kind", holding(file, b"\x89PNG\r\n\x1a\n" + b"\0" * 64), Refused(unread)),
        case(
            "a VRT of another file",
            holding(
                file,
                '<VRTDataset rasterXSize="20" rasterYSize="10"><VRTRasterBand band="1">'
                "<SimpleSource><SourceFilename>/etc/passwd</SourceFilename></SimpleSource>"
                "</VRTRasterBand></VRTDataset>",
            ),
            Refused(unread),
        ),
        case("without a CRS", people(crs=None), Refused("the CRS is missing")),
        case("with a CRS in degrees", people(crs="EPSG:4326"), Refused("CRS is in degrees")),
        case("rotated", turned, Refused("rotated")),
        case(
            "of two bands",
            people(lambda values: np.stack([values, values])),
            Refused("has 2 bands"),
        ),
        case(
            "of complex numbers",
            people(lambda values: values.astype("complex64"), nodata=None),
            Refused("its values are complex64"),
        ),
        case("of nobody", people(lambda values: values * 0), Refused("no pixel")),
        case("of NoData alone", people(lambda values: values * 0 - 1), Refused("no pixel")),
        case(
            "without NoData",
            people(lambda values: np.where(values == 0, -99999, values).astype("float32")),
            Refused("lost its NoData"),
        ),
        case("with NaN", people(set_pixel(np.nan)), Refused("hold no number of people (nan)")),
        case("with infinity", people(set_pixel(np.inf)), Refused("no number of people")),
        case("with 3e38 people", people(set_pixel(3e38)), Refused("no number of people")),
        case("with -5 people", people(set_pixel(-5)), Refused("no number of people")),
        case("with a scale", people(lambda values: values * 1e5), Refused(file)),
        case(
            "of pixels of no size",
            people(transform=affine(0, 0, 199_400, 0, 0, 3_000_600)),
            Refused(file),
        ),
        case(
            "of NaN as its corner",
            people(transform=affine(100, 0, np.nan, 0, -100, np.nan)),
            Refused(file),
        ),
        case("of a terabyte", sparse, Refused("pixels would be read")),
        case(
            "elsewhere",
            people(transform=affine(100, 0, 900_000, 0, -100, 3_000_600)),
            Refused("lies outside the raster"),
        ),
        case(
            "of one pixel for everything",
            people(
                lambda values: np.array([[1680.0]], dtype="float32"),
                transform=affine(1e5, 0, 150_000, 0, -1e5, 3_050_000),
            ),
            Refused(file),
        ),
        case(
            "with packed pixels that are noise",
            after(people(compress="deflate"), flipped(file, 0.9), flipped(file, 0.95)),
            Refused(unread),
        ),
    ]
