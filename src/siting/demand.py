"""Who would use a place: takers, where the children enrolled today live, who is still to be served.

Reads the tables of a study and the reach, gives :class:`Demand`. Does not: choose sites.
"""

from dataclasses import dataclass

import numpy as np

from siting.inputs import Inputs, no_zone
from siting.inputs.dictionary import children_column, enrolled_column
from siting.reach import Reach, site_limits_s
from siting.scenario import Scenario
from siting.scenario.children import all_months, months_shared


@dataclass(frozen=True)
class Demand:
    """Children by age band, for one year.

    Attributes
    ----------
    under3
        Under-3s of each cell; children.
    takers
        Cells x bands: children whose families would use a place within reach, take-up x
        under-3s of the band.
    enrolled
        Sites x bands: children enrolled today who stay, wherever they live; scaled by the
        children of the band where these fall between the base year and the year, never scaled
        up.
    enrolled_at_home
        Cells x bands: homes of the enrolled children who live within reach of their facility.
        A facility draws on the cells within its reach in proportion to their takers; where
        facilities together would draw more than a cell has, the rest comes from farther away.
        A facility outside the study area draws on the people there (assumption).
    enrolled_beyond
        Cells x bands: homes of the enrolled children who live beyond the limit of their
        facility, spread over the takers of the study area who are left.
    """

    under3: np.ndarray
    takers: np.ndarray
    enrolled: np.ndarray
    enrolled_at_home: np.ndarray
    enrolled_beyond: np.ndarray

    @property
    def additional(self) -> np.ndarray:
        """Cells x bands: takers who have no place today; new places are filled by these only."""
        return np.maximum(self.takers - self.enrolled_at_home - self.enrolled_beyond, 0.0)


def children_by_band(scenario: Scenario, inputs: Inputs, year: int) -> np.ndarray:
    """Return cells x bands: the children of each age band in a year.

    Where the cells tell under-3s only, these are spread evenly over the months (assumption).
    """
    columns = [children_column(band, year) for band in scenario.bands]
    if set(columns) <= set(inputs.cells.columns):
        return inputs.cells[columns].to_numpy()
    (even,) = months_shared((all_months,), scenario.bands)
    return np.outer(inputs.cells[f"under3_{year}"], even)


def measure_demand(scenario: Scenario, inputs: Inputs, reach: Reach, year: int) -> Demand:
    """Compute the demand of a year.

    The homes of enrolled children are not in the tables; they are modelled as
    :class:`Demand` says (assumption).
    """
    children = children_by_band(scenario, inputs, year)
    takers = children * np.array([scenario.children.take_up[band] for band in scenario.bands])
    now = children.sum(axis=0)
    today = children_by_band(scenario, inputs, scenario.base_year).sum(axis=0)
    trend = np.divide(now, today, out=np.ones_like(now), where=now < today)
    columns = [enrolled_column(band) for band in scenario.bands]
    enrolled = inputs.sites[columns].to_numpy(dtype=np.float64) * trend

    sites = inputs.sites
    draws = ((sites["status"] == "existing") & (sites["zone"] != no_zone)).to_numpy()
    pair = reach.pairs_within(site_limits_s(scenario, inputs.sites)) & draws[reach.site]
    cell, site = reach.cell[pair], reach.site[pair]
    at_home = np.zeros_like(takers)
    for band in range(len(scenario.bands)):
        weight = takers[cell, band]
        total = np.bincount(site, weights=weight, minlength=reach.sites)
        drawn = np.divide(
            enrolled[site, band] * weight, total[site], out=np.zeros(len(cell)), where=weight > 0
        )
        by_cell = np.bincount(cell, weights=drawn, minlength=reach.cells)
        at_home[:, band] = np.minimum(by_cell, takers[:, band])
    left = takers - at_home
    elsewhere = np.minimum(enrolled[draws].sum(axis=0) - at_home.sum(axis=0), left.sum(axis=0))
    share = np.divide(left, left.sum(axis=0), out=np.zeros_like(left), where=left > 0)
    return Demand(
        under3=inputs.cells[f"under3_{year}"].to_numpy(),
        takers=takers,
        enrolled=enrolled,
        enrolled_at_home=at_home,
        enrolled_beyond=share * np.maximum(elsewhere, 0.0),
    )
