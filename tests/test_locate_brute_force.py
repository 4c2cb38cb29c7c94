"""Small location problems have the value of the best of all sets of sites."""

import numpy as np
import pytest

import siting
from every_subset import best, objectives, random_case, random_question


def agree(rng, objective, *, capacitated, **sizes):
    demand, sites, times = random_case(rng, **sizes)
    question = random_question(rng, objective)
    told = siting.locate(demand, sites, times, objective, capacitated=capacitated, **question)
    value = best(demand, sites, times, objective, capacitated=capacitated, **question)
    if value is None:
        assert told.status == "infeasible"
        assert told.objective is None
        assert told.sites.empty
        assert told.assignment.empty
        return
    assert told.status == "optimal"
    assert told.objective == pytest.approx(value, abs=1e-6)
    assert told.bound == pytest.approx(value, abs=1e-5)
    served = keeps_the_limits(told, demand, sites, times, **question)
    if objective != "max_coverage":
        share = served.groupby("demand_id")["share"].sum()
        assert (share.reindex(demand["demand_id"], fill_value=0.0) >= 1 - 1e-6).all()
    if capacitated:
        load = served.groupby("site_id")["weight"].sum()
        room = sites.set_index("site_id")["capacity"].loc[load.index]
        assert (load <= room + 1e-5).all()


def keeps_the_limits(told, demand, sites, times, *, count=None, budget=None, within_s=None, **_):
    """Look at the sites chosen and return the assignment, with what the question limits kept."""
    opened = sites.merge(told.sites, on=["site_id", "status"])
    assert len(opened) == len(told.sites)
    assert set(sites.loc[sites["status"] == "existing", "site_id"]) <= set(opened["site_id"])
    new = opened[opened["status"] == "candidate"]
    assert count is None or len(new) <= count
    assert budget is None or new["cost"].sum() <= budget
    served = told.assignment.merge(times, on=["demand_id", "site_id", "seconds"])
    assert len(served) == len(told.assignment)
    assert within_s is None or (served["seconds"] <= within_s).all()
    assert set(served["site_id"]) <= set(opened["site_id"])
    share = served.groupby("demand_id")["share"].sum().reindex(demand["demand_id"], fill_value=0.0)
    assert (share <= 1 + 1e-6).all()
    weight = demand.set_index("demand_id")["weight"]
    expected = served["share"] * weight.loc[served["demand_id"]].to_numpy()
    assert np.allclose(served["weight"], expected)
    return served


@pytest.mark.parametrize("objective", objectives)
def test_without_capacities(objective):
    rng = np.random.default_rng(len(objective))
    for _ in range(60):
        agree(rng, objective, capacitated=False)


@pytest.mark.parametrize("objective", objectives)
def test_with_capacities(objective):
    rng = np.random.default_rng(len(objective) + 100)
    for _ in range(30):
        agree(rng, objective, capacitated=True, sites=4, demands=4)
