"""Writes sheets: titles, headers, cells with their formats, filters, print set-up."""

from collections.abc import Iterable, Sequence
from math import ceil, isfinite
from typing import Any

import pandas as pd

from siting.new_book import cell_text, footer_text, half_widths
from siting.review.workbook.table import (
    Column,
    Sheet,
    Table,
    Words,
    number_format,
    shown,
)
from siting.spreadsheet import column_letters

a4 = 9
font = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "vcenter"}
colours = {
    "ink": "#1F3864",
    "head": "#DCE6F1",
    "line": "#BFBFBF",
    "strong": "#F2F2F2",
    "unmet": "#FBE0D6",
    "unmet_ink": "#9C2A00",
    "met": "#DDEBF7",
    "met_ink": "#1F4E79",
    "mark": "#9C5700",
}
tabs = {
    "summary": "#1F3864",
    "targets": "#2E75B6",
    "plan": "#548235",
    "zones": "#7F6000",
    "guidance": "#7030A0",
    "costs": "#C55A11",
    "checks": "#808080",
    "proof": "#404040",
}
"""Group of sheets -> colour of their tabs."""
widest_text, narrowest = 36, 8
several_lines = {"long": 40, "wide": 100}
"""Widths of columns, in half-width characters; texts of the last kinds take several lines."""
widest_line = 10
"""Header that stands on one line."""
least_width = 90
"""Width over which a title or an explanation may run."""
page_width = 190
"""Half-width characters that a landscape page shows legibly; wider sheets take several."""
unscaled_width, most_percent = 98, 70
"""Characters that a page shows as they are, by the office with the widest letters, and the scale
that is large enough for a table."""
most_printed = 600
"""Rows of a sheet that is printed; a longer one is to be looked up, and prints its head alone."""
line_points, least_height = 15.0, 18.0
texts = ("text", "code", "truth", "met", *several_lines)
centred = ("truth", "met", "year")


