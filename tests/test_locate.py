"""What ``siting.locate`` is asked, answers and refuses; drawn streets, worked by hand."""

import inspect
import re
from dataclasses import fields
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

import siting

# A street with five homes, minutes from one to the next; sites stand at a, c and e.
#
#     A --2-- B --2-- C --4-- D --1-- E
#
demand = pd.DataFrame({"demand_id": list("ABCDE"), "weight": [3.0, 1.0, 2.0, 1.0, 4.0]})
sites = pd.DataFrame(
    {
        "site_id": ["a", "c", "e"],
        "status": ["candidate", "existing", "candidate"],
        "capacity": [4.0, 3.0, 9.0],
        "cost": [10.0, 0.0, 15.0],
    }
)
minutes = np.array([[0, 4, 9], [2, 2, 7], [4, 0, 5], [8, 4, 1], [9, 5, 0]])
matrix = minutes * 60.0


def long_table(seconds=matrix):
    i, j = np.indices(seconds.shape).reshape(2, -1)
    return pd.DataFrame(
        {
            "demand_id": demand["demand_id"].to_numpy()[i],
            "site_id": sites["site_id"].to_numpy()[j],
            "seconds": seconds[i, j],
        }
    )


def test_p_median_opens_e_beside_c():
    told = siting.locate(demand, sites, matrix, "min_total_time", count=1)
    # With c alone 12 + 2 + 0 + 4 + 20; e takes D and E: 12 + 2 + 0 + 1 + 0 minutes.
    assert (told.status, told.objective, told.bound, told.gap) == ("optimal", 900, 900, 0)
    assert told.sites.to_dict("list") == {
        "site_id": ["c", "e"],
        "status": ["existing", "candidate"],
    }
    assert told.assignment["site_id"].tolist() == ["c", "c", "c", "e", "e"]
    assert told.assignment["seconds"].tolist() == [240, 120, 0, 60, 0]
    assert told.assignment["weight"].tolist() == demand["weight"].tolist()
    assert told.unreachable == 0


def test_p_center_asks_for_minutes_not_people():
    told = siting.locate(demand, sites, matrix, "min_worst_time", count=1)
    assert told.objective == 240
    assert told.sites["site_id"].tolist() == ["c", "e"]


def test_set_covering_counts_new_sites_only():
    told = siting.locate(demand, sites, matrix, "min_sites", within_s=240)
    assert told.objective == 1
    assert told.sites["site_id"].tolist() == ["c", "e"]


def test_fixed_charge_weighs_cost_against_time():
    # e costs 15 and saves 3 + 20 minutes of people, a costs 10 and saves 12.
    cheap = siting.locate(demand, sites, matrix, "min_cost", cost_per_second=1 / 60)
    assert cheap.sites["site_id"].tolist() == ["a", "c", "e"]
    assert cheap.objective == pytest.approx(10 + 15 + 0 + 2 + 0 + 1 + 0)
    dear = siting.locate(demand, sites, matrix, "min_cost", cost_per_second=0.7 / 60)
    assert dear.sites["site_id"].tolist() == ["c", "e"]


def test_capacities_share_demand_out():
    tight = sites.assign(capacity=[4.0, 3.0, 4.5])
    told = siting.locate(demand, tight, matrix, "min_total_time", count=2, capacitated=True)
    # E fills e but for half a unit; the other half of D goes to c, four minutes away.
    at_d = told.assignment[told.assignment["demand_id"] == "D"]
    assert at_d["site_id"].tolist() == ["c", "e"]
    assert at_d["share"].tolist() == pytest.approx([0.5, 0.5])
    assert told.objective == pytest.approx(60 * (2 + 0.5 * 4 + 0.5 * 1))
    full = sites.assign(capacity=[1.0, 2.0, 3.0])
    told = siting.locate(demand, full, matrix, "min_total_time", count=2, capacitated=True)
    assert (told.status, told.objective) == ("infeasible", None)


def test_covering_within_capacities_serves_what_it_can():
    told = siting.locate(
        demand, sites, matrix, "max_coverage", count=1, within_s=120, capacitated=True
    )
    # c serves B and C, three; e has room for D and E.
    assert told.objective == pytest.approx(8)
    assert told.sites["site_id"].tolist() == ["c", "e"]


