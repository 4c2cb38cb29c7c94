"""A scenario that is there becomes a filled workbook that says the same, its layers beside it."""

import warnings
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

import siting
import small_study
from siting.cli import main
from siting.template import filled_folder, write_filled
from siting.template.filled import filled_with

scenarios = Path(__file__).parents[1] / "scenarios"


def opened(path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path)


def test_the_workbook_says_what_the_scenario_and_its_tables_say(folder, tmp_path):
    small_study.edit(folder / "town.yaml", "illustrative: false", "illustrative: true")
    written = write_filled(tmp_path / "new", folder / "town.yaml")
    names = {path.name for path in written}
    assert names == {"study.xlsx", "README.md", "streets.gpkg", "townships.geojson"}
    asked, found = siting.load(folder / "town.yaml"), siting.load(written[0])
    assert found.model_dump(exclude={"inputs"}) == asked.model_dump(exclude={"inputs"})
    assert found.inputs.facilities == "study.xlsx#机构"
    assert found.inputs.streets == "streets.gpkg"
    of_workbook, of_files = siting.read_inputs(found), siting.read_inputs(asked)
    for name in ("cells", "townships"):
        pd.testing.assert_frame_equal(getattr(of_workbook, name), getattr(of_files, name))
    tables = (each.sites.dropna(axis="columns", how="all") for each in (of_workbook, of_files))
    pd.testing.assert_frame_equal(*tables)
    book = opened(written[0])
    marked = [sheet.title for sheet in book if "（示意数据）" in str(sheet["A1"].value)]
    assert {"机构", "载体", "常住人口", "目标", "班型"} <= set(marked)
    assert {"参数", "说明"}.isdisjoint(marked)


def test_what_a_sheet_cannot_hold_stands_beside_it_and_keys_without_a_row_get_one(tmp_path):
    written = write_filled(tmp_path / "new", scenarios / "reykjavik.yaml")
    assert [path.name for path in written[2:]] == ["reykjavik.osm.pbf"]
    keys = [row[5].value for row in opened(written[0])["参数"].iter_rows(min_row=2)]
    assert any(str(key).startswith("osm_places.0.") for key in keys)
    asked, found = siting.load(scenarios / "reykjavik.yaml"), siting.load(written[0])
    assert found.osm_places == asked.osm_places
    assert found.targets == asked.targets


@pytest.mark.parametrize("name", ["shandong", "jinan"])
def test_a_name_with_a_dot_is_quoted(tmp_path, name):
    written = write_filled(tmp_path / "new", scenarios / f"{name}.yaml")
    keys = [str(row[5].value) for row in opened(written[0])["参数"].iter_rows(min_row=2)]
    assert any(key.startswith('policy.changes."') for key in keys)
    asked, found = siting.load(scenarios / f"{name}.yaml"), siting.load(written[0])
    assert found.policy == asked.policy
    assert found.targets == asked.targets


def test_a_workbook_that_says_something_else_is_refused(tmp_path, capsys, monkeypatch):
    def forgetful(values, scenario):
        return replace(filled_with(values, scenario), further={})

    monkeypatch.setattr(filled_folder, "filled_with", forgetful)
    words = ["init", str(tmp_path / "new"), "--from", str(scenarios / "reykjavik.yaml")]
    assert main([*words, "--lang", "en"]) == 2
    assert (
        "cannot be said in a workbook: sources, population, osm_places" in capsys.readouterr().err
    )
    assert main(words) == 2
    assert "工作簿中写不下：sources, population, osm_places" in capsys.readouterr().err
    assert not list((tmp_path / "new").glob("*"))


@pytest.mark.parametrize(
    ("source", "en", "zh"),
    [
        (Path("study.xlsx"), "is a workbook already", "已经是工作簿"),
        (Path("none.yaml"), "there is no such file", "没有这个文件"),
    ],
)
def test_what_cannot_be_filled_in_is_told_and_nothing_is_written(tmp_path, capsys, source, en, zh):
    told = {}
    for lang in ("en", "zh"):
        new = tmp_path / "new"
        assert main(["init", str(new), "--from", str(source), "--lang", lang]) == 2
        assert not new.exists()
        told[lang] = capsys.readouterr().err
    assert en in told["en"]
    assert zh in told["zh"]


def test_files_of_one_name_are_refused_and_a_shapefile_comes_whole(folder, tmp_path, capsys):
    streets = gpd.read_file(folder / "streets.gpkg")
    (folder / "maps").mkdir()
    streets.to_file(folder / "maps" / "streets.shp")
    small_study.edit(folder / "town.yaml", "streets.gpkg", "maps/streets.shp")
    written = write_filled(tmp_path / "new", folder / "town.yaml")
    assert {path.name for path in written} > {"streets.shp", "streets.shx", "streets.dbf"}
    assert len(siting.read_network(siting.load(written[0])).lines) == len(streets)
    (folder / "streets.shp").touch()
    small_study.edit(folder / "town.yaml", "townships.geojson", "streets.shp")
    words = ["init", str(tmp_path / "other"), "--from", str(folder / "town.yaml")]
    assert main([*words, "--lang", "en"]) == 2
    assert "names several files called streets.shp" in capsys.readouterr().err
    assert main(words) == 2
    assert "写了几个同名的文件：streets.shp" in capsys.readouterr().err


def test_a_filled_folder_is_checked_and_never_overwritten(folder, tmp_path, capsys):
    words = ["init", str(tmp_path / "new"), "--from", str(folder / "town.yaml"), "--lang", "en"]
    assert main(words) == 0
    study = tmp_path / "new" / "study.xlsx"
    assert f"next: siting check {study}" in capsys.readouterr().out
    assert main(["check", str(study), "--lang", "en"]) == 0
    before = study.read_bytes()
    assert main(words) == 2
    assert "holds study.xlsx, README.md, streets.gpkg" in capsys.readouterr().err
    assert study.read_bytes() == before
