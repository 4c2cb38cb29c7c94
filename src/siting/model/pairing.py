"""Who guides whom at the sites that are open: as many as can be, then with the shortest ways."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, vstack

from siting.model.problem import SitingProblem
from siting.solver import Program, Status, is_whole, solve


def pair_institutions(
    problem: SitingProblem, is_open: np.ndarray, reached: Mapping[str, int] | None = None
) -> pd.DataFrame:
    """Pair the open sites of every planned year with medical institutions.

    As many sites as the rules of guidance and the staff allow are guided, and of all such
    pairings one with the least travel seconds in all is taken.

    Parameters
    ----------
    is_open
        Sites x years.
    reached
        Target key -> guided sites of its tiers, which are kept.

    Returns
    -------
    pandas.DataFrame
        ``site, medical, year`` by position; empty where the scenario has no guidance.
    """
    guiding = problem.guiding
    parts = [pd.DataFrame({"site": [], "medical": [], "year": []}, dtype=np.int64)]
    if guiding is not None:
        for number, year in enumerate(problem.years):
            pair = np.flatnonzero(is_open[guiding.site, number])
            held = [
                (np.isin(problem.sites.tier[guiding.site[pair]], sorted(tiers)), count)
                for tiers, count in (
                    (problem.scenario.tiers_of(target), (reached or {}).get(target.key, 0))
                    for target in problem.scenario.targets_of(year)
                    if target.kind == "pairing"
                )
            ]
            chosen = pair[_paired(problem, pair, held)]
            parts.append(
                pd.DataFrame(
                    {"site": guiding.site[chosen], "medical": guiding.medical[chosen], "year": year}
                )
            )
    return pd.concat(parts, ignore_index=True).sort_values(
        ["year", "site", "medical"], ignore_index=True
    )


def _paired(
    problem: SitingProblem, pair: np.ndarray, held: list[tuple[np.ndarray, int]]
) -> np.ndarray:
    """Return which of some pairs are taken.

    Parameters
    ----------
    held
        Whether each pair counts, and how many that count are taken at least.
    """
    guiding = problem.guiding
    if guiding is None or not len(pair):
        return np.zeros(len(pair), dtype=bool)
    site, site_row = np.unique(guiding.site[pair], return_inverse=True)
    medical, medical_row = np.unique(guiding.medical[pair], return_inverse=True)
    column = np.arange(len(pair))
    rows = np.concatenate([site_row, len(site) + medical_row])
    most = np.concatenate([np.ones(len(site)), guiding.most_sites[medical]])
    program = Program(
        cost=-np.ones(len(pair)),
        column_lower=np.zeros(len(pair)),
        column_upper=np.ones(len(pair)),
        is_integer=np.ones(len(pair), dtype=bool),
        rows=csr_array(
            vstack(
                [
                    csr_array(
                        (np.ones(2 * len(pair)), (rows, np.tile(column, 2))),
                        shape=(len(most), len(pair)),
                    ),
                    *(csr_array(counts[None, :].astype(float)) for counts, _ in held),
                ]
            )
        ),
        row_lower=np.concatenate([np.full(len(most), -np.inf), [n for _, n in held]]),
        row_upper=np.concatenate([most.astype(float), np.full(len(held), np.inf)]),
    )
    many = _paired_best(problem, program)
    nearest = _paired_best(
        problem,
        replace(program, cost=guiding.seconds[pair].astype(float)).with_row(
            "as_many", np.ones(len(pair)), at_least=float(np.rint(many.sum()))
        ),
    )
    return nearest > 0.5


def _paired_best(problem: SitingProblem, program: Program) -> np.ndarray:
    """Solve a pairing; Ctrl-C does not end it, for it is short and the plan would be lost.

    Pairs are a flow, so the linear program mostly has whole pairs already.

    Raises
    ------
    RuntimeError
        The solver does not solve it.
    """
    settings = problem.scenario.solver
    answer = None
    for is_integer in (np.zeros_like(program.is_integer), program.is_integer):
        posed = replace(program, is_integer=is_integer)
        while answer is None or answer.interrupted:
            answer = solve(posed, gap=0.0, threads=settings.threads, seed=settings.seed)
        if answer.status is not Status.OPTIMAL or answer.values is None:
            raise RuntimeError(f"the institutions could not be paired: {answer.status}")
        if is_whole(answer.values):
            return answer.values
        answer = None
    raise RuntimeError("the solver paired parts of institutions")
