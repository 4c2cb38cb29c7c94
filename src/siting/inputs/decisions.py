"""What is decided about hosts, and what bars them: contradictions, and what a plan leaves out."""

import pandas as pd

from siting.errors import DataError, Problem
from siting.notes import Note

opening = ("committed", "forced")
"""Decisions by which a host opens."""
most_named = 10
"""Hosts named in a note; all are counted."""


def check_decisions(hosts: pd.DataFrame, last_year: int, name: str) -> tuple[Note, ...]:
    """Hold the decisions about hosts against each other, their safety and the years planned for.

    Parameters
    ----------
    hosts
        In the form of the data dictionary.
    last_year
        The last year planned for; a host opens in the first planned year from its own on.
    name
        How messages call the table.

    Returns
    -------
    tuple of Note
        Which hosts are decided for a year after the last planned one, and which are not safe: the
        plan opens neither.

    Raises
    ------
    DataError
        Several hosts of one exclusive group are to open, or one that is not safe.
    """
    opens = hosts["decision"].isin(opening)
    unsafe = hosts["safety"].eq(False)
    problems = [
        Problem(
            f"{name}, site_id {', '.join(sorted(of_group['site_id']))}",
            f"{len(of_group)} hosts of the exclusive group '{group}' are committed or forced, and "
            "at most one of a group opens",
            "leave one of them so, and set the others to free or excluded; or correct the group",
        )
        for group, of_group in hosts[opens & (hosts["exclusive_group"] != "")].groupby(
            "exclusive_group"
        )
        if len(of_group) > 1
    ]
    problems += [
        Problem(
            f"{name}, site_id {site['site_id']}",
            f"is {site['decision']}, and its safety is 'no' (消防及房屋安全: 否)",
            "correct the safety or the decision; empty stands for a safety not yet known",
        )
        for site in hosts[opens & unsafe].to_dict("records")
    ]
    if problems:
        raise DataError(problems)
    late = hosts["site_id"][opens & (hosts["from_year"] > last_year)]
    barred = hosts["site_id"][unsafe & (hosts["decision"] != "excluded")]
    return (
        *_note(
            late,
            f"{name}：{len(late)}处已定或必选载体的最早开办年份晚于规划期末（{last_year}），"
            "未计入方案",
            f"{name}: {len(late)} committed or forced hosts open after {last_year}, the last year "
            "planned for, and are left out of the plan",
        ),
        *_note(
            barred,
            f"{name}：{len(barred)}处载体消防及房屋安全为“否”，方案不予开办",
            f"{name}: {len(barred)} hosts have not passed fire and building safety; the plan does "
            "not open them",
        ),
    )


def _note(sites: pd.Series, zh: str, en: str) -> tuple[Note, ...]:
    if sites.empty:
        return ()
    named = sorted(sites)[:most_named]
    more = len(sites) > most_named
    return (
        Note(
            zh=f"{zh}：{'、'.join(named)}{'等' if more else ''}",
            en=f"{en}: {', '.join(named)}{', ...' if more else ''}",
        ),
    )
