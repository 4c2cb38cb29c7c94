"""Measure travel times, isochrones and the reading of OpenStreetMap files against other engines.

Hands over a row for each case and engine: ``case, engine, seconds, peak_mb, pairs, equal`` and,
where an engine answered for a sample of the sites only, ``sample`` (its seconds are scaled to the
case). Every engine runs in a process of its own on the same network: a grid with shifted nodes of
which 71 % of the streets are left (2.8 directed edges a node), times in whole milliseconds, nodes
in Z-order; in the case of driving a fifth of the streets is one-way. Seconds are those of the
search, without making the graph or compiling (``ready_s`` tells these); the best of five where a
search takes less than five seconds. ``siting`` uses two threads, as a study does by default, and
``siting_one_thread`` one; ``siting_places`` searches for places by way of their doors. ``equal``
says whether the answer is that of every other engine, to the millisecond (the nodes only for
``ego_graph``, which tells no times). Then come the figures to reach, as ratios within this run;
the exit code is 3 if one is missed or an answer differs.

pandana takes part where it is installed.

    python benchmarks/reach.py [CASE...] [--quick]
"""

import argparse
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import shapely
from pyproj import CRS
from rows import at_most, figure, hand_over, in_own_process, missed, peak_mb
from shapely.ops import substring

from siting.network import Graph, Network, Travel, z_order
from siting.reach.doors import at_nodes

project = Path(__file__).parents[1]
block_m = 60.0
"""Between the means of what people walk on in the two studies: 49 m in Reykjavik, 73 m in Wuhan."""
shift = 0.35
"""Nodes are moved by up to this share of a block."""
streets_left = 0.71
limit_s = 900
repeats, quick_s = 5, 5.0


@dataclass(frozen=True)
class Case:
    """So many sites on a network of about so many nodes, at a speed."""

    nodes: int
    sites: int
    kph: float
    one_way: float = 0.0


cases = {
    "walk-20k": Case(20_000, 1_000, 3.6),
    "walk-200k": Case(200_000, 1_000, 3.6),
    "walk-2m": Case(2_000_000, 1_000, 3.6),
    "drive-200k": Case(200_000, 200, 40.0, one_way=0.2),
}
samples = {
    ("walk-20k", "ego_graph"): 100,
    ("walk-200k", "ego_graph"): 100,
    ("walk-2m", "ego_graph"): 50,
    ("drive-200k", "ego_graph"): 4,
    ("walk-2m", "networkx"): 200,
    ("drive-200k", "networkx"): 10,
    ("walk-2m", "pandana"): 200,
    ("drive-200k", "pandana"): 20,
    ("walk-200k", "rustworkx"): 50,
    ("walk-2m", "rustworkx"): 5,
    ("drive-200k", "rustworkx"): 20,
    ("isochrones-200k", "buffers"): 50,
}
"""Sites that a slow engine answers for, where not all."""
quick = ("walk-200k", "drive-200k", "isochrones-200k", "pbf-reykjavik")
figures = (
    ("walk-200k", "ego_graph", 400),
    ("walk-200k", "scipy", 10),
    ("drive-200k", "ego_graph", 800),
    ("drive-200k", "scipy", 4),
    ("pbf-reykjavik", "osmnx", 10),
)
"""Case, engine, and how many times faster ``siting`` is to be."""
most_growth = 3.0
"""Time of walk-2m / time of walk-200k."""
most_isochrones_s, least_iou = 2.0, 0.97
most_length_off = 0.01
"""Two readers of one file may differ by this share of the length of a class: ways at the edge."""
compared = ("residential", "tertiary", "secondary", "footway", "path", "cycleway", "service")
"""Classes whose lengths are compared."""


