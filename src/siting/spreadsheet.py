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

most_bytes = 400_000_000
"""Largest workbook once unpacked (assumption: ten times a sheet of 300,000 rows)."""
most_cells = 20_000_000
"""Most cells of a sheet (assumption: 300,000 rows of 60 columns)."""
error_values = frozenset(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!")
)
"""What Excel shows in place of a value."""
broken = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, SyntaxError),
)
"""What openpyxl and zipfile raise on files that are no workbooks."""
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
            rows = self._cells(sheet, enough)
            with zipfile.ZipFile(self._path) as archive:
                source = archive.read(sheet._worksheet_path)  # noqa: SLF001  (it tells nobody else)
            if re.search(rb"<(\w+:)?f[\s>/]", source):
                formulas = self._formulas[title]
                formulas.reset_dimensions()
                _mark_uncomputed(rows, formulas.iter_rows(values_only=True))
            _mark_merged(rows, re.findall(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z0-9:]+)"', source))
        return rows

    def _check_size(self) -> None:
        try:
            with zipfile.ZipFile(self._path) as archive:
                unpacked = sum(member.file_size for member in archive.infolist())
        except FileNotFoundError:
            self._refuse(self._name, "there is no such file", "check its name and folder")
        except OSError as error:
            remedy = "close it in other programs, or name another file"
            self._refuse(self._name, f"cannot be read ({error.strerror or error})", remedy)
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

    def _cells(self, sheet: Any, enough: int | None) -> list[list[object]]:  # noqa: ANN401
        sheet.reset_dimensions()  # what a file claims of its size is not believed
        rows: list[list[object]] = []
        cells = filled = 0
        for row in sheet.iter_rows(values_only=True):
            cells += len(row)
            if cells > most_cells:
                self._refuse(
                    self.place(sheet.title),
                    f"has more than {most_cells:,} cells",
                    "copy the table as values into a new workbook, or save it as CSV",
                )
            rows.append([_value(value) for value in row])
            filled += any(value is not None for value in row)
            if filled == enough:
                break
        return rows


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


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

    for block in (name.decode("ascii") for name in blocks):
        first_column, first_row, last_column, last_row = range_boundaries(block)
        hidden = Merged(
            f"the cells {block} are merged", "split them, and fill in the value in every row"
        )
        for row, cells in enumerate(rows[first_row - 1 : last_row], first_row):
            for column in range(first_column, min(last_column, len(cells)) + 1):
                if (row, column) != (first_row, first_column) and cells[column - 1] is None:
                    cells[column - 1] = hidden
