"""The bounded shortest-path search from many places, over whole milliseconds.

Sums of whole milliseconds are exact, so every engine finds the same ones. Memory grows with what
is found. The compiled part, ``spread.py``, is loaded when a search is made.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from siting.network import Graph
from siting.reach.doors import Doors, by_node

if TYPE_CHECKING:
    from siting.reach.spread import Bench, Room

sources_at_once = 256
"""Sources searched between two reports."""
room_entries = 1 << 22
"""Entries that a thread finds before it hands them over; the system gives memory as it fills."""


@dataclass(frozen=True)
class Found:
    """What was found within the limit of each source: one entry for each pair.

    Attributes
    ----------
    first
        Position of the first entry of each source, and the number of entries.
    item
        Node or place found, in no particular order.
    ms
        Time between the two, whole milliseconds.
    """

    first: np.ndarray
    item: np.ndarray
    ms: np.ndarray


def find_nodes(graph: Graph, sources: Doors, limit_ms: np.ndarray, threads: int = 1) -> Found:
    """Find every node within the limit of each source.

    Parameters
    ----------
    limit_ms
        Limit of each source in whole milliseconds; at the limit is within it.
    """
    from siting.reach.spread import nodes_within

    def search(begin: int, end: int, bench: "Bench", room: "Room") -> int:
        return nodes_within(graph, sources, limit_ms, begin, end, bench, room)

    return _share(search, graph, sources, 0, limit_ms, threads, lambda _: None)


def find_places(
    graph: Graph,
    sources: Doors,
    places: Doors,
    limit_ms: np.ndarray,
    threads: int = 1,
    report: Callable[[float], None] = lambda _: None,
) -> Found:
    """Find every place within the limit of each source, by the best of its doors.

    Parameters
    ----------
    limit_ms
        Limit of each source in whole milliseconds; at the limit is within it.
    threads
        Sources are quickest in the order of their nodes, so that one finds in the processor's
        cache what the one before it used.
    report
        Called with the share of the sources that is done, from any thread.
    """
    from siting.reach.spread import places_within

    seen_from_nodes = by_node(places, graph.nodes)

    def search(begin: int, end: int, bench: "Bench", room: "Room") -> int:
        return places_within(graph, sources, seen_from_nodes, limit_ms, begin, end, bench, room)

    return _share(search, graph, sources, places.places, limit_ms, threads, report)


def _share(
    search: Callable[[int, int, "Bench", "Room"], int],
    graph: Graph,
    sources: Doors,
    places: int,
    limit_ms: np.ndarray,
    threads: int,
    report: Callable[[float], None],
) -> Found:
    """Share the sources among threads; each hands over what it found whenever its room is full."""
    from siting.reach.spread import Room, new_bench

    longest_ms = int(limit_ms.max(initial=0))
    done = Counter[str]()

    def work(begin: int, end: int) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        waiting = len(graph.to) + len(sources.node)
        bench = new_bench(graph, places, longest_ms, waiting)
        size = max(graph.nodes, places, room_entries)
        while begin < end:
            room = Room(*(np.empty(n, np.int32) for n in (sources_at_once, size, size)))
            reached = search(begin, min(begin + sources_at_once, end), bench, room)
            if reached == begin:
                waiting *= 2
                bench = new_bench(graph, places, longest_ms, waiting)
                continue
            counts = room.counts[: reached - begin]
            found = counts.sum()
            yield counts, room.item[:found], room.ms[:found]
            done["sources"] += reached - begin
            report(done["sources"] / sources.places)
            begin = reached

    shares = min(threads, max(sources.places, 1))
    ends = np.linspace(0, sources.places, shares + 1).astype(int).tolist()
    with ThreadPoolExecutor(shares) as pool:
        results = pool.map(lambda begin, end: list(work(begin, end)), ends[:-1], ends[1:])
        parts = [part for result in results for part in result]
    none = (np.empty(0, np.int32),) * 3
    counts, item, ms = (np.concatenate(column) for column in zip(none, *parts, strict=True))
    return Found(np.r_[0, np.cumsum(counts, dtype=np.int64)], item, ms)
