"""The chapter on the plan: what is done, where, in which classes, for whom, guided by whom."""

import numpy as np
import pandas as pd

from siting.inputs import no_zone
from siting.inputs.dictionary import classes_column
from siting.plan.rounds import of_each_kind
from siting.review.figures import coverage_map, places_chart, png, township_map
from siting.review.report.columns import Column
from siting.review.report.draft import Draft, actions
from siting.review.report.state import takers_sentence
from siting.review.story_content import area_figures

most_institutions = 12
"""Medical institutions shown by workload."""
given_decisions = ("committed", "forced")


def summary_sentences(draft: Draft) -> list[str]:
    """Return what the plan does, changes and costs; nothing that it does not."""
    pen, plan = draft.pen, draft.findings.plan
    before, after = draft.findings.today.area, draft.last.area
    untouched = draft.findings.no_action[draft.last.year].area
    sites = plan.sites
    acted = sites[sites["action"] != "keep"]
    kept = pen.figure("count", len(sites) - len(acted))
    year = draft.last.year
    if acted.empty:
        told = [pen.say("nothing_done", year=year, keep=kept)]
    else:
        count = pen.figure("count", len(acted))
        parts = pen.join(draft.done(acted))
        told = [pen.say("something_done", year=year, count=count, parts=parts, keep=kept)]
    given = int(acted["decision"].isin(given_decisions).sum())
    if given:
        told.append(pen.say("given", count=given))
    change = round(after["places"]) - round(before["places"])
    key = "places_more" if change > 0 else "places_fewer" if change < 0 else "places_same"
    figures = {
        "after": pen.figure("count", after["places"]),
        "rate_before": pen.figure("decimal", before["places_per_thousand"]),
        "rate_after": pen.figure("decimal", after["places_per_thousand"]),
        "rate_untouched": pen.figure("decimal", untouched["places_per_thousand"]),
    }
    told.append(pen.say(key, before=pen.figure("count", before["places"]), **figures))
    covered = [float(area["population_coverage"]) for area in (before, after)]
    if np.isfinite(covered).all() and draft.scenario.tiers_counted_in("population_coverage"):
        shares = {
            "before": pen.figure("share", covered[0]),
            "after": pen.figure("share", covered[1]),
            "untouched": pen.figure("share", untouched["population_coverage"]),
        }
        told.append(pen.say("reach_change", minutes=draft.minutes, travel=draft.travel, **shares))
    if after["places_new"] > 0:
        new = pen.figure("count", after["places_new"])
        told.append(pen.say("fill_of_new", count=new, share=pen.figure("share", after["fill_new"])))
    cost = float(plan.costs["capital_cny"].sum())
    told.append(
        pen.say("cost_total", cost=pen.figure("money", cost)) if cost > 0 else pen.word["cost_none"]
    )
    return told


def proposal(draft: Draft) -> None:
    """Write the plan."""
    draft.paper.heading(1, "plan_chapter")
    _overview(draft)
    _layout(draft)
    _classes(draft)
    _service(draft)
    if draft.findings.rounds is not None:
        _guidance(draft)


def _overview(draft: Draft) -> None:
    paper, pen, word = draft.paper, draft.pen, draft.pen.word
    paper.heading(2, "overview")
    paper.sentences(*summary_sentences(draft))
    year = draft.last.year
    untouched = draft.findings.no_action[year].area
    before, after = draft.findings.today.area, draft.last.area
    rows = [
        [
            draft.figure_name(name),
            *(pen.figure(kind, area[name]) for area in (before, untouched, after)),
            _change(draft, kind, untouched[name], after[name]),
        ]
        for name, kind in area_figures
        if np.isfinite(before[name]) or np.isfinite(after[name])
    ]
    columns = [
        Column(word["figure"], 5.6),
        Column(word["state_today"].format(year=draft.findings.today.year), 2.6, numeric=True),
        Column(pen.say("report_no_action", year=year), 2.9, numeric=True),
        Column(word["state_plan"].format(year=year), 2.6, numeric=True),
        Column(word["report_effect"], 2.6, numeric=True),
    ]
    paper.table(word["figures_table"], columns, rows)
    paper.hint(word["report_effect_hint"])


