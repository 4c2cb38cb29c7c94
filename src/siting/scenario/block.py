"""What the sheets with a row for each class kind, tier, target, ... are made of."""

from dataclasses import dataclass

from siting.scenario.parameters import Parameter, Written


@dataclass(frozen=True)
class RowName:
    """A column that names the rows of a block.

    Attributes
    ----------
    label
        Its header.
    hint
        What a name may be.
    of_block
        Key of the block whose rows it names, by their name or label; empty where any name will do.
    """

    label: str
    hint: str
    of_block: str = ""


@dataclass(frozen=True)
class Block:
    """A sheet with a row for each class kind, tier, target, ...

    Attributes
    ----------
    key
        Key of the scenario that holds the rows; ``{}`` stands for a name before the last.
    label, hint
        Name of the sheet, and what it is for.
    columns
        The columns behind the names.
    names
        The first columns, which together name a row; none where rows have positions only.
    rows
        Standard rows, each a value for each column, names first.
    examples
        Rows that show how to fill in the sheet.
    """

    key: str
    label: str
    hint: str
    columns: tuple[Parameter, ...]
    names: tuple[RowName, ...] = ()
    rows: tuple[tuple[Written | None, ...], ...] = ()
    examples: tuple[tuple[Written | None, ...], ...] = ()

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers of all columns."""
        return (*(name.label for name in self.names), *(column.label for column in self.columns))
