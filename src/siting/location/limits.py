"""What may be opened: how many sites, for how much, and which are open already."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from siting.solver import feasibility_tolerance


@dataclass(frozen=True)
class Limits:
    """Limits on the sites that are opened.

    Attributes
    ----------
    fixed
        Of each site: whether it is open already. It counts in neither limit.
    count
        Largest number of sites to open; None for any number.
    cost
        Of opening each site.
    budget
        Largest total cost; None for no such limit.
    """

    fixed: np.ndarray
    count: int | None
    cost: np.ndarray
    budget: float | None

    @property
    def spent(self) -> np.ndarray | None:
        """Cost of opening each site, where there is a budget: nothing for what is open."""
        return None if self.budget is None else np.where(self.fixed, 0.0, self.cost)

    def among(self, sites: np.ndarray) -> "Limits":
        """Return the limits with these sites only; all that is fixed is among them."""
        return Limits(self.fixed[sites], self.count, self.cost[sites], self.budget)

    def rows(self) -> tuple[csr_array, np.ndarray]:
        """Return rows over the sites and the most that each may reach."""
        rows, most = [np.zeros((0, len(self.fixed)))], []
        if self.count is not None:
            rows.append(~self.fixed[None, :] * 1.0)
            most.append(float(self.count))
        if self.spent is not None:
            rows.append(self.spent[None, :])
            most.append(float(self.budget or 0.0))
        return csr_array(np.concatenate(rows)), np.array(most)

    def allow(self, opened: np.ndarray) -> bool:
        """Return whether sites (positions) keep every limit."""
        rows, most = self.rows()
        is_open = np.zeros(len(self.fixed))
        is_open[opened] = 1.0
        slack = feasibility_tolerance * np.maximum(most, 1.0)
        return bool((rows @ is_open <= most + slack).all())

    def taken(self, order: np.ndarray, wanted: int) -> np.ndarray:
        """Return what is fixed and the first sites of an order that the limits leave room for."""
        order = order[~self.fixed[order]]
        most = wanted if self.count is None else min(wanted, self.count)
        if self.spent is None:
            chosen = order[:most]
        else:
            left = float(self.budget or 0.0)
            picked: list[int] = []
            for site in order.tolist():
                if len(picked) < most and self.spent[site] <= left:
                    picked.append(site)
                    left -= self.spent[site]
            chosen = np.array(picked, dtype=np.intp)
        return np.sort(np.concatenate([np.flatnonzero(self.fixed), chosen]))

    def swaps_allowed(self, closed: np.ndarray, opened: np.ndarray) -> np.ndarray:
        """Return which swaps keep the limits, given the sites that are open.

        Parameters
        ----------
        closed
            Positions of the sites that might close, -1 for none.
        opened
            Positions of the sites that are open now.

        Returns
        -------
        np.ndarray
            Closing x opening.
        """
        allowed = np.ones((len(closed), len(self.fixed)), dtype=bool)
        if self.count is not None:
            room = self.count > (~self.fixed[opened]).sum()
            allowed &= room | (closed >= 0)[:, None]
        if self.spent is not None:
            budget = float(self.budget or 0.0)
            left = budget - self.spent[opened].sum()
            freed = np.where(closed >= 0, self.spent[closed], 0.0)
            allowed &= self.spent[None, :] <= left + freed[:, None] + 1e-9 * max(budget, 1.0)
        return allowed
