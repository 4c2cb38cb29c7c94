"""Who guides whom is settled whatever comes between."""

from dataclasses import replace

import numpy as np

import checked_town
from siting.model import pairing, pose_problem
from siting.solver import solve


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
