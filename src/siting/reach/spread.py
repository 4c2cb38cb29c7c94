"""The compiled part of the search; importing it loads numba, which takes a second.

A node waits in the bucket of its time, buckets are emptied in their order, and a node that gets
quicker while its bucket is being emptied is looked at again (Dial 1969, doi
10.1145/363269.363610; Meyer and Sanders 2003, doi 10.1016/S0196-6774(03)00076-2).
"""

from typing import NamedTuple

import numpy as np

from siting.network import Graph
from siting.reach.compiled import compiled
from siting.reach.doors import Doors

bucket_bits = 12
"""A bucket spans 2^12 ms; of 2^9 to 2^14 about the quickest on foot and by car (measured)."""
never = np.iinfo(np.int32).max


class Bench(NamedTuple):
    """What a search works with; made once, left clean by every search.

    Attributes
    ----------
    time
        Milliseconds to each node, ``never`` between searches.
    touched
        The nodes that have a time.
    head, tail
        The first and the last that wait in each bucket, -1 for none.
    node, ms, after
        Who waits: node, its time, and who comes after it in the same bucket.
    best
        Milliseconds to each place, ``never`` between searches.
    """

    time: np.ndarray
    touched: np.ndarray
    head: np.ndarray
    tail: np.ndarray
    node: np.ndarray
    ms: np.ndarray
    after: np.ndarray
    best: np.ndarray


class Room(NamedTuple):
    """Where a search puts what it finds: entries of each source, one source after the other."""

    counts: np.ndarray
    item: np.ndarray
    ms: np.ndarray


def new_bench(graph: Graph, places: int, limit_ms: int, waiting: int) -> Bench:
    """Return an empty bench with room for so many who wait."""
    buckets = (limit_ms >> bucket_bits) + 1
    return Bench(
        time=np.full(graph.nodes, never, np.int32),
        touched=np.empty(graph.nodes, np.int32),
        head=np.empty(buckets, np.int32),
        tail=np.empty(buckets, np.int32),
        node=np.empty(waiting, np.int32),
        ms=np.empty(waiting, np.int32),
        after=np.empty(waiting, np.int32),
        best=np.full(places, never, np.int32),
    )


@compiled
def nodes_within(
    graph: Graph,
    sources: Doors,
    limit_ms: np.ndarray,
    begin: int,
    end: int,
    bench: Bench,
    room: Room,
) -> int:
    """Find the nodes within the limit of the sources from ``begin`` to ``end``.

    Returns
    -------
    int
        The source to go on with: ``end``, or an earlier one when the room is full, or
        ``begin`` when too few can wait.
    """
    time, touched = bench.time, bench.touched
    filled = 0
    for source in range(begin, end):
        count = _spread(graph, sources, source, limit_ms[source], bench)
        if count < 0:
            return source
        fits = filled + count <= len(room.item)
        if fits:
            for i in range(count):
                room.item[filled + i] = touched[i]
                room.ms[filled + i] = time[touched[i]]
            filled += count
            room.counts[source - begin] = count
        for i in range(count):
            time[touched[i]] = never
        if not fits:
            return source
    return end


@compiled
def places_within(
    graph: Graph,
    sources: Doors,
    places: Doors,
    limit_ms: np.ndarray,
    begin: int,
    end: int,
    bench: Bench,
    room: Room,
) -> int:
    """Find the places within the limit of the sources from ``begin`` to ``end``.

    Parameters
    ----------
    places
        As :func:`siting.reach.doors.by_node` returns.

    Returns
    -------
    int
        As :func:`nodes_within`.
    """
    time, touched, best = bench.time, bench.touched, bench.best
    filled = 0
    for source in range(begin, end):
        limit = limit_ms[source]
        count = _spread(graph, sources, source, limit, bench)
        if count < 0:
            return source
        found = 0
        fits = True
        for i in range(count):
            node = touched[i]
            here = time[node]
            time[node] = never
            for door in range(places.first[node], places.first[node + 1]):
                total = here + places.ms[door]
                place = places.node[door]
                if total <= limit and total < best[place]:
                    if best[place] == never:
                        if filled + found == len(room.item):
                            fits = False
                            continue
                        room.item[filled + found] = place
                        found += 1
                    best[place] = total
        for i in range(filled, filled + found):
            place = room.item[i]
            room.ms[i] = best[place]
            best[place] = never
        if not fits:
            return source
        filled += found
        room.counts[source - begin] = found
    return end


@compiled
def _spread(graph: Graph, sources: Doors, source: int, limit: int, bench: Bench) -> int:
    """Spread from the doors of a source.

    Returns
    -------
    int
        Number of nodes touched; -1, and nothing is touched, when too few can wait.
    """
    time, touched, head = bench.time, bench.touched, bench.head
    first, to, edge_ms = graph.first, graph.to, graph.ms
    count = 0
    waiting = 0
    last_bucket = limit >> bucket_bits
    for bucket in range(last_bucket + 1):
        head[bucket] = -1
    for door in range(sources.first[source], sources.first[source + 1]):
        at = sources.ms[door]
        node = sources.node[door]
        if at <= limit and at < time[node]:
            if time[node] == never:
                touched[count] = node
                count += 1
            _wait(node, at, waiting, bench)
            waiting += 1
    for bucket in range(last_bucket + 1):
        entry = head[bucket]
        while entry >= 0:
            node = bench.node[entry]
            at = bench.ms[entry]
            if at == time[node]:
                for edge in range(first[node], first[node + 1]):
                    there = to[edge]
                    reached = at + edge_ms[edge]
                    if reached <= limit and reached < time[there]:
                        if waiting == len(bench.node):
                            for i in range(count):
                                time[touched[i]] = never
                            return -1
                        if time[there] == never:
                            touched[count] = there
                            count += 1
                        _wait(there, reached, waiting, bench)
                        waiting += 1
            entry = bench.after[entry]
    return count


@compiled
def _wait(node: int, at: int, entry: int, bench: Bench) -> None:
    """Give a node its time and put it last into the bucket of that time."""
    bench.time[node] = at
    bench.node[entry] = node
    bench.ms[entry] = at
    bench.after[entry] = -1
    bucket = at >> bucket_bits
    if bench.head[bucket] < 0:
        bench.head[bucket] = entry
    else:
        bench.after[bench.tail[bucket]] = entry
    bench.tail[bucket] = entry
