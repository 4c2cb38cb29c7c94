"""Sheets of sites: where they are, what is done there, their classes, who goes there."""

import pandas as pd

from siting.inputs.dictionary import classes_column, hosts
from siting.plan.classes import classes_by_site
from siting.plan.costs import kinds_told
from siting.plan.homes import served_by_township
from siting.review.findings import Findings
from siting.review.workbook.table import Sheet, Table, Words


def sites_sheet(findings: Findings, word: Words) -> Sheet:
    """Return the sites of the last planned year, and who guides them; the way where it is one."""
    scenario, sites = findings.scenario, findings.plan.sites
    told = findings.plan.guidance
    last = told[told["year"] == told["year"].max()]
    named = last.assign(name=medical_names(findings, last["medical_id"])).groupby("site_id")
    ways = last.drop_duplicates("site_id", keep=False).set_index("site_id")["seconds"]
    columns = [
        word.column("h_site_id", "text", sites["site_id"]),
        word.column("h_name", "text", sites["name"]),
        word.column("h_tier", "text", word.names(scenario.tiers, sites["tier"])),
        word.column("h_host", "text", word.names(scenario.hosts, sites["host"])),
        word.column("h_inclusive", "truth", sites["inclusive"].astype(bool)),
        word.column("h_district", "text", sites["district"]),
        word.column("h_township", "text", _or_outside(sites["township"], word)),
        word.column("h_township_code", "text", sites["township_code"]),
        word.column("h_action", "text", [word[action] for action in sites["action"]]),
        word.column("h_first_year", "year", sites["year"]),
        word.column("h_decision", "text", _decisions(findings, word)),
        *(
            word.column(
                "h_classes_of", "some", sites[classes_column(name)], kind=kind.called(word.lang)
            )
            for name, kind in scenario.class_kinds.items()
        ),
        word.column("h_places_before", "count", sites["places_before"]),
        word.column("h_places_last", "count", sites["places"]),
        word.column("h_enrolled", "children", sites["enrolled"]),
        word.column("h_children", "children", sites["children"]),
        word.column("h_cost", "money", sites["cost"]),
        word.column("h_lon", "degree", sites["lon"]),
        word.column("h_lat", "degree", sites["lat"]),
    ]
    if len(last):
        columns[-2:-2] = [
            word.column("h_medical", "text", sites["site_id"].map(named["name"].agg("、".join))),
            word.column("h_minutes", "minutes", sites["site_id"].map(ways)),
        ]
    if (sites["staff_children"] > 0).any() or not sites["opens_to_residents"].all():
        columns[5:5] = [
            word.column("h_staff_children", "count", sites["staff_children"]),
            word.column("h_opens", "truth", sites["opens_to_residents"].astype(bool)),
        ]
    if (sites["joint_with"] != "").any():
        columns[5:5] = [word.column("h_joint_with", "text", sites["joint_with"])]
    return Sheet("sites", (Table(tuple(columns)),), frozen=2, group="plan")


def actions_sheet(findings: Findings, word: Words) -> Sheet:
    """Return what is done in each year."""
    scenario, rows = findings.scenario, findings.plan.actions
    table = Table(
        (
            word.column("h_year", "year", rows["year"]),
            word.column("h_site_id", "text", rows["site_id"]),
            word.column("h_name", "text", rows["name"]),
            word.column("h_tier", "text", word.names(scenario.tiers, rows["tier"])),
            word.column("h_township", "text", _or_outside(rows["township"], word)),
            word.column("h_action", "text", [word[action] for action in rows["action"]]),
            *(
                word.column(
                    "h_classes_added",
                    "some",
                    rows[classes_column(name)],
                    kind=kind.called(word.lang),
                )
                for name, kind in scenario.class_kinds.items()
            ),
            word.column("h_places_added", "count", rows["places_added"]),
            word.column("h_cost", "money", rows["capital_cny"]),
            *(
                [word.column("h_subsidy", "money", rows["subsidy_cny"])]
                if "subsidy" in kinds_told(findings.plan)
                else []
            ),
        )
    )
    return Sheet("actions", (table,), frozen=3, group="plan")


def classes_sheet(findings: Findings, word: Words) -> Sheet:
    """Return the classes of each site by kind, today and in each planned year."""
    scenario = findings.scenario
    rows = classes_by_site(findings.plan, findings.inputs)
    kinds = scenario.class_kinds
    when = {"today": word["figure_today"].format(year=scenario.base_year)}
    when |= {str(year): str(year) for year in scenario.years}
    table = Table(
        (
            word.column("h_site_id", "text", rows["site_id"]),
            word.column("h_name", "text", rows["name"]),
            word.column("h_tier", "text", word.names(scenario.tiers, rows["tier"])),
            word.column("h_township", "text", _or_outside(rows["township"], word)),
            word.column(
                "h_class_kind",
                "text",
                word.names(kinds, rows["class_kind"]),
            ),
            word.column("h_class_size", "count", [kinds[kind].size for kind in rows["class_kind"]]),
            *(
                word.column(f"h_{figure}_in", "some", rows[f"{figure}_{key}"], when=told)
                for figure in ("classes", "places")
                for key, told in when.items()
            ),
        )
    )
    return Sheet("classes", (table,), frozen=2, group="plan")


def assignment_sheet(findings: Findings, word: Words) -> Sheet:
    """Return the additional children by township of home and site."""
    rows = served_by_township(findings.plan, findings.inputs)
    table = Table(
        (
            word.column("h_year", "year", rows["year"]),
            word.column("h_home", "text", _or_outside(rows["township"], word)),
            word.column("h_township_code", "text", rows["township_code"]),
            word.column("h_site_id", "text", rows["site_id"]),
            word.column("h_site", "text", rows["name"]),
            word.column("h_site_township", "text", _or_outside(rows["site_township"], word)),
            *(
                word.column("h_band", "some_children", rows[band], band=band)
                for band in findings.scenario.bands
            ),
            word.column("h_all", "children", rows["children"]),
            word.column("h_mean_minutes", "minutes", rows["seconds"]),
        )
    )
    return Sheet("assignment", (table,), frozen=2, group="plan")


def medical_names(findings: Findings, medical_id: pd.Series) -> list[object]:
    """Return the names of medical institutions, None where there is none."""
    medical = findings.inputs.medical
    if medical is None:
        return [None] * len(medical_id)
    return list(medical_id.map(medical.set_index("medical_id")["name"]))


def _or_outside(township: pd.Series, word: Words) -> list[str]:
    return [name or word["outside"] for name in township]


def _decisions(findings: Findings, word: Words) -> list[str]:
    labels = {
        choice: label
        for column in hosts(findings.scenario).columns
        if column.name == "decision"
        for choice, label in column.choices.items()
    }
    return [word.one_of((labels[told], told)) for told in findings.plan.sites["decision"]]
