"""CSV file -> checked table, by the data dictionary."""

from difflib import get_close_matches
from pathlib import Path

import numpy as np
import pandas as pd

from siting.errors import DataError, Problem
from siting.inputs.dictionary import Column, Table
from siting.inputs.layers import no_such_file

encodings = ("utf-8-sig", "gb18030")
most_rows_named = 5
likeness = 0.8
"""From this likeness on, an unknown column is taken for a misspelt one."""


def read_table(path: Path, table: Table) -> pd.DataFrame:
    """Read a CSV file by its entry in the data dictionary.

    Returns
    -------
    pandas.DataFrame
        The columns of the dictionary, typed, rows in the order of the key (so that shuffled
        files are equal). Columns that the dictionary does not know are left out.

    Raises
    ------
    DataError
        With every problem of the file at once: file, row (as counted in a spreadsheet, the
        header being row 1), column.
    """
    frame = _read_text(path)
    return check_table(frame, table, str(path), first_row=2)


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
    problems: list[Problem] = []
    columns: dict[str, pd.Series] = {}
    known = {column.name for column in table.columns}
    rows = np.arange(first_row, first_row + len(frame))
    if frame.empty:
        problems.append(Problem(name, "has no rows", "fill in at least one row"))
    for column in table.columns:
        if column.name in frame.columns:
            columns[column.name], found = _check_column(frame[column.name], column, name, rows)
            problems += found
        elif column.required:
            problems.append(
                Problem(
                    f"{name}, header",
                    f"the column '{column.name}' is missing ({column.meaning})",
                    f"add it; found: {', '.join(map(str, frame.columns[:20]))}",
                )
            )
        else:
            columns[column.name] = empty_column(column, frame.index)
            unknown = [str(c) for c in frame.columns if c not in known]
            problems += [
                Problem(
                    f"{name}, header",
                    f"the column '{like}' is not known; is it '{column.name}'?",
                    f"correct its name, or leave it out ({column.meaning})",
                )
                for like in get_close_matches(column.name, unknown, n=1, cutoff=likeness)
            ]
    if not problems:
        key = list(table.key)
        checked = pd.DataFrame(columns)
        problems += _repeated_keys(checked, key, name, rows)
    if problems:
        raise DataError(problems)
    order = checked.sort_values(key).index
    return checked.loc[order].reset_index(drop=True)


def empty_column(column: Column, index: pd.Index) -> pd.Series:
    """Return an optional column of which no row is filled in."""
    if column.type == "text":
        return pd.Series(column.default or "", index=index, dtype=object)
    if column.type == "yes_no":
        return pd.Series(column.default, index=index, dtype=object)
    if column.default is None:
        return pd.Series(np.nan, index=index)
    return pd.Series(column.default, index=index)


def _read_text(path: Path) -> pd.DataFrame:
    for encoding in encodings:
        try:
            frame = pd.read_csv(
                path, dtype=str, encoding=encoding, keep_default_na=False, skip_blank_lines=False
            )
        except FileNotFoundError:
            problem = Problem(str(path), *no_such_file)
        except UnicodeDecodeError:
            continue
        except pd.errors.EmptyDataError:
            problem = Problem(str(path), "is empty", "give it a header and rows")
        except (pd.errors.ParserError, OSError) as error:
            problem = Problem(str(path), f"cannot be read: {error}", "save it as CSV (UTF-8)")
        else:
            return frame
        raise DataError([problem])
    raise DataError([Problem(str(path), "is neither UTF-8 nor GB18030", "save it as CSV (UTF-8)")])


def _check_column(
    values: pd.Series, column: Column, name: str, rows: np.ndarray
) -> tuple[pd.Series, list[Problem]]:
    """Return the typed column and its problems; a bad value is left as the default."""
    texts = values.astype("string").str.strip()
    empty = (texts.isna() | (texts == "")).to_numpy()
    bad = np.zeros(len(texts), dtype=bool)
    typed: pd.Series
    if column.type == "text":
        typed = texts.fillna("").astype(object)
        if column.choices:
            bad = ~texts.isin(list(column.choices)).to_numpy() & ~empty
    elif column.type == "yes_no":
        typed = texts == "yes"
        bad = ~texts.isin(("yes", "no")).to_numpy() & ~empty
    else:
        typed = pd.to_numeric(texts.where(~empty), errors="coerce").astype("float64")
        bad = ~np.isfinite(typed.to_numpy()) & ~empty
        if column.at_least is not None:
            bad |= (typed < column.at_least).to_numpy()
        if column.at_most is not None:
            bad |= (typed > column.at_most).to_numpy()
        if column.type == "whole":
            bad |= ((typed % 1) != 0).to_numpy() & ~empty
    problems = []
    if column.required and empty.any():
        problems.append(
            Problem(
                f"{name}, {_named(rows[empty])}, column {column.name}",
                "the cell is empty",
                f"fill in: {column.meaning}",
            )
        )
    if bad.any():
        found = ", ".join(repr(text) for text in texts[bad].head(most_rows_named))
        problems.append(
            Problem(
                f"{name}, {_named(rows[bad])}, column {column.name}",
                f"{_expected(column)} expected, found {found}",
                f"correct it; the column is: {column.meaning}",
            )
        )
    if column.type in ("whole", "number"):
        if column.required or column.default is not None:
            typed = typed.fillna(float(column.default or 0))
        if column.type == "whole" and not problems and typed.notna().all():
            typed = typed.astype("int64")
    return typed, problems


def _repeated_keys(
    checked: pd.DataFrame, key: list[str], name: str, rows: np.ndarray
) -> list[Problem]:
    repeated = checked.duplicated(key, keep=False).to_numpy()
    if not repeated.any():
        return []
    first = checked.loc[repeated, key].iloc[0].tolist()
    return [
        Problem(
            f"{name}, {_named(rows[repeated])}, column {' and '.join(key)}",
            f"the same {' and '.join(key)} stands more than once, such as "
            f"{', '.join(map(str, first))}",
            "give each row its own, or remove the repeated rows",
        )
    ]


def _named(rows: np.ndarray) -> str:
    shown = ", ".join(str(row) for row in rows[:most_rows_named])
    more = len(rows) - most_rows_named
    rest = f" and {more} more" if more > 0 else ""
    return f"row{'s' if len(rows) > 1 else ''} {shown}{rest}"


def _expected(column: Column) -> str:
    if column.choices:
        return " or ".join(column.choices)
    if column.type == "yes_no":
        return "yes or no"
    text = "a whole number" if column.type == "whole" else "a number"
    if column.at_least is not None and column.at_most is not None:
        text += f" from {column.at_least:g} to {column.at_most:g}"
    elif column.at_least is not None:
        text += f" of at least {column.at_least:g}"
    return text + (f" ({column.unit})" if column.unit else "")
