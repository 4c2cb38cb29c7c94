"""The files of a run that people look at."""

from pathlib import Path

from siting.review.findings import Findings
from siting.review.gis import write_geopackage, write_geoparquet
from siting.review.page import draw_page


def write_review(
    findings: Findings,
    folder: Path,
    lang: str = "zh",
    title: str | None = None,
    *,
    geoparquet: bool = False,
) -> tuple[str, ...]:
    """Write what people look at into a folder: page and layers.

    Parameters
    ----------
    lang
        ``zh`` or ``en``.
    title
        What stands at the head; none takes the name of the scenario.
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
    page = folder / "review.html"
    page.write_text(draw_page(findings, lang, title), encoding="utf-8", newline="\n")
    write_geopackage(findings, folder / "plan.gpkg", lang)
    further = write_geoparquet(findings, folder) if geoparquet else ()
    return ("review.html", "plan.gpkg", *further)
