"""Every place that knows a kind of target by its name knows all of them."""

import pytest

from siting import target_names
from siting.alternatives import figures
from siting.clashes.shortcomings import things_counted, wholes
from siting.clashes.wording import asks
from siting.indicators import achieved, amounts
from siting.model import pose_problem
from siting.model.target_rules import rule_of
from siting.plan.check import targets as check
from siting.scenario.keys import choice_words
from test_golden_lp import drawn_town

by_count = {"tier_count", "zone_count"}
"""What they measure is a number of sites."""
counted_zones = {"township_coverage", "community_coverage"}
"""One more unit of them is one more zone, whose share depends on their number."""
places = {
    "siting.indicators.achieved._held": achieved._held,
    "siting.indicators.amounts._measured": {
        **amounts._measured,
        **dict.fromkeys(by_count | {"budget"}),
    },
    "siting.plan.check.targets._of_kind": {**check._of_kind, "budget": check._budget},
    "siting.alternatives.figures.steps": {**figures.steps, **dict.fromkeys(counted_zones)},
    "siting.target_names._of_kind": {**target_names._of_kind, **target_names._of_tiers},
    "siting.scenario.keys.choice_words": choice_words,
    "siting.clashes.shortcomings.wholes": {
        **wholes,
        **things_counted,
        **dict.fromkeys(("per_thousand", "population_coverage", "enrolment")),
        **dict.fromkeys(("tier_count", "budget")),
    },
}


@pytest.mark.parametrize("place", places)
def test_every_kind_has_its_entry(place):
    assert [kind for kind in rule_of if kind not in places[place]] == []


def test_every_kind_says_what_it_asks_for():
    town = drawn_town()
    problem = pose_problem(town.asked, town.inputs(), town.reach())
    told = {target.kind: asks(problem, target) for target in town.asked.targets}
    assert told.keys() == rule_of.keys()
    assert all(note.zh and note.en for note in told.values())
