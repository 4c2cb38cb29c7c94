"""Rules that make hosts: who fulfils them, who is a site already, what a rule may ask."""

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from drawn_town import crs, scenario
from siting.derived.host_rules import rule_hosts
from siting.errors import DataError
from siting.inputs import dictionary
from siting.scenario.made_sites import Condition

made_host = {
    "tier": "institution",
    "host": "clinic",
    "inclusive": True,
    "action": "convert",
    "max_classes": 2,
    "fixed_cost_cny": 10_000.0,
    "place_cost_cny": 1000.0,
    "source": "drawn",
}
big_units = {
    "id": "S4b",
    "table": "medical",
    "where": (
        {"column": "health_system", "is_one_of": ("yes",)},
        {"column": "staff_children", "above": 30.0},
    ),
    "made_host": made_host,
    "clause": "drawn",
}
hospitals = {
    **big_units,
    "id": "S4a",
    "where": (
        {"column": "kind", "is_one_of": ("hospital",)},
        {"column": "level", "at_least": 2.0},
        {"column": "public", "is_one_of": ("yes",)},
    ),
}
hosts = {"house": {"label": "用房"}, "clinic": {"label": "卫生机构"}, "school": {"label": "幼儿园"}}


def study(*rules, **tables):
    """Return what ``rule_hosts`` reads: each table a list of rows, usual values filled in."""
    asked = scenario(host_rules=rules, hosts=hosts)
    known = dictionary.tables_of(asked)
    usual = {"name": "某", "lon": 117.0, "lat": 36.0, "tier": "kindergarten", "host": "school"}
    rows = {}
    for name in ("medical", "facilities", "hosts"):
        table = known[name]
        given = [{**usual, **row} for row in tables.get(name, [])]
        rows[name] = pd.DataFrame(
            {
                column.name: pd.Series(
                    [row.get(column.name, empty(column)) for row in given],
                    dtype=float if column.type in ("number", "whole") else object,
                )
                for column in table.columns
            }
        )
    return asked, rows, known, crs


def empty(column):
    return (column.default or "") if column.type == "text" else column.default


def unit(name, lon=117.0, **values):
    usual = {"health_system": True, "kind": "other", "public": True}
    return {"medical_id": name, "name": name, "lon": lon, **usual, **values}


def made(*rules, **tables):
    candidates, _, notes = rule_hosts(*study(*rules, **tables))
    return [table["site_id"].tolist() for table in candidates], notes


@pytest.mark.parametrize(("children", "is_made"), [(30, False), (31, True), (None, False)])
def test_more_than_thirty_is_thirty_one(children, is_made):
    ((ids,), _) = made(big_units, medical=[unit("M1", staff_children=children)])
    assert ids == (["M1-S4b"] if is_made else [])


@pytest.mark.parametrize(
    ("values", "is_made"),
    [
        ({"level": 2}, True),
        ({"level": 3}, True),
        ({"level": 1}, False),
        ({"level": 2, "public": False}, False),
        ({"level": 2, "kind": "maternal_child"}, False),
    ],
)
def test_every_condition_must_be_fulfilled(values, is_made):
    ((ids,), _) = made(hospitals, medical=[unit("M1", **{"kind": "hospital", **values})])
    assert bool(ids) == is_made


def test_a_unit_outside_the_health_system_is_no_host():
    ((ids,), _) = made(big_units, medical=[unit("M1", staff_children=40, health_system=False)])
    assert ids == []


def test_a_unit_of_two_rules_is_made_once_for_a_tier():
    both = unit("M1", kind="hospital", level=3, staff_children=50)
    other_tier = {**big_units, "id": "K", "made_host": {**made_host, "tier": "kindergarten"}}
    (first, second, third), (_, note, _) = made(hospitals, big_units, other_tier, medical=[both])
    assert (first, second, third) == (["M1-S4a"], [], ["M1-K"])
    assert "0 candidates from the table medical; 1 are sites of that tier already: M1" in note.en


