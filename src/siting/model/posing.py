"""Tables, reach and demand put into the numbers that a planning model needs."""

import numpy as np
import pandas as pd

from siting.demand import Demand, measure_demand
from siting.guidance import GuidingPairs, guiding_pairs
from siting.indicators import zone_of_township
from siting.inputs import Inputs
from siting.model.merging import merge_cells, summed
from siting.model.problem import (
    Coverage,
    Reached,
    Service,
    SitingProblem,
    Teams,
    banded,
    least_children,
    states_of,
)
from siting.model.settling import settle
from siting.model.sites import SiteFigures, site_figures
from siting.reach import Reach, site_limits_s
from siting.scenario import Scenario, Target
from siting.scenario.targets import is_for_inclusive_only


def pose_problem(
    scenario: Scenario, inputs: Inputs, reach: Reach, *, reduce: bool = True
) -> SitingProblem:
    """Put the tables of a study into numbers.

    Pairs of a facility that is full and cannot grow or close are left out: it serves nobody
    more, and what it covers is covered today. Where travel time takes part in siting, a place
    is not as good as another, so that nobody is settled beforehand and service is told cell by
    cell; coverage is merged all the same.

    Parameters
    ----------
    reduce
        False leaves out merging cells and bands, and settling, to test that they change nothing.
    """
    kinds = tuple(scenario.class_kinds)
    size = np.array([scenario.class_kinds[kind].size for kind in kinds], dtype=float)
    equivalent = [scenario.class_kinds[kind].full_day_equivalent for kind in kinds]
    all_takes = np.array(
        [[b in scenario.class_kinds[kind].bands for b in scenario.bands] for kind in kinds],
        dtype=bool,
    )
    sites = site_figures(scenario, inputs)
    band_of = _merged_bands(all_takes[sites.runs.any(axis=0)], merge=reduce)
    bands = int(band_of.max(initial=-1)) + 1
    takes = np.zeros((len(kinds), bands), dtype=bool)
    for band, merged in enumerate(band_of.tolist()):
        if merged >= 0:
            takes[:, merged] |= all_takes[:, band]
    states = states_of(scenario)
    demand = tuple(
        measure_demand(scenario, inputs, reach, state.year, state.trend) for state in states
    )
    enrolled = np.stack([banded(d.enrolled, band_of, bands) for d in demand], axis=-1)
    staff = np.stack([banded(d.staff, band_of, bands) for d in demand], axis=-1)
    within = reach.pairs_within(site_limits_s(scenario, inputs.sites))
    pairs = (reach.cell[within], reach.site[within])
    targets = scenario.targets
    guiding = None
    if scenario.guidance is not None and inputs.medical is not None:
        guiding = guiding_pairs(scenario, inputs, reach)
    travels = "travel_time" in scenario.objectives
    asks_where = any(_asks_where(scenario, target) for target in targets)
    settles = reduce and not travels and not asks_where
    covering = {scenario.tiers_of(t) for t in targets if t.kind == "population_coverage"}
    if "coverage" in scenario.objectives:
        covering.add(scenario.tiers_counted_in("population_coverage"))
    return SitingProblem(
        scenario=scenario,
        inputs=inputs,
        reach=reach,
        sites=sites,
        states=states,
        demand=demand,
        service=_service(
            sites,
            demand,
            enrolled,
            (size, takes, band_of),
            pairs,
            settles=settles,
            merge=reduce and not travels,
        ),
        coverage={
            tiers: _coverage(sites, tiers, pairs, reach.cells, merge=reduce)
            for tiers in sorted(covering, key=sorted)
        },
        zones={
            t.key: zones_reached(scenario, inputs, reach, sites, t)
            for t in targets
            if t.kind in ("township_coverage", "community_coverage", "zone_count")
        },
        guiding=guiding,
        teams=None if guiding is None else _teams(guiding, merge=reduce),
        kinds=kinds,
        bands=_band_names(scenario.bands, band_of),
        band_of=band_of,
        size=size,
        counted=size * np.array(equivalent),
        takes=takes,
        enrolled=enrolled,
        staff=staff,
    )


def _teams(guiding: GuidingPairs, *, merge: bool) -> Teams:
    """Merge medical institutions: only how many of a team's sites are guided matters."""
    parts, known = [], 0
    for role in range(int(guiding.role.max(initial=-1)) + 1):
        order = np.lexsort((guiding.site, guiding.medical))
        order = order[guiding.role[guiding.medical[order]] == role]
        team_of, team, site = merge_cells(
            guiding.medical[order], guiding.site[order], len(guiding.most_sites), merge=merge
        )
        most = summed(team_of, guiding.most_sites)
        parts.append(Teams(site, team + known, most, np.full(len(most), role)))
        known += len(most)
    none = Teams(*(np.empty(0, dtype=np.int64) for _ in range(4)))
    return Teams(
        **{
            name: np.concatenate([getattr(part, name) for part in (none, *parts)])
            for name in ("site", "team", "most_sites", "role")
        }
    )


