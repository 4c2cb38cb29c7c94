"""What the tags of a street or a barrier mean for each way of travelling."""

import math
import re
from collections.abc import Mapping

from siting.network.access_rules import (
    access_keys,
    barred_by_barrier,
    closed_by_tag,
    closed_values,
    contraflow_keys,
    contraflow_values,
    implied_oneway,
    level_passages,
    no_stopping_classes,
    not_streets,
    oneway_keys,
    oneway_values,
    open_values,
    own_keys,
)
from siting.scenario import Scenario

Tags = Mapping[str, str]
"""OpenStreetMap key -> value, of one street or node."""
kph_per_mph = 1.609344
"""International mile (International Yard and Pound Agreement, 1959)."""
_number = re.compile(r"(\d+(?:\.\d+)?)\s*(mph|km/h|kmh|kph)?")


def values_of(text: str | None) -> tuple[str, ...]:
    """Return the values of a tag: several stand as ``a;b``, or as ``['a', 'b']`` in osmnx files."""
    if not text:
        return ()
    parts = (part.strip(" '\"") for part in re.split(r"[;,]", text.strip().strip("[]()")))
    return tuple(part.lower() for part in parts if part)


def speeds_kph(tags: Tags, mode: str, scenario: Scenario) -> tuple[float, float]:
    """Return the speed of a mode along a street and against it, km/h.

    Where a tag has several values, the least that any of them grants.

    Returns
    -------
    tuple
        0 where the mode may not go.
    """
    classes = values_of(tags.get("highway"))
    speed = min((_class_speed_kph(tags, each, mode, scenario) for each in classes), default=0.0)
    along, against = _directions(tags, mode)
    return speed * along, speed * against


def can_stop(tags: Tags) -> bool:
    """Return whether a place beside a street is reached from it."""
    return no_stopping_classes.isdisjoint(values_of(tags.get("highway"))) and all(
        level.issuperset(values_of(tags.get(key))) for key, level in level_passages.items()
    )


def barred_modes(tags: Tags) -> frozenset[str]:
    """Return the modes that a barrier on a node does not let through."""
    if "barrier" not in tags:
        return frozenset()
    by_kind = {
        mode for kind in values_of(tags["barrier"]) for mode in barred_by_barrier.get(kind, ())
    }
    if tags.get("locked") == "yes":
        by_kind = set(access_keys)
    stated = {mode: _stated(tags, keys) for mode, keys in access_keys.items()}
    return frozenset(
        mode
        for mode, is_open in stated.items()
        if not is_open and (is_open is False or mode in by_kind)
    )


def is_two_way(tags: Tags) -> bool:
    """Return whether every mode that may use a street may use it both ways."""
    return all(_directions(tags, mode) == (True, True) for mode in oneway_keys)


def maxspeed_kph(text: str | None) -> float:
    """Return the lowest posted speed of a ``maxspeed`` tag, NaN where it names none."""
    found = [_number.fullmatch(value) for value in values_of(text)]
    speeds = [
        float(match[1]) * (kph_per_mph if match[2] == "mph" else 1.0) for match in found if match
    ]
    return min((speed for speed in speeds if speed > 0), default=math.nan)


def _class_speed_kph(tags: Tags, highway: str, mode: str, scenario: Scenario) -> float:
    if highway in not_streets:
        return 0.0
    own = _stated(tags, own_keys[mode])
    closed = any(tags.get(key) == value and mode in closes for (key, value), closes in _closing)
    if _stated(tags, access_keys[mode]) is False or (closed and not own):
        return 0.0
    if mode == "drive":
        drive = scenario.drive
        speed = drive.speeds_kph.get(highway, 0.0)
        posted = maxspeed_kph(tags.get("maxspeed")) if drive.use_maxspeed else math.nan
        return speed if math.isnan(posted) else min(speed, posted)
    travel = scenario.walk if mode == "walk" else scenario.cycle
    if highway in travel.excluded_highways and not own:
        return 0.0
    return travel.speed_by_highway_kph.get(highway, travel.speed_kph)


_closing = tuple(closed_by_tag.items())


def _stated(tags: Tags, keys: tuple[str, ...]) -> bool | None:
    """Return whether the first of the keys with a known value opens, None if none is there."""
    for key in keys:
        values = values_of(tags.get(key))
        if not closed_values.isdisjoint(values):
            return False
        if not open_values.isdisjoint(values):
            return True
    return None


def _directions(tags: Tags, mode: str) -> tuple[bool, bool]:
    """Return whether a mode may go along the line and against it."""
    for key in oneway_keys[mode]:
        if mode == "cycle" and key == "oneway" and _contraflow(tags):
            return True, True
        known = [
            oneway_values[value] for value in values_of(tags.get(key)) if value in oneway_values
        ]
        if known:
            return all(along for along, _ in known), all(against for _, against in known)
    wheels = mode != "walk"
    implied = any(value in values_of(tags.get(key)) for key, value in implied_oneway)
    return True, not (wheels and implied)


def _contraflow(tags: Tags) -> bool:
    return any(not contraflow_values.isdisjoint(values_of(tags.get(k))) for k in contraflow_keys)
