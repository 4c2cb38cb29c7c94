"""Known cases against the installed solver, and against solvers that lie."""

from dataclasses import replace

import numpy as np
import pytest

from siting import doctor
from siting.cli import main
from siting.solver import Status, solve


def test_the_installed_solver_is_right():
    found = doctor.examine()
    assert len(found) >= 5
    assert all(each.right for each in found)
    assert {each.told[0] for each in found} == {Status.OPTIMAL, Status.INFEASIBLE}


def lying(change):
    def told(program, **settings):
        return change(program, solve(program, **settings))

    return told


def zeros(program, answer):
    return replace(answer, status=Status.OPTIMAL, values=np.zeros(program.columns), objective=0.0)


def stuffed(_, answer):
    """Tell 15 where 9 is, as HiGHS 1.14.0 did."""
    nine = answer.objective is not None and abs(answer.objective - 9.0) < 1e-6
    return replace(answer, objective=15.0) if nine else answer


def gives_up(_, answer):
    return replace(answer, status=Status.NO_PLAN, values=None, objective=None)


@pytest.mark.parametrize(("lie", "wrong"), [(zeros, 4), (stuffed, 1), (gives_up, 4)])
def test_a_solver_that_lies_is_told_and_ends_with_1(lie, wrong, monkeypatch, capsys):
    monkeypatch.setattr(doctor, "solve", lying(lie))
    assert sum(not each.right for each in doctor.examine()) == wrong
    assert main(["doctor", "--lang", "en"]) == 1
    told = capsys.readouterr().out
    assert told.count("WRONG") == wrong
    assert "do not use its plans" in told


def test_the_command_tells_versions(capsys):
    assert main(["doctor"]) == 0
    told = capsys.readouterr().out
    assert "highspy" in told
    assert "求解器可以信任" in told
