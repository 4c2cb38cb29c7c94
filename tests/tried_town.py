"""Trials of a town: random states of its sites, told by the page and by the Python indicators."""

import json
from functools import cache

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import csr_array

from siting.demand import measure_demand
from siting.indicators import SitesInYear, measure, target_results
from siting.inputs import free_places
from siting.inputs.dictionary import classes_column
from siting.plan.trial import try_sites
from siting.reach import measure_reach, site_limits_s
from siting.scenario.trial import walked

exact = ("residents", "under3", "under3_covered", "places", "places_in_share", "places_inclusive")
exact += ("townships_covered", "sites", "takers", "enrolled_within", "served_beyond", "unreachable")
of_area = (*exact, "served_additional", "served", "reachable_full", "population_coverage")
of_area += ("places_per_thousand", "inclusive_share")


class Tries:
    """Random states of the sites of a study, and what Python says of them."""

    def __init__(self, findings, seed, size=1):
        self.findings = findings
        self.scenario, self.inputs = findings.scenario, findings.inputs
        self.rng = np.random.default_rng(seed)
        self.most_switched = size
        self.kinds = list(self.scenario.class_kinds)
        sites = self.inputs.sites
        self.today = sites[[classes_column(kind) for kind in self.kinds]].to_numpy(dtype=int)
        self.exists = (sites["status"] == "existing").to_numpy()
        self.inside = (sites["zone"] >= 0).to_numpy()
        self.reach_at = cache(self._reach_at)
        self.demand_in = cache(self._demand_in)
        self.demand_at = cache(self._demand_at)

    def random(self):
        """Return a state that the page would take: year, minutes, speed, switched sites."""
        while True:
            choice = self._random()
            if self._fits(choice):
                return choice

    def _fits(self, choice):
        """Return whether the children who stay fit into the classes of every open site."""
        is_open, classes = self.state(choice)
        demand = self.demand_in(choice["year"]).under(is_open)
        kinds = self.scenario.class_kinds.values()
        takes = [[band in kind.bands for band in self.scenario.bands] for kind in kinds]
        free = free_places(
            classes,
            np.array([kind.size for kind in kinds]),
            np.array(takes, dtype=bool),
            demand.enrolled + demand.staff,
        )
        return all((places[is_open] >= -1e-9).all() for places in free.values())

    def _demand_in(self, year):
        at = self.scenario.years[year]
        return measure_demand(self.scenario, self.inputs, self.findings.reach, at)

    def _random(self):
        rng, walks = self.rng, self.findings.walks
        minutes = None if rng.random() < 0.4 else int(rng.integers(5, 21))
        sites = {}
        for site in rng.permutation(len(self.exists))[: rng.integers(0, self.most_switched + 1)]:
            if self.exists[site] or self.inside[site]:
                sites[int(site)] = self._switch(int(site))
        return {
            "year": int(rng.integers(len(self.scenario.years))),
            "minutes": minutes,
            "speed": int(rng.integers(len(walks.speeds_kph))),
            "sites": sites,
        }

    def _switch(self, site):
        """Return a random choice for a site: shut, or open with classes that it may have."""
        table, rng = self.inputs.sites.iloc[site], self.rng
        runs = self.scenario.tiers[table["tier"]].class_kinds
        classes = self.today[site].copy()
        if rng.random() < 0.4:
            return {"open": False, "classes": [0] * len(classes)}
        staffed = table["staff_children"] > 0
        sizes = np.array([self.scenario.class_kinds[kind].size for kind in self.kinds])
        for _ in range(20):
            more = classes.copy()
            if runs:
                more[self.kinds.index(str(rng.choice(list(runs))))] += 1
            if more.sum() > table["max_classes"] or more @ sizes > table["most_places"]:
                break
            classes = more
            if rng.random() < (0.1 if staffed else 0.5):
                break
        some = classes.any() or not runs
        return {"open": bool(some or self.exists[site]), "classes": classes.tolist()}

    def _reach_at(self, minutes, speed):
        kph = self.findings.walks.speeds_kph[speed]
        asked = walked(self.scenario, minutes, kph)
        network = self.findings.network.walked_at(kph)
        return asked, measure_reach(asked, network, self.inputs)

    def state(self, choice):
        """Return whether each site is open and its classes."""
        plan = self.findings.plan.year(self.scenario.years[choice["year"]]).state
        is_open = plan["open"].to_numpy(dtype=bool).copy()
        classes = plan[[classes_column(kind) for kind in self.kinds]].to_numpy(dtype=int).copy()
        for site, switched in choice["sites"].items():
            is_open[site] = switched["open"]
            classes[site] = switched["classes"]
        return is_open, classes

    def figures(self, choice, *, by_model):
        """Return the figures of the Python indicators, and the targets of the year.

        Parameters
        ----------
        by_model
            Whether the planning model serves the children, or a linear program written here.
        """
        year = self.scenario.years[choice["year"]]
        asked, reach = self.reach_at(choice["minutes"], choice["speed"])
        is_open, classes = self.state(choice)
        if by_model:
            tried = try_sites(asked, self.inputs, reach, year, is_open, classes)
        else:
            columns = [classes_column(kind) for kind in self.kinds]
            state = pd.DataFrame(classes, columns=columns).assign(open=is_open)
            demand = self.demand_at(choice["year"], choice["minutes"], choice["speed"])
            served = most_served(asked, self.inputs, reach, demand, is_open, classes)
            tried = SitesInYear(asked, self.inputs, reach, year, state, demand, served)
        found = measure(asked, self.inputs, reach, tried.demand, tried.state, tried.served, year)
        return found, target_results(tried, asked.targets_of(year))

    def _demand_at(self, year, minutes, speed):
        asked, reach = self.reach_at(minutes, speed)
        return measure_demand(asked, self.inputs, reach, self.scenario.years[year])


