"""Rows that a rule makes, in the form of the data dictionary."""

import pandas as pd

from siting.inputs.columns import Column, Table
from siting.inputs.dictionary import classes_column, enrolled_column
from siting.inputs.tables import empty_column
from siting.scenario.made_sites import MadeFacility, MadeHost


def with_figures(sites: pd.DataFrame, made: MadeFacility | MadeHost, table: Table) -> pd.DataFrame:
    """Give sites the figures of a rule and every further column of their table.

    Parameters
    ----------
    sites
        ``site_id, name, lon, lat`` and any further columns of the table, which stay as they are
        where the rule does not state them.
    table
        The dictionary's facilities, or hosts.

    Returns
    -------
    pandas.DataFrame
        The columns of the table, in its order; what nobody states is empty or the default.
    """
    figures: dict[str, object] = made.model_dump(exclude={"source", "classes", "enrolled"})
    if isinstance(made, MadeFacility):
        figures |= {classes_column(kind): count for kind, count in made.classes.items()}
        figures |= {enrolled_column(band): count for band, count in made.enrolled.items()}
    stated = sites.assign(**figures)
    columns = {
        column.name: _filled(stated[column.name], column)
        if column.name in stated
        else empty_column(column, stated.index)
        for column in table.columns
    }
    return pd.DataFrame(columns).reset_index(drop=True)


def _filled(values: pd.Series, column: Column) -> pd.Series:
    """Return a column in which an empty number takes the default, as if read from a file."""
    if column.default is None or column.type not in ("whole", "number"):
        return values
    filled = values.fillna(column.default)
    return filled.astype("int64") if column.type == "whole" else filled
