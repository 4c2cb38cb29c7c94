"""The plan: actions, assignment, targets and proof."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from siting.demand import Demand
from siting.errors import NoPlanError
from siting.indicators import Indicators, TargetResult
from siting.inputs import Inputs, places
from siting.inputs.dictionary import classes_column
from siting.inputs.zones import no_zone
from siting.model import SitingProblem, Solution, Stage, Status
from siting.scenario import Scenario


@dataclass(frozen=True)
class Plan:
    """The answer to a scenario.

    Attributes
    ----------
    scenario
        What was asked.
    status, gap
        The weakest claim and the worst gap of any siting stage.
    stages
        Value, bound and gap of each stage, in the order solved.
    model_size
        Rows, columns and integers of the model, demand cells and classes.

    The tables below exist only where ``status.has_plan``; reading them otherwise raises
    :class:`~siting.errors.NoPlanError`.
    """

    scenario: Scenario
    status: Status
    gap: float | None
    stages: tuple[Stage, ...]
    model_size: dict[str, int]
    content: "PlanContent | None"

    @property
    def sites(self) -> pd.DataFrame:
        """Sites of the plan: one row a site that is open under it.

        ``site_id, name, action`` (keep, expand, open, convert) ``, decision, tier, host,
        township_code, township, district, inclusive, <kind>_classes, places_before, places,
        enrolled, children, cost`` (CNY) ``, lon, lat``; ``township_code`` is empty outside the
        study area.
        """
        return self._content.sites

    @property
    def assignment(self) -> pd.DataFrame:
        """Additional children given a place: ``cell_id, site_id, band, children, seconds``."""
        return self._content.assignment

    @property
    def indicators(self) -> Indicators:
        """Figures under the plan."""
        return self._content.indicators

    @property
    def targets(self) -> tuple[TargetResult, ...]:
        """Every target: required, achieved, met."""
        return self._content.targets

    @property
    def plan_hash(self) -> str:
        """sha256 over actions, classes and target results; equal for equal plans."""
        return self._content.plan_hash

    @property
    def objective_stage(self) -> Stage:
        """The stage that gives the plan its value: cost, or the last one."""
        by_name = {stage.name: stage for stage in self.stages}
        return by_name.get("cost", self.stages[-1])

    @property
    def reproducible(self) -> bool:
        """Whether the same run gives the same bytes: no stage was stopped by the clock."""
        return not any(stage.timed_out for stage in self.stages)

    @property
    def _content(self) -> "PlanContent":
        if self.content is None:
            raise NoPlanError(
                f"there is no plan to read: the status is '{self.status}' "
                f"(stage {self.stages[-1].name})"
            )
        return self.content


@dataclass(frozen=True)
class PlanContent:
    """The tables of a plan; see :class:`Plan`."""

    sites: pd.DataFrame
    assignment: pd.DataFrame
    classes: pd.DataFrame
    served: pd.DataFrame
    indicators: Indicators
    targets: tuple[TargetResult, ...]
    plan_hash: str


def classes_table(classes: np.ndarray, scenario: Scenario) -> pd.DataFrame:
    """Return the classes of every site as a table, ``<kind>_classes``."""
    return pd.DataFrame(classes, columns=[classes_column(kind) for kind in scenario.class_kinds])


def sites_table(
    scenario: Scenario,
    inputs: Inputs,
    demand: Demand,
    classes: pd.DataFrame,
    served: pd.DataFrame,
) -> pd.DataFrame:
    """Return the table of the open sites of a plan; see :attr:`Plan.sites`."""
    sites = inputs.sites
    now, before = places(classes, scenario), places(sites, scenario)
    added = now - before
    acted = added > 0
    additional = np.bincount(served["site"], weights=served["children"], minlength=len(sites))
    zone = sites["zone"].to_numpy()
    townships = inputs.townships
    inside = zone != no_zone

    def of_zone(column: str) -> np.ndarray:
        return np.where(inside, townships[column].to_numpy()[zone], "")

    table = pd.DataFrame(
        {
            "site_id": sites["site_id"],
            "name": sites["name"],
            "action": np.where(acted, sites["action"], "keep"),
            "decision": sites["decision"],
            "tier": sites["tier"],
            "host": sites["host"],
            "township_code": of_zone("township_code"),
            "township": of_zone("township"),
            "district": of_zone("district"),
            "inclusive": sites["inclusive"],
            **{column: classes[column].to_numpy() for column in classes.columns},
            "places_before": before,
            "places": now,
            "enrolled": demand.enrolled.sum(axis=1),
            "children": demand.enrolled.sum(axis=1) + additional,
            "cost": np.where(acted, sites["fixed_cost_cny"] + added * sites["place_cost_cny"], 0.0),
            "lon": sites["lon"],
            "lat": sites["lat"],
        }
    )
    return table[now > 0].reset_index(drop=True)


def hash_plan(sites: pd.DataFrame, targets: tuple[TargetResult, ...]) -> str:
    """Return the sha256 of what a plan decides and achieves."""
    decided = sites.drop(columns=["name", "lon", "lat", "enrolled", "children"])
    content: dict[str, Any] = {
        "sites": decided.to_dict("records"),
        "targets": [
            [
                r.target.id,
                r.target.year,
                None if r.achieved is None else round(r.achieved, 9),
                r.met,
            ]
            for r in targets
        ],
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:  # noqa: ANN401  (JSON values)
    return value.item()


def served_cells(problem: SitingProblem, solution: Solution) -> pd.DataFrame:
    """Split the children served of each demand class over its cells, and add those settled.

    Cells of a class reach the same sites, so each gets its share of the class's additional
    children. Returns ``cell, site, band, children`` by position.
    """
    served = solution.served
    if served is None:
        raise NoPlanError(f"nobody is served: the status is '{solution.status}'")
    cells, bands = problem.left.shape
    members = pd.DataFrame(
        {
            "demand_class": np.repeat(problem.demand.class_of_cell, bands),
            "cell": np.repeat(np.arange(cells), bands),
            "band": np.tile(np.arange(bands), cells),
            "additional": problem.left.ravel(),
        }
    )
    members = members[members["additional"] > 0]
    total = members.groupby(["demand_class", "band"])["additional"].transform("sum")
    members = members.assign(share=members["additional"] / total)
    split = served.merge(members, on=["demand_class", "band"])
    split["children"] *= split["share"]
    columns = ["cell", "site", "band", "children"]
    everyone = pd.concat([problem.settled, split[columns]])
    return everyone.sort_values(columns[:3]).reset_index(drop=True)
