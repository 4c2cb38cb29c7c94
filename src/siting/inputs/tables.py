"""File -> checked table, by the data dictionary."""

import unicodedata
from collections.abc import Hashable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

import numpy as np
import pandas as pd

from siting.errors import DataError, Problem
from siting.inputs.codes import plain_codes
from siting.inputs.columns import Column, Table
from siting.inputs.grid import read_grid
from siting.inputs.header import Places, Rows, meanings, plain_header, rows_under_header
from siting.inputs.positions import position_problems, swapped_rows
from siting.inputs.total_rows import total_problems
from siting.inputs.values import read_values
from siting.notes import Note

likeness = 0.8
"""From this likeness on, an unknown column is taken for a misspelt one."""

most_unread_named = 20


@dataclass(frozen=True)
class CheckedTable:
    """A table that fulfils its entry in the data dictionary.

    Attributes
    ----------
    frame
        The columns of the dictionary, typed, rows in the order of the key (so that shuffled
        files are equal). Columns that the dictionary does not know are left out.
    places
        Where its rows and columns stand in the file.
    notes
        What was rewritten, and which columns were left unread.
    examples
        Rows left out because they are examples.
    """

    frame: pd.DataFrame
    places: Places
    notes: tuple[Note, ...]
    examples: int = 0


def read_table(path: Path, table: Table, name: str | None = None) -> CheckedTable:
    """Read a table by its entry in the data dictionary.

    Parameters
    ----------
    path
        A CSV file, an Excel workbook of one sheet, or ``workbook.xlsx#sheet``.
    name
        How messages call ``path``; itself if left out.

    Raises
    ------
    DataError
        With every problem of the file at once: file, sheet, row (as counted in a spreadsheet),
        column.
    """
    headers = [plain_header(name) for c in table.columns for name in c.headers]
    required = [
        "\n".join(plain_header(name) for name in c.headers) for c in table.columns if c.required
    ]
    return check_rows(rows_under_header(read_grid(path, name), headers, required), table)


def check_table(frame: pd.DataFrame, table: Table, name: str, *, first_row: int) -> pd.DataFrame:
    """Check and type the columns of a table that is already in memory.

    Parameters
    ----------
    frame
        Any table; its values may still be texts. It is not changed.
    table
        The entry of the data dictionary.
    name
        File or layer named in messages.
    first_row
        How a reader counts the first row of data.

    Raises
    ------
    DataError
        With every problem at once.
    """
    numbers = np.arange(first_row, first_row + len(frame))
    return check_rows(Rows(frame, Places(name, numbers)), table).frame


def check_rows(rows: Rows, table: Table) -> CheckedTable:
    """Check and type the columns of the rows under a header.

    Raises
    ------
    DataError
        With every problem at once.
    """
    name = rows.places.name
    titles = list(rows.frame.columns)
    meant = meanings(titles, table)
    problems = _repeated_headers(rows, meant)
    places = replace(rows.places, columns=_called(rows, meant))
    if rows.frame.empty and not table.may_be_empty:
        problems.append(Problem(name, "has no rows", "fill in at least one row"))
    cells = {
        column: rows.frame.iloc[:, position].reset_index(drop=True)
        for position, column in reversed(list(enumerate(meant)))
        if column is not None
    }
    swapped = swapped_rows(cells)
    if swapped.any():
        problems.append(
            Problem(
                places.at(swapped, "lon", "lat"),
                "longitude and latitude are swapped",
                "exchange the two columns",
            )
        )
    unknown = [str(title) for title, column in zip(titles, meant, strict=True) if column is None]
    index = pd.RangeIndex(len(rows.frame))
    typed: dict[str, pd.Series] = {}
    rewritten = 0
    for column in table.columns:
        if column.name not in cells:
            problems += _absent(column, name, titles, unknown)
            typed[column.name] = empty_column(column, index)
            continue
        skipped = swapped if column.name in ("lon", "lat") else np.zeros(len(index), dtype=bool)
        values = read_values(cells[column.name], column, skipped)
        typed[column.name] = values.typed
        rewritten += values.rewritten
        problems += [
            Problem(places.at(wrong.rows, column.name), wrong.what, wrong.remedy)
            for wrong in values.wrong
        ]
    checked = pd.DataFrame(typed)
    if not problems:
        problems += position_problems(checked, places)
        problems += total_problems(checked, table, places)
        problems += _repeated_keys(checked, table, places)
    if problems:
        raise DataError(problems)
    order = checked.sort_values(_sorted_by(table)).index.to_numpy()
    return CheckedTable(
        checked.loc[order].reset_index(drop=True),
        places.taken(order),
        (*_row_notes(rows, rewritten), *_unread(rows, meant)),
        rows.examples,
    )


