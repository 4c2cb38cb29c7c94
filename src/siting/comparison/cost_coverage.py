"""Cost against coverage: where each plan stands, and the least cost of each coverage."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from siting.model.spending import cny_in_unit
from siting.plan.finished_run import FinishedRun


@dataclass(frozen=True)
class CostCoverage:
    """Plans and frontiers in one picture.

    Attributes
    ----------
    points
        ``plan, cost_cny, coverage``; missing where a plan has no such figure.
    frontiers
        ``plan, required, achieved, cost_cny, bound_cny, status`` of the runs that have one.
    target
        Id and year of the target whose figure is the coverage; None where it is the share of
        under-3s within reach in the last year.
    is_capital
        Whether the cost is capital of all years, not discounted; else it is what the scenarios
        count as cost.
    """

    points: pd.DataFrame
    frontiers: pd.DataFrame
    target: tuple[str, int] | None
    is_capital: bool


def cost_coverage(runs: Mapping[str, FinishedRun]) -> CostCoverage:
    """Return where plans stand, and the frontiers that are measured like them.

    The costs of all are counted alike: as the scenarios count them where they agree and every
    plan has settled them, otherwise by capital; then frontiers that count costs otherwise are
    left out. Of several frontiers those are taken that go through the target of the first.
    """
    ways = [_way(run) for run in runs.values()]
    agreed = len(set(ways)) == 1 and all(run.cost_stage for run in runs.values())
    is_capital = _is_plain(ways[0]) or not agreed
    drawn = {
        label: run.frontier
        for label, run in runs.items()
        if run.frontier is not None
        and len(run.frontier)
        and (_is_plain(_way(run)) if is_capital else True)
    }
    target = None
    if drawn:
        first = next(iter(drawn.values())).iloc[0]
        target = (str(first["target"]), int(first["year"]))
    tables = (
        [
            table.assign(plan=label)
            for label, table in drawn.items()
            if (table["target"] == target[0]).all() and (table["year"] == target[1]).all()
        ]
        if target
        else []
    )
    columns = ["plan", "required", "achieved", "cost_cny", "bound_cny", "status"]
    return CostCoverage(
        points=pd.DataFrame(
            {
                "plan": list(runs),
                "cost_cny": [_cost(run, is_capital=is_capital) for run in runs.values()],
                "coverage": [_coverage(run, target) for run in runs.values()],
            }
        ),
        frontiers=pd.concat(tables, ignore_index=True)[columns]
        if tables
        else pd.DataFrame(columns=columns),
        target=target,
        is_capital=is_capital,
    )


def _way(run: FinishedRun) -> tuple[tuple[str, ...], float]:
    costs = run.scenario.costs
    return tuple(sorted(costs.counted)), costs.discount_rate


def _is_plain(way: tuple[tuple[str, ...], float]) -> bool:
    return way == (("capital",), 0.0)


def _cost(run: FinishedRun, *, is_capital: bool) -> float:
    stage = run.cost_stage
    if is_capital or stage is None or stage.objective is None:
        return float(run.costs["capital_cny"].sum())
    return stage.objective * cny_in_unit


def _coverage(run: FinishedRun, target: tuple[str, int] | None) -> float:
    if target is None:
        return float(run.area["population_coverage"])
    of_key = {(r.target.id, r.target.year): r.achieved for r in run.targets}
    achieved = of_key.get(target)
    return np.nan if achieved is None else achieved
