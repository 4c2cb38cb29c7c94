"""The check of what is done at sites: limits, decisions, and that nothing is undone."""

import pandas as pd

from siting.plan.check_facts import Facts, PlannedState, named


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


def acted(facts: Facts, state: pd.DataFrame) -> pd.Series:
    """Return where a plan has acted: opened a candidate, or added classes to a facility."""
    grown = (state[facts.kinds] > facts.sites[facts.kinds]).any(axis=1)
    return state["open"].astype(bool) & (grown | ~facts.sites["exists"])


def _broken(
    facts: Facts, planned: PlannedState, before: pd.DataFrame
) -> list[tuple[pd.Series, str]]:
    """Return for each rule which sites break it, and in what words."""
    sites, scenario, year = facts.sites, facts.scenario, planned.year
    now, earlier = planned.state[facts.kinds], before[facts.kinds]
    is_open, was_open = planned.state["open"].astype(bool), before["open"].astype(bool)
    exists, acts = sites["exists"], acted(facts, planned.state)
    places, classes = now.dot(facts.size), now.sum(axis=1)
    of_tier = [scenario.tiers[tier] for tier in sites["tier"]]
    runs = pd.DataFrame(
        [[kind in tier.class_kinds for kind in scenario.class_kinds] for tier in of_tier],
        columns=facts.kinds,
        dtype=bool,
    )
    has_kinds = runs.any(axis=1)
    least_places = pd.Series([tier.least_places for tier in of_tier], dtype=float)
    opened, closes = is_open & ~exists, exists & was_open & ~is_open
    there = sites["from_year"].isna() | (sites["from_year"] <= year)
    forced = sites["decision"].eq("forced") & (year == scenario.last_year)
    return [
        (~is_open & (classes > 0), "runs classes and is closed"),
        (((now > 0) & ~runs).any(axis=1), "runs a class that its tier does not"),
        (acts & (classes > sites["max_classes"]), "has more classes than it may have"),
        (acts & (places > sites["most_places"]), "has more places than its host allows"),
        (is_open & was_open & (now < earlier).any(axis=1), "loses classes"),
        (~exists & was_open & ~is_open, "closes again after it opened"),
        (exists & ~was_open & is_open, "opens again after it closed"),
        (closes & ~(sites["may_close"].astype(bool) & sites["inside"]), "closes, and may not"),
        (closes & acted(facts, before), "closes after it grew"),
        (acts & sites["decision"].eq("excluded"), "acts, and is excluded"),
        (acts & sites["safety"].eq(False), "acts, and is not safe"),
        (acts & ~there, "acts before it is there"),
        (acts & ~sites["inside"], "acts outside the study area"),
        (sites["decision"].eq("committed") & there & ~acts, "does not open, and is committed"),
        (forced & there & ~acts, "does not open, and is forced"),
        (opened & has_kinds & (classes == 0), "opens without a class"),
        (opened & has_kinds & (places < least_places), "has fewer places than its tier opens with"),
    ]


def _exclusive(facts: Facts, last: PlannedState) -> list[str]:
    """Return the exclusive groups of which more than one site acts."""
    acting = facts.sites[acted(facts, last.state) & facts.sites["exclusive_group"].ne("")]
    return [
        f"{last}, {named(of_group['site_id'])}: act, and one at most of the group '{group}' may"
        for group, of_group in acting.groupby("exclusive_group")
        if len(of_group) > 1
    ]
