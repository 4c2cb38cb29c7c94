"""Sites: existing facilities and candidate hosts in one table."""

from itertools import combinations

import numpy as np
import pandas as pd

from siting.errors import DataError, Problem
from siting.inputs import dictionary
from siting.inputs.columns import Table
from siting.inputs.dictionary import classes_column, enrolled_column
from siting.inputs.tables import empty_column
from siting.scenario import Scenario


def join_sites(
    facilities: pd.DataFrame, hosts: pd.DataFrame, scenario: Scenario, names: tuple[str, str]
) -> pd.DataFrame:
    """Put facilities and hosts into one table, in the order of ``site_id``.

    Returns
    -------
    pandas.DataFrame
        ``site_id, name, status`` (existing or candidate) ``, tier, host, inclusive, action``
        (what adding places to it is called: expand, open, convert) ``, lon, lat, <kind>_classes``
        (today) ``, enrolled_<band>, max_classes, fixed_cost_cny, place_cost_cny``, and every
        further column of the two tables in the data dictionary, at its default where a table
        does not have it (``decision`` of a facility is free).

    Raises
    ------
    DataError
        A site stands in both tables or twice, a class kind does not belong to its
        tier, or more children are enrolled than its places can hold.
    """
    existing = facilities.rename(columns={"expand_cost_cny": "place_cost_cny"}).assign(
        status="existing", action="expand", fixed_cost_cny=0.0
    )
    candidates = hosts.assign(status="candidate")
    existing = _with_columns_of(existing, dictionary.hosts(scenario))
    candidates = _with_columns_of(candidates, dictionary.facilities(scenario))
    problems = []
    both = sorted(set(facilities["site_id"]) & set(hosts["site_id"]))
    if both:
        problems.append(
            Problem(
                f"{names[1]}, column site_id",
                f"{', '.join(both[:5])} stand in {names[0]} too",
                "give candidates names of their own",
            )
        )
    for table, name in zip((facilities, hosts), names, strict=True):
        twice = sorted(set(table["site_id"][table["site_id"].duplicated()]))
        if twice:
            problems.append(
                Problem(
                    f"{name}, column site_id",
                    f"{', '.join(twice[:5])} were read or made twice",
                    "give sites of the table other names than those that rules make",
                )
            )
    for site in facilities.to_dict("records"):
        problems += _facility_problems(site, scenario, names[0])
    problems += _crowded_facilities(facilities, scenario, names[0])
    if problems:
        raise DataError(problems)
    sites = pd.concat([existing, candidates[existing.columns]], ignore_index=True)
    return sites.sort_values("site_id").reset_index(drop=True)


def _with_columns_of(sites: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Add the columns that only the other table of sites has, each at its default."""
    absent = {
        column.name: empty_column(column, sites.index)
        for column in table.columns
        if column.name not in sites and column.name != "expand_cost_cny"
    }
    return sites.assign(**absent)


def _facility_problems(site: dict, scenario: Scenario, name: str) -> list[Problem]:  # type: ignore[type-arg]
    place = f"{name}, site {site['site_id']}"
    classes = {kind: site[classes_column(kind)] for kind in scenario.class_kinds}
    allowed = scenario.tiers[site["tier"]].class_kinds
    problems = [
        Problem(
            place,
            f"has {kind} classes, which its tier '{site['tier']}' does not run",
            "correct the classes, or add the kind to the tier",
        )
        for kind, count in classes.items()
        if count and kind not in allowed
    ]
    if not any(classes.values()):
        problems.append(
            Problem(place, "has no class today", "list it among the hosts, or fill in its classes")
        )
    if sum(classes.values()) > site["max_classes"]:
        problems.append(
            Problem(
                place,
                f"has {sum(classes.values())} classes today and a max_classes of "
                f"{site['max_classes']}",
                "raise max_classes, or correct the classes",
            )
        )
    return problems


def _crowded_facilities(facilities: pd.DataFrame, scenario: Scenario, name: str) -> list[Problem]:
    """Return facilities where more children of some ages are enrolled than could be placed."""
    kinds, bands = tuple(scenario.class_kinds.items()), scenario.bands
    enrolled = facilities[[enrolled_column(band) for band in bands]].to_numpy()
    free = free_places(
        facilities[[classes_column(kind) for kind, _ in kinds]].to_numpy(),
        np.array([kind.size for _, kind in kinds]),
        np.array([[band in kind.bands for band in bands] for _, kind in kinds]),
        enrolled,
    )
    told: dict[int, Problem] = {}
    for chosen, left in free.items():
        ages = ", ".join(bands[band] for band in chosen)
        for row in np.flatnonzero(left < 0).tolist():
            told.setdefault(
                row,
                Problem(
                    f"{name}, site {facilities['site_id'].iloc[row]}",
                    f"{enrolled[row, chosen].sum()} children of {ages} months are enrolled, more "
                    "than the places of classes for them",
                    "correct the enrolled children or the classes",
                ),
            )
    return list(told.values())


def places(sites: pd.DataFrame, scenario: Scenario) -> np.ndarray:
    """Return the places of each row: the sum of class size x classes."""
    return sum(
        (
            kind.size * sites[classes_column(name)].to_numpy()
            for name, kind in scenario.class_kinds.items()
        ),
        start=np.zeros(len(sites), dtype=np.int64),
    )


def free_places(
    classes: np.ndarray, size: np.ndarray, takes: np.ndarray, enrolled: np.ndarray
) -> dict[tuple[int, ...], np.ndarray]:
    """Return for every set of bands the places open to any of them less the children in them.

    The children of a site fit into its classes if no set has fewer than zero (Hall 1935).

    Parameters
    ----------
    classes
        Sites x kinds.
    size, takes
        Places of each kind; kinds x bands, whether a kind takes a band.
    enrolled
        Sites x bands.
    """
    bands = takes.shape[1]
    return {
        chosen: classes @ (size * takes[:, chosen].any(axis=1)) - enrolled[:, chosen].sum(axis=1)
        for count in range(1, bands + 1)
        for chosen in combinations(range(bands), count)
    }
