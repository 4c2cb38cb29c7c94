"""What the data dictionary is made of: tables and their columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ColumnType = Literal["text", "yes_no", "whole", "number"]
yes_no = {"yes": "是", "no": "否"}
"""What a column of type yes_no may hold."""


@dataclass(frozen=True)
class Column:
    """A column of an input table.

    Attributes
    ----------
    name, label
        The two headers it may have: a word, and what a planner calls it (Chinese).
    type, meaning, unit
        As shown to people; ``yes_no`` is written ``yes`` or ``no``, ``是`` or ``否``.
    required
        Whether the column must be there and filled in every row; an optional one that is
        absent or empty takes ``default``.
    default
        Without one, what is absent is an empty text, NaN in a number, None in a yes_no.
    at_least, at_most
        Bounds of a number, both included.
    choices
        The only words allowed in a text, each with its Chinese label, which is allowed too.
    is_code
        Whether a text is an administrative code, which spreadsheets like to damage.
    also
        Further headers that it may have where no column has one of the two.
    """

    name: str
    label: str
    type: ColumnType
    meaning: str
    unit: str = ""
    required: bool = True
    default: str | float | bool | None = None
    at_least: float | None = None
    at_most: float | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    is_code: bool = False
    also: tuple[str, ...] = ()

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header that it may have."""
        return (self.name, self.label, *self.also)


@dataclass(frozen=True)
class Table:
    """An input table.

    Attributes
    ----------
    name, label
        Its key under ``inputs`` of a scenario, and the name of its sheet in a workbook.
    key
        The columns that together name a row.
    may_be_empty
        Whether a file without rows is an answer: there are none of these here.
    """

    name: str
    label: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    may_be_empty: bool = False


def optional(
    name: str,
    label: str,
    kind: ColumnType,
    meaning: str,
    unit: str = "",
    *,
    default: str | float | bool | None = None,
    at_least: float | None = 0,
    at_most: float | None = None,
    choices: Mapping[str, str] | None = None,
) -> Column:
    """Return a column that may be absent or empty; a number is at least 0 unless told otherwise."""
    is_number = kind in ("whole", "number")
    return Column(
        name,
        label,
        kind,
        meaning,
        unit,
        required=False,
        default=default,
        at_least=at_least if is_number else None,
        at_most=at_most if is_number else None,
        choices=choices or {},
    )


def year_column(name: str, label: str, meaning: str, *, required: bool = True) -> Column:
    """Return a column of years."""
    return Column(name, label, "whole", meaning, required=required, at_least=1900, at_most=2200)


def lon_lat(*, required: bool, instead: str = "where there is an address") -> tuple[Column, ...]:
    """Return longitude and latitude; where not required, ``instead`` tells what stands for them."""
    told = "" if required else f"; may be empty {instead}"
    return tuple(
        Column(
            name,
            label,
            "number",
            f"{meaning}, WGS-84 unless inputs.coordinates says otherwise{told}",
            "degree",
            required=required,
            at_least=-most,
            at_most=most,
        )
        for name, label, meaning, most in (
            ("lon", "经度", "longitude", 180),
            ("lat", "纬度", "latitude", 90),
        )
    )
