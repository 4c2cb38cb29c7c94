"""The annexes: provisions, sites, townships by year, ranking, and what stands beside the plan."""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from siting.inputs.dictionary import classes_column
from siting.provisions import carriers, place_of, state_of, strengths
from siting.review.findings import Findings
from siting.review.report.columns import Column
from siting.review.report.draft import Draft
from siting.review.report.proposal import rounds_table
from siting.review.report.state import beside_table

most_rows = 150
"""Rows of a table beside the plan; the others are in a file of the run."""
most_sites = 1000
"""Sites acted on that are listed; the others are in a file of the run."""
by_township = (
    ("places_per_thousand", "decimal"),
    ("places", "count"),
    ("population_coverage", "share"),
    ("unreachable", "count"),
)
"""Figures of the townships that are shown by year."""
beside_tables = (
    *("ranking_overall", "tracked", "staffing", "institution_staffing"),
    *("new_areas", "shared"),
    *("signed", "hubs", "centres", "referral"),
)


def annexes_of(findings: Findings) -> Iterator[str]:
    """Return the names of the annexes that there are something to show in, in their order."""
    if findings.scenario.profiles:
        yield "provisions"
    if (findings.plan.sites["action"] != "keep").any():
        yield "sites"
    if len(findings.scenario.years) == 1:
        yield "townships"
    else:
        yield from (f"townships_{name}" for name, _ in by_township)
    rounds, inspections = findings.rounds, findings.inspections
    if rounds is not None and len(rounds.institutions):
        yield "rounds"
    if inspections is not None and len(inspections.visits):
        yield "inspections"
    yield from (name for name in beside_tables if len(findings.beside.get(name, pd.DataFrame())))
    yield "files"


def annexes(draft: Draft) -> None:
    """Write the annexes on pages turned on their side."""
    draft.paper.annexes()
    draft.paper.heading(1, "annex_chapter")
    for name in draft.annexes:
        if name.startswith("townships_"):
            of_one = name.removeprefix("townships_")
            caption = draft.say("townships_annex", figure=draft.figure_name(of_one))
            _townships(draft, [of_one], caption)
        elif name in beside_tables:
            beside_table(draft, name, draft.pen.word[f"beside_{name}"], most_rows)
        else:
            written[name](draft)


def _provisions(draft: Draft) -> None:
    pen, word = draft.pen, draft.pen.word
    table = draft.findings.provisions
    other = pen.lang != "zh"
    rows = [
        [
            row["id"],
            row["title_en" if other else "title"],
            strengths[row["strength"]] if other else row["strength"],
            place_of(row, pen.lang),
            "\n".join(
                filter(
                    None,
                    (
                        word["quoted"].format(sentence=row["sentence"]),
                        word["reading"] + reading if reading else "",
                        row["changed_en" if other else "changed"],
                    ),
                )
            ),
            pen.join([carriers[each][other] for each in row["carried_by"].split()])
            + word["semicolon"]
            + "\n".join(
                filter(
                    None, (row["how_en" if other else "how"], row["found_en" if other else "found"])
                )
            ),
            state_of(row, pen.lang),
        ]
        for row in table.to_dict("records")
        for reading in [(row["reading_en"] if other else "") or row["reading"]]
    ]
    columns = [
        Column(word["number"], 1.2),
        Column(word["provision_column"], 3.2),
        Column(word["strength"], 1.3),
        Column(word["basis"], 3.8),
        Column(word["sentence"], 7.4),
        Column(word["how"], 5.4),
        Column(word["state"], 1.9),
    ]
    draft.paper.table(word["provisions_annex"], columns, rows)
    counts = table["state"].value_counts()
    known = {name: int(counts.get(name, 0)) for name in ("met", "part", "missed")}
    draft.paper.hint(pen.say("provisions_text", other=len(table) - sum(known.values()), **known))


