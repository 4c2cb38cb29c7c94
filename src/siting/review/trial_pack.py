"""What the page needs to try a state of the sites (试算): exact figures follow in the browser.

The page computes by the rules of :mod:`siting.indicators` and :mod:`siting.demand` on the merged
demand packed here. Cells are one where everything asked of them is equal but their numbers: who
they reach at every speed within every limit, their township, and their community where it counts.
"""

from typing import Any

import numpy as np

from siting.demand import children_by_band, measure_demand
from siting.indicators import count_required, group_share, zones_asked
from siting.indicators.counting import sites_required, zone_of_township
from siting.inputs import no_zone
from siting.inputs.dictionary import children_column, classes_column
from siting.network import z_order
from siting.reach import Walks
from siting.review.findings import Findings
from siting.review.number_pack import pack_bytes, pack_numbers
from siting.scenario import Scenario, Target
from siting.scenario.children import all_months, months_shared
from siting.scenario.targets import is_for_inclusive_only
from siting.scenario.trial import least_minutes, most_minutes

Content = dict[str, Any]
most_pairs = 4_000_000
"""Pairs of cells and sites with which the page still follows at once; with more, as where a tier
is driven to, it holds no trial (assumption: 12 times those of the default study)."""
most_amounts = 1_000_000
"""Numbers of children that the page carries; with more, the trial is of the last year only."""
square_m = 64.0
"""Side of the squares that order the cells."""
counted_in = ("per_thousand", "inclusive_share", "township_coverage", "population_coverage")
"""Figures of an area in which tiers count."""


def trial_content(findings: Findings, lang: str) -> Content | None:
    """Return what the page needs for a trial; None where there are too many pairs for a page."""
    walks = findings.walks
    if walks is None or sum(len(reach.cell) for reach in walks.reaches) > 4 * most_pairs:
        return None
    scenario = findings.scenario
    cells = _MergedCells(findings, walks)
    years = scenario.years
    if cells.count * len(years) * cells.planes_a_year(scenario) > most_amounts:
        years = years[-1:]
    targets, planes = _targets(findings, years)
    return {
        "scenario": scenario.name,
        "years": list(years),
        "minutes": [least_minutes, most_minutes]
        if any(tier.mode == "walk" for tier in scenario.tiers.values())
        else None,
        "speeds": [round(kph * 1000 / 60, 4) for kph in walks.speeds_kph],
        "own_speed": walks.speeds_kph.index(scenario.walk.speed_kph),
        "speed_source": scenario.walk.source,
        **_classes_and_bands(scenario, cells.has_bands, lang),
        "tiers": [_tier(scenario, name, lang) for name in scenario.tiers],
        "sites": _sites(findings, lang),
        "states": [_state(findings, year) for year in years],
        "demand": [_demand(findings, year) for year in years],
        "residents": [
            findings.inputs.townships[f"residents_{year}"].astype(float).tolist() for year in years
        ],
        "own_staff_places_count": scenario.own_staff_places_count,
        "targets": targets,
        "cells": cells.count,
        "steps": cells.steps,
        "pairs": cells.packed(),
        "amounts": cells.amounts(findings, years, planes),
    }


class _MergedCells:
    """Demand cells merged, and which sites each reaches within which limits."""

    def __init__(self, findings: Findings, walks: Walks) -> None:
        scenario, table = findings.scenario, findings.inputs.cells
        self.sites = len(findings.inputs.sites)
        told = {children_column(band, scenario.last_year) for band in scenario.bands}
        self.has_bands = told <= set(table.columns)
        cell, site, steps = _pairs(findings, walks)
        self.steps, code = _distinct_rows(steps)
        zone = table["zone"].to_numpy()
        home = np.full(len(table), no_zone)
        if any(_is_shared(target) for target in scenario.targets):
            home = table["community"].to_numpy()
        order = z_order(table["x"].to_numpy(), table["y"].to_numpy(), square_m)
        first = np.searchsorted(cell, np.arange(len(table) + 1))
        number: dict[tuple[int, int, bytes, bytes], int] = {}
        self.of_cell = np.empty(len(table), dtype=np.int64)
        kept: list[int] = []
        for row in order.tolist():
            own = slice(first[row], first[row + 1])
            key = (int(zone[row]), int(home[row]), site[own].tobytes(), code[own].tobytes())
            self.of_cell[row] = number.setdefault(key, len(number))
            if len(number) > len(kept):
                kept.append(row)
        self.count = len(kept)
        self.zone, self.home = zone[kept], home[kept]
        is_kept = np.zeros(len(table), dtype=bool)
        is_kept[kept] = True
        pairs = np.flatnonzero(is_kept[cell])
        merged = self.of_cell[cell[pairs]]
        by_site = np.lexsort((merged, site[pairs]))
        self.cell, self.site = merged[by_site], site[pairs][by_site]
        self.code = code[pairs][by_site]

    def planes_a_year(self, scenario: Scenario) -> int:
        """Return how many numbers each cell has for a year."""
        return len(scenario.bands) if self.has_bands else 1

    def packed(self) -> str:
        """Return zones and communities of the cells, and cells and codes of each site, packed."""
        begins = np.diff(self.site, prepend=-1) != 0
        step = np.where(begins, self.cell, np.diff(self.cell, prepend=0))
        counts = np.bincount(self.site, minlength=self.sites)
        changes = [np.diff(values, prepend=0) for values in (self.zone, self.home)]
        return pack_numbers(np.concatenate([*changes, counts, step, self.code]))

    def amounts(self, findings: Findings, years: tuple[int, ...], more: list[np.ndarray]) -> str:
        """Return children of each year, by band where these are told, and further amounts."""
        scenario, inputs = findings.scenario, findings.inputs
        planes = []
        for year in years:
            children = children_by_band(scenario, inputs, year)
            planes += list(children.T) if self.has_bands else [children.sum(axis=1)]
        summed = [
            np.bincount(self.of_cell, weights=plane, minlength=self.count)
            for plane in (*planes, *more)
        ]
        return pack_bytes(np.stack(summed).astype("<f4").tobytes())


