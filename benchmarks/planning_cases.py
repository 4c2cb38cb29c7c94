"""The planning model on the study of Jinan, and how it grows with candidates, cells and years.

The engines are ``siting``, and ``highs``: HiGHS on the whole program of each stage, from the plan
of the stage before. Reading the tables and measuring the ways comes before and is no part of the
seconds; building is all that happens between the tables and the solver.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import jinan

Row = dict[str, object]
present = jinan.data.exists()
candidates = {"jinan-500": 500, "jinan-2000": 2_000}
at_most_s = {"jinan-500": 60.0, "jinan-2000": 180.0}
gap_asked = 0.005
build_share = 1 / 3
growing: tuple[tuple[int, int, int], ...] = (
    (125, 1, 5),
    (250, 1, 5),
    (500, 1, 5),
    (1_000, 1, 5),
    (500, 4, 5),
    (500, 2, 5),
    (500, 1, 1),
    (500, 1, 3),
)
"""Candidates, one cell in how many, years."""


def plan_work(candidates: int, one_in: int, years: int, engine: str, limit_s: float) -> Row:
    """Plan one study."""
    from siting.derived import read_inputs
    from siting.model import pose_problem, sites_first, solve_stages
    from siting.network import read_network
    from siting.reach import measure_reach

    if engine == "highs":
        sites_first.least_hidden = 10**9
    with TemporaryDirectory() as folder:
        scenario = jinan.write_study(
            Path(folder), candidates, jinan.years[-years:], one_in=one_in
        ).with_solver(time_limit_s=limit_s)
        network = read_network(scenario)
        inputs = read_inputs(scenario, network)
        reach = measure_reach(scenario, network, inputs)
    began = perf_counter()
    problem = pose_problem(scenario, inputs, reach)
    posed_s = perf_counter() - began
    solution = solve_stages(problem)
    seconds = perf_counter() - began
    build_s = posed_s + solution.seconds_build
    last = solution.stages[-1]
    return {
        "seconds_build": build_s,
        "seconds_solve": seconds - build_s,
        "status": str(solution.status),
        "objective": last.objective if last.name == "cost" else None,
        "bound": last.bound if last.name == "cost" else None,
        "gap": solution.gap,
        "shortfalls": [stage.objective for stage in solution.stages[:-1]],
        "cells": len(inputs.cells),
        **solution.size,
    }


def studies(name: str, engines: list[str]) -> Iterator[tuple[str, int, int, int]]:
    """Yield what is to be measured for a case: engine, candidates, one cell in how many, years."""
    if name == "growth":
        yield from (("siting", *study) for study in growing)
        return
    for engine in ("siting", "highs"):
        if not engines or engine in engines:
            yield engine, candidates[name], 1, len(jinan.years)


def figures(name: str, row: Row) -> Iterator[tuple[str, float, str, bool]]:
    """Yield the figures to reach of a case: what, its value, what is asked, whether it is met."""
    build_s, solve_s = float(str(row["seconds_build"])), float(str(row["seconds_solve"]))
    gap = float("inf") if row["gap"] is None else float(str(row["gap"]))
    proven = gap <= gap_asked
    limit = at_most_s[name]
    yield f"{name}: gap", gap, f"<= {gap_asked}", proven
    seconds = build_s + solve_s
    yield f"{name}: proven, s", seconds, f"<= {limit:g}", proven and seconds <= limit
    share = build_s / seconds
    yield f"{name}: share of building", share, f"<= {build_share:.2f}", share <= build_share
