"""Hosts in new residential areas: they open when their area is handed over, or later."""

import geopandas as gpd
import pandas as pd

from siting.inputs.zones import no_zone
from siting.notes import Note


def await_hand_over(
    sites: pd.DataFrame, areas: gpd.GeoDataFrame | None, name: str
) -> tuple[pd.DataFrame, tuple[Note, ...]]:
    """Return sites of which no candidate opens before the new area that it lies in exists.

    Parameters
    ----------
    sites
        With ``status, area`` (position in ``areas``) and ``from_year``.
    areas
        With ``hand_over_year``; None where there are none.
    name
        How messages call the table of hosts.

    Returns
    -------
    pandas.DataFrame, tuple of Note
        The sites with their ``from_year``, and how many were put off.
    """
    if areas is None:
        return sites, ()
    lies = ((sites["area"] != no_zone) & (sites["status"] == "candidate")).to_numpy()
    year = areas["hand_over_year"].to_numpy()[sites["area"].to_numpy()[lies]]
    told = sites["from_year"].astype(float)
    late = told[lies].fillna(0).to_numpy() < year
    put_off = sites.index[lies][late]
    if not len(put_off):
        return sites, ()
    told[put_off] = year[late]
    return sites.assign(from_year=told), (
        Note(
            zh=f"{name}：{len(put_off)}处位于新建居住区的载体，最早于居住区交付年份开办",
            en=f"{name}: {len(put_off)} hosts lie in new residential areas and open when these are "
            "handed over, or later",
        ),
    )
