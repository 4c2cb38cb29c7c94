"""Files -> grids: every cell of a table as it stands, before anything is known of its columns."""

import csv
from dataclasses import dataclass
from pathlib import Path

from siting.errors import DataError, Problem
from siting.inputs.files import check_file, split_part

encodings = ("utf-8-sig", "gb18030")
workbooks = (".xlsx", ".xlsm")
other_workbooks = (".xls", ".xlsb", ".et", ".ods", ".numbers")


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


@dataclass(frozen=True)
class Grid:
    """The cells of a CSV file or a sheet.

    Attributes
    ----------
    name
        The file, or the file and its sheet, as named in messages.
    rows
        Rows of texts, numbers, dates, None or :class:`Spoilt`; the first is row 1.
    lettered
        Whether people know its columns by letters, as in a spreadsheet.
    """

    name: str
    rows: list[list[object]]
    lettered: bool


def read_grid(path: Path) -> Grid:
    """Read every cell of a CSV file (UTF-8 or GB18030) or of a sheet of an Excel workbook.

    Raises
    ------
    DataError
        The file is missing, is no such table, or its text cannot be decoded.
    """
    file, sheet = split_part(path)
    check_file(file)
    suffix = file.suffix.lower()
    if suffix in workbooks:
        from siting.inputs.workbook import read_sheet

        return read_sheet(file, sheet)
    if suffix in other_workbooks:
        raise DataError(
            [
                Problem(
                    str(file),
                    f"workbooks of the kind {suffix} are not read",
                    "open it in Excel or WPS and save it as .xlsx",
                )
            ]
        )
    return _read_csv(file)


def _read_csv(path: Path) -> Grid:
    for encoding in encodings:
        try:
            with path.open(encoding=encoding, newline="") as lines:
                reader = csv.reader(lines, strict=True)
                rows: list[list[object]] = [list(row) for row in reader]
        except UnicodeDecodeError:
            continue
        except csv.Error as error:
            problem = Problem(
                f"{path}, line {reader.line_num}",
                f"is not CSV: {error}",
                "close the quotation mark there, or save the table as CSV (UTF-8) again",
            )
        except OSError as error:
            problem = Problem(str(path), f"cannot be read: {error}", "close it elsewhere")
        else:
            return Grid(str(path), rows, lettered=False)
        raise DataError([problem])
    raise DataError([Problem(str(path), "is neither UTF-8 nor GB18030", "save it as CSV (UTF-8)")])
