"""A drawn town whose plan does everything that the check of plans looks at.

Two planned years and a further trend of births; in 2025 the dear facility f closes, the host b
opens, in 2027 the facility a grows and the host e opens, for its own staff only. The medical
institution M guides.
"""

from dataclasses import replace

import pytest

from drawn_town import Town, scenario, target
from siting.errors import PlanCheckError
from siting.plan import check_plan

usual = scenario().model_dump()
counts = (
    "per_thousand",
    "inclusive_share",
    "township_coverage",
    "community_coverage",
    "population_coverage",
    "enrolment",
    "new_area",
)
tiers = {
    "institution": {**usual["tiers"]["institution"], "counts_in": counts, "can_close": True},
    "kindergarten": usual["tiers"]["kindergarten"],
    "point": {
        "label": "驿站",
        "limit_minutes": 5.0,
        "counts_in": ("community_coverage", "population_coverage"),
    },
}
targets = (
    target("per_thousand", required=20.0, id="places"),
    target("per_thousand", required=60.0, id="places", year=2027),
    target("per_thousand", required=30.0, id="floor", within="township", hard=False, year=2027),
    target("inclusive_share", required=0.9, hard=False, year=2027),
    target("township_coverage", required=1.0, year=2027),
    target("community_coverage", required=0.6, sharing="reach", hard=False, year=2027),
    target("population_coverage", required=0.8, id="covered"),
    target("population_coverage", required=1.0, id="left", group="left_behind", hard=False),
    target("enrolment", required=0.1, year=2027),
    target("fill", required=0.2, hard=False, year=2027),
    target("fill", required=0.5, id="each", within="site", hard=False, priority=2, year=2027),
    target("tier_count", at_least=1, at_most=2, tiers=("point",), year=2027),
    target("zone_count", tiers=("institution",), children_per_site=200.0, year=2027),
    target("new_area", required=50.0, hard=False, year=2027),
    target("pairing", required=0.6, year=2027),
    target("budget", required=250_000.0, since="base_year", year=2027),
    target("budget", required=90_000.0, id="yearly", hard=False, priority=2),
)


def asked(**changes):
    """Return the scenario of the town."""
    years = (2025, 2027)
    return scenario(
        **{
            "years": years,
            "inputs": {
                **usual["inputs"],
                "communities": "communities.geojson",
                "areas": "areas.geojson",
                "medical": "medical.csv",
            },
            "children": {
                **usual["children"],
                "under3_share": dict.fromkeys(years, 1 / 3),
                "trends": {"fewer": dict.fromkeys(years, 0.9)},
                "hold_under": ("fewer",),
            },
            "tiers": tiers,
            "drive": {"speed_by_highway_kph": {"residential": 36.0}, "source": "drawn"},
            "guidance": {"within_minutes": 2.0, "institutions_per_staff": 2, "source": "drawn"},
            "costs": {"counted": ("capital", "running"), "discount_rate": 0.05},
            "objectives": ("shortfall", "cost", "served"),
            "targets": targets,
            **changes,
        }
    )


town = Town(
    "a--b--c-----d--e----f",
    {"a": 540, "b": 180, "c": 90, "d": 360, "e": 180, "f": 60},
    facilities={
        "a": {"small_classes": 1, "enrolled_12_24": 4, "max_classes": 2, "may_close": False},
        "f": {
            "mixed_classes": 1,
            "enrolled_24_36": 3,
            "running_cost_cny": 5_000.0,
            "close_cost_cny": 1_000.0,
        },
    },
    hosts={
        "b": {"max_classes": 2, "running_cost_cny": 500.0, "subsidy_cny": 100.0},
        "c": {"tier": "kindergarten", "inclusive": False},
        "d": {"max_classes": 2, "from_year": 2026.0, "exclusive_group": "g"},
        "dd": {"tier": "point", "decision": "committed", "from_year": 2027.0},
        "e": {"staff_children": 18, "opens_to_residents": False, "decision": "forced"},
        "ee": {"exclusive_group": "g", "fixed_cost_cny": 90_000.0},
    },
    borders=(9.5,),
    community_borders=(4.5, 9.5, 16.5),
    areas={"d": {"people": 300.0, "hand_over_year": 2026}},
    medical={"b": {"child_health_staff": 1.0}, "d": {"child_health_staff": 1.0}},
    groups={"left_behind": {"a": 30.0, "d": 30.0}},
    asked=asked(),
)


def caught(plan, inputs, reach):
    """Return what the check says of a plan that is spoilt."""
    with pytest.raises(PlanCheckError) as error:
        check_plan(plan, inputs, reach)
    return str(error.value)


def with_year(plan, year, **parts):
    """Return the plan with tables of a year replaced."""
    years = {**plan.content.years, year: replace(plan.content.years[year], **parts)}
    return replace(plan, content=replace(plan.content, years=years))


def with_content(plan, **tables):
    return replace(plan, content=replace(plan.content, **tables))


def at(inputs, site):
    return inputs.sites["site_id"].to_list().index(site)


def with_state(plan, inputs, site, year, **columns):
    """Return the plan with other figures of a site in the state of a year."""
    state = plan.content.years[year].state.copy()
    state.loc[at(inputs, site), list(columns)] = list(columns.values())
    return with_year(plan, year, state=state)
