"""What targets are called: what they ask for and of whom, so that no two have one name.

Reads a scenario and a target, gives the name in both languages. Does not: say which figure it asks
for, or in which year.
"""

from collections.abc import Callable
from typing import Any

from siting.notes import Note
from siting.scenario import Scenario, Target, Tier

most_tiers = 2
"""Tiers that a short name lists; of more it tells the number."""
modes = {"walk": ("步行", "walk"), "cycle": ("骑行", "bicycle ride"), "drive": ("驾车", "drive")}
groups = {
    "all": ("3岁以下婴幼儿", "under-3s"),
    "urban": ("城镇婴幼儿", "urban under-3s"),
    "rural": ("农村婴幼儿", "rural under-3s"),
    "left_behind": ("留守儿童", "left-behind children"),
    "hardship": ("困境儿童", "children in hardship"),
}
"""Group of children -> what it is called."""
spendings = {
    "capital": ("投资", "capital"),
    "subsidy": ("补助", "subsidies"),
    "running": ("年运营成本", "running costs of the year"),
}
"""What money is spent on -> what it is called."""
medical_kinds = {
    "hospital": ("医院", "hospitals"),
    "maternal_child": ("妇幼保健机构", "maternal and child health institutions"),
    "community_health_centre": ("社区卫生服务中心", "community health centres"),
    "township_health_centre": ("乡镇卫生院", "township health centres"),
    "other": ("其他医疗机构", "other medical institutions"),
}
"""Kind of medical institution -> what it is called."""
primary = ("基层医疗卫生机构", "primary health institutions")
primary_kinds = frozenset({"community_health_centre", "township_health_centre"})


def target_name(scenario: Scenario, target: Target, *, short: bool = False) -> Note:
    """Return what a target is called, different from the name of every other of the scenario.

    Where the name does not distinguish two targets, both have their id in it.

    Parameters
    ----------
    short
        Count the tiers where they are many, instead of naming each.
    """
    most = most_tiers if short else len(scenario.tiers)
    name = _named(scenario, target, most)
    for other in scenario.targets:
        if other.id != target.id and _named(scenario, other, most) == name:
            return Note(zh=f"{name.zh}（{target.id}）", en=f"{name.en} ({target.id})")
    return name


def limit_minutes(scenario: Scenario, tiers: frozenset[str] = frozenset()) -> str:
    """Return the limits of tiers, or of those that count in coverage: ``15`` or ``10/15``."""
    limits = sorted({tier.limit_minutes for tier in _covering(scenario, tiers)})
    return "/".join(f"{limit:g}" for limit in limits)


def covering_modes(scenario: Scenario, tiers: frozenset[str] = frozenset()) -> list[str]:
    """Return the ways of travelling of tiers, or of those that count in population coverage."""
    return sorted({tier.mode for tier in _covering(scenario, tiers)}, reverse=True)


def _covering(scenario: Scenario, tiers: frozenset[str]) -> list[Tier]:
    counted = tiers or scenario.tiers_counted_in("population_coverage") or set(scenario.tiers)
    return [scenario.tiers[tier] for tier in counted]


def _named(scenario: Scenario, target: Target, most: int) -> Note:
    if target.kind in _of_tiers:
        return _of_tiers[target.kind](target, _tiers(scenario, target, most))
    name = _of_kind[target.kind](scenario, target)
    if not target.tiers:
        return name
    if scenario.tiers_of(target.model_copy(update={"tiers": ()})) == set(target.tiers):
        return name
    tiers = _tiers(scenario, target, most)
    return Note(zh=f"{name.zh}：{tiers.zh}", en=f"{name.en}: {tiers.en}")


def _tiers(scenario: Scenario, target: Target, most: int) -> Note:
    counted = scenario.tiers_of(target)
    tiers = [tier for name, tier in scenario.tiers.items() if name in counted]
    if len(tiers) > most:
        return Note(zh=f"{len(tiers)}类机构", en=f"{len(tiers)} tiers")
    zh, en = ([tier.called(lang) for tier in tiers] for lang in ("zh", "en"))
    return Note(zh="、".join(zh), en=", ".join(en))


def _remarks(zh: str, en: str, *remarks: tuple[str, str] | None) -> Note:
    """Return a name with what distinguishes it in brackets."""
    told = [remark for remark in remarks if remark]
    if not told:
        return Note(zh=zh, en=en)
    return Note(
        zh=f"{zh}（{'，'.join(each[0] for each in told)}）",
        en=f"{en} ({', '.join(each[1] for each in told)})",
    )


def _per_thousand(_scenario: Scenario, target: Any) -> Note:  # noqa: ANN401
    each = ("各乡镇(街道)", "in every township") if target.within == "township" else None
    return _remarks("每千人托位数", "Places per thousand residents", each)


def _plain(zh: str, en: str) -> Callable[[Scenario, Any], Note]:
    return lambda _scenario, _target: Note(zh=zh, en=en)


