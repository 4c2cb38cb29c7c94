"""Drives to medical institutions of each level in drawn towns, by hand; 100 m take 10 s."""

import numpy as np
import pandas as pd
import pytest

from drawn_town import Town, scenario
from guided_town import GuidedTown, asked
from siting import run
from siting.referral import columns, hub_times, referral_notes, referral_times
from siting.review.beside import beside_content
from siting.review.words import words
from small_study import edit

# Townships: a and b in Z0, c in Z1, d in Z2.
picture = "ab-c-d"
people = {"a": 300, "b": 100, "c": 60, "d": 30}
medical = {"a": {"referral_level": 1.0}, "c": {"referral_level": 2.0}, "d": {"referral_level": 3.0}}


def town(**changes):
    usual = {"medical": medical, "hosts": {"a": {}}, "borders": (1.5, 3.5), "asked": asked()}
    return GuidedTown(picture, people, **{**usual, **changes})


def times(town, inputs=None):
    inputs = town.inputs() if inputs is None else inputs
    return referral_times(town.asked, town.network(), inputs, 2025)


def rows(table):
    told = ["township_code", "level", "births_weighted_median_s", "worst_decile_s"]
    told += ["unreachable_share", "nearest_id"]
    return [
        tuple(None if pd.isna(value) else value for value in row)
        for row in table[told].round(9).itertuples(index=False)
    ]


def test_each_level_counts_as_every_lower_one():
    assert rows(times(town())) == [
        # Three quarters live at a and a quarter at b, 10 s from a, 20 s from c, 40 s from d.
        ("Z0", 1, 0, 10, 0.0, "ma"),
        ("Z0", 2, 30, 30, 0.0, "mc"),
        ("Z0", 3, 50, 50, 0.0, "md"),
        ("Z1", 1, 0, 0, 0.0, "mc"),
        ("Z1", 2, 0, 0, 0.0, "mc"),
        ("Z1", 3, 20, 20, 0.0, "md"),
        ("Z2", 1, 0, 0, 0.0, "md"),
        ("Z2", 2, 0, 0, 0.0, "md"),
        ("Z2", 3, 0, 0, 0.0, "md"),
    ]
    assert set(times(town())["year"]) == {2025}


def test_the_median_is_where_half_of_the_children_have_arrived():
    even = town()
    inputs = even.inputs()
    inputs.cells["under3_2025"] = [50.0, 50.0, 0.0, 1.0]
    found = rows(times(even, inputs))
    # b arrives first, after 20 s, and is half of the township.
    assert found[1] == ("Z0", 2, 20, 30, 0.0, "mc")
    # Nobody is under three in Z1.
    assert found[3] == ("Z1", 1, None, None, None, "")
    inputs.cells["under3_2025"] = [10.0, 90.0, 1.0, 1.0]
    assert rows(times(even, inputs))[1] == ("Z0", 2, 20, 20, 0.0, "mc")


def test_township_institutions_drive_to_the_nearest_hub():
    kinds = {
        "a": {"kind": "township_health_centre"},
        "c": {"kind": "maternal_child"},
        "d": {"kind": "community_health_centre"},
    }
    drawn = town(medical=kinds)
    table = hub_times(drawn.asked, drawn.network(), drawn.inputs())
    told = table[["township_code", "medical_id", "hub_id", "seconds"]]
    # a to c is 300 m, d to c 200 m.
    assert told.to_numpy().tolist() == [["Z0", "ma", "mc", 30], ["Z2", "md", "mc", 20]]
    cut = town(medical=kinds, one_way=("ba",))
    (first, _) = hub_times(cut.asked, cut.network(), cut.inputs()).to_dict("records")
    assert first["hub_id"] == ""
    assert pd.isna(first["seconds"])
    no_hub = town(medical={"a": {"kind": "township_health_centre"}})
    assert hub_times(no_hub.asked, no_hub.network(), no_hub.inputs()).empty


def test_the_way_leads_from_home_to_the_institution():
    # One drives from b to a only: nobody leaves a, which is three quarters of Z0.
    closed = rows(times(town(one_way=("ba",))))
    assert closed[0] == ("Z0", 1, 0, 10, 0.0, "ma")
    assert closed[1] == ("Z0", 2, None, None, 0.75, "")
    # From a to b only: b goes on to c.
    assert rows(times(town(one_way=("ab",))))[0] == ("Z0", 1, 0, 20, 0.0, "ma")


def test_a_few_without_a_way_leave_a_median():
    inputs = town(one_way=("ba",)).inputs()
    inputs.cells["under3_2025"] = [20.0, 80.0, 1.0, 1.0]
    found = rows(times(town(one_way=("ba",)), inputs))
    assert found[1] == ("Z0", 2, 20, None, 0.2, "mc")


