"""The workbook: which sheets, in which order."""

from collections.abc import Iterator
from os import PathLike
from pathlib import Path

from siting.new_book import new_workbook
from siting.review.content import page_content
from siting.review.findings import Findings
from siting.review.words import illustrative
from siting.review.workbook.checks import check_sheets
from siting.review.workbook.guided import guided_sheets
from siting.review.workbook.places import (
    actions_sheet,
    assignment_sheet,
    classes_sheet,
    sites_sheet,
)
from siting.review.workbook.proof import data_sheet, parameters_sheet, proof_sheet
from siting.review.workbook.sheet import Book
from siting.review.workbook.spent import costs_sheet
from siting.review.workbook.summary import write_summary
from siting.review.workbook.table import Sheet, Words
from siting.review.workbook.targets import (
    overall_sheet,
    provisions_sheet,
    ranking_sheet,
    targets_sheet,
)
from siting.review.workbook.zones import districts_sheet, townships_sheet


def write_workbook(
    findings: Findings, path: str | PathLike[str], lang: str = "zh", title: str | None = None
) -> None:
    """Write the workbook of a plan; the same findings give the same bytes.

    Parameters
    ----------
    path
        The .xlsx to write.
    lang
        ``zh`` or ``en``.
    title
        What stands on every sheet; the name of the study if left out.

    Raises
    ------
    NoPlanError
        There is no plan to show; nothing is written.
    OSError
        The file cannot be written.
    ValueError
        The language is unknown.
    """
    word = Words(lang)
    content = page_content(findings, lang)
    sheets = list(_sheets(findings, word))
    sheets += [proof_sheet(findings, content, word), parameters_sheet(content, word)]
    named = findings.scenario.titled(lang) if title is None else title
    if findings.scenario.illustrative and not any(mark in named for mark in illustrative):
        named += word["illustrative_mark"]
    with new_workbook(Path(path), named) as made:
        book = Book(made, word, named)
        write_summary(findings, content, book, [*sheets, data_sheet(findings, (), word)])
        for sheet in sheets:
            book.write_sheet(sheet)
        book.write_sheet(data_sheet(findings, book.replaced, word))


def _sheets(findings: Findings, word: Words) -> Iterator[Sheet]:
    """Give the sheets of tables that the plan has, in the order of the story."""
    yield targets_sheet(findings, word)
    provisions = provisions_sheet(findings, word)
    if provisions is not None:
        yield provisions
    yield sites_sheet(findings, word)
    yield actions_sheet(findings, word)
    yield classes_sheet(findings, word)
    yield assignment_sheet(findings, word)
    yield townships_sheet(findings, word)
    yield districts_sheet(findings, word)
    yield ranking_sheet(findings, word)
    yield overall_sheet(findings, word)
    yield from guided_sheets(findings, word)
    yield costs_sheet(findings, word)
    yield from check_sheets(findings, word)
