"""The sheets of a workbook with a row for each class kind, tier, target, ..."""

import re

from siting.scenario import keys
from siting.scenario.block import Block, RowName
from siting.scenario.hints import hint_in_english
from siting.scenario.keys import KeyPath, dotted
from siting.scenario.parameters import Parameter, sections, table_sheets
from siting.scenario.people_blocks import take_up, take_up_by_year, years
from siting.scenario.service_blocks import (
    action_costs,
    class_kinds,
    guidance_by_kind,
    hosts,
    tiers,
)
from siting.scenario.target_block import targets

speeds = Block(
    "drive.speed_by_highway_kph",
    "道路速度",
    "只在与一般速度不同时填（如台阶上步行较慢）；驾车未填的道路类型按设计速度（CJJ 37-2012）。",
    (
        Parameter("walk.speed_by_highway_kph.{}", "步行速度", "千米/小时"),
        Parameter("cycle.speed_by_highway_kph.{}", "骑行速度", "千米/小时"),
        Parameter("drive.speed_by_highway_kph.{}", "驾车速度", "千米/小时"),
    ),
    (RowName("道路类型", "OpenStreetMap 的 highway 值"),),
    rows=tuple(
        (highway, None, None, None)
        for highway in (
            "motorway",
            "trunk",
            "primary",
            "secondary",
            "tertiary",
            "unclassified",
            "residential",
            "living_street",
            "service",
            "footway",
            "steps",
        )
    ),
)
blocks = (
    class_kinds,
    tiers,
    hosts,
    action_costs,
    take_up,
    take_up_by_year,
    years,
    targets,
    guidance_by_kind,
    speeds,
)
"""The sheets with a row for each class kind, tier and so on, those that others refer to first."""


def block_named_by(path: KeyPath) -> str:
    """Return the block whose names, or labels, are the values of a key; empty where none is."""
    named = {"tier": "tiers", "tiers": "tiers", "host": "hosts", "class_kinds": "class_kinds"}
    return named.get(str(path[-1]), "")


def label_of(path: KeyPath) -> tuple[str, str]:
    """Return what a planner calls a key (Chinese), and what is to be filled in (English)."""
    key = dotted(path)
    if path[0] == "inputs" and path[-1] in table_sheets:
        return table_sheets[str(path[-1])], "fill in the sheet"
    for block in blocks:
        if key == block.key:
            hint = hint_in_english(block.hint)
            return block.label, f"fill in the sheet: {hint}" if hint else "fill in the sheet"
    parameter = _parameter_at(key)
    if parameter is None:
        return key, ""
    if parameter.source_key == key:
        return f"{parameter.label}的来源", "write where it comes from, or 假设"
    return parameter.label, hint_in_english(parameter.hint)


def words_at(path: KeyPath) -> tuple[str, ...]:
    """Return the words that the cell of a key offers; none where it takes any text or number."""
    parameter = _parameter_at(dotted(path))
    own = tuple(parameter.words) if parameter is not None else ()
    if own or keys.types_at(path) == {"boolean"}:
        return own or ("是", "否")
    return tuple(keys.choice_words.get(choice, choice) for choice in keys.choices_at(path))


def _parameter_at(key: str) -> Parameter | None:
    columns = (column for block in blocks for column in block.columns)
    rows = (row for section in sections.values() for row in section)
    for parameter in (*columns, *rows):
        pattern = re.escape(parameter.key).replace(r"\{\}", "[^.]+")
        is_below = parameter.key.startswith(f"{key}.")
        if is_below or parameter.source_key == key or re.fullmatch(pattern, key):
            return parameter
    return None
