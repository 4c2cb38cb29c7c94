"""Requirements in a planner's words."""

from collections.abc import Iterable
from typing import Any

from siting.indicators import count_required, zones_asked
from siting.model import SitingProblem
from siting.notes import Note, money
from siting.scenario import Target
from siting.target_names import groups, spendings


def labels(problem: SitingProblem, tiers: Iterable[str]) -> Note:
    """Return the names of tiers as readers know them."""
    named = [problem.scenario.tiers[tier] for tier in sorted(tiers)]
    zh, en = ([tier.called(lang) for tier in named] for lang in ("zh", "en"))
    return Note(zh="、".join(zh), en=", ".join(en))


def asks(problem: SitingProblem, target: Any) -> Note:  # noqa: ANN401, PLR0911  (every kind)
    """Return what a target asks, without its name."""
    tiers = labels(problem, problem.scenario.tiers_of(target))
    share = f"{target.required:.4g}" if target.unit != "share" else f"{target.required:.4%}"
    share = share.rstrip("%").rstrip("0").rstrip(".") + "%" if "%" in share else share
    if target.kind in ("per_thousand", "new_area"):
        where = {
            "area": ("全区", "of the area"),
            "township": ("每个乡镇(街道)", "of every township"),
            "new_area": ("每个新建居住区", "of every new residential area"),
        }[target.within if target.kind == "per_thousand" else "new_area"]
        return Note(
            zh=f"要求{where[0]}每千人口托位数不低于{share}个",
            en=f"asks for {share} places per thousand people {where[1]}",
        )
    if target.kind in ("township_coverage", "community_coverage"):
        number = len(zones_asked(problem.inputs, target))
        townships = target.kind == "township_coverage"
        what = ("乡镇(街道)", "townships") if townships else ("社区(村)", "communities")
        needed = count_required(target.required, number)
        which = ("每个", f"every one of {number}") if needed == number else (f"{needed}个", needed)
        total = "" if needed == number else f"（共{number}个）"
        return Note(
            zh=f"要求{which[0]}{what[0]}有{tiers.zh}{total}",
            en=f"asks that {which[1]} {what[1]} have a site of {tiers.en}",
        )
    if target.kind == "population_coverage":
        minutes = sorted(
            {
                f"{problem.scenario.tiers[tier].limit_minutes:g}"
                for tier in problem.scenario.tiers_of(target)
            }
        )
        return Note(
            zh=f"要求{share}的{groups[target.group][0]}在{'、'.join(minutes)}分钟内可达{tiers.zh}",
            en=f"asks that {share} of the {groups[target.group][1]} reach {tiers.en} within "
            f"{', '.join(minutes)} minutes",
        )
    if target.kind == "tier_count":
        return _count(target, tiers)
    if target.kind == "zone_count":
        zone = {"township": "乡镇(街道)", "district": "区县"}[target.zone]
        each = target.children_per_site
        more = ("", "") if each is None else (f"且每{each:g}名婴幼儿1处", f", one per {each:g}")
        return Note(
            zh=f"要求每个{zone}有不少于{target.at_least}处{tiers.zh}{more[0]}",
            en=f"asks for at least {target.at_least} sites of {tiers.en} in every {target.zone}"
            f"{more[1]}",
        )
    if target.kind == "budget":
        amount, on = money(target.required), spendings[target.spent_on]
        return Note(zh=f"{on[0]}不超过{amount.zh}", en=f"allows {amount.en} of {on[1]}")
    zh, en = {
        "inclusive_share": ("普惠托位占比", "inclusive places of all"),
        "enrolment": ("入托率", "under-3s with a place"),
        "fill": ("新增托位使用率", "new places filled"),
        "pairing": ("机构与医疗机构签约的占比", "institutions guided by a medical institution"),
    }[target.kind]
    return Note(zh=f"要求{zh}不低于{share}", en=f"asks for at least {share} {en}")


def _count(target: Any, tiers: Note) -> Note:  # noqa: ANN401
    if target.at_least == target.at_most:
        return Note(
            zh=f"要求{tiers.zh}恰好{target.at_least}处",
            en=f"asks for {target.at_least} sites of {tiers.en}",
        )
    least = target.at_least is not None
    most = target.at_most is not None
    zh = (f"不少于{target.at_least}处" if least else "") + (
        f"不超过{target.at_most}处" if most else ""
    )
    bounds = [f"at least {target.at_least}"] * least + [f"at most {target.at_most}"] * most
    return Note(zh=f"要求{tiers.zh}{zh}", en=f"asks for {' and '.join(bounds)} sites of {tiers.en}")


def told(problem: SitingProblem, target: Target) -> Note:
    """Return a target with its name and year."""
    what = asks(problem, target)
    return Note(
        zh=f"{target.id}（{target.year}年）{what.zh}", en=f"{target.id} ({target.year}) {what.en}"
    )
