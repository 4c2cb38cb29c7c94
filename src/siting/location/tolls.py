"""What it costs each demand to be served from each site, nearest first."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array


@dataclass(frozen=True)
class Tolls:
    """Pairs of demand and site within reach, sorted by demand, toll and site.

    Attributes
    ----------
    demands, sites
        Numbers of demand points and of sites.
    demand, site, toll
        Of each pair: its positions, and weight x seconds of the demand from the site.
    first
        Of each demand: its first pair; one more at the end.
    """

    demands: int
    sites: int
    demand: np.ndarray
    site: np.ndarray
    toll: np.ndarray
    first: np.ndarray

    def among(self, sites: np.ndarray) -> "Tolls":
        """Return the tolls of these sites only, numbered in their order."""
        number = np.full(self.sites, -1)
        number[sites] = np.arange(len(sites))
        kept = number[self.site] >= 0
        return _of_pairs(
            self.demands, len(sites), self.demand[kept], number[self.site[kept]], self.toll[kept]
        )

    def upto(self, limit: np.ndarray) -> "Tolls":
        """Return the pairs whose toll is at most the limit of the demand."""
        kept = self.toll <= limit[self.demand]
        return _of_pairs(
            self.demands, self.sites, self.demand[kept], self.site[kept], self.toll[kept]
        )

    def of_rank(self, rank: int) -> np.ndarray:
        """Return the toll of each demand's site of a rank, or of its last; nearest is rank 0."""
        return self.toll[np.clip(self.first[:-1] + rank, 0, self.first[1:] - 1)]

    def to(self, opened: np.ndarray, missing: float) -> np.ndarray:
        """Return the least toll of each demand to the sites that are open (positions)."""
        is_open = np.zeros(self.sites, dtype=bool)
        is_open[opened] = True
        kept = is_open[self.site]
        least = np.full(self.demands, missing)
        # Pairs come nearest first: written from the far end, the nearest stays.
        least[self.demand[kept][::-1]] = self.toll[kept][::-1]
        return least


def weigh(times: csr_array, weight: np.ndarray) -> Tolls:
    """Return the tolls of times (demand x sites, stored entries only) and weights."""
    demand = np.repeat(np.arange(times.shape[0]), np.diff(times.indptr))
    toll = weight[demand] * times.data
    order = np.lexsort((times.indices, toll, demand))
    demands, sites = times.shape
    site = times.indices[order].astype(np.intp)
    return _of_pairs(demands, sites, demand[order], site, toll[order])


def _of_pairs(
    demands: int, sites: int, demand: np.ndarray, site: np.ndarray, toll: np.ndarray
) -> Tolls:
    first = np.searchsorted(demand, np.arange(demands + 1))
    return Tolls(demands, sites, demand, site, toll, first)
