"""What went wrong when a study was spoilt on purpose and run from the command line."""

import io
import os
import sys

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import drawn_osm
from drawn_town import Town
from siting.cache import Cache
from siting.checking import check
from siting.cli import main
from siting.reach import measure_reach
from siting.reach.edge_of_data import edge_nodes
from siting.running import run
from siting.scenario import load
from small_study import edit


def told(folder, capsys, command="check", *options):
    """Run a command that must refuse the study; return what it says."""
    arguments = [command, str(folder / "town.yaml"), *map(str, options), "--lang", "en"]
    assert main(arguments) == 2
    return capsys.readouterr().err


@pytest.mark.parametrize("name", ["streets.gpkg", "townships.geojson", "cells.csv"])
@pytest.mark.parametrize("command", ["check", "run"])
def test_a_folder_in_place_of_a_file(folder, capsys, monkeypatch, name, command):
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    (folder / name).unlink()
    (folder / name).mkdir()
    out = ["--out", folder / "out"] if command == "run" else []
    said = told(folder, capsys, command, *out)
    assert f"{name}: is a folder, not a file" in said
    assert "1 problem:" in said


@pytest.mark.parametrize("name", ["streets.gpkg", "cells.csv"])
def test_a_file_that_may_not_be_read(folder, capsys, name):
    (folder / name).chmod(0)
    if os.access(folder / name, os.R_OK):
        pytest.skip("this user may read everything")
    assert f"{name}: cannot be read: Permission denied" in told(folder, capsys)


def test_a_name_longer_than_a_file_may_have(folder, capsys):
    edit(folder / "town.yaml", "cells.csv", f"{'c' * 300}.csv")
    assert "ccc.csv: cannot be read: File name too long" in told(folder, capsys)
    long = folder / ("x" * 300)
    assert main(["init", str(long)]) == 2
    assert "cannot be written: File name too long" in told(folder, capsys, "run", "--out", long)


@pytest.mark.parametrize("end", [".shx", ".dbf"])
def test_a_shapefile_without_one_of_its_parts(folder, capsys, end):
    gpd.read_file(folder / "streets.gpkg").to_file(folder / "streets.shp")
    (folder / f"streets{end}").unlink()
    edit(folder / "town.yaml", "streets.gpkg", "streets.shp")
    said = told(folder, capsys)
    assert f"streets.shp: its {end} is missing" in said
    assert "copy all parts" in said


def test_streets_of_another_place(folder, capsys):
    streets = gpd.read_file(folder / "streets.gpkg")
    streets.geometry = streets.translate(50_000, 0)
    streets.to_file(folder / "streets.gpkg")
    said = told(folder, capsys)
    # d at 900 m is the easternmost cell, and the nearest street begins at 50 km.
    assert "streets.gpkg: no demand cell lies within 300 m of a street; the nearest is 49.1" in said


def test_nodes_with_longitude_and_latitude_swapped(folder, capsys):
    path = drawn_osm.write_osm(
        folder / "s.osm", {"a": (0, 0), "b": (3, 0)}, [("ab", {"highway": "residential"})]
    )
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("lon=", "x=").replace("lat=", "lon=").replace("x=", "lat="), encoding="utf-8"
    )
    edit(folder / "town.yaml", "streets.gpkg", "s.osm")
    assert "none of its 1 streets has nodes with coordinates" in told(folder, capsys)


def test_streets_without_a_class_are_called_so(folder):
    streets = gpd.read_file(folder / "streets.gpkg")
    streets.loc[2, "highway"] = None
    streets.to_file(folder / "streets.gpkg")
    notes = [note.en for note in check(load(folder / "town.yaml"))]
    assert any("1 streets (0.3 km, above all highway=?) are closed on foot" in n for n in notes)


@pytest.mark.parametrize("away_m", [2**32 / 2, 3_000_000 / 2])
def test_an_edge_of_thousands_of_kilometres_is_no_short_cut(away_m):
    # 2^32 m at a metre a second are 2^32 s: in 32 bits of milliseconds almost nothing, and 3,000
    # km less than nothing. From a to b it is 300 s along the street.
    town = Town("a--b", {"a": 1.0, "b": 1.0}, hosts={"a": {}})
    network = town.network()
    far = Town("a--b", {"a": 1.0})
    a, b = town.at["a"], town.at["b"]
    far.lines = lambda: [*town.lines(), shapely.LineString([a, (a + b) / 2 + [0, away_m], b])]
    usual, other = (
        measure_reach(town.asked, streets, town.inputs()) for streets in (network, far.network())
    )
    assert usual.seconds.tolist() == other.seconds.tolist() == [0, 300]


def test_one_street_far_away_makes_no_grid_of_the_country():
    town = Town("a--b", {"a": 1.0})
    a, b = town.at["a"], town.at["b"]
    town.lines = lambda: [
        shapely.LineString([a, b]),
        shapely.LineString([b, b + np.array([3e6, 8e6])]),
    ]
    # A grid of 250 m squares would hold 384 million.
    assert len(edge_nodes(town.network())) == 3


