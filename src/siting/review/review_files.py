"""The files of a run that people look at."""

from pathlib import Path

from siting.review.findings import Findings
from siting.review.gis import write_geopackage, write_geoparquet
from siting.review.page import draw_page
from siting.review.report import write_report
from siting.review.workbook import write_workbook


def write_review(
    findings: Findings,
    folder: Path,
    lang: str = "zh",
    title: str | None = None,
    *,
    tiles: str | None = None,
    geoparquet: bool = False,
) -> tuple[str, ...]:
    """Write what people look at into a folder: page, workbook, report and layers.

    Parameters
    ----------
    lang
        ``zh`` or ``en``.
    title
        What stands at the head; none takes the name of the scenario.
    tiles
        Online map of a second page beside ``review.html``; see :func:`draw_page`.
    geoparquet
        Whether the layers are written as GeoParquet too.

    Returns
    -------
    tuple of str
        Names of the files.

    Raises
    ------
    NoPlanError
        There is no plan.
    """
    pages = {"review.html": draw_page(findings, lang, title)}
    if tiles is not None:
        pages[f"review_{tiles}.html"] = draw_page(findings, lang, title, tiles)
    for name, page in pages.items():
        (folder / name).write_text(page, encoding="utf-8", newline="\n")
    write_workbook(findings, folder / "review.xlsx", lang, title)
    write_report(findings, folder / "review.docx", lang, title)
    write_geopackage(findings, folder / "plan.gpkg", lang)
    further = write_geoparquet(findings, folder) if geoparquet else ()
    return (*pages, "review.xlsx", "review.docx", "plan.gpkg", *further)
