"""Sheets of what stands beside the plan: published figures, tracked indicators, staff, drives."""

from collections.abc import Callable, Iterator

import pandas as pd

from siting.base_year import shares
from siting.provisions import strengths
from siting.review.findings import Findings
from siting.review.workbook.guided import kinds_of_institutions
from siting.review.workbook.places import medical_names
from siting.review.workbook.table import Sheet, Table, Words

figure_kinds = {
    "places_per_thousand": "decimal",
    **dict.fromkeys(shares, "share_fine"),
}
"""Figure of the base year -> its kind; the others are counts."""


def check_sheets(findings: Findings, word: Words) -> Iterator[Sheet]:
    """Give a sheet for each table that stands beside the plan."""
    for key, (make, frozen) in _tables.items():
        rows = findings.beside.get(key)
        if rows is not None and len(rows):
            yield Sheet(key, (make(findings, rows, word),), frozen, group="checks")


def _base_year(findings: Findings, rows: pd.DataFrame, word: Words) -> Table:
    kinds = tuple(figure_kinds.get(figure, "count") for figure in rows["figure"])
    notes = [
        "、".join(word["code_" + code.replace(" ", "_")] for code in note.split("; ") if code)
        for note in rows["note"]
    ]
    comparable = zip(rows["within"], rows["reproducible"], strict=True)
    within = [bool(is_within) if is_told else None for is_within, is_told in comparable]
    return Table(
        (
            word.column("h_indicator", "text", [word[f"figure_{f}"] for f in rows["figure"]]),
            word.column("h_published", kinds, rows["published"]),
            word.column("h_counted", kinds, rows["counted"]),
            word.column("h_difference", kinds, rows["difference"]),
            word.column("h_within", "truth", within),
            word.column("h_reproducible", "truth", rows["reproducible"]),
            word.column("h_note", "text", notes),
        )
    )


def _tracked(findings: Findings, rows: pd.DataFrame, word: Words) -> Table:
    better = [word[f"better_{told}"] if told else "" for told in rows["better"]]
    strength = [word.one_of((told, strengths[told])) if told else "" for told in rows["strength"]]
    return Table(
        (
            *word.table(
                rows,
                ("indicator", "h_indicator", "text"),
                ("year", "h_year", "year"),
            ).columns,
            word.column("h_strength", "text", strength),
            *word.table(
                rows,
                ("base", "h_base", "number"),
                ("required", "h_required", "number"),
                ("written", "h_written", "text"),
                ("value", "h_told", "number"),
                ("unit", "h_unit", "text"),
                ("met", "h_met", "met"),
            ).columns,
            word.column("h_better", "text", better),
            *word.table(rows, ("note", "h_note", "long"), ("clause", "h_clause", "long")).columns,
        )
    )


def _staffing(findings: Findings, rows: pd.DataFrame, word: Words) -> Table:
    kinds = kinds_of_institutions(rows["kind"], word)
    totals = [kind == "primary" for kind in rows["kind"]]
    named = [
        word["primary"] if is_total else kind for kind, is_total in zip(kinds, totals, strict=True)
    ]
    return Table(
        (
            *word.table(
                rows,
                ("year", "h_year", "year"),
                ("township", "h_township", "text"),
                ("township_code", "h_township_code", "text"),
            ).columns,
            word.column("h_institution_kind", "text", named),
            *word.table(
                rows,
                ("residents", "h_residents", "count"),
                ("institutions", "h_institutions", "count"),
                ("staff_required", "h_staff_required", "count"),
                ("staff_present", "h_staff_present", "count"),
                ("staff_untold", "h_staff_untold", "count"),
                ("met", "h_met", "met"),
            ).columns,
        ),
        strong=frozenset(i for i, is_total in enumerate(totals) if is_total),
    )


