"""Policy profiles: complete against the list of provisions, and targets made of them."""

import json
import math
import re
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from ruamel.yaml import YAML

import siting
import yaml_text
from drawn_town import Town, scenario, target
from siting.carrying import found_of
from siting.changed_targets import changed_targets
from siting.cli import main
from siting.provisions import (
    carriers,
    profile_lines,
    provisions_of,
    published_indicators,
    state_of,
    states,
    trace,
    wording,
)
from siting.scenario.policy import Policy, policy_targets
from siting.scenario.profile import Profile, provision_of, read_profile, shipped_profiles
from siting.scenario.yaml_file import read_yaml
from siting.view_counts import counts_of

listed = {
    "ouhai": [*(f"O{i}" for i in range(1, 6)), "O6a", "O6b", *(f"O{i}" for i in range(7, 16))],
    "jinan": [
        *(f"J{i}" for i in range(1, 5)),
        "J5a",
        "J5b",
        "J5c",
        *(f"J{i}" for i in range(6, 15)),
    ],
    "qingzhou": [f"Q{i}" for i in range(1, 9)],
    "shandong": [f"S{i}" for i in range(1, 10)],
    "guizhou": [f"G{i}" for i in range(1, 7)],
}
"""Every provision of the five documents that a siting tool can plan for, measure or show."""
documents = Path(__file__).parents[2] / "shared" / "policies"
file_of = {"ouhai": "004", "jinan": "003", "qingzhou": "002", "shandong": "000", "guizhou": "001"}


@pytest.fixture(scope="module")
def profiles():
    return {name: read_profile(name) for name in listed}


def test_the_five_documents_are_shipped():
    assert set(shipped_profiles()) == set(listed)


def test_no_provision_is_missing(profiles):
    found = {name: [p.id for p in profile.provisions] for name, profile in profiles.items()}
    assert found == listed
    assert sum(map(len, found.values())) == 55


@pytest.mark.parametrize("name", sorted(listed))
def test_what_no_target_carries_says_how_it_is_shown_or_why_not(name, profiles):
    for provision in profiles[name].provisions:
        assert set(provision.carried_by) <= set(carriers)
        assert provision.how
        assert provision.how_en
        assert ("target" in provision.carried_by) == bool(provision.targets), provision.id


@pytest.mark.parametrize("name", ["O1", "O2", "O3", "J4", "J5a", "J3", "J6"])
def test_readings_that_need_judgement_are_told(name, profiles):
    provisions = {p.id: p for profile in profiles.values() for p in profile.provisions}
    assert provisions[name].reading


@pytest.mark.skipif(not documents.exists(), reason="the documents are not here")
@pytest.mark.parametrize("name", sorted(listed))
def test_sentences_are_quoted_from_the_document(name, profiles):
    (path,) = documents.glob(f"{file_of[name]}_*.txt")
    text = re.sub(r"\s", "", path.read_text(encoding="utf-8"))
    for provision in profiles[name].provisions:
        for piece in provision.sentence.split("　"):
            assert re.sub(r"\s", "", piece) in text, provision.id


@pytest.mark.skipif(not documents.exists(), reason="the documents are not here")
def test_the_list_of_provisions_is_this_one():
    text = (documents / "provisions.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| ([OJQSG]\d+[abc]?) \|", text, flags=re.MULTILINE)
    assert found == [name for names in listed.values() for name in names]


@pytest.mark.skipif(not documents.exists(), reason="the documents are not here")
def test_strengths_are_those_of_the_list(profiles):
    text = (documents / "provisions.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| (\w+) \| .*? \| (\S+) \| .* \|$", text, flags=re.MULTILINE))
    for profile in profiles.values():
        for provision in profile.provisions:
            wanted = told[provision.id]
            assert provision.strength == ("预期" if wanted == "mixed" else wanted), provision.id


