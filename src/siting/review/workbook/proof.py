"""Sheets of what the plan stands on: proof, parameters, data."""

from collections.abc import Sequence
from typing import Any

from siting.plan.run_folder import versions_used
from siting.review.findings import Findings
from siting.review.plain_values import Content
from siting.review.proof import stage_name
from siting.review.sentences import achievement, proof
from siting.review.workbook.table import Column, Sheet, Table, Words

parameter_kinds = {"speed": "decimal", "minutes": "number", "class": "count", "share": "share"}
"""Kind of a parameter on the page -> kind of its cell."""
most_cells = 20
"""Cells named that cannot hold their text; all are counted."""


def proof_sheet(findings: Findings, content: Content, word: Words) -> Sheet:
    """Return status, stages with bound and gap, and what the run was made with."""
    tables = (_statement(findings, content, word), _stages(findings, content, word))
    return Sheet("proof", tables, group="proof")


def parameters_sheet(content: Content, word: Words) -> Sheet:
    """Return every parameter with its value and source."""
    rows = content["parameters"]
    kinds = tuple(parameter_kinds[row["value"][0]] for row in rows)
    units = ["" if row["value"][0] == "share" else word[f"unit_{row['value'][0]}"] for row in rows]
    columns = (
        word.column("h_parameter", "text", [word[row["word"]].format(**row["of"]) for row in rows]),
        word.column("h_value", kinds, [row["value"][1] for row in rows]),
        word.column("h_unit", "text", units),
        word.column("h_source", "wide", [row["source"] for row in rows]),
    )
    return Sheet("parameters", (Table(columns),), frozen=1, group="proof")


def data_sheet(findings: Findings, replaced: Sequence[str], word: Words) -> Sheet:
    """Return sources with their licences, notes, and the sha256 of every input file.

    Parameters
    ----------
    replaced
        Cells of other sheets that cannot hold their text as it is.
    """
    notes = [note.text(word.lang) for note in findings.notes]
    if replaced:
        cells = "、".join(replaced[:most_cells]) + ("…" if len(replaced) > most_cells else "")
        notes.append(word["data_replaced"].format(count=len(replaced), cells=cells))
    sources = [*findings.scenario.sources, word["made_with"]]
    files = sorted(findings.inputs.sha256.items())
    tables = (
        Table((word.column("h_text", "wide", sources),), word["data_sources"]),
        Table((word.column("h_text", "wide", notes),), word["data_notes"]),
        Table(
            (
                word.column("h_file", "text", [name for name, _ in files]),
                word.column("h_sha256", "code", [value for _, value in files]),
            ),
            word["data_files"],
        ),
    )
    return Sheet("data", tables, group="proof")


def _statement(findings: Findings, content: Content, word: Words) -> Table:
    plan = findings.plan
    solver = plan.scenario.solver
    versions = "; ".join(f"{name} {version}" for name, version in versions_used().items())
    rows: list[tuple[str, str, Any]] = [
        ("proof_status", "text", word[f"status_{plan.status}"]),
        ("conclusion", "wide", achievement(content)),
        ("proof_said", "wide", proof(content)),
        ("proof_gap", "gap", plan.gap),
        ("proof_gap_asked", "gap", solver.gap),
        ("proof_reproducible", "truth", plan.reproducible),
        ("plan_hash", "code", plan.plan_hash),
        ("proof_solver", "text", solver.name),
        ("proof_seed", "count", solver.seed),
        ("proof_threads", "count", solver.threads),
        ("proof_model", "text", _model(plan.model_size, word)),
        ("proof_versions", "wide", versions),
    ]
    kinds = tuple(kind for _, kind, _ in rows)
    columns = (
        word.column("h_item", "text", [word[key] for key, _, _ in rows]),
        Column(word["h_text"], kinds, [value for _, _, value in rows], align="left"),
    )
    return Table(columns, word["proof_statement"])


def _model(size: dict[str, int], word: Words) -> str:
    known = {"rows", "columns", "integers"} <= set(size)
    return word["model_size"].format(**size) if known else ""


def _stages(findings: Findings, content: Content, word: Words) -> Table:
    plan = findings.plan
    stages = plan.stages if plan.travel is None else (*plan.stages, plan.travel)
    units = [word.all.get(f"unit_{stage.unit}", stage.unit) for stage in stages]
    names = [stage_name(stage.name, content["lang"]) for stage in stages]
    columns = (
        word.column("h_stage", "text", names),
        word.column("h_state", "text", [word[f"status_{stage.status}"] for stage in stages]),
        word.column("h_stage_value", "amount", [stage.objective for stage in stages]),
        word.column("h_bound", "amount", [stage.bound for stage in stages]),
        word.column("h_checked_bound", "amount", [stage.checked_bound for stage in stages]),
        word.column("h_unit", "text", units),
        word.column("h_gap", "gap", [stage.gap for stage in stages]),
        word.column("h_timed_out", "truth", [stage.timed_out for stage in stages]),
    )
    return Table(columns, word["proof_stages"])
