"""What compared plans do not share beside their sites: years, targets, take-up, input files."""

from collections.abc import Callable, Mapping, Set
from functools import partial
from typing import Any

import numpy as np

from siting.comparison.site_table import told_otherwise
from siting.notes import Note, named
from siting.plan.finished_run import FinishedRun
from siting.plan.run_tables import amounts
from siting.target_names import target_name

blocks = {
    "children": Note(
        zh="3岁以下人口、出生趋势或其来源", en="under-3s, trends of births or sources"
    ),
    "population": Note(zh="人口来源", en="source of the people"),
    "walk": Note(zh="步行速度", en="walking speed"),
    "cycle": Note(zh="骑行速度", en="riding speed"),
    "drive": Note(zh="驾车速度", en="driving speed"),
    "class_kinds": Note(zh="班额", en="class sizes"),
    "tiers": Note(zh="服务层级（时限、班型、计入口径）", en="tiers (limits, classes, what counts)"),
    "hosts": Note(zh="载体及其造价", en="hosts and their costs"),
    "costs": Note(zh="费用口径", en="what costs are counted"),
    "host_limits": Note(zh="载体限制", en="limits of hosts"),
    "new_areas": Note(zh="新建居住区", en="new residential areas"),
    "own_staff_places_count": Note(zh="职工托位是否计入", en="whether staff places count"),
    "guidance": Note(zh="医疗机构指导", en="guidance by medical institutions"),
    "osm_places": Note(zh="由地图生成的点位", en="sites from the map"),
    "candidate_grid": Note(zh="网格候选点", en="candidates on a grid"),
    "host_rules": Note(zh="由规则生成的点位", en="sites by rules"),
    "seat_zones": Note(zh="分区方法", en="how zones are made"),
    "objectives": Note(zh="求解次序", en="order of the objectives"),
    "solver": Note(zh="求解设定", en="settings of the solver"),
}
"""Part of a scenario -> what it is called, in the order told."""
apart = ("take_up", "take_up_by_year", "take_up_source")
"""Keys of ``children`` that are told by themselves."""


def remarks_on(runs: Mapping[str, FinishedRun], alternatives: Set[str]) -> tuple[Note, ...]:
    """Return what is not alike, each difference against the first plan.

    Parameters
    ----------
    runs
        Letter of a plan -> its run.
    alternatives
        Letters of alternatives of the first; they have its scenario up to the stage in which
        they may differ.
    """
    of_own = {label: run for label, run in runs.items() if label not in alternatives}
    told = (_years, _targets, _take_up, _blocks, _files, _today, _sites)
    return tuple(note for tell in told for note in tell(of_own))


def _differing(runs: Mapping[str, FinishedRun], of: Callable[[FinishedRun], Any]) -> list[str]:
    """Return the letters of the plans for which something is not as for the first."""
    first, *others = runs
    return [label for label in others if of(runs[label]) != of(runs[first])]


def _plans(runs: Mapping[str, FinishedRun], labels: list[str]) -> Note:
    first = next(iter(runs))
    zh, en = "、".join(labels), ", ".join(labels)
    s = "s" if len(labels) > 1 else ""
    return Note(zh=f"方案{zh}与方案{first}", en=f"Plan{s} {en} and plan {first}")


def _years(runs: Mapping[str, FinishedRun]) -> list[Note]:
    def years(run: FinishedRun) -> tuple[int, ...]:
        return (run.scenario.base_year, *run.scenario.years)

    if not (labels := _differing(runs, years)):
        return []
    told_zh = "；".join(
        f"{label}：现状{r.scenario.base_year}年，规划{'、'.join(map(str, r.scenario.years))}年"
        for label, r in runs.items()
    )
    told_en = "; ".join(
        f"{label}: base year {r.scenario.base_year}, "
        f"planned {', '.join(map(str, r.scenario.years))}"
        for label, r in runs.items()
    )
    pair = _plans(runs, labels)
    return [
        Note(
            zh=f"{pair.zh}的年份不同（{told_zh}）；各项指标取各自最后一个规划年份。",
            en=f"{pair.en} differ in their years ({told_en}); figures are of the last planned year "
            "of each.",
        )
    ]


