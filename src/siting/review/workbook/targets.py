"""Sheets of targets: how they are met, what documents ask, how townships rank."""

from siting.indicators import TargetResult, served_share
from siting.provisions import carriers, state_of, strengths, wording
from siting.review.findings import Findings
from siting.review.target_content import units
from siting.review.workbook.table import Column, Sheet, Table, Words
from siting.target_names import target_name

fine = {"share": "share_fine", "decimal": "fine", "count": "count", "money": "money"}
"""Unit -> kind of its figures."""
usual_digits = {"share": (4, 1), "decimal": (3, 1), "count": (0, 1), "money": (1, 10_000)}
"""Unit -> digits after the point that its kind shows, and what a figure is divided by before."""


def target_kind(result: TargetResult) -> str:
    """Return the kind of the figures of a target, which tells a missed one from required."""
    unit = units[result.target.unit]
    usual, divisor = usual_digits[unit]
    further = result.further_digits(lambda value, n: f"{value / divisor:.{usual + n}f}")
    return f"{fine[unit]}+{further}" if further else fine[unit]


def targets_sheet(findings: Findings, word: Words) -> Sheet:
    """Return every target of every year, held against today and the plan."""
    return Sheet("targets", (targets_table(findings, word),), frozen=2, group="targets")


def targets_table(findings: Findings, word: Words) -> Table:
    """Return a row for each target and year."""
    results, today = findings.plan.targets, findings.today_targets
    asked = [result.target for result in results]
    kinds = tuple(map(target_kind, results))
    lang = "zh" if word.is_chinese else "en"
    told = [wording(findings.scenario, target, lang) for target in asked]
    return Table(
        (
            word.column("h_id", "text", [target.id for target in asked]),
            word.column("h_target", "text", [_name(findings, r, word) for r in results]),
            word.column("h_year", "year", [target.year for target in asked]),
            word.column("h_required", kinds, [r.required for r in results]),
            word.column("h_required_upper", kinds, [r.required_upper for r in results]),
            word.column("h_today", kinds, [r.achieved for r in today]),
            word.column("h_plan", kinds, [r.achieved for r in results]),
            *_served(findings, word),
            word.column("h_unit", "text", [word[f"unit_{units[t.unit]}"] for t in asked]),
            word.column("h_result", "met", [r.met if r.due else word["not_due"] for r in results]),
            word.column("h_force", "text", [word["hard" if t.hard else "soft"] for t in asked]),
            *(
                [word.column("h_strength", "text", [each.strength for each in told])]
                if findings.scenario.profiles
                else []
            ),
            word.column("h_priority", "count", [None if t.hard else t.priority for t in asked]),
            word.column("h_required_count", "count", [r.required_count for r in results]),
            word.column("h_achieved_count", "count", [r.achieved_count for r in results]),
            word.column("h_missing", "long", ["、".join(r.missing_in) for r in results]),
            word.column("h_clause", "long", [each.clause for each in told]),
            word.column("h_sentence", "long", [target.sentence for target in asked]),
            word.column("h_reading", "long", [each.reading for each in told]),
        )
    )


def _served(findings: Findings, word: Words) -> list[Column]:
    """Return who has a place within reach, where some target asks for who has reach."""
    scenario, plan, inputs = findings.scenario, findings.plan, findings.inputs
    shares = [
        served_share(scenario, inputs, plan.year(r.target.year).indicators, r.target)
        for r in plan.targets
    ]
    told = any(share is not None for share in shares)
    return [word.column("h_served_share", "share", shares)] if told else []


def provisions_sheet(findings: Findings, word: Words) -> Sheet | None:
    """Return every provision of the documents; None without a policy."""
    rows = findings.provisions
    if rows.empty:
        return None
    is_chinese = word.is_chinese
    carried = [
        "、".join(word.one_of(carriers[each]) for each in told.split())
        for told in rows["carried_by"]
    ]
    in_english = rows.assign(
        clause=rows["clause_en"].where(rows["clause_en"] != "", rows["clause"]),
        reading=rows["reading_en"].where(rows["reading_en"] != "", rows["reading"]),
        found=rows["found_en"],
    )
    rows = rows if is_chinese else in_english
    columns = (
        word.column("h_document", "text", rows["number"]),
        word.column("h_id", "text", rows["id"]),
        word.column("h_provision", "long", rows["title" if is_chinese else "title_en"]),
        word.column(
            "h_strength", "text", [word.one_of((s, strengths[s])) for s in rows["strength"]]
        ),
        word.column(
            "h_state", "text", [state_of(row, word.lang) for row in rows.to_dict("records")]
        ),
        word.column("h_carried_by", "text", carried),
        word.column("h_how", "long", rows["how" if is_chinese else "how_en"]),
        word.column("h_found", "long", rows["found"]),
        word.column("h_targets", "text", rows["targets"]),
        word.column("h_clause", "long", rows["clause"]),
        word.column("h_sentence", "long", rows["sentence"]),
        word.column("h_reading", "long", rows["reading"]),
        word.column("h_changed", "long", rows["changed" if is_chinese else "changed_en"]),
    )
    return Sheet("provisions", (Table(columns),), frozen=2, group="targets")


def ranking_sheet(findings: Findings, word: Words) -> Sheet:
    """Return the townships ranked against every target of every year."""
    rows = findings.ranking
    names = {r.target.id: _name(findings, r, word) for r in findings.plan.targets}
    kinds = tuple(units[unit] for unit in rows["unit"])
    columns = (
        word.column("h_target_id", "text", rows["target"]),
        word.column("h_target", "text", [names[target] for target in rows["target"]]),
        word.column("h_year", "year", rows["year"]),
        word.column("h_rank", "count", rows["rank"]),
        word.column("h_township", "text", rows["township"]),
        word.column("h_township_code", "text", rows["township_code"]),
        word.column("h_figure", kinds, rows["figure"]),
        word.column("h_unit", "text", [word[f"unit_{kind}"] for kind in kinds]),
        word.column("h_meets", "met", rows["meets"]),
        word.column("h_tied", "count", rows["tied"]),
        word.column("h_ranked", "count", rows["ranked"]),
        word.column("h_reason", "text", rows["reason" if word.is_chinese else "reason_en"]),
    )
    return Sheet("ranking", (Table(columns),), frozen=5, group="zones")


def overall_sheet(findings: Findings, word: Words) -> Sheet:
    """Return the townships ranked over all targets."""
    table = word.table(
        findings.beside["ranking_overall"],
        ("year", "h_year", "year"),
        ("rank", "h_rank", "count"),
        ("township", "h_township", "text"),
        ("township_code", "h_township_code", "text"),
        ("met", "h_met_count", "count"),
        ("held", "h_held", "count"),
        ("ranks", "h_ranks", "count"),
        ("mean_ahead", "h_mean_ahead", "share"),
        ("tied", "h_tied", "count"),
        ("ranked", "h_ranked", "count"),
        ("reason" if word.is_chinese else "reason_en", "h_reason", "text"),
    )
    return Sheet("overall", (table,), frozen=3, group="zones")


def _name(findings: Findings, result: TargetResult, word: Words) -> str:
    return target_name(findings.scenario, result.target).text(word.lang)