def test_units_in_one_building_are_two_candidates():
    ((ids,), _) = made(
        big_units, medical=[unit("M1", staff_children=40), unit("M2", staff_children=40)]
    )
    assert ids == ["M1-S4b", "M2-S4b"]


@pytest.mark.parametrize(
    ("host", "is_made"),
    [
        ({"site_id": "H", "tier": "institution", "lon": 117.0}, False),
        ({"site_id": "H", "tier": "institution", "lon": 117.00001}, False),
        ({"site_id": "H", "tier": "institution", "lon": 117.00002}, True),
        ({"site_id": "H", "tier": "kindergarten", "lon": 117.0}, True),
        ({"site_id": "M1", "tier": "institution", "lon": 118.0}, False),
        ({"site_id": "M1", "tier": "institution", "lon": None}, False),
        ({"site_id": "M11", "tier": "institution", "lon": 118.0}, True),
    ],
)
def test_a_unit_that_is_a_site_already_is_not_made_again(host, is_made):
    """A hundred-thousandth of a degree is 0.9 m here, two of them 1.8 m."""
    for table in ("hosts", "facilities"):
        ((ids,), (note,)) = made(
            big_units, medical=[unit("M1", staff_children=40)], **{table: [host]}
        )
        assert bool(ids) == is_made
        assert ("1处已是同类点位：M1" in note.zh) != is_made


def test_kindergartens_with_surplus_become_hosts_of_another_tier():
    rule = {
        "id": "Q4",
        "table": "facilities",
        "where": (
            {"column": "host", "is_one_of": ("school",)},
            {"column": "surplus_3_6", "above": 0.0},
        ),
        "made_host": {**made_host, "host": "school"},
        "clause": "drawn",
    }
    rows = [
        {"site_id": "F1", "surplus_3_6": 0},
        {"site_id": "F2", "surplus_3_6": 1},
        {"site_id": "F3"},
        {"site_id": "F4", "surplus_3_6": 60, "host": "house"},
    ]
    ((ids,), (note,)) = made(rule, facilities=rows)
    assert ids == ["F2-Q4"]
    assert "1 have an empty cell where the rule asks: F3" in note.en
    same_tier = {**rule, "made_host": {**rule["made_host"], "tier": "kindergarten"}}
    ((none,), _) = made(same_tier, facilities=rows)
    assert none == []


def test_candidates_take_the_figures_of_the_rule_and_keep_what_the_row_says():
    row = unit("M1", staff_children=40, address="健康路1号")
    asked, rows, known, metric = study(big_units, medical=[row])
    before = rows["medical"].copy()
    (host,), _, _ = rule_hosts(asked, rows, known, metric)
    assert list(host.columns) == [column.name for column in known["hosts"].columns]
    (only,) = host.to_dict("records")
    assert (only["name"], only["address"], only["staff_children"]) == ("M1", "健康路1号", 40)
    assert (only["tier"], only["action"], only["max_classes"]) == ("institution", "convert", 2)
    assert (only["lon"], only["lat"], only["decision"]) == (117.0, 36.0, "free")
    pd.testing.assert_frame_equal(rows["medical"], before)


big_rooms = {**big_units, "table": "hosts", "where": ({"column": "area_m2", "at_least": 500.0},)}


def test_a_host_and_what_is_made_of_it_are_the_same_rooms():
    hosts = [
        {"site_id": "H1", "area_m2": 500.0, "max_classes": 9},
        {"site_id": "H2", "area_m2": 600.0, "exclusive_group": "yard"},
        {"site_id": "H3", "area_m2": 499.0},
    ]
    (twins,), groups, _ = rule_hosts(*study(big_rooms, hosts=hosts))
    columns = ["site_id", "decision", "exclusive_group", "max_classes"]
    assert twins[columns].to_numpy().tolist() == [
        ["H1-S4b", "free", "同一用房 H1", 2],
        ["H2-S4b", "free", "yard", 2],
    ]
    assert groups == {"H1": "同一用房 H1", "H2": "yard"}


