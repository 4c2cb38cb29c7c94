"""Wrong files: one clear message with file, place and remedy; nothing else happens."""

import re

import geopandas as gpd
import pandas as pd
import pytest

from siting.checking import check
from siting.cli import main
from siting.errors import DataError, InputError, ScenarioError
from siting.scenario import load
from small_study import edit


def change(path, column, row, value):
    table = pd.read_csv(path, dtype=str)
    table.loc[row, column] = value
    table.to_csv(path, index=False)


def problems(folder):
    with pytest.raises(InputError) as caught:
        check(load(folder / "town.yaml"))
    return [str(problem) for problem in caught.value.problems]


def test_a_good_study_has_no_problems(folder):
    check(load(folder / "town.yaml"))


def test_scenario_missing(tmp_path):
    with pytest.raises(ScenarioError, match=r"nowhere\.yaml: there is no such file"):
        load(tmp_path / "nowhere.yaml")


def test_every_scenario_problem_with_line_and_column(folder):
    edit(folder / "town.yaml", "speed_kph: 3.6", "speed_kph: 60\n  sped: 1")
    edit(folder / "town.yaml", "base_year: 2025", 'base_year: "2025"')
    found = problems(folder)
    lines = (folder / "town.yaml").read_text(encoding="utf-8").splitlines()
    at = {text.split(":")[0].strip(): n for n, text in reversed([*enumerate(lines, 1)])}
    assert len(found) == 3
    assert any(f"town.yaml:{at['speed_kph']}:3: walk.speed_kph" in text for text in found)
    assert any(f"town.yaml:{at['sped']}:3: walk.sped" in text for text in found)
    assert any(f"town.yaml:{at['base_year']}:1: base_year" in text for text in found)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "  weights: {}",
            "  weights: {hardship: 2.0}",
            "weights count in the stage coverage, which is not among objectives",
        ),
        ("name:", "name: x\nname:", "the key 'name' stands twice"),
        ("name:", "name: !!python/object:os.system ", "a type named with ! is not read"),
        ("name:", "name: &n ", "anchors"),
        ("crs: ", "crs: [", "not valid YAML"),
        ('"EPSG:32650"', '"EPSG:4326"', "is not the metre"),
        ('"EPSG:32650"', '"+proj=utm +zone=50 +nadgrids=/etc/passwd"', "names a file of a grid"),
        ('"EPSG:32650"', '"EPSG:99999"', "no known CRS"),
        ('kind: "per_thousand"', 'kind: "per_million"', "targets.0"),
        ("required: 25.0", "required: 25000.0", "targets.0.required"),
    ],
)
def test_scenario_mistakes(folder, old, new, expected):
    edit(folder / "town.yaml", old, new)
    assert any(expected in text for text in problems(folder))


