"""A study: its figures, the questions it answers, and the files of its run.

Reads a scenario with everything computed from it, gives answers, pages and folders. Does not:
parse words of the command line, or compute a figure.
"""

import json
import platform
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from siting.alternatives import (
    Alternatives,
    Price,
    Robustness,
    alternative_folder,
    coverage_frontier,
    frontier,
    near_optimal,
    price,
    robustness,
    write_alternatives,
    write_frontier,
)
from siting.clashes import Explanation, Shortcoming, explain, shortcomings
from siting.comparing import Comparison, compare
from siting.folder import run_folder
from siting.inputs.files import sha256_of
from siting.notebook import PageInNotebook, card
from siting.plan import Plan
from siting.plan.finished_run import FinishedRun, read_finished_run
from siting.plan.run_folder import (
    files_of_some_runs,
    inputs_folder_key,
    path_from,
    plan_digest_key,
    plan_document,
    plan_file,
    run_file,
    write_guidance,
    write_plan_file,
    write_ranking,
    write_shown,
    write_tables,
    write_text,
)
from siting.review import draw_page, write_review
from siting.review.findings import Findings
from siting.study_figures import StudyFigures


class Study(StudyFigures):
    """A scenario with everything computed from it; its figures, and what follows from them."""

    def explain(self, time_limit_s: float = 60.0) -> Explanation:
        """Tell which hard requirements clash, and the repairs, cheapest first."""
        return explain(self.scenario, self.inputs, self.reach, self.network, time_limit_s)

    def shortcomings(self, time_limit_s: float = 30.0) -> tuple[Shortcoming, ...]:
        """Tell which soft targets fall short, by how much and why."""
        return shortcomings(self.plan, self.inputs, self.reach, time_limit_s)

    def alternatives(self, count: int = 3, differ: int = 3, within: float = 0.02) -> Alternatives:
        """Return plans that cost little more and differ.

        As :func:`siting.alternatives.near_optimal`.
        """
        return near_optimal(
            self.scenario, self.inputs, self.reach, self.plan, count, differ, within
        )

    def frontier(
        self, target_id: str | None = None, figures: Sequence[float] | None = None, steps: int = 6
    ) -> pd.DataFrame:
        """Return the least cost of each figure of a target.

        As :func:`siting.alternatives.frontier`.
        """
        return frontier(self.scenario, self.inputs, self.reach, target_id, figures, steps)

    def coverage_frontier(
        self, budgets_cny: Sequence[float] | None = None, steps: int = 6
    ) -> pd.DataFrame:
        """Return the most coverage of each budget.

        As :func:`siting.alternatives.coverage_frontier`.
        """
        return coverage_frontier(self.scenario, self.inputs, self.reach, budgets_cny, steps)

    def price(self, target_id: str, step: float | None = None, year: int | None = None) -> Price:
        """Return what one more unit of a target costs, as an interval.

        As :func:`siting.alternatives.price`.
        """
        return price(self.scenario, self.inputs, self.reach, self.plan, target_id, step, year)

    def robustness(self) -> Robustness:
        """Return a plan for several trends of births and what it costs.

        As :func:`siting.alternatives.robustness`.
        """
        return robustness(self.scenario, self.inputs, self.reach, self.plan)

    @cached_property
    def finished(self) -> FinishedRun:
        """What would be read of the folder of the run, for a comparison."""
        with TemporaryDirectory() as name:
            folder = Path(name)
            self._write_plan_tables(folder)
            self._write_documents(folder, folder)
            run = read_finished_run(folder, self.inputs.townships)
            return replace(run, path=None)

    def compare(self, *others: "Study | str | PathLike[str]") -> Comparison:
        """Put this plan and others side by side; see :func:`siting.compare`.

        Parameters
        ----------
        others
            Studies, or folders of finished runs.
        """
        return compare(self, *others)

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
        self,
        folder: str | PathLike[str],
        lang: str = "zh",
        *,
        geoparquet: bool = False,
        alternatives: Alternatives | None = None,
        frontier: pd.DataFrame | None = None,
    ) -> None:
        """Write the files of the run into a folder.

        Parameters
        ----------
        lang
            Language of what people look at, ``zh`` or ``en``.
        geoparquet
            Whether the layers are written as GeoParquet too.
        alternatives
            Of :meth:`alternatives`; each is written as a run into a folder of its own inside.
        frontier
            Of :meth:`frontier`.

        Raises
        ------
        NoPlanError
            There is no plan; nothing is written.
        OutputError
            The folder cannot be written, or holds input files; what is in it is left as it was.
        """
        folder = Path(folder)
        others = alternatives.found if alternatives else ()
        inner = {alternative_folder(n): self._with(one.plan) for n, one in enumerate(others, 1)}
        for name in ("", *inner):
            self.scenario.check_apart(folder / name)
        outdated = [
            f"{each}{name}"
            for each in ("", *(f"{n}/" for n in inner))
            for name in files_of_some_runs
        ]
        findings = self.findings
        with run_folder(folder, outdated) as new:
            for name, other in inner.items():
                (new / name).mkdir()
                other._write(  # noqa: SLF001  (of the same class)
                    other.findings, new / name, folder / name, lang, geoparquet
                )
            if alternatives is not None:
                write_alternatives(alternatives, new)
            if frontier is not None:
                write_frontier(frontier, new)
            self._write(findings, new, folder, lang, geoparquet)

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

    def _with(self, plan: Plan) -> "Study":
        """Return the same study with another plan."""
        return replace(self, scenario=plan.scenario, plan=plan, served_alone=self.all_served_alone)

    def _write(
        self,
        findings: Findings,
        new: Path,
        folder: Path,
        lang: str,
        geoparquet: bool,
    ) -> None:
        """Write what every run has; ``folder`` is where it will be."""
        self._write_tables(new)
        write_review(findings, new, lang, geoparquet=geoparquet)
        self._write_documents(new, folder)

    def _write_plan_tables(self, new: Path) -> None:
        write_tables(
            self.plan,
            self.inputs,
            self.provisions,
            self.today,
            self.no_action,
            self.all_served_alone,
            self.left_out,
            new,
        )

    def _write_tables(self, new: Path) -> None:
        self._write_plan_tables(new)
        write_ranking(self.ranking, new)
        if self.has_guidance:
            write_guidance(self.rounds, self.inspections, self.inputs, new)
        write_shown(self._shown, new)

    def _write_documents(self, new: Path, folder: Path) -> None:
        """Write plan.json and run.json, which vouch for the tables and for each other."""
        document = plan_document(self.plan, self.inputs, self.provisions, self.notes)
        write_plan_file(document, new)
        text = json.dumps(self._run_document(new, folder), ensure_ascii=False, indent=1)
        write_text(new / run_file, text + "\n")

    def _run_document(self, new: Path, folder: Path) -> dict[str, Any]:
        """Return the content of run.json: what differs from run to run."""
        return {
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": platform.platform(),
            plan_digest_key: sha256_of(new / plan_file),
            inputs_folder_key: path_from(folder, self.scenario.path("")),
            "seconds": {step: round(value, 3) for step, value in self.seconds.items()},
            "seconds_build": round(self.plan.seconds_build, 3),
            "stage_seconds": {
                stage.name: round(stage.seconds, 3)
                for stage in (*self.plan.stages, self.plan.travel)
                if stage is not None
            },
        }