def test_demand_that_nobody_reaches_is_counted():
    far = matrix.copy()
    far[1] = np.inf
    for objective in ("min_sites", "min_total_time", "min_worst_time", "min_cost"):
        told = siting.locate(demand, sites, far, objective, count=2)
        assert (told.status, told.objective, told.unreachable) == ("infeasible", None, 1)
        assert told.sites.empty
    told = siting.locate(demand, sites, far, "max_coverage", count=2, capacitated=True)
    assert (told.status, told.unreachable) == ("optimal", 1)
    assert "B" not in set(told.assignment["demand_id"])


def test_all_forms_of_times_mean_the_same():
    far = matrix.copy()
    far[0, 2] = np.inf
    i, j = np.nonzero(np.isfinite(far))
    sparse = csr_array((far[i, j], (i, j)), shape=far.shape)
    assert (sparse.data == 0).any()
    nan = np.where(np.isinf(far), np.nan, far)
    table = long_table(far)
    answers = [
        siting.locate(demand, sites, times, "min_total_time", count=1)
        for times in (far, nan, sparse, table[np.isfinite(table["seconds"])])
    ]
    for told in answers:
        assert told.objective == answers[0].objective
        pd.testing.assert_frame_equal(told.assignment, answers[0].assignment)


def test_order_of_rows_changes_nothing_and_tables_are_left_alone():
    table = long_table()
    shuffled = [frame.sample(frac=1, random_state=3) for frame in (demand, sites, table)]
    before = [frame.copy() for frame in shuffled]
    for objective in ("min_sites", "min_total_time", "min_worst_time", "min_cost"):
        told = siting.locate(*shuffled, objective, count=1)
        again = siting.locate(demand, sites, table, objective, count=1)
        pd.testing.assert_frame_equal(told.sites, again.sites)
        pd.testing.assert_frame_equal(told.assignment, again.assignment)
    for frame, kept in zip(shuffled, before, strict=True):
        pd.testing.assert_frame_equal(frame, kept)


def test_nothing_to_serve():
    none = demand.iloc[:0]
    for objective in ("min_sites", "min_total_time", "min_worst_time", "min_cost"):
        told = siting.locate(none, sites, matrix[:0], objective, count=1)
        assert (told.status, told.objective) == ("optimal", 0)
        assert told.assignment.empty


def test_no_time_claims_nothing():
    rng = np.random.default_rng(5)
    many = pd.DataFrame({"demand_id": range(60), "weight": 1.0})
    places = pd.DataFrame({"site_id": range(60)})
    seconds = rng.integers(1, 999, (60, 60)) * 1.0
    told = siting.locate(many, places, seconds, "min_total_time", count=6, time_limit_s=0.0)
    assert told.status in ("feasible", "no_plan")
    assert told.timed_out


def test_a_gap_that_is_asked_for_is_told():
    rng = np.random.default_rng(6)
    many = pd.DataFrame({"demand_id": range(40), "weight": 1.0})
    places = pd.DataFrame({"site_id": range(40)})
    seconds = rng.random((40, 40))
    exact = siting.locate(many, places, seconds, "min_total_time", count=6)
    rough = siting.locate(many, places, seconds, "min_total_time", count=6, gap=0.5)
    assert exact.status == "optimal"
    assert rough.status in ("optimal", "within_gap")
    assert rough.bound <= exact.objective <= rough.objective
    assert rough.gap <= 0.5


def refused(error, *tables, **question):
    with pytest.raises(error) as caught:
        siting.locate(*tables, **question)
    return [str(problem) for problem in caught.value.problems]


def test_every_problem_of_the_question_at_once():
    told = refused(
        siting.ScenarioError,
        demand,
        sites,
        matrix,
        objective="max_cover",
        count=-1,
        budget=-2.0,
        within_s=float("nan"),
        gap=-1,
        threads=0,
        seed=0.5,
        time_limit_s="long",
        cost_per_second=-1,
    )
    places = [line.split(":")[0] for line in told]
    assert places == sorted(places)
    assert set(places) == {
        "objective",
        "count",
        "budget",
        "within_s",
        "gap",
        "threads",
        "seed",
        "time_limit_s",
        "cost_per_second",
    }
    missing = refused(siting.ScenarioError, demand, sites, matrix, objective="min_total_time")
    assert missing == [
        "count: is missing, as is budget: min_total_time needs one — give one of them"
    ]


