"""What a plan tells of targets, costs and proof is held against what is reckoned again."""

from dataclasses import replace

import pytest

import checked_town
from checked_town import caught, with_content, with_state, with_year
from drawn_town import Town, scenario, target
from siting.plan import check_plan, choose_sites
from siting.plan.plan import hash_plan
from siting.solver import Status


@pytest.fixture(scope="module")
def solved():
    town = checked_town.town
    inputs, reach = town.inputs(), town.reach()
    return choose_sites(town.asked, inputs, reach), inputs, reach


def with_targets(plan, key, **changes):
    """Return the plan asked for another figure of a target, with the results as they were."""
    targets = [t.model_copy(update=changes) if t.key == key else t for t in plan.scenario.targets]
    asked = plan.scenario.model_copy(update={"targets": tuple(targets)})
    of_key = {t.key: t for t in targets}
    plan = replace(plan, scenario=asked)
    for year, part in plan.content.years.items():
        results = tuple(replace(r, target=of_key[r.target.key]) for r in part.targets)
        plan = with_year(plan, year, targets=results)
    return plan


def with_result(plan, key, **changes):
    for year, part in plan.content.years.items():
        results = [replace(r, **changes) if r.target.key == key else r for r in part.targets]
        plan = with_year(plan, year, targets=tuple(results))
    return plan


def test_each_result_is_reckoned_again(solved):
    plan, inputs, reach = solved
    better, untold = plan, plan
    for r in plan.targets:
        better = with_result(better, r.target.key, achieved=r.achieved + 1.0, met=not r.met)
        untold = with_result(untold, r.target.key, achieved=None)
    told, none = caught(better, inputs, reach), caught(untold, inputs, reach)
    for r in plan.targets:
        assert f"{r.target.key}: {r.achieved + 1.0} is told, " in told
        assert f"{r.target.key}: met is told as {not r.met}, reckoned {r.met}" in told
        assert f"{r.target.key}: None is told, " in none


@pytest.mark.parametrize(
    ("key", "changes", "told"),
    [
        ("township_coverage_2027", {"required_count": 1}, "the count required is told as 1"),
        ("community_coverage_2027", {"achieved_count": 4}, "the count achieved is told as 4"),
        ("pairing_2027", {"required_count": 4}, "the count required is told as 4, reckoned 3"),
        ("tier_count_2027", {"achieved_count": 2}, "the count achieved is told as 2, reckoned 1"),
        ("zone_count_2027", {"missing_in": ("Z0",)}, "where it is missed is told as ['Z0']"),
        ("floor_2027", {"missing_in": ("Z1",)}, "where it is missed is told as ['Z1']"),
        ("each_2027", {"missing_in": ()}, "where it is missed is told as [], reckoned ['e']"),
        ("new_area_2027", {"missing_in": ()}, "where it is missed is told as [], reckoned ['d']"),
        ("budget_2027", {"required": 3e5}, "what is required is told as 300000.0"),
    ],
)
def test_counts_and_places_of_results(solved, key, changes, told):
    plan, inputs, reach = solved
    assert f"{key}: {told}" in caught(with_result(plan, key, **changes), inputs, reach)


