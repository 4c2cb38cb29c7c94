"""What a file from somebody else could do: run code, unpack without end, lead elsewhere."""

import ast
import json
import os
import re
import zipfile
from pathlib import Path
from time import monotonic

import geopandas as gpd
import pandas as pd
import pytest

import drawn_osm
import siting
import small_study
from siting.checking import check
from siting.cli import main
from siting.errors import DataError, InputError, ScenarioError
from siting.named_file import is_on_network
from siting.scenario import load
from siting.scenario.study_folder import lies_outside, outside_files, study_folder
from small_study import edit

pytestmark = pytest.mark.trust
package = Path(siting.__file__).parent
root = package.parents[1]
modules = [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in package.rglob("*.py")]
runs_code = {"pickle", "cPickle", "dill", "joblib", "marshal", "shelve", "cloudpickle", "yaml"}
runs_code |= {"subprocess", "pty", "code", "codeop", "tarfile"}
calls = {"eval", "exec", "compile", "__import__", "read_pickle", "to_pickle", "extractall"}
calls |= {"system", "popen", "unpack_archive", "make_archive", "startfile"}
entities = """<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{} <!ENTITY f SYSTEM "file:///etc/hostname">]>"""
laughs = entities.format(
    "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">'
        for before, after in zip("abcdeghij", "bcdeghijk", strict=True)
    )
)


def test_nothing_that_runs_code_from_files_is_imported():
    for path, tree in modules:
        for node in ast.walk(tree):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not runs_code & {name.split(".")[0] for name in names}, path


def test_nothing_that_runs_code_from_files_is_called():
    for path, tree in modules:
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            of_re = isinstance(called, ast.Attribute) and getattr(called.value, "id", "") == "re"
            assert name not in calls or (name == "compile" and of_re), f"{path}:{node.lineno}"
            allowed = [k.value for k in node.keywords if k.arg in ("allow_pickle", "shell")]
            assert all(getattr(value, "value", None) is False for value in allowed), path
            is_numpy = isinstance(called, ast.Attribute) and getattr(called.value, "id", "") == "np"
            assert not (is_numpy and name == "load") or allowed, f"{path}:{node.lineno}"


@pytest.fixture
def town(tmp_path):
    folder = tmp_path / "town"
    folder.mkdir()
    small_study.write(folder)
    return folder


def refused(folder, *, allow_outside=False):
    began = monotonic()
    with pytest.raises(InputError) as error:
        check(load(folder / "town.yaml", allow_outside=allow_outside))
    assert monotonic() - began < 5
    return str(error.value)


def test_entities_in_graphml(town):
    text = f'<?xml version="1.0"?>{laughs}<graphml><key id="d">&k;&f;</key></graphml>'
    (town / "s.graphml").write_text(text, encoding="utf-8")
    edit(town / "town.yaml", "streets.gpkg", "s.graphml")
    assert "declares" in refused(town)


def test_entities_in_openstreetmap(town):
    path = drawn_osm.write_osm(
        town / "s.osm", {"a": (0, 0), "b": (3, 0)}, [("ab", {"highway": "residential"})]
    )
    text = path.read_text(encoding="utf-8").replace("residential", "&k;&f;")
    head, _, rest = text.partition("?>")
    if not rest:
        head, rest = '<?xml version="1.0"', text
    path.write_text(f"{head}?>{laughs}{rest}", encoding="utf-8")
    edit(town / "town.yaml", "streets.gpkg", "s.osm")
    assert "hold no XML entities" in refused(town)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
