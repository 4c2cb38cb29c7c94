"""Columns and rows of the planning model, kept as arrays and named as in the documentation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from scipy.sparse import csr_array

from siting.model.problem import SitingProblem
from siting.solver import Program

Key = Sequence[int] | Sequence[str] | np.ndarray
absent = -1
"""In an array of columns: there is no such variable."""


@dataclass
class Terms:
    """Terms of rows: for each, the row (counted from 0), the column and its weight.

    Terms of variables that do not exist are left out.
    """

    row: list[np.ndarray] = field(default_factory=list)
    column: list[np.ndarray] = field(default_factory=list)
    weight: list[np.ndarray] = field(default_factory=list)

    def add(self, row: np.ndarray | int, column: np.ndarray, weight: np.ndarray | float) -> None:
        """Add terms; row and weight are spread to the shape of the columns."""
        column = np.asarray(column)
        there = column != absent
        self.column.append(column[there])
        self.row.append(np.broadcast_to(row, column.shape)[there])
        self.weight.append(np.broadcast_to(weight, column.shape)[there])

    def arrays(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return rows, columns, weights."""
        return (
            np.concatenate([np.empty(0, np.int64), *self.row]).astype(np.int64),
            np.concatenate([np.empty(0, np.int64), *self.column]).astype(np.int64),
            np.concatenate([np.empty(0), *self.weight]).astype(float),
        )


@dataclass
class _Block:
    """Rows or columns of one name."""

    name: str
    keys: tuple[Key, ...]
    count: int

    def names(self) -> list[str]:
        if not self.keys:
            return [self.name] * self.count
        return [
            "_".join([self.name, *map(str, key)])
            for key in zip(*map(_plain, self.keys), strict=True)
        ]


def _plain(key: Key) -> Iterable[int | str]:
    return key.tolist() if isinstance(key, np.ndarray) else key


