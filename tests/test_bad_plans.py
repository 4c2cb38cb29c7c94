"""Studies that cannot be planned as asked: each is explained, before or after solving.

The small study has 1,680 people, of whom 560 are under three, and room for 160 places.
"""

import pandas as pd
import pytest

from drawn_town import target
from siting.clashes import explain, explanation_lines, shortcomings
from siting.errors import DataError, NoPlanError, ScenarioError
from siting.running import run
from siting.scenario import load
from yaml_text import flow


def with_targets(folder, *targets):
    path = folder / "town.yaml"
    before, rest = path.read_text(encoding="utf-8").split("targets:\n")
    after = rest[rest.index("objectives:") :]
    lines = "".join(f"  - {flow(asked)}\n" for asked in targets)
    path.write_text(f"{before}targets:\n{lines}{after}", encoding="utf-8")


def run_without_a_plan(folder):
    study = run(folder / "town.yaml")
    assert study.plan.status == "infeasible"
    with pytest.raises(NoPlanError):
        study.plan.sites.head()
    return explain(study.scenario, study.inputs, study.reach, study.network, 60.0)


def test_a_capacity_below_zero(folder):
    hosts = pd.read_csv(folder / "hosts.csv")
    hosts.loc[0, "max_classes"] = -1
    hosts.to_csv(folder / "hosts.csv", index=False)
    with pytest.raises(DataError, match=r"hosts\.csv, row 2, column max_classes"):
        run(folder / "town.yaml")


def test_a_target_for_a_year_outside_the_plan(folder):
    with_targets(folder, {**target("per_thousand", required=25.0), "year": 2031})
    with pytest.raises(ScenarioError, match=r"due in 2031, which is not planned for \(2025\)"):
        load(folder / "town.yaml")


def test_a_tier_without_hosts(folder):
    with_targets(
        folder,
        target("per_thousand", id="density", required=25.0),
        target("township_coverage", id="classes", required=1.0, tiers=["kindergarten"]),
    )
    explanation = run_without_a_plan(folder)
    (requirement,) = explanation.clash.requirements
    assert requirement.id == "classes_2025"
    assert requirement.places == ("Z0", "Z1")
    assert "没有现有设施，也没有可开办的候选载体" in requirement.note.zh
    assert [r.kind for r in explanation.repairs] == ["target"]
    assert explanation.repairs[0].after is None


def test_a_budget_of_zero_with_work_to_be_done(folder):
    with_targets(
        folder,
        target("per_thousand", id="density", required=25.0),
        target("budget", id="money", required=0.0),
    )
    explanation = run_without_a_plan(folder)
    assert explanation.clash.ids == {"density_2025", "money_2025"}
    (money,) = (r for r in explanation.repairs if r.kind == "money")
    assert money.after == pytest.approx(money.plan.costs["capital_cny"].sum())
    (lower,) = (r for r in explanation.repairs if r.kind == "target")
    assert lower.after == pytest.approx(11.9)
    assert lower.cost_cny == 0.0


def test_a_budget_of_zero_with_nothing_to_be_done(folder):
    with_targets(
        folder,
        target("per_thousand", id="density", required=11.0),
        target("budget", id="money", required=0.0),
    )
    plan = run(folder / "town.yaml").plan
    assert plan.status == "optimal"
    assert plan.actions.empty


def test_more_places_than_candidates_can_hold(folder):
    with_targets(folder, target("per_thousand", id="density", required=100.0))
    explanation = run_without_a_plan(folder)
    assert explanation.clash.ceiling.best == pytest.approx(160 / 1.68)
    line = explanation_lines(explanation, "zh")[1]
    assert "即168个" in line
    assert "最多160个" in line


def test_demand_that_nobody_reaches(folder):
    # f becomes the only host; of 560 under-3s those of b, c and d, 400, are farther away.
    hosts = pd.read_csv(folder / "hosts.csv")
    hosts[hosts["site_id"] == "cf"].to_csv(folder / "hosts.csv", index=False)
    with_targets(folder, target("population_coverage", id="near", required=1.0))
    explanation = run_without_a_plan(folder)
    (requirement,) = explanation.clash.requirements
    nobody = explanation.clash.ceiling
    assert requirement.id == "near_2025"
    with_targets(folder, target("population_coverage", id="near", required=1.0, hard=False))
    study = run(folder / "town.yaml")
    (result,) = study.plan.targets
    assert not result.met
    assert result.achieved == pytest.approx(nobody.best)
    (found,) = shortcomings(study.plan, study.inputs, study.reach)
    assert found.missing == pytest.approx((1 - nobody.best) * 560)
    assert [reason.kind for reason in found.reasons] == ["arithmetic", "unreachable"]