def _asks_where(scenario: Scenario, target: Target) -> bool:
    """Return whether it matters to a target in which places children are."""
    with_places = {name for name, tier in scenario.tiers.items() if tier.class_kinds}
    some = target.kind == "enrolment" and not with_places <= scenario.tiers_of(target)
    return some or target.kind == "fill"


def _merged_bands(takes: np.ndarray, *, merge: bool) -> np.ndarray:
    """Return the merged band of each band: bands that the same kinds take are one.

    Places see of a child only which class kinds take it, so merging is exact.
    """
    numbers: dict[bytes | int, int] = {}
    merged = np.full(takes.shape[1], -1)
    for band in range(takes.shape[1]):
        if takes[:, band].any():
            key = takes[:, band].tobytes() if merge else band
            merged[band] = numbers.setdefault(key, len(numbers))
    return merged


def _band_names(bands: tuple[str, ...], band_of: np.ndarray) -> tuple[str, ...]:
    merged = range(int(band_of.max(initial=-1)) + 1)
    return tuple(
        "_".join(bands[band] for band in np.flatnonzero(band_of == number)) for number in merged
    )


def _service(
    sites: SiteFigures,
    demand: tuple[Demand, ...],
    enrolled: np.ndarray,
    classes: tuple[np.ndarray, np.ndarray, np.ndarray],
    pairs: tuple[np.ndarray, np.ndarray],
    *,
    settles: bool,
    merge: bool,
) -> Service:
    size, takes, band_of = classes
    bands = takes.shape[1]
    cell, site = pairs
    cells = len(demand[0].under3)
    today = [d.under(sites.exists) for d in demand]
    additional = np.stack([banded(d.additional, band_of, bands) for d in today], axis=-1)
    at_pair = pd.Series(np.arange(len(cell)), index=cell * np.int64(len(sites.zone)) + site)
    released = np.zeros((len(cell), bands, len(demand)))
    taken = np.zeros_like(released)
    for number, d in enumerate(demand):
        row = at_pair.reindex(d.cell * np.int64(len(sites.zone)) + d.site).to_numpy()
        drawn = banded(d.drawn, band_of, bands)
        leaves = sites.may_close[d.site]
        released[row[leaves].astype(int), :, number] = drawn[leaves]
        staffed = ~sites.exists[d.site]
        taken[row[staffed].astype(int), :, number] = drawn[staffed]
    shifted = np.zeros((cells, bands, len(demand)))
    np.add.at(shifted, cell, released + taken)
    could_come = additional.copy()
    np.add.at(could_come, cell, released)
    beyond = np.stack([d.beyond * sites.may_close[:, None] for d in demand], axis=-1)
    beyond_share = np.stack([d.beyond_share for d in demand], axis=-1)
    returning = beyond_share * beyond.sum(axis=0)
    returned = np.stack(
        [banded(returning[:, :, number], band_of, bands) for number in range(len(demand))], axis=-1
    )
    shifted += returned
    could_come += returned

    free_today = (sites.classes_today @ size) - enrolled.sum(axis=1).min(axis=1)
    useful = sites.has_kinds & sites.for_residents
    useful &= (free_today > 0) | (sites.room > 0) | sites.may_close
    settled = []
    for number in range(len(demand)):
        served, left = settle(
            (cell[useful[site]], site[useful[site]]),
            additional[:, :, number],
            could_come[:, :, number],
            shifted[:, :, number] > 0,
            (sites.classes_today * (~sites.may_close)[:, None], size, takes),
            enrolled[:, :, number],
            settles=settles,
        )
        settled.append(served)
        gone = additional[:, :, number] - left
        additional[:, :, number] -= gone
        could_come[:, :, number] -= gone
    for amount in (additional, could_come, released, taken):
        amount[amount < least_children] = 0.0
    waits = could_come.sum(axis=(1, 2)) > 0
    seen = waits[cell] & (useful[site] | (released + taken > 0).any(axis=(1, 2)))
    class_of_cell, demand_class, class_site = merge_cells(
        cell[seen], site[seen], cells, merge=merge
    )
    pair_of = _pair_of(class_of_cell[cell[seen]], site[seen], demand_class, class_site, sites)
    return Service(
        class_of_cell=class_of_cell,
        demand_class=demand_class,
        site=class_site,
        additional=summed(class_of_cell, additional),
        could_come=summed(class_of_cell, could_come),
        released=_by_pair(pair_of, released[seen], len(class_site)),
        taken=_by_pair(pair_of, taken[seen], len(class_site)),
        beyond=beyond,
        beyond_share=summed(class_of_cell, beyond_share),
        settled=tuple(settled),
    )


