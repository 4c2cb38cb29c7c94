"""The plan: actions by year, assignment, targets and proof."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from siting.demand import Demand
from siting.errors import NoPlanError
from siting.indicators import Indicators, TargetResult, TargetResults
from siting.inputs import Inputs, places
from siting.inputs.dictionary import classes_column
from siting.inputs.zones import no_zone
from siting.model import Choice, Stage, State
from siting.notebook import card, table
from siting.notes import Note, written_gap
from siting.scenario import Scenario
from siting.solver import Status


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
    seconds_build
        How long writing the model took.
    travel
        The way of the children served, as :attr:`siting.model.Solution.travel`; no siting stage.
    notes
        What the planner should know of how the plan was sought.

    The tables below exist only where ``status.has_plan``; reading them otherwise raises
    :class:`~siting.errors.NoPlanError`.
    """

    scenario: Scenario
    status: Status
    gap: float | None
    stages: tuple[Stage, ...]
    model_size: dict[str, int]
    content: "PlanContent | None"
    seconds_build: float = 0.0
    travel: Stage | None = None
    notes: tuple[Note, ...] = ()

    def __repr__(self) -> str:
        return f"Plan({self.scenario.name!r}, {self.status})"

    def _repr_html_(self) -> str:
        return self.shown(self.scenario.name)

    def shown(self, title: str | None) -> str:
        """Return the plan as a notebook shows it, under a title or below another."""
        gap = None if self.gap is None else written_gap(self.gap)
        facts: list[tuple[str, object]] = [("状态 status", str(self.status)), ("差距 gap", gap)]
        stages = table(
            ("阶段 stage", "状态 status", "值 value", "界 bound", "单位 unit"),
            ((s.name, str(s.status), s.objective, s.bound, s.unit) for s in self.stages),
        )
        if self.content is None:
            return card(title, facts, stages)
        done = self.actions.groupby(["year", "action"]).agg(
            sites=("site_id", "size"), places=("places_added", "sum"), cost=("capital_cny", "sum")
        )
        actions = table(
            ("年 year", "措施 action", "点位 sites", "托位 places", "投资 capital, CNY"),
            (
                (str(year), action, int(row["sites"]), int(row["places"]), round(row["cost"]))
                for (year, action), row in done.iterrows()
            ),
        )
        return card(title, facts, actions, self.targets._repr_html_(), stages)

    @property
    def sites(self) -> pd.DataFrame:
        """Sites of the last year: one row a site that is open under the plan, or closed by it.

        ``site_id, name, action`` (keep, expand, open, convert, close) ``, year`` (of the first
        action, missing where there is none) ``, decision, tier, host, township_code, township,
        district, inclusive, staff_children`` (of its own staff, who come first) ``,
        opens_to_residents, joint_with`` (other units that run it together) ``, <kind>_classes,
        places_before, places, enrolled, children, cost``
        (capital of all years, CNY) ``, lon, lat``; ``township_code`` is empty outside the study
        area.
        """
        return self._content.sites

    @property
    def actions(self) -> pd.DataFrame:
        """What is done in each year: one row a site and year in which something changes.

        ``year, site_id, name, action, tier, township, <kind>_classes`` (added) ``,
        places_added, capital_cny, subsidy_cny``.
        """
        return self._content.actions

    @property
    def assignment(self) -> pd.DataFrame:
        """Additional children given a place.

        ``year, cell_id, site_id, band, children, seconds``.
        """
        return self._content.assignment

    @property
    def guidance(self) -> pd.DataFrame:
        """Who guides whom: ``year, site_id, medical_id, seconds, kind`` (of the guide).

        A site guided in several roles has a row for each guide; empty where none is asked.
        """
        return self._content.guidance

    @property
    def spent(self) -> pd.DataFrame:
        """What each site costs in each planned year; see :func:`siting.indicators.spending`."""
        return self._content.spent

    @property
    def costs(self) -> pd.DataFrame:
        """What is spent: ``year, capital_cny, subsidy_cny, running_cny`` (of that year).

        Not discounted; one row for each planned year.
        """
        spent = self._content.spent.groupby("year").sum().drop(columns="site")
        return spent.reindex(list(self.scenario.years), fill_value=0.0).reset_index()

    @property
    def indicators(self) -> Indicators:
        """Figures of the last planned year under the plan."""
        return self.indicators_of(self.scenario.last_year)

    def indicators_of(self, year: int) -> Indicators:
        """Return the figures of a planned year under the plan."""
        return self.year(year).indicators

    def year(self, year: int) -> "PlanYear":
        """Return what is open and who is served in a planned year."""
        return self._content.years[year]

    @property
    def targets(self) -> TargetResults:
        """Every target: required, achieved, met; in the order of the scenario."""
        of_key = {r.target.key: r for y in self._content.years.values() for r in y.targets}
        return TargetResults(of_key[target.key] for target in self.scenario.targets)

    @property
    def served_under(self) -> Mapping[State, pd.DataFrame]:
        """State of another trend of births -> who is served then, by position."""
        return self._content.served_under

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
        solved = self.stages if self.travel is None else (*self.stages, self.travel)
        return not any(stage.timed_out for stage in solved)

    @property
    def believed(self) -> bool:
        """Whether the solver's answer is one: without a plan, a clock or a proof that says why."""
        return self.status != Status.NO_PLAN or any(stage.timed_out for stage in self.stages)

    @property
    def _content(self) -> "PlanContent":
        if self.content is None:
            raise NoPlanError(
                f"there is no plan to read: the status is '{self.status}' "
                f"(stage {self.stages[-1].name})"
            )
        return self.content


