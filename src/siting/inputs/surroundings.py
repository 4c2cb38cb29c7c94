"""Facilities beyond the border of the study area: they may cover those who live inside."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from siting.inputs.zones import no_zone
from siting.notes import Note
from siting.scenario import Scenario

most_named = 10
"""Sites named in a note; all are counted."""


def surroundings(
    sites: pd.DataFrame, townships: gpd.GeoDataFrame, scenario: Scenario, name: str
) -> tuple[Note, ...]:
    """Tell which facilities lie outside the study area, and which nobody there can reach.

    Nobody reaches a facility whose straight distance from the study area is longer than the
    longest way of its tier.

    Parameters
    ----------
    sites
        ``site_id, status, tier, x, y, zone``.
    townships
        Polygons in the CRS of the study.
    name
        How messages call the table of facilities.
    """
    outside = sites[(sites["status"] == "existing") & (sites["zone"] == no_zone)]
    longest_m = {tier: scenario.longest_way_m(tier) for tier in scenario.tiers}
    if outside.empty:
        km = max(longest_m.values()) / 1000
        return (
            Note(
                zh=f"{name}：规划范围外没有设施数据；范围外{km:.1f}公里（时限内最长路程）以内的现有设施"
                "也能覆盖范围内的家庭，请补充",
                en=f"{name}: there is no facility outside the study area; those within {km:.1f} km "
                "of it, the longest way within the limits, may cover families inside: please add "
                "them",
            ),
        )
    notes = [
        Note(
            zh=f"{name}：{len(outside)}处设施在规划范围外，可计入覆盖，不计入托位数",
            en=f"{name}: {len(outside)} facilities lie outside the study area; they may cover, and "
            "never count as places",
        )
    ]
    points = shapely.points(outside["x"], outside["y"])
    away_m = shapely.distance(points, shapely.union_all(np.asarray(townships.geometry.array)))
    far = outside["site_id"][away_m > outside["tier"].map(longest_m).to_numpy()]
    if len(far):
        named, more = far.head(most_named), len(far) > most_named
        notes.append(
            Note(
                zh=f"{name}：{len(far)}处设施离规划范围太远，范围内无人能在时限内到达，"
                f"请检查坐标：{'、'.join(named)}{'等' if more else ''}",
                en=f"{name}: {len(far)} facilities are so far from the study area that nobody "
                f"there can reach them within the limit; check their coordinates: "
                f"{', '.join(named)}{', ...' if more else ''}",
            )
        )
    return tuple(notes)
