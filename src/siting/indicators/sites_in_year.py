"""What is known of the sites in a year, of a plan or of today."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from siting.demand import Demand
from siting.inputs import Inputs, no_zone
from siting.reach import Reach
from siting.scenario import Scenario, Target
from siting.scenario.targets import is_for_inclusive_only


@dataclass(frozen=True)
class SitesInYear:
    """What is known of a year of a plan, or of today.

    Attributes
    ----------
    scenario, inputs, reach
        What was asked and read.
    year
        Year whose people are counted.
    state
        ``open`` and ``<kind>_classes`` of every site.
    demand
        Demand of the year, with every site open.
    served
        ``cell, site, band, children``: additional children given a place, by position.
    guides
        ``site, medical``: who guides whom, by position.
    spent
        ``year, site, capital_cny, subsidy_cny, running_cny`` up to the year.
    """

    scenario: Scenario
    inputs: Inputs
    reach: Reach
    year: int
    state: pd.DataFrame
    demand: Demand
    served: pd.DataFrame
    guides: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["site", "medical"]))
    spent: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(
            columns=["year", "site", "capital_cny", "subsidy_cny", "running_cny"]
        )
    )

    @property
    def is_open(self) -> np.ndarray:
        """Whether each site is open."""
        return self.state["open"].to_numpy(dtype=bool)

    def counts(self, target: Target) -> np.ndarray:
        """Return whether each site inside the study area is open and counts in a target."""
        sites = self.inputs.sites
        counted = sites["tier"].isin(self.scenario.tiers_of(target)).to_numpy()
        if is_for_inclusive_only(target):
            counted = counted & sites["inclusive"].to_numpy(dtype=bool)
        return self.is_open & counted & (sites["zone"] != no_zone).to_numpy()
