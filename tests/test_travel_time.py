"""The shortest ways of the children served, with everything else held."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from drawn_town import Town, scenario, target
from random_town import random_scenarios, random_town
from siting.model import pose_problem, solve_stages
from siting.model.assignment import assign
from siting.model.objectives import objectives
from siting.model.stages import build_model, solve_model
from siting.model.travel_time import _State, _ways, shorten_ways
from siting.plan import choose_sites
from siting.plan.run_folder import plan_document
from siting.reach import measure_reach, site_limits_s
from siting.solver import Status


def posed(town):
    inputs = town.inputs()
    return pose_problem(town.asked, inputs, measure_reach(town.asked, town.network(), inputs))


def as_merged(problem):
    """Return the solution of the stages alone, before the ways are shortened."""
    model = build_model(problem)
    return solve_model(model, model.program(np.zeros(model.columns)), objectives(model))


def minutes(problem, served):
    pairs = pd.DataFrame({"cell": problem.reach.cell, "site": problem.reach.site})
    pairs["seconds"] = problem.reach.seconds
    found = served.merge(pairs, on=["cell", "site"], how="left", validate="many_to_one")
    return float(found["seconds"] @ found["children"]) / 60


def by_name(problem, served):
    cells = problem.inputs.cells["cell_id"].to_numpy()[served["cell"]]
    sites = problem.inputs.sites["site_id"].to_numpy()[served["site"]]
    return served["children"].groupby([cells, sites]).sum().to_dict()


def street(**changes):
    """Return a town whose cells a, b, c reach both facilities, x and y, of one class each.

    60 residents are 20 under-3s: take-up of one half in 24-36 months gives 20/3/2 children.
    """
    values = {
        "facilities": {
            "a": {"large_classes": 1, "may_close": False},
            "d": {"large_classes": 1, "may_close": False},
        },
        "people": {"a": 60.0, "b": 60.0, "c": 60.0},
    }
    return Town("a-b-c-d", **{**values, **changes})


def with_enrolled(first, second):
    """Return facilities of twenty places, of which so many are taken."""
    return {
        "a": {"large_classes": 1, "enrolled_24_36": first, "may_close": False},
        "d": {"large_classes": 1, "enrolled_24_36": second, "may_close": False},
    }


def wanting(**people):
    """Return residents of whom so many children of 24-36 months want a place."""
    return {cell: children * 3 * 2 * 3 for cell, children in people.items()}


far_homes = scenario(
    children={
        "under3_share": {2025: 1 / 3},
        "under3_source": "drawn",
        "take_up": {"0-12": 0.0, "12-24": 0.0, "24-36": 0.5},
        "take_up_source": "drawn",
    },
    tiers={
        "institution": {
            "label": "托育机构",
            "limit_minutes": 10.0,
            "class_kinds": ("large",),
            "counts_in": ("per_thousand",),
        }
    },
    targets=(target("per_thousand", required=0.001),),
)


def test_everybody_goes_to_the_nearest_where_there_is_room():
    problem = posed(street(people=wanting(a=4, b=4, c=4), asked=far_homes))
    solution = solve_stages(problem)
    assert by_name(problem, solution.served[0]) == pytest.approx(
        {("a", "ea"): 4, ("b", "ea"): 4, ("c", "ed"): 4}
    )
    # 4 x 0 s, 4 x 200 s, 4 x 200 s.
    assert solution.travel.objective == pytest.approx(4 * 400 / 60)
    assert solution.travel.bound == pytest.approx(4 * 400 / 60)
    assert solution.travel.status is Status.OPTIMAL
    assert solution.travel.unit == "child-minutes"


def test_who_is_least_set_back_makes_room():
    """Facility a has 6 places left for 4 of a and 4 of b: two of b go to d, 400 s away."""
    town = street(
        people=wanting(a=4, b=4),
        facilities={**with_enrolled(14, 0)},
        asked=far_homes,
    )
    problem = posed(town)
    # Those enrolled at a and d live in the town too: let nobody's home be near.
    solution = solve_stages(problem)
    left = problem.demand[0].additional.sum(axis=1)
    assert solution.served[0]["children"].sum() == pytest.approx(min(left.sum(), 26))
    assert solution.travel.objective == pytest.approx(plain_minutes(problem, solution))


def plain_minutes(problem, solution, number=0):
    """Return the least minutes by a plain program over cells, sites and ages as they stand.

    Places hold the children of every set of ages (Hall 1935).
    """
    asked, sites = problem.scenario, problem.inputs.sites.reset_index(drop=True)
    year, before = problem.states[number].year, solution.served[number]
    choice = solution.choice
    is_open = choice.is_open[:, asked.years.index(year)]
    classes = choice.classes[:, :, asked.years.index(year)]
    demand = problem.demand[number].under(is_open)
    reach = problem.reach
    near = reach.seconds <= site_limits_s(asked, sites)[reach.site]
    near &= is_open[reach.site] & sites["opens_to_residents"].to_numpy(dtype=bool)[reach.site]
    pair, age = np.nonzero(near[:, None] & (demand.additional[reach.cell] > 0))
    cell, site = reach.cell[pair], reach.site[pair]
    rows, limits = [], []
    for c, a in sorted(set(zip(cell.tolist(), age.tolist(), strict=True))):
        rows.append((cell == c) & (age == a))
        limits.append(demand.additional[c, a])
    kinds, ages = list(asked.class_kinds.values()), range(len(asked.bands))
    there = demand.enrolled + demand.staff
    for j in sorted(set(site.tolist())):
        for chosen in (c for count in ages for c in combinations(ages, count + 1)):
            fits = [bool({asked.bands[a] for a in chosen} & set(kind.bands)) for kind in kinds]
            places = classes[j] @ (np.array([kind.size for kind in kinds]) * fits)
            rows.append((site == j) & np.isin(age, chosen))
            limits.append(max(places - there[j, list(chosen)].sum(), 0.0))
    held = [np.ones(len(site), dtype=bool)]
    now = before["children"].groupby(before["site"]).sum().reindex(sites.index, fill_value=0.0)
    at_least = [now.sum()]
    for goal in asked.targets_of(year):
        counts = sites["tier"].isin(asked.tiers_of(goal)).to_numpy()
        if goal.kind == "enrolment":
            held.append(counts[site])
            at_least.append(now[counts].sum())
        if goal.kind == "fill":
            today = problem.sites.classes_today
            for j in np.flatnonzero((classes > today).any(axis=1)):
                held.append(site == j)
                at_least.append(now[j])
    if not len(site):
        return 0.0
    answer = linprog(
        reach.seconds[pair] / 60,
        A_ub=np.array([*rows, *(-np.array(row, dtype=float) for row in held)], dtype=float),
        b_ub=np.array([*limits, *(-(np.array(at_least) - 1e-7))]),
        method="highs",
    )
    assert answer.status == 0, answer.message
    return float(answer.fun)


def random_problems(seed):
    town = random_town(seed)
    inputs = town.inputs()
    reach = measure_reach(town.asked, town.network(), inputs)
    return [pose_problem(asked, inputs, reach) for asked in random_scenarios(town, seed, 2)]


@pytest.mark.parametrize("seed", range(60))
def test_as_short_as_a_plain_program_over_cells(seed):
    for problem in random_problems(seed):
        before = as_merged(problem)
        if before.choice is None:
            continue
        shorter = shorten_ways(problem, before.choice, before.served)
        assert shorter.proven
        for number, served in enumerate(shorter.served):
            total = shorter.seconds_total[number] / 60
            assert total == pytest.approx(minutes(problem, served), abs=1e-6)
            assert total == pytest.approx(plain_minutes(problem, before, number), abs=1e-4)
            assert total <= minutes(problem, before.served[number]) + 1e-6
            assert served["children"].sum() == pytest.approx(
                before.served[number]["children"].sum(), abs=1e-5
            )
