"""What the page that compares plans says: tables as plain values, no text formatted."""

from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from siting.comparison import Compared, ComparedPlan
from siting.comparison.cost_coverage import cost_coverage
from siting.comparison.trade_offs import trade_off
from siting.indicators import TargetResult, tally
from siting.plan.finished_run import FinishedRun
from siting.review.compare_words import compare_texts
from siting.review.plain_values import Content, plain_list
from siting.review.proof import proof_sentences
from siting.review.target_content import units
from siting.review.words import words
from siting.target_names import covering_modes, limit_minutes, target_name

township_figures = (
    "residents",
    "under3",
    "places",
    "places_per_thousand",
    "population_coverage",
    "takers",
    "served",
    "reachable_full",
    "unreachable",
)
figures = (
    ("places", "count"),
    ("places_per_thousand", "decimal"),
    ("population_coverage", "share"),
    ("under3_covered", "count"),
    ("inclusive_share", "share"),
    ("townships_covered", "count"),
    ("takers", "count"),
    ("served", "count"),
    ("served_beyond", "count"),
    ("reachable_full", "count"),
    ("unreachable", "count"),
    ("fill_existing", "share"),
    ("fill_new", "share"),
    ("capital_cny", "money"),
    ("subsidy_cny", "money"),
    ("running_cny", "money"),
    ("open", "count"),
    ("convert", "count"),
    ("expand", "count"),
    ("close", "count"),
    ("keep", "count"),
)
"""Figures of the whole area that the page shows, and how they are written."""
told_where_any = ("subsidy_cny", "running_cny", "close")
"""Figures left out where no plan has any."""


def compare_content(compared: Compared, lang: str, title: str | None) -> Content:
    """Return what the page says, without the map layers."""
    runs = [plan.run for plan in compared.plans]
    scenarios = [run.scenario for run in runs]
    modes = {mode for scenario in scenarios for mode in covering_modes(scenario)}
    word = words(lang, compare_texts)
    return {
        "lang": lang,
        "words": word,
        "illustrative": any(scenario.illustrative for scenario in scenarios),
        "seat_zones": any(scenario.inputs.seats is not None for scenario in scenarios),
        "title": title if title is not None else _title(runs, word, lang),
        "minutes": "/".join(dict.fromkeys(limit_minutes(scenario) for scenario in scenarios)),
        "travel": "/".join(word[mode] for mode in sorted(modes, reverse=True)),
        "plans": [_plan(plan, lang) for plan in compared.plans],
        "remarks": [note.text(lang) for note in compared.remarks],
        "trade_offs": {
            f"{row['against']}{row['plan']}": row[lang]
            for row in compared.trade_offs.to_dict("records")
        },
        "targets": _targets(compared.plans, lang),
        "figures": _figures(compared),
        "township_count": len(compared.zones),
        "picture": _picture(compared),
        "townships": _townships(compared),
        "sites": _sites(compared, lang),
        "alternatives": _alternatives(compared, lang),
        "files": _files(compared.plans),
    }


def _title(runs: list[FinishedRun], word: dict[str, str], lang: str) -> str:
    names = dict.fromkeys(run.scenario.titled(lang) for run in runs)
    return word["heading"].replace("{names}", " · ".join(names))


def _plan(plan: ComparedPlan, lang: str) -> Content:
    run = plan.run
    alternative = plan.alternative
    return {
        "label": plan.label,
        "name": run.scenario.titled(lang),
        "folder": run.folder,
        "years": list(run.scenario.years),
        "status": run.status.value,
        "proof": proof_sentences(run, lang),
        "plan_hash": run.plan_hash,
        "tally": asdict(tally(run.targets)),
        "alternative": None
        if alternative is None
        else {"status": alternative.status.value, "gap": alternative.gap},
    }


def _targets(plans: tuple[ComparedPlan, ...], lang: str) -> list[Content]:
    """Return each target of any plan, in the order of the first that has it."""
    found: dict[tuple[str, int, str], Content] = {}
    for at, plan in enumerate(plans):
        for result, english in zip(plan.run.targets, plan.run.english, strict=True):
            target = result.target
            told = target if lang == "zh" else english
            entry = found.setdefault(
                (target.id, target.year, target.kind),
                {
                    "id": target.id,
                    "name": target_name(plan.run.scenario, target).text(lang),
                    "year": target.year,
                    "unit": units[target.unit],
                    "clauses": [],
                    "plans": [None] * len(plans),
                },
            )
            clause = [told.clause, target.sentence, told.reading]
            if clause not in entry["clauses"]:
                entry["clauses"].append(clause)
            entry["plans"][at] = _held(result)
    return list(found.values())