@pytest.mark.parametrize(
    ("key", "changes", "told"),
    [
        ("places_2027", {"required": 61.0}, "places_2027 is missed: 60.2"),
        ("floor_2027", {"required": 40.0, "hard": True}, "floor_2027 is missed: 36.6"),
        ("inclusive_share_2027", {"hard": True, "tiers": ("point",)}, None),
        ("community_coverage_2027", {"required": 0.8, "hard": True}, "_2027 is missed: 0.75"),
        (
            "community_coverage_2027",
            {"sharing": "inside", "hard": True, "required": 1.0},
            "community_coverage_2027 is missed: 0.5",
        ),
        ("covered_2025", {"required": 0.95}, "covered_2025 is missed: 0.936"),
        ("covered_2025", {"group": "rural"}, None),
        ("enrolment_2027", {"required": 0.2}, "enrolment_2027 is missed: 0.1596"),
        ("fill_2027", {"required": 0.9, "hard": True}, "fill_2027 is missed: 0.86"),
        ("each_2027", {"hard": True}, "each_2027 is missed: 0.333"),
        ("tier_count_2027", {"at_least": 2}, "tier_count_2027 is missed: 1.0"),
        ("tier_count_2027", {"at_least": 0, "at_most": 0}, "tier_count_2027 is missed: 1.0"),
        ("zone_count_2027", {"children_per_site": 100.0}, "zone_count_2027 is missed: 0.0"),
        ("new_area_2027", {"hard": True}, "new_area_2027 is missed: 0.0"),
        ("pairing_2027", {"tiers": ("institution", "point")}, None),
        ("budget_2027", {"required": 200_000.0}, "budget_2027 is missed: 209000.0"),
        ("budget_2027", {"since": "last_planned_year"}, "budget_2027: 209000.0 is told, 104000.0"),
        ("budget_2027", {"spent_on": "subsidy"}, "budget_2027: 209000.0 is told, 3500.0 reckoned"),
        ("budget_2027", {"spent_on": "running"}, "budget_2027: 209000.0 is told, 17500.0"),
    ],
)
def test_targets_are_held_by_what_they_ask(solved, key, changes, told):
    plan, inputs, reach = solved
    found = caught(with_targets(plan, key, **changes), inputs, reach)
    assert (told or f"{key}: ") in found


def test_enrolment_and_fill_are_held_under_every_trend(solved):
    plan, inputs, reach = solved
    (state,) = [s for s in plan.content.served_under if s.year == 2027]
    served = dict(plan.content.served_under)
    served[state] = served[state].iloc[:1]
    found = caught(with_content(plan, served_under=served), inputs, reach)
    assert "hard target enrolment_2027 is missed under 'fewer': 0.0" in found
    assert "stage shortfall-2 tells 0.5303030303030303, 2.3" in found
    assert "is told, " not in found


def test_the_results_are_those_of_the_targets_asked_for(solved):
    plan, inputs, reach = solved
    fewer = with_year(plan, 2027, targets=plan.content.years[2027].targets[1:])
    told = caught(fewer, inputs, reach)
    assert "2027: the results are not those of the targets of the year" in told


stages = (
    ("shortfall-1", {"objective": 0.5, "bound": 0.5}, "shortfall-1 tells 0.5, 1.0 is missing"),
    ("shortfall-2", {"objective": 0.0, "bound": 0.0}, "stage shortfall-2 tells 0.0, 0.34"),
    ("cost", {"objective": 3.0, "bound": 3.0}, "stage cost tells 3.0, the sites cost 39.09"),
    ("served", {"objective": 999.0, "bound": 999.0}, "stage served tells 999.0, 221.3"),
    ("cost", {"bound": 1.0}, "stage cost tells a gap of 0.0, its value and bound give 0.97"),
    ("cost", {"bound": 50.0}, "which its bound 50.0 rules out"),
    ("served", {"bound": 100.0}, "which its bound 100.0 rules out"),
    ("cost", {"checked_bound": 50.0}, "which its checked bound 50.0 rules out"),
    ("served", {"checked_bound": 100.0}, "which its checked bound 100.0 rules out"),
    ("cost", {"bound": None, "gap": None}, "stage cost is called 'optimal' without a bound"),
    ("cost", {"gap": None}, "tells a gap or a bound without the other"),
    ("cost", {"objective": None}, "stage cost has no value"),
    ("cost", {"status": Status.NO_PLAN}, "stage cost is called 'no_plan' with a plan"),
    ("cost", {"status": Status.FEASIBLE}, "called 'optimal', its weakest stage 'feasible'"),
    ("cost", {"gap": 1e-7}, "the plan tells a gap of"),
)


@pytest.mark.parametrize(("name", "changes", "told"), stages)
def test_stages(solved, name, changes, told):
    plan, inputs, reach = solved
    spoilt = tuple(replace(s, **changes) if s.name == name else s for s in plan.stages)
    assert told in caught(replace(plan, stages=spoilt), inputs, reach)


