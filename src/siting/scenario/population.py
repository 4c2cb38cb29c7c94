"""Where people are: how demand cells are made where no table of cells is given."""

from typing import Annotated, Literal

from pydantic import Field

from siting.scenario.strict import Positive, PositiveShare, Strict


class PopulationTable(Strict):
    """Cells as points or H3 cells in the table ``inputs.cells``."""

    kind: Literal["cells"]


class PopulationRaster(Strict):
    """Cells of a raster such as WorldPop or GHS-POP, rescaled to the residents table."""

    kind: Literal["raster"]
    residents: str
    """GeoTIFF of people per pixel."""
    under1: str | None = None
    """GeoTIFF of children under one year (WorldPop band 00)."""
    aged_1_to_4: str | None = None
    """GeoTIFF of children of one to four years (WorldPop band 01)."""
    aged_1_to_4_factor: PositiveShare = 0.5
    """Under-3s = under1 + factor x aged_1_to_4: two of four birth years (assumption: births are
    even)."""
    source: str = Field(min_length=1)
    """Product, version, year and licence of the rasters."""


class PopulationStreets(Strict):
    """Points along residential streets; the residents are spread over them evenly by length."""

    kind: Literal["streets"]
    spacing_m: Annotated[Positive, Field(ge=20, le=1000)] = 100.0
    """Distance of the points along a street."""
    highways: tuple[str, ...] = ("residential", "living_street", "unclassified")
    """OpenStreetMap ``highway`` values along which people live."""
    source: str = Field(min_length=1)
    """Why this spread, or the word assumption; shown with the figures."""


Population = Annotated[
    PopulationTable | PopulationRaster | PopulationStreets, Field(discriminator="kind")
]
