"""Elements of WordprocessingML: paragraphs, runs, fields and tables, text always as text."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Element = Any
forbidden = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that a document cannot hold: control characters but tab and line feed, halves of
surrogate pairs and non-characters."""


def visible(text: str) -> tuple[str, int]:
    """Return a text whose forbidden characters are visible marks, and how many there were."""
    return forbidden.subn(_mark, text)


def _mark(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"


def element(tag: str, children: Iterable[Element] = (), /, **attributes: object) -> Element:
    """Return an element of the main namespace with its attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def run(text: str, *, bold: bool = False, color: str = "") -> Element:
    """Return a run of text; line feeds and tabs are breaks and tabs of the document."""
    made = element("r")
    if bold or color:
        marks = [element("b")] if bold else []
        made.append(element("rPr", [*marks, *([element("color", val=color)] if color else [])]))
    for i, line in enumerate(text.split("\n")):
        if i:
            made.append(element("br"))
        for k, part in enumerate(line.split("\t")):
            if k:
                made.append(element("tab"))
            if part:
                told = element("t")
                told.text = part
                told.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                made.append(told)
    return made


def field(code: str, shown: str) -> list[Element]:
    """Return the runs of a field, with what it shows until it is updated."""
    instruction = element("instrText")
    instruction.text = f" {code} "
    instruction.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [
        element("r", [element("fldChar", fldCharType="begin")]),
        element("r", [instruction]),
        element("r", [element("fldChar", fldCharType="separate")]),
        run(shown),
        element("r", [element("fldChar", fldCharType="end")]),
    ]


def paragraph(
    style: str, runs: Iterable[Element] = (), align: str = "", *, keeps: bool = False
) -> Element:
    """Return a paragraph of a style, by its id; ``keeps`` holds it with the next one."""
    about = [element("pStyle", val=style)]
    if keeps:
        about.append(element("keepNext"))
    if align:
        about.append(element("jc", val=align))
    return element("p", [element("pPr", about), *runs])


def bookmarked(runs: Sequence[Element], number: int, name: str) -> list[Element]:
    """Return runs with a bookmark around them."""
    begin = element("bookmarkStart", id=number, name=name)
    return [begin, *runs, element("bookmarkEnd", id=number)]


def table(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[int],
    numeric: Sequence[bool],
    last_is_total: bool,
    ditto: Sequence[int] = (),
    group: int | None = None,
    as_above: str = "",
) -> Element:
    """Return a table whose header repeats on every page and whose rows are never split.

    Parameters
    ----------
    widths
        Of the columns, twentieths of a point.
    numeric
        Which columns stand to the right.
    last_is_total
        Whether the last row is a sum.
    ditto
        Columns whose cell says ``as_above`` while it stays the same. Cells are not merged: some
        programs lose merged ones where a page ends.
    group
        Column whose change ends every such run, and whose rows stay on one page; or None.
    """
    properties = element(
        "tblPr",
        [
            element("tblStyle", val="SitingTable"),
            element("tblW", w=sum(widths), type="dxa"),
            element("jc", val="center"),
            element("tblLayout", type="fixed"),
            element("tblLook", val="0420", firstRow="1", lastRow="0", firstColumn="0",
                    lastColumn="0", noHBand="0", noVBand="1"),
        ],
    )  # fmt: skip
    grid = element("tblGrid", [element("gridCol", w=width) for width in widths])
    rows = list(rows)
    made = element("tbl", [properties, grid, _row(header, widths, None, numeric)])
    for i, row in enumerate(rows):
        is_total = last_is_total and i == len(rows) - 1
        same = {column for column in ditto if i and _same(rows[i - 1], row, column, group)}
        told = [as_above if column in same else text for column, text in enumerate(row)]
        follows = rows[i + 1 : i + 2] if group is not None else []
        keeps = any(_same(row, other, group or 0, group) for other in follows)
        made.append(_row(told, widths, is_total, numeric, keeps=keeps))
    return made


def _same(before: Sequence[str], row: Sequence[str], column: int, group: int | None) -> bool:
    return before[column] == row[column] and (group is None or before[group] == row[group])


def _row(
    cells: Sequence[str],
    widths: Sequence[int],
    is_total: bool | None,
    numeric: Sequence[bool],
    *,
    keeps: bool = False,
) -> Element:
    """Return a row; ``is_total`` is None for the header.

    ``keeps`` tells whether the next row stays on the same page.
    """
    about = [element("cantSplit")] + ([element("tblHeader")] if is_total is None else [])
    made = element("tr", [element("trPr", about)])
    style = "TableHead" if is_total is None else "TableText"
    for text, width, right in zip(cells, widths, numeric, strict=True):
        about = [element("tcW", w=width, type="dxa")]
        if is_total is None:
            about.append(element("shd", val="clear", color="auto", fill="DCE6F0"))
        about.append(element("vAlign", val="center"))
        align = "center" if is_total is None else "right" if right else ""
        told = paragraph(style, [run(text, bold=bool(is_total))], align, keeps=keeps)
        made.append(element("tc", [element("tcPr", about), told]))
    return made
