"""The model against every possible plan, on small random towns along one street."""

from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from drawn_town import Town, scenario, target
from siting.model import Status
from siting.plan import choose_sites

size = {"small": 15, "large": 20, "mixed": 18}
takes = {"small": (1,), "large": (2,), "mixed": (1, 2)}
limit_s = 300
letters = "abcdefgh"


def random_town(seed):
    """Return a town and what it is made of, for reckoning without the package."""
    rng = np.random.default_rng(seed)
    gaps = rng.integers(1, 4, 7)
    picture = letters[0] + "".join("-" * gap + mark for gap, mark in zip(gaps, letters[1:]))
    people = {mark: float(rng.integers(1, 20) * 30) for mark in letters if rng.random() < 0.8}
    spots = rng.permutation(list(letters))
    kinds = rng.choice(
        ["per_thousand", "inclusive_share", "township_coverage", "population_coverage", "fill"],
        size=rng.integers(1, 5),
        replace=False,
    )
    most_hosts = 2 if "fill" in kinds else 3
    hosts = {
        mark: {
            "max_classes": int(rng.integers(1, 3)),
            "fixed_cost_cny": float(rng.integers(1, 9) * 10_000),
            "place_cost_cny": float(rng.integers(1, 9) * 500),
            "inclusive": bool(rng.random() < 0.5),
        }
        for mark in spots[:most_hosts]
    }
    facilities = {
        spots[3]: {
            "small_classes": 1,
            "mixed_classes": 1,
            "max_classes": int(rng.integers(2, 4)),
            "enrolled_12_24": int(rng.integers(0, 12)),
            "enrolled_24_36": int(rng.integers(0, 6)),
            "inclusive": bool(rng.random() < 0.5),
            "place_cost_cny": float(rng.integers(1, 9) * 500),
        }
    }
    required = {
        "per_thousand": float(rng.integers(10, 40)),
        "inclusive_share": float(rng.choice([0.4, 0.6, 0.9])),
        "township_coverage": float(rng.choice([0.5, 1.0])),
        "population_coverage": float(rng.choice([0.5, 0.8, 1.0])),
        "fill": float(rng.choice([0.1, 0.3])),
    }
    targets = tuple(
        target(
            kind,
            required=required[kind],
            hard=bool(rng.random() < 0.4),
            priority=int(rng.integers(1, 3)),
        )
        for kind in sorted(kinds)
    )
    border = float(rng.integers(3, 9)) + 0.5
    town = Town(
        picture,
        people,
        hosts=hosts,
        facilities=facilities,
        borders=(border,),
        asked=scenario(targets=targets),
    )
    return town, border


