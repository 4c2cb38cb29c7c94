"""New residential areas (新建居住区): when each is handed over, and the places inside it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import shapely

from siting.indicators.amounts import amounts_of
from siting.indicators.counting import places_counted
from siting.indicators.sites_in_year import SitesInYear
from siting.inputs.zones import no_zone, zone_of
from siting.scenario import Target

columns = {
    "area_id": "object",
    "name": "object",
    "township": "object",
    "year": "int64",
    "hand_over_year": "int64",
    "people": "float64",
    "sites": "int64",
    "target": "object",
    "places": "float64",
    "per_thousand": "float64",
    "required": "float64",
    "met": "object",
}
"""Column of the table of new areas -> its type."""


def new_area_table(sites: SitesInYear, targets: Sequence[Target]) -> pd.DataFrame:
    """Return what stands in each new residential area in a year.

    Parameters
    ----------
    targets
        Those of new areas are read, others are left out.

    Returns
    -------
    pandas.DataFrame
        ``area_id, name, township`` (empty where it lies in none) ``, year, hand_over_year,
        people`` (as planned) ``, sites`` (open inside) ``, target`` (id; empty where none asks for
        places) ``, places`` (full-day places inside that count in the target, of all open sites
        without one) ``, per_thousand`` (of its people; missing before the hand-over) ``, required,
        met`` (None before the hand-over and without a target), one row for each target of new
        areas, or one in all without such a target, and area. No rows without new areas.
    """
    inputs = sites.inputs
    areas = inputs.areas
    if areas is None:
        return pd.DataFrame(columns=list(columns)).astype(columns)
    points = shapely.point_on_surface(np.asarray(areas.geometry.array))
    home = zone_of(shapely.get_x(points), shapely.get_y(points), inputs.townships)
    names = np.append(inputs.townships["township"].to_numpy(dtype=object), "")
    due = (areas["hand_over_year"] <= sites.year).to_numpy()
    people = areas["people"].to_numpy(dtype=float)
    inside = inputs.sites["area"].to_numpy()
    lies = (inside != no_zone) & sites.is_open
    told = pd.DataFrame(
        {
            "area_id": areas["area_id"].to_numpy(),
            "name": areas["name"].to_numpy(),
            "township": names[np.where(home == no_zone, len(names) - 1, home)],
            "year": sites.year,
            "hand_over_year": areas["hand_over_year"].to_numpy(),
            "people": people,
            "sites": np.bincount(inside[lies], minlength=len(areas)),
        }
    )
    asking = [target for target in targets if target.kind == "new_area"]
    counted = places_counted(sites.scenario, sites.state)

    def held_by(which: np.ndarray) -> np.ndarray:
        return np.bincount(inside[which], weights=counted[which], minlength=len(areas))

    if not asking:
        held = held_by(lies)
        share = np.divide(
            1000 * held, people, out=np.full(len(areas), np.nan), where=due & (people > 0)
        )
        told = told.assign(target="", places=held, per_thousand=share, required=np.nan, met=None)
        return told[list(columns)].astype(columns)
    parts = []
    for target in asking:
        amounts = amounts_of(sites, target)
        asked, short = amounts.whole > 0, amounts.short_of(target.required)
        met = [
            bool(not lacks) if is_due else None for is_due, lacks in zip(asked, short, strict=True)
        ]
        parts.append(
            told.assign(
                target=target.id,
                places=held_by(lies & sites.counts(target)),
                per_thousand=amounts.of_each,
                required=target.required,
                met=pd.Series(met, dtype=object),
            )
        )
    return pd.concat(parts, ignore_index=True)[list(columns)].astype(columns)
