"""The textbook location problems by trying every set of sites, on tables of a few rows."""

from itertools import combinations

import numpy as np
import pandas as pd
from scipy.optimize import linprog

objectives = ("min_sites", "max_coverage", "min_total_time", "min_worst_time", "min_cost")


def random_case(rng, *, sites=6, demands=6):
    """Return tables with ties, zeros, existing sites and pairs that are missing."""
    n, m = int(rng.integers(1, demands + 1)), int(rng.integers(1, sites + 1))
    demand = pd.DataFrame({"demand_id": [f"d{i}" for i in range(n)]})
    demand["weight"] = rng.integers(0, 6, n) * float(rng.choice([1.0, 0.5]))
    site = pd.DataFrame({"site_id": [f"s{j}" for j in range(m)]})
    site["status"] = np.where(rng.random(m) < 0.2, "existing", "candidate")
    site["capacity"] = rng.integers(0, 12, m).astype(float)
    site["cost"] = rng.integers(0, 9, m).astype(float)
    seconds = rng.integers(0, 8, (n, m)) * 60.0
    here = rng.random((n, m)) < rng.choice([0.6, 1.0])
    i, j = np.nonzero(here)
    times = pd.DataFrame(
        {
            "demand_id": demand["demand_id"].to_numpy()[i],
            "site_id": site["site_id"].to_numpy()[j],
            "seconds": seconds[here],
        }
    )
    return demand, site, times


def random_question(rng, objective):
    question = {"within_s": rng.choice([None, 240.0])}
    if objective not in ("min_sites", "min_cost") or rng.random() < 0.3:
        kind = rng.integers(0, 3)
        if kind != 1:
            question["count"] = int(rng.integers(0, 5))
        if kind != 0:
            question["budget"] = float(rng.integers(0, 20))
    if objective == "min_cost":
        question["cost_per_second"] = float(rng.choice([0.01, 0.5]))
    return question


def best(
    demand,
    sites,
    times,
    objective,
    *,
    capacitated,
    count=None,
    budget=None,
    within_s=None,
    cost_per_second=1.0,
):
    """Return the best value over all sets of sites, None where there is none."""
    within_s = np.inf if within_s is None else within_s
    seconds = np.full((len(demand), len(sites)), np.inf)
    row = {name: i for i, name in enumerate(demand["demand_id"])}
    column = {name: j for j, name in enumerate(sites["site_id"])}
    for name, site, value in times.itertuples(index=False):
        if value <= within_s:
            seconds[row[name], column[site]] = value
    weight = demand["weight"].to_numpy()
    existing = np.flatnonzero(sites["status"] == "existing").tolist()
    candidates = np.flatnonzero(sites["status"] == "candidate").tolist()
    values = []
    for size in range(len(candidates) + 1):
        for new in combinations(candidates, size):
            cost = sites["cost"].to_numpy()[list(new)].sum()
            if (count is not None and size > count) or (budget is not None and cost > budget):
                continue
            opened = [*existing, *new]
            if capacitated:
                capacity = sites["capacity"].to_numpy()[opened]
                served = _shared(objective, seconds[:, opened], weight, capacity)
            else:
                served = _nearest(objective, seconds[:, opened], weight)
            if served is None:
                continue
            values.append(
                {"min_sites": float(size), "min_cost": cost + cost_per_second * served}.get(
                    objective, served
                )
            )
    if not values:
        return None
    return max(values) if objective == "max_coverage" else min(values)


def _nearest(objective, seconds, weight):
    least = seconds.min(axis=1, initial=np.inf)
    if objective == "max_coverage":
        return weight[np.isfinite(least)].sum()
    if np.isinf(least).any():
        return None
    return least.max(initial=0.0) if objective == "min_worst_time" else weight @ least


def _shared(objective, seconds, weight, capacity):
    if objective == "min_worst_time":
        for limit in np.unique(seconds[np.isfinite(seconds)]):
            near = np.where(seconds <= limit, 0.0, np.inf)
            if _transported(near, weight, capacity, everyone=True) is not None:
                return limit
        return None
    if objective == "max_coverage":
        value = _transported(
            np.where(np.isfinite(seconds), -1.0, np.inf), weight, capacity, everyone=False
        )
        return -value
    return _transported(seconds, weight, capacity, everyone=True)


def _transported(cost, weight, capacity, *, everyone):
    i, j = np.nonzero(np.isfinite(cost))
    if everyone and len(np.unique(i)) < len(weight):
        return None
    if not len(i):
        return 0.0
    point = np.equal.outer(np.arange(len(weight)), i) * 1.0
    load = np.equal.outer(np.arange(len(capacity)), j) * weight[i]
    rows = {"A_ub": load, "b_ub": capacity}
    if everyone:
        rows |= {"A_eq": point, "b_eq": np.ones(len(weight))}
    else:
        rows = {
            "A_ub": np.concatenate([load, point]),
            "b_ub": np.concatenate([capacity, np.ones(len(weight))]),
        }
    answer = linprog(weight[i] * cost[i, j], bounds=(0, 1), **rows)
    return answer.fun if answer.status == 0 else None
