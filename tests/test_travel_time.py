"""The shortest ways of the children served, with everything else held."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from drawn_town import Town, scenario, target
from random_targets import random_scenarios
from random_town import random_town
from siting.model import pose_problem, solve_stages
from siting.model.objectives import objectives
from siting.model.rules import build_model
from siting.model.stages import solve_model
from siting.model.travel_time import shorten_ways
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


def one_tier(class_kind="large", limit_minutes=10.0, **changes):
    """Return a scenario of one tier with one kind of class."""
    tier = {
        "label": "托育机构",
        "limit_minutes": limit_minutes,
        "class_kinds": (class_kind,),
        "counts_in": ("per_thousand",),
    }
    few = (target("per_thousand", required=0.001),)
    return scenario(**{"tiers": {"institution": tier}, "targets": few, **changes})


one_kind = one_tier()


def wanting(**people):
    """Return residents of whom so many children of 24-36 months want a place.

    A third are under three, a third of these of that age, and one in two takes a place.
    """
    return {cell: children * 18.0 for cell, children in people.items()}


def facility(classes=1, **columns):
    return {"large_classes": classes, "max_classes": classes, "may_close": False, **columns}


def solved(picture, people, asked=one_kind, **places):
    problem = posed(Town(picture, people, asked=asked, **places))
    return problem, solve_stages(problem)


def test_everybody_goes_to_the_nearest_where_there_is_room():
    two = {"a": facility(), "d": facility()}
    problem, solution = solved("a-b-c-d", wanting(a=4, b=4, c=4), facilities=two)
    assert by_name(problem, solution.served[0]) == pytest.approx(
        {("a", "ea"): 4, ("b", "ea"): 4, ("c", "ed"): 4}
    )
    # 4 x 0 s, 4 x 200 s, 4 x 200 s.
    assert solution.travel.objective == pytest.approx(4 * 400 / 60)
    assert solution.travel.bound == pytest.approx(4 * 400 / 60)
    assert solution.travel.status is Status.OPTIMAL
    assert solution.travel.unit == "child-minutes"


def test_those_least_set_back_make_room():
    """25 want the 20 places at a: at d, a child of a would walk 600 s more, one of b 200 s."""
    two = {"a": facility(), "d": facility(2)}
    problem, solution = solved("a-b-c-d", wanting(a=15, b=10), facilities=two)
    assert by_name(problem, solution.served[0]) == pytest.approx(
        {("a", "ea"): 15, ("b", "ea"): 5, ("b", "ed"): 5}
    )
    assert solution.travel.objective == pytest.approx((5 * 200 + 5 * 400) / 60)


def test_as_many_are_served_though_it_takes_longer():
    """C reaches d only: it takes d's places, and b, which could have had them, walks to a."""
    two = {"a": facility(), "d": facility()}
    people = wanting(b=15, e=15)
    problem, solution = solved("a---b-d---e", people, facilities=two)
    # b is 400 s from a and 200 s from d; e is 400 s from d and 1,000 s from a.
    assert by_name(problem, solution.served[0]) == pytest.approx(
        {("b", "ea"): 10, ("b", "ed"): 5, ("e", "ed"): 15}
    )
    assert solution.travel.objective == pytest.approx((10 * 400 + 5 * 200 + 15 * 400) / 60)


def test_nobody_goes_to_a_site_of_its_own_staff():
    """The host at b takes the four children of its staff, whose homes are at b, and nobody else."""
    own = {"staff_children": 24, "opens_to_residents": False, "decision": "forced"}
    problem, solution = solved("a-b", wanting(b=8), facilities={"a": facility()}, hosts={"b": own})
    assert problem.demand[0].staff.sum() == pytest.approx(4)
    assert by_name(problem, solution.served[0]) == pytest.approx({("b", "ea"): 4})


@pytest.mark.parametrize("asks_fill", [True, False])
def test_added_places_stay_filled_where_a_target_asks_for_it(asks_fill):
    """Ten of b are 200 s from free places of today, and 400 s from the class that opens."""
    targets = (
        target("per_thousand", required=0.001),
        target("fill", required=0.5, hard=False),
    )
    _, solution = solved(
        "a-b---d",
        wanting(b=10),
        one_tier(targets=targets if asks_fill else targets[:1]),
        facilities={"a": facility()},
        hosts={"d": {"decision": "forced"}},
    )
    assert solution.choice.is_open.all()
    assert solution.travel.objective == pytest.approx(10 * (400 if asks_fill else 200) / 60)


