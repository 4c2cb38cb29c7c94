"""Sheets of medical institutions: whom they guide, their rounds, inspections."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from siting.inputs.dictionary import medical as medical_table
from siting.review.findings import Findings
from siting.review.workbook.places import medical_names
from siting.review.workbook.table import Sheet, Table, Words
from siting.target_names import medical_kinds


def guided_sheets(findings: Findings, word: Words) -> Iterator[Sheet]:
    """Give the sheets of guidance that have something to tell."""
    if len(findings.plan.guidance):
        yield _guidance(findings, word)
    if "signed" in findings.beside:
        yield _signed(findings, word)
    if findings.rounds is not None:
        yield _rounds(findings, findings.rounds.institutions, word)
        yield _visits(findings, findings.rounds.visits, word)
    if findings.inspections is not None and len(findings.inspections.visits):
        yield _inspections(findings, findings.inspections.visits, word)


def kinds_of_institutions(kinds: pd.Series, word: Words) -> list[object]:
    """Return what kinds of medical institutions are called."""
    choices = next(column.choices for column in medical_table.columns if column.name == "kind")
    labels = {
        kind: word.one_of((label, medical_kinds[kind][1] if kind in medical_kinds else kind))
        for kind, label in choices.items()
    }
    return [labels.get(kind, kind) for kind in kinds]


def _guidance(findings: Findings, word: Words) -> Sheet:
    rows = findings.plan.guidance
    table = Table(
        (
            word.column("h_year", "year", rows["year"]),
            word.column("h_site_id", "text", rows["site_id"]),
            word.column("h_site", "text", _site_names(findings, rows["site_id"])),
            word.column("h_township", "text", _townships(findings, rows["site_id"])),
            word.column("h_medical_id", "text", rows["medical_id"]),
            word.column("h_medical", "text", medical_names(findings, rows["medical_id"])),
            word.column("h_minutes", "minutes", rows["seconds"]),
        )
    )
    return Sheet("guidance", (table,), frozen=3, group="guidance")


def _signed(findings: Findings, word: Words) -> Sheet:
    rows = findings.beside["signed"]
    table = Table(
        (
            word.column("h_year", "year", rows["year"]),
            word.column("h_medical_id", "text", rows["medical_id"]),
            word.column("h_medical", "text", medical_names(findings, rows["medical_id"])),
            word.column("h_kind", "text", kinds_of_institutions(rows["kind"], word)),
            word.column("h_signed_sites", "count", rows["sites"]),
            word.column("h_children", "children", rows["children"]),
        )
    )
    return Sheet("signed", (table,), frozen=3, group="guidance")


def _rounds(findings: Findings, rows: pd.DataFrame, word: Words) -> Sheet:
    load = [word["no_staff"] if np.isinf(value) else value for value in rows["workload"]]
    table = Table(
        (
            word.column("h_medical_id", "text", rows["medical_id"]),
            word.column("h_medical", "text", medical_names(findings, rows["medical_id"])),
            *word.table(
                rows,
                ("sites", "h_signed_sites", "count"),
                ("unreached", "h_unreached", "count"),
                ("days", "h_days", "count"),
                ("travel_s", "h_travel", "minutes"),
                ("visit_s", "h_visit", "minutes"),
                ("days_too_long", "h_days_too_long", "count"),
                ("exact", "h_exact", "truth"),
                ("visits_per_year", "h_visits_per_year", "count"),
                ("days_per_year", "h_days_per_year", "count"),
                ("days_per_staff", "h_days_per_staff", "decimal"),
            ).columns,
            word.column("h_workload", "share", load),
        )
    )
    return Sheet("rounds", (table,), frozen=2, group="guidance")


def _visits(findings: Findings, rows: pd.DataFrame, word: Words) -> Sheet:
    table = Table(
        (
            word.column("h_medical_id", "text", rows["medical_id"]),
            word.column("h_medical", "text", medical_names(findings, rows["medical_id"])),
            word.column("h_day", "count", rows["day"]),
            word.column("h_stop", "count", rows["stop"]),
            word.column("h_site_id", "text", rows["site_id"]),
            word.column("h_site", "text", _site_names(findings, rows["site_id"])),
            word.column("h_from_before", "minutes", rows["travel_s"]),
            word.column("h_back", "minutes", rows["back_s"]),
        )
    )
    return Sheet("visits", (table,), frozen=2, group="guidance")


def _inspections(findings: Findings, rows: pd.DataFrame, word: Words) -> Sheet:
    table = Table(
        (
            word.column("h_order", "count", rows["order"]),
            word.column("h_site_id", "text", rows["site_id"]),
            word.column("h_site", "text", _site_names(findings, rows["site_id"])),
            word.column("h_township", "text", _townships(findings, rows["site_id"])),
            word.column("h_inspector", "text", medical_names(findings, rows["medical_id"])),
            word.column("h_guides", "truth", rows["guides"]),
            word.column("h_minutes", "minutes", rows["seconds"]),
        )
    )
    return Sheet("inspections", (table,), frozen=3, group="guidance")


def _site_names(findings: Findings, site_id: pd.Series) -> list[str]:
    return list(site_id.map(findings.inputs.sites.set_index("site_id")["name"]))


def _townships(findings: Findings, site_id: pd.Series) -> list[str]:
    return list(site_id.map(findings.plan.sites.set_index("site_id")["township"]))
