"""The variables of the planning model, named as in the documentation."""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import pulp

from siting.model.problem import SitingProblem

Expression = pulp.LpAffineExpression
Term = tuple[pulp.LpVariable, float]


@dataclass
class PlanningModel:
    """A PuLP problem and its variables.

    Attributes
    ----------
    lp
        The PuLP problem.
    open
        Site -> 1 if the plan acts there: opens a candidate, expands a facility.
    classes
        (site, kind) -> classes added by the plan.
    alloc
        (site, kind, band) -> places of a class kind given to an age band, today's and added;
        only where a kind takes more than one band.
    served
        (class, site, band) -> additional children given a place.
    covered
        Class -> share reached by an open site that counts; only classes not covered today.
    has
        Township -> 1 if an open site that counts lies inside; only townships without one today.
    filled
        Site -> children in the places that the plan adds.
    overflows
        Facility -> 1 if its places of today are full, so that children come to added ones.
    short
        Target id -> how much is missing, in the unit of the constraint.
    """

    problem: SitingProblem
    lp: pulp.LpProblem
    open: dict[int, pulp.LpVariable] = field(default_factory=dict)
    classes: dict[tuple[int, int], pulp.LpVariable] = field(default_factory=dict)
    alloc: dict[tuple[int, int, int], pulp.LpVariable] = field(default_factory=dict)
    served: dict[tuple[int, int, int], pulp.LpVariable] = field(default_factory=dict)
    covered: dict[int, pulp.LpVariable] = field(default_factory=dict)
    has: dict[int, pulp.LpVariable] = field(default_factory=dict)
    filled: dict[int, pulp.LpVariable] = field(default_factory=dict)
    overflows: dict[int, pulp.LpVariable] = field(default_factory=dict)
    short: dict[str, pulp.LpVariable] = field(default_factory=dict)

    def require(self, name: str, terms: list[Term], sense: int, bound: float) -> None:
        """Add the constraint ``sum of terms (sense) bound``."""
        self.lp.addConstraint(pulp.LpConstraint(Expression(terms), sense, name, float(bound)))

    def places_added(self, sites: np.ndarray | None = None) -> list[Term]:
        """Return the terms of the places added, at all sites or at those marked."""
        size = self.problem.size
        return [
            (variable, float(size[kind]))
            for (site, kind), variable in self.classes.items()
            if sites is None or sites[site]
        ]

    def served_at(self) -> dict[tuple[int, int], list[pulp.LpVariable]]:
        """Return (site, band) -> its served variables."""
        found = defaultdict(list)
        for (_, site, band), variable in self.served.items():
            found[site, band].append(variable)
        return found


def declare(problem: SitingProblem) -> PlanningModel:
    """Create the variables; what is settled beforehand gets none."""
    model = PlanningModel(problem, pulp.LpProblem("siting", pulp.LpMinimize))
    room = problem.sites.room
    for site in np.flatnonzero(room > 0).tolist():
        model.open[site] = model.lp.add_variable(f"open_{site}", cat=pulp.LpBinary)
        for kind in np.flatnonzero(problem.sites.runs[site]).tolist():
            model.classes[site, kind] = model.lp.add_variable(
                f"classes_{site}_{problem.kinds[kind]}", 0, int(room[site]), pulp.LpInteger
            )
    _declare_service(model)
    _declare_coverage(model)
    for target in problem.scenario.targets:
        if not target.hard:
            model.short[target.id] = model.lp.add_variable(f"short_{target.id}", 0)
    return model


def _declare_service(model: PlanningModel) -> None:
    problem = model.problem
    can_have = (problem.sites.classes_today > 0) | (
        problem.sites.runs & (problem.sites.room > 0)[:, None]
    )
    takes_band = (can_have.astype(int) @ problem.takes.astype(int)) > 0
    for site, kind in np.argwhere(can_have).tolist():
        bands = np.flatnonzero(problem.takes[kind]).tolist()
        if len(bands) > 1:
            for band in bands:
                name = f"alloc_{site}_{problem.kinds[kind]}_{problem.bands[band]}"
                model.alloc[site, kind, band] = model.lp.add_variable(name, 0)
    demand = problem.demand
    for group, site in zip(demand.demand_class.tolist(), demand.site.tolist(), strict=True):
        for band in range(len(problem.bands)):
            if takes_band[site, band] and demand.additional[group, band] > 0:
                model.served[group, site, band] = model.lp.add_variable(
                    f"served_{group}_{site}_{problem.bands[band]}", 0
                )
    if any(target.kind == "fill" for target in problem.scenario.targets):
        for site in model.open:
            model.filled[site] = model.lp.add_variable(f"filled_{site}", 0)
            if problem.sites.is_open_today[site]:
                name = f"overflows_{site}"
                model.overflows[site] = model.lp.add_variable(name, cat=pulp.LpBinary)


def _declare_coverage(model: PlanningModel) -> None:
    problem = model.problem
    candidates = problem.sites.candidate
    demand = problem.demand
    kinds = {target.kind for target in problem.scenario.targets}
    if "population_coverage" in kinds:
        counted = candidates & problem.sites.counts["population_coverage"]
        for group in np.unique(demand.demand_class[counted[demand.site]]).tolist():
            if not demand.covered_today[group] and demand.under3[group] > 0:
                model.covered[group] = model.lp.add_variable(f"covered_{group}", 0, 1)
    if "township_coverage" in kinds:
        counts = problem.sites.counts["township_coverage"]
        today = set(problem.sites.zone[counts & problem.sites.is_open_today].tolist())
        for zone in np.unique(problem.sites.zone[candidates & counts]).tolist():
            if zone not in today:
                model.has[zone] = model.lp.add_variable(f"has_{zone}", 0, 1)
