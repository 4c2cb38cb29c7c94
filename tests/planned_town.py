"""Scenarios over several years for drawn towns, and plans of them as small values."""

from drawn_town import scenario, target
from siting.plan import choose_sites


def asked(*targets, years=(2025, 2027), **changes):
    """Return a scenario over years with the same share of under-3s in each."""
    usual = scenario()
    children = {
        **usual.children.model_dump(),
        "under3_share": dict.fromkeys({2025, *years}, 1 / 3),
        **changes.pop("children", {}),
    }
    inputs = {
        **usual.inputs.model_dump(),
        "communities": "communities.geojson",
        "areas": "areas.geojson",
        "medical": "medical.csv",
    }
    values = {"children": children, "inputs": inputs, "targets": targets, "years": years}
    return scenario(**{**values, **changes})


def due(year, kind, **fields):
    return {**target(kind), "id": f"{kind}.{year}", "year": year, **fields}


def tiers(**changes):
    """Return the tier of institutions changed, and service points without places."""
    institution = {**scenario().tiers["institution"].model_dump(), **changes}
    covers = ("township_coverage", "community_coverage", "population_coverage")
    point = {"label": "驿站", "limit_minutes": 5.0, "counts_in": covers}
    return {"institution": institution, "point": point}


def plan_of(town):
    return choose_sites(town.asked, town.inputs(), town.reach())


def actions(plan):
    """Return year -> site -> places added, or the action where it adds none."""
    rows = plan.actions
    told = rows["places_added"].where(rows["places_added"] > 0, rows["action"])
    found = {}
    for year, site, what in zip(rows["year"], rows["site_id"], told, strict=True):
        found.setdefault(int(year), {})[site] = what
    return found


def stages(plan):
    return {stage.name: stage.objective for stage in plan.stages}
