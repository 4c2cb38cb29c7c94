"""The workbook that a planner fills in, from the data dictionary and the parameters alone."""

from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path
from typing import Any

import pandas as pd

from siting.inputs import dictionary
from siting.inputs.columns import Column, Table, yes_no
from siting.new_book import new_workbook
from siting.scenario import Scenario, keys
from siting.scenario.block import Block
from siting.scenario.blocks import blocks
from siting.scenario.children import Children, ClassKind
from siting.scenario.parameters import (
    Parameter,
    Written,
    example_mark,
    parameter_headers,
    parameter_sheet,
    sections,
)
from siting.scenario.projections import projections
from siting.scenario.sheets import Row
from siting.scenario.tiers import Host, Tier
from siting.scenario.workbook import guide_sheet, read_answers
from siting.template import examples, guide
from siting.template.cells import (
    add_formats,
    check_of_column,
    check_of_key,
    check_of_name,
    header_points,
    height_of,
    projection_sheet,
    rows_to_fill,
    width_of,
)
from siting.template.filled import Filled

order = (
    *(parameter_sheet, "目标", "年度", "入托意愿"),
    *("常住人口", "机构", "载体", "新建居住区", "医疗机构"),
    *("乡镇驻地", "需求单元", "跟踪指标", "补充坐标"),
    *("费用", "分年入托意愿", "分类指导"),
    *("班型", "服务层级", "载体类型", "道路速度"),
)
to_fill = (parameter_sheet, "目标", "年度", "入托意愿", "常住人口", "机构", "载体")
standard = ("班型", "服务层级", "载体类型", "道路速度")
page_width = 190
"""Half-width characters that a landscape page shows legibly."""
Formats = Mapping[str, Any]
parameter_widths = {"label": 26, "value": 26, "unit": 10, "source": 34, "hint": 46, "key": 30}


def write_workbook(
    path: Path,
    filled: Filled | None = None,
    scenario: Scenario | None = None,
    frames: Mapping[str, pd.DataFrame] | None = None,
) -> None:
    """Write the workbook that a planner fills in.

    A sheet for each table of the data dictionary, the parameters and the blocks of
    the scenario, with headers, units, drop-downs, checks and an example.

    Parameters
    ----------
    filled, scenario, frames
        What to fill it with: cells of a scenario, the scenario, whose labels name columns, and its
        tables; standard values alone where they are left out.
    """
    frames = frames or {}
    mark = "（示意数据）" if scenario is not None and scenario.illustrative else ""
    with new_workbook(path, "托位布局规划") as book:
        styles = add_formats(book)
        by_label = {block.label: block for block in blocks}
        tables = {
            table.label: table
            for table in dictionary.tables_of(scenario or standard_scenario()).values()
        }
        _write_guide(book.add_worksheet(guide_sheet), styles)
        for label in order:
            sheet = book.add_worksheet(label)
            sheet.set_tab_color(
                "#FFC000" if label in to_fill else "#A6A6A6" if label in standard else "#9DC3E6"
            )
            if label == parameter_sheet:
                _write_parameters(sheet, styles, parameter_rows(filled))
            elif label in by_label:
                block = by_label[label]
                rows = filled.rows[block.key] if filled else block.rows
                _write_block(sheet, block, styles, rows, mark)
            else:
                table = tables[label]
                frame = frames.get(table.name, pd.DataFrame())
                _write_table(sheet, table, styles, frame, mark)
        _write_projections(book.add_worksheet(projection_sheet), styles)


def parameter_rows(filled: Filled | None = None) -> list[dict[str, Written]]:
    """Return the rows of the sheet of parameters: name of a column -> what stands there."""
    standard = filled is None
    values = {} if filled is None else filled.values
    sources = {} if filled is None else filled.sources
    rows: list[dict[str, Written]] = []
    for title, section in sections.items():
        rows.append({"label": title})
        for parameter in section:
            row: dict[str, Written] = {
                "label": parameter.label + ("*" if parameter.needed else ""),
                "unit": parameter.unit,
                "source": parameter.source if standard else sources.get(parameter.key, ""),
                "hint": _hint(parameter),
                "key": parameter.key,
            }
            value = parameter.value if standard else values.get(parameter.key)
            if value is not None:
                row["value"] = value
            rows.append({name: value for name, value in row.items() if value != ""})
    if filled is not None and filled.further:
        rows.append({"label": "其他"})
        rows += [{"label": key, "value": v, "key": key} for key, v in filled.further.items()]
    return rows


def standard_values() -> dict[Any, Any]:
    """Return the values of a workbook that nobody has filled in yet."""
    names = list(parameter_headers)
    rows: list[list[Written | None]] = [
        [row.get(name) for name in names] for row in parameter_rows()
    ]
    sheets: dict[str, Sequence[Sequence[object]]] = {}
    sheets[parameter_sheet] = [[*parameter_headers.values()], *rows]
    for block in blocks:
        sheets[block.label] = [[*block.headers], *map(list, block.rows)]
    return read_answers({name: _as_read(rows) for name, rows in sheets.items()}, Path()).values


