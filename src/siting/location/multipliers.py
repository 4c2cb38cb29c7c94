"""Bounds on what any choice of sites covers, from multipliers.

A class of weight w that sites N reach is worth w min(1, y(N)), which is at most
w (1 - m) + w m y(N) for every multiplier m from 0 to 1; and resources may be bought at any prices
of at least zero. What remains is one sum over the sites, so a bound needs no solver, and no
tolerance of one can spoil it (Galvao and ReVelle 1996, doi 10.1016/0377-2217(94)00159-6).
Sums are not taken by BLAS: its threads get in one another's way, and give other last digits.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from siting.location.instance import Instance

first_step, least_step = 1.0, 1e-3
patience, shorter = 10, 0.7
"""Steps without a better bound before they are made shorter, and by what."""
momentum = 0.5
averaged = 0.05
"""Weight of the last choice of sites in their mean."""


@dataclass(frozen=True)
class Bounding:
    """A bound that multipliers and prices prove.

    Attributes
    ----------
    bound
        At least what any choice of sites covers.
    multipliers, prices
        Of the classes, and of the resources.
    rest
        Of each site, what it is worth beyond the price of what it uses: a choice that opens a
        site of negative rest, or leaves one of positive rest closed, is worth at most the bound
        less the size of the rest.
    """

    bound: float
    multipliers: np.ndarray
    prices: np.ndarray
    rest: np.ndarray


def bounding(instance: Instance, multipliers: np.ndarray, prices: np.ndarray) -> Bounding:
    """Return the bound of multipliers and prices."""
    multipliers, prices = np.clip(multipliers, 0.0, 1.0), np.maximum(prices, 0.0)
    weight = instance.weight
    paid = (prices[:, None] * instance.spend).sum(axis=0)
    rest = instance.own + instance.columns @ (weight * multipliers) - paid
    bound = instance.base + (weight * (1.0 - multipliers)).sum() + (prices * instance.limit).sum()
    return Bounding(float(bound + rest[rest > 0].sum()), multipliers, prices, rest)


def bought(
    worth: np.ndarray, spend: np.ndarray, limit: float
) -> tuple[np.ndarray, tuple[float, float]]:
    """Return the best parts of sites for one resource, and the prices between which it is scarce.

    Parameters
    ----------
    worth, spend
        Of each site: what it is worth, and what it uses.
    """
    rate = worth / np.maximum(spend, 1e-300)
    order = np.argsort(-rate, kind="stable")
    used = np.cumsum(spend[order])
    fitting = int(np.searchsorted(used, limit, side="right"))
    part = np.zeros(len(worth))
    part[order[:fitting]] = 1.0
    if fitting == len(order):
        return part, (0.0, 0.0)
    next_one = order[fitting]
    left = limit - (used[fitting - 1] if fitting else 0.0)
    part[next_one] = left / spend[next_one]
    last_one = order[fitting - 1] if fitting and left <= 0 else next_one
    return part, (float(rate[next_one]), float(rate[last_one]))


def best_boundings(
    instance: Instance, multipliers: np.ndarray, prices: np.ndarray | None = None
) -> list[Bounding]:
    """Return bounds of the same multipliers with different prices, the best first.

    Parameters
    ----------
    prices
        Prices to try beside those that follow from one resource alone.
    """
    worth = instance.own + instance.columns @ (instance.weight * np.clip(multipliers, 0.0, 1.0))
    tried = [] if prices is None else [prices]
    for resource in range(len(instance.limit)):
        _, ends = bought(worth, instance.spend[resource], float(instance.limit[resource]))
        is_it = np.arange(len(instance.limit)) == resource
        tried.extend(np.where(is_it, price, 0.0) for price in ends)
    found = [bounding(instance, multipliers, price) for price in tried]
    return sorted(found, key=lambda one: one.bound)


def closed_and_open(
    instance: Instance, boundings: list[Bounding], value: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return which sites every plan better than a known value leaves closed, and which it opens."""
    sought = instance.sought(value)
    closed, opened = np.zeros((2, instance.sites), dtype=bool)
    for one in boundings:
        closed |= (one.rest < 0) & (one.bound + one.rest < sought)
        opened |= (one.rest > 0) & (one.bound - one.rest < sought)
    return closed, opened


def descend(
    instance: Instance, value: float, steps: int, stop: Callable[[float], bool]
) -> tuple[np.ndarray, np.ndarray]:
    """Return multipliers that give a low bound, and the mean of the parts of sites on the way.

    Steps against the subgradient, in the metric of the weights, of a length that aims at the
    known value (Polyak); the prices are those of the resource that was given last.

    Parameters
    ----------
    value
        Value of a known plan.
    stop
        Called with the bound after every step; says whether to end.
    """
    rows, columns, weight = instance.rows, instance.columns, instance.weight
    spend, limit = instance.spend[-1], float(instance.limit[-1])
    crowd = np.diff(rows.indptr) * min(limit / max(spend.sum(), 1e-300), 1.0)
    multipliers = 1.0 / np.maximum(crowd, 1.0)
    best, best_bound = multipliers, np.inf
    mean, direction = np.zeros(instance.sites), np.zeros(len(weight))
    length, waited = first_step, 0
    for step in range(steps):
        worth = instance.own + columns @ (weight * multipliers)
        part, _ = bought(worth, spend, limit)
        bound = float(instance.base + (weight * (1.0 - multipliers)).sum() + (worth * part).sum())
        mean = part if step == 0 else (1.0 - averaged) * mean + averaged * part
        waited += 1
        if bound < best_bound:
            best, best_bound, waited = multipliers, bound, 0
        elif waited == patience:
            length, waited, multipliers = length * shorter, 0, best
        if length < least_step or stop(best_bound):
            break
        slope = rows @ part - 1.0
        at_end = ((multipliers <= 0) & (slope > 0)) | ((multipliers >= 1) & (slope < 0))
        direction = np.where(at_end, 0.0, slope) + momentum * direction
        size = float((weight * direction**2).sum())
        if size <= 0:
            break
        distance = max(bound - value, 0.0) * length / size
        multipliers = np.clip(multipliers - distance * direction, 0.0, 1.0)
    return best, mean