@dataclass(frozen=True)
class PlanYear:
    """A planned year.

    Attributes
    ----------
    state
        ``open`` and ``<kind>_classes`` of every site of the inputs.
    served
        ``cell, site, band, children`` by position: additional children given a place.
    guides
        ``site, medical`` by position.
    indicators, targets
        Figures of the year, and its targets held against them.
    """

    state: pd.DataFrame
    served: pd.DataFrame
    guides: pd.DataFrame
    indicators: Indicators
    targets: tuple[TargetResult, ...]


@dataclass(frozen=True)
class PlanContent:
    """The tables of a plan; see :class:`Plan`.

    Attributes
    ----------
    years
        Year -> what is open and achieved in it.
    served_under
        State of another trend of births -> who is served then.
    spent
        As :func:`siting.indicators.spending`.
    """

    years: Mapping[int, PlanYear]
    sites: pd.DataFrame
    actions: pd.DataFrame
    assignment: pd.DataFrame
    guidance: pd.DataFrame
    spent: pd.DataFrame
    plan_hash: str
    served_under: Mapping[State, pd.DataFrame] = field(default_factory=dict)


def state_table(scenario: Scenario, choice: Choice, year: int) -> pd.DataFrame:
    """Return the sites of a year of a choice: ``open`` and ``<kind>_classes``."""
    at = scenario.years.index(year)
    columns = [classes_column(kind) for kind in scenario.class_kinds]
    table = pd.DataFrame(choice.classes[:, :, at], columns=columns)
    table.insert(0, "open", choice.is_open[:, at])
    return table


def today_table(scenario: Scenario, inputs: Inputs) -> pd.DataFrame:
    """Return the sites of today: ``open`` and ``<kind>_classes``."""
    columns = [classes_column(kind) for kind in scenario.class_kinds]
    table = inputs.sites[columns].reset_index(drop=True)
    table.insert(0, "open", (inputs.sites["status"] == "existing").to_numpy())
    return table


