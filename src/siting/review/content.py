"""What the page says: figures, targets, sites and notes as plain values, no text formatted."""

from typing import Any

import numpy as np
import pandas as pd

from siting.indicators import Indicators, TargetResult
from siting.inputs import Inputs
from siting.inputs.dictionary import classes_column
from siting.plan import Plan
from siting.provisions import carriers, provisions_of, strengths, wording
from siting.review.findings import Findings
from siting.review.words import words
from siting.scenario import Scenario, Tier

Content = dict[str, Any]
most_lacking = 12
"""Zones or sites named beside a target that they miss."""
units = {"share": "share", "per thousand": "decimal", "sites": "count", "CNY": "money"}
"""Unit of a target -> how the page writes it."""

township_figures = (
    "residents",
    "under3",
    "places",
    "places_per_thousand",
    "population_coverage",
    "townships_covered",
    "under3_covered",
    "takers",
    "served",
    "enrolled_within",
    "served_additional",
    "served_beyond",
    "reachable_full",
    "unreachable",
    "fill_existing",
    "fill_new",
)
"""Figures of a township that the page shows, today and under the plan."""
area_figures = (
    ("residents", "count"),
    ("under3", "count"),
    ("places", "count"),
    ("places_per_thousand", "decimal"),
    ("inclusive_share", "share"),
    ("townships_covered", "count"),
    ("under3_covered", "count"),
    ("population_coverage", "share"),
    ("takers", "count"),
    ("enrolled_within", "count"),
    ("served_beyond", "count"),
    ("served_additional", "count"),
    ("reachable_full", "count"),
    ("unreachable", "count"),
    ("fill_enrolled", "share"),
    ("fill_existing", "share"),
    ("fill_new", "share"),
)
"""Figures of the whole area that the page shows, and how they are written."""


def page_content(findings: Findings, lang: str) -> Content:
    """Return what the page says, without the map layers.

    A value that is to be written in a sentence or cell stands as ``[kind, value]``: the page
    knows how to write each kind.
    """
    scenario, inputs, plan = findings.scenario, findings.inputs, findings.plan
    now, now_targets = findings.today, findings.today_targets
    ranking = findings.ranking
    notes = (*inputs.notes, *findings.network.notes, *findings.reach.notes)
    return {
        "lang": lang,
        "words": words(lang),
        "illustrative": scenario.illustrative,
        "title": scenario.name,
        "years": [now.year, plan.indicators.year],
        "minutes": limit_minutes(scenario),
        "travel": "/".join(words(lang)[mode] for mode in covering_modes(scenario)),
        "seat_zones": scenario.inputs.seats is not None,
        **_head(now, plan),
        "targets": _targets(scenario, now_targets, plan, lang),
        "provisions": _provisions(scenario, inputs, plan, lang),
        "costs": _costs(plan),
        "guidance": _guidance(inputs, plan),
        "figures": [
            [name, kind, _value(now.area[name]), _value(plan.indicators.area[name])]
            for name, kind in area_figures
        ],
        "township_count": int(now.area["townships"]),
        "townships": _townships(inputs, now, plan),
        "ranks": _ranks(inputs, plan, ranking, lang),
        "sites": _sites(scenario, inputs, plan),
        "parameters": _parameters(scenario, lang),
        "sources": list(scenario.sources),
        "notes": [note.text(lang) for note in notes],
        "stages": [
            [stage.name, stage.status.value, stage.objective, stage.bound, stage.unit, stage.gap]
            for stage in plan.stages
        ],
        "files": sorted(inputs.sha256.items()),
        "plan_hash": plan.plan_hash,
    }


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


def _head(today: Indicators, plan: Plan) -> Content:
    before, after = today.area, plan.indicators.area
    actions = plan.sites["action"].value_counts()
    stage = plan.objective_stage
    costs = {}
    if stage.unit == "万元" and stage.objective is not None and stage.bound is not None:
        costs = {
            "value": ["money", 10_000 * stage.objective],
            "bound": ["money", 10_000 * stage.bound],
            "gap": ["gap", stage.gap],
        }
    return {
        "actions": {
            action: int(actions.get(action, 0))
            for action in ("keep", "open", "convert", "expand", "close")
        },
        "achieves": {
            "year": ["year", plan.indicators.year],
            "places_today": ["count", _value(before["places"])],
            "places": ["count", _value(after["places"])],
            "per_thousand_today": ["decimal", _value(before["places_per_thousand"])],
            "per_thousand": ["decimal", _value(after["places_per_thousand"])],
            "covered_today": ["share", _value(before["population_coverage"])],
            "covered": ["share", _value(after["population_coverage"])],
            "fill_new": ["share", _value(after["fill_new"])],
            "cost": ["money", float(plan.sites["cost"].sum())],
        },
        "cost": float(plan.sites["cost"].sum()),
        "status": plan.status.value,
        "gap": plan.gap,
        "gap_asked": plan.scenario.solver.gap,
        "cost_bound": costs,
        "reproducible": plan.reproducible,
    }


