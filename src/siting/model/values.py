"""What values of the model's columns say: what is done at the sites, and who is served."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from siting.model.choice import Choice
from siting.model.pairing import pair_institutions
from siting.model.planning_model import PlanningModel, absent
from siting.model.problem import SitingProblem


def chosen(model: PlanningModel, values: np.ndarray) -> Choice:
    """Return what is done at the sites."""
    problem, sites = model.problem, model.problem.sites
    years = len(problem.years)

    def of(columns: np.ndarray) -> np.ndarray:
        there = columns != absent
        return np.where(there, np.rint(values[np.where(there, columns, 0)]), 0.0)

    if not model.columns:
        values = np.zeros(1)
    closed, opened = of(model.closed) > 0, of(model.open) > 0
    is_open = np.where(sites.exists[:, None], ~closed, opened)
    classes = sites.classes_today[:, :, None] + of(model.classes).astype(np.int64)
    return Choice(
        is_open=is_open.reshape(-1, years),
        classes=np.where(is_open[:, None, :], classes, 0),
        guides=pair_institutions(problem, is_open.reshape(-1, years), _guided(model, of)),
    )


def _guided(model: PlanningModel, of: Callable[[np.ndarray], np.ndarray]) -> dict[str, int]:
    """Return how many sites of its tiers each pairing target has in the model's plan."""
    problem = model.problem
    found = {}
    for target in problem.scenario.targets:
        if target.kind == "pairing":
            counts = (
                problem.sites.of_tiers(problem.scenario.tiers_of(target)) & problem.sites.inside
            )
            taken = of(model.guided[problem.scenario.guides_of(target)])
            found[target.key] = int(taken[counts, problem.years.index(target.year)].sum())
    return found


def children_served(
    model: PlanningModel, values: np.ndarray, choice: Choice
) -> tuple[pd.DataFrame, ...]:
    """Return who is served in each state, by cell and age band.

    Cells of a class reach the same sites, and the ages of a merged band are taken by the same
    kinds, so each cell and age gets its share of the children of the class and band.
    """
    problem, service = model.problem, model.problem.service
    tables = []
    for state in range(len(problem.states)):
        is_open = choice.is_open[:, problem.year_of(state)]
        pair, band = np.nonzero(model.served[:, :, state] != absent)
        children = values[model.served[pair, band, state]]
        some = children > 0
        pair, band, children = pair[some], band[some], children[some]
        settled = service.settled[state]
        waiting = problem.demand[state].under(is_open).additional
        tables.append(
            _split(
                problem,
                waiting,
                (settled["cell"].to_numpy(), service.demand_class[pair]),
                np.concatenate([settled["site"].to_numpy(), service.site[pair]]),
                np.concatenate([settled["band"].to_numpy(), band]),
                np.concatenate([settled["children"].to_numpy(), children]),
            )
        )
    return tuple(tables)


def _split(
    problem: SitingProblem,
    waiting: np.ndarray,
    whose: tuple[np.ndarray, np.ndarray],
    site: np.ndarray,
    band: np.ndarray,
    children: np.ndarray,
) -> pd.DataFrame:
    """Split children of merged bands among ages, and those of classes among cells.

    Parameters
    ----------
    waiting
        Cells x age bands.
    whose
        Cells whose children are settled, and classes whose others are served.
    site, band, children
        Where, of which merged band, and how many; of the cells first, then of the classes.
    """
    cell, age = np.nonzero((waiting > 0) & (problem.band_of >= 0))
    # Cells of no class have number -1, which is to be none of the cells either.
    bands, first_class = len(problem.bands), len(waiting) + 1
    merged = problem.band_of[age]
    # Children settled are whole merged bands of a cell; classes hold those who are left.
    settled = np.isin(cell * bands + merged, whose[0] * bands + band[: len(whose[0])])
    unit = np.where(settled, cell, first_class + problem.service.class_of_cell[cell])
    key = unit * bands + merged
    order = np.argsort(key, kind="stable")
    wanted = np.concatenate([whose[0], first_class + whose[1]]) * bands + band
    first, after = (np.searchsorted(key[order], wanted, side) for side in ("left", "right"))
    row = np.repeat(np.arange(len(wanted)), after - first)
    begins = np.cumsum(after - first) - (after - first)
    member = order[np.arange(len(row)) - (begins - first)[row]]
    there = waiting[cell, age]
    total = np.bincount(row, weights=there[member], minlength=len(wanted))
    table = pd.DataFrame(
        {
            "cell": cell[member],
            "site": site[row],
            "band": age[member],
            "children": children[row] * there[member] / total[row],
        }
    )
    return table.sort_values(["cell", "site", "band"], ignore_index=True)
