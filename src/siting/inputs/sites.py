"""Sites: existing facilities and candidate hosts in one table."""

from itertools import combinations

import numpy as np
import pandas as pd

from siting.errors import DataError, Problem
from siting.inputs import dictionary
from siting.inputs.columns import Table
from siting.inputs.dictionary import classes_column, enrolled_column
from siting.inputs.host_limits import check_limits, most_places
from siting.inputs.site_costs import cost_problems, with_costs
from siting.inputs.tables import empty_column
from siting.notes import Note
from siting.scenario import Scenario


def join_sites(
    facilities: pd.DataFrame, hosts: pd.DataFrame, scenario: Scenario, names: tuple[str, str]
) -> tuple[pd.DataFrame, list[Note]]:
    """Put facilities and hosts into one table, in the order of ``site_id``.

    Returns
    -------
    sites : pandas.DataFrame
        ``site_id, name, status`` (existing or candidate) ``, tier, host, inclusive, action``
        (what adding places to it is called: expand, open, convert) ``, lon, lat, <kind>_classes``
        (today) ``, enrolled_<band>, max_classes``, ``most_places`` (as
        :func:`siting.inputs.host_limits.most_places`), ``fixed_cost_cny, place_cost_cny,
        running_cost_cny, subsidy_cny, close_cost_cny`` (as
        :func:`siting.inputs.site_costs.with_costs`), ``may_close`` (never a candidate, nor where
        the tier cannot), ``staff_children, opens_to_residents`` (or it takes children of its own
        staff only), and every further column of the two tables in the data dictionary, at its
        default where a table does not have it (``decision`` of a facility is free).
    notes : list of Note
        Which sites are limited, and which are told to close and cannot.

    Raises
    ------
    DataError
        A site stands in both tables or twice, a class kind does not belong to its tier, a site
        of a tier with classes has none, more children are enrolled than its places can hold, its
        costs are not told, or a decision contradicts what it can hold.
    """
    existing = facilities.rename(columns={"expand_cost_cny": "place_cost_cny"}).assign(
        status="existing", action="expand", fixed_cost_cny=np.nan
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
        problems += _class_problems(table, scenario, name)
    for site in facilities.to_dict("records"):
        problems += _facility_problems(site, scenario, names[0])
    problems += _crowded_facilities(facilities, scenario, names[0])
    sites = pd.concat([existing, candidates[existing.columns]], ignore_index=True)
    sites = sites.sort_values("site_id").reset_index(drop=True)
    sites = with_costs(sites, scenario)
    problems += cost_problems(sites, scenario, names)
    if problems:
        raise DataError(problems)
    sites, notes = _closing(sites, scenario, names[0])
    sites = sites.assign(
        opens_to_residents=sites["opens_to_residents"].astype(bool),
        most_places=most_places(sites, scenario),
    )
    return sites, [*notes, *check_limits(sites, scenario, names)]


def _closing(sites: pd.DataFrame, scenario: Scenario, name: str) -> tuple[pd.DataFrame, list[Note]]:
    """Settle which facilities may close, by their row and their tier."""
    can_close = np.array([scenario.tiers[tier].can_close for tier in sites["tier"]], dtype=bool)
    existing = (sites["status"] == "existing").to_numpy()
    told = sites["may_close"]
    in_vain = int((told.eq(True) & existing & ~can_close).sum())
    notes = []
    if in_vain:
        notes.append(
            Note(
                zh=f"{name}：{in_vain}处填为可关停，但其服务层级不允许关停，方案不予关停",
                en=f"{name}: {in_vain} facilities may close by their row and not by their tier; "
                "the plan keeps them",
            )
        )
    return sites.assign(may_close=existing & can_close & ~told.eq(False).to_numpy()), notes


def _with_columns_of(sites: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Add the columns that only the other table of sites has, each at its default."""
    absent = {
        column.name: empty_column(column, sites.index)
        for column in table.columns
        if column.name not in sites and column.name != "expand_cost_cny"
    }
    return sites.assign(**absent)


def _class_problems(table: pd.DataFrame, scenario: Scenario, name: str) -> list[Problem]:
    """Return sites that could hold no class of a tier that has classes, and the other way round."""
    classless = [tier for tier, asked in scenario.tiers.items() if not asked.class_kinds]
    without = table["tier"].isin(classless)
    return [
        Problem(
            f"{name}, site_id {', '.join(table['site_id'][rows].head(5))}",
            f"{rows.sum()} sites {what}",
            remedy,
        )
        for rows, what, remedy in (
            (
                ~without & (table["max_classes"] == 0),
                "have max_classes empty or 0, and their tier runs classes",
                "fill in max_classes (最多班数)",
            ),
            (
                without & (table["max_classes"] > 0),
                "have max_classes, and their tier runs no classes",
                "leave max_classes empty, or correct the tier",
            ),
        )
        if rows.any()
    ]


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
    if allowed and not any(classes.values()):
        problems.append(
            Problem(place, "has no class today", "list it among the hosts, or fill in its classes")
        )
    if sum(classes.values()) > site["max_classes"] > 0:
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
