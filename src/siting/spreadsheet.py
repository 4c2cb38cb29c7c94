"""Excel workbooks -> rows of cells as they stand. The only place that knows openpyxl.

Reads .xlsx and .xlsm files, gives values and :class:`Spoilt` cells. Does not: know what a sheet
is for, or look for headers.
"""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from siting.errors import InputError, Problem
from siting.named_file import hindrance

most_bytes = 400_000_000
"""Largest workbook once unpacked (assumption: ten times a sheet of 300,000 rows)."""
prolog_bytes = 65_536
"""Of a part of a workbook, in which a document type would be declared."""
most_rows = 1_048_576
"""Rows of a sheet of Excel (Microsoft: Excel specifications and limits)."""
most_cells = 20_000_000
"""Most cells of a sheet (assumption: 300,000 rows of 60 columns)."""
error_values = frozenset(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!")
)
"""What Excel shows in place of a value."""
broken = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError),
    *(LookupError, ValueError, TypeError, AttributeError, SyntaxError),
)
"""What openpyxl and zipfile raise on files that are no workbooks."""
value_ends = (b"</v>", b":v>", b"</t>", b":t>", b"<f>", b"<f ", b":f>", b":f ")
"""With what values and formulas of a sheet end or begin, with a prefix of their own or without."""
hidden_row = re.compile(rb'<row\s(?=[^<>]*\bhidden="(?:1|true)")(?:[^<>]*\s)?r="(\d{1,18})"')
row_number = re.compile(rb'<row\s(?:[^<>]*\s)?r="(\d{1,18})"')
save_again = "open it in Excel or WPS and save it again as .xlsx, without a password"


@dataclass(frozen=True)
class Spoilt:
    """A cell that holds no value that could be read.

    Attributes
    ----------
    what, remedy
        As in a :class:`~siting.errors.Problem`.
    """

    what: str
    remedy: str


class Merged(Spoilt):
    """A cell that lies hidden in a merged block."""


@contextmanager
def opened(path: Path, refusal: type[InputError], name: str | None = None) -> Iterator["Workbook"]:
    """Open a workbook for reading.

    Parameters
    ----------
    refusal
        The error to raise, here and by the :class:`Workbook`.
    name
        How messages call the file; its path if left out.

    Raises
    ------
    InputError
        The ``refusal``: the file is missing, is no workbook, or is too large.
    """
    with ExitStack() as files:
        yield Workbook(path, refusal, name or str(path), files)


