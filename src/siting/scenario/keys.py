"""What the keys of a scenario may hold, read from the type of the scenario itself.

A key is a path such as ``("children", "under3_share", 2027)``; people write it with dots.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from siting.scenario.scenario import Scenario

KeyPath = tuple[str | int, ...]
Node = Mapping[str, Any]
"""A part of the JSON Schema of a scenario."""

choice_words = {
    "walk": "步行",
    "cycle": "骑行",
    "drive": "驾车",
    "to_site": "去程",
    "from_site": "返程",
    "per_thousand": "每千人口托位数",
    "inclusive_share": "普惠托位占比",
    "township_coverage": "乡镇(街道)覆盖率",
    "community_coverage": "社区(村)覆盖率",
    "population_coverage": "时限内可达的婴幼儿占比",
    "enrolment": "入托率",
    "fill": "新增托位使用率",
    "tier_count": "点位数量",
    "zone_count": "各乡镇(区县)点位数",
    "new_area": "新建居住区每千人托位数",
    "pairing": "签约机构占比",
    "budget": "资金上限",
    "area": "整个范围",
    "township": "乡镇(街道)",
    "district": "区县",
    "site": "点位",
    "inside": "点位在社区内",
    "reach": "共享点位可达",
    "all": "全部",
    "urban": "城镇",
    "rural": "农村",
    "left_behind": "留守婴幼儿",
    "hardship": "困境婴幼儿",
    "capital": "投资",
    "subsidy": "补助",
    "running": "年运营成本",
    "last_planned_year": "上一规划年",
    "base_year": "现状年",
    "hospital": "医院",
    "maternal_child": "妇幼保健院",
    "community_health_centre": "社区卫生服务中心",
    "township_health_centre": "乡镇卫生院",
    "other": "其他",
    "share": "按占比推算",
    "table": "人口表中的列",
    "births": "三年出生人数",
    "raster": "人口栅格",
    "cells": "需求单元表",
    "streets": "沿居住道路",
    "wgs84": "WGS-84",
    "gcj02": "GCJ-02(高德、腾讯)",
    "bd09": "BD-09(百度)",
    "open": "新建",
    "convert": "改建",
    "expand": "扩建",
    "close": "关停",
    "keep": "保持",
    "medical": "医疗机构",
    "facilities": "机构",
    "hosts": "载体",
    "shortfall": "目标缺口",
    "cost": "成本",
    "coverage": "可达婴幼儿",
    "served": "服务儿童",
    "tie_break": "并列取定",
    "travel_time": "出行时间",
}
"""Word of a choice -> what a planner calls it."""
yes = frozenset({"是", "yes", "true", "y"})
no = frozenset({"否", "no", "false", "n"})
parts_of_key = re.compile(r'(?:^|\.)(?:"([^"]+)"(?=\.|$)|([^.]*))')
straight_quotes = str.maketrans("“”", '""')
separators = re.compile(r"[,;、\n]")
dashes = re.compile(r"(?<=\d)\s*[-‐-―−~至]\s*(?=\d)")


def path_of(key: str) -> KeyPath:
    """Return the path that a dotted key names; digits are numbers, a name with a dot is quoted."""
    parts = parts_of_key.findall(key.translate(straight_quotes))
    return tuple(name or (int(part) if part.isdecimal() else part) for name, part in parts)


def any_path_of(key: str) -> KeyPath:
    """Return a path that a key with ``{}`` for the name or position of a row may stand for."""
    path: KeyPath = ()
    for part in path_of(key):
        row = 0 if "array" in types_at(path) else (*names_at(path), "any")[0]
        path = (*path, row if part == "{}" else part)
    return path


def dotted(path: KeyPath) -> str:
    """Return a path as people write it, names that have a dot in quotes."""
    return ".".join(f'"{part}"' if "." in str(part) else str(part) for part in path)


def nodes_at(path: KeyPath) -> tuple[Node, ...]:
    """Return every form that the value at a path may take; none where there is no such key."""
    nodes = _forms([_schema()])
    for part in path:
        nodes = _forms(child for node in nodes for child in _inside(node, part))
    return nodes


def choices_at(path: KeyPath) -> tuple[str, ...]:
    """Return the words that the value at a path must be one of; none where any will do."""
    words = [
        word
        for node in nodes_at(path)
        for word in node.get("enum", [node["const"]] if "const" in node else [])
    ]
    return tuple(dict.fromkeys(words))


def names_at(path: KeyPath) -> tuple[str, ...]:
    """Return the only names that what stands at a path may hold; none where any will do."""
    return tuple(
        name for node in nodes_at(path) for name in node.get("propertyNames", {}).get("enum", ())
    )


def types_at(path: KeyPath) -> frozenset[str]:
    """Return the JSON types that the value at a path may have."""
    return frozenset(node["type"] for node in nodes_at(path) if "type" in node)


def likely_key(path: KeyPath) -> str | None:
    """Return the key that was meant by a path that does not exist, as far as it can be told."""
    kept: KeyPath = ()
    for i, part in enumerate(path):
        if nodes_at((*kept, part)):
            kept = (*kept, part)
            continue
        names = {name for node in nodes_at(kept) for name in node.get("properties", ())}
        near = get_close_matches(str(part), sorted(names), n=1)
        if not near:
            return None
        meant = (*kept, near[0], *path[i + 1 :])
        return dotted(meant) if nodes_at(meant) else dotted((*kept, near[0]))
    return None


def value_at(path: KeyPath, written: object, words: Mapping[str, object]) -> Any:  # noqa: ANN401
    """Return what a person wrote as the value that a key asks for.

    Whole floats become whole numbers, texts numbers, ``是`` true, ``步行`` walk, ``a、b`` a list.
    What cannot be read so is returned as it stands, to be refused by the scenario.

    Parameters
    ----------
    words
        Further words for a value of this key, such as the labels of class kinds.
    """
    types = types_at(path)
    if "array" in types:
        if not isinstance(written, str):
            return (value_at((*path, 0), written, words),)
        items = separators.split(plain(written))
        return tuple(value_at((*path, 0), item, words) for item in items if item.strip())
    text = plain(written)
    meant: dict[str, object] = {
        plain(choice_words[c]): c for c in choices_at(path) if c in choice_words
    }
    meant |= {plain(word): value for word, value in words.items()}
    value = meant.get(text, _whole(written))
    if text in meant:
        pass
    elif "boolean" in types:
        answer = yes_or_no(written)
        value = value if answer is None else answer
    elif types & {"integer", "number"}:
        value = _number(text) if isinstance(written, str) else value
    elif types == {"string"}:
        is_word = choices_at(path) or isinstance(path[-1], int)
        value = text if is_word else str(value).strip()
    return value


def yes_or_no(written: object) -> bool | None:
    """Return what 是 and 否 say; None for anything else."""
    word = plain(written).lower()
    return True if word in yes else False if word in no else None


def plain(written: object) -> str:
    """Return a word as it is compared: half-width, without blanks around, dashes as hyphens."""
    text = unicodedata.normalize("NFKC", str(_whole(written)))
    return dashes.sub("-", text).strip()


def _whole(written: object) -> object:
    return int(written) if isinstance(written, float) and written.is_integer() else written


def _number(text: str) -> object:
    share = text.endswith("%")
    digits = text.removesuffix("%").strip()
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", digits):
        digits = digits.replace(",", "")
    if not re.fullmatch(r"[+-]?\d+(\.\d*)?", digits):
        return text
    number = float(digits)
    return number / 100 if share else _whole(number)


@cache
def _schema() -> Node:
    return Scenario.model_json_schema()


def _forms(nodes: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(form for node in nodes for form in _forms_of(node))


def _forms_of(node: Node) -> Iterator[Node]:
    if "$ref" in node:
        yield from _forms_of(_schema()["$defs"][node["$ref"].rsplit("/", maxsplit=1)[-1]])
    elif "anyOf" in node or "oneOf" in node:
        yield from _forms(node.get("anyOf", node.get("oneOf")))
    elif node.get("type") != "null":
        yield node


def _inside(node: Node, part: str | int) -> Iterator[Node]:
    if node.get("type") == "array":
        if isinstance(part, int):
            yield node["items"]
        return
    if part not in node.get("propertyNames", {}).get("enum", (part,)):
        return
    if part in node.get("properties", ()):
        yield node["properties"][part]
    elif isinstance(node.get("additionalProperties"), Mapping):
        yield node["additionalProperties"]
    else:
        for pattern, child in node.get("patternProperties", {}).items():
            if re.search(pattern, str(part)):
                yield child
