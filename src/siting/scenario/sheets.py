"""Workbook file -> the filled rows of its sheets."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from siting.errors import Problem, ScenarioError
from siting.scenario.keys import plain
from siting.scenario.parameters import example_mark
from siting.spreadsheet import Merged, Spoilt, column_letters, opened

most_rows = 5_000
"""Of a sheet that is part of the scenario (assumption)."""
rows_to_tell = 100
"""Filled rows after which it is known whether a sheet holds any below its titles, header and
examples (assumption)."""
header_within = 10
"""Rows among which the header of a sheet is looked for."""
likeness = 0.8
"""From this likeness on, an unknown header is taken for a misspelt one."""


class Cell(NamedTuple):
    """A filled cell: where it stands, as people name it, and what it holds."""

    place: str
    value: object


@dataclass(frozen=True)
class Row:
    """A filled row of a sheet.

    Attributes
    ----------
    place
        File, sheet and row, as people name it.
    values
        Position of the column, counted from 1 -> what its cell holds; empty cells are absent.
    """

    place: str
    values: Mapping[int, object]

    @property
    def is_example(self) -> bool:
        """Whether the row only shows how to fill in the sheet."""
        return str(self.values[min(self.values)]).strip().startswith(example_mark)

    def place_of(self, column: int) -> str:
        """Return where a cell of the row stands."""
        return f"{self.place}, column {column_letters(column)}"


@dataclass(frozen=True)
class Sheet:
    """The filled rows of a sheet below its header.

    Attributes
    ----------
    place
        File and sheet, as people name it.
    columns
        Header, as :func:`header_word` gives it -> position of the column, counted from 1.
    rows
        The rows, without examples.
    """

    place: str
    columns: Mapping[str, int]
    rows: tuple[Row, ...]

    def cell(self, row: Row, header: str) -> Cell | None:
        """Return the cell of a row under a header; None where it is empty."""
        column = self.columns.get(header_word(header))
        if column is None or column not in row.values:
            return None
        return Cell(row.place_of(column), row.values[column])

    def place_under(self, header: str) -> str:
        """Return where the column under a header stands."""
        column = self.columns.get(header_word(header))
        return self.place if column is None else f"{self.place}, column {column_letters(column)}"

    def place_of(self, row: Row, header: str) -> str:
        """Return where the cell of a row under a header stands, or would stand."""
        column = self.columns.get(header_word(header))
        return row.place if column is None else row.place_of(column)


def read_rows(
    path: Path, whole: Collection[str]
) -> tuple[dict[str, tuple[Row, ...]], list[Problem]]:
    """Read the filled rows of every sheet, without the cells that cannot be read.

    Parameters
    ----------
    whole
        Sheets to read to the end; of the others enough rows to tell whether they hold any.

    Raises
    ------
    ScenarioError
        The file is missing, is no workbook or is too large.
    """
    rows: dict[str, tuple[Row, ...]] = {}
    problems: list[Problem] = []
    with opened(path, ScenarioError) as book:
        for title in book.titles:
            name, place = title.strip(), book.place(title)
            is_whole = name in whole
            cells = book.rows(title, most_rows + 1 if is_whole else rows_to_tell)
            rows[name] = tuple(_filled_rows(cells, place))
            if is_whole:
                problems += [each for row in rows[name] for each in _unreadable(row)]
                rows[name] = tuple(map(_readable, rows[name]))
            if is_whole and len(rows[name]) > most_rows:
                what = f"has more than {most_rows} rows"
                problems.append(Problem(place, what, "remove what is below"))
    return rows, problems


def has_rows(rows: Iterable[Row]) -> bool:
    """Return whether a sheet holds more than titles, a header and an example."""
    return sum(_is_table_row(row) for row in rows) > 1


def below_header(
    rows: tuple[Row, ...], place: str, headers: Iterable[str], first: str
) -> tuple[Sheet | None, list[Problem]]:
    """Find the header of a sheet.

    Parameters
    ----------
    headers
        The headers that it may have.
    first
        The one that it must have.

    Returns
    -------
    sheet
        None where there is no header, or no row below it.
    problems
        Headers that are misspelt, stand twice, or are missing.
    """
    for i, row in enumerate(rows[:header_within]):
        words = {column: header_word(value) for column, value in row.values.items()}
        if header_word(first) not in words.values():
            continue
        problems = _header_problems(row, words, [header_word(header) for header in headers])
        columns = {word: column for column, word in reversed(words.items())}
        filled = tuple(row for row in rows[i + 1 :] if not row.is_example)
        return Sheet(place, columns, filled), problems
    if not has_rows(rows):
        return None, []
    what = f"the column '{first}' is missing"
    return None, [Problem(f"{place}, header", what, "write the header as in the template")]


def header_word(header: object) -> str:
    """Return a header as it is compared: without units in brackets, stars and blanks."""
    return re.sub(r"\([^)]*\)|[*\s]", "", plain(header))


def _filled_rows(rows: Iterable[Iterable[object]], place: str) -> Iterator[Row]:
    for number, cells in enumerate(rows, start=1):
        values = {
            column: value
            for column, value in enumerate(cells, start=1)
            if not (value is None or isinstance(value, Merged))
            and not (isinstance(value, str) and not value.strip())
        }
        if values:
            yield Row(f"{place}, row {number}", values)


def _unreadable(row: Row) -> Iterator[Problem]:
    for column, value in row.values.items():
        if isinstance(value, Spoilt):
            yield Problem(row.place_of(column), value.what, value.remedy)
        elif isinstance(value, date | time):
            what = f"is a date ({value}), which Excel makes of 6-12 and the like"
            remedy = "set the format of the cell to text and write it again"
            yield Problem(row.place_of(column), what, remedy)


def _readable(row: Row) -> Row:
    """Return a row in which a cell that cannot be read holds nothing, and is not empty."""
    unread = (Spoilt, date, time)
    values = {k: "" if isinstance(v, unread) else v for k, v in row.values.items()}
    return replace(row, values=values)


def _is_table_row(row: Row) -> bool:
    return len(row.values) > 1 and not row.is_example


def _header_problems(row: Row, words: Mapping[int, str], known: list[str]) -> list[Problem]:
    problems = []
    for column, word in words.items():
        twice = next(c for c in words if words[c] == word) != column
        near = get_close_matches(word, known, n=1, cutoff=likeness)
        if twice and word in known:
            what = f"the header '{word}' stands twice"
            problems.append(Problem(row.place_of(column), what, "keep one of the two"))
        elif word not in known and near:
            what = f"the header '{word}' is not known; is it '{near[0]}'?"
            problems.append(Problem(row.place_of(column), what, "correct it"))
    return problems
