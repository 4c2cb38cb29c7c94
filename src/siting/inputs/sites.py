"""Sites: existing facilities and candidate hosts in one table."""

from itertools import combinations

import numpy as np
import pandas as pd

from siting.errors import DataError, Problem
from siting.inputs.dictionary import classes_column, enrolled_column
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
        (today) ``, enrolled_<band>, max_classes, fixed_cost_cny, place_cost_cny``.

    Raises
    ------
    DataError
        A site stands in both tables, a host is unknown, a class kind does not belong to the
        tier, or more children are enrolled than its places can hold.
    """
    existing = facilities.rename(columns={"expand_cost_cny": "place_cost_cny"}).assign(
        status="existing", action="expand", fixed_cost_cny=0.0
    )
    today = {classes_column(kind): 0 for kind in scenario.class_kinds}
    enrolled = {enrolled_column(band): 0 for band in scenario.bands}
    candidates = hosts.assign(status="candidate", **today, **enrolled)
    problems = _known_hosts(facilities, scenario, names[0]) + _known_hosts(
        hosts, scenario, names[1]
    )
    both = sorted(set(facilities["site_id"]) & set(hosts["site_id"]))
    if both:
        problems.append(
            Problem(
                f"{names[1]}, column site_id",
                f"{', '.join(both[:5])} stand in {names[0]} too",
                "give candidates names of their own",
            )
        )
    for site in facilities.to_dict("records"):
        problems += _facility_problems(site, scenario, names[0])
    if problems:
        raise DataError(problems)
    sites = pd.concat([existing, candidates[existing.columns]], ignore_index=True)
    return sites.sort_values("site_id").reset_index(drop=True)


def _known_hosts(table: pd.DataFrame, scenario: Scenario, name: str) -> list[Problem]:
    return [
        Problem(
            f"{name}, column host",
            f"'{host}' is no host of the scenario",
            f"use one of {', '.join(scenario.hosts)}, or add it under hosts",
        )
        for host in sorted(set(table["host"]) - set(scenario.hosts))
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
    enrolled = {band: site[enrolled_column(band)] for band in scenario.bands}
    for bands in _crowded(enrolled, classes, scenario):
        problems.append(
            Problem(
                place,
                f"{sum(enrolled[band] for band in bands)} children of {', '.join(bands)} months "
                "are enrolled, more than the places of classes for them",
                "correct the enrolled children or the classes",
            )
        )
        break
    return problems


def _crowded(
    enrolled: dict[str, int], classes: dict[str, int], scenario: Scenario
) -> list[tuple[str, ...]]:
    """Return sets of bands whose children exceed the places open to any of them (Hall 1935)."""
    bands = scenario.bands
    return [
        chosen
        for size in range(1, len(bands) + 1)
        for chosen in combinations(bands, size)
        if sum(enrolled[band] for band in chosen)
        > sum(
            kind.size * classes[name]
            for name, kind in scenario.class_kinds.items()
            if set(kind.bands) & set(chosen)
        )
    ]


def places(sites: pd.DataFrame, scenario: Scenario) -> np.ndarray:
    """Return the places of each row: the sum of class size x classes."""
    return sum(
        (
            kind.size * sites[classes_column(name)].to_numpy()
            for name, kind in scenario.class_kinds.items()
        ),
        start=np.zeros(len(sites), dtype=np.int64),
    )
