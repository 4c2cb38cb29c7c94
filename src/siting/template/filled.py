"""A scenario -> the cells of the workbook, as a planner would have filled them in.

Reads plain values of a scenario, gives what stands in each sheet. Does not: write files, or know
what the tables hold.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from siting.inputs.columns import yes_no
from siting.scenario import Scenario, keys
from siting.scenario.block import Block
from siting.scenario.blocks import block_named_by, blocks
from siting.scenario.children import ClassKind
from siting.scenario.keys import KeyPath, dotted, path_of
from siting.scenario.parameters import Parameter, Written, sections
from siting.scenario.tiers import Host, Tier

Value = Any
"""A text, number or truth value of a scenario, or several of them."""
Labels = Mapping[str, Mapping[str, str]]
"""Key of a block -> name of a row -> its label."""


@dataclass(frozen=True)
class Filled:
    """What stands in the sheets of the parameters and blocks.

    Attributes
    ----------
    values, sources
        Key of a parameter -> its value, and where it comes from.
    further
        Keys that the sheet of parameters does not have, in rows added to it.
    rows
        Key of a block -> its rows, a value for each column.
    """

    values: Mapping[str, Written] = field(default_factory=dict)
    sources: Mapping[str, Written] = field(default_factory=dict)
    further: Mapping[str, Written] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Sequence[Written | None]]] = field(default_factory=dict)


def filled_with(values: Mapping[Any, Any], scenario: Scenario) -> Filled:
    """Return the cells that say what a scenario says.

    Parameters
    ----------
    values
        The scenario as written; keys that it leaves out stay empty.
    scenario
        The same as read: its labels name rows, its defaults answer what a cell says by 是 or 否.
    """
    left = dict(_leaves(values, ()))
    labels = _labels(scenario)
    rows = {block.key: _rows(block, left, scenario, labels) for block in blocks}
    taken: dict[str, Written] = {}
    sources: dict[str, Written] = {}
    for i, text in enumerate(left.pop(("sources",), ())):
        taken[f"sources.{i}"] = text
    for parameter in (p for section in sections.values() for p in section):
        if parameter.source_key and path_of(parameter.source_key) in left:
            sources[parameter.key] = left.pop(path_of(parameter.source_key))
        if path_of(parameter.key) in left:
            path = path_of(parameter.key)
            taken[parameter.key] = _written(path, left.pop(path), parameter, labels)
    known = {p.key for section in sections.values() for p in section}
    further = {key: taken.pop(key) for key in tuple(taken) if key not in known}
    for path, value in left.items():
        further[dotted(path)] = _written(path, value, Parameter(dotted(path), ""), labels)
    return Filled(taken, sources, further, rows)


def _leaves(value: Value, path: KeyPath) -> Iterator[tuple[KeyPath, Value]]:
    """Give every value of a scenario that fits into a cell, with its key."""
    if isinstance(value, Mapping):
        for name, child in value.items():
            yield from _leaves(child, (*path, name))
    elif isinstance(value, list | tuple) and any(isinstance(each, Mapping) for each in value):
        for i, child in enumerate(value):
            yield from _leaves(child, (*path, i))
    elif value is not None:
        yield path, value


def _labels(scenario: Scenario) -> Labels:
    """Return what rows are called that others refer to: key of a block -> name -> label."""
    named: dict[str, Mapping[str, ClassKind | Tier | Host]] = {
        "class_kinds": scenario.class_kinds,
        "tiers": scenario.tiers,
        "hosts": scenario.hosts,
    }
    return {
        key: {
            name: name if keys.separators.search(keys.plain(row.label)) else row.label
            for name, row in rows.items()
        }
        for key, rows in named.items()
    }


def _rows(
    block: Block,
    left: dict[KeyPath, Value],
    scenario: Scenario,
    labels: Labels,
) -> Sequence[Sequence[Written | None]]:
    """Return the rows of a block, and take what they say out of what is left to be written."""
    in_row = [path_of(column.key) for column in block.columns if "{}" in column.key]
    named = dict.fromkeys(
        names for path in left for pattern in in_row if (names := _fits(path, pattern)) is not None
    )
    if not named:
        return block.rows
    texts = {
        column.key: left.pop(path_of(column.key), None)
        for column in block.columns
        if "{}" not in column.key
    }
    rows = [
        (
            *_names(block, names, labels),
            *(_of_row(column, names, left, texts, scenario, labels) for column in block.columns),
        )
        for names in named
    ]
    for column in block.columns:
        for names in named if column.member else ():
            left.pop(_path(column, names), None)
    return rows


def _fits(path: KeyPath, pattern: KeyPath) -> KeyPath | None:
    """Return what stands in the path for the ``{}`` of a pattern; None where it does not fit."""
    if len(path) != len(pattern):
        return None
    pairs = tuple(zip(path, pattern, strict=True))
    if any(part != asked for part, asked in pairs if asked != "{}"):
        return None
    return tuple(part for part, asked in pairs if asked == "{}")


def _path(column: Parameter, names: KeyPath) -> KeyPath:
    """Return the key of a column in the row of some names."""
    left = iter(names)
    return tuple(next(left) if part == "{}" else part for part in path_of(column.key))


def _names(block: Block, names: KeyPath, labels: Labels) -> Iterator[Written]:
    """Give the cells that name a row."""
    words = keys.names_at(keys.any_path_of(block.key))
    for column, name in zip(block.names, names, strict=False):  # without, where rows have positions
        is_word = column is block.names[-1] and name in words
        known = keys.choice_words if is_word else labels.get(column.of_block, {})
        yield known.get(str(name), name)


def _of_row(
    column: Parameter,
    names: KeyPath,
    left: dict[KeyPath, Value],
    texts: Mapping[str, Value],
    scenario: Scenario,
    labels: Labels,
) -> Written | None:
    """Return the cell of a column in a row, and take its value out of what is left."""
    if "{}" not in column.key:
        return texts[column.key]
    path = _path(column, names)
    if column.member:
        members: Any = scenario
        for part in path:
            members = members[part] if isinstance(members, Mapping) else getattr(members, str(part))
        return yes_no["yes" if column.member in members else "no"]
    value = left.pop(path, None)
    return None if value is None else _written(path, value, column, labels)


def _written(path: KeyPath, value: Value, parameter: Parameter, labels: Labels) -> Written:
    """Return a value as it is written into a cell."""
    if isinstance(value, list | tuple):
        items = (_written((*path, 0), item, parameter, labels) for item in value)
        return "、".join(map(str, items))
    words = {code: word for word, code in parameter.words.items()}
    if value in words:
        return words[value]
    if isinstance(value, bool):
        return yes_no["yes" if value else "no"]
    if value in keys.choices_at(path):
        return str(keys.choice_words.get(value, value))
    whole = path[:-1] if path[-1] == 0 else path
    known: Mapping[Value, Written] = labels.get(block_named_by(whole), {})
    return known.get(value, value)