def _as_read(rows: Sequence[Sequence[object]]) -> tuple[Row, ...]:
    return tuple(
        Row(f"row {i}", {k: value for k, value in enumerate(row, 1) if value is not None})
        for i, row in enumerate(rows, 1)
    )


def standard_scenario() -> Scenario:
    """Return the standard class kinds, tiers, hosts and bands, as a scenario without a study."""
    values = standard_values()
    bands = next(block for block in blocks if block.key == "children.take_up").rows
    return Scenario.model_construct(
        children=Children.model_construct(take_up={str(row[0]): 0.0 for row in bands}),
        class_kinds={k: ClassKind.model_validate(v) for k, v in values["class_kinds"].items()},
        tiers={k: Tier.model_validate(v) for k, v in values["tiers"].items()},
        hosts={k: Host.model_validate(v) for k, v in values["hosts"].items()},
    )


def _hint(parameter: Parameter) -> str:
    """Return what to write, and what stands where nothing is written."""
    path = keys.any_path_of(parameter.key)
    defaults = [node.get("default") for node in keys.nodes_at(path)]
    default = defaults[0]
    if parameter.value is not None or default in (None, "", [], {}):
        return parameter.hint
    if any(other != default for other in defaults):
        return parameter.hint
    if isinstance(default, bool):
        default = yes_no["yes" if default else "no"]
    items = default if isinstance(default, list | tuple) else [default]
    told = f"不填为 {'、'.join(_shown(item, is_share=parameter.is_share) for item in items)}"
    return f"{parameter.hint}；{told}" if parameter.hint else told


def _shown(value: object, *, is_share: bool) -> str:
    if isinstance(value, int | float) and is_share:
        return f"{value:.0%}"
    text = f"{value:.6g}" if isinstance(value, float) else str(value)
    return keys.choice_words.get(text, text)


def _write_guide(sheet: Any, styles: Formats) -> None:  # noqa: ANN401
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 110)
    formats = {"h": styles["title"], "c": styles["command"], "": styles["wrap"]}
    for row, (kind, text) in enumerate(guide.lines):
        sheet.write_string(row, 0, text, formats[kind])
        sheet.set_row(row, height_of([(text, 110)]))
    _set_print(sheet, 110)


def _write_parameters(sheet: Any, styles: Formats, rows: list[dict[str, Written]]) -> None:  # noqa: ANN401
    names = list(parameter_headers)
    for column, (name, header) in enumerate(parameter_headers.items()):
        sheet.set_column(column, column, parameter_widths[name])
        sheet.write_string(0, column, header, styles["header"])
    known = {p.key: p for section in sections.values() for p in section}
    for number, row in enumerate(rows, start=1):
        parameter = known.get(str(row.get("key")))
        told = [(row.get(name), parameter_widths[name]) for name in ("value", "source", "hint")]
        sheet.set_row(number, height_of(told))
        for column, name in enumerate(names):
            style = {"key": styles["key"], "hint": styles["hint"]}.get(name, styles["wrap"])
            if parameter is None and "key" not in row:
                style = styles["section"]
            elif name == "value" and parameter is not None:
                style = _style_of(parameter, styles, is_input=True)
            elif name == "source":
                style = styles["input"]
            _write(sheet, number, column, row.get(name), style)
        if parameter is not None:
            check = check_of_key(parameter)
            if check is not None:
                sheet.data_validation(number, 1, number, 1, check)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    _set_print(sheet, sum(parameter_widths.values()))


def _write_block(
    sheet: Any,  # noqa: ANN401
    block: Block,
    styles: Formats,
    filled: Sequence[Sequence[Written | None]],
    mark: str,
) -> None:
    rows = [*filled, *map(_marked, block.examples)]
    columns: list[Parameter | None] = [*[None] * len(block.names), *block.columns]
    widths = []
    for column, parameter in enumerate(columns):
        if parameter is None:
            name = block.names[column]
            header, comment = f"{name.label}*", name.hint
            _check(sheet, column, check_of_name(block, column))
        else:
            header = _with_unit(parameter.label, parameter.unit) + "*" * parameter.needed
            comment = _hint(parameter)
            _check(sheet, column, check_of_key(parameter))
        style = "needed" if header.endswith("*") else "header"
        style = "rare" if parameter is not None and parameter.is_rare else style
        widths.append(width_of(header, [row[column] for row in rows]))
        sheet.set_column(column, column, widths[-1], _style_of(parameter, styles))
        sheet.write_string(1, column, header, styles[style])
        if comment:
            sheet.write_comment(1, column, comment)
    for number, row in enumerate(rows, start=2):
        is_example = number - 2 >= len(filled)
        sheet.set_row(number, height_of(zip(row, widths, strict=True)))
        for column, parameter in enumerate(columns):
            look = styles["example"] if is_example else _style_of(parameter, styles, is_input=True)
            _write(sheet, number, column, row[column], look)
    title = f"{block.label}{mark}：{block.hint}"
    _write_head(sheet, title, max(len(block.names), 1), widths, styles)


