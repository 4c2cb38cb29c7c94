"""A drawn town of two planned years in which counting needs care.

A new area is handed over in the second year; a class of half days opens at b, and at d a centre
without any class, which costs as much as everything else.
"""

from drawn_town import Town, scenario, target


def counted_town(**changes):
    """Return the town: b opens with 16 half-day places, d as a centre of no places."""
    usual = scenario()
    half = {"label": "半日班", "size": 16, "bands": ("12-24", "24-36"), "full_day_equivalent": 0.5}
    institution = usual.tiers["institution"].model_dump() | {
        "class_kinds": ("half",),
        "counts_in": ("per_thousand", "township_coverage", "population_coverage", "new_area"),
    }
    centre = institution | {"label": "服务中心", "class_kinds": (), "counts_in": ()}
    targets = (
        {**target("tier_count", at_least=1, tiers=("centre",), year=2027), "id": "C"},
        {**target("per_thousand", required=7.0, year=2027), "id": "P"},
        {**target("township_coverage", required=0.5, hard=False, year=2026), "id": "T"},
        {**target("township_coverage", required=0.5, hard=False, year=2027), "id": "T"},
        {**target("new_area", required=500.0, hard=False, year=2026), "id": "N"},
        {**target("new_area", required=500.0, hard=False, year=2027), "id": "N"},
    )
    asked = scenario(
        years=(2026, 2027),
        inputs={**usual.inputs.model_dump(exclude_none=True), "areas": "areas.geojson"},
        children={
            "under3_share": {2025: 1 / 3, 2026: 1 / 3, 2027: 1 / 3},
            "under3_source": "drawn",
            "take_up": {"0-12": 0.0, "12-24": 0.5, "24-36": 0.5},
            "take_up_source": "drawn",
        },
        class_kinds={"half": half},
        tiers={"institution": institution, "centre": centre},
        targets=targets,
        **changes,
    )
    return Town(
        "a--b--c------d---------e",
        {"a": 300, "b": 300, "c": 300, "d": 40, "e": 60},
        hosts={
            "b": {"max_classes": 1},
            "d": {"tier": "centre", "fixed_cost_cny": 26_000.0},
        },
        areas={"e": {"people": 100.0, "hand_over_year": 2027}},
        borders=(9.5,),
        asked=asked,
    )