def test_ages_that_the_same_classes_take_share_the_places():
    """A mixed class takes both ages alike: 18 of 20 are served, of each age its share."""
    children = {
        "under3_share": {2025: 1 / 3},
        "under3_source": "drawn",
        "take_up": {"0-12": 0.0, "12-24": 0.25, "24-36": 0.5},
        "take_up_source": "drawn",
    }
    town = Town("a-b", {"a": 240.0}, asked=one_tier("mixed", children=children))
    town.facilities = {"b": {"mixed_classes": 1, "may_close": False}}
    problem = posed(town)
    assert problem.bands == ("12-24_24-36",)
    served = solve_stages(problem).served[0].set_index("band")["children"]
    assert served.to_dict() == pytest.approx({1: 6.0, 2: 12.0})


def plain_rows(problem, is_open, classes, number):
    """Return seconds, site and rows of a plain program over cells, sites and ages as they stand.

    Places hold the children of every set of ages (Hall 1935).
    """
    asked, sites = problem.scenario, problem.inputs.sites
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
    size = np.array([kind.size for kind in kinds])
    there = demand.enrolled + demand.staff
    for j in sorted(set(site.tolist())):
        for chosen in (list(c) for count in ages for c in combinations(ages, count + 1)):
            fits = [bool({asked.bands[a] for a in chosen} & set(kind.bands)) for kind in kinds]
            rows.append((site == j) & np.isin(age, chosen))
            limits.append(max(classes[j] @ (size * fits) - there[j, chosen].sum(), 0.0))
    return reach.seconds[pair] / 60, site, np.array(rows, dtype=float), np.array(limits)


def plain_minutes(problem, choice, before, number):
    """Return the least minutes with every hold, by a plain program."""
    year = problem.states[number].year
    is_open = choice.is_open[:, problem.years.index(year)]
    classes = choice.classes[:, :, problem.years.index(year)]
    cost, site, rows, limits = plain_rows(problem, is_open, classes, number)
    if not len(site):
        return 0.0
    sites = problem.inputs.sites
    now = np.bincount(before["site"], weights=before["children"], minlength=len(sites))
    counts = []
    for goal in problem.scenario.targets_of(year):
        if goal.kind == "enrolment":
            counts.append(sites["tier"].isin(problem.scenario.tiers_of(goal)).to_numpy())
        if goal.kind == "fill":
            grown = np.flatnonzero((classes > problem.sites.classes_today).any(axis=1))
            counts += list(np.arange(len(sites)) == grown[:, None])
    apart = [sign * counted[site] for counted in counts for sign in (1.0, -1.0)]
    held = [sign * now[counted].sum() for counted in counts for sign in (1.0, -1.0)]
    answer = linprog(
        cost,
        A_ub=np.array([*rows, -np.ones(len(site)), *apart]),
        b_ub=np.array([*limits, 1e-7 - now.sum(), *(1e-7 + np.array(held))]),
    )
    assert answer.status == 0, answer.message
    return float(answer.fun)


def random_problems(seed):
    town = random_town(seed)
    inputs = town.inputs()
    reach = measure_reach(town.asked, town.network(), inputs)
    return [pose_problem(asked, inputs, reach) for asked in random_scenarios(town, seed, 2)]


@pytest.mark.parametrize("seed", range(50))
def test_as_short_as_a_plain_program_over_cells(seed):
    """With closed facilities, employers, trends, fill and enrolment targets among them."""
    for problem in random_problems(seed):
        before = as_merged(problem)
        if before.choice is None:
            continue
        shorter = shorten_ways(problem, before.choice, before.served)
        assert shorter.proven
        for number, served in enumerate(shorter.served):
            was, total = before.served[number], shorter.seconds_total[number] / 60
            assert total == pytest.approx(minutes(problem, served), abs=1e-6)
            assert total <= minutes(problem, was) + 1e-6
            expected = plain_minutes(problem, before.choice, was, number)
            assert total == pytest.approx(expected, abs=1e-4)
            assert served["children"].sum() == pytest.approx(was["children"].sum(), abs=1e-5)


