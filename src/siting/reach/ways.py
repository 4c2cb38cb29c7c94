"""Ways between places: how long staff travel from where they work to whom they visit."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from siting.inputs import Inputs
from siting.inputs.zones import no_zone
from siting.network import Network
from siting.reach.access import (
    Access,
    doors,
    find_access,
    same_street,
    times_from_ends,
    times_to_ends,
)
from siting.reach.search import find_places
from siting.scenario import Scenario, whole_seconds

no_way = -1
"""Seconds where no way leads from one place to the other."""
longest_way_s = 86_400
"""A way that takes longer than a day and a night is none (assumption)."""


@dataclass(frozen=True)
class Ways:
    """Ways from medical institutions to sites: one entry for each pair within the limit.

    Entries are in the order of (site, medical). A missing pair is too far apart.

    Attributes
    ----------
    site, medical
        Positions in the tables of the inputs.
    seconds
        Travel time of the staff, from the medical institution to the site, in whole seconds,
        rounded up once, here.
    site_leg_m, medical_leg_m
        Straight distance of each to a street of the mode, metres; infinite where there is none.
    """

    site: np.ndarray
    medical: np.ndarray
    seconds: np.ndarray
    site_leg_m: np.ndarray
    medical_leg_m: np.ndarray


def guided_sites(scenario: Scenario, sites: pd.DataFrame) -> np.ndarray:
    """Return whether each site is of a tier that is guided, and lies in the study area."""
    in_area = (sites["zone"] != no_zone).to_numpy()
    return in_area & sites["tier"].isin(scenario.guided_tiers).to_numpy()


def guiding_ways(scenario: Scenario, network: Network, inputs: Inputs) -> Ways | None:
    """Travel from every medical institution to every site within the limit of the guidance.

    Returns
    -------
    Ways or None
        None where the scenario has no guidance or the study no medical institutions.
    """
    guidance, medical, sites = scenario.guidance, inputs.medical, inputs.sites
    if guidance is None or medical is None:
        return None
    leaving, arriving = (
        find_access(
            network,
            guidance.mode,
            table["x"].to_numpy(),
            table["y"].to_numpy(),
            scenario.walk.snap_limit_m,
        )
        for table in (medical, sites)
    )
    minutes = guidance.each("within_minutes", medical["kind"])
    limit_ms = np.array([whole_seconds(each) * 1000 for each in minutes], dtype=np.int64)
    leaves, arrives, ms = quickest_ways(
        network,
        guidance.mode,
        leaving,
        arriving,
        limit_ms,
        from_arriving=False,
        threads=scenario.solver.threads,
    )
    order = np.lexsort((leaves, arrives))
    return Ways(
        site=arrives[order],
        medical=leaves[order],
        seconds=_seconds(ms[order]),
        site_leg_m=arriving.leg_m,
        medical_leg_m=leaving.leg_m,
    )


def measure_ways(
    scenario: Scenario,
    network: Network,
    from_xy: np.ndarray,
    to_xy: np.ndarray,
    mode: str,
    limit_s: int = longest_way_s,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Travel between places, as far as a limit goes.

    The time of a pair is the straight walk to the street, the quickest way along the streets by
    the mode, which keeps to one-way streets, and the straight walk from it, in milliseconds,
    rounded up to whole seconds.

    Parameters
    ----------
    from_xy, to_xy
        Places x 2, coordinates in the CRS of the network.
    mode
        A mode of the network.
    limit_s
        Longest way; at the limit is within it.

    Returns
    -------
    tuple
        Position in ``from_xy``, position in ``to_xy``, whole seconds, in the order of both. A
        missing pair is too far apart.
    """
    leaving, arriving = (
        find_access(network, mode, xy[:, 0], xy[:, 1], scenario.walk.snap_limit_m)
        for xy in (from_xy, to_xy)
    )
    return _within(network, mode, leaving, arriving, limit_s, scenario.solver.threads)


