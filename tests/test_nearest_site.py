"""The nearest open site and the worst-served tenth, on drawn towns worked by hand."""

import numpy as np
import pytest

from drawn_town import Town, scenario
from reviewed_town import parts, town, two_years
from siting.indicators import nearest_site_table, worst_served
from siting.reach import nearest_site_s, site_limits_s


@pytest.mark.parametrize(
    ("seconds", "under3", "expected"),
    [
        ([0, 100, 200], [50, 40, 10], [0, 0, 10]),
        # Five who live farthest, and five of those before them.
        ([0, 100, 200], [50, 45, 5], [0, 5, 5]),
        # Equally far: each the same share.
        ([0, 200, 200], [80, 15, 5], [0, 7.5, 2.5]),
        ([0, 100, np.inf], [50, 46, 4], [0, 6, 4]),
        ([0, 100], [0, 0], [0, 0]),
    ],
)
def test_the_worst_served_are_a_tenth(seconds, under3, expected):
    found = worst_served(np.array(seconds, dtype=float), np.array(under3, dtype=float))
    assert found.tolist() == pytest.approx(expected)


def nearest(drawn, letter="a"):
    inputs = drawn.inputs()
    chosen = (inputs.sites["name"] == letter).to_numpy()
    return nearest_site_s(drawn.asked, drawn.network(), inputs, drawn.reach(), chosen)


def test_the_way_to_the_nearest_site_goes_beyond_the_limit():
    drawn = town(("a", "b", "d"))
    assert nearest(drawn).tolist() == [0, 300, 600, 1300, 2300]
    assert nearest(drawn, "d").tolist() == [1300, 1000, 700, 0, 1000]
    assert np.isinf(nearest(drawn, "nobody")).all()


def test_within_the_limit_it_is_the_time_of_the_reach():
    drawn = town(("a", "b", "d"))
    inputs, reach = drawn.inputs(), drawn.reach()
    everything = np.ones(len(inputs.sites), dtype=bool)
    seconds = nearest_site_s(drawn.asked, drawn.network(), inputs, reach, everything)
    near = reach.reached(site_limits_s(drawn.asked, inputs.sites), everything)
    assert near.any()
    for cell in np.flatnonzero(near):
        assert seconds[cell] == reach.seconds[reach.cell == cell].min()


def test_the_nearest_may_be_one_beyond_its_own_limit():
    # The institution is reached by car within ten minutes, the point on foot within one. From a
    # the drive to c takes 120 s and is the only way within a limit; the walk to b takes 100 s.
    usual = scenario().model_dump()["tiers"]["institution"]
    asked = scenario(
        drive={"speed_by_highway_kph": {"residential": 36.0}, "source": "drawn"},
        tiers={
            "institution": {**usual, "mode": "drive", "limit_minutes": 10.0},
            "point": {**usual, "limit_minutes": 1.0},
        },
    )
    drawn = Town(
        "ab----------c",
        {"a": 300, "c": 300},
        facilities={"c": {"large_classes": 1}, "b": {"large_classes": 1, "tier": "point"}},
        asked=asked,
    )
    inputs = drawn.inputs()
    both = np.ones(2, dtype=bool)
    found = nearest_site_s(drawn.asked, drawn.network(), inputs, drawn.reach(), both)
    assert found.tolist() == [100, 0]


def test_figures_of_the_area_and_of_townships():
    drawn = town(("a", "b", "d"))
    table = nearest_site_table(drawn.inputs(), 2025, nearest(drawn)).set_index(["level", "code"])
    area = table.loc["area", ""]
    # 100 each at a, b, c and d, 20 at e. The worst 42 are those at e and 22 of those at d.
    assert area["under3"] == pytest.approx(420)
    assert area["median_s"] == 600
    assert area["worst_decile_s"] == 1300
    assert area["worst_mean_s"] == pytest.approx((20 * 2300 + 22 * 1300) / 42)
    worst = [table.loc["township", code]["worst_under3"] for code in ("Z0", "Z1", "Z2")]
    assert worst == pytest.approx([0, 22, 20])
    assert table.loc["township", "Z0"]["worst_decile_s"] == 600


def test_those_without_a_way_are_told_apart():
    drawn = town(("a", "b", "d"))
    seconds = np.array([0, 300, 600, 1300, np.inf])
    area = nearest_site_table(drawn.inputs(), 2025, seconds).iloc[0]
    assert area["no_way"] == pytest.approx(20)
    assert area["worst_mean_s"] == 1300
    half = np.array([0, np.inf, np.inf, np.inf, np.inf])
    area = nearest_site_table(drawn.inputs(), 2025, half).iloc[0]
    assert np.isnan(area["median_s"])
    assert np.isnan(area["worst_mean_s"])


def test_findings_have_every_state_and_year():
    found = parts(two_years()).nearest
    states = found[["state", "year"]].drop_duplicates().to_numpy().tolist()
    assert states == [
        ["today", 2025],
        ["no_action", 2026],
        ["no_action", 2027],
        ["plan", 2026],
        ["plan", 2027],
    ]
    area = found[found["level"] == "area"].set_index(["state", "year"])
    # The plan opens b first; nothing changes where nothing is done.
    assert area.loc[("no_action", 2027), "median_s"] == area.loc[("today", 2025), "median_s"]
    assert area.loc[("plan", 2027), "median_s"] < area.loc[("no_action", 2027), "median_s"]
