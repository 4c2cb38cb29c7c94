"""The plan's own check, its files, and that equal questions get equal answers."""

import json
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest

import siting
import small_study
from drawn_town import Town, scenario, target
from siting.cli import main
from siting.demand import measure_demand
from siting.errors import NoPlanError, OutputError, PlanCheckError
from siting.model import pose_problem, solve_stages
from siting.plan import check_plan, choose_sites
from siting.plan.run_folder import run_folder as run_folder_of

town = Town(
    "a--b--c",
    {"a": 540, "b": 180, "c": 90},
    facilities={"a": {"small_classes": 1, "enrolled_12_24": 4, "max_classes": 2}},
    hosts={"b": {"max_classes": 2}, "c": {"tier": "kindergarten", "inclusive": False}},
    asked=scenario(
        targets=(
            target("per_thousand", required=60.0),
            target("population_coverage", required=1.0, hard=False),
        )
    ),
)


@pytest.fixture(scope="module")
def solved():
    inputs, reach = town.inputs(), town.reach()
    demand = measure_demand(town.asked, inputs, reach, 2025)
    return choose_sites(town.asked, inputs, reach), inputs, reach, demand


def tampered(plan, **tables):
    return replace(plan, content=replace(plan.content, **tables))


def test_a_true_plan_passes(solved):
    check_plan(*solved)


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [("children", 1.0, "more children"), ("cell", None, "beyond the limit")],
)
def test_tampered_service_is_caught(solved, column, value, expected):
    plan, inputs, reach, demand = solved
    served = plan.content.served.copy()
    if column == "children":
        served["children"] += value
    else:
        served["cell"], served["site"] = 2, 2
    with pytest.raises(PlanCheckError, match=expected):
        check_plan(tampered(plan, served=served), inputs, reach, demand)


@pytest.mark.parametrize(
    ("site", "kind", "classes", "expected"),
    [
        ("cb", "small", 9, "cb has"),
        ("cc", "small", 1, "runs a class that its tier"),
        ("ea", "small", 0, "ea loses classes"),
        ("cb", None, 0, "hard target per_thousand is missed"),
    ],
)
def test_tampered_classes_are_caught(solved, site, kind, classes, expected):
    plan, inputs, reach, demand = solved
    table = plan.content.classes.copy()
    row = inputs.sites.index[inputs.sites["site_id"] == site][0]
    if kind is None:
        table.loc[inputs.sites["status"] == "candidate"] = classes
        table.loc[inputs.sites["status"] == "existing", "small_classes"] = 1
        table.loc[inputs.sites["status"] == "existing", ["large_classes", "mixed_classes"]] = 0
    else:
        table.loc[row, f"{kind}_classes"] = classes
    with pytest.raises(PlanCheckError, match=expected):
        check_plan(tampered(plan, classes=table), inputs, reach, demand)


def test_tampered_results_are_caught(solved):
    plan, inputs, reach, demand = solved
    better = tuple(replace(result, achieved=2.0) for result in plan.targets)
    with pytest.raises(PlanCheckError, match=r"per_thousand: 2\.0 is told"):
        check_plan(tampered(plan, targets=better), inputs, reach, demand)


@pytest.mark.parametrize(
    ("tables", "expected"),
    [({"plan_hash": "x"}, "the hash is not"), ({"assignment": None}, "the assignment is not")],
)
def test_tampered_tables_are_caught(solved, tables, expected):
    plan, inputs, reach, demand = solved
    if "assignment" in tables:
        tables = {"assignment": plan.assignment.iloc[1:]}
    with pytest.raises(PlanCheckError, match=expected):
        check_plan(tampered(plan, **tables), inputs, reach, demand)


