"""Travel seconds between demand cells and sites."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse.csgraph import dijkstra

from siting.inputs import Inputs
from siting.network import Network
from siting.notes import Note
from siting.scenario import Scenario

sites_per_batch = 64
"""Sites searched at once; bounds the memory of a search to this many rows of the network."""
unreachable = -1
most_named = 20
"""Unreachable places named in a note; all are counted."""


@dataclass(frozen=True)
class Reach:
    """Who is how far from what: one entry for each pair within the longest limit.

    Entries are in the order of (cell, site). A missing pair is unreachable.

    Attributes
    ----------
    cell, site
        Positions in the tables of the inputs.
    seconds
        Walking time in whole seconds, rounded up once, here.
    cells, sites
        Number of rows of the two tables.
    cell_snap_m, site_snap_m
        Straight distance of each cell and site to its street node, metres.
    site_node
        Street node of each site, ``unreachable`` where the street is too far.
    notes
        What is unreachable, and how far places lie from streets.
    """

    cell: np.ndarray
    site: np.ndarray
    seconds: np.ndarray
    cells: int
    sites: int
    cell_snap_m: np.ndarray
    site_snap_m: np.ndarray
    site_node: np.ndarray
    notes: tuple[Note, ...]

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


def measure_reach(scenario: Scenario, network: Network, inputs: Inputs) -> Reach:
    """Walk from every site to every cell within the longest limit of any tier.

    The time of a pair is the straight walk from the cell to its nearest street node, the
    quickest way along the streets, and the straight walk to the site, in milliseconds, rounded
    up to whole seconds. The way back takes as long.
    """
    limit_m = scenario.walk.snap_limit_m
    cells, sites = inputs.cells, inputs.sites
    cell_node, cell_snap_m = network.nearest_node(cells["x"].to_numpy(), cells["y"].to_numpy())
    site_node, site_snap_m = network.nearest_node(sites["x"].to_numpy(), sites["y"].to_numpy())
    site_node = np.where(site_snap_m <= limit_m, site_node, unreachable)
    limit_ms = scenario.longest_limit_s * 1000

    on_street = np.flatnonzero(cell_snap_m <= limit_m)
    by_node = on_street[np.argsort(cell_node[on_street], kind="stable")]
    first = np.searchsorted(cell_node[by_node], np.arange(network.nodes + 1))
    cell_leg_ms = network.walk_ms(cell_snap_m)
    site_leg_ms = network.walk_ms(site_snap_m)

    nodes = np.unique(site_node[site_node != unreachable])
    found: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    for batch in np.split(nodes, np.arange(sites_per_batch, len(nodes), sites_per_batch)):
        if not len(batch):
            continue
        times_ms = dijkstra(network.graph, directed=False, indices=batch, limit=limit_ms)
        for source, row in zip(batch, times_ms, strict=True):
            near = np.flatnonzero(row <= limit_ms)
            count = first[near + 1] - first[near]
            cell = by_node[_ranges(first[near], count)]
            walk_ms = np.repeat(row[near], count).astype(np.int64) + cell_leg_ms[cell]
            for here in np.flatnonzero(site_node == source):
                seconds = -(-(walk_ms + site_leg_ms[here]) // 1000)
                within = seconds <= scenario.longest_limit_s
                found.append((cell[within], np.full(within.sum(), here), seconds[within]))
    cell, site, seconds = (
        (np.concatenate(parts) for parts in zip(*found, strict=True))
        if found
        else (np.empty(0, dtype=np.int64),) * 3
    )
    order = np.lexsort((site, cell))
    return Reach(
        cell=cell[order],
        site=site[order],
        seconds=seconds[order].astype(np.int32),
        cells=len(cells),
        sites=len(sites),
        cell_snap_m=cell_snap_m,
        site_snap_m=site_snap_m,
        site_node=site_node,
        notes=(
            *_snap_notes("需求单元", "cells", cells["cell_id"], cell_snap_m, limit_m),
            *_snap_notes("点位", "sites", sites["site_id"], site_snap_m, limit_m),
        ),
    )


def _ranges(first: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Return first[0], first[0] + 1, ... (count[0] numbers), then those of first[1], ..."""
    before = np.cumsum(count) - count
    return np.arange(count.sum()) - np.repeat(before - first, count)


def _snap_notes(
    zh: str, en: str, names: pd.Series, distance_m: np.ndarray, limit_m: float
) -> tuple[Note, ...]:
    median, worst = np.median(distance_m), distance_m.max()
    notes = [
        Note(
            zh=f"{zh}：到最近道路节点的距离中位数{median:.0f}米，最大{worst:.0f}米",
            en=f"{en}: {median:.0f} m from the nearest street node (median), {worst:.0f} m at most",
        )
    ]
    far = np.flatnonzero(distance_m > limit_m)
    if len(far):
        listed = ", ".join(names.iloc[far[:most_named]])
        notes.append(
            Note(
                zh=f"{zh}：{len(far)}处距可步行道路超过{limit_m:.0f}米，视为不可达：{listed}",
                en=f"{en}: {len(far)} lie more than {limit_m:.0f} m from a walkable street and "
                f"reach nothing: {listed}",
            )
        )
    return tuple(notes)
