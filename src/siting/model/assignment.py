"""Children to places in the least time: a linear program whose columns join when they pay.

A city has millions of ways from a cell to a place, and almost all are never taken. The program
starts with the quickest way of every demand; the prices that it puts on places tell which other
ways would save time, and these join until none does. What is proven does not rest on the
solver's word: its prices are put into a bound that holds for any prices (see :meth:`Ways.bound`).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.sparse import csc_array, csr_array, hstack

from siting.solver import GrowingProgram, Program

pays_s = 1e-6
"""A way joins if it saves more seconds a child than this."""
joining = 3
"""How many ways of a demand join at a time."""
near_s = 30.0
"""At prices known beforehand, ways join at once that are this close to the best of a demand."""
first_reward, last_reward = 10.0, 1e7
"""A child served is worth this many times the longest way: the first, tenfold while it is too
little, and the last."""
hold_tolerance = 1e-7
"""How much of a hold, or of one child if that is more, may be missing: the solver's rounding."""


@dataclass(frozen=True)
class Ways:
    """Who may go where, and what the places hold.

    A desk takes the children of one age band at one site. Each row limits children: ``lower <=
    sum over desks of claims x children + shared x amounts <= upper``, with amounts >= 0 to be
    chosen: places given to one of the desks that share them.

    Attributes
    ----------
    children
        Of each demand: a cell and age band.
    demand, desk, seconds
        The ways, in the order of (demand, seconds, desk); every demand has one.
    claims
        Desks x rows.
    shared
        Rows x amounts; in a column, -1 for the desk and 1 for the places that it shares.
    lower, upper
        Of each row; one of them infinite, or both the same. Rows with a lower one, which hold
        what is reached, have no amounts.
    """

    children: np.ndarray
    demand: np.ndarray
    desk: np.ndarray
    seconds: np.ndarray
    claims: csr_array
    shared: csc_array
    lower: np.ndarray
    upper: np.ndarray

    def bound(self, prices: np.ndarray, reward: float, served: float) -> float:
        """Return child-seconds below which nobody can serve so many children.

        Every child takes its best way at these prices, or none, and the limits are paid for
        (Lagrangian relaxation), so it holds whatever the prices and the reward are.

        Parameters
        ----------
        prices
            Of the rows, as the solver tells them: seconds by which the total rises with the limit.
        reward
            Seconds that a child served is worth.
        """
        holds, limits = np.isfinite(self.lower), np.isfinite(self.upper)
        prices = np.where(holds, prices, np.minimum(prices, 0.0))
        prices = np.where(limits, prices, np.maximum(prices, 0.0))
        # A price at which giving shared places to a desk would pay is lowered until it does not.
        entries = self.shared.tocoo()
        row = np.zeros((2, self.shared.shape[1]), dtype=np.int64)
        row[(entries.data > 0).astype(int), entries.col] = entries.row
        np.minimum.at(prices, row[1], prices[row[0]])
        best = np.minimum.reduceat(self.priced(prices) - reward, self.first)
        paid = float(prices @ np.where(holds, self.lower, self.upper))
        return float(self.children @ np.minimum(best, 0.0)) + paid + reward * served

    def priced(self, prices: np.ndarray) -> np.ndarray:
        """Return seconds of each way with the prices of what it claims."""
        return self.seconds - (self.claims @ prices)[self.desk]

    @cached_property
    def first(self) -> np.ndarray:
        """The quickest way of each demand."""
        return np.flatnonzero(np.diff(self.demand, prepend=-1))


@dataclass(frozen=True)
class Assigned:
    """Who goes where.

    Attributes
    ----------
    children
        Of each way.
    bound
        Child-seconds below which nobody can serve as many.
    timed_out
        Whether the clock ended it.
    desk_prices
        Seconds that a child's place at each desk would save the others.
    """

    children: np.ndarray
    bound: float
    timed_out: bool
    desk_prices: np.ndarray


def assign(
    ways: Ways,
    least_served: float,
    *,
    threads: int,
    seed: int,
    known_prices: np.ndarray | None = None,
    seconds_left: Callable[[], float] = lambda: np.inf,
) -> Assigned | None:
    """Serve as many children as possible, and in the least time.

    Parameters
    ----------
    least_served
        Children known to be served by some assignment.
    known_prices
        Prices of the desks in a state much like this one, to start from.
    seconds_left
        Of the time there is.

    Returns
    -------
    Assigned or None
        None where the clock or the solver's rounding leaves fewer served, or a hold missed.
    """
    program = _Joined(ways, threads, seed, known_prices)
    rows = len(ways.lower)
    enough = least_served - hold_tolerance * max(1.0, least_served)
    found: Assigned | None = None
    while True:
        left = seconds_left()
        solved = program.growing.solve(left) if left > 0 else None
        if solved is None:
            return found and replace(found, timed_out=True)
        prices = solved.prices[:rows]
        children = program.children(solved.values)
        served = float(children.sum())
        missing = program.missing(solved.values)
        is_enough = served >= enough and not missing
        if is_enough:
            bound = ways.bound(prices, program.reward, served)
            found = Assigned(children, bound, False, -(ways.claims @ prices))
        paying = program.paying(prices)
        if len(paying):
            program.join(paying)
        elif is_enough:
            return found
        elif program.reward < last_reward * program.longest_s:
            program.raise_reward()
        else:
            return found