@pytest.mark.parametrize(
    ("name", "changes", "expected"),
    [
        ("served", {"objective": 999.0, "bound": 999.0}, "999.0, .* are served"),
        ("cost", {"bound": 1.0}, "tells a gap that"),
        ("cost", {"bound": None, "gap": None}, "without a bound"),
        ("cost", {"objective": 3.0, "bound": 3.0}, "the cost stage says 3"),
    ],
)
def test_tampered_proofs_are_caught(solved, name, changes, expected):
    plan, inputs, reach, demand = solved
    stages = tuple(replace(s, **changes) if s.name == name else s for s in plan.stages)
    with pytest.raises(PlanCheckError, match=expected):
        check_plan(replace(plan, stages=stages), inputs, reach, demand)


def test_reading_a_plan_that_is_not_there_raises():
    targets = (target("per_thousand", required=99.0), target("inclusive_share", required=1.0))
    short = replace(town, asked=scenario(targets=targets))
    plan = choose_sites(short.asked, short.inputs(), short.reach())
    assert plan.status == "infeasible"
    for name in ("sites", "assignment", "indicators", "targets", "plan_hash"):
        with pytest.raises(NoPlanError, match="infeasible"):
            getattr(plan, name)


def test_merging_and_settling_change_nothing():
    # f has room for everyone near it (settled); a and b, and d and e, reach the same sites.
    merging = Town(
        "ab---c---de----f",
        {"a": 300, "b": 180, "c": 240, "d": 90, "e": 120, "f": 30},
        facilities={"f": {"mixed_classes": 1}},
        hosts={"b": {"max_classes": 2}, "c": {}, "d": {"max_classes": 2}},
        asked=scenario(
            targets=(
                target("per_thousand", required=60.0),
                target("population_coverage", required=1.0, hard=False),
            )
        ),
    )
    inputs, reach = merging.inputs(), merging.reach()
    demand = measure_demand(merging.asked, inputs, reach, 2025)
    reduced = pose_problem(merging.asked, inputs, reach, demand)
    whole = pose_problem(merging.asked, inputs, reach, demand, reduce=False)
    assert len(reduced.demand) < len(whole.demand) == 6
    assert reduced.settled["children"].sum() > 0 == whole.settled["children"].sum()
    values = [
        [stage.objective for stage in solve_stages(problem).stages] for problem in (reduced, whole)
    ]
    assert values[0] == pytest.approx(values[1], abs=1e-6)


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    path = small_study.write(folder)
    assert main(["run", str(path), "--out", str(folder / "out")]) == 0
    return folder


def test_files_of_a_run(run_folder):
    out = run_folder / "out"
    names = {"plan.json", "run.json", "sites.csv", "assignment.csv", "indicators.csv"}
    names |= {"left_out.csv"}
    assert {path.name for path in out.iterdir()} == names | {"plan.gpkg", "review.html"}
    for name in ("sites.csv", "assignment.csv", "indicators.csv"):
        assert (out / name).read_bytes().startswith(b"\xef\xbb\xbf")


def test_plan_json(run_folder):
    plan = json.loads((run_folder / "out" / "plan.json").read_text(encoding="utf-8"))
    keys = "status objective bound gap stages targets inputs versions seed scenario plan_hash"
    assert set(keys.split()) <= set(plan)
    assert plan["status"] == "optimal"
    assert plan["reproducible"] is True
    for result in plan["targets"]:
        assert {"id", "kind", "clause", "year", "hard", "required", "achieved", "met"} <= set(
            result
        )
    assert set(plan["inputs"]) == {
        *("streets.gpkg", "townships.geojson", "residents.csv", "cells.csv"),
        *("facilities.csv", "hosts.csv"),
    }
    assert all(len(digest) == 64 for digest in plan["inputs"].values())


def test_sites_csv(run_folder):
    sites = pd.read_csv(run_folder / "out" / "sites.csv")
    needed = "site_id action tier host township inclusive places places_before cost"
    assert set(needed.split()) <= set(sites.columns)
    plan = json.loads((run_folder / "out" / "plan.json").read_text(encoding="utf-8"))
    assert sites["cost"].sum() / 10_000 == pytest.approx(plan["objective"])
    assert set(sites["action"]) <= {"keep", "expand", "open", "convert"}


