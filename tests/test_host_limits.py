"""Most places of a host by area, outdoor area, storey and surplus; what contradicts them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import small_study
from drawn_town import scenario
from siting import load
from siting.errors import DataError
from siting.inputs import places, read_inputs
from siting.inputs.host_limits import most_places
from siting.scenario.tiers import HostLimits

limits = HostLimits(
    area_m2_per_place=3.0, outdoor_m2_per_place=2.0, highest_storey=3, source="drawn"
)


@pytest.fixture
def folder(tmp_path):
    """Write the small town: hosts cb, cd and cf for 3, 1 and 2 classes of 15 to 20, facility ea."""
    small_study.write(tmp_path)
    return tmp_path


def read(folder, *, asked=limits, surplus=(), least_places=0, **hosts):
    """Read the town with the columns of hosts; the tier of those in ``surplus`` needs one."""
    for name in ("hosts", "facilities"):
        table = pd.read_csv(folder / f"{name}.csv", dtype=str).set_index("site_id")
        for site, columns in hosts.items():
            if site in table.index:
                for column, value in columns.items():
                    table.loc[site, column] = value
        table.loc[[site for site in surplus if site in table.index], "tier"] = "kindergarten"
        table.reset_index().to_csv(folder / f"{name}.csv", index=False)
    study = load(folder / "town.yaml")
    tiers = dict(study.tiers)
    tiers["kindergarten"] = tiers["kindergarten"].model_copy(update={"needs_surplus": True})
    tiers["institution"] = tiers["institution"].model_copy(update={"least_places": least_places})
    changed = study.model_copy(update={"host_limits": asked, "tiers": tiers})
    return read_inputs(changed.placed_in(folder))


def most(inputs):
    return dict(zip(inputs.sites["site_id"], inputs.sites["most_places"], strict=True))


def told(inputs, text):
    return [note for note in inputs.notes if text in note.zh]


def test_the_smallest_limit_counts_and_what_is_not_told_limits_nothing(folder):
    inputs = read(
        folder,
        cb={"area_m2": "140", "outdoor_area_m2": "82"},
        cd={"outdoor_area_m2": "39.9"},
        cf={"storey": "3"},
    )
    assert most(inputs) == {"cb": 41, "cd": 19, "cf": np.inf, "ea": np.inf}
    (note,) = told(inputs, "可设托位少于所填班数")
    assert note.zh == (
        "hosts.csv：2处载体按建筑面积标准、室外场地标准、楼层标准、富余学位，可设托位少于所填班数"
    )


def test_no_place_above_the_highest_storey_and_hosts_without_a_class_are_named(folder):
    inputs = read(folder, cb={"storey": "4", "area_m2": "600"}, cd={"area_m2": "44.9"})
    assert most(inputs) == {"cb": 0, "cd": 14, "cf": np.inf, "ea": np.inf}
    (note,) = told(inputs, "可设托位少于所填班数")
    assert note.zh.endswith("，其中2处一个班也办不了：cb、cd")
    assert note.en.endswith("2 of them can hold no class: cb, cd")


def test_without_standards_nothing_is_limited(folder):
    inputs = read(folder, asked=None, cb={"storey": "40", "area_m2": "1"})
    assert set(most(inputs).values()) == {np.inf}
    assert told(inputs, "可设托位少于所填班数") == []


def test_a_kindergarten_has_no_more_places_than_its_surplus(folder):
    # Surplus: cb 45 and area for 33, cd not told, ea (1 large class of 20 today) not told.
    inputs = read(
        folder,
        surplus=("cb", "cd", "ea"),
        cb={"surplus_3_6": "45", "area_m2": "99"},
        cf={"surplus_3_6": "5"},
    )
    assert most(inputs) == {"cb": 33, "cd": 0, "cf": np.inf, "ea": 20}
    hosts, facilities = (
        note.zh for name in ("hosts", "facilities") for note in told(inputs, f"{name}.csv：1处未填")
    )
    assert hosts == "hosts.csv：1处未填3-6岁富余学位，按无富余计，不能开班"
    assert facilities == "facilities.csv：1处未填3-6岁富余学位，按无富余计，不再扩班"


@pytest.mark.parametrize(
    ("surplus", "allowed"), [("10", 20), ("20", 20), ("38", 38)], ids=["below", "as", "above"]
)
def test_what_stands_today_stays_allowed(folder, surplus, allowed):
    inputs = read(folder, surplus=("ea",), ea={"surplus_3_6": surplus})
    assert most(inputs)["ea"] == allowed


@pytest.mark.parametrize("decision", ["committed", "forced"])
def test_a_decided_host_that_can_hold_no_class_is_a_contradiction(folder, decision):
    with pytest.raises(DataError) as caught:
        read(folder, cb={"storey": "4", "decision": decision}, cf={"area_m2": "44"})
    (problem,) = caught.value.problems
    assert problem.place == "hosts.csv, site_id cb"
    assert problem.what == (
        f"is {decision}, and it may hold 0 places (storey 4, max_classes 3), less than 15 that "
        "its tier 'institution' needs"
    )
    assert problem.remedy.startswith("correct its area, storey")


def test_a_decided_host_below_the_least_places_of_its_tier(folder):
    # Three classes of at most 20 are 60 places.
    read(folder, least_places=60, cb={"decision": "forced"})
    with pytest.raises(DataError, match=r"it may hold 60 places .* less than 61"):
        read(folder, least_places=61, cb={"decision": "forced"})
    with pytest.raises(DataError, match=r"it may hold 50 places .* less than 55"):
        read(folder, least_places=55, cb={"decision": "forced", "area_m2": "150"})


def test_a_decided_host_of_exactly_one_class_is_none(folder):
    assert most(read(folder, cb={"area_m2": "45", "decision": "forced"}))["cb"] == 15


@given(held=st.integers(0, 500), tenths=st.integers(1, 100))
def test_an_area_for_so_many_places_holds_them(held, tenths):
    # Binary fractions must not cost a place: 0.3 m2 at 0.1 m2 each are 3.
    needed = tenths / 10
    asked = scenario(host_limits={"area_m2_per_place": needed, "source": "drawn"})
    rows = {
        "tier": "institution",
        "area_m2": [held * needed, held * needed - 0.01, held * needed + 0.01],
        "storey": np.nan,
        "surplus_3_6": np.nan,
        "small_classes": [0, 0, 0],
        "large_classes": [0, 0, 0],
        "mixed_classes": [0, 0, 0],
    }
    exact, less, more = most_places(pd.DataFrame(rows), asked)
    assert exact == held
    assert less == max(held - 1, 0)
    assert more in (held, held + 1)


def test_places_are_class_sizes_times_classes():
    rows = {"small_classes": [1, 0], "large_classes": [2, 0], "mixed_classes": [0, 3]}
    assert places(pd.DataFrame(rows), scenario()).tolist() == [55, 54]