class Book:
    """A new workbook in a language.

    Attributes
    ----------
    title
        Name of the study as it stands on every sheet.
    replaced
        Sheet and cell of every text that a cell cannot hold as it is.
    """

    def __init__(self, book: Any, word: Words, title: str) -> None:  # noqa: ANN401
        self.book, self.word, self.title = book, word, title
        self.replaced: list[str] = []
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}
        self._of_kind: dict[tuple[str, str, bool], Any] = {}

    def style(self, **properties: object) -> Any:  # noqa: ANN401  (xlsxwriter has no types)
        """Return a format, made once."""
        key = tuple(sorted({**font, **properties}.items(), key=lambda item: item[0]))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(dict(key))
        return self._formats[key]

    def cell_style(self, kind: str, *, is_strong: bool = False, align: str = "") -> Any:  # noqa: ANN401
        """Return the format of a cell of a kind, made once."""
        known = self._of_kind.get((kind, align, is_strong))
        if known is not None:
            return known
        look: dict[str, object] = {"bottom": 4, "bottom_color": colours["line"]}
        if kind in texts:
            look |= {"quote_prefix": True, "text_wrap": kind in several_lines}
        else:
            look |= {"num_format": number_format(kind)}
        if align == "left" or (kind in texts and kind not in centred):
            look |= {"align": "left", "indent": 1}
        elif kind in centred:
            look |= {"align": "center"}
        if is_strong:
            look |= {"bold": True, "bg_color": colours["strong"]}
        style = self._of_kind[kind, align, is_strong] = self.style(**look)
        return style

    def header_style(self, column: Column | None = None) -> Any:  # noqa: ANN401
        """Return the format of the header of a column, or of a text."""
        is_text = column is None or column.align == "left" or column.kind in texts[:2]
        is_text = is_text or (column is not None and column.kind in several_lines)
        return self.style(
            **({"indent": 1} if is_text else {"align": "center"}),
            bold=True,
            bg_color=colours["head"],
            font_color=colours["ink"],
            bottom=2,
            bottom_color=colours["ink"],
            text_wrap=True,
        )

    @property
    def title_style(self) -> Any:  # noqa: ANN401
        """The format of the title of a sheet."""
        return self.style(bold=True, font_size=14, font_color=colours["ink"])

    @property
    def heading_style(self) -> Any:  # noqa: ANN401
        """The format of a heading inside a sheet."""
        return self.style(bold=True, font_size=11, font_color=colours["ink"])

    def open_sheet(self, key: str, group: str) -> Any:  # noqa: ANN401
        """Return a new sheet with everything that all have."""
        sheet = self.book.add_worksheet(self.word[f"sheet_{key}"])
        sheet.set_tab_color(tabs[group])
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(a4)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{footer_text(self.title)}&C&A&R{self.word['page_of']}")
        return sheet

    def write(
        self,
        sheet: Any,  # noqa: ANN401
        row: int,
        column: int,
        value: object,
        kind: str,
        *,
        is_strong: bool = False,
        align: str = "",
    ) -> None:
        """Write a cell; a missing value leaves it empty."""
        style = self.cell_style(kind, is_strong=is_strong, align=align)
        if is_missing(value):
            sheet.write_blank(row, column, None, style)
        elif kind == "truth" and not isinstance(value, str):
            sheet.write_string(row, column, self.word["yes" if value else "no"], style)
        elif kind == "met" and not isinstance(value, str):
            sheet.write_string(row, column, self.word["met" if value else "unmet"], style)
        elif kind in texts or isinstance(value, str):
            self.write_text(sheet, row, column, str(value), style)
        else:
            sheet.write_number(row, column, shown(value, kind), style)

    def write_text(self, sheet: Any, row: int, column: int, text: str, style: Any) -> None:  # noqa: ANN401
        """Write a text, and remember where it cannot stand as it is."""
        sheet.write_string(row, column, self._held(sheet, row, column, text), style)

    def write_across(
        self,
        sheet: Any,  # noqa: ANN401
        row: int,
        last_column: int,
        text: str,
        style: Any,  # noqa: ANN401
        width: float,
    ) -> None:
        """Write a text over the columns from the first, in a row as high as it needs."""
        held = self._held(sheet, row, 0, text)
        if last_column:
            sheet.merge_range(row, 0, row, last_column, "", style)
        sheet.write_string(row, 0, held, style)
        sheet.set_row(row, height_of(held, width))

    def write_table(
        self,
        sheet: Any,  # noqa: ANN401
        first_row: int,
        table: Table,
        widths: Sequence[float],
    ) -> int:
        """Write headers and rows; return the row below the last one."""
        sheet.set_row(first_row, header_height(table, widths))
        for at, column in enumerate(table.columns):
            self.write_text(sheet, first_row, at, column.header, self.header_style(column))
            for i, value in enumerate(column.values):
                strong = i in table.strong
                kind = column.kind_of(i)
                self.write(
                    sheet,
                    first_row + 1 + i,
                    at,
                    value,
                    kind,
                    is_strong=strong,
                    align=column.align,
                )
            if column.kind == "met":
                self.mark_met(sheet, first_row + 1, first_row + len(table), at)
        for i, height in enumerate(heights_of(table, widths)):
            sheet.set_row(first_row + 1 + i, height)
        if not len(table):
            style = self.style(italic=True)
            self.write_text(sheet, first_row + 1, 0, self.word["no_rows"], style)
        return first_row + 1 + max(len(table), 1)

    def mark_met(self, sheet: Any, first_row: int, last_row: int, column: int) -> None:  # noqa: ANN401
        """Colour what is met and what is not; the words tell it by themselves."""
        for key in ("met", "unmet"):
            ink = colours[f"{key}_ink"]
            look = {"bg_color": colours[key], "font_color": ink, "bold": key == "unmet"}
            rule = {"type": "cell", "criteria": "==", "value": f'"{self.word[key]}"'}
            sheet.conditional_format(
                first_row, column, last_row, column, {**rule, "format": self.book.add_format(look)}
            )

    def write_sheet(self, content: Sheet) -> None:
        """Write a sheet of tables."""
        sheet = self.open_sheet(content.key, content.group)
        widths = widths_of(content.tables)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        across = next(
            (i for i in range(len(widths)) if sum(widths[: i + 1]) >= least_width), len(widths) - 1
        )
        self.write_text(
            sheet, 0, 0, f"{self.word[f'title_{content.key}']} · {self.title}", self.title_style
        )
        sheet.set_row(0, 24)
        about = self.style(text_wrap=True, font_color="#595959")
        is_printed = len(content) <= most_printed
        told = self.word[f"about_{content.key}"]
        if not is_printed:
            told += self.word["not_printed"].format(rows=f"{len(content):,}")
        self.write_across(sheet, 1, across, told, about, sum(widths[: across + 1]))
        row = 2
        for at, table in enumerate(content.tables):
            if table.title:
                row += at > 0
                self.write_text(sheet, row, 0, table.title, self.heading_style)
                sheet.set_row(row, 20)
                row += 1
            header, row = row, self.write_table(sheet, row, table, widths)
        sheet.autofilter(header, 0, row - 1, len(table.columns) - 1)
        if len(content.tables) == 1:
            sheet.freeze_panes(header + 1, content.frozen)
            sheet.repeat_rows(header)
            if content.frozen:
                sheet.repeat_columns(0, content.frozen - 1)
        else:
            sheet.freeze_panes(2, content.frozen)
            sheet.repeat_rows(0)
        if not is_printed:
            sheet.print_area(0, 0, 1, across)
        else:
            sheet.set_print_scale(print_percent(widths, content.frozen))

    def _held(self, sheet: Any, row: int, column: int, text: str) -> str:  # noqa: ANN401
        held = cell_text(text)
        if held != text:
            self.replaced.append(f"{sheet.get_name()}!{column_letters(column + 1)}{row + 1}")
        return held


