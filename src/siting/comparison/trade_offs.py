"""What one plan costs and gives more or less than another, in a sentence."""

from dataclasses import dataclass

from siting.comparison.site_table import site_table
from siting.notes import Note, named
from siting.plan.finished_run import FinishedRun

smallest_cny = 0.5
"""Sums that differ by less are the same sum."""
smallest_share = 0.0005
"""Shares below are not written as 0.0 %."""
under_smallest = Note(zh="不到0.1%", en="less than 0.1%")
smallest_wan_cny = 1000.0
"""Sums below are told in 元."""


@dataclass(frozen=True)
class _Counted:
    """How a difference in a number of things is told."""

    figure: str
    more: Note
    fewer: Note
    same: Note


counted = (
    _Counted(
        "under3_covered",
        Note(zh="多覆盖{n}名3岁以下婴幼儿", en="covers {n} more under-3{s}"),
        Note(zh="少覆盖{n}名3岁以下婴幼儿", en="covers {n} fewer under-3{s}"),
        Note(zh="覆盖的3岁以下婴幼儿一样多", en="covers as many under-3s"),
    ),
    _Counted(
        "served",
        Note(zh="可达且有位的多{n}人", en="has a place within reach for {n} more {child}"),
        Note(zh="可达且有位的少{n}人", en="has a place within reach for {n} fewer {child}"),
        Note(zh="可达且有位的一样多", en="has a place within reach for as many children"),
    ),
    _Counted(
        "places",
        Note(zh="托位多{n}个", en="has {n} more place{s}"),
        Note(zh="托位少{n}个", en="has {n} fewer place{s}"),
        Note(zh="托位一样多", en="has as many places"),
    ),
)


def trade_off(one: FinishedRun, other: FinishedRun, called: str, other_called: str) -> Note:
    """Tell what ``other`` costs and gives, compared with ``one``.

    Costs are capital of all years, not discounted; children and places those of the last
    planned year of each.

    Parameters
    ----------
    called, other_called
        Letters of ``one`` and ``other``.
    """
    parts = [
        _capital(one, other),
        *_running(one, other),
        *(_count(one, other, each) for each in counted),
        _sites(one, other, called),
        *_targets(one, other),
    ]
    zh_years = en_years = ""
    if one.year != other.year:
        zh_years = f"（{called}取{one.year}年，{other_called}取{other.year}年）"
        en_years = f" (figures of {one.year} for {called}, of {other.year} for {other_called})"
    return Note(
        zh=f"与方案{called}相比，方案{other_called}{zh_years}"
        + "；".join(part.zh for part in parts)
        + "。",
        en=f"Compared with plan {called}, plan {other_called}{en_years} "
        + "; ".join(part.en for part in parts)
        + ".",
    )


def _capital(one: FinishedRun, other: FinishedRun) -> Note:
    before, after = (float(run.costs["capital_cny"].sum()) for run in (one, other))
    change = _money(before, after)
    return Note(zh=f"投资{change.zh}", en=f"costs {change.en}")


def _running(one: FinishedRun, other: FinishedRun) -> list[Note]:
    """Tell running costs of the last year, where the runs tell any."""
    before, after = (
        float(run.costs.loc[run.costs["year"] == run.year, "running_cny"].iloc[0])
        for run in (one, other)
    )
    if max(before, after) < smallest_cny:
        return []
    change = _money(before, after)
    return [Note(zh=f"年运营成本{change.zh}", en=f"costs {change.en} a year to run")]


def _money(before: float, after: float) -> Note:
    """Tell a difference of sums, with its share of the first where that is above nothing."""
    size = abs(after - before)
    if size < smallest_cny:
        return Note(zh="相同", en="the same")
    sum_ = Note(
        zh=f"{size / 1e4:,.1f}万元" if size >= smallest_wan_cny else f"{size:,.0f}元",
        en=f"CNY {size:,.0f}",
    )
    way = Note(zh="多", en="more") if after > before else Note(zh="少", en="less")
    if before < smallest_cny:
        return Note(zh=f"{way.zh}{sum_.zh}", en=f"{sum_.en} {way.en}")
    share = size / before
    known = share >= smallest_share
    part = Note(zh=f"{share:.1%}", en=f"{share:.1%}") if known else under_smallest
    return Note(
        zh=f"{way.zh}{part.zh}（{sum_.zh}）",
        en=f"{part.en} {way.en} ({sum_.en})",
    )


def _count(one: FinishedRun, other: FinishedRun, each: _Counted) -> Note:
    change = round(float(other.area[each.figure]) - float(one.area[each.figure]))
    if change == 0:
        return each.same
    told = each.more if change > 0 else each.fewer
    size = abs(change)
    slots = {
        "n": f"{size:,}",
        "s": "" if size == 1 else "s",
        "child": "child" if size == 1 else "children",
    }
    return Note(zh=told.zh.format(**slots), en=told.en.format(**slots))


def _sites(one: FinishedRun, other: FinishedRun, called: str) -> Note:
    """Tell how many sites are open in one of the plans only, or otherwise in both."""
    table = site_table({"A": one, "B": other})
    is_open = {k: ~table[f"{k}_action"].isin(["", "close"]) for k in "AB"}
    comes = int((is_open["B"] & ~is_open["A"]).sum())
    goes = int((is_open["A"] & ~is_open["B"]).sum())
    both = is_open["A"] == is_open["B"]
    otherwise = int((both & ~table["alike"]).sum())
    zh, en = [], []
    if comes:
        zh.append(f"多{comes}处方案{called}没有的点位")
        en.append(f"has {comes} site{_s(comes)} that {called} has not")
    if goes:
        zh.append(f"少{goes}处方案{called}有的点位")
        en.append(f"is without {goes} site{_s(goes)} of {called}")
    if otherwise:
        zh.append(f"{'另有' if comes or goes else '有'}{otherwise}处点位措施、规模或年份不同")
        more = "more " if comes or goes else ""
        en.append(f"differs at {otherwise} {more}site{_s(otherwise)} in action, size or year")
    if not zh:
        return Note(zh="点位、措施和规模都相同", en="has the same sites, actions and sizes")
    return Note(zh="，".join(zh), en=", ".join(en))


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _targets(one: FinishedRun, other: FinishedRun) -> list[Note]:
    """Tell which targets of both plans are met by one only."""
    of_one, of_other = (
        {(r.target.id, r.target.year, r.target.kind): r for r in run.targets}
        for run in (one, other)
    )
    shared = [key for key in of_one if key in of_other]
    gained = [key for key in shared if of_other[key].met and not of_one[key].met]
    lost = [key for key in shared if of_one[key].met and not of_other[key].met]
    found = []
    for keys, zh, en in (
        (gained, "多达到目标{names}", "also meets {names}"),
        (lost, "未达到目标{names}", "does not meet {names}"),
    ):
        if keys:
            names = named(f"{name} ({year})" for name, year, _ in keys)
            found.append(Note(zh=zh.format(names=names.zh), en=en.format(names=names.en)))
    told = [*gained, *lost]
    if not told and shared and len(shared) == len(of_one) == len(of_other):
        found.append(Note(zh="达到的目标相同", en="meets the same targets"))
        told = shared
    if any(of_one[key].required != of_other[key].required for key in told):
        last = found.pop()
        own = Note(zh=f"{last.zh}（按各自的要求）", en=f"{last.en} (each by its own figure)")
        found.append(own)
    return found
