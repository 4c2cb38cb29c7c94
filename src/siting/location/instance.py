"""A maximal-covering instance made smaller without changing what its best sites cover."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from siting.location.merging import merge_rows

tiny = 1e-9
"""Share of all weight that sums of floating-point numbers may be off."""
better = 1e-7
"""Share by which a plan has to be better to be looked for."""


@dataclass(frozen=True)
class Instance:
    """Open sites within limits; what they cover is worth its weight.

    Attributes
    ----------
    rows
        Demand classes x sites that reach them: no two rows the same, each with two sites at least.
    weight
        Of each class.
    own
        Weight that a site alone reaches, of each site.
    spend, limit
        What a site uses of each resource (resources x sites), and what there is of it.
    site
        Position of each site in the instance as given.
    taken, base
        Positions of the sites that are open already, and what they cover.
    is_whole
        Whether every weight is a whole number, so that a better plan is better by one.
    """

    rows: csr_array
    weight: np.ndarray
    own: np.ndarray
    spend: np.ndarray
    limit: np.ndarray
    site: np.ndarray
    taken: np.ndarray
    base: float
    is_whole: bool

    @cached_property
    def columns(self) -> csr_array:
        """Sites x classes that they reach."""
        return _in_short(self.rows.T.tocsr())

    @property
    def sites(self) -> int:
        """Number of sites."""
        return len(self.own)

    @cached_property
    def most(self) -> float:
        """What all sites together cover."""
        return self.base + float(self.own.sum() + self.weight.sum())

    def value(self, chosen: np.ndarray) -> float:
        """Return what is covered with chosen sites open, or with parts of sites."""
        reached = np.minimum(self.rows @ chosen, 1.0)
        return self.base + float((self.own * chosen).sum() + (self.weight * reached).sum())

    def sought(self, value: float) -> float:
        """Return what a plan must be worth to be better than one of a known value."""
        if self.is_whole and tiny * self.most < 0.1:
            return value + 1.0 - tiny * self.most
        return value + better * max(value, 1.0)

    def settled(self, bound: float, value: float) -> float:
        """Return the bound on every plan, where those not worth being sought were passed over."""
        if self.is_whole and bound < self.sought(value):
            return value
        return max(bound, self.sought(value))

    def narrowed(self, take: np.ndarray, drop: np.ndarray) -> "Instance":
        """Return the instance with some sites opened and some given up.

        Parameters
        ----------
        take, drop
            Whether each site is opened, or given up.
        """
        limit = self.limit - self.spend[:, take].sum(axis=1)
        left = ~(take | drop) & (self.spend <= limit[:, None]).all(axis=0)
        open_classes = ~((self.rows @ take.astype(float)) > 0)
        base = self.value(take.astype(float))
        rows, weight = self.rows[open_classes][:, left], self.weight[open_classes]
        taken = np.r_[self.taken, self.site[take]]
        kept = self.site[left], self.spend[:, left], self.own[left]
        return reduced(rows, weight, *kept, limit, taken, base, is_whole=self.is_whole)


def reduced(
    reach: csr_array,
    weight: np.ndarray,
    site: np.ndarray,
    spend: np.ndarray,
    own: np.ndarray,
    limit: np.ndarray,
    taken: np.ndarray,
    base: float,
    *,
    is_whole: bool,
) -> Instance:
    """Merge equal demand, give up sites that another is as good as, until nothing changes."""
    while True:
        rows, weights = merge_rows(reach, weight)
        worth = own + np.bincount(rows.indices, minlength=len(site))
        left = (worth > 0) & (spend <= limit[:, None]).all(axis=0)
        left &= ~_dominated(rows, own, spend, left)
        if left.all():
            break
        reach, weight, site, spend, own = (
            rows[:, left],
            weights,
            site[left],
            spend[:, left],
            own[left],
        )
    alone = np.diff(rows.indptr) == 1
    own = own + np.bincount(rows[alone].indices, weights[alone], len(site))
    rows = _in_short(rows[~alone])
    return Instance(rows, weights[~alone], own, spend, limit, site, taken, base, is_whole)


def _in_short(rows: csr_array) -> csr_array:
    """Return a matrix of ones with 32-bit positions: what is compiled is compiled for these."""
    first, column = rows.indptr.astype(np.int32), rows.indices.astype(np.int32)
    return csr_array((np.ones(len(column)), column, first), shape=rows.shape)


def _dominated(rows: csr_array, own: np.ndarray, spend: np.ndarray, left: np.ndarray) -> np.ndarray:
    """Return which sites reach nothing but what one other reaches that spends no more.

    Of sites that are the same the first stays. A site can be dominated only by those that reach
    the class of it which the fewest reach; of these pairs, class by class, few are left.
    """
    sites = len(own)
    is_dominated = np.zeros(sites, dtype=bool)
    columns = rows.T.tocsr()
    size = np.diff(columns.indptr)
    asked = np.flatnonzero(left & (own == 0) & (size > 0))
    if not len(asked):
        return is_dominated
    crowd = np.diff(rows.indptr)
    entry_order = np.lexsort((crowd[columns.indices], np.repeat(np.arange(sites), size)))
    classes = columns.indices[entry_order]
    rarest = classes[columns.indptr[asked]]
    site = np.repeat(asked, crowd[rarest])
    begin = np.repeat(rows.indptr[rarest] - np.r_[0, np.cumsum(crowd[rarest])[:-1]], crowd[rarest])
    other = rows.indices[begin + np.arange(len(site))].astype(np.int64)
    same = (size[site] == size[other]) & (own[other] == 0)
    same &= (spend[:, site] == spend[:, other]).all(axis=0)
    may = (site != other) & left[other] & (size[other] >= size[site]) & ~(same & (site < other))
    may &= (spend[:, other] <= spend[:, site]).all(axis=0)
    site, other = site[may], other[may]
    keys = np.repeat(np.arange(sites), size) * len(crowd) + columns.indices
    step = 1
    while len(site):
        ended = size[site] == step
        is_dominated[site[ended]] = True
        alive = ~is_dominated[site]
        site, other = site[alive], other[alive]
        wanted = other * len(crowd) + classes[columns.indptr[site] + step]
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        holds = keys[at] == wanted
        site, other = site[holds], other[holds]
        step += 1
    return is_dominated
