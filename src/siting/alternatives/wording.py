"""Amounts and names in a planner's words."""

from collections.abc import Iterable

from siting.notes import Note
from siting.scenario import Target
from siting.solver import Status

cny_in_unit = 10_000
"""Sums are told in 万元."""
most_named = 8
"""Sites named in a sentence; all of them are in the tables."""


def money(cny: float) -> Note:
    """Return a sum in 万元."""
    amount = f"{cny / cny_in_unit:,.1f}"
    return Note(zh=f"{amount}万元", en=f"{amount} x 10,000 CNY")


def interval(low_cny: float | None, high_cny: float | None) -> Note:
    """Return an interval of sums, either end of which may be unknown."""
    ends = [money(end) for end in (low_cny, high_cny) if end is not None]
    if not ends:
        return Note(zh="未知", en="an unknown sum")
    low, high = ends[0], ends[-1]
    if low_cny is None:
        return Note(zh=f"不超过{high.zh}", en=f"at most {high.en}")
    if high_cny is None:
        return Note(zh=f"不低于{low.zh}", en=f"at least {low.en}")
    if low == high:
        return high
    return Note(zh=f"{low.zh}至{high.zh}", en=f"{low.en} to {high.en}")


def figure_text(target: Target, value: float) -> Note:
    """Return a figure of a target in its unit."""
    if target.kind == "budget":
        return money(value)
    if target.kind in ("tier_count", "zone_count"):
        return Note(zh=f"{value:.0f}处", en=f"{value:.0f} sites")
    if target.unit == "share":
        return Note(zh=f"{value:.2%}", en=f"{value:.2%}")
    return Note(zh=f"每千人{value:g}个", en=f"{value:g} per thousand")


def named(names: Iterable[str]) -> Note:
    """Return names for a sentence, the first of them where there are many."""
    names = list(names)
    more = len(names) - most_named
    zh = "、".join(names[:most_named]) + (f"等{len(names)}处" if more > 0 else "")
    en = ", ".join(names[:most_named]) + (f" and {more} more" if more > 0 else "")
    return Note(zh=zh or "无", en=en or "none")


def proof(status: Status, gap: float | None) -> Note:
    """Return what is proven of a value that was sought."""
    if status is Status.OPTIMAL:
        return Note(zh="已证明最优", en="proven optimal")
    if gap is None:
        return Note(zh="未证明", en="not proven")
    return Note(zh=f"与下界差距{gap:.2%}", en=f"within {gap:.2%} of the bound")
