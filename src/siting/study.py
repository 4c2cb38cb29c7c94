"""The order of the steps, from a scenario file to the files of a run.

The only file that knows it. Reads a scenario, gives a :class:`Study`. Does not: parse words of
the command line, or compute a figure.
"""

import json
import platform
from collections.abc import Mapping, Sequence
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
from siting.indicators import (
    Indicators,
    SitesInYear,
    TargetResult,
    children_of_sites,
    counted_sites,
    measure_sites,
    nearest_site_table,
    rank_overall,
    rank_townships,
    shared_facilities,
    site_services,
    target_results,
)
from siting.inputs import Inputs, read_tables
from siting.model import ceilings_of, check_ceilings, pose_problem, pose_stage
from siting.network import Network, network_key, read_kept_network, read_network
from siting.notebook import PageInNotebook, card
from siting.notes import Note
from siting.plan import (
    Plan,
    choose_sites,
    count_today,
    sites_left_alone,
    sites_of_plan,
    sites_today,
)
from siting.plan.inspections import InspectionList, inspection_list
from siting.plan.rounds import Rounds, estimate_rounds
from siting.plan.run_folder import (
    inputs_folder_key,
    path_from,
    run_file,
    run_folder,
    write_guidance,
    write_plan,
    write_ranking,
    write_shown,
    write_text,
)
from siting.plan.signing import signed_children
from siting.reach import (
    Reach,
    isochrones,
    measure_kept_reach,
    measure_reach,
    nearest_site_s,
    off_street,
)
from siting.referral import hub_times, referral_notes, referral_times
from siting.review import Findings, draw_page, draw_placing_page, write_review
from siting.scenario import Scenario, load
from siting.solver import write_program
from siting.staffing import (
    child_health_staffing,
    institution_staffing,
    people_per_staff_asked,
)
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
    served_alone
        Year -> ``cell, site, band, children`` by position: who without a place is given one by
        the facilities of today alone; solved for when needed where a year is not there.
    """

    scenario: Scenario
    inputs: Inputs
    network: Network
    reach: Reach
    today: Indicators
    today_targets: tuple[TargetResult, ...]
    plan: Plan
    seconds: dict[str, float] = field(default_factory=dict)
    served_alone: Mapping[int, pd.DataFrame] = field(default_factory=dict)

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
    def sites_by_state(self) -> dict[str, dict[int, SitesInYear]]:
        """The sites and who is served: state -> year -> what is known of them.

        ``today`` in the base year; ``no_action``, the facilities of today, and ``plan`` in every
        planned year.
        """
        asked, inputs, reach = self.scenario, self.inputs, self.reach
        base, served = asked.base_year, self.served_alone
        return {
            "today": {base: sites_today(asked, inputs, reach, served.get(base))},
            "no_action": {
                year: sites_left_alone(asked, inputs, reach, year, served.get(year))
                for year in asked.years
            },
            "plan": sites_of_plan(self.plan, inputs, reach),
        }

    @cached_property
    def no_action(self) -> dict[int, Indicators]:
        """Figures of every planned year with the facilities of today."""
        return {
            year: measure_sites(sites) for year, sites in self.sites_by_state["no_action"].items()
        }

    @cached_property
    def services(self) -> pd.DataFrame:
        """What each open site does in every planned year under the plan.

        See :func:`siting.indicators.site_services`.
        """
        tables = [site_services(sites) for sites in self.sites_by_state["plan"].values()]
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def nearest(self) -> pd.DataFrame:
        """How far under-3s live from the nearest open site that counts, in every state and year.

        ``state`` (today, no_action, plan) and the columns of
        :func:`siting.indicators.nearest_site_table`.
        """
        tables = []
        known: dict[bytes, np.ndarray] = {}
        for state, years in self.sites_by_state.items():
            for year, sites in years.items():
                counted = counted_sites(sites)
                if counted.tobytes() not in known:
                    known[counted.tobytes()] = nearest_site_s(
                        self.scenario, self.network, self.inputs, self.reach, counted
                    )
                table = nearest_site_table(self.inputs, year, known[counted.tobytes()])
                table.insert(0, "state", state)
                tables.append(table)
        return pd.concat(tables, ignore_index=True)

    @property
    def children(self) -> dict[str, dict[int, pd.DataFrame]]:
        """Children of every cell who want a place, by state and year.

        See :func:`siting.indicators.children_of_cells`.
        """
        return {
            state: {year: children_of_sites(sites) for year, sites in years.items()}
            for state, years in self.sites_by_state.items()
        }

    @cached_property
    def ranking(self) -> pd.DataFrame:
        """Townships ranked against every target of every planned year, under the plan (晾晒).

        See :func:`siting.indicators.rank_townships`.
        """
        tables = [
            rank_townships(sites, self.scenario.targets_of(year))
            for year, sites in self.sites_by_state["plan"].items()
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
    def institution_staffing(self) -> pd.DataFrame:
        """Child-health staff of each primary institution; see :func:`institution_staffing`."""
        guidance = self.scenario.guidance
        each = guidance.residents_per_staff if guidance else people_per_staff_asked
        years = sorted({self.scenario.base_year, *self.scenario.years})
        tables = [institution_staffing(self.inputs, year, each) for year in years]
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def shared(self) -> pd.DataFrame:
        """Communities and the facilities they share; see :func:`shared_facilities`."""
        years = sites_of_plan(self.plan, self.inputs, self.reach)
        tables = [
            shared_facilities(sites, self.scenario.targets_of(year))
            for year, sites in years.items()
        ]
        return pd.concat([table for table in tables if len(table)] or tables[:1], ignore_index=True)

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
        tables |= {"services": self.services, "nearest": self.nearest}
        tables |= {"shared": self.shared, "institution_staffing": self.institution_staffing}
        if self.inputs.medical is not None:
            tables["staffing"] = self.staffing
        return {name: table for name, table in tables.items() if len(table)}

    @cached_property
    def isochrones(self) -> gpd.GeoDataFrame:
        """The area that each site of the plan reaches within its limit, for drawing only.

        ``site_id, minutes, geometry`` in the metric CRS of the study.
        """
        sites = self.inputs.sites
        planned = sites["site_id"].isin(self.plan.sites["site_id"])
        return isochrones(self.scenario, self.network, sites[planned])

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
            no_action=self.no_action,
            services=self.services,
            nearest=self.nearest,
            children=self.children,
            isochrones=self.isochrones,
            rounds=self.rounds if self.has_guidance else None,
            inspections=self.inspections if self.has_guidance else None,
            notes=self.notes,
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

    def __repr__(self) -> str:
        return f"Study({self.scenario.name!r}, {self.plan.status})"

    def _repr_html_(self) -> str:
        years = ", ".join(map(str, self.scenario.years))
        told: list[tuple[str, object]] = [
            ("现状 today", str(self.scenario.base_year)),
            ("规划 planned", years),
        ]
        told += [("示意", "illustrative")] if self.scenario.illustrative else []
        sites = self.inputs.sites["status"].value_counts()
        told += [
            ("现有机构 facilities", int(sites.get("existing", 0))),
            ("候选 candidates", int(sites.get("candidate", 0))),
            ("需求单元 cells", len(self.inputs.cells)),
        ]
        return card(self.scenario.name, told) + self.plan.shown(None)

    def map(self, lang: str = "zh", height_px: int = 760) -> PageInNotebook:
        """Return the review page as a notebook shows it, with its map; no network is needed.

        Parameters
        ----------
        lang
            ``zh`` or ``en``.
        height_px
            Height of its frame.

        Raises
        ------
        NoPlanError
            There is no plan.
        """
        return PageInNotebook(self.review(lang), height_px)

    def review(self, lang: str = "zh", title: str | None = None) -> str:
        """Return the review page as HTML, one file that opens without a network.

        Parameters
        ----------
        lang
            ``zh`` or ``en``.
        title
            What stands at its head; none takes the name of the scenario.
        """
        return draw_page(self.findings, lang, title)

    def save(
        self, folder: str | PathLike[str], lang: str = "zh", *, geoparquet: bool = False
    ) -> None:
        """Write the files of the run into a folder.

        Parameters
        ----------
        lang
            Language of what people look at, ``zh`` or ``en``.
        geoparquet
            Whether the layers are written as GeoParquet too.

        Raises
        ------
        NoPlanError
            There is no plan; nothing is written.
        OutputError
            The folder cannot be written, or holds input files; what is in it is left as it was.
        """
        self.scenario.check_apart(Path(folder))
        findings = self.findings
        with run_folder(Path(folder)) as new:
            self._write_tables(new)
            write_review(findings, new, lang, geoparquet=geoparquet)
            text = json.dumps(self._run_document(Path(folder)), ensure_ascii=False, indent=1)
            write_text(new / run_file, text + "\n")

    def redraw(
        self,
        folder: str | PathLike[str],
        lang: str = "zh",
        title: str | None = None,
        *,
        tiles: str | None = None,
        geoparquet: bool = False,
    ) -> tuple[str, ...]:
        """Write what people look at into a folder again: page and layers; no table.

        Parameters
        ----------
        lang
            ``zh`` or ``en``.
        title
            What stands at the head of the page; none takes the name of the scenario.
        tiles
            ``tianditu`` or ``amap`` writes a second page, ``review_<tiles>.html``, which may ask
            that online map; ``review.html`` asks nobody.
        geoparquet
            Whether the layers are written as GeoParquet too.

        Returns
        -------
        tuple of str
            Names of the files.

        Raises
        ------
        NoPlanError
            There is no plan; nothing is written.
        OutputError
            The folder cannot be written, or holds input files; what is in it is left as it was.
        """
        self.scenario.check_apart(Path(folder))
        findings = self.findings
        with run_folder(Path(folder)) as new:
            return write_review(findings, new, lang, title, tiles=tiles, geoparquet=geoparquet)

    def _write_tables(self, new: Path) -> None:
        alone = (*self.sites_by_state["today"].values(), *self.sites_by_state["no_action"].values())
        write_plan(
            self.plan,
            self.inputs,
            self.today,
            self.no_action,
            {sites.year: sites.served for sites in alone},
            self.left_out,
            self.notes,
            new,
        )
        write_ranking(self.ranking, new)
        if self.has_guidance:
            write_guidance(self.rounds, self.inspections, new)
        write_shown(self._shown, new)

    def _run_document(self, folder: Path) -> dict[str, Any]:
        """Return the content of run.json: what differs from run to run."""
        return {
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": platform.platform(),
            inputs_folder_key: path_from(folder, self.scenario.path("")),
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

    Raises
    ------
    InputError
        The scenario or a file it names cannot be used; with every problem of its phase.
    """
    seconds: dict[str, float] = {}
    step = Steps(seconds, report)
    step.begin("scenario")
    asked = scenario if isinstance(scenario, Scenario) else load(scenario)
    network, inputs, reach = read_study(asked, step, cache)
    step.begin("today")
    there = sites_today(asked, inputs, reach)
    today, held = measure_sites(there), target_results(there, asked.targets)
    step.begin("plan")
    plan = choose_sites(asked, inputs, reach, report)
    step.end()
    return Study(
        asked, inputs, network, reach, today, held, plan, seconds, {asked.base_year: there.served}
    )


def read_study(
    scenario: Scenario, step: Steps, cache: Cache | None
) -> tuple[Network, Inputs, Reach]:
    """Read everything that a scenario names, and who reaches what.

    Raises
    ------
    InputError
        A file cannot be used; with every problem of its phase.
    """
    step.begin("network")
    key = network_key(scenario)
    network = read_kept_network(scenario, key, cache) if cache else read_network(scenario)
    step.begin("inputs")
    inputs = read_inputs(scenario, network)
    step.begin("reach")
    progress = partial(step.report, "reach")
    reach = (
        measure_kept_reach(scenario, network, inputs, progress, key, cache)
        if cache
        else measure_reach(scenario, network, inputs, progress)
    )
    return network, inputs, reach


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
