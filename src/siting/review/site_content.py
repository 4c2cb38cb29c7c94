"""Sites on the page: what they are, what is done there and when, and what they do each year."""

from typing import Any

import numpy as np
import pandas as pd

from siting.indicators import served_column
from siting.inputs import Inputs
from siting.inputs.dictionary import classes_column
from siting.plan import Plan
from siting.review.number_pack import pack_numbers
from siting.review.plain_values import Content
from siting.scenario import Scenario


def site_columns(
    scenario: Scenario, inputs: Inputs, plan: Plan, services: pd.DataFrame, lang: str
) -> Content:
    """Return columns; ``at`` is the position in the sites of the inputs, ``zone`` in townships.

    ``services`` packs, year after year and site after site, places, children of each band and
    those alone in tenths, and under-3s within reach and alone; zeros where it is not open.
    """
    sites = plan.sites
    at = pd.Index(inputs.sites["site_id"]).get_indexer(sites["site_id"])
    tiers, hosts = list(scenario.tiers), list(scenario.hosts)
    return {
        "at": at.tolist(),
        "id": sites["site_id"].tolist(),
        "name": sites["name"].tolist(),
        "action": sites["action"].tolist(),
        "tier": [tiers.index(tier) for tier in sites["tier"]],
        "tiers": [
            [tier.called(lang), tier.limit_minutes, tier.mode] for tier in scenario.tiers.values()
        ],
        "host": [hosts.index(host) for host in sites["host"]],
        "hosts": [host.called(lang) for host in scenario.hosts.values()],
        "zone": inputs.sites["zone"].to_numpy()[at].tolist(),
        "inclusive": sites["inclusive"].astype(int).tolist(),
        "staff": sites["staff_children"].astype(int).tolist(),
        "opens": sites["opens_to_residents"].astype(int).tolist(),
        "joint_with": sites["joint_with"].tolist(),
        "class_labels": [kind.called(lang) for kind in scenario.class_kinds.values()],
        "classes": sites[[classes_column(kind) for kind in scenario.class_kinds]]
        .to_numpy(dtype=int)
        .tolist(),
        "places_before": sites["places_before"].astype(int).tolist(),
        "cost": [round(float(cost)) for cost in sites["cost"]],
        "actions": _actions(plan, sites["site_id"]),
        "bands": list(scenario.bands),
        "services": _services(scenario, sites["site_id"], services),
    }


def _actions(plan: Plan, ids: pd.Series) -> list[list[Any]]:
    """Return what is done: position of the site, year, action, places added, capital."""
    at = pd.Index(ids).get_indexer(plan.actions["site_id"])
    return [
        [int(i), int(row.year), row.action, int(row.places_added), round(float(row.capital_cny))]
        for i, row in zip(at, plan.actions.itertuples(), strict=True)
        if i >= 0
    ]


def _services(scenario: Scenario, ids: pd.Series, services: pd.DataFrame) -> str:
    bands = [served_column(band) for band in scenario.bands]
    tenths = [*bands, "children_alone"]
    columns = ["places", "children", *tenths, "under3_within", "under3_alone"]
    # Bands rounded one by one would add up to another number.
    values = services.assign(
        children=1000 * services[bands].sum(axis=1),
        **{name: 10 * services[name] for name in tenths},
    )[columns]
    parts = []
    for year in scenario.years:
        of_year = (services["year"] == year).to_numpy()
        table = values[of_year].set_axis(services.loc[of_year, "site_id"]).reindex(ids)
        parts.append(np.rint(table.fillna(0.0).to_numpy()).astype(np.int64))
    return pack_numbers(np.concatenate([part.T.ravel() for part in parts]))


def guidance_rows(inputs: Inputs, plan: Plan) -> list[list[Any]]:
    """Return who guides whom in each year: year, id and name of the site, medical, minutes."""
    told = plan.guidance
    if told.empty or inputs.medical is None:
        return []
    sites = inputs.sites.set_index("site_id")["name"]
    medical = inputs.medical.set_index("medical_id")["name"]
    return [
        [
            int(row.year),
            str(row.site_id),
            str(sites[row.site_id]),
            str(medical[row.medical_id]),
            round(float(row.seconds) / 60, 1),
        ]
        for row in told.itertuples()
    ]