def _township_coverage(_scenario: Scenario, target: Any) -> Note:  # noqa: ANN401
    if target.inclusive_only:
        return Note(zh="乡镇(街道)普惠托育机构覆盖率", en="Townships with an inclusive institution")
    return Note(zh="乡镇(街道)托育机构覆盖率", en="Townships with an institution")


def _community_coverage(_scenario: Scenario, target: Any) -> Note:  # noqa: ANN401
    of_type = {"urban": ("城镇", "urban"), "rural": ("农村", "rural")}.get(target.area_type)
    inclusive = ("普惠", "inclusive") if target.inclusive_only else None
    shared = {
        "inside": ("设在社区内", "inside"),
        "reach": ("可共用附近设施", "inside or within reach"),
    }
    return _remarks(
        "社区(村)服务设施覆盖率",
        "Communities with a facility",
        of_type,
        inclusive,
        shared[target.sharing],
    )


def _population_coverage(scenario: Scenario, target: Any) -> Note:  # noqa: ANN401
    tiers = frozenset(target.tiers)
    minutes, ways = limit_minutes(scenario, tiers), covering_modes(scenario, tiers)
    zh, en = groups[target.group]
    return Note(
        zh=f"{'/'.join(modes[way][0] for way in ways)}{minutes}分钟可达的{zh}占比",
        en=f"{en[0].upper()}{en[1:]} within a {minutes}-minute "
        f"{'/'.join(modes[way][1] for way in ways)}",
    )


def _fill(_scenario: Scenario, target: Any) -> Note:  # noqa: ANN401
    if target.within == "area":
        return Note(zh="新增托位使用率", en="Fill of new places")
    spared = ("乡镇唯一点位除外", "but of the only one of a township")
    return _remarks(
        "各点位新增托位使用率",
        "Fill of new places of every site",
        spared if target.spare_only_site else None,
    )


def _inclusive(target: Any, tiers: Note) -> tuple[str, str]:  # noqa: ANN401
    """Return 普惠 where only inclusive sites count and the names of the tiers do not say so."""
    if not target.inclusive_only or "普惠" in tiers.zh:
        return "", ""
    return "普惠", "inclusive "


def _tier_count(target: Any, tiers: Note) -> Note:  # noqa: ANN401
    inclusive = _inclusive(target, tiers)
    return Note(zh=f"{inclusive[0]}{tiers.zh}数量", en=f"Number of {inclusive[1]}sites: {tiers.en}")


def _zone_count(target: Any, tiers: Note) -> Note:  # noqa: ANN401
    zone = {"township": ("乡镇(街道)", "Townships"), "district": ("区县", "Districts")}[target.zone]
    inclusive = _inclusive(target, tiers)
    each, least = target.children_per_site, target.at_least
    zh = "均有" if least == 1 else f"均有{least}处"
    en = "with" if least == 1 else f"with {least} sites of"
    if each is not None:
        zh = f"每{each:g}名婴幼儿有1处" + ("" if least == 1 else f"、至少{least}处")
        en = f"with a site for every {each:g} under-3s" + (
            " of" if least == 1 else f", at least {least}, of"
        )
    return Note(
        zh=f"各{zone[0]}{zh}{inclusive[0]}{tiers.zh}", en=f"{zone[1]} {en} {inclusive[1]}{tiers.en}"
    )


def _pairing(_scenario: Scenario, target: Any) -> Note:  # noqa: ANN401
    names = [medical_kinds[kind] for kind in medical_kinds if kind in target.kinds]
    if set(target.kinds) == primary_kinds:
        names = [primary]
    zh = "、".join(each[0] for each in names) or "医疗机构"
    en = ", ".join(each[1] for each in names) or "medical institutions"
    return Note(zh=f"由{zh}指导的机构占比", en=f"Institutions guided by {en}")


def _budget(_scenario: Scenario, target: Any) -> Note:  # noqa: ANN401
    zh, en = spendings[target.spent_on]
    since = ("现状年以来累计", "since the base year") if target.since == "base_year" else None
    return _remarks(f"{zh}上限", f"Limit of {en}", since)


_of_kind: dict[str, Callable[[Scenario, Any], Note]] = {
    "per_thousand": _per_thousand,
    "inclusive_share": _plain("普惠托位占比", "Inclusive share of places"),
    "township_coverage": _township_coverage,
    "community_coverage": _community_coverage,
    "population_coverage": _population_coverage,
    "enrolment": _plain("婴幼儿入托率", "Under-3s with a place"),
    "fill": _fill,
    "new_area": _plain("新建居住区每千人托位数", "Places per thousand in new areas"),
    "pairing": _pairing,
    "budget": _budget,
}
_of_tiers: dict[str, Callable[[Any, Note], Note]] = {
    "tier_count": _tier_count,
    "zone_count": _zone_count,
}
