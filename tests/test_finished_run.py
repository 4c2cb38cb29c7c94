"""A finished run is read again from its folder and drawn again, and nothing is solved."""

import json
import shutil

import pandas as pd
import pytest

import checked_town
import siting
import small_study
from random_town import random_town
from siting.cli import main
from siting.errors import DataError, OutputError
from siting.folder import run_folder
from siting.inputs.files import sha256_of
from siting.plan import check_plan, choose_sites, measure_today, sites_today
from siting.plan.plan_record import read_plan_record
from siting.plan.reading import read_plan, read_served_alone
from siting.plan.run_folder import plan_document, write_plan_file, write_tables
from siting.plan.saved_run import SavedRun
from siting.scenario.policy import Policy

plan_tables = ("actions.csv", "assignment.csv", "guidance.csv", "assignment_today.csv")


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """Return the folder of a study with a run in ``out``."""
    folder = tmp_path_factory.mktemp("study")
    path = small_study.write(folder)
    assert main(["run", str(path), "--out", str(folder / "out"), "--lang", "en"]) == 0
    return folder


@pytest.fixture(scope="module")
def solved(finished):
    return siting.run(finished / "town.yaml")


@pytest.fixture
def study(finished, tmp_path):
    """Return a copy of it to spoil."""
    shutil.copytree(finished, tmp_path / "study")
    return tmp_path / "study"


@pytest.fixture
def no_solver(monkeypatch):
    """Fail where anything is solved."""

    def solved(*_args, **_kwargs):
        pytest.fail("something was solved")

    for name in ("siting.plan.no_action.serve", "siting.plan.choosing.solve_stages"):
        monkeypatch.setattr(name, solved)
    monkeypatch.setattr("siting.solver.highs.solve", solved)


def refused(folder, *options):
    """Return the problems that keep a run from being read."""
    with pytest.raises(DataError) as error:
        siting.open_run(folder, *options)
    return error.value.problems


def as_text(folder, name="review.html"):
    return (folder / name).read_text(encoding="utf-8")


def edit_document(folder, **changes):
    path = folder / "plan.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**document, **changes}), encoding="utf-8")


def vouch_for_plan(folder):
    """Let run.json tell the sha256 of plan.json as it is now."""
    path = folder / "run.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["plan_sha256"] = sha256_of(folder / "plan.json")
    path.write_text(json.dumps(document), encoding="utf-8")


