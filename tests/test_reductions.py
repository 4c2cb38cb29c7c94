"""Merging of cells and bands and settling change no value of any stage."""

import numpy as np
import pytest

from random_targets import random_scenarios
from random_town import random_town
from siting.model import pose_problem, solve_stages
from siting.model.merging import merge_cells, summed
from siting.reach import measure_reach
from torture import amount

pytestmark = pytest.mark.trust

towns, block = amount(40, 100), 20
within = 3e-6


@pytest.mark.parametrize("first", range(0, towns, block))
def test_the_reduced_model_has_the_same_values(first):
    fewer = 0
    for seed in range(first, first + block):
        town = random_town(2_000_000 + seed)
        inputs = town.inputs()
        reach = measure_reach(town.asked, town.network(), inputs)
        (asked,) = random_scenarios(town, seed, 1)
        reduced, whole = (
            solve_stages(pose_problem(asked, inputs, reach, reduce=reduce))
            for reduce in (True, False)
        )
        assert reduced.status is whole.status, seed
        if not reduced.status.has_plan:
            continue
        found, full = (
            {stage.name: stage.objective for stage in solution.stages}
            for solution in (reduced, whole)
        )
        assert found == pytest.approx(full, rel=within, abs=within), seed
        for ours, theirs in zip(reduced.served, whole.served):
            assert ours["children"].sum() == pytest.approx(theirs["children"].sum(), abs=1e-4)
        fewer += reduced.size["columns"] < whole.size["columns"]
    assert fewer >= block / 2


def test_cells_that_reach_the_same_sites_are_one_class():
    # Cells 0 and 3 reach sites 1 and 2, cell 1 reaches site 1, cell 2 nothing.
    cell, site = np.array([0, 0, 1, 3, 3]), np.array([1, 2, 1, 1, 2])
    class_of_cell, item, class_site = merge_cells(cell, site, 4)
    assert class_of_cell.tolist() == [0, 1, -1, 0]
    assert list(zip(item.tolist(), class_site.tolist())) == [(0, 1), (0, 2), (1, 1)]
    assert summed(class_of_cell, np.array([5.0, 7.0, 11.0, 13.0])).tolist() == [18.0, 7.0]
    unmerged, *_ = merge_cells(cell, site, 4, merge=False)
    assert unmerged.tolist() == [0, 1, -1, 2]