def test_take_up_of_years_and_ages_that_the_scenario_does_not_have(folder):
    path = folder / "town.yaml"
    told = '  take_up_by_year: {2025: {"12-24": 0.4}, 2026: {"12-24": 0.4, "18-24": 0.5}}\n'
    lines = [line for line in path.read_text("utf-8").splitlines(True) if "_by_year" not in line]
    path.write_text("".join(lines).replace("children:\n", f"children:\n{told}", 1), "utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(path)
    assert [problem.what for problem in caught.value.problems] == [
        "children.take_up_by_year.2026: 2026 is neither base_year nor planned for",
        "children.take_up_by_year.2026.18-24: 18-24 is no band of children.take_up",
    ]


@pytest.mark.parametrize("name", ["streets.gpkg", "townships.geojson", "cells.csv", "hosts.csv"])
def test_missing_file(folder, name):
    (folder / name).unlink()
    (only,) = problems(folder)
    assert name in only
    assert "there is no such file" in only


@pytest.mark.parametrize(
    ("file", "column", "value", "expected"),
    [
        ("cells.csv", "residents", "-5", "row 3, column residents: a number of at least 0"),
        ("cells.csv", "residents", "nan", "row 3, column residents: a number of at least 0"),
        ("cells.csv", "residents", "", "row 3, column residents: the cell is empty"),
        ("cells.csv", "residents", "inf", "row 3, column residents"),
        ("cells.csv", "lon", "31.2万", "row 3, column lon: a number from -180 to 180"),
        ("cells.csv", "cell_id", "a", "rows 2, 3, column cell_id: the same cell_id"),
        ("hosts.csv", "site_id", "ea", "column site_id: ea stand in facilities.csv too"),
        (
            "hosts.csv",
            "host",
            "castle",
            "row 3, column host: house (用房) expected, found 'castle'",
        ),
        (
            "hosts.csv",
            "tier",
            "castle",
            "row 3, column tier: institution (托育机构) or kindergarten",
        ),
        ("hosts.csv", "inclusive", "maybe", "row 3, column inclusive: yes or no"),
        ("hosts.csv", "max_classes", "1.5", "row 3, column max_classes: a whole number"),
        ("hosts.csv", "lon", "0", "lie outside the study area"),
        (
            "residents.csv",
            "township_code",
            "Z9",
            "row 3, column township_code: code Z9 is no township",
        ),
    ],
)
def test_table_mistakes(folder, file, column, value, expected):
    change(folder / file, column, 1, value)
    assert any(expected in text for text in problems(folder))


def test_facility_with_more_children_than_places(folder):
    change(folder / "facilities.csv", "enrolled_24_36", 0, "21")
    (only,) = problems(folder)
    assert "site ea: 21 children of 24-36 months are enrolled" in only


def test_all_files_are_read_before_anything_is_said(folder):
    change(folder / "cells.csv", "residents", 1, "-5")
    change(folder / "hosts.csv", "max_classes", 1, "-1")
    (folder / "streets.gpkg").unlink()
    assert len(problems(folder)) == 3


def test_problems_of_tables_workbooks_and_layers_are_told_together(folder):
    hosts = pd.read_csv(folder / "hosts.csv", dtype=str)
    hosts.loc[1, "fixed_cost_cny"] = "#DIV/0!"
    hosts.to_excel(folder / "study.xlsx", sheet_name="载体", index=False)
    edit(folder / "town.yaml", "hosts.csv", "study.xlsx#载体")
    cells = pd.read_csv(folder / "cells.csv").rename(columns={"lon": "lat", "lat": "lon"})
    cells.to_csv(folder / "cells.csv", index=False)
    change(folder / "residents.csv", "township_code", 0, "3.10104E+11")
    letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[list(hosts).index("fixed_cost_cny")]
    found = problems(folder)
    assert len(found) == 3
    for place, remedy in (
        (
            f"study.xlsx, sheet 载体, row 3, column {letter} (fixed_cost_cny): the cell shows",
            "mend",
        ),
        ("residents.csv, row 2, column township_code: the code was turned", "column as text"),
        ("cells.csv, rows 2, 3, 4, 5, 6 and 1 more, column lon and lat: longitude", "exchange"),
    ):
        (told,) = [text for text in found if place in text]
        assert remedy in told.split(" — ")[1]


def test_a_broken_workbook_ends_with_a_message(folder, capsys):
    (folder / "study.xlsx").write_bytes(b"PK\x03\x04 and nothing more")
    edit(folder / "town.yaml", "hosts.csv", "study.xlsx#载体")
    assert main(["check", str(folder / "town.yaml"), "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert "study.xlsx: is no Excel workbook" in told
    assert "save it again as .xlsx" in told
    assert "Traceback" not in told


def test_streets_without_crs(folder):
    streets = gpd.read_file(folder / "streets.gpkg")
    streets.to_file(folder / "streets.shp")
    (folder / "streets.prj").unlink()
    edit(folder / "town.yaml", "streets.gpkg", "streets.shp")
    (only,) = problems(folder)
    assert "streets.shp: the CRS is missing" in only
    edit(folder / "town.yaml", "inputs:\n", 'inputs:\n  missing_crs: "EPSG:32650"\n')
    check(load(folder / "town.yaml"))


def test_streets_in_pieces(folder):
    streets = gpd.read_file(folder / "streets.gpkg")
    streets.geometry = streets.geometry.scale(0.9, 0.9)
    streets.to_file(folder / "streets.gpkg")
    (only,) = problems(folder)
    assert "the largest connected piece holds only" in only


def test_bow_tie_township(folder):
    townships = gpd.read_file(folder / "townships.geojson")
    ring = list(townships.geometry.iloc[0].exterior.coords)
    ring[1], ring[2] = ring[2], ring[1]
    townships.geometry = [type(townships.geometry.iloc[0])(ring), townships.geometry.iloc[1]]
    townships.to_file(folder / "townships.geojson")
    (only,) = problems(folder)
    assert "townships.geojson, feature 1: the polygon is not valid" in only
    assert "repair the geometry in your GIS" in only


def test_gb18030_tables_are_read(folder):
    text = (folder / "hosts.csv").read_text(encoding="utf-8").replace(",b,", ",江岸园,")
    (folder / "hosts.csv").write_text(text, encoding="gb18030")
    check(load(folder / "town.yaml"))


def test_a_fill_that_arithmetic_forbids(folder):
    # 1,680 residents at 25 per thousand need 42 places, 22 more than today. At a take-up of one
    # half a fill of 90 % can be met. At 2 %, 560 under-3s hold 3.73 takers of each band; the
    # ten enrolled of 24-36 months take all of theirs, first near a and then
    # the rest too, so that 3.73 are left for 22 places.
    edit(folder / "town.yaml", "targets:\n", FILL)
    check(load(folder / "town.yaml"))
    edit(folder / "town.yaml", "12-24: 0.5, 24-36: 0.5", "12-24: 0.02, 24-36: 0.02")
    (only,) = problems(folder)
    assert "a fill of 90% cannot be reached" in only
    assert "the mean fill is at most 17.0%" in only


FILL = (
    "targets:\n"
    '  - {id: "fill", kind: "fill", year: 2025, hard: false, clause: "drawn", required: 0.9}\n'
)


def test_exit_code_two_and_an_earlier_result_left_alone(folder, capsys):
    out = folder / "out"
    assert main(["run", str(folder / "town.yaml"), "--out", str(out)]) == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    change(folder / "cells.csv", "residents", 1, "-5")
    assert main(["run", str(folder / "town.yaml"), "--out", str(out)]) == 2
    assert "residents（常住人口）列" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_exit_code_three_writes_nothing(folder):
    edit(folder / "town.yaml", "required: 25.0", "required: 99.0")
    out = folder / "out"
    assert main(["run", str(folder / "town.yaml"), "--out", str(out)]) == 3
    assert not out.exists()


def test_exit_code_four_without_time(folder):
    arguments = ["run", str(folder / "town.yaml"), "--out", str(folder / "out")]
    assert main([*arguments, "--time-limit", "1e-9"]) == 4
    assert not (folder / "out").exists()
    assert main([*arguments, "--gap", "7"]) == 2


def test_data_error_is_a_value_error():
    assert issubclass(DataError, ValueError)


def test_web_mercator_is_no_metric_crs(folder):
    edit(folder / "town.yaml", '"EPSG:32650"', '"EPSG:3857"')
    (only,) = problems(folder)
    assert re.search(r"town\.yaml:\d+:1: a length in", only)
    assert "off at the study area" in only


def test_overlapping_townships(folder):
    townships = gpd.read_file(folder / "townships.geojson")
    townships.geometry = [townships.union_all(), townships.geometry.iloc[1]]
    townships.to_file(folder / "townships.geojson")
    assert any("1 pairs of zones overlap: Z0 and Z1" in text for text in problems(folder))


def test_misspelt_column(folder):
    edit(folder / "facilities.csv", "enrolled_24_36", "enrolled_24-36")
    assert any("is it 'enrolled_24_36'" in text for text in problems(folder))


def test_facility_without_classes(folder):
    change(folder / "facilities.csv", "large_classes", 0, "0")
    change(folder / "facilities.csv", "enrolled_24_36", 0, "0")
    assert any("site ea: has no class today" in text for text in problems(folder))


def test_a_soft_density_sets_no_ceiling_for_the_fill(folder):
    edit(folder / "town.yaml", "targets:\n", FILL)
    edit(folder / "town.yaml", "12-24: 0.5, 24-36: 0.5", "12-24: 0.02, 24-36: 0.02")
    text = (folder / "town.yaml").read_text(encoding="utf-8")
    line = next(row for row in text.splitlines() if 'kind: "per_thousand"' in row)
    edit(folder / "town.yaml", line, line.replace("hard: true", "hard: false"))
    check(load(folder / "town.yaml"))


@pytest.mark.parametrize("name", ["O-1", "", "a b"])
def test_target_ids_are_plain_words(folder, name):
    edit(folder / "town.yaml", 'id: "per_thousand"', f'id: "{name}"')
    assert any("targets.0.id" in text for text in problems(folder))


def test_two_scenarios_of_one_name_are_not_written_over_each_other(folder, capsys):
    other = folder / "other"
    other.mkdir()
    (other / "town.yaml").write_bytes((folder / "town.yaml").read_bytes())
    paths = [str(folder / "town.yaml"), str(other / "town.yaml")]
    assert main(["run", *paths, "--out", str(folder / "all"), "--lang", "en"]) == 2
    assert "two scenarios would be written to" in capsys.readouterr().err
    assert not (folder / "all").exists()


def test_a_file_where_the_folder_should_be(folder, capsys):
    (folder / "out").write_text("", encoding="utf-8")
    arguments = ["run", str(folder / "town.yaml"), "--out", str(folder / "out")]
    assert main([*arguments, "--lang", "en"]) == 2
    assert "is a file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("name: ", "name： ", "a full-width colon (：) stands behind the key 'name'"),
        ("speed_kph: 3.6", "speed_kph：3.6", "stands behind the key 'speed_kph'"),
        ("base_year: 2025", "basis_year: 2025", "basis_year: there is no such key; is "),
        ("speed_kph: 3.6", "sped_kph: 3.6", "is it 'walk.speed_kph'?"),
    ],
)
def test_what_was_likely_meant_is_told(folder, old, new, told):
    edit(folder / "town.yaml", old, new)
    with pytest.raises(ScenarioError) as caught:
        load(folder / "town.yaml")
    assert told in str(caught.value)
