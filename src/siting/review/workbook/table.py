"""What a sheet holds, before anything is known of Excel: columns with a header and a kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from siting.review.words import words
from siting.review.workbook.words import texts
from siting.scenario import ClassKind, Host, Tier

number_formats = {
    "count": "#,##0",
    "children": "#,##0.0",
    "some": "#,##0;-#,##0;–",
    "some_children": "#,##0.0;-#,##0.0;–",
    "decimal": "0.00",
    "fine": "0.000",
    "share": "0.0%",
    "share_fine": "0.00%",
    "gap": "0.000%",
    "money": "#,##0.0",
    "minutes": "0.0",
    "year": "0",
    "degree": "0.000000",
    "number": "General",
    "amount": "#,##0.00##",
}
"""Kind of a number -> how Excel shows it; ``fine+2`` has two digits more than ``fine``."""
divided_by = {"money": 10_000, "minutes": 60}
"""Kind -> what its figures, in CNY and seconds, are divided by, to show 万元 and minutes."""
digits = 6
"""Decimals kept of a figure; those that the CSV tables of a run have."""


def number_format(kind: str) -> str:
    """Return how Excel shows a number of a kind."""
    base, further = _parts(kind)
    usual = number_formats[base]
    figure = usual.removesuffix("%")
    point = "." if further and "." not in figure else ""
    return figure + point + further * "0" + usual[len(figure) :]


def shown(value: Any, kind: str) -> float:  # noqa: ANN401
    """Return a figure in the unit in which it is shown, with all decimals that its kind tells."""
    base, further = _parts(kind)
    figure = round(float(value) / divided_by.get(base, 1), digits + further)
    return figure + 0.0  # no minus zero


def _parts(kind: str) -> tuple[str, int]:
    """Return a kind without its further digits, and how many these are."""
    base, _, further = kind.partition("+")
    return base, int(further or 0)


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    header
        What stands above it.
    kind
        One of ``number_formats``, with further digits or without, or text, long and wide (texts
        of several lines), code, truth and met (True, False); or one for each row.
    values
        One for each row; None, NaN or an empty text leaves the cell empty.
    align
        ``left`` puts figures to the left, among texts.
    """

    header: str
    kind: str | tuple[str, ...]
    values: Sequence[Any]
    align: str = ""

    def kind_of(self, row: int) -> str:
        """Return the kind of a cell."""
        return self.kind if isinstance(self.kind, str) else self.kind[row]


@dataclass(frozen=True)
class Table:
    """Columns of one length.

    Attributes
    ----------
    title
        Heading above the table, where a sheet has several.
    strong
        Positions of rows that stand out, such as totals.
    """

    columns: tuple[Column, ...]
    title: str = ""
    strong: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.columns[0].values)


@dataclass(frozen=True)
class Sheet:
    """A sheet.

    Attributes
    ----------
    key
        Its name, title and explanation in the words are ``sheet_``, ``title_`` and ``about_`` of
        this.
    tables
        One below the other.
    frozen
        Columns that stay where they are while one scrolls.
    group
        Sheets of a group have tabs of a colour.
    """

    key: str
    tables: tuple[Table, ...]
    frozen: int = 0
    group: str = "plan"

    def __len__(self) -> int:
        return sum(map(len, self.tables))


class Words:
    """The fixed texts of a workbook in a language.

    Attributes
    ----------
    is_chinese
        Whether that is Chinese.
    """

    def __init__(self, lang: str) -> None:
        self._of = {**words(lang), **words(lang, texts)}
        self.lang = lang
        self.is_chinese = lang == "zh"

    def __getitem__(self, key: str) -> str:
        return self._of[key]

    @property
    def all(self) -> dict[str, str]:
        """Every text by its key."""
        return dict(self._of)

    def one_of(self, told: tuple[str, str]) -> str:
        """Return the Chinese or the English one of two texts."""
        return told[not self.is_chinese]

    def names(self, kinds: Mapping[str, Tier | Host | ClassKind], codes: pd.Series) -> list[str]:
        """Return what tiers, hosts or class kinds are called."""
        return [kinds[code].called(self.lang) for code in codes]

    def column(
        self, header: str, kind: str | tuple[str, ...], values: Sequence[Any], /, **slots: object
    ) -> Column:
        """Return a column whose header is the text ``header`` with its slots filled."""
        return Column(self[header].format(**slots), kind, list(values))

    def table(self, frame: pd.DataFrame, *columns: tuple[str, str, str]) -> Table:
        """Return a table from columns of a frame: name in it, header, kind."""
        return Table(
            tuple(self.column(header, kind, frame[name].tolist()) for name, header, kind in columns)
        )