def test_every_problem_of_the_tables_at_once():
    table = long_table()
    table.loc[2, "seconds"] = -5
    table.loc[3, "site_id"] = "x"
    table.loc[4, "demand_id"] = "Z"
    table.loc[7] = table.loc[6]
    told = refused(
        siting.DataError,
        demand.assign(weight=[1, -1, np.nan, 2, 3], demand_id=list("ABBDE")),
        sites.assign(capacity=[-1, 2, 3], status=["open", "existing", "candidate"]),
        table,
        objective="min_sites",
        count=-1,
    )
    assert "count: is -1 — give a whole number of at least 0" in told
    assert (
        "demand, column weight, row 2: is -1.0, and so in 1 more rows — "
        "give a number of at least 0" in told
    )
    assert "demand, column demand_id, row 3: 'B' stands there before — give each id once" in told
    assert "sites, column capacity, row 1: is -1 — give a number of at least 0" in told
    assert "sites, column status, row 1: is 'open' — write existing or candidate" in told
    assert "times, column seconds, row 3: is -5.0 — give a number of at least 0" in told
    told = refused(siting.DataError, demand, sites, table.drop(index=2), count=1)
    assert (
        "times, column site_id, row 3: 'x' is not in sites — add it to sites or leave the row out"
        in told
    )
    assert any(line.startswith("times, column demand_id, row 4: 'Z'") for line in told)
    assert any(line.startswith("times, row 7: has a pair") for line in told)


def test_columns_that_are_not_there_or_not_known():
    told = refused(
        siting.DataError,
        demand.rename(columns={"weight": "people"}),
        sites.drop(columns=["capacity", "cost"]),
        matrix,
        objective="min_cost",
        capacitated=True,
    )
    assert [line.split(":")[0] for line in told] == [
        "demand, column people",
        "demand, column weight",
        "sites, column capacity",
        "sites, column cost",
    ]


@pytest.mark.parametrize(
    ("times", "place"),
    [
        (matrix.T, "times"),
        (np.where(matrix == 0, -1, matrix), "times, row 1, column 1"),
        (csr_array(np.where(matrix == 0, np.nan, matrix)), "times, row 1, column 1"),
        ("times.csv", "times"),
        (np.zeros(5), "times"),
    ],
)
def test_matrices_that_cannot_be_used(times, place):
    told = refused(siting.DataError, demand, sites, times, objective="min_total_time", count=1)
    assert [line.split(":")[0] for line in told] == [place]


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from(["min_total_time", "min_worst_time", "min_cost"]))
def test_more_to_choose_from_is_never_worse(seed, objective):
    rng = np.random.default_rng(seed)
    seconds = rng.integers(0, 20, (6, 5)) * 30.0
    places = pd.DataFrame({"site_id": range(5), "cost": rng.integers(0, 900, 5)})
    homes = pd.DataFrame({"demand_id": range(6), "weight": rng.integers(0, 5, 6)})

    def value(candidates, count):
        told = siting.locate(
            homes, places.iloc[:candidates], seconds[:, :candidates], objective, count=count
        )
        assert told.status == "optimal"
        return told.objective

    assert value(5, 2) <= value(4, 2) + 1e-6
    assert value(5, 3) <= value(5, 2) + 1e-6


def test_the_example_of_the_page_runs(capsys):
    page = (Path(__file__).parents[1] / "docs" / "locate.md").read_text(encoding="utf-8")
    block = re.search(r"```python\n(.*?)```", page, re.DOTALL)[1]
    pytest.importorskip("siting.location.covering")
    exec(compile(block, "docs/locate.md", "exec"), {})  # noqa: S102
    assert capsys.readouterr().out.startswith("optimal 60.0")


def test_the_page_names_everything():
    page = (Path(__file__).parents[1] / "docs" / "locate.md").read_text(encoding="utf-8")
    asked = inspect.signature(siting.locate).parameters
    for name in [*asked, *(field.name for field in fields(siting.Location))]:
        assert f"`{name}" in page, name
