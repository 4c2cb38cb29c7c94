"""Workbook of a planner -> plain values of a scenario, and the cell of each.

The sheet of :mod:`siting.scenario.parameters` and those of :mod:`siting.scenario.blocks` become
values; those of tables, where they hold rows, are named as the input files.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from siting.errors import Problem, ScenarioError
from siting.scenario import keys
from siting.scenario.block import Block, RowName
from siting.scenario.blocks import block_named_by, blocks
from siting.scenario.hints import hint_in_english
from siting.scenario.keys import KeyPath
from siting.scenario.parameters import (
    Parameter,
    parameter_headers,
    parameter_sheet,
    sections,
    table_sheets,
)
from siting.scenario.sheets import Cell, Row, Sheet, below_header, has_rows, read_rows

workbook_endings = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
"""Endings of spreadsheets; those that are not read are told to be saved as .xlsx."""
guide_sheet = "说明"
own_sheet = re.compile(r"备注|_|note", re.IGNORECASE)
"""Sheets whose name begins so are the planner's own."""


RowPath = tuple[str | int, ...]
"""What names a row of a block."""


@dataclass(frozen=True)
class WorkbookFile:
    """A workbook as the plain values of a scenario, and the cell of each.

    Attributes
    ----------
    path
        The file.
    values
        Dictionaries, tuples, texts, numbers.
    marks
        Path of keys and list positions -> where it stands, also of cells left empty; what holds
        several values stands where its sheet or its first value does.
    problems
        What of the sheets could not be read.
    sheets
        Names of the sheets, in their order.
    """

    path: Path
    values: dict[Any, Any]
    marks: dict[KeyPath, str]
    problems: tuple[Problem, ...] = ()
    sheets: tuple[str, ...] = ()

    def place(self, path: KeyPath) -> str:
        """Return the cell of a value, or of the nearest value around it."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, str(self.path))


@dataclass
class _Answers:
    """What the sheets say, gathered cell by cell."""

    values: dict[KeyPath, Any] = field(default_factory=dict)
    texts: dict[KeyPath, list[str]] = field(default_factory=dict)
    marks: dict[KeyPath, str] = field(default_factory=dict)
    names: dict[str, dict[str, str | int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, place: str, what: str, remedy: str) -> None:
        self.problems.append(Problem(place, what, remedy))

    def put(self, path: KeyPath, cell: Cell, parameter: Parameter | None = None) -> None:
        """Keep the value of a cell under a key."""
        if path in self.values:
            what, remedy = _twice(path)
            self.refuse(cell.place, f"{what}, first at {self.marks[path]}", remedy)
            return
        labels = self.names.get(block_named_by(path), {})
        words = {**(parameter.words if parameter else {}), **labels}
        self.values[path] = keys.value_at(path, cell.value, words)
        self.marks[path] = cell.place

    def add_text(self, path: KeyPath, cell: Cell) -> None:
        """Keep a text beside the others under the same key."""
        texts = self.texts.setdefault(path, [])
        if str(cell.value).strip() not in texts:
            texts.append(str(cell.value).strip())
        self.marks[path] = self.marks.get(path, cell.place)


def read_workbook(path: Path) -> WorkbookFile:
    """Read the scenario that a planner has filled in.

    A sheet, key or header that is unknown or stands twice, and a cell with an error or a date,
    are among the problems of what is returned, beside the values that could be read.

    Raises
    ------
    ScenarioError
        The file is missing, is no workbook or is too large, or has no sheet of parameters.
    """
    ours = {parameter_sheet, *(block.label for block in blocks)}
    rows, problems = read_rows(path, ours)
    file = read_answers(rows, path)
    told = {problem.place for problem in problems}
    beside = (problem for problem in file.problems if problem.place not in told)
    return replace(file, problems=(*problems, *beside))


def read_answers(rows: Mapping[str, tuple[Row, ...]], path: Path) -> WorkbookFile:
    """Read the scenario from the filled rows of the sheets.

    Parameters
    ----------
    rows
        Name of a sheet -> its filled rows.
    path
        The file, for messages and to name its tables.

    Raises
    ------
    ScenarioError
        There is no sheet of parameters.
    """
    if parameter_sheet not in rows:
        what, remedy = f"has no sheet '{parameter_sheet}'", "fill in the one of 'siting init'"
        raise ScenarioError([Problem(str(path), what, remedy)])
    answers = _Answers(problems=_unknown_sheets(path, rows))
    for block in blocks:
        _read_block(block, rows.get(block.label, ()), f"{path}, sheet {block.label}", answers)
    _read_parameters(rows[parameter_sheet], f"{path}, sheet {parameter_sheet}", answers)
    for name, sheet in table_sheets.items():
        cell = Cell(f"{path}, sheet {sheet}", f"{path.name}#{sheet}")
        if has_rows(rows.get(sheet, ())):
            answers.put(("inputs", name), cell)
        answers.marks.setdefault(("inputs", name), cell.place)
    for key, texts in answers.texts.items():
        text = tuple(texts) if key == ("sources",) else "；".join(texts)
        if answers.values.setdefault(key, text) != text:
            answers.refuse(answers.marks[key], *_twice(key))
    for key in tuple(answers.values):
        if any(key[:length] in answers.values for length in range(1, len(key))):
            answers.refuse(answers.marks[key], *_twice(key))
            del answers.values[key]
    around = {
        path[:length]: mark
        for path, mark in reversed(answers.marks.items())
        for length in range(1, len(path))
    }
    marks = {**around, **answers.marks}
    return WorkbookFile(path, _nested(answers.values), marks, tuple(answers.problems), tuple(rows))


def _twice(path: KeyPath) -> tuple[str, str]:
    return f"'{keys.dotted(path)}' stands twice", "keep one of the two"


def _unknown_sheets(path: Path, rows: Mapping[str, tuple[Row, ...]]) -> list[Problem]:
    known = [
        parameter_sheet,
        guide_sheet,
        *(block.label for block in blocks),
        *table_sheets.values(),
    ]
    problems = []
    for name in rows:
        if rows[name] and name not in known and not own_sheet.match(name):
            near = get_close_matches(name, known, n=1)
            what = "the sheet is not known" + (f"; is it '{near[0]}'?" if near else "")
            remedy = "correct its name, or begin it with 备注 where it is for yourself"
            problems.append(Problem(f"{path}, sheet {name}", what, remedy))
    return problems


def _read_block(block: Block, rows: tuple[Row, ...], place: str, answers: _Answers) -> None:
    """Read a sheet with a row for each class kind, tier, target, ..."""
    base = keys.path_of(block.key.split(".{}")[0])
    answers.marks.setdefault(base, place)
    sheet, problems = below_header(rows, place, block.headers, block.headers[0])
    answers.problems += problems
    if sheet is None:
        return
    for column in block.columns:
        if "{}" not in column.key:
            answers.marks.setdefault(keys.path_of(column.key), sheet.place_under(column.label))
    places: dict[RowPath, str] = {}
    for position, row in enumerate(sheet.rows):
        names = _row_names(block, sheet, row, answers) if block.names else (position,)
        if names is None:
            continue
        if names in places:
            what = f"'{'、'.join(map(str, names))}' stands twice, first in {places[names]}"
            answers.refuse(row.place, what, "keep one of the two rows")
            continue
        places[names] = row.place
        for column in block.columns:
            _read_column(column, names, sheet, row, answers)
    if len(block.names) == 1:
        answers.names[block.key] = {str(name): name for (name,) in places}
        labels = {name: answers.values.get((*base, name, "label")) for (name,) in places}
        answers.names[block.key] |= {str(label): name for name, label in labels.items() if label}


def _row_names(block: Block, sheet: Sheet, row: Row, answers: _Answers) -> RowPath | None:
    """Return what names a row; None, and a problem where something is lost, if nothing does."""
    filled = [header for header in block.headers if sheet.cell(row, header)]
    names: RowPath = ()
    path: KeyPath = ()
    for part in (*keys.path_of(block.key), "{}"):
        if part != "{}":
            path = (*path, part)
            continue
        column = block.names[len(names)]
        cell = sheet.cell(row, column.label)
        if cell is None:
            if filled:
                what = f"the column '{column.label}' is empty"
                place = sheet.place_of(row, column.label)
                answers.refuse(place, what, f"fill it in: {hint_in_english(column.hint)}")
            return None
        name = _row_name(column, cell, path, answers)
        if name is None:
            return None
        names, path = (*names, name), (*path, name)
        if len(names) < len(block.names) and not column.of_block:
            answers.marks.setdefault(path, cell.place)
    if len(filled) == len(names) and "object" in keys.types_at(path):
        what = f"the row of '{'、'.join(map(str, names))}' is empty"
        place = sheet.place_of(row, block.headers[0])
        answers.refuse(place, what, "fill it in, or remove it")
        return None
    return names


def _row_name(column: RowName, cell: Cell, path: KeyPath, answers: _Answers) -> str | int | None:
    """Return what a cell names; None, and a problem, if it cannot be the name of a row."""
    text = keys.plain(cell.value)
    known: dict[str, str | int] = {
        keys.plain(keys.choice_words[choice]): choice for choice in keys.names_at(path)
    }
    if column.of_block:
        labels = answers.names.get(column.of_block, {})
        known = {keys.plain(label): name for label, name in labels.items()}
    name = known.get(text, int(text) if text.isdecimal() else text)
    is_unknown = bool(column.of_block) and text not in known
    if is_unknown or not keys.nodes_at((*path, name)):
        what = f"'{text}' cannot be the {column.label} of a row"
        answers.refuse(cell.place, what, f"write {hint_in_english(column.hint)}")
        return None
    return name


def _read_column(
    column: Parameter, names: RowPath, sheet: Sheet, row: Row, answers: _Answers
) -> None:
    cell = sheet.cell(row, column.label)
    left = iter(names)
    path = tuple(next(left) if part == "{}" else part for part in keys.path_of(column.key))
    answers.marks.setdefault(path, sheet.place_of(row, column.label))
    if column.member:
        members = answers.values.setdefault(path, ())
        if cell is None:
            return
        answer = keys.yes_or_no(cell.value)
        if answer is None:
            what = f"是 or 否 expected, found {cell.value!r}"
            answers.refuse(cell.place, what, f"write 是 or 否: {column.label}")
        elif answer:
            answers.values[path] = (*members, column.member)
    elif cell is not None and "{}" not in column.key:
        answers.add_text(path, cell)
    elif cell is not None:
        answers.put(path, cell, column)


def _read_parameters(rows: tuple[Row, ...], place: str, answers: _Answers) -> None:
    """Read the sheet with a key and its value in each row."""
    key_header, value_header = parameter_headers["key"], parameter_headers["value"]
    sheet, problems = below_header(rows, place, parameter_headers.values(), key_header)
    answers.problems += problems
    if sheet is None:
        return
    known = {p.key: p for section in sections.values() for p in section}
    for row in sheet.rows:
        cell = sheet.cell(row, value_header)
        key = sheet.cell(row, key_header)
        if key is None and cell is not None:
            answers.refuse(
                cell.place, "the row has a value and no key", "copy it from the template"
            )
        if key is None:
            continue
        path = keys.path_of(keys.plain(key.value))
        if not keys.nodes_at(path):
            meant = keys.likely_key(path)
            what = f"the key '{keys.dotted(path)}' is not known"
            what += f"; is it '{meant}'?" if meant else ""
            answers.refuse(key.place, what, "correct it, or remove the row")
            continue
        parameter = known.get(keys.dotted(path), Parameter(keys.dotted(path), ""))
        answers.marks.setdefault(path, sheet.place_of(row, value_header))
        if cell is not None and path[0] == "sources":
            answers.add_text(("sources",), cell)
            continue
        if cell is not None:
            answers.put(path, cell, parameter)
        if cell is not None or parameter.source_key:
            _read_source(parameter, sheet, row, answers)


def _read_source(parameter: Parameter, sheet: Sheet, row: Row, answers: _Answers) -> None:
    """Read the source beside a value; one that no key asks for goes under ``sources``."""
    cell = sheet.cell(row, parameter_headers["source"])
    if parameter.source_key:
        path = keys.path_of(parameter.source_key)
        answers.marks.setdefault(path, sheet.place_of(row, parameter_headers["source"]))
        if cell is not None:
            answers.add_text(path, cell)
    elif cell is not None:
        told = f"{parameter.label or parameter.key}：{cell.value}"
        answers.add_text(("sources",), Cell(cell.place, told))


def _nested(values: Mapping[KeyPath, Any]) -> dict[Any, Any]:
    """Return values by path as dictionaries in dictionaries, with tuples where lists are meant."""
    top: dict[Any, Any] = {}
    for path, value in values.items():
        inside = top
        for part in path[:-1]:
            inside = inside.setdefault(part, {})
        inside[path[-1]] = value
    return _with_lists(top, ())


def _with_lists(value: Any, path: KeyPath) -> Any:  # noqa: ANN401  (plain values)
    if not isinstance(value, dict):
        return value
    inner = {part: _with_lists(child, (*path, part)) for part, child in value.items()}
    if "array" in keys.types_at(path):
        return tuple(inner[part] for part in sorted(inner))
    return inner
