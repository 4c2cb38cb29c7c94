"""The location problems where a site serves no more than its capacity.

The demand of a point may be shared out among several sites. One column a site (open) and one a
pair within reach (share of the demand served there)::

    everyone:  sum over j of share[i, j] = 1        (at most 1 where demand may stay unserved)
    linked:    share[i, j] <= open[j]
    capacity:  sum over i of weight[i] share[i, j] <= capacity[j] open[j]

The linked rows are implied for whole numbers and make the relaxation tight.
"""

from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from siting.location.alike import equal_rows
from siting.location.center import least_time, no_longer_than
from siting.location.limits import Limits
from siting.location.located import Located
from siting.location.set_covering import nowhere
from siting.solver import Answer, Program, Status, solve


@dataclass(frozen=True)
class Shared:
    """Demand shared out among sites.

    Attributes
    ----------
    times
        Demand x sites, seconds of the pairs within reach; a stored zero is zero seconds.
    weight
        Of each demand point.
    capacity
        Of each site: the most weight that it serves.
    limits
        What may be opened.
    everyone
        Whether all demand is to be served.
    """

    times: csr_array
    weight: np.ndarray
    capacity: np.ndarray
    limits: Limits
    everyone: bool

    @property
    def demand(self) -> np.ndarray:
        """Position of the demand of each pair."""
        return np.repeat(np.arange(self.times.shape[0]), np.diff(self.times.indptr))

    @property
    def site(self) -> np.ndarray:
        """Position of the site of each pair."""
        return self.times.indices

    @property
    def served(self) -> np.ndarray:
        """Weight of each pair where all of it is served."""
        return self.weight[self.demand]

    def merged(self) -> "Shared":
        """Return the same with demand of equal times as one; this changes no total."""
        rows, kind = equal_rows(self.times)
        weight = np.bincount(kind, self.weight, minlength=len(rows))
        times = csr_array(self.times[rows])
        return Shared(times, weight, self.capacity, self.limits, self.everyone)

    def program(self, open_cost: np.ndarray, share_cost: np.ndarray) -> Program:
        """Return the program with the costs of an open site and of a pair's whole demand."""
        demands, sites = self.times.shape
        pairs = len(self.site)
        demand, site, pair = self.demand, self.site, sites + np.arange(pairs)
        everyone = csr_array((np.ones(pairs), (demand, pair)), shape=(demands, sites + pairs))
        linked = csr_array(
            (
                np.concatenate([np.ones(pairs), -np.ones(pairs)]),
                (np.tile(np.arange(pairs), 2), np.concatenate([pair, site])),
            ),
            shape=(pairs, sites + pairs),
        )
        capacity = csr_array(
            (
                np.concatenate([self.served, -self.capacity]),
                (
                    np.concatenate([site, np.arange(sites)]),
                    np.concatenate([pair, np.arange(sites)]),
                ),
            ),
            shape=(sites, sites + pairs),
        )
        limits, most = self.limits.rows()
        opened = csr_array((limits.data, limits.indices, limits.indptr), (len(most), sites + pairs))
        least = 1.0 if self.everyone else -np.inf
        below = np.full(pairs + sites + len(most), -np.inf)
        return Program(
            cost=np.concatenate([open_cost, share_cost]),
            column_lower=np.concatenate([self.limits.fixed.astype(float), np.zeros(pairs)]),
            column_upper=np.ones(sites + pairs),
            is_integer=np.arange(sites + pairs) < sites,
            rows=_stacked([everyone, linked, capacity, opened]),
            row_lower=np.concatenate([np.full(demands, least), below]),
            row_upper=np.concatenate([np.ones(demands), np.zeros(pairs + sites), most]),
        )

    def choose(
        self,
        open_cost: np.ndarray,
        share_cost: np.ndarray,
        **how: Any,  # noqa: ANN401  (settings of the solver)
    ) -> tuple[Answer, np.ndarray]:
        """Minimise over sites and shares; give also the open sites (positions)."""
        answer = solve(self.program(open_cost, share_cost), **how)
        if answer.values is None:
            return answer, np.empty(0, dtype=np.intp)
        return answer, np.flatnonzero(answer.values[: self.times.shape[1]] > 0.5)