def test_a_clock_that_ends_it_leaves_the_plan_as_it_was():
    problem = posed(
        Town("a-b-c", wanting(b=10), facilities={"a": facility(), "c": facility()}, asked=one_kind)
    )
    before = as_merged(problem)
    shorter = shorten_ways(problem, before.choice, before.served, time_limit_s=0.0)
    assert shorter.timed_out
    assert not shorter.proven
    assert shorter.served[0] is before.served[0]
    assert shorter.seconds_total[0] == pytest.approx(10 * 200)


def test_the_order_of_cells_changes_nothing():
    """Ways of one city told in two orders; every distance differs, so that one answer is best."""
    picture = "a-b----c---d--e-----f"
    people = wanting(a=9, b=7, c=5, d=11, e=8, f=6)
    two = {"b": facility(), "e": facility()}
    told = []
    for order in (people.items(), reversed(people.items())):
        asked = one_tier(limit_minutes=30.0)
        problem, solution = solved(picture, dict(order), asked, facilities=two)
        told.append(by_name(problem, solution.served[0]))
    assert told[0] == pytest.approx(told[1])


def test_travel_is_told_in_the_plan_and_is_no_siting_stage():
    town = Town("a-b-c-d", wanting(a=4, b=4), hosts={"a": {}, "d": {}}, asked=one_kind)
    inputs = town.inputs()
    plan = choose_sites(town.asked, inputs, town.reach())
    document = plan_document(plan, inputs, pd.DataFrame(), ())
    assert [stage["name"] for stage in document["stages"]] == ["cost", "served"]
    assert document["travel_time"]["status"] == "optimal"
    assert document["travel_time"]["objective"] == pytest.approx(
        (plan.assignment["children"] @ plan.assignment["seconds"]) / 60
    )
    assert not plan.notes


with_travel = ("shortfall", "cost", "served", "travel_time")


@pytest.mark.parametrize(("home", "chosen"), [("b", "cb"), ("c", "cc")])
def test_of_sites_that_cost_the_same_the_nearer_opens(home, chosen):
    asked = one_tier(objectives=with_travel)
    people = {**wanting(a=1, d=1), home: 180.0}
    town = Town("a-b-c-d", people, hosts={"b": {}, "c": {}}, asked=asked)
    plan = choose_sites(asked, town.inputs(), town.reach())
    assert plan.sites["site_id"].tolist() == [chosen]
    assert [stage.name for stage in plan.stages] == ["cost", "served", "travel_time"]
    assert plan.stages[-1].objective == pytest.approx(plan.travel.objective)
    assert len(plan.notes) == 1


@pytest.mark.parametrize("seed", range(8))
def test_siting_by_travel_agrees_with_every_set_of_sites(seed):
    rng = np.random.default_rng(seed)
    marks = list("abcdefgh")
    picture = marks[0] + "".join("-" * rng.integers(0, 3) + mark for mark in marks[1:])
    many = (target("per_thousand", required=20.0),)
    asked = one_tier(objectives=with_travel, targets=many)
    town = Town(
        picture,
        wanting(**{mark: int(rng.integers(1, 9)) for mark in marks}),
        hosts={str(mark): {} for mark in rng.permutation(marks)[:4]},
        asked=asked,
    )
    problem = posed(town)
    needed = np.ceil(sum(town.people.values()) * 20 / 1000 / 20)
    best = (np.inf, 0.0)
    for chosen in combinations(range(4), int(needed)):
        is_open = np.isin(np.arange(4), chosen)
        classes = np.outer(is_open, np.array(problem.kinds) == "large").astype(int)
        cost, site, rows, limits = plain_rows(problem, is_open, classes, 0)
        if not len(site):
            continue
        most = -linprog(-np.ones(len(site)), A_ub=rows, b_ub=limits).fun
        held = np.concatenate([rows, -np.ones((1, len(site)))])
        least = linprog(cost, A_ub=held, b_ub=np.append(limits, 1e-7 - most)).fun
        best = min(best, (round(-most, 5), least))
    stages = {stage.name: stage for stage in solve_stages(problem).stages}
    assert stages["served"].objective == pytest.approx(-best[0], abs=1e-4)
    assert stages["travel_time"].objective == pytest.approx(best[1], rel=1e-5)
    assert stages["travel_time"].status is Status.OPTIMAL
