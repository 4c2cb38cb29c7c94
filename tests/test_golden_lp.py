"""Every constraint of the planning model on one drawn town, as the LP file shows it.

``tests/golden/<constraint>.lp`` holds the rows that the function of that name adds. After a wanted
change of a constraint, write them anew and read the difference::

    SITING_WRITE_GOLDEN=1 python -m pytest tests/test_golden_lp.py
    git diff tests/golden
"""

import os
import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from drawn_town import Town, scenario, target
from siting.model import pose_problem
from siting.model.service_rules import service_rules
from siting.model.site_rules import site_rules
from siting.model.target_rules import rule_of
from siting.model.variables import declare
from siting.solver import write_program

golden = Path(__file__).parent / "golden"
names = [rule.__name__ for rule in (*site_rules, *service_rules)] + list(rule_of)


def due(kind: str, year: int = 2027, **fields) -> dict:
    return {**target(kind), "year": year, **fields}


def drawn_town() -> Town:
    """Return the town of the golden files, planned for 2025 and 2027.

    Sites are counted in the order of ``site_id``: 0 is the host at b (cb), 1 the host at c (cc),
    2 the facility at a (ea). Townships: 0 holds a and b, 1 holds c; communities 0, 1, 2 hold one
    letter each. The new area at c is handed over in 2026; from then on it is a cell of its own.
    The only medical institution, 0, is at b.

    Of 54 residents at a, 18 are under three and 3 take a place of either age; 4 and 2 are enrolled
    at a, so that one of them lives beyond its reach: at b or c, in proportion to their takers.
    """
    targets = (
        due("per_thousand", required=40.0, hard=False),
        due("inclusive_share", required=0.6),
        due("township_coverage", required=1.0),
        due("community_coverage", required=0.6, sharing="reach"),
        due("population_coverage", required=0.9, hard=False),
        due("enrolment", required=0.1),
        due("fill", required=0.5, within="site", spare_only_site=True, hard=False),
        due("tier_count", at_least=1, at_most=3, tiers=("institution",), hard=False),
        due("zone_count", children_per_site=20.0, tiers=("institution",), hard=False),
        due("new_area", required=50.0, hard=False),
        due("pairing", required=1.0, hard=False),
        due("budget", required=90_000.0),
    )
    usual = scenario()
    kinds = {name: usual.class_kinds[name] for name in ("mixed", "small")}
    counts_in = ("community_coverage", "enrolment", "new_area")
    tier = usual.tiers["institution"].model_copy(
        update={
            "class_kinds": tuple(kinds),
            "can_close": True,
            "counts_in": (*usual.tiers["institution"].counts_in, *counts_in),
        }
    )
    asked = scenario(
        years=(2025, 2027),
        children={
            **usual.children.model_dump(),
            "under3_share": {2025: 1 / 3, 2027: 1 / 3},
        },
        class_kinds=kinds,
        tiers={"institution": tier},
        inputs={
            **usual.inputs.model_dump(),
            "communities": "communities.geojson",
            "areas": "areas.geojson",
            "medical": "medical.csv",
        },
        guidance={"within_minutes": 2.0, "jurisdiction": "area", "source": "drawn"},
        costs={"counted": ("capital", "running")},
        targets=targets,
    )
    return Town(
        "a------b--c",
        {"a": 54.0, "b": 180.0, "c": 90.0},
        facilities={
            "a": {
                "mixed_classes": 1,
                "max_classes": 2,
                "enrolled_12_24": 4,
                "enrolled_24_36": 2,
                "fixed_cost_cny": 5_000.0,
                "close_cost_cny": 2_000.0,
                "closes_by": 2027.0,
                "inclusive": False,
            }
        },
        hosts={
            "b": {
                "max_classes": 2,
                "most_places": 30.0,
                "staff_children": 12,
                "exclusive_group": "g",
            },
            "c": {"decision": "committed", "from_year": 2027.0, "exclusive_group": "g"},
        },
        borders=(8.5,),
        community_borders=(3.5, 8.5),
        areas={"c": {"people": 90.0, "hand_over_year": 2026}},
        medical={"b": {"child_health_staff": 1.0}},
        asked=asked,
    )


@cache
def rows_written(folder: Path) -> dict[str, str]:
    """Return the rows that each constraint adds, as they stand in the LP file."""
    town = drawn_town()
    problem = pose_problem(town.asked, town.inputs(), town.reach())
    model = declare(problem)
    added = {}
    for rule in (*site_rules, *service_rules):
        first = model.rows
        rule(model)
        added[rule.__name__] = (first, model.rows)
    for asked in town.asked.targets:
        first = model.rows
        rule_of[asked.kind](model, asked)
        added[asked.kind] = (first, model.rows)
    program = model.program(np.zeros(model.columns))
    write_program(program, folder / "town.lp")
    text = (folder / "town.lp").read_text()
    constraints = text.split("Subject To\n")[1].split("Bounds\n")[0]
    rows = re.split(r"^(?=\w+: )", constraints, flags=re.MULTILINE)[1:]
    text_of = {row.split(":")[0]: row for row in rows}
    named = [re.sub(r"\W", "_", name) for name in program.row_names(len(rows))]
    assert sorted(named) == sorted(text_of)
    return {
        name: "".join(text_of[row] for row in named[first:last])
        for name, (first, last) in added.items()
    }


@pytest.mark.parametrize("name", names)
def test_rows_are_those_of_the_golden_file(name, tmp_path_factory):
    rows = rows_written(tmp_path_factory.getbasetemp())[name]
    assert rows, f"the town shows no row of {name}"
    if os.environ.get("SITING_WRITE_GOLDEN"):
        golden.mkdir(exist_ok=True)
        (golden / f"{name}.lp").write_text(rows)
    assert rows == (golden / f"{name}.lp").read_text()


def test_every_constraint_has_a_golden_file_and_no_other():
    assert {path.stem for path in golden.glob("*.lp")} == set(names)
