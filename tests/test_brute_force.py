"""The planning model against every possible plan of small random towns."""

import time
from dataclasses import replace

import numpy as np
import pytest

from brute_force import Reckoning
from brute_targets import Verdict
from random_town import random_scenarios, random_town
from siting.demand import measure_demand
from siting.indicators import SitesInYear, discounted_cny, spending, target_results
from siting.model import pose_problem, solve_stages, states_of
from siting.plan.choosing import plan_of
from siting.plan.plan import state_table
from siting.reach import measure_reach
from siting.solver import Status


def one(seed, scenarios=3, log=None):
    t = [time.perf_counter()]
    town = random_town(seed)
    inputs = town.inputs()
    reach = measure_reach(town.asked, town.network(), inputs)
    t.append(time.perf_counter())
    demand = {
        (s.year, s.trend): measure_demand(town.asked, inputs, reach, s.year, s.trend)
        for s in states_of(town.asked)
    }
    reck = Reckoning(town, inputs, demand)
    t.append(time.perf_counter())
    for n, asked in enumerate(random_scenarios(town, seed, scenarios)):
        t0 = time.perf_counter()
        v = Verdict(reck, asked)
        best = v.best()
        t1 = time.perf_counter()
        problem = pose_problem(asked, inputs, reach)
        sol = solve_stages(problem)
        t2 = time.perf_counter()
        times = (t[1] - t[0], t[2] - t[1], t1 - t0, t2 - t1)
        yield town, asked, reck, v, best, problem, sol, times
