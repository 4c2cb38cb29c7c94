"""What was assumed, and from which sources."""

from typing import Any

from siting.review.plain_values import Content
from siting.review.words import words
from siting.scenario import Scenario


def parameter_rows(scenario: Scenario, lang: str) -> list[Content]:
    """Return what was assumed: the word for it, what it is of, its value and its source."""
    children, walk = scenario.children, scenario.walk
    used = sorted({scenario.base_year, *scenario.years})
    return [
        *(
            _parameter(
                "under3_share",
                {"year": year},
                ["share", children.under3_share[year]],
                children.under3_source,
            )
            for year in used
            if children.under3_from == "share"
        ),
        *(
            _parameter(
                "take_up",
                {"band": band},
                ["share", children.take_up[band]],
                children.take_up_source,
            )
            for band in scenario.bands
        ),
        _parameter("walk_speed", {}, ["speed", walk.speed_kph], walk.source),
        *_speeds(scenario),
        *(
            _parameter(
                "limit",
                {"tier": tier.called(lang), "travel": words(lang)[tier.mode]},
                ["minutes", tier.limit_minutes],
                "",
            )
            for tier in scenario.tiers.values()
        ),
        *(
            _parameter(
                "class_size",
                {"kind": kind.called(lang)},
                ["class", kind.size],
                scenario.class_kinds_source,
            )
            for kind in scenario.class_kinds.values()
        ),
    ]


def _speeds(scenario: Scenario) -> list[Content]:
    """Return the speeds of the modes beside walking that a tier uses."""
    found = []
    if "cycle" in scenario.modes:
        speed = ["speed", scenario.cycle.speed_kph]
        found.append(_parameter("cycle_speed", {}, speed, scenario.cycle.source))
    if "drive" in scenario.modes:
        found += [
            _parameter("drive_speed", {"highway": name}, ["speed", kph], scenario.drive.source)
            for name, kph in sorted(scenario.drive.speeds_kph.items())
        ]
    return found


def _parameter(word: str, of: Content, value: list[Any], source: str) -> Content:
    return {"word": word, "of": of, "value": value, "source": source}
