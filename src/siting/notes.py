"""What was left out, repaired or assumed on the way, told to people in both languages.

Reads nothing, gives :class:`Note`, and names, sums and figures as they stand in one. Does not:
decide what is worth telling.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

most_named = 8
"""Things named in a sentence; the others are counted."""


@dataclass(frozen=True)
class Note:
    """A sentence with its counts, in Chinese and English.

    Attributes
    ----------
    zh, en
        The sentence in either language.
    """

    zh: str
    en: str

    def text(self, lang: str) -> str:
        """Return the sentence in ``zh`` or ``en``."""
        return self.zh if lang == "zh" else self.en


def named(names: Iterable[str]) -> Note:
    """Return names for a sentence, the first of them where there are many."""
    names = list(names)
    more = len(names) - most_named
    zh = "、".join(names[:most_named]) + (f"等{len(names)}处" if more > 0 else "")
    en = ", ".join(names[:most_named]) + (f" and {more} more" if more > 0 else "")
    return Note(zh=zh or "无", en=en or "none")


def money(cny: float) -> Note:
    """Return a sum in 万元."""
    amount = f"{cny / 1e4:,.1f}"
    return Note(zh=f"{amount}万元", en=f"{amount} x 10,000 CNY")


def amount(value: float, unit: str) -> Note:
    """Return a figure in the unit of a target: CNY, share, sites or per thousand."""
    if unit == "CNY":
        return money(value)
    if unit == "share":
        return Note(zh=f"{value:.2%}", en=f"{value:.2%}")
    if unit == "sites":
        return Note(zh=f"{value:.0f}处", en=f"{value:.0f} sites")
    return Note(zh=f"每千人{value:g}个", en=f"{value:g} per thousand")


def written_gap(gap: float) -> str:
    """Return a gap rounded up, so that what is told is proven: 0.06%, 1.3%; 0% where it is none."""
    if gap <= 0:
        return "0%"
    hundredths = max(ceil(round(gap * 10_000, 6)), 1)
    return f"{hundredths / 100:.2f}%" if hundredths < 100 else f"{ceil(hundredths / 10) / 10:.1f}%"
