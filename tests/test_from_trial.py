"""A trial taken up by a run: read strictly, its sites decided, everything solved anew."""

import json
from dataclasses import replace

import numpy as np
import pytest

from drawn_town import Town, scenario, target
from siting.cli import main
from siting.errors import DataError, InputError
from siting.finished import open_run
from siting.inputs.switched import take_up_trial
from siting.plan import check_plan, choose_sites
from siting.running import run
from siting.scenario import load
from siting.scenario.trial import Trial, kph_of, read_trial, tried

usual = {
    "siting_trial": 1,
    "scenario": "drawn town",
    "plan_hash": "0" * 64,
    "year": 2025,
    "minutes": None,
    "walk_m_per_min": None,
    "sites": (),
}


def trial_file(folder, **changes):
    path = folder / "trial.json"
    path.write_text(json.dumps({**usual, **changes}, ensure_ascii=False), encoding="utf-8")
    return path


def switched(site_id, is_open, **classes):
    return {"site_id": site_id, "open": is_open, "classes": classes}


def test_sites_that_are_on_open_and_those_off_do_not(folder):
    asked = load(folder / "town.yaml")
    before = run(asked).plan
    opened = set(before.sites.loc[before.sites["action"] == "open", "site_id"])
    hosts = {"cb", "cd", "cf"}
    on, off = min(hosts - opened), min(opened)
    path = trial_file(folder, sites=[switched(on, True, small=1), switched(off, False)])
    study = run(asked, from_trial=path)
    acted = study.plan.sites.set_index("site_id")["action"]
    assert acted[on] in ("open", "convert")
    assert off not in acted.index
    assert any("试算" in note.zh for note in study.notes)
    assert study.plan.status.value == "optimal"
    assert study.plan.plan_hash != before.plan_hash


def test_a_facility_that_is_off_closes_whatever_its_row_says(folder):
    asked = load(folder / "town.yaml")
    assert "ea" in set(run(asked).plan.sites.query("action != 'close'")["site_id"])
    study = run(asked, from_trial=trial_file(folder, sites=[switched("ea", False)]))
    assert study.plan.sites.set_index("site_id").loc["ea", "action"] == "close"


def test_minutes_and_speed_are_taken(folder):
    asked = load(folder / "town.yaml")
    study = run(asked, from_trial=trial_file(folder, minutes=12, walk_m_per_min=80.0))
    assert {tier.limit_s for tier in study.scenario.tiers.values()} == {720}
    assert study.scenario.walk.speed_kph == 4.8
    assert study.network.walking_kph == 4.8
    assert study.reach.seconds.max() <= 720


def test_nothing_changed_gives_the_same_plan(folder):
    asked = load(folder / "town.yaml")
    study = run(asked, from_trial=trial_file(folder))
    assert study.plan.plan_hash == run(asked).plan.plan_hash


def test_a_site_is_open_by_the_year_of_the_trial():
    asked = scenario(
        years=(2025, 2027, 2029),
        children={
            **scenario().children.model_dump(),
            "under3_share": dict.fromkeys((2025, 2027, 2029), 1 / 3),
        },
        targets=(target("per_thousand", required=0.001),),
    )
    town = Town(
        "a--b--c",
        {"a": 300, "b": 300},
        facilities={"a": {"large_classes": 1, "tier": "kindergarten"}},
        hosts={"b": {}, "c": {}},
        asked=asked,
    )
    inputs, reach = town.inputs(), town.reach()
    trial = Trial.model_validate(
        {**usual, "year": 2027, "sites": (switched("cb", True), switched("ea", False))}
    )
    decided = take_up_trial(inputs, trial, "trial.json")
    plan = choose_sites(asked, decided, reach)
    rows = {name: row for row, name in enumerate(inputs.sites["site_id"])}
    states = [plan.year(year).state["open"].to_numpy() for year in asked.years]
    assert [bool(state[rows["cb"]]) for state in states][1:] == [True, True]
    assert [bool(state[rows["ea"]]) for state in states][1:] == [False, False]
    assert not states[2][rows["cc"]]
    late = replace(plan, content=replace(plan.content, years={**plan.content.years}))
    check_plan(late, decided, reach)
    year = plan.content.years[2027]
    kept = year.state.assign(open=year.state["open"] | (np.arange(len(rows)) == rows["ea"]))
    years = {**plan.content.years, 2027: replace(year, state=kept)}
    with pytest.raises(Exception, match="does not close by the year it is told to"):
        check_plan(replace(plan, content=replace(plan.content, years=years)), decided, reach)


wrong_files = {
    "broken": ('{"siting_trial": 1,\n "year": }', ":2:10", "is not JSON"),
    "twice": ('{"siting_trial": 1, "siting_trial": 1}', "trial.json", "stands twice"),
    "constant": ('{"minutes": NaN}', "trial.json", "NaN is no number"),
    "deep": ("[" * 100_000, "trial.json", "nested too deep"),
    "no object": ("[1]", "trial.json", "keys with their values are needed"),
    "empty": ("", ":1:1", "is not JSON"),
}