def print_percent(widths: Sequence[float], frozen: int) -> int:
    """Return the scale at which columns stand on as few pages side by side as can be read.

    Parameters
    ----------
    frozen
        Columns that every page repeats.
    """
    pages = ceil(sum(widths) / page_width)
    shown = sum(widths) + (pages - 1) * sum(widths[:frozen])
    return min(most_percent, int(100 * pages * unscaled_width / shown))


def is_missing(value: object) -> bool:
    """Return whether there is nothing to write."""
    if value is None or value is pd.NA or value == "":
        return True
    return isinstance(value, float) and not isfinite(value)


def widths_of(tables: Iterable[Table]) -> list[float]:
    """Return the width of each column of tables that stand one below the other."""
    widths: list[float] = []
    for table in tables:
        for at, column in enumerate(table.columns):
            width = _width(column)
            if at < len(widths):
                widths[at] = max(widths[at], width)
            else:
                widths.append(width)
    return widths


def heights_of(table: Table, widths: Sequence[float]) -> list[float]:
    """Return the height of each row of a table that has texts of several lines."""
    told = [
        [
            height_of(str(value), width) if column.kind_of(i) in several_lines and value else 0.0
            for i, value in enumerate(column.values)
        ]
        for column, width in zip(table.columns, widths, strict=False)
        if not {column.kind, *column.kind}.isdisjoint(several_lines)
    ]
    return [max(least_height, *heights) for heights in zip(*told, strict=True)]


def header_height(table: Table, widths: Sequence[float]) -> float:
    """Return the height of a row of headers."""
    lines = (
        sum(ceil((half_widths(line) + 1) / width) for line in column.header.splitlines())
        for column, width in zip(table.columns, widths, strict=False)
    )
    return 8 + line_points * min(max(lines), 4)


def height_of(text: str, width: float) -> float:
    """Return the height of a row that shows a text in so many half-width characters."""
    lines = sum(max(ceil(1.1 * half_widths(line) / width), 1) for line in text.splitlines() or [""])
    return min(line_points * lines + 4, 400.0)


def _width(column: Column) -> float:
    kinds = {column.kind} if isinstance(column.kind, str) else set(column.kind)
    for kind in ("wide", "long"):
        if kind in kinds:
            return float(several_lines[kind])
    lines = [half_widths(line) for line in column.header.splitlines()]
    header = max(lines) if max(lines) <= widest_line else ceil(max(lines) / 2) + 3
    longest, widest = 8, 13
    if kinds & {"text", "code"}:
        longest = max((half_widths(value) for value in set(map(str, column.values))), default=0)
        widest = 70 if "code" in kinds else widest_text
    return float(min(max(longest, header, narrowest) + 2, max(widest, header + 2)))
