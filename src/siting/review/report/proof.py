"""The chapter on what is uncertain: proof, assumptions, trends, made-up data, notes."""

from siting.model import Stage
from siting.review.proof import proof_sentences, stage_name
from siting.review.report.columns import Column
from siting.review.report.draft import Draft
from siting.review.sentences import note_text
from siting.review.source_content import parameter_rows


def proof_told(draft: Draft) -> list[str]:
    """Return what is proven of the plan, and on what it depends."""
    plan, pen = draft.findings.plan, draft.pen
    told = proof_sentences(plan, pen.lang)
    return [*told, pen.word["conditional"]] if len(plan.stages) > 1 else told


def uncertainty(draft: Draft) -> None:
    """Write what is proven, what is assumed, and what was left out."""
    paper, pen, word = draft.paper, draft.pen, draft.pen.word
    paper.heading(1, "uncertainty_chapter")
    paper.heading(2, "proof_section")
    paper.sentences(*proof_told(draft), word["report_checked"])
    columns = [
        Column(word["stage"], 3.6),
        Column(word["value"], 2.7, numeric=True),
        Column(word["bound"], 2.7, numeric=True),
        Column(word["checked_bound"], 2.7, numeric=True),
        Column(word["gap"], 1.6, numeric=True),
        Column(word["stage_status"], 2.3),
    ]
    rows = [_stage(draft, stage) for stage in draft.findings.plan.stages]
    paper.table(word["stages_table"], columns, rows)
    paper.heading(2, "assumption_section")
    paper.sentences(pen.say("assumption_text", table=paper.number("table")))
    shown = [
        [
            word[each["word"]].format(**each["of"]),
            pen.figure(*each["value"]),
            each["source"] or word["nothing"],
        ]
        for each in parameter_rows(draft.scenario, pen.lang)
    ]
    columns = [
        Column(word["parameter"], 5.0),
        Column(word["value"], 3.6),
        Column(word["source"], 7.4),
    ]
    paper.table(word["assumption_table"], columns, shown, ditto=(2,))
    _trends(draft)
    if draft.scenario.illustrative:
        paper.heading(2, "illustrative_section")
        paper.sentences(word["illustrative_text"])
    paper.heading(2, "note_section")
    notes = [note_text(note, pen.lang) for note in draft.findings.notes]
    paper.sentences(word["note_text" if notes else "note_none"])
    paper.bullets(notes)


def _stage(draft: Draft, stage: Stage) -> list[str]:
    """Return the row of a stage, in the unit that it is in."""
    pen, word = draft.pen, draft.pen.word
    name = stage_name(stage.name, pen.lang)
    unit = word.get(f"unit_{stage.unit}", "")
    has_unit = unit and stage.unit != "targets"
    digits = 4 if stage.unit == "targets" else 1

    def told(value: float | None) -> str:
        figure = pen.figure("decimal", value, digits)
        return f"{figure} {unit}" if has_unit and value is not None else figure

    return [
        name + (unit if unit and not has_unit else ""),
        told(stage.objective),
        told(stage.bound),
        told(stage.checked_bound),
        pen.figure("share", stage.gap, 2),
        word[f"status_{stage.status}"],
    ]


def _trends(draft: Draft) -> None:
    """Write under which trends of births the plan was made and held."""
    paper, pen, word = draft.paper, draft.pen, draft.pen.word
    children = draft.scenario.children
    paper.heading(2, "trend_section")
    if not children.trends:
        has_new = draft.last.area["places_new"] > 0
        paper.sentences(word["trend_none"], word["trend_fewer"] if has_new else "")
        return
    planned = (
        pen.say("trend_named", trend=children.trend) if children.trend else word["trend_as_given"]
    )
    if children.hold_under:
        others = pen.join([pen.say("trend_named", trend=name) for name in children.hold_under])
        paper.sentences(pen.say("trend_held", trend=planned, others=others))
    elif children.trend:
        paper.sentences(pen.say("trend_one", trend=children.trend))
    else:
        paper.sentences(word["trend_unused"])
    years = sorted({draft.scenario.base_year, *draft.scenario.years})
    columns = [
        Column(word["trend"], 4.0),
        *(Column(str(year), 1.8, numeric=True) for year in years),
    ]
    rows = [[name, *(f"{factors.get(year, 1.0):g}" for year in years)]
            for name, factors in children.trends.items()]  # fmt: skip
    paper.table(word["trend_table"], columns, rows)
