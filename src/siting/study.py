"""The order of the steps, from a scenario file to the files of a run.

The only file that knows it. Reads a scenario, gives a :class:`Study`. Does not: parse words of
the command line, or compute a figure.
"""

import json
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, partial
from os import PathLike
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from siting.alternatives import (
    Alternatives,
    Price,
    Robustness,
    coverage_frontier,
    frontier,
    near_optimal,
    price,
    robustness,
)
from siting.base_year import base_year_check, base_year_notes, compared_note
from siting.cache import Cache
from siting.clashes import Explanation, Shortcoming, explain, shortcomings
from siting.derived import read_inputs
from siting.errors import DataError, InputError, NoPlanError, Problem
from siting.guidance import guiding_pairs
from siting.indicators import Indicators, TargetResult, rank_overall, rank_townships
from siting.inputs import Inputs, read_tables
from siting.inputs.switched import take_up_trial
from siting.model import ceilings_of, check_ceilings, pose_problem, pose_stage
from siting.network import Network, network_key, read_kept_network, read_network
from siting.notes import Note
from siting.plan import (
    Plan,
    choose_sites,
    count_today,
    measure_today,
    sites_of_plan,
    today_targets,
)
from siting.plan.inspections import InspectionList, inspection_list
from siting.plan.rounds import Rounds, estimate_rounds
from siting.plan.run_folder import (
    run_folder,
    write_guidance,
    write_layers,
    write_plan,
    write_ranking,
    write_shown,
    write_text,
)
from siting.plan.signing import signed_children
from siting.reach import (
    Reach,
    Walks,
    isochrones,
    measure_kept_reach,
    measure_reach,
    measure_walks,
    off_street,
)
from siting.referral import hub_times, referral_notes, referral_times
from siting.review import Findings, draw_page, draw_placing_page
from siting.scenario import Scenario, load
from siting.scenario.trial import read_trial, tried
from siting.solver import write_program
from siting.staffing import child_health_staffing, people_per_staff_asked
from siting.steps import Report, Steps, no_report
from siting.tracked import published_for, tracked_results


