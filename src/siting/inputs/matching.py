"""Rows that name a zone -> the zone: by code, else by name within the parent zone."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

import numpy as np
import pandas as pd

from siting.errors import DataError, Problem
from siting.inputs.codes import plain_codes
from siting.inputs.header import Places
from siting.notes import Note

endings = (
    "街道办事处",
    "街道办",
    "街道",
    "民族乡",
    "镇",
    "乡",
    "社区居民委员会",
    "社区居委会",
    "社区",
    "村民委员会",
    "村委会",
    "村",
    "新区",
    "区",
    "县",
    "市",
)
"""What names of one zone may differ in."""
likeness = 0.5
most_named = 10


@dataclass(frozen=True)
class ZoneColumns:
    """The columns by which a table names zones, and by which the zones are known.

    Attributes
    ----------
    code, name
        Of the zone itself.
    parent
        Name of the zone that it lies in, None where there is none.
    label
        What such zones are called, Chinese and English.
    """

    code: str
    name: str
    parent: str | None
    label: tuple[str, str]


of_districts = ZoneColumns("district_code", "district", None, ("区县", "district"))
of_townships = ZoneColumns("township_code", "township", "district", ("乡镇街道", "township"))
of_communities = ZoneColumns("community_code", "community", "township", ("社区(村)", "community"))


def match_zones(
    table: pd.DataFrame,
    places: Places,
    zones: pd.DataFrame,
    columns: ZoneColumns,
    once_for: tuple[str, ...] | None = None,
) -> tuple[pd.Series, tuple[Note, ...]]:
    """Return the code of the zone that each row names.

    The code decides, unless the row's name is that of another zone or its parent's name differs
    from that of the zone; a name that no zone has is told. A row whose code is empty or unknown
    belongs to the only zone that has its name, and its parent's name where the row tells it;
    spaces and full-width characters do not count, and where nothing has the very name, neither do
    endings such as 街道 and 镇.

    Parameters
    ----------
    table
        The columns of ``columns``; those of names may be absent or empty.
    zones
        The same columns, a row a zone.
    once_for
        Columns for each value of which a zone may be named once; None where it may be named
        more than once.

    Returns
    -------
    pandas.Series
        Codes as ``zones`` writes them, in the order of ``table``.
    tuple of Note
        How many rows were matched by name, by which unknown codes, and which names differ.

    Raises
    ------
    DataError
        With every row that belongs to no zone, to more than one, or whose code and name
        contradict each other.
    """
    known = _Zones(zones.drop_duplicates(columns.code), columns)
    codes = plain_codes(table[columns.code])
    names = _texts(table, columns.name)
    parents = _texts(table, columns.parent)
    found = np.full(len(table), -1)
    by_name = np.zeros(len(table), dtype=bool)
    problems = []
    told = _Told()
    for row, (code, name, parent) in enumerate(zip(codes, names, parents, strict=True)):
        here = known.of_code.get(code) if code else None
        candidates, same_name = known.named(name, parent)
        if here is not None:
            contradiction = _contradiction(known, here, name, parent)
            if contradiction:
                what = f"the code {code} is '{known.names[here]}', but {contradiction}"
                place = places.at(np.array([row]), columns.code)
                problems.append(Problem(place, what, "correct the code or the name"))
            elif name and _stem(name) != _stem(known.names[here]):
                told.by_code[name] = known.names[here]
        elif len(candidates) == 1:
            here = candidates[0]
            by_name[row] = True
            if code:
                told.unknown_codes.append(code)
            if not same_name:
                told.by_stem[name] = known.names[here]
        else:
            problems.append(_problem(row, code, name, places, known, columns, candidates))
        found[row] = -1 if here is None else here
    if not problems and once_for is not None:
        problems += _repeated(table, places, found, columns, once_for)
    if problems:
        raise DataError(problems)
    matched = pd.Series(known.codes[found], index=table.index, name=columns.code, dtype=object)
    return matched, _notes(places.name, int(by_name.sum()), told, columns)


@dataclass
class _Told:
    """What a planner should know of the matching: names as written -> those of the zones."""

    by_code: dict[str, str] = field(default_factory=dict)
    by_stem: dict[str, str] = field(default_factory=dict)
    unknown_codes: list[str] = field(default_factory=list)


class _Zones:
    """The zones by code and by name."""

    def __init__(self, zones: pd.DataFrame, columns: ZoneColumns) -> None:
        self.codes = zones[columns.code].to_numpy(dtype=object)
        self.names = _texts(zones, columns.name)
        self.parent_names = _texts(zones, columns.parent)
        self.parents = [_stem(parent) for parent in self.parent_names]
        self.of_code = {code: i for i, code in enumerate(plain_codes(zones[columns.code]))}
        self.of_name: dict[str, list[int]] = defaultdict(list)
        self.of_stem: dict[str, list[int]] = defaultdict(list)
        for i, name in enumerate(self.names):
            self.of_name[plain_name(name)].append(i)
            self.of_stem[_stem(name)].append(i)

    def named(self, name: str, parent: str) -> tuple[list[int], bool]:
        """Return the zones of a name in a parent, and whether they have the very name."""
        if not name:
            return [], False
        same = self._within(self.of_name.get(plain_name(name), []), parent)
        return (
            (same, True)
            if same
            else (self._within(self.of_stem.get(_stem(name), []), parent), False)
        )

    def _within(self, zones: list[int], parent: str) -> list[int]:
        stem = _stem(parent)
        return [i for i in zones if not stem or not self.parents[i] or self.parents[i] == stem]


def _contradiction(known: _Zones, here: int, name: str, parent: str) -> str:
    """Return how the names of a row contradict the zone of its code; empty where they do not."""
    namesakes = known.of_name.get(plain_name(name), [])
    if not namesakes and _stem(name) != _stem(known.names[here]):
        namesakes = known.of_stem.get(_stem(name), [])
    if name and namesakes and here not in namesakes:
        return f"the name is '{name}' ({known.codes[namesakes[0]]})"
    meant = known.parents[here]
    # 历下区 may be written 济南市历下区.
    if parent and meant and not _stem(parent).endswith(meant):
        return f"it lies in '{known.parent_names[here]}', not in '{parent}'"
    return ""


def _problem(
    row: int,
    code: str,
    name: str,
    places: Places,
    known: _Zones,
    columns: ZoneColumns,
    candidates: list[int],
) -> Problem:
    place = places.at(np.array([row]), columns.code)
    told = " ".join(part for part in (f"code {code}" if code else "", name and f"'{name}'") if part)
    if candidates:
        return Problem(
            place,
            f"{told} may be {len(candidates)} zones: "
            f"{', '.join(str(known.codes[i]) for i in candidates)}",
            "fill in the code",
        )
    if not told:
        return Problem(place, "code and name are empty", "fill in the code")
    like = get_close_matches(plain_name(name), known.of_name, n=1, cutoff=likeness) if name else []
    if not like and code:
        like = [
            plain_name(known.names[known.of_code[near]])
            for near in get_close_matches(code, known.of_code, n=1, cutoff=0.8)
        ]
    meant = ""
    if like:
        nearest = known.of_name[like[0]][0]
        meant = f"; is it '{known.names[nearest]}' ({known.codes[nearest]})?"
    return Problem(
        place,
        f"{told} is no {columns.label[1]} of the study{meant}",
        "correct the code or the name",
    )


def _repeated(
    table: pd.DataFrame,
    places: Places,
    found: np.ndarray,
    columns: ZoneColumns,
    once_for: tuple[str, ...],
) -> list[Problem]:
    key = table[list(once_for)].assign(zone=found)
    repeated = key.duplicated(keep=False).to_numpy()
    if not repeated.any():
        return []
    return [
        Problem(
            places.at(repeated, columns.code),
            f"rows stand for the same {columns.label[1]}"
            + (f" and {' and '.join(once_for)}" if once_for else ""),
            "keep one of them",
        )
    ]


def _notes(name: str, by_name: int, told: _Told, columns: ZoneColumns) -> tuple[Note, ...]:
    notes = []
    if by_name:
        zh = f"{name}：{by_name}行按名称对应到{columns.label[0]}（代码为空或查不到）"
        en = f"{name}: {by_name} rows without a known code were matched to a "
        en += f"{columns.label[1]} by name"
        if told.unknown_codes:
            codes = sorted(set(told.unknown_codes))
            more = len(codes) > most_named
            zh += f"；查不到的代码：{'、'.join(codes[:most_named])}"
            zh += f"等{len(codes)}个" if more else ""
            en += f"; codes that are not known: {', '.join(codes[:most_named])}"
            en += f" and {len(codes) - most_named} more" if more else ""
        differing_zh, differing_en = _differing(told.by_stem)
        notes.append(Note(zh=zh + differing_zh, en=en + differing_en))
    if told.by_code:
        differing_zh, differing_en = _differing(told.by_code)
        notes.append(
            Note(
                zh=f"{name}：{len(told.by_code)}个名称查不到，按代码对应{differing_zh}",
                en=f"{name}: {len(told.by_code)} names are not known, and the code was taken"
                f"{differing_en}",
            )
        )
    return tuple(notes)


def _differing(names: dict[str, str]) -> tuple[str, str]:
    """Return what lists names as written beside those of the zones, Chinese and English."""
    if not names:
        return "", ""
    pairs = sorted(names.items())[:most_named]
    more = len(names) - len(pairs)
    zh = "；名称写法不同：" + "、".join(f"“{a}”即“{b}”" for a, b in pairs)
    zh += f"等{len(names)}处" if more else ""
    en = "; names that differ: " + ", ".join(f"'{a}' is '{b}'" for a, b in pairs)
    en += f" and {more} more" if more else ""
    return zh, en


def _texts(table: pd.DataFrame, column: str | None) -> list[str]:
    if column is None or column not in table:
        return [""] * len(table)
    return [str(text) for text in table[column]]


def plain_name(name: str) -> str:
    """Return a name without spaces and full-width characters."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))


def _stem(name: str) -> str:
    """Return a name without its ending, as long as something is left."""
    plain = plain_name(name)
    for ending in endings:
        if plain.endswith(ending) and len(plain) > len(ending) + 1:
            return plain.removesuffix(ending)
    return plain


def same_names(name: str, names: Sequence[str]) -> list[int]:
    """Return the positions of the names that are one, or else of those that differ in the ending.

    Spaces and full-width characters do not count in the latter.
    """
    same = [i for i, other in enumerate(names) if other == name]
    return same or [i for i, other in enumerate(names) if _stem(other) == _stem(name)]
