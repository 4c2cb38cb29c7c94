"""The crop: streets, places and possible sites of the box, with the tags that a study can use.

Reads an .osm.pbf, writes a smaller one. Does not: change a tag or a coordinate of what it keeps.
"""

import osmium
from osmium.osm import NODE, RELATION, WAY

WEST, SOUTH, EAST, NORTH = -22.06, 63.98, -21.60, 64.20

WANTED = {
    "amenity": {
        "childcare",
        "clinic",
        "college",
        "community_centre",
        "doctors",
        "hospital",
        "kindergarten",
        "library",
        "nursing_home",
        "place_of_worship",
        "public_building",
        "retirement_home",
        "school",
        "social_centre",
        "social_facility",
        "townhall",
        "university",
    },
    "building": {"civic", "daycare", "hospital", "kindergarten", "public", "school"},
    "healthcare": {"clinic", "doctor", "hospital", "rehabilitation"},
    "office": {"government"},
}
"""Tags of facilities and of what could hold one."""

DROPPED = ("created_by", "fixme", "FIXME", "note", "ourfootprints:", "ref:", "source")
"""Beginnings of keys that say how a thing was mapped or how a register numbers it."""


def is_site(tags):
    """Whether a thing is a facility or could hold one."""
    return any(tags.get(key) in values for key, values in WANTED.items())


def is_way(tags):
    """Whether a way is a street, a path or a ferry."""
    return "highway" in tags or tags.get("route") == "ferry"


def in_box(lon, lat):
    """Whether a point lies in the box, edges included."""
    return WEST <= lon <= EAST and SOUTH <= lat <= NORTH


def choose(source):
    """Ids of the nodes, ways and relations to keep.

    Streets and sites with a node in the box keep all their nodes; a multipolygon of which one
    member way has a node in the box keeps all its member ways.
    """
    shapes = {
        shape.id: {member.ref for member in shape.members if member.type == "w"}
        for shape in osmium.FileProcessor(str(source), RELATION)
        if shape.tags.get("type") == "multipolygon" and is_site(shape.tags)
    }
    of_shapes = set().union(*shapes.values())
    nodes, ways, nodes_of = set(), set(), {}
    things = osmium.FileProcessor(str(source), NODE | WAY).with_locations()
    for thing in things.with_filter(osmium.filter.EmptyTagFilter().enable_for(NODE)):
        if thing.is_node():
            if ("place" in thing.tags or is_site(thing.tags)) and in_box(thing.lon, thing.lat):
                nodes.add(thing.id)
            continue
        if thing.id in of_shapes:
            nodes_of[thing.id] = [node.ref for node in thing.nodes]
        wanted = is_way(thing.tags) or is_site(thing.tags) or thing.id in of_shapes
        if wanted and any(in_box(node.lon, node.lat) for node in thing.nodes):
            ways.add(thing.id)
            nodes.update(node.ref for node in thing.nodes)
    relations = {shape for shape, members in shapes.items() if members & ways}
    for shape in relations:
        ways |= shapes[shape] & set(nodes_of)
        nodes.update(ref for way in shapes[shape] for ref in nodes_of.get(way, ()))
    return nodes, ways, relations


def crop(source, target):
    """Write what is kept of an .osm.pbf, without the names and times of its mappers."""
    nodes, ways, relations = choose(source)
    read = osmium.io.Reader(str(source)).header()
    header = osmium.io.Header()
    header.set("generator", "crop of Iceland to the capital region")
    header.set("osmosis_replication_timestamp", read.get("osmosis_replication_timestamp"))
    header.add_box(
        osmium.osm.Box(osmium.osm.Location(WEST, SOUTH), osmium.osm.Location(EAST, NORTH))
    )
    kept = [
        osmium.filter.IdFilter(ids).enable_for(kind)
        for kind, ids in ((NODE, nodes), (WAY, ways), (RELATION, relations))
    ]
    things = osmium.FileProcessor(str(source))
    for by_id in kept:
        things.with_filter(by_id)
    file = osmium.io.File(str(target), "pbf,add_metadata=false,pbf_compression_level=9")
    target.unlink(missing_ok=True)
    with osmium.SimpleWriter(file, header=header) as writer:
        for thing in things:
            tags = [(t.k, t.v) for t in thing.tags if not t.k.startswith(DROPPED)]
            writer.add(thing.replace(tags=tags))