def actions_table(
    scenario: Scenario, inputs: Inputs, states: Mapping[int, pd.DataFrame], spent: pd.DataFrame
) -> pd.DataFrame:
    """Return what is done in each year; see :attr:`Plan.actions`."""
    sites = inputs.sites
    kinds = [classes_column(kind) for kind in scenario.class_kinds]
    before = today_table(scenario, inputs)
    rows = []
    for year in scenario.years:
        now = states[year]
        opened = now["open"].to_numpy() & ~before["open"].to_numpy()
        closed = before["open"].to_numpy() & ~now["open"].to_numpy()
        added = now[kinds].to_numpy() - before[kinds].to_numpy()
        grown = now["open"].to_numpy() & before["open"].to_numpy() & (added > 0).any(axis=1)
        changed = np.flatnonzero(opened | closed | grown)
        first = np.where(opened, sites["action"], np.where(closed, "close", "expand"))
        cost = spent[spent["year"] == year].set_index("site").reindex(changed).fillna(0.0)
        rows.append(
            pd.DataFrame(
                {
                    "year": year,
                    "site_id": sites["site_id"].to_numpy()[changed],
                    "name": sites["name"].to_numpy()[changed],
                    "action": first[changed],
                    "tier": sites["tier"].to_numpy()[changed],
                    "township": of_zone(inputs, "township")[changed],
                    **{kind: added[changed, i] for i, kind in enumerate(kinds)},
                    "places_added": (places(now, scenario) - places(before, scenario))[changed],
                    "capital_cny": cost["capital_cny"].to_numpy(),
                    "subsidy_cny": cost["subsidy_cny"].to_numpy(),
                }
            )
        )
        before = now
    return pd.concat(rows, ignore_index=True)


def of_zone(inputs: Inputs, column: str) -> np.ndarray:
    """Return a column of the township of each site; empty outside the study area."""
    zone = inputs.sites["zone"].to_numpy()
    return np.where(zone != no_zone, inputs.townships[column].to_numpy()[zone], "")


def sites_table(
    scenario: Scenario,
    inputs: Inputs,
    demand: Demand,
    last: pd.DataFrame,
    actions: pd.DataFrame,
    served: pd.DataFrame,
) -> pd.DataFrame:
    """Return the sites of a plan; see :attr:`Plan.sites`.

    Parameters
    ----------
    demand, last, served
        Of the last planned year.
    """
    sites = inputs.sites
    now, before = places(last, scenario), places(sites, scenario)
    there = demand.under(last["open"].to_numpy(dtype=bool))
    additional = np.bincount(served["site"], weights=served["children"], minlength=len(sites))
    first = actions.drop_duplicates("site_id").set_index("site_id")
    closed = set(actions.loc[actions["action"] == "close", "site_id"])
    of_site = {**first["action"].to_dict(), **dict.fromkeys(closed, "close")}
    action = pd.Series([of_site.get(site, "keep") for site in sites["site_id"]], index=sites.index)
    cost = sites["site_id"].map(actions.groupby("site_id")["capital_cny"].sum()).fillna(0.0)
    present = there.enrolled.sum(axis=1)
    table = pd.DataFrame(
        {
            "site_id": sites["site_id"],
            "name": sites["name"],
            "action": action,
            "year": sites["site_id"].map(first["year"]).astype("Int64"),
            "decision": sites["decision"],
            "tier": sites["tier"],
            "host": sites["host"],
            "township_code": of_zone(inputs, "township_code"),
            "township": of_zone(inputs, "township"),
            "district": of_zone(inputs, "district"),
            "inclusive": sites["inclusive"],
            "staff_children": sites["staff_children"],
            "opens_to_residents": sites["opens_to_residents"],
            "joint_with": sites["joint_with"],
            **{
                classes_column(kind): last[classes_column(kind)].to_numpy()
                for kind in scenario.class_kinds
            },
            "places_before": before,
            "places": now,
            "enrolled": present,
            "children": present + additional + there.staff.sum(axis=1),
            "cost": cost.to_numpy(dtype=float),
            "lon": sites["lon"],
            "lat": sites["lat"],
        }
    )
    shown = last["open"].to_numpy(dtype=bool) | (action == "close").to_numpy()
    return table[shown].reset_index(drop=True)


def hash_plan(
    actions: pd.DataFrame, guidance: pd.DataFrame, targets: tuple[TargetResult, ...]
) -> str:
    """Return the sha256 of what a plan decides and achieves."""
    content: dict[str, Any] = {
        "actions": actions.drop(columns=["name", "township"]).to_dict("records"),
        "guidance": guidance[["year", "site_id", "medical_id"]].to_dict("records"),
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
