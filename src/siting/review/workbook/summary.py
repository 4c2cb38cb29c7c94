"""The first sheet: what the plan achieves and how far it is proven, before and after, costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from siting.indicators import tally
from siting.provisions import wording
from siting.review.findings import Findings
from siting.review.idle_places import idle_sentence
from siting.review.plain_values import Content
from siting.review.sentences import achievement, not_due_clause, places_note, proof
from siting.review.target_content import units
from siting.review.workbook.charts import Cells, Series, columns_chart, series_colours
from siting.review.workbook.sheet import Book, colours, height_of
from siting.review.workbook.spent import yearly_table
from siting.review.workbook.table import Column, Sheet, Table, Words
from siting.review.workbook.targets import target_kind
from siting.target_names import target_name

figures = (
    ("residents", "residents", "count"),
    ("under3", "under3", "count"),
    ("places", "places", "count"),
    ("places_per_thousand", "places_per_thousand", "decimal"),
    ("inclusive_share", "inclusive_share", "share"),
    ("townships_covered", "townships_covered", "count"),
    ("population_coverage", "population_coverage", "share"),
    ("takers", "takers", "count"),
    ("served", "h_served", "count"),
    ("served_beyond", "h_served_beyond", "count"),
    ("staff_at_home", "h_staff_at_home", "count"),
    ("reachable_full", "h_reachable_full", "count"),
    ("unreachable", "h_unreachable", "count"),
    ("fill_existing", "h_fill_existing", "share"),
    ("fill_new", "h_fill_new", "share"),
)
"""Figure of the area -> its name in the words, and kind."""
parts_of_takers = ("served", "served_beyond", "staff_at_home", "reachable_full", "unreachable")
"""Figures that add up to the children who want a place."""
label_width, figure_width = 34.0, 10.5
least_figures = 9
most_townships_drawn = 130
"""Columns of a chart of townships of which the names can still be read."""
printed_percent, most_printed_columns = 70, 11
"""Scale at which a page is as wide as so many columns of figures; wider sheets are fitted."""
most_targets_beside = 5
"""Targets that leave room for the key figures on the first page."""
chart_rows, wide_chart_rows = 15, 19
"""Rows that a chart covers."""
row_pixels = 20
most_zones_labelled = 4
"""Zones whose columns of three states have room for figures."""
most_labelled, least_labelled = 6, 0.05
"""Stacked columns that have room for figures, and the least part of one that has."""


@dataclass
class Summary:
    """The first sheet while it is being written.

    Attributes
    ----------
    columns
        Columns that hold figures, right of the labels.
    row
        The next free row.
    """

    findings: Findings
    content: Content
    book: Book
    sheets: Sequence[Sheet]
    columns: int
    sheet: Any
    row: int = 0

    @property
    def word(self) -> Words:
        """The texts of the workbook."""
        return self.book.word

    @property
    def widths(self) -> list[float]:
        """Width of each column, half-width characters."""
        return [label_width, *[figure_width] * self.columns]

    @property
    def width(self) -> float:
        """Width of all columns, half-width characters."""
        return sum(self.widths)

    @property
    def pixels(self) -> int:
        """Width of all columns."""
        return _pixels(label_width) + self.columns * _pixels(figure_width)


def write_summary(
    findings: Findings, content: Content, book: Book, sheets: Sequence[Sheet]
) -> None:
    """Write the first sheet.

    Parameters
    ----------
    sheets
        The sheets that follow, for the contents and the charts.
    """
    sheet = book.open_sheet("summary", "summary")
    columns = max(least_figures, states_of(findings))
    sheet.set_column(0, 0, label_width)
    sheet.set_column(1, columns, figure_width)
    of = Summary(findings, content, book, sheets, columns, sheet)
    if columns <= most_printed_columns:
        sheet.set_print_scale(printed_percent)
    sheet.center_horizontally()
    _write_head(of)
    shown = _write_targets(of)
    breaks = [of.row] if shown > most_targets_beside else []
    figures_row = _write_figures(of)
    breaks.append(of.row)
    costs_row = _write_costs(of)
    _draw_charts(of, figures_row, costs_row)
    breaks.append(of.row)
    _draw_townships(of)
    _write_contents(of)
    sheet.set_h_pagebreaks(breaks)
    sheet.activate()


def states_of(findings: Findings) -> int:
    """Return how many states figures are told of: today, each year without the plan and with it."""
    return 1 + 2 * len(findings.scenario.years)


def _write_head(of: Summary) -> None:
    book, word = of.book, of.word
    title = book.style(bold=True, font_size=18, font_color=colours["ink"], text_wrap=True)
    _write_across(of, book.title, title, 1.9)
    marks = word["internal"]
    if of.findings.scenario.illustrative:
        marks = f"{word['mark']} {marks}"
    _write_across(of, marks, book.style(font_color=colours["mark"], text_wrap=True, bold=True))
    of.row += 1
    _write_heading(of, word["conclusion"])
    _write_across(of, achievement(of.content), book.style(font_size=11, text_wrap=True), 1.15)
    if idle := idle_sentence(of.findings, of.content["lang"]):
        _write_across(of, idle, book.style(text_wrap=True))
    look = book.style(text_wrap=True, bg_color=colours["strong"])
    _write_across(of, word["proof"] + word.one_of(("", " ")) + proof(of.content), look)
    of.row += 1


def _write_targets(of: Summary) -> int:
    """Write the targets of the last planned year; return how many there are."""
    word, scenario = of.word, of.findings.scenario
    pairs = zip(of.findings.today_targets, of.findings.plan.targets, strict=True)
    shown = [pair for pair in pairs if pair[1].target.year == scenario.last_year]
    counted = tally(result for _, result in shown)
    told = {"year": scenario.last_year, "met": counted.met, "all": counted.all}
    waiting = not_due_clause(counted.not_due, word.all)
    _write_heading(of, word["targets_of"].format(**told, not_due=waiting))
    headers = ("h_target", "h_required", "h_today", "h_plan", "h_unit", "h_result", "h_force")
    for column, header in enumerate(headers):
        style = of.book.header_style(Column("", "year", ()) if column else None)
        of.sheet.write_string(of.row, column, word[header], style)
    _merge(of, len(headers), word["h_clause"], of.book.header_style())
    first = of.row + 1
    for today, result in shown:
        of.row += 1
        target, unit = result.target, units[result.target.unit]
        name = f"{target.id}　{target_name(scenario, target).text(word.lang)}"
        of_target = target_kind(result)
        row: tuple[tuple[object, str], ...] = (
            (name, "long"),
            (result.required, of_target),
            (today.achieved, of_target),
            (result.achieved, of_target),
            (word[f"unit_{unit}"], "text"),
            (result.met if result.due else word["not_due"], "met"),
            (word["hard" if target.hard else "soft"], "text"),
        )
        for column, (value, kind) in enumerate(row):
            of.book.write(of.sheet, of.row, column, value, kind)
        clause = wording(scenario, target, word.lang).clause
        _merge(of, len(headers), clause, of.book.cell_style("long"))
        room = figure_width * (of.columns - len(headers) + 1)
        of.sheet.set_row(of.row, max(height_of(name, label_width), height_of(clause, room)))
    of.book.mark_met(of.sheet, first, of.row, headers.index("h_result"))
    of.row += 2
    return len(shown)


def _write_figures(of: Summary) -> int:
    """Write the figures of the area in every state; return the row of headers."""
    word, plan, today = of.word, of.findings.plan, of.findings.today
    states = [("figure_today", today)]
    for year in of.findings.scenario.years:
        states.append(("state_no_action", of.findings.no_action[year]))
        states.append(("state_plan", plan.indicators_of(year)))
    shown = [row for row in figures if row[0] != "staff_at_home" or _has_staff(of.findings)]
    kinds = tuple(kind for _, _, kind in shown)
    slots = {"minutes": of.content["minutes"], "travel": of.content["travel"]}
    names = [word[key].format(**slots).strip("　– ") for _, key, _ in shown]
    told = [
        word.column(key, kinds, [state.area[name] for name, _, _ in shown], year=state.year)
        for key, state in states
    ]
    _write_heading(of, word["key_figures"])
    row = of.row
    of.row = of.book.write_table(
        of.sheet, row, Table((word.column("figure", "text", names), *told)), of.widths
    )
    of.row += 1
    return row


def _write_costs(of: Summary) -> int:
    """Write the costs by year; return the row of headers."""
    word = of.word
    _write_heading(of, word["costs_by_year"])
    row = of.row
    of.row = of.book.write_table(of.sheet, row, yearly_table(of.findings, word), of.widths)
    if note := places_note(of.content["places_note"], word.all, word.lang):
        _write_across(of, note, of.book.style(text_wrap=True, italic=True))
    of.row += 1
    return row


def _draw_charts(of: Summary, figures_row: int, costs_row: int) -> None:
    half = of.pixels // 2 - 6
    drawn = [_children_chart(of, figures_row, half), _costs_chart(of, costs_row, half)]
    districts = [
        _zones_chart(of, "districts", figure, half) for figure in ("per_thousand", "coverage")
    ]
    drawn += [chart for chart in districts if chart is not None]
    for i, chart in enumerate(drawn):
        top = of.row + i // 2 * (chart_rows + 1)
        left = (of.pixels - half) * (i % 2)
        of.sheet.insert_chart(top, 0, chart, {"x_offset": left, "object_position": 2})
    of.row += -(-len(drawn) // 2) * (chart_rows + 1)


def _draw_townships(of: Summary) -> None:
    townships = _zones_chart(of, "townships", "per_thousand", of.pixels)
    if townships is not None:
        of.sheet.insert_chart(of.row, 0, townships, {"y_offset": 6, "object_position": 2})
        of.row += wide_chart_rows + 1


def _children_chart(of: Summary, row: int, width: int) -> Any:  # noqa: ANN401
    """Return who has a place within reach and who does not, in every state."""
    has_staff = _has_staff(of.findings)
    shown = [name for name, _, _ in figures if name != "staff_at_home" or has_staff]
    sheet, last = of.word["sheet_summary"], states_of(of.findings)
    palette = dict(
        zip(
            parts_of_takers,
            (
                *series_colours[1:2],
                *series_colours[3:4],
                series_colours[5],
                series_colours[2],
                series_colours[4],
            ),
            strict=True,
        )
    )
    headers = {name: header for name, header, _ in figures}
    most = of.findings.today.area["takers"]
    series = [
        Series(
            of.word[headers[name]],
            Cells(sheet, at, 1, at, last),
            palette[name],
            label_colour="#FFFFFF" if name in ("served", "unreachable") else "#000000",
        )
        for name in parts_of_takers
        if name in shown
        for at in [row + 1 + shown.index(name)]
    ]
    return columns_chart(
        of.book,
        of.word["chart_children"],
        Cells(sheet, row, 1, row, last),
        series,
        size=(width, chart_rows * row_pixels),
        is_stacked=True,
        labels=f"[>={most * least_labelled:.0f}]#,##0;" if last <= most_labelled else "",
    )


def _costs_chart(of: Summary, row: int, width: int) -> Any:  # noqa: ANN401
    """Return what is spent by year; of a single year, by tier and action."""
    word, years = of.word, len(of.findings.scenario.years)
    if years > 1:
        title = word["chart_cost"]
        sheet, rows = word["sheet_summary"], (row + 1, row + years)
        categories, at = Cells(sheet, rows[0], 0, rows[1], 0), 3
    else:
        title, sheet = word["chart_spent"], word["sheet_costs"]
        content = next(each for each in of.sheets if each.key == "costs")
        # A title and an explanation, the first table with its heading and headers, a blank row,
        # the heading and the headers of the second.
        begin = 2 + 2 + len(content.tables[0]) + 1 + 2
        rows, at = (begin, begin + len(content.tables[1]) - 1), 5
        categories = Cells(sheet, rows[0], 1, rows[1], 2)
    series = [Series(word["h_cost"], Cells(sheet, rows[0], at, rows[1], at), series_colours[1])]
    if of.findings.plan.costs["subsidy_cny"].any():
        cells = Cells(sheet, rows[0], at + 1, rows[1], at + 1)
        series.append(Series(word["chart_subsidy"], cells, series_colours[2]))
    size = (width, chart_rows * row_pixels)
    return columns_chart(of.book, title, categories, series, size=size, labels="#,##0")


def _zones_chart(of: Summary, key: str, figure: str, width: int) -> Any | None:  # noqa: ANN401
    """Return a figure of each zone today, without the plan and with it; None if too many."""
    content = next(each for each in of.sheets if each.key == key)
    states = states_of(of.findings)
    count = len(content) // states
    first = 1 if key == "districts" else 0  # the area itself is no district
    if not 2 <= count - first <= most_townships_drawn:
        return None
    columns = [column.header for column in content.tables[0].columns]
    at = columns.index(of.word[f"h_{figure}"])
    name = columns.index(of.word["h_district" if key == "districts" else "h_township"])
    sheet, top = of.word[f"sheet_{key}"], 3

    def cells(state: int, column: int) -> Cells:
        begin = top + state * count
        return Cells(sheet, begin + first, column, begin + count - 1, column)

    last = of.findings.scenario.last_year
    series = [
        Series(of.word[state].format(year=year), cells(position, at), series_colours[colour])
        for state, year, position, colour in (
            ("figure_today", of.findings.today.year, 0, 0),
            ("state_no_action", last, states - 2, 3),
            ("state_plan", last, states - 1, 1),
        )
    ]
    rows = wide_chart_rows if key == "townships" else chart_rows
    return columns_chart(
        of.book,
        of.word[f"chart_{key}_{figure}"].format(minutes=of.content["minutes"]),
        cells(0, name),
        series,
        size=(width, rows * row_pixels),
        number="0.0" if figure == "per_thousand" else "0%",
        labels=("0.00" if figure == "per_thousand" else "0%")
        if count - first <= most_zones_labelled
        else "",
        is_dense=key == "townships",
    )


def _write_contents(of: Summary) -> None:
    word, book = of.word, of.book
    _write_heading(of, word["contents"])
    of.sheet.write_string(of.row, 0, word["contents_sheet"], book.header_style())
    of.sheet.write_string(of.row, 1, word["contents_rows"], book.header_style())
    _merge(of, 2, word["contents_about"], book.header_style())
    link = book.style(font_color="#0563C1", underline=1)
    for content in of.sheets:
        of.row += 1
        name = word[f"sheet_{content.key}"]
        of.sheet.write_url(of.row, 0, f"internal:'{name}'!A1", link, name)
        book.write(of.sheet, of.row, 1, len(content), "count")
        _merge(of, 2, word[f"title_{content.key}"], book.cell_style("text"))


def _write_heading(of: Summary, text: str) -> None:
    of.sheet.write_string(of.row, 0, text, of.book.heading_style)
    of.sheet.set_row(of.row, 20)
    of.row += 1


def _write_across(of: Summary, text: str, style: Any, larger: float = 1.0) -> None:  # noqa: ANN401
    """Write a text over all columns, in letters so much larger than usual."""
    of.book.write_across(of.sheet, of.row, of.columns, text, style, of.width / larger)
    if larger > 1:
        of.sheet.set_row(of.row, height_of(text, of.width / larger) * larger)
    of.row += 1


def _merge(of: Summary, first: int, text: str, style: Any) -> None:  # noqa: ANN401
    """Write a text into the rest of a row, from a column on."""
    of.sheet.merge_range(of.row, first, of.row, of.columns, "", style)
    of.book.write_text(of.sheet, of.row, first, text, style)


def _has_staff(findings: Findings) -> bool:
    states = [findings.plan.indicators_of(year) for year in findings.scenario.years]
    return any(state.area["staff_at_home"] > 0 for state in (findings.today, *states))


def _pixels(width: float) -> int:
    return int(width * 7 + 5)
