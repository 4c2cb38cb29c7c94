"""Whether this installation can be trusted: known cases against the installed solver.

Reads nothing; gives what each case should give and what it gave, and the versions. Does not:
touch a study.
"""

import platform
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from siting.location.textbook import locate
from siting.notes import Note
from siting.plan.run_folder import versions_recorded
from siting.solver import Answer, Program, Status, solve

within = 1e-6
"""How far an objective may be off."""
Told = tuple[Status, float | None]


@dataclass(frozen=True)
class Examined:
    """A known case, and what the installed solver makes of it.

    Attributes
    ----------
    case
        What it is.
    expected, told
        Status and objective, which is None where there is no plan.
    """

    case: Note
    expected: Told
    told: Told

    @property
    def right(self) -> bool:
        """Whether the solver tells what is known."""
        (status, value), (expected_status, expected) = self.told, self.expected
        if value is None or expected is None:
            return self.told == self.expected
        return status == expected_status and abs(value - expected) <= within


def examine() -> tuple[Examined, ...]:
    """Solve every known case with the installed solver."""
    return tuple(Examined(case, expected, ask()) for case, expected, ask in _cases())


def versions() -> dict[str, str]:
    """Return the versions of Python, of the system and of what plans are made with."""
    found = {"python": platform.python_version(), "system": platform.platform()}
    return found | {name: version(name) for name in versions_recorded}


def _cases() -> tuple[tuple[Note, Told, Callable[[], Told]], ...]:
    """Return what each case is, what is known of it, and how the solver is asked.

    The second is the program of HiGHS issue 2957 in the small form of lovasoa/highs-js issue 53.
    """
    return (
        (
            Note(
                zh="背包问题（手算：取第2、3件，价值220）",
                en="a knapsack, worked by hand: things 2 and 3, worth 220",
            ),
            (Status.OPTIMAL, -220.0),
            lambda: _solved(
                cost=[-60, -100, -120], rows=[[10, 20, 30]], at_most=[50], most=[1, 1, 1]
            ),
        ),
        (
            Note(
                zh="整数与连续变量混合（HiGHS 1.14.0曾误报最优值15，正确为9）",
                en="whole and fractional together, 9 (HiGHS 1.14.0 called 15 optimal)",
            ),
            (Status.OPTIMAL, 9.0),
            lambda: _solved(
                cost=[2, 3], rows=[[1, 1]], at_least=[4.5], most=[10, 10], whole=[False, True]
            ),
        ),
        (
            Note(
                zh="两处点位最多容纳2，却要求3：应判为无解",
                en="3 wanted of two sites that hold 2: infeasible",
            ),
            (Status.INFEASIBLE, None),
            lambda: _solved(cost=[1, 1], rows=[[1, 1]], at_least=[3], most=[1, 1]),
        ),
        (
            Note(
                zh="只有取整时才无解：2x + 4y = 5",
                en="infeasible only in whole numbers: 2x + 4y = 5",
            ),
            (Status.INFEASIBLE, None),
            lambda: _solved(cost=[1, 1], rows=[[2, 4]], at_least=[5], at_most=[5], most=[10, 10]),
        ),
        (
            Note(
                zh="五处一圈，每处服务自己和下一处：至少3处（线性松弛为2.5）",
                en="a ring of five, each serves itself and the next: 3 (linear bound 2.5)",
            ),
            (Status.OPTIMAL, 3.0),
            _ring,
        ),
    )


def _solved(
    *,
    cost: list[float],
    rows: list[list[float]],
    most: list[float],
    at_least: list[float] | None = None,
    at_most: list[float] | None = None,
    whole: list[bool] | None = None,
) -> Told:
    program = Program(
        cost=np.array(cost, dtype=float),
        column_lower=np.zeros(len(cost)),
        column_upper=np.array(most, dtype=float),
        is_integer=np.array(whole or [True] * len(cost)),
        rows=csr_array(np.array(rows, dtype=float)),
        row_lower=np.array(at_least or [-np.inf] * len(rows), dtype=float),
        row_upper=np.array(at_most or [np.inf] * len(rows), dtype=float),
    )
    answer: Answer = solve(program, gap=0.0, threads=1, seed=0)
    return Status(answer.status), answer.objective


def _ring() -> Told:
    places = range(5)
    times = pd.DataFrame(
        [(i, j, 0 if i == j else 60) for j in places for i in (j, (j + 1) % 5)],
        columns=["demand_id", "site_id", "seconds"],
    )
    answer = locate(
        pd.DataFrame({"demand_id": places, "weight": 1.0}),
        pd.DataFrame({"site_id": places}),
        times,
        objective="min_sites",
        within_s=60,
    )
    return Status(answer.status), answer.objective