class _Joined:
    """The program over the ways that have joined.

    A demand gets a row of its own only with its second way: until then a bound on the column
    says the same. Its columns keep their bounds, which lets the solver go on from its basis.
    """

    def __init__(
        self, ways: Ways, threads: int, seed: int, known_prices: np.ndarray | None
    ) -> None:
        self.ways = ways
        self.longest_s = max(float(ways.seconds.max(initial=0.0)), 1.0)
        self.reward = first_reward * self.longest_s
        guessed = np.zeros(ways.claims.shape[0]) if known_prices is None else known_prices
        seconds = ways.seconds + guessed[ways.desk]
        best = np.minimum.reduceat(seconds, ways.first)[ways.demand]
        self.way = np.flatnonzero(seconds == best)
        self.way = self.way[np.diff(ways.demand[self.way], prepend=-1) > 0]
        rows, amounts = ways.shared.shape
        self._holds = np.flatnonzero(np.isfinite(ways.lower))
        held = len(self._holds)
        short = csc_array((np.ones(held), (self._holds, np.arange(held))), shape=(rows, held))
        self._short = amounts + np.arange(held)
        self._before = amounts + held
        self._rows = rows
        self._row_of = np.full(len(ways.children), -1)
        self._has_joined = np.zeros(len(ways.demand), dtype=bool)
        self._has_joined[self.way] = True
        upper = np.concatenate([np.full(self._before, np.inf), ways.children])
        columns = hstack([ways.shared, short, ways.claims[ways.desk[self.way]].T])
        self.growing = GrowingProgram(
            Program(
                cost=self._cost(),
                column_lower=np.zeros(len(upper)),
                column_upper=upper,
                is_integer=np.zeros(len(upper), dtype=bool),
                rows=csr_array(columns),
                row_lower=ways.lower,
                row_upper=ways.upper,
            ),
            threads=threads,
            seed=seed,
        )
        if known_prices is not None:
            near = seconds <= np.minimum(best, self.reward) + near_s
            self.join(np.flatnonzero(near & ~self._has_joined))

    def _cost(self) -> np.ndarray:
        """Return the cost of each column: a hold missed costs several children served."""
        amounts = self._before - len(self._short)
        missed = np.full(len(self._short), 10 * self.reward)
        return np.concatenate(
            [np.zeros(amounts), missed, self.ways.seconds[self.way] - self.reward]
        )

    def raise_reward(self) -> None:
        """Make it worth ten times as much to serve a child."""
        self.reward *= 10.0
        self.growing.cost_columns(self._cost())

    def children(self, values: np.ndarray) -> np.ndarray:
        """Return the children of each way, no more than there are."""
        ways = self.ways
        found = np.zeros(len(ways.demand))
        found[self.way] = np.maximum(values[self._before :], 0.0)
        total = np.add.reduceat(found, ways.first) if len(found) else np.empty(0)
        fits = np.divide(ways.children, total, out=np.ones_like(total), where=total > ways.children)
        return found * fits[ways.demand]

    def missing(self, values: np.ndarray) -> bool:
        """Return whether a hold is missed."""
        tolerance = hold_tolerance * np.maximum(self.ways.lower[self._holds], 1.0)
        return bool((values[self._short] > tolerance).any())

    def paying(self, prices: np.ndarray) -> np.ndarray:
        """Return the ways that would save the most for each demand, if any would."""
        ways = self.ways
        seconds = ways.priced(prices) - self.reward
        of_joined = np.where(self._has_joined, seconds, 0.0)
        best = np.minimum(np.minimum.reduceat(of_joined, ways.first), 0.0)
        saved = best[ways.demand] - seconds
        saved[self._has_joined] = 0.0
        paying = np.flatnonzero(saved > pays_s)
        paying = paying[np.lexsort((paying, -saved[paying], ways.demand[paying]))]
        first = np.flatnonzero(np.diff(ways.demand[paying], prepend=-1))
        length = np.diff(np.append(first, len(paying)))
        return np.sort(paying[np.arange(len(paying)) - np.repeat(first, length) < joining])

    def join(self, new: np.ndarray) -> None:
        """Add ways, and a row for every demand that had one only."""
        ways = self.ways
        demand = ways.demand[new]
        second = np.unique(demand[self._row_of[demand] < 0])
        count = len(second)
        if count:
            self._row_of[second] = self._rows + np.arange(count)
            self._rows += count
            # The first way of demand n is column n of those of ways.
            entries = (np.ones(count), self._before + second, np.arange(count + 1))
            rows = csr_array(entries, shape=(count, self._before + len(self.way)))
            self.growing.add_rows(rows, np.full(count, -np.inf), ways.children[second])
        claims = ways.claims[ways.desk[new]].tocoo()
        columns = csc_array(
            (
                np.concatenate([claims.data, np.ones(len(new))]),
                (
                    np.concatenate([claims.col, self._row_of[demand]]),
                    np.concatenate([claims.row, np.arange(len(new))]),
                ),
            ),
            shape=(self._rows, len(new)),
        )
        cost = ways.seconds[new] - self.reward
        self.growing.add_columns(columns, cost, np.zeros(len(new)), ways.children[demand])
        self.way = np.concatenate([self.way, new])
        self._has_joined[new] = True
