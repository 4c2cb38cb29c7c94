"""Intervals and proofs in a planner's words."""

from siting.notes import Note, money
from siting.solver import Status


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


def proof(status: Status, gap: float | None) -> Note:
    """Return what is proven of a value that was sought."""
    if status is Status.OPTIMAL:
        return Note(zh="已证明最优", en="proven optimal")
    if gap is None:
        return Note(zh="未证明", en="not proven")
    return Note(zh=f"与下界差距{gap:.2%}", en=f"within {gap:.2%} of the bound")
