"""Left-behind children and children in hardship: spread over cells, held against the under-3s."""

import numpy as np
import pandas as pd
import pytest

from drawn_town import target
from drawn_zones import asked, long, spread
from siting.errors import DataError
from siting.scenario import Scenario
from test_area_people import in_z0


def asking(group, **children):
    told = asked(**children)
    coverage = target("population_coverage", required=0.9, group=group, year=2027)
    coverage["tiers"] = ("institution",)
    return Scenario.model_validate({**told.model_dump(), "targets": (coverage,)})


def problems(frame, asked_for=None):
    with pytest.raises(DataError) as caught:
        spread(frame, asked_for)
    return [str(problem) for problem in caught.value.problems]


def test_they_are_the_same_share_of_the_under_3s_in_every_cell():
    # Under-3s of Z0 in 2025: 2, 6 and 8, together 16; of these 4 are left behind.
    found, _, _ = spread(long.assign(留守婴幼儿=[4, 0, 2, 8, 8, 0]))
    assert found["left_behind_2025"].tolist() == pytest.approx([0.5, 1.5, 2, 0, 0, 2])
    assert found["left_behind_2027"].tolist() == pytest.approx([1, 3, 4, 4, 4, 0])
    assert (found["left_behind_2025"] <= found["under3_2025"] * (1 + 1e-12)).all()
    assert "hardship_2025" not in found


def test_the_form_of_a_census_tells_them_too():
    wide = pd.DataFrame(
        {
            "township_code": ["Z0", "Z1", "Z2"],
            "residents_2025": [800, 400, 100],
            "residents_2027": [1600, 800, 200],
            "2025年困境婴幼儿": [4, 0, 2],
            "hardship_2027": [8, 8, 0],
        }
    )
    found, _, _ = spread(wide, asking("hardship"))
    expected, _, _ = spread(long.assign(hardship=[4, 0, 2, 8, 8, 0]))
    pd.testing.assert_frame_equal(found, expected)


def test_new_areas_have_their_share_and_a_trend_counts_for_them():
    low = asked(trends={"low": {2027: 0.5}}, trend="low")
    found, _, _ = spread(long.assign(hardship=[4, 0, 2, 8, 8, 0]), low, areas=in_z0)
    assert found["under3_2027"].tolist() == pytest.approx([0.75, 2.25, 3, 2, 2, 1, 2])
    assert found["hardship_2027"].tolist() == pytest.approx([0.375, 1.125, 1.5, 2, 2, 0, 1])
    of_zones = np.bincount(found["zone"], found["hardship_2027"])
    assert of_zones == pytest.approx([4, 4, 0])


def test_all_under_3s_may_be_of_a_group_and_no_more():
    spread(long.assign(left_behind=[16, 8, 2, 16, 8, 2]), asking("left_behind"))
    first, second = problems(long.assign(left_behind=[17, 8, 2, 16, 8.5, 3]))
    assert first == (
        "residents.csv, column left_behind: in 2025, 1 townships have more of them than under-3s: "
        "Z0 (17 of 16) — correct them, or the under-3s of the table or the scenario"
    )
    assert "in 2027, 2 townships have more of them than under-3s: Z1 (8.5 of 8), Z2 (3 of 2)" in (
        second
    )


def test_a_target_asks_for_a_group_that_is_not_told():
    (only,) = problems(long.assign(hardship=1), asking("left_behind"))
    assert only == (
        "residents.csv, header: the target population_coverage asks for left-behind children, and "
        "the table has no column 'left_behind' (留守婴幼儿) — add it for each township and 2025, "
        "2027, or take that out"
    )


def test_a_figure_is_missing():
    frame = long.assign(left_behind=[1, 1, 1, 1, "", 1])
    (only,) = problems(frame, asking("left_behind"))
    assert "residents.csv, column left_behind: 1 figures are missing: Z1 in 2027" in only
    found, _, _ = spread(frame)
    assert "left_behind_2025" not in found
