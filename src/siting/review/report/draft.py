"""What the chapters of a report share: findings, the paper, how things are named."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from siting.indicators import Indicators, TargetResult
from siting.notes import most_named
from siting.review.findings import Findings
from siting.review.report.paper import Paper
from siting.review.report.writing import Writing
from siting.scenario import Scenario
from siting.target_names import covering_modes, limit_minutes, target_name

actions = ("open", "convert", "expand", "close")
"""What can be done at a site, in the order told."""
rate_digits = 2


@dataclass(frozen=True)
class Draft:
    """A report that is being written.

    Attributes
    ----------
    annexes
        Name of each annex that there will be -> its label.
    """

    findings: Findings
    pen: Writing
    paper: Paper
    annexes: dict[str, str]

    @property
    def scenario(self) -> Scenario:
        """What was asked."""
        return self.findings.scenario

    @property
    def last(self) -> Indicators:
        """Figures of the last planned year under the plan."""
        return self.findings.plan.indicators

    def say(self, key: str, **slots: object) -> str:
        """Return a text with its slots filled."""
        return self.pen.say(key, **slots)

    def figure(self, kind: str, value: Any) -> str:  # noqa: ANN401
        """Return a value as its kind is written."""
        return self.pen.figure(kind, value)

    def named(self, names: Iterable[str]) -> str:
        """Return names for a sentence, the first of them where there are many."""
        names = list(names)
        told = self.pen.join(names[:most_named])
        more = len(names) - most_named
        return self.say("names_more", names=told, more=more) if more > 0 else told

    def years(self) -> str:
        """Return the planned years."""
        years = self.scenario.years
        if len(years) > 1 and list(years) == list(range(years[0], years[-1] + 1)):
            return f"{years[0]}{'—' if self.pen.lang == 'zh' else '–'}{years[-1]}"
        return self.pen.join([str(year) for year in years])

    @property
    def minutes(self) -> str:
        """The limits of the tiers that count in coverage."""
        return limit_minutes(self.scenario)

    @property
    def travel(self) -> str:
        """How people get there."""
        return "/".join(self.pen.word[mode] for mode in covering_modes(self.scenario))

    def figure_name(self, name: str) -> str:
        """Return what a figure of the area or a township is called."""
        told = self.pen.word[name].format(minutes=self.minutes, travel=self.travel)
        return told.strip("　– ")

    def target_name(self, result: TargetResult) -> str:
        """Return what a target is called."""
        return target_name(self.scenario, result.target).text(self.pen.lang)

    def done(self, rows: pd.DataFrame) -> list[str]:
        """Return how many sites are opened, converted, ... in some rows, leaving out none."""
        counts = rows["action"].value_counts()
        return [
            self.say(f"done_{action}", count=self.figure("count", counts[action]))
            for action in actions
            if counts.get(action, 0)
        ]
