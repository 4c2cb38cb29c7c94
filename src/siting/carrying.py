"""What of a scenario carries a provision that no target carries: its hosts, tiers and views.

Reads a provision, the tables and the sites of a plan, gives words. Does not: hold a target against
a plan (:mod:`siting.indicators`), make what is shown, or count in it
(:mod:`siting.view_counts`).
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

import pandas as pd

from siting.inputs import Inputs
from siting.notes import Note
from siting.scenario import Scenario
from siting.scenario.profile import Provision
from siting.view_counts import counts_of, of_sites, sites_told

Carried = Literal["met", "shown", "short", "untold", "absent"]
"""Whether a scenario has what carries a provision; met where all that it asks for is carried out,
short where figures in it fall short, untold
where nobody told those that are asked for."""


def _has_medical(inputs: Inputs, column: str) -> bool:
    return inputs.medical is not None and bool(inputs.medical[column].notna().any())


def _has_kind(inputs: Inputs, *kinds: str) -> bool:
    return inputs.medical is not None and bool(inputs.medical["kind"].isin(kinds).any())


def _guides(scenario: Scenario, inputs: Inputs) -> bool:
    return scenario.guidance is not None and inputs.medical is not None


views: dict[str, tuple[Note, Callable[[Scenario, Inputs], bool]]] = {
    "levels": (
        Note(zh="全市、区县、乡镇(街道)各级指标", en="figures by city, district and township"),
        lambda _scenario, _inputs: True,
    ),
    "ranking": (
        Note(zh="乡镇(街道)晾晒", en="ranking of townships"),
        lambda _scenario, _inputs: True,
    ),
    "tracked": (
        Note(zh="跟踪指标的填报数", en="values of tracked indicators"),
        lambda _scenario, inputs: inputs.tracked is not None and len(inputs.tracked) > 0,
    ),
    "base_year": (
        Note(zh="现状公布数核对", en="published figures of today, checked"),
        lambda scenario, _inputs: scenario.published is not None,
    ),
    "staffing": (
        Note(zh="儿童保健人员应配与实有", en="child-health staff, required and present"),
        lambda _scenario, inputs: _has_medical(inputs, "child_health_staff"),
    ),
    "referral": (
        Note(zh="分级转诊车程", en="drives to each level of referral"),
        lambda scenario, inputs: (
            "drive" in scenario.modes and _has_medical(inputs, "referral_level")
        ),
    ),
    "hubs": (
        Note(
            zh="各镇(街道)机构到最近的妇幼保健机构的车程",
            en="drives from carriers to the nearest hub",
        ),
        lambda scenario, inputs: "drive" in scenario.modes and _has_kind(inputs, "maternal_child"),
    ),
    "centres": (
        Note(zh="托育综合服务中心到各机构的车程", en="drives from centres to institutions"),
        lambda scenario, _inputs: (
            "drive" in scenario.modes and any(t.guides_others for t in scenario.tiers.values())
        ),
    ),
    "rounds": (
        Note(zh="巡回指导的天数与路线", en="days and routes of rounds"),
        _guides,
    ),
    "inspections": (
        Note(zh="双随机抽查名单", en="visits drawn at random"),
        lambda scenario, inputs: (
            scenario.guidance is not None
            and scenario.guidance.inspected > 0
            and _guides(scenario, inputs)
        ),
    ),
    "signed": (
        Note(zh="签约的机构与在托儿童", en="institutions and children signed"),
        _guides,
    ),
    "shared": (
        Note(zh="社区与其共用的设施", en="communities and the facilities they share"),
        lambda scenario, _inputs: any(
            target.kind == "community_coverage" and target.sharing == "reach"
            for target in scenario.targets
        ),
    ),
    "new_areas": (
        Note(zh="新建居住区", en="new residential areas"),
        lambda _scenario, inputs: inputs.areas is not None and len(inputs.areas) > 0,
    ),
    "own_staff": (
        Note(zh="职工子女优先的点位", en="sites that serve their own staff first"),
        lambda _scenario, inputs: bool(of_sites["own_staff"](inputs.sites).any()),
    ),
    "joint": (
        Note(zh="联合举办或购买服务的点位", en="joint sites and bought places"),
        lambda _scenario, inputs: bool(of_sites["joint"](inputs.sites).any()),
    ),
    "committed": (
        Note(zh="已定的点位", en="committed sites"),
        lambda _scenario, inputs: bool(of_sites["committed"](inputs.sites).any()),
    ),
    "part_day": (
        Note(zh="半日等班型", en="classes of less than a day"),
        lambda scenario, _inputs: any(
            kind.full_day_equivalent < 1 and any(name in t.class_kinds for t in tiers)
            for tiers in [scenario.tiers.values()]
            for name, kind in scenario.class_kinds.items()
        ),
    ),
}
"""View that a provision may name -> what it is called, and whether a run has it."""


def found_of(
    provision: Provision,
    scenario: Scenario,
    inputs: Inputs,
    sites: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame] = MappingProxyType({}),
) -> tuple[Carried, Note]:
    """Return whether a scenario has something that carries a provision, and what that is.

    Parameters
    ----------
    provision
        Its ``hosts``, ``tiers``, ``guides`` and ``views`` say what would carry it.
    sites
        ``site_id, action`` of the sites of the plan.
    tables
        View -> the table that shows it, of those that have rows; what it holds is counted.

    Returns
    -------
    tuple
        met where a view of it says that all is carried out, shown where any of it is there (also
        where the provision names nothing), short where a
        figure in a table is below what is asked or differs from the published one, untold where
        nothing can be held against what is asked, else absent;
        and the words, empty where the provision names nothing.
    """
    there, zh, en = [], [], []
    states = set()
    for column, named, label_zh, label_en in (
        ("host", provision.hosts, "载体", "hosts named by it"),
        ("tier", provision.tiers, "层级", "tiers named by it"),
    ):
        if not named:
            continue
        carrying = inputs.sites[column].isin(named)
        counted = sites_told(carrying, inputs.sites, sites, scenario)
        there.append(bool(carrying.any()))
        zh.append(f"{label_zh}：{counted.zh}")
        en.append(f"{label_en}: {counted.en}")
    if provision.guides:
        kinds = set(provision.guides) & set(scenario.guidance.kinds if scenario.guidance else ())
        medical = inputs.medical
        number = 0 if medical is None else int(medical["kind"].isin(kinds).sum())
        signed = tables.get("signed", pd.DataFrame(columns=["kind"]))
        guiding = int(signed["kind"].isin(kinds).sum())
        there.append(number > 0)
        zh.append(f"可参与指导的此类医疗机构{number}家，方案中实际指导{guiding}家")
        en.append(
            f"medical institutions of its kinds: {number} may guide, {guiding} do in the plan"
        )
    for name in provision.views:
        note, has = views[name]
        is_there = has(scenario, inputs)
        there.append(is_there)
        counts = counts_of(name, provision, scenario, inputs, sites, tables) if is_there else None
        told = Note(zh="已列出", en="shown") if counts is None else counts.note
        states.add("shown" if counts is None else counts.state)
        zh.append(f"{note.zh}：{told.zh if is_there else '方案中没有'}")
        en.append(f"{note.en}: {told.en if is_there else 'not in this scenario'}")
    state: Carried = "absent"
    if any(there) or not there:
        order: tuple[Carried, ...] = ("short", "untold", "met", "shown")
        state = next(each for each in order if each in {*states, "shown"})
    return (
        state,
        Note(zh="；".join(zh), en="; ".join(en)),
    )
