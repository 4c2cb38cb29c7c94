"""Compare studies and finished runs, and draw the page of it.

Reads run folders, gives a :class:`Comparison`. Does not: solve, or read an input file.
"""

from os import PathLike
from pathlib import Path
from typing import Protocol

from siting.comparison import Compared, compare_runs
from siting.errors import DataError, Problem
from siting.folder import check_folder, run_folder
from siting.indicators import tally
from siting.notebook import Figure, PageInNotebook, card, figure, table
from siting.plan.finished_run import FinishedRun, read_finished_run
from siting.plan.run_folder import write_text
from siting.review import draw_compare_page

shown_figures = {
    "capital_cny": ("投资 capital", "CNY"),
    "places": ("托位 places", "sites"),
    "places_per_thousand": ("每千人 per thousand", "per thousand"),
    "inclusive_share": ("普惠占比 inclusive", "share"),
    "population_coverage": ("可达占比 within reach", "share"),
    "served": ("可达有位 served", "sites"),
}
"""Figure that a notebook shows -> what it is called, its unit; ``sites`` is a whole number."""


class Finished(Protocol):
    """What has a plan to compare, such as a study."""

    @property
    def finished(self) -> FinishedRun:
        """What would be read of the folder of its run."""


class Comparison(Compared):
    """Plans of one study area side by side.

    The tables are those of :class:`siting.comparison.Compared`.
    """

    def _repr_html_(self) -> str:
        plans = [f"{plan.label} {plan.run.scenario.name}" for plan in self.plans]
        figures = self.figures.set_index("figure")
        rows = [
            (called, *(figure(value, unit) for value in figures.loc[name]))
            for name, (called, unit) in shown_figures.items()
        ]
        held = (tally(run.targets) for run in self.runs.values())
        met = (
            f"{each.met} / {each.all}" + (f"（{each.not_due} not due）" if each.not_due else "")
            for each in held
        )
        rows.append(("达到的目标 targets met", *map(Figure, met)))
        return card("方案比较 comparison", [], table(("", *plans), rows))

    def map(self, lang: str = "zh", height_px: int = 760) -> PageInNotebook:
        """Return the page as a notebook shows it, with its map; no network is needed.

        Parameters
        ----------
        lang
            ``zh`` or ``en``.
        height_px
            Height of its frame.
        """
        return PageInNotebook(self.page(lang), height_px)

    def page(self, lang: str = "zh", title: str | None = None) -> str:
        """Return the page that shows it, one HTML file that opens without a network.

        Parameters
        ----------
        lang
            ``zh`` or ``en``.
        title
            Its heading; the names of the plans if not given.
        """
        return draw_compare_page(self, lang, title)

    def save(self, path: str | PathLike[str], lang: str = "zh", title: str | None = None) -> None:
        """Write the page into a file.

        Raises
        ------
        OutputError
            It cannot be written.
        """
        path = Path(path)
        check_folder(path.parent)
        page = self.page(lang, title)
        with run_folder(path.parent) as new:
            write_text(new / path.name, page)


def compare(*plans: Finished | str | PathLike[str]) -> Comparison:
    """Put plans side by side.

    Parameters
    ----------
    plans
        Folders of finished runs, or studies; a single one is compared with the alternatives in
        its folder.

    Returns
    -------
    Comparison
        Tables of targets, figures, sites and townships; the plans are called A, B, ...

    Raises
    ------
    DataError
        A folder is no finished run, the study areas differ, or there is nothing to compare.
    NoPlanError
        A study has no plan.
    """
    if not plans:
        raise DataError(
            [Problem("compare", "there is nothing to compare", "name two or more runs")]
        )
    runs = [
        read_finished_run(plan) if isinstance(plan, str | PathLike) else plan.finished
        for plan in plans
    ]
    return compare_runs(runs, Comparison)
