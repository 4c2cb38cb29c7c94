"""Who guides whom at the sites that are open: as many as can be, then with the shortest ways."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, vstack

from siting.errors import SolverError
from siting.model.problem import SitingProblem
from siting.scenario import Target
from siting.solver import Program, Status, is_whole, solve


def pair_institutions(
    problem: SitingProblem, is_open: np.ndarray, reached: Mapping[str, int] | None = None
) -> pd.DataFrame:
    """Pair the open sites of every planned year with medical institutions.

    In each role as many sites as the rules of guidance and the staff allow are guided, and of
    all such pairings one with the least travel seconds in all is taken.

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
                (_counts(problem, target, pair), (reached or {}).get(target.key, 0))
                for target in problem.scenario.targets_of(year)
                if target.kind == "pairing"
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


def _counts(problem: SitingProblem, target: Target, pair: np.ndarray) -> np.ndarray:
    """Return whether each of some pairs counts in a target: by its tiers and kinds of guide."""
    guiding, scenario = problem.guiding, problem.scenario
    if guiding is None:
        return np.zeros(len(pair), dtype=bool)
    kinds = scenario.guides_of(target)
    roles = [n for n, role in enumerate(scenario.guiding_roles) if role <= kinds]
    of_tier = np.isin(problem.sites.tier[guiding.site[pair]], sorted(scenario.tiers_of(target)))
    return of_tier & np.isin(guiding.role[guiding.medical[pair]], roles)


def _paired(
    problem: SitingProblem, pair: np.ndarray, held: list[tuple[np.ndarray, int]]
) -> np.ndarray:
    """Return which of some pairs are taken.

    Parameters
    ----------
    held
        Whether each pair counts, and how many sites of pairs that count are taken at least.
    """
    guiding = problem.guiding
    if guiding is None or not len(pair):
        return np.zeros(len(pair), dtype=bool)
    role = guiding.role[guiding.medical[pair]]
    site, site_of = np.unique(guiding.site[pair], return_inverse=True)
    post, post_row = np.unique(site_of * (role.max() + 1) + role, return_inverse=True)
    medical, medical_row = np.unique(guiding.medical[pair], return_inverse=True)
    pairs, sites = len(pair), len(site)
    column = np.arange(pairs)
    rows = np.concatenate([post_row, len(post) + medical_row])
    # A site that several roles guide counts once: a column tells whether any of them does.
    width = pairs + sites * len(held)
    matrices = [
        csr_array(
            (np.ones(2 * pairs), (rows, np.tile(column, 2))), (len(post) + len(medical), width)
        )
    ]
    for number, (counts, _) in enumerate(held):
        any_of = pairs + sites * number + np.arange(sites)
        weight = np.concatenate([np.ones(sites), -counts.astype(float)])
        at = (np.concatenate([np.arange(sites), site_of]), np.concatenate([any_of, column]))
        matrices.append(csr_array((weight, at), (sites, width)))
    at = (np.repeat(np.arange(len(held)), sites), np.arange(pairs, width))
    matrices.append(csr_array((np.ones(width - pairs), at), (len(held), width)))
    most = [np.ones(len(post)), guiding.most_sites[medical], np.zeros(width - pairs)]
    upper = np.concatenate([*most, np.full(len(held), np.inf)])
    lower = np.full(len(upper), -np.inf)
    lower[len(upper) - len(held) :] = [count for _, count in held]
    is_pair = np.arange(width) < pairs
    program = Program(
        cost=-is_pair.astype(float),
        column_lower=np.zeros(width),
        column_upper=np.ones(width),
        is_integer=np.ones(width, dtype=bool),
        rows=csr_array(vstack(matrices)),
        row_lower=lower,
        row_upper=upper,
    )
    many = _paired_best(problem, program)[:pairs]
    seconds = np.where(is_pair, np.concatenate([guiding.seconds[pair], np.zeros(width - pairs)]), 0)
    nearest = _paired_best(
        problem,
        replace(program, cost=seconds.astype(float)).with_row(
            "as_many", is_pair.astype(float), at_least=float(np.rint(many.sum()))
        ),
    )
    return nearest[:pairs] > 0.5


def _paired_best(problem: SitingProblem, program: Program) -> np.ndarray:
    """Solve a pairing; Ctrl-C does not end it, for it is short and the plan would be lost.

    Pairs are a flow, so the linear program mostly has whole pairs already.

    Raises
    ------
    SolverError
        The solver does not solve it.
    """
    settings = problem.scenario.solver
    answer = None
    for is_integer in (np.zeros_like(program.is_integer), program.is_integer):
        posed = replace(program, is_integer=is_integer)
        while answer is None or answer.interrupted:
            answer = solve(posed, gap=0.0, threads=settings.threads, seed=settings.seed)
        if answer.status is not Status.OPTIMAL or answer.values is None:
            raise SolverError(f"the institutions could not be paired: {answer.status}")
        if is_whole(answer.values):
            return answer.values
        answer = None
    raise SolverError("the solver paired parts of institutions")
