"""Beside who has reach: who has a place there, worked by hand."""

import json

import pandas as pd
import pytest

import siting
from drawn_town import Town, scenario, target
from siting.indicators import served_share
from siting.plan.run_folder import plan_document

coverage = "population_coverage"


def town(**fields) -> Town:
    """Return a town of 90 under-3s who all reach the site at b, which holds 15 to 20 of them."""
    asked = scenario(
        targets=(target(coverage, required=0.9, **fields), target("tier_count", **one))
    )
    facilities = {"b": {"large_classes": 1, "max_classes": 1}}
    return Town("a--b--c", {"a": 135.0, "c": 135.0}, facilities=facilities, asked=asked)


one = {"at_least": 1, "tiers": ("institution",)}


def test_reach_is_not_a_place():
    drawn = town()
    inputs, reach = drawn.inputs(), drawn.reach()
    plan = siting.choose_sites(drawn.asked, inputs, reach)
    reached, count = plan.targets
    assert reached.achieved == pytest.approx(1.0)
    area = plan.indicators.area
    assert 0 < area["served"] < area["takers"]
    told = served_share(drawn.asked, inputs, plan.indicators, reached.target)
    assert told == pytest.approx(area["served"] / area["takers"])
    assert served_share(drawn.asked, inputs, plan.indicators, count.target) is None
    document = json.loads(json.dumps(plan_document(plan, inputs, pd.DataFrame(), ()), default=str))
    assert [each["served_share"] for each in document["targets"]] == [pytest.approx(told), None]


@pytest.mark.parametrize(
    "fields", [{"group": "left_behind"}, {"tiers": ("kindergarten",)}, {"group": "rural"}]
)
def test_where_no_figure_is_of_the_group_or_the_tiers_none_is_told(fields):
    drawn = town()
    plan = siting.choose_sites(drawn.asked, drawn.inputs(), drawn.reach())
    other = town(**fields).asked.targets[0]
    told = served_share(drawn.asked, drawn.inputs(), plan.indicators, other)
    assert told is None
