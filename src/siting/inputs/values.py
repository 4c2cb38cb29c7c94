"""Cells as they stand -> values of the type that the data dictionary asks for."""

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pandas as pd

from siting.inputs import codes
from siting.inputs.columns import Column, yes_no
from siting.inputs.garbled import garbled
from siting.spreadsheet import Spoilt

compounds = (dict, list, tuple, set, bytes, np.ndarray)
"""What a map layer may hold in place of a value."""
greatest = 1e12
"""Numbers beyond are no figures of a district (assumption: a trillion yuan); sums of them stay far
within what a computer holds."""
most_shown = 5
most_exact = 2.0**53
"""Whole numbers up to here are exact in a spreadsheet."""
grouped = r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?"
"""A number with thousands separators."""


@dataclass(frozen=True)
class Wrong:
    """Rows of a column that cannot be used.

    Attributes
    ----------
    rows
        Mask over the rows.
    what, remedy
        As in a :class:`~siting.errors.Problem`.
    """

    rows: np.ndarray
    what: str
    remedy: str


@dataclass(frozen=True)
class Values:
    """A column with its type.

    Attributes
    ----------
    typed
        The values; the default where a cell is empty or wrong.
    wrong
        What is wrong with it.
    rewritten
        How many numbers were written with thousands separators or full-width digits.
    """

    typed: pd.Series
    wrong: tuple[Wrong, ...]
    rewritten: int = 0


def read_values(cells: pd.Series, column: Column, not_looked_at: np.ndarray) -> Values:
    """Give a column its type.

    Parameters
    ----------
    cells
        Values as they stand in the file.
    not_looked_at
        Mask of rows in which something is known to be wrong already.
    """
    values = cells.to_list()
    spoilt = np.array([isinstance(value, Spoilt) for value in values], dtype=bool)
    dated = np.array(
        [isinstance(value, dt.date | dt.time | dt.timedelta) for value in values],
        dtype=bool,
    )
    compound = np.array([isinstance(value, compounds) for value in values], dtype=bool)
    wrong = _spoilt(values, spoilt)
    if compound.any():
        what = f"the value is a list, an object or bytes, {_expected(column)} expected"
        wrong.append(Wrong(compound, what, "write one value"))
    if dated.any():
        wrong.append(
            Wrong(
                dated,
                f"the cell is a date, {_expected(column)} expected",
                "set the format of the column to text or number, and enter the value again",
            )
        )
    unreadable = spoilt | dated | compound | not_looked_at
    texts = pd.Series(
        ["" if hidden else text(value) for value, hidden in zip(values, unreadable, strict=True)],
        index=cells.index,
        dtype=object,
    )
    empty = (texts == "").to_numpy()
    rewritten = 0
    typed: pd.Series
    if column.type == "text":
        typed, bad = (
            _words(texts, column.choices) if column.choices else (texts, np.zeros_like(empty))
        )
        if not column.choices:
            wrong += _wrong_texts(texts, column)
        typed = typed.where(~empty, str(column.default or ""))
    elif column.type == "yes_no":
        words, bad = _words(texts, yes_no)
        typed = pd.Series(
            [
                column.default if none else word == "yes"
                for word, none in zip(words, empty | bad, strict=True)
            ],
            index=texts.index,
            dtype=object,
        )
        if column.required:
            typed = typed.fillna(False).astype(bool)
    else:
        typed, rewritten = _numbers(texts)
        bad = ~np.isfinite(typed.to_numpy()) & ~empty
        bad = bad | (_out_of_bounds(typed, column) & ~empty)
        if column.default is not None:
            typed = typed.fillna(float(column.default))
    bad = bad & ~empty
    if column.required and (empty & ~unreadable).any():
        wrong.append(Wrong(empty & ~unreadable, "the cell is empty", f"fill in: {column.meaning}"))
    if bad.any():
        shown = ", ".join(repr(found) for found in texts[bad].head(most_shown))
        wrong.append(
            Wrong(
                bad,
                f"{_expected(column)} expected, found {shown}",
                f"correct it; the column is: {column.meaning}",
            )
        )
    if column.type == "whole" and not wrong and typed.notna().all():
        typed = typed.astype("int64")
    return Values(typed, tuple(wrong), rewritten)