def drawn(**changes) -> Profile:
    """Return a profile of three provisions: one binding, one expected with figures by year."""
    told = {"title": "题", "title_en": "title", "clause": "一", "sentence": "句", "how": "何"}
    told |= {"how_en": "how", "carried_by": ("target",)}
    values = {
        "id": "drawn",
        "title": "文件",
        "number": "文〔2025〕1号",
        "place": "某地",
        "base_year": 2025,
        "years": (2026, 2028),
        "provisions": (
            {
                **told,
                "id": "A1",
                "strength": "预期",
                "targets": (
                    {"kind": "per_thousand", "required": {2026: 3.0, 2028: 4.0}},
                    {"kind": "tier_count", "id": "A1.sites", "tiers": ("institution",)}
                    | {"at_least": {2027: 2}, "at_most": {2027: 3, 2028: 5}},
                ),
            },
            {
                **told,
                "id": "A2",
                "strength": "约束",
                "targets": ({"kind": "zone_count", "tiers": ("institution",), "years": (2026,)},),
            },
            {
                **told,
                "id": "A3",
                "strength": "鼓励",
                "carried_by": ("tracked",),
                "indicators": ({"name": "培训", "unit": "次", "figures": {2026: 1.0}},),
            },
        ),
    }
    return Profile.model_validate({**values, **changes}, strict=True)


def asked(profile, years, **policy):
    policy = Policy(profiles=("drawn",), **policy)
    return policy_targets(policy, (profile,), years, {"institution"}, set(), "here")


def test_a_figure_is_in_force_until_the_document_gives_another():
    found = asked(drawn(), (2025, 2026, 2027, 2030))
    figures = {(t["id"], t["year"]): t.get("required", t.get("at_least")) for t in found}
    assert figures == {
        ("A1", 2026): 3.0,
        ("A1", 2027): 3.0,
        ("A1", 2030): 4.0,
        ("A1.sites", 2027): 2,
        ("A1.sites", 2030): 2,
        ("A2", 2026): None,
        ("A2", 2027): None,
        ("A2", 2030): None,
    }
    most = {t["year"]: t["at_most"] for t in found if t["id"] == "A1.sites"}
    assert most == {2027: 3, 2030: 5}


def test_strength_makes_a_target_hard_or_soft():
    hard = {t["id"]: (t["hard"], t["priority"]) for t in asked(drawn(), (2028,))}
    assert hard == {"A1": (False, 1), "A1.sites": (False, 1), "A2": (True, 1)}


def test_targets_are_left_out_loosened_and_replaced():
    found = asked(
        drawn(),
        (2026, 2028),
        without=("A2", "A1.sites"),
        changes={"A1": {"required": {2028: 3.5}, "hard": True, "reading": "放宽"}},
    )
    assert [(t["id"], t["year"], t["required"], t["hard"]) for t in found] == [
        ("A1", 2026, 3.0, True),
        ("A1", 2028, 3.5, True),
    ]
    changes = {"A1": {"required": {2026: 2.0, 2028: 2.5}}}
    figures = [t["required"] for t in asked(drawn(), (2026, 2027, 2028), changes=changes)[:3]]
    assert figures == [2.0, 2.0, 2.5]
    policy = Policy(profiles=("drawn",))
    own = policy_targets(policy, (drawn(),), (2028,), {"institution"}, {"A1"}, "here")
    assert [t["id"] for t in own] == ["A1.sites", "A2"]


def test_what_a_policy_gets_wrong_is_told_at_once():
    with pytest.raises(siting.ScenarioError) as caught:
        asked(drawn(), (2028,), without=("B7",), changes={"A9": {}})
    text = str(caught.value)
    assert "no profile has a provision or target B7" in text
    assert "A9" in text
    with pytest.raises(siting.ScenarioError, match="changes of A3 change nothing"):
        asked(drawn(), (2028,), changes={"A3": {"hard": True}})
    with pytest.raises(siting.ScenarioError, match="changes of A2 change nothing"):
        asked(drawn(), (2028,), changes={"A2": {"hard": False}}, without=("A2",))
    policy = Policy(profiles=("drawn",))
    with pytest.raises(siting.ScenarioError, match=r"A2 .*the tier 'institution'.*leave A2 out"):
        policy_targets(policy, (drawn(),), (2028,), set(), set(), "here")


def test_two_profiles_with_one_id_are_refused():
    other = drawn(id="other")
    policy = Policy(profiles=("drawn", "other"))
    with pytest.raises(siting.ScenarioError, match="drawn and other both have a provision A1"):
        policy_targets(policy, (drawn(), other), (2028,), {"institution"}, set(), "here")


own_profile = """\
id: mine
title: 某区实施方案
number: 某政办〔2026〕1号
place: 某区
base_year: 2025
years: [2025]
provisions:
  - id: M1
    title: 每千人口托位数
    title_en: Places per thousand
    strength: 预期
    clause: 二
    sentence: 到2026年每千人口托位数达到1个。
    carried_by: [target]
    how: 全区合计
    how_en: for the area
    targets:
      - {kind: per_thousand, required: {2025: 1.0}}
"""


