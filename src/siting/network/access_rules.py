"""Who may use which street: the rules as tables, each with its source.

Sources: OSM Wiki, Key:access (values, order of the keys), Key:barrier (what each barrier lets
through), Key:oneway, Key:oneway:bicycle, Key:motorroad, Tag:highway=motorway and
Tag:junction=roundabout (what they imply). Which classes a mode uses at all stands in the scenario
(:mod:`siting.scenario.travel`). Conditional and time-dependent tags are not read.
"""

from types import MappingProxyType
from typing import Final

not_streets: Final = frozenset(
    # OSM Wiki, Key:highway, "lifecycle" and "other features": not there yet, not there any more, or
    # no way to travel along.
    [
        "abandoned",
        "construction",
        "demolished",
        "disused",
        "emergency_access_point",
        "no",
        "planned",
        "proposed",
        "razed",
        "removed",
        "rest_area",
        "services",
        "traffic_island",
        "via_ferrata",
    ]
)
"""Values of ``highway`` that are no street for anybody."""

street_classes: Final = frozenset(
    # OSM Wiki, Key:highway: "roads", "link roads", "special road types", "paths", and those of the
    # other features along which people walk.
    [
        "motorway",
        "trunk",
        "primary",
        "secondary",
        "tertiary",
        "unclassified",
        "residential",
        "motorway_link",
        "trunk_link",
        "primary_link",
        "secondary_link",
        "tertiary_link",
        "living_street",
        "service",
        "pedestrian",
        "track",
        "bus_guideway",
        "busway",
        "escape",
        "raceway",
        "road",
        "footway",
        "bridleway",
        "steps",
        "corridor",
        "path",
        "cycleway",
        "elevator",
        "platform",
        "crossing",
        "ladder",
    ]
)
"""Values of ``highway`` that are streets; people may walk on others too, and are told of them."""

access_keys: Final = MappingProxyType(
    {
        "walk": ("foot", "access"),
        "cycle": ("bicycle", "vehicle", "access"),
        "drive": ("motorcar", "motor_vehicle", "vehicle", "access"),
    }
)
"""Keys that speak of a mode; the first that is there decides (Key:access, "transport mode")."""

own_keys: Final = MappingProxyType(
    {"walk": ("foot",), "cycle": ("bicycle",), "drive": ("motorcar", "motor_vehicle")}
)
"""Keys that may open a street which its class closes; the others can only close it: access=yes
does not lead cars down steps."""

open_values: Final = frozenset(
    # Key:access. Destination, customers and the like are open to those whose way ends there; that
    # nobody may drive through is not modelled (assumption: reach is about ways to a door).
    [
        "yes",
        "permissive",
        "designated",
        "official",
        "public",
        "destination",
        "customers",
        "delivery",
        "permit",
        "residents",
        "discouraged",
        "allowed",
    ]
)
closed_values: Final = frozenset(
    # Key:access; dismount and use_sidepath of bicycles count as no (assumption: nobody pushes a
    # bicycle with a child on it for long, and the side path is a street of its own).
    [
        "no",
        "private",
        "agricultural",
        "forestry",
        "emergency",
        "military",
        "employees",
        "dismount",
        "use_sidepath",
    ]
)

closed_by_tag: Final = MappingProxyType(
    {
        # Key:motorroad: expressways that are barred to walkers and riders.
        ("motorroad", "yes"): ("walk", "cycle"),
        # A square is walked along its outline, and neither ridden nor driven on (assumption).
        ("area", "yes"): ("cycle", "drive"),
    }
)
"""Tags that close a street to modes, unless their own key opens it."""

oneway_keys: Final = MappingProxyType(
    {
        # Key:oneway speaks of vehicles; on foot only oneway:foot counts.
        "walk": ("oneway:foot",),
        "cycle": ("oneway:bicycle", "oneway"),
        "drive": ("oneway:motorcar", "oneway:motor_vehicle", "oneway"),
    }
)
oneway_values: Final = MappingProxyType(
    {
        # value -> (along the line, against it); true, 1, reverse are Key:oneway's known variants;
        # f, t, b are those of the Shapefiles of Geofabrik.
        **dict.fromkeys(("yes", "true", "1", "f"), (True, False)),
        **dict.fromkeys(("-1", "reverse", "t"), (False, True)),
        **dict.fromkeys(("no", "false", "0", "b", "alternating"), (True, True)),
        # The direction changes by the hour: not to be relied on (assumption).
        "reversible": (False, False),
    }
)
implied_oneway: Final = frozenset({("junction", "roundabout"), ("highway", "motorway")})
"""Tags that make a street one-way for wheels where ``oneway`` says nothing."""

contraflow_keys: Final = ("cycleway", "cycleway:left", "cycleway:right", "cycleway:both")
contraflow_values: Final = frozenset({"opposite", "opposite_lane", "opposite_track"})
"""Values of ``cycleway`` by which bicycles go both ways (Key:cycleway)."""

no_stopping_classes: Final = frozenset({"motorway", "motorway_link", "trunk_link"})
"""Classes beside which no place is reached: stopping is forbidden on motorways
(道路交通安全法实施条例 第八十二条) and, as an assumption, on the ramps of expressways."""
level_passages: Final = MappingProxyType(
    {"bridge": frozenset({"no"}), "tunnel": frozenset({"no", "building_passage", "covered"})}
)
"""Any other value of these keys puts a street above or below its surroundings: what stands beside
it on the map is not reached from it (assumption)."""

barred_by_barrier: Final = MappingProxyType(
    {
        # Key:barrier, "default access" of each value. Gates of any kind stand open unless their
        # access says otherwise (assumption: the Wiki leaves it to the tags).
        **dict.fromkeys(
            [
                "block",
                "bollard",
                "bus_trap",
                "chain",
                "cycle_barrier",
                "debris",
                "horse_stile",
                "jersey_barrier",
                "log",
                "motorcycle_barrier",
                "planter",
                "rope",
                "sump_buster",
                "wicket_gate",
            ],
            ("drive",),
        ),
        **dict.fromkeys(
            ["full-height_turnstile", "kissing_gate", "stile", "turnstile"], ("cycle", "drive")
        ),
        **dict.fromkeys(
            [
                "cable_barrier",
                "city_wall",
                "ditch",
                "fence",
                "guard_rail",
                "hedge",
                "retaining_wall",
                "wall",
            ],
            ("walk", "cycle", "drive"),
        ),
    }
)
"""Barrier on a node of a street -> modes it stops; a barrier that is not named stops nobody."""

rule_keys: Final = frozenset(
    {"highway", "junction", "maxspeed", "motorroad", "area", *level_passages, *contraflow_keys}
    | {key for keys in (*access_keys.values(), *oneway_keys.values()) for key in keys}
)
"""Every key of a street that the rules read."""
barrier_keys: Final = frozenset(
    {"barrier", "locked"} | {key for keys in access_keys.values() for key in keys}
)
"""Every key of a node that the rules read."""