@dataclass
class PlanningModel:
    """The planning model of a problem.

    Arrays of column numbers, ``absent`` where there is no variable:

    Attributes
    ----------
    open
        Sites x years: 1 if the plan has acted there by that year: opened a candidate, or expanded
        a facility whose expansion has a fixed cost.
    closed
        Sites x years: 1 if a facility has closed by that year.
    classes
        Sites x kinds x years: classes added by that year.
    alloc
        Sites x kinds x bands x states: places of a class kind given to an age band, today's and
        added; only where a kind takes more than one band.
    served
        Pairs x bands x states: additional children given a place.
    newcomers
        Sites x states: additional children given a place there, where a target asks for them.
    returned
        Age bands x states: children who had a place beyond the limit of facilities that closed.
    covered
        Tiers -> classes x years: share reached by an open site of the tiers.
    has
        Target key -> zones: 1 if an open site that counts is in the zone, or near enough.
    filled, overflows
        Sites x states: children in added places, of a facility's too; 1 if a facility's places
        of today are full, so that children come to added ones.
    pair
        Pairs of teams and sites x years: 1 if the team guides the site.
    guided
        Kinds of medical institutions -> sites x years: 1 if the site is open and guided by one of
        them; for the kinds of each pairing target.
    short
        Target key -> how much is missing, in the unit of its constraint.
    """

    problem: SitingProblem
    open: np.ndarray = field(init=False)
    closed: np.ndarray = field(init=False)
    classes: np.ndarray = field(init=False)
    alloc: np.ndarray = field(init=False)
    served: np.ndarray = field(init=False)
    newcomers: np.ndarray = field(init=False)
    returned: np.ndarray = field(init=False)
    filled: np.ndarray = field(init=False)
    overflows: np.ndarray = field(init=False)
    pair: np.ndarray = field(init=False)
    covered: dict[frozenset[str], np.ndarray] = field(default_factory=dict)
    has: dict[str, np.ndarray] = field(default_factory=dict)
    guided: dict[frozenset[str], np.ndarray] = field(default_factory=dict)
    short: dict[str, np.ndarray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._columns: list[_Block] = []
        self._lower: list[np.ndarray] = []
        self._upper: list[np.ndarray] = []
        self._integer: list[np.ndarray] = []
        self._rows: list[_Block] = []
        self._row_lower: list[np.ndarray] = []
        self._row_upper: list[np.ndarray] = []
        self._terms: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
        self.columns = 0
        self.rows = 0

    def declare(
        self,
        name: str,
        wanted: np.ndarray,
        keys: Sequence[Key | tuple[Key, ...]],
        upper: np.ndarray | float,
        *,
        integer: bool = False,
    ) -> np.ndarray:
        """Create a variable for each place of ``wanted`` that is true; the lower bound is 0.

        Parameters
        ----------
        wanted
            Array of any shape.
        keys
            Names of the positions along each axis, or several parts of these names.
        upper
            Bound, or one for each place of ``wanted``.

        Returns
        -------
        numpy.ndarray
            Column numbers in the shape of ``wanted``.
        """
        column = np.full(wanted.shape, absent)
        at = np.nonzero(wanted)
        count = len(at[0])
        column[at] = self.columns + np.arange(count)
        self.columns += count
        named = tuple(
            np.asarray(part)[index]
            for key, index in zip(keys, at, strict=True)
            for part in (key if isinstance(key, tuple) else (key,))
        )
        self._columns.append(_Block(name, named, count))
        self._lower.append(np.zeros(count))
        self._upper.append(np.broadcast_to(upper, wanted.shape)[at].astype(float))
        self._integer.append(np.full(count, integer))
        return column

    def require(
        self,
        name: str,
        keys: Sequence[Key],
        terms: Terms,
        *,
        at_least: np.ndarray | float | None = None,
        at_most: np.ndarray | float | None = None,
        count: int | None = None,
    ) -> None:
        """Add rows ``at_least <= terms <= at_most``, of which one bound is given, or equal ones.

        Parameters
        ----------
        keys
            Names of the rows, an array or list for each part of the name.
        count
            Number of rows, where there are no keys.
        """
        count = len(keys[0]) if count is None else count
        self._rows.append(_Block(name, tuple(keys), count))
        row, column, weight = terms.arrays()
        self._terms.append((row + self.rows, column, weight))
        for told, bounds, missing in (
            (at_least, self._row_lower, -np.inf),
            (at_most, self._row_upper, np.inf),
        ):
            bounds.append(np.broadcast_to(missing if told is None else told, count).astype(float))
        self.rows += count

    def program(self, cost: np.ndarray, constant: float = 0.0) -> Program:
        """Return the model with an objective."""
        row, column, weight = (np.concatenate(part) for part in zip(*self._terms, strict=True))
        rows = csr_array((weight, (row, column)), shape=(self.rows, self.columns))
        rows.eliminate_zeros()
        return Program(
            cost=cost,
            constant=constant,
            column_lower=np.concatenate(self._lower),
            column_upper=np.concatenate(self._upper),
            is_integer=np.concatenate(self._integer),
            rows=rows,
            row_lower=np.concatenate(self._row_lower),
            row_upper=np.concatenate(self._row_upper),
            column_names=lambda _: list(chain.from_iterable(b.names() for b in self._columns)),
            row_names=lambda _: list(chain.from_iterable(b.names() for b in self._rows)),
        )

    def add_presence(
        self, terms: Terms, row: np.ndarray, site: np.ndarray, year: int, weight: float = 1.0
    ) -> np.ndarray:
        """Add weight x whether sites are open in a year to rows; return the settled part.

        Parameters
        ----------
        row, site
            Which row each site is added to.
        year
            Position of the year.

        Returns
        -------
        numpy.ndarray
            For each of the given sites, weight where it is open today.
        """
        exists = self.problem.sites.exists
        candidate = ~exists[site]
        terms.add(row[candidate], self.open[site[candidate], year], weight)
        terms.add(row, self.closed[site, year], -weight)
        return weight * exists[site]
