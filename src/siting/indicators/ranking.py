"""Townships ranked against every target, and over all targets (多维晾晒)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from siting.indicators.amounts import amounts_of, sites_counted
from siting.indicators.counting import sites_required, zone_of_township
from siting.indicators.sites_in_year import SitesInYear
from siting.notes import Note
from siting.scenario import Target
from siting.scenario.targets import TierCount, ZoneCount

digits_ranked = 6
"""Decimals of a figure by which townships are told apart: those that tables of a run show."""

nothing_to_measure = {
    "per_thousand": Note(zh="没有常住人口", en="no residents"),
    "inclusive_share": Note(zh="没有计入的托位", en="no places that count"),
    "community_coverage": Note(zh="没有计入的社区", en="no communities that count"),
    "population_coverage": Note(
        zh="没有该目标所指的3岁以下婴幼儿", en="no under-3s of the group that the target names"
    ),
    "enrolment": Note(zh="没有3岁以下婴幼儿", en="no under-3s"),
    "fill": Note(zh="没有应使用的新增托位", en="no new places that are to be filled"),
    "new_area": Note(
        zh="没有已交付且有规划人口的新建居住区", en="no new area with people is handed over"
    ),
    "pairing": Note(zh="没有应接受指导的开放机构", en="no open institutions that are to be guided"),
}
"""Why a township has no figure, by kind of target; other kinds always have one."""

never_ranked = Note(
    zh="没有可排名的目标：各项没有数据，或只对全区、区县要求个数",
    en="no target to be ranked by: without figures, or numbers asked of the area or of districts",
)

columns = (
    "target",
    "year",
    "kind",
    "township_code",
    "township",
    "figure",
    "unit",
    "meets",
    "rank",
    "ranked",
    "tied",
    "reason",
    "reason_en",
)


def rank_townships(sites: SitesInYear, targets: Sequence[Target]) -> pd.DataFrame:
    """Rank the townships against each target: 1, 2, 2, 4, best first.

    Parameters
    ----------
    sites
        A year of a plan, or today.
    targets
        Those to rank by; budgets are left out, since money is of no township.

    Returns
    -------
    pandas.DataFrame
        One row for each target and township; targets in their order, townships best first, then
        those without a rank; by code where they share a rank.

        - ``target`` (id), ``year`` (of the figures), ``kind``, ``township_code``, ``township``
        - ``figure`` in ``unit``: share, per thousand or sites; NaN where there is nothing to
          measure. Coverage by townships is 1 or 0. Children who have a place count where they
          live, places and sites where they are.
        - ``meets``: whether the township by itself has what is required, True or False; where
          every site or new area is asked by itself, whether all of the township's have it. None
          where it has no figure, and where a number is asked of the area or of districts.
        - ``rank``: figures equal to six decimals share one. More is better, but for a number of
          sites that is only bounded above. ``ranked``: townships that have a figure. ``tied``:
          townships that share the rank, 1 where it has it alone. ``rank`` and ``tied`` are
          missing where there is no figure.
        - ``reason``, ``reason_en``: why there is no figure, in Chinese and English; else empty.
    """
    parts = [_of_target(sites, target) for target in targets if target.kind != "budget"]
    if not parts:
        return pd.DataFrame(columns=columns)
    return pd.concat(parts, ignore_index=True)


def rank_overall(table: pd.DataFrame) -> pd.DataFrame:
    """Rank the townships over all targets of a year, by how many of the others stand ahead.

    Parameters
    ----------
    table
        As :func:`rank_townships`; of one or more years.

    Returns
    -------
    pandas.DataFrame
        One row for each year and township, ordered and ranked as by :func:`rank_townships`:
        ``year, township_code, township, met`` (targets that it meets) ``, held`` (targets that it
        can be held against) ``, ranks`` (of these, targets in which it has a rank)
        ``, mean_ahead`` (mean over these of the share of the other townships with a figure
        that have a better rank, so that a rank among few weighs as one among many; the least is
        the best) ``, rank, ranked, tied, reason, reason_en``. A number of sites that is asked of
        the area or of districts holds no township to anything, and takes no part.
    """
    others = (table["ranked"] - 1).clip(lower=1)
    rows = table.assign(
        met=(table["meets"] == True).astype(int),  # noqa: E712  (neither False nor None)
        held=table["meets"].notna().astype(int),
        ahead=((table["rank"].astype(float) - 1) / others).where(table["meets"].notna()),
    )
    found = (
        rows.groupby(["year", "township_code"])
        .agg(
            township=("township", "first"),
            met=("met", "sum"),
            held=("held", "sum"),
            ranks=("ahead", "count"),
            mean_ahead=("ahead", "mean"),
        )
        .reset_index()
    )
    ranked = [
        _with_ranks(of_year, "mean_ahead", least_is_best=True, why=never_ranked)
        for of_year in [part for _, part in found.groupby("year")] or [found]
    ]
    return pd.concat(ranked, ignore_index=True)


def _of_target(sites: SitesInYear, target: Target) -> pd.DataFrame:
    figure, meets = _figures(sites, target)
    townships = sites.inputs.townships
    table = pd.DataFrame(
        {
            "target": target.id,
            "year": sites.year,
            "kind": target.kind,
            "township_code": townships["township_code"].to_numpy(),
            "township": townships["township"].to_numpy(),
            "figure": figure,
            "unit": "sites" if isinstance(target, ZoneCount) else target.unit,
            "meets": meets,
        }
    )
    least_is_best = isinstance(target, TierCount) and target.at_least is None
    why = nothing_to_measure.get(target.kind, never_ranked)
    return _with_ranks(table, "figure", least_is_best=least_is_best, why=why)


def _figures(sites: SitesInYear, target: Target) -> tuple[np.ndarray, np.ndarray]:
    """Return the figure of each township, and whether it meets the target."""
    if isinstance(target, TierCount | ZoneCount):
        number = sites_counted(sites, target)
        return number.astype(float), _meets_number(sites, target, number)
    amounts = amounts_of(sites, target)
    townships = amounts.by_township(len(sites.inputs.townships))
    short = townships.short_of(target.required)
    if target.kind == "new_area" or (target.kind == "fill" and target.within == "site"):
        short = np.isin(townships.zone, amounts.zone[amounts.short_of(target.required)])
    meets = (~short).astype(object)
    meets[townships.whole <= 0] = None
    return townships.of_each, meets


def _meets_number(
    sites: SitesInYear, target: TierCount | ZoneCount, number: np.ndarray
) -> np.ndarray:
    if isinstance(target, TierCount) or target.zone == "district":
        return np.full(len(number), None)
    zone, _ = zone_of_township(sites.inputs, target)
    needed = sites_required(sites.inputs, target, sites.demand.under3)[zone]
    return (number >= needed).astype(object)


def _with_ranks(
    table: pd.DataFrame, figure: str, *, least_is_best: bool, why: Note
) -> pd.DataFrame:
    """Return townships with ``rank, ranked, tied, reason, reason_en``, best first."""
    told = table[figure].round(digits_ranked)
    has_none = told.isna()
    ranks = table.assign(
        rank=told.rank(method="min", ascending=least_is_best).astype("Int64"),
        ranked=int((~has_none).sum()),
        tied=told.groupby(told).transform("size").astype("Int64"),
        reason=np.where(has_none, why.zh, ""),
        reason_en=np.where(has_none, why.en, ""),
    )
    return ranks.sort_values(["rank", "township_code"], ignore_index=True)
