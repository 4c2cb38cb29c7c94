"""The steps of a run: who is told as each begins, and how long it took.

Reads a clock, gives seconds by step. Does not: know what a step does.
"""

from time import monotonic
from typing import Protocol


class Report(Protocol):
    """Called with the name of each step as it begins, and with the share of it that is done."""

    def __call__(self, step: str, share: float = 0.0) -> None:
        """Take note of it."""


def no_report(step: str, share: float = 0.0) -> None:
    """Tell nobody."""


class Steps:
    """Reports each step and keeps how long it took."""

    def __init__(self, seconds: dict[str, float], report: Report) -> None:
        self.seconds = seconds
        self.report = report
        self.name = ""
        self.began = monotonic()

    def begin(self, name: str) -> None:
        """End the step before and begin another."""
        self.end()
        self.name = name
        self.report(name)

    def end(self) -> None:
        """Keep how long the step took."""
        if self.name:
            self.seconds[self.name] = monotonic() - self.began
        self.name, self.began = "", monotonic()