def _referral(findings: Findings, rows: pd.DataFrame, word: Words) -> Table:
    return Table(
        (
            *word.table(
                rows,
                ("township", "h_township", "text"),
                ("township_code", "h_township_code", "text"),
                ("year", "h_year", "year"),
            ).columns,
            word.column("h_level", "text", [word[f"level_{level}"] for level in rows["level"]]),
            *word.table(
                rows,
                ("births_weighted_median_s", "h_median", "minutes"),
                ("worst_decile_s", "h_worst_decile", "minutes"),
                ("unreachable_share", "h_unreachable_share", "share"),
                ("nearest_id", "h_medical_id", "text"),
            ).columns,
            word.column("h_nearest", "text", medical_names(findings, rows["nearest_id"])),
        )
    )


def _hubs(findings: Findings, rows: pd.DataFrame, word: Words) -> Table:
    return Table(
        (
            *word.table(
                rows,
                ("township", "h_township", "text"),
                ("township_code", "h_township_code", "text"),
                ("medical_id", "h_medical_id", "text"),
                ("name", "h_medical", "text"),
            ).columns,
            word.column("h_hub", "text", medical_names(findings, rows["hub_id"])),
            word.column("h_minutes", "minutes", rows["seconds"]),
        )
    )


def _centres(_: Findings, rows: pd.DataFrame, word: Words) -> Table:
    return word.table(
        rows,
        ("year", "h_year", "year"),
        ("township", "h_township", "text"),
        ("township_code", "h_township_code", "text"),
        ("site_id", "h_site_id", "text"),
        ("name", "h_site", "text"),
        ("centre", "h_centre", "text"),
        ("seconds", "h_minutes", "minutes"),
    )


def _institution_staffing(findings: Findings, rows: pd.DataFrame, word: Words) -> Table:
    return Table(
        (
            *word.table(
                rows,
                ("year", "h_year", "year"),
                ("township", "h_township", "text"),
                ("township_code", "h_township_code", "text"),
                ("medical_id", "h_medical_id", "text"),
                ("name", "h_medical", "text"),
            ).columns,
            word.column("h_institution_kind", "text", kinds_of_institutions(rows["kind"], word)),
            *word.table(
                rows,
                ("residents", "h_residents", "count"),
                ("staff_required", "h_staff_required", "count"),
                ("staff_present", "h_staff_present", "count"),
                ("met", "h_met", "met"),
            ).columns,
        )
    )


def _new_areas(_: Findings, rows: pd.DataFrame, word: Words) -> Table:
    return word.table(
        rows,
        ("year", "h_year", "year"),
        ("name", "h_new_area", "text"),
        ("area_id", "h_area_id", "text"),
        ("township", "h_township", "text"),
        ("hand_over_year", "h_hand_over_year", "year"),
        ("people", "h_people_planned", "count"),
        ("target", "h_target_id", "text"),
        ("sites", "h_sites", "count"),
        ("places", "h_places", "count"),
        ("per_thousand", "h_per_thousand", "decimal"),
        ("required", "h_required", "number"),
        ("met", "h_met", "met"),
    )


def _shared(findings: Findings, rows: pd.DataFrame, word: Words) -> Table:
    return word.table(
        rows,
        ("target", "h_target_id", "text"),
        ("year", "h_year", "year"),
        ("township", "h_township", "text"),
        ("community", "h_community", "text"),
        ("community_code", "h_community_code", "text"),
        ("residents", "h_residents", "count"),
        ("site_id", "h_site_id", "text"),
        ("site", "h_site", "text"),
        ("seconds", "h_minutes", "minutes"),
        ("others", "h_others_shared", "count"),
    )


_tables: dict[str, tuple[Callable[[Findings, pd.DataFrame, Words], Table], int]] = {
    "base_year": (_base_year, 1),
    "tracked": (_tracked, 2),
    "staffing": (_staffing, 2),
    "institution_staffing": (_institution_staffing, 2),
    "new_areas": (_new_areas, 2),
    "shared": (_shared, 2),
    "referral": (_referral, 1),
    "hubs": (_hubs, 1),
    "centres": (_centres, 2),
}
"""Table of the findings -> what makes its sheet, and the columns that stay."""