@pytest.mark.parametrize("decision", ["committed", "forced", "excluded"])
def test_nothing_is_made_of_a_host_that_is_decided(decision):
    ((ids,), (note,)) = made(
        big_rooms, hosts=[{"site_id": "H1", "area_m2": 500.0, "decision": decision}]
    )
    assert ids == []
    assert "1处已有决定，未另作候选：H1" in note.zh
    assert "1 are decided already" in note.en


def test_unknown_staff_children_are_none_in_the_model():
    (host,), _, _ = rule_hosts(*study(hospitals, medical=[unit("M1", kind="hospital", level=2)]))
    assert host["staff_children"].tolist() == [0]


def test_a_unit_without_coordinates_is_told():
    ((ids,), (note,)) = made(big_units, medical=[unit("M1", lon=np.nan, staff_children=40)])
    assert ids == []
    assert "1处无坐标，未采用：M1" in note.zh


def test_what_a_rule_asks_is_checked_all_at_once():
    wrong = {
        **big_units,
        "where": (
            {"column": "staff", "above": 30.0},
            {"column": "level", "is_one_of": ("2",)},
            {"column": "kind", "at_least": 2.0},
            {"column": "public", "is_one_of": ("是",)},
            {"column": "kind", "is_one_of": ("hospitals", "other")},
        ),
    }
    absent = {**big_units, "id": "X", "table": "hosts"}
    with pytest.raises(DataError) as error:
        made(wrong, absent, medical=[unit("M1")])
    texts = [str(problem) for problem in error.value.problems]
    assert [text.split(": ")[0] for text in texts] == [
        "scenario, host_rules.0.where.0.column",
        "scenario, host_rules.0.where.1.is_one_of",
        "scenario, host_rules.0.where.2.at_least",
        "scenario, host_rules.0.where.3.is_one_of",
        "scenario, host_rules.0.where.4.is_one_of",
        "scenario, host_rules.1.table",
    ]
    assert "has no column 'staff'" in texts[0]
    assert "staff_children" in texts[0]
    assert "never holds hospitals" in texts[4]
    assert "the study has none" in texts[5]


@pytest.mark.parametrize("comparison", [{}, {"at_least": 1.0, "above": 2.0}, {"is_one_of": ()}])
def test_a_condition_compares_once(comparison):
    with pytest.raises(ValidationError):
        Condition(column="level", **comparison)


def test_rules_agree_with_the_scenario():
    strange = {**made_host, "tier": "nursery", "host": "tent"}
    with pytest.raises(ValidationError) as error:
        scenario(
            hosts=hosts,
            host_rules=({**big_units, "made_host": strange}, {**hospitals, "id": "S4b"}),
        )
    (only,) = error.value.errors()
    assert only["ctx"]["found"] == [
        (("host_rules", 0, "made_host", "tier"), "'nursery' is not among tiers"),
        (("host_rules", 0, "made_host", "host"), "'tent' is not among hosts"),
        (("host_rules", 1, "id"), "the id 'S4b' stands twice"),
    ]


def test_what_rules_make_has_classes_where_its_tier_has():
    point = {"label": "驿站", "limit_minutes": 15.0, "counts_in": ("population_coverage",)}
    tiers = {name: tier.model_dump() for name, tier in scenario().tiers.items()}
    none = {**big_units, "id": "A", "made_host": {**made_host, "max_classes": 0}}
    points = {**big_units, "id": "B", "made_host": {**made_host, "tier": "point"}}
    with pytest.raises(ValidationError) as error:
        scenario(hosts=hosts, tiers={**tiers, "point": point}, host_rules=(none, points))
    (only,) = error.value.errors()
    assert only["ctx"]["found"] == [
        (
            ("host_rules", 0, "made_host", "max_classes"),
            "0 classes, and the tier 'institution' is there for them",
        ),
        (
            ("host_rules", 1, "made_host", "max_classes"),
            "the tier 'point' runs no classes: write 0",
        ),
    ]
    right = {**big_units, "made_host": {**made_host, "tier": "point", "max_classes": 0}}
    assert scenario(hosts=hosts, tiers={**tiers, "point": point}, host_rules=(right,))
