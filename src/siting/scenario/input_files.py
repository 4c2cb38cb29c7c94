"""The files that a scenario names."""

from typing import Literal

from siting.scenario.strict import Strict


class InputFiles(Strict):
    """Files of the study, relative to the scenario file."""

    streets: str
    """Streets: an OpenStreetMap file (.osm.pbf, .osm), GraphML or GeoPackage as osmnx writes them,
    or an edge table (GeoParquet, GeoPackage, Shapefile) with a ``highway`` column."""
    townships: str | None = None
    """Polygons of the townships; together they are the study area."""
    seats: str | None = None
    """Table of township seats, where there are no polygons: each place belongs to the seat that
    is nearest on the streets. Seats without coordinates are found by name in an OpenStreetMap file
    of streets."""
    communities: str | None = None
    """Polygons of the communities."""
    residents: str
    """Table of residents by year, for each community, township or district, or the area."""
    cells: str | None = None
    """Table of demand cells."""
    facilities: str | None = None
    """Table of existing facilities."""
    hosts: str | None = None
    """Table of candidate hosts."""
    areas: str | None = None
    """Polygons of new residential areas, or a table of points with the area of their sites."""
    medical: str | None = None
    """Table of medical institutions."""
    tracked: str | None = None
    """Table of indicators that are tracked, not planned for."""
    placed: str | None = None
    """Table of coordinates for sites that had an address only."""
    coordinates: Literal["wgs84", "gcj02", "bd09"] = "wgs84"
    """What ``lon`` and ``lat`` of the tables are: WGS-84, or the shifted ones of Chinese map
    services (Amap and Tencent: GCJ-02; Baidu: BD-09)."""
    missing_crs: str | None = None
    """CRS of the layers that do not state theirs, such as a Shapefile without .prj."""