def _held(result: TargetResult) -> Content:
    return {
        "required": result.required,
        "required_upper": result.required_upper,
        "achieved": result.achieved,
        "achieved_count": result.achieved_count,
        "met": result.met,
        "due": result.due,
        "hard": result.target.hard,
    }


def _figures(compared: Compared) -> list[list[Any]]:
    table = compared.figures.set_index("figure")
    today = compared.plans[0].run.area_today
    rows = []
    for name, kind in figures:
        values = table.loc[name]
        if name in told_where_any and not values.any():
            continue
        now = [float(today[name])] if name in today else [np.nan]
        rows.append([name, kind, *plain_list(pd.Series([*now, *values]))])
    return rows


def _picture(compared: Compared) -> Content:
    drawn = cost_coverage(compared.runs)
    names = ["cost_cny", "coverage"]
    points, frontiers = drawn.points, drawn.frontiers
    figures_of = ["required", "achieved", "cost_cny", "bound_cny"]
    return {
        "points": list(
            zip(points["plan"], *(plain_list(points[name]) for name in names), strict=True)
        ),
        "frontiers": list(
            zip(
                frontiers["plan"],
                *(plain_list(frontiers[name]) for name in figures_of),
                strict=True,
            )
        ),
        "target": drawn.target,
        "is_capital": drawn.is_capital,
    }


def _townships(compared: Compared) -> Content:
    zones, table = compared.zones, compared.townships
    return {
        "code": zones["township_code"].tolist(),
        "name": zones["township"].tolist(),
        "district": zones["district"].tolist(),
        "figures": [
            {name: plain_list(of_plan[name]) for name in township_figures}
            for of_plan in (table[table["plan"] == plan.label] for plan in compared.plans)
        ],
    }


def _sites(compared: Compared, lang: str) -> Content:
    """Return columns; what each plan does stands in a list of its own."""
    sites = compared.sites
    of_site = _labels(compared, "tier", lang)
    tiers = list(dict.fromkeys(of_site))
    codes = pd.Index(compared.zones["township_code"])
    return {
        "id": sites["site_id"].tolist(),
        "name": sites["name"].tolist(),
        "tiers": [[label] for label in tiers],
        "tier": [tiers.index(label) for label in of_site],
        "host": _labels(compared, "host", lang),
        "zone": codes.get_indexer(sites["township_code"]).tolist(),
        "acting": sites["acting"].tolist(),
        "alike": sites["alike"].tolist(),
        "does": [_does(sites, plan) for plan in compared.plans],
    }


def _labels(compared: Compared, column: str, lang: str) -> list[str]:
    """Return what tiers or hosts are called, by the first plan that has the site."""
    called: dict[str, str] = {}
    for run in compared.runs.values():
        kinds = run.scenario.tiers if column == "tier" else run.scenario.hosts
        for site_id, kind in zip(run.sites["site_id"], run.sites[column], strict=True):
            called.setdefault(site_id, kinds[kind].called(lang))
    return [called[site_id] for site_id in compared.sites["site_id"]]


def _does(sites: pd.DataFrame, plan: ComparedPlan) -> Content:
    table = plan.run.sites.set_index("site_id").reindex(sites["site_id"])
    steps: dict[str, list[list[Any]]] = {}
    for row in plan.run.actions.sort_values(["site_id", "year"]).to_dict("records"):
        step = [int(row["year"]), row["action"], int(row["places_added"])]
        steps.setdefault(row["site_id"], []).append(step)
    return {
        "action": sites[f"{plan.label}_action"].tolist(),
        "before": sites[f"{plan.label}_places_before"].tolist(),
        "places": sites[f"{plan.label}_places"].tolist(),
        "like": sites[f"{plan.label}_like"].tolist(),
        "children": plain_list(table["children"]),
        "cost": plain_list(table["cost"]),
        "done": [steps.get(site_id, []) for site_id in sites["site_id"]],
    }


def _alternatives(compared: Compared, lang: str) -> list[Content]:
    """Return the alternatives beside runs that are not compared themselves."""
    found = []
    for plan in compared.plans:
        run = plan.run
        if run.alternatives_note is None or any(other.alternative for other in compared.plans):
            continue
        found.append(
            {
                "label": plan.label,
                "note": run.alternatives_note.text(lang),
                "found": [
                    {
                        "status": other.status.value,
                        "gap": other.gap,
                        "text": trade_off(run, other.run, plan.label, f"{plan.label}{n}").text(
                            lang
                        ),
                    }
                    for n, other in enumerate(run.alternatives, 1)
                ],
            }
        )
    return found


def _files(plans: tuple[ComparedPlan, ...]) -> list[list[Any]]:
    """Return each input file with its sha256 in every plan, None where a plan has none."""
    names = dict.fromkeys(name for plan in plans for name in sorted(plan.run.input_files))
    return [[name, *(plan.run.input_files.get(name) for plan in plans)] for name in names]
