"""Layers of a plan for a geographic information system, with styles for QGIS.

Reads :class:`~siting.review.findings.Findings`, gives plan.gpkg and GeoParquet files. The home of
QGIS's own form of a style (QML). Does not: compute a figure.
"""

from siting.review.gis.files import write_geopackage, write_geoparquet

__all__ = ["write_geopackage", "write_geoparquet"]