def _is_shared(target: Target) -> bool:
    return target.kind == "community_coverage" and target.sharing == "reach"


def _limits_s(scenario: Scenario, name: str) -> list[int]:
    """Return every limit, in seconds, that a tier can have in a trial, shortest first."""
    tier = scenario.tiers[name]
    tried = range(least_minutes, most_minutes + 1) if tier.mode == "walk" else ()
    return sorted({tier.limit_s, *(60 * minutes for minutes in tried)})


def _pairs(findings: Findings, walks: Walks) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return cell and site of every pair, and pairs x speeds: how many limits are too short."""
    sites = findings.inputs.sites
    count = np.int64(len(sites))
    keys = [reach.cell * count + reach.site for reach in walks.reaches]
    every = np.unique(np.concatenate(keys))
    cell, site = every // count, every % count
    tier = sites["tier"].to_numpy(dtype=str)
    steps = np.empty((len(every), len(keys)), dtype=np.int64)
    seconds = np.empty(steps.shape)
    for column, (key, reach) in enumerate(zip(keys, walks.reaches, strict=True)):
        seconds[:, column] = np.inf
        seconds[np.searchsorted(every, key), column] = reach.seconds
    for name in findings.scenario.tiers:
        own = tier[site] == name
        steps[own] = np.searchsorted(_limits_s(findings.scenario, name), seconds[own])
    return cell, site, steps


def _distinct_rows(rows: np.ndarray) -> tuple[list[list[int]], np.ndarray]:
    """Return the different rows of small whole numbers, and which of them each row is."""
    radix = int(rows.max(initial=0)) + 1
    whole = np.zeros(len(rows), dtype=np.int64)
    for column in rows.T:
        whole = whole * radix + column
    _, first, code = np.unique(whole, return_index=True, return_inverse=True)
    return rows[first].tolist(), code


def _classes_and_bands(scenario: Scenario, has_bands: bool, lang: str) -> Content:
    (even,) = months_shared((all_months,), scenario.bands)
    return {
        "bands": list(scenario.bands),
        "even": None if has_bands else even,
        "kinds": [
            {
                "name": name,
                "label": kind.called(lang),
                "size": kind.size,
                "counted": kind.size * kind.full_day_equivalent,
                "bands": [scenario.bands.index(band) for band in kind.bands],
            }
            for name, kind in scenario.class_kinds.items()
        ],
    }


def _tier(scenario: Scenario, name: str, lang: str) -> Content:
    tier, kinds = scenario.tiers[name], list(scenario.class_kinds)
    limits = _limits_s(scenario, name)
    return {
        "name": name,
        "label": tier.called(lang),
        "walked": tier.mode == "walk",
        "limits": limits,
        "own": limits.index(tier.limit_s),
        "kinds": [kinds.index(kind) for kind in tier.class_kinds],
        "least_places": tier.least_places,
        "counts": [name in scenario.tiers_counted_in(kind) for kind in counted_in],
    }


def _sites(findings: Findings, lang: str) -> Content:
    """Return columns, in the order of the sites of the inputs."""
    scenario, sites = findings.scenario, findings.inputs.sites
    tiers = list(scenario.tiers)
    kinds = [classes_column(kind) for kind in scenario.class_kinds]
    return {
        "id": sites["site_id"].tolist(),
        "name": sites["name"].tolist(),
        "tier": [tiers.index(tier) for tier in sites["tier"]],
        "host": [scenario.hosts[host].called(lang) for host in sites["host"]],
        "zone": sites["zone"].tolist(),
        "community": sites["community"].tolist(),
        "area": sites["area"].tolist(),
        "exists": (sites["status"] == "existing").astype(int).tolist(),
        "inclusive": sites["inclusive"].astype(int).tolist(),
        "residents": sites["opens_to_residents"].astype(int).tolist(),
        "today": sites[kinds].to_numpy(dtype=int).tolist(),
        "max_classes": sites["max_classes"].astype(int).tolist(),
        "most_places": [_finite(value) for value in sites["most_places"]],
        "group": sites["exclusive_group"].tolist(),
        "from_year": [_finite(value) for value in sites["from_year"]],
        "unsafe": sites["safety"].eq(False).astype(int).tolist(),
    }


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _state(findings: Findings, year: int) -> Content:
    """Return the sites under the plan: which are open, and the classes that differ from today."""
    scenario, sites = findings.scenario, findings.inputs.sites
    state = findings.plan.year(year).state
    kinds = [classes_column(kind) for kind in scenario.class_kinds]
    classes = state[kinds].to_numpy(dtype=int)
    differ = np.flatnonzero((classes != sites[kinds].to_numpy(dtype=int)).any(axis=1))
    return {
        "open": state["open"].astype(int).tolist(),
        "classes": [[row, classes[row].tolist()] for row in differ.tolist()],
    }


def _demand(findings: Findings, year: int) -> Content:
    """Return the take-up, and the enrolled and staff children of the sites that have any."""
    scenario = findings.scenario
    demand = measure_demand(scenario, findings.inputs, findings.reach, year)
    return {
        "take_up": list(scenario.children.take_up_in(year)),
        "enrolled": _rows_with_any(demand.enrolled),
        "staff": _rows_with_any(demand.staff),
    }


def _rows_with_any(amounts: np.ndarray) -> list[list[Any]]:
    return [[row, amounts[row].tolist()] for row in np.flatnonzero(amounts.any(axis=1)).tolist()]


def _targets(findings: Findings, years: tuple[int, ...]) -> tuple[list[Content], list[np.ndarray]]:
    """Return the targets of some years, each with its position in the plan's, and the planes.

    A plane is an amount of every cell: children of the group of a target, or residents. What a
    trial does not tell again has no ``kind``: money, guidance, and where new places are filled.
    """
    scenario = findings.scenario
    tiers = list(scenario.tiers)
    with_places = {name for name, tier in scenario.tiers.items() if tier.class_kinds}
    told: list[Content] = []
    planes: list[np.ndarray] = []
    for i, result in enumerate(findings.plan.targets):
        target = result.target
        if target.year not in years:
            continue
        counted = scenario.tiers_of(target)
        row: Content = {"i": i, "year": target.year, "kind": target.kind}
        row |= {"required": target.required, "tiers": [name in counted for name in tiers]}
        row["inclusive"] = is_for_inclusive_only(target)
        if target.kind in ("fill", "pairing", "budget") or (
            target.kind == "enrolment" and not with_places <= counted
        ):
            row["kind"] = None
        else:
            row |= _details(findings, target, planes)
        told.append(row)
    return told, planes


def _details(findings: Findings, target: Any, planes: list[np.ndarray]) -> Content:  # noqa: ANN401
    """Return what else a kind of target asks, and add the planes that it needs."""
    inputs, scenario = findings.inputs, findings.scenario
    found: Content = {}
    under3 = children_by_band(scenario, inputs, target.year).sum(axis=1)
    if target.kind == "per_thousand":
        found = {"within": target.within}
    elif target.kind == "township_coverage":
        found = {"needed": count_required(target.required, len(inputs.townships))}
    elif target.kind == "population_coverage" and target.group != "all":
        planes.append(under3 * group_share(inputs, target.group, target.year))
        found = {"plane": len(planes) - 1}
    elif target.kind == "community_coverage":
        found = _communities(findings, target, planes)
    elif target.kind == "tier_count":
        found = {"at_least": target.at_least, "at_most": target.at_most}
    elif target.kind == "zone_count":
        zone, _ = zone_of_township(inputs, target)
        needed = sites_required(inputs, target, under3)
        found = {"zone": zone.tolist(), "sites_needed": needed.tolist()}
    elif target.kind == "new_area" and inputs.areas is not None:
        due = (inputs.areas["hand_over_year"] <= target.year).to_numpy()
        found = {"people": (inputs.areas["people"].to_numpy(dtype=float) * due).tolist()}
    return found


def _communities(findings: Findings, target: Any, planes: list[np.ndarray]) -> Content:  # noqa: ANN401
    inputs, scenario = findings.inputs, findings.scenario
    asked = zones_asked(inputs, target)
    told: Content = {
        "asked": asked.index.tolist(),
        "needed": count_required(target.required, len(asked)),
    }
    if target.sharing == "reach":
        residents = inputs.cells[f"residents_{scenario.base_year}"].to_numpy(dtype=float)
        home = inputs.cells["community"].to_numpy()
        number = 0 if inputs.communities is None else len(inputs.communities)
        total = np.bincount(home[home >= 0], weights=residents[home >= 0], minlength=number)
        planes.append(residents)
        few = total < (np.inf if target.shared_below is None else target.shared_below)
        told |= {
            "plane": len(planes) - 1,
            "shared_needs": [
                float(value) if may else None
                for value, may in zip(target.shared_by * total * (1 - 1e-9), few, strict=True)
            ],
        }
    return told