def _change(draft: Draft, kind: str, before: float, after: float) -> str:
    """Return a change with its sign; shares change by percentage points."""
    change = after - before
    if not np.isfinite(change):
        return draft.pen.word["nothing"]
    if kind == "share":
        told = f"{abs(change) * 100:.1f}"
        unit = draft.pen.word["points"]
    else:
        told, unit = draft.pen.figure(kind, abs(change)), ""
    if not any(mark in "123456789" for mark in told):
        return told + unit
    return ("+" if change > 0 else "−") + told + unit


def _layout(draft: Draft) -> None:
    paper, pen, word = draft.paper, draft.pen, draft.pen.word
    sites = draft.findings.plan.sites
    acted = sites[sites["action"] != "keep"]
    paper.heading(2, "layout")
    refer = {"table": paper.number("table"), "figure": paper.number("figure")}
    paper.sentences(
        pen.say("layout_text", annex=draft.annexes["sites"], **refer)
        if len(acted)
        else pen.say("layout_text_nothing", **refer)
    )
    _tiers_table(draft, sites)
    year = draft.last.year
    caption = pen.say("figure_sites", minutes=draft.minutes, year=year)
    drawn = township_map(draft.findings, "population_coverage", lang=pen.lang)
    paper.picture(caption, png(drawn), word["map_alt"].format(caption=caption))
    if len(acted):
        _hosts_table(draft, acted)
    paper.picture(
        word["caption_places"],
        png(places_chart(draft.findings, lang=pen.lang)),
        word["caption_places"],
    )


def _tiers_table(draft: Draft, sites: pd.DataFrame) -> None:
    paper, pen, word = draft.paper, draft.pen, draft.pen.word
    groups = [(draft.scenario.tiers[name].called(pen.lang), sites[sites["tier"] == name])
              for name in draft.scenario.tiers]  # fmt: skip
    groups = [(label, group) for label, group in groups if len(group)]
    groups.append((word["total"], sites))
    shown = [action for action in actions if (sites["action"] == action).any()]
    rows = [
        [
            label,
            *(pen.figure("count", (group["action"] == action).sum()) for action in shown),
            pen.figure("count", (group["action"] == "keep").sum()),
            pen.figure("count", (group["action"] != "close").sum()),
            pen.figure("count", group["places_before"].sum()),
            pen.figure("count", group["places"].sum()),
        ]
        for label, group in groups
    ]
    columns = [
        Column(word["tier"], 3.4),
        *(Column(word[action], 1.5, numeric=True) for action in (*shown, "keep")),
        *(
            Column(word[name], 1.9, numeric=True)
            for name in ("sites_open", "places_each_before", "places_each_after")
        ),
    ]
    caption = pen.say("tiers_table", year=draft.last.year)
    paper.table(caption, columns, rows, last_is_total=True)
    outside = int((sites["township_code"] == "").sum())
    paper.hint(pen.say("tiers_hint", count=outside) if outside else word["tiers_hint_inside"])


def _hosts_table(draft: Draft, acted: pd.DataFrame) -> None:
    pen, word = draft.pen, draft.pen.word
    shown = [action for action in actions if (acted["action"] == action).any()]
    added = acted["places"] - acted["places_before"]
    rows = []
    for name, host in draft.scenario.hosts.items():
        here = acted["host"] == name
        if here.any():
            rows.append((host.called(pen.lang), here))
    rows.append((word["total"], pd.Series(data=True, index=acted.index)))
    columns = [
        Column(word["host"], 4.0),
        *(Column(word[action], 2.0, numeric=True) for action in shown),
        Column(word["report_places_change"], 2.2, numeric=True),
        Column(word["cost_wan"], 2.6, numeric=True),
    ]
    draft.paper.table(
        word["hosts_table"],
        columns,
        [
            [
                label,
                *(pen.figure("count", (here & (acted["action"] == a)).sum()) for a in shown),
                pen.figure("count", added[here].sum()),
                pen.figure("wan", acted.loc[here, "cost"].sum()),
            ]
            for label, here in rows
        ],
        last_is_total=True,
    )