def _sites(draft: Draft) -> None:
    pen, word, scenario = draft.pen, draft.pen.word, draft.scenario
    sites = draft.findings.plan.sites
    acted = sites[sites["action"] != "keep"]
    acted = acted.sort_values(["year", "district", "township_code", "site_id"], kind="stable")
    kinds = {
        kind.called(pen.lang): classes_column(name) for name, kind in scenario.class_kinds.items()
    }
    rows = [
        [
            str(row["year"]),
            row["site_id"],
            row["name"],
            word[row["action"]],
            scenario.tiers[row["tier"]].called(pen.lang),
            scenario.hosts[row["host"]].called(pen.lang),
            row["township"] or word["outside"],
            pen.join(
                [
                    f"{label}\u00a0×\u00a0{row[column]:.0f}"
                    for label, column in kinds.items()
                    if row[column]
                ]
            )
            or word["nothing"],
            pen.figure("count", row["places_before"]),
            pen.figure("count", row["places"]),
            pen.figure("count", row["children"]),
            pen.figure("wan", row["cost"]),
        ]
        for row in acted.head(most_sites).to_dict("records")
    ]
    columns = [
        Column(word["year"], 1.2),
        Column(word["site_id"], 1.5),
        Column(word["name"], 4.2),
        Column(word["action"], 1.7),
        Column(word["tier"], 2.2),
        Column(word["host"], 2.3),
        Column(word["township"], 2.4),
        Column(word["classes"], 2.8),
        Column(word["places_before"], 1.5, numeric=True),
        Column(word["places_plan"], 1.6, numeric=True),
        Column(word["children"], 1.6, numeric=True),
        Column(word["cost_wan"], 1.8, numeric=True),
    ]
    draft.paper.table(word["sites_annex"], columns, rows)
    if len(acted) > most_sites:
        left = len(acted) - most_sites
        draft.paper.hint(pen.say("rows_left", count=left, file="sites.csv"))
    if len(sites) > len(acted):
        draft.paper.hint(pen.say("sites_kept", count=len(sites) - len(acted)))


def _all_townships(draft: Draft) -> None:
    """Write every figure, today and in the only planned year, as one table."""
    _townships(draft, [name for name, _ in by_township], draft.pen.word["towns_annex"])


def _townships(draft: Draft, names: list[str], caption: str) -> None:
    """Write figures of every township today and in each planned year."""
    pen, word, findings = draft.pen, draft.pen.word, draft.findings
    townships = findings.inputs.townships
    kinds = dict(by_township)
    told = [findings.today, *(findings.plan.indicators_of(y) for y in draft.scenario.years)]
    shown = [(name, state) for name in names for state in told]
    figures = [
        state.of("township").set_index("code")[name].loc[townships["township_code"]].to_numpy()
        for name, state in shown
    ]
    rows = [
        [
            district,
            code,
            township,
            *(pen.figure(kinds[n], float(v)) for (n, _), v in zip(shown, values, strict=True)),
        ]
        for district, code, township, *values in zip(
            townships["district"],
            townships["township_code"],
            townships["township"],
            *figures,
            strict=True,
        )
    ]
    columns = [Column(word[key], wide) for key, wide in (("district", 2.2), ("site_id", 2.4),
                                                         ("township", 3.6))]  # fmt: skip
    for name, state in shown:
        year = pen.say("today_column", year=state.year) if state is told[0] else str(state.year)
        head = f"{draft.figure_name(name)}\n{year}" if len(names) > 1 else year
        columns.append(Column(head, 2.2, numeric=True))
    draft.paper.table(caption, columns, rows)


def _rounds(draft: Draft) -> None:
    if draft.findings.rounds is not None:
        rounds_table(draft, draft.findings.rounds.institutions, draft.pen.word["rounds_annex"])


def _inspections(draft: Draft) -> None:
    pen, word, findings = draft.pen, draft.pen.word, draft.findings
    inspections, medical = findings.inspections, findings.inputs.medical
    if inspections is None or medical is None:
        return
    sites = findings.inputs.sites.set_index("site_id")["name"]
    guides = medical.set_index("medical_id")["name"]
    rows = [
        [
            str(row.order),
            row.site_id,
            str(sites[row.site_id]),
            str(guides[row.medical_id]) if row.medical_id else word["nobody"],
            pen.figure("seconds", np.nan if pd.isna(row.seconds) else float(row.seconds)),
        ]
        for row in inspections.visits.itertuples()
    ]
    columns = [
        Column(word["inspection_order"], 1.2),
        Column(word["site_id"], 2.0),
        Column(word["inspected"], 7.0),
        Column(word["inspects"], 7.0),
        Column(word["way_minutes"], 2.6, numeric=True),
    ]
    draft.paper.table(word["inspections_annex"], columns, rows)
    for note in inspections.notes:
        draft.paper.hint(note.text(pen.lang))


def _files(draft: Draft) -> None:
    word = draft.pen.word
    rows = [[name, digest] for name, digest in sorted(draft.findings.inputs.sha256.items())]
    columns = [Column(word["file"], 8.0), Column(word["file_hash"], 14.0)]
    draft.paper.table(word["files_annex"], columns, rows)


written: dict[str, Callable[[Draft], None]] = {
    "provisions": _provisions,
    "sites": _sites,
    "townships": _all_townships,
    "rounds": _rounds,
    "inspections": _inspections,
    "files": _files,
}
"""Annex -> what writes it."""
