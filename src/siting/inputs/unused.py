"""Tables and columns that are filled in, and that a plan of the scenario does not use."""

from collections.abc import Mapping

import pandas as pd

from siting.inputs.columns import Column
from siting.inputs.dictionary import tables_of
from siting.notes import Note
from siting.scenario import Scenario

counted = {
    "medical": ("医疗机构{}处", "{} medical institutions"),
}
"""Tables that a plan may leave aside, and what their rows are called."""
told_of = ("facilities", "hosts", "medical")
"""Tables whose columns are looked at."""


def unused(frames: Mapping[str, pd.DataFrame], scenario: Scenario) -> list[Note]:
    """Return what tells of the tables and columns that this plan does not use."""
    used = {rule.table for rule in scenario.host_rules}
    if scenario.guidance is not None or _is_shown(frames.get("medical")):
        used.add("medical")
    aside = [key for key in counted if key in frames and len(frames[key]) and key not in used]
    looked_at = {key: frames[key] for key in told_of if key in frames and key not in aside}
    return [*_of_tables(frames, aside), *_of_columns(looked_at, scenario)]


def _is_shown(medical: pd.DataFrame | None) -> bool:
    """Return whether medical institutions tell what is shown beside the plan: staff, referral."""
    if medical is None:
        return False
    return bool(medical[["child_health_staff", "referral_level"]].notna().to_numpy().any())


def _of_tables(frames: Mapping[str, pd.DataFrame], aside: list[str]) -> list[Note]:
    return [
        Note(
            zh=f"{zh.format(len(frames[key]))}已读入并检查，未用于本方案",
            en=f"{en.format(len(frames[key]))} were read and checked; this plan does not use them",
        )
        for key, (zh, en) in counted.items()
        if key in aside
    ]


def _of_columns(frames: Mapping[str, pd.DataFrame], scenario: Scenario) -> list[Note]:
    entries = tables_of(scenario)
    ruled = {
        (rule.table, condition.column) for rule in scenario.host_rules for condition in rule.where
    }
    not_asked = _not_asked(scenario)
    notes = []
    for key, frame in frames.items():
        filled = [
            column
            for column in entries[key].columns
            if (key, column.name) in not_asked - ruled and _is_filled(frame[column.name], column)
        ]
        if filled:
            labels = "、".join(column.label for column in filled)
            names = ", ".join(column.name for column in filled)
            name = getattr(scenario.inputs, key)
            notes.append(
                Note(
                    zh=f"{name}：以下各栏已读入，未用于本方案：{labels}",
                    en=f"{name}: read, not used by this plan: {names}",
                )
            )
    return notes


def _not_asked(scenario: Scenario) -> set[tuple[str, str]]:
    """Return (table, column) that nothing in the scenario asks for."""
    limits = scenario.host_limits
    budgets = {target.spent_on for target in scenario.targets if target.kind == "budget"}
    running = "running" in scenario.costs.counted or "running" in budgets
    used = {
        ("hosts", "area_m2"): limits is not None and limits.area_m2_per_place is not None,
        ("hosts", "outdoor_area_m2"): limits is not None
        and limits.outdoor_m2_per_place is not None,
        ("hosts", "storey"): limits is not None and limits.highest_storey is not None,
        ("hosts", "subsidy_cny"): "subsidy" in budgets,
        ("hosts", "inclusive_price_cny"): False,
        ("facilities", "opened_year"): False,
        ("facilities", "filing"): False,
        ("medical", "level"): False,
        ("medical", "public"): False,
        ("medical", "health_system"): False,
        ("medical", "staff_children"): False,
    }
    for table in ("facilities", "hosts"):
        used[table, "running_cost_cny"] = running
        used[table, "surplus_3_6"] = any(tier.needs_surplus for tier in scenario.tiers.values())
    return {column for column, is_used in used.items() if not is_used}


def _is_filled(values: pd.Series, column: Column) -> bool:
    """Return whether a column tells more than its default."""
    empty = "" if column.type == "text" else column.default
    return bool((values.notna() & (values != empty)).any())