class Reckoning:
    """Every plan of a town, reckoned from the picture with no code of the package."""

    def __init__(self, town, border):
        self.town = town
        self.at = {mark: town.picture.index(mark) for mark in letters}
        self.border = border
        self.cells = list(town.people)
        self.under3 = np.array([town.people[mark] / 3 for mark in self.cells])
        facility = next(iter(town.facilities))
        self.sites = [facility, *town.hosts]
        self.columns = [town.facilities[facility], *town.hosts.values()]
        self.before = [{"small": 1, "large": 0, "mixed": 1}] + [dict.fromkeys(size, 0)] * (
            len(self.sites) - 1
        )
        self.enrolled = np.zeros((len(self.sites), 3))
        self.enrolled[0] = [0, *(self.columns[0][f"enrolled_{b}"] for b in ("12_24", "24_36"))]
        self.near = np.array(
            [
                [abs(self.at[c] - self.at[s]) * 100 <= limit_s for s in self.sites]
                for c in self.cells
            ]
        )
        takers = np.outer(self.under3, [0, 1 / 6, 1 / 6])
        drawn = np.zeros_like(takers)
        for band in range(3):
            weight = takers[:, band] * self.near[:, 0]
            if weight.sum() > 0:
                drawn[:, band] = self.enrolled[0, band] * weight / weight.sum()
        left = takers - np.minimum(drawn, takers)
        beyond = self.enrolled.sum(axis=0) - np.minimum(drawn, takers).sum(axis=0)
        kept = 1 - np.divide(beyond, left.sum(axis=0), out=np.zeros(3), where=left.sum(axis=0) > 0)
        self.additional = left * np.maximum(kept, 0)

    def options(self, site):
        """Return every mix of added classes that a site has room for."""
        room = self.columns[site]["max_classes"] - sum(self.before[site].values())
        return [mix for mix in product(range(room + 1), repeat=3) if sum(mix) <= room]

    def plans(self):
        for mixes in product(*(self.options(site) for site in range(len(self.sites)))):
            yield [dict(zip(size, mix, strict=True)) for mix in mixes]

    def places(self, classes):
        return sum(size[kind] * count for kind, count in classes.items())

    def cost(self, added):
        return sum(
            (site.get("fixed_cost_cny", 0.0) + self.places(mix) * site["place_cost_cny"])
            for site, mix in zip(self.columns, added, strict=True)
            if self.places(mix)
        )

    def shortfalls(self, added):
        """Return target id -> what is missing, relative to what is required; fill left out."""
        now = [
            self.places(mix) + self.places(was) for mix, was in zip(added, self.before, strict=True)
        ]
        is_open = np.array(now) > 0
        inclusive = sum(n for n, s in zip(now, self.columns, strict=True) if s["inclusive"])
        covered = (self.near & is_open).any(axis=1)
        west = [self.at[s] < self.border for s, o in zip(self.sites, is_open, strict=True) if o]
        today = self.places(self.before[0])
        found = {}
        for asked in self.town.asked.targets:
            need = asked.required
            if asked.kind == "per_thousand":
                needed = need * sum(self.town.people.values()) / 1000
                found[asked.id] = (needed - sum(now)) / needed
            elif asked.kind == "inclusive_share":
                found[asked.id] = (need * sum(now) - inclusive) / (need * today)
            elif asked.kind == "township_coverage":
                needed = np.ceil(need * 2)
                found[asked.id] = (needed - len(set(west))) / needed
            elif asked.kind == "population_coverage":
                needed = need * self.under3.sum()
                found[asked.id] = (needed - self.under3[covered].sum()) / needed
        return {name: max(0.0, value) for name, value in found.items()}

    def most_filled(self, added):
        """Return most children in new places, today's places filled first or not."""
        found = [self.most(added, filled=True, overflows=choice) for choice in (False, True)]
        return max(value for value in found if value is not None)

    def most(self, added, *, filled=False, overflows=False):
        """Return most children served, or in new places (``filled``), None if impossible.

        ``overflows``: the facility's places of today are full, so new ones there can fill.
        """
        kinds = list(size)
        columns, weight = [], []
        for i, j, a in product(range(len(self.cells)), range(len(self.sites)), range(3)):
            if self.near[i, j] and self.additional[i, a] > 0:
                columns.append(("served", i, j, a))
        columns += [
            ("alloc", j, k, a) for j in range(len(self.sites)) for k in kinds for a in takes[k]
        ]
        columns += [("filled", j, None, None) for j in range(len(self.sites))]
        position = {column: n for n, column in enumerate(columns)}
        rows, bounds = [], []

        def require(terms, bound):
            row = np.zeros(len(columns))
            for column, factor in terms:
                row[position[column]] += factor
            rows.append(row)
            bounds.append(bound)

        served = [c for c in columns if c[0] == "served"]
        for i, a in product(range(len(self.cells)), range(3)):
            require([(c, 1) for c in served if c[1] == i and c[3] == a], self.additional[i, a])
        for j in range(len(self.sites)):
            for a in range(3):
                terms = [(c, 1) for c in served if c[2] == j and c[3] == a]
                terms += [(("alloc", j, k, a), -1) for k in kinds if a in takes[k]]
                require(terms, -self.enrolled[j, a])
            for k in kinds:
                count = added[j][k] + self.before[j][k]
                require([(("alloc", j, k, a), 1) for a in takes[k]], size[k] * count)
            fills = j > 0 or overflows
            require([(("filled", j, None, None), 1)], self.places(added[j]) if fills else 0.0)
            spare = self.places(self.before[j]) - self.enrolled[j].sum()
            terms = [(("filled", j, None, None), 1)]
            terms += [(c, -1) for c in served if c[2] == j]
            require(terms, -spare if fills else 0.0)
        word = "filled" if filled else "served"
        weight = [-1.0 if c[0] == word else 0.0 for c in columns]
        answer = linprog(weight, A_ub=np.array(rows), b_ub=bounds, bounds=(0, None))
        return -answer.fun if answer.status == 0 else None

    def best(self):
        """Return the value of each stage: shortfall by priority and cost; None if impossible."""
        best = None
        today = self.places(self.before[0])
        for added in self.plans():
            short = self.shortfalls(added)
            for asked in self.town.asked.targets:
                if asked.kind == "fill":
                    new = sum(self.places(mix) for mix in added)
                    missing = asked.required * new - self.most_filled(added)
                    short[asked.id] = max(0.0, missing) / (asked.required * today)
            hard = [t.id for t in self.town.asked.targets if t.hard]
            if any(short[name] > 1e-9 for name in hard):
                continue
            soft = [t for t in self.town.asked.targets if not t.hard]
            value = [
                sum(short[t.id] for t in soft if t.priority == priority)
                for priority in sorted({t.priority for t in soft})
            ] + [self.cost(added) / 10_000]
            rounded = tuple(round(v, 7) for v in value)
            if best is None or rounded < best[0]:
                best = (rounded, [added])
            elif rounded == best[0]:
                best[1].append(added)
        return best


@pytest.mark.parametrize("seed", range(40))
def test_the_model_finds_the_best_of_all_plans(seed):
    town, border = random_town(seed)
    reckoning = Reckoning(town, border)
    plan = choose_sites(town.asked, town.inputs(), town.reach())
    best = reckoning.best()
    if best is None:
        assert plan.status is Status.INFEASIBLE
        return
    assert plan.status is Status.OPTIMAL
    values, plans = best
    found = [stage.objective for stage in plan.stages]
    assert found[:-1] == pytest.approx(values, abs=2e-6)
    if not any(asked.kind == "fill" for asked in town.asked.targets):
        served = max(reckoning.most(added) for added in plans)
        assert found[-1] == pytest.approx(served, abs=1e-4)
