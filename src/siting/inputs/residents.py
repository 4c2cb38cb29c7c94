"""The residents table: people by year for communities, townships, districts or the whole area."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd

from siting.errors import DataError, Problem
from siting.inputs import dictionary
from siting.inputs.columns import Column, Table
from siting.inputs.grid import read_grid
from siting.inputs.header import Places, Rows, plain_header, rows_under_header
from siting.inputs.matching import match_zones, of_communities, of_districts, of_townships
from siting.inputs.tables import CheckedTable, check_rows
from siting.inputs.total_rows import check_totals, total_rows
from siting.notes import Note
from siting.scenario.children import band_months, months_under_3

the_area = "area"
"""Code of the one zone of a table without codes."""
Level = Literal["community", "township", "district", "area"]
code_columns: dict[Level, str] = {
    "community": "community_code",
    "township": "township_code",
    "district": "district_code",
    "area": the_area,
}
"""Level -> the column that names its zones; an area has no such column."""
levels: tuple[Level, ...] = ("community", "township", "district")
"""Those that have codes, finest first."""


@dataclass(frozen=True)
class PeopleTable:
    """What the residents table tells.

    Attributes
    ----------
    level
        What a row is of.
    figures
        ``code, year`` and those of ``residents, under3, births`` and ``under3_<from>_<to>``
        (ages in months) that the table has; people, NaN where a cell is empty.
    """

    level: Level
    figures: pd.DataFrame

    @property
    def bands(self) -> tuple[str, ...]:
        """Age bands of the children, youngest first; none where the table tells no ages."""
        found = [
            f"{match[1]}-{match[2]}"
            for name in self.figures.columns
            if (match := re.fullmatch(r"under3_(\d+)_(\d+)", name))
        ]
        return tuple(sorted(found, key=band_months))


@dataclass(frozen=True)
class Form:
    """What the header of a residents table says.

    Attributes
    ----------
    level
        What a row is of: the finest zone that a code or a name is told of.
    table
        The entry of the data dictionary for the columns that the file has.
    figures
        Column of ``table`` -> figure it holds and its year, None in the long form.
    """

    level: Level
    table: Table
    figures: dict[str, tuple[str, int | None]]


def read_residents(path: Path, name: str | None = None) -> tuple[CheckedTable, Form]:
    """Read the residents table, in either of its two forms.

    The long form has a row a zone and year and a column ``year``; the wide form, that of
    censuses, has a row a zone and a column a figure and year, such as ``residents_2025``,
    ``常住人口_2025`` or ``2025年常住人口``.

    Parameters
    ----------
    path, name
        As in :func:`siting.inputs.tables.read_table`.

    Raises
    ------
    DataError
        With every problem at once.
    """
    headers = [header for c in dictionary.residents.columns for header in c.headers]
    known = [plain_header(header) for header in headers]
    return check_residents(rows_under_header(read_grid(path, name), known, ()))


def check_residents(rows: Rows) -> tuple[CheckedTable, Form]:
    """Check the rows of a residents table, and say what its header says.

    Raises
    ------
    DataError
        With every problem at once.
    """
    rows = _without_empty_columns(rows)
    form = form_of(rows.frame.columns, rows.places.name)
    checked = check_rows(rows, form.table)
    if form.level == "area":
        _check_one_row(checked)
        checked = replace(checked, frame=checked.frame.assign(**{the_area: the_area}))
    return checked, form


def _without_empty_columns(rows: Rows) -> Rows:
    """Leave out optional columns that no row fills in: a template has those of every level."""
    frame = rows.frame
    kept = [
        i
        for i, title in enumerate(frame.columns)
        if (what := _meaning(str(title))) is None
        or what.column.required
        or not all(cell is None or str(cell).strip() == "" for cell in frame.iloc[:, i])
    ]
    letters = tuple(rows.letters[i] for i in kept) if rows.letters else ()
    return replace(rows, frame=frame.iloc[:, kept], letters=letters)


def form_of(headers: Iterable[object], name: str) -> Form:
    """Return what the header of a residents table says.

    Raises
    ------
    DataError
        Two columns hold the same figure, the residents or the years are missing, or the two
        forms are mixed.
    """
    titles = [str(header) for header in headers]
    found = _found(titles)
    columns = [what.column.name for what in found]
    twice = sorted({column for column in columns if columns.count(column) > 1})
    problems = [
        Problem(f"{name}, header", f"{of} stands twice", "keep one of the two columns")
        for of in twice
    ]
    problems += _problems_of_form(found, f"found: {', '.join(titles[:20])}", name)
    if problems:
        raise DataError(problems)
    level: Level = next(
        (level for level in levels if {level, code_columns[level]} & set(columns)), "area"
    )
    figures = {what.column.name: (what.measure, what.year) for what in found if what.measure}
    return Form(level, _entry(found, level), figures)


def match_residents(
    checked: pd.DataFrame,
    places: Places,
    form: Form,
    townships: gpd.GeoDataFrame,
    communities: gpd.GeoDataFrame | None,
    study: str,
) -> tuple[pd.DataFrame, tuple[Note, ...]]:
    """Return a checked residents table with the code of the zone that each row is of.

    Rows that are the total of others, of a district or the whole study, are left out.

    Parameters
    ----------
    study
        Name of the study, by which a total may be called.

    Raises
    ------
    DataError
        A row names no zone of the study or one that stands already, its zones have no polygons,
        or a total is not the sum.
    """
    if form.level == "area":
        return checked, ()
    zones, columns = townships, of_townships
    if form.level == "district":
        columns = of_districts
    elif form.level == "community":
        if communities is None:
            remedy = "name them as inputs.communities, or give the figures by township"
            what = "has figures by community, without polygons"
            raise DataError([Problem(places.name, what, remedy)])
        of_township = townships.set_index("township_code")[["township", "district_code"]]
        names = communities["township_code"].map(of_township["township"])
        district = communities["township_code"].map(of_township["district_code"])
        zones = communities.assign(township=names, district_code=district)
        columns = of_communities
    scopes = total_rows(checked, columns, zones, townships.drop_duplicates("district_code"), study)
    is_total = scopes.notna().to_numpy()
    if is_total.all():
        is_total[:] = False
    rows, of_rows = checked[~is_total].reset_index(drop=True), np.flatnonzero(~is_total)
    once_for = ("year",) if "year" in checked.columns else ()
    codes, notes = match_zones(rows, places.taken(of_rows), zones, columns, once_for)
    rows = rows.assign(**{columns.code: codes})
    if is_total.any():
        district = codes
        if form.level != "district":
            district_of = zones.set_index(columns.code)["district_code"]
            district = codes.map(district_of)
        told = check_totals(
            checked[is_total],
            scopes[is_total],
            places.taken(np.flatnonzero(is_total)),
            rows,
            district,
            list(form.figures),
        )
        notes = (*notes, told)
    return rows, notes


def people_table(checked: pd.DataFrame, form: Form, name: str) -> PeopleTable:
    """Bring a checked residents table of either form into the long one.

    Parameters
    ----------
    checked
        The columns of ``form.table``, every code filled in.

    Raises
    ------
    DataError
        The age bands contradict one another or the under-3s.
    """
    code = checked[code_columns[form.level]]
    years = []
    for year in sorted({year for _, year in form.figures.values() if year is not None}):
        columns = {column: what for column, (what, of) in form.figures.items() if of == year}
        years.append(checked[[*columns]].rename(columns=columns).assign(code=code, year=year))
    if not years:
        years.append(checked[["year", *form.figures]].assign(code=code))
    told = PeopleTable(form.level, pd.concat(years, ignore_index=True))
    problems = _problems_of_bands(told, name)
    if problems:
        raise DataError(problems)
    return told


@dataclass(frozen=True)
class _Found:
    """A column of a file: its entry, the figure it holds and, in the wide form, its year."""

    column: Column
    measure: str = ""
    year: int | None = None
    is_also: bool = False


def _found(titles: list[str]) -> list[_Found]:
    """Return what the headers mean; a further header counts where no column has the usual one."""
    found = [what for title in titles if (what := _meaning(title))]
    usual = {what.column.name for what in found if not what.is_also}
    return [what for what in found if not what.is_also or what.column.name not in usual]


def _meaning(header: str) -> _Found | None:
    entries = dictionary.residents.columns
    stem, year = _dated(plain_header(header))
    column = next((c for c in entries if stem in c.headers), None) or _band_column(stem)
    if column is None:
        return None
    if column.type == "text" or column.name == "year":
        return None if year else _Found(column)
    name = column.name if year is None else f"{column.name}_{year}"
    # The label is what the file calls it. An empty cell matters in the years that are needed
    # only, and is missed there.
    of_file = replace(column, name=name, label=header, required=False, default=np.nan, also=())
    return _Found(of_file, column.name, year, is_also=stem in column.also)


def _dated(header: str) -> tuple[str, int | None]:
    """Split ``residents_2025``, ``常住人口_2025`` or ``2025年常住人口`` into figure and year."""
    if after := re.fullmatch(r"(.+)_(\d{4})", header):
        return after[1], int(after[2])
    if before := re.fullmatch(r"(\d{4})年(.+)", header):
        return before[2], int(before[1])
    return header, None


def _band_column(stem: str) -> Column | None:
    """Return the column of an age band: ``under3_12_24``, ``12-24月龄``."""
    ages = re.fullmatch(r"under3_(\d{1,2})_(\d{1,2})|(\d{1,2})-(\d{1,2})月龄", stem)
    if ages is None:
        return None
    first, last = (int(age) for age in ages.groups() if age is not None)
    return Column(
        name=f"under3_{first}_{last}",
        label=f"{first}-{last}月龄",
        type="number",
        meaning=f"children of {first}-{last} months",
        unit="children",
        at_least=0,
    )


def _problems_of_form(found: list[_Found], headers: str, name: str) -> list[Problem]:
    yearly = [what.column.name for what in found if what.year is not None]
    undated = [what for what in found if what.measure and what.year is None]
    has_year = any(what.column.name == "year" for what in found)
    place = f"{name}, header"
    if not any(what.measure == "residents" for what in found):
        return [
            Problem(
                place,
                "no column holds the resident population",
                f"add residents (常住人口) and year, or residents_2025 (常住人口_2025); {headers}",
            )
        ]
    if yearly and (undated or has_year):
        return [
            Problem(
                place,
                f"some columns have a year in their name ({', '.join(yearly[:5])}), others not",
                "use the column year, or a year in the name of every figure, not both",
            )
        ]
    if not yearly and not has_year:
        return [
            Problem(
                place,
                "the year of the figures is missing",
                "add a column year (年份), or write the year into the header: residents_2025 "
                "(常住人口_2025)",
            )
        ]
    return []


def _check_one_row(checked: CheckedTable) -> None:
    """Refuse several rows of a year where no column says what they are of."""
    frame = checked.frame
    if frame["year"].duplicated().any() if "year" in frame else len(frame) > 1:
        raise DataError(
            [
                Problem(
                    f"{checked.places.name}, header",
                    "no column says which zone a row is of, and there are several rows of a year",
                    "add community_code, township_code or district_code; a table of the whole "
                    "area has one row a year",
                )
            ]
        )


def _entry(found: list[_Found], level: Level) -> Table:
    """Return the entry of the dictionary for the columns of a file."""
    entries = {column.name: column for column in dictionary.residents.columns}
    entries[the_area] = replace(entries["township_code"], name=the_area, label="规划范围")
    code = entries[code_columns[level]]
    columns = [code, *(what.column for what in found if what.column.name != code.name)]
    key = (code.name, "year") if any(column.name == "year" for column in columns) else (code.name,)
    return replace(dictionary.residents, columns=tuple(columns), key=key)


def _problems_of_bands(table: PeopleTable, name: str) -> list[Problem]:
    """Hold the age bands against one another and against the under-3s, but for rounding."""
    bands = table.bands
    if not bands:
        return []
    months = [band_months(band) for band in bands]
    ends = [0, *(last for _, last in months)]
    gaps = [(end, first) for end, (first, _) in zip(ends, months, strict=False) if end != first]
    if gaps or ends[-1] != months_under_3 or any(first >= last for first, last in months):
        return [
            Problem(
                f"{name}, header",
                f"the age bands {', '.join(bands)} do not follow one another from 0 to 36 months",
                "give each month of age to one band, such as under3_0_12, under3_12_24, "
                "under3_24_36",
            )
        ]
    if "under3" not in table.figures.columns:
        return []
    parts = table.figures[[f"under3_{first}_{last}" for first, last in months]]
    off = (parts.sum(axis=1, skipna=False) - table.figures["under3"]).abs() > (len(bands) + 1) / 2
    if not off.any():
        return []
    rows = [f"{row.code} in {row.year}" for row in table.figures[off].head(5).itertuples()]
    return [
        Problem(
            f"{name}, column under3",
            f"{off.sum()} figures are not the sum of their age bands: {', '.join(rows)}",
            "correct them, or leave the column out",
        )
    ]