class Workbook:
    """An open workbook; a formula counts by the result that was saved with it.

    Attributes
    ----------
    titles
        Name of a sheet -> whether it is shown, in the order of the sheets.
    """

    def __init__(self, path: Path, refusal: type[InputError], name: str, files: ExitStack) -> None:
        self._path, self._refusal, self._name, self._files = path, refusal, name, files
        self._check_size()
        with self._refused_if_broken():
            self._values = self._load(data_only=True)
            self.titles = {
                sheet.title: sheet.sheet_state == "visible" for sheet in self._values.worksheets
            }

    def place(self, title: str) -> str:
        """Return how messages call a sheet."""
        return f"{self._name}, sheet {title}"

    def rows(self, title: str, enough: int | None = None) -> list[list[object]]:
        """Return the rows of a sheet, the first being row 1; they need not be of one length.

        A cell that shows an error, whose formula was never computed, or that is hidden in a
        merged block is :class:`Spoilt`; an empty one is None.

        Parameters
        ----------
        enough
            Read no further than so many rows that are not empty.

        Raises
        ------
        InputError
            The ``refusal``: the sheet is damaged or has too many cells.
        """
        with self._refused_if_broken():
            sheet = self._values[title]
            source = self._source(title)
            last_row = _last_row(source)
            if last_row is not None and last_row > most_rows:
                self._refuse_size(title)
            rows = self._cells(sheet, last_row, enough)
            if re.search(rb"<(\w+:)?f[\s>/]", source):
                formulas = self._formulas[title]
                formulas.reset_dimensions()
                _mark_uncomputed(rows, formulas.iter_rows(max_row=len(rows), values_only=True))
            _mark_merged(rows, re.findall(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z0-9:]+)"', source))
        return rows

    def hidden_rows(self, title: str) -> frozenset[int]:
        """Return the rows of a sheet that are not shown, by a filter or by hand, from 1.

        Raises
        ------
        InputError
            The ``refusal``: the sheet is damaged.
        """
        with self._refused_if_broken():
            return frozenset(map(int, hidden_row.findall(self._source(title))))

    def _source(self, title: str) -> bytes:
        with zipfile.ZipFile(self._path) as archive:
            path = self._values[title]._worksheet_path  # noqa: SLF001  (it tells nobody else)
            return archive.read(path)

    def _check_size(self) -> None:
        hindered = hindrance(self._path)
        if hindered is not None:
            self._refuse(self._name, *hindered)
        try:
            with zipfile.ZipFile(self._path) as archive:
                unpacked = sum(member.file_size for member in archive.infolist())
                declares = [name for name in archive.namelist() if _has_doctype(archive, name)]
        except broken as error:
            self._refuse(self._name, f"is no Excel workbook ({error})", save_again)
        else:
            if unpacked > most_bytes:
                self._refuse(
                    self._name,
                    f"holds {unpacked / 1e6:,.0f} MB once unpacked, more than "
                    f"{most_bytes / 1e6:,.0f}",
                    "copy the tables as values into a new workbook, or save them as CSV",
                )
            if declares:
                what = f"is no Excel workbook: {declares[0]} declares a document type or entities"
                self._refuse(self._name, what, save_again)

    def _refuse(self, place: str, what: str, remedy: str) -> NoReturn:
        raise self._refusal([Problem(place, what, remedy)]) from None

    @contextmanager
    def _refused_if_broken(self) -> Iterator[None]:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # drop-downs and styles that openpyxl drops
                yield
        except InputError:
            raise
        except broken as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            self._refuse(self._name, f"cannot be read as a workbook: {reason}", save_again)

    def _load(self, *, data_only: bool) -> Any:  # noqa: ANN401  (openpyxl is untyped)
        from openpyxl import load_workbook

        file = self._files.enter_context(self._path.open("rb"))
        book = load_workbook(file, read_only=True, data_only=data_only, keep_links=False)
        self._files.callback(book.close)
        return book

    @cached_property
    def _formulas(self) -> Any:  # noqa: ANN401
        return self._load(data_only=False)

    def _cells(
        self,
        sheet: Any,  # noqa: ANN401
        last_row: int | None,
        enough: int | None,
    ) -> list[list[object]]:
        sheet.reset_dimensions()  # what a file claims of its size is not believed
        rows: list[list[object]] = []
        cells = filled = 0
        for row in sheet.iter_rows(max_row=last_row, values_only=True):
            cells += len(row)
            if cells > most_cells or len(rows) == most_rows:
                self._refuse_size(sheet.title)
            rows.append([_value(value) for value in row])
            filled += any(value is not None for value in row)
            if filled == enough:
                break
        return rows

    def _refuse_size(self, title: str) -> NoReturn:
        self._refuse(
            self.place(title),
            f"has more than {most_cells:,} cells or {most_rows:,} rows",
            "copy the table as values into a new workbook, or save it as CSV",
        )


def _has_doctype(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether a part declares a document type, as no workbook does: entities would come with it."""
    if not name.endswith((".xml", ".rels")):
        return False
    with archive.open(name) as part:
        return b"<!DOCTYPE" in part.read(prolog_bytes).replace(b"\0", b"")  # UTF-16 too


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _last_row(source: bytes) -> int | None:
    """Return the number of the last row with a value or formula, None where it is not told.

    A format put on whole columns leaves a million rows without any behind it.
    """
    with_values = source[: max(map(source.rfind, value_ends)) + 1]
    numbers = row_number.findall(with_values)
    is_told = 0 < len(numbers) == with_values.count(b"<row ")
    return max(map(int, numbers)) if is_told else None


def _value(value: object) -> object:
    if value in error_values:
        return Spoilt(f"the cell shows {value}", "mend its formula, or enter the value")
    return value


def _mark_uncomputed(rows: list[list[object]], formulas: Iterable[tuple[object, ...]]) -> None:
    """Mark the cells without a value that have a formula."""
    for row, told in zip(rows, formulas, strict=False):
        for column, formula in enumerate(told[: len(row)]):
            if row[column] is None and formula is not None:
                row[column] = Spoilt(
                    "the formula was never computed",
                    "open the workbook in Excel or WPS and save it, or enter the value",
                )


def _mark_merged(rows: list[list[object]], blocks: Iterable[bytes]) -> None:
    from openpyxl.utils import range_boundaries

    width = max(map(len, rows), default=0)
    for block in (name.decode("ascii") for name in blocks):
        first_column, first_row, last_column, last_row = range_boundaries(block)
        hidden = Merged(
            f"the cells {block} are merged", "split them, and fill in the value in every row"
        )
        for row, cells in enumerate(rows[first_row - 1 : last_row], first_row):
            cells.extend([None] * (min(last_column, width) - len(cells)))
            for column in range(first_column, min(last_column, len(cells)) + 1):
                if (row, column) != (first_row, first_column) and cells[column - 1] is None:
                    cells[column - 1] = hidden
