"""Who would use a place: takers, where the children enrolled today live, who is still to be served.

Reads the tables of a study and the reach, gives :class:`Demand`. Does not: choose sites.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

import numpy as np

from siting.inputs import Inputs, no_zone
from siting.inputs.dictionary import children_column, enrolled_column
from siting.reach import Reach, site_limits_s
from siting.scenario import Scenario
from siting.scenario.children import all_months, months_shared


@dataclass(frozen=True)
class Demand:
    """Children by age band, for one year and one trend of births.

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
    beyond
        Sites x bands: those of them who live beyond the limit of their facility.
    staff
        Sites x bands: children of a candidate's own staff, who take its places first; as many as
        its largest size holds.
    cell, site
        Pairs within reach between cells and the sites that draw on them.
    drawn
        Pairs x bands: homes of enrolled children, and of staff children, who live within reach.
        A facility draws on the cells within its reach in proportion to their takers, where
        facilities together would draw more than a cell has, the rest comes from farther away;
        a host draws its staff's children in the same way on those who have no place (assumption).
        A facility outside the study area draws on the people there (assumption).
    beyond_share
        Cells x bands: share of all children enrolled beyond their limit who live in a cell: they
        are spread over the takers of the study area who are left.
    """

    under3: np.ndarray
    takers: np.ndarray
    enrolled: np.ndarray
    beyond: np.ndarray
    staff: np.ndarray
    cell: np.ndarray
    site: np.ndarray
    drawn: np.ndarray
    beyond_share: np.ndarray

    def under(self, is_open: np.ndarray) -> "Demand":
        """Return the demand with the enrolled and staff children of the open sites only.

        Parameters
        ----------
        is_open
            Whether each site, existing or candidate, is open.
        """
        return replace(
            self,
            enrolled=self.enrolled * is_open[:, None],
            beyond=self.beyond * is_open[:, None],
            staff=self.staff * is_open[:, None],
            drawn=self.drawn * is_open[self.site, None],
        )

    @cached_property
    def enrolled_at_home(self) -> np.ndarray:
        """Cells x bands: homes of the enrolled children who live within reach."""
        return self._at_home(self.staff.sum(axis=1) == 0)

    @cached_property
    def staff_at_home(self) -> np.ndarray:
        """Cells x bands: homes of the staff children who live within reach."""
        return self._at_home(self.staff.sum(axis=1) > 0)

    def _at_home(self, draws: np.ndarray) -> np.ndarray:
        pair = draws[self.site]
        found = np.zeros_like(self.takers)
        np.add.at(found, self.cell[pair], self.drawn[pair])
        return found

    @cached_property
    def enrolled_beyond(self) -> np.ndarray:
        """Cells x bands: homes of the enrolled children who live beyond the limit."""
        return self.beyond_share * self.beyond.sum(axis=0)

    @cached_property
    def additional(self) -> np.ndarray:
        """Cells x bands: takers who have no place; new places are filled by these only."""
        placed = self.enrolled_at_home + self.enrolled_beyond + self.staff_at_home
        return np.maximum(self.takers - placed, 0.0)


def children_by_band(
    scenario: Scenario, inputs: Inputs, year: int, trend: str | None = None
) -> np.ndarray:
    """Return cells x bands: the children of each age band in a year.

    Where the cells tell under-3s only, these are spread evenly over the months (assumption).

    Parameters
    ----------
    trend
        Trend of births, where it is not the one that is planned for.
    """
    children = scenario.children
    factor = children.factor_of(trend, year) / children.trend_factor(year) if trend else 1.0
    columns = [children_column(band, year) for band in scenario.bands]
    if set(columns) <= set(inputs.cells.columns):
        return inputs.cells[columns].to_numpy() * factor
    (even,) = months_shared((all_months,), scenario.bands)
    return np.outer(inputs.cells[f"under3_{year}"], even) * factor


def measure_demand(
    scenario: Scenario, inputs: Inputs, reach: Reach, year: int, trend: str | None = None
) -> Demand:
    """Compute the demand of a year with every facility of today and every host open.

    :meth:`Demand.under` gives that of the sites that are open. The homes of enrolled and staff
    children are not in the tables; they are modelled as :class:`Demand` says (assumption).

    Parameters
    ----------
    trend
        Trend of births, where it is not the one that is planned for.
    """
    children = children_by_band(scenario, inputs, year, trend)
    take_up = np.array(scenario.children.take_up_in(year))
    takers = children * take_up
    now = children.sum(axis=0)
    today = children_by_band(scenario, inputs, scenario.base_year).sum(axis=0)
    falling = np.divide(now, today, out=np.ones_like(now), where=now < today)
    columns = [enrolled_column(band) for band in scenario.bands]
    enrolled = inputs.sites[columns].to_numpy(dtype=np.float64) * falling
    staff = _staff_children(scenario, inputs, take_up)

    sites = inputs.sites
    exists = (sites["status"] == "existing").to_numpy()
    inside = (sites["zone"] != no_zone).to_numpy()
    within = reach.pairs_within(site_limits_s(scenario, sites))
    enrols, employs = exists & inside & (enrolled.sum(axis=1) > 0), staff.sum(axis=1) > 0

    pair = within & enrols[reach.site]
    cell, site = reach.cell[pair], reach.site[pair]
    drawn = _drawn(cell, site, enrolled, takers)
    at_home = np.zeros_like(takers)
    np.add.at(at_home, cell, drawn)
    left = np.maximum(takers - at_home, 0.0)
    near = np.zeros_like(enrolled)
    np.add.at(near, site, drawn)
    beyond = np.maximum(enrolled * enrols[:, None] - near, 0.0)
    told, there = beyond.sum(axis=0), left.sum(axis=0)
    beyond = beyond * np.divide(there, told, out=np.ones_like(told), where=told > there)
    beyond_share = np.divide(left, there, out=np.zeros_like(left), where=left > 0)

    waiting = np.maximum(left - beyond_share * beyond.sum(axis=0), 0.0)
    staff_pair = within & employs[reach.site]
    staff_cell, staff_site = reach.cell[staff_pair], reach.site[staff_pair]
    return Demand(
        under3=children.sum(axis=1),
        takers=takers,
        enrolled=enrolled,
        beyond=beyond,
        staff=staff,
        cell=np.concatenate([cell, staff_cell]),
        site=np.concatenate([site, staff_site]),
        drawn=np.concatenate([drawn, _drawn(staff_cell, staff_site, staff, waiting)]),
        beyond_share=beyond_share,
    )


def _drawn(
    cell: np.ndarray, site: np.ndarray, children: np.ndarray, homes: np.ndarray
) -> np.ndarray:
    """Return pairs x bands: children of each site spread over its cells, none drawn twice.

    Parameters
    ----------
    cell, site
        Pairs within reach.
    children
        Sites x bands, to be spread.
    homes
        Cells x bands: weights, and the most that a cell has.
    """
    total = np.zeros_like(children)
    np.add.at(total, site, homes[cell])
    weight = homes[cell]
    drawn = np.divide(
        children[site] * weight, total[site], out=np.zeros_like(weight), where=weight > 0
    )
    by_cell = np.zeros_like(homes)
    np.add.at(by_cell, cell, drawn)
    kept = np.divide(homes, by_cell, out=np.ones_like(homes), where=by_cell > homes)
    return drawn * kept[cell]


def _staff_children(scenario: Scenario, inputs: Inputs, take_up: np.ndarray) -> np.ndarray:
    """Return sites x bands: staff children whom each candidate takes.

    Staff children are spread evenly over the months, and as many of a band would come as of the
    residents' (assumption). Children of a facility's staff are among those enrolled.
    """
    (even,) = months_shared((all_months,), scenario.bands)
    found = np.zeros((len(inputs.sites), len(scenario.bands)))
    sites = inputs.sites
    employs = (sites["status"] == "candidate") & (sites["staff_children"] > 0)
    for row in np.flatnonzero(employs).tolist():
        site = sites.iloc[row]
        kinds = [scenario.class_kinds[k] for k in scenario.tiers[site["tier"]].class_kinds]
        found[row] = fitting(
            site["staff_children"] * np.array(even) * take_up,
            np.array([kind.size for kind in kinds], dtype=float),
            np.array([[b in kind.bands for b in scenario.bands] for kind in kinds], dtype=bool),
            int(site["max_classes"]),
            float(site["most_places"]),
        )
    return found


def fitting(
    children: np.ndarray,
    size: np.ndarray,
    takes: np.ndarray,
    max_classes: int,
    most_places: float = np.inf,
) -> np.ndarray:
    """Return how many of the children of each band fit, with the best mix of classes.

    The children that a mix holds are a polymatroid (Hall 1935), so filling band after band holds
    as many as any other way.

    Parameters
    ----------
    children
        Of each band.
    size, takes
        Places of each kind; kinds x bands, whether a kind takes a band.
    max_classes, most_places
        Limits of the site.
    """
    bands = len(children)
    if not len(size):
        return np.zeros(bands)
    enough = int(np.ceil(children.sum() / size.min())) + len(size)
    mixes = np.array(_mixes(len(size), min(max_classes, enough)), dtype=float)
    mixes = mixes[mixes @ size <= most_places]
    held = np.zeros((len(mixes), bands))
    for band in range(bands):
        room = np.full(len(mixes), np.inf)
        for count in range(bands):
            for others in combinations([b for b in range(bands) if b != band], count):
                chosen = [band, *others]
                places = mixes @ (size * takes[:, chosen].any(axis=1))
                room = np.minimum(room, places - held[:, chosen].sum(axis=1))
        held[:, band] = np.clip(room, 0.0, children[band])
    return held[held.sum(axis=1).argmax()] if len(held) else np.zeros(bands)


def _mixes(kinds: int, most: int) -> list[tuple[int, ...]]:
    """Return every way to have at most so many classes of some kinds."""
    if kinds == 0:
        return [()]
    return [(first, *rest) for first in range(most + 1) for rest in _mixes(kinds - 1, most - first)]
