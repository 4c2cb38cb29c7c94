"""Formats, widths and checks of the cells of the workbook."""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

from siting.inputs.columns import Column, yes_no
from siting.new_book import half_widths
from siting.scenario import keys
from siting.scenario.block import Block
from siting.scenario.blocks import block_named_by, blocks
from siting.scenario.parameters import Parameter
from siting.scenario.projections import projections
from siting.spreadsheet import column_letters

rows_to_fill = 5_000
"""Rows below a header that have drop-downs and checks."""
widest, narrowest = 42, 9
"""Columns, in half-width characters."""
line_points = 15.0
header_points = 36.0
"""Height of a line, and of a header of two."""
projection_sheet = "备注 投影坐标系"
"""Holds what the cell of the coordinate system offers, more than fits into the check of a cell."""
font = {"font_name": "Microsoft YaHei", "font_size": 10}


_head = {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"}
_input = {
    "valign": "top",
    "align": "left",
    "bg_color": "#FFFFE5",
    "border": 1,
    "border_color": "#D9D9D9",
}
formats: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 12},
    "header": {**_head, "bg_color": "#D9E1F2"},
    "needed": {**_head, "bg_color": "#FFE699"},
    "rare": {**_head, "bg_color": "#EDEDED", "font_color": "#595959"},
    "section": {"bold": True, "bg_color": "#EDEDED"},
    "example": {"italic": True, "font_color": "#7F7F7F", "bg_color": "#F2F2F2"},
    "key": {"font_color": "#7F7F7F", "font_size": 8, "valign": "top"},
    "hint": {"font_color": "#595959", "text_wrap": True, "valign": "top"},
    "wrap": {"text_wrap": True, "valign": "top"},
    "text": {"num_format": "@"},
    "share": {"num_format": "0.0%"},
    "input": {**_input, "text_wrap": True},
    "input_share": {**_input, "num_format": "0.0%"},
    "input_text": {**_input, "num_format": "@"},
    "command": {"font_name": "Consolas", "indent": 2},
}
"""What a cell is for -> its format."""


def add_formats(book: Any) -> dict[str, Any]:  # noqa: ANN401  (xlsxwriter has no types)
    """Return the formats of a workbook by what they are for."""
    return {name: book.add_format({**font, **values}) for name, values in formats.items()}


def width_of(header: str, values: Iterable[object]) -> int:
    """Return the width of a column that shows its values, and its header in two lines."""
    longest = max((half_widths(str(value)) for value in values if value is not None), default=0)
    return min(max(longest + 3, half_widths(header) // 2 + 3, narrowest), widest)


def height_of(texts: Iterable[tuple[object, int]]) -> float:
    """Return the height of a row that shows each text in a column of the width beside it."""
    lines = [ceil(half_widths(str(text)) * 1.1 / width) for text, width in texts if text]
    return line_points * max([1, *lines]) + 3


def check_of_column(column: Column) -> dict[str, Any] | None:
    """Return the data validation of a column of a table; None where any text will do."""
    if column.name in ("tier", "host"):
        return _one_of(_labels_of({"tier": "tiers", "host": "hosts"}[column.name]))
    if column.choices:
        return _one_of(list(column.choices.values()))
    if column.type == "yes_no":
        return _one_of(list(yes_no.values()))
    if column.type == "text":
        return None
    return _number(column.type == "whole", column.at_least, column.at_most)


def check_of_name(block: Block, column: int) -> dict[str, Any] | None:
    """Return the data validation of a name of the rows of a block; None where any will do."""
    if block.names[column].of_block:
        return _one_of(_labels_of(block.names[column].of_block))
    names = keys.names_at(keys.any_path_of(block.key)) if column == len(block.names) - 1 else ()
    return _one_of([keys.choice_words[name] for name in names]) if names else None


def check_of_key(parameter: Parameter) -> dict[str, Any] | None:
    """Return the data validation of a value of the scenario; None where any text will do."""
    path = keys.any_path_of(parameter.key)
    types = keys.types_at(path)
    if parameter.words is projections:
        cells = f"='{projection_sheet}'!$A$3:$A${2 + len(projections)}"
        return {**_one_of(cells), "show_error": False}  # any other code may be written
    if parameter.member or types == {"boolean"}:
        return _one_of(list(parameter.words) or list(yes_no.values()))
    if block_named_by(path) and "array" not in types:
        return _one_of(_labels_of(block_named_by(path)))
    choices = keys.choices_at(path)
    if choices and "array" not in types:
        return _one_of([keys.choice_words[choice] for choice in choices])
    if types and types <= {"integer", "number"}:
        nodes = keys.nodes_at(path)
        least = [node.get("minimum", node.get("exclusiveMinimum")) for node in nodes]
        most = [node.get("maximum", node.get("exclusiveMaximum")) for node in nodes]
        return _number(
            types == {"integer"},
            None if None in least else min(least),
            None if None in most else max(most),
        )
    return None


def _labels_of(block_key: str) -> str:
    """Return the cells that hold the labels of class kinds, tiers or hosts."""
    block = next(block for block in blocks if block.key == block_key)
    letter = column_letters(2)
    return f"='{block.label}'!${letter}$3:${letter}$60"


def _one_of(source: Sequence[str] | str) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": source,
        "error_title": "请从列表中选择",
        "error_message": "此单元格只能填列表中的词。Choose from the list.",
    }


def _number(whole: bool, least: float | None, most: float | None) -> dict[str, Any] | None:
    bounds = {"minimum": least, "maximum": most}
    expected = "整数" if whole else "数字"
    if least is not None:
        expected += f"，不小于{least:g}"
    if most is not None:
        expected += f"，不大于{most:g}"
    if least is None and most is None:
        criteria: dict[str, Any] = {"criteria": "between", "minimum": -1e12, "maximum": 1e12}
    elif most is None:
        criteria = {"criteria": ">=", "value": least}
    elif least is None:
        criteria = {"criteria": "<=", "value": most}
    else:
        criteria = {"criteria": "between", **bounds}
    return {
        "validate": "integer" if whole else "decimal",
        **criteria,
        "error_title": "数值不符",
        "error_message": f"应为{expected}。",
    }
