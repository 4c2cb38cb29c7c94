"""What planners call the columns of the tables, by their names, from the data dictionary."""

from dataclasses import dataclass, field
from typing import Any, cast

from siting.inputs import dictionary
from siting.scenario import Scenario


@dataclass(frozen=True)
class _NoWords:
    """A scenario without class kinds, bands, tiers and hosts, of which no column is named."""

    class_kinds: dict[str, Any] = field(default_factory=dict)
    tiers: dict[str, Any] = field(default_factory=dict)
    hosts: dict[str, Any] = field(default_factory=dict)
    bands: tuple[str, ...] = ()
    inputs: Any = None


def _labels() -> dict[str, str]:
    tables = dictionary.tables_of(cast("Scenario", _NoWords())).values()
    found: dict[str, str] = {}
    for table in (*tables, dictionary.h3_cells):
        for column in table.columns:
            found.setdefault(column.name, column.label)
    return {**found, "name": "名称", "site_id": "编号"}


labels = _labels()
"""Column -> label; ``name`` and ``site_id`` are those of several tables."""
