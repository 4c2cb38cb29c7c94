"""Travel seconds between demand cells and sites."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from siting.errors import DataError, Problem
from siting.inputs import Inputs
from siting.network import Network, mode_names
from siting.notes import Note
from siting.reach.access import Access, find_access
from siting.reach.edge_of_data import cells_at_edge
from siting.reach.ways import Ways, guided_sites, guiding_ways, quickest_ways
from siting.scenario import Scenario, Tier

most_named = 20
"""Unreachable places named in a note; all are counted."""
visit_names = {
    "medical": ("医疗机构", "medical institutions"),
    "sites": ("受指导点位", "guided sites"),
}


@dataclass(frozen=True)
class Reach:
    """Who is how far from what: one entry for each pair within the limit of the site's tier.

    Entries are in the order of (cell, site). A missing pair is unreachable.

    Attributes
    ----------
    cell, site
        Positions in the tables of the inputs.
    seconds
        Travel time in whole seconds, rounded up once, here.
    cells, sites
        Number of rows of the two tables.
    cell_leg_m
        Mode -> straight distance of each cell to its street, metres.
    site_leg_m
        Straight distance of each site to its street, metres.
    at_edge
        Whether the reach of each cell touches the edge of the street data, so that a site beyond
        it could be nearer.
    notes
        What is unreachable, how far places lie from streets, whose reach touches the edge.
    guidance
        Ways from the medical institutions to the sites by the rules of the scenario's guidance;
        None without guidance or medical institutions.
    """

    cell: np.ndarray
    site: np.ndarray
    seconds: np.ndarray
    cells: int
    sites: int
    cell_leg_m: Mapping[str, np.ndarray]
    site_leg_m: np.ndarray
    at_edge: np.ndarray
    notes: tuple[Note, ...]
    guidance: Ways | None = None

    def pairs_within(self, limit_s: np.ndarray) -> np.ndarray:
        """Return for each entry whether it lies within the limit of its site.

        Parameters
        ----------
        limit_s
            Limit of each site in seconds; within means at most.
        """
        return self.seconds <= limit_s[self.site]

    def reached(self, limit_s: np.ndarray, chosen: np.ndarray) -> np.ndarray:
        """Return for each cell whether it reaches at least one of the chosen sites.

        Parameters
        ----------
        limit_s
            Limit of each site in seconds.
        chosen
            Whether each site counts.
        """
        reached = np.zeros(self.cells, dtype=bool)
        reached[self.cell[self.pairs_within(limit_s) & chosen[self.site]]] = True
        return reached


def site_limits_s(scenario: Scenario, sites: pd.DataFrame) -> np.ndarray:
    """Return the reach limit of each site, that of its tier, in seconds."""
    return sites["tier"].map({name: t.limit_s for name, t in scenario.tiers.items()}).to_numpy()


def measure_reach(
    scenario: Scenario,
    network: Network,
    inputs: Inputs,
    report: Callable[[float], None] = lambda _: None,
) -> Reach:
    """Travel between every site and every cell within the limit of the site's tier.

    The time of a pair is the straight walk from the cell to the nearest point of a street, the
    quickest way along the streets by the mode of the tier, and the straight walk to the site, in
    milliseconds, rounded up to whole seconds. One-way streets count as the tier's direction says.

    Parameters
    ----------
    report
        Called with the share of the sites that is done.

    Raises
    ------
    DataError
        There is no site, or no cell lies near a street.
    """
    cells, sites = inputs.cells, inputs.sites
    if sites.empty:
        raise DataError(
            [
                Problem(
                    "the sites of the study",
                    "there is no site with coordinates",
                    "fill in facilities or hosts, or place those that have an address with: "
                    "siting place",
                )
            ]
        )
    limit_m = scenario.walk.snap_limit_m
    x, y = cells["x"].to_numpy(), cells["y"].to_numpy()
    cell_access: dict[str, Access] = {
        mode: find_access(network, mode, x, y, limit_m)
        for mode in sorted({tier.mode for tier in scenario.tiers.values()})
    }
    _check_met(cell_access, scenario)
    site_leg_m = np.full(len(sites), np.nan)
    off_street = np.zeros(len(sites), dtype=bool)
    at_edge = np.zeros(len(cells), dtype=bool)
    parts = [np.empty((3, 0), dtype=np.int64)]
    done = 0
    for (mode, direction), tiers in _ways(scenario).items():
        here = np.flatnonzero(sites["tier"].isin(tiers).to_numpy())
        x, y = (sites[axis].to_numpy()[here] for axis in ("x", "y"))
        site_access = find_access(network, mode, x, y, limit_m)
        limit_ms = site_limits_s(scenario, sites.iloc[here]) * 1000
        progress = partial(
            _report_part, report, done / max(len(sites), 1), len(here) / max(len(sites), 1)
        )
        to_site = direction == "to_site"
        places = (cell_access[mode], site_access)
        leaving, arriving = places if to_site else places[::-1]
        leaves, arrives, ms = quickest_ways(
            network,
            mode,
            leaving,
            arriving,
            limit_ms,
            from_arriving=to_site,
            threads=scenario.solver.threads,
            report=progress,
        )
        cell, site = (leaves, arrives) if to_site else (arrives, leaves)
        parts.append(np.stack([cell, here[site], -(-ms // 1000)]))
        site_leg_m[here] = site_access.leg_m
        off_street[here] = ~site_access.on_street
        longest_ms = max(tier.limit_s for tier in tiers.values()) * 1000
        at_edge |= cells_at_edge(network, mode, direction, cell_access[mode], longest_ms)
        done += len(here)
    cell, site, seconds = np.concatenate(parts, axis=1)
    order = np.lexsort((site, cell))
    cell_leg_m = {mode: access.leg_m for mode, access in cell_access.items()}
    guidance = guiding_ways(scenario, network, inputs)
    return Reach(
        cell=cell[order],
        site=site[order],
        seconds=seconds[order].astype(np.int32),
        cells=len(cells),
        sites=len(sites),
        cell_leg_m=cell_leg_m,
        site_leg_m=site_leg_m,
        at_edge=at_edge,
        notes=(
            *(
                note
                for mode, access in cell_access.items()
                for note in _leg_notes(
                    ("需求单元", "cells"),
                    mode,
                    cells["cell_id"],
                    access.leg_m,
                    ~access.on_street,
                    scenario,
                )
            ),
            *_leg_notes(("点位", "sites"), "", sites["site_id"], site_leg_m, off_street, scenario),
            *_edge_notes(at_edge, cells, scenario),
            *(
                note
                for table, rows, mode, leg_m in _visits(scenario, inputs, guidance)
                for note in _leg_notes(
                    visit_names[table],
                    mode,
                    rows.iloc[:, 0],
                    leg_m,
                    leg_m > limit_m,
                    scenario,
                )
            ),
        ),
        guidance=guidance,
    )


def _check_met(cell_access: Mapping[str, Access], scenario: Scenario) -> None:
    """Look whether cells and streets lie in one place at all."""
    nearest_m = min(access.leg_m.min() for access in cell_access.values())
    if nearest_m <= scenario.walk.snap_limit_m:
        return
    far = f"; the nearest is {nearest_m / 1000:,.1f} km away" if np.isfinite(nearest_m) else ""
    raise DataError(
        [
            Problem(
                scenario.inputs.streets,
                f"no demand cell lies within {scenario.walk.snap_limit_m:.0f} m of a street{far}",
                "check that streets and study area are of one place, and the CRS of both; coarse "
                "cells may need a larger walk.snap_limit_m",
            )
        ]
    )


def _report_part(report: Callable[[float], None], before: float, part: float, share: float) -> None:
    report(before + part * share)


def off_street(scenario: Scenario, inputs: Inputs, reach: Reach) -> pd.DataFrame:
    """Return the places that lie too far from a street to be reached.

    Returns
    -------
    pandas.DataFrame
        ``table`` (cells, sites, medical) ``, id, name, mode, distance_m``: the straight distance
        to the nearest street of the mode, infinite where there is none.
    """
    sites = inputs.sites
    mode_of_site = sites["tier"].map({name: tier.mode for name, tier in scenario.tiers.items()})
    parts = [
        pd.DataFrame(
            {"table": "cells", "id": inputs.cells["cell_id"], "name": "", "mode": mode}
        ).assign(distance_m=leg_m)
        for mode, leg_m in reach.cell_leg_m.items()
    ]
    placed = {"table": "sites", "id": sites["site_id"], "name": sites["name"], "mode": mode_of_site}
    parts.append(pd.DataFrame(placed).assign(distance_m=reach.site_leg_m))
    parts += [
        pd.DataFrame(
            {"table": table, "id": rows.iloc[:, 0], "name": rows["name"], "mode": mode}
        ).assign(distance_m=leg_m)
        for table, rows, mode, leg_m in _visits(scenario, inputs, reach.guidance)
    ]
    places = pd.concat(parts, ignore_index=True)
    far = places["distance_m"] > scenario.walk.snap_limit_m
    return places[far].reset_index(drop=True)


def _ways(scenario: Scenario) -> dict[tuple[str, str], dict[str, Tier]]:
    """Return the tiers by mode and direction."""
    ways: dict[tuple[str, str], dict[str, Tier]] = {}
    for name, tier in scenario.tiers.items():
        ways.setdefault((tier.mode, tier.direction), {})[name] = tier
    return ways


def _visits(
    scenario: Scenario, inputs: Inputs, ways: Ways | None
) -> list[tuple[str, pd.DataFrame, str, np.ndarray]]:
    """Return who travels or is visited by the mode of the guidance: table, rows, mode, legs.

    Sites that families reach by the same mode are left out: their legs are known.
    """
    guidance, medical, sites = scenario.guidance, inputs.medical, inputs.sites
    if ways is None or guidance is None or medical is None:
        return []
    other_mode = [name for name, tier in scenario.tiers.items() if tier.mode != guidance.mode]
    visited = guided_sites(scenario, sites) & sites["tier"].isin(other_mode).to_numpy()
    visits = (
        ("medical", medical, guidance.mode, ways.medical_leg_m),
        ("sites", sites[visited], guidance.mode, ways.site_leg_m[visited]),
    )
    return [visit for visit in visits if len(visit[1])]


def _leg_notes(
    what: tuple[str, str],
    mode: str,
    names: pd.Series,
    leg_m: np.ndarray,
    off_street: np.ndarray,
    scenario: Scenario,
) -> tuple[Note, ...]:
    zh, en = what
    if not len(names):
        return ()
    limit_m, near_m = scenario.walk.snap_limit_m, leg_m[~off_street]
    mode_zh, mode_en = mode_names[mode] if mode else ("可通行", "")
    street, way = f"{mode_zh}道路", f"street open {mode_en}".rstrip().removesuffix(" open")
    notes = []
    if len(near_m):
        kph = scenario.walk.speed_kph
        notes.append(
            Note(
                zh=f"{zh}：到最近{street}的直线距离中位数{np.median(near_m):.0f}米，最大"
                f"{near_m.max():.0f}米，按步行{kph:g}公里/小时计入时间",
                en=f"{en}: {np.median(near_m):.0f} m straight to the nearest {way} (median), "
                f"{near_m.max():.0f} m at most, counted as a walk at {kph:g} km/h",
            )
        )
    if off_street.any():
        listed = ", ".join(names[off_street].head(most_named))
        count, more = off_street.sum(), off_street.sum() > most_named
        by_zh, by_en = (mode_zh, f" {mode_en}") if mode else ("", "")
        notes.append(
            Note(
                zh=f"{zh}：{count}处距{street}超过{limit_m:.0f}米，{by_zh}不可达：{listed}"
                f"{'等，全部见left_out.csv' if more else ''}",
                en=f"{en}: {count} lie more than {limit_m:.0f} m from a {way} and "
                f"reach nothing{by_en}: {listed}{', ...; left_out.csv has all' if more else ''}",
            )
        )
    return tuple(notes)


def _edge_notes(at_edge: np.ndarray, cells: pd.DataFrame, scenario: Scenario) -> tuple[Note, ...]:
    if not at_edge.any():
        return ()
    people = cells[f"residents_{scenario.base_year}"].to_numpy()
    count, lives = at_edge.sum(), people[at_edge].sum()
    share = lives / people.sum()
    return (
        Note(
            zh=f"路网数据边缘：{count}个需求单元（{lives:,.0f}人，{share:.1%}）在时限内可到达所给道路"
            "的最外缘；若城区在此以外仍延续，边缘以外的设施未能计入，请提供范围更大的道路与设施数据",
            en=f"edge of the street data: {count} cells with {lives:,.0f} people ({share:.1%}) "
            "reach the outermost streets within the limit; if the town goes on there, facilities "
            "beyond are not counted: supply streets and facilities of a wider area",
        ),
    )