def with_policy(folder, policy, profile=own_profile):
    """Write a scenario that names a profile beside it; return its path."""
    (folder / "mine.yaml").write_text(profile, encoding="utf-8")
    path = folder / "study.yaml"
    path.write_text(yaml_text.of(scenario()) + policy, encoding="utf-8")
    return path


def test_a_profile_of_the_planners_own(tmp_path):
    path = with_policy(tmp_path, "policy:\n  profiles: [mine.yaml]\n")
    found = {t.id: t for t in siting.load(path).targets}
    assert found["M1"].required == 1.0
    assert found["M1"].clause == "某政办〔2026〕1号，二"
    assert found["M1"].sentence == "到2026年每千人口托位数达到1个。"


def test_a_profile_that_goes_while_a_plan_is_solved_stays_as_it_was(tmp_path):
    study = siting.load(with_policy(tmp_path, "policy:\n  profiles: [mine.yaml]\n"))
    (tmp_path / "mine.yaml").unlink()
    assert list(provisions_of(study.with_solver(gap=0.02), [])["id"]) == ["M1"]


def test_a_wrong_profile_is_told_with_its_place(tmp_path):
    wrong = own_profile.replace("required: {2025: 1.0}", "required: {2025: -1.0}")
    path = with_policy(tmp_path, "policy:\n  profiles: [mine.yaml]\n", wrong)
    with pytest.raises(siting.ScenarioError, match=r"mine\.yaml:18:9: M1: must be above 0"):
        siting.load(path)
    path = with_policy(tmp_path, "policy:\n  profiles: [nobody]\n")
    with pytest.raises(siting.ScenarioError, match="there is no policy profile 'nobody'"):
        siting.load(path)


@pytest.mark.parametrize(
    ("figures", "agrees"),
    [
        ("unit: 个/千人\n    figures: {2025: 1}", True),
        ("unit: '%'\n    figures: {2025: 100}", True),
        ("unit: 个/千人\n    figures: {2025: 2}", False),
        ("unit: 个/千人\n    figures: {2025: 2}\n    reading: 按1个计。", True),
        ("unit: 个/千人\n    figures: {2024: 2}", True),
    ],
)
def test_targets_ask_for_the_figures_of_their_provision(tmp_path, figures, agrees):
    profile = own_profile.replace("    how:", f"    {figures}\n    how:")
    path = with_policy(tmp_path, "policy:\n  profiles: [mine.yaml]\n", profile)
    if agrees:
        assert siting.load(path).profiles[0].provisions[0].figures
    else:
        told = r"mine\.yaml:\d+:\d+: M1: no target asks for the figure of 2025, 2 个/千人"
        with pytest.raises(siting.ScenarioError, match=told):
            siting.load(path)


def test_a_provision_without_english_words_has_the_chinese_ones(tmp_path):
    profile = own_profile.replace("    how_en: for the area\n", "")
    study = siting.load(with_policy(tmp_path, "policy:\n  profiles: [mine.yaml]\n", profile))
    assert list(provisions_of(study, [])["how_en"]) == ["全区合计"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("{kind: pairing, years: 2025}", "due in no year"),
        ("{kind: pairing, years: [soon]}", "due in no year"),
        ("{kind: per_thousand, required: {2025: 1.0}, years: [2025]}", "due in no year"),
        ("{kind: per_thousand, required: 1.0}", "due in no year"),
        ("{kind: pairing, years: [2025], hard: true}", "hard of a target come from the provision"),
        ("{kind: pairing, years: [2031]}", "M1: 2031 is not among the years of the document"),
        ("{kind: unheard, years: [2025]}", "M1: 'unheard' is none of "),
    ],
)
def test_targets_of_a_profile_that_are_none(tmp_path, wrong, told):
    text = own_profile.replace("{kind: per_thousand, required: {2025: 1.0}}", wrong)
    path = with_policy(tmp_path, "policy:\n  profiles: [mine.yaml]\n", text)
    with pytest.raises(siting.ScenarioError, match=told):
        siting.load(path)


def test_a_document_of_later_years_is_no_plan(tmp_path):
    later = own_profile.replace("{2025", "{2031").replace("years: [2025]", "years: [2031]")
    path = with_policy(tmp_path, "policy:\n  profiles: [mine.yaml]\n", later)
    with pytest.raises(siting.ScenarioError, match="no target of mine is due in the planned years"):
        siting.load(path)