def _write_projections(sheet: Any, styles: Formats) -> None:  # noqa: ANN401
    title = "投影坐标系：“参数”中可选的各行；选中央经线离本区县最近的一行。本表不读入。"
    widths = [width_of("", projections), 22]
    for column, (header, width) in enumerate(zip(("坐标系", "EPSG 代码"), widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, header, styles["header"])
    for row, named in enumerate(projections.items(), start=2):
        for column, text in enumerate(named):
            sheet.write_string(row, column, text, styles["wrap"])
    _write_head(sheet, title, 1, widths, styles)


def _style_of(parameter: Parameter | None, styles: Formats, *, is_input: bool = False) -> Any:  # noqa: ANN401
    is_list = parameter and "array" in keys.types_at(keys.any_path_of(parameter.key))
    if parameter is None or (is_list and not parameter.member):
        return styles["input_text"] if is_input else styles["text"]
    if parameter.is_share:
        return styles["input_share"] if is_input else styles["share"]
    return styles["input"] if is_input else styles["wrap"]


def _write_table(
    sheet: Any,  # noqa: ANN401
    table: Table,
    styles: Formats,
    frame: pd.DataFrame,
    mark: str,
) -> None:
    example = examples.rows[table.name]
    values = _marked([_in_chinese(c, example.get(c.name)) for c in table.columns])
    widths = []
    for column, entry in enumerate(table.columns):
        unit = examples.units.get(entry.unit, entry.unit)
        header = _with_unit(entry.label, unit) + ("*" if entry.required else "")
        widths.append(width_of(header, [values[column], *frame.get(entry.name, ())]))
        style = styles["text"] if entry.type == "text" else None
        sheet.set_column(column, column, widths[-1], style)
        sheet.write_string(
            1, column, header, styles["needed"] if entry.required else styles["header"]
        )
        sheet.write_comment(1, column, _comment(entry), {"x_scale": 2, "y_scale": 1.4})
        _write(sheet, 2, column, values[column], styles["example"])
        _check(sheet, column, check_of_column(entry))
        for number, value in enumerate(frame.get(entry.name, ()), start=3):
            if not pd.isna(value) and value != "":
                _write(sheet, number, column, _cell_of(entry, value), style)
    _write_head(sheet, f"{table.label}{mark}：{examples.tables[table.name]}", 2, widths, styles)


def _write_head(
    sheet: Any,  # noqa: ANN401
    title: str,
    frozen_columns: int,
    widths: Sequence[int],
    styles: Formats,
) -> None:
    sheet.write_string(0, 0, title, styles["title"])
    sheet.set_row(0, 22)
    sheet.set_row(1, header_points)
    sheet.freeze_panes(2, frozen_columns)
    sheet.repeat_rows(0, 1)
    sheet.repeat_columns(0, frozen_columns - 1)
    _set_print(sheet, sum(widths))


def _with_unit(label: str, unit: str) -> str:
    return f"{label}（{unit}）" if unit else label


def _marked(row: Sequence[Written | None]) -> list[Written | None]:
    """Return a row with its first filled cell marked as that of an example."""
    first = next(i for i, value in enumerate(row) if value is not None)
    return [f"{example_mark}{value}" if i == first else value for i, value in enumerate(row)]


def _in_chinese(column: Column, value: Written | None) -> Written | None:
    words = yes_no if column.type == "yes_no" else column.choices
    return words.get(str(value), value)


def _cell_of(column: Column, value: Any) -> Written | None:  # noqa: ANN401
    """Return a value of a table as it is written."""
    if column.type == "yes_no":
        return yes_no["yes" if value else "no"]
    if column.type == "text":
        return _in_chinese(column, str(value))
    return int(value) if float(value).is_integer() else float(value)


def _comment(column: Column) -> str:
    told = [examples.hints.get(column.name, ""), "必填" if column.required else "可不填"]
    if not column.required and column.default not in (None, ""):
        told.append(f"不填为 {_in_chinese(column, column.default)}")
    return "\n".join([*filter(None, told), column.meaning, f"({column.name})"])


def _check(sheet: Any, column: int, check: dict[str, Any] | None) -> None:  # noqa: ANN401
    if check is not None:
        sheet.data_validation(2, column, 1 + rows_to_fill, column, check)


def _write(sheet: Any, row: int, column: int, value: Written | None, style: Any) -> None:  # noqa: ANN401
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)


def _set_print(sheet: Any, width: int) -> None:  # noqa: ANN401
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(ceil(width / page_width), 0)
    sheet.set_footer("&L&A&R&P / &N")
