"""What must hold for any town, drawn at random by hypothesis."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_town import Town, scenario, target
from siting.demand import measure_demand
from siting.indicators import measure
from siting.inputs.dictionary import classes_column
from siting.plan import choose_sites
from siting.reach import measure_reach
from torture import amount

pytestmark = pytest.mark.trust

letters = "abcdefgh"
no_service = pd.DataFrame({"cell": [], "site": [], "band": [], "children": []})
fifty = settings(max_examples=amount(50, 1000), derandomize=True)
"""For what plans each town twice."""


@st.composite
def towns(draw):
    """Draw a street with eight corners, people at some, a facility and three hosts."""
    gaps = draw(st.lists(st.integers(1, 4), min_size=7, max_size=7))
    picture = letters[0] + "".join("-" * gap + mark for gap, mark in zip(gaps, letters[1:]))
    people = draw(
        st.dictionaries(st.sampled_from(letters), st.integers(1, 20), min_size=2, max_size=8)
    )
    spots = draw(st.permutations(letters))
    facility = {
        "small_classes": 1,
        "max_classes": draw(st.integers(1, 3)),
        "enrolled_12_24": draw(st.integers(0, 15)),
    }
    hosts = {
        mark: {"max_classes": draw(st.integers(1, 2)), "inclusive": draw(st.booleans())}
        for mark in spots[1:4]
    }
    return Town(
        picture,
        {mark: 30.0 * count for mark, count in sorted(people.items())},
        facilities={spots[0]: facility},
        hosts=hosts,
    )


def covered(town, open_sites, limit_minutes=5.0):
    """Return the share of under-3s covered when some sites have a small class."""
    tiers = town.asked.model_dump()["tiers"]
    tiers["institution"]["limit_minutes"] = limit_minutes
    asked = scenario(tiers=tiers)
    inputs = town.inputs()
    reach = measure_reach(asked, town.network(), inputs)
    demand = measure_demand(asked, inputs, reach, 2025)
    state = pd.DataFrame({classes_column(k): 0 for k in asked.class_kinds}, index=range(4))
    state["small_classes"] = np.array(open_sites, dtype=int)
    state.insert(0, "open", open_sites)
    figures = measure(asked, inputs, reach, demand, state, no_service, 2025)
    return figures.area["population_coverage"]


@fifty
@given(towns(), st.lists(st.booleans(), min_size=4, max_size=4), st.integers(0, 3))
def test_another_site_never_covers_less(town, open_sites, added):
    more = [is_open or i == added for i, is_open in enumerate(open_sites)]
    assert covered(town, more) >= covered(town, open_sites)


@fifty
@given(towns(), st.floats(2, 20), st.floats(0, 5))
def test_another_minute_never_covers_less(town, minutes, more):
    everywhere = [True] * 4
    assert covered(town, everywhere, minutes + more) >= covered(town, everywhere, minutes)


@fifty
@given(towns())
def test_takers_are_told_apart_without_rest(town):
    inputs, reach = town.inputs(), town.reach()
    demand = measure_demand(town.asked, inputs, reach, 2025)
    parts = demand.enrolled_at_home + demand.enrolled_beyond + demand.additional
    assert parts == pytest.approx(demand.takers, abs=1e-9)
    assert (demand.enrolled_at_home >= 0).all()
    assert (demand.enrolled_beyond >= 0).all()


@fifty
@given(towns(), st.integers(10, 60))
def test_names_of_cells_change_nothing(town, density):
    targets = (
        target("per_thousand", required=float(density), hard=False),
        target("population_coverage", required=0.9, hard=False),
    )
    town = replace(town, asked=scenario(targets=targets))
    plan = choose_sites(town.asked, town.inputs(), town.reach())
    renamed = town.inputs()
    renamed = replace(renamed, cells=renamed.cells.assign(cell_id="X" + renamed.cells["cell_id"]))
    other = choose_sites(town.asked, renamed, town.reach())
    assert other.plan_hash == plan.plan_hash
    assert [s.objective for s in other.stages] == [s.objective for s in plan.stages]
