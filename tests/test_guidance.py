"""Who may guide whom in drawn towns."""

from dataclasses import replace

import pytest

from drawn_town import target
from guided_town import GuidedTown, asked
from siting.guidance import guiding_pairs, no_role
from siting.reach import measure_reach
from siting.scenario import Scenario

# Townships: a and b in Z0, c in Z1, d in Z2.
picture = "ab-c-d"
borders = (1.5, 3.5)


def town(medical, **changes):
    usual = {
        "hosts": {letter: {} for letter in "abcd"},
        "borders": borders,
        "asked": asked(),
    }
    return GuidedTown(picture, {"a": 1}, medical=medical, **{**usual, **changes})


def pairs(town, inputs=None):
    inputs = town.inputs() if inputs is None else inputs
    reach = measure_reach(town.asked, town.network(), inputs)
    found = guiding_pairs(town.asked, inputs, reach)
    ids = [
        (inputs.medical["medical_id"][m], inputs.sites["site_id"][s])
        for s, m in zip(found.site, found.medical, strict=True)
    ]
    return ids, found


def guided_by(town, inputs=None):
    return {site for _, site in pairs(town, inputs)[0]}


def test_a_medical_institution_guides_in_the_township_it_lies_in():
    ids, found = pairs(town({"a": {}, "c": {}}))
    assert ids == [("ma", "ca"), ("ma", "cb"), ("mc", "cc")]
    assert found.seconds.tolist() == [0, 10, 0]


def test_the_township_it_is_responsible_for_comes_before_the_one_it_lies_in():
    assert guided_by(town({"a": {"township_code": "Z1"}})) == {"cc"}


def test_a_district_has_several_townships():
    inputs = town({"a": {}}, asked=asked(jurisdiction="district")).inputs()
    inputs.townships["district_code"] = ["D1", "D1", "D2"]
    assert guided_by(town({"a": {}}, asked=asked(jurisdiction="district")), inputs) == {
        "ca",
        "cb",
        "cc",
    }


def test_the_whole_area_ends_at_the_limit_of_the_way():
    # d is 50 s from a by car.
    assert guided_by(town({"a": {}}, asked=asked(jurisdiction="area"))) == {"ca", "cb", "cc", "cd"}
    near = asked(jurisdiction="area", within_minutes=0.5)
    assert guided_by(town({"a": {}}, asked=near)) == {"ca", "cb", "cc"}


@pytest.mark.parametrize(
    ("jurisdiction", "guided"),
    [("township", set()), ("district", set()), ("area", {"ca", "cb", "cc", "cd"})],
)
def test_outside_the_study_area_it_guides_only_where_all_of_it_is_its_own(jurisdiction, guided):
    beyond = town({"a": {}}, asked=asked(jurisdiction=jurisdiction))
    inputs = beyond.inputs()
    inputs.medical["zone"] = -1
    ids, found = pairs(beyond, inputs)
    assert {site for _, site in ids} == guided
    told = any("no township of the study area" in note.en for note in found.notes)
    assert told is (jurisdiction != "area")


def test_a_code_of_no_township_is_told():
    ids, found = pairs(town({"a": {"township_code": "Z9"}}))
    assert ids == []
    assert any("1 are responsible for no township" in note.en for note in found.notes)


def test_sites_outside_the_study_area_are_not_guided():
    area = town({"a": {}}, asked=asked(jurisdiction="area"))
    inputs = area.inputs()
    inputs.sites.loc[3, "zone"] = -1
    assert guided_by(area, inputs) == {"ca", "cb", "cc"}


def test_only_the_kinds_named_guide():
    mixed = town(
        {
            "a": {"kind": "hospital"},
            "aa": {"kind": ""},
            "b": {"kind": "township_health_centre"},
        }
    )
    ids, found = pairs(mixed)
    assert {medical for medical, _ in ids} == {"mb"}
    assert found.most_sites.tolist() == [0, 0, 5]
    assert any("1 have no kind told" in note.en for note in found.notes)
    hospitals = replace(mixed, asked=asked(kinds=("hospital",)))
    assert {medical for medical, _ in pairs(hospitals)[0]} == {"ma"}