@pytest.mark.parametrize(
    ("status", "share", "told"),
    [
        (Status.OPTIMAL, 1e-4, "called 'optimal' at a gap"),
        (Status.WITHIN_GAP, 0.02, "called 'within_gap' at a gap"),
        (Status.WITHIN_GAP, 0.005, None),
        (Status.FEASIBLE, 0.02, None),
    ],
)
def test_a_status_claims_no_more_than_the_gap(solved, status, share, told):
    plan, inputs, reach = solved
    cost = plan.objective_stage
    bound = cost.objective * (1 - share)
    weaker = replace(cost, status=status, bound=bound, gap=share)
    asked = plan.scenario.with_solver(gap=0.01)
    spoilt = replace(
        plan,
        scenario=asked,
        stages=tuple(weaker if stage is cost else stage for stage in plan.stages),
        status=status,
        gap=share,
    )
    if told is None:
        check_plan(spoilt, inputs, reach)
    else:
        assert f"stage cost is {told}" in caught(spoilt, inputs, reach)


def test_the_stages_are_those_asked_for(solved):
    plan, inputs, reach = solved
    first, *others = plan.stages
    for stages in (
        others,
        (first, first, *others),
        (*others, first),
        (*plan.stages, replace(first, name="other")),
    ):
        told = caught(replace(plan, stages=tuple(stages)), inputs, reach)
        names = [stage.name for stage in stages]
        assert f"the stages are {names}, asked for are ['shortfall-1', " in told
    assert "the plan has no stage" in caught(replace(plan, stages=()), inputs, reach)


def test_the_tie_break_is_reckoned_again():
    town = checked_town.town
    asked = town.asked.model_copy(update={"objectives": ("shortfall", "cost", "tie_break")})
    inputs, reach = town.inputs(), town.reach()
    plan = choose_sites(asked, inputs, reach)
    stage = plan.stages[-1]
    assert stage.objective > 0
    other = replace(stage, objective=stage.objective + 1, bound=stage.bound + 1)
    told = caught(replace(plan, stages=(*plan.stages[:-1], other)), inputs, reach)
    assert f"stage tie_break tells {other.objective}, the places in the order of sites add" in told


def test_covered_children_are_not_overstated():
    # 10 of the 15 under-3s within reach of an open site: 10 in each of two years.
    asked = scenario(
        years=(2025, 2026),
        children={
            **scenario().children.model_dump(),
            "under3_share": dict.fromkeys((2025, 2026), 1 / 3),
        },
        objectives=("coverage",),
        targets=(target("budget", required=30_000.0),),
    )
    town = Town("a-------b", {"a": 30, "b": 15}, hosts={"a": {}}, asked=asked)
    inputs, reach = town.inputs(), town.reach()
    plan = choose_sites(asked, inputs, reach)
    (stage,) = plan.stages
    assert stage.objective == pytest.approx(20)
    more = replace(plan, stages=(replace(stage, objective=30.0, bound=30.0),))
    assert "stage coverage tells 30.0, 20.0 are covered" in caught(more, inputs, reach)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("spent", "subsidy_cny", 7.0),
        ("spent", "site", 3),
        ("actions", "action", "convert"),
        ("actions", "places_added", 99),
        ("actions", "large_classes", 9),
        ("sites", "year", 2026),
        ("sites", "inclusive", False),
        ("sites", "children", 1.0),
        ("assignment", "seconds", 1),
        ("assignment", "band", "0-12"),
        ("guidance", "medical_id", "x"),
        ("guidance", "seconds", 99),
    ],
)
def test_tables(solved, table, column, value):
    plan, inputs, reach = solved
    frame = getattr(plan.content, table).copy()
    frame.loc[0, column] = value
    name = {"spent": "spending"}.get(table, table)
    told = caught(with_content(plan, **{table: frame}), inputs, reach)
    assert f"the table of {name} tells {value} as {column} in row 0, reckoned" in told


