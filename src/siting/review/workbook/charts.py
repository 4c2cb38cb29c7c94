"""Charts of the summary, each drawn from cells of the workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from siting.review.workbook.sheet import Book, colours, font

series_colours = ("#A6A6A6", "#0072B2", "#E69F00", "#56B4E9", "#D55E00", "#CC79A7")
"""First that of today; told apart by colour-blind readers too (Okabe and Ito)."""
small = {"name": font["font_name"], "size": 9, "bold": False}


@dataclass(frozen=True)
class Cells:
    """A block of cells of a sheet, rows and columns counted from 0."""

    sheet: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def told(self) -> list[str | int]:
        """As xlsxwriter wants it."""
        return [self.sheet, self.first_row, self.first_column, self.last_row, self.last_column]


@dataclass(frozen=True)
class Series:
    """What is drawn in one colour."""

    name: str
    values: Cells
    colour: str
    label_colour: str = "#404040"


def columns_chart(
    book: Book,
    title: str,
    categories: Cells,
    series: Sequence[Series],
    *,
    size: tuple[int, int],
    is_stacked: bool = False,
    number: str = "#,##0",
    labels: str = "",
    is_dense: bool = False,
) -> Any:  # noqa: ANN401  (xlsxwriter has no types)
    """Return a chart of columns.

    Parameters
    ----------
    size
        Width and height, pixels.
    number
        Format of the figures of the axis.
    labels
        Format of the figures written at the columns; none writes none.
    is_dense
        Whether there are so many categories that their names stand upright.
    """
    options = {"type": "column"} | ({"subtype": "stacked"} if is_stacked else {})
    chart = book.book.add_chart(options)
    for each in series:
        told: dict[str, Any] = {
            "name": each.name,
            "categories": categories.told,
            "values": each.values.told,
            "fill": {"color": each.colour},
            "border": {"none": True},
            "gap": 60,
        }
        if labels:
            told["data_labels"] = {
                "value": True,
                "num_format": labels,
                "font": {**small, "color": each.label_colour},
            }
        if not is_stacked and len(series) > 1:
            told["overlap"] = -5
        chart.add_series(told)
    chart.set_title(
        {
            "name": title,
            "overlay": False,
            "name_font": {**small, "size": 11, "bold": True, "color": colours["ink"]},
        }
    )
    line = {"color": colours["line"]}
    names = {**small, "size": 7, "rotation": -90} if is_dense else small
    chart.set_x_axis(
        {"num_font": names, "line": line, "major_tick_mark": "none", "interval_unit": 1}
    )
    chart.set_y_axis(
        {
            "num_font": small,
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": "#E5E5E5"}},
            "num_format": number,
            "min": 0,
        }
    )
    if len(series) > 1:
        chart.set_legend({"position": "bottom", "font": small})
    else:
        chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"color": "#E5E5E5"}})
    chart.set_size({"width": size[0], "height": size[1]})
    return chart
