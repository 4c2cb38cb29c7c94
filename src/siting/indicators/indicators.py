"""The table of figures of a state of the sites."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from siting.demand import Demand
from siting.indicators.children import children_of_cells
from siting.indicators.counting import places_counted, places_per_thousand
from siting.indicators.sites_in_year import SitesInYear
from siting.inputs import Inputs, no_zone, places
from siting.notebook import Figure, card, figure, table
from siting.reach import Reach, site_limits_s
from siting.scenario import Scenario

shown_figures = {
    "residents": ("常住人口 residents", "count"),
    "under3": ("3岁以下 under-3s", "count"),
    "places": ("托位 places", "count"),
    "places_per_thousand": ("每千人 per thousand", "per thousand"),
    "inclusive_share": ("普惠占比 inclusive", "share"),
    "township_coverage": ("乡镇覆盖 townships", "share"),
    "population_coverage": ("可达占比 within reach", "share"),
    "fill_existing": ("原有使用率 fill", "share"),
    "fill_new": ("新增使用率 fill of new", "share"),
}
"""Figure that a notebook shows -> what it is called, its unit."""


@dataclass(frozen=True)
class Indicators:
    """Figures of one state of the sites in one year.

    Attributes
    ----------
    table
        One row for the area, each district and each township: ``level, code, name``, then the
        counts of people, children, townships and places that docs/files.md lists, which add up
        from township to district to area, and from them ``places_per_thousand``,
        ``inclusive_share``, ``township_coverage``, ``population_coverage``, ``fill_enrolled``
        (children enrolled today who stay / existing places), ``fill_existing`` and ``fill_new``
        (with the additional children). Shares are missing where there is nothing to divide by.
        Under-3s who want a place (takers) are served within reach, keep a place beyond the limit
        (served_beyond), reach only full places, or reach none; they are counted where they live.
        Children in places are counted where the site is, and can come from outside the zone;
        those of a host's own staff are ``staff_children``.
    year
        The year of the figures.
    """

    table: pd.DataFrame
    year: int

    def _repr_html_(self) -> str:
        rows = self.table[self.table["level"] != "township"]
        head = ("", *(title for title, _ in shown_figures.values()))
        body = (
            (
                row["name"] or "全域 area",
                *(
                    Figure(f"{row[name]:,.0f}") if unit == "count" else figure(row[name], unit)
                    for name, (_, unit) in shown_figures.items()
                ),
            )
            for _, row in rows.iterrows()
        )
        return card("指标 indicators", [("年 year", str(self.year))], table(head, body))

    @property
    def area(self) -> pd.Series:
        """Figures of the whole study area."""
        return self.table.iloc[0]

    def of(self, level: str) -> pd.DataFrame:
        """Return the rows of a level: area, district or township."""
        return self.table[self.table["level"] == level].reset_index(drop=True)


def measure(
    scenario: Scenario,
    inputs: Inputs,
    reach: Reach,
    demand: Demand,
    state: pd.DataFrame,
    served: pd.DataFrame,
    year: int,
) -> Indicators:
    """Compute the figures of a state of the sites.

    Parameters
    ----------
    demand
        The demand of ``year``, with every site open.
    state
        ``open`` and ``<kind>_classes`` of every site, in the order of ``inputs.sites``.
    served
        ``cell, site, band, children``: additional children given a place, by position.
    year
        Base year or planned year.
    """
    sites, townships, cells = inputs.sites, inputs.townships, inputs.cells
    zones = len(townships)
    counts = pd.DataFrame(index=range(zones))

    def by_zone(zone: np.ndarray, amount: np.ndarray) -> np.ndarray:
        inside = zone != no_zone
        return np.bincount(zone[inside], weights=amount[inside], minlength=zones)

    home, seat = cells["zone"].to_numpy(), sites["zone"].to_numpy()
    is_open = state["open"].to_numpy(dtype=bool)
    now = places(state, scenario).astype(float)
    before = places(sites, scenario).astype(float)
    for_residents = sites["opens_to_residents"].to_numpy(dtype=bool)
    demand = demand.under(is_open)
    counts["residents"] = townships[f"residents_{year}"].to_numpy(dtype=float)
    counts["under3"] = by_zone(home, demand.under3)
    counts["townships"] = 1.0
    counts["townships_covered"] = np.minimum(
        by_zone(seat, (is_open & _counts(scenario, sites, "township_coverage")).astype(float)), 1.0
    )
    limit_s = site_limits_s(scenario, sites)
    covers = is_open & for_residents & _counts(scenario, sites, "population_coverage")
    counts["under3_covered"] = by_zone(home, demand.under3 * reach.reached(limit_s, covers))
    full_day = places_counted(scenario, state)
    staff = demand.staff.sum(axis=1)
    of_residents = places_per_thousand(scenario, inputs, state, staff)
    counts["places"] = by_zone(seat, of_residents * _counts(scenario, sites, "per_thousand"))
    shared = full_day * _counts(scenario, sites, "inclusive_share")
    counts["places_in_share"] = by_zone(seat, shared)
    counts["places_inclusive"] = by_zone(seat, shared * sites["inclusive"].to_numpy(dtype=float))
    new = np.maximum(now - before, 0.0)
    counts["sites"] = by_zone(seat, is_open.astype(float))
    counts["places_existing"] = by_zone(seat, now - new)
    counts["places_new"] = by_zone(seat, new)

    at_home = children_of_cells(scenario, inputs, reach, demand, state, served)
    for name in at_home:
        counts[name] = by_zone(home, at_home[name].to_numpy())
    additional = served["children"].to_numpy(dtype=float)
    at_site = np.bincount(
        served["site"].to_numpy(dtype=int), weights=additional, minlength=len(sites)
    )
    in_new = children_in_new_places(before, new, demand.enrolled.sum(axis=1), at_site + staff)
    counts["staff_children"] = by_zone(seat, staff)
    counts["enrolled"] = by_zone(seat, demand.enrolled.sum(axis=1))
    counts["children_in_existing_places"] = by_zone(
        seat, demand.enrolled.sum(axis=1) + at_site + staff - in_new
    )
    counts["children_in_new_places"] = by_zone(seat, in_new)
    return Indicators(_with_levels(counts, townships), year)


def measure_sites(sites: SitesInYear) -> Indicators:
    """Compute the figures of a year of a plan, or of today; see :func:`measure`."""
    return measure(
        sites.scenario,
        sites.inputs,
        sites.reach,
        sites.demand,
        sites.state,
        sites.served,
        sites.year,
    )


def children_in_new_places(
    before: np.ndarray, new: np.ndarray, enrolled: np.ndarray, additional: np.ndarray
) -> np.ndarray:
    """Return the children in the new places of each site.

    At a site that had places before, the children fill those first.

    Parameters
    ----------
    before, new
        Places before the plan, and places added by it.
    enrolled, additional
        Children enrolled before who stay, and children added.
    """
    return np.where(new > 0, np.maximum(enrolled + additional - before, 0.0), 0.0)


def _counts(scenario: Scenario, sites: pd.DataFrame, target_kind: str) -> np.ndarray:
    return sites["tier"].isin(scenario.tiers_counted_in(target_kind)).to_numpy()


def _with_levels(counts: pd.DataFrame, townships: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return counts and shares for the area, its districts and its townships."""
    levels = []
    for level, keys, labels in (
        ("area", pd.Series("", index=counts.index), pd.Series("", index=counts.index)),
        ("district", townships["district_code"], townships["district"]),
        ("township", townships["township_code"], townships["township"]),
    ):
        summed = counts.groupby(keys.to_numpy()).sum()
        names = labels.groupby(keys.to_numpy()).first()
        summed.insert(0, "name", names)
        summed.insert(0, "code", summed.index)
        summed.insert(0, "level", level)
        levels.append(summed)
    table = pd.concat(levels, ignore_index=True)
    return table.assign(
        places_per_thousand=_ratio(1000 * table["places"], table["residents"]),
        inclusive_share=_ratio(table["places_inclusive"], table["places_in_share"]),
        township_coverage=_ratio(table["townships_covered"], table["townships"]),
        population_coverage=_ratio(table["under3_covered"], table["under3"]),
        fill_enrolled=_ratio(table["enrolled"], table["places_existing"]),
        fill_existing=_ratio(table["children_in_existing_places"], table["places_existing"]),
        fill_new=_ratio(table["children_in_new_places"], table["places_new"]),
    )


def _ratio(part: pd.Series, whole: pd.Series) -> pd.Series:
    return part / whole.where(whole > 0)