def test_the_trace_tells_where_a_plan_stands(tmp_path):
    profile = drawn()

    class Held:
        def __init__(self, name, met):
            self.target = type("T", (), {"id": name, "key": f"{name}_2028"})()
            self.met, self.due = met, True

    results = [Held("A1", met=True), Held("A1.sites", met=False)]
    table = trace([profile], ("A2",), results).set_index("id")
    assert table["state"].to_dict() == {"A1": "part", "A2": "left_out", "A3": "shown"}
    assert table.loc["A1", "targets"] == "A1_2028 A1.sites_2028"
    assert set(table["state"]) <= set(states)
    later = trace([profile], (), [])
    assert list(later["state"]) == ["later", "later", "shown"]
    assert provisions_of(scenario(), []).empty


def test_published_figures_of_tracked_indicators():
    (row,) = published_indicators([drawn()]).to_dict("records")
    assert row["indicator"] == "培训"
    assert (row["year"], row["required"], row["unit"]) == (2026, 1.0, "次")


def guided():
    """Return the profile of the guide, and the lines of the scenario that plans for it."""
    guide = Path(__file__).parents[1] / "docs" / "policies.md"
    *_, profile, lines = re.findall(
        r"```yaml\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL
    )
    return profile, lines


def test_a_study_with_the_lines_of_the_guide_passes_the_check(folder, capsys):
    profile, lines = guided()
    (folder / "my_district.yaml").write_text(profile, encoding="utf-8")
    (folder / "lines.yaml").write_text(lines, encoding="utf-8")
    values = read_yaml(folder / "town.yaml").values
    del values["targets"]
    for key, told in read_yaml(folder / "lines.yaml").values.items():
        values[key] = {**values[key], **told} if isinstance(values.get(key), dict) else told
    writer, text = YAML(), StringIO()
    writer.dump(json.loads(json.dumps(values), object_hook=years_as_numbers), text)
    (folder / "town.yaml").write_text(text.getvalue(), encoding="utf-8")
    residents = pd.read_csv(folder / "residents.csv")
    years = [residents.assign(year=year) for year in (2025, 2026, 2027, 2028)]
    pd.concat(years).to_csv(folder / "residents.csv", index=False)
    (folder / "tracked.csv").write_text(
        "indicator_id,indicator,year,achieved,unit,better\nI1,从业人员持证率,2028,93,%,higher\n",
        encoding="utf-8",
    )
    study = siting.load(folder / "town.yaml")
    assert [target.key for target in study.targets] == ["M1_2026", "M1_2027", "M1_2028", "M2_2028"]
    assert main(["check", str(folder / "town.yaml")]) == 0, capsys.readouterr()


def years_as_numbers(values):
    """Return keys of a mapping as YAML has them."""
    return {int(key) if key.isdecimal() else key: value for key, value in values.items()}


def test_a_shown_target_is_told_as_planners_call_it():
    told = list(profile_lines(read_profile("jinan"), "zh"))
    assert "    → J1：指标 每千人口托位数；要求 2025: 5；性质 预期；优先级 1" in told
    assert any("J2：指标 各乡镇(区县)点位数" in line and "只计普惠 是" in line for line in told)
    hard = next(line for line in profile_lines(read_profile("ouhai"), "zh") if "→ O5：" in line)
    assert hard.endswith("；性质 约束")
    english = list(profile_lines(read_profile("jinan"), "en"))
    assert "    → J1: kind per_thousand; required 2025: 5; hard False; priority 1" in english


def test_the_profile_of_the_guide_is_read(tmp_path):
    (tmp_path / "my_district.yaml").write_text(guided()[0], encoding="utf-8")
    profile = read_profile("my_district.yaml", tmp_path)
    ids = [(target["id"], target["year"]) for _, target in profile.targets((2027, 2028))]
    assert ids == [("M1", 2027), ("M1", 2028), ("M2", 2028)]


@pytest.mark.parametrize("name", sorted(listed))
def test_a_shipped_scenario_plans_for_its_document(name):
    study = siting.load(Path(__file__).parents[1] / "scenarios" / f"{name}.yaml")
    assert study.illustrative
    assert study.policy.profiles == (name,)
    ids = {target.id for target in study.targets}
    of_document = {p.id for p in read_profile(name).provisions if p.targets}
    assert of_document <= ids


