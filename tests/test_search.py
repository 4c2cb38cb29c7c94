"""The compiled search against scipy, on networks drawn at random."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from siting.network import Graph
from siting.reach import search
from siting.reach.doors import Doors, at_nodes
from siting.reach.search import find_nodes, find_places


def random_graph(seed, nodes, edges, longest_ms):
    """Return a directed graph with parallel edges and loops, and its matrix of quickest edges."""
    random = np.random.default_rng(seed)
    leaves, to = random.integers(0, nodes, (2, edges))
    ms = random.integers(1, longest_ms + 1, edges)
    order = np.lexsort((to, leaves))
    leaves, to, ms = leaves[order], to[order], ms[order]
    first = np.searchsorted(leaves, np.arange(nodes + 1))
    quickest = np.full((nodes, nodes), np.inf)
    np.minimum.at(quickest, (leaves, to), ms)
    quickest[np.isinf(quickest)] = 0
    graph = Graph(first.astype(np.int64), to.astype(np.int32), ms.astype(np.int32))
    return graph, csr_array(quickest)


def as_table(found, items):
    """Return sources x items: milliseconds, infinite where nothing was found."""
    table = np.full((len(found.first) - 1, items), np.inf)
    source = np.repeat(np.arange(len(table)), np.diff(found.first))
    assert len(set(zip(source.tolist(), found.item.tolist()))) == len(source)
    table[source, found.item] = found.ms
    return table


graphs = st.tuples(
    st.integers(0, 10_000),
    st.integers(1, 40),
    st.integers(0, 200),
    st.sampled_from((3, 500, 90_000)),
)


@settings(max_examples=50)
@given(graphs, st.integers(0, 200_000), st.integers(1, 3))
def test_nodes_found_are_those_of_scipy(drawn, limit_ms, threads):
    graph, matrix = random_graph(*drawn)
    found = find_nodes(
        graph, at_nodes(np.arange(graph.nodes)), np.full(graph.nodes, limit_ms), threads
    )
    expected = dijkstra(matrix, limit=limit_ms)
    assert (as_table(found, graph.nodes) == expected).all()


@settings(max_examples=50)
@given(graphs, st.integers(0, 200_000), st.integers(0, 10_000))
def test_places_are_found_by_the_best_of_their_doors(drawn, limit_ms, seed):
    graph, matrix = random_graph(*drawn)
    random = np.random.default_rng(seed)
    sources, places = (random_doors(random, graph.nodes) for _ in range(2))
    found = find_places(graph, sources, places, np.full(sources.places, limit_ms))
    between = dijkstra(matrix)
    expected = np.full((sources.places, places.places), np.inf)
    for source, place in np.ndindex(*expected.shape):
        for leave in range(sources.first[source], sources.first[source + 1]):
            for enter in range(places.first[place], places.first[place + 1]):
                way = between[sources.node[leave], places.node[enter]]
                total = sources.ms[leave] + way + places.ms[enter]
                expected[source, place] = min(expected[source, place], total)
    expected[expected > limit_ms] = np.inf
    assert (as_table(found, places.places) == expected).all()


def random_doors(random, nodes):
    count = random.integers(0, 3, random.integers(0, 8))
    doors = int(count.sum())
    return Doors(
        np.r_[0, np.cumsum(count)].astype(np.int64),
        random.integers(0, nodes, doors).astype(np.int32),
        random.integers(0, 5_000, doors).astype(np.int32),
    )


def test_a_limit_is_within_it():
    graph = Graph(np.array([0, 1, 1]), np.array([1], np.int32), np.array([4096], np.int32))
    for limit_ms, nodes in ((4095, 1), (4096, 2)):
        found = find_nodes(graph, at_nodes(np.array([0])), np.array([limit_ms]))
        assert len(found.item) == nodes


@pytest.mark.parametrize("room", [1, 7])
def test_a_full_room_is_handed_over_and_the_search_goes_on(monkeypatch, room):
    graph, matrix = random_graph(3, 60, 240, 500)
    monkeypatch.setattr(search, "room_entries", room)
    monkeypatch.setattr(search, "sources_at_once", 5)
    limit_ms = np.full(60, 1_000)
    found = find_nodes(graph, at_nodes(np.arange(60)), limit_ms)
    assert (as_table(found, 60) == dijkstra(matrix, limit=1_000)).all()


def test_more_may_wait_than_there_are_edges(monkeypatch):
    # Every node is first reached by a long edge, then by a shorter way, all in one bucket.
    count = 40
    leaves = [0] * count + list(range(1, count))
    to = list(range(1, count + 1)) + list(range(2, count + 1))
    ms = [2 * (i + 1) for i in range(count)] + [1] * (count - 1)
    order = np.lexsort((to, leaves))
    first = np.searchsorted(np.array(leaves)[order], np.arange(count + 2))
    graph = Graph(
        first.astype(np.int64),
        np.array(to, np.int32)[order],
        np.array(ms, np.int32)[order],
    )
    from siting.reach import spread

    small = spread.new_bench
    rooms = []

    def first_too_small(graph, places, limit_ms, waiting):
        rooms.append(waiting)
        return small(graph, places, limit_ms, waiting if len(rooms) > 1 else 3)

    monkeypatch.setattr(spread, "new_bench", first_too_small)
    found = find_nodes(graph, at_nodes(np.array([0])), np.array([1_000]))
    assert len(rooms) > 1
    assert sorted(found.ms.tolist()) == [0, *range(2, count + 2)]
