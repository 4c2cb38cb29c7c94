"""The error tree.

::

    SitingError
    ├── InputError (ValueError)      something a person can mend: scenario, table, map layer
    │   ├── ScenarioError            the scenario file
    │   ├── DataError                a file that the scenario names
    │   └── OutputError              the folder that the results go to
    ├── NoPlanError (RuntimeError)   there is no plan to read (infeasible, or out of time)
    └── DistrustError (RuntimeError) what was computed cannot be believed: there is no plan
        ├── SolverError              the solver failed where it cannot fail
        └── PlanCheckError           a plan failed the independent check: a fault of ours

Reads nothing, gives exceptions. Does not: print, exit, translate.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import category

place_in_table = re.compile(r"(.*?)(?:, row (\d{1,9}))?(?:, column (?:([A-Z]{1,3})\b)?.*)?")
"""A file or sheet, a row of it and a column."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend.

    Attributes
    ----------
    place
        Where: ``wuhan.yaml:12:5`` or ``cells.csv, row 17, column residents``.
    what
        What is wrong, with the value found.
    remedy
        What to do about it.
    """

    place: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return printable(f"{self.place}: {self.what} — {self.remedy}")


def printable(text: str) -> str:
    """Return a text with its control characters spelled out, safe to send to a terminal.

    A space of any width, such as those in tables of Chinese documents, is a plain one.
    """
    return "".join(map(_printable, text))


def _printable(mark: str) -> str:
    if mark.isprintable():
        return mark
    return " " if category(mark) == "Zs" else repr(mark)[1:-1]


def in_order(problems: Iterable[Problem], sheets: Iterable[str] = ()) -> list[Problem]:
    """Return problems by sheet, row and column; tables and sheets in the order first told.

    Parameters
    ----------
    sheets
        Sheets of a workbook, which come before all else in this order.
    """
    tabs = {name: position for position, name in enumerate(sheets)}
    told: dict[str, int] = {}

    def key(problem: Problem) -> tuple[int, int, int, int, str]:
        found = place_in_table.fullmatch(problem.place)
        whole, row, column = found.groups("") if found else (problem.place, "", "")
        tab = tabs.get(whole.rpartition(", sheet ")[2], len(tabs))
        first = told.setdefault(whole, len(told))
        return tab, first, int(row or 0), len(column), column

    return sorted(problems, key=key)


class SitingError(Exception):
    """Whatever this package raises on purpose."""


class InputError(SitingError, ValueError):
    """Input that a person can mend; carries every problem of its phase at once.

    Attributes
    ----------
    problems
        The problems, in the order of their place.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ScenarioError(InputError):
    """The scenario file cannot be used as it stands."""


class DataError(InputError):
    """A table or layer that the scenario names cannot be used as it stands."""


class OutputError(InputError):
    """The results cannot be written where they were asked for."""


class NoPlanError(SitingError, RuntimeError):
    """A plan was read that does not exist; the message says why there is none."""


class DistrustError(SitingError, RuntimeError):
    """What was computed cannot be believed."""


class SolverError(DistrustError):
    """The solver did not solve what has a solution, or what it told is none."""


class PlanCheckError(DistrustError):
    """The independent check found a plan that breaks a rule it claims to keep."""
