"""The notebooks run from top to bottom without a warning, and what their texts say is so."""

from pathlib import Path

import numpy as np
import pytest

from notebook_cells import cells_of, run_cells

folder = Path(__file__).parents[1] / "notebooks"
paths = sorted(folder.glob("*.ipynb"))


def shown(name):
    return run_cells(next(folder.glob(f"{name}_*.ipynb")))


@pytest.mark.parametrize("path", paths, ids=lambda path: path.stem)
def test_no_output_is_kept(path):
    cells = cells_of(path)
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert [cell["outputs"] for cell in code] == [[]] * len(code)
    assert [cell["execution_count"] for cell in code] == [None] * len(code)
    assert len({cell["id"] for cell in cells}) == len(cells)
    assert {key for cell in cells for key in cell["metadata"]} == set()


def test_there_are_five():
    assert [path.stem[:2] for path in paths] == ["01", "02", "03", "04", "05"]


def test_first_plan():
    notebook = shown("01")
    plan = notebook.names["study"].plan
    assert plan.status in ("optimal", "within_gap")
    assert plan.gap <= 0.01
    assert any("<iframe" in html for html in notebook.html.values())


def test_reach_and_isochrones():
    notebook = shown("02")
    names = notebook.names
    assert names["at_limit"] == pytest.approx(names["today"].area["population_coverage"], rel=1e-12)
    covered = names["covered"]
    assert (covered.diff().dropna() >= 0).all(axis=None)
    assert (covered.diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)
    assert names["areas"]["minutes"].tolist() == [5, 10, 15]
    assert len(names["gain"]) == 8
    assert sum(map(len, notebook.pictures.values())) == 3


def test_targets_and_costs():
    notebook = shown("03")
    names = notebook.names
    study, frontier = names["study"], names["frontier"]
    assert study.plan.status in ("optimal", "within_gap")
    assert all(result.met for result in study.plan.targets)
    steps = frontier[["achieved", "cost_cny"]].diff().dropna()
    a_point = steps["cost_cny"] / steps["achieved"]
    assert (a_point.diff().dropna() > 0).all(), "the line gets steeper"
    assert (frontier["bound_cny"] <= frontier["cost_cny"]).all()
    covered = {result.target.id: result.achieved for result in study.plan.targets}["O6a"]
    same = frontier[frontier["achieved"] <= covered]["cost_cny"]
    plan_cny = study.plan.costs["capital_cny"].sum()
    assert same.max() < plan_cny
    prices = {price.target_id: price for price in names["prices"]}
    assert prices["O2"].high_cny > 0
    assert prices["O3"].low_cny is None
    found = names["others"].found
    assert len(found) == 2
    assert all(o.plan.costs["capital_cny"].sum() <= 1.02 * plan_cny + 1 for o in found)
    assert all(o.changes["counted"].sum() >= 2 for o in found)
    assert sum(map(len, notebook.pictures.values())) == 1


def test_own_data():
    notebook = shown("04")
    names = notebook.names
    told = "\n".join(map(str, names["problems"]))
    assert len(names["problems"]) == 2
    assert "常住人口" in told
    assert "机构" in told
    assert "J003" in names["inputs"].sites["site_id"].to_list()
    shift_m = names["shift_m"][names["right"]["site_id"] != "J003"]
    assert shift_m.between(400, 700).all()
    assert names["shift_m"][names["right"]["site_id"] == "J003"].item() == pytest.approx(
        0, abs=1e-6
    )
    assert names["covered"]["GCJ-02"] != pytest.approx(names["covered"]["WGS-84"], abs=0.01)
    assert names["study"].plan.status == "optimal"
    assert any("<iframe" in html for html in notebook.html.values())
    assert not names["folder"].exists()


def test_textbook_problems():
    notebook = shown("05")
    names = notebook.names
    compared = names["compared"]
    assert np.allclose(compared["siting"], compared["spopt"], rtol=1e-9)
    assert (compared["status"] == "optimal").all()
    assert names["limited"].objective < names["answers"]["max_coverage"].objective
    assert names["places_of"].nlargest(names["count"]).sum() < names["weight"].sum()
    assert names["added"].sites["status"].to_list().count("existing") == 3
    assert names["impossible"].status == "infeasible"
    assert names["impossible"].unreachable > 0
    assert names["stopped"].status == "feasible"
    assert names["stopped"].timed_out
