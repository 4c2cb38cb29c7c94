"""Who reaches what at other walking speeds and for more minutes than the scenario plans with.

What a trial needs (试算): limits change by the minute and speeds by steps, and both are exact,
since every pair is measured on the network at every speed.
"""

from dataclasses import dataclass

from siting.inputs import Inputs
from siting.network import Network
from siting.reach.reach import Reach, measure_reach
from siting.scenario import Scenario
from siting.scenario.trial import kph_of, most_minutes, steps_m_per_min, walked


@dataclass(frozen=True)
class Walks:
    """The reach at several walking speeds.

    Attributes
    ----------
    speeds_kph
        The speeds, slowest first; the scenario's own is one of them.
    reaches
        Reach at each, without guidance: every pair within the limit of the site's tier, or, where
        the tier is walked to, within the most minutes that can be tried, if these are more.
    """

    speeds_kph: tuple[float, ...]
    reaches: tuple[Reach, ...]


def measure_walks(scenario: Scenario, network: Network, inputs: Inputs) -> Walks:
    """Travel between sites and cells at the walking speeds that can be tried."""
    speeds = sorted({scenario.walk.speed_kph, *map(kph_of, steps_m_per_min)})
    tiers = {
        name: tier.model_copy(update={"limit_minutes": max(tier.limit_minutes, most_minutes)})
        if tier.mode == "walk"
        else tier
        for name, tier in scenario.tiers.items()
    }
    wide = scenario.model_copy(update={"tiers": tiers, "guidance": None})
    reaches = tuple(
        measure_reach(walked(wide, None, kph), network.walked_at(kph), inputs) for kph in speeds
    )
    return Walks(tuple(speeds), reaches)