def _stacked(blocks: list[csr_array]) -> csr_array:
    """Return rows of the same columns below each other."""
    offsets = np.cumsum([0, *(block.nnz for block in blocks)])
    starts = [block.indptr[1:] + at for block, at in zip(blocks, offsets, strict=False)]
    return csr_array(
        (
            np.concatenate([block.data for block in blocks]),
            np.concatenate([block.indices for block in blocks]),
            np.concatenate([[0], *starts]),
        ),
        shape=(sum(block.shape[0] for block in blocks), blocks[0].shape[1]),
    )


def locate_shared(
    objective: str,
    given: Shared,
    charge: np.ndarray,
    cost_per_second: float,
    *,
    gap: float,
    time_limit_s: float,
    threads: int,
    seed: int,
) -> Located:
    """Choose sites with capacities.

    Parameters
    ----------
    objective
        As in :func:`siting.locate`.
    charge, cost_per_second
        What opening each site and a second of one unit of weight add to the total of ``min_cost``.
    """
    begun = perf_counter()
    merged = given.merged()
    if given.everyone and (np.diff(merged.times.indptr) == 0).any():
        return nowhere(Status.INFEASIBLE, perf_counter() - begun, 0.0, timed_out=False)
    if objective == "min_worst_time":

        def served_within(seconds: float, time_left_s: float) -> tuple[Status, np.ndarray]:
            near = replace(merged, times=no_longer_than(merged.times, seconds))
            free = np.zeros(near.times.shape[1]), np.zeros(len(near.site))
            how: dict[str, Any] = {
                "gap": 0.0,
                "time_limit_s": time_left_s,
                "threads": threads,
                "seed": seed,
            }
            answer, opened = near.choose(*free, **how)
            return answer.status, opened

        return least_time(merged.times, served_within, gap=gap, time_limit_s=time_limit_s)
    new = np.where(given.limits.fixed, 0.0, 1.0)
    none = np.zeros(len(merged.site))
    costs = {
        "min_sites": (new, none),
        "max_coverage": (0.0 * new, -merged.served),
        "min_total_time": (0.0 * new, merged.served * merged.times.data),
        "min_cost": (new * charge, cost_per_second * merged.served * merged.times.data),
    }[objective]
    built = perf_counter()
    rest: dict[str, Any] = {"gap": gap, "time_limit_s": time_limit_s - (built - begun)}
    answer, opened = merged.choose(*costs, **rest, threads=threads, seed=seed)
    seconds = built - begun, perf_counter() - built
    if answer.values is None:
        return nowhere(answer.status, *seconds, answer.timed_out)
    sign = -1.0 if objective == "max_coverage" else 1.0
    value = sign * float(answer.objective or 0.0)
    bound = None if answer.bound is None else sign * answer.bound
    return Located(answer.status, value, bound, answer.gap, opened, *seconds, answer.timed_out)


def share_out(given: Shared, opened: np.ndarray, *, threads: int, seed: int) -> np.ndarray | None:
    """Return the share of each pair at open sites (positions) that takes the least time.

    As much is served as can be, and then in the least time. None where the solver finds no way.
    """
    merged = given.merged()
    _, kind = equal_rows(given.times)
    is_open = np.isin(np.arange(given.times.shape[1]), opened)
    served = merged.served
    seconds = served * merged.times.data
    program = merged.program(np.zeros(len(is_open)), seconds)
    program = replace(
        program,
        column_lower=np.concatenate([is_open.astype(float), np.zeros(len(served))]),
        column_upper=np.concatenate([is_open.astype(float), np.ones(len(served))]),
        is_integer=np.zeros(program.columns, dtype=bool),
    )
    how: dict[str, Any] = {"gap": 0.0, "threads": threads, "seed": seed}
    if not given.everyone:
        most = solve(replace(program, cost=-np.concatenate([0.0 * is_open, served])), **how)
        if most.values is None:
            return None
        held = csr_array(np.concatenate([0.0 * is_open, served])[None, :])
        program = replace(
            program,
            rows=_stacked([program.rows, held]),
            row_lower=np.append(program.row_lower, -float(most.objective or 0.0)),
            row_upper=np.append(program.row_upper, np.inf),
        )
    answer = solve(program, **how)
    if answer.values is None:
        return None
    share = answer.values[len(is_open) :]
    # Demand that was merged is shared out alike: the pairs of a row stand in the same order.
    length = np.diff(given.times.indptr)
    begin = merged.times.indptr[kind]
    within = np.arange(len(given.site)) - np.repeat(given.times.indptr[:-1], length)
    return share[np.repeat(begin, length) + within]
