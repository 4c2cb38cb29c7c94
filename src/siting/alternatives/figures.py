"""The figure that a target asks for: read, set to another one, and moved by one step."""

from typing import Any

from siting.errors import Problem, ScenarioError
from siting.indicators import TargetResult, count_required, zones_asked
from siting.inputs import Inputs
from siting.scenario import Scenario, Target
from siting.scenario.targets import TierCount, ZoneCount

steps = {
    "per_thousand": 0.1,
    "inclusive_share": 0.01,
    "population_coverage": 0.01,
    "enrolment": 0.01,
    "fill": 0.01,
    "pairing": 0.01,
    "tier_count": 1.0,
    "zone_count": 1.0,
    "new_area": 1.0,
    "budget": 1_000_000.0,
}
"""One more unit: a tenth of a place per thousand, one percentage point, one site, one site in
every zone, one place per thousand in new areas, a million CNY. Township and community coverage
go by one more township or community."""
rounding = 1e-9
"""Share of a figure that is rounding."""


def target_named(scenario: Scenario, target_id: str, year: int | None = None) -> Target:
    """Return a target by its id; without a year, that of the last year that has it.

    Raises
    ------
    ScenarioError
        There is no such target.
    """
    named = [t for t in scenario.targets if t.id == target_id and year in (None, t.year)]
    if not named:
        ids = ", ".join(dict.fromkeys(target.id for target in scenario.targets))
        what = f"there is no target '{target_id}'" + (f" in {year}" if year else "")
        raise ScenarioError([Problem("target", what, f"name one of {ids}")])
    return max(named, key=lambda target: target.year)


def is_limit(target: Target) -> bool:
    """Return whether a target sets a most: money, or a number of sites without a least."""
    return target.kind == "budget" or (isinstance(target, TierCount) and target.at_least is None)


def figure_of(target: Target) -> float:
    """Return the figure that a target asks for."""
    return float(target.at_least) if isinstance(target, ZoneCount) else float(target.required)


def figure_in_plan(result: TargetResult) -> float:
    """Return the figure that a plan holds a target to: what is required, or less if it misses it.

    Where a target is a limit, or more if it misses it.
    """
    required = figure_of(result.target)
    if result.met or result.achieved is None:
        return required
    return result.achieved


def highest_figure(target: Target) -> float:
    """Return the highest figure that a share or a density may ask for."""
    return {"per_thousand": 100.0, "new_area": 1000.0}.get(target.kind, 1.0)


def at_figure(target: Target, figure: float, *, hard: bool = True) -> Target | None:
    """Return a target with another figure, None where it cannot ask for that.

    A target that asks for an exact number of sites keeps doing so.
    """
    changes: dict[str, Any] = {"hard": hard}
    counts = target.kind in ("tier_count", "zone_count", "budget")
    if not counts and not 0 < figure <= highest_figure(target) + rounding:
        return None
    if isinstance(target, ZoneCount):
        changes["at_least"] = round(figure)
    elif isinstance(target, TierCount):
        if target.at_least is not None:
            changes["at_least"] = round(figure)
        if target.at_least in (None, target.at_most):
            changes["at_most"] = round(figure)
    else:
        changes["required"] = figure if counts else min(figure, highest_figure(target))
    return type(target).model_validate({**target.model_dump(), **changes})


def with_target(scenario: Scenario, key: str, target: Target | None, *objectives: str) -> Scenario:
    """Return a scenario with other objectives and another target of a key, or without it."""
    changed = (target if t.key == key else t for t in scenario.targets)
    targets = tuple(t for t in changed if t is not None)
    return scenario.model_copy(update={"targets": targets, "objectives": objectives})


def default_step(inputs: Inputs, result: TargetResult) -> float:
    """Return one more unit of a target, from the figure it has in a plan; see :data:`steps`."""
    target, figure = result.target, figure_in_plan(result)
    if target.kind in ("township_coverage", "community_coverage"):
        number = max(len(zones_asked(inputs, target)), 1)
        return (count_required(figure, number) + 1) / number - figure
    return steps[target.kind]