def _targets(runs: Mapping[str, FinishedRun]) -> list[Note]:
    def asked(run: FinishedRun) -> dict[str, Any]:
        without = {"clause", "sentence", "reading"}
        return {t.key: t.model_dump(exclude=without) for t in run.scenario.targets}

    if not (labels := _differing(runs, asked)):
        return []
    of = {label: asked(run) for label, run in runs.items()}
    keys = list(dict.fromkeys(key for targets in of.values() for key in targets))
    first = next(iter(runs))
    changed = [k for k in keys if any(of[label].get(k) != of[first].get(k) for label in labels)]
    called: dict[str, dict[Note, list[str]]] = {}
    for key in changed:
        scenario, target = next(
            (run.scenario, target)
            for run in runs.values()
            for target in run.scenario.targets
            if target.key == key
        )
        of_id = called.setdefault(target.id, {})
        of_id.setdefault(target_name(scenario, target), []).append(str(target.year))
    told = [(name, years) for of_id in called.values() for name, years in of_id.items()]
    zh = named(f"{name.zh}（{'、'.join(years)}年）" for name, years in told).zh
    en = named(f"{name.en} ({', '.join(years)})" for name, years in told).en
    pair = _plans(runs, labels)
    return [
        Note(
            zh=f"{pair.zh}的目标不同：{zh}。是否达到以各自的要求为准。",
            en=f"{pair.en} differ in their targets: {en}. Each is held against its own.",
        )
    ]


def _take_up(runs: Mapping[str, FinishedRun]) -> list[Note]:
    def by_band(run: FinishedRun) -> dict[str, float]:
        children = run.scenario.children
        return dict(zip(children.bands, children.take_up_in(run.year), strict=True))

    if not (labels := _differing(runs, by_band)):
        return []
    of = {label: by_band(run) for label, run in runs.items()}
    first = next(iter(runs))
    bands = dict.fromkeys(band for label in (first, *labels) for band in of[label])
    changed = [b for b in bands if any(of[label].get(b) != of[first].get(b) for label in labels)]
    told = [
        (band, [(k, f"{of[k][band]:.1%}" if band in of[k] else "—") for k in (first, *labels)])
        for band in changed
    ]
    zh = "；".join(f"{b}月龄 " + "，".join(f"{k} {v}" for k, v in each) for b, each in told)
    en = "; ".join(f"{b} months " + ", ".join(f"{k} {v}" for k, v in each) for b, each in told)
    pair = _plans(runs, labels)
    return [
        Note(
            zh=f"{pair.zh}的入托意愿不同（{zh}），有位、满员、不可达的人数不能直接相比。",
            en=f"{pair.en} differ in take-up ({en}): how many are served, find places full or "
            "reach none cannot be held against each other directly.",
        )
    ]


def _part(name: str, run: FinishedRun) -> Any:  # noqa: ANN401  (a part of a scenario)
    part = getattr(run.scenario, name)
    return part.model_dump(exclude=set(apart)) if name == "children" else part


def _blocks(runs: Mapping[str, FinishedRun]) -> list[Note]:
    changed: dict[tuple[str, ...], list[Note]] = {}
    for name, called in blocks.items():
        labels = _differing(runs, partial(_part, name))
        if labels:
            changed.setdefault(tuple(labels), []).append(called)
    found = []
    for told, parts in changed.items():
        pair = _plans(runs, list(told))
        zh, en = "、".join(part.zh for part in parts), "; ".join(part.en for part in parts)
        found.append(Note(zh=f"{pair.zh}的设定不同：{zh}。", en=f"{pair.en} differ in: {en}."))
    return found


def _files(runs: Mapping[str, FinishedRun]) -> list[Note]:
    sums = {label: set(run.input_files.items()) for label, run in runs.items()}
    if not (labels := _differing(runs, lambda run: run.input_files)):
        return []
    first = next(iter(runs))
    names = {name for label in labels for name, _ in sums[label] ^ sums[first]}
    files, pair = named(sorted(names)), _plans(runs, labels)
    return [
        Note(
            zh=f"{pair.zh}的输入文件不同：{files.zh}。某方案没有的点位，也可能不在它的候选之内。",
            en=f"{pair.en} read other input files: {files.en}. A site that a plan does not have "
            "may not have been among its candidates.",
        )
    ]


def _today(runs: Mapping[str, FinishedRun]) -> list[Note]:
    first = next(iter(runs.values())).area_today
    labels = [
        label
        for label, run in runs.items()
        if not np.allclose(
            run.area_today[list(amounts)].astype(float), first[list(amounts)].astype(float)
        )
    ]
    if not labels:
        return []
    pair = _plans(runs, labels)
    return [
        Note(
            zh=f"{pair.zh}的现状指标不同，“现状”一列取方案{next(iter(runs))}的。",
            en=f"{pair.en} differ in today's figures; those shown are of plan {next(iter(runs))}.",
        )
    ]


def _sites(runs: Mapping[str, FinishedRun]) -> list[Note]:
    if not (ids := told_otherwise(runs)):
        return []
    names: dict[str, str] = {}
    for run in runs.values():
        names = dict(zip(run.sites["site_id"], run.sites["name"], strict=True)) | names
    which = named(f"{names[each]} ({each})" for each in ids)
    return [
        Note(
            zh=f"编号相同的点位在各方案中的名称、类型、载体或位置不同：{which.zh}；按编号对应，请核对。",
            en=f"Sites of the same id have other names, tiers, hosts or places in other plans: "
            f"{which.en}. They are taken for one; look whether they are.",
        )
    ]
