"""Targets and provisions on the page, and how townships stand against each target."""

import pandas as pd

from siting.indicators import TargetResult, served_share
from siting.inputs import Inputs
from siting.plan import Plan
from siting.provisions import carriers, place_of, state_of, strengths, wording
from siting.review.plain_values import Content, plain_list
from siting.scenario import Scenario
from siting.solver import Status
from siting.target_names import target_name

most_lacking = 12
"""Zones or sites named beside a target that they miss."""
without = {"pairing": "without_pairing"}
"""Kind of a target -> the word for those that it lacks though it is met; "without" for others."""
units = {"share": "share", "per thousand": "decimal", "sites": "count", "CNY": "money"}
"""Unit of a target -> how the page writes it."""


def target_rows(
    scenario: Scenario, inputs: Inputs, today: tuple[TargetResult, ...], plan: Plan, lang: str
) -> list[Content]:
    """Return every target with what is required, what today has and what the plan achieves."""
    return [
        {
            "id": result.target.id,
            "name": target_name(scenario, result.target).text(lang),
            "short": target_name(scenario, result.target, short=True).text(lang),
            "year": result.target.year,
            "unit": units[result.target.unit],
            "required": result.required,
            "required_upper": result.required_upper,
            "today": before.achieved,
            "achieved": result.achieved,
            "served_share": served_share(
                scenario, inputs, plan.year(result.target.year).indicators, result.target
            ),
            "required_count": result.required_count,
            "today_count": before.achieved_count,
            "achieved_count": result.achieved_count,
            "counted": _counted(result),
            "met": result.met,
            "due": result.due,
            "lacking": list(result.missing_in[:most_lacking]),
            "lacking_told": "lacking" if not result.met else without.get(kind, "without"),
            "gap_proven": gap_proven(plan, result),
            "hard": result.target.hard,
            "clause": told.clause,
            "sentence": result.target.sentence,
            "reading": told.reading,
        }
        for before, result in zip(today, plan.targets, strict=True)
        for kind, told in [(result.target.kind, wording(scenario, result.target, lang))]
    ]


def gap_proven(plan: Plan, result: TargetResult) -> str | None:
    """Return what is proven of a soft target that is missed.

    The gaps of a priority cannot add up to less: ``sum`` where several are missed. Where it is the
    only one, ``alone``: it comes no nearer unless another of its priority or above falls shorter.
    None where the target is met or nothing is proven.
    """
    priority = result.target.priority
    stages = {stage.name: stage.status for stage in plan.stages}
    if result.met or stages.get(f"shortfall-{priority}") is not Status.OPTIMAL:
        return None
    missed = [
        other
        for other in plan.targets
        if not other.target.hard and other.target.priority == priority and not other.met
    ]
    return "alone" if len(missed) == 1 else "sum"


def _counted(result: TargetResult) -> int | None:
    """Return the number of things that a target's counts are out of; None where there are none."""
    is_share = result.target.unit == "share"
    if not is_share or result.achieved_count is None or not result.achieved:
        return result.required_count or None
    return round(result.achieved_count / result.achieved)


def provision_rows(provisions: pd.DataFrame, lang: str) -> list[Content]:
    """Return every provision of the documents planned for, with where the plan stands."""
    is_chinese = lang == "zh"
    return [
        {
            "id": row["id"],
            "title": row["title" if is_chinese else "title_en"],
            "strength": row["strength"] if is_chinese else strengths[row["strength"]],
            "carried": ("、" if is_chinese else ", ").join(
                carriers[each][not is_chinese] for each in row["carried_by"].split()
            ),
            "how": row["how" if is_chinese else "how_en"],
            "changed": row["changed" if is_chinese else "changed_en"],
            "found": row["found" if is_chinese else "found_en"],
            "clause": place_of(row, lang),
            "sentence": row["sentence"],
            "reading": row["reading"] if is_chinese else row["reading_en"] or row["reading"],
            "state": row["state"],
            "state_told": state_of(row, lang),
        }
        for row in provisions.to_dict("records")
    ]


def standing_rows(inputs: Inputs, plan: Plan, ranking: pd.DataFrame, lang: str) -> list[Content]:
    """Return how every township stands against each target, in every year that asks for it."""
    due = {(result.target.id, result.target.year): i for i, result in enumerate(plan.targets)}
    codes = pd.Index(inputs.townships["township_code"])
    reason = "reason" if lang == "zh" else "reason_en"
    found = []
    for (name, year), table in ranking.groupby(["target", "year"], sort=False):
        rows = table.set_index("township_code").reindex(codes)
        found.append(
            {
                "target": due[str(name), int(year)],
                "unit": units[table["unit"].iloc[0]],
                "figure": plain_list(rows["figure"]),
                "rank": _whole(rows["rank"]),
                "tied": _whole(rows["tied"]),
                "ranked": int(table["ranked"].iloc[0]),
                "meets": [None if meets is None else bool(meets) for meets in rows["meets"]],
                "reason": rows[reason].tolist(),
            }
        )
    return found


def overall_ranks(inputs: Inputs, overall: pd.DataFrame) -> Content:
    """Return year -> the rank of each township over all targets, and how many are ranked."""
    codes = pd.Index(inputs.townships["township_code"])
    found = {}
    for year, table in overall.groupby("year"):
        rows = table.set_index("township_code").reindex(codes)
        found[str(year)] = {
            "rank": _whole(rows["rank"]),
            "ranked": int(table["ranked"].iloc[0]),
            "met": _whole(rows["met"]),
            "held": _whole(rows["held"]),
        }
    return found


def _whole(column: pd.Series) -> list[int | None]:
    return [None if pd.isna(value) else int(value) for value in column]
