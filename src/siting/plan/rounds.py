"""巡回指导: what it takes each medical institution to visit the institutions that it guides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from siting.errors import DataError, Problem
from siting.guidance import most_guided, staff_counted
from siting.network import Network
from siting.notes import Note
from siting.plan.tours import Tour, divide_into_days
from siting.reach import no_way, ways_of_rounds
from siting.scenario import Scenario, whole_seconds
from siting.scenario.guidance import Guidance
from siting.target_names import medical_kinds

most_named = 20
"""Sites named in a note or a problem; all are counted."""
institution_columns: Mapping[str, str] = {
    "medical_id": "object",
    "sites": "int64",
    "unreached": "int64",
    "travel_s": "int64",
    "visit_s": "int64",
    "days": "int64",
    "days_too_long": "int64",
    "exact": "bool",
    "visits_per_year": "int64",
    "days_per_year": "int64",
    "days_per_staff": "float64",
    "workload": "float64",
}
visit_columns: Mapping[str, str] = {
    "medical_id": "object",
    "day": "Int64",
    "stop": "Int64",
    "site_id": "object",
    "travel_s": "Int64",
    "back_s": "Int64",
}


@dataclass(frozen=True)
class Rounds:
    """An estimate of the rounds; one round visits every site of an institution once.

    Attributes
    ----------
    institutions
        A row for each medical institution that guides a site, in the order of the id:
        ``medical_id, sites`` (that it guides) ``, unreached`` (of these, sites without a way
        there or back, which the rest of the row leaves out) ``, travel_s, visit_s`` (of a round)
        ``, days`` (of a round) ``, days_too_long`` (those that a single visit makes longer than
        a day) ``, exact`` (whether no round takes fewer days, or as many with less travel)
        ``, visits_per_year, days_per_year, days_per_staff`` (in a year; NaN where it has no
        staff) ``, workload`` (sites that it guides / sites that its staff can guide; infinite
        where they can guide none).
    visits
        A row for each site: ``medical_id, day, stop`` (counted from 1) ``, site_id, travel_s``
        (from the place before) ``, back_s`` (to the medical institution after the last visit of
        a day, else 0); all but the ids are empty where a site is not reached.
    notes
        What was assumed, and who is not reached.
    """

    institutions: pd.DataFrame
    visits: pd.DataFrame
    notes: tuple[Note, ...]


def estimate_rounds(
    scenario: Scenario,
    network: Network,
    sites: pd.DataFrame,
    medical: pd.DataFrame,
    pairing: pd.DataFrame,
) -> Rounds:
    """Estimate the rounds of the medical institutions over the sites that they guide.

    A visit takes ``visit_minutes``, a day at most ``day_minutes`` from leaving the medical
    institution to being back, and every site has ``visits_per_year``. Days are made as in
    :func:`siting.plan.tours.divide_into_days`, with one team on the road (assumption).

    Parameters
    ----------
    network
        With the mode of the guidance.
    sites
        ``site_id, x, y`` of at least the sites that are guided.
    medical
        ``medical_id, kind, x, y, child_health_staff`` of at least those that guide.
    pairing
        ``site_id, medical_id, seconds``: a row for each pair, a site guided in several roles with
        each of its guides. The seconds, from the medical institution to the site, are measured
        here again with the ways back and between.

    Raises
    ------
    DataError
        The pairing names a place that the tables do not have, or a pair twice.
    """
    guidance = scenario.guidance
    if guidance is None:
        raise ValueError("the scenario has no guidance")
    check_pairing(pairing, sites, medical)
    pairs = pairing.sort_values(["medical_id", "site_id"], ignore_index=True)
    bases, base_of_stop = np.unique(pairs["medical_id"].to_numpy(dtype=object), return_inverse=True)
    base_rows = medical.set_index("medical_id").loc[bases]
    stop_rows = sites.set_index("site_id").loc[pairs["site_id"]]
    matrices = ways_of_rounds(
        scenario,
        network,
        base_rows[["x", "y"]].to_numpy(dtype=float),
        stop_rows[["x", "y"]].to_numpy(dtype=float),
        base_of_stop,
        guidance.mode,
    )
    visit_of = [whole_seconds(each) for each in guidance.each("visit_minutes", base_rows["kind"])]
    times_a_year = guidance.each("visits_per_year", base_rows["kind"])
    day_s = whole_seconds(guidance.day_minutes)
    staff, most_sites = staff_counted(base_rows), most_guided(scenario, base_rows)
    institutions, visits = [], []
    for base, seconds in enumerate(matrices):
        site_ids = pairs["site_id"][base_of_stop == base].to_numpy()
        reached = (seconds[0, 1:] != no_way) & (seconds[1:, 0] != no_way)
        kept = np.r_[0, 1 + np.flatnonzero(reached)]
        visit_s = visit_of[base]
        tour = divide_into_days(seconds[np.ix_(kept, kept)], visit_s, day_s)
        count, days = int(reached.sum()), len(tour.days)
        days_per_year = days * times_a_year[base]
        institutions.append(
            {
                "medical_id": bases[base],
                "sites": len(site_ids),
                "unreached": len(site_ids) - count,
                "travel_s": sum(tour.travel_s),
                "visit_s": count * visit_s,
                "days": days,
                "days_too_long": sum(tour.too_long),
                "exact": tour.exact,
                "visits_per_year": count * times_a_year[base],
                "days_per_year": days_per_year,
                "days_per_staff": days_per_year / staff[base] if staff[base] else np.nan,
                "workload": len(site_ids) / most_sites[base] if most_sites[base] else np.inf,
            }
        )
        visits += _visits(bases[base], tour, site_ids[reached], seconds[np.ix_(kept, kept)])
        visits += [{"medical_id": bases[base], "site_id": site} for site in site_ids[~reached]]
    return Rounds(
        pd.DataFrame(institutions, columns=list(institution_columns)).astype(institution_columns),
        pd.DataFrame(visits, columns=list(visit_columns)).astype(visit_columns),
        _notes(guidance, base_rows["kind"].unique(), institutions, visits),
    )


def _visits(
    medical_id: str, tour: Tour, site_ids: np.ndarray, seconds: np.ndarray
) -> list[dict[str, object]]:
    """Return the visits of a tour in their order."""
    visits: list[dict[str, object]] = []
    for day, stops in enumerate(tour.days, 1):
        before = 0
        for number, stop in enumerate(stops, 1):
            is_last = number == len(stops)
            visits.append(
                {
                    "medical_id": medical_id,
                    "day": day,
                    "stop": number,
                    "site_id": site_ids[stop],
                    "travel_s": int(seconds[before, stop + 1]),
                    "back_s": int(seconds[stop + 1, 0]) if is_last else 0,
                }
            )
            before = stop + 1
    return visits


def check_pairing(pairing: pd.DataFrame, sites: pd.DataFrame, medical: pd.DataFrame) -> None:
    """Look whether a pairing names each pair once, and places that there are.

    Raises
    ------
    DataError
        With every problem at once.
    """
    problems = []
    for column, known in (("site_id", sites), ("medical_id", medical)):
        unknown = pairing[column][~pairing[column].isin(known[column])]
        if len(unknown):
            problems.append(
                Problem(
                    f"pairing, column {column}",
                    f"{len(unknown)} rows name what is in no table: {_named(unknown)}",
                    "pair sites and medical institutions of this study",
                )
            )
    twice = pairing["site_id"][pairing.duplicated(["site_id", "medical_id"])]
    if len(twice):
        problems.append(
            Problem(
                "pairing, column site_id",
                f"{len(twice)} sites stand twice with the same guide: {_named(twice)}",
                "name each pair once",
            )
        )
    if problems:
        raise DataError(problems)


def _named(names: pd.Series) -> str:
    ids = sorted(set(names))
    return ", ".join(ids[:most_named]) + (", ..." if len(ids) > most_named else "")


def of_each_kind(guidance: Guidance, rule: str, kinds: Iterable[str], unit: str) -> Note:
    """Return a figure of the guidance; where kinds differ in it, that of each of them.

    Parameters
    ----------
    rule
        A figure of :class:`siting.scenario.guidance.KindRules`.
    kinds
        Kinds of the medical institutions that guide; told in the order of the guidance.
    unit
        Chinese unit of the figure; English names it in the sentence around.
    """
    kinds_with: dict[str, list[str]] = {}
    present = set(kinds)
    for kind in [kind for kind in guidance.kinds if kind in present] or guidance.kinds:
        kinds_with.setdefault(f"{guidance.each(rule, [kind])[0]:g}", []).append(kind)
    if len(kinds_with) == 1:
        (figure,) = kinds_with
        return Note(zh=f"{figure}{unit}", en=figure)
    told = [(figure, [medical_kinds[k] for k in of]) for figure, of in kinds_with.items()]
    return Note(
        zh="、".join(f"{'和'.join(zh for zh, _ in names)}{f}{unit}" for f, names in told),
        en=", ".join(f"{f} ({' and '.join(en for _, en in names)})" for f, names in told),
    )


def _notes(
    guidance: Guidance,
    kinds: Iterable[str],
    institutions: list[dict[str, object]],
    visits: list[dict[str, object]],
) -> tuple[Note, ...]:
    if not institutions:
        return ()
    kinds = list(kinds)
    times = of_each_kind(guidance, "visits_per_year", kinds, "次")
    visit = of_each_kind(guidance, "visit_minutes", kinds, "分钟")
    day = f"{guidance.day_minutes:g}"
    notes = [
        Note(
            zh=f"巡回指导：每家机构每年{times.zh}，每次{visit.zh}，每日往返及指导"
            f"合计不超过{day}分钟；每家医疗机构由一组人员巡回（假设）。依据：{guidance.source}",
            en=f"rounds: {times.en} visits a year to each institution, {visit.en} "
            f"minutes each, at most {day} minutes a day with travel; one team of each medical "
            f"institution is on the road (assumption). Source: {guidance.source}",
        )
    ]
    lost = pd.Series([each["site_id"] for each in visits if "day" not in each], dtype=object)
    if len(lost):
        notes.append(
            Note(
                zh=f"巡回指导：{len(lost)}家机构没有往返道路，未计入巡回：{_named(lost)}",
                en=f"rounds: no way leads to {len(lost)} institutions and back, and no round "
                f"counts them: {_named(lost)}",
            )
        )
    rough = sum(not each["exact"] for each in institutions)
    if rough:
        notes.append(
            Note(
                zh=f"巡回指导：{rough}家医疗机构的点位较多，路线为近似解，实际可更短",
                en=f"rounds: {rough} medical institutions guide so many that their rounds are "
                "near the best; shorter ones may exist",
            )
        )
    return tuple(notes)
