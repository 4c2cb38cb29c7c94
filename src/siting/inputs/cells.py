"""The table of demand cells, which are points or H3 cells. The only place that knows h3."""

from pathlib import Path

import numpy as np
import pandas as pd

from siting.errors import DataError, Problem
from siting.inputs import dictionary
from siting.inputs.grid import read_grid
from siting.inputs.header import meanings, plain_header, rows_under_header
from siting.inputs.tables import CheckedTable, check_rows

tables = (dictionary.cells, dictionary.h3_cells)


def read_cells(path: Path, name: str | None = None) -> CheckedTable:
    """Read a table of demand cells, which are points or, without coordinates, H3 cells.

    Parameters
    ----------
    path, name
        As in :func:`siting.inputs.tables.read_table`.

    Returns
    -------
    CheckedTable
        In the form of ``dictionary.cells`` or of ``dictionary.h3_cells``.

    Raises
    ------
    DataError
        With every problem at once.
    """
    columns = [column for table in tables for column in table.columns]
    known = [plain_header(name) for column in columns for name in column.headers]
    rows = rows_under_header(read_grid(path, name), known, ())
    names = meanings(rows.frame.columns, dictionary.h3_cells)
    names += meanings(rows.frame.columns, dictionary.cells)
    if "h3" not in names or {"lon", "lat"} <= set(names):
        return check_rows(rows, dictionary.cells)
    return _valid_h3(check_rows(rows, dictionary.h3_cells))


def as_points(cells: pd.DataFrame) -> pd.DataFrame:
    """Return ``cell_id, lon, lat, residents``; an H3 cell stands for its centre, WGS-84."""
    if "h3" not in cells.columns:
        return cells
    import h3

    centres = np.array([h3.cell_to_latlng(text) for text in cells["h3"]])
    return pd.DataFrame(
        {
            "cell_id": cells["h3"],
            "lon": centres[:, 1],
            "lat": centres[:, 0],
            "residents": cells["residents"],
        }
    )


def _valid_h3(checked: CheckedTable) -> CheckedTable:
    import h3

    wrong = ~np.array([h3.is_valid_cell(text) for text in checked.frame["h3"]], dtype=bool)
    if wrong.any():
        first = checked.frame["h3"][wrong].iloc[0]
        raise DataError(
            [
                Problem(
                    checked.places.at(wrong, "h3"),
                    f"{wrong.sum()} texts are no H3 cell, such as {first!r}",
                    "write the index as text of 15 hexadecimal digits; Excel may have turned it "
                    "into a number",
                )
            ]
        )
    return checked
