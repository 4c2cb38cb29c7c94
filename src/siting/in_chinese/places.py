"""Where a problem is: files, sheets, rows and columns, in Chinese."""

import re

from siting.in_chinese.labels import labels

line_and_column = re.compile(r"(.+):(\d+):(\d+)", re.DOTALL)
rows = re.compile(r"(.+), (row|feature|edge|line|byte)s? (\d+(?:, \d+)*)(.*)", re.DOTALL)
several = re.compile(r" and (\d+) more")
pair = re.compile(r" and (\d+)")
identified = re.compile(
    r"(.+?), (site_id|area_id|medical_id|cell_id|township_code|site) (.+)", re.DOTALL
)
key = re.compile(r"(.+), ([\w.\[\]]+)", re.DOTALL)
two_files = re.compile(r"([^,]+\.\w{2,8}) and ([^,]+\.\w{2,8})")
lettered = re.compile(r"([A-Z]{1,3}) \((.+)\)", re.DOTALL)
letters = re.compile(r"[A-Z]{1,3}")
called = {
    "the sites of the study": "本研究的点位",
    "scenario": "方案设定",
    "pairing": "配对表",
    "compare": "比较",
}
counted = {
    "row": "第{}行",
    "feature": "第{}个要素",
    "edge": "第{}条边",
    "line": "第{}行",
    "byte": "第{}字节",
}


def place_in_chinese(place: str) -> str:
    """Return where a problem is; names of files, sheets and columns stay as they are.

    ``hosts.csv, row 3, column lon`` becomes ``hosts.csv 第3行 lon（经度）列``.
    """
    for split in (_column, _identified, _rows, _sheet, _header, _position, _key):
        told = split(place)
        if told is not None:
            return told
    if place.startswith("fetching "):
        return f"下载“{place.removeprefix('fetching ')}”的路网"
    if found := two_files.fullmatch(place):
        return f"{found[1]} 和 {found[2]}"
    return called.get(place, place)


def column_in_chinese(text: str) -> str:
    """Return how a column is called: its name, and beside it what planners call it."""
    return f"{text}（{labels[text]}）" if text in labels else text


def _column(place: str) -> str | None:
    for word in (", column ", ", columns "):
        before, found, names = place.partition(word)
        if found:
            return f"{place_in_chinese(before)} {_columns(names)}"
    return None


def _columns(names: str) -> str:
    parts = re.split(r" and (?:column )?", names)
    is_list = all(part in labels or lettered.fullmatch(part) for part in parts)
    return "、".join(map(_one_column, parts)) if is_list else _one_column(names)


def _one_column(name: str) -> str:
    if found := lettered.fullmatch(name):
        return f"{found[1]}列（{_beside(found[2])}）"
    if letters.fullmatch(name):
        return f"{name}列"
    return f"{column_in_chinese(name)}列"


def _beside(name: str) -> str:
    return f"{name}，{labels[name]}" if name in labels else name


def _rows(place: str) -> str | None:
    found = rows.fullmatch(place)
    if not found:
        return None
    before, word, numbers, rest = found.groups()
    listed, more = numbers.replace(", ", "、"), ""
    if of := several.fullmatch(rest):
        more = f"等，另有{of[1]}处"
    elif of := pair.fullmatch(rest):
        listed += f"、{of[1]}"
    elif rest:
        return None
    return f"{place_in_chinese(before)} {counted[word].format(listed)}{more}"


def _identified(place: str) -> str | None:
    found = identified.fullmatch(place)
    if not found:
        return None
    before, word, ids = found.groups()
    name = "点位" if word == "site" else column_in_chinese(word)
    return f"{place_in_chinese(before)} {name} {_with_more(ids)}"


def _with_more(ids: str) -> str:
    found = re.fullmatch(r"(.*) and (\d+) more", ids, re.DOTALL)
    return f"{found[1]} 等，另有{found[2]}个" if found else ids


def _sheet(place: str) -> str | None:
    before, found, name = place.partition(", sheet ")
    return f"{place_in_chinese(before)} 工作表“{name}”" if found else None


def _header(place: str) -> str | None:
    if not place.endswith(", header"):
        return None
    return f"{place_in_chinese(place.removesuffix(', header'))} 表头"


def _position(place: str) -> str | None:
    found = line_and_column.fullmatch(place)
    return f"{found[1]} 第{found[2]}行第{found[3]}列" if found else None


def _key(place: str) -> str | None:
    found = key.fullmatch(place)
    return f"{place_in_chinese(found[1])} 的 {found[2]}" if found else None
