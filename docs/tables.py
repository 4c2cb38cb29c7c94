"""Write docs/tables.md from the data dictionary of the default scenario."""

from pathlib import Path

import siting
from siting.inputs import dictionary

docs = Path(__file__).parent
head = """# Tables of a study

Made from the data dictionary (`siting/inputs/dictionary.py`) by `make docs`, for the class kinds
and age bands of `scenarios/wuhan.yaml`. CSV files are read as UTF-8 (with or without byte order
mark) or GB18030. Columns that are not listed are left unread. Townships and communities are
polygon layers with these columns as attributes.
"""


def text() -> str:
    """Return the page."""
    scenario = siting.load(docs.parent / "scenarios" / "wuhan.yaml")
    tiers = tuple(scenario.tiers)
    tables = (
        dictionary.townships,
        dictionary.communities,
        dictionary.residents,
        dictionary.cells,
        dictionary.facilities(tuple(scenario.class_kinds), scenario.bands, tiers),
        dictionary.hosts(tiers),
    )
    return "\n".join([head, *(section(table) for table in tables)])


def section(table: dictionary.Table) -> str:
    """Return the section of a table."""
    rows = [
        f"| `{c.name}` | {kind(c)} | {c.unit} | "
        f"{'yes' if c.required else f'no ({c.default:g})'} | {c.meaning} |"
        for c in table.columns
    ]
    return "\n".join(
        [
            f"## {table.name}",
            f"One row for each {' and '.join(f'`{name}`' for name in table.key)}.",
            "",
            "| column | type | unit | required (else) | meaning |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


def kind(column: dictionary.Column) -> str:
    """Return the type of a column with its bounds or choices."""
    if column.choices:
        return " / ".join(f"`{choice}`" for choice in column.choices)
    bounds = [
        f"{sign} {value:g}"
        for sign, value in (("≥", column.at_least), ("≤", column.at_most))
        if value is not None
    ]
    return " ".join([column.type.replace("_", "/"), *bounds])


if __name__ == "__main__":
    (docs / "tables.md").write_text(text(), encoding="utf-8", newline="\n")
