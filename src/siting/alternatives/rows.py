"""Rows added to a planning model: what a plan reached is held, and plans are told apart."""

import numpy as np
import pandas as pd

from siting.errors import NoPlanError
from siting.inputs.dictionary import classes_column
from siting.model import Choice
from siting.model.planning_model import PlanningModel, absent
from siting.plan import Plan
from siting.plan.plan import PlanContent
from siting.solver import Program


def content_of(plan: Plan) -> PlanContent:
    """Return the tables of a plan.

    Raises
    ------
    NoPlanError
        There is no plan.
    """
    if plan.content is None:
        raise NoPlanError(f"there is no plan to start from: the status is '{plan.status}'")
    return plan.content


def choice_of(plan: Plan) -> Choice:
    """Return what a plan does at the sites.

    Raises
    ------
    NoPlanError
        There is no plan.
    """
    years = content_of(plan).years
    columns = [classes_column(kind) for kind in plan.scenario.class_kinds]
    states = [years[year].state for year in plan.scenario.years]
    guides = [years[year].guides.assign(year=year) for year in plan.scenario.years]
    return Choice(
        is_open=np.stack([s["open"].to_numpy(dtype=bool) for s in states], axis=1),
        classes=np.stack([s[columns].to_numpy(dtype=np.int64) for s in states], axis=2),
        guides=pd.concat(guides, ignore_index=True),
    )


def acts_of(model: PlanningModel, choice: Choice) -> tuple[np.ndarray, np.ndarray]:
    """Return whether a choice acts at each site by the last year, and whether it closes it.

    A candidate is acted at where it opens, a facility where it grows; both only where the model
    has a variable for it.
    """
    sites = model.problem.sites
    is_open = choice.is_open[:, -1]
    grows = is_open & (choice.classes[:, :, -1] > sites.classes_today).any(axis=1)
    acts = np.where(sites.exists, grows, is_open) & (model.open[:, -1] != absent)
    return acts, sites.exists & ~is_open


def differing(model: PlanningModel, program: Program, choice: Choice, sites: int) -> Program:
    """Return a program with a row that asks for other acts than a choice's at some sites.

    Sum over the sites acted at of 1 - open[j,t], over those closed of 1 - closed[j,t], and over
    the others of open[j,t] + closed[j,t], in the last year, >= ``sites``. Each site counts once.
    """
    acts, closes = acts_of(model, choice)
    idle = ~acts & ~closes
    weights = np.zeros(model.columns)
    for columns, done in ((model.open[:, -1], acts), (model.closed[:, -1], closes)):
        there = columns != absent
        weights[columns[there & idle]] = 1.0
        weights[columns[there & done]] = -1.0
    kept = float(acts.sum() + closes.sum())
    return program.with_row("differ", weights, at_least=sites - kept)
