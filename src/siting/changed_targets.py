"""Targets of a policy document that a scenario changes: what it asks for instead, in words.

Reads a scenario with its profiles, gives words for each provision. Does not: change a target
(:mod:`siting.scenario`), or hold it against a plan (:mod:`siting.indicators`).
"""

from collections.abc import Sequence

from siting.notes import Note
from siting.scenario import Scenario, Target
from siting.scenario.keys import choice_words
from siting.scenario.profile import provision_of
from siting.target_names import medical_kinds, target_name

labels = {
    "required": ("要求", "required "),
    "at_least": ("最少", "at least "),
    "at_most": ("最多", "at most "),
    "hard": ("", ""),
    "priority": ("优先级", "priority "),
    "tiers": ("计入层级：", "tiers counted: "),
    "kinds": ("由谁指导：", "guided by: "),
    "inclusive_only": ("只计普惠：", "inclusive sites only: "),
    "within": ("达到范围：", "within: "),
    "zone": ("分区：", "zone: "),
    "children_per_site": ("每处服务婴幼儿：", "under-3s per site: "),
    "group": ("人群：", "group: "),
    "sharing": ("社区如何覆盖：", "how communities are covered: "),
    "shared_by": ("共享须可达人口：", "share of residents who must reach it: "),
    "shared_below": ("人口少于此数可共享：", "residents below which communities share: "),
    "area_type": ("城乡：", "area type: "),
    "spent_on": ("资金种类：", "spent on: "),
    "since": ("累计自：", "since: "),
    "spare_only_site": ("唯一点位可不满：", "only sites need not be filled: "),
}
"""Field of a target -> what it is called before its value; in the order told."""
shares = ("shared_by",)
"""Fields that are shares, whatever the unit of the target."""


def changed_targets(scenario: Scenario) -> dict[str, Note]:
    """Return what a scenario asks for instead of what its documents do, by provision.

    Returns
    -------
    dict
        Id of a provision -> words: each target of it that differs from the document's in a planned
        year, with the old value beside the new one and the scenario's own reading, and each that
        is left out while others of the provision are not. Nothing of provisions as they stand.
    """
    profiles = scenario.profiles
    own = {(target.id, target.year): target for target in scenario.targets}
    told: dict[str, dict[str, dict[Note, list[int]]]] = {}
    kept = set()
    for profile in profiles:
        for provision, asked in profile.asked(scenario.years):
            now = own.get((asked.id, asked.year))
            if now is not None:
                kept.add(provision.id)
            note = _difference(scenario, asked, now)
            if note is not None:
                of_id = told.setdefault(provision.id, {}).setdefault(asked.id, {})
                of_id.setdefault(note, []).append(asked.year)
    return {
        name: _joined(
            [
                _of_years(target, years if len(notes) > 1 else [], note)
                for target, notes in of_id.items()
                for note, years in notes.items()
            ]
        )
        for name, of_id in told.items()
        if name in kept or any(belongs_to(scenario, target.id, name) for target in own.values())
    }


def belongs_to(scenario: Scenario, target: str, provision: str) -> bool:
    """Return whether a target is one of a provision; by their ids."""
    belongs = provision_of(scenario.profiles, target)
    return belongs is not None and belongs[1].id == provision


