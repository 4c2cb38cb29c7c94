"""Workbook file -> the filled rows of its sheets; the only file of this part that opens one.

Formulas count by the result that was saved with them.
"""

import re
import warnings
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from siting.errors import Problem, ScenarioError
from siting.scenario.keys import plain
from siting.scenario.parameters import example_mark

most_unpacked_bytes = 400_000_000
"""Largest workbook once unpacked (assumption: as for the tables of a study)."""
most_rows, most_columns = 5_000, 200
"""Of a sheet that is part of the scenario (assumption)."""
broken = (
    *(BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, SyntaxError),
)
"""What openpyxl and zipfile raise on files that are no workbooks."""
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


def read_rows(path: Path, whole: Collection[str]) -> dict[str, tuple[Row, ...]]:
    """Read the filled rows of every sheet.

    Parameters
    ----------
    whole
        Sheets to read to the end; of the others enough rows to tell whether they hold any.

    Raises
    ------
    ScenarioError
        The file is missing, is no workbook or is too large; or with every cell that holds an
        error, a date or a formula without a result.
    """
    from openpyxl import load_workbook

    _check_file(path)
    rows: dict[str, tuple[Row, ...]] = {}
    problems: list[Problem] = []
    try:
        with warnings.catch_warnings(), path.open("rb") as file:
            warnings.simplefilter("ignore")
            book = load_workbook(file, read_only=True, data_only=True)
            formulas = load_workbook(file, read_only=True)
            for sheet in book.worksheets:
                place = f"{path}, sheet {sheet.title}"
                if sheet.title.strip() in whole:
                    found = tuple(islice(_filled_rows(sheet, place, problems), most_rows + 1))
                    problems += _without_result(formulas[sheet.title], found, place)
                else:
                    found = tuple(_first_rows(_filled_rows(sheet, place, [])))
                rows[sheet.title.strip()] = found
    except broken as error:
        what = f"cannot be read: {str(error).splitlines()[0] if str(error) else 'damaged'}"
        raise ScenarioError([Problem(str(path), what, "save it again as .xlsx")]) from None
    problems += [
        Problem(f"{path}, sheet {name}", f"has more than {most_rows} rows", "remove what is below")
        for name in whole
        if len(rows.get(name, ())) > most_rows
    ]
    if problems:
        raise ScenarioError(problems)
    return rows


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


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _check_file(path: Path) -> None:
    """Refuse what is missing, no workbook, or would unpack to more than memory holds."""
    try:
        with ZipFile(path) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except FileNotFoundError:
        problem = Problem(str(path), "there is no such file", "check the name and the folder")
    except BadZipFile:
        what = "is no .xlsx workbook; it is damaged, protected by a password or another format"
        problem = Problem(str(path), what, "open it and save it again as .xlsx")
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        problem = Problem(str(path), what, "close it in other programs, or name another file")
    else:
        if unpacked <= most_unpacked_bytes:
            return
        what = f"is too large ({unpacked / 1e6:,.0f} MB unpacked)"
        problem = Problem(str(path), what, "keep large tables as CSV files beside it")
    raise ScenarioError([problem])


def _filled_rows(sheet: Any, place: str, problems: list[Problem]) -> Iterator[Row]:  # noqa: ANN401
    sheet.reset_dimensions()  # what a file claims of its size is not believed
    for number, cells in enumerate(sheet.iter_rows(max_col=most_columns), start=1):
        values: dict[int, object] = {}
        row = Row(f"{place}, row {number}", values)
        for column, cell in enumerate(cells, start=1):
            value = cell.value
            if value is None or (isinstance(value, str) and not value.strip()):
                continue
            values[column] = value
            problems += _unreadable(row.place_of(column), cell.data_type, value)
        if values:
            yield row


def _unreadable(place: str, data_type: str, value: object) -> list[Problem]:
    if data_type == "e":
        return [Problem(place, f"holds the error {value}", "correct the formula")]
    if isinstance(value, date | time):
        what = f"is a date ({value}), which Excel makes of 6-12 and the like"
        return [Problem(place, what, "set the format of the cell to text and write it again")]
    return []


def _without_result(sheet: Any, rows: tuple[Row, ...], place: str) -> list[Problem]:  # noqa: ANN401
    sheet.reset_dimensions()
    results = {row.place: row.values for row in rows}
    return [
        Problem(
            f"{place}, row {number}, column {column_letters(column)}",
            "holds a formula without a saved result",
            "open the workbook in Excel or WPS and save it",
        )
        for number, cells in enumerate(sheet.iter_rows(max_col=most_columns), start=1)
        for column, cell in enumerate(cells, start=1)
        if cell.value is not None
        and cell.data_type == "f"
        and column not in results.get(f"{place}, row {number}", {})
    ]


def _first_rows(rows: Iterable[Row]) -> Iterator[Row]:
    """Give rows until there are a header and a row below it."""
    found = 0
    for row in rows:
        yield row
        found += _is_table_row(row)
        if found > 1:
            return


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