def _targets(
    scenario: Scenario, today: tuple[TargetResult, ...], plan: Plan, lang: str
) -> list[Content]:
    return [
        {
            "id": result.target.id,
            "name": target_name(scenario, result, words(lang)),
            "year": result.target.year,
            "unit": units[result.target.unit],
            "required": result.required,
            "required_upper": result.required_upper,
            "today": before.achieved,
            "achieved": result.achieved,
            "required_count": result.required_count,
            "today_count": before.achieved_count,
            "achieved_count": result.achieved_count,
            "counted": _counted(result),
            "met": result.met,
            "due": result.due,
            "lacking": list(result.missing_in[:most_lacking]),
            "hard": result.target.hard,
            "clause": told.clause,
            "sentence": result.target.sentence,
            "reading": told.reading,
        }
        for before, result in zip(today, plan.targets, strict=True)
        for told in [wording(scenario, result.target, lang)]
    ]


def _provisions(scenario: Scenario, inputs: Inputs, plan: Plan, lang: str) -> list[Content]:
    """Return every provision of the documents planned for, with where the plan stands."""
    is_chinese = lang == "zh"
    return [
        {
            "id": row["id"],
            "title": row["title" if is_chinese else "title_en"],
            "strength": row["strength"] if is_chinese else strengths[row["strength"]],
            "carried": ("、" if is_chinese else ", ").join(
                carriers[each][not is_chinese] for each in row["carried_by"].split()
            ),
            "how": row["how" if is_chinese else "how_en"],
            "found": row["found" if is_chinese else "found_en"],
            "clause": f"{row['number']}，{row['clause']}"
            if is_chinese or not row["clause_en"]
            else f"{row['number']}, {row['clause_en']}",
            "sentence": row["sentence"],
            "reading": row["reading"] if is_chinese else row["reading_en"] or row["reading"],
            "state": row["state"],
        }
        for row in provisions_of(scenario, plan.targets, inputs, plan.sites).to_dict("records")
    ]


def target_name(scenario: Scenario, result: TargetResult, word: dict[str, str]) -> str:
    """Return what a target is called, with its tiers where the target names its own."""
    target = result.target
    tiers = "、".join(scenario.tiers[tier].label for tier in sorted(scenario.tiers_of(target)))
    kind = word[target.kind].format(
        tiers=tiers,
        minutes=limit_minutes(scenario, frozenset(target.tiers)),
        travel="/".join(word[mode] for mode in covering_modes(scenario, frozenset(target.tiers))),
    )
    named = target.tiers and "{tiers}" not in word[target.kind]
    return word["coverage_in"].format(kind=kind, tiers=tiers) if named else kind


def _counted(result: TargetResult) -> int | None:
    """Return the number of things that a target's counts are out of."""
    if result.achieved_count is None or not result.achieved:
        return result.required_count
    return round(result.achieved_count / result.achieved)


def _costs(plan: Plan) -> list[list[Any]]:
    """Return a row for each year: number of actions, places added, and what is spent."""
    actions = plan.actions.groupby("year")["places_added"].agg(["size", "sum"])
    rows = []
    for cost in plan.costs.to_dict("records"):
        acted, added = (
            actions.loc[cost["year"]].tolist() if cost["year"] in actions.index else (0, 0)
        )
        spent = [_value(cost[f"{kind}_cny"]) for kind in ("capital", "subsidy", "running")]
        rows.append([int(cost["year"]), int(acted), int(added), *spent])
    return rows


def _guidance(inputs: Inputs, plan: Plan) -> list[list[Any]]:
    """Return who guides whom in the last year that asks for it: year, site, medical, minutes."""
    told = plan.guidance
    if told.empty or inputs.medical is None:
        return []
    last = told[told["year"] == told["year"].max()]
    sites = inputs.sites.set_index("site_id")["name"]
    medical = inputs.medical.set_index("medical_id")["name"]
    return [
        [
            int(row.year),
            str(sites[row.site_id]),
            str(medical[row.medical_id]),
            round(float(row.seconds) / 60, 1),
        ]
        for row in last.itertuples()
    ]


def _townships(inputs: Inputs, today: Indicators, plan: Plan) -> Content:
    """Return columns, in the order of the townships of the inputs."""
    townships = inputs.townships
    codes = townships["township_code"]

    def figures(indicators: Indicators) -> Content:
        table = indicators.of("township").set_index("code").loc[codes]
        return {name: _values(table[name]) for name in township_figures}

    return {
        "code": codes.tolist(),
        "name": townships["township"].tolist(),
        "district": townships["district"].tolist(),
        "today": figures(today),
        "plan": figures(plan.indicators),
    }


