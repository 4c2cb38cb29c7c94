"""What stands beside the share of under-3s within reach: who of them has a place there."""

from siting.indicators.indicators import Indicators
from siting.inputs import Inputs
from siting.scenario import Scenario, Target


def served_share(
    scenario: Scenario, inputs: Inputs, figures: Indicators, target: Target
) -> float | None:
    """Return who is served within reach and capacity, of those who want a place.

    Parameters
    ----------
    figures
        Those of the year of the target.

    Returns
    -------
    float or None
        ``served / takers`` of the group that a target of population coverage asks for. None for
        other targets, for groups of which no table tells who is served (left-behind children,
        children in hardship), where the target counts other tiers than the figures do, or tiers
        without places, and where nobody wants a place.
    """
    if target.kind != "population_coverage" or target.group not in ("all", "urban", "rural"):
        return None
    counted = scenario.tiers_counted_in("population_coverage")
    if scenario.tiers_of(target) != counted or not any(
        scenario.tiers[tier].class_kinds for tier in counted
    ):
        return None
    types = inputs.townships.set_index("township_code")["area_type"]
    rows = figures.of("township")
    if target.group != "all":
        rows = rows[(rows["code"].map(types) == target.group).to_numpy()]
    takers = float(rows["takers"].sum())
    return float(rows["served"].sum()) / takers if takers > 0 else None
