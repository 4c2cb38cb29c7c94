"""The table of demand cells, which are points or H3 cells. The only place that knows h3."""

import numpy as np
import pandas as pd

from siting.errors import DataError, Problem
from siting.inputs import dictionary
from siting.inputs.tables import check_table


def read_cells(frame: pd.DataFrame, name: str, *, first_row: int = 2) -> pd.DataFrame:
    """Check a table of demand cells, which are points or, without coordinates, H3 cells.

    Parameters
    ----------
    frame, name, first_row
        As in :func:`siting.inputs.tables.check_table`.

    Returns
    -------
    pandas.DataFrame
        ``cell_id, lon, lat, residents``; an H3 cell is named by its index and stands for its
        centre, WGS-84.

    Raises
    ------
    DataError
        With every problem at once.
    """
    if "h3" not in frame.columns or {"lon", "lat"} <= set(frame.columns):
        return check_table(frame, dictionary.cells, name, first_row=first_row)
    import h3

    index = frame["h3"].astype("string").str.strip().str.lower()
    valid = np.array([h3.is_valid_cell(text) for text in index.fillna("")], dtype=bool)
    wrong = np.flatnonzero(~valid & index.fillna("").ne("").to_numpy())
    if len(wrong):
        rows = ", ".join(str(first_row + row) for row in wrong[:5])
        raise DataError(
            [
                Problem(
                    f"{name}, row {rows}, column h3",
                    f"{len(wrong)} texts are no H3 cell, such as {index.iloc[wrong[0]]!r}",
                    "write the index as text of 15 hexadecimal digits; Excel may have turned it "
                    "into a number",
                )
            ]
        )
    checked = check_table(frame.assign(h3=index), dictionary.h3_cells, name, first_row=first_row)
    centres = np.array([h3.cell_to_latlng(text) for text in checked["h3"]])
    return pd.DataFrame(
        {
            "cell_id": checked["h3"],
            "lon": centres[:, 1],
            "lat": centres[:, 0],
            "residents": checked["residents"],
        }
    )