def test_only_guided_tiers_are_guided():
    hosts = {"a": {}, "b": {"tier": "kindergarten"}}
    assert guided_by(town({"a": {}}, hosts=hosts)) == {"ca", "cb"}
    assert guided_by(town({"a": {}}, hosts=hosts, asked=asked(tiers=("kindergarten",)))) == {"cb"}


def test_staff_tell_how_many_sites_can_be_guided():
    staffed = {
        "a": {"child_health_staff": 0.0},
        "aa": {"child_health_staff": 2.0},
        "b": {},
    }
    _, found = pairs(town(staffed, asked=asked(institutions_per_staff=2.5)))
    # None, 2 x 2.5, and one person where it is not told: 2.5 rounded down.
    assert found.most_sites.tolist() == [0, 5, 2]
    (note,) = found.notes
    assert note.en.endswith("1 have no child-health staff told, which counts as one person "
                            "(assumption): b")  # fmt: skip


def test_a_whole_number_of_sites_is_not_rounded_away():
    # In binary 100 x 0.29 is a hair below 29.
    many = town({"a": {"child_health_staff": 100.0}}, asked=asked(institutions_per_staff=0.29))
    assert pairs(many)[1].most_sites.tolist() == [29]


def test_without_guidance_nobody_guides():
    alone = town({"a": {}})
    alone.asked = alone.asked.model_copy(update={"guidance": None})
    inputs = alone.inputs()
    found = guiding_pairs(alone.asked, inputs, measure_reach(alone.asked, alone.network(), inputs))
    assert len(found.site) == len(found.medical) == len(found.most_sites) == 0


def roles_of(*kinds, medical=("community_health_centre", "maternal_child", "hospital")):
    """Return the scenario of the drawn towns with pairing targets guided by some kinds."""
    targets = tuple(
        {**target("pairing", kinds=each, hard=False), "id": f"P{i}"} for i, each in enumerate(kinds)
    )
    values = asked(kinds=medical, jurisdiction="area").model_dump()
    values["inputs"]["medical"] = "medical.csv"
    return Scenario.model_validate({**values, "targets": targets})


def test_kinds_that_targets_name_guide_in_roles_of_their_own():
    study = roles_of(("maternal_child",), ("community_health_centre",), ())
    assert study.guiding_roles == (
        frozenset({"maternal_child"}),
        frozenset({"community_health_centre"}),
        frozenset({"hospital"}),
    )
    assert [len(study.guides_of(each)) for each in study.targets] == [1, 1, 3]
    medical = {
        "a": {},
        "b": {"kind": "maternal_child"},
        "c": {"kind": "hospital"},
        "d": {"kind": "other"},
    }
    _, found = pairs(town(medical, asked=study))
    assert found.role.tolist() == [1, 0, 2, no_role]


def test_two_targets_whose_kinds_cross_are_refused():
    with pytest.raises(ValueError, match=r"P1 .*shares some kinds"):
        roles_of(("maternal_child", "hospital"), ("hospital", "community_health_centre"))
    with pytest.raises(ValueError, match=r"P0 .*none of its kinds guides"):
        roles_of(("township_health_centre",))


def test_a_kind_may_have_rules_of_its_own():
    # Within 30 s, in its township, two for each; hospitals within a minute, anywhere, three.
    rules = {
        "kinds": ("community_health_centre", "hospital"),
        "within_minutes": 0.5,
        "institutions_per_staff": 2.0,
        "by_kind": {
            "hospital": {
                "within_minutes": 1.0,
                "jurisdiction": "area",
                "institutions_per_staff": 3.0,
            }
        },
    }
    medical = {"a": {"child_health_staff": 2.0}, "c": {"kind": "hospital"}}
    ids, found = pairs(town(medical, asked=asked(**rules)))
    alone, _ = pairs(town({"a": {}}, asked=asked(within_minutes=0.5)))
    assert {pair for pair in ids if pair[0] == "ma"} == set(alone)
    anywhere, _ = pairs(town({"c": {}}, asked=asked(jurisdiction="area")))
    assert {site for who, site in ids if who == "mc"} == {site for _, site in anywhere}
    assert found.most_sites.tolist() == [4, 3]
