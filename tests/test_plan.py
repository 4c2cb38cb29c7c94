"""The files of a plan, and that equal questions get equal answers."""

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
from siting.errors import NoPlanError, OutputError
from siting.folder import run_folder as run_folder_of
from siting.model import pose_problem, solve_stages
from siting.plan import choose_sites

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


def test_reading_a_plan_that_is_not_there_raises():
    targets = (target("per_thousand", required=99.0), target("inclusive_share", required=1.0))
    short = replace(town, asked=scenario(targets=targets))
    plan = choose_sites(short.asked, short.inputs(), short.reach())
    assert plan.status == "infeasible"
    tables = ("sites", "actions", "assignment", "guidance", "indicators")
    for name in (*tables, "targets", "plan_hash"):
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
    reduced = pose_problem(merging.asked, inputs, reach)
    whole = pose_problem(merging.asked, inputs, reach, reduce=False)
    assert len(reduced.service.additional) < len(whole.service.additional) == 6
    settled = [problem.service.settled[0]["children"].sum() for problem in (reduced, whole)]
    assert settled[0] > 0 == settled[1]
    values = [
        [stage.objective for stage in solve_stages(problem).stages] for problem in (reduced, whole)
    ]
    assert values[0] == pytest.approx(values[1], abs=1e-6)


table_names = (
    *("sites", "actions", "costs", "assignment", "assignment_today", "indicators", "ranking"),
    *("guidance", "left_out", "services", "nearest"),
)


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    path = small_study.write(folder)
    assert main(["run", str(path), "--out", str(folder / "out")]) == 0
    return folder


def test_files_of_a_run(run_folder):
    out = run_folder / "out"
    tables = {f"{name}.csv" for name in table_names}
    others = {"plan.json", "run.json", "plan.gpkg"}
    others |= {"review.html", "review.xlsx", "review.docx"}
    assert {path.name for path in out.iterdir()} == tables | others
    for name in tables:
        assert (out / name).read_bytes().startswith(b"\xef\xbb\xbf")


def test_plan_json(run_folder):
    plan = json.loads((run_folder / "out" / "plan.json").read_text(encoding="utf-8"))
    keys = "status objective bound gap stages targets inputs versions seed scenario plan_hash"
    assert set(keys.split()) <= set(plan)
    assert plan["status"] == "optimal"
    assert plan["reproducible"] is True
    for result in plan["targets"]:
        named = "id kind clause year hard required achieved met missing_in"
        assert set(named.split()) <= set(result)
    assert set(plan["inputs"]) == {
        *("streets.gpkg", "townships.geojson", "residents.csv", "cells.csv"),
        *("facilities.csv", "hosts.csv"),
    }
    assert all(len(digest) == 64 for digest in plan["inputs"].values())


def test_sites_csv(run_folder):
    sites = pd.read_csv(run_folder / "out" / "sites.csv")
    needed = "site_id action year tier host township inclusive places places_before cost"
    assert set(needed.split()) <= set(sites.columns)
    plan = json.loads((run_folder / "out" / "plan.json").read_text(encoding="utf-8"))
    assert sites["cost"].sum() / 10_000 == pytest.approx(plan["objective"])
    assert set(sites["action"]) <= {"keep", "expand", "open", "convert"}
    assert (sites["year"].isna() == (sites["action"] == "keep")).all()


def test_actions_csv_adds_up_to_the_sites(run_folder):
    actions = pd.read_csv(run_folder / "out" / "actions.csv")
    sites = pd.read_csv(run_folder / "out" / "sites.csv").set_index("site_id")
    acted = sites[sites["action"] != "keep"]
    assert len(acted) > 0
    of_site = actions.groupby("site_id")
    assert of_site["capital_cny"].sum().to_dict() == acted["cost"].to_dict()
    added = acted["places"] - acted["places_before"]
    assert of_site["places_added"].sum().to_dict() == added.to_dict()
    assert of_site["year"].min().to_dict() == acted["year"].to_dict()


def test_indicators_csv_adds_up(run_folder):
    figures = pd.read_csv(run_folder / "out" / "indicators.csv")
    for state in ("today", "plan"):
        of_state = figures[figures["state"] == state].groupby("level")
        for column in ("residents", "under3", "places", "takers", "served", "unreachable"):
            sums = of_state[column].sum()
            assert sums["township"] == pytest.approx(sums["area"], abs=1e-3)
            assert sums["district"] == pytest.approx(sums["area"], abs=1e-3)
        area = of_state.get_group("area").iloc[0]
        told = ["served", "served_beyond", "staff_at_home", "reachable_full", "unreachable"]
        parts = area[told].sum()
        assert parts == pytest.approx(area["takers"], abs=1e-3)


def test_layers(run_folder):
    path = run_folder / "out" / "plan.gpkg"
    layers = {name for name, _ in pyogrio.list_layers(path)}
    assert layers == {"sites", "townships", "cells", "isochrones", "layer_styles"}
    sites = gpd.read_file(path, layer="sites")
    assert len(sites) == len(pd.read_csv(run_folder / "out" / "sites.csv"))


def test_the_same_run_twice_gives_the_same_bytes(run_folder):
    path, out = run_folder / "town.yaml", run_folder / "again"
    assert main(["run", str(path), "--out", str(out)]) == 0
    for name in (
        "plan.json",
        "review.html",
        "review.xlsx",
        "review.docx",
        *(f"{t}.csv" for t in table_names),
    ):
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


def test_limits_in_parts_of_a_second_are_kept():
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
