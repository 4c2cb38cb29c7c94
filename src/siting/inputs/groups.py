"""Left-behind children and children in hardship: which of the under-3s of a cell they are."""

import numpy as np

from siting.errors import Problem
from siting.inputs.zone_people import ZonePeople, plural

rounding_share = 1e-9
"""What binary fractions may take from under-3s that are a share of the residents."""
most_named = 5


def children_of_groups(
    people: ZonePeople, year: int, under3: np.ndarray, home: np.ndarray, name: str
) -> tuple[dict[str, np.ndarray], list[Problem]]:
    """Spread the children of each group over the cells of their zone.

    They are the same share of the under-3s in every cell of a zone (assumption).

    Parameters
    ----------
    under3, home
        Under-3s of each cell, and the position of its zone.
    name
        How messages call the table of residents.

    Returns
    -------
    dict
        ``<group>_<year>`` -> children of each cell, for the groups that the table tells.
    list of Problem
        Zones with more children of a group than under-3s.
    """
    of_zones = np.bincount(home, weights=under3, minlength=len(people.codes))
    columns: dict[str, np.ndarray] = {}
    problems = []
    for group, by_year in people.groups.items():
        told = by_year[year]
        share = np.divide(told, of_zones, out=np.zeros_like(of_zones), where=of_zones > 0)
        columns[f"{group}_{year}"] = under3 * np.minimum(share, 1.0)[home]
        more = np.flatnonzero(told > of_zones * (1 + rounding_share))
        if len(more):
            zones = [f"{people.codes[z]} ({told[z]:g} of {of_zones[z]:g})" for z in more]
            problems.append(
                Problem(
                    f"{name}, column {group}",
                    f"in {year}, {len(more)} {plural[people.level]} have more of them than "
                    f"under-3s: {', '.join(zones[:most_named])}",
                    "correct them, or the under-3s of the table or the scenario",
                )
            )
    return columns, problems
