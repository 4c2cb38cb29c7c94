"""The check of who is served where: within demand, reach and places of their age."""

from itertools import combinations

import numpy as np

from siting.plan.check.facts import PlannedState, named

children_tolerance = 1e-4
"""Children; a ten-thousandth of a child is rounding of the solver."""


def check_service(planned: PlannedState) -> list[str]:
    """Return the rules on service that a plan breaks in a year under a trend."""
    return [*_check_pairs(planned), *_check_demand(planned), *_check_places(planned)]


def _check_pairs(planned: PlannedState) -> list[str]:
    facts, served = planned.facts, planned.served
    served = served[served["children"] > 0]
    at = facts.sites.assign(open=planned.state["open"].astype(bool)).loc[served["site"]]
    is_near = facts.near.index.get_indexer(facts.pair_number(served)) >= 0
    return [
        f"{planned}, {named(at['site_id'][broken])}: {what}"
        for broken, what in (
            (~at["open"].to_numpy(), "serves children and is closed"),
            (~at["opens_to_residents"].to_numpy(dtype=bool), "serves others than its own staff"),
            (~is_near, "serves children beyond the limit"),
        )
        if broken.any()
    ]


def _check_demand(planned: PlannedState) -> list[str]:
    """Hold who is served against the takers of each cell and band who have no place."""
    from_cell = planned.served.groupby(["cell", "band"])["children"].sum()
    cell, band = (from_cell.index.get_level_values(level) for level in (0, 1))
    waiting = planned.demand.additional[cell.to_numpy(dtype=int), band.to_numpy(dtype=int)]
    beyond = from_cell.to_numpy() > waiting + children_tolerance
    if not beyond.any():
        return []
    cells = planned.facts.inputs.cells["cell_id"].to_numpy()[cell[beyond].to_numpy(dtype=int)]
    return [f"{planned}, cell {named(cells)}: more children are served than want a place"]


def _check_places(planned: PlannedState) -> list[str]:
    """Hold the children of every set of bands against the places open to any of them.

    They find places of their age if and only if no set has more of them than places (Hall 1935).
    Children enrolled today and of a host's own staff are there first.
    """
    facts, demand = planned.facts, planned.demand
    bands = facts.scenario.bands
    present = demand.enrolled + demand.staff
    served = planned.served.groupby(["site", "band"])["children"].sum().unstack(fill_value=0.0)
    everywhere = served.reindex(index=facts.sites.index, columns=range(len(bands)), fill_value=0.0)
    present = present + everywhere.to_numpy(dtype=float)
    classes = planned.state[facts.kinds].to_numpy(dtype=float)
    told = np.zeros(len(facts.sites), dtype=bool)
    found = []
    for chosen in _subsets(len(bands)):
        ages = {bands[band] for band in chosen}
        takes = [bool(ages & set(kind.bands)) for kind in facts.scenario.class_kinds.values()]
        places = classes @ (facts.size.to_numpy() * takes)
        crowded = present[:, chosen].sum(axis=1) > places + children_tolerance
        crowded &= ~told
        told |= crowded
        if crowded.any():
            found.append(
                f"{planned}, {named(facts.sites['site_id'][crowded])}: more children of "
                f"{', '.join(sorted(ages))} months than places"
            )
    return found


def _subsets(count: int) -> list[tuple[int, ...]]:
    return [chosen for size in range(1, count + 1) for chosen in combinations(range(count), size)]
