"""The chapter on today: places, who reaches them, and whether published figures agree."""

import numpy as np

from siting.base_year import shares
from siting.indicators import Indicators
from siting.review.beside import beside_content, coded
from siting.review.figures import png, township_map
from siting.review.report.columns import Column
from siting.review.report.draft import Draft


def state(draft: Draft) -> None:
    """Write what there is today."""
    paper, pen, today = draft.paper, draft.pen, draft.findings.today
    area, word = today.area, pen.word
    paper.heading(1, "state_chapter")
    paper.heading(2, "today_places")
    covered = {
        "covered": pen.figure("count", area["townships_covered"]),
        "share": pen.figure("share", area["township_coverage"]),
    }
    if area["places"] > 0:
        paper.sentences(
            "".join(
                (
                    pen.say(
                        "today_text",
                        year=today.year,
                        places=pen.figure("count", area["places"]),
                        per_thousand=pen.figure("decimal", area["places_per_thousand"]),
                    ),
                    pen.say("today_inclusive", share=pen.figure("share", area["inclusive_share"]))
                    if np.isfinite(area["inclusive_share"])
                    else "",
                    pen.say("today_townships", **covered),
                )
            ),
            pen.say("today_enrolled", share=pen.figure("share", area["fill_enrolled"]))
            if np.isfinite(area["fill_enrolled"])
            else "",
        )
    else:
        paper.sentences(pen.say("today_no_places", year=today.year, **covered))
    paper.sentences(_lacking(draft), _reach(draft))
    paper.sentences(takers_sentence(draft, today))
    _check(draft)
    paper.heading(2, "map_today")
    paper.sentences(pen.say("map_today_text", figure=paper.number("figure"), year=today.year))
    caption = pen.say("figure_places_today", year=today.year)
    drawn = township_map(draft.findings, "places_per_thousand", today.year, lang=pen.lang)
    paper.picture(caption, png(drawn), word["map_alt"].format(caption=caption))


def _lacking(draft: Draft) -> str:
    townships = draft.findings.today.of("township")
    names = townships.loc[townships["townships_covered"] == 0, "name"].tolist()
    if not names:
        return ""
    return draft.say("today_lacking", count=len(names), names=draft.named(names))


def _reach(draft: Draft) -> str:
    covered = draft.findings.today.area["population_coverage"]
    if not np.isfinite(covered) or not draft.scenario.tiers_counted_in("population_coverage"):
        return ""
    share = draft.figure("share", covered)
    return draft.say("today_reach", minutes=draft.minutes, travel=draft.travel, share=share)


def takers_sentence(draft: Draft, figures: Indicators) -> str:
    """Return how the children who want a place stand in a year, leaving out what is none."""
    area = figures.area
    if area["takers"] < 0.5:
        return draft.say("takers_none", year=figures.year)
    parts = [
        draft.say(key, count=draft.figure("count", area[column]))
        for key, column in (
            ("takers_served", "served"),
            ("takers_staff", "staff_at_home"),
            ("takers_beyond", "served_beyond"),
            ("takers_full", "reachable_full"),
            ("takers_unreachable", "unreachable"),
        )
        if area[column] >= 0.5 or column == "served"
    ]
    takers = draft.figure("count", area["takers"])
    return draft.say("takers_text", year=figures.year, takers=takers, parts=draft.pen.join(parts))


def _check(draft: Draft) -> None:
    """Write published figures against counted ones, or that there are none."""
    paper, pen, published = draft.paper, draft.pen, draft.scenario.published
    table = draft.findings.beside.get("base_year")
    paper.heading(2, "check")
    if published is None or table is None or table.empty:
        paper.sentences(pen.word["check_none"])
        return
    agree = int((table["within"] & table["reproducible"]).sum())
    differ = len(table) - agree
    paper.sentences(
        pen.say(
            "check_text",
            source=published.source,
            count=len(table),
            agree=agree,
            tolerance=f"{100 * published.tolerance:g}%",
        ),
        pen.say("check_differ", count=differ, table=paper.number("table")) if differ else "",
    )
    beside_table(draft, "base_year", pen.word["check_table"])


def beside_table(draft: Draft, name: str, caption: str, most: int | None = None) -> None:
    """Write a table that stands beside the plan, its columns as the review page has them."""
    (found,) = beside_content({name: draft.findings.beside[name]})
    pen, word = draft.pen, draft.pen.word
    columns = [
        Column(
            word.get(f"beside_{name}_{column}", word[f"beside_{column}"]),
            3.0 if kind in ("text", *coded) else 1.6,
            numeric=kind not in ("text", "truth", *coded),
        )
        for column, kind in found["columns"]
    ]
    kinds = [kind for _, kind in found["columns"]]
    rows = [
        [_cell(draft, kind, value, row) for kind, value in zip(kinds, row, strict=True)]
        for row in found["rows"]
    ]
    draft.paper.table(caption, columns, rows if most is None else rows[:most])
    if most is not None and len(rows) > most:
        draft.paper.hint(pen.say("rows_left", count=len(rows) - most, file=f"{name}.csv"))


prefixes = {"word": "figure", "medical": "medical", "strength": "strength"}
"""Kind of a cell that holds a word -> what the names of its texts begin with."""


def _cell(draft: Draft, kind: str, value: object, row: list[object]) -> str:
    word = draft.pen.word
    if value is None or value == "":
        return word["nothing"]
    if kind in prefixes:
        return word[f"{prefixes[kind]}_{value}"]
    if kind == "codes":
        codes = [part for part in str(value).split("; ") if part]
        told = [word[f"code_{code.replace(' ', '_')}"] for code in codes]
        return draft.pen.word["semicolon"].join(told) or word["nothing"]
    if kind == "seconds":
        return draft.pen.say("beside_minutes", minutes=f"{float(str(value)):.1f}")
    if kind == "amount":
        figure = str(row[0])
        is_share = figure in shares
        kind = "share" if is_share else "decimal" if figure == "places_per_thousand" else "count"
        return draft.pen.figure(kind, value, *((2,) if is_share else ()))
    return draft.pen.figure(kind, value)