def test_a_level_that_nobody_has_is_reached_by_nobody():
    found = rows(times(town(medical={"a": {"referral_level": 1.0}, "c": {}})))
    assert found[0] == ("Z0", 1, 0, 10, 0.0, "ma")
    assert found[3] == ("Z1", 1, 30, 30, 0.0, "ma")
    assert found[1:3] == [("Z0", 2, None, None, 1.0, ""), ("Z0", 3, None, None, 1.0, "")]


@pytest.mark.parametrize("dashes", [58, 59, 60, 250, 1000])
def test_far_ways_are_found_too(dashes):
    # Ten minutes are 6 km, forty are 24 km.
    far = GuidedTown(
        f"a{'-' * dashes}b",
        {"a": 10, "b": 10},
        medical={"b": {"referral_level": 1.0}},
        hosts={"a": {}},
        borders=(0.5,),
        asked=asked(),
    )
    assert rows(times(far))[0] == ("Z0", 1, 10 * (dashes + 1), 10 * (dashes + 1), 0.0, "mb")


def test_of_two_equally_near_the_first_counts():
    both = {"b": {"referral_level": 1.0}, "bb": {"referral_level": 1.0}}
    assert times(town(medical=both))["nearest_id"][0] == "mb"


def test_without_cars_or_levels_there_is_no_view():
    on_foot = Town(picture, people, hosts={"a": {}}, medical=medical)
    table = times(on_foot)
    assert list(table.columns) == list(columns)
    assert table.empty
    (note,) = referral_notes(on_foot.asked, on_foot.network(), on_foot.inputs())
    assert "nobody drive" in note.en
    untold = town(medical={"a": {}})
    assert times(untold).empty
    assert referral_notes(untold.asked, untold.network(), untold.inputs()) == ()
    (note,) = referral_notes(town().asked, town().network(), town().inputs())
    assert "stand for births" in note.en
    children = town().asked.children.model_copy(update={"under3_from": "births"})
    told = town().asked.model_copy(update={"children": children})
    (note,) = referral_notes(told, town().network(), town().inputs())
    assert note.en.endswith("weighted by the births of the base year and the two before")


def test_a_township_has_one_row_with_a_group_of_columns_for_each_level():
    closed = town(one_way=("ba",))
    names = pd.DataFrame({"medical_id": ["ma", "mc"], "name": ["甲院", "丙院"]})
    (table,) = beside_content({"referral": times(closed)}, names)
    shown = [name for name, _ in table["columns"]]
    # Everyone reaches level 1; three quarters of Z0 no level 2 or 3.
    assert "unreachable_1" not in shown
    first = dict(zip(shown, table["rows"][0]))
    assert len(table["rows"]) == len(closed.inputs().townships)
    assert (first["township"], first["nearest_1"]) == ("Z0", "甲院")
    assert (first["worst_1"], first["median_2"], first["unreachable_2"]) == (0.2, None, 0.75)
    told = [words("zh")[f"beside_median_{level}"] for level in (1, 2, 3)]
    assert told == ["一级（乡镇机构）及以上中位", "二级及以上中位", "三级中位"]


def test_families_are_driven_where_the_scenario_says_how():
    usual = scenario()
    inputs = {**usual.inputs.model_dump(), "medical": "medical.csv"}
    drive = {"source": "drawn"}
    assert usual.modes == scenario(drive=drive).modes == scenario(inputs=inputs).modes == ("walk",)
    assert scenario(drive=drive, inputs=inputs).modes == ("drive", "walk")


def test_a_run_writes_the_drives(folder):
    table = pd.DataFrame(
        {"medical_id": ["m1", "m2"], "name": ["一院", "二院"], "转诊级别": [1, 3]},
    ).assign(**position_of(folder, ["a", "d"]))
    table.to_csv(folder / "medical.csv", index=False)
    edit(folder / "town.yaml", "inputs:\n", "inputs:\n  medical: medical.csv\n")
    edit(folder / "town.yaml", '  speed_by_highway_kph: {}\n  excluded_highways: []\n',
         '  speed_by_highway_kph: {residential: 36}\n  excluded_highways: []\n')  # fmt: skip
    study = run(folder / "town.yaml")
    study.save(folder / "out")
    told = (folder / "out" / "referral.csv").read_text(encoding="utf-8-sig").splitlines()
    assert told[0] == ",".join(columns)
    assert len(told) == 1 + 2 * 3
    first = study.referral.iloc[0]
    # a and b (300 m on), e and f (200 m down, 300 m on): 300, 600, 90 and 90 people.
    assert (first["births_weighted_median_s"], first["worst_decile_s"]) == (30, 30)
    assert np.isclose(first["unreachable_share"], 0)
    assert any("stand for births" in note.en for note in study.notes)
    assert not any("not used" in note.en for note in study.notes)


def position_of(folder, letters):
    cells = pd.read_csv(folder / "cells.csv").set_index("cell_id")
    return {axis: cells.loc[letters, axis].to_numpy() for axis in ("lon", "lat")}