def text(value: object) -> str:
    """Return a value as a text: a whole number without a decimal point, nothing as ''."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    if isinstance(value, float | np.floating):
        value = float(value)
        if np.isnan(value):
            return ""
        return str(int(value)) if value % 1 == 0 and abs(value) < most_exact else repr(value)
    return str(value).strip()


def _spoilt(values: list[object], rows: np.ndarray) -> list[Wrong]:
    """Return spoilt cells, those of one kind together."""
    found = sorted(
        (value.what, value.remedy, row)
        for row, value in enumerate(values)
        if isinstance(value, Spoilt)
    )
    wrong = []
    for (what, remedy), group in groupby(found, key=lambda each: each[:2]):
        mask = np.zeros_like(rows)
        mask[[row for _, _, row in group]] = True
        wrong.append(Wrong(mask, what, remedy))
    return wrong


def _wrong_texts(texts: pd.Series, column: Column) -> list[Wrong]:
    wrong = []
    nul = texts.str.contains("\0", regex=False).to_numpy(dtype=bool)
    if nul.any():
        wrong.append(Wrong(nul, "the text holds a NUL", "export the file again, as UTF-8"))
    bad = garbled(texts)
    if bad.any():
        wrong.append(
            Wrong(
                bad,
                f"the text is garbled, such as {texts[bad].iloc[0]!r}",
                "export the file again as UTF-8; of a Shapefile, bring its .cpg file along",
            )
        )
    if column.is_code:
        wrong += [
            Wrong(
                rows,
                f"{what}, such as {texts[rows].iloc[0]!r}",
                codes.remedy,
            )
            for rows, what in codes.damaged_codes(texts)
        ]
    return wrong


def _words(texts: pd.Series, choices: Mapping[str, str]) -> tuple[pd.Series, np.ndarray]:
    """Return the word of each text, which may be its label, and which texts are neither."""
    labels = list(choices.values())
    words = {label: word for word, label in choices.items() if labels.count(label) == 1}
    words |= {word: word for word in choices}
    found = texts.str.replace(r"\s+", "", regex=True).map(words)
    return found.fillna("").astype(object), found.isna().to_numpy()


def _numbers(texts: pd.Series) -> tuple[pd.Series, int]:
    """Return the numbers that texts stand for, NaN for none, and how many were rewritten."""
    typed = pd.to_numeric(texts.where(texts != ""), errors="coerce").astype("float64")
    odd = texts[typed.isna() & (texts != "")]
    if odd.empty:
        return typed, 0
    plain = odd.map(lambda found: unicodedata.normalize("NFKC", found).strip())
    separated = plain.str.fullmatch(grouped).to_numpy(dtype=bool)
    plain = plain.where(~separated, plain.str.replace(",", ""))
    mended = pd.to_numeric(plain, errors="coerce").astype("float64")
    typed = typed.copy()
    typed[odd.index] = mended
    return typed, int(mended.notna().sum())


def _out_of_bounds(typed: pd.Series, column: Column) -> np.ndarray:
    bad = np.array(typed.abs() > greatest, dtype=bool)
    if column.at_least is not None:
        bad |= (typed < column.at_least).to_numpy()
    if column.at_most is not None:
        bad |= (typed > column.at_most).to_numpy()
    if column.type == "whole":
        bad |= ((typed % 1) != 0).to_numpy()
    return bad


def _expected(column: Column) -> str:
    if column.choices:
        return " or ".join(f"{word} ({label})" for word, label in column.choices.items())
    if column.type == "yes_no":
        return "yes or no (是, 否)"
    if column.type == "text":
        return "a text"
    words = "a whole number" if column.type == "whole" else "a number"
    if column.at_least is not None and column.at_most is not None:
        words += f" from {column.at_least:g} to {column.at_most:g}"
    elif column.at_least is not None:
        words += f" of at least {column.at_least:g}"
    return words + (f" ({column.unit})" if column.unit else "")
