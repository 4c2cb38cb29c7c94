"""The results of targets held against the targets reckoned again."""

import pandas as pd

from siting.indicators import TargetResult
from siting.plan.check.facts import PlannedState
from siting.plan.check.targets import Reckoned, reckon_target, within
from siting.plan.plan import PlanContent
from siting.scenario import Scenario

in_every_trend = ("enrolment", "fill", "zone_count")
"""Targets that depend on the number of children: a plan has to meet them in every trend."""
solver_tolerance = 1e-5
"""How much of a place, a child or 万元 a hard target may lack: what the solver lets rows be off."""

OfStates = dict[str, dict[str | None, Reckoned]]
"""Key of a target -> trend -> the target reckoned."""


def reckon_targets(scenario: Scenario, states: list[PlannedState], steps: pd.DataFrame) -> OfStates:
    """Reckon every target in its year, under every trend where that matters."""
    return {
        target.key: {
            planned.trend: reckon_target(planned, target, steps)
            for planned in states
            if planned.year == target.year
            and (planned.trend is None or target.kind in in_every_trend)
        }
        for target in scenario.targets
    }


def check_results(scenario: Scenario, content: PlanContent, reckoned: OfStates) -> list[str]:
    """Return what is wrong with the results of targets, and the hard ones that are missed."""
    found = []
    for year, part in content.years.items():
        told = tuple(result.target for result in part.targets)
        if told != scenario.targets_of(year):
            found.append(f"{year}: the results are not those of the targets of the year")
            continue
        for result in part.targets:
            found += _check_result(result, reckoned[result.target.key][None])
    for target in scenario.targets:
        for trend, again in reckoned[target.key].items():
            if target.hard and not again.met and again.lacking > solver_tolerance:
                under = f" under '{trend}'" if trend is not None else ""
                found.append(f"hard target {target.key} is missed{under}: {again.achieved}")
    return found


def _check_result(result: TargetResult, again: Reckoned) -> list[str]:
    key = result.target.key
    found = [
        f"{key}: {name} is told as {told}, reckoned {meant}"
        for name, told, meant in (
            ("met", result.met, again.met),
            ("the count required", result.required_count, again.required_count),
            ("the count achieved", result.achieved_count, again.achieved_count),
            ("where it is missed", sorted(set(result.missing_in)), sorted(again.missing_in)),
            ("what is required", result.required, result.target.required),
            ("the most allowed", result.required_upper, getattr(result.target, "at_most", None)),
            ("whether it is due", result.due, again.due),
        )
        if told != meant
    ]
    told, meant = result.achieved, again.achieved
    if told is None or meant is None:
        differs = told is not meant
    else:
        differs = not abs(told - meant) <= within * max(1.0, abs(meant))
    if differs:
        found.append(f"{key}: {told} is told, {meant} reckoned")
    return found