def test_a_page_drawn_again_is_the_same_to_the_byte(study, no_solver, capsys):
    out = study / "out"
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    (out / "review.html").unlink()
    assert main(["review", str(out), "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "nothing solved" in told
    assert "review.html" in told
    after = {path.name: path.read_bytes() for path in out.iterdir()}
    assert after.keys() == before.keys()
    assert {name for name in before if after[name] != before[name]} <= {"plan.gpkg"}


def test_language_and_title_are_chosen_anew(study, no_solver):
    out = study / "out"
    english = as_text(out)
    assert main(["review", str(out), "--title", "二〇二五年 <b>方案</b>"]) == 0
    assert 'lang="zh-CN"' in as_text(out)
    assert "二〇二五年" in as_text(out)
    assert "<b>方案" not in as_text(out)
    assert main(["review", str(out), "--lang", "en"]) == 0
    assert as_text(out) == english


def test_an_online_map_and_geoparquet_come_beside_the_others(study, no_solver):
    out = study / "out"
    before = (out / "review.html").read_bytes()
    options = ("--lang", "en", "--tiles", "amap", "--geoparquet")
    assert main(["review", str(out), *options]) == 0
    assert (out / "review.html").read_bytes() == before
    assert "autonavi.com" in as_text(out, "review_amap.html")
    assert b"autonavi.com" not in before
    parquet = {path.stem for path in out.glob("*.parquet")}
    assert parquet == {"sites", "townships", "cells", "isochrones"}


@pytest.mark.parametrize("ids", [("NA", "007", "1e5"), ('=cmd|"x",y', "{{ 7*7 }}", "-")])
def test_ids_are_texts(folder, ids):
    hosts = pd.read_csv(folder / "hosts.csv", dtype=str, keep_default_na=False)
    hosts.assign(site_id=ids).to_csv(folder / "hosts.csv", index=False)
    study = siting.run(folder / "town.yaml")
    study.save(folder / "out")
    again = siting.open_run(folder / "out")
    assert len(set(ids) & set(study.plan.actions["site_id"])) > 1
    pd.testing.assert_frame_equal(again.plan.actions, study.plan.actions)
    pd.testing.assert_frame_equal(again.plan.assignment, study.plan.assignment)


def test_everything_of_the_study_is_as_it_was(finished, solved, no_solver):
    again = siting.open_run(finished / "out")
    assert again.plan.plan_hash == solved.plan.plan_hash
    assert again.plan.status == solved.plan.status
    assert again.plan.reproducible
    assert again.notes == solved.notes
    assert again.today_targets == solved.today_targets
    pd.testing.assert_frame_equal(again.today.table, solved.today.table)
    pd.testing.assert_frame_equal(again.plan.assignment, solved.plan.assignment)


def test_a_study_that_was_moved_as_a_whole(study):
    moved = study.rename(study.with_name("elsewhere"))
    assert siting.open_run(moved / "out").plan.status == "optimal"


def test_a_run_that_was_moved_away_from_its_inputs(study, tmp_path, capsys):
    alone = (study / "out").rename(tmp_path / "alone")
    problems = refused(alone)
    assert len(problems) == 6
    assert all("no such file" in problem.what for problem in problems)
    assert all("--inputs" in problem.remedy for problem in problems)
    assert main(["review", str(alone), "--inputs", str(study)]) == 0
    (alone / "run.json").unlink()
    (problem,) = refused(alone)
    assert "where the input files are" in problem.what
    assert main(["review", str(alone), "--inputs", str(study)]) == 0


def test_an_input_file_that_changed_is_named(study, capsys):
    with (study / "cells.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    (study / "hosts.csv").unlink()
    before = as_text(study / "out")
    assert main(["review", str(study / "out"), "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert "cells.csv: has changed since the run" in told
    assert "hosts.csv: there is no such file" in told
    assert "run the scenario again" in told
    assert as_text(study / "out") == before


def test_a_profile_of_the_planners_own_is_an_input(tmp_path):
    asked = small_study.town.asked
    own = asked.model_copy(update={"policy": Policy(profiles=("ouhai", "own.yaml"))})
    assert set(own.named_files) - set(asked.named_files) == {"own.yaml"}


@pytest.mark.parametrize("name", plan_tables)
def test_a_table_that_changed_is_named(study, name):
    path = study / "out" / name
    path.write_bytes(path.read_bytes() + b"\r\n")
    (problem,) = refused(study / "out")
    assert problem.place == str(path)
    assert problem.what == "is not as the run wrote it"
    path.unlink()
    (problem,) = refused(study / "out")
    assert problem.what == "there is no such file"


def test_other_tables_may_be_annotated_and_that_is_told(study, capsys):
    out = study / "out"
    assert main(["review", str(out), "--lang", "en"]) == 0
    assert "not as the run wrote them" not in capsys.readouterr().out
    held = {"plan.json", "actions.csv", "assignment.csv", "assignment_today.csv", "guidance.csv"}
    others = sorted({path.name for path in out.glob("*.csv")} - held)
    assert len(others) >= 7
    for name in others[1:]:
        (out / name).write_text("my own notes", encoding="utf-8")
    (out / others[0]).unlink()
    assert main(["review", str(out), "--lang", "en"]) == 0
    told = capsys.readouterr().out.splitlines()[-1]
    assert told == f"not as the run wrote them, and nothing is drawn from them: {', '.join(others)}"


def test_a_name_that_was_changed_in_plan_json_is_refused(study):
    document = json.loads(as_text(study / "out", "plan.json"))
    scenario = {**document["scenario"], "name_en": "another"}
    edit_document(study / "out", scenario=scenario)
    (problem,) = refused(study / "out")
    assert problem.what == "is not as the run wrote it"


def forge(out, name, change):
    """Change a table of a run, and its sha256 in plan.json too."""
    table = pd.read_csv(out / name, encoding="utf-8-sig", dtype=str, keep_default_na=False)
    change(table)
    table.to_csv(out / name, index=False, encoding="utf-8-sig", lineterminator="\r\n")
    document = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    tables = {**document["tables"], name: sha256_of(out / name)}
    edit_document(out, tables=tables)


def first(column, value):
    def change(table):
        table.loc[0, column] = value

    return change


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("actions.csv", first("large_classes", "2"), "does not pass its check"),
        ("actions.csv", first("large_classes", "many"), "cannot be read"),
        ("actions.csv", first("site_id", "nowhere"), "names nowhere"),
        ("actions.csv", first("year", "2031"), "does not pass its check"),
        ("assignment.csv", first("children", "1e3"), "does not pass its check"),
        ("assignment.csv", first("band", "36-48"), "names 36-48"),
        ("assignment.csv", lambda table: table.pop("children"), "cannot be read"),
        ("assignment_today.csv", first("cell_id", ""), "names"),
    ],
)
def test_a_forged_table_does_not_pass(study, name, change, said):
    forge(study / "out", name, change)
    (problem,) = refused(study / "out")
    assert said in problem.what


@pytest.mark.parametrize(
    ("key", "change", "said"),
    [
        ("gap", 0.5, "does not pass its check"),
        ("status", "feasible", "does not pass its check"),
        ("status", "best", "cannot be read: must be one of"),
        ("plan_hash", "0" * 64, "'plan_hash' is not what"),
        ("targets", [], "'targets' is not what"),
        ("notes", [], "'notes' is not what"),
        ("stages", [], "does not pass its check"),
        ("seed", 7, "'seed' is not what"),
        ("scenario", {"name": "another"}, "cannot be read"),
        ("tables", {}, "is not as the run wrote it"),
    ],
)
def test_a_forged_document_does_not_pass(study, key, change, said):
    edit_document(study / "out", **{key: change})
    problems = refused(study / "out")
    assert all(said in problem.what for problem in problems)
    assert all("run the scenario again" in problem.remedy for problem in problems)


def test_other_versions_may_word_notes_otherwise(study):
    document = json.loads(as_text(study / "out", "plan.json"))
    versions = {**document["versions"], "siting": "0.0.9"}
    edit_document(study / "out", versions=versions, notes=[])
    vouch_for_plan(study / "out")
    siting.open_run(study / "out")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no such file"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[" * 200_000, "no JSON"),
        (b"[]", "is not the file of a run"),
        (b"{}", "cannot be read: the key is missing"),
        (b'{"versions": {"siting": "0.0.1"}}', "written by siting 0.0.1"),
    ],
)
def test_what_is_no_finished_run(tmp_path, content, said, capsys):
    if content is not None:
        (tmp_path / "plan.json").write_bytes(content)
    (problem,) = refused(tmp_path)
    assert said in problem.what
    assert main(["review", str(tmp_path)]) == 2
    assert "plan.json" in capsys.readouterr().err