def most_served(scenario, inputs, reach, demand, is_open, classes):
    """Return who is served if as many as possible are: a linear program, band by band."""
    kinds = list(scenario.class_kinds.values())
    takes = np.array([[band in kind.bands for band in scenario.bands] for kind in kinds])
    now = demand.under(is_open)
    waiting, kept = now.additional, now.enrolled + now.staff
    usable = is_open & inputs.sites["opens_to_residents"].to_numpy(dtype=bool)
    near = reach.pairs_within(site_limits_s(scenario, inputs.sites)) & usable[reach.site]
    cell, site = reach.cell[near], reach.site[near]
    open_to = (classes > 0).astype(float) @ takes > 0
    pair, band = np.nonzero(open_to[site] & (waiting[cell] > 0))
    cell, site = cell[pair], site[pair]
    given = np.argwhere(((classes > 0)[:, :, None] & takes[None]) & usable[:, None, None])
    columns, bands = len(cell) + len(given), len(scenario.bands)
    homes, home = np.unique(cell * bands + band, return_inverse=True)
    desk = {(int(j), int(b)): row for row, (j, b) in enumerate(np.unique(given[:, [0, 2]], axis=0))}
    pool = {(int(j), int(k)): row for row, (j, k) in enumerate(np.unique(given[:, :2], axis=0))}
    rows = np.zeros((len(homes) + len(desk) + len(pool), columns))
    limit = np.zeros(len(rows))
    rows[home, np.arange(len(cell))] = 1.0
    limit[: len(homes)] = waiting.ravel()[homes]
    for column, key in enumerate(zip(site.tolist(), band.tolist(), strict=True)):
        rows[len(homes) + desk[key], column] = 1.0
    for key, row in desk.items():
        limit[len(homes) + row] = -kept[key]
    for column, (j, k, b) in enumerate(given.tolist(), start=len(cell)):
        rows[len(homes) + desk[j, b], column] = -1.0
        rows[len(homes) + len(desk) + pool[j, k], column] = 1.0
    for (j, k), row in pool.items():
        limit[len(homes) + len(desk) + row] = kinds[k].size * classes[j, k]
    children = np.zeros(0)
    if len(cell):
        cost = -(np.arange(columns) < len(cell)).astype(float)
        answer = linprog(cost, A_ub=csr_array(rows), b_ub=limit, method="highs")
        assert answer.status == 0, answer.message
        children = np.maximum(answer.x[: len(cell)], 0.0)
    return pd.DataFrame({"cell": cell, "site": site, "band": band, "children": children})


def asked_of_page(page, choices):
    """Return what the page says of many states at once."""
    states = [{**choice, "sites": list(choice["sites"].items())} for choice in choices]
    states = [
        {**state, "sites": [[int(site), switched] for site, switched in state["sites"]]}
        for state in states
    ]
    told = page.evaluate(
        """states => JSON.stringify(JSON.parse(states).map((state) => {
          const { area, townships, targets } = sitingTrial.figures(state);
          return { area, targets, townships: Object.fromEntries(Object.entries(townships)
            .map(([name, values]) => [name, Array.from(values)])) };
        }))""",
        json.dumps(states),
    )
    return json.loads(told)


def differences(told, found, targets, codes):
    """Return where the page and Python differ by more than the rounding of floats."""
    wrong = []

    def compare(where, page, python):
        python = None if python is None or np.isnan(python) else float(python)
        if page is None or python is None:
            if page is not python:
                wrong.append((where, page, python))
        elif abs(page - python) > 1e-6 * max(1.0, abs(python)):
            wrong.append((where, page, python))

    for name in of_area:
        compare(("area", name), told["area"][name], found.area[name])
    table = found.of("township").set_index("code").loc[codes]
    reached = table["served_additional"] + table["reachable_full"]
    for name in exact:
        for code, page, python in zip(codes, told["townships"][name], table[name], strict=True):
            compare((code, name), page, python)
    for code, page, python in zip(codes, told["townships"]["within_reach"], reached, strict=True):
        compare((code, "within_reach"), page, python)
    untold = {"fill", "pairing", "budget"}
    for page, result in zip(told["targets"], targets, strict=True):
        if page.get("untold"):
            if result.target.kind not in {*untold, "enrolment"}:
                wrong.append((result.target.key, "untold", result.achieved))
            continue
        compare((result.target.key, "achieved"), page["achieved"], result.achieved)
        near = result.achieved is not None and (
            abs(result.achieved - result.required) <= 3e-6 * max(abs(result.required), 1.0)
        )
        if page["met"] is not result.met and not near:
            wrong.append((result.target.key, "met", page["met"], result.met))
        if "achieved_count" in page and page["achieved_count"] != result.achieved_count:
            wrong.append((result.target.key, page["achieved_count"], result.achieved_count))
    return wrong
