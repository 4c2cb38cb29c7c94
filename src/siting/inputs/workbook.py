"""Excel workbooks -> grids; the only place that knows openpyxl."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from siting.errors import DataError, Problem
from siting.inputs.grid import Grid, Spoilt

most_bytes = 400_000_000
"""Largest workbook once unpacked (assumption: ten times a sheet of 300,000 rows)."""
most_cells = 20_000_000
"""Most cells of a sheet (assumption: 300,000 rows of 60 columns)."""
error_values = frozenset(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!")
)
"""What Excel shows in place of a value."""
broken = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    SyntaxError,
    NotImplementedError,
    RuntimeError,
    OSError,
)
"""What openpyxl and zipfile raise on files that are no workbooks."""
save_again = "open it in Excel or WPS and save it again as .xlsx, without a password"


def read_sheet(path: Path, sheet: str | None) -> Grid:
    """Read the cells of a sheet; of the only visible one where none is named.

    A cell that shows an error, whose formula was never computed, or that is hidden in a merged
    block comes back as :class:`~siting.inputs.grid.Spoilt`.

    Raises
    ------
    DataError
        The file is no workbook or is too large, or has no such sheet.
    """
    _check_size(path)
    with _problem_if_broken(path), _opened(path, data_only=True) as book:
        shown = _sheet_of(book, path, sheet)
        rows = _rows(shown, path)
        with zipfile.ZipFile(path) as archive:
            source = archive.read(shown._worksheet_path)  # noqa: SLF001  (it tells nobody else)
        if re.search(rb"<(\w+:)?f[\s>/]", source):
            with _opened(path, data_only=False) as formulas:
                _mark_uncomputed(rows, _rows(formulas[shown.title], path))
    _mark_merged(rows, re.findall(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z0-9:]+)"', source))
    return Grid(f"{path}, sheet {shown.title}", rows, lettered=True)


def sheet_names(path: Path) -> list[str]:
    """Return the names of the visible sheets of a workbook.

    Raises
    ------
    DataError
        The file is no workbook or is too large.
    """
    _check_size(path)
    with _problem_if_broken(path), _opened(path, data_only=True) as book:
        return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _check_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise DataError(
            [Problem(str(path), f"is no Excel workbook ({error})", save_again)]
        ) from None
    if unpacked > most_bytes:
        raise DataError(
            [
                Problem(
                    str(path),
                    f"holds {unpacked / 1e6:,.0f} MB once unpacked, more than "
                    f"{most_bytes / 1e6:,.0f}",
                    "copy the tables as values into a new workbook, or save them as CSV",
                )
            ]
        )


@contextmanager
def _problem_if_broken(path: Path) -> Iterator[None]:
    try:
        yield
    except DataError:
        raise
    except broken as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DataError(
            [Problem(str(path), f"cannot be read as a workbook: {reason}", save_again)]
        ) from None


@contextmanager
def _opened(path: Path, *, data_only: bool) -> Iterator[Any]:
    from openpyxl import load_workbook

    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # drop-downs and styles that openpyxl does not keep
        book = load_workbook(file, read_only=True, data_only=data_only, keep_links=False)
        try:
            yield book
        finally:
            book.close()


def _sheet_of(book: Any, path: Path, name: str | None) -> Any:  # noqa: ANN401  (openpyxl is untyped)
    visible = {sheet.title: sheet for sheet in book.worksheets if sheet.sheet_state == "visible"}
    if name is None and len(visible) == 1:
        return next(iter(visible.values()))
    if name is None:
        raise DataError(
            [
                Problem(
                    str(path),
                    f"has {len(visible)} sheets, and the scenario names none of them",
                    f"name one, such as {path.name}#{next(iter(visible), '')}; it has "
                    f"{', '.join(visible)}",
                )
            ]
        )
    known = {sheet.title: sheet for sheet in book.worksheets}
    if name not in known:
        like = get_close_matches(name, known, n=1)
        meant = f"; is it '{like[0]}'?" if like else ""
        raise DataError(
            [Problem(str(path), f"has no sheet '{name}'{meant}", f"it has {', '.join(visible)}")]
        )
    return known[name]


def _rows(sheet: Any, path: Path) -> list[list[object]]:  # noqa: ANN401
    sheet.reset_dimensions()  # what a file claims of its size is not believed
    rows: list[list[object]] = []
    cells = 0
    for row in sheet.iter_rows(values_only=True):
        cells += len(row)
        if cells > most_cells:
            raise DataError(
                [
                    Problem(
                        f"{path}, sheet {sheet.title}",
                        f"has more than {most_cells:,} cells",
                        "copy the table as values into a new workbook, or save it as CSV",
                    )
                ]
            )
        rows.append([_value(value) for value in row])
    return rows


def _value(value: object) -> object:
    if value in error_values:
        return Spoilt(f"the cell shows {value}", "mend its formula, or enter the value")
    return value


def _mark_uncomputed(rows: list[list[object]], formulas: list[list[object]]) -> None:
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
        hidden = Spoilt(
            f"the cells {block} are merged", "split them, and fill in the value in every row"
        )
        for row, cells in enumerate(rows[first_row - 1 : last_row], first_row):
            for column in range(first_column, min(last_column, len(cells)) + 1):
                if (row, column) != (first_row, first_column) and cells[column - 1] is None:
                    cells[column - 1] = hidden
