"""A time limit shared among several solves."""

from dataclasses import dataclass
from time import monotonic

from siting.scenario import Scenario

shortest_s = 1e-3
"""Time of a solve that begins when the clock has run out."""


@dataclass(frozen=True)
class Clock:
    """When the last of several solves has to end, on the clock of the machine."""

    deadline: float

    def share(self, scenario: Scenario, solves: int) -> Scenario:
        """Return a scenario whose time limit is an equal share of the time left.

        Parameters
        ----------
        solves
            How many solves are still to come; time that one leaves goes to the next.
        """
        left = max(self.deadline - monotonic(), shortest_s)
        return scenario.with_solver(time_limit_s=left / solves)


def start_clock(scenario: Scenario, time_limit_s: float | None) -> Clock:
    """Return a clock that begins now; without a limit it has that of the scenario."""
    limit = scenario.solver.time_limit_s if time_limit_s is None else time_limit_s
    return Clock(monotonic() + limit)