def _pair_of(
    demand_class: np.ndarray,
    site: np.ndarray,
    classes: np.ndarray,
    class_site: np.ndarray,
    sites: SiteFigures,
) -> np.ndarray:
    """Return the merged pair of each pair of a cell."""
    count = np.int64(len(sites.zone))
    return np.searchsorted(classes * count + class_site, demand_class * count + site)


def _by_pair(pair_of: np.ndarray, amount: np.ndarray, pairs: int) -> np.ndarray:
    total = np.zeros((pairs, *amount.shape[1:]))
    some = amount.any(axis=(1, 2))
    np.add.at(total, pair_of[some], amount[some])
    return total


def _coverage(
    sites: SiteFigures,
    tiers: frozenset[str],
    pairs: tuple[np.ndarray, np.ndarray],
    cells: int,
    *,
    merge: bool,
) -> Coverage:
    cell, site = pairs
    counts = sites.of_tiers(tiers) & sites.for_residents
    always = np.zeros(cells, dtype=bool)
    always[cell[(counts & sites.exists & ~sites.may_close)[site]]] = True
    open_to_choice = counts & (sites.candidate | sites.may_close)
    seen = open_to_choice[site] & ~always[cell]
    class_of_cell, item, class_site = merge_cells(cell[seen], site[seen], cells, merge=merge)
    classes = int(class_of_cell.max(initial=-1)) + 1
    reached = Reached(np.zeros(classes, dtype=bool), item, class_site)
    return Coverage(class_of_cell, always, reached)


def zones_reached(
    scenario: Scenario, inputs: Inputs, reach: Reach, sites: SiteFigures, target: Target
) -> Reached:
    """Return townships, districts or communities and the sites of a target that count for each."""
    counts = sites.of_tiers(scenario.tiers_of(target)) & sites.inside
    if is_for_inclusive_only(target):
        counts &= sites.inclusive
    positions = np.arange(len(counts))
    if target.kind == "community_coverage":
        number = 0 if inputs.communities is None else len(inputs.communities)
        item, site = sites.community, positions
        held = counts & (item >= 0)
        item, site = item[held], site[held]
        if target.sharing == "reach":
            near, shared = communities_near(scenario, inputs, reach, target)
            usable = (counts & sites.for_residents)[shared]
            item = np.concatenate([item, near[usable]])
            site = np.concatenate([site, shared[usable]])
    else:
        zone, codes = zone_of_township(inputs, target)
        number = len(codes)
        item, site = zone[sites.zone[counts]], positions[counts]
    order = np.unique(item.astype(np.int64) * len(counts) + site)
    item, site = order // len(counts), order % len(counts)
    stays = (sites.exists & ~sites.may_close)[site]
    always = np.zeros(number, dtype=bool)
    if target.kind != "zone_count":
        always[item[stays]] = True
        chosen = ~always[item] & (sites.candidate | sites.may_close)[site]
        item, site = item[chosen], site[chosen]
    return Reached(always, item, site)


def communities_near(
    scenario: Scenario, inputs: Inputs, reach: Reach, target: Target
) -> tuple[np.ndarray, np.ndarray]:
    """Return (community, site): sites that enough of a community's residents reach."""
    if inputs.communities is None or target.kind != "community_coverage":
        raise ValueError("only communities are shared")
    home = inputs.cells["community"].to_numpy()
    people = inputs.cells[f"residents_{scenario.base_year}"].to_numpy()
    communities, sites = len(inputs.communities), len(inputs.sites)
    at_home = home >= 0
    total = np.bincount(home[at_home], weights=people[at_home], minlength=communities)
    near = reach.pairs_within(site_limits_s(scenario, inputs.sites)) & at_home[reach.cell]
    key = home[reach.cell[near]].astype(np.int64) * sites + reach.site[near]
    pairs, number = np.unique(key, return_inverse=True)
    reached = np.bincount(number, weights=people[reach.cell[near]], minlength=len(pairs))
    community, site = pairs // sites, pairs % sites
    enough = (reached >= target.shared_by * total[community] * (1 - 1e-9)) & (reached > 0)
    if target.shared_below is not None:
        enough &= total[community] < target.shared_below
    return community[enough], site[enough]
