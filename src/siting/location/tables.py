"""The tables of a location problem, checked and turned into arrays.

Reads demand, sites and times as a caller has them, gives a :class:`Case` sorted by ids. What is
wrong is gathered, never mended.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array, issparse

from siting.errors import Problem
from siting.location.center import no_longer_than

columns = {
    "demand": ({"demand_id", "weight"}, set()),
    "sites": ({"site_id"}, {"status", "capacity", "cost"}),
    "times": ({"demand_id", "site_id", "seconds"}, set()),
}
"""Of each table: the columns it must have and those it may have."""


@dataclass(frozen=True)
class Case:
    """A location problem as arrays, demand and sites in the order of their ids.

    Attributes
    ----------
    demand_id, weight
        Of each demand point.
    site_id, fixed, capacity, cost
        Of each site; ``fixed`` says that it exists. Without such a column capacity is infinite and
        cost is zero.
    times
        Demand x sites, seconds of the pairs within reach; a stored zero is zero seconds.
    """

    demand_id: pd.Index
    weight: np.ndarray
    site_id: pd.Index
    fixed: np.ndarray
    capacity: np.ndarray
    cost: np.ndarray
    times: csr_array


class TableReader:
    """Reads the tables and gathers what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def read(
        self,
        demand: pd.DataFrame,
        sites: pd.DataFrame,
        times: object,
        within_s: float,
        needed: set[str],
    ) -> Case | None:
        """Return the case, or None where there are problems.

        Parameters
        ----------
        within_s
            Pairs of more seconds are left out.
        needed
            Columns of ``sites`` that the question needs.
        """
        fit = self._fits("demand", demand, set()) & self._fits("sites", sites, needed)
        if not fit:
            return None
        demand_id = self._ids("demand", demand["demand_id"])
        site_id = self._ids("sites", sites["site_id"])
        weight = self._numbers("demand", demand["weight"])
        cost, capacity = np.zeros(len(sites)), np.full(len(sites), np.inf)
        if "cost" in sites:
            cost = self._numbers("sites", sites["cost"])
        if "capacity" in sites:
            capacity = self._numbers("sites", sites["capacity"])
        fixed = self._existing(sites)
        if isinstance(times, pd.DataFrame):
            if not self._fits("times", times, set()):
                return None
            matrix = self._long(times, demand_id, site_id)
        else:
            matrix = self._matrix(times, len(demand), len(sites))
        if self.problems or matrix is None:
            return None
        row, column = _order(demand_id), _order(site_id)
        near = no_longer_than(matrix, within_s)
        near = csr_array(csr_array(near[row])[:, column])
        near.sort_indices()
        return Case(
            demand_id[row],
            weight[row],
            site_id[column],
            fixed[column],
            capacity[column],
            cost[column],
            near,
        )

    def _add(self, place: str, what: str, remedy: str) -> None:
        self.problems.append(Problem(place, what, remedy))

    def _fits(self, name: str, table: object, needed: set[str]) -> bool:
        """Check that a table is one and has its columns."""
        if not isinstance(table, pd.DataFrame):
            self._add(name, f"is a {type(table).__name__}, not a table", "give a pandas DataFrame")
            return False
        must, may = columns[name]
        names = [str(column) for column in table.columns]
        known = ", ".join(sorted(must | may))
        before = len(self.problems)
        for column in sorted((must | needed) - set(names)):
            self._add(f"{name}, column {column}", "is missing", "add it")
        for column in sorted(set(names) - must - may):
            remedy = f"leave it out or rename it; columns are {known}"
            self._add(f"{name}, column {column}", "is not known", remedy)
        for column in sorted({column for column in names if names.count(column) > 1}):
            self._add(f"{name}, column {column}", "stands there twice", "leave one out")
        return len(self.problems) == before

    def _rows(self, place: str, wrong: np.ndarray, what: Callable[[int], str], fix: str) -> None:
        """Note the first wrong row of a column and how many more there are."""
        rows = np.flatnonzero(wrong)
        if not len(rows):
            return
        more = f", and so in {len(rows) - 1} more rows" if len(rows) > 1 else ""
        self._add(f"{place}, row {rows[0] + 1}", what(int(rows[0])) + more, fix)

    def _ids(self, name: str, ids: pd.Series) -> pd.Index:
        place = f"{name}, column {ids.name}"
        self._rows(place, ids.isna().to_numpy(), lambda _: "is empty", "give every row an id")
        twice = (ids.duplicated() & ids.notna()).to_numpy()
        self._rows(
            place, twice, lambda row: f"'{ids.iloc[row]}' stands there before", "give each id once"
        )
        return pd.Index(ids.to_numpy())

    def _numbers(self, name: str, column: pd.Series) -> np.ndarray:
        """Return a column of finite numbers of at least zero."""
        numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float)
        wrong = ~(np.isfinite(numbers) & (numbers >= 0))
        self._rows(
            f"{name}, column {column.name}",
            wrong,
            lambda row: f"is {column.iloc[row]}",
            "give a number of at least 0",
        )
        return numbers

    def _existing(self, sites: pd.DataFrame) -> np.ndarray:
        if "status" not in sites:
            return np.zeros(len(sites), dtype=bool)
        status = sites["status"]
        self._rows(
            "sites, column status",
            ~status.isin(["existing", "candidate"]).to_numpy(),
            lambda row: f"is '{status.iloc[row]}'",
            "write existing or candidate",
        )
        return (status == "existing").to_numpy(dtype=bool)

    def _long(
        self, times: pd.DataFrame, demand_id: pd.Index, site_id: pd.Index
    ) -> csr_array | None:
        seconds = self._numbers("times", times["seconds"])
        if not (demand_id.is_unique and site_id.is_unique):
            return None
        row = demand_id.get_indexer(pd.Index(times["demand_id"].to_numpy()))
        column = site_id.get_indexer(pd.Index(times["site_id"].to_numpy()))
        for name, found, table in (("demand_id", row, "demand"), ("site_id", column, "sites")):
            told = times[name]
            self._rows(
                f"times, column {name}",
                found < 0,
                partial(_not_in, told, table),
                f"add it to {table} or leave the row out",
            )
        self._rows(
            "times",
            times.duplicated(["demand_id", "site_id"]).to_numpy(),
            lambda at: "has a pair of demand and site that stands there before",
            "give each pair once",
        )
        if self.problems:
            return None
        return coo_array((seconds, (row, column)), shape=(len(demand_id), len(site_id))).tocsr()

    def _matrix(self, times: object, demands: int, sites: int) -> csr_array | None:
        if issparse(times):
            pairs = coo_array(times)
            shape, row, column, seconds = pairs.shape, pairs.row, pairs.col, pairs.data
            twice = len(np.unique(row.astype(np.int64) * max(shape[1], 1) + column)) < len(row)
            if twice:
                self._add("times", "has an entry twice", "give each pair of demand and site once")
        else:
            try:
                dense = np.asarray(times, dtype=float)
            except (TypeError, ValueError):
                self._add("times", "is not a matrix of numbers", "give a table or a matrix")
                return None
            shape = dense.shape
            if dense.ndim == 2:
                row, column = np.nonzero(~(np.isnan(dense) | (dense == np.inf)))
                seconds = dense[row, column]
        if shape != (demands, sites):
            have = " x ".join(str(size) for size in shape) or "no table"
            self._add(
                "times",
                f"is {have}, but there are {demands} demand points and {sites} sites",
                "give a row for each demand point and a column for each site",
            )
            return None
        seconds = np.asarray(seconds, dtype=float)
        wrong = np.flatnonzero(~(np.isfinite(seconds) & (seconds >= 0)))
        if len(wrong):
            at = wrong[0]
            more = f", and so {len(wrong) - 1} more entries" if len(wrong) > 1 else ""
            self._add(
                f"times, row {row[at] + 1}, column {column[at] + 1}",
                f"is {seconds[at]}{more}",
                "give seconds of at least 0",
            )
        if self.problems:
            return None
        return coo_array((seconds, (row, column)), shape=shape).tocsr()


def _order(ids: pd.Index) -> np.ndarray:
    """Return the order of ids; of kinds that cannot be compared, that of their texts."""
    try:
        return np.asarray(ids.argsort())
    except TypeError:
        return np.asarray(pd.Index([str(each) for each in ids]).argsort(kind="stable"))


def _not_in(told: pd.Series, table: str, at: int) -> str:
    return f"'{told.iloc[at]}' is not in {table}"
