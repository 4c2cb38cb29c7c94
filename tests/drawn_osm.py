"""Tiny OpenStreetMap files, written from places on a 100 m grid."""

import heapq
from xml.sax.saxutils import quoteattr

import numpy as np
import osmium
from pyproj import Transformer

from drawn_town import crs, metre, origin, scenario

to_degrees = Transformer.from_crs(crs, 4326, always_xy=True)


def number(name):
    """Return the id of a node: a is 1, b is 2."""
    return ord(name) - ord("a") + 1


def write_osm(path, places, ways, node_tags=None, extra="", *, ways_first=False):
    """Write a file of OpenStreetMap XML.

    ``places`` maps letters to (east, north) in hundreds of metres; ``ways`` are pairs of letters
    in a row and tags.
    """
    node_tags = node_tags or {}
    nodes = "".join(
        "<node id='{}' version='1' lon='{:.9f}' lat='{:.9f}'>{}</node>\n".format(
            number(name),
            *to_degrees.transform(*(origin + metre * np.array(at))),
            tags_of(node_tags.get(name, {})),
        )
        for name, at in places.items()
    )
    lines = "".join(
        f"<way id='{i}' version='1'>"
        + "".join(f"<nd ref='{number(name)}'/>" for name in letters)
        + f"{tags_of(tags)}</way>\n"
        for i, (letters, tags) in enumerate(ways, 1)
    )
    body = lines + nodes if ways_first else nodes + lines
    path.write_text(f"<osm version='0.6'>\n{body}{extra}</osm>\n", encoding="utf-8")
    return path


def tags_of(tags):
    return "".join(f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in tags.items())


def as_pbf(path):
    """Write the same as .osm.pbf beside a file of OpenStreetMap XML."""
    pbf = path.with_suffix(".osm.pbf")
    with osmium.SimpleWriter(str(pbf), overwrite=True) as writer:
        for element in osmium.FileProcessor(str(path)):
            writer.add(element)
    return pbf


def asked(folder, streets, **changes):
    """Return a scenario with every mode: 3.6 km/h on foot, 7.2 by bicycle, 36 by car."""
    usual = scenario().model_dump()
    tiers = {
        mode: {**usual["tiers"]["institution"], "mode": mode} for mode in ("walk", "cycle", "drive")
    }
    return scenario(
        inputs={**usual["inputs"], "streets": streets, "townships": None, "seats": "seats.csv"},
        tiers=tiers,
        **{
            "cycle": {"speed_kph": 7.2, "source": "drawn"},
            "drive": {
                "speed_by_highway_kph": {"residential": 36.0, "motorway": 72.0},
                "source": "drawn",
            },
            **changes,
        },
    ).placed_in(folder)


def node_at(network, at):
    """Return the node at a place, given in hundreds of metres."""
    x, y = origin + metre * np.array(at)
    away = np.hypot(network.x - x, network.y - y)
    assert away.min() < 0.1
    return int(away.argmin())


def seconds(network, mode, start, end, *, reverse=False):
    """Return the shortest time between two places in whole seconds, None if there is no way."""
    graph = network.graph(mode, reverse=reverse)
    source, target = node_at(network, start), node_at(network, end)
    best, queue = {}, [(0, source)]
    while queue:
        ms, node = heapq.heappop(queue)
        if node in best:
            continue
        best[node] = ms
        for edge in range(graph.first[node], graph.first[node + 1]):
            heapq.heappush(queue, (ms + int(graph.ms[edge]), int(graph.to[edge])))
    return round(best[target] / 1000) if target in best else None
