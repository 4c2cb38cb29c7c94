"""Targets, cost and the order of the stages for every plan of a :class:`Reckoning`."""

from itertools import product
from typing import NamedTuple

import numpy as np

from brute_force import Best, Reckoning, cny_in_unit, exact, near_tie, whole


class Held(NamedTuple):
    """A target held against configurations or plans.

    ``missing`` in the unit of the target's constraint, ``against`` what is one whole target of
    it, and the figure ``achieved``, NaN where there is nothing to measure; None of kinds that
    depend on who is served where.
    """

    missing: np.ndarray
    against: float
    achieved: np.ndarray | None = None


class Verdict:
    """What every plan of a town is worth under a scenario for it.

    Attributes
    ----------
    short
        Target key -> for each plan the share of the target that is missing.
    achieved
        Target key -> for each plan the figure achieved, as :class:`Held` tells it.
    cost
        Of each plan, 万元.
    """

    def __init__(self, reckoning: Reckoning, asked) -> None:
        self.all, self.asked = reckoning, asked
        self.short: dict[str, np.ndarray] = {}
        self.achieved: dict[str, np.ndarray] = {}
        if not reckoning.is_possible:
            return
        self._spend()
        for target in asked.targets:
            if target.kind == "budget":
                self._tell(target, self._budget(target), slice(None))
                continue
            year = asked.years.index(target.year)
            held: Held = getattr(self, f"_{target.kind}")(target)
            self._tell(target, held, reckoning.configuration[year])

    def _tell(self, target, held: Held, plan: np.ndarray | slice) -> None:
        """Keep what is held of a target, for every plan."""
        missing = held.missing[plan]
        missing[missing < exact * held.against] = 0.0
        self.short[target.key] = missing / held.against
        if held.achieved is not None:
            self.achieved[target.key] = held.achieved[plan]

    # Cost.

    def _spend(self) -> None:
        """Reckon what each plan spends in each year, CNY: plans x years."""
        town, years = self.all, self.asked.years
        self.spent = {
            name: np.zeros((town.plan.shape[1], len(years)))
            for name in ("capital", "subsidy", "running")
        }
        for j, (site, options) in enumerate(zip(town.sites, town.options)):
            capital, subsidy, running = (np.zeros((len(options), len(years))) for _ in range(3))
            for n, option in enumerate(options):
                before, was_open, acted = town.today[j] @ town.size, town.exists[j], False
                for t, (is_open, classes) in enumerate(zip(option.is_open, option.classes)):
                    now = float(np.array(classes) @ town.size)
                    acts = (is_open and not town.exists[j]) or now > town.today[j] @ town.size
                    added = now - before if is_open else 0.0
                    capital[n, t] = added * site["place_cost_cny"]
                    capital[n, t] += site["fixed_cost_cny"] * (acts and not acted)
                    capital[n, t] += site["close_cost_cny"] * (was_open and not is_open)
                    subsidy[n, t] = added * site["subsidy_cny"]
                    running[n, t] = now * site["running_cost_cny"] * town.inside[j]
                    before, was_open, acted = now, is_open, acts or acted
            for name, of_site in (("capital", capital), ("subsidy", subsidy), ("running", running)):
                self.spent[name] += of_site[town.plan[j]]
        rate, base = self.asked.costs.discount_rate, self.asked.base_year
        self.cost = np.zeros(town.plan.shape[1])
        for t, year in enumerate(years):
            until = years[t + 1] if t + 1 < len(years) else year + 1
            if "capital" in self.asked.costs.counted:
                self.cost += self.spent["capital"][:, t] / (1 + rate) ** (year - base)
            if "running" in self.asked.costs.counted:
                for y in range(year, until):
                    self.cost += self.spent["running"][:, t] / (1 + rate) ** (y - base)
        self.cost /= cny_in_unit

    def _budget(self, target) -> Held:
        t = self.asked.years.index(target.year)
        spent = self.spent[target.spent_on]
        since = 0 if target.since == "base_year" and target.spent_on != "running" else t
        amount = spent[:, since : t + 1].sum(axis=1)
        missing = np.maximum(amount - target.required, 0.0) / cny_in_unit
        return Held(missing, max(target.required / cny_in_unit, 1.0), amount)

    # Targets that look at what is open.

    def _counts(self, target) -> np.ndarray:
        """Return configurations x sites: whether each is open, inside and counts in a target."""
        town = self.all
        counts = town.is_open & town.inside & town.of_tiers(town.tiers_of(target))
        if getattr(target, "inclusive_only", False):
            counts = counts & np.array([bool(site["inclusive"]) for site in town.sites])
        return counts

    def _residents(self, year: int) -> np.ndarray:
        people = self.all.cells[f"residents_{year}"].to_numpy()
        return np.bincount(self.all.zone_of_cell, weights=people, minlength=self.all.zones)

    def _counted(self, target, *, own_staff: bool = True) -> np.ndarray:
        """Return configurations x sites: full-day places that count."""
        found = self.all.counted
        if not own_staff and not self.asked.own_staff_places_count:
            left = found - self.all.demand[target.year, None].staff.sum(axis=1)
            found = left * np.array([bool(s["opens_to_residents"]) for s in self.all.sites])
        return found * self._counts(target)

    def _per_thousand(self, target) -> Held:
        counted, residents = self._counted(target, own_staff=False), self._residents(target.year)
        if target.within == "township":
            held = np.stack(
                [counted[:, self.all.zone == z].sum(axis=1) for z in range(self.all.zones)], axis=1
            )
        else:
            held, residents = counted.sum(axis=1)[:, None], residents.sum(keepdims=True)
        missing = np.maximum(target.required * residents / 1000 - held, 0.0).sum(axis=1)
        density = 1000 * held / np.where(residents > 0, residents, np.nan)
        lowest = np.where(np.isnan(density), np.inf, density).min(axis=1)
        against = target.required * self._residents(target.year).sum() / 1000
        return Held(missing, against, np.where(np.isfinite(lowest), lowest, np.nan))

    def _inclusive_share(self, target) -> Held:
        counted = self._counted(target)
        total = counted.sum(axis=1)
        inclusive = counted @ np.array([float(site["inclusive"]) for site in self.all.sites])
        share = np.divide(inclusive, total, out=np.full(len(total), np.nan), where=total > 0)
        missing = np.maximum(target.required * total - inclusive, 0.0)
        return Held(missing, target.required * self._places_today(), share)

    def _places_today(self) -> float:
        town = self.all
        return max(1.0, float((town.today[town.inside] @ town.size).sum()))

    def _having(self, target, covered: np.ndarray) -> Held:
        number = covered.shape[1]
        having = covered.sum(axis=1)
        needed = whole(target.required * number)
        share = having / number if number else np.full(len(having), np.nan)
        return Held(np.maximum(needed - having, 0.0), max(needed, 1), share)

    def _township_coverage(self, target) -> Held:
        counts = self._counts(target)
        zones = range(self.all.zones)
        return self._having(
            target, np.stack([counts[:, self.all.zone == z].any(axis=1) for z in zones], axis=1)
        )

    def _community_coverage(self, target) -> Held:
        town, counts = self.all, self._counts(target)
        number = len(town.zone_of_community)
        people = town.cells[f"residents_{self.asked.base_year}"].to_numpy()
        covered = np.zeros((len(counts), number), dtype=bool)
        for c in range(number):
            covered[:, c] = counts[:, town.community == c].any(axis=1)
            home = town.community_of_cell == c
            total = people[home].sum()
            if target.sharing != "reach" or not total < (target.shared_below or np.inf):
                continue
            for j, site in enumerate(town.sites):
                reached = people[home & town.near[:, j]].sum()
                if site["opens_to_residents"] and reached >= target.shared_by * total - exact:
                    covered[:, c] |= counts[:, j] & (reached > 0)
        kinds = town.townships["area_type"].to_numpy()[town.zone_of_community]
        return self._having(
            target, covered[:, (kinds == target.area_type) | (target.area_type == "all")]
        )

    def _covers(self, tiers) -> np.ndarray:
        """Return configurations x cells: whether an open site of the tiers is within reach."""
        town = self.all
        usable = town.of_tiers(tiers) & [site["opens_to_residents"] for site in town.sites]
        return ((town.is_open & usable).astype(float) @ town.near.T) > 0

    def _population_coverage(self, target) -> Held:
        town = self.all
        children = town.demand[target.year, None].under3
        if target.group in ("urban", "rural"):
            kinds = town.townships["area_type"].to_numpy()[town.zone_of_cell]
            children = children * (kinds == target.group)
        elif target.group != "all":
            told = town.cells[f"under3_{target.year}"].to_numpy()
            of_group = town.cells[f"{target.group}_{target.year}"].to_numpy()
            children = children * np.divide(of_group, told, out=np.zeros(len(told)), where=told > 0)
        covered, total = self._covers(town.tiers_of(target)) @ children, children.sum()
        share = covered / total if total > 0 else np.full(len(covered), np.nan)
        missing = np.maximum(target.required * total - covered, 0.0)
        return Held(missing, max(target.required * total, 1e-6), share)

    def _tier_count(self, target) -> Held:
        number = self._counts(target).sum(axis=1).astype(float)
        least = 0 if target.at_least is None else target.at_least
        most = np.inf if target.at_most is None else target.at_most
        missing = np.maximum(least - number, 0.0) + np.maximum(number - most, 0.0)
        return Held(missing, max(most if target.at_least is None else least, 1), number)

    def _zone_count(self, target) -> Held:
        town, counts = self.all, self._counts(target)
        here = town.zone if target.zone == "township" else np.zeros_like(town.zone)
        home = town.zone_of_cell if target.zone == "township" else np.zeros_like(town.zone_of_cell)
        number = town.zones if target.zone == "township" else 1
        missing, reached, asked = np.zeros(len(counts)), np.zeros(len(counts)), 0
        for z in range(number):
            needed = dict.fromkeys(town.trends, target.at_least)
            if target.children_per_site is not None:
                for trend in town.trends:
                    children = town.demand[target.year, trend].under3[home == z].sum()
                    for_children = whole(children / target.children_per_site)
                    needed[trend] = max(target.at_least, for_children)
            there = counts[:, here == z].sum(axis=1)
            most = max(needed.values())
            missing += np.maximum(most - there, 0.0)
            reached += there >= needed[None]
            asked += most
        return Held(missing, asked, reached / number)

    def _new_area(self, target) -> Held:
        counted = self._counted(target)
        missing = np.zeros(len(counted))
        lowest = np.full(len(counted), np.inf)
        for number, name in enumerate(self.all.areas):
            area = self.all.town.areas[name]
            if area["hand_over_year"] > target.year:
                continue
            held = counted[:, self.all.in_area[:, number]].sum(axis=1)
            missing += np.maximum(target.required * area["people"] / 1000 - held, 0.0)
            lowest = np.minimum(lowest, 1000 * held / area["people"])
        people = sum(area["people"] for area in self.all.town.areas.values())
        against = max(target.required * people / 1000, 1e-6)
        return Held(missing, against, np.where(np.isfinite(lowest), lowest, np.nan))

    def _pairing(self, target) -> Held:
        """Match sites with medical institutions: the smallest cut over sets of the latter."""
        counts = self._counts(target)
        guided = self.all.asked.guidance.tiers or tuple(
            name for name, tier in self.asked.tiers.items() if tier.class_kinds
        )
        to_match = counts & self.all.of_tiers(guided)
        matched = np.full(len(counts), np.inf)
        guides = [each for each in self.all.guides if not target.kinds or each[2] in target.kinds]
        for chosen in product([False, True], repeat=len(guides)):
            others = np.zeros(counts.shape[1], dtype=bool)
            for is_cut, (_, reached, _) in zip(chosen, guides):
                others |= reached & (not is_cut)
            cut = sum(most for is_cut, (most, _, _) in zip(chosen, guides) if is_cut)
            matched = np.minimum(matched, cut + (to_match & others).sum(axis=1))
        missing = np.maximum(target.required * counts.sum(axis=1) - matched, 0.0)
        today = (
            self.all.exists & self.all.inside & self.all.of_tiers(self.all.tiers_of(target))
        ).sum()
        return Held(missing, target.required * (today + 1))

    # Targets that look at who is served.

    def _enrolment(self, target) -> Held:
        town, counts = self.all, self.all.of_tiers(self.all.tiers_of(target))
        missing = np.zeros(town.configurations)
        for trend in town.trends:
            demand = town.demand[target.year, trend]
            near = np.zeros(len(town.sites))
            for site, drawn in zip(demand.site, demand.drawn):
                near[site] += drawn.sum() * town.exists[site]
            living = near + demand.beyond.sum(axis=1) + demand.staff.sum(axis=1)
            placed = town.is_open @ (living * counts)
            placed = placed + town.additional(target.year, trend, counts)
            missing += np.maximum(target.required * demand.under3.sum() - placed, 0.0)
        return Held(missing, target.required * town.demand[target.year, None].under3.sum())

    def _fill(self, target) -> Held:
        town = self.all
        counts = town.inside & town.of_tiers(town.tiers_of(target))
        before = np.where(town.exists, town.today @ town.size, 0.0)
        new = np.maximum(town.places - before, 0.0) * counts
        hosts, grown = counts & ~town.exists, np.flatnonzero(counts & town.exists)
        required = target.required * new
        if target.within == "site" and target.spare_only_site:
            is_open = self._counts(target)
            for j in np.flatnonzero(hosts).tolist():
                others = town.zone == town.zone[j]
                others[j] = False
                required[:, j] *= is_open[:, others].any(axis=1)
        missing = np.zeros(town.configurations)
        for trend in town.trends:
            filled = np.zeros(town.configurations)
            # The new places of a facility fill when its places of today are full, or not at all.
            for full in product([False, True], repeat=len(grown)):
                wanted = hosts.copy()
                wanted[grown[list(full)]] = True
                most = None
                if target.within == "site":
                    most = np.where(wanted, before + required, 0.0)
                children = town.flow(target.year, trend, wanted, most)
                filled = np.maximum(filled, children - before[wanted].sum())
            missing += np.maximum(required.sum(axis=1) - filled, 0.0)
        return Held(missing, target.required * self._places_today())

    # Stages.

    def best(self) -> Best | None:
        """Settle the stages in order; None where no plan keeps the hard targets."""
        town = self.all
        if not town.is_possible:
            return None
        kept = np.arange(town.plan.shape[1])
        is_doubtful = False
        in_group = [n for n, s in enumerate(town.sites) if s["exclusive_group"]]
        opened = town.is_open[town.configuration[-1]][:, in_group] & ~town.exists[in_group]
        kept = kept[opened.sum(axis=1)[kept] <= 1]
        hard = [self.short[t.key] for t in self.asked.targets if t.hard]
        missing = np.max([np.zeros(town.plan.shape[1]), *hard], axis=0)
        is_doubtful |= bool(((missing[kept] > 0) & (missing[kept] < near_tie)).any())
        kept = kept[missing[kept] == 0]
        if not len(kept):
            return None
        values: dict[str, float] = {}
        for name, value, sign in self._stages():
            best = value[kept].min()
            margin = value[kept] - best
            one = max(abs(best), 1.0)
            is_doubtful |= bool(((margin > exact * one) & (margin < near_tie * one)).any())
            values[name] = sign * best
            kept = kept[margin <= exact * one]
        return Best(values, kept, is_doubtful)

    def values_of(self, plan: int) -> dict[str, float]:
        """Return the value of a plan in each stage."""
        return {name: sign * value[plan] for name, value, sign in self._stages()}

    def _weighed(self, year: int) -> np.ndarray:
        """Return the under-3s of each cell, those of groups as often as their weight says."""
        children = self.all.demand[year, None].under3.copy()
        for group, weight in self.asked.children.weights.items():
            children += (weight - 1) * self.all.cells[f"{group}_{year}"].to_numpy()
        return children

    def _stages(self) -> list[tuple[str, np.ndarray, float]]:
        """Return name, what is minimised for every plan, and the sign by which people read it."""
        town, found = self.all, []
        soft = [t for t in self.asked.targets if not t.hard]
        for name in self.asked.objectives:
            if name == "shortfall":
                for priority in sorted({t.priority for t in soft}):
                    short = sum(self.short[t.key] for t in soft if t.priority == priority)
                    found.append((f"shortfall-{priority}", short, 1.0))
            elif name == "cost":
                found.append((name, self.cost, 1.0))
            elif name == "coverage":
                tiers = {
                    n for n, t in town.asked.tiers.items() if "population_coverage" in t.counts_in
                }
                covers = self._covers(tiers)
                children = sum(
                    (covers @ self._weighed(year))[of_year]
                    for year, of_year in zip(town.years, town.configuration)
                )
                found.append((name, -children, -1.0))
            elif name == "served":
                everywhere = np.ones(len(town.sites), dtype=bool)
                children = sum(
                    town.additional(year, trend, everywhere)[of_year]
                    for year, of_year in zip(town.years, town.configuration)
                    for trend in town.trends
                )
                found.append((name, -children, -1.0))
            else:
                order = np.arange(1, len(town.sites) + 1) / len(town.sites)
                costs = np.array([site["fixed_cost_cny"] > 0 for site in town.sites])
                last = town.configuration[-1]
                grown = town.places[last] > town.today @ town.size
                acted = town.is_open[last] != town.exists
                acted |= town.exists & grown & costs
                found.append((name, acted @ order, 1.0))
        return found
