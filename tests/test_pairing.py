"""Who guides whom is settled whatever comes between."""

from dataclasses import replace

import numpy as np

import checked_town
from guided_town import GuidedTown
from siting.model import pairing, pose_problem
from siting.plan import choose_sites, today_targets
from siting.reach import measure_reach
from siting.solver import solve
from test_guidance import roles_of


def test_ctrl_c_while_institutions_are_paired_loses_nothing(monkeypatch):
    town = checked_town.town
    problem = pose_problem(town.asked, town.inputs(), town.reach())
    is_open = np.ones((len(problem.sites.exists), len(problem.years)), dtype=bool)
    usual = pairing.pair_institutions(problem, is_open)
    assert len(usual)
    pressed = []

    def press(program, **settings):
        answer = solve(program, **settings)
        pressed.append(not pressed or not pressed[-1])
        return replace(answer, values=None, interrupted=True) if pressed[-1] else answer

    monkeypatch.setattr(pairing, "solve", press)
    assert pairing.pair_institutions(problem, is_open).equals(usual)
    assert any(pressed)


def test_nobody_says_who_guides_whom_today():
    town = GuidedTown(
        "a--b",
        {"a": 300.0},
        facilities={"a": {}},
        medical={"a": {"child_health_staff": 2}},
        asked=roles_of(("community_health_centre",)),
    )
    inputs = town.inputs()
    reach = measure_reach(town.asked, town.network(), inputs)
    (today,) = today_targets(town.asked, inputs, reach)
    assert (today.achieved, today.required_count, today.achieved_count) == (None, None, None)
    (planned,) = choose_sites(town.asked, inputs, reach).targets
    assert planned.achieved_count == 1