@pytest.mark.parametrize(("text", "place", "what"), wrong_files.values(), ids=wrong_files)
def test_a_file_that_is_no_trial_is_told_once(tmp_path, text, place, what):
    path = tmp_path / "trial.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=what) as caught:
        read_trial(path, scenario())
    (problem,) = caught.value.problems
    assert place in problem.place
    assert problem.remedy


wrong_values = {
    "minutes as text": ({"minutes": "12"}, "minutes"),
    "minutes too many": ({"minutes": 21}, "minutes"),
    "minutes too few": ({"minutes": 4}, "minutes"),
    "half a minute": ({"minutes": 7.5}, "minutes"),
    "speed": ({"walk_m_per_min": 10.0}, "walk_m_per_min"),
    "year": ({"year": 2031}, "year"),
    "year as truth": ({"year": True}, "year"),
    "other scenario": ({"scenario": "another town"}, "scenario"),
    "unknown key": ({"more": 1}, "more"),
    "open as number": ({"sites": [{"site_id": "cb", "open": 1}]}, "sites[0].open"),
    "classes": ({"sites": [switched("cb", True, small=-1)]}, "sites[0].classes.small"),
    "no id": ({"sites": [switched("", True)]}, "sites[0].site_id"),
    "sites": ({"sites": {}}, "sites"),
    "twice": ({"sites": [switched("cb", True)] * 2}, "sites[1].site_id"),
    "form": ({"siting_trial": 2}, "siting_trial"),
}


@pytest.mark.parametrize(("changes", "place"), wrong_values.values(), ids=wrong_values)
def test_a_wrong_value_is_told_with_its_place(tmp_path, changes, place):
    path = trial_file(tmp_path, **changes)
    with pytest.raises(InputError) as caught:
        read_trial(path, scenario())
    (problem,) = caught.value.problems
    assert problem.place == f"{path}, {place}"
    assert problem.remedy


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        read_trial(tmp_path / "none.json", scenario())
    with pytest.raises(InputError):
        read_trial(tmp_path, scenario())
    binary = tmp_path / "binary.json"
    binary.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(InputError, match="is not UTF-8"):
        read_trial(binary, scenario())


town = Town(
    "a--b--c--d",
    {"a": 300, "b": 300},
    facilities={"a": {"large_classes": 1}},
    hosts={
        "b": {"exclusive_group": "g"},
        "c": {"exclusive_group": "g", "safety": False},
        "d": {"from_year": 2027.0},
    },
)
barred = {
    "unknown": ([switched("cz", True)], "no site 'cz'"),
    "hostile": ([switched("<script>`{{1}}`", True)], "no site '<script>`{{1}}`'"),
    "unsafe": ([switched("cc", True)], "not passed fire"),
    "later": ([switched("cd", True)], "from 2027 on"),
}


@pytest.mark.parametrize(("sites", "what"), barred.values(), ids=barred)
def test_a_site_that_cannot_be_so_is_told(sites, what):
    trial = Trial.model_validate({**usual, "sites": tuple(sites)})
    with pytest.raises(DataError) as caught:
        take_up_trial(town.inputs(), trial, "trial.json")
    (problem,) = caught.value.problems
    assert what in problem.what
    assert problem.place == "trial.json, sites[0]"


def test_two_of_an_exclusive_group_are_told():
    inputs = town.inputs()
    inputs.sites["safety"] = None
    trial = Trial.model_validate({**usual, "sites": (switched("cb", True), switched("cc", True))})
    with pytest.raises(DataError, match="at most one of a group"):
        take_up_trial(inputs, trial, "trial.json")


def test_the_command_takes_a_trial_and_tells_what_is_wrong(folder, capsys):
    out = folder / "out"
    path = trial_file(folder, sites=[switched("cz", True)])
    arguments = ["run", str(folder / "town.yaml"), "--out", str(out), "--from-trial", str(path)]
    assert main([*arguments, "--lang", "en"]) == 2
    assert "the study has no site 'cz'" in capsys.readouterr().err
    trial_file(folder, sites=[switched("ea", False)], minutes=10)
    assert main(arguments) == 0
    assert "试算" in capsys.readouterr().out or (out / "plan.json").exists()
    two = [*arguments[:2], str(folder / "town.yaml"), *arguments[2:]]
    assert main([*two, "--lang", "en"]) == 2
    assert "a trial is of one scenario" in capsys.readouterr().err


def test_a_run_from_a_trial_is_read_again(folder):
    out = folder / "out"
    path = trial_file(folder, sites=[switched("ea", False)], minutes=10)
    study = run(load(folder / "town.yaml"), from_trial=path)
    study.save(out)
    path.unlink()
    again = open_run(out)
    assert again.plan.plan_hash == study.plan.plan_hash
    assert again.inputs.trial == study.inputs.trial
    assert again.review() == study.review()


def test_speeds_are_those_of_the_steps():
    assert [kph_of(step) for step in (60, 75, 80)] == [3.6, 4.5, 4.8]
    asked = tried(scenario(), Trial.model_validate({**usual, "walk_m_per_min": 75.0}))
    assert asked.walk.speed_kph == 4.5
    assert "75" in asked.walk.source
