"""The order of the report, and its file."""

from os import PathLike
from pathlib import Path

from siting.review.findings import Findings
from siting.review.report.annexes import annexes, annexes_of
from siting.review.report.draft import Draft
from siting.review.report.opening import (
    abstract,
    background,
    contents,
    cover,
    missed_targets_of,
)
from siting.review.report.paper import Paper
from siting.review.report.proof import uncertainty
from siting.review.report.proposal import proposal
from siting.review.report.state import state
from siting.review.report.targets import targets
from siting.review.report.writing import writing
from siting.review.report.years import by_year, money


def write_report(
    findings: Findings, path: str | PathLike[str], lang: str = "zh", title: str | None = None
) -> None:
    """Write the report of a plan as a Word document, for a planning review.

    Cover, contents, summary, background and basis, the situation today, targets, the plan, year
    by year, money, what is uncertain, annexes; with maps, charts and tables. Equal findings give
    equal bytes. Word fills the page numbers of the contents when it opens the file.

    Parameters
    ----------
    path
        The file, ``.docx``.
    lang
        ``zh`` or ``en``; names and quoted sentences stay as they are.
    title
        Title of the report; none takes the name of the study.

    Raises
    ------
    NoPlanError
        There is no plan.
    ValueError
        The language is unknown.
    """
    pen = writing(lang)
    name = findings.scenario.titled(lang) if title is None else title
    numbers = {annex: f"{pen.word['annex_label']}{i}"
               for i, annex in enumerate(annexes_of(findings), 1)}  # fmt: skip
    draft = Draft(findings, pen, Paper(pen), numbers)
    illustrative = pen.word["illustrative_mark"] if findings.scenario.illustrative else ""
    draft.paper.headers(name if pen.word["illustrative"] in name else name + illustrative)
    cover(draft, name)
    contents(draft)
    abstract(draft)
    background(draft)
    state(draft)
    targets(draft, missed_targets_of(draft))
    proposal(draft)
    by_year(draft)
    money(draft)
    uncertainty(draft)
    annexes(draft)
    if draft.paper.replaced:
        draft.paper.hint(pen.say("replaced", count=draft.paper.replaced))
    Path(path).write_bytes(draft.paper.to_bytes(name))
