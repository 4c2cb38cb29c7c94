"""The layers of a plan: sites, townships, cells and isochrones of the last planned year."""

import geopandas as gpd
import pandas as pd

from siting.indicators import prevailing
from siting.review.findings import Findings


def layers_of(findings: Findings) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers by name, in the order in which they lie over one another, lowest first.

    Returns
    -------
    dict of geopandas.GeoDataFrame
        ``cells, townships, isochrones, sites`` in the metric CRS of the study.
    """
    return {
        "cells": _cells(findings),
        "townships": _townships(findings),
        "isochrones": findings.isochrones.reset_index(drop=True),
        "sites": _sites(findings),
    }


def _sites(findings: Findings) -> gpd.GeoDataFrame:
    sites = findings.plan.sites
    points = gpd.points_from_xy(sites["lon"], sites["lat"])
    return gpd.GeoDataFrame(sites, geometry=points, crs=4326).to_crs(findings.inputs.crs)


def _townships(findings: Findings) -> gpd.GeoDataFrame:
    figures = findings.plan.indicators.of("township").merge(
        findings.today.of("township"), on=["level", "code", "name"], suffixes=("", "_today")
    )
    townships = findings.inputs.townships[["township_code", "district", "area_type", "geometry"]]
    merged = townships.merge(
        figures.drop(columns="level"), left_on="township_code", right_on="code"
    )
    return merged.drop(columns="code")


def _cells(findings: Findings) -> gpd.GeoDataFrame:
    cells = findings.inputs.cells
    table = cells.drop(columns=["x", "y", "zone", "community", "lon", "lat"], errors="ignore")
    children = findings.children["plan"][findings.scenario.last_year].reset_index(drop=True)
    table = pd.concat([table.reset_index(drop=True), children], axis=1)
    points = gpd.points_from_xy(cells["x"], cells["y"])
    return gpd.GeoDataFrame(
        table.assign(service=prevailing(children)), geometry=points, crs=findings.inputs.crs
    )
