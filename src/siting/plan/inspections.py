"""双随机: which institutions are inspected, and by whom, drawn at random so that all can check it.

The draw can be repeated by anyone with NumPy, in any of its versions, which keep the numbers of
PCG64 for a seed the same (numpy.org, PCG64, compatibility guarantee):

1. ``numbers = numpy.random.PCG64(inspected_seed).random_raw(...)``, whole numbers of 64 bits.
2. The sites, sorted by ``site_id``, take the first numbers in turn. The ``inspected`` sites with
   the smallest numbers are drawn, the smallest first.
3. For each site drawn, in that order, the medical institutions, sorted by ``medical_id``, take
   the next numbers in turn. The one with the smallest number inspects, leaving out those that
   guide the site unless there is no other.

Ids are sorted as text, by code point; of equal numbers the first in that order counts.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from siting.network import Network
from siting.notes import Note
from siting.plan.rounds import check_pairing
from siting.reach import measure_ways
from siting.scenario import Scenario
from siting.scenario.guidance import Guidance


@dataclass(frozen=True)
class InspectionList:
    """Sites to be inspected.

    Attributes
    ----------
    visits
        A row for each site drawn, in the order of the draw: ``order`` (counted from 1)
        ``, site_id, medical_id`` (who inspects; empty where there is nobody) ``, guides``
        (whether it also guides the site, for want of another) ``, seconds`` (its way to the
        site; empty where there is none).
    notes
        How the draw was made, and what it lacks.
    """

    visits: pd.DataFrame
    notes: tuple[Note, ...]


def inspection_list(
    scenario: Scenario,
    network: Network,
    sites: pd.DataFrame,
    medical: pd.DataFrame,
    pairing: pd.DataFrame,
) -> InspectionList:
    """Draw institutions to be inspected, and who inspects each.

    Parameters
    ----------
    network
        With the mode of the guidance.
    sites
        ``site_id, x, y`` of the open sites among which is drawn.
    medical
        ``medical_id, x, y`` of the institutions whose staff inspect.
    pairing
        ``site_id, medical_id, seconds``: who guides which of the sites; some may have nobody.

    Raises
    ------
    DataError
        The pairing names a place that the tables do not have, or a pair twice.
    """
    guidance = scenario.guidance
    if guidance is None:
        raise ValueError("the scenario has no guidance")
    check_pairing(pairing, sites, medical)
    guides_of = pairing.groupby("site_id")["medical_id"].agg(set).to_dict()
    drawn = draw(
        guidance.inspected_seed,
        guidance.inspected,
        sites["site_id"].tolist(),
        medical["medical_id"].tolist(),
        guides_of,
    )
    visits = pd.DataFrame(drawn, columns=["site_id", "medical_id"], dtype=object)
    visits.insert(0, "order", np.arange(1, len(drawn) + 1))
    guides = [who in guides_of.get(site, ()) for site, who in drawn]
    visits["guides"] = np.array(guides, dtype=bool)
    visits["seconds"] = _ways_s(scenario, network, visits, sites, medical, guidance.mode)
    return InspectionList(visits, _notes(guidance, visits))


def draw(
    seed: int,
    count: int,
    site_ids: Sequence[str],
    medical_ids: Sequence[str],
    guides_of: Mapping[str, Collection[str]],
) -> list[tuple[str, str]]:
    """Draw so many sites without replacement, and who inspects each, as described above.

    Parameters
    ----------
    site_ids, medical_ids
        In any order.
    guides_of
        Site -> all who guide it.

    Returns
    -------
    list of tuple
        Site, and who inspects it (empty where there is nobody), in the order of the draw.
    """
    stream = np.random.PCG64(seed)
    drawn = []
    for site in _ranked(site_ids, stream)[:count]:
        ranked = _ranked(medical_ids, stream)
        others = [each for each in ranked if each not in guides_of.get(site, ())]
        drawn.append((site, next(iter(others or ranked), "")))
    return drawn


def _ranked(ids: Sequence[str], stream: np.random.PCG64) -> list[str]:
    """Return ids by the numbers that they take from the stream, the smallest first."""
    return [each for _, each in sorted((stream.random_raw(), each) for each in sorted(ids))]


def _ways_s(
    scenario: Scenario,
    network: Network,
    visits: pd.DataFrame,
    sites: pd.DataFrame,
    medical: pd.DataFrame,
    mode: str,
) -> pd.Series:
    """Return the seconds of each visit's way, empty where there is none."""
    sent = medical[medical["medical_id"].isin(visits["medical_id"])]
    inspected = sites[sites["site_id"].isin(visits["site_id"])]
    leaves, arrives, seconds = measure_ways(
        scenario,
        network,
        sent[["x", "y"]].to_numpy(dtype=float),
        inspected[["x", "y"]].to_numpy(dtype=float),
        mode,
    )
    pairs = zip(
        inspected["site_id"].to_numpy()[arrives],
        sent["medical_id"].to_numpy()[leaves],
        strict=True,
    )
    way_s = dict(zip(pairs, seconds.tolist(), strict=True))
    visited = zip(visits["site_id"], visits["medical_id"], strict=True)
    return pd.Series([way_s.get(pair) for pair in visited], index=visits.index, dtype="Int64")


def _notes(guidance: Guidance, visits: pd.DataFrame) -> tuple[Note, ...]:
    if not guidance.inspected:
        return ()
    count, seed = len(visits), guidance.inspected_seed
    notes = [
        Note(
            zh=f"双随机抽查：按种子{seed}随机抽取{count}家机构，并随机选派检查单位（PCG64随机数，"
            "按编号排序后依次取数，可复核）",
            en=f"inspections: {count} institutions drawn at random with seed {seed}, and who "
            "inspects each (PCG64, numbers taken in the order of the ids: anyone can repeat it)",
        )
    ]
    told = (
        (
            guidance.inspected - count,
            f"拟抽查{guidance.inspected}家，开办机构不足，少抽",
            f"of the {guidance.inspected} asked for there are too few open institutions; missing:",
        ),
        (
            int((visits["medical_id"] == "").sum()),
            "没有检查单位的机构数：",
            "institutions that nobody is there to inspect:",
        ),
        (
            int(visits["guides"].sum()),
            "没有其他检查单位、只能由指导单位检查的机构数：",
            "institutions inspected by those who guide them, for want of others:",
        ),
        (
            int((visits["seconds"].isna() & (visits["medical_id"] != "")).sum()),
            "检查单位没有道路可达的机构数：",
            "institutions to which no way leads from who inspects them:",
        ),
    )
    notes += [
        Note(zh=f"双随机抽查：{zh}{number}", en=f"inspections: {en} {number}")
        for number, zh, en in told
        if number
    ]
    return tuple(notes)