def empty_column(column: Column, index: pd.Index) -> pd.Series:
    """Return an optional column of which no row is filled in."""
    if column.type == "text":
        return pd.Series(column.default or "", index=index, dtype=object)
    if column.type == "yes_no":
        return pd.Series([column.default] * len(index), index=index, dtype=object)
    if column.default is None:
        return pd.Series(np.nan, index=index)
    return pd.Series(column.default, index=index)


def empty_table(table: Table) -> pd.DataFrame:
    """Return a table without rows."""
    none = pd.RangeIndex(0)
    empty = pd.DataFrame({column.name: empty_column(column, none) for column in table.columns})
    filled = {"yes_no": "bool", "whole": "int64"}
    return empty.astype(
        {
            column.name: filled[column.type]
            for column in table.columns
            if column.required and column.type in filled
        }
    )


def _called(rows: Rows, meant: list[str | None]) -> dict[str, str]:
    """Return how the file calls each column, where it differs from the dictionary's name."""
    called: dict[str, str] = {}
    for position, (title, column) in enumerate(zip(rows.frame.columns, meant, strict=True)):
        if column is None or column in called:
            continue
        if rows.letters:
            called[column] = f"column {rows.letters[position]} ({title})"
        elif title != column:
            called[column] = f"column {title}"
    return called


def _repeated_headers(rows: Rows, meant: list[str | None]) -> list[Problem]:
    problems = []
    for column in dict.fromkeys(name for name in meant if name and meant.count(name) > 1):
        where = [
            f"{rows.letters[i]} ({title})" if rows.letters else str(title)
            for i, (title, name) in enumerate(zip(rows.frame.columns, meant, strict=True))
            if name == column
        ]
        problems.append(
            Problem(
                f"{rows.places.name}, header",
                f"{len(where)} columns are '{column}': {', '.join(where)}",
                "keep one of them",
            )
        )
    return problems


def _absent(column: Column, name: str, titles: list[Hashable], unknown: list[str]) -> list[Problem]:
    """Return what is wrong about a column that is not there."""
    if column.required:
        found = ", ".join(str(title) for title in titles[:20] if str(title))
        return [
            Problem(
                f"{name}, header",
                f"the column '{column.name}' ({column.label}) is missing ({column.meaning})",
                f"add it; found: {found}",
            )
        ]
    like = dict.fromkeys(
        title
        for wanted in (column.name, column.label)
        for title in get_close_matches(wanted, unknown, n=1, cutoff=likeness)
    )
    return [
        Problem(
            f"{name}, header",
            f"the column '{title}' is not known; is it '{column.name}' ({column.label})?",
            f"correct its name, or leave it out ({column.meaning})",
        )
        for title in like
    ]


