"""New Excel workbooks, whatever is written into them. The only place that knows xlsxwriter.

Reads texts, gives workbooks in which no text becomes a formula, a link or a number. Does not:
know what a sheet is for, or read a workbook (:mod:`siting.spreadsheet`).
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

made_on = datetime(2000, 1, 1)
"""When every workbook says it was made, so that equal content gives equal bytes."""
most_characters = 32_767
"""Of a cell, as Excel counts them: UTF-16 units."""
most_of_footer = 80
"""Characters of a text from data in a footer; the whole footer may have 255."""
cut_mark = "…"
controls = {i: 0x2400 + i for i in range(0x20) if chr(i) not in "\t\n"} | {0x7F: 0x2421}
"""Control characters, which XML cannot hold -> the signs that stand for them."""
no_characters = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""What is no character, and would spoil the file."""


@contextmanager
def new_workbook(path: Path, title: str) -> Iterator[Any]:
    """Give a workbook to write, and put it at the path in the end; equal content, equal bytes.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"title": cell_text(title)[:255], "created": made_on})
    yield book
    try:
        book.close()
    except FileCreateError as error:
        raise error.args[0] from error


def cell_text(text: str) -> str:
    """Return a text as a cell can hold it: the same, unless Excel could not read the file.

    Control characters are shown by their signs, such as ␀; what is no character by U+FFFD; a text
    that is too long is cut.
    """
    text = text.replace("\r\n", "\n").translate(controls)
    text = no_characters.sub("\ufffd", text)
    if len(text) * 2 > most_characters and _units(text) > most_characters:
        kept = text.encode("utf-16-le")[: 2 * (most_characters - len(cut_mark))]
        return kept.decode("utf-16-le", errors="ignore") + cut_mark
    return text


def footer_text(text: str) -> str:
    """Return a text as it can stand in a header or footer: on one line, short, without codes."""
    line = " ".join(cell_text(text).split())
    cut = line if len(line) <= most_of_footer else line[: most_of_footer - 1] + cut_mark
    return cut.replace("&", "&&")


def half_widths(text: str) -> int:
    """Return how many half-width characters a text is as wide as."""
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
