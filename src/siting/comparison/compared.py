"""Compared plans: targets, figures, sites and townships side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd

from siting.comparison.remarks import remarks_on
from siting.comparison.site_table import site_table
from siting.comparison.trade_offs import trade_off
from siting.errors import DataError, Problem
from siting.notes import Note, named
from siting.plan.finished_run import FinishedAlternative, FinishedRun
from siting.plan.run_tables import actions, amounts, shares

most_plans = len(ascii_uppercase)
"""Plans that one letter each can name."""


@dataclass(frozen=True)
class ComparedPlan:
    """A plan among those compared.

    Attributes
    ----------
    label
        Its letter.
    run
        What is known of it.
    alternative
        Its place among the alternatives of the first plan, None where it is a run of its own.
    """

    label: str
    run: FinishedRun
    alternative: FinishedAlternative | None = None


@dataclass(frozen=True)
class Compared:
    """Plans of one study area side by side; each is called by its letter, A the first.

    Attributes
    ----------
    plans
        In the order given.
    targets
        One row a plan and target: ``plan, id, year, kind, unit, hard, required, achieved, met,
        clause``.
    figures
        One row a figure, of each plan in its last year, ``figure`` and the letters: people and
        places as in docs/files.md, ``capital_cny`` and ``subsidy_cny`` of all years, not
        discounted, ``running_cny`` of the last year, and the number of sites of each action.
    sites
        One row a site that is open in a plan or closed by it; see
        :func:`siting.comparison.site_table.site_table`.
    townships
        One row a plan and township: ``plan, township_code, township, district`` and its figures
        in the last year.
    trade_offs
        ``plan, against, zh, en``: what a plan costs and gives more or less than another, for
        every pair.
    remarks
        What the plans do not share beside their sites.
    """

    plans: tuple[ComparedPlan, ...]
    targets: pd.DataFrame
    figures: pd.DataFrame
    sites: pd.DataFrame
    townships: pd.DataFrame
    trade_offs: pd.DataFrame
    remarks: tuple[Note, ...]

    @property
    def runs(self) -> dict[str, FinishedRun]:
        """Letter of each plan -> what is known of it."""
        return {plan.label: plan.run for plan in self.plans}

    @property
    def zones(self) -> gpd.GeoDataFrame:
        """Townships of the study area, as in :class:`siting.plan.finished_run.FinishedRun`."""
        return self.plans[0].run.townships


Kind = TypeVar("Kind", bound=Compared)


def compare_runs(runs: Sequence[FinishedRun], kind: type[Kind]) -> Kind:
    """Put finished runs side by side; one run is compared with its alternatives.

    Parameters
    ----------
    kind
        :class:`Compared`, or what is made of it.

    Raises
    ------
    DataError
        There is nothing to compare with, there are too many, or the study areas differ.
    """
    first = runs[0].alternatives if len(runs) == 1 else ()
    members: list[tuple[FinishedRun, FinishedAlternative | None]] = [(run, None) for run in runs]
    members += [(other.run, other) for other in first]
    _check_number(runs, len(members))
    _check_same_area([run for run, _ in members])
    plans = tuple(
        ComparedPlan(label, run, alternative)
        for label, (run, alternative) in zip(ascii_uppercase, members, strict=False)
    )
    by_label = {plan.label: plan.run for plan in plans}
    sites = site_table(by_label)
    told = [
        (other.label, one.label, trade_off(one.run, other.run, one.label, other.label))
        for one in plans
        for other in plans
        if one is not other
    ]
    return kind(
        plans=plans,
        targets=_targets(by_label),
        figures=_figures(by_label),
        sites=sites,
        townships=_townships(by_label),
        trade_offs=pd.DataFrame(
            [(plan, against, note.zh, note.en) for plan, against, note in told],
            columns=["plan", "against", "zh", "en"],
        ),
        remarks=remarks_on(by_label, {plan.label for plan in plans if plan.alternative}),
    )


def _check_number(runs: Sequence[FinishedRun], number: int) -> None:
    if number < 2:
        note = runs[0].alternatives_note
        what = "is one plan, without alternatives beside it" + (f" ({note.en})" if note else "")
        remedy = "name another run, or run the scenario again with --alternatives"
        raise DataError([Problem(runs[0].place, what, remedy)])
    if number > most_plans:
        what = f"{number} plans are too many to compare"
        raise DataError([Problem(runs[0].place, what, f"name at most {most_plans} runs")])


def _check_same_area(runs: Sequence[FinishedRun]) -> None:
    """Refuse runs of other townships than the first."""
    problems = []
    codes = set(runs[0].townships["township_code"])
    for run in runs[1:]:
        others = set(run.townships["township_code"])
        more, less = sorted(others - codes), sorted(codes - others)
        if more or less:
            parts = [f"only there {named(more).en}"] if more else []
            parts += [f"only in {runs[0].place} {named(less).en}"] if less else []
            what = f"is of another study area: its township codes differ ({'; '.join(parts)})"
            problems.append(Problem(run.place, what, "compare runs of one study area"))
    if problems:
        raise DataError(problems)


def _targets(runs: dict[str, FinishedRun]) -> pd.DataFrame:
    rows = [
        {
            "plan": label,
            "id": result.target.id,
            "year": result.target.year,
            "kind": result.target.kind,
            "unit": result.target.unit,
            "hard": result.target.hard,
            "required": result.required,
            "achieved": np.nan if result.achieved is None else result.achieved,
            "met": result.met,
            "clause": result.target.clause,
        }
        for label, run in runs.items()
        for result in run.targets
    ]
    return pd.DataFrame(rows)


def _figures(runs: dict[str, FinishedRun]) -> pd.DataFrame:
    columns = {label: _figures_of(run) for label, run in runs.items()}
    return pd.DataFrame(columns).rename_axis("figure").reset_index()


def _figures_of(run: FinishedRun) -> dict[str, float]:
    count = run.sites["action"].value_counts()
    last = run.costs[run.costs["year"] == run.year].iloc[0]
    return {
        **{name: float(run.area[name]) for name in (*amounts, *shares)},
        "capital_cny": float(run.costs["capital_cny"].sum()),
        "subsidy_cny": float(run.costs["subsidy_cny"].sum()),
        "running_cny": float(last["running_cny"]),
        **{action: float(count.get(action, 0)) for action in actions},
    }


def _townships(runs: dict[str, FinishedRun]) -> pd.DataFrame:
    zones = next(iter(runs.values())).townships.drop(columns="geometry")
    tables = []
    for label, run in runs.items():
        figures = run.township_figures.loc[zones["township_code"], [*amounts, *shares]]
        table = pd.concat([zones, figures.reset_index(drop=True)], axis=1)
        table.insert(0, "plan", label)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)
