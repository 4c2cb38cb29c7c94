"""What a planner writes in the workbook and what YAML says are the same, key by key."""

import pytest

import planning_workbook
import siting
import yaml_text
from drawn_town import scenario
from filled_workbook import edited, value_cell
from planning_workbook import everything


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return planning_workbook.write(tmp_path_factory.mktemp("study"))


@pytest.fixture
def copy(path, tmp_path):
    (tmp_path / "study.xlsx").write_bytes(path.read_bytes())
    return tmp_path / "study.xlsx"


def problems(path):
    with pytest.raises(siting.ScenarioError) as caught:
        siting.load(path)
    return [str(problem).replace(f"{path}, ", "") for problem in caught.value.problems]


def test_a_workbook_and_its_yaml_are_the_same_scenario(path):
    asked = everything()
    text = path.with_name("same.yaml")
    text.write_text(yaml_text.of(asked), encoding="utf-8")
    of_workbook, of_text = siting.load(path), siting.load(text)
    assert of_text.model_dump() == asked.model_dump()
    assert of_workbook.model_dump() == asked.model_dump()


def test_the_scenario_of_the_test_leaves_no_key_as_it_is():
    asked, usual = everything().model_dump(), scenario().model_dump()
    same = {"name", "crs", "base_year", "seat_zones", "population", "osm_places", "cycle", "drive"}
    same |= {"candidate_grid", "host_rules", "class_kinds_source"}
    assert {key for key in asked if asked[key] == usual[key]} == same
    for part in ("guidance", "host_limits", "costs", "published", "solver"):
        default = type(getattr(everything(), part)).model_fields
        assert [k for k, v in asked[part].items() if v == default[k].default] == []
    fields = {key for target in everything().targets for key in target.model_fields_set}
    kinds = [type(target) for target in everything().targets]
    assert fields == {key for kind in kinds for key in kind.model_fields}
    assert len(set(kinds)) == 12


def test_a_field_of_another_kind_is_refused_with_its_cell(copy):
    with edited(copy) as book:
        (header,) = [cell for cell in book["目标"][2] if str(cell.value).startswith("最少")]
        book["目标"].cell(3, header.column).value = 2
    found = problems(copy)
    assert len(found) == 1
    place = f"sheet 目标, row 3, column {header.column_letter}"
    assert found[0].startswith(f"{place}: 最少 (targets.0.at_least) does not go with the other")


def test_costs_of_hosts_or_actions_that_there_are_not(copy):
    with edited(copy) as book:
        book["费用"].append(("车库", "新建", 1, None, None, None, "drawn"))
        book["费用"].append(("用房", "搬迁", 1, None, None, None, "drawn"))
        book["费用"].append(("house", "新建", 1, None, None, None, "drawn"))
        book["费用"].append(("用房", None, 1, None, None, None, "drawn"))
        book["费用"].append(("用房", "扩建"))
    assert [text.split(" — ")[0] for text in problems(copy)] == [
        "sheet 费用, row 6, column A: '车库' cannot be the 载体类型 of a row",
        "sheet 费用, row 7, column B: '搬迁' cannot be the 措施 of a row",
        "sheet 费用, row 8: 'house、open' stands twice, first in sheet 费用, row 3",
        "sheet 费用, row 9, column B: the column '措施' is empty",
        "sheet 费用, row 10, column A: the row of 'house、expand' is empty",
    ]


def test_take_up_of_a_year_or_band_that_there_is_not(copy):
    with edited(copy) as book:
        book["分年入托意愿"].append((2031, "12-24", 0.5))
        book["分年入托意愿"].append((2026, "6-12", 0.5))
        book["分年入托意愿"].append(("明年", "12-24", 0.5))
    (found,) = problems(copy)
    assert found.startswith("sheet 分年入托意愿, row 8, column A: children.take_up_by_year.明年")
    with edited(copy) as book:
        book["分年入托意愿"].delete_rows(8)
    found = "\n".join(problems(copy))
    assert "sheet 分年入托意愿, row 6, column A: children.take_up_by_year.2031: 2031 is" in found
    assert "sheet 分年入托意愿, row 7, column C: " in found
    assert "6-12 is no band of children.take_up" in found


def test_a_source_alone_is_kept(copy):
    with edited(copy) as book:
        cell = value_cell(book, "costs.discount_rate")
        cell.value = None
    costs = siting.load(copy).costs
    assert (costs.discount_rate, costs.source) == (0.0, "财政")