def test_a_shipped_scenario_runs_from_file_to_trace(tmp_path):
    guizhou = siting.load(Path(__file__).parents[1] / "scenarios" / "guizhou.yaml")
    study = siting.run(guizhou.with_solver(gap=0.02))
    study.save(tmp_path / "run")
    plan = json.loads((tmp_path / "run" / "plan.json").read_text(encoding="utf-8"))
    assert plan["status"] in ("optimal", "within_gap")
    state = {row["id"]: row["state"] for row in plan["provisions"]}
    assert list(state) == listed["guizhou"]
    assert state["G1"] == "met"
    (today,) = (result for result in study.today_targets if result.target.id == "G1")
    assert (today.achieved, today.achieved_count) == (None, None)  # nobody tells who guides today
    assert all(row["sentence"] and row["how"] for row in plan["provisions"])
    staff = study.plan.indicators.area["staff_children"]
    assert staff > 0
    assert len(study.inspections.visits) == 30
    signed, pairs = study.signed, study.plan.guidance
    assert signed["sites"].sum() == len(pairs)
    children = study.plan.sites.set_index("site_id")["children"]
    assert signed["children"].sum() == pytest.approx(children[pairs["site_id"]].sum())
    assert set(signed["medical_id"]) == set(pairs["medical_id"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_siting_policy_lists_and_shows(lang, capsys):
    assert main(["policy", "--lang", lang]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == sorted(listed)
    assert main(["policy", "ouhai", "--lang", lang]) == 0
    shown = capsys.readouterr().out
    assert all(f"\n{name}  " in shown for name in listed["ouhai"])
    assert main(["policy", "nobody", "--lang", "en"]) == 2
    assert "there is no policy profile 'nobody'" in capsys.readouterr().err


@pytest.mark.parametrize("name", sorted(listed))
def test_shipped_profiles_speak_english_beside_the_sentence(name, profiles):
    for provision in profiles[name].provisions:
        assert provision.clause_en, provision.id
        assert bool(provision.reading_en) == bool(provision.reading), provision.id


@pytest.mark.parametrize("name", sorted(listed))
def test_a_shipped_scenario_knows_the_hosts_and_tiers_that_provisions_name(name, profiles):
    study = siting.load(Path(__file__).parents[1] / "scenarios" / f"{name}.yaml")
    for provision in profiles[name].provisions:
        assert set(provision.hosts) <= set(study.hosts), provision.id
        assert set(provision.tiers) <= set(study.tiers), provision.id


def carried(**fields):
    """Return a provision that no target carries."""
    told = {"title": "题", "title_en": "title", "clause": "一", "sentence": "句", "how": "何"}
    told |= {"how_en": "how", "carried_by": ("host",), "id": "A1", "strength": "鼓励"}
    return drawn(provisions=({**told, **fields},)).provisions[0]


def found(provision, town, sites):
    return found_of(provision, town.asked, town.inputs(), sites)


def test_what_carries_a_provision_is_counted():
    town = Town("a-b-c", {"a": 30.0}, facilities={"a": {}}, hosts={"b": {}, "c": {}})
    plan = siting.choose_sites(town.asked, town.inputs(), town.reach())
    sites = plan.sites.head(0)
    state, note = found(carried(hosts=("house",)), town, sites)
    assert state == "shown"
    assert note.zh == "载体：现有1处，候选2处，方案实施0处"
    assert note.en == "hosts named by it: 1 existing, 2 candidates, 0 acted on"
    state, note = found(carried(hosts=("garden",), views=("inspections",)), town, sites)
    assert state == "absent"
    assert note.en.endswith("visits drawn at random: not in this scenario")
    assert found(carried(views=("ranking",)), town, sites)[0] == "shown"
    assert found(carried(guides=("hospital",)), town, sites)[0] == "absent"
    assert found(carried(), town, sites) == ("shown", siting.Note(zh="", en=""))
    table = trace([drawn(provisions=(carried(hosts=("garden",)).model_dump(),))], (), [], partly)
    assert table["state"].tolist() == ["absent"]
    assert set(table["state"]) <= set(states)


def test_what_the_tables_of_a_provision_hold_is_counted():
    town = Town("a-b", {"a": 30.0}, facilities={"a": {}}, hosts={"b": {"joint_with": "乙厂"}})
    sites = siting.choose_sites(town.asked, town.inputs(), town.reach()).sites
    told = {"name": "持证率", "figures": {2025: 90.0, 2026: 95.0}}
    tracked = carried(carried_by=("tracked",), views=("tracked",), indicators=(told,))
    rows = [
        {"indicator": "持证率", "required": 90.0, "met": True},
        {"indicator": "持证率", "required": 95.0, "met": False},
        {"indicator": "持证率", "required": 96.0, "met": None},
        {"indicator": "持证率", "required": math.nan, "met": None},
        {"indicator": "另一项", "required": 1.0, "met": False},
    ]
    values = pd.DataFrame([{"indicator_id": "a", "indicator": "持证率"}])
    inputs = replace(town.inputs(), tracked=values)
    state, note = found_of(tracked, town.asked, inputs, sites, {"tracked": pd.DataFrame(rows)})
    assert state == "short"
    assert note.zh == ("跟踪指标的填报数：1项指标有3个年度数要求，达到1、未达到1、未填报或不可比1")
    assert note.en.endswith(
        "1 indicators, 3 yearly figures asked for: 1 reached, 1 not reached, "
        "1 not told or not comparable"
    )
    none_told = {"tracked": pd.DataFrame(rows[2:3])}
    assert found_of(tracked, town.asked, inputs, sites, none_told)[0] == "untold"
    kept = {"tracked": pd.DataFrame(rows[:1])}
    assert found_of(tracked, town.asked, inputs, sites, kept)[0] == "shown"
    state, note = found(carried(views=("joint",)), town, sites)
    assert state == "shown"
    assert note.en.endswith("bought places: 0 existing, 1 candidates, 0 acted on")
    alone = Town("a-b", {"a": 30.0}, facilities={"a": {}}, hosts={"b": {}})
    assert found(carried(views=("joint",)), alone, sites)[0] == "absent"


def test_published_figures_staff_and_signed_children_are_counted():
    provision, none = carried(guides=("hospital",)), pd.DataFrame()
    town = Town("a", {"a": 30.0}, facilities={"a": {}})
    asked, inputs = town.asked, town.inputs()
    codes = inputs.townships["township_code"].tolist()
    published = pd.DataFrame({"within": [True, False, False], "reproducible": [True, True, False]})
    told = counts_of("base_year", provision, asked, inputs, none, {"base_year": published})
    assert told.state == "short"
    assert told.note.zh == "公布数3项，在允许范围内1、超出允许范围1、无法复现1"
    staff = pd.DataFrame(
        {"year": [2025, 2026, 2026], "met": [False, True, None], "township_code": codes * 3}
    )
    told = counts_of("staffing", provision, asked, inputs, none, {"institution_staffing": staff})
    assert (told.state, told.note.en) == (
        "shown",
        "2 primary institutions in 2026: 1 have them, 1 not told",
    )
    more = pd.concat([inputs.townships, inputs.townships.assign(township_code="none")])
    wider = replace(inputs, townships=more)
    told = counts_of("staffing", provision, asked, wider, none, {"institution_staffing": staff})
    assert (told.state, told.note.zh) == (
        "short",
        "2026年2家基层医疗卫生机构，足额1、未填报1；另有1个乡镇(街道)没有基层医疗卫生机构",
    )
    hubs = pd.DataFrame({"township_code": codes})
    assert counts_of("hubs", provision, asked, inputs, none, {"hubs": hubs}).state == "shown"
    told = counts_of("hubs", provision, asked, wider, none, {"hubs": hubs})
    assert (told.state, told.note.zh) == ("short", "2个乡镇(街道)中1个有载体机构，已列出")
    signed = pd.DataFrame(
        {"kind": ["hospital", "maternal_child"], "sites": [2, 5], "children": [30.4, 90.0]}
    )
    told = counts_of("signed", provision, asked, inputs, none, {"signed": signed})
    assert told.note.zh == "1家医疗机构签约2家机构，在托婴幼儿30名"
    areas = pd.DataFrame(
        {
            "area_id": ["x", "y", "y"],
            "year": 2027,
            "hand_over_year": [2029, 2026, 2026],
            "places": [0.0, 30.0, 20.0],
            "met": [None, True, False],
        }
    )
    told = counts_of("new_areas", provision, asked, inputs, none, {"new_areas": areas})
    assert told.note.zh == "2处，到2027年交付1处，内有托位30个，未达到1处"
    assert told.state == "short"
    assert counts_of("referral", provision, asked, inputs, none, {"referral": areas}) is None


def test_committed_sites_are_met_where_all_that_are_due_are_carried_out():
    town = Town(
        "a-b-c",
        {"a": 30.0},
        hosts={
            "a": {"decision": "committed", "from_year": 2025},
            "b": {"decision": "committed", "from_year": 2031},
            "c": {},
        },
    )
    provision = carried(views=("committed",))
    acted = pd.DataFrame({"site_id": ["ca"], "action": ["open"]})
    state, note = found(provision, town, acted)
    assert state == "met"
    assert note.zh == "已定的点位：现有0处，候选2处，方案实施1处，到2025年应开办的全部实施"
    state, note = found(provision, town, acted.iloc[:0])
    assert state == "short"
    assert note.en.endswith("0 acted on; 1 not by 2025")


def test_sites_without_places_are_told_apart():
    tiers = scenario().model_dump()["tiers"]
    point = {"label": "驿站", "limit_minutes": 5.0, "counts_in": ("community_coverage",)}
    asked = scenario(tiers={**tiers, "point": point})
    town = Town("a-b", {"a": 30.0}, hosts={"a": {"tier": "point"}, "b": {}}, asked=asked)
    acted = pd.DataFrame({"site_id": ["ca", "cb"], "action": ["open", "open"]})
    state, note = found(carried(hosts=("house",)), town, acted)
    assert state == "shown"
    assert note.zh == "载体：现有0处，候选2处，方案实施2处（其中设托位的1处）"


def partly(provision):
    return "absent", siting.Note(zh="无", en="none")


def test_a_target_is_told_in_english_as_far_as_its_document_is(tmp_path):
    english = own_profile.replace("    carried_by", "    clause_en: II\n    carried_by")
    study = siting.load(with_policy(tmp_path, "policy:\n  profiles: [mine.yaml]\n", english))
    (ours,) = [each for each in study.targets if each.id == "M1"]
    assert wording(study, ours, "en").clause == "某政办〔2026〕1号, II"
    assert wording(study, ours, "en").title == "Places per thousand"
    assert wording(study, ours, "zh").title == "每千人口托位数"
    own = study.targets[0]
    assert wording(study, own, "en").clause == own.clause


def test_mistakes_in_targets_of_a_policy_name_the_target_and_its_profile(tmp_path):
    wrong = own_profile.replace(
        "{kind: per_thousand, required: {2025: 1.0}}", "{kind: new_area, required: {2025: 1.0}}"
    )
    path = with_policy(tmp_path, "policy:\n  profiles: [mine.yaml]\n", wrong)
    with pytest.raises(siting.ScenarioError, match=r"needed by the target M1 of mine \(new_area\)"):
        siting.load(path)
    changes = "policy: {profiles: [mine.yaml], changes: {M1: {at_least: 3}}}\n"
    with pytest.raises(siting.ScenarioError, match=r"M1 \(2025\) of mine.*at_least"):
        siting.load(with_policy(tmp_path, changes))


def test_upper_bounds_and_what_is_not_due_are_told():
    areas = {"b": {"people": 100.0, "hand_over_year": 2030}}
    usual = scenario()
    asked = scenario(
        inputs={**usual.inputs.model_dump(), "areas": "areas.geojson"},
        targets=(
            target("tier_count", at_least=0, at_most=3, tiers=("institution",)),
            target("new_area", required=10.0, tiers=("institution",)),
        ),
    )
    town = Town("a-b", {"a": 30.0}, facilities={"a": {}}, hosts={"b": {}}, areas=areas, asked=asked)
    plan = siting.choose_sites(town.asked, town.inputs(), town.reach())
    count, area = plan.targets
    assert (count.required, count.required_upper, count.state) == (0.0, 3.0, "met")
    assert (area.met, area.due, area.state) == (True, False, "not_due")


def test_what_a_scenario_changes_of_a_document_is_told_beside_the_provision():
    shipped = Path(__file__).parents[1] / "scenarios"
    told = changed_targets(siting.load(shipped / "shandong.yaml"))
    assert set(told) == {"S2", "S6"}
    assert told["S2"].zh.startswith("方案改为：S2 预期性目标（原约束性目标），读法：")
    assert "S6 要求70%（原85%），预期性目标（原约束性目标），读法：比例为假设" in told["S6"].zh
    assert "S6.hardship: required 75 % (was 85 %), soft (was hard)" in told["S6"].en
    told = changed_targets(siting.load(shipped / "jinan.yaml"))
    assert set(told) == {"J4", "J5a", "J5b"}
    assert told["J4"] == siting.Note(
        zh="方案改为：J4 增计半日托点", en="changed by the scenario: J4: counts also half-day point"
    )
    assert "人口少于此数可共享：12,000（原不限），读法：人口少于12000人" in told["J5b"].zh
    assert changed_targets(siting.load(shipped / "guizhou.yaml")) == {}


def test_a_changed_target_says_so_in_the_state_of_its_provision(tmp_path):
    changes = "policy: {profiles: [mine.yaml], changes: {M1: {required: 0.5}}}\n"
    study = siting.load(with_policy(tmp_path, changes))
    town = Town("a-b", {"a": 30.0}, facilities={"a": {}}, hosts={"b": {}}, asked=study)
    plan = siting.choose_sites(study, town.inputs(), town.reach())
    (row,) = provisions_of(study, plan.targets, town.inputs(), plan.sites).to_dict("records")
    assert row["changed"] == "方案改为：M1 要求0.5个/千人（原1个/千人）"
    assert state_of(row, "zh") == "达到（按方案改后的目标）"
    assert state_of(row | {"changed": ""}, "en") == "met"


mine = "policy:\n  profiles: [mine.yaml]\n"
later = """\
  - id: M2
    title: 服务中心
    title_en: Centres
    strength: 鼓励
    clause: 三
    sentence: 鼓励建设服务中心。
    reading: 文件没有给出数量，不设目标。
    carried_by: [display]
    views: [inspections]
    how: 由规划者另设
    how_en: the planner's
"""
own_target = """\
  - id: M2.centres
    kind: tier_count
    year: 2025
    hard: true
    at_least: 1
    tiers: [institution]
    reading: 1处为假设。
"""


def test_a_target_of_the_scenario_belongs_to_the_provision_of_its_id(tmp_path):
    path = with_policy(tmp_path, mine, own_profile + later)
    text = path.read_text(encoding="utf-8").replace("targets:\n", f"targets:\n{own_target}")
    path.write_text(text, encoding="utf-8")
    study = siting.load(path)
    (centres,) = [each for each in study.targets if each.id == "M2.centres"]
    assert (centres.clause, centres.sentence) == ("某政办〔2026〕1号，三", "鼓励建设服务中心。")
    told = wording(study, centres, "en")
    assert (told.title, told.strength, told.reading) == ("Centres", "encouraged", "1处为假设。")
    town = Town("a-b", {"a": 30.0}, facilities={"a": {}}, hosts={"b": {}}, asked=study)
    plan = siting.choose_sites(study, town.inputs(), town.reach())
    table = provisions_of(study, plan.targets, town.inputs(), plan.sites).set_index("id")
    row = table.loc["M2"]
    assert (row["state"], row["targets"]) == ("met", "M2.centres_2025")
    assert row["asked_by"] == "scenario"
    assert state_of(row, "zh") == "达到（按规划者自定的目标）"
    assert state_of(row, "en") == "met (by the planner's own targets)"
    assert table.loc["M1", "asked_by"] == "document"
    assert row["carried_by"] == "display target"
    assert row["found"].startswith("方案另设目标：M2.centres；")
    assert table.loc["M1", "targets"] == "M1_2025"
    missed = trace(study.profiles, (), [replace(each, met=False) for each in plan.targets])
    assert missed.set_index("id").loc["M2", "state"] == "missed"


def test_the_longest_id_says_which_provision_a_target_belongs_to():
    told = drawn().provisions[2].model_dump()
    profile = drawn(provisions=({**told, "id": "A1"}, {**told, "id": "A1.2"}))
    found = {name: provision_of([profile], name)[1].id for name in ("A1", "A1.b", "A1.2", "A1.2.c")}
    assert found == {"A1": "A1", "A1.b": "A1", "A1.2": "A1.2", "A1.2.c": "A1.2"}
    assert provision_of([profile], "A12") is None


def test_a_target_without_a_clause_and_without_a_provision_is_refused(tmp_path):
    path = with_policy(tmp_path, mine)
    text = path.read_text(encoding="utf-8").replace("targets:\n", f"targets:\n{own_target}")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(siting.ScenarioError, match=r"clause: the key is missing"):
        siting.load(path)


@pytest.mark.parametrize("name", sorted(listed))
def test_targets_of_shipped_scenarios_that_quote_a_document_belong_to_a_provision(name):
    study = siting.load(Path(__file__).parents[1] / "scenarios" / f"{name}.yaml")
    (profile,) = study.profiles
    for each in study.targets:
        belongs = provision_of(study.profiles, each.id)
        assert each.clause.startswith(profile.number) == (belongs is not None), each.id
        assert belongs is None or each.sentence == belongs[1].sentence
