"""Write docs/tables.md from the data dictionary of the default scenario."""

from pathlib import Path

import siting
from siting.inputs import dictionary
from siting.inputs.columns import Column, Table

docs = Path(__file__).parent
head = """# Tables of a study

Made from the data dictionary (`siting/inputs/dictionary.py`) by `make docs`, for the class kinds
and age bands of `scenarios/wuhan.yaml`. A header may be the column or the header given here, with
spaces, a `*` behind it or a unit in brackets; words of a choice may be Chinese too.

CSV files are read as UTF-8 (with or without byte order mark) or GB18030. A sheet of a workbook is
named as `study.xlsx#机构`; a workbook with one sheet needs no `#`. Titles above the header are
passed over, and so are rows that begin with 示例. Columns that are not listed are left unread.
Townships and communities are polygon layers with these columns as attributes: GeoPackage
(`zones.gpkg#layer` where it has several), GeoJSON, GeoParquet, Shapefile, KML. New residential
areas are such a layer, without `lon`, `lat` and `area_ha`, or a table with them. The names that a
Shapefile cuts to ten bytes are known. Invalid polygons are repaired where that changes their area
by at most 1 %.

**Codes** (6 digits county, 9 township, 12 village) are texts; what a spreadsheet has turned into
3.10104E+11 is refused. 310104001 and 310104001000 are the same township. A row whose code is
empty or unknown is matched by its name within its parent, if only one zone has it.

**Coordinates** are WGS-84; with `inputs.coordinates: gcj02` or `bd09` those of the tables (not of
the layers, and not of `placed`) are converted. A row with an address and no coordinates is listed
apart, and not planned with until `placed` gives it some.

**Numbers** may have thousands separators and full-width digits; 1.2万, 12% and dates are refused,
and so are cells that show an error, were never computed or are hidden in a merged block.
"""


def text() -> str:
    """Return the page."""
    scenario = siting.load(docs.parent / "scenarios" / "wuhan.yaml")
    tables = dictionary.tables_of(scenario).values()
    return "\n".join([head, *(section(table) for table in tables)])


def section(table: Table) -> str:
    """Return the section of a table."""
    rows = [
        f"| `{c.name}` | {', '.join((c.label, *c.also))} | {kind(c)} | {c.unit} | "
        f"{'yes' if c.required else f'no ({default(c)})'} | {c.meaning} |"
        for c in table.columns
    ]
    return "\n".join(
        [
            f"## {table.name} ({table.label})",
            f"One row for each {' and '.join(f'`{name}`' for name in table.key)}.",
            "",
            "| column | header | type | unit | required (else) | meaning |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


def default(column: Column) -> str:
    """Return what an optional column holds where it is absent or empty."""
    if column.default is None:
        return "empty"
    if column.type == "yes_no":
        return "yes" if column.default else "no"
    return f"{column.default:g}" if isinstance(column.default, int | float) else column.default


def kind(column: Column) -> str:
    """Return the type of a column with its bounds or choices."""
    if column.choices:
        return " / ".join(f"`{word}` {label}" for word, label in column.choices.items())
    bounds = [
        f"{sign} {value:g}"
        for sign, value in (("≥", column.at_least), ("≤", column.at_most))
        if value is not None
    ]
    return " ".join([column.type.replace("_", "/"), *bounds])


if __name__ == "__main__":
    (docs / "tables.md").write_text(text(), encoding="utf-8", newline="\n")
