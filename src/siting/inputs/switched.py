"""Sites that a trial (试算) switched on or off, taken as decided."""

from dataclasses import replace

import numpy as np
import pandas as pd

from siting.errors import DataError, Problem
from siting.inputs.study_inputs import Inputs
from siting.inputs.zones import no_zone
from siting.notes import Note
from siting.scenario.trial import SwitchedSite, Trial

switched_columns = ("opens_by", "closes_by")
"""Columns of the sites that a trial adds: year by which a forced host is open, or a facility
closed; empty where the trial says nothing."""
most_named = 10


def due_by(sites: pd.DataFrame, column: str, years: tuple[int, ...]) -> np.ndarray:
    """Return sites x years: whether the year of one of :data:`switched_columns` has come."""
    if column not in sites:
        return np.zeros((len(sites), len(years)), dtype=bool)
    by = sites[column].fillna(np.inf).to_numpy(dtype=float)
    return np.asarray(by[:, None] <= np.array(years))


def take_up_trial(inputs: Inputs, trial: Trial, place: str) -> Inputs:
    """Return the inputs with the switched sites of a trial decided.

    A host that is on is forced to open by the year of the trial, one that is off is excluded; a
    facility that is on stays open, one that is off is closed by that year, whatever its row says
    of closing. Classes are found anew.

    Parameters
    ----------
    place
        How messages call the file of the trial.

    Raises
    ------
    DataError
        A site is unknown, cannot open by the year or cannot close, or several hosts of one
        exclusive group are on.
    """
    sites = inputs.sites.reset_index(drop=True)
    position = {name: row for row, name in enumerate(sites["site_id"])}
    problems: list[Problem] = []
    decision = sites["decision"].to_numpy(dtype=object).copy()
    may_close = sites["may_close"].to_numpy(dtype=bool).copy()
    by = {column: np.full(len(sites), np.nan) for column in switched_columns}
    for i, site in enumerate(trial.sites):
        at = f"{place}, sites[{i}]"
        row = position.get(site.site_id)
        if row is None:
            what = f"the study has no site '{site.site_id}'"
            remedy = "remove it, or export the trial again from a page of this study"
            problems.append(Problem(at, what, remedy))
            continue
        barred = _barred(sites.iloc[row], site, trial.year)
        if barred:
            problems.append(Problem(at, f"'{site.site_id}' {barred}", "leave it as it is"))
        if sites["status"].iloc[row] == "existing":
            may_close[row] = not site.open
            by["closes_by"][row] = np.nan if site.open else trial.year
        else:
            decision[row] = "forced" if site.open else "excluded"
            by["opens_by"][row] = trial.year if site.open else np.nan
    changed = sites.assign(decision=decision, may_close=may_close, **by)
    problems += _group_problems(changed, place)
    if problems:
        raise DataError(problems)
    return replace(inputs, sites=changed, notes=(*inputs.notes, _note(trial)), trial=trial)


def _barred(site: pd.Series, switched: SwitchedSite, year: int) -> str:
    """Return why a site cannot be as the trial has it, empty where it can."""
    outside = site["zone"] == no_zone
    if site["status"] == "existing":
        return "" if switched.open or not outside else "lies outside the study area, and stays"
    if not switched.open:
        return ""
    if outside:
        return "lies outside the study area, and cannot open"
    if site["safety"] is False:
        return "has not passed fire and building safety (消防及房屋安全: 否), and cannot open"
    if site["from_year"] > year:
        return f"can open from {site['from_year']:.0f} on, not by {year}"
    return ""


def _group_problems(sites: pd.DataFrame, place: str) -> list[Problem]:
    opens = sites["decision"].isin(("committed", "forced"))
    grouped = sites[opens & (sites["exclusive_group"] != "")].groupby("exclusive_group")
    return [
        Problem(
            f"{place}, sites",
            f"{', '.join(sorted(of_group['site_id']))} of the exclusive group '{group}' are on, "
            "or committed or forced by the study, and at most one of a group opens",
            "switch all but one of them off",
        )
        for group, of_group in grouped
        if len(of_group) > 1
    ]


def _note(trial: Trial) -> Note:
    on = [site.site_id for site in trial.sites if site.open]
    off = [site.site_id for site in trial.sites if not site.open]
    parts_zh, parts_en = [], []
    for names, zh, en in ((on, "开办", "open"), (off, "关停或不开办", "closed or not opened")):
        if names:
            more = len(names) > most_named
            listed = names[:most_named]
            parts_zh.append(f"{zh}{len(names)}处：{'、'.join(listed)}{'等' if more else ''}")
            parts_en.append(f"{len(names)} {en}: {', '.join(listed)}{', ...' if more else ''}")
    if trial.minutes is not None:
        parts_zh.append(f"步行时限{trial.minutes}分钟")
        parts_en.append(f"walks of {trial.minutes} minutes")
    if trial.walk_m_per_min is not None:
        parts_zh.append(f"步行速度{trial.walk_m_per_min:g}米/分钟")
        parts_en.append(f"walking {trial.walk_m_per_min:g} m/min")
    return Note(
        zh=f"采用试算的选择（{trial.year}年，起于方案{trial.plan_hash[:12]}）："
        f"{'；'.join(parts_zh) or '无改动'}",
        en=f"choices of a trial are taken as decided ({trial.year}, from plan "
        f"{trial.plan_hash[:12]}): {'; '.join(parts_en) or 'nothing changed'}",
    )