@dataclass(frozen=True)
class Study:
    """A scenario with everything computed from it.

    Attributes
    ----------
    scenario, inputs, network, reach
        What was asked and read.
    today
        Figures of the base year with the facilities of today.
    today_targets
        Every target held against them.
    plan
        The answer; see its ``status`` before reading its tables.
    seconds
        Step -> how long it took.
    """

    scenario: Scenario
    inputs: Inputs
    network: Network
    reach: Reach
    today: Indicators
    today_targets: tuple[TargetResult, ...]
    plan: Plan
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def indicators(self) -> Indicators:
        """Figures of the last planned year under the plan."""
        return self.plan.indicators

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was left out or repaired on the way."""
        read = (*self.inputs.notes, *self.network.notes, *self.reach.notes)
        checked = base_year_notes(self.scenario, self.inputs, self.base_year_check)
        shown = (*checked, *referral_notes(self.network, self.inputs))
        notes = (*read, *shown, *self.plan.notes)
        if not self.has_guidance or not self.plan.status.has_plan:
            return notes
        pairs = guiding_pairs(self.scenario, self.inputs, self.reach)
        return (*notes, *pairs.notes, *self.rounds.notes, *self.inspections.notes)

    @cached_property
    def ranking(self) -> pd.DataFrame:
        """Townships ranked against every target of every planned year, under the plan (晾晒).

        See :func:`siting.indicators.rank_townships`.
        """
        years = sites_of_plan(self.plan, self.inputs, self.reach)
        tables = [
            rank_townships(sites, self.scenario.targets_of(year)) for year, sites in years.items()
        ]
        return pd.concat([table for table in tables if len(table)] or tables[:1], ignore_index=True)

    @property
    def ranking_overall(self) -> pd.DataFrame:
        """Townships of each planned year ranked over all targets.

        See :func:`siting.indicators.rank_overall`.
        """
        return rank_overall(self.ranking)

    @property
    def has_guidance(self) -> bool:
        """Whether medical institutions guide the sites of the plan."""
        return self.scenario.guidance is not None and self.inputs.medical is not None

    @cached_property
    def rounds(self) -> Rounds:
        """The rounds of the medical institutions in the last planned year (巡回指导)."""
        return estimate_rounds(*self._guided)

    @cached_property
    def inspections(self) -> InspectionList:
        """Institutions drawn at random for inspection in the last planned year (双随机)."""
        return inspection_list(*self._guided)

    @property
    def _guided(self) -> tuple[Scenario, Network, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """What the rounds and inspections of the last planned year read."""
        inputs, pairing = self.inputs, self.plan.guidance
        if inputs.medical is None:
            raise NoPlanError("nobody is guided: the scenario names no medical institutions")
        state = self.plan.year(self.scenario.last_year).state
        guided = inputs.sites["tier"].isin(self.scenario.guided_tiers).to_numpy()
        open_sites = inputs.sites[state["open"].to_numpy(dtype=bool) & guided]
        last = pairing[pairing["year"] == self.scenario.last_year]
        return self.scenario, self.network, open_sites, inputs.medical, last.drop(columns="year")

    @property
    def left_out(self) -> pd.DataFrame:
        """Places that take no part in the plan, or not by some mode.

        ``table, id, name, why`` (off_street, no_coordinates) ``, mode, distance_m, address``.
        """
        far = off_street(self.scenario, self.inputs, self.reach).assign(
            why="off_street", address=""
        )
        unplaced = self.inputs.unplaced.rename(columns={"site_id": "id"}).assign(
            why="no_coordinates", mode="", distance_m=np.nan
        )
        columns = ["table", "id", "name", "why", "mode", "distance_m", "address"]
        parts = [part[columns] for part in (far, unplaced) if len(part)]
        return pd.concat(parts, ignore_index=True) if parts else far[columns]

    @cached_property
    def tracked(self) -> pd.DataFrame:
        """Tracked indicators against what is asked of them; see :func:`tracked_results`."""
        table = self.inputs.tracked
        return tracked_results(table, published_for(self.scenario, table))

    @cached_property
    def staffing(self) -> pd.DataFrame:
        """Child-health staff in every year; see :func:`child_health_staffing`."""
        guidance = self.scenario.guidance
        each = guidance.residents_per_staff if guidance else people_per_staff_asked
        years = sorted({self.scenario.base_year, *self.scenario.years})
        tables = [child_health_staffing(self.inputs, year, each) for year in years]
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def referral(self) -> pd.DataFrame:
        """Drives to medical institutions in the base year; see :func:`referral_times`."""
        return referral_times(self.scenario, self.network, self.inputs, self.scenario.base_year)

    @cached_property
    def hubs(self) -> pd.DataFrame:
        """Drives from township institutions to the nearest hub; see :func:`hub_times`."""
        return hub_times(self.scenario, self.network, self.inputs)

    @property
    def signed(self) -> pd.DataFrame:
        """Institutions and children that each medical institution signed in the last year."""
        return signed_children(self.plan)

    @cached_property
    def base_year_check(self) -> pd.DataFrame:
        """Published figures of today against the tables; see :func:`base_year_check`."""
        return base_year_check(self.scenario, self.inputs, self.today)

    @property
    def _shown(self) -> dict[str, pd.DataFrame]:
        """Tables beside the plan that have something to tell: name of the file -> table."""
        tables = {"tracked": self.tracked, "referral": self.referral}
        tables |= {"base_year": self.base_year_check, "hubs": self.hubs, "signed": self.signed}
        if self.inputs.medical is not None:
            tables["staffing"] = self.staffing
        return {name: table for name, table in tables.items() if len(table)}

    @cached_property
    def isochrones(self) -> gpd.GeoDataFrame:
        """The area that each site acted on reaches within its limit, for drawing only.

        ``site_id, minutes, geometry`` in the metric CRS of the study.
        """
        sites, table = self.inputs.sites, self.plan.sites
        acted = sites["site_id"].isin(table.loc[table["action"] != "keep", "site_id"])
        return isochrones(self.scenario, self.network, sites[acted])

    @cached_property
    def walks(self) -> Walks:
        """Reach at the walking speeds and within the minutes that a trial offers."""
        return measure_walks(self.scenario, self.network, self.inputs)

    @property
    def findings(self) -> Findings:
        """What a review shows of this study."""
        return Findings(
            scenario=self.scenario,
            inputs=self.inputs,
            network=self.network,
            reach=self.reach,
            today=self.today,
            today_targets=self.today_targets,
            plan=self.plan,
            ranking=self.ranking,
            beside={**self._shown, "ranking_overall": self.ranking_overall},
            isochrones=self.isochrones,
            rounds=self.rounds if self.has_guidance else None,
            inspections=self.inspections if self.has_guidance else None,
            notes=self.notes,
            walks=self.walks,
        )

    def explain(self, time_limit_s: float = 60.0) -> Explanation:
        """Tell which hard requirements clash, and the repairs, cheapest first."""
        return explain(self.scenario, self.inputs, self.reach, self.network, time_limit_s)

    def shortcomings(self, time_limit_s: float = 30.0) -> tuple[Shortcoming, ...]:
        """Tell which soft targets fall short, by how much and why."""
        return shortcomings(self.plan, self.inputs, self.reach, time_limit_s)

    def alternatives(self, count: int = 3, differ: int = 3, within: float = 0.02) -> Alternatives:
        """Return plans that cost little more and differ; see :func:`near_optimal`."""
        return near_optimal(
            self.scenario, self.inputs, self.reach, self.plan, count, differ, within
        )

    def frontier(
        self, target_id: str | None = None, figures: Sequence[float] | None = None, steps: int = 6
    ) -> pd.DataFrame:
        """Return the least cost of each figure of a target; see :func:`frontier`."""
        return frontier(self.scenario, self.inputs, self.reach, target_id, figures, steps)

    def coverage_frontier(
        self, budgets_cny: Sequence[float] | None = None, steps: int = 6
    ) -> pd.DataFrame:
        """Return the most coverage of each budget; see :func:`coverage_frontier`."""
        return coverage_frontier(self.scenario, self.inputs, self.reach, budgets_cny, steps)

    def price(self, target_id: str, step: float | None = None, year: int | None = None) -> Price:
        """Return what one more unit of a target costs, as an interval; see :func:`price`."""
        return price(self.scenario, self.inputs, self.reach, self.plan, target_id, step, year)

    def robustness(self) -> Robustness:
        """Return a plan for several trends of births and what it costs; see :func:`robustness`."""
        return robustness(self.scenario, self.inputs, self.reach, self.plan)

    def review(self, lang: str = "zh") -> str:
        """Return the review page as HTML, one file that opens without a network.

        Parameters
        ----------
        lang
            ``zh`` or ``en``.
        """
        return draw_page(self.findings, lang)

    def save(self, folder: str | PathLike[str], lang: str = "zh") -> None:
        """Write the files of the run into a folder.

        Raises
        ------
        NoPlanError
            There is no plan; nothing is written.
        OutputError
            The folder cannot be written, or holds input files; what is in it is left as it was.
        """
        self.scenario.check_apart(Path(folder))
        page = self.review(lang)
        with run_folder(Path(folder)) as new:
            write_plan(self.plan, self.inputs, self.today, self.left_out, self.notes, new)
            write_ranking(self.ranking, new)
            if self.has_guidance:
                write_guidance(self.rounds, self.inspections, new)
            write_shown(self._shown, new)
            write_layers(self.plan, self.inputs, self.today, self.isochrones, new / "plan.gpkg")
            write_text(new / "review.html", page)
            text = json.dumps(self._run_document(), ensure_ascii=False, indent=1)
            write_text(new / "run.json", text + "\n")

    def _run_document(self) -> dict[str, Any]:
        """Return the content of run.json: what differs from run to run."""
        return {
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": platform.platform(),
            "seconds": {step: round(value, 3) for step, value in self.seconds.items()},
            "seconds_build": round(self.plan.seconds_build, 3),
            "stage_seconds": {
                stage.name: round(stage.seconds, 3)
                for stage in (*self.plan.stages, self.plan.travel)
                if stage is not None
            },
        }


def run(
    scenario: Scenario | str | PathLike[str],
    report: Report = no_report,
    cache: Cache | None = None,
    *,
    from_trial: str | PathLike[str] | None = None,
) -> Study:
    """Read, reach, plan: everything but the files.

    Parameters
    ----------
    scenario
        A scenario, or the path of its file.
    report
        Called with the name of each step as it begins, and with the share of it that is done.

    cache
        Where network and reach are kept from run to run; None keeps nothing.
    from_trial
        A trial exported from the review page of the scenario: its minutes and walking speed are
        taken, its switched sites are decided, and everything is solved and proven anew.

    Raises
    ------
    InputError
        The scenario, a file it names or the trial cannot be used; with every problem of its
        phase.
    """
    seconds: dict[str, float] = {}
    step = Steps(seconds, report)
    step.begin("scenario")
    asked = scenario if isinstance(scenario, Scenario) else load(scenario)
    trial = None if from_trial is None else read_trial(Path(from_trial), asked)
    if trial is not None:
        asked = tried(asked, trial)
    step.begin("network")
    key = network_key(asked)
    network = read_kept_network(asked, key, cache) if cache else read_network(asked)
    step.begin("inputs")
    inputs = read_inputs(asked, network)
    if trial is not None:
        inputs = take_up_trial(inputs, trial, Path(str(from_trial)))
    step.begin("reach")
    progress = partial(report, "reach")
    reach = (
        measure_kept_reach(asked, network, inputs, progress, key, cache)
        if cache
        else measure_reach(asked, network, inputs, progress)
    )
    step.begin("today")
    today = measure_today(asked, inputs, reach)
    held = today_targets(asked, inputs, reach)
    step.begin("plan")
    plan = choose_sites(asked, inputs, reach, report)
    step.end()
    return Study(asked, inputs, network, reach, today, held, plan, seconds)


def check(scenario: Scenario) -> tuple[Note, ...]:
    """Read everything that a scenario names and solve nothing.

    Returns
    -------
    tuple of Note
        What was left out or repaired on the way, and targets that no plan can meet.

    Raises
    ------
    InputError
        With the problems of all files at once, or else those of the arithmetic.
    """
    problems: list[Problem] = []
    network = None
    try:
        network = read_network(scenario)
    except InputError as error:
        problems += error.problems
    try:
        inputs = read_inputs(scenario, network)
    except InputError as error:
        problems += error.problems
    if problems or network is None:
        raise DataError(dict.fromkeys(problems))
    reach = measure_reach(scenario, network, inputs)
    problem = pose_problem(scenario, inputs, reach)
    check_ceilings(problem)
    out_of_reach = (
        Note(
            zh=f"怎样选点都达不到的目标：{above.note.zh}",
            en=f"a target out of reach whatever is chosen: {above.note.en}",
        )
        for above in ceilings_of(problem)
    )
    shown = (*_base_year(scenario, inputs, reach), *referral_notes(network, inputs))
    return (*inputs.notes, *network.notes, *reach.notes, *shown, *out_of_reach)


def _base_year(scenario: Scenario, inputs: Inputs, reach: Reach) -> tuple[Note, ...]:
    """Return how the published figures of today compare with the tables."""
    if scenario.published is None:
        return ()
    table = base_year_check(scenario, inputs, count_today(scenario, inputs, reach))
    return (*compared_note(scenario, table), *base_year_notes(scenario, inputs, table))


def export(scenario: Scenario, path: Path, stage: str | None = None) -> str:
    """Write the planning model of a scenario as a file that other solvers read.

    Parameters
    ----------
    path
        ``.lp`` or ``.mps``.
    stage
        Stage whose objective is written; none takes the first. What earlier stages would reach
        is not held.

    Returns
    -------
    str
        Name of the stage.

    Raises
    ------
    InputError
        The scenario's files cannot be used, it has no such stage, or the file's name ends
        otherwise.
    """
    network = read_network(scenario)
    inputs = read_inputs(scenario, network)
    reach = measure_reach(scenario, network, inputs)
    program, name = pose_stage(pose_problem(scenario, inputs, reach), stage)
    write_program(program, path)
    return name


def placing_page(scenario: Scenario, lang: str = "zh") -> str | None:
    """Return the page on which sites with an address only are placed by a click.

    Returns
    -------
    str or None
        HTML that opens without a network; None where every site has coordinates.

    Raises
    ------
    InputError
        The scenario's files cannot be used.
    """
    network = read_network(scenario)
    inputs = read_inputs(scenario, network)
    if inputs.unplaced.empty:
        return None
    placed = read_tables(scenario).frames.get("placed")
    return draw_placing_page(
        scenario, inputs.unplaced, inputs.townships, network, inputs.sites, lang, placed=placed
    )
