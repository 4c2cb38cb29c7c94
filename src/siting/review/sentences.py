"""What a plan achieves and how far it is proven, as sentences.

Reads what the page says as plain values, gives text. Does not: compute a figure.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from siting.notes import Note, written_gap
from siting.review.plain_values import Content
from siting.review.rounding import half_up
from siting.review.words import words


def achievement(content: Content) -> str:
    """Return in one sentence what the plan does and reaches.

    Parameters
    ----------
    content
        As :func:`siting.review.content.page_content` gives it.
    """
    word, is_chinese = content["words"], content["lang"] == "zh"
    doing = [
        word["doing"].format(action=word[action], count=f"{count:,}")
        for action, count in content["actions"].items()
        if count and action != "keep"
    ]
    told = ("、" if is_chinese else ", ").join(doing) or word["doing_nothing"]
    counted = content["tally"]
    values = {**content["achieves"], **{name: ["count", counted[name]] for name in ("met", "all")}}
    waiting = not_due_clause(counted["not_due"], word)
    by_year = word["by_year"] if counted["by_year"] else ""
    return _filled("achieves", content, values, doing=told, not_due=waiting, by_year=by_year)


def not_due_clause(count: int, word: Mapping[str, str]) -> str:
    """Return how many targets ask for nothing yet, to end a sentence; nothing where none."""
    return word["some_not_due"].format(count=f"{count:,}") if count else ""


def places_note(note: Content | None, word: Mapping[str, str], lang: str) -> str:
    """Return why added places are not those by which the area grows; nothing where they are.

    Parameters
    ----------
    note
        As :func:`siting.review.story_content.counted_otherwise` gives it.
    """
    if note is None:
        return ""
    return word["places_note"].format(
        added=f"{note['added']:+,}",
        effect=f"{note['effect']:+,.0f}",
        reasons=("、" if lang == "zh" else ", ").join(
            word[f"places_{reason}"] for reason in note["reasons"]
        ),
    )


def note_text(note: Note, lang: str) -> str:
    """Return a note as people read it: a file that it begins with by its name alone."""
    return re.sub(r"^[^：:\n]*/([^/：:\n]+\.[A-Za-z0-9]{2,8})(?=[：:])", r"\1", note.text(lang))


def proof(content: Content) -> str:
    """Return what is proven of the plan, and on what it depends.

    Parameters
    ----------
    content
        As :func:`siting.review.content.page_content` gives it.
    """
    told = [*content["proof"], content["words"]["conditional"]]
    return ("" if content["lang"] == "zh" else " ").join(told)


def written(kind: str, value: float | None, lang: str) -> str:
    """Return a figure as it stands in a sentence."""
    return words(lang)["nothing"] if value is None else _kinds[kind](value, lang == "zh")


def _filled(key: str, content: Content, values: Mapping[str, Any], **texts: str) -> str:
    lang = content["lang"]
    slots = {name: written(kind, value, lang) for name, (kind, value) in values.items()}
    usual = {"minutes": content["minutes"], "travel": content["travel"]}
    return str(content["words"][key]).format(**usual, **slots, **texts)


def _money(cny: float, is_chinese: bool) -> str:
    if not is_chinese:
        return f"CNY {half_up(cny / 1e6, 1):,} million"
    return f"{half_up(cny / 1e8, 2):,}亿元" if cny >= 1e8 else f"{half_up(cny / 1e4, 0):,}万元"


_kinds: Mapping[str, Callable[[float, bool], str]] = {
    "count": lambda value, _: f"{value:,.0f}",
    "year": lambda value, _: f"{value:.0f}",
    "decimal": lambda value, _: f"{value:,.2f}",
    "share": lambda value, _: f"{value:.1%}",
    "money": _money,
    "gap": lambda gap, _: written_gap(gap),
}
"""Kind of a figure -> how it is written, in Chinese or not."""