@dataclass(frozen=True)
class Town:
    """A network drawn at random: nodes and edges, each street in both directions."""

    x: np.ndarray
    y: np.ndarray
    start: np.ndarray
    end: np.ndarray
    ms: np.ndarray
    two_way: np.ndarray
    sites: np.ndarray
    reach_m: float

    @property
    def ways(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Node each way leaves, node it leads to, milliseconds."""
        back = self.two_way
        return (
            np.r_[self.start, self.end[back]],
            np.r_[self.end, self.start[back]],
            np.r_[self.ms, self.ms[back]],
        )

    @property
    def graph(self) -> Graph:
        """The ways as the search of ``siting`` takes them."""
        leaves, to, ms = self.ways
        order = np.lexsort((to, leaves))
        first = np.searchsorted(leaves[order], np.arange(len(self.x) + 1))
        return Graph(first.astype(np.int64), to[order].astype(np.int32), ms[order].astype(np.int32))


def draw_town(case: Case) -> Town:
    """Return the town of a case; the same one every time."""
    random = np.random.default_rng(20)
    side = round(case.nodes**0.5)
    column, row = (axis.ravel() for axis in np.meshgrid(np.arange(side), np.arange(side)))
    x = block_m * (column + random.uniform(-shift, shift, side**2))
    y = block_m * (row + random.uniform(-shift, shift, side**2))
    node = np.arange(side**2).reshape(side, side)
    start = np.r_[node[:, :-1].ravel(), node[:-1].ravel()]
    end = np.r_[node[:, 1:].ravel(), node[1:].ravel()]
    left = random.random(len(start)) < streets_left
    order = z_order(x, y, block_m / 2)
    number = np.argsort(order)
    x, y, start, end = x[order], y[order], number[start[left]], number[end[left]]
    length_m = np.hypot(x[start] - x[end], y[start] - y[end])
    ms = np.maximum(np.rint(length_m * 3600 / case.kph), 1).astype(np.int64)
    sites = random.choice(side**2, case.sites, replace=False)
    two_way = random.random(len(ms)) >= case.one_way
    return Town(x, y, start, end, ms, two_way, sites, limit_s * case.kph / 3.6)


@dataclass(frozen=True)
class Answer:
    """Nodes and milliseconds for each site, in the order of both; ms is None where not told."""

    first: np.ndarray
    node: np.ndarray
    ms: np.ndarray | None

    def of_first(self, sites: int) -> "Answer":
        """Return the answer for the first few sites."""
        end = self.first[sites]
        ms = None if self.ms is None else self.ms[:end]
        return Answer(self.first[: sites + 1], self.node[:end], ms)


def answer_of(rows: list[tuple[np.ndarray, np.ndarray | None]]) -> Answer:
    """Return rows of nodes and milliseconds, one a site, as one answer."""
    first = np.r_[0, np.cumsum([len(node) for node, _ in rows])]
    orders = [np.argsort(node) for node, _ in rows]
    node = np.concatenate([n[o] for (n, _), o in zip(rows, orders, strict=True)])
    if rows[0][1] is None:
        return Answer(first, node, None)
    ms = np.concatenate([m[o] for (_, m), o in zip(rows, orders, strict=True) if m is not None])
    return Answer(first, node, np.rint(ms).astype(np.int64))


Rows = list[tuple[np.ndarray, np.ndarray | None]]
Search = Callable[[np.ndarray], object]


def siting_engine(town: Town, threads: int = 2) -> tuple[Search, Callable[[object], Answer]]:
    """Search with this package as a study does: two threads, sites in the order of their nodes."""
    from siting.reach.search import find_nodes

    graph = town.graph

    def search(sites: np.ndarray) -> object:
        order = np.argsort(sites)
        limit_ms = np.full(len(sites), limit_s * 1000)
        return order, find_nodes(graph, at_nodes(sites[order]), limit_ms, threads)

    search(town.sites[:1])
    return search, answer_of_found


def siting_one_thread_engine(town: Town) -> tuple[Search, Callable[[object], Answer]]:
    """Search with this package on one thread."""
    return siting_engine(town, threads=1)


def siting_places_engine(town: Town) -> tuple[Search, Callable[[object], Answer]]:
    """Search with this package for places, one at every node, on two threads."""
    from siting.reach.search import find_places

    graph, places = town.graph, at_nodes(np.arange(len(town.x)))

    def search(sites: np.ndarray) -> object:
        order = np.argsort(sites)
        limit_ms = np.full(len(sites), limit_s * 1000)
        return order, find_places(graph, at_nodes(sites[order]), places, limit_ms, threads=2)

    search(town.sites[:1])
    return search, answer_of_found


def answer_of_found(answer: object) -> Answer:
    """Return what a search of this package found, in the order of sites and nodes."""
    order, found = answer  # type: ignore[misc]
    site = np.repeat(order, np.diff(found.first))
    first = np.r_[0, np.cumsum(np.bincount(site, minlength=len(order)))]
    by_site = np.lexsort((found.item, site))
    return Answer(first, found.item[by_site], found.ms[by_site].astype(np.int64))


def scipy_engine(town: Town) -> tuple[Search, Callable[[object], Answer]]:
    """Search with the Dijkstra of scipy, 16 neighbours at once, on the part they can reach."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    graph = town.graph
    matrix = csr_array((graph.ms.astype(float), graph.to, graph.first), shape=(len(town.x),) * 2)

    def search(sites: np.ndarray) -> Rows:
        order = z_order(town.x[sites], town.y[sites], town.reach_m)
        rows: list[tuple[np.ndarray, np.ndarray | None]] = [(sites, None)] * len(sites)
        for batch in np.array_split(order, -(-len(order) // 16)):
            x, y = town.x[sites[batch]], town.y[sites[batch]]
            near = (town.x >= x.min() - town.reach_m) & (town.x <= x.max() + town.reach_m)
            near &= (town.y >= y.min() - town.reach_m) & (town.y <= y.max() + town.reach_m)
            part = np.flatnonzero(near)
            tile = matrix[part][:, part]
            here = np.searchsorted(part, sites[batch])
            times = dijkstra(tile, indices=here, limit=limit_s * 1000)
            for site, row in zip(batch, times, strict=True):
                found = np.flatnonzero(np.isfinite(row))
                rows[site] = part[found], row[found]
        return rows

    return search, answer_of  # type: ignore[return-value]


def networkx_graph(town: Town) -> object:
    """Return the town as networkx holds it, with milliseconds on every edge."""
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(town.x)))
    ways = zip(*(column.tolist() for column in town.ways), strict=True)
    graph.add_weighted_edges_from(ways, weight="ms")
    return graph


def ego_graph_engine(town: Town) -> tuple[Search, Callable[[object], Answer]]:
    """Search with ego_graph and a radius on a graph as osmnx holds it, as its example does."""
    import networkx as nx

    graph = nx.MultiDiGraph()
    for node, (x, y) in enumerate(zip(town.x.tolist(), town.y.tolist(), strict=True)):
        graph.add_node(node, x=x, y=y, street_count=4)
    ways = zip(*(column.tolist() for column in town.ways), strict=True)
    for number, (leaves, to, ms) in enumerate(ways):
        graph.add_edge(leaves, to, osmid=number, highway="residential", oneway=False, time=ms)

    def search(sites: np.ndarray) -> Rows:
        found = []
        for site in sites.tolist():
            ego = nx.ego_graph(graph, site, radius=limit_s * 1000, distance="time")
            found.append((np.fromiter(ego, dtype=np.int64), None))
        return found

    return search, answer_of  # type: ignore[return-value]


def networkx_engine(town: Town) -> tuple[Search, Callable[[object], Answer]]:
    """Search with the Dijkstra of networkx and a cutoff."""
    import networkx as nx

    graph = networkx_graph(town)

    def search(sites: np.ndarray) -> Rows:
        rows: Rows = []
        for site in sites.tolist():
            times = nx.single_source_dijkstra_path_length(
                graph, site, cutoff=limit_s * 1000, weight="ms"
            )
            rows.append((np.fromiter(times, np.int64), np.fromiter(times.values(), float)))
        return rows

    return search, answer_of  # type: ignore[return-value]


def rustworkx_engine(town: Town) -> tuple[Search, Callable[[object], Answer]]:
    """Search with the Dijkstra of rustworkx, without a cutoff: what lies beyond is thrown away."""
    import rustworkx as rx

    graph = rx.PyDiGraph()
    graph.add_nodes_from(range(len(town.x)))
    graph.add_edges_from(list(zip(*(column.tolist() for column in town.ways), strict=True)))

    def search(sites: np.ndarray) -> Rows:
        rows: Rows = []
        for site in sites.tolist():
            times = rx.dijkstra_shortest_path_lengths(graph, site, float)
            node = np.r_[site, np.fromiter(times.keys(), np.int64)]
            ms = np.r_[0.0, np.fromiter(times.values(), float)]
            rows.append((node[ms <= limit_s * 1000], ms[ms <= limit_s * 1000]))
        return rows

    return search, answer_of  # type: ignore[return-value]


def pandana_engine(town: Town) -> tuple[Search, Callable[[object], Answer]]:
    """Search with pandana, which makes contraction hierarchies first.

    It is given seconds and cuts them to whole milliseconds; the half keeps it from rounding one
    of them off.
    """
    import pandana
    import pandas as pd

    leaves, to, ms = (pd.Series(column) for column in town.ways)
    seconds = pd.DataFrame({"seconds": (ms + 0.5) / 1000})
    network = pandana.Network(
        pd.Series(town.x), pd.Series(town.y), leaves, to, seconds, twoway=False
    )

    def search(sites: np.ndarray) -> Rows:
        found = network.nodes_in_range(sites, limit_s)
        order = np.argsort(sites)
        site, node, ms = (found[name].to_numpy() for name in ("source", "destination", "seconds"))
        by_site = np.argsort(site, kind="stable")
        parts = np.split(by_site, np.cumsum(np.bincount(site, minlength=len(town.x))[sites[order]]))
        rows: list[tuple[np.ndarray, np.ndarray | None]] = [(sites, None)] * len(sites)
        for place, part in zip(order.tolist(), parts, strict=False):
            rows[place] = node[part], ms[part] * 1000
        return rows

    return search, answer_of  # type: ignore[return-value]


engines = {
    "siting": siting_engine,
    "siting_one_thread": siting_one_thread_engine,
    "siting_places": siting_places_engine,
    "ego_graph": ego_graph_engine,
    "networkx": networkx_engine,
    "scipy": scipy_engine,
    "rustworkx": rustworkx_engine,
    "pandana": pandana_engine,
}
needs = {"rustworkx": "rustworkx", "pandana": "pandana"}


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Return the seconds of some work, the best of five where it is quick, and its result."""
    began = perf_counter()
    result = work()
    best = perf_counter() - began
    for _ in range(repeats - 1):
        if best < quick_s:
            began = perf_counter()
            result = work()
            best = min(best, perf_counter() - began)
    return best, result


def search_case(name: str, engine: str, folder: Path) -> dict[str, object]:
    """Run one engine on one case; its answer is left in the folder."""
    case = cases[name]
    town = draw_town(case)
    sample = samples.get((name, engine), case.sites)
    began = perf_counter()
    search, answer = engines[engine](town)
    ready_s = perf_counter() - began
    seconds, found = timed(lambda: search(town.sites[:sample]))
    peak = peak_mb()
    told = answer(found)
    arrays = {"first": told.first, "node": told.node}
    np.savez(folder / engine, **arrays, **({} if told.ms is None else {"ms": told.ms}))
    row: dict[str, object] = {"seconds": seconds * case.sites / sample, "pairs": len(told.node)}
    if sample < case.sites:
        row["sample"] = sample
    return {**row, "ready_s": round(ready_s, 2), "peak_mb": round(peak)}


def is_equal(folder: Path, engine: str, others: Iterable[str]) -> bool:
    """Hold the answer of an engine against those of the others, for the sites both answered."""

    def answer(name: str) -> Answer:
        with np.load(folder / f"{name}.npz") as arrays:
            return Answer(arrays["first"], arrays["node"], arrays.get("ms"))

    one = answer(engine)
    for other in map(answer, others):
        sites = min(len(one.first), len(other.first)) - 1
        mine, theirs = one.of_first(sites), other.of_first(sites)
        if not np.array_equal(mine.first, theirs.first):
            return False
        if not np.array_equal(mine.node, theirs.node):
            return False
        told = mine.ms is not None and theirs.ms is not None
        if told and not np.array_equal(mine.ms, theirs.ms):
            return False
    return True


def town_network(town: Town) -> Network:
    """Return the town as a network on which isochrones can be drawn."""
    ends = np.stack([np.c_[town.x, town.y][town.start], np.c_[town.x, town.y][town.end]], axis=1)
    return Network(
        crs=CRS.from_epsg(32650),
        x=town.x,
        y=town.y,
        start=town.start,
        end=town.end,
        lines=shapely.linestrings(ends),
        highway=np.full(len(town.ms), "residential"),
        travel={"walk": Travel(town.ms, town.ms, np.ones(len(town.ms), dtype=bool))},
        walking_kph=3.6,
        notes=(),
    )


def isochrone_case(engine: str) -> dict[str, object]:
    """Draw walks of 15 minutes; ``buffers`` is the exact union of 40 m street buffers."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    from siting.reach.access import find_access
    from siting.reach.isochrones import reached_areas, street_side_m

    town = draw_town(cases["walk-200k"])
    network = town_network(town)
    sample = samples.get(("isochrones-200k", engine), len(town.sites))
    x, y = town.x[town.sites[:sample]], town.y[town.sites[:sample]]
    access = find_access(network, "walk", x, y, block_m)

    def drawn() -> np.ndarray:
        return reached_areas(network, "walk", "to_site", access, [limit_s])[:, 0]

    def buffers() -> np.ndarray:
        graph = town.graph
        matrix = csr_array(
            (graph.ms.astype(float), graph.to, graph.first), shape=(len(town.x),) * 2
        )
        areas = []
        for site in town.sites[:sample]:
            left_ms = limit_s * 1000 - dijkstra(matrix, indices=site, limit=limit_s * 1000)
            left_ms[np.isinf(left_ms)] = -1
            near = np.flatnonzero((left_ms[town.start] >= 0) | (left_ms[town.end] >= 0))
            reached = [
                substring(line, *part, normalized=True)
                for line, edge in zip(network.lines[near], near, strict=True)
                for part in (
                    (0.0, min(left_ms[town.start[edge]] / town.ms[edge], 1.0)),
                    (max(1.0 - left_ms[town.end[edge]] / town.ms[edge], 0.0), 1.0),
                )
                if 0.0 <= part[0] <= part[1] <= 1.0
            ]
            areas.append(shapely.union_all(shapely.buffer(reached, street_side_m)))
        return np.array(areas, dtype=object)

    drawn()
    seconds, areas = timed(drawn if engine == "siting" else buffers)
    row: dict[str, object] = {
        "seconds": seconds * len(town.sites) / sample,
        "peak_mb": round(peak_mb()),
        "pairs": sample,
        "equal": True,
    }
    if engine != "siting":
        mine = drawn()
        iou = shapely.area(shapely.intersection(mine, areas))
        iou = iou / shapely.area(shapely.union(mine, areas))
        middle = float(np.median(iou))
        row |= {"sample": sample, "iou_median": round(middle, 4), "equal": middle >= least_iou}
    return row


def pbf_case(engine: str, folder: Path) -> dict[str, object]:
    """Read the streets of Reykjavik for walking.

    ``equal`` compares the length of the streets of each common class, to 1 %. What is timed of
    osmnx is ``graph_from_xml`` alone; what is timed of siting goes on to a network with times.
    """
    import siting

    scenario = siting.load(project / "scenarios" / "reykjavik.yaml")
    if engine == "siting":
        seconds, network = timed(lambda: siting.read_network(scenario))
        assert isinstance(network, Network)  # noqa: S101
        lines, highway = network.lines, network.highway
        count, peak = len(lines), peak_mb()
    else:
        import osmium
        import osmnx as ox

        xml = folder / "streets.osm"
        with osmium.SimpleWriter(str(xml)) as writer:
            for thing in osmium.FileProcessor(str(scenario.path(scenario.inputs.streets))):
                writer.add(thing)
        seconds, graph = timed(lambda: ox.graph_from_xml(xml, bidirectional=True))
        count, peak = len(graph.edges), peak_mb()  # type: ignore[attr-defined]
        whole = ox.graph_from_xml(xml, bidirectional=True, simplify=False, retain_all=True)
        edges = ox.graph_to_gdfs(ox.project_graph(whole, to_crs=scenario.crs), nodes=False)
        edges = edges[~edges["reversed"].astype(bool)]
        lines, highway = np.asarray(edges.geometry.array), edges["highway"].to_numpy()
    km = {kind: float(shapely.length(lines[highway == kind]).sum()) / 1000 for kind in compared}
    return {"seconds": seconds, "peak_mb": round(peak), "pairs": count, "km": km}


def work(name: str, engine: str, folder: Path) -> dict[str, object]:
    """Run one engine on one case."""
    if name == "pbf-reykjavik":
        return pbf_case(engine, folder)
    if name == "isochrones-200k":
        return isochrone_case(engine)
    return search_case(name, engine, folder)


def engines_of(name: str) -> tuple[str, ...]:
    """Return the engines that can be run on a case, ``siting`` first."""
    if name == "pbf-reykjavik":
        return ("siting", "osmnx")
    if name == "isochrones-200k":
        return ("siting", "buffers")
    return tuple(engine for engine in engines if find_spec(needs.get(engine, "siting")))


def tell_figures(seconds: dict[tuple[str, str], float], iou: float | None) -> bool:
    """Tell the figures to reach, as far as their cases were run; say whether all are reached."""
    reached = [
        figure(f"{name}: {engine} / siting", ratio, f">= {least}", ratio >= least)
        for name, engine, least in figures
        if (name, engine) in seconds
        for ratio in [seconds[name, engine] / seconds[name, "siting"]]
    ]
    if ("walk-2m", "siting") in seconds and ("walk-200k", "siting") in seconds:
        growth = seconds["walk-2m", "siting"] / seconds["walk-200k", "siting"]
        reached.append(at_most("walk-2m / walk-200k", growth, most_growth))
    if ("isochrones-200k", "siting") in seconds:
        drawn_s = seconds["isochrones-200k", "siting"]
        reached.append(at_most("1,000 isochrones, s", drawn_s, most_isochrones_s))
    if iou is not None:
        reached.append(figure("isochrones, median IoU", iou, f">= {least_iou:g}", iou >= least_iou))
    return all(reached)


def main() -> int:
    """Run the cases asked for, all by default."""
    known = (*cases, "isochrones-200k", "pbf-reykjavik")
    parser = argparse.ArgumentParser(description="Measure reach against other engines.")
    parser.add_argument("case", nargs="*", choices=(*known, []), help="default: all")
    parser.add_argument("--quick", action="store_true", help="a few cases")
    asked = parser.parse_args()
    seconds: dict[tuple[str, str], float] = {}
    iou: float | None = None
    agreed = True
    for name in asked.case or (quick if asked.quick else known):
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            rows = {
                engine: in_own_process(work, name, engine, folder) for engine in engines_of(name)
            }
            lengths = [row.pop("km") for row in rows.values() if "km" in row]
            for engine, row in rows.items():
                seconds[name, engine] = float(str(row["seconds"]))
                iou = float(str(row["iou_median"])) if "iou_median" in row else iou
                if name in cases:
                    row["equal"] = is_equal(folder, engine, rows.keys() - {engine})
                if lengths:
                    row["equal"] = are_alike(lengths)
                agreed &= bool(row["equal"])
                hand_over({"case": name, "engine": engine, **row})
    return 0 if tell_figures(seconds, iou) and agreed else missed


def are_alike(lengths: list[Any]) -> bool:
    """Say whether readers of one file found the same length of streets of every class, to 1 %."""
    first = lengths[0]
    return all(
        abs(other[kind] - first[kind]) <= most_length_off * first[kind]
        for other in lengths
        for kind in compared
    )


if __name__ == "__main__":
    raise SystemExit(main())