def _classes(draft: Draft) -> None:
    """Write the classes of the study area by kind, today and in the last year."""
    paper, pen, word = draft.paper, draft.pen, draft.pen.word
    existing = draft.findings.inputs.sites
    there = (existing["status"] == "existing") & (existing["zone"] != no_zone)
    planned = draft.findings.plan.sites
    planned = planned[(planned["township_code"] != "") & (planned["action"] != "close")]
    paper.heading(2, "class_section")
    paper.sentences(pen.say("class_text", year=draft.last.year, table=paper.number("table")))
    rows = []
    for name, kind in draft.scenario.class_kinds.items():
        column = classes_column(name)
        after = planned[column].sum()
        rows.append(
            [
                kind.called(pen.lang),
                pen.join(list(kind.bands)),
                str(kind.size),
                pen.figure("count", existing.loc[there, column].sum()),
                pen.figure("count", after),
                pen.figure("count", after * kind.size),
            ]
        )
    columns = [
        Column(word["class_kind"], 3.0),
        Column(word["class_bands"], 3.0),
        *(
            Column(word[key], 2.0, numeric=True)
            for key in ("class_size_column", "class_before", "class_after", "class_places")
        ),
    ]
    paper.table(pen.say("class_table", year=draft.last.year), columns, rows)


def _service(draft: Draft) -> None:
    paper, pen = draft.paper, draft.pen
    paper.heading(2, "service")
    paper.sentences(
        takers_sentence(draft, draft.last),
        pen.say("service_text", figure=paper.number("figure")),
    )
    caption = pen.say("figure_coverage", year=draft.last.year)
    drawn = coverage_map(draft.findings, lang=pen.lang)
    paper.picture(caption, png(drawn), pen.word["map_alt"].format(caption=caption))


def _guidance(draft: Draft) -> None:
    paper, pen, findings = draft.paper, draft.pen, draft.findings
    guidance, rounds = draft.scenario.guidance, findings.rounds
    medical = findings.inputs.medical
    if guidance is None or rounds is None or medical is None:
        return
    institutions = rounds.institutions
    paper.heading(2, "guidance_section")
    if institutions.empty:
        paper.sentences(pen.word["guidance_none"])
        return
    unreached = int(institutions["unreached"].sum())
    kinds = medical.loc[medical["medical_id"].isin(institutions["medical_id"]), "kind"].unique()
    planned = findings.plan.sites
    guided = planned["tier"].isin(draft.scenario.guided_tiers) & (planned["action"] != "close")
    guided &= planned["township_code"] != ""
    last = findings.plan.guidance
    paired = last.loc[last["year"] == draft.last.year, "site_id"]
    unpaired = int((guided & ~planned["site_id"].isin(paired)).sum())
    paper.sentences(
        pen.say(
            "guidance_text",
            year=draft.last.year,
            medical=pen.figure("count", len(institutions)),
            sites=pen.figure("count", rounds.visits["site_id"].nunique()),
            pairs=pen.figure("count", institutions["sites"].sum()),
            visits=of_each_kind(guidance, "visits_per_year", kinds, "次").text(pen.lang),
            days=pen.figure("count", institutions["days"].sum()),
        ),
        pen.say("guidance_unreached", count=unreached) if unreached else "",
        pen.say("guidance_unpaired", count=unpaired) if unpaired else "",
        pen.say("guidance_busiest", table=paper.number("table"), annex=draft.annexes["rounds"]),
        pen.say(
            "inspected_text",
            count=len(findings.inspections.visits),
            annex=draft.annexes["inspections"],
        )
        if findings.inspections is not None and "inspections" in draft.annexes
        else "",
    )
    busiest = institutions.sort_values("workload", ascending=False, kind="stable")
    rounds_table(draft, busiest.head(most_institutions), pen.word["rounds_table"])


def rounds_table(draft: Draft, institutions: pd.DataFrame, caption: str) -> None:
    """Write what medical institutions guide, and how long their rounds take."""
    pen, word, medical = draft.pen, draft.pen.word, draft.findings.inputs.medical
    names = (
        {} if medical is None else dict(zip(medical["medical_id"], medical["name"], strict=True))
    )
    rows = [
        [
            row.medical_id,
            names.get(row.medical_id, ""),
            pen.figure("count", row.sites),
            pen.figure("count", row.days),
            pen.figure("count", row.visits_per_year),
            pen.figure("count", row.days_per_year),
            pen.figure("share", row.workload)
            if np.isfinite(row.workload)
            else word["workload_none"],
        ]
        for row in institutions.itertuples()
    ]
    columns = [
        Column(word["site_id"], 1.8),
        Column(word["medical_name"], 5.0),
        *(
            Column(word[key], 2.0, numeric=True)
            for key in (
                "guided_sites",
                "round_days",
                "visits_per_year",
                "days_per_year",
                "workload",
            )
        ),
    ]
    draft.paper.table(caption, columns, rows)