@pytest.mark.parametrize("entity", ["k", "f"])
def test_entities_in_workbooks(town, tmp_path, part, entity):
    pd.read_csv(town / "cells.csv").to_excel(tmp_path / "plain.xlsx", index=False)
    with (
        zipfile.ZipFile(tmp_path / "plain.xlsx") as plain,
        zipfile.ZipFile(town / "cells.xlsx", "w") as spoilt,
    ):
        for name in plain.namelist():
            content = plain.read(name).decode("utf-8")
            if name == part:
                head, mark, rest = content.rpartition("?>")
                content = f"{head}{mark}{laughs}" + rest.replace("Sheet1", f"&{entity};")
                content = content.replace(">cell_id<", f">&{entity};<")
            spoilt.writestr(name, content)
    edit(town / "town.yaml", "cells.csv", "cells.xlsx")
    said = refused(town)
    assert "cells.xlsx" in said
    assert Path("/etc/hostname").read_text(encoding="utf-8").strip() not in said


@pytest.mark.parametrize(
    "text",
    [
        "name: !!python/object/apply:os.system ['true']",
        "name: !x y",
        "name: !!str 1",
        "name: ! 1",
        "name: !<tag:yaml.org,2002:str> a",
        "base_year: !!int '2025'",
        "!!map {name: a}",
    ],
)
def test_tags_in_yaml(town, text):
    (town / "town.yaml").write_text(text, encoding="utf-8")
    said = refused(town)
    assert f"town.yaml:1:{text.index('!') + 1}: a type named with ! is not read" in said


def test_anchors_in_yaml(town):
    (town / "town.yaml").write_text("a: &a [1]\nb: *a", encoding="utf-8")
    assert "town.yaml:1:4: anchors (&) and aliases (*) are not read" in refused(town)


@pytest.mark.parametrize(
    "name",
    [
        "/vsicurl/http://a.invalid/s.gpkg",
        "http://a.invalid/s.gpkg",
        "/vsizip/streets.zip/streets.shp",
        "vsizip://streets.zip",
        "zip://streets.zip!streets.shp",
        "PG:host=a.invalid",
        "WFS:http://a.invalid",
        "GPKG:streets.gpkg:streets",
        "streets.gpkg\\0.txt",
    ],
)
@pytest.mark.parametrize("key", ["streets.gpkg", "townships.geojson", "cells.csv"])
def test_names_that_are_no_files(town, name, key):
    text = (town / "town.yaml").read_text(encoding="utf-8")
    name = json.dumps(name).replace("\\\\0", "\\0")
    (town / "town.yaml").write_text(text.replace(f'"{key}"', name, 1), encoding="utf-8")
    assert "there is no such file" in refused(town, allow_outside=True)
    if name.startswith('"/'):
        assert f"{name[1:-1]}' lies outside the study folder" in refused(town)


def test_an_archive_is_not_unpacked(town):
    with zipfile.ZipFile(town / "streets.zip", "w") as archive:
        archive.write(town / "streets.gpkg", "../../streets.gpkg")
        archive.write(town / "streets.gpkg", "streets.gpkg")
    before = sorted(town.parent.rglob("*"))
    edit(town / "town.yaml", "streets.gpkg", "streets.zip")
    assert "streets.zip" in refused(town)
    assert sorted(town.parent.rglob("*")) == before


@pytest.mark.parametrize("name", ["\\\\server\\share\\cells.csv", "//server/share/cells.csv"])
def test_no_other_computer_is_asked(town, name):
    edit(town / "town.yaml", '"cells.csv"', json.dumps(name))
    assert is_on_network(name)
    assert f"'{name}' lies outside the study folder" in refused(town)


