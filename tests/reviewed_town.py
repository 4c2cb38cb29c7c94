"""Drawn towns as reviews show them, and texts that try to break what they are shown in."""

from drawn_town import Town, scenario, target
from siting.plan import choose_sites, measure_today, today_targets
from siting.study import Study

hostile = {
    "template": "{{ 7*7 }}",
    "statement": "{% raise %}",
    "comment": "a{#1#}b",
    "script": "<script>window.hacked=1</script>",
    "image": "<img src=x onerror='window.hacked=1'>",
    "backticks": "`${window.hacked=1}`",
    "dollar": "${1}$&$1",
    "end": "</script></style><!--",
    "formula": "=cmd|' /C calc'!A0",
    "right to left": "\u202eabc\u202c\u200fdef",
    "separators": "a\u2028b\u2029c",
    "entities": "&lt;b&gt; &amp; \"'\\",
    "slots": "{year} {cost}",
    "long": "长" * 500,
}


def asked(**changes):
    targets = (
        {**target("per_thousand", required=30.0), "id": "P", "clause": "办法第4项"},
        {**target("township_coverage", required=1.0, hard=False), "id": "T"},
        {**target("population_coverage", required=1.0, hard=False), "id": "C"},
    )
    return scenario(**{"targets": targets, "name": "画的镇", **changes})


def town(names=(), **changes):
    """Return a town of three townships: a facility at a, candidates at b and d, nothing at e."""
    name = dict(enumerate(names))
    return Town(
        "a--b--c------d---------e",
        {"a": 300, "b": 300, "c": 300, "d": 300, "e": 60},
        facilities={
            "a": {
                "name": name.get(0, "甲园"),
                "large_classes": 1,
                "enrolled_24_36": 8,
                "max_classes": 2,
            }
        },
        hosts={
            "b": {"name": name.get(1, "乙楼"), "action": "convert"},
            "d": {"name": name.get(2, "丁楼"), "inclusive": False},
        },
        borders=(9.5, 18.5),
        asked=asked(**changes),
    )


def two_years():
    """Return the town planned for 2026 and 2027 with fewer births; d may open in 2027 only."""
    each = [
        {**target("per_thousand", required=figure), "id": "P", "year": year}
        for year, figure in ((2026, 20.0), (2027, 40.0))
    ]
    cover = {**target("population_coverage", required=1.0, hard=False), "id": "C", "year": 2027}
    children = {
        "under3_share": {2025: 0.4, 2026: 0.35, 2027: 0.3},
        "under3_source": "drawn",
        "take_up": {"0-12": 0.0, "12-24": 0.5, "24-36": 0.5},
        "take_up_source": "drawn",
    }
    drawn = town(years=(2026, 2027), targets=(*each, cover), children=children)
    drawn.hosts["d"]["from_year"] = 2027.0
    return drawn


def parts(drawn, inputs=None):
    """Return what draw_page reads."""
    inputs = inputs or drawn.inputs()
    network, reach = drawn.network(), drawn.reach()
    today = (figure(drawn.asked, inputs, reach) for figure in (measure_today, today_targets))
    plan = choose_sites(drawn.asked, inputs, reach)
    return Study(drawn.asked, inputs, network, reach, *today, plan).findings
