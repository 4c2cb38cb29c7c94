"""The child-health staff that the townships of drawn towns need and have, by hand."""

from dataclasses import replace

import numpy as np

from guided_town import GuidedTown, asked
from siting.staffing import child_health_staffing, institution_staffing

# Townships: a and b in Z0, c in Z1, d in Z2.
medical = {
    "a": {"child_health_staff": 1.0},
    "aa": {},
    "b": {"child_health_staff": 7.0, "kind": "maternal_child"},
    "c": {"child_health_staff": 2.0, "kind": ""},
    "d": {"child_health_staff": 3.0, "township_code": "Z1", "kind": "township_health_centre"},
}


def town_inputs(residents=(40_000.0, 40_000.5, 0.0), medical=medical):
    inputs = GuidedTown(
        "ab-c-d",
        {"a": 1},
        medical=medical,
        hosts={"a": {}},
        borders=(1.5, 3.5),
        asked=asked(),
    ).inputs()
    inputs.townships["residents_2025"] = residents
    return inputs


def rows(table):
    columns = ["township_code", "kind", "staff_required", "institutions", "staff_present"]
    columns += ["staff_untold", "met"]
    return [tuple(row) for row in table[columns].to_numpy()]


def test_the_staff_that_townships_need_and_have():
    table = child_health_staffing(town_inputs(), 2025)
    none = table["staff_required"].array[1]
    assert rows(table) == [
        # Two are needed, one is told, and one institution does not tell.
        ("Z0", "primary", 2, 2, 1, 1, None),
        ("Z0", "community_health_centre", none, 2, 1, 1, None),
        ("Z0", "maternal_child", none, 1, 7, 0, None),
        ("Z1", "primary", 3, 1, 3, 0, True),
        ("Z1", "township_health_centre", none, 1, 3, 0, None),
        ("Z2", "primary", 0, 0, 0, 0, True),
    ]
    assert table["residents"].tolist()[::3] == [40_000.0, 40_000.5]
    assert set(table["year"]) == {2025}


def test_a_township_that_lacks_staff():
    stricter = child_health_staffing(town_inputs(), 2025, people_per_staff=10_000.0)
    asked_for = stricter[stricter["kind"] == "primary"]
    assert asked_for["staff_required"].tolist() == [4, 5, 0]
    assert asked_for["met"].tolist() == [None, False, True]


def test_sums_of_cells_do_not_need_another_person():
    inputs = town_inputs(residents=[np.nextafter(20_000.0, np.inf)] * 3)
    table = child_health_staffing(inputs, 2025)
    assert table.loc[table["kind"] == "primary", "staff_required"].tolist() == [1, 1, 1]


def test_without_a_table_of_medical_institutions_nothing_is_said_to_be_met():
    table = child_health_staffing(replace(town_inputs(), medical=None), 2025)
    assert table["kind"].tolist() == ["primary"] * 3
    assert table["staff_required"].tolist() == [2, 3, 0]
    assert table["staff_present"].isna().all()
    assert table["met"].tolist() == [None, None, None]


def test_each_institution_needs_staff_for_its_share_of_the_residents():
    # 40,000 in Z0 for two institutions, of which one does not tell its staff; 40,000.5 in Z1.
    table = institution_staffing(town_inputs(), 2025)
    columns = ["medical_id", "township_code", "residents", "staff_required", "staff_present", "met"]
    none = table["staff_present"].array[1]
    assert [tuple(row) for row in table[columns].to_numpy()] == [
        ("ma", "Z0", 20_000.0, 1, 1, True),
        ("maa", "Z0", 20_000.0, 1, none, None),
        ("md", "Z1", 40_000.5, 3, 3, True),
    ]
    stricter = institution_staffing(town_inputs(), 2025, people_per_staff=10_000.0)
    assert stricter["met"].tolist() == [False, None, False]
    inputs = replace(town_inputs(), medical=None)
    assert institution_staffing(inputs, 2025).empty