def test_indicators_csv_adds_up(run_folder):
    figures = pd.read_csv(run_folder / "out" / "indicators.csv")
    for state in ("today", "plan"):
        of_state = figures[figures["state"] == state].groupby("level")
        for column in ("residents", "under3", "places", "takers", "served", "unreachable"):
            sums = of_state[column].sum()
            assert sums["township"] == pytest.approx(sums["area"], abs=1e-3)
            assert sums["district"] == pytest.approx(sums["area"], abs=1e-3)
        area = of_state.get_group("area").iloc[0]
        parts = area[["served", "served_beyond", "reachable_full", "unreachable"]].sum()
        assert parts == pytest.approx(area["takers"], abs=1e-3)


def test_layers(run_folder):
    path = run_folder / "out" / "plan.gpkg"
    layers = {name for name, _ in pyogrio.list_layers(path)}
    assert layers == {"sites", "townships", "cells", "isochrones"}
    sites = gpd.read_file(path, layer="sites")
    assert len(sites) == len(pd.read_csv(run_folder / "out" / "sites.csv"))


def test_the_same_run_twice_gives_the_same_bytes(run_folder):
    path, out = run_folder / "town.yaml", run_folder / "again"
    assert main(["run", str(path), "--out", str(out)]) == 0
    for name in ("plan.json", "review.html", "sites.csv", "assignment.csv", "indicators.csv"):
        assert (out / name).read_bytes() == (run_folder / "out" / name).read_bytes(), name


def test_shuffled_rows_give_the_same_plan(run_folder):
    before = siting.run(run_folder / "town.yaml").plan
    for name in ("cells.csv", "hosts.csv", "residents.csv"):
        table = pd.read_csv(run_folder / name, dtype=str)
        table.sample(frac=1, random_state=1).to_csv(run_folder / name, index=False)
    for name in ("streets.gpkg", "townships.geojson"):
        layer = gpd.read_file(run_folder / name)
        layer.iloc[::-1].to_file(run_folder / name)
    after = siting.run(run_folder / "town.yaml").plan
    assert after.plan_hash == before.plan_hash
    pd.testing.assert_frame_equal(after.assignment, before.assignment)


def test_step_by_step_as_in_the_readme(run_folder):
    asked = siting.load(run_folder / "town.yaml")
    inputs = siting.read_inputs(asked)
    network = siting.read_network(asked)
    reach = siting.measure_reach(asked, network, inputs)
    plan = siting.choose_sites(asked, inputs, reach)
    assert plan.plan_hash == siting.run(run_folder / "town.yaml").plan.plan_hash


def test_limits_in_parts_of_a_second_are_kept(solved):
    # 4.995 minutes are 299.7 s: a walk of 300 s is beyond them, one of 299 s would not be.
    tiers = scenario().model_dump()["tiers"]
    for tier in tiers.values():
        tier["limit_minutes"] = 4.995
    asked = scenario(tiers=tiers, targets=town.asked.targets[:1])
    short = replace(town, asked=asked)
    assert asked.tiers["institution"].limit_s == 299
    plan = choose_sites(asked, short.inputs(), short.reach())
    assert plan.assignment["seconds"].max() < 300


@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError])
def test_an_interrupted_replacement_leaves_the_earlier_run(tmp_path, monkeypatch, fault):
    for name in ("a.csv", "plan.json", "review.html"):
        (tmp_path / name).write_text("old", encoding="utf-8")
    replace_file = Path.replace
    moves = []

    def failing(path, there):
        moves.append(path.name)
        if len(moves) == 4:
            raise fault("pulled")
        return replace_file(path, there)

    monkeypatch.setattr(Path, "replace", failing)
    expected = OutputError if fault is OSError else fault

    def write_anew():
        with run_folder_of(tmp_path) as new:
            for name in ("a.csv", "plan.json", "review.html"):
                (new / name).write_text("new", encoding="utf-8")

    with pytest.raises(expected):
        write_anew()
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "plan.json", "review.html"}
    assert all(path.read_text(encoding="utf-8") == "old" for path in tmp_path.iterdir())