def _difference(scenario: Scenario, asked: Target, now: Target | None) -> Note | None:
    """Return how a target differs from the document's; None where it does not."""
    if now is None:
        return Note(zh="未采用", en="left out")
    if now.kind != asked.kind:
        name = target_name(scenario, now)
        new = _value(scenario, "required", now)
        parts = [Note(zh=f"另设“{name.zh}”{new.zh}", en=f"“{name.en}” {new.en} instead")]
        differing = ["hard"] if now.hard != asked.hard else []
    else:
        parts = []
        differing = [f for f in labels if _plain(now, f) != _plain(asked, f)]
    if now.hard:
        differing = [field for field in differing if field != "priority"]
    if "at_least" in differing or "at_most" in differing:
        differing = [field for field in differing if field != "required"]
    for field in differing:
        if field in ("tiers", "kinds") and getattr(now, field) and getattr(asked, field):
            parts.append(_counted(scenario, field, asked, now))
            continue
        zh, en = labels[field]
        new, old = _value(scenario, field, now), _value(scenario, field, asked)
        parts.append(Note(zh=f"{zh}{new.zh}（原{old.zh}）", en=f"{en}{new.en} (was {old.en})"))
    if now.reading != asked.reading and now.reading:
        reading = now.reading.rstrip("。.")
        parts.append(Note(zh=f"读法：{reading}", en=f"reading: {reading}"))
    if not parts:
        return None
    return Note(zh="，".join(p.zh for p in parts), en=", ".join(p.en for p in parts))


def _plain(target: Target, field: str) -> object:
    value = getattr(target, field, None)
    return frozenset(value) if isinstance(value, tuple) else value


def _counted(scenario: Scenario, field: str, asked: Target, now: Target) -> Note:
    """Return which tiers or kinds count that did not, and the other way round."""
    before, after = getattr(asked, field), getattr(now, field)
    parts = []
    for names, zh, en in (
        ([name for name in after if name not in before], "增计", "counts also"),
        ([name for name in before if name not in after], "不计", "counts no longer"),
    ):
        if names:
            told = _names(scenario, field, names)
            parts.append(Note(zh=f"{zh}{told.zh}", en=f"{en} {told.en}"))
    return Note(zh="，".join(p.zh for p in parts), en=", ".join(p.en for p in parts))


def _names(scenario: Scenario, field: str, names: Sequence[str]) -> Note:
    if field == "tiers":
        tiers = scenario.tiers
        words = [
            (tiers[n].called("zh"), tiers[n].called("en")) if n in tiers else (n, n) for n in names
        ]
    else:
        words = [medical_kinds[name] for name in names]
    return Note(zh="、".join(word[0] for word in words), en=", ".join(word[1] for word in words))


def _value(scenario: Scenario, field: str, target: Target) -> Note:
    value = getattr(target, field, None)
    if field == "hard":
        return Note(zh="预期性目标", en="soft") if not value else Note(zh="约束性目标", en="hard")
    if isinstance(value, tuple):
        of_none = {"tiers": ("按层级设定", "as the tiers say"), "kinds": ("任一类", "any kind")}
        return _names(scenario, field, value) if value else Note(*of_none[field])
    if value is None:
        return Note(zh="不限", en="none")
    if isinstance(value, bool):
        return Note(zh="是" if value else "否", en="yes" if value else "no")
    if isinstance(value, str):
        return Note(zh=choice_words[value], en=value.replace("_", " "))
    return _number(value, field, target.unit)


def _number(value: float, field: str, unit: str) -> Note:
    if field in shares or (field == "required" and unit == "share"):
        return Note(zh=f"{100 * value:g}%", en=f"{100 * value:g} %")
    if field == "required":
        units = {"CNY": ("元", " CNY"), "sites": ("处", " sites")}
        zh, en = units.get(unit, ("个/千人", " per thousand"))
        return Note(zh=f"{value:,.10g}{zh}", en=f"{value:,.10g}{en}")
    return Note(zh=f"{value:,.10g}", en=f"{value:,.10g}")


def _of_years(target: str, years: list[int], note: Note) -> Note:
    listed = [str(year) for year in years]
    zh = f"（{'、'.join(listed)}年）" if listed else ""
    en = f" ({', '.join(listed)})" if listed else ""
    return Note(zh=f"{target}{zh} {note.zh}", en=f"{target}{en}: {note.en}")


def _joined(notes: list[Note]) -> Note:
    return Note(
        zh=f"方案改为：{'；'.join(note.zh for note in notes)}",
        en=f"changed by the scenario: {'; '.join(note.en for note in notes)}",
    )