def test_a_study_whose_sites_all_wait_to_be_placed(folder, capsys):
    for name in ("facilities.csv", "hosts.csv"):
        table = pd.read_csv(folder / name).assign(lon="", lat="", address="和平路1号")
        table.to_csv(folder / name, index=False)
    assert "there is no site with coordinates" in told(folder, capsys)
    page = folder / "place.html"
    assert main(["place", str(folder / "town.yaml"), "--out", str(page)]) == 0
    assert "和平路1号" in page.read_text(encoding="utf-8")


def test_no_site_at_all(folder, capsys):
    for name in ("facilities.csv", "hosts.csv"):
        pd.read_csv(folder / name).iloc[:0].to_csv(folder / name, index=False)
    assert "facilities.csv and hosts.csv: there is no site — fill in" in told(folder, capsys)


def test_a_table_without_rows_is_told(folder):
    pd.read_csv(folder / "facilities.csv").iloc[:0].to_csv(folder / "facilities.csv", index=False)
    notes = [note.zh for note in check(load(folder / "town.yaml"))]
    assert "facilities.csv：没有数据行" in notes


def test_a_page_never_replaces_a_table(folder, capsys):
    before = (folder / "cells.csv").read_bytes()
    assert "is HTML" in told(folder, capsys, "place", "--out", folder / "cells.csv")
    assert (folder / "cells.csv").read_bytes() == before


def test_results_never_replace_input_files(folder, capsys):
    (folder / "hosts.csv").rename(folder / "sites.csv")
    edit(folder / "town.yaml", "hosts.csv", "sites.csv")
    before = (folder / "sites.csv").read_bytes()
    assert "sites.csv" in told(folder, capsys, "run", "--out", folder)
    with pytest.raises(ValueError, match="which results could replace"):
        run(folder / "town.yaml").save(folder)
    assert (folder / "sites.csv").read_bytes() == before


def test_a_folder_is_never_moved_away_for_a_page(folder, capsys):
    table = pd.read_csv(folder / "hosts.csv", dtype=str).assign(address="和平路1号")
    table.loc[0, ["lon", "lat"]] = ""
    table.to_csv(folder / "hosts.csv", index=False)
    (folder / "p.html").mkdir()
    (folder / "p.html" / "kept").write_text("x", encoding="utf-8")
    assert "Is a directory" in told(folder, capsys, "place", "--out", folder / "p.html")
    assert (folder / "p.html" / "kept").exists()


def test_a_file_in_the_way_is_told_before_anything_is_read(folder, capsys):
    (folder / "streets.gpkg").unlink()
    out = folder / "cells.csv" / "out"
    assert "cells.csv: is a file" in told(folder, capsys, "run", "--out", out)


@pytest.mark.parametrize("text", ["", "- a\n", "cell_id,lon,lat\na,1,2\n"])
def test_a_file_that_is_no_scenario(folder, capsys, text):
    (folder / "town.yaml").write_text(text, encoding="utf-8")
    said = told(folder, capsys)
    assert said.startswith("1 problem:")
    assert "town.yaml: holds no scenario" in said


def test_a_wrong_value_is_shown_in_part(folder, capsys):
    edit(folder / "town.yaml", "base_year: 2025", f"base_year: 1{'0' * 300}")
    said = told(folder, capsys)
    assert "base_year: must be at most 2200 (found 10000" in said
    assert "0" * 100 not in said


def test_a_terminal_without_chinese_letters(folder, monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252"))
    assert main(["check", str(folder / "town.yaml")]) == 0
    sys.stdout.flush()
    assert rb"\u4eba\u53e3" in raw.getvalue()


def test_strange_things_among_what_is_kept(tmp_path):
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    cache = Cache(tmp_path)
    assert cache.keep("a", {"x": np.zeros(3)})
    (tmp_path / "b.kept").mkdir()
    (tmp_path / "b.kept" / "x").write_text("", encoding="utf-8")
    assert not cache.keep("b", {"x": np.zeros(3)})
    assert {path.name for path in tmp_path.iterdir()} == {"gone", "a.kept", "b.kept"}


def test_an_address_of_a_server_that_is_none(tmp_path, capsys):
    out = str(tmp_path / "s.graphml")
    assert main(["fetch", "x", "--out", out, "--nominatim", "nonsense", "--lang", "en"]) == 2
    assert "the address of the server is wrong" in capsys.readouterr().err


def test_a_street_that_ends_midway_on_another_is_told(folder):
    # As one line from a to d, the street of the town is met by b-f midway; e-f and a-e meet ends.
    streets = gpd.read_file(folder / "streets.gpkg")
    west, east = streets.total_bounds[[0, 2]]
    level = streets.total_bounds[3]
    along = streets.bounds["miny"] == level
    assert along.sum() == 3
    whole = gpd.GeoDataFrame(
        {"highway": ["residential"]},
        geometry=[shapely.LineString([(west, level), (east, level)])],
        crs=streets.crs,
    )
    pd.concat([streets[~along], whole]).to_file(folder / "streets.gpkg")
    notes = [note.en for note in check(load(folder / "town.yaml"))]
    assert any(note.startswith("streets.gpkg: 1 ends of streets lie midway") for note in notes)
