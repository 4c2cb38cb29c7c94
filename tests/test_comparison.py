"""Plans side by side: tables, remarks and sentences, worked by hand on one street."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import siting
from compared_towns import far, placed, street, study_of, three, two
from drawn_town import Town, scenario, target
from siting.alternatives import Alternatives
from siting.comparison.cost_coverage import cost_coverage
from siting.comparison.site_table import site_table
from siting.comparison.trade_offs import trade_off
from siting.errors import DataError, NoPlanError
from siting.plan.finished_run import read_finished_run
from siting.solver import Status


@pytest.fixture(scope="module")
def studies():
    return two(), far(), three()


@pytest.fixture(scope="module")
def compared(studies):
    return siting.compare(*studies)


@pytest.fixture(scope="module")
def saved(studies, tmp_path_factory):
    """Return the folder of the first plan, with its alternatives and its frontier."""
    folder = tmp_path_factory.mktemp("runs") / "two"
    first = studies[0]
    covered = {**target("population_coverage", required=0.5, hard=False), "id": "C"}
    asked = street(targets=(*(t.model_dump() for t in first.scenario.targets), covered)).asked
    study = study_of(replace_asked(street(), asked))
    others = study.alternatives(count=2, differ=2, within=0.5)
    study.save(folder, alternatives=others, frontier=study.frontier(figures=[0.5, 0.75, 1.0]))
    return folder


def replace_asked(town, asked):
    town.asked = asked
    return town


@pytest.fixture
def run(saved, tmp_path):
    """Return a copy of the folder that may be broken."""
    return shutil.copytree(saved, tmp_path / "run")


def figure(compared, name):
    return compared.figures.set_index("figure").loc[name].tolist()


def sentence(compared, plan, against, lang="en"):
    table = compared.trade_offs.set_index(["plan", "against"])
    return table.loc[(plan, against), lang]


def test_figures_side_by_side(compared):
    assert figure(compared, "capital_cny") == [60_000.0, 70_000.0, 105_000.0]
    assert figure(compared, "under3_covered") == pytest.approx([90, 120, 120])
    assert figure(compared, "population_coverage") == pytest.approx([0.75, 1.0, 1.0])
    assert figure(compared, "places") == [30, 30, 45]
    assert figure(compared, "served") == pytest.approx([15, 20, 20])
    assert figure(compared, "open") == [2, 2, 3]
    assert np.isnan(figure(compared, "fill_existing")).all()


def test_targets_of_every_plan(compared):
    assert compared.targets["plan"].tolist() == ["A", "B", "C"]
    assert compared.targets["required"].tolist() == [2, 2, 3]
    assert compared.targets["achieved"].tolist() == [2, 2, 3]
    assert compared.targets["met"].all()


def test_which_plans_act_at_a_site_and_whether_alike(compared):
    sites = compared.sites.set_index("site_id")
    assert sites["acting"].to_dict() == {"cb": "ABC", "cc": "AC", "cd": "BC"}
    assert sites["alike"].to_dict() == {"cb": True, "cc": False, "cd": False}
    assert sites.loc["cc", ["A_action", "B_action", "C_action"]].tolist() == ["open", "", "open"]
    assert sites.loc["cc", ["A_like", "B_like", "C_like"]].tolist() == ["A", "B", "A"]
    assert sites.loc["cd", ["A_places", "B_places", "C_places"]].tolist() == [0, 15, 15]
    assert sites.loc["cd", "C_done"] == "2025 open +15"


def test_plans_with_other_class_kinds_may_do_the_same(studies):
    one = studies[0].finished
    kinds = {**one.scenario.class_kinds, "half": next(iter(one.scenario.class_kinds.values()))}
    scenario = one.scenario.model_copy(update={"class_kinds": kinds})
    other = replace(one, scenario=scenario, sites=one.sites.assign(half_classes=0))
    assert site_table({"A": one, "B": other})["alike"].all()
    more = replace(other, sites=one.sites.assign(half_classes=1))
    assert not site_table({"A": one, "B": more})["alike"].any()


def test_townships_of_every_plan(compared):
    # The border lies between c and d: 60 under-3s west of it, 60 east.
    table = compared.townships.pivot_table(
        index="township_code", columns="plan", values="population_coverage"
    )
    assert table.loc["Z0"].tolist() == pytest.approx([1.0, 1.0, 1.0])
    assert table.loc["Z1"].tolist() == pytest.approx([0.5, 1.0, 1.0])


def test_sentences(compared):
    assert sentence(compared, "B", "A") == (
        "Compared with plan A, plan B costs 16.7% more (CNY 10,000); covers 30 more under-3s; has "
        "a place within reach for 5 more children; has as many places; has 1 site that A has not, "
        "is without 1 site of A; meets the same targets."
    )
    assert sentence(compared, "A", "B", "zh") == (
        "与方案B相比，方案A投资少14.3%（1.0万元）；少覆盖30名3岁以下婴幼儿；可达且有位的少5人；"
        "托位一样多；多1处方案B没有的点位，少1处方案B有的点位；达到的目标相同。"
    )
    told = sentence(compared, "B", "C")
    assert "costs 33.3% less (CNY 35,000); covers as many under-3s" in told
    assert "has 15 fewer places; is without 1 site of C; " in told
    assert "meets the same targets (each by its own figure)." in told


def test_the_same_plan_has_nothing_to_weigh(studies):
    same = siting.compare(studies[0], studies[0])
    assert sentence(same, "B", "A") == (
        "Compared with plan A, plan B costs the same; covers as many under-3s; has a place within "
        "reach for as many children; has as many places; has the same sites, actions and sizes; "
        "meets the same targets."
    )
    assert same.remarks == ()
    assert same.sites["alike"].all()


def changed(run, *, capital=None, running=None, met=None, **figures):
    """Return a run with other costs, figures of the area or results of its targets."""
    costs = run.costs.copy()
    costs["capital_cny"] = costs["capital_cny"] if capital is None else capital
    costs["running_cny"] = costs["running_cny"] if running is None else running
    table = run.indicators.copy()
    of_plan = (table["state"] == "plan") & (table["level"] == "area")
    for name, value in figures.items():
        table.loc[of_plan, name] = value
    targets = run.targets
    if met is not None:
        targets = tuple(replace(result, met=met) for result in targets)
    return replace(run, costs=costs, indicators=table, targets=targets)


@pytest.mark.parametrize(
    ("before", "after", "zh", "en"),
    [
        ({"capital": 0.0}, {"capital": 0.0}, "投资相同", "costs the same"),
        ({"capital": 0.0}, {"capital": 5e6}, "投资多500.0万元；", "costs CNY 5,000,000 more;"),
        (
            {"capital": 5e6},
            {"capital": 0.0},
            "少100.0%（500.0万元）",
            "100.0% less (CNY 5,000,000)",
        ),
        ({"capital": 5e6}, {"capital": 5e6 + 400}, "多不到0.1%（400元）", "less than 0.1% more"),
        ({"capital": 1e6}, {"capital": 3e6}, "多200.0%（200.0万元）", "costs 200.0% more"),
        ({"running": 0.0}, {"running": 0.0}, "投资相同；覆盖", "the same; covers"),
        (
            {"running": 2e4},
            {"running": 1e4},
            "年运营成本少50.0%",
            "costs 50.0% less (CNY 10,000) a",
        ),
        ({"running": 0.0}, {"running": 1e4}, "年运营成本多1.0万元", "costs CNY 10,000 more a year"),
        ({"places": 30}, {"places": 31}, "托位多1个", "has 1 more place;"),
        ({"under3_covered": 9.0}, {"under3_covered": 9.4}, "一样多", "covers as many under-3s"),
        ({"under3_covered": 9.0}, {"under3_covered": 8.0}, "少覆盖1名", "covers 1 fewer under-3;"),
        ({"served": 0.0}, {"served": 1.0}, "有位的多1人", "for 1 more child;"),
        ({"places": 0}, {"places": 12345}, "多12,345个", "12,345 more places"),
        ({"met": False}, {"met": True}, "多达到目标N (2025)。", "also meets N (2025)."),
        ({"met": True}, {"met": False}, "未达到目标N (2025)。", "does not meet N (2025)."),
        ({"met": False}, {"met": False}, "达到的目标相同", "meets the same targets"),
    ],
)
def test_every_clause_of_a_sentence(studies, before, after, zh, en):
    run = studies[0].finished
    told = trade_off(changed(run, **before), changed(run, **after), "A", "B")
    assert zh in told.zh
    assert en in told.en


def test_a_facility_that_grows_or_closes_is_counted_once():
    def plan(**facility):
        asked = scenario(targets=(target("per_thousand", required=facility.pop("asks")),))
        town = Town("a--b", {"b": 900.0}, facilities={"a": facility}, asked=asked)
        return study_of(town, placed(town.inputs()))

    keeps = plan(asks=15.0, small_classes=1, max_classes=3)
    grows = plan(asks=30.0, small_classes=1, max_classes=3)
    compared = siting.compare(keeps, grows)
    assert "differs at 1 site in action, size or year" in sentence(compared, "B", "A")
    assert "有1处点位措施、规模或年份不同" in sentence(compared, "B", "A", "zh")
    assert compared.sites["acting"].tolist() == ["B"]
    assert compared.sites[["A_action", "B_action"]].to_numpy().tolist() == [["keep", "expand"]]


def told(*plans):
    return " ".join(note.en for note in siting.compare(*plans).remarks)


def test_remarks(studies):
    first = studies[0]
    children = {
        **first.scenario.children.model_dump(),
        "take_up": {"0-12": 0.0, "12-24": 0.5, "24-36": 0.4},
    }
    assert "take-up (24-36 months A 50.0%, B 40.0%)" in told(first, two(children=children))
    assert "differ in their targets: Number of sites: 托育机构 (2025). " in told(first, studies[2])
    slow = {"speed_kph": 3.7, "source": "drawn"}
    assert told(first, two(walk=slow)) == "Plan B and plan A differ in: walking speed."
    years = {**first.scenario.children.model_dump(), "under3_share": {2025: 1 / 3, 2027: 1 / 4}}
    later = two(
        years=(2027,),
        children=years,
        targets=({**target("tier_count", at_least=2), "tiers": ("institution",), "year": 2027},),
    )
    said = told(first, later)
    assert "A: base year 2025, planned 2025; B: base year 2025, planned 2027" in said
    assert "figures of 2025 for A, of 2027 for B" in sentence(
        siting.compare(first, later), "B", "A"
    )
    inputs = replace(first.inputs, sha256={"cells.csv": "0" * 64})
    other = study_of(street(), inputs)
    assert "read other input files: cells.csv" in told(first, other)


def test_sites_of_one_id_that_are_not_one(studies):
    first = studies[0]
    sites = first.inputs.sites.assign(name=[f"{name}!" for name in first.inputs.sites["name"]])
    other = study_of(street(), replace(first.inputs, sites=sites))
    assert "Sites of the same id have other names" in told(first, other)
    assert "b (cb), c (cc)" in told(first, other)


def test_a_study_is_compared_as_what_it_would_save(studies, tmp_path):
    studies[0].save(tmp_path / "run")
    read, own = read_finished_run(tmp_path / "run"), studies[0].finished
    for name in ("sites", "actions", "costs", "indicators", "townships"):
        pd.testing.assert_frame_equal(getattr(read, name), getattr(own, name))
    assert own.targets == read.targets
    assert own.plan_hash == read.plan_hash == studies[0].plan.plan_hash


def test_alternatives_are_runs_of_their_own(saved):
    run = read_finished_run(saved)
    assert [other.run.folder for other in run.alternatives] == ["alternative-1", "alternative-2"]
    assert run.alternatives[0].status is Status.OPTIMAL
    assert run.alternatives[0].run.status is Status.FEASIBLE
    # The cheapest that differs in two sites: c for d, 1 万元 more.
    compared = siting.compare(saved)
    assert [plan.label for plan in compared.plans] == ["A", "B", "C"]
    assert figure(compared, "capital_cny")[:2] == [60_000.0, 70_000.0]
    assert (saved / "alternative-1" / "review.html").exists()
    assert compared.remarks == ()
    changes = pd.read_csv(saved / "alternatives.csv")
    assert set(changes.loc[changes["alternative"] == 1, "site_id"]) == {"cc", "cd"}


def test_cost_against_coverage(saved, studies):
    run = read_finished_run(saved)
    drawn = cost_coverage({"A": run, "B": studies[1].finished})
    assert drawn.target == ("C", 2025)
    assert drawn.is_capital
    # Half needs b and c (6.0), or any two neighbours; all four need b and d (7.0).
    assert drawn.frontiers["cost_cny"].tolist() == [60_000.0, 60_000.0, 70_000.0]
    assert drawn.frontiers["bound_cny"].tolist() == pytest.approx([60_000.0, 60_000.0, 70_000.0])
    points = drawn.points.set_index("plan")
    assert points.loc["A"].tolist() == pytest.approx([60_000.0, 0.75])
    assert np.isnan(points.loc["B", "coverage"])  # it has no such target
    plain = cost_coverage({"A": studies[0].finished, "B": studies[1].finished})
    assert plain.target is None
    assert plain.points["coverage"].tolist() == pytest.approx([0.75, 1.0])


def test_costs_that_are_counted_otherwise(studies):
    rate = {"counted": ("capital",), "discount_rate": 0.05}
    same = cost_coverage({"A": two(costs=rate).finished, "B": far(costs=rate).finished})
    assert not same.is_capital
    mixed = cost_coverage({"A": two(costs=rate).finished, "B": studies[1].finished})
    assert mixed.is_capital


def test_a_run_without_alternatives_takes_older_ones_away(studies, tmp_path):
    first = studies[0]
    others = first.alternatives(count=1, differ=2, within=0.5)
    first.save(tmp_path, alternatives=others, frontier=pd.DataFrame({"required": []}))
    first.redraw(tmp_path, tiles="amap", geoparquet=True)
    files = {path.name for path in tmp_path.iterdir() if path.is_file()}
    first.save(tmp_path)
    gone = files - {path.name for path in tmp_path.iterdir()}
    assert gone == {
        *("alternatives.json", "alternatives.csv", "frontier.csv", "review_amap.html"),
        *(f"{layer}.parquet" for layer in ("cells", "isochrones", "sites", "townships")),
    }


def test_one_plan_is_not_compared(studies, tmp_path):
    studies[0].save(tmp_path, alternatives=Alternatives((), Status.INFEASIBLE, note("none")))
    with pytest.raises(DataError, match=r"without alternatives beside it \(none\)"):
        siting.compare(tmp_path)
    with pytest.raises(DataError, match="nothing to compare"):
        siting.compare()


def note(text):
    from siting.notes import Note

    return Note(zh=text, en=text)


def test_a_study_without_a_plan_is_refused():
    asked = ({**target("tier_count", at_least=9, tiers=("institution",)), "id": "N"},)
    with pytest.raises(NoPlanError):
        siting.compare(two(), two(targets=asked))


def test_another_study_area_is_refused(studies):
    town = street()
    town.borders = (4.5, 7.5)
    with pytest.raises(DataError, match=r"township codes differ \(only there Z2\)"):
        siting.compare(studies[0], study_of(town))


def edit_json(path, change):
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")


def lines(path):
    return path.read_text(encoding="utf-8-sig").splitlines()


def write_lines(path, rows):
    path.write_text("\n".join(rows) + "\n", encoding="utf-8-sig")


def break_plan(run, change):
    edit_json(run / "plan.json", change)


def cut(path, size):
    path.write_bytes(path.read_bytes()[:size])


broken = {
    "no folder": (shutil.rmtree, "run: is no folder"),
    "no plan": (
        lambda run: (run / "plan.json").unlink(),
        "is no finished run: it has no plan.json",
    ),
    "no table": (lambda run: (run / "costs.csv").unlink(), r"lacks costs\.csv of its run"),
    "another version": (
        lambda run: break_plan(run, lambda d: d["versions"].update(siting="9.9")),
        r"plan\.json: was written by siting 9\.9, this is .* run the scenario again",
    ),
    "no version": (lambda run: break_plan(run, lambda d: d.pop("versions")), "names no version"),
    "no json": (lambda run: cut(run / "plan.json", 300), r"plan\.json:\d+:\d+: .* it is no JSON"),
    "a list": (lambda run: (run / "plan.json").write_text("[1]"), "is not the file of a run"),
    "deep json": (lambda run: (run / "plan.json").write_text("[" * 100_000), "it is no JSON"),
    "no utf-8": (lambda run: (run / "plan.json").write_bytes(b"\xff\xfe{"), "is not UTF-8"),
    "a wrong figure": (
        lambda run: break_plan(run, lambda d: d["targets"][0].update(achieved="two")),
        r"plan\.json, targets\.0\.achieved: cannot be read: a number is needed",
    ),
    "an infinite figure": (
        lambda run: break_plan(run, lambda d: d.update(gap=float("inf"))),
        r"plan\.json, gap: ",
    ),
    "no plan found": (lambda run: break_plan(run, lambda d: d.update(status="no_plan")), "status"),
    "another scenario": (
        lambda run: break_plan(run, lambda d: d["scenario"]["targets"].pop()),
        r"plan\.json, targets: its targets are not those of its scenario",
    ),
    "a broken scenario": (
        lambda run: break_plan(run, lambda d: d["scenario"].update(years=[])),
        r"plan\.json, scenario",
    ),
    "no column": (
        lambda run: write_lines(run / "sites.csv", ["site_id,name", "cb,b"]),
        r"sites\.csv, header: the column 'action' .* \(and 12 more\) — run the scenario again",
    ),
    "no number": (
        lambda run: write_lines(
            run / "costs.csv", ["year,capital_cny,subsidy_cny,running_cny", "2025,much,0,0"]
        ),
        r"costs\.csv, row 2, column capital_cny: a number expected, found 'much'",
    ),
    "half a table": (
        lambda run: write_lines(
            run / "actions.csv", ["year,site_id,action,places_added", '2025,"c']
        ),
        r"actions\.csv, line",
    ),
    "another year": (
        lambda run: write_lines(
            run / "costs.csv", ["year,capital_cny,subsidy_cny,running_cny", "2031,0,0,0"]
        ),
        r"costs\.csv: its years are not those of plan\.json",
    ),
    "figures of another year": (
        lambda run: write_lines(
            run / "indicators.csv",
            [line.replace("plan,2025", "plan,2026") for line in lines(run / "indicators.csv")],
        ),
        r"indicators\.csv: its years are not those of plan\.json",
    ),
    "an unknown site": (
        lambda run: write_lines(
            run / "actions.csv", [*lines(run / "actions.csv"), "2025,x,x,open,x,x,1,0,0,15,1,0"]
        ),
        r"actions\.csv: names 'x', which is not in sites\.csv",
    ),
    "an unknown tier": (
        lambda run: write_lines(
            run / "sites.csv",
            [line.replace(",institution,", ",school,") for line in lines(run / "sites.csv")],
        ),
        r"sites\.csv: tier 'school' is not in the scenario",
    ),
    "an unknown township": (
        lambda run: write_lines(
            run / "sites.csv",
            [line.replace(",Z0,Z0,", ",Z9,Z9,") for line in lines(run / "sites.csv")],
        ),
        r"sites\.csv: township 'Z9' is not in indicators\.csv",
    ),
    "another figure": (
        lambda run: write_lines(
            run / "costs.csv", ["year,capital_cny,subsidy_cny,running_cny", "2025,1,0,0"]
        ),
        r"costs\.csv: is not as the run wrote it — put it back as it was, or run",
    ),
    "no layers": (lambda run: (run / "plan.gpkg").write_bytes(b"none"), r"plan\.gpkg: its layer"),
    "no alternative": (
        lambda run: shutil.rmtree(run / "alternative-2"),
        r"alternative-2: is no folder",
    ),
    "another alternative": (
        lambda run: edit_json(
            run / "alternatives.json", lambda d: d["found"][0].update(plan_hash="0")
        ),
        r"alternative-1.plan\.json: is not the alternative that alternatives\.json names",
    ),
    "an alternative elsewhere": (
        lambda run: edit_json(
            run / "alternatives.json", lambda d: d["found"][0].update(folder="../run")
        ),
        "is not the name of a folder in this one",
    ),
    "a broken frontier": (
        lambda run: write_lines(run / "frontier.csv", ["target,year", "C,2025"]),
        r"frontier\.csv, header: the column 'required'",
    ),
    "a shorter frontier": (
        lambda run: write_lines(run / "frontier.csv", lines(run / "frontier.csv")[:-1]),
        r"frontier\.csv: is not as the run wrote it",
    ),
    "another gap of an alternative": (
        lambda run: edit_json(run / "alternatives.json", lambda d: d["found"][0].update(gap=0.5)),
        r"alternatives\.json: is not as the run wrote it",
    ),
    "another name": (
        lambda run: edit_json(run / "plan.json", lambda d: d["scenario"].update(name="x")),
        r"plan\.json: is not as the run wrote it",
    ),
}


@pytest.mark.parametrize(("harm", "message"), broken.values(), ids=broken)
def test_folders_that_are_no_run(run, harm, message):
    read_finished_run(run)
    harm(run)
    with pytest.raises(DataError, match=message) as raised:
        read_finished_run(run)
    assert all(problem.remedy for problem in raised.value.problems)


def test_names_that_no_file_has():
    for name in ("x\0y", "x" * 5000):
        with pytest.raises(DataError):
            read_finished_run(name)