def _ranks(inputs: Inputs, plan: Plan, ranking: pd.DataFrame, lang: str) -> list[Content]:
    """Return, for each target in the last year that asks for it, how every township stands."""
    due = {result.target.id: i for i, result in enumerate(plan.targets)}
    codes = pd.Index(inputs.townships["township_code"])
    last = ranking[ranking["year"] == ranking.groupby("target")["year"].transform("max")]
    reason = "reason" if lang == "zh" else "reason_en"
    found = []
    for name, table in last.groupby("target", sort=False):
        rows = table.set_index("township_code").reindex(codes)
        found.append(
            {
                "target": due[str(name)],
                "unit": units[table["unit"].iloc[0]],
                "figure": _values(rows["figure"]),
                "rank": _values(rows["rank"].astype(float)),
                "tied": _values(rows["tied"].astype(float)),
                "ranked": int(table["ranked"].iloc[0]),
                "meets": [None if meets is None else bool(meets) for meets in rows["meets"]],
                "reason": rows[reason].tolist(),
            }
        )
    return found


def _sites(scenario: Scenario, inputs: Inputs, plan: Plan) -> Content:
    """Return columns; ``at`` is the position in the sites of the inputs, ``zone`` in townships."""
    sites = plan.sites
    at = pd.Index(inputs.sites["site_id"]).get_indexer(sites["site_id"])
    return {
        "at": at.tolist(),
        "id": sites["site_id"].tolist(),
        "name": sites["name"].tolist(),
        "action": sites["action"].tolist(),
        "tier": [scenario.tiers[tier].label for tier in sites["tier"]],
        "host": [scenario.hosts[host].label for host in sites["host"]],
        "zone": inputs.sites["zone"].to_numpy()[at].tolist(),
        "inclusive": sites["inclusive"].astype(bool).tolist(),
        "class_labels": [kind.label for kind in scenario.class_kinds.values()],
        "classes": sites[[classes_column(kind) for kind in scenario.class_kinds]]
        .to_numpy(dtype=int)
        .tolist(),
        "places_before": sites["places_before"].astype(int).tolist(),
        "places": sites["places"].astype(int).tolist(),
        "children": _values(sites["children"]),
        "cost": _values(sites["cost"]),
        "year": [None if pd.isna(year) else int(year) for year in sites["year"]],
    }


def _parameters(scenario: Scenario, lang: str) -> list[Content]:
    """Return what was assumed: the word for it, what it is of, its value and its source."""
    children, walk = scenario.children, scenario.walk
    used = sorted({scenario.base_year, *scenario.years})
    return [
        *(
            _parameter(
                "under3_share",
                {"year": year},
                ["share", children.under3_share[year]],
                children.under3_source,
            )
            for year in used
            if children.under3_from == "share"
        ),
        *(
            _parameter(
                "take_up",
                {"band": band},
                ["share", children.take_up[band]],
                children.take_up_source,
            )
            for band in scenario.bands
        ),
        _parameter("walk_speed", {}, ["speed", walk.speed_kph], walk.source),
        *_speeds(scenario),
        *(
            _parameter(
                "limit",
                {"tier": tier.label, "travel": words(lang)[tier.mode]},
                ["minutes", tier.limit_minutes],
                "",
            )
            for tier in scenario.tiers.values()
        ),
        *(
            _parameter(
                "class_size",
                {"kind": kind.label},
                ["class", kind.size],
                scenario.class_kinds_source,
            )
            for kind in scenario.class_kinds.values()
        ),
    ]


def _speeds(scenario: Scenario) -> list[Content]:
    """Return the speeds of the modes beside walking that a tier uses."""
    found = []
    if "cycle" in scenario.modes:
        speed = ["speed", scenario.cycle.speed_kph]
        found.append(_parameter("cycle_speed", {}, speed, scenario.cycle.source))
    if "drive" in scenario.modes:
        found += [
            _parameter("drive_speed", {"highway": name}, ["speed", kph], scenario.drive.source)
            for name, kph in sorted(scenario.drive.speeds_kph.items())
        ]
    return found


def _parameter(word: str, of: Content, value: list[Any], source: str) -> Content:
    return {"word": word, "of": of, "value": value, "source": source}


def _values(column: pd.Series) -> list[float | None]:
    return [_value(value) for value in column]


def _value(value: float) -> float | None:
    """Return a figure to six digits after the point, None where there is none."""
    return round(float(value), 6) if np.isfinite(value) else None