@pytest.mark.parametrize("table", ["spent", "actions", "sites", "assignment", "guidance"])
def test_rows_and_columns_of_tables(solved, table):
    plan, inputs, reach = solved
    frame = getattr(plan.content, table)
    name = {"spent": "spending"}.get(table, table)
    told = caught(with_content(plan, **{table: frame.iloc[1:]}), inputs, reach)
    assert f"the table of {name} has {len(frame) - 1} rows, reckoned {len(frame)}" in told
    less = frame.drop(columns=frame.columns[1])
    told = caught(with_content(plan, **{table: less}), inputs, reach)
    assert f"the table of {name} lacks {frame.columns[1]}" in told
    words = frame.astype({frame.columns[0]: object})
    words.iloc[0, 0] = "x"
    found = caught(with_content(plan, **{table: words}), inputs, reach)
    assert f"the table of {name} tells" in found


def test_indicators_and_hash(solved):
    plan, inputs, reach = solved
    told = plan.content.years[2025].indicators
    table = told.table.assign(places=told.table["places"] + 1)
    found = caught(with_year(plan, 2025, indicators=replace(told, table=table)), inputs, reach)
    assert "the table of indicators of 2025 tells" in found
    found = caught(with_year(plan, 2025, indicators=replace(told, year=2026)), inputs, reach)
    assert "the indicators of 2025 are called those of 2026" in found
    assert "the hash is not that of the plan" in caught(
        with_content(plan, plan_hash="x"), inputs, reach
    )


def test_years_and_trends_are_complete(solved):
    plan, inputs, reach = solved
    content = plan.content
    first = {2025: content.years[2025]}
    assert "the plan tells [2025], not" in caught(with_content(plan, years=first), inputs, reach)
    assert "who is served in every year under every trend" in caught(
        with_content(plan, served_under={}), inputs, reach
    )


def test_a_consistent_lie_is_caught(solved):
    # A larger class at b, told in the state and the actions alike: everything else gives it away.
    plan, inputs, reach = solved
    more = with_state(plan, inputs, "cb", 2027, small_classes=0, mixed_classes=1)
    actions = plan.actions.copy()
    row = actions.index[actions["site_id"] == "cb"][0]
    told = {"small_classes": 0, "mixed_classes": 1, "places_added": 38}
    told |= {"capital_cny": 48_000.0, "subsidy_cny": 3_800.0}
    actions.loc[row, list(told)] = list(told.values())
    results = [result for part in more.content.years.values() for result in part.targets]
    told_hash = hash_plan(actions, plan.guidance, tuple(results))
    found = caught(with_content(more, actions=actions, plan_hash=told_hash), inputs, reach)
    assert "the table of actions" not in found
    assert "the hash" not in found
    for told in ("stage cost tells", "the table of spending", "the table of indicators of 2027"):
        assert told in found
    assert "budget_2027: 209000.0 is told, 212000.0 reckoned" in found


def infeasible():
    targets = (target("per_thousand", required=99.0), target("inclusive_share", required=1.0))
    town = Town("a--b", {"a": 1000}, hosts={"a": {}}, asked=scenario(targets=targets))
    inputs, reach = town.inputs(), town.reach()
    return choose_sites(town.asked, inputs, reach), inputs, reach


@pytest.mark.parametrize(
    ("changes", "stage", "told"),
    [
        ({}, {"objective": 1.0}, "tells figures without a plan"),
        ({}, {"status": Status.OPTIMAL}, "is called 'optimal' without a plan"),
        ({"status": Status.NO_PLAN}, {}, "the plan is called 'no_plan', its weakest stage 'infe"),
        ({"status": Status.OPTIMAL}, {}, "the plan is called 'optimal' and has no tables"),
        ({"gap": 0.0}, {}, "the plan tells a gap of 0.0, its stages None"),
    ],
)
def test_a_plan_without_tables_claims_nothing(changes, stage, told):
    plan, inputs, reach = infeasible()
    check_plan(plan, inputs, reach)
    stages = (replace(plan.stages[0], **stage),)
    assert told in caught(replace(plan, stages=stages, **changes), inputs, reach)


def test_tables_need_a_status_that_has_a_plan(solved):
    plan, inputs, reach = solved
    stages = (replace(plan.stages[0], status=Status.INFEASIBLE), *plan.stages[1:])
    told = caught(replace(plan, status=Status.INFEASIBLE, stages=stages), inputs, reach)
    assert "the plan is called 'infeasible' and has tables" in told
