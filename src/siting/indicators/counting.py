"""How targets count: rounding of shares, groups of children, sites that zones need."""

from math import ceil

import numpy as np
import pandas as pd

from siting.inputs import Inputs
from siting.scenario import Scenario
from siting.scenario.targets import (
    CommunityCoverage,
    Target,
    TownshipCoverage,
    ZoneCount,
)

tolerance = 1e-6
"""A target counts as met when at most this share of it is missing: the solver's tolerance."""


def count_required(share: float, number: int) -> int:
    """Return ceil(share x number); 0.7 of 10 is 7, whatever binary fractions say."""
    return ceil(share * number - tolerance)


def group_share(inputs: Inputs, group: str, year: int) -> np.ndarray:
    """Return for each cell the share of its under-3s of a year who are of a group.

    Parameters
    ----------
    group
        One that a target of population coverage may name.
    """
    cells = inputs.cells
    if group == "all":
        return np.ones(len(cells))
    if group in ("urban", "rural"):
        area_type = inputs.townships["area_type"].to_numpy(dtype=str)[cells["zone"]]
        return (area_type == group).astype(float)
    under3 = cells[f"under3_{year}"].to_numpy(dtype=float)
    children = cells[f"{group}_{year}"].to_numpy(dtype=float)
    return np.divide(children, under3, out=np.zeros(len(cells)), where=under3 > 0)


def zones_asked(inputs: Inputs, target: Target) -> pd.Series:
    """Return the names of the townships, or of the communities, that a coverage target counts.

    By position. Communities are counted by the area type of their township.
    """
    if isinstance(target, TownshipCoverage):
        return inputs.townships["township"].reset_index(drop=True)
    if not isinstance(target, CommunityCoverage) or inputs.communities is None:
        raise ValueError("only townships and communities are counted by name")
    names = inputs.communities["community"].reset_index(drop=True)
    if target.area_type == "all":
        return names
    types = inputs.townships.set_index("township_code")["area_type"]
    area_type = inputs.communities["township_code"].map(types)
    return names[(area_type == target.area_type).to_numpy()]


def zone_of_township(inputs: Inputs, target: Target) -> tuple[np.ndarray, np.ndarray]:
    """Return the position of the zone that each township is in, and the codes of the zones."""
    column = "township_code"
    if isinstance(target, ZoneCount) and target.zone == "district":
        column = "district_code"
    codes, position = np.unique(inputs.townships[column].to_numpy(dtype=str), return_inverse=True)
    return position, codes


def sites_required(inputs: Inputs, target: ZoneCount, under3: np.ndarray) -> np.ndarray:
    """Return the open sites that each zone needs.

    Parameters
    ----------
    under3
        Of each cell, in the year of the target.
    """
    zone, codes = zone_of_township(inputs, target)
    needed = np.full(len(codes), float(target.at_least))
    if target.children_per_site is not None:
        children = np.bincount(zone[inputs.cells["zone"]], weights=under3, minlength=len(codes))
        needed = np.maximum(needed, np.ceil(children / target.children_per_site - tolerance))
    return needed


def places_per_thousand(
    scenario: Scenario, inputs: Inputs, state: pd.DataFrame, staff: np.ndarray
) -> np.ndarray:
    """Return the full-day places of each site as targets per thousand residents count them.

    Where places of own staff do not count, what the staff take is left out, and so is every place
    of a site that is not open to residents.

    Parameters
    ----------
    staff
        Children of its own staff at each site.
    """
    full_day = places_counted(scenario, state)
    if scenario.own_staff_places_count:
        return full_day
    return np.where(inputs.sites["opens_to_residents"].to_numpy(dtype=bool), full_day - staff, 0.0)


def places_counted(scenario: Scenario, state: pd.DataFrame) -> np.ndarray:
    """Return the full-day places of each site: class size x equivalent x classes."""
    found = np.zeros(len(state))
    for name, kind in scenario.class_kinds.items():
        found += kind.size * kind.full_day_equivalent * state[f"{name}_classes"].to_numpy()
    return found
