"""Solve a problem without some of its requirements.

The model is written once for each way of posing the problem; targets, decisions and groups are
left out of it by leaving out their rows, excluded hosts are let in by their columns.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np

from siting.clashes.requirements import Requirement
from siting.inputs import no_zone
from siting.model import SitingProblem, pose_problem
from siting.model.planning_model import PlanningModel, absent
from siting.model.service_rules import service_rules
from siting.model.site_rules import site_rules
from siting.model.stages import idle_service
from siting.model.target_rules import rule_of
from siting.model.variables import declare
from siting.reach import Reach
from siting.solver import Answer, Program, Status, solve

most_pairs = 3_000_000
"""Pairs of cells and sites up to which a reach limit is left out; beyond, it is not tested."""


@dataclass(frozen=True)
class Ground:
    """A problem and its model, with what belongs to each requirement.

    Attributes
    ----------
    problem, model, program
        Posed, written, as arrays; where no target asks who is served, nobody is.
    rows
        Id of a requirement -> its rows.
    columns
        Id of a requirement -> columns that are 0 while it holds.
    """

    problem: SitingProblem
    model: PlanningModel
    program: Program
    rows: Mapping[str, np.ndarray]
    columns: Mapping[str, np.ndarray]

    def without(self, left_out: Collection[str]) -> Program:
        """Return the program without the rows and bounds of some requirements."""
        upper = self.program.column_upper.copy()
        for name, columns in self.columns.items():
            if name not in left_out:
                upper[columns] = 0.0
        kept = np.ones(self.model.rows, dtype=bool)
        for name in left_out:
            kept[self.rows.get(name, np.empty(0, np.int64))] = False
        return replace(
            self.program,
            column_upper=upper,
            rows=self.program.rows[np.flatnonzero(kept)],
            row_lower=self.program.row_lower[kept],
            row_upper=self.program.row_upper[kept],
        )


def lay(problem: SitingProblem, left_out: Collection[str] = ()) -> Ground:
    """Pose a problem without some requirements and write its model.

    Parameters
    ----------
    left_out
        Those that need another problem: ``host_limits``, ``closing``, ``reach:<tier>``.
    """
    excluded = (problem.inputs.sites["decision"] == "excluded").to_numpy()
    posed = _posed(problem, frozenset(left_out))
    model = declare(posed)
    rows: dict[str, np.ndarray] = {}
    for rule in (*site_rules, *service_rules):
        before = model.rows
        rule(model)
        rows[rule.__name__] = np.arange(before, model.rows)
    for target in posed.scenario.targets:
        before = model.rows
        rule_of[target.kind](model, target)
        rows[target.key] = np.arange(before, model.rows)
    named = {key: rows[key] for key in (t.key for t in posed.scenario.targets)}
    named["phasing"] = rows["phasing"]
    ids = posed.inputs.sites["site_id"].to_numpy(dtype=str)
    site, _ = np.nonzero(posed.sites.must_open)
    for place in np.unique(site).tolist():
        named[f"decision:{ids[place]}"] = rows["decided"][site == place]
    opens = model.open[:, -1] != absent
    groups = sorted({name for name in posed.sites.group[opens].tolist() if name})
    for row, group in zip(rows["exclusive"], groups, strict=True):
        named[f"exclusive:{group}"] = np.array([row])
    columns = {}
    for place in np.flatnonzero(excluded).tolist():
        own = np.concatenate([model.open[place], model.classes[place].ravel()])
        columns[f"excluded:{ids[place]}"] = own[own != absent]
    program = model.program(np.zeros(model.columns))
    upper = program.column_upper.copy()
    upper[idle_service(model)] = 0.0
    return Ground(posed, model, replace(program, column_upper=upper), named, columns)


def _posed(problem: SitingProblem, left_out: frozenset[str]) -> SitingProblem:
    """Return a problem with every excluded host let in, and without some requirements."""
    scenario, inputs, reach = problem.scenario, problem.inputs, problem.reach
    sites = inputs.sites
    let_in = (sites["decision"] == "excluded").to_numpy()
    if not left_out and not let_in.any():
        return problem
    sites = sites.assign(decision=sites["decision"].mask(let_in, "free"))
    if "closing" in left_out:
        inside = (sites["zone"] != no_zone) & (sites["status"] == "existing")
        sites = sites.assign(may_close=inside)
    if "host_limits" in left_out:
        has_kinds = sites["tier"].map({n: bool(t.class_kinds) for n, t in scenario.tiers.items()})
        today = problem.sites.classes_today.sum(axis=1)
        enough = today + _enough_classes(problem)
        most = np.where(has_kinds, enough, sites["max_classes"])
        sites = sites.assign(max_classes=most, most_places=np.inf)
    for name in left_out:
        if name.startswith("reach:"):
            reach = _all_within(problem, reach, name.removeprefix("reach:"))
    return pose_problem(scenario, replace(inputs, sites=sites), reach)


def _enough_classes(problem: SitingProblem) -> int:
    """Return a number of classes with which any one site could meet every target by itself."""
    inputs = problem.inputs
    places = [float(demand.under3.sum()) for demand in problem.demand]
    for target in problem.scenario.targets:
        if target.kind == "per_thousand":
            people = inputs.townships[f"residents_{target.year}"].sum()
            places.append(target.required * float(people) / 1000)
        if target.kind == "new_area" and inputs.areas is not None:
            places.append(target.required * float(inputs.areas["people"].sum()) / 1000)
    today = float(problem.sites.places_today.sum())
    smallest = float(min(problem.size.min(), problem.counted.min()))
    return int(np.ceil((max(places) + today) / smallest)) + 1


def too_large(problem: SitingProblem, requirement: Requirement) -> bool:
    """Return whether leaving out a reach limit would make too large a problem to test."""
    if requirement.kind != "reach":
        return False
    of_tier = problem.sites.tier == requirement.id.removeprefix("reach:")
    return int(of_tier.sum()) * problem.reach.cells > most_pairs


def _all_within(problem: SitingProblem, reach: Reach, tier: str) -> Reach:
    """Return a reach in which every cell reaches every site of a tier, in no time."""
    sites = np.flatnonzero(problem.sites.tier == tier)
    others = ~np.isin(reach.site, sites)
    cell = np.concatenate([reach.cell[others], np.repeat(np.arange(reach.cells), len(sites))])
    site = np.concatenate([reach.site[others], np.tile(sites, reach.cells)])
    seconds = np.zeros(len(site), dtype=reach.seconds.dtype)
    seconds[: others.sum()] = reach.seconds[others]
    order = np.lexsort((site, cell))
    return replace(reach, cell=cell[order], site=site[order], seconds=seconds[order])


class Clock:
    """Time that is shared out among tests."""

    def __init__(self, time_limit_s: float) -> None:
        self.end = monotonic() + time_limit_s

    @property
    def left_s(self) -> float:
        """Time left, never below 0."""
        return max(self.end - monotonic(), 0.0)

    def part(self, share: float) -> "Clock":
        """Return a clock over a share of what is left."""
        return Clock(self.left_s * share)


class Feasibility:
    """Whether a plan exists without some requirements, tested on the model."""

    def __init__(self, problem: SitingProblem) -> None:
        self.problem = problem
        self._grounds: dict[frozenset[str], Ground] = {}

    def ground(self, left_out: Collection[str]) -> Ground:
        """Return the model to leave requirements out of, written once for each way of posing."""
        posed = frozenset(
            name for name in left_out if name in ("host_limits", "closing") or "reach:" in name
        )
        if posed not in self._grounds:
            self._grounds[posed] = lay(self.problem, posed)
        return self._grounds[posed]

    def plan_exists(self, left_out: Collection[str], time_limit_s: float) -> bool | None:
        """Return whether a plan exists without some requirements; None where time ran out."""
        answer = self.plan(left_out, time_limit_s)
        if answer.status.has_plan:
            return True
        return False if answer.status is Status.INFEASIBLE else None

    def plan(self, left_out: Collection[str], time_limit_s: float) -> Answer:
        """Return any plan without some requirements, or what is known of there being none."""
        if time_limit_s <= 0:
            return Answer(Status.NO_PLAN, None, None, None, None, timed_out=True)
        ground = self.ground(left_out)
        return minimise(ground, ground.without(left_out), 1.0, time_limit_s)


def minimise(
    ground: Ground,
    program: Program,
    gap: float,
    time_limit_s: float,
    start: np.ndarray | None = None,
) -> Answer:
    """Solve a program with the threads and seed of the scenario."""
    settings = ground.problem.scenario.solver
    return solve(
        program,
        gap=gap,
        time_limit_s=time_limit_s,
        threads=settings.threads,
        seed=settings.seed,
        start=start,
    )
