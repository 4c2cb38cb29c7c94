"""Measure the location problems against other engines on the same instances.

Hands over a row for each case and engine: ``case, engine, seconds`` of build and solve together,
``seconds_build, seconds_solve, status, objective, bound, gap, peak_mb, equal``, ``seconds_cpu``,
which a busy machine changes less, and ``seconds_ready`` for what was loaded or compiled before.
Every engine runs in a process of its own that first draws the instance; its memory is part of
``peak_mb``, its time of nothing. ``equal`` says whether no engine finds more than another proves
possible. Then come the figures to reach. The exit code is 3 if one is missed or two engines
disagree.

    python benchmarks/model.py [CASE...] [--engine ENGINE...] [--time-limit SECONDS] [--seed SEED]
                               [--quick]

Engines: ``siting``; ``highs-merged``, HiGHS on the model in which equal demand is merged;
``highs``, on the model as it is, where that is not hopeless; and ``spopt``. A seed draws another
covering instance. ``growth`` tells how time and memory grow with candidates, cells and years.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
from rows import Row, figure, hand_over, in_own_process, missed
from scipy.sparse import csr_array

sys.path.insert(0, str(Path(__file__).parent))
project = Path(__file__).parents[1]
threads = 2
drawn_seed = 20
walk_s = 900
quick = ("cover-100k", "wuhan-2000", "pmedian", "spopt-3000")
quick_limit_s = 60.0


@dataclass(frozen=True)
class Covering:
    """A maximal-covering case.

    Attributes
    ----------
    draw
        Called with a seed; returns demand x sites within reach, and the weight of the demand.
    count
        Sites to open.
    gap
        Gap asked for; 0 asks for an optimum.
    at_most_s
        Seconds from the matrix to the proof, the figure to reach.
    engines
        Who is asked.
    """

    draw: Callable[[int], tuple[csr_array, np.ndarray]]
    count: int
    gap: float
    at_most_s: float
    engines: tuple[str, ...] = ("siting", "highs-merged", "highs")


def square(points: int, seed: int) -> tuple[csr_array, np.ndarray]:
    """Return points and 100 sites at random in a square of 30 x 30, within 4 of one another.

    The demand of a point is a whole number from 1 to 100 (Cordeau, Furini and Ljubic 2019, doi
    10.1016/j.ejor.2018.12.021).
    """
    random = np.random.default_rng(seed)
    site_x, site_y = random.uniform(0, 30, (2, 100)).astype(np.float32)
    indices, lengths = [], []
    for begin in range(0, points, 500_000):
        x, y = random.uniform(0, 30, (2, min(500_000, points - begin), 1)).astype(np.float32)
        is_near = (x - site_x) ** 2 + (y - site_y) ** 2 <= 16
        indices.append(np.nonzero(is_near)[1].astype(np.int32))
        lengths.append(is_near.sum(axis=1, dtype=np.int32))
    first = np.zeros(points + 1, dtype=np.int32)
    np.cumsum(np.concatenate(lengths), out=first[1:])
    column = np.concatenate(indices)
    near = csr_array((np.ones(len(column), dtype=bool), column, first), shape=(points, 100))
    return near, random.integers(1, 101, points)


def walked(graph: object, sites: np.ndarray, nodes: int) -> csr_array:
    """Return nodes x sites within a walk of 15 minutes."""
    from siting.reach.doors import at_nodes
    from siting.reach.search import find_nodes

    limit_ms = np.full(len(sites), walk_s * 1000)
    found = find_nodes(graph, at_nodes(sites), limit_ms, threads)  # type: ignore[arg-type]
    reached = np.ones(len(found.item), dtype=bool)
    by_site = csr_array((reached, found.item, found.first), shape=(len(sites), nodes))
    by_node = by_site.T.tocsr()
    by_node.sort_indices()
    return by_node


def wuhan(candidates: int, seed: int) -> tuple[csr_array, np.ndarray]:
    """Return the street nodes of Wuhan, weighted by half of each adjoining street, and candidates.

    Candidates are street nodes at random.
    """
    import shapely

    import siting

    network = siting.read_network(siting.load(project / "scenarios" / "wuhan.yaml"))
    length_m = shapely.length(network.lines)
    ends = np.r_[network.start, network.end]
    weight = np.bincount(ends, np.r_[length_m, length_m] / 2, network.nodes)
    random = np.random.default_rng(seed)
    sites = np.sort(random.choice(network.nodes, candidates, replace=False))
    return walked(network.graph("walk", reverse=True), sites, network.nodes), weight


def streets(seed: int) -> tuple[csr_array, np.ndarray]:
    """Return the nodes of the drawn town of ``reach.py``, each of weight 1, and 1,000 sites."""
    from reach import cases as towns
    from reach import draw_town

    town = draw_town(towns["walk-200k"])
    nodes = len(town.x)
    random = np.random.default_rng(seed)
    sites = town.sites if seed == drawn_seed else random.choice(nodes, 1000, replace=False)
    return walked(town.graph, np.sort(sites), nodes), np.ones(nodes)


coverings = {
    "cover-100k": Covering(partial(square, 100_000), 20, 0.0, 5),
    "cover-1m": Covering(partial(square, 1_000_000), 20, 0.0, 10, ("siting", "highs-merged")),
    "cover-20m": Covering(partial(square, 20_000_000), 20, 0.0, 60, ("siting", "highs-merged")),
    "wuhan-2000": Covering(partial(wuhan, 2_000), 50, 0.0, 15),
    "wuhan-10000": Covering(partial(wuhan, 10_000), 100, 0.01, 300, ("siting", "highs-merged")),
    "streets-1000-p50": Covering(streets, 50, 0.0, 30),
    "streets-1000-p100": Covering(streets, 100, 0.01, 10),
}


def covering_siting(case: Covering, reach: csr_array, weight: np.ndarray, limit_s: float) -> Row:
    """Solve with this package."""
    from siting.location.covering import max_coverage

    asked = {"gap": case.gap, "time_limit_s": limit_s, "threads": threads, "seed": 0}
    found = max_coverage(reach, weight, case.count, **asked)  # type: ignore[arg-type]
    return {
        "seconds_build": found.seconds_build,
        "seconds_solve": found.seconds_solve,
        "status": str(found.status),
        "objective": found.objective,
        "bound": found.bound,
        "gap": found.gap,
    }


def covering_highs(
    case: Covering, reach: csr_array, weight: np.ndarray, limit_s: float, *, merged: bool
) -> Row:
    """Solve with HiGHS alone."""
    from siting.location.covering import covering_program
    from siting.location.instance import Instance
    from siting.location.merging import merge_rows
    from siting.solver import solve

    began = perf_counter()
    rows, weights = merge_rows(reach, weight) if merged else (reach, weight.astype(float))
    sites = reach.shape[1]
    instance = Instance(
        rows=rows.astype(float),
        weight=weights,
        own=np.zeros(sites),
        spend=np.ones((1, sites)),
        limit=np.array([float(case.count)]),
        site=np.arange(sites),
        taken=np.empty(0, dtype=np.int64),
        base=0.0,
        is_whole=False,
    )
    program = covering_program(instance)
    built = perf_counter()
    answer = solve(program, gap=case.gap, time_limit_s=limit_s, threads=threads, seed=0)
    return {
        "seconds_build": built - began,
        "seconds_solve": perf_counter() - built,
        "status": str(answer.status),
        "objective": None if answer.objective is None else -answer.objective,
        "bound": None if answer.bound is None else -answer.bound,
        "gap": answer.gap,
    }


covering_engines = {
    "siting": covering_siting,
    "highs-merged": partial(covering_highs, merged=True),
    "highs": partial(covering_highs, merged=False),
}


def covering_work(name: str, engine: str, limit_s: float, seed: int) -> Row:
    """Run one engine on one covering case."""
    case, solve_with = coverings[name], covering_engines[engine]
    reach, weight = case.draw(seed)
    began = perf_counter()
    solve_with(case, reach[:1000], weight[:1000], 0.1)
    ready_s = perf_counter() - began
    cpu_began = process_time()
    row = solve_with(case, reach, weight, limit_s)
    return row | {"seconds_cpu": process_time() - cpu_began, "seconds_ready": ready_s}


def covering_rows(name: str, engines: list[str], limit_s: float, seed: int) -> Iterator[Row]:
    """Measure a covering case."""
    for engine in coverings[name].engines:
        if not engines or engine in engines:
            row = in_own_process(covering_work, name, engine, limit_s, seed)
            yield {"case": name, "engine": engine} | row


def covering_reached(name: str, rows: list[Row]) -> list[bool]:
    """Tell the figure to reach of a covering case."""
    case = coverings[name]
    reached = []
    for row in rows:
        if row["engine"] == "siting":
            gap = float("inf") if row["gap"] is None else float(str(row["gap"]))
            seconds = float(str(row["seconds_build"])) + float(str(row["seconds_solve"]))
            proven = row["status"] == "optimal" or (case.gap > 0 and gap <= case.gap)
            met = proven and seconds <= case.at_most_s
            reached.append(figure(f"{name}: proven, s", seconds, f"<= {case.at_most_s:g}", met))
    return reached


def planning_rows(name: str, engines: list[str], limit_s: float, _: int) -> Iterator[Row]:
    """Measure a study of Jinan, where its data is present."""
    import planning_cases

    if not planning_cases.present:
        hand_over({"case": name, "skipped": "the data of Jinan is not there"})
        return
    for engine, candidates, one_in, years in planning_cases.studies(name, engines):
        told = {"case": name, "engine": engine, "candidates": candidates, "years": years}
        work = planning_cases.plan_work
        yield told | in_own_process(work, candidates, one_in, years, engine, limit_s)


def planning_reached(name: str, rows: list[Row]) -> list[bool]:
    """Tell the figures to reach of a study; growth has none."""
    import planning_cases

    if name == "growth":
        return []
    figures = (planning_cases.figures(name, row) for row in rows if row["engine"] == "siting")
    return [figure(*told) for told in chain.from_iterable(figures)]


def textbook_rows(name: str, engines: list[str], limit_s: float, _: int) -> Iterator[Row]:
    """Measure the p-medians, or maximal covering beside spopt."""
    import location_cases

    for engine, work, asked in location_cases.cases[name]:
        if not engines or engine in engines:
            yield {"engine": engine} | in_own_process(work, *asked, limit_s)


def textbook_reached(name: str, rows: list[Row]) -> list[bool]:
    """Tell the figures to reach of the p-medians, or of maximal covering beside spopt."""
    import location_cases

    return [figure(*told) for told in location_cases.figures(name, rows)]


@dataclass(frozen=True)
class Case:
    """How the rows of a case are measured and its figures told, and whether more is better."""

    rows: Callable[[str, list[str], float, int], Iterator[Row]]
    reached: Callable[[str, list[Row]], list[bool]]
    more_is_better: bool


cases = {
    "jinan-500": Case(planning_rows, planning_reached, more_is_better=False),
    "jinan-2000": Case(planning_rows, planning_reached, more_is_better=False),
    **dict.fromkeys(coverings, Case(covering_rows, covering_reached, more_is_better=True)),
    "pmedian": Case(textbook_rows, textbook_reached, more_is_better=False),
    "spopt-3000": Case(textbook_rows, textbook_reached, more_is_better=True),
    "growth": Case(planning_rows, planning_reached, more_is_better=False),
}


def instances(rows: list[Row]) -> Iterable[list[Row]]:
    """Return the rows of each instance together."""
    keys = ("case", "candidates", "years", "cells")
    of: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        of.setdefault(tuple(row.get(key) for key in keys), []).append(row)
    return of.values()


def agree(rows: list[Row], *, more_is_better: bool) -> bool:
    """Say whether no engine found a better value than another proved possible."""
    sign = 1.0 if more_is_better else -1.0
    found = [sign * float(str(row["objective"])) for row in rows if row["objective"] is not None]
    proven = [sign * float(str(row["bound"])) for row in rows if row["bound"] is not None]
    return all(value <= bound + 1e-6 * max(abs(bound), 1.0) for value in found for bound in proven)


def main() -> int:
    """Run the cases asked for, all by default."""
    parser = argparse.ArgumentParser(description="Measure the location problems.")
    parser.add_argument("case", nargs="*", choices=(*cases, []), help="default: all")
    parser.add_argument("--engine", nargs="+", default=[], help="default: all")
    parser.add_argument("--time-limit", type=float, help="of a solve, seconds; default: 300")
    parser.add_argument("--seed", type=int, default=drawn_seed)
    parser.add_argument("--quick", action="store_true", help="a few cases, a minute for a solve")
    asked = parser.parse_args()
    limit_s = asked.time_limit or (quick_limit_s if asked.quick else 300.0)
    good = True
    for name in asked.case or (quick if asked.quick else cases):
        case = cases[name]
        rows = list(case.rows(name, asked.engine, limit_s, asked.seed))
        for same in instances(rows):
            agreed = agree(same, more_is_better=case.more_is_better)
            for row in same:
                hand_over(row | {"seconds": total(row), "equal": agreed})
            good &= agreed
        good &= all(case.reached(name, rows))
    return 0 if good else missed


def total(row: Row) -> float:
    """Return the seconds of building and solving."""
    return float(str(row["seconds_build"])) + float(str(row["seconds_solve"]))


if __name__ == "__main__":
    raise SystemExit(main())
