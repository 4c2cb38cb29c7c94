"""The data dictionary: the columns of every table; checks, templates and docs come from it."""

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["text", "yes_no", "whole", "number"]


@dataclass(frozen=True)
class Column:
    """A column of an input table.

    Attributes
    ----------
    name, type, unit, meaning
        As shown to people; ``yes_no`` is written ``yes`` or ``no``.
    required
        Whether the column must be there and filled in every row; an optional one that is
        absent or empty takes ``default``.
    at_least, at_most
        Bounds of a number, both included.
    choices
        The only words allowed in a text.
    label
        The same name in Chinese.
    """

    name: str
    type: ColumnType
    meaning: str
    unit: str = ""
    required: bool = True
    default: str | float | None = None
    at_least: float | None = None
    at_most: float | None = None
    choices: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True)
class Table:
    """An input table: its columns, and the columns that together name a row."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


def classes_column(kind: str) -> str:
    """Return the column that holds the number of classes of a kind."""
    return f"{kind}_classes"


def enrolled_column(band: str) -> str:
    """Return the column that holds the children of an age band enrolled today."""
    return f"enrolled_{band.replace('-', '_')}"


def children_column(band: str, year: int) -> str:
    """Return the column that holds the children of an age band in a year."""
    return f"under3_{band.replace('-', '_')}_{year}"


_where = (
    Column("lon", "number", "longitude, WGS-84", "degree", at_least=-180, at_most=180),
    Column("lat", "number", "latitude, WGS-84", "degree", at_least=-90, at_most=90),
)
_cell_residents = Column(
    "residents",
    "number",
    "people at the cell; the cells of a zone share its residents in this ratio",
    "people",
    at_least=0,
    label="常住人口",
)

townships = Table(
    "townships",
    (
        Column("township_code", "text", "code of the township (乡镇、街道)"),
        Column("township", "text", "name of the township"),
        Column("district_code", "text", "code of the district it belongs to"),
        Column("district", "text", "name of the district"),
        Column("area_type", "text", "urban or rural", choices=("urban", "rural")),
    ),
    ("township_code",),
)
communities = Table(
    "communities",
    (
        Column("community_code", "text", "code of the community (社区、村)"),
        Column("community", "text", "name of the community"),
        Column("township_code", "text", "township it lies in"),
    ),
    ("community_code",),
)
residents = Table(
    "residents",
    (
        Column(
            "community_code",
            "text",
            "community, where the figures are by community",
            required=False,
            label="社区代码",
        ),
        Column("community", "text", "name of the community", required=False, label="社区"),
        Column(
            "township_code",
            "text",
            "township, where the figures are by township",
            required=False,
            label="乡镇街道代码",
        ),
        Column("township", "text", "name of the township", required=False, label="乡镇街道"),
        Column(
            "district_code",
            "text",
            "district, where the figures are by district",
            required=False,
            label="区县代码",
        ),
        Column("district", "text", "name of the district", required=False, label="区县"),
        Column("year", "whole", "year of the figure", at_least=1900, at_most=2200, label="年份"),
        Column(
            "residents",
            "number",
            "resident population (常住人口)",
            "people",
            at_least=0,
            label="常住人口",
        ),
        Column(
            "under3",
            "number",
            "children under three years",
            "children",
            required=False,
            at_least=0,
            label="3岁以下",
        ),
        Column(
            "births",
            "number",
            "children born in the year",
            "children",
            required=False,
            at_least=0,
            label="出生人数",
        ),
    ),
    ("township_code", "year"),
)
cells = Table(
    "cells",
    (Column("cell_id", "text", "name of the demand cell"), *_where, _cell_residents),
    ("cell_id",),
)
h3_cells = Table(
    "cells",
    (
        Column("h3", "text", "index of an H3 cell, 15 hexadecimal digits; its name"),
        _cell_residents,
    ),
    ("h3",),
)


def facilities(
    class_kinds: tuple[str, ...], bands: tuple[str, ...], tiers: tuple[str, ...]
) -> Table:
    """Return the table of existing facilities for the class kinds and bands of a scenario."""
    return Table(
        "facilities",
        (
            *_site_columns(tiers),
            *(
                Column(
                    classes_column(kind),
                    "whole",
                    f"classes of kind {kind} today",
                    "classes",
                    required=False,
                    default=0,
                    at_least=0,
                    at_most=100,
                )
                for kind in class_kinds
            ),
            *(
                Column(
                    enrolled_column(band),
                    "whole",
                    f"children of {band} months enrolled today",
                    "children",
                    required=False,
                    default=0,
                    at_least=0,
                )
                for band in bands
            ),
            Column("max_classes", "whole", "classes it could hold in all", "classes", at_least=0),
            Column(
                "expand_cost_cny",
                "number",
                "capital cost of a place added to it",
                "CNY per place",
                at_least=0,
            ),
        ),
        ("site_id",),
    )


def hosts(tiers: tuple[str, ...]) -> Table:
    """Return the table of candidate hosts."""
    return Table(
        "hosts",
        (
            *_site_columns(tiers),
            Column(
                "action",
                "text",
                "open (new rooms) or convert (rooms in use today)",
                choices=("open", "convert"),
            ),
            Column("max_classes", "whole", "classes it can hold", "classes", at_least=1),
            Column("fixed_cost_cny", "number", "capital cost of opening", "CNY", at_least=0),
            Column("place_cost_cny", "number", "capital cost of a place", "CNY", at_least=0),
        ),
        ("site_id",),
    )


def _site_columns(tiers: tuple[str, ...]) -> tuple[Column, ...]:
    return (
        Column("site_id", "text", "name of the site, unique over facilities and hosts"),
        Column("name", "text", "name shown to readers"),
        *_where,
        Column("tier", "text", "tier of its service", choices=tiers),
        Column("host", "text", "kind of host it is in"),
        Column("inclusive", "yes_no", "whether its places are inclusive (普惠)"),
    )
