"""The template of a study, filled in as a planner would, with the tiny town of small_study."""

import warnings
from pathlib import Path

import openpyxl
import pandas as pd

import small_study
from siting.inputs import dictionary
from siting.inputs.columns import Table, yes_no
from siting.scenario.parameters import parameter_sheet, table_sheets
from siting.scenario.sheets import header_word
from siting.template import write_study

town = small_study.town
parameters = {
    "name": "drawn town",
    "crs": "EPSG:32650",
    "base_year": 2025.0,
    "years": "２０２５",
    "inputs.streets": "streets.gpkg",
    "inputs.townships": "townships.geojson",
    "population.kind": "需求单元表",
    "walk.speed_kph": 3.6,
    "solver.gap": 0,
    "solver.threads": 1,
}
blocks = {
    "班型": [
        ("small", "托小班", 15, "12-24", "drawn"),
        ("large", "托大班", 20, "24－36", "drawn"),
        ("mixed", "混合班", 18.0, "12-24、24-36", "drawn"),
    ],
    "服务层级": [
        ("institution", "托育机构", 5, "步行", None, "托小班、托大班,mixed", *"是是是是"),
        ("kindergarten", "幼儿园托班", "5", None, "去程", "large", *"是是否", None),
    ],
    "载体类型": [("house", "用房")],
    "入托意愿": [("0-12", 0, "drawn"), ("12-24", "50%", "drawn"), ("24-36", 0.5, "drawn")],
    "年度": [(2025, 1 / 3, "drawn")],
    "目标": [
        ("per_thousand", "每千人口托位数", 2025, 25, "约束", None, "drawn"),
        ("population_coverage", "population_coverage", 2025, "95%", "预期", None, "drawn"),
    ],
}
headers = {
    "混合编班数（班）": "混合班数（班）",
    "在托0-6月龄（人）": "在托0-12月龄（人）",
    "在托6-12月龄（人）": None,
    "在托12-18月龄（人）": "在托12-24月龄（人）",
    "在托18-24月龄（人）": None,
}
"""The columns of class kinds and age bands that are called otherwise in the town."""


def write(folder: Path) -> Path:
    """Write the study of the tiny town with its tables in a workbook; return its path."""
    small_study.write(folder)
    (folder / "town.yaml").unlink()
    write_study(folder)
    path = folder / "study.xlsx"
    with edited(path) as book:
        for sheet, rows in blocks.items():
            set_rows(book[sheet], rows)
        for key, value in parameters.items():
            value_cell(book, key).value = value
        for row in book[parameter_sheet].iter_rows(min_row=2):
            if row[3].value is not None:
                row[3].value = "drawn" if row[0].value == "步行速度" else None
        for cell in book["机构"][2]:
            cell.value = headers.get(cell.value, cell.value)
        for name, table in dictionary.tables_of(town.asked).items():
            file = folder / f"{name}.csv"
            if name in table_sheets and file.exists():
                frame = pd.read_csv(file, dtype={"township_code": str})
                set_table(book[table.label], table, frame)
                file.unlink()
    return path


class edited:  # noqa: N801  (reads as a word)
    """A workbook opened to be changed, and saved at the end."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> openpyxl.Workbook:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.book = openpyxl.load_workbook(self.path)
        return self.book

    def __exit__(self, *_: object) -> None:
        self.book.save(self.path)


def value_cell(book: openpyxl.Workbook, key: str) -> openpyxl.cell.Cell:
    """Return the cell that holds the value of a key."""
    sheet = book[parameter_sheet]
    return next(row[1] for row in sheet.iter_rows(min_row=2) if row[5].value == key)


def set_rows(sheet: openpyxl.worksheet.worksheet.Worksheet, rows: list[tuple]) -> None:
    """Put rows below the header in place of what stands there."""
    sheet.delete_rows(3, sheet.max_row)
    for row in rows:
        sheet.append(row)


def set_table(sheet, table: Table, frame: pd.DataFrame) -> None:
    """Put the rows of a table below the example, each column under its header."""
    by_header = {header_word(cell.value): cell.column for cell in sheet[2] if cell.value}
    words = {c.name: yes_no if c.type == "yes_no" else c.choices for c in table.columns}
    for number, row in enumerate(frame.to_dict("records"), start=4):
        for column in table.columns:
            value = row.get(column.name)
            if value is not None and not pd.isna(value):
                position = by_header[header_word(column.label)]
                sheet.cell(number, position, words[column.name].get(value, value))