def test_data_outside_the_study_folder_is_refused_or_told(town, tmp_path):
    deep = town / "a" / "scenarios"
    deep.mkdir(parents=True)
    text = (town / "town.yaml").read_text(encoding="utf-8")
    for name in ("streets.gpkg", "townships.geojson", "residents.csv", "facilities.csv"):
        text = text.replace(f'"{name}"', f'"../../{name}"')
    for name in ("cells.csv", "hosts.csv"):
        (town / name).rename(town / "a" / name)
        text = text.replace(f'"{name}"', f'"../{name}"')
    (deep / "town.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as refusal:
        load(deep / "town.yaml")
    problems = refusal.value.problems
    assert len(problems) == 4
    assert all("'../../" in problem.what and "study folder" in problem.what for problem in problems)
    assert all(f"folder {town / 'a'}, or allow it" in problem.remedy for problem in problems)
    assert re.search(r"town\.yaml:\d+:\d+$", problems[0].place)
    notes = [note.en for note in check(load(deep / "town.yaml", allow_outside=True))]
    (told,) = [note for note in notes if "outside the study folder" in note]
    assert "../../streets.gpkg" in told
    assert "cells.csv" not in told


def test_a_full_name_may_lie_inside(town):
    edit(town / "town.yaml", "cells.csv", str(town / "cells.csv"))
    check(load(town / "town.yaml"))


def test_a_profile_outside_is_refused_before_it_is_read(town, tmp_path_factory):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.yaml"
    secret.write_text("word: hidden", encoding="utf-8")
    with (town / "town.yaml").open("a", encoding="utf-8") as file:
        file.write(f"policy: {{profiles: [{secret}]}}\n")
    with pytest.raises(ScenarioError) as refusal:
        load(town / "town.yaml")
    (problem,) = refusal.value.problems
    assert problem.what == f"'{secret}' lies outside the study folder"
    with pytest.raises(ScenarioError, match=r"secret\.yaml"):
        load(town / "town.yaml", allow_outside=True)


def test_a_linked_part_of_a_shapefile_is_outside(town, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    gpd.read_file(town / "streets.gpkg").to_file(town / "s.shp")
    (town / "s.dbf").rename(elsewhere / "s.dbf")
    (town / "s.dbf").symlink_to(elsewhere / "s.dbf")
    edit(town / "town.yaml", "streets.gpkg", "s.shp")
    assert "'s.shp' lies outside the study folder" in refused(town)


@pytest.mark.skipif(os.name == "nt", reason="the root of a disk is another there")
def test_a_scenario_below_the_root_of_a_disk_has_a_study_folder():
    assert study_folder(Path("/data")) == Path("/data")
    assert study_folder(Path("/")) == Path("/")
    assert study_folder(Path("/data/wuhan")) == Path("/data")
    assert lies_outside(Path("/data"), "../etc/hostname")


@pytest.mark.parametrize("linked", ["the file", "its folder", "a workbook"])
def test_links_are_followed(town, tmp_path_factory, linked, capsys):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (town / "cells.csv").rename(elsewhere / "cells.csv")
    name = "cells.csv"
    if linked == "the file":
        (town / name).symlink_to(elsewhere / name)
    elif linked == "its folder":
        (town / "data").symlink_to(elsewhere)
        name = "data/cells.csv"
    else:
        pd.read_csv(elsewhere / name).to_excel(
            elsewhere / "c.xlsx", sheet_name="cells", index=False
        )
        (town / "c.xlsx").symlink_to(elsewhere / "c.xlsx")
        name = "c.xlsx#cells"
    if name != "cells.csv":
        edit(town / "town.yaml", "cells.csv", name)
    assert f"'{name}' lies outside the study folder" in refused(town)
    assert main(["check", str(town / "town.yaml")]) == 2
    assert "用 --allow-outside 允许" in capsys.readouterr().err
    assert main(["check", str(town / "town.yaml"), "--allow-outside"]) == 0
    assert f"读取了研究文件夹以外的数据：{name}" in capsys.readouterr().out


def test_the_shipped_scenarios_stay_inside():
    for path in (root / "scenarios").glob("*.yaml"):
        assert outside_files(load(path)) == []


@pytest.mark.parametrize("where", ["run.json", "plan.json"])
def test_a_run_of_somebody_else_leads_to_no_other_computer(town, where):
    out = town / "out"
    assert main(["run", str(town / "town.yaml"), "--out", str(out)]) == 0
    document = json.loads((out / where).read_text(encoding="utf-8"))
    if where == "run.json":
        document["inputs_folder"] = "//server.invalid/share"
    else:
        document["scenario"]["inputs"]["cells"] = "\\\\server.invalid\\share\\cells.csv"
    (out / where).write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(DataError, match="on another computer"):
        siting.open_run(out)