def test_a_folder_of_inputs_is_not_drawn_into(study):
    again = siting.open_run(study / "out")
    with pytest.raises(OutputError, match="holds"):
        again.redraw(study)


def round_trip(folder, town):
    """Write a plan of a drawn town and read it again; return both."""
    inputs, reach = town.inputs(), town.reach()
    plan = choose_sites(town.asked, inputs, reach)
    if not plan.status.has_plan:
        return None
    there = sites_today(town.asked, inputs, reach)
    today = measure_today(town.asked, inputs, reach)
    served = {there.year: there.served}
    with run_folder(folder) as new:
        write_tables(plan, inputs, pd.DataFrame(), today, {}, served, pd.DataFrame(), new)
        write_plan_file(plan_document(plan, inputs, pd.DataFrame(), ()), new)
    document, saved = read_plan_record(folder)
    run = SavedRun(folder, document, saved, saved.scenario, {}, {})
    again = read_plan(run, inputs, reach)
    check_plan(again, inputs, reach)
    assert again.plan_hash == plan.plan_hash
    assert again.targets == plan.targets
    for name in ("sites", "actions", "assignment", "guidance", "costs"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(plan, name))
    for year in plan.scenario.years:
        told, meant = again.year(year), plan.year(year)
        pd.testing.assert_frame_equal(told.state, meant.state, check_dtype=False)
        pd.testing.assert_frame_equal(told.indicators.table, meant.indicators.table)
    assert again.served_under.keys() == plan.served_under.keys()
    for state, children in plan.served_under.items():
        assert again.served_under[state]["children"].to_list() == children["children"].to_list()
    alone = read_served_alone(run, inputs)[there.year]
    assert alone["children"].to_list() == there.served["children"].to_list()
    return plan


def test_years_trends_guidance_and_closing_are_read_again(tmp_path):
    plan = round_trip(tmp_path / "out", checked_town.town)
    assert {"close", "open", "expand"} <= set(plan.actions["action"])
    assert len(plan.guidance) > 0
    assert len(plan.served_under) == 2
    assert (tmp_path / "out" / "assignment_trends.csv").exists()


def test_a_plan_in_which_nobody_is_given_a_place_is_read_again(tmp_path):
    plan = round_trip(tmp_path / "out", random_town(34))
    assert len(plan.actions) == 1
    assert plan.assignment.empty


def test_random_plans_are_read_again(tmp_path):
    plans = [round_trip(tmp_path / f"{seed}", random_town(seed)) for seed in (0, 5, 7)]
    assert sum(plan is not None and len(plan.actions) > 0 for plan in plans) == 2
