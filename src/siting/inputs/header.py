"""Grid -> rows under a header: where the header stands, and which column each one means."""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from siting.errors import DataError, Problem
from siting.inputs.columns import Table
from siting.inputs.grid import Grid
from siting.scenario.parameters import example_mark
from siting.spreadsheet import Merged, Spoilt, column_letters

deepest_header = 50
"""Rows among which the header is looked for (assumption: titles and notes are shorter)."""
most_rows_named = 5


@dataclass(frozen=True)
class Places:
    """How a person finds the rows and columns of a table again.

    Attributes
    ----------
    name
        The file, or the file and its sheet.
    rows
        The number of each row, as a spreadsheet or the layer counts.
    columns
        Column of the dictionary -> how the file calls it, where it differs from its name.
    row_word
        What a row is called: row, or feature of a layer.
    """

    name: str
    rows: np.ndarray
    columns: Mapping[str, str] = field(default_factory=dict)
    row_word: str = "row"

    def at(self, which: np.ndarray, *columns: str) -> str:
        """Return the place of some rows (a mask or positions) in some columns."""
        numbers = self.rows[which]
        shown = ", ".join(str(number) for number in numbers[:most_rows_named])
        more = len(numbers) - most_rows_named
        rest = f" and {more} more" if more > 0 else ""
        place = f"{self.name}, {self.row_word}{'s' if len(numbers) > 1 else ''} {shown}{rest}"
        return f"{place}, {self.columns_named(*columns)}" if columns else place

    def columns_named(self, *columns: str) -> str:
        """Return how columns are called."""
        plain = all(column not in self.columns for column in columns)
        if plain:
            return f"column {' and '.join(columns)}"
        return " and ".join(self.columns.get(column, f"column {column}") for column in columns)

    def taken(self, order: np.ndarray) -> "Places":
        """Return the places of the same rows in another order."""
        return replace(self, rows=self.rows[order])


@dataclass(frozen=True)
class Rows:
    """The rows under a header.

    Attributes
    ----------
    frame
        Columns as the file calls them, values as they stand.
    places
        Of its rows; the columns are named once they are known.
    letters
        Position of a column -> its letter, where people know columns by letters.
    examples
        Rows left out because they are examples.
    ends_open
        As in :class:`siting.inputs.grid.Grid`.
    hidden
        Numbers of those that a sheet does not show.
    """

    frame: pd.DataFrame
    places: Places
    letters: tuple[str, ...] = ()
    examples: int = 0
    ends_open: bool = False
    hidden: tuple[int, ...] = ()


def rows_under_header(grid: Grid, headers: Iterable[str], required: Iterable[str]) -> Rows:
    """Find the header of a grid and take the rows under it.

    The header is the first row that holds every required header, or else the row that holds most
    of the known ones. Rows without any value are passed over, and so are rows that begin with
    示例.

    Parameters
    ----------
    headers
        Every known header, as :func:`plain_header` gives them.
    required
        For each column that must be there, its headers joined by a line break.

    Raises
    ------
    DataError
        There is no row at all, or a row of a CSV file is longer than the header.
    """
    known, needed = set(headers), [set(each.split("\n")) for each in required]
    best, most = -1, -1
    for number, row in enumerate(grid.rows[:deepest_header]):
        found = {plain_header(cell) for cell in row if cell is not None} & known
        if needed and all(found & each for each in needed):
            best = number
            break
        if len(found) > most and not _is_blank(row):
            best, most = number, len(found)
    if best < 0:
        raise DataError([Problem(grid.name, "is empty", "give it a header and rows")])
    titles = [_title(cell) for cell in grid.rows[best]]
    kept, numbers, examples = [], [], 0
    for number, row in enumerate(grid.rows[best + 1 :], best + 2):
        if _is_blank(row):
            continue
        texts = (_title(cell) for cell in row)
        if next(filter(None, texts), "").startswith(example_mark):
            examples += 1
            continue
        kept.append(row)
        numbers.append(number)
    _check_width(grid, titles, kept, numbers)
    titles += [""] * (max((_width(row) for row in kept), default=0) - len(titles))
    values = [[*row[: len(titles)], *[None] * (len(titles) - len(row))] for row in kept]
    frame = pd.DataFrame(values, columns=range(len(titles)), dtype=object)
    frame.columns = pd.Index(titles, dtype=object)
    letters = tuple(column_letters(i + 1) for i in range(len(titles))) if grid.lettered else ()
    places = Places(grid.name, np.array(numbers, dtype=int))
    hidden = tuple(number for number in numbers if number in grid.hidden)
    return Rows(frame, places, letters, examples, grid.ends_open, hidden)


def meanings(titles: Iterable[Hashable], table: Table) -> list[str | None]:
    """Return the column of the dictionary that each header means, None for none."""
    plain = [plain_header(title) for title in titles]
    names = {plain_header(column.label): column.name for column in table.columns}
    names |= {plain_header(column.name): column.name for column in table.columns}
    told = {names[title] for title in plain if title in names}
    for column in table.columns:
        if column.name not in told:
            names |= {plain_header(also): column.name for also in column.also}
    return [names.get(title) for title in plain]


def plain_header(title: object) -> str:
    """Return a header without spaces, a trailing star and a trailing unit in brackets."""
    if not isinstance(title, str):
        return ""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", title))
    while (shorter := re.sub(r"(\*|\([^()]*\)|\[[^\[\]]*\])$", "", plain)) != plain and shorter:
        plain = shorter
    return plain.lstrip("*")


def _title(cell: object) -> str:
    return "" if cell is None or isinstance(cell, Spoilt) else str(cell).strip()


def _width(row: list[object]) -> int:
    """Return how many cells a row has up to the last that is filled."""
    widths = range(len(row), 0, -1)
    return next((width for width in widths if not _is_blank(row[width - 1 : width])), 0)


def _is_blank(row: list[object]) -> bool:
    if row.count("") + row.count(None) == len(row):
        return True
    return all(
        cell is None or (isinstance(cell, str) and not cell.strip()) or isinstance(cell, Merged)
        for cell in row
    )


def _check_width(
    grid: Grid, titles: list[str], rows: list[list[object]], numbers: list[int]
) -> None:
    """Refuse rows of a CSV file with more values than the header has: a comma in a text."""
    wide = [
        number
        for row, number in zip(rows, numbers, strict=True)
        if any(cell not in (None, "") for cell in row[len(titles) :])
    ]
    if wide and not grid.lettered:
        raise DataError(
            [
                Problem(
                    Places(grid.name, np.array(wide)).at(np.arange(len(wide))),
                    f"there are more values than the {len(titles)} columns of the header",
                    "put texts that hold a comma into quotation marks",
                )
            ]
        )