def ways_of_rounds(
    scenario: Scenario,
    network: Network,
    base_xy: np.ndarray,
    stop_xy: np.ndarray,
    base_of_stop: np.ndarray,
    mode: str,
) -> list[np.ndarray]:
    """Travel between each base and its stops, and from stop to stop of the same base.

    Parameters
    ----------
    base_xy, stop_xy
        Places x 2, coordinates in the CRS of the network.
    base_of_stop
        Position in ``base_xy`` for each stop.

    Returns
    -------
    list of numpy.ndarray
        For each base whole seconds from (row) and to (column) itself and its stops, the base
        first and the stops in their order; ``no_way`` where there is none.
    """
    limit_m, threads = scenario.walk.snap_limit_m, scenario.solver.threads
    bases, stops = (
        find_access(network, mode, xy[:, 0], xy[:, 1], limit_m) for xy in (base_xy, stop_xy)
    )
    matrices = []
    for base in range(len(base_xy)):
        here = np.flatnonzero(base_of_stop == base)
        own, visited = bases.taken(np.array([base])), stops.taken(here)
        seconds = np.full((len(here) + 1,) * 2, no_way, dtype=np.int64)
        _, arrives, out_s = _within(network, mode, own, visited, longest_way_s, threads)
        seconds[0, arrives + 1] = out_s
        leaves, _, back_s = _within(network, mode, visited, own, longest_way_s, threads)
        seconds[leaves + 1, 0] = back_s
        # Past the base is a way from stop to stop, so no longer one needs to be looked for.
        past_base_s = int(out_s.max(initial=0) + back_s.max(initial=0))
        leaves, arrives, between_s = _within(network, mode, visited, visited, past_base_s, threads)
        seconds[leaves + 1, arrives + 1] = between_s
        np.fill_diagonal(seconds, 0)
        matrices.append(seconds)
    return matrices


def quickest_ways(
    network: Network,
    mode: str,
    leaving: Access,
    arriving: Access,
    limit_ms: np.ndarray,
    *,
    from_arriving: bool,
    threads: int = 1,
    report: Callable[[float], None] = lambda _: None,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Find the quickest way of each pair within a limit.

    Parameters
    ----------
    leaving, arriving
        Where the ways begin and end.
    limit_ms
        Limit of each place on the side that the search starts from.
    from_arriving
        Whether the search starts where the ways end, against them. It is quickest from the side
        with fewer places.
    report
        Called with the share of the search that is done.

    Returns
    -------
    tuple
        Position in ``leaving``, position in ``arriving``, milliseconds, in the order of both.
    """
    few, many = (arriving, leaving) if from_arriving else (leaving, arriving)
    few_times, many_times = (
        (times_from_ends, times_to_ends) if from_arriving else (times_to_ends, times_from_ends)
    )
    by_edge = np.argsort(few.edge, kind="stable")
    found = find_places(
        network.graph(mode, reverse=from_arriving),
        doors(network, few.taken(by_edge), few_times(network, mode, few.taken(by_edge))),
        doors(network, many, many_times(network, mode, many)),
        limit_ms[by_edge],
        threads,
        report,
    )
    searched, reached = np.repeat(by_edge, np.diff(found.first)), found.item.astype(np.int64)
    leaves, arrives = (reached, searched) if from_arriving else (searched, reached)
    near_leaves, near_arrives, near_ms = same_street(network, mode, leaving, arriving)
    near = near_ms <= limit_ms[near_arrives if from_arriving else near_leaves]
    leaves = np.r_[leaves, near_leaves[near]]
    arrives = np.r_[arrives, near_arrives[near]]
    ms = np.r_[found.ms.astype(np.int64), near_ms[near]]
    order = np.lexsort((ms, arrives, leaves))
    leaves, arrives, ms = leaves[order], arrives[order], ms[order]
    quickest = np.r_[True, (np.diff(leaves) != 0) | (np.diff(arrives) != 0)][: len(ms)]
    return leaves[quickest], arrives[quickest], ms[quickest]


def _within(
    network: Network, mode: str, leaving: Access, arriving: Access, limit_s: int, threads: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the pairs within one limit: positions on both sides, and whole seconds."""
    few = min(len(leaving.edge), len(arriving.edge))
    leaves, arrives, ms = quickest_ways(
        network,
        mode,
        leaving,
        arriving,
        np.full(few, limit_s * 1000),
        from_arriving=few < len(leaving.edge),
        threads=threads,
    )
    return leaves, arrives, _seconds(ms)


def _seconds(ms: np.ndarray) -> np.ndarray:
    """Return milliseconds as whole seconds, rounded up."""
    return (-(-ms // 1000)).astype(np.int32)
