"""Who may guide whom: medical institutions and the childcare institutions around them.

Reads the tables of a study and its reach, gives the pairs that the rules of the scenario allow,
and how many sites each medical institution can guide. Does not: choose among the pairs.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from siting.inputs import Inputs
from siting.inputs.zones import no_zone
from siting.notes import Note
from siting.reach import Reach, guided_sites
from siting.scenario import Scenario

primary_kinds = ("community_health_centre", "township_health_centre")
"""Primary health institutions (基层医疗卫生机构) among the kinds: 基本医疗卫生与健康促进法
第一百零七条（三） names 乡镇卫生院 and 社区卫生服务中心（站）, beside 村卫生室 and the like."""
rounding = 1e-9
"""What binary fractions may take from a whole number: 100 x 0.29 is 29, not 28."""
no_role = -1
"""In an array of roles: guides nobody."""
most_named = 20
"""Institutions named in a note; all are counted."""


@dataclass(frozen=True)
class GuidingPairs:
    """Which medical institution may guide which site: one entry for each pair allowed.

    Entries are in the order of (site, medical).

    Attributes
    ----------
    site, medical
        Positions in the tables of the inputs.
    seconds
        Travel time from the medical institution to the site, whole seconds.
    most_sites
        Sites that each medical institution can guide; 0 where it guides none by its kind.
    role
        Role in which each medical institution guides, a position in the roles of the scenario;
        ``no_role`` where it guides none. A site has at most one guide in each role.
    notes
        What was assumed, and who guides nobody.
    """

    site: np.ndarray
    medical: np.ndarray
    seconds: np.ndarray
    most_sites: np.ndarray
    role: np.ndarray
    notes: tuple[Note, ...] = ()


def guiding_pairs(scenario: Scenario, inputs: Inputs, reach: Reach) -> GuidingPairs:
    """Return which medical institution may guide which site.

    A medical institution of one of the kinds of ``guidance`` guides sites of the guided tiers in
    the study area, in its jurisdiction, on a way within the limit. Its jurisdiction is that of the
    township it is responsible for, or, where the table leaves that empty, lies in: the township,
    the district of it, or the whole area; for the whole area it may also lie outside.

    How many it can guide is told by :func:`most_guided`.

    Parameters
    ----------
    reach
        With the ways of the guidance.
    """
    medical, ways, guidance = inputs.medical, reach.guidance, scenario.guidance
    if medical is None or ways is None or guidance is None:
        none = np.empty(0, dtype=np.int64)
        return GuidingPairs(none, none, none, none, none)
    role = np.full(len(medical), no_role)
    for number, kinds in enumerate(scenario.guiding_roles):
        role[medical["kind"].isin(kinds).to_numpy()] = number
    guides = role != no_role
    zone = responsible_zone(inputs)
    allowed = guides[ways.medical] & guided_sites(scenario, inputs.sites)[ways.site]
    jurisdiction = np.array(guidance.each("jurisdiction", medical["kind"]), dtype=object)
    units = {
        "township": np.arange(len(inputs.townships)),
        "district": pd.factorize(inputs.townships["district_code"])[0],
    }
    for name, unit in units.items():
        of_zone = np.r_[unit, no_zone]
        of_site = of_zone[inputs.sites["zone"].to_numpy()]
        here = of_zone[zone][ways.medical] == of_site[ways.site]
        allowed &= here | (jurisdiction[ways.medical] != name)
    untold = medical["child_health_staff"].isna().to_numpy()
    without_zone = guides & (zone == no_zone) & (jurisdiction != "area")
    return GuidingPairs(
        site=ways.site[allowed],
        medical=ways.medical[allowed],
        seconds=ways.seconds[allowed],
        most_sites=np.where(guides, most_guided(scenario, medical), 0),
        role=role,
        notes=_notes(medical, guides, untold, without_zone),
    )


def responsible_zone(inputs: Inputs) -> np.ndarray:
    """Return the township that each medical institution is responsible for.

    Returns
    -------
    numpy.ndarray
        Position in the townships: that of ``township_code``, or where this is empty that of the
        township it lies in; ``no_zone`` where there is none.
    """
    medical = inputs.medical
    if medical is None:
        return np.empty(0, dtype=np.int64)
    told = medical["township_code"]
    by_code = pd.Index(inputs.townships["township_code"]).get_indexer(told)
    return np.where(told == "", medical["zone"], np.where(by_code < 0, no_zone, by_code))


def most_guided(scenario: Scenario, medical: pd.DataFrame) -> np.ndarray:
    """Return how many sites the staff of each medical institution can guide.

    That is its staff x ``institutions_per_staff`` of the guidance for its kind, rounded down.
    """
    if scenario.guidance is None:
        return np.zeros(len(medical), dtype=np.int64)
    each = np.array(scenario.guidance.each("institutions_per_staff", medical["kind"]), dtype=float)
    return np.floor(staff_counted(medical) * each + rounding).astype(np.int64)


def staff_counted(medical: pd.DataFrame) -> np.ndarray:
    """Return the child-health staff of each institution; untold it counts as one (assumption)."""
    return medical["child_health_staff"].astype(float).fillna(1.0).to_numpy()


def _notes(
    medical: pd.DataFrame, guides: np.ndarray, untold: np.ndarray, without_zone: np.ndarray
) -> tuple[Note, ...]:
    kind_untold = (medical["kind"] == "").to_numpy()
    told = (
        (
            kind_untold,
            "未填机构类别，不参与指导",
            "have no kind told and guide nobody",
        ),
        (
            without_zone,
            "所辖乡镇街道不在规划范围内，不参与指导",
            "are responsible for no township of the study area and guide nobody",
        ),
        (
            guides & untold & ~without_zone,
            "未填儿童保健人员数，按1人计（假设）",
            "have no child-health staff told, which counts as one person (assumption)",
        ),
    )
    notes = []
    for rows, zh, en in told:
        if rows.any():
            named = medical["name"][rows].head(most_named)
            more = rows.sum() > most_named
            notes.append(
                Note(
                    zh=f"医疗机构：{rows.sum()}家{zh}：{'、'.join(named)}{'等' if more else ''}",
                    en=f"medical institutions: {rows.sum()} {en}: {', '.join(named)}"
                    f"{', ...' if more else ''}",
                )
            )
    return tuple(notes)
