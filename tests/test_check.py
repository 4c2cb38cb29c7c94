"""A good plan passes its check; spoilt in any one way, it is caught, and in the right words."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import checked_town
from checked_town import at, caught, with_content, with_state, with_year
from siting.plan import check_plan, choose_sites


@pytest.fixture(scope="module")
def solved():
    town = checked_town.town
    inputs, reach = town.inputs(), town.reach()
    return choose_sites(town.asked, inputs, reach), inputs, reach


def with_site(inputs, site, **columns):
    """Return the inputs with other figures of a site: a rule that the plan did not know."""
    sites = inputs.sites.copy()
    for column, value in columns.items():
        sites[column] = sites[column].astype(object if value is False else sites[column].dtype)
        sites.loc[at(inputs, site), column] = value
    return replace(inputs, sites=sites)


def test_the_plan_does_what_the_check_looks_at(solved):
    plan, inputs, reach = solved
    check_plan(plan, inputs, reach)
    done = set(zip(plan.actions["year"], plan.actions["site_id"], plan.actions["action"]))
    assert done >= {(2025, "cee", "open"), (2027, "ea", "expand"), (2027, "ef", "close")}
    assert plan.guidance["year"].value_counts().to_dict() == {2025: 3, 2027: 4}
    assert [state.trend for state in plan.content.served_under] == ["fewer", "fewer"]
    assert len({result.target.kind for result in plan.targets}) == 12
    assert sum(not result.met for result in plan.targets) == 3
    staff = plan.sites.set_index("site_id").loc["ce", "children"]
    assert staff == pytest.approx(6)


nothing = {"small_classes": 0, "large_classes": 0, "mixed_classes": 0}
states = (
    ("cb", 2027, {"large_classes": 2}, "2027, cb: has more classes than it may have"),
    ("cc", 2027, {"open": True, "small_classes": 1}, "2027, cc: runs a class that its tier"),
    ("cdd", 2027, {"small_classes": 1}, "2027, cdd: runs a class that its tier does not"),
    ("ea", 2025, {"small_classes": 0}, "2025, ea: loses classes"),
    ("ea", 2027, {"small_classes": 0}, "2027, ea: loses classes"),
    ("cee", 2027, {"small_classes": 0, "large_classes": 1}, "2027, cee: loses classes"),
    ("cee", 2027, {"open": False}, "2027, cee: runs classes and is closed"),
    ("cee", 2027, {"open": False, **nothing}, "2027, cee: closes again after it opened"),
    ("ea", 2027, {"open": False, **nothing}, "2027, ea: closes, and may not"),
    ("ea", 2025, {"open": False, **nothing}, "2027, ea: opens again after it closed"),
    ("ef", 2025, {"large_classes": 1}, "2027, ef: closes after it grew"),
    ("cd", 2025, {"open": True, "large_classes": 1}, "2025, cd: acts before it is there"),
    ("cd", 2027, {"open": True, "large_classes": 1}, "2027, cd, cee: act, and one at most"),
    ("cdd", 2027, {"open": False}, "2027, cdd: does not open, and is committed"),
    ("ce", 2027, {"open": False, **nothing}, "2027, ce: does not open, and is forced"),
    ("cb", 2027, nothing, "2027, cb: opens without a class"),
    ("cb", 2025, {"small_classes": 0.5}, "2025: the state is not a table of every site"),
)


@pytest.mark.parametrize(("site", "year", "columns", "told"), states)
def test_what_is_done_at_sites(solved, site, year, columns, told):
    plan, inputs, reach = solved
    state = plan.content.years[year].state
    for column, value in columns.items():
        if isinstance(value, float):
            state = state.astype({column: float})
    plan = with_year(plan, year, state=state)
    assert told in caught(with_state(plan, inputs, site, year, **columns), inputs, reach)


rules = (
    ("cb", {"most_places": 34.0}, "2027, cb: has more places than its host allows"),
    ("ea", {"max_classes": 1}, "2027, ea: has more classes than it may have"),
    ("cee", {"decision": "excluded"}, "2025, cee: acts, and is excluded"),
    ("ea", {"decision": "excluded"}, "2027, ea: acts, and is excluded"),
    ("cee", {"safety": False}, "2025, cee: acts, and is not safe"),
    ("cee", {"from_year": 2026.0}, "2025, cee: acts before it is there"),
    ("cb", {"zone": -1}, "2027, cb: acts outside the study area"),
    ("ef", {"may_close": False}, "2027, ef: closes, and may not"),
    ("ef", {"zone": -1}, "2027, ef: closes, and may not"),
    ("cc", {"decision": "committed"}, "2025, cc: does not open, and is committed"),
    ("cc", {"decision": "forced"}, "2027, cc: does not open, and is forced"),
    ("cee", {"opens_to_residents": False}, "2025, cee: serves others than its own staff"),
    ("ce", {"staff_children": 200}, "2027, ce: more children of"),
    ("ea", {"enrolled_12_24": 14}, "2025, ea: more children of 12-24 months than places"),
    ("cee", {"fixed_cost_cny": 0.0}, "the sites cost"),
    ("cb", {"inclusive": False}, "inclusive_share_2027: "),
)


@pytest.mark.parametrize(("site", "columns", "told"), rules)
def test_what_the_tables_allow(solved, site, columns, told):
    plan, inputs, reach = solved
    assert told in caught(plan, with_site(inputs, site, **columns), reach)


def test_a_tier_opens_with_its_least_places(solved):
    plan, inputs, reach = solved
    tiers = dict(plan.scenario.tiers)
    tiers["institution"] = tiers["institution"].model_copy(update={"least_places": 16})
    larger = plan.scenario.model_copy(update={"tiers": tiers})
    told = caught(replace(plan, scenario=larger), inputs, reach)
    assert "2025, cee: has fewer places than its tier opens with" in told
    assert "2027, cee: has fewer places than its tier opens with" in told


def moved(served, row, **columns):
    table = served.copy()
    for column, value in columns.items():
        table.loc[table.index[row], column] = value
    return table


def service(plan, inputs, site, children=1.0, cell=0, band=1):
    return pd.DataFrame(
        {"cell": [cell], "site": [at(inputs, site)], "band": [band], "children": [children]}
    )


services = (
    (lambda t, one: pd.concat([t, one("ef", cell=5)]), "ef: serves children and is clo"),
    (lambda t, one: pd.concat([t, one("ce", cell=4)]), "ce: serves others than its own"),
    (lambda t, one: pd.concat([t, one("cee", cell=0)]), "cee: serves children beyond the"),
    (lambda t, one: pd.concat([t, one("ea", 9.0)]), "ea: more children of 12-24"),
    (lambda t, one: pd.concat([t, one("cb", 90.0)]), "cell a: more children are served"),
    (lambda t, _: moved(t, 0, children=-1.0), "a negative number of children"),
    (lambda t, _: moved(t, 0, children=np.nan), "children served are not a number"),
    (lambda t, _: moved(t, 0, cell=99), "the children served are not at cells, sites"),
)


@pytest.mark.parametrize("trend", [None, "fewer"])
@pytest.mark.parametrize(("spoil", "told"), services)
def test_who_is_served(solved, trend, spoil, told):
    plan, inputs, reach = solved
    content = plan.content
    (state,) = [s for s in content.served_under if s.year == 2027]
    served = content.years[2027].served if trend is None else content.served_under[state]
    table = spoil(served, lambda site, *a, **k: service(plan, inputs, site, *a, **k))
    table = table.reset_index(drop=True)
    if trend is None:
        label, spoilt = "2027", with_year(plan, 2027, served=table)
    else:
        label = "2027 under 'fewer'"
        spoilt = with_content(plan, served_under={**content.served_under, state: table})
    assert told in caught(spoilt, inputs, reach)
    assert label in caught(spoilt, inputs, reach)


def test_children_of_every_set_of_ages_find_places(solved):
    # 18 mixed places hold 10 of each age only if both ages are looked at together.
    plan, inputs, reach = solved
    b, year = at(inputs, "cb"), 2027
    state = plan.content.years[year].state
    mixed = with_state(plan, inputs, "cb", year, small_classes=0, large_classes=0, mixed_classes=1)
    served = plan.content.years[year].served
    served = served[served["site"] != b]
    ten = pd.concat([service(plan, inputs, "cb", 10.0, band=band) for band in (1, 2)])
    served = pd.concat([served, ten], ignore_index=True)
    assert state.loc[b, "mixed_classes"] == 0
    told = caught(with_year(mixed, year, served=served), inputs, reach)
    assert "2027, cb: more children of 12-24, 24-36 months than places" in told


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ({"kinds": ("hospital",)}, "cb, ce, cee, ea: is guided by a kind of institution"),
        ({"tiers": ("kindergarten",)}, "cb, ce, cee, ea: is of a tier that is not guided"),
        ({"within_minutes": 0.1}, "ce, cee, ea: is farther from its guide than the limit"),
        ({"institutions_per_staff": 1.9}, "2027, b, d: guides more sites than its staff can"),
    ],
)
def test_rules_of_guidance(solved, rules, told):
    plan, inputs, reach = solved
    guidance = plan.scenario.guidance.model_copy(update=rules)
    stricter = plan.scenario.model_copy(update={"guidance": guidance})
    assert told in caught(replace(plan, scenario=stricter), inputs, reach)


def test_who_guides_whom(solved):
    plan, inputs, reach = solved
    guides = plan.content.years[2027].guides
    twice = pd.concat([guides, guides.iloc[:1].assign(medical=1)], ignore_index=True)
    told = caught(with_year(plan, 2027, guides=twice), inputs, reach)
    assert "2027, cb: has several guides" in told
    assert "2027, cb: lies outside the jurisdiction of its guide" in told
    closed = guides.assign(site=[at(inputs, "ef"), *guides["site"][1:]])
    told = caught(with_year(plan, 2027, guides=closed), inputs, reach)
    assert "2027, ef: is guided and is closed" in told
    stricter = plan.scenario.model_copy(update={"guidance": None})
    told = caught(replace(plan, scenario=stricter), inputs, reach)
    assert "2027: sites are guided without rules of guidance" in told
    elsewhere = replace(inputs, medical=inputs.medical.assign(township_code="Z1"))
    told = caught(plan, elsewhere, reach)
    assert "2027, cb, ea: lies outside the jurisdiction of its guide" in told
