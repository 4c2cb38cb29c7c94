"""Rounds of medical institutions through drawn towns, worked out by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from guided_town import GuidedTown, asked
from siting.errors import DataError
from siting.plan.rounds import estimate_rounds
from siting.reach import measure_ways

street = "a--b--c--d"
"""30 s by car from each to the next."""


def town(picture=street, **changes):
    usual = {
        "hosts": {"b": {}, "c": {}, "d": {}},
        "medical": {"a": {}},
        "asked": asked(visit_minutes=1.0, day_minutes=10.0),
    }
    return GuidedTown(picture, {"a": 1}, **{**usual, **changes})


def pairing(**medical_of):
    rows = [(site, medical, 0) for site, medical in medical_of.items()]
    return pd.DataFrame(rows, columns=["site_id", "medical_id", "seconds"])


def rounds(town, pairs, inputs=None):
    inputs = town.inputs() if inputs is None else inputs
    return estimate_rounds(town.asked, town.network(), inputs.sites, inputs.medical, pairs)


all_of_a = pairing(cb="ma", cc="ma", cd="ma")


def test_a_round_goes_out_and_back():
    found = rounds(town(), all_of_a)
    (row,) = found.institutions.to_dict("records")
    # 90 s to d and 90 s back, three visits of a minute: 360 of 600 s. Four rounds a year by one
    # person (not told), who can guide five.
    assert row == {
        "medical_id": "ma",
        "sites": 3,
        "unreached": 0,
        "travel_s": 180,
        "visit_s": 180,
        "days": 1,
        "days_too_long": 0,
        "exact": True,
        "visits_per_year": 12,
        "days_per_year": 4,
        "days_per_staff": 4.0,
        "workload": 0.6,
    }
    assert found.visits["travel_s"].sum() + found.visits["back_s"].sum() == 180


def test_days_are_as_long_as_they_may_be():
    # b and c take 120 + 120 s, with d 180 + 180 s; alone d takes 180 + 60 s.
    short = town(asked=asked(visit_minutes=1.0, day_minutes=4.0))
    found = rounds(short, all_of_a)
    assert found.institutions["days"].tolist() == [2]
    assert found.institutions["travel_s"].tolist() == [120 + 180]
    assert found.institutions["days_too_long"].tolist() == [0]
    by_day = found.visits.groupby("day")["site_id"].agg(set).tolist()
    assert sorted(by_day, key=len) == [{"cd"}, {"cb", "cc"}]


def test_a_visit_longer_than_a_day_is_told():
    short = town(asked=asked(visit_minutes=1.0, day_minutes=3.0))
    found = rounds(short, all_of_a)
    # b 60 + 60, c 120 + 60 and d 180 + 60 s, of which the last is longer than 180 s.
    assert found.institutions[["days", "days_too_long"]].to_numpy().tolist() == [[3, 1]]


def test_one_way_streets_are_driven_one_way():
    # Round the block from a over b and d to c and back: 30 + 20 + 30 + 20 s.
    block = town("a--b\n|  |\nc--d", one_way=("ab", "bd", "dc", "ca"))
    found = rounds(block, all_of_a)
    assert found.visits["site_id"].tolist() == ["cb", "cd", "cc"]
    assert found.visits["travel_s"].tolist() == [30, 20, 30]
    assert found.visits["back_s"].tolist() == [0, 0, 20]


def test_each_institution_has_its_own_round():
    two = town(medical={"a": {"child_health_staff": 2.0}, "d": {"child_health_staff": 0.0}})
    found = rounds(two, pairing(cd="md", cb="ma", cc="md"))
    table = found.institutions.set_index("medical_id")
    assert table.index.tolist() == ["ma", "md"]
    assert table["sites"].tolist() == [1, 2]
    assert table["travel_s"].tolist() == [60, 60]
    assert table["days_per_staff"].tolist()[0] == 2.0
    assert np.isnan(table["days_per_staff"].tolist()[1])
    assert table["workload"].tolist() == [0.1, np.inf]


def test_a_site_that_no_way_leads_to_is_told_and_not_counted():
    some = town()
    inputs = some.inputs()
    inputs.sites.loc[1, "y"] += 301.0
    found = rounds(some, all_of_a, inputs)
    row = found.institutions.iloc[0]
    assert (row["sites"], row["unreached"], row["visits_per_year"]) == (3, 1, 8)
    lost = found.visits[found.visits["day"].isna()]
    assert lost["site_id"].tolist() == ["cc"]
    assert lost["travel_s"].isna().all()
    (note,) = (note for note in found.notes if "no way" in note.en)
    assert "1 institutions" in note.en
    assert note.en.endswith("cc")


@pytest.mark.parametrize("one_way", ["ab", "ba"])
def test_who_cannot_come_back_does_not_set_out(one_way):
    dead_end = town("a--b", hosts={"b": {}}, one_way=(one_way,))
    found = rounds(dead_end, pairing(cb="ma"))
    assert found.institutions[["unreached", "days", "travel_s"]].to_numpy().tolist() == [[1, 0, 0]]
    assert found.visits["day"].isna().tolist() == [True]


def test_the_order_of_rows_changes_nothing():
    two = town(medical={"a": {}, "d": {}})
    inputs = two.inputs()
    pairs = pairing(cd="ma", cb="ma", cc="md")
    first = rounds(two, pairs)
    turned = replace(
        inputs,
        sites=inputs.sites[::-1].reset_index(drop=True),
        medical=inputs.medical[::-1].reset_index(drop=True),
    )
    again = rounds(two, pairs[::-1], turned)
    pd.testing.assert_frame_equal(first.institutions, again.institutions)
    pd.testing.assert_frame_equal(first.visits, again.visits)
    assert pairs["site_id"].tolist() == ["cd", "cb", "cc"]


def test_nobody_guided_makes_no_round():
    found = rounds(town(), pairing())
    assert found.institutions.empty
    assert found.visits.empty
    assert found.notes == ()


def test_many_sites_have_a_round_that_may_not_be_the_best():
    letters = "bcdefghijkl"
    many = town("a-" + "-".join(letters), hosts={letter: {} for letter in letters})
    found = rounds(many, pairing(**{f"c{letter}": "ma" for letter in letters}))
    # Eleven visits take 660 s alone, so two days; to l and back takes 440 s.
    assert found.institutions["exact"].tolist() == [False]
    assert any("near the best" in note.en for note in found.notes)
    assert sorted(found.visits["site_id"]) == [f"c{letter}" for letter in letters]


def test_a_pairing_of_another_study_is_refused_with_every_problem():
    twice = pd.concat([all_of_a, pairing(cb="ma", cx="my")])
    with pytest.raises(DataError) as refused:
        rounds(town(), twice)
    texts = [str(problem) for problem in refused.value.problems]
    assert len(texts) == 3
    assert "cx" in texts[0]
    assert "my" in texts[1]
    assert "cb" in texts[2]


def test_travel_is_that_of_the_streets():
    some = town("a--b\n|  |\nc--d", one_way=("ab",))
    found = rounds(some, all_of_a)
    at = np.array([some.at[site[-1]] for site in ["a", *found.visits["site_id"], "a"]])
    ways = measure_ways(some.asked, some.network(), at, at, "drive")
    seconds = {(i, j): s for i, j, s in zip(*ways, strict=True)}
    assert found.visits["travel_s"].tolist() == [seconds[i, i + 1] for i in range(3)]
    assert found.visits["back_s"].iloc[-1] == seconds[3, 4]


def test_a_site_guided_in_two_roles_is_visited_by_both_by_the_rules_of_their_kinds():
    both = town(
        medical={"a": {}, "d": {"kind": "maternal_child"}},
        asked=asked(
            kinds=("community_health_centre", "maternal_child"),
            visit_minutes=1.0,
            day_minutes=10.0,
            by_kind={"maternal_child": {"visits_per_year": 1, "visit_minutes": 2.0}},
        ),
    )
    pairs = pd.concat([pairing(cb="ma", cc="ma"), pairing(cc="md")], ignore_index=True)
    estimate = rounds(both, pairs)
    assert (
        "每年社区卫生服务中心4次、妇幼保健机构1次，每次社区卫生服务中心1分钟、妇幼保健机构2分钟"
        in estimate.notes[0].zh
    )
    assert "4 (community health centres), 1 (maternal" in estimate.notes[0].en
    found = estimate.institutions.set_index("medical_id")
    assert found["visits_per_year"].to_dict() == {"ma": 8, "md": 1}
    assert found["visit_s"].to_dict() == {"ma": 120, "md": 120}
    with pytest.raises(DataError, match="1 sites stand twice with the same guide: cc"):
        rounds(both, pd.concat([pairs, pairing(cc="md")], ignore_index=True))
