"""What a plan costs, as terms of the model's variables."""

import numpy as np

from siting.model.planning_model import PlanningModel, Terms

cny_in_unit = 10_000
"""Cost is counted in 万元 (ten thousand yuan) inside the model, for even numbers."""


def add_capital(model: PlanningModel, terms: Terms, weights: np.ndarray) -> None:
    """Add capital to row 0: what is spent in each year, times the weight of the year, in 万元.

    Fixed cost x (open[j,t] - open[j,t-1]) + place cost x places added since the year before +
    closing cost x (closed[j,t] - closed[j,t-1]).
    """
    sites = model.problem.sites
    _add_flow(terms, model.open, sites.fixed_cost_cny, weights)
    _add_flow(terms, model.closed, sites.close_cost_cny, weights)
    for kind, size in enumerate(model.problem.size):
        _add_flow(terms, model.classes[:, kind], size * sites.place_cost_cny, weights)


def add_subsidy(model: PlanningModel, terms: Terms, weights: np.ndarray) -> None:
    """Add to row 0 the part of the capital that subsidies pay, times the weight of each year."""
    sites = model.problem.sites
    for kind, size in enumerate(model.problem.size):
        _add_flow(terms, model.classes[:, kind], size * sites.subsidy_cny, weights)


def add_running(model: PlanningModel, terms: Terms, weights: np.ndarray) -> float:
    """Add to row 0 the running cost of a year, times the weight of each planned year.

    Returns
    -------
    float
        The part of the facilities of today, which falls only where they close.
    """
    problem, sites = model.problem, model.problem.sites
    today = np.where(sites.inside, sites.places_today * sites.running_cost_cny, 0.0) / cny_in_unit
    for year, weight in enumerate(weights.tolist()):
        for kind, size in enumerate(problem.size):
            cost = size * sites.running_cost_cny / cny_in_unit
            terms.add(0, model.classes[:, kind, year], weight * cost)
        terms.add(0, model.closed[:, year], -weight * today)
    return float(today.sum() * weights.sum())


def _add_flow(terms: Terms, stock: np.ndarray, cost_cny: np.ndarray, weights: np.ndarray) -> None:
    """Add cost x (stock[t] - stock[t-1]) x weight[t]; nothing stands before the first year."""
    drops = weights - np.append(weights[1:], 0.0)
    for year, weight in enumerate(drops.tolist()):
        terms.add(0, stock[:, year], weight * cost_cny / cny_in_unit)


def discounts(model: PlanningModel) -> np.ndarray:
    """Return what a cost of each planned year counts for: 1 / (1 + rate)^(year - base year)."""
    scenario = model.problem.scenario
    years = np.array(scenario.years, dtype=float) - scenario.base_year
    return (1 + scenario.costs.discount_rate) ** -years


def running_weights(model: PlanningModel) -> np.ndarray:
    """Return the discounted number of years for which the sites of each planned year run.

    A planned year holds until the next; the last counts once.
    """
    scenario = model.problem.scenario
    rate, base = scenario.costs.discount_rate, scenario.base_year
    ends = [*scenario.years[1:], scenario.last_year + 1]
    return np.array(
        [
            sum((1 + rate) ** -(y - base) for y in range(year, end))
            for year, end in zip(scenario.years, ends, strict=True)
        ]
    )
