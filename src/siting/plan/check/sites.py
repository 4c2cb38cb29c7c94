"""The check of what is done at sites: limits, decisions, and that nothing is undone."""

import numpy as np
import pandas as pd

from siting.inputs.switched import due_by
from siting.plan.check.facts import Facts, PlannedState, named


def check_sites(facts: Facts, years: list[PlannedState]) -> list[str]:
    """Return the rules on sites that a plan breaks.

    Parameters
    ----------
    years
        The planned years in order, under the trend that is planned for.
    """
    found = []
    before = facts.today
    for planned in years:
        for broken, what in _broken(facts, planned, before):
            if broken.any():
                found.append(f"{planned}, {named(facts.sites['site_id'][broken])}: {what}")
        before = planned.state
    return found + _exclusive(facts, years[-1])


def acted(facts: Facts, state: pd.DataFrame) -> np.ndarray:
    """Return where a plan has acted: opened a candidate, or added classes to a facility."""
    grown = state[facts.kinds].to_numpy() > facts.sites[facts.kinds].to_numpy()
    exists = facts.sites["exists"].to_numpy()
    return state["open"].to_numpy(dtype=bool) & (grown.any(axis=1) | ~exists)


def _broken(
    facts: Facts, planned: PlannedState, before: pd.DataFrame
) -> list[tuple[np.ndarray, str]]:
    """Return for each rule which sites break it, and in what words."""
    scenario, year = facts.scenario, planned.year
    site = {column: facts.sites[column].to_numpy() for column in facts.sites}
    now, earlier = planned.state[facts.kinds].to_numpy(), before[facts.kinds].to_numpy()
    is_open, was_open = (t["open"].to_numpy(dtype=bool) for t in (planned.state, before))
    exists, inside, acts = site["exists"], site["inside"], acted(facts, planned.state)
    places, classes = now @ facts.size.to_numpy(), now.sum(axis=1)
    runs = np.array(
        [
            [kind in scenario.tiers[tier].class_kinds for kind in scenario.class_kinds]
            for tier in site["tier"]
        ]
    )
    least_places = np.array([scenario.tiers[tier].least_places for tier in site["tier"]])
    opened, closes = is_open & ~exists & runs.any(axis=1), exists & was_open & ~is_open
    from_year = site["from_year"].astype(float)
    there = np.isnan(from_year) | (from_year <= year)
    decision, idle = site["decision"], there & ~acts
    is_last = year == scenario.last_year
    opens_now, closes_now = (
        due_by(facts.sites, column, (year,))[:, 0] for column in ("opens_by", "closes_by")
    )
    unsafe = facts.sites["safety"].eq(False).to_numpy(dtype=bool)
    return [
        (~is_open & (classes > 0), "runs classes and is closed"),
        (((now > 0) & ~runs).any(axis=1), "runs a class that its tier does not"),
        (acts & (classes > site["max_classes"]), "has more classes than it may have"),
        (acts & (places > site["most_places"]), "has more places than its host allows"),
        (is_open & was_open & (now < earlier).any(axis=1), "loses classes"),
        (~exists & was_open & ~is_open, "closes again after it opened"),
        (exists & ~was_open & is_open, "opens again after it closed"),
        (closes & ~(site["may_close"].astype(bool) & inside), "closes, and may not"),
        (closes & acted(facts, before), "closes after it grew"),
        (acts & (decision == "excluded"), "acts, and is excluded"),
        (acts & unsafe, "acts, and is not safe"),
        (acts & ~there, "acts before it is there"),
        (acts & ~inside, "acts outside the study area"),
        (idle & (decision == "committed"), "does not open, and is committed"),
        (idle & (decision == "forced") & is_last, "does not open, and is forced"),
        (idle & (decision == "forced") & opens_now, "does not open by the year it is told to"),
        (exists & is_open & closes_now, "does not close by the year it is told to"),
        (opened & (classes == 0), "opens without a class"),
        (opened & (places < least_places), "has fewer places than its tier opens with"),
    ]


def _exclusive(facts: Facts, last: PlannedState) -> list[str]:
    """Return the exclusive groups of which more than one site acts."""
    group = facts.sites["exclusive_group"].to_numpy()
    acting = facts.sites[acted(facts, last.state) & (group != "")]
    return [
        f"{last}, {named(of_group['site_id'])}: act, and one at most of the group '{group}' may"
        for group, of_group in acting.groupby("exclusive_group")
        if len(of_group) > 1
    ]
