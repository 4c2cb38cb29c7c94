"""How wide the columns of a table of the report are: as wide as their longest word at least."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

letter_cm = 0.22
"""Width of a bold letter of 9 points in the head of a table: 0.7 of its height, as in wide sans
serif letters (assumption)."""
margins_cm = 0.3
"""Left and right of the text in a cell, as the style of tables has them, and its border."""
most_letters = 16
"""Longer words, as sums of files and addresses, are broken."""
unbroken = re.compile(r"[^\s\-/⺀-鿿＀-￯]+")
"""What is not broken between lines: Chinese is, after each character."""


@dataclass
class Column:
    """A column of a table: what its header says, its share of the width, how it stands."""

    name: str
    width: float
    numeric: bool = False


def widths_cm(
    columns: Sequence[Column], header: Sequence[str], rows: Sequence[Sequence[str]], whole_cm: float
) -> list[float]:
    """Return the width of each column, all together ``whole_cm``.

    Each has its share where its words fit; what others lack is taken from those with room to
    spare, in proportion to it. Where the words of all do not fit, everyone has its share.
    """
    shares = sum(column.width for column in columns)
    usual = [whole_cm * column.width / shares for column in columns]
    least = [_longest_word_cm(texts) for texts in zip(header, *rows, strict=True)]
    room = [max(wide - needed, 0.0) for wide, needed in zip(usual, least, strict=True)]
    if sum(least) > whole_cm or not sum(room):
        return usual
    left = (whole_cm - sum(least)) / sum(room)
    return [needed + left * more for needed, more in zip(least, room, strict=True)]


def _longest_word_cm(texts: Sequence[str]) -> float:
    lengths = [len(word) for text in texts for word in unbroken.findall(text)]
    longest = max((length for length in lengths if length <= most_letters), default=1)
    return longest * letter_cm + margins_cm