def _repeated_keys(checked: pd.DataFrame, table: Table, places: Places) -> list[Problem]:
    """Return rows of one key; a row without its code is known by its name, and is left aside."""
    key = list(table.key)
    codes = {column.name for column in table.columns if column.is_code}
    keys = checked[key].assign(
        **{name: plain_codes(checked[name]) for name in key if name in codes}
    )
    filled = (keys != "").all(axis=1).to_numpy()
    repeated = keys.duplicated(keep=False).to_numpy() & filled
    if not repeated.any():
        return _keys_that_look_alike(keys, filled, places)
    first = checked.loc[repeated, key].iloc[0].tolist()
    return [
        Problem(
            places.at(repeated, *key),
            f"the same {' and '.join(key)} stands more than once, such as "
            f"{', '.join(map(str, first))}",
            "give each row its own, or remove the repeated rows",
        )
    ]


def _keys_that_look_alike(keys: pd.DataFrame, filled: np.ndarray, places: Places) -> list[Problem]:
    """Return rows whose keys differ by nothing that a reader sees."""
    seen = keys.apply(lambda column: column.map(_as_seen))
    alike = seen.duplicated(keep=False).to_numpy() & filled
    if not alike.any():
        return []
    key = list(keys)
    what = f"the same {' and '.join(key)} stands more than once but for characters without width"
    return [Problem(places.at(alike, *key), what, "write it anew in each of these rows")]


def _as_seen(key: object) -> object:
    if not isinstance(key, str):
        return key
    return "".join(c for c in key if unicodedata.category(c) != "Cf")


def _sorted_by(table: Table) -> list[str]:
    """Return the key, then the texts, which name the rows where a code is left empty."""
    texts = [column.name for column in table.columns if column.type == "text"]
    return list(dict.fromkeys((*table.key, *texts)))


def _unread(rows: Rows, meant: list[str | None]) -> list[Note]:
    """Return what tells of the columns that hold something and that the dictionary lacks."""
    unread = [
        str(title) or f"({rows.letters[position] if rows.letters else position + 1})"
        for position, (title, column) in enumerate(zip(rows.frame.columns, meant, strict=True))
        if column is None and rows.frame.iloc[:, position].map(_is_filled).any()
    ]
    if not unread:
        return []
    named, more = unread[:most_unread_named], len(unread) > most_unread_named
    return [
        Note(
            zh=f"{rows.places.name}：{len(unread)}栏未识别，未读入：{'、'.join(named)}"
            f"{'等' if more else ''}",
            en=f"{rows.places.name}: {len(unread)} columns are not known and were left unread: "
            f"{', '.join(named)}{', ...' if more else ''}",
        )
    ]


def _is_filled(cell: object) -> bool:
    return not pd.isna(cell) and str(cell).strip() != ""


def _listed(numbers: tuple[int, ...], comma: str, more: str) -> str:
    told = comma.join(map(str, numbers[:most_unread_named]))
    return told + (more if len(numbers) > most_unread_named else "")


def _row_notes(rows: Rows, rewritten: int) -> list[Note]:
    name, notes = rows.places.name, []
    if rows.ends_open:
        notes.append(
            Note(
                zh=f"{name}：最后一行没有换行符，文件可能不完整，请核对最后一行",
                en=f"{name}: the last line has no end; the file may have been cut short, please "
                "look at its last row",
            )
        )
    if rows.hidden:
        zh, en = _listed(rows.hidden, "、", "等"), _listed(rows.hidden, ", ", ", ...")
        notes.append(
            Note(
                zh=f"{name}：{len(rows.hidden)}行被隐藏（第{zh}行），照常读入",
                en=f"{name}: {len(rows.hidden)} rows are hidden (row {en}) and were read like the "
                "others",
            )
        )
    if rows.frame.empty:
        notes.append(Note(zh=f"{name}：没有数据行", en=f"{name}: has no rows"))
    if rewritten:
        notes.append(
            Note(
                zh=f"{name}：{rewritten}个数字带千位分隔符或全角字符，已按数字读入",
                en=f"{name}: {rewritten} numbers with thousands separators or full-width digits "
                "were read as numbers",
            )
        )
    return notes
