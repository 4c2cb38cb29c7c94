"""All five documents planned for at once, in a drawn town that has what each of them names."""

import siting
from drawn_town import Town, scenario
from siting.provisions import provisions_of, states, wording
from siting.scenario import Scenario
from siting.scenario.policy import Policy, policy_targets
from siting.scenario.profile import read_profile, shipped_profiles

with_places = ("institution", "kindergarten", "centre", "demonstration", "medical_demonstration")
without_places = ("point", "station", "child_health_centre", "training_base")
counted = ("per_thousand", "inclusive_share", "township_coverage", "community_coverage")
counted += ("population_coverage", "enrolment", "new_area")
fewer = {name: {"at_least": 1} for name in ("O4", "J6", "J6.centre", "J6.training_base")}


def asked() -> Scenario:
    """Return a scenario that plans for every document, all targets soft."""
    usual = scenario()
    institution = usual.tiers["institution"].model_dump()
    tiers = {name: {**institution, "counts_in": counted} for name in with_places}
    for name in without_places:
        tiers[name] = {**institution, "class_kinds": (), "counts_in": ("community_coverage",)}
    profiles = tuple(read_profile(name) for name in shipped_profiles())
    policy = Policy(profiles=shipped_profiles(), changes=fewer)
    years = (2025, 2027)
    taken = policy_targets(policy, profiles, years, set(tiers), set(), "here")
    return scenario(
        years=years,
        children={
            **usual.children.model_dump(),
            "under3_share": dict.fromkeys(years, 1 / 3),
            "under3_source": "drawn",
        },
        inputs={
            **usual.inputs.model_dump(),
            "communities": "communities.geojson",
            "areas": "areas.geojson",
            "medical": "medical.csv",
        },
        tiers=tiers,
        guidance={
            "kinds": ("community_health_centre", "township_health_centre", "maternal_child"),
            "jurisdiction": "area",
            "by_kind": {"maternal_child": {"institutions_per_staff": 12.0}},
            "source": "drawn",
        },
        policy=policy,
        targets=tuple({**target, "hard": False} for target in taken),
    )


def town() -> Town:
    """Return a town with a candidate of every tier at a or c, and both kinds of guides."""
    names = (*with_places, *without_places)
    hosts = {f"{'ac'[i % 2]}{'x' * i}": {"tier": name} for i, name in enumerate(names)}
    return Town(
        "a--b--c",
        {"a": 90.0, "b": 60.0, "c": 90.0},
        facilities={"a": {"small_classes": 1}},
        hosts=hosts,
        borders=(4.5,),
        community_borders=(1.5, 4.5),
        areas={"c": {"people": 90.0, "hand_over_year": 2026}},
        medical={
            "a": {"child_health_staff": 2.0},
            "b": {"child_health_staff": 1.0, "kind": "maternal_child"},
        },
        groups={"left_behind": {"b": 3.0}, "hardship": {"a": 3.0}},
        asked=asked(),
    )


def test_every_target_of_the_five_documents_is_planned_for_together():
    drawn = town()
    inputs = drawn.inputs()
    plan = siting.choose_sites(drawn.asked, inputs, drawn.reach())
    assert plan.status == "optimal"
    held = {result.target.id: result for result in plan.targets}
    assert held["S2"].met
    assert held["S3"].met
    guides = plan.guidance[plan.guidance["year"] == 2027].groupby("site_id")["kind"].agg(sorted)
    assert set(map(tuple, guides)) == {("community_health_centre", "maternal_child")}
    assert (held["Q1"].required, held["Q1"].required_upper) == (1.0, 3.0)
    table = provisions_of(drawn.asked, plan.targets, inputs, plan.sites)
    assert len(table) == 55
    assert set(table["state"]) <= set(states)
    state = table.set_index("id")["state"]
    assert not (state == "later").any()
    # The only candidate for a demonstration institution is at c, that for a kindergarten too.
    told = {"O5": "met", "O14": "absent", "S9": "absent", "J3": "missed"}
    assert state[list(told)].to_dict() == told
    new = [each for each in plan.targets if each.target.id == "O5"]
    assert [each.state for each in new] == ["not_due", "met"]
    for result in plan.targets:
        told = wording(drawn.asked, result.target, "en")
        assert told.title.isascii() or "“" in told.title
        assert told.clause != result.target.clause
