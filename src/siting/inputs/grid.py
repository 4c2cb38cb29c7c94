"""Files -> grids: every cell of a table as it stands, before anything is known of its columns."""

import csv
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from siting.errors import DataError, Problem
from siting.inputs.files import check_file
from siting.named_file import split_part
from siting.spreadsheet import Workbook, opened

encodings = ("utf-8-sig", "gb18030")
workbooks = (".xlsx", ".xlsm")
other_workbooks = (".xls", ".xlsb", ".et", ".ods", ".numbers")


@dataclass(frozen=True)
class Grid:
    """The cells of a CSV file or a sheet.

    Attributes
    ----------
    name
        The file, or the file and its sheet, as named in messages.
    rows
        Rows of texts, numbers, dates, None or :class:`~siting.spreadsheet.Spoilt`; the first is
        row 1.
    lettered
        Whether people know its columns by letters, as in a spreadsheet.
    ends_open
        Whether the last line of a CSV file lacks its end, as where the file was cut short.
    hidden
        Numbers of the rows that a sheet does not show.
    """

    name: str
    rows: list[list[object]]
    lettered: bool
    ends_open: bool = False
    hidden: frozenset[int] = frozenset()


def is_table(path: Path) -> bool:
    """Return whether a file is a table by its ending, rather than a map layer."""
    return split_part(path)[0].suffix.lower() in (".csv", *workbooks, *other_workbooks)


def read_grid(path: Path, name: str | None = None) -> Grid:
    """Read every cell of a CSV file (UTF-8 or GB18030) or of a sheet of an Excel workbook.

    Parameters
    ----------
    path
        The file; a sheet of a workbook as ``study.xlsx#机构``, which may be left out where only
        one is visible.
    name
        How messages call ``path``; itself if left out.

    Raises
    ------
    DataError
        The file is missing, is no such table, or its text cannot be decoded.
    """
    file, sheet = split_part(path)
    named = str(split_part(Path(name or path))[0])
    check_file(file, named)
    suffix = file.suffix.lower()
    if suffix in workbooks:
        with opened(file, DataError, named) as book:
            title = _title(book, sheet, named)
            rows, hidden = book.rows(title), book.hidden_rows(title)
            return Grid(book.place(title), rows, lettered=True, hidden=hidden)
    if suffix in other_workbooks:
        raise DataError(
            [
                Problem(
                    named,
                    f"workbooks of the kind {suffix} are not read",
                    "open it in Excel or WPS and save it as .xlsx",
                )
            ]
        )
    return _read_csv(file, named)


def _title(book: Workbook, sheet: str | None, name: str) -> str:
    """Return the sheet that is meant: the one named, or else the only visible one."""
    visible = [title for title, is_visible in book.titles.items() if is_visible]
    told = ", ".join(visible)
    if sheet is None and len(visible) == 1:
        return visible[0]
    if sheet is None:
        what = f"has {len(visible)} sheets, and the scenario names none of them"
        first = next(iter(visible), "")
        remedy = f"name one, such as {Path(name).name}#{first}; it has {told}"
        raise DataError([Problem(name, what, remedy)])
    by_name = {title.strip(): title for title in book.titles}
    if sheet.strip() not in by_name:
        like = get_close_matches(sheet, by_name, n=1)
        meant = f"; is it '{like[0]}'?" if like else ""
        raise DataError([Problem(name, f"has no sheet '{sheet}'{meant}", f"it has {told}")])
    return by_name[sheet.strip()]


def _ends_open(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 1))
        return file.read(1) not in (b"", b"\n", b"\r")


def _read_csv(path: Path, name: str) -> Grid:
    for encoding in encodings:
        try:
            with path.open(encoding=encoding, newline="") as lines:
                reader = csv.reader(lines, strict=True)
                rows: list[list[object]] = [list(row) for row in reader]
        except UnicodeDecodeError:
            continue
        except csv.Error as error:
            problem = Problem(
                f"{name}, line {reader.line_num}",
                f"is not CSV: {error}",
                "close the quotation mark there, or save the table as CSV (UTF-8) again",
            )
        except OSError as error:
            problem = Problem(name, f"cannot be read: {error}", "close it elsewhere")
        else:
            return Grid(name, rows, lettered=False, ends_open=_ends_open(path))
        raise DataError([problem])
    raise DataError([Problem(name, "is neither UTF-8 nor GB18030", "save it as CSV (UTF-8)")])
